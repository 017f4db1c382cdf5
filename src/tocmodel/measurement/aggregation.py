"""How several values become one: sums, means, extremes, ratios and weighted means, always with their coverage."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from tocmodel.errors import RefusedError
from tocmodel.figures import Figure, Interval, Number, to_decimal, total
from tocmodel.measurement.formulas import Ratio, Reason, ratio
from tocmodel.measurement.judging import Status, status
from tocmodel.messages import Message, message
from tocmodel.model import Accumulation, Combine, Direction
from tocmodel.model.record import choice
from tocmodel.words import Word

K = TypeVar("K", bound=Hashable)


class MissingPolicy(Word):
    """What a missing value does to the whole. Counting it as zero is a choice, never a default."""

    SKIP_IF_ANY = "skip_if_any"
    """One missing value leaves the whole without a number."""
    SKIP_IF_ALL = "skip_if_all"
    """Missing values are left out; only if all are missing there is no number."""
    NEVER_SKIP = "never_skip"
    """A missing value counts as zero."""
    BOUND = "bound"
    """A missing value is any number from zero up, so that the whole has bounds: a sum of counts is at least what is known."""


@frozen
class Aggregate:
    """Several values as one.

    Attributes:
        bounds: the number or its bounds; None where there is none.
        reason: why there is none.
        reported: how many values there were.
        expected: how many there should have been.
    """

    bounds: Interval | None
    reason: Reason | None
    reported: int
    expected: int


_ZERO = Interval.exactly(0)
_ANY_COUNT = Interval.at_least(0)


def aggregate(
    values: Sequence[Figure], combine: Combine | str = Combine.SUM, *, missing: MissingPolicy | str = MissingPolicy.SKIP_IF_ALL
) -> Aggregate:
    """Combine values into one.

    Args:
        values: the values in time order, the missing ones among them.
        combine: sum, mean, max, min or latest.
        missing: what a missing value does to the whole.

    Returns:
        The number with its coverage, or a reason: no_data for an empty list, missing_actual.

    Example:
        >>> whole = aggregate([Figure.read(10), Figure.gap(), Figure.read(20)], "mean")
        >>> str(whole.bounds), whole.reported, whole.expected
        ('15', 2, 3)
    """
    known = [value.bounds for value in values if value.bounds is not None]
    reported, expected = len(known), len(values)
    if not values:
        return Aggregate(None, Reason.NO_DATA, 0, 0)
    policy = choice(MissingPolicy)(missing)
    if policy is MissingPolicy.NEVER_SKIP:
        known = [value.bounds or _ZERO for value in values]
    elif policy is MissingPolicy.BOUND and known:
        known = [value.bounds or _ANY_COUNT for value in values]
    if not known or (policy is MissingPolicy.SKIP_IF_ANY and reported < expected):
        return Aggregate(None, Reason.MISSING_ACTUAL, reported, expected)
    return Aggregate(combined(known, combine), None, reported, expected)


def combined(values: Sequence[Interval], combine: Combine | str) -> Interval:
    """Known values as one; there is at least one."""
    how = choice(Combine)(combine)
    if how is Combine.SUM:
        return total(values)
    if how is Combine.MEAN:
        return total(values) / Interval.exactly(len(values))
    if how is Combine.LATEST:
        return values[-1]
    return _extreme(values, max if how is Combine.MAX else min)


def _extreme(values: Sequence[Interval], pick: Callable[..., Interval]) -> Interval:
    """The largest or smallest of several values: its ends are the largest or smallest of their ends."""
    low = pick(values, key=lambda value: (float("-inf") if value.low is None else value.low, value.low_open))
    high = pick(values, key=lambda value: (float("inf") if value.high is None else value.high, not value.high_open))
    return Interval(low.low, high.high, low.low_open, high.high_open)


_MEANINGFUL: dict[Accumulation, tuple[Combine, ...]] = {
    Accumulation.INCREMENTAL: (Combine.SUM, Combine.MEAN, Combine.MAX, Combine.MIN),
    Accumulation.CUMULATIVE: (Combine.LATEST, Combine.MAX),
    Accumulation.SNAPSHOT: (Combine.LATEST, Combine.MEAN, Combine.MAX, Combine.MIN),
}


def aggregate_over_time(
    values: Sequence[Figure],
    accumulation: Accumulation | str,
    combine: Combine | str,
    *,
    missing: MissingPolicy | str = MissingPolicy.SKIP_IF_ALL,
) -> Aggregate:
    """Combine the values of one series over time, as far as that has a meaning.

    Incremental values add, or have a mean and extremes; of running totals only the latest or largest means anything;
    snapshots have a latest, a mean and extremes, but no sum.

    Raises:
        RefusedError: if the combination would mislead, such as the sum of running totals, or the accumulation is unknown.

    Example:
        >>> aggregate_over_time([Figure.read(1), Figure.read(3)], "cumulative", "sum")
        Traceback (most recent call last):
        tocmodel.errors.RefusedError: the sum of cumulative values means nothing; use latest or max
    """
    what, how = choice(Accumulation)(accumulation), choice(Combine)(combine)
    if how not in _MEANINGFUL.get(what, ()):
        raise RefusedError(why_refused(what, how))
    return aggregate(values, how, missing=missing)


def why_refused(accumulation: Accumulation, combine: Combine) -> Message:
    """What is said of a combination over time that means nothing, and what can be used instead."""
    how = combine.value
    if accumulation is Accumulation.INCREMENTAL:
        return message("the %(rule)s of incremental values means nothing; use sum or mean or max or min", rule=how)
    if accumulation is Accumulation.CUMULATIVE:
        return message("the %(rule)s of cumulative values means nothing; use latest or max", rule=how)
    if accumulation is Accumulation.SNAPSHOT:
        return message("the %(rule)s of snapshot values means nothing; use latest or mean or max or min", rule=how)
    return message("it is not stated whether the values are new results, running totals or states: say which they are")


def aggregate_groups(
    rows: Iterable[tuple[K, Figure]],
    combine: Combine | str = Combine.SUM,
    *,
    missing: MissingPolicy | str = MissingPolicy.SKIP_IF_ALL,
) -> dict[K, Aggregate]:
    """Combine the values of each group; groups stand in the order in which they first occur."""
    groups: dict[K, list[Figure]] = {}
    for group, value in rows:
        groups.setdefault(group, []).append(value)
    return {group: aggregate(values, combine, missing=missing) for group, values in groups.items()}


@frozen
class RatioAggregate:
    """A ratio over several parts.

    Attributes:
        numerator: the sum of the numerators of the complete parts; None where there is none.
        denominator: the sum of their denominators.
        share: the one over the other, or why there is none.
        reported: how many parts are complete.
        expected: how many there are.
    """

    numerator: Interval | None
    denominator: Interval | None
    share: Ratio
    reported: int
    expected: int


def aggregate_ratio(
    parts: Sequence[tuple[Figure, Figure]], *, scale: Number = 1, missing: MissingPolicy | str = MissingPolicy.SKIP_IF_ALL
) -> RatioAggregate:
    """Combine ratios: the sum of numerators over the sum of denominators, never the mean of the ratios.

    Args:
        parts: pairs of numerator and denominator; a part without one of them is incomplete and left out of both sums.
        scale: what the result is multiplied by, 100 for percentages.
        missing: what an incomplete part does to the whole; it neither counts as zero nor bounds a ratio.

    Raises:
        RefusedError: if missing parts are to count as zero or as any number.

    Example:
        >>> whole = aggregate_ratio([(Figure.read(6), Figure.read(10)), (Figure.read(30), Figure.read(40))], scale=100)
        >>> str(whole.share.bounds)
        '72'
    """
    policy = choice(MissingPolicy)(missing)
    if policy in {MissingPolicy.NEVER_SKIP, MissingPolicy.BOUND}:
        raise RefusedError("a ratio without its denominator cannot count as zero; use skip_if_any or skip_if_all")
    whole = [(above.bounds, below.bounds) for above, below in parts if above.bounds is not None and below.bounds is not None]
    reported, expected = len(whole), len(parts)
    if not parts:
        return RatioAggregate(None, None, Ratio(None, Reason.NO_DATA), 0, 0)
    if not whole or (policy is MissingPolicy.SKIP_IF_ANY and reported < expected):
        above, _ = next(part for part in parts if part[0].bounds is None or part[1].bounds is None)
        reason = Reason.MISSING_ACTUAL if above.bounds is None else Reason.MISSING_DENOMINATOR
        return RatioAggregate(None, None, Ratio(None, reason), reported, expected)
    above, below = total(part[0] for part in whole), total(part[1] for part in whole)
    share = ratio(Figure("", above), Figure("", below), factor=scale)
    return RatioAggregate(above, below, share, reported, expected)


def weighted_mean(
    values: Sequence[Ratio], weights: Sequence[Number] | None = None, *, clip: tuple[Number | None, Number | None] | None = None
) -> Aggregate:
    """The mean of achievements, weighted if weights are stated; a missing value takes its weight with it.

    Args:
        values: the achievements, those without a number among them.
        weights: a weight for each; equal weights where left out.
        clip: limits put on each value first, None for no limit.

    Returns:
        The mean with its coverage, or a reason: no_data, zero_denominator if the weights of the known values sum to 0.

    Raises:
        ValueError: if there is not one weight for each value.

    Example:
        >>> half, whole = Ratio(Interval.exactly("0.5")), Ratio(Interval.exactly(1))
        >>> str(weighted_mean([half, whole], [2, 1]).bounds)[:6]
        '0.6666'
    """
    measures = [Interval.exactly(weight) for weight in weights] if weights is not None else [Interval.exactly(1)] * len(values)
    known = [(value.bounds, weight) for value, weight in zip(values, measures, strict=True) if value.bounds is not None]
    reported, expected = len(known), len(values)
    if not known:
        return Aggregate(None, Reason.NO_DATA, reported, expected)
    whole = total(weight for _, weight in known)
    if whole.value == 0:
        return Aggregate(None, Reason.ZERO_DENOMINATOR, reported, expected)
    if clip is not None:
        limits = [None if end is None else to_decimal(end) for end in clip]
        known = [(value.clipped(*limits), weight) for value, weight in known]
    return Aggregate(total(value * weight for value, weight in known) / whole, None, reported, expected)


def coverage(reported: int, expected: int) -> Ratio:
    """How much of what was expected is reported: no_data where nothing was expected.

    Example:
        >>> print(coverage(3, 10))
        30 %
    """
    if expected == 0:
        return Ratio(None, Reason.NO_DATA)
    return Ratio(Interval.exactly(reported) / Interval.exactly(expected))


def category_share(counts: Mapping[str, Figure], categories: Iterable[str]) -> RatioAggregate:
    """The share of some categories in all.

    Args:
        counts: the count of each category.
        categories: the categories whose share is asked.

    Example:
        >>> share = category_share({"full": Figure.read(11), "partial": Figure.read(6), "none": Figure.read(1)}, ["full"])
        >>> print(share.share)
        61.1 %
    """
    part = aggregate([counts[category] for category in categories], missing=MissingPolicy.SKIP_IF_ANY)
    whole = aggregate(list(counts.values()), missing=MissingPolicy.SKIP_IF_ANY)
    share = ratio(_as_figure(part), _as_figure(whole))
    return RatioAggregate(part.bounds, whole.bounds, share, whole.reported, whole.expected)


def _as_figure(result: Aggregate) -> Figure:
    return Figure.gap() if result.bounds is None else Figure("", result.bounds)


@frozen
class Entry:
    """A report as it was entered, with its state at that moment.

    Attributes:
        id: the id of the report; a later entry with the same id replaces the earlier.
        figure: what was reported.
        approved: whether it counts: approved, and neither a draft, rejected nor deleted.
    """

    id: str
    figure: Figure
    approved: bool = True


def entries_total(entries: Sequence[Entry]) -> Aggregate:
    """The sum of reports as they stand after every amendment and deletion; always from the reports, never from differences.

    Returns:
        The sum of what is approved; no_data where nothing is.

    Example:
        >>> amended = [Entry("e1", Figure.read(15)), Entry("e1", Figure.read(20)), Entry("e2", Figure.read(4), approved=False)]
        >>> str(entries_total(amended).bounds)
        '20'
    """
    standing = {entry.id: entry for entry in entries}
    return aggregate([entry.figure for entry in standing.values() if entry.approved])


@frozen
class TreeNode:
    """A place in a hierarchy of programmes, partners or sites.

    Attributes:
        id: its id.
        own: what it reports itself.
        parents: ids of those that it counts for; there may be several.
        include: whether it counts for its parents.
    """

    id: str
    own: Figure
    parents: tuple[str, ...] = ()
    include: bool = True


def tree_totals(nodes: Sequence[TreeNode]) -> dict[str, Figure]:
    """The total of every node: its own figure and those of all below it, each once, whatever the number of ways down.

    A node that is not included counts for no parent, nor does what lies below it, whatever the order; its own total stands.

    Example:
        >>> totals = tree_totals([TreeNode("lead", Figure.gap()), TreeNode("site", Figure.read(5), ("lead",))])
        >>> str(totals["lead"])
        '5'
    """
    children: dict[str, list[TreeNode]] = {}
    for node in nodes:
        for parent in node.parents:
            children.setdefault(parent, []).append(node)
    totals: dict[str, Figure] = {}
    for node in nodes:
        counted, queue = {node.id: node}, [node]
        while queue:
            for child in children.get(queue.pop().id, ()):
                if child.include and child.id not in counted:
                    counted[child.id] = child
                    queue.append(child)
        whole = aggregate([item.own for item in counted.values()])
        totals[node.id] = Figure.gap(unit=node.own.unit) if whole.bounds is None else Figure("", whole.bounds, node.own.unit)
    return totals


@frozen
class Meeting:
    """How many units meet a target.

    Attributes:
        met: how many certainly do.
        known: how many have a value.
        share: the one of the other.
    """

    met: int
    known: int
    share: Ratio


def share_meeting(
    series: Sequence[Sequence[Figure]], target: Figure, direction: Direction | str, *, use: Combine | str = Combine.LATEST
) -> Meeting:
    """The share of units, such as schools or participants, whose value meets a target.

    Args:
        series: the values of each unit in time order.
        target: the target.
        direction: increase or decrease.
        use: what stands for a unit: its latest value, or the mean of its values.

    Example:
        >>> share_meeting([[Figure.read(15), Figure.read(8)], [Figure.read(20)]], Figure.read(10), "decrease").met
        1
    """
    values = [aggregate(unit, use) for unit in series]
    known = [Figure("", value.bounds) for value in values if value.bounds is not None]
    met = sum(status(value, target, direction) is Status.MET for value in known)
    return Meeting(met, len(known), coverage(met, len(known)))
