"""Twenty-two known arithmetic bugs of the field: what would catch each of them here, in the formulas and in whole tables.

The systems stand as they were read in 2026, with the place and the effect in ``../shared/research/platforms.md``, section 6.
"""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import RefusedError
from tocmodel.figures import Figure, Interval
from tocmodel.measurement import over_reporters, roll_up
from tocmodel.measurement.aggregation import (
    TreeNode,
    aggregate,
    aggregate_over_time,
    aggregate_ratio,
    share_meeting,
    tree_totals,
    weighted_mean,
)
from tocmodel.measurement.breakdowns import breakdown_sum
from tocmodel.measurement.formulas import Ratio, ratio
from tocmodel.measurement.pace import growth, margin_pace
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.ratings import Band, band
from tocmodel.periods import Period


def share(found: Ratio) -> Decimal | None:
    return None if found.bounds is None else found.bounds.value


def fall(baseline: object, target: object, actual: object) -> Ratio:
    return toc.progress(Figure.read(baseline), Figure.read(target), Figure.read(actual))


def clubs(**fields: Any) -> toc.TheoryBuilder:
    draft = toc.TheoryOfChange.build("readers", "Reading clubs (fictional)", period="2024", as_of="2024-12-31")
    draft.activity("clubs", "Reading clubs")
    draft.indicator("x", of="clubs", **({"unit": "item", "direction": "increase"} | fields))
    return draft


def judged(baseline: object, target: object, actual: object, direction: str = "increase", **policy: Any) -> toc.AchievementRow:
    draft = clubs(unit=None, direction=direction, accumulation="snapshot")
    for add, figure in ((draft.baseline, baseline), (draft.target, target), (draft.actual, actual)):
        if figure is not None:
            add("x", figure)
    return toc.achievement(draft.done(), policy=Policy(**policy))["x"]


def shares(*parts: tuple[object, object]) -> toc.AchievementRow:
    draft = clubs(kind="percentage", unit="percent")
    for position, (above, below) in enumerate(parts):
        draft.actor(f"r{position}", "R")
        draft.actual("x", "missing", numerator=above, denominator=below, reporter=f"r{position}")
    return toc.achievement(draft.done())["x"]


def test_01_a_cap_at_100_percent_does_not_raise_what_is_below() -> None:
    for actual in (0, 30, 50, 99):
        assert share(toc.attainment(Figure.read(actual), Figure.read(100), clip=(None, 1))) == Decimal(actual) / 100
    assert share(toc.attainment(Figure.read(130), Figure.read(100), clip=(None, 1))) == 1
    assert str(judged(0, 100, 50, clip=(None, 1)).attainment) == "50 %"
    assert str(judged(0, 100, 150, clip=(None, 1)).attainment) == "100 %"
    assert str(judged(0, 100, 150).attainment) == "150 %"  # and it is asked for


def test_02_a_true_zero_is_stored_as_zero_and_is_0_percent() -> None:
    for row in (judged(None, 10, 0), judged(0, 100, 0)):
        assert (row.actual.value, row.actual.missing, share(row.attainment), row.status) == (0, None, 0, "not_met")
        assert str(row.attainment) == "0 %"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_03_an_excluded_child_is_not_counted_whatever_the_order(order: tuple[int, ...]) -> None:
    nodes = [
        TreeNode("parent", Figure.gap()),
        TreeNode("counted", Figure.read(5), ("parent",)),
        TreeNode("excluded", Figure.read(100), ("parent",), include=False),
    ]
    assert str(tree_totals([nodes[place] for place in order])["parent"]) == "5"


def test_04_disaggregated_percentages_do_not_add_numerators_to_the_denominator() -> None:
    draft = clubs(kind="percentage", unit="percent", by=["sex"])
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    for sex, above in (("girls", 20), ("boys", 15)):
        draft.actual("x", slice={"sex": sex}, numerator=above, denominator=50)
    table = toc.achievement(draft.done())
    assert [str(row.actual) for row in table] == ["35", "40", "30"]
    assert str(shares((20, 50), (15, 50)).actual) == "35"


def test_05_a_falling_indicator_that_reached_zero_has_a_number_and_moves_in_a_straight_line() -> None:
    assert share(fall(100, 10, 0)) is not None
    steps = [share(fall(100, 40, actual)) for actual in (100, 85, 70, 55, 40)]
    assert steps == [0, Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), 1]


@pytest.mark.parametrize(("actual", "progress"), [(70, "50 %"), (100, "0 %"), (40, "100 %"), (0, "166.7 %"), (130, "-50 %")])
def test_05_07_08_and_11_falling_indicators_have_one_linear_progress(actual: int, progress: str) -> None:
    assert str(judged(100, 40, actual, "decrease").progress) == progress


def test_06_a_running_total_gives_the_same_through_every_door() -> None:
    draft = clubs(accumulation="cumulative", report="to_date")
    for quarter, figure in zip(Period.read("2024").cut(3), (10, 25, 40, 45), strict=True):
        draft.target("x", figure, period=quarter)
        draft.actual("x", figure, period=quarter)
    model = draft.done()
    tracked = [record["actual_low"] for record in toc.tracking_table(model).records()]
    yearly = toc.tracking_table(model, periods="annual").records()
    assert tracked == [10, 25, 40, 45, 45, 45]
    assert {record["actual_low"] for record in yearly} == {45}
    table = toc.achievement(model)
    assert table["x"].actual.value == table.where(scope="to_date").one().actual.value == 45


@pytest.mark.parametrize("actual", [50, 84, 85, 100, 115, 116, 300])
def test_07_pace_and_share_of_a_falling_indicator_rest_on_one_ratio(actual: int) -> None:
    target = Figure.read(100)
    assert share(toc.attainment(Figure.read(actual), target)) == Decimal(actual) / 100
    pace = margin_pace(Figure.read(actual), target, "decrease", margin="0.15")
    expected = "ahead" if actual < 85 else "behind" if actual > 115 else "on_track"
    assert pace == expected


def test_08_half_way_down_is_50_percent() -> None:
    assert share(fall(100, 40, 70)) == Decimal("0.5")
    assert str(fall(100, 40, 30)) == "116.7 %"
    assert all(abs(share(fall(100, 40, actual)) or 0) < 3 for actual in range(0, 200, 10))


def test_09_a_target_equal_to_its_baseline_takes_nothing_over_from_the_period_before() -> None:
    draft = clubs(accumulation="snapshot", report="to_date")
    draft.baseline("x", 80)
    for half, target, actual in (("2024-01/2024-06", 100, 90), ("2024-07/2024-12", 80, 70)):
        draft.target("x", target, period=half)
        draft.actual("x", actual, period=half)
    first, second = toc.achievement(draft.done()).where(scope="period")
    assert share(first.progress) == Decimal("0.5")
    assert (second.progress.bounds, second.progress.reason) == (None, "baseline_equals_target")


@pytest.mark.parametrize(("actual", "status"), [(80, "met"), (70, "not_met"), (90, "not_met")])
def test_09_16_and_17_a_target_that_is_the_baseline_is_maintained_and_has_no_progress(actual: int, status: str) -> None:
    row = judged(80, 80, actual, "maintain")
    assert (row.status, row.progress.reason) == (status, "baseline_equals_target")


def test_10_targets_without_data_stay_in_the_denominator() -> None:
    draft = clubs(accumulation="incremental", report="per_period")
    for quarter, actual in zip(Period.read("2024").cut(3), (20, 20, 20, None), strict=True):
        draft.target("x", 25, period=quarter)
        if actual is not None:
            draft.actual("x", actual, period=quarter)
    row = toc.achievement(draft.done())["x"]
    assert row.target.value == 100
    assert row.attainment.bounds is not None
    assert row.attainment.bounds.low == Decimal("0.6")
    row = toc.achievement(draft.done(), policy=Policy(missing="skip_if_all")).where(scope="to_date").one()
    assert str(row.attainment) == "60 %"


@pytest.mark.parametrize(("actual", "positive"), [(90, True), (70, True), (110, False), (100, None)])
def test_11_a_falling_indicator_improves_upward_and_worsens_downward(actual: int, positive: bool | None) -> None:
    found = share(fall(100, 40, actual))
    assert found is not None
    assert (found > 0, found < 0) == (positive is True, positive is False)


def test_12_a_parent_denominator_starts_from_nothing() -> None:
    assert aggregate_ratio([(Figure.read(6), Figure.read(10))] * 2).denominator == Interval.exactly(20)
    assert str(shares((6, 10), (6, 10)).actual) == "60"


def test_13_a_missing_total_is_not_doubled() -> None:
    assert str(breakdown_sum({"girls": Figure.read(9), "boys": Figure.read(8)})) == "17"
    for total in (None, "missing"):
        draft = clubs(unit="person", by=["sex"])
        draft.dimension("sex", "Sex", categories=["girls", "boys"])
        if total is not None:
            draft.actual("x", total)
        for sex, figure in (("girls", 9), ("boys", 8)):
            draft.actual("x", figure, slice={"sex": sex})
        found = str(toc.achievement(draft.done())["x"].actual)
        assert found == "17" if total is None else found in {"17", "missing"}


def test_13_a_missing_total_is_derived_once_over_time() -> None:
    draft = clubs(by=["sex"], accumulation="incremental")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    for half in ("2024-01/2024-06", "2024-07/2024-12"):
        draft.actual("x", 3, period=half, slice="sex=girls")
        draft.actual("x", 4, period=half, slice="sex=boys")
    assert str(toc.achievement(draft.done())["x"].actual) == "14"


def test_14_a_missing_denominator_is_not_one() -> None:
    found = ratio(Figure.read(300), Figure.gap(), factor=100)
    assert (found.bounds, found.reason) == (None, "missing_denominator")
    assert ratio(Figure.read(300), Figure.read(0), factor=100).reason == "zero_denominator"
    row = shares((300, "missing"))
    assert (row.actual.bounds, row.actual.missing) == (None, "missing")


def test_15_weights_of_zero_and_nothing_at_all_have_a_reason() -> None:
    half = Ratio(Interval.exactly("0.5"))
    assert weighted_mean([half, half], [0, 0]).reason == weighted_mean([half], [0]).reason == "zero_denominator"
    assert weighted_mean([]).reason == "no_data"
    assert weighted_mean([]).bounds is None


def test_16_a_baseline_equal_to_the_target_is_no_nan() -> None:
    found = fall(80, 80, 70)
    assert (found.bounds, found.reason) == (None, "baseline_equals_target")
    assert str(found) == "baseline equals target"


def test_17_growth_neither_crashes_on_equal_figures_nor_becomes_complex() -> None:
    assert growth(80, 80, 5, target=80, target_years=15) is None
    assert growth(-20, -5, 5, target=10, target_years=15) is None
    assert growth(20, 5, 5, target=-10, target_years=15) is None
    assert growth(5, -1, 5) is None
    assert growth(5, 6, 5, target=5, target_years=10) is None


def test_18_thresholds_turn_round_with_the_direction() -> None:
    rising = [Band("red"), Band("amber", 40), Band("green", 60)]
    falling = [Band("red"), Band("amber", 60), Band("green", 40)]
    assert [band(Figure.read(value), rising, "increase") for value in (30, 50, 70)] == ["red", "amber", "green"]
    assert [band(Figure.read(value), falling, "decrease") for value in (30, 50, 70)] == ["green", "amber", "red"]
    assert judged(None, 40, 30, "decrease").status == "met"


def test_19_units_that_meet_a_target_are_counted_along_its_direction() -> None:
    schools = [[Figure.read(value)] for value in (5, 10, 15)]
    assert share_meeting(schools, Figure.read(10), "decrease").met == 2
    assert share_meeting(schools, Figure.read(10), "increase").met == 2
    assert share_meeting(schools, Figure.read(6), "decrease").met == 1
    assert share_meeting([], Figure.read(10), "increase").share.reason == "no_data"


def test_20_nothing_is_cast_cut_or_swapped() -> None:
    assert toc.attainment(Figure.gap(), Figure.read(10)).bounds is None
    assert share(toc.attainment(Figure.read("62.5"), Figure.read(100))) == Decimal("0.625")
    assert ratio(Figure.read(1), Figure.read(4)).bounds == Interval.exactly("0.25")
    with pytest.raises(RefusedError):
        aggregate_over_time([Figure.read(1), Figure.read(2)], "cumulative", "sum")
    assert judged(0, 100, None).status == "missing"
    assert judged(0, 3, 2).attainment.bounds == Interval.exactly(2) / Interval.exactly(3)
    assert str(judged(0, 3, 2).attainment) == "66.7 %"


@pytest.mark.parametrize(
    ("direction", "actual", "status"),
    [("increase", 100, "met"), ("increase", 99, "not_met"), ("decrease", 100, "met"), ("decrease", 101, "not_met")],
)
def test_21_done_is_done(direction: str, actual: int, status: str) -> None:
    assert toc.status(Figure.read(actual), Figure.read(100), direction) == judged(None, 100, actual, direction).status == status


def test_22_zeros_take_part_in_a_mean() -> None:
    found = aggregate([Figure.read(0), Figure.read(10), Figure.gap()], "mean")
    assert (found.bounds, found.reported, found.expected) == (Interval.exactly(5), 2, 3)
    draft = clubs()
    for id, figure in (("a", 0), ("b", 10)):
        draft.actor(id, id)
        draft.actual("x", figure, reporter=id, period="2024-01")
    model = draft.done()
    assert str(over_reporters(model, "x", combine="mean").whole) == "5"
    draft = clubs(accumulation="snapshot", combine="mean")
    draft.actual("x", 0, measured="2024-01")
    draft.actual("x", 10, measured="2024-02")
    assert str(toc.achievement(draft.done())["x"].actual) == "5"


def test_a_mean_of_achievements_counts_a_zero_and_not_a_gap() -> None:
    draft = clubs()
    draft.target("x", 10)
    draft.actual("x", 0)
    for id, actual in (("y", 10), ("z", None)):
        draft.indicator(id, of="clubs", unit="item", direction="increase")
        draft.target(id, 10)
        if actual is not None:
            draft.actual(id, actual)
    model = draft.done()
    found = roll_up(model, toc.achievement(model, policy=Policy()), None, method="weighted_mean")
    assert (found.bounds, found.reported, found.expected) == (Interval.exactly("0.5"), 2, 3)
