"""The arithmetic edge cases E01 to E60: each has one answer or a reason, through public functions or the table."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import FieldError, RefusedError
from tocmodel.figures import Figure, Interval, parse_number, total
from tocmodel.figures.display import rounded
from tocmodel.measurement import breakdown_check, breakdown_totals, over_programmes, over_reporters, roll_up, tracking_table, union_bounds
from tocmodel.measurement.accumulation import against_direction, recut
from tocmodel.measurement.aggregation import aggregate, aggregate_over_time, aggregate_ratio, weighted_mean
from tocmodel.measurement.formulas import Ratio, ratio
from tocmodel.measurement.pace import growth, margin_pace
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.ratings import Band, band, mean_rating, median_rating, worst_rating
from tocmodel.measurement.rows import AchievementRow
from tocmodel.periods import Period, position

CASES = Path("../shared/cases/edge_cases.csv")
IDS = tuple(f"E{number:02d}" for number in range(1, 61))
"""Every edge case; the list stands here so that the tests run without ../shared."""
COVERED: dict[str, str] = {}
Test = Callable[..., None]


def case(*ids: str) -> Callable[[Test], Test]:
    """Say which edge cases a test covers."""

    def register(test: Test) -> Test:
        COVERED.update(dict.fromkeys(ids, test.__name__))
        return test

    return register


def test_every_edge_case_has_a_test() -> None:
    assert sorted(COVERED) == list(IDS)


def test_no_edge_case_of_the_list_is_left_out() -> None:
    if not CASES.exists():
        pytest.skip("the list of ../shared/cases is not here")
    with CASES.open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == list(IDS)


def draft(**fields: Any) -> toc.TheoryBuilder:
    """A fictional programme with one activity."""
    made = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", **({"period": "2024", "as_of": "2024-12-31"} | fields))
    made.activity("clubs", "Reading clubs")
    return made


def row(baseline: object, target: object, actual: object, direction: str = "increase", **options: Any) -> AchievementRow:
    """The life-of-programme total of one indicator."""
    made = draft()
    made.indicator("x", of="clubs", **({"unit": "day", "direction": direction} | options.pop("fields", {})))
    for add, value in ((made.baseline, baseline), (made.target, target), (made.actual, actual)):
        if value is not None:
            add("x", value)
    return toc.achievement(made.done(), **options)["x"]


def number(share: Ratio | None) -> Decimal | None:
    return None if share is None or share.bounds is None or share.bounds.value is None else round(share.bounds.value, 4)


# One target, one actual


@case("E01", "E02", "E03", "E04", "E05", "E06", "E09", "E10", "E12", "E16")
@pytest.mark.parametrize(
    ("baseline", "target", "actual", "direction", "attainment", "progress"),
    [
        (40, 100, 70, "increase", "0.7", "0.5"),
        (40, 100, 40, "increase", "0.4", "0"),
        (100, 40, 70, "decrease", "1.75", "0.5"),
        (100, 40, 100, "decrease", "2.5", "0"),
        (100, 10, 0, "decrease", "0", "1.1111"),
        (100, 0, 50, "decrease", None, "0.5"),
        (40, 100, 30, "increase", "0.3", "-0.1667"),
        (40, 100, 130, "increase", "1.3", "1.5"),
        (0, 100, 0, "increase", "0", "0"),
        (-20, 10, -5, "increase", "-0.5", "0.5"),
    ],
)
def test_attainment_and_progress_are_both_given_and_never_mixed(
    baseline: int, target: int, actual: int, direction: str, attainment: str | None, progress: str
) -> None:
    found = row(baseline, target, actual, direction)
    assert number(found.attainment) == (None if attainment is None else Decimal(attainment))
    assert number(found.progress) == Decimal(progress)


@case("E07")
def test_a_zero_target_from_zero_has_a_reason_and_no_number() -> None:
    found = row(0, 0, 5)
    assert (found.attainment.bounds, found.attainment.reason) == (None, "zero_target")
    assert (found.progress.bounds, found.progress.reason) == (None, "baseline_equals_target")


@case("E08")
@pytest.mark.parametrize(("actual", "status"), [(80, "met"), (70, "not_met"), (90, "not_met"), ("79 to 81", "undetermined")])
def test_a_maintained_level_is_met_or_not_and_has_no_progress(actual: object, status: str) -> None:
    value = toc.Interval(79, 81) if isinstance(actual, str) else actual
    found = row(80, 80, Figure.read(value).plain(), "maintain")
    assert found.status == status
    assert found.progress.reason == "baseline_equals_target"


@case("E11")
def test_a_cap_at_100_leaves_50_at_50() -> None:
    capped = Policy(clip=(0, 1))
    assert number(row(0, 100, 50, policy=capped).attainment) == Decimal("0.5")
    assert number(row(0, 100, 130, policy=capped).attainment) == 1
    assert number(row(0, 100, 130).attainment) == Decimal("1.3")


@case("E13")
def test_a_missing_actual_is_not_zero_and_counts_in_coverage_only() -> None:
    found = row(40, 100, None)
    assert (found.status, found.attainment.bounds, found.reason) == ("missing", None, "missing_actual")
    made = draft()
    for id, actual in (("a", 10), ("b", None)):
        made.indicator(id, of="clubs", unit="item", direction="increase")
        made.target(id, 20)
        if actual is not None:
            made.actual(id, actual)
    model = made.done()
    whole = roll_up(model, toc.achievement(model), None, method="weighted_mean")
    assert (whole.bounds, whole.reported, whole.expected) == (Interval.exactly("0.5"), 1, 2)


@case("E14")
def test_a_missing_baseline_leaves_attainment_and_takes_progress() -> None:
    found = row(None, 100, 50)
    assert number(found.attainment) == Decimal("0.5")
    assert found.progress.reason == "missing_baseline"


@case("E15")
def test_not_due_missing_and_reported_are_three_things() -> None:
    made = draft(as_of="2024-06-30")
    made.indicator("x", of="clubs", unit="item", direction="increase", accumulation="incremental", report="per_period")
    for quarter in ("2024-01/2024-03", "2024-04/2024-06", "2024-07/2024-09"):
        made.target("x", 10, period=quarter)
    made.actual("x", 10, period="2024-01/2024-03")
    table = toc.achievement(made.done())
    assert [item.status for item in table.where(scope="period")] == ["met", "missing", "not_due"]


# Numbers


@case("E17")
def test_numbers_as_text_are_read_or_reported_with_their_place_and_never_zero() -> None:
    assert [parse_number(text) for text in ("1,000", " 12 ", "", "-1.234")] == [1000, 12, None, Decimal("-1.234")]
    with pytest.raises(FieldError):
        parse_number("N/A")
    made = draft()
    made.indicator("x", of="clubs", unit="item")
    made.actual("x", "quite a lot")
    model = made.done()
    assert [(finding.code, finding.where.path) for finding in model.findings] == [("M08", "x.actual.figure")]
    assert toc.achievement(model)["x"].actual.missing == "not_readable"


@case("E18")
def test_decimals_are_exact() -> None:
    assert total([Interval.exactly("17.1"), Interval.exactly("4711.2")]).value == Decimal("4728.3")


@case("E19")
def test_rounding_happens_for_people_only_and_its_mode_is_stated() -> None:
    assert rounded("0.875", 2) == "0.88"
    assert [rounded("2.5", 0, mode) for mode in ("half_even", "half_up", "floor")] == ["2", "3", "2"]
    assert [rounded("-33.3", 0, mode) for mode in ("half_even", "floor")] == ["-33", "-34"]
    third = row(0, 3, 1).attainment
    assert third.bounds is not None
    assert third.bounds.low is not None
    assert str(third) == "33.3 %"
    assert third.bounds.low > Decimal("0.33333333333333333")


# Percentages and ratios


def shares(*parts: tuple[object, object]) -> toc.TheoryOfChange:
    made = draft()
    made.indicator("x", of="clubs", kind="percentage", unit="percent", direction="increase")
    for place, (above, below) in enumerate(parts):
        made.actor(f"r{place}", f"Reporter {place}")
        made.actual("x", numerator=above, denominator=below, reporter=f"r{place}")
    return made.done()


@case("E20", "E24", "E25")
@pytest.mark.parametrize(
    ("parts", "above", "below", "percent"),
    [(((6, 10), (30, 40)), 36, 50, "72"), (((6, 10), (6, 10)), 12, 20, "60"), (((20, 50), (15, 50)), 35, 100, "35")],
)
def test_percentages_are_put_together_as_sum_over_sum(parts: Any, above: int, below: int, percent: str) -> None:
    found = aggregate_ratio([(Figure.read(one), Figure.read(other)) for one, other in parts], scale=100)
    assert (found.numerator, found.denominator) == (Interval.exactly(above), Interval.exactly(below))
    assert str(over_reporters(shares(*parts), "x").whole) == percent
    with pytest.raises(RefusedError):
        over_reporters(shares(*parts), "x", combine="mean")


@case("E21", "E59")
@pytest.mark.parametrize(("target", "unit", "actual", "attainment"), [("0.4", "fraction", 40, "1"), (80, "percent", "0.85", "0.0106")])
def test_percent_and_fraction_are_one_scale_by_their_units(target: str, unit: str, actual: object, attainment: str) -> None:
    found = toc.attainment(Figure.read(actual, unit="percent"), Figure.read(target, unit=unit))
    assert number(found) == Decimal(attainment)
    assert number(toc.attainment(Figure.read("0.85", unit="fraction"), Figure.read(80, unit="percent"))) == Decimal("1.0625")
    assert toc.attainment(Figure.read(85, unit="percentage point"), Figure.read(80, unit="percent")).reason == "unit_mismatch"


@case("E22")
def test_nothing_of_nothing_is_undefined_and_adds_nothing() -> None:
    assert ratio(Figure.read(0), Figure.read(0)).reason == "zero_denominator"
    found = aggregate_ratio([(Figure.read(0), Figure.read(0)), (Figure.read(3), Figure.read(4))])
    assert (found.share.bounds, found.reported) == (Interval.exactly("0.75"), 2)


@case("E23")
def test_a_missing_denominator_is_undefined() -> None:
    assert ratio(Figure.read(300), Figure.gap(), factor=100).reason == "missing_denominator"
    made = draft()
    made.indicator("x", of="clubs", kind="percentage", unit="percent", direction="increase")
    made.target("x", 50)
    made.actual("x", "missing", numerator=300)
    found = toc.achievement(made.done())["x"]
    assert (found.actual.bounds, found.attainment.bounds) == (None, None)


# Over time


def series(accumulation: str, *reports: object, months: tuple[int, ...] | None = None, **fields: Any) -> toc.TheoryBuilder:
    made = draft()
    made.indicator("x", of="clubs", **({"unit": "item", "direction": "increase", "accumulation": accumulation} | fields))
    for month, report in zip(months or range(1, 13), reports, strict=False):
        made.actual("x", report, period=f"2024-{month:02d}")
    return made


@case("E26")
def test_a_running_total_is_never_summed() -> None:
    figures = (522701, 1659672, 2314453, 2883267)
    assert str(toc.achievement(series("cumulative", *figures).done())["x"].actual) == "2883267"
    with pytest.raises(RefusedError, match="use latest or max"):
        aggregate_over_time([Figure.read(figure) for figure in figures], "cumulative", "sum")


@case("E27")
def test_a_gap_in_a_running_total_follows_the_policy_and_says_which() -> None:
    made = series("cumulative", 8, 33, report="to_date")
    for month in (1, 2, 3):
        made.target("x", 10 * month, period=f"2024-0{month}")
    model = made.done()
    third = [toc.achievement(model, policy=policy).where(scope="period").rows[2] for policy in (Policy(), Policy(gaps="carry_forward"))]  # type: ignore[arg-type]
    assert (third[0].actual.missing, third[0].status) == ("missing", "missing")
    assert str(third[1].actual) == "33"
    assert "carried forward" in third[1].explain()


@case("E28")
def test_a_running_total_that_falls_is_flagged() -> None:
    assert against_direction([Figure.read(100), Figure.read(80)], rising=True) == ((0, 1),)
    found = toc.achievement(series("cumulative", 100, 80).done())["x"]
    assert [finding.code for finding in found.findings] == ["A01"]


@case("E29")
def test_late_entries_are_ordered_by_what_they_report_not_by_when_they_were_entered() -> None:
    late = toc.achievement(series("cumulative", 50, 20, months=(2, 1)).done())["x"]
    assert str(late.actual) == "50"
    made = draft()
    made.indicator("x", of="clubs", unit="item", accumulation="snapshot")
    for sequence, figure in ((2, 7), (1, 5)):
        made.actual("x", figure, period="2024-01", reported="2024-02-01", sequence=sequence)
    assert str(toc.achievement(made.done())["x"].actual) == "7"


@case("E30")
def test_running_totals_of_two_reporters_are_the_latest_of_each_added() -> None:
    made = draft()
    made.indicator("x", of="clubs", unit="item", direction="increase", accumulation="cumulative")
    for reporter, reports in (("u1", (1, 2)), ("u2", (2, 4))):
        made.actor(reporter, reporter)
        for month, figure in enumerate(reports, start=1):
            made.actual("x", figure, period=f"2024-0{month}", reporter=reporter)
    assert str(toc.achievement(made.done())["x"].actual) == "6"


@case("E31")
def test_amended_deleted_and_draft_data_are_recalculated_from_the_reports() -> None:
    made = draft()
    made.indicator("x", of="clubs", unit="item", direction="increase", accumulation="incremental")
    made.actual("x", 15, id="first", period="2024-01")
    made.actual("x", 20, id="second", period="2024-01", supersedes="first")
    made.actual("x", 100, period="2024-02", state="draft")
    made.actual("x", 100, period="2024-03", state="deleted")
    assert str(toc.achievement(made.done())["x"].actual) == "20"
    none = draft()
    none.indicator("x", of="clubs", unit="item")
    none.actual("x", 15, state="deleted")
    assert toc.achievement(none.done())["x"].actual.missing == "missing"


@case("E32", "E33")
@pytest.mark.parametrize(("values", "combine", "whole", "coverage"), [((None, 3), "max", 3, (1, 2)), ((10, None, 20), "mean", 15, (2, 3))])
def test_extremes_and_means_leave_gaps_out_and_say_so(values: Any, combine: str, whole: int, coverage: tuple[int, int]) -> None:
    found = aggregate([Figure.read(value) for value in values], combine)
    assert (found.bounds, (found.reported, found.expected)) == (Interval.exactly(whole), coverage)


@case("E34")
def test_a_mean_of_groups_is_weighted_by_their_size() -> None:
    groups = [(1, Ratio(Interval.exactly(0))), (99, Ratio(Interval.exactly(1)))]
    assert weighted_mean([share for _, share in groups], [size for size, _ in groups]).bounds == Interval.exactly("0.99")
    assert str(over_reporters(shares((0, 1), (99, 99)), "x").whole) == "99"


# Over parts


@case("E35")
@pytest.mark.parametrize("order", [("parent", "child", "left-out"), ("left-out", "child", "parent"), ("child", "left-out", "parent")])
def test_a_programme_that_is_left_out_is_never_counted(order: tuple[str, ...]) -> None:
    models: dict[str, toc.TheoryOfChange] = {}
    for id, figure in (("parent", 1), ("child", 10), ("left-out", 100)):
        made = toc.TheoryOfChange.build(id)
        made.activity("clubs", "Clubs")
        made.indicator("x", of="clubs", unit="item")
        made.actual("x", figure)
        models[id] = made.done()
    found = over_programmes([models[id] for id in order], "x", under={"child": "parent", "left-out": "parent"}, without=["left-out"])
    assert str(found.where(name="parent").one().total) == "11"


@case("E36")
def test_an_activity_with_two_pathways_counts_once() -> None:
    made = draft()
    for id in ("a", "b", "goal"):
        made.outcome(id, id) if id != "goal" else made.objective(id, id)
    for from_, to in (("clubs", "a"), ("clubs", "b"), ("a", "goal"), ("b", "goal")):
        made.link(from_, to)
    made.indicator("x", of="clubs", unit="item", direction="increase")
    made.target("x", 10)
    made.actual("x", 10)
    model = made.done()
    assert roll_up(model, toc.achievement(model), "goal", method="met_of_known").expected == 1
    assert toc.trace(model, "clubs", "goal").count.count == 2


@case("E37")
def test_people_of_two_partners_are_bounds_unless_the_overlap_is_stated() -> None:
    fifty, ninety = Interval.exactly(50), Interval.exactly(90)
    assert union_bounds([fifty, ninety]) == Interval(90, 140)
    draft = toc.TheoryOfChange.build("p")
    draft.activity("a", "A")
    draft.indicator("i", of="a", unit="person")
    draft.actual("i", 50)
    assert toc.people_reached(draft.done(), ["i", "i"]).bounds == fifty
    with pytest.raises(FieldError, match="no indicator that counts people is named"):
        toc.people_reached(draft.done(), [])
    assert union_bounds([fifty, ninety], overlaps={(0, 1): Interval.exactly(20)}) == Interval.exactly(120)


def broken_down(**figures: object) -> toc.TheoryBuilder:
    made = draft()
    made.dimension("sex", "Sex", categories=["girls", "boys", "unknown"] if "unknown" in figures else ["girls", "boys"])
    made.dimension("age", "Age", categories=["young", "old"])
    dimensions = ["sex", *(["age"] if "young" in figures else [])]
    made.indicator("x", of="clubs", unit="person", direction="increase", by=dimensions)
    for name, figure in figures.items():
        part = {} if name == "total" else {"age" if name in {"young", "old"} else "sex": name}
        made.actual("x", figure, slice=part)
    return made


@case("E38")
def test_a_breakdown_that_does_not_sum_to_the_total_is_flagged_with_its_gap() -> None:
    found = breakdown_check(Figure.read(18), {"girls": Figure.read(8), "boys": Figure.read(9)})
    assert (found.status, found.gap) == ("gap", Interval.exactly(-1))
    assert breakdown_check(Figure.read(18), {"girls": Figure.read(8), "boys": Figure.read(9)}, tolerance=1).status == "ok"
    assert breakdown_check(Figure.read(18), {"girls": Figure.read(8), "boys": Figure.read(9)}, "partial").status == "ok"
    total = toc.achievement(broken_down(total=18, girls=8, boys=9).done())["x"]
    assert str(total.actual) == "18"
    assert len(total.findings) == 1
    assert "17" in total.findings[0].message or "-1" in total.findings[0].message


@case("E39")
def test_overlapping_categories_are_neither_checked_nor_summed() -> None:
    parts = {"disabled": Figure.read(30), "women": Figure.read(60)}
    assert breakdown_check(Figure.read(70), parts, "overlapping").status == "not_summable"
    made = draft()
    made.dimension("group", "Group", categories=["disabled", "women"])
    made.indicator("x", of="clubs", unit="person", by=[{"dimension": "group", "coverage": "overlapping"}])
    for group, figure in (("disabled", 30), ("women", 60)):
        made.actual("x", figure, slice={"group": group})
    assert str(toc.achievement(made.done())["x"].actual) == "at least 60"


@case("E40")
def test_every_exhaustive_dimension_is_checked_by_itself() -> None:
    row = toc.achievement(broken_down(total=100, girls=60, boys=40, young=48, old=50).done())["x"]
    assert len(row.findings) == 1
    assert "age" in row.findings[0].message


@case("E41")
def test_the_unknown_are_a_category_of_the_total() -> None:
    assert str(toc.achievement(broken_down(girls=10, boys=10, unknown=5).done())["x"].actual) == "25"


@case("E42")
def test_a_category_that_the_latest_result_lacks_is_missing() -> None:
    earlier, last = {"A": Figure.read(5), "C": Figure.read(1)}, {"A": Figure.read(6)}
    found = breakdown_totals([earlier, last], ["A", "C"], combine="latest")
    assert (str(found["A"]), found["C"].missing) == ("6", "missing")


# Periods


@case("E43")
def test_the_last_day_belongs_to_its_period_and_to_no_other() -> None:
    quarters = Period.read("2023-10-05/2024-10-04").cut(3)
    assert [str(quarter) for quarter in quarters[:2]] == ["2023-10-05/2024-01-04", "2024-01-05/2024-04-04"]
    for day, home in (("2024-01-04", 0), ("2024-01-05", 1)):
        assert position(quarters, Period.read(day).start) == home
        assert sum(quarter.holds(Period.read(day)) for quarter in quarters) == 1


@case("E44")
def test_a_result_outside_every_period_is_listed() -> None:
    made = series("incremental", 5)
    made.target("x", 10, period="2024-01")
    made.actual("x", 3, period="2023-06")
    table = toc.achievement(made.done())
    assert [str(orphan.figure) for orphan in table.orphans] == ["3"]
    assert "1 result belongs to no period: " in str(table)


@case("E45")
@pytest.mark.parametrize(("months", "count"), [(1, 46), (3, 16), (12, 4)])
def test_a_last_partial_period_is_kept(months: int, count: int) -> None:
    assert len(Period.read("2016-04-01/2020-01-31").cut(months)) == count


@case("E46")
def test_results_are_set_into_other_periods_and_what_straddles_is_listed() -> None:
    thirds = [(period, Figure.read(10)) for period in Period.read("2024").cut(4)]
    flow = recut(thirds, Period.read("2024").cut(6), "incremental", "per_period")
    assert ([str(figure) for figure in flow.actuals], flow.straddling) == (["10", "10"], (1,))
    stock = recut([(Period.read("2024-01"), Figure.read(5)), (Period.read("2024-03"), Figure.read(7))], Period.read("2024").cut(6),
                  "snapshot", "to_date")  # fmt: skip
    assert str(stock.actuals[0]) == "7"


@case("E47")
def test_progress_to_date_and_against_the_whole_are_two_numbers() -> None:
    made = draft(as_of="2024-06-30")
    made.indicator("x", of="clubs", unit="item", direction="increase", accumulation="incremental", report="per_period")
    quarters = Period.read("2024").cut(3)
    for quarter, target, actual in zip(quarters, (100, 200, 400, 500), (80, 90, 350, None), strict=True):
        made.target("x", target, period=quarter)
        if actual is not None:
            made.actual("x", actual, period=quarter)
    table = toc.achievement(made.done())
    to_date, life = table.where(scope="to_date").one(), table["x"]
    assert (str(to_date.actual), str(to_date.target)) == ("170", "300")
    assert (str(life.actual), str(life.target)) == ("520", "1200")


@case("E48")
def test_a_declared_target_that_differs_from_its_periods_is_flagged() -> None:
    made = draft()
    made.indicator("x", of="clubs", unit="item", direction="increase", accumulation="incremental", report="per_period")
    made.target("x", 1400)
    for half in Period.read("2024").cut(6):
        made.target("x", 80, period=half)
    model = made.done()
    found = toc.achievement(model)["x"]
    assert (str(found.target), [finding.code for finding in found.findings]) == ("160", ["A03"])
    assert str(toc.achievement(model, policy=Policy(life_target="declared"))["x"].target) == "1400"  # type: ignore[arg-type]


@case("E49")
def test_a_target_in_words_has_no_ratio() -> None:
    found = row(None, "all schools", 5)
    assert (found.attainment.bounds, found.attainment.reason, found.status) == (None, "not_readable", "no_target")
    assert found.target.printed == "all schools"


# Judging


@case("E50")
@pytest.mark.parametrize(("actual", "pace"), [("85", "on_track"), ("115", "on_track"), ("84.99", "behind"), ("115.01", "ahead")])
def test_the_edge_of_a_margin_is_on_track(actual: str, pace: str) -> None:
    assert margin_pace(Figure.read(actual), Figure.read(100), "increase", margin="0.15") == pace


@case("E51")
@pytest.mark.parametrize(("value", "colour"), [(30, "green"), (40, "green"), (50, "amber"), (60, "amber"), (61, "red")])
def test_bands_of_what_is_to_fall_are_turned_round(value: int, colour: str) -> None:
    assert band(Figure.read(value), [Band("red"), Band("amber", 60), Band("green", 40)], "decrease") == colour


@case("E52")
def test_nothing_in_the_first_quarter_is_far_behind() -> None:
    found = row(0, 100, 0, as_of="2024-03-31")
    assert found.expected.value is not None
    assert round(found.expected.value) == 25
    assert found.pace == "far_behind"
    assert found.status == "not_met"


@case("E53")
def test_ratings_have_a_median_a_worst_and_a_mean_of_stated_scores_but_none_of_codes() -> None:
    scale, ratings = ["poor", "fair", "good", "very good"], ["poor", "very good"]
    assert (median_rating(ratings, scale), worst_rating(ratings, scale)) == ("poor", "poor")
    scores = {"poor": 1, "fair": "2.5", "good": "3.5", "very good": 4}
    bands = [Band("poor"), Band("fair", "1.75"), Band("good", 3), Band("very good", "3.75")]
    scored = mean_rating(ratings, scores, bands)
    assert (scored.mean, scored.rating) == (Interval.exactly("2.5"), "fair")
    with pytest.raises(FieldError, match="not a level of the scale: 'poor'"):
        mean_rating(ratings, {}, bands)


@case("E54")
def test_weights_of_nothing_missing_weights_and_odd_sums_are_each_said() -> None:
    made = draft()
    for id in ("a", "b"):
        made.indicator(id, of="clubs", unit="item", direction="increase")
        made.target(id, 10)
    made.actual("a", 10)
    made.actual("b", 5)
    model = made.done()
    table = toc.achievement(model)

    def mean(**weights: int) -> Any:
        return roll_up(model, table, None, method="weighted_mean", weights=weights)

    assert mean(a=0, b=0).reason == "zero_denominator"
    assert mean(a=4).assumed[0].startswith("no weight is stated for b")
    assert mean(a=3, b=2).assumed == ("the weights sum to 5 and are taken as shares of it",)
    assert mean(a=3, b=2).bounds == Interval.exactly("0.8")


@case("E55")
def test_an_objective_without_indicators_has_no_data_and_no_coverage() -> None:
    made = draft()
    made.objective("read", "Children read")
    model = made.done()
    for method in ("weighted_mean", "met_of_known"):
        found = roll_up(model, toc.achievement(model), "read", method=method)
        assert (found.bounds, found.reason, found.reported, found.expected) == (None, "no_data", 0, 0)
    assert len(tracking_table(model)) == 0


@case("E56")
def test_a_rate_per_year_says_the_days_of_its_year() -> None:
    found = ratio(Figure.read(36), Figure.read(12), factor=100, annualised_days=31)
    assert number(found) == Decimal("3532.2581")
    assert number(ratio(Figure.read(36), Figure.read(12), factor=100, annualised_days=31, year_days=366)) == Decimal("3541.9355")
    assert "a year has 366 days" in Policy(year_days=366).departures()


@case("E57")
@pytest.mark.parametrize(("baseline", "actual"), [(5, -1), (0, 5), (-5, 5)])
def test_growth_has_no_meaning_through_zero_and_progress_stands(baseline: int, actual: int) -> None:
    assert growth(baseline, actual, 5) is None
    assert row(baseline, 10, actual).progress.bounds is not None


@case("E58")
def test_units_convert_or_are_refused() -> None:
    assert number(toc.attainment(Figure.read("0.5", unit="t"), Figure.read(1000, unit="kg"))) == Decimal("0.5")
    assert toc.attainment(Figure.read(5, unit="person"), Figure.read(5, unit="case")).reason == "unit_mismatch"
    with pytest.raises(toc.InvalidModelError, match="measure different things"):
        row(None, {"printed": "5", "unit": "case"}, 5, fields={"unit": "person"})


@case("E60")
def test_loops_are_allowed_and_reported() -> None:
    made = draft()
    for id in ("a", "b"):
        made.outcome(id, id)
    for from_, to in (("clubs", "a"), ("a", "b"), ("b", "a")):
        made.link(from_, to)
    made.indicator("x", of="clubs", unit="item", direction="increase")
    made.target("x", 10)
    made.actual("x", 10)
    model = made.done()
    assert any("loop" in finding.message for finding in toc.check(model))
    assert toc.trace(model, "clubs", "b").reached
    assert roll_up(model, toc.achievement(model), "a", method="met_of_known").expected == 1
