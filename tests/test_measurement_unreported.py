"""What a period that nobody reported does to its own row, to the whole and to pictures: nothing earlier stands for it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import FieldError
from tocmodel.measurement import Policy, gaps, roll_up
from tocmodel.model import Actual, Indicator, TheoryBuilder, TheoryOfChange
from tocmodel.reports.charts.trajectory import trajectory

PUBLISHED = Path("../shared/data/iati/published")
EARLY, LATE = toc.Period.read("2017/2019"), toc.Period.read("2017/2021")


def started(**indicator: Any) -> TheoryBuilder:
    draft = TheoryOfChange.build("silent", "Silent", period="2017/2021", as_of="2022-01-31")
    draft.activity("a", "A")
    draft.dimension("sex", "Sex", categories=["women", "men"])
    draft.indicator("i", "Readers", of="a", **{"unit": "person", "direction": "increase", "by": ["sex"]} | indicator)
    return draft


def nested(**indicator: Any) -> TheoryBuilder:
    draft = started(**indicator)
    draft.target("i", 125, period="2017/2019")
    draft.target("i", 150, period="2017/2021")
    draft.actual("i", 225, period="2017/2019")
    return draft


def of_period(draft: TheoryBuilder, period: toc.Period, **policy: Any) -> toc.AchievementRow:
    return toc.achievement(draft.done(), policy=Policy(**policy)).where(scope="period", period=period).one()


@pytest.mark.parametrize("accumulation", ["unknown", "snapshot", "cumulative"])
@pytest.mark.parametrize("said", [None, "missing", "N/A"])
def test_a_longer_period_does_not_take_the_result_of_one_that_it_holds(accumulation: str, said: str | None) -> None:
    draft = nested(accumulation=accumulation)
    if said:
        draft.actual("i", said, period="2017/2021")
    late = of_period(draft, LATE)
    assert (late.status, late.actual.bounds, late.attainment.bounds) == ("missing", None, None)
    assert any("no report for 2017-01-01/2021-12-31, which is due" in note for note in late.assumed)
    assert of_period(draft, EARLY).status == "met"
    model = draft.done()
    periods = toc.achievement(model).where(scope="period")
    assert sum(row.actual.missing is None for row in periods) == 1


def test_new_results_of_an_inner_period_bound_the_longer_one() -> None:
    late = of_period(nested(accumulation="incremental", report="to_date"), LATE)
    assert (str(late.actual), late.coverage) == ("at least 225", (1, 2))


def test_a_report_of_its_own_holds() -> None:
    draft = nested(accumulation="snapshot")
    draft.actual("i", 140, measured="2021-06")
    late = of_period(draft, LATE)
    assert (str(late.actual), late.status) == ("140", "not_met")


def test_policy_carries_the_last_report_forward_and_says_so() -> None:
    late = of_period(nested(accumulation="snapshot"), LATE, gaps="carry_forward")
    assert (str(late.actual), late.status) == ("225", "met")
    assert any("carried forward" in note for note in late.assumed)


def yearly(said: object, **indicator: Any) -> TheoryBuilder:
    draft = started(**indicator)
    for year, target, actual in (("2020", 100, 150), ("2021", 200, said)):
        draft.target("i", target, period=year)
        if actual is not None:
            draft.actual("i", actual, period=year)
    return draft


@pytest.mark.parametrize("said", [None, "N/A"])
def test_the_whole_of_a_running_total_without_its_last_report_is_a_lower_bound(said: str | None) -> None:
    draft = yearly(said, accumulation="cumulative", report="to_date")
    table = toc.achievement(draft.done())
    for row in (table["i"], table.where(scope="to_date").one()):
        assert (str(row.actual), row.status, row.pace) == ("at least 150", "undetermined", None)
        assert any("no report for 2021-01-01/2021-12-31" in note for note in row.assumed)
    assert of_period(draft, toc.Period.read("2021")).status == "missing"
    strict = toc.achievement(draft.done(), policy=Policy(missing="skip_if_any"))["i"]
    assert (strict.actual.missing, strict.status) == ("missing", "missing")


@pytest.mark.parametrize("said", [None, "N/A"])
@pytest.mark.parametrize(
    "indicator", [{"accumulation": "snapshot"}, {}, {"kind": "percentage", "unit": "percent", "accumulation": "snapshot"}]
)
def test_the_whole_of_a_state_without_its_last_report_is_missing(said: str | None, indicator: dict[str, Any]) -> None:
    row = toc.achievement(yearly(said, report="to_date", **indicator).done())["i"]
    assert (row.status, row.actual.bounds) == ("missing", None)
    assert any("no report for 2021-01-01/2021-12-31" in note for note in row.assumed)
    earlier = toc.achievement(yearly(said, report="to_date", **indicator).done(), as_of="2020-12-31")["i"]
    assert str(earlier.actual) == "150"  # before the last period has ended, the one before it holds


def test_a_later_report_without_a_figure_counts_where_no_target_is_dated() -> None:
    draft = started(accumulation="snapshot")
    draft.target("i", 100)
    _ = draft.actual("i", 150, period="2020"), draft.actual("i", "missing", period="2021"), draft.actual("i", "missing", period="2023")
    assert toc.achievement(draft.done())["i"].status == "missing"
    assert toc.achievement(draft.done(), as_of="2021-06-30")["i"].status == "met"  # what was entered ahead of time waits


def test_what_is_due_by_a_day_may_be_reported_before_it() -> None:
    draft = started(accumulation="snapshot")
    draft.target("i", 100, period="2021-12-31")
    draft.actual("i", 150, measured="2021-11")
    assert toc.achievement(draft.done())["i"].status == "met"


def test_a_part_without_its_last_report_is_neither_judged_nor_drawn() -> None:
    draft = started(accumulation="cumulative", report="to_date")
    for year, men, women in (("2019", 80, 90), ("2020", 220, 150), ("2021", "N/A", 300)):
        _ = draft.target("i", 360, period=year, slice={"sex": "men"}), draft.target("i", 200, period=year, slice={"sex": "women"})
        _ = draft.actual("i", men, period=year, slice={"sex": "men"}), draft.actual("i", women, period=year, slice={"sex": "women"})
    model = draft.done()
    table = toc.achievement(model)
    whole = table.where(scope="life", slice=toc.Slice.read("sex=men")).one()
    assert (str(whole.actual), whole.status) == ("at least 220", "undetermined")
    assert all("men" not in gap.short for gap in gaps.equity_gaps(table) if gap.period is None)
    drawn = [(moment.on.year, str(moment.figure)) for moment in trajectory(model, "i", slice="sex=men").reached]
    assert drawn == [(2019, "80"), (2020, "220")]


def test_a_zero_published_ahead_of_time_is_missing_once_its_period_has_ended() -> None:
    draft = started()
    draft.target("i", 5, period="2021")
    draft.actual("i", {"printed": "0", "missing": "not_due"}, period="2021")
    model = draft.done()
    row = toc.achievement(model).where(scope="period").one()
    assert (row.status, row.actual.missing, row.due) == ("missing", "missing", True)
    assert "“0” was published as not due; the period has ended since, and no result has come" in row.assumed
    assert toc.achievement(model, as_of="2021-06-30").where(scope="period").one().status == "not_due"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the test data of ../shared are not here")
def test_published_periods_without_an_actual_are_missing() -> None:
    within = judged = silent = 0
    for model in toc.iter_programmes(PUBLISHED / "11.11.11-koepel.xml"):
        for row in toc.achievement(model, as_of="2025-11-25").where(scope="period"):
            if not row.slice and row.target.missing is None:
                own = [value for value in model.actuals_of(row.indicator) if value.period == row.period]
                stated = [value for value in own if value.figure.missing is None]
                within += 1
                silent += not stated
                judged += row.status != "missing"
                assert (row.status == "missing") is not bool(stated)
    assert (within, silent, judged) == (116, 59, 57)  # one of 58 actuals has no number


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the test data of ../shared are not here")
def test_no_published_period_that_has_ended_is_not_due() -> None:
    model = toc.read(PUBLISHED / "terre-des-hommes-nl.xml", programme="NL-KVK-41149287-BDCE0344")
    table = toc.achievement(model, as_of="2025-11-25")
    assert not [row for row in table if row.due and row.status == "not_due"]
    assert len(table.where(scope="period", status="missing")) == 32


def test_percentages_never_add_up_whatever_the_kind_says() -> None:
    for accumulation, whole, status in (("unknown", "72", "met"), ("snapshot", "72", "met"), ("incremental", "missing", "missing")):
        draft = started(unit="percent", accumulation=accumulation)
        draft.target("i", 70, period="2021")
        _ = draft.actual("i", 58, period="2020"), draft.actual("i", 72, period="2021")
        row = toc.achievement(draft.done())["i"]
        assert (str(row.actual), row.status) == (whole, status), accumulation
    assert row.reason == "refused"
    assert [finding.code for finding in row.findings if finding.code == "A07"]
    parts = started(unit="percent", accumulation="snapshot")
    _ = parts.actual("i", 60, slice={"sex": "women"}), parts.actual("i", 40, slice={"sex": "men"})
    assert toc.achievement(parts.done())["i"].actual.missing == "missing"


def test_one_direction_holds_for_the_parts_too() -> None:
    draft = started(direction="unknown")
    _ = draft.baseline("i", 0), draft.target("i", 100, period="2021"), draft.actual("i", 95, period="2021")
    _ = draft.target("i", 60, period="2021", slice={"sex": "women"}), draft.actual("i", 65, period="2021", slice={"sex": "women"})
    table = toc.achievement(draft.done())
    assert {(str(row.slice), str(row.status)) for row in table} == {("total", "not_met"), ("sex=women", "met")}
    assert len({note for row in table for note in row.assumed if "direction" in note}) == 1


@pytest.mark.parametrize("report", ["unknown", "per_period", "to_date"])
def test_targets_of_a_state_never_add_up(report: str) -> None:
    draft = started(accumulation="snapshot", report=report)
    for year, target, actual in (("2020", 20, 19), ("2021", 50, 51)):
        _ = draft.target("i", target, period=year), draft.actual("i", actual, period=year)
    row = toc.achievement(draft.done())["i"]
    assert (str(row.target), row.status) == ("50", "met")
    assert any("the target of the last period, 2021-01-01/2021-12-31, stands for the whole" in note for note in row.assumed)


def test_a_target_below_zero_stays_out_of_the_mean() -> None:
    draft = TheoryOfChange.build("r", as_of="2024-12-31")
    draft.objective("o", "O")
    for id, baseline, target, actual in (("below", -10, -5, -12), ("above", 0, 10, 5)):
        draft.indicator(id, of="o", direction="increase", accumulation="snapshot")
        _ = draft.baseline(id, baseline), draft.target(id, target), draft.actual(id, actual)
    found = roll_up(draft.done(), toc.achievement(draft.done()), "o", method="weighted_mean")
    assert found.bounds is not None
    assert found.bounds.low == Decimal("0.5")
    assert "below zero" in found.left_out["below"]


@pytest.mark.parametrize(
    "wrong",
    [{"confidence": 2}, {"confidence": 0}, {"digits": -1}, {"digits": "1.5"}, {"year_days": 5}, {"gaps": "hold"}, {"missing": "zero"},
     {"ratings": "best"}, {"trajectory": "curve"}, {"rounding": "away"}, {"life_target": "both"}, {"tolerance": -1}, {"clip": (1, 0)}],
)  # fmt: skip
def test_an_impossible_policy_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(FieldError) as fault:
        Policy(**wrong)
    assert fault.value.hint or "whole" in fault.value.message


def test_unknown_words_are_refused_with_the_known_ones() -> None:
    model = nested().done()
    with pytest.raises(FieldError, match="weighted_mean"):
        roll_up(model, toc.achievement(model), None, method="zzz")
    with pytest.raises(FieldError, match="decrease"):
        toc.status(toc.Figure.read(1), toc.Figure.read(1), "up")


def test_periods_may_be_given_in_words_and_none_is_refused() -> None:
    model = nested().done()
    rows = toc.achievement(model, periods=["2017/2019", EARLY, "2017/2021"]).where(scope="period", slice=toc.Slice())
    assert [row.period for row in rows] == [EARLY, LATE]
    with pytest.raises(FieldError, match="None"):
        toc.achievement(model, periods=[None])  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("factor", [0, -1])
def test_a_factor_is_above_zero(factor: int) -> None:
    with pytest.raises(FieldError, match="above zero"):
        Indicator(id="i", title="I", of="o", factor=factor)


@pytest.mark.parametrize("sample", [{"n": 0}, {"n": -5}, {"n": 10, "design_effect": 0}, {"n": 10, "design_effect": -1}])
def test_a_sample_of_nobody_is_refused(sample: dict[str, int]) -> None:
    with pytest.raises(FieldError, match=r"one or more|above zero"):
        Actual(indicator="i", figure="12 %", sample=sample)


def test_results_of_no_period_are_named() -> None:
    draft = started(accumulation="snapshot")
    _ = draft.target("i", 10, period="2021"), draft.actual("i", 9, period="2021"), draft.actual("i", 7, period="2020")
    assert toc.achievement(draft.done()).footer == (
        "1 of 1 indicator with a target that is due has a result.",
        "1 result belongs to no period: Readers: 7, 2020-01-01/2020-12-31.",
    )


def test_units_that_do_not_convert_decide_nothing() -> None:
    assert toc.status(toc.Figure.read(5, unit="person"), toc.Figure.read(5, unit="case"), "increase") == "undetermined"
