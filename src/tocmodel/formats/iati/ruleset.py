"""The rules of the IATI Validator, carried out: which elements of a file break which rule.

A ruleset is data: XPath contexts, the names of rules, and their cases. Its specification stands in github.com/IATI/IATI-Rulesets.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage] — lxml has no public name for it

    Element: TypeAlias = _Element

Case: TypeAlias = Mapping[str, Any]
Ruleset: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Sequence[Case]]]]


@frozen
class Breach:
    """A case of a rule that an element breaks.

    Attributes:
        rule: the rule's name.
        case: the case, with its paths and what the ruleset says about it.
        line: the line of the element.
        path: the way to the element.
    """

    rule: str
    case: Case
    line: int | None
    path: str


def breaches(ruleset: Ruleset, root: "Element", *, today: date | None = None) -> Iterator[Breach]:
    """Every breach of a ruleset in a document.

    Rules that need the register of publishers, which no file carries, are passed over.

    Args:
        ruleset: contexts, rules and cases.
        root: the root element of the document.
        today: the date that no date may lie after; None for no such check.
    """
    tree = root.getroottree()
    for context, rules in ruleset.items():
        for element in _found(root, context):
            if isinstance(element, str):
                continue
            for rule, case in _cases(element, rules):
                if not _KEPT[rule](element, case, today):
                    yield Breach(rule, case, element.sourceline, tree.getpath(element))


def _cases(element: "Element", rules: Mapping[str, Mapping[str, Sequence[Case]]]) -> Iterator[tuple[str, Case]]:
    for rule, held in rules.items():
        for case in held["cases"]:
            if rule == "loop":
                for value in dict.fromkeys(map(_text, _found(element, case["foreach"]))):
                    yield from _cases(element, _substituted(case["do"], value))
            elif "idCondition" not in case and _holds(element, case.get("condition", "true()")):
                yield rule, case


def _substituted(rules: Any, value: str) -> Any:  # noqa: ANN401 — JSON
    """Rules with the value of a loop in the place of ``$1``."""
    if isinstance(rules, str):
        return rules.replace("$1", value)
    if isinstance(rules, Mapping):
        return {key: _substituted(item, value) for key, item in rules.items()}
    if isinstance(rules, list):
        return [_substituted(item, value) for item in rules]
    return rules


def _found(element: "Element", path: str) -> list[Any]:
    found = element.xpath(path)
    return found if isinstance(found, list) else [found]


def _holds(element: "Element", condition: str) -> bool:
    return bool(element.xpath(f"boolean({condition})"))


def _all(element: "Element", case: Case) -> list[Any]:
    return [match for path in case["paths"] for match in _found(element, path)]


def _text(match: Any) -> str:  # noqa: ANN401 — an element or the text of an attribute
    return match if isinstance(match, str) else "".join(match.itertext())


def _texts(element: "Element", case: Case) -> list[str]:
    return [_text(match) for match in _all(element, case)]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


def _date(element: "Element", path: str) -> date | None:
    found = _found(element, path)
    try:
        return date.fromisoformat(_text(found[0])[:10]) if found else None
    except ValueError:
        return None


def _sum(element: "Element", case: Case) -> bool:
    numbers = [_number(text) for text in _texts(element, case)]
    if not numbers:
        return True
    return None not in numbers and sum((number for number in numbers if number is not None), Decimal(0)) == Decimal(str(case["sum"]))


def _range(element: "Element", case: Case) -> bool:
    numbers = [_number(text) for text in _texts(element, case)]
    return all(number is not None and Decimal(str(case["min"])) <= number <= Decimal(str(case["max"])) for number in numbers)


def _date_order(element: "Element", case: Case) -> bool:
    less, more = _date(element, case["less"]), _date(element, case["more"])
    return less is None or more is None or less <= more


def _date_now(element: "Element", case: Case, today: date | None) -> bool:
    stated = _date(element, case["date"])
    return today is None or stated is None or stated <= today


def _between(element: "Element", case: Case) -> bool:
    stated, start, end = (_date(element, case[key]) for key in ("date", "start", "end"))
    return stated is None or start is None or end is None or start <= stated <= end


def _within_a_year(element: "Element", case: Case) -> bool:
    start, end = _date(element, case["start"]), _date(element, case["end"])
    if start is None or end is None:
        return True
    year_later = date(start.year + 1, start.month, min(start.day, 28) if start.month == 2 else start.day)
    return end <= year_later


def _one_or_all(element: "Element", case: Case) -> bool:
    """The one thing, or the other thing on everything that needs it."""
    if case["one"] != "sector" and _holds(element, case["one"]):
        return True
    if case["all"] == "lang":
        return not _holds(element, "descendant::narrative[not(@xml:lang)]")
    if case["all"] == "currency":
        return not _holds(
            element, "descendant::value[not(@currency)] | descendant::forecast[not(@currency)] | descendant::loan-status[not(@currency)]"
        )
    if case["all"] == "sector":
        if _holds(element, "sector"):
            return True
        return _holds(element, "transaction") and not _holds(element, "transaction[not(sector)]")
    return not _holds(element, f"descendant::*[not({case['all']})]")


def _only_one_of(element: "Element", case: Case) -> bool:
    number = len(_all(element, case))
    return number == 0 if any(_found(element, path) for path in case["excluded"]) else number == 1


def _starts_with(element: "Element", case: Case) -> bool:
    paths = case.get("prefix") or [case["start"]]
    separator = case.get("separator", "")
    starts = [_text(match) + separator for path in paths for match in _found(element, path)]
    return all(any(text.startswith(start) for start in starts) for text in _texts(element, case)) if starts else True


def _trimmed(texts: Iterable[str]) -> bool:
    return all(text == text.strip() for text in texts)


_KEPT: dict[str, Callable[["Element", Case, date | None], bool]] = {
    "atleast_one": lambda element, case, _: bool(_all(element, case)),
    "no_more_than_one": lambda element, case, _: len(_all(element, case)) <= 1,
    "only_one_of": lambda element, case, _: _only_one_of(element, case),
    "one_or_all": lambda element, case, _: _one_or_all(element, case),
    "dependent": lambda element, case, _: len({bool(_found(element, path)) for path in case["paths"]}) <= 1,
    "sum": lambda element, case, _: _sum(element, case),
    "strict_sum": lambda element, case, _: _sum(element, case),
    "range": lambda element, case, _: _range(element, case),
    "date_order": lambda element, case, _: _date_order(element, case),
    "date_now": _date_now,
    "between_dates": lambda element, case, _: _between(element, case),
    "time_limit": lambda element, case, _: _within_a_year(element, case),
    "regex_matches": lambda element, case, _: all(re.search(case["regex"], text) for text in _texts(element, case)),
    "regex_no_matches": lambda element, case, _: not any(re.search(case["regex"], text) for text in _texts(element, case)),
    "startswith": lambda element, case, _: _starts_with(element, case),
    "unique": lambda element, case, _: len(set(_texts(element, case))) == len(_texts(element, case)),
    "if_then": lambda element, case, _: not _holds(element, case["if"]) or _holds(element, case["then"]),
    "no_spaces": lambda element, case, _: _trimmed(_texts(element, case)),
}
"""For every rule, whether an element keeps it."""
