"""The registry of adapters, and the words of the cases in the library's own and back."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tocmodel.figures import Figure, Interval
from tocmodel.measurement.formulas import Ratio

Inputs: TypeAlias = Mapping[str, Any]
Adapter: TypeAlias = Callable[[Inputs], object]
ADAPTERS: dict[str, Adapter] = {}


def adapts(*kinds: str) -> Callable[[Adapter], Adapter]:
    """Register an adapter for the kinds of case that it serves."""

    def register(adapter: Adapter) -> Adapter:
        ADAPTERS.update(dict.fromkeys(kinds, adapter))
        return adapter

    return register


def interval(value: Any) -> Interval:
    """A figure of a case as an interval."""
    return Interval(value["low"], value["high"]) if isinstance(value, dict) else Interval.exactly(value)


def figure(value: Any, unit: str | None = None) -> Figure:
    """A figure of a case as a figure."""
    return Figure.gap(unit=unit) if value is None else Figure("", interval(value), unit)


def ends(value: Interval) -> dict[str, object]:
    """An interval in the form of a case."""
    return {"low": value.low, "high": value.high}


def number(value: Interval | None, *, text: bool = False) -> object:
    """A figure in the form of a case: a number, or its ends; as text if the case has exact decimals."""
    if value is None:
        return None
    if value.value is None:
        return ends(value)
    return f"{value.value.normalize():f}" if text else value.value


def share(value: Ratio) -> dict[str, object]:
    """A share or its reason in the form of a case."""
    return {"value": None, "reason": value.reason} if value.reason else {"value": number(value.bounds)}


def reasoned(result: dict[str, object]) -> dict[str, object]:
    """A result with its reason as plain text."""
    return {key: str(value) if key == "reason" else value for key, value in result.items()}


def has_text(value: Any) -> bool:
    """Whether a case gives exact decimals as text."""
    if isinstance(value, dict):
        return any(map(has_text, value.values()))
    if isinstance(value, list):
        return any(map(has_text, value))
    return isinstance(value, str) and value.lstrip("-")[:1].isdigit() and value.replace(".", "").replace("-", "").isdigit()
