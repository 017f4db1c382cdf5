"""How many different people several figures reach together: never simply their sum."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from attrs import frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Interval, Number, to_decimal, total
from tocmodel.measurement.achieving import as_judged, day_of
from tocmodel.model import TheoryOfChange
from tocmodel.slices import Slice
from tocmodel.units import factor


def union_bounds(
    parts: Sequence[Interval], *, population: Number | None = None, overlaps: Mapping[tuple[int, int], Interval] | None = None
) -> Interval:
    """How many different people are in at least one of several groups.

    At least as many as in the largest group, and at least the sum of all less every pair's overlap; at most the sum of all
    less the overlaps of pairs that form no ring, and no more than the population. With two groups and an exact overlap this
    is inclusion and exclusion; without overlaps it is the largest part to the sum of the parts.

    Args:
        parts: the groups.
        population: how many there are at all, if known.
        overlaps: how many are in both groups of a pair, by their positions, where stated.

    Example:
        >>> print(union_bounds([Interval.exactly(50), Interval.exactly(90)]))
        90 to 140
        >>> print(union_bounds([Interval.exactly(50), Interval.exactly(90)], overlaps={(0, 1): Interval.exactly(20)}))
        120
    """
    groups = [part.not_negative() for part in parts]
    stated = {tuple(sorted(pair)): overlap.not_negative() for pair, overlap in (overlaps or {}).items()}
    largest = max((group.low for group in groups if group.low is not None), default=Decimal(0))
    low = max(largest, _sum_less_overlaps(groups, stated))
    whole = total(groups).high
    high = None if whole is None else whole - _tree_of_overlaps(stated)
    if population is not None:
        limit = to_decimal(population)
        high = limit if high is None else min(high, limit)
    return Interval(low, high)


def _sum_less_overlaps(groups: Sequence[Interval], stated: Mapping[tuple[int, ...], Interval]) -> Decimal:
    """Bonferroni's lower bound; a pair without a statement may overlap as far as the smaller group goes."""
    least = sum((group.low or Decimal(0) for group in groups), Decimal(0))
    for pair in combinations(range(len(groups)), 2):
        highs = [groups[index].high for index in pair]
        known = [high for high in (*highs, stated[pair].high if pair in stated else None) if high is not None]
        if not known:
            return Decimal(0)
        least -= min(known)
    return least


def _tree_of_overlaps(stated: Mapping[tuple[int, ...], Interval]) -> Decimal:
    """Hunter's upper bound: the overlaps along the heaviest tree of pairs are counted twice for certain."""
    tree_of: dict[int, int] = {}

    def root(index: int) -> int:
        while tree_of.get(index, index) != index:
            index = tree_of[index]
        return index

    counted_twice = Decimal(0)
    for (one, other), overlap in sorted(stated.items(), key=lambda item: item[1].low or Decimal(0), reverse=True):
        if root(one) != root(other):
            tree_of[root(one)] = root(other)
            counted_twice += overlap.low or Decimal(0)
    return counted_twice


def intersection_bounds(parts: Sequence[Interval], *, population: Number | None = None) -> Interval:
    """How many people are in all of several groups.

    At least the sum less (n - 1) times the population, at most as many as in the smallest group.

    Args:
        parts: the groups.
        population: how many there are at all, if known.

    Example:
        >>> print(intersection_bounds([Interval.exactly(80), Interval.exactly(70)], population=100))
        50 to 70
    """
    highs = [part.high for part in parts if part.high is not None]
    low = Decimal(0)
    if population is not None:
        limit = to_decimal(population)
        highs.append(limit)
        lows = [part.low if part.low is not None else Decimal(0) for part in parts]
        low = max(low, sum(lows, Decimal(0)) - (len(parts) - 1) * limit)
    return Interval(low, min(highs, default=None))


def unique_count(records: Iterable[Sequence[Hashable]]) -> int:
    """How many different people stand first in these records.

    Example:
        >>> unique_count([("p1", "club"), ("p2", "club"), ("p1", "training")])
        2
    """
    return len({record[0] for record in records})


@frozen
class PeopleReached:
    """How many different people several indicators reach together.

    Attributes:
        bounds: the fewest and the most.
        parts: the result of each indicator.
        overlaps: ids of the stated overlaps that were used.
        assumed: what the bounds rest on.
    """

    bounds: Interval
    parts: Mapping[str, Interval]
    overlaps: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.bounds} different people, from {', '.join(f'{id}: {part}' for id, part in self.parts.items())}"


def people_reached(
    model: TheoryOfChange, indicators: Sequence[str], *, slice: object = None, as_of: date | str | None = None
) -> PeopleReached:
    """How many different people several indicators reach together, as bounds; overlaps that the model states are used.

    Args:
        model: the model.
        indicators: ids of indicators that count people.
        slice: the part of a breakdown to look at; the total where left out.
        as_of: the date of judgement; the programme's own where left out, and without any nothing is due. The results are those
            of the achievement table as of that date.

    Raises:
        UnknownIdError: if no indicator has one of the ids.
        UnitMismatchError: if one of them does not count people.
        FieldError: if none is named, or ``as_of`` is no date.

    Source: docs/reference/formulas.md, F7.
    """
    indicators = tuple(dict.fromkeys(indicators))
    if not indicators:
        raise FieldError("no indicator that counts people is named", "name at least one id")
    part, judged_on = Slice.read(slice), day_of(model, as_of)
    groups: dict[str, Interval] = {}
    assumed: list[str] = []
    for id in indicators:
        indicator = model.indicator(id)
        factor(indicator.unit or "item", "person")
        result = as_judged(model, indicator, part, as_of=judged_on)
        assumed += [f"{id}: {note}" for note in result.assumed]
        if result.figure.bounds is None:
            assumed.append(f"{id} has no result and may have reached anybody or nobody")
        groups[id] = result.figure.bounds or Interval(0)
    position = {id: index for index, id in enumerate(indicators)}
    stated = [
        overlap
        for overlap in model.overlaps
        if len(overlap.between) == 2 and overlap.slice == part and set(overlap.between) <= set(indicators)
    ]
    pairs: dict[tuple[int, int], Interval] = {}
    for overlap in stated:
        one, other = (position[id] for id in overlap.between)
        if overlap.figure.bounds is not None:
            pairs[min(one, other), max(one, other)] = overlap.figure.bounds
    if len(pairs) < len(indicators) * (len(indicators) - 1) // 2:
        assumed.append("where no overlap is stated, the groups may share nobody or all of the smaller group")
    bounds = union_bounds(list(groups.values()), overlaps=pairs)
    return PeopleReached(bounds, groups, tuple(overlap.id for overlap in stated), tuple(assumed))
