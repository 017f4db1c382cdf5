"""Laws of the table of achievement: what may not matter, what must, and that bounds hold whatever they stand for."""

import random
from decimal import Decimal
from typing import Any

from attrs import evolve, fields
from hypothesis import assume, given, settings, strategies as st

import tocmodel as toc
from tests.strategies import theories
from tocmodel.figures import Figure, Interval, total
from tocmodel.measurement.overlapping import together
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.ratings import Band
from tocmodel.model import Actual, Baseline, Programme, Record, Target, TheoryBuilder, TheoryOfChange
from tocmodel.periods import Period

Theory = tuple[Programme, list[Record]]
YEAR = Period.read("2020")
SMALL = st.integers(0, 200)
POLICIES = st.builds(
    Policy,
    gaps=st.sampled_from(("missing", "carry_forward")),
    missing=st.sampled_from(("bound", "skip_if_any", "skip_if_all", "never_skip")),
    life_target=st.sampled_from(("derived", "declared")),
    ratings=st.sampled_from(("median", "worst", "mean")),
    trajectory=st.sampled_from(("linear", "milestones")),
    clip=st.sampled_from((None, (0, 1), (None, 1))),
    year_days=st.sampled_from((365, 366)),
)


def started(**indicator: Any) -> TheoryBuilder:
    draft = TheoryOfChange.build("laws", period="2020", as_of="2020-06-30")
    draft.activity("a", "A")
    draft.dimension("d", "D", categories=["x", "y", "z"])
    draft.indicator("i", of="a", by=["d"], **{"direction": "increase", "accumulation": "incremental"} | indicator)
    return draft


def row_of(draft: TheoryBuilder | TheoryOfChange, policy: Policy = DEFAULT) -> toc.AchievementRow:
    return toc.achievement(draft if isinstance(draft, TheoryOfChange) else draft.done(), policy=policy)["i"]


@settings(max_examples=60)
@given(theories(), POLICIES, st.sampled_from((None, "annual", "quarterly", "event")))
def test_every_model_can_be_judged_under_every_policy(theory: Theory, policy: Policy, periods: str | None) -> None:
    programme, records = theory
    model = TheoryOfChange.of(evolve(programme, period=Period.read("2019-03-15/2020-11-02")), records)
    table = toc.achievement(model, as_of="2020-06-30", policy=policy, periods=periods)
    assert {row.indicator for row in table} == {indicator.id for indicator in model.indicators}
    assert all(row.policy is policy for row in table)
    assert len(table.records()) == len(table)
    for row in table:
        assert row.explanation().record()
        assert row.attainment.bounds is None or row.attainment.reason is None
        assert row.actual.bounds is not None or row.attainment.bounds is None


@settings(max_examples=40)
@given(theories(), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(theory: Theory, chance: random.Random) -> None:
    programme, records = theory
    values = [record for record in records if isinstance(record, Baseline | Target | Actual)]
    others = [record for record in records if record not in values]
    one = TheoryOfChange.of(programme, [*others, *values])
    other = TheoryOfChange.of(programme, [*others, *chance.sample(values, len(values))])
    found, again = (toc.achievement(model, as_of="2020-06-30") for model in (one, other))
    assert found.rows == again.rows
    assert [row.explain() for row in found] == [row.explain() for row in again]
    assert found.orphans == again.orphans


@given(SMALL, SMALL, SMALL)
def test_a_falling_indicator_is_a_rising_one_upside_down(baseline: int, target: int, actual: int) -> None:
    assume(target > baseline)
    rising, falling = started(accumulation="snapshot"), started(accumulation="snapshot", direction="decrease")
    for draft, sign in ((rising, 1), (falling, -1)):
        draft.baseline("i", baseline * sign)
        draft.target("i", target * sign)
        draft.actual("i", actual * sign)
    one, other = row_of(rising), row_of(falling)
    assert (one.progress, one.status, one.pace, one.attainment.bounds) == (
        other.progress,
        other.status,
        other.pace,
        other.attainment.bounds,
    )


@given(SMALL, st.integers(1, 200), SMALL)
def test_a_change_of_unit_leaves_ratios(baseline: int, target: int, actual: int) -> None:
    heavy, light = started(unit="kg"), started(unit="g")
    for draft, times in ((heavy, 1), (light, 1000)):
        draft.baseline("i", baseline * times)
        draft.target("i", target * times)
        draft.actual("i", actual * times)
    one, other = row_of(heavy), row_of(light)
    assert (one.attainment, one.progress, one.status, one.pace) == (other.attainment, other.progress, other.status, other.pace)
    mixed = started(unit="kg")
    mixed.baseline("i", baseline)
    mixed.target("i", f"{target}")
    mixed.actual("i", Figure.read(actual * 1000, unit="g"))
    assert row_of(mixed).attainment == one.attainment


@given(st.lists(SMALL, min_size=3, max_size=3), st.sampled_from(("incremental", "cumulative", "snapshot")))
def test_a_partition_sums_to_its_total(values: list[int], accumulation: str) -> None:
    draft = started(accumulation=accumulation)
    for category, value in zip("xyz", values, strict=True):
        draft.actual("i", value, slice={"d": category}, period="2020-02")
    table = toc.achievement(draft.done())
    parts = [row.actual.value for row in table.where(scope="life") if row.slice]
    assert table["i"].actual.value == sum(value for value in parts if value is not None) == sum(values)


@given(st.lists(SMALL, min_size=1, max_size=6), st.integers(1, 12))
def test_splitting_a_period_and_adding_it_again_is_identity(values: list[int], months: int) -> None:
    split, whole = started(report="per_period"), started(report="per_period")
    parts = YEAR.cut(months)[: len(values)]
    values = values[: len(parts)]
    for part, value in zip(parts, values, strict=True):
        split.actual("i", value, period=part)
        split.target("i", value + 1, period=part)
    stretch = Period(parts[0].start, parts[-1].end)
    whole.actual("i", sum(values), period=stretch)
    whole.target("i", sum(values) + len(values), period=stretch)
    one, other = row_of(split), row_of(whole)
    assert (one.actual.bounds, one.target.bounds, one.attainment) == (other.actual.bounds, other.target.bounds, other.attainment)
    recut = toc.achievement(split.done(), periods=[stretch]).where(scope="period").one()
    assert (recut.actual.bounds, recut.target.bounds) == (other.actual.bounds, other.target.bounds)


@given(st.lists(SMALL, min_size=1, max_size=5), st.sampled_from(("incremental", "cumulative", "snapshot")))
def test_what_bounds_leave_open_contains_every_number_that_they_stand_for(values: list[int], accumulation: str) -> None:
    known, bounded = started(accumulation=accumulation), started(accumulation=accumulation)
    for draft in (known, bounded):
        draft.baseline("i", 3)
        draft.target("i", 100)
    for month, value in enumerate(values, start=1):
        known.actual("i", value, measured=f"2020-{month:02d}")
        spread = Figure("", (Interval(value - month, value + 1), Interval.at_least(value), Interval.at_most(value + 2))[value % 3])
        bounded.actual("i", spread, measured=f"2020-{month:02d}")
    one, other = row_of(known), row_of(bounded)
    pairs = [
        (one.actual.bounds, other.actual.bounds),
        (one.attainment.bounds, other.attainment.bounds),
        (one.progress.bounds, other.progress.bounds),
    ]
    for inner, outer in pairs:
        assert inner is not None
        assert outer is not None
        assert inner.within(outer)
    assert other.status in {one.status, "undetermined"}
    assert other.pace in {one.pace, None}


@given(st.lists(st.tuples(SMALL, st.integers(1, 200)), min_size=1, max_size=4))
def test_a_sum_over_a_sum_lies_between_its_parts(parts: list[tuple[int, int]]) -> None:
    draft = started(kind="ratio", accumulation="snapshot")
    for position, (above, below) in enumerate(parts):
        draft.actor(f"r{position}", "R")
        draft.actual("i", numerator=above, denominator=below, reporter=f"r{position}")
    found = row_of(draft).actual.bounds
    shares = [Interval.exactly(above) / Interval.exactly(below) for above, below in parts]
    assert found is not None
    assert any(not share > found for share in shares)
    assert any(not share < found for share in shares)


@given(SMALL, st.integers(1, 200))
def test_progress_is_0_at_the_baseline_and_1_at_the_target(baseline: int, target: int) -> None:
    assume(baseline != target)
    for actual, progress in ((baseline, 0), (target, 1)):
        draft = started(accumulation="snapshot", direction="increase" if target > baseline else "decrease")
        draft.baseline("i", baseline)
        draft.target("i", target)
        draft.actual("i", actual)
        row = row_of(draft)
        assert row.progress.bounds == Interval.exactly(progress)
        assert actual != target or (row.status, row.attainment.bounds) == ("met", Interval.exactly(1))


@settings(max_examples=40)
@given(st.data(), theories())
def test_every_value_that_enters_a_row_stands_in_its_explanation(data: st.DataObject, theory: Theory) -> None:
    """A change of any input that would not change the explanation is a bug."""
    model = TheoryOfChange.of(*theory)
    rows = [row for row in toc.achievement(model, as_of="2020-06-30") if row.inputs]
    assume(rows)
    row = data.draw(st.sampled_from(rows))
    value = model[data.draw(st.sampled_from(row.inputs)).id]
    assert isinstance(value, Baseline | Target | Actual)
    before = value.figure.value
    changed = Figure.read(str((before if before is not None else Decimal(7)) + 1))
    other = toc.achievement(model.replaced(evolve(value, figure=changed)), as_of="2020-06-30")
    again = [
        item for item in other if (item.indicator, item.scope, item.period, item.slice) == (row.indicator, row.scope, row.period, row.slice)
    ]
    assert all(item.explanation() != row.explanation() for item in again)


@given(st.data())
def test_every_convention_that_departs_from_its_default_is_said(data: st.DataObject) -> None:
    others: dict[str, object] = {
        "gaps": "carry_forward", "missing": "skip_if_all", "life_target": "declared", "tolerance": 1, "ratings": "worst", "clip": (0, 1),
        "confidence": "0.9", "year_days": 366, "trajectory": "milestones", "pace_bands": (Band("any"),), "digits": 3, "rounding": "floor",
    }  # fmt: skip
    assert set(others) == {attribute.name for attribute in fields(Policy)}
    chosen = data.draw(st.lists(st.sampled_from(sorted(others)), unique=True))
    policy = Policy(**{name: others[name] for name in chosen})  # pyright: ignore[reportArgumentType] — drawn by name
    assert len(policy.departures()) == len(chosen)
    draft = started()
    draft.target("i", 5)
    draft.actual("i", 3)
    model = draft.done()
    assert (row_of(model, policy).explanation() == row_of(model).explanation()) is not bool(chosen)
    assert all(note in row_of(model, policy).explain() for note in policy.departures())


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 5), SMALL), min_size=1, max_size=5), st.data())
def test_reports_on_the_same_days_bound_what_happened_on_them(spans: list[tuple[int, int, int]], data: st.DataObject) -> None:
    """Whatever happened day by day, what consistent reports leave possible contains it."""
    months = YEAR.cut(1)
    happened = [data.draw(SMALL) for _ in months]
    periods = [(start, min(start + length, 11)) for start, length, _ in spans]
    reports = [(Period(months[one].start, months[last].end), Interval.exactly(sum(happened[one : last + 1]))) for one, last in periods]
    covered = {month for one, last in periods for month in range(one, last + 1)}
    found = together(reports)
    assert Interval.exactly(sum(happened[month] for month in covered)).within(found.bounds)
    assert not found.contradictory
    if not found.clashes:
        assert found.bounds == total(count for _, count in reports)


YEARS_OF = tuple(Period.read(year) for year in ("2020", "2021", "2022"))


@given(
    st.sampled_from(("cumulative", "snapshot", "unknown")),
    st.sampled_from(("count", "percentage")),
    st.lists(st.none() | SMALL, min_size=3, max_size=3),
    st.lists(st.integers(1, 200), min_size=3, max_size=3),
    st.sampled_from(("gap", "nothing")),
)
def test_the_whole_has_a_figure_of_its_own_only_where_the_last_period_has_a_report(
    accumulation: str, kind: str, reached: list[int | None], planned: list[int], silence: str
) -> None:
    draft = TheoryOfChange.build("laws", period="2020/2022", as_of="2022-12-31")
    draft.activity("a", "A")
    draft.indicator("i", of="a", kind=kind, direction="increase", accumulation=accumulation, report="to_date")
    for period, actual, target in zip(YEARS_OF, reached, planned, strict=True):
        draft.target("i", target, period=period)
        if actual is not None or silence == "gap":
            draft.actual("i", "missing" if actual is None else actual, period=period)
    table = toc.achievement(draft.done())
    for period, actual in zip(YEARS_OF, reached, strict=True):
        row = table.where(scope="period", period=period).one()
        assert (row.status == "missing") is (actual is None)
    for row in (table["i"], table.where(scope="to_date").one()):
        if reached[-1] is not None:
            assert row.actual.missing is None
        elif row.actual.bounds is not None:
            assert (accumulation, kind) == ("cumulative", "count")
            known = [actual for actual in reached if actual is not None]
            assert row.actual.bounds == Interval(known[-1], None)
            assert row.status in ({"met"} if known[-1] >= planned[-1] else {"undetermined"})
        else:
            assert (row.status, row.pace, row.attainment.bounds) == ("missing", None, None)
