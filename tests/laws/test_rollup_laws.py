"""Laws of rolling up: bounds hold every concrete value, order does not matter, and nothing counts twice."""

from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import given, settings, strategies as st

import tocmodel as toc
from tocmodel.figures import Figure, Interval
from tocmodel.measurement import over_reporters, roll_up, union_bounds
from tocmodel.measurement.aggregation import TreeNode, tree_totals
from tocmodel.measurement.people import intersection_bounds

PEOPLE = st.frozensets(st.integers(0, 12))
SHARES = st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=1, max_size=5)


@given(st.lists(PEOPLE, min_size=1, max_size=4), st.data())
def test_people_in_one_of_several_groups_lie_within_the_bounds(groups: list[frozenset[int]], data: st.DataObject) -> None:
    pairs = list(combinations(range(len(groups)), 2))
    stated = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    overlaps = {pair: Interval.exactly(len(groups[pair[0]] & groups[pair[1]])) for pair in stated}
    sizes = [Interval.exactly(len(group)) for group in groups]
    found = union_bounds(sizes, overlaps=overlaps)
    together = len(frozenset[int]().union(*groups))
    assert together in found
    assert found.within(union_bounds(sizes))
    assert len(frozenset.intersection(*groups)) in intersection_bounds(sizes, population=13)


@given(PEOPLE, PEOPLE)
def test_two_groups_and_their_overlap_are_inclusion_and_exclusion(one: frozenset[int], other: frozenset[int]) -> None:
    overlaps = {(0, 1): Interval.exactly(len(one & other))}
    assert union_bounds([Interval.exactly(len(one)), Interval.exactly(len(other))], overlaps=overlaps) == Interval.exactly(len(one | other))


def indicators(reached: list[int | None]) -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build("readers", as_of="2024-12-31")
    draft.objective("read", "Children read")
    for place, figure in enumerate(reached):
        draft.indicator(f"x{place}", of="read", unit="item", direction="increase")
        draft.target(f"x{place}", 20)
        if figure is not None:
            draft.actual(f"x{place}", figure)
    return draft.done()


def mean(reached: list[int | None], weights: dict[str, int]) -> Any:
    model = indicators(reached)
    return roll_up(model, toc.achievement(model), "read", method="weighted_mean", weights=weights)


@settings(max_examples=40)
@given(SHARES, st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_a_weighted_mean_lies_between_its_smallest_and_largest_share(reached: list[int | None], weights: list[int]) -> None:
    found = mean(reached, {f"x{place}": weights[place] for place in range(len(reached))})
    known = [Decimal(figure) / 20 for figure in reached if figure is not None]
    assert (found.reported, found.expected) == (len(known), len(reached))
    if known:
        assert found.bounds.low >= min(known) - Decimal("1e-20")
        assert found.bounds.high <= max(known) + Decimal("1e-20")
    else:
        assert found.reason == "no_data"


@settings(max_examples=40)
@given(SHARES, st.lists(st.integers(1, 9), min_size=5, max_size=5), st.data())
def test_the_range_of_the_missing_holds_whatever_they_turn_out_to_be(
    reached: list[int | None], weights: list[int], data: st.DataObject
) -> None:
    named = {f"x{place}": weights[place] for place in range(len(reached))}
    before = mean(reached, named)
    after = mean([figure if figure is not None else data.draw(st.integers(0, 20)) for figure in reached], named)
    slack = Decimal("1e-20")
    assert before.if_missing_zero.low - slack <= after.bounds.low
    assert after.bounds.high <= before.if_missing_on_target.high + slack


@settings(max_examples=40)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=4), st.randoms(use_true_random=False), st.data())
def test_reporters_add_up_whatever_the_order_of_entry_and_who_is_left_out(figures: list[int], random: Any, data: st.DataObject) -> None:
    names = [f"r{place}" for place in range(len(figures))]
    without = data.draw(st.sets(st.sampled_from(names)))
    entries = list(zip(names, figures, strict=True))
    random.shuffle(entries)
    draft = toc.TheoryOfChange.build("readers", period="2024")
    draft.activity("clubs", "Clubs")
    draft.indicator("x", of="clubs", unit="item", accumulation="incremental")
    for name, figure in entries:
        draft.actor(name, name)
        draft.actual("x", figure, reporter=name, period="2024-01")
    found = over_reporters(draft.done(), "x", without=without)
    counted = [figure for name, figure in zip(names, figures, strict=True) if name not in without]
    assert found.whole.value == (sum(counted) if counted else None)
    assert found.coverage == (len(counted), len(counted))


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.lists(st.integers(0, 5), max_size=2)), min_size=1, max_size=6), st.data())
def test_a_tree_counts_each_node_once_whatever_the_order(drawn: list[tuple[int, bool, list[int]]], data: st.DataObject) -> None:
    nodes = [
        TreeNode(str(place), Figure.read(own), tuple(sorted({str(parent) for parent in parents if parent < place})), include)
        for place, (own, include, parents) in enumerate(drawn)
    ]
    shuffled = data.draw(st.permutations(nodes))
    found = tree_totals(shuffled)
    assert found == tree_totals(nodes)
    everything = sum(own for own, _, _ in drawn)
    assert all(node.own.value <= (found[node.id].value or 0) <= everything for node in nodes if node.own.value is not None)
