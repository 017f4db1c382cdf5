"""Runs cases through the adapters, compares, and prints what failed, what was skipped, and the count."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from tests.conformance.adapters import ADAPTERS, Adapter

Outcome = Literal["passed", "failed", "skipped"]
UNORDERED = {"paths", "sets", "links", "loops", "pairs", "nodes", "suppressed", "at"}
"""Keys whose lists are compared as sets."""
FLOAT_TOLERANCE = 1e-12


@frozen
class Result:
    """How one case went."""

    case: str
    kind: str
    outcome: Outcome
    got: object = None
    expected: object = None


def run_file(path: Path, adapters: Mapping[str, Adapter] = ADAPTERS) -> list[Result]:
    """Run every case of a file; numbers are read as exact decimals."""
    family = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return [run_case(case, adapters) for case in family["cases"]]


def run_case(case: Mapping[str, Any], adapters: Mapping[str, Adapter] = ADAPTERS) -> Result:
    """Run one case. What an adapter raises is a failure of the case."""
    adapter = adapters.get(case["kind"])
    if adapter is None:
        return Result(case["id"], case["kind"], "skipped")
    expected = case["expected"]
    try:
        got: object = adapter(case["inputs"])
    except Exception as fault:  # noqa: BLE001 — whatever it is, it is this case's failure
        got = f"{type(fault).__name__}: {fault}"
    same = alike(got, expected, case.get("tolerance"))
    return Result(case["id"], case["kind"], "passed" if same else "failed", got, expected)


def alike(got: object, expected: object, tolerance: Decimal | None, key: str = "") -> bool:
    """Whether a result is what a case expects, by the rules of the cases' README."""
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and got.keys() == expected.keys()
            and all(alike(got[name], value, tolerance, name) for name, value in expected.items())
        )
    if isinstance(expected, list):
        if not isinstance(got, list | tuple) or len(got) != len(expected):
            return False
        if key in UNORDERED:
            return sorted(map(repr, _plain(got))) == sorted(map(repr, _plain(expected)))
        return all(alike(one, other, tolerance) for one, other in zip(got, expected, strict=True))
    if _is_number(expected):
        if isinstance(expected, str) or not _is_number(got):
            return False
        return _close(Decimal(str(got)), Decimal(str(expected)), tolerance, exact=not isinstance(got, float))
    if isinstance(expected, str) and isinstance(got, Decimal):
        return f"{got.normalize():f}" == expected
    return type(got) is type(expected) and got == expected


def _close(got: Decimal, expected: Decimal, tolerance: Decimal | None, *, exact: bool) -> bool:
    if tolerance is not None:
        return abs(got - expected) <= Decimal(str(tolerance))
    return got == expected or (not exact and abs(got - expected) <= Decimal(FLOAT_TOLERANCE) * abs(expected))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _plain(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def main(arguments: Sequence[str], say: Callable[[str], None] = print) -> int:
    """Run the files named; 0 if nothing failed, 1 if something did, 2 if a file cannot be read."""
    if not arguments:
        say("usage: python -m tests.conformance FILE.json…")
        return 2
    results: list[Result] = []
    for name in arguments:
        path = Path(name)
        try:
            found = run_file(path)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            say(f"{name} is no file of cases: {type(fault).__name__}: {fault}")
            return 2
        for result in found:
            if result.outcome == "failed":
                say(f"FAILED {path.stem}/{result.case} ({result.kind})\n  got      {result.got}\n  expected {result.expected}")
        say(f"{path.stem}: {_summary(found)}")
        results += found
    skipped = Counter(result.kind for result in results if result.outcome == "skipped")
    for kind, number in sorted(skipped.items()):
        say(f"no adapter yet: {kind} ({number} cases)")
    say(_summary(results))
    return int(any(result.outcome == "failed" for result in results))


def _summary(results: Sequence[Result]) -> str:
    counts = Counter(result.outcome for result in results)
    return f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped"
