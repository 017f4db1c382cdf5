"""How the parts of a breakdown relate to its total: sums inside one exhaustive breakdown, gaps, and bounds from the rest."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from tocmodel.figures import Figure, Interval, Number, to_decimal, total
from tocmodel.figures.display import shown
from tocmodel.messages import Message, message
from tocmodel.model import Coverage, Text
from tocmodel.model.record import choice
from tocmodel.words import Word


class BreakdownStatus(Word):
    """How parts and total fit."""

    OK = "ok"
    GAP = "gap"
    INCOMPLETE = "incomplete"
    EXCEEDS = "exceeds"
    NOT_SUMMABLE = "not_summable"


@frozen
class BreakdownCheck:
    """How the parts of one breakdown fit its total.

    Attributes:
        status: ok, gap, incomplete, exceeds, or not_summable for overlapping categories.
        gap: sum of parts minus total; None if a part is missing or the categories overlap.
    """

    status: BreakdownStatus
    gap: Interval | None = None


def breakdown_check(
    published: Figure, parts: Mapping[str, Figure], coverage: Coverage | str = Coverage.EXHAUSTIVE, *, tolerance: Number = 0
) -> BreakdownCheck:
    """Compare the parts of one breakdown with the published total.

    Args:
        published: the published total.
        parts: a figure for each category; a missing one is not zero.
        coverage: exhaustive parts must sum to the total; partial ones may not exceed it; of overlapping ones none may.
        tolerance: how far apart sum and total may lie, in the indicator's unit.

    Example:
        >>> check = breakdown_check(Figure.read(20), {"girls": Figure.read(9), "boys": Figure.read(9)})
        >>> check.status, str(check.gap)
        (<BreakdownStatus.GAP: 'gap'>, '-2')
    """
    assert published.bounds is not None
    known = [part.bounds for part in parts.values() if part.bounds is not None]
    limit = published.bounds + Interval.exactly(to_decimal(tolerance))
    kind = choice(Coverage)(coverage)
    if kind is Coverage.OVERLAPPING:
        exceeds = any(part > limit for part in known)
        return BreakdownCheck(BreakdownStatus.EXCEEDS if exceeds else BreakdownStatus.NOT_SUMMABLE)
    complete = len(known) == len(parts)
    gap = total(known) - published.bounds if complete else None
    if total(known) > limit and (kind is Coverage.PARTIAL or not complete):
        return BreakdownCheck(BreakdownStatus.EXCEEDS, gap)
    if kind is Coverage.PARTIAL:
        return BreakdownCheck(BreakdownStatus.OK, gap)
    if gap is None:
        return BreakdownCheck(BreakdownStatus.INCOMPLETE)
    allowed = Interval(-to_decimal(tolerance), to_decimal(tolerance))
    return BreakdownCheck(BreakdownStatus.GAP if gap.apart_from(allowed) else BreakdownStatus.OK, gap)


def differs(dimension: str, whole: Figure, title: Text, gap: Interval | None) -> Message:
    """That the parts of a breakdown differ from a total, in words.

    Args:
        dimension: the id of the dimension.
        whole: the total as it was published.
        title: the title of the indicator.
        gap: by how much, where that is known.
    """
    if gap is None:
        return message(
            "the parts by %(dimension)s differ from the total %(total)s of “%(title)s”",
            dimension=dimension,
            total=shown(whole),
            title=title,
        )
    return message(
        "the parts by %(dimension)s differ from the total %(total)s of “%(title)s” by %(gap)s",
        dimension=dimension,
        total=shown(whole),
        title=title,
        gap=shown(Figure("", gap)),
    )


def breakdown_sum(parts: Mapping[str, Figure], coverage: Coverage | str = Coverage.EXHAUSTIVE) -> Figure:
    """The total that one breakdown gives.

    Exhaustive parts add up; where one is missing, their sum is a lower bound. Partial parts bound the total from below by
    their sum, overlapping ones by the largest: they are never added. Counts are never negative.

    Example:
        >>> print(breakdown_sum({"girls": Figure.read(132), "boys": Figure.read(27)}))
        159
        >>> print(breakdown_sum({"girls": Figure.read(132), "boys": Figure.gap()}))
        at least 132
    """
    known = [part for part in parts.values() if part.bounds is not None]
    if not known:
        return Figure.gap()
    unit = next((part.unit for part in known if part.unit is not None), None)
    bounds = [part.bounds for part in (part.into(unit) if unit else part for part in known) if part.bounds is not None]
    kind = choice(Coverage)(coverage)
    if kind is Coverage.EXHAUSTIVE and len(known) == len(parts):
        return Figure("", total(bounds), unit)
    lows = [Interval(part.low if part.low is not None else 0, None, low_open=part.low_open) for part in bounds]
    if kind is Coverage.OVERLAPPING:
        return Figure("", max(lows, key=lambda part: (part.low or 0, part.low_open)), unit)
    return Figure("", total(lows), unit)


def breakdown_totals(results: Sequence[Mapping[str, Figure]], categories: Sequence[str], *, combine: str = "sum") -> dict[str, Figure]:
    """The figure of each category over several results.

    Args:
        results: one mapping of category to figure for each result, in time order.
        categories: the categories asked for.
        combine: ``sum`` adds what there is, none is missing; ``latest`` takes the last result only, without carrying forward.

    Example:
        >>> totals = breakdown_totals([{"A": Figure.read(5)}, {"A": Figure.read(6)}], ["A", "B"], combine="latest")
        >>> str(totals["A"]), str(totals["B"])
        ('6', 'missing')
    """
    considered = results[-1:] if combine == "latest" else results
    totals: dict[str, Figure] = {}
    for category in categories:
        known = [part for result in considered if (part := result.get(category)) is not None and part.bounds is not None]
        totals[category] = Figure("", total(part.bounds for part in known if part.bounds), known[0].unit) if known else Figure.gap()
    return totals
