"""What figures are counted in: one pint registry of the field's own units, built on first use.

Calculations run on numbers with a checked unit, not on pint quantities: a check or a factor is looked up once for
each pair of units and kept.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocmodel.errors import UnitMismatchError, UnknownUnitError, nearest
from tocmodel.messages import Term, message

if TYPE_CHECKING:
    from pint import UnitRegistry

__all__ = ["counts", "factor", "known_units", "to_unit"]

_COUNTED = frozenset({
    "person", "household", "family", "group", "club", "school", "organisation", "facility", "community", "case", "report", "event",
    "session", "visit", "policy", "plan", "agreement", "document", "product", "message", "item",
})  # fmt: skip
_SIGNS = {"%": "percent", "‰": "per_mille", "pp": "percentage_point"}
_PLURALS = {
    "people": "person", "persons": "person", "families": "family", "communities": "community", "facilities": "facility",
    "policies": "policy",
}  # fmt: skip


@cache
def _registry() -> "UnitRegistry[Decimal]":
    from pint import UnitRegistry

    # pint documents None for "no default definitions" and any number type; its annotations are narrower
    registry: UnitRegistry[Decimal] = UnitRegistry(None, non_int_type=Decimal, on_redefinition="raise")  # pyright: ignore[reportArgumentType]
    text = files("tocmodel").joinpath("units.txt").read_text(encoding="utf-8")
    registry.load_definitions([line.partition("#")[0] for line in text.splitlines()])
    return registry


@cache
def known_units() -> tuple[str, ...]:
    """The names of all units, sorted."""
    return tuple(sorted({_registry().get_name(name) for name in _registry()}))


@cache
def to_unit(name: str) -> str:
    """The registry's own name of a unit: ``people`` and ``persons`` are ``person``, ``%`` is ``percent``.

    Raises:
        UnknownUnitError: if the registry does not define it.

    Example:
        >>> to_unit("people"), to_unit("%"), to_unit("kg")
        ('person', 'percent', 'kilogram')
    """
    text = name.strip()
    text = _SIGNS.get(text, _PLURALS.get(text, text))
    for candidate in (text, text.replace(" ", "_"), text.removesuffix("s").replace(" ", "_"), text.upper()):
        if candidate in set(_registry()):
            return _registry().get_name(candidate)
    said = message("unknown unit: %(name)s", name=repr(name))
    raise UnknownUnitError(
        said, nearest(text, known_units()) or message("girls, officials or parents are the population, their unit is person")
    )


@cache
def factor(unit: str, into: str) -> Fraction:
    """How many of one unit make one of the other, exactly.

    Raises:
        UnknownUnitError: if a unit is not defined.
        UnitMismatchError: if the two measure different things.

    Example:
        >>> factor("t", "kg"), factor("minute", "hour")
        (Fraction(1000, 1), Fraction(1, 60))
        >>> factor("person", "case")
        Traceback (most recent call last):
        tocmodel.errors.UnitMismatchError: person and case measure different things (they can be neither added nor compared)
    """
    source, target = to_unit(unit), to_unit(into)
    if source == target:
        return Fraction(1)
    one, base = _in_base_units(source)
    other, other_base = _in_base_units(target)
    if base != other_base:
        said = message("%(unit)s and %(other)s measure different things", unit=Term(source), other=Term(target))
        raise UnitMismatchError(said, message("they can be neither added nor compared"))
    return one / other


def _in_base_units(unit: str) -> tuple[Fraction, str]:
    """How many base units make one of this unit, and which; definitions are finite decimals, so nothing is rounded."""
    magnitude, base = _registry().get_base_units(unit)
    return Fraction(str(magnitude)), str(base)


def counts(unit: str | None) -> bool:
    """Whether figures in this unit are whole numbers that are never negative, such as people or cases."""
    return unit is not None and to_unit(unit) in _COUNTED


def units_named(words: str) -> tuple[str, ...]:
    """The units that the words after a number name, in the singular or plural; currencies are no words.

    A singular before another word only tells of what kind it is: community members are people, and school clubs are clubs.

    Example:
        >>> units_named("households reached"), units_named("training sessions"), units_named("km")
        (('household',), ('session',), ('kilometre',))
        >>> units_named("community members"), units_named("girls")
        ((), ())
    """
    given = words.split()
    if given and given[0] in _symbols():
        return (_symbols()[given[0]],)
    written, found, position = _written(), list[str](), 0
    while position < len(given):
        size = 2 if " ".join(given[position : position + 2]).lower() in written else 1
        unit, plural = written.get(" ".join(given[position : position + size]).lower(), ("", False))
        position += size
        if unit and (plural or position >= len(given)):
            found.append(unit)
    return tuple(found)


@cache
def _written() -> Mapping[str, tuple[str, bool]]:
    """Names of units as people write them, each with its unit and whether it is a plural."""
    names = {name.replace("_", " "): name for name in known_units() if not name.isupper()}
    plurals = {f"{name}s": unit for name, unit in names.items()} | _PLURALS | {"training days": "day_of_training"}
    return {name: (unit, False) for name, unit in names.items()} | {name: (unit, True) for name, unit in plurals.items()}


@cache
def _symbols() -> Mapping[str, str]:
    """What is short for a unit, such as km."""
    names = {name: _registry().get_name(name) for name in _registry()}
    return {name: unit for name, unit in names.items() if name != unit}
