"""Mistakes that published systems make, numbered as in the project's survey of them: each would fail one of these tests."""

from typing import Any

import pytest

import tocmodel as toc
from tocmodel.measurement.aggregation import TreeNode, tree_totals, weighted_mean
from tocmodel.measurement.formulas import Ratio
from tocmodel.measurement.pace import growth
from tocmodel.measurement.ratings import Band, band
from tocmodel.model import TheoryOfChange


def judged(baseline: Any, target: Any, actual: Any, direction: str = "increase", **policy: Any) -> toc.AchievementRow:
    draft = TheoryOfChange.build("bugs", as_of="2020-12-31", period="2020")
    draft.activity("a", "A")
    draft.indicator("i", of="a", direction=direction, accumulation="snapshot")
    for add, figure in ((draft.baseline, baseline), (draft.target, target), (draft.actual, actual)):
        if figure is not None:
            add("i", figure)
    return toc.achievement(draft.done(), policy=toc.Policy(**policy))["i"]


def test_1_a_cap_is_an_upper_limit_and_asked_for() -> None:
    assert str(judged(0, 100, 50, clip=(None, 1)).attainment) == "50 %"
    assert str(judged(0, 100, 150, clip=(None, 1)).attainment) == "100 %"
    assert str(judged(0, 100, 150).attainment) == "150 %"


def test_2_a_true_zero_is_a_result() -> None:
    row = judged(0, 100, 0)
    assert (str(row.attainment), row.status, row.actual.missing) == ("0 %", "not_met", None)


def test_3_what_is_excluded_stays_excluded_in_any_order() -> None:
    nodes = [
        TreeNode("lead", toc.Figure.gap()),
        TreeNode("in", toc.Figure.read(5), ("lead",)),
        TreeNode("out", toc.Figure.read(9), ("lead",), include=False),
    ]
    assert str(tree_totals(nodes)["lead"]) == str(tree_totals(nodes[::-1])["lead"]) == "5"


def shares(*parts: tuple[object, object], **policy: Any) -> toc.AchievementRow:
    draft = TheoryOfChange.build("bugs", as_of="2020-12-31")
    draft.activity("a", "A")
    draft.indicator("i", of="a", kind="percentage", unit="percent")
    for position, (above, below) in enumerate(parts):
        draft.actor(f"r{position}", "R")
        draft.actual("i", "missing", numerator=above, denominator=below, reporter=f"r{position}")
    return toc.achievement(draft.done(), policy=toc.Policy(**policy))["i"]


def test_4_and_12_denominators_add_from_nothing_and_are_their_own() -> None:
    assert str(shares((20, 50), (15, 50)).actual) == "35"
    assert str(shares((6, 10), (6, 10)).actual) == "60"


def test_14_a_share_without_its_denominator_is_no_percentage() -> None:
    row = shares((300, "missing"))
    assert (row.actual.bounds, row.actual.missing) == (None, "missing")


@pytest.mark.parametrize(("actual", "progress"), [(70, "50 %"), (100, "0 %"), (40, "100 %"), (0, "166.7 %"), (130, "-50 %")])
def test_5_7_8_and_11_falling_indicators_have_one_linear_progress(actual: int, progress: str) -> None:
    assert str(judged(100, 40, actual, "decrease").progress) == progress


def test_6_a_running_total_has_one_value_and_no_sum() -> None:
    draft = TheoryOfChange.build("bugs", as_of="2020-12-31", period="2020")
    draft.activity("a", "A")
    draft.indicator("i", of="a", accumulation="cumulative", report="to_date")
    for quarter, value in zip(toc.Period.read("2020").cut(3), (10, 20, 30, 40), strict=True):
        draft.actual("i", value, period=quarter)
        draft.target("i", value, period=quarter)
    table = toc.achievement(draft.done())
    assert str(table["i"].actual) == str(table.where(scope="to_date").one().actual) == "40"


@pytest.mark.parametrize(("actual", "status"), [(80, "met"), (70, "not_met"), (90, "not_met")])
def test_9_16_and_17_a_target_that_is_the_baseline_is_maintained_and_has_no_progress(actual: int, status: str) -> None:
    row = judged(80, 80, actual, "maintain")
    assert (row.status, row.progress.reason) == (status, "baseline_equals_target")


def test_10_targets_without_results_stay_in_the_denominator() -> None:
    draft = TheoryOfChange.build("bugs", as_of="2021-12-31", period="2020-01-01/2021-12-31")
    draft.activity("a", "A")
    draft.indicator("i", of="a", accumulation="incremental", report="per_period", direction="increase")
    draft.target("i", 100, period="2020")
    draft.target("i", 100, period="2021")
    draft.actual("i", 100, period="2020")
    row = toc.achievement(draft.done(), policy=toc.Policy(missing="skip_if_all")).where(scope="to_date").one()
    assert str(row.attainment) == "50 %"


def test_13_a_missing_total_is_derived_once() -> None:
    draft = TheoryOfChange.build("bugs", as_of="2020-12-31")
    draft.activity("a", "A")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.indicator("i", of="a", by=["sex"], accumulation="incremental")
    for year in ("2019", "2020"):
        draft.actual("i", 3, period=year, slice="sex=girls")
        draft.actual("i", 4, period=year, slice="sex=boys")
    assert str(toc.achievement(draft.done())["i"].actual) == "14"


def test_15_nothing_to_weigh_is_no_zero() -> None:
    half = Ratio(toc.Interval.exactly("0.5"))
    assert weighted_mean([half], [0]).reason == "zero_denominator"
    assert weighted_mean([]).reason == "no_data"


def test_17_growth_needs_positive_figures_and_a_way_to_go() -> None:
    assert growth(5, -1, 5) is None
    assert growth(5, 6, 5, target=5, target_years=10) is None


def test_18_and_19_bands_and_verdicts_follow_the_direction() -> None:
    traffic = [Band("red"), Band("amber", 60), Band("green", 40)]
    assert band(toc.Figure.read(30), traffic, "decrease") == "green"
    assert judged(None, 40, 30, "decrease").status == "met"


def test_20_missing_is_not_zero_and_nothing_is_cut_to_whole_numbers() -> None:
    assert judged(0, 100, None).status == "missing"
    assert str(judged(0, 3, 2).attainment) == "66.7 %"
    assert judged(0, 3, 2).attainment.bounds == toc.Interval.exactly(2) / toc.Interval.exactly(3)


def test_21_what_is_done_is_met() -> None:
    assert judged(0, 10, 10).status == "met"
    assert judged(0, 10, 9).status == "not_met"


def test_22_zeros_count_in_a_mean() -> None:
    draft = TheoryOfChange.build("bugs", as_of="2020-12-31")
    draft.activity("a", "A")
    draft.indicator("i", of="a", accumulation="snapshot", combine="mean")
    draft.actual("i", 0, measured="2020-01")
    draft.actual("i", 10, measured="2020-02")
    assert str(toc.achievement(draft.done())["i"].actual) == "5"
