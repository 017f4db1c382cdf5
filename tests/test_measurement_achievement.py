"""The table of achievement on whole models: time, parts, kinds, targets, pace, policy, and what it says about itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import PeriodNeededError
from tocmodel.measurement.pace import Pace
from tocmodel.model import TheoryBuilder, TheoryOfChange


def clubs(**programme: Any) -> TheoryBuilder:
    """A fictional reading-club programme of four years, judged in the middle."""
    draft = TheoryOfChange.build("clubs", **{"period": "2020-01-01/2023-12-31", "as_of": "2021-12-31"} | programme)
    draft.activity("a", "Reading clubs meet")
    for id in ("north", "south", "west"):
        draft.actor(id, id)
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.dimension("age", "Age", categories=["young", "old"])
    return draft


def count(draft: TheoryBuilder, **fields: Any) -> str:
    return draft.indicator("i", of="a", **{"unit": "person", "direction": "increase", "accumulation": "incremental"} | fields)


def table_of(draft: TheoryBuilder, **policy: Any) -> toc.AchievementTable:
    return toc.achievement(draft.done(), policy=toc.Policy(**policy))


def codes(row: toc.AchievementRow) -> list[str]:
    return [finding.code for finding in row.findings]


# Time


def test_progress_to_date_and_of_the_whole_are_two_numbers() -> None:
    draft = clubs()
    count(draft, report="per_period")
    for year, target in ((2020, 100), (2021, 200), (2022, 400), (2023, 500)):
        draft.target("i", target, period=str(year))
    for year, actual in ((2020, 70), (2021, 100), (2022, 350)):
        draft.actual("i", actual, period=str(year))
    table = table_of(draft)
    life, to_date = table["i"], table.where(scope="to_date").one()
    assert (str(life.actual), str(life.target), life.scope) == ("520", "1200", toc.Scope.LIFE)
    assert (str(to_date.actual), str(to_date.target), str(to_date.attainment)) == ("170", "300", "56.7 %")
    assert to_date.period == toc.Period.read("2020-01-01/2021-12-31")
    assert codes(life) == ["A13"]  # a result after the date of judgement counts, and is said to
    assert [row.status for row in table.where(scope="period")] == ["not_met", "not_met", "not_met", "not_due"]


def test_a_due_period_without_a_report_leaves_a_lower_bound_and_policy_may_say_otherwise() -> None:
    draft = clubs()
    count(draft, report="per_period")
    draft.target("i", 80, period="2020")
    draft.target("i", 80, period="2021")
    draft.actual("i", 70, period="2020")
    found = {
        missing: str(table_of(draft, missing=missing)["i"].actual) for missing in ("bound", "skip_if_any", "skip_if_all", "never_skip")
    }
    assert found == {"bound": "at least 70", "skip_if_any": "missing", "skip_if_all": "70", "never_skip": "70"}
    row = table_of(draft, missing="never_skip")["i"]
    assert row.coverage == (1, 2)
    assert "1 of 2 parts are missing: they count as zero" in row.assumed
    assert row.policy.departures() == ("missing parts count as zero",)
    assert table_of(draft, missing="never_skip").notes == ("Policy: missing parts count as zero.",)


def test_running_totals_are_the_latest_of_each_reporter() -> None:
    draft = clubs()
    count(draft, accumulation="cumulative", report="to_date")
    draft.target("i", 10, period="2020")
    draft.target("i", 20, period="2021")
    draft.actual("i", 1, reporter="north", measured="2020-03")
    draft.actual("i", 2, reporter="north", measured="2020-09")
    draft.actual("i", 4, reporter="south", measured="2020-10")
    draft.actual("i", 9, reporter="south", measured="2021-05")
    life = table_of(draft)["i"]
    assert (str(life.actual), life.coverage) == ("at least 11", (1, 2))
    assert any("no report from north" in note for note in life.assumed)
    assert str(toc.achievement(draft.done(), as_of="2020-12-31")["i"].actual) == "11"
    second = table_of(draft).where(scope="period", period=toc.Period.read("2021")).one()
    assert str(second.actual) == "at least 11"
    assert any("no report from north" in note for note in second.assumed)
    carried = table_of(draft, gaps="carry_forward").where(scope="period", period=toc.Period.read("2021")).one()
    assert str(carried.actual) == "11"
    assert "carried forward, for lack of a report: north" in carried.assumed


def test_a_running_total_that_falls_is_flagged() -> None:
    draft = clubs()
    count(draft, accumulation="cumulative")
    draft.actual("i", 100, measured="2020-03")
    draft.actual("i", 80, measured="2020-09")
    row = table_of(draft)["i"]
    assert (str(row.actual), codes(row)) == ("80", ["A01"])


def test_late_entries_stand_where_they_belong_and_ties_are_broken_by_a_total_order() -> None:
    draft = clubs()
    count(draft, accumulation="snapshot")
    draft.actual("i", 9, measured="2020-06-30", reported="2020-07-01")
    draft.actual("i", 6, measured="2020-03-31", reported="2020-12-01")
    assert str(table_of(draft)["i"].actual) == "9"
    draft.actual("i", 10, measured="2020-06-30", reported="2020-07-01", sequence=2)
    assert str(table_of(draft)["i"].actual) == "10"


def test_amended_deleted_and_draft_reports() -> None:
    draft = clubs()
    count(draft)
    draft.actual("i", 15, id="first", measured="2020-03")
    draft.actual("i", 20, id="second", measured="2020-03", supersedes="first")
    draft.actual("i", 500, id="draft", measured="2020-04", state="draft")
    draft.actual("i", 50, id="gone", measured="2020-04", state="deleted")
    row = table_of(draft)["i"]
    assert (str(row.actual), [input.id for input in row.inputs]) == ("20", ["second"])


def test_all_deleted_is_missing() -> None:
    draft = clubs(as_of="2023-12-31")
    count(draft)
    draft.target("i", 5)
    draft.actual("i", 15, state="deleted")
    assert table_of(draft)["i"].status == "missing"


@pytest.mark.parametrize(
    ("reports", "expected", "flagged"),
    [
        ([("2020", 50), ("2020-01-01/2020-03-31", 20)], "50", True),  # nested
        ([("2020", 50), ("2020", 50)], "50", True),  # the same twice
        ([("2020", 15), ("2020", 20)], "15 to 20", True),  # contradictory
        ([("2020-01-01/2020-06-30", 20), ("2020-06-01/2020-12-31", 15)], "20 to 35", True),  # overlapping
        ([("2020-01-01/2020-06-30", 20), ("2020-07-01/2020-12-31", 15)], "35", False),
    ],
)
def test_reports_on_the_same_days_are_never_added(reports: list[tuple[str, int]], expected: str, *, flagged: bool) -> None:
    draft = clubs()
    count(draft)
    for period, value in reports:
        draft.actual("i", value, period=period)
    row = table_of(draft)["i"]
    assert str(row.actual) == expected
    assert ("A04" in codes(row)) is flagged


def test_where_the_accumulation_is_not_stated_the_result_lies_between() -> None:
    draft = clubs()
    count(draft, accumulation="unknown")
    draft.actual("i", 8, measured="2020-03")
    draft.actual("i", 5, measured="2020-09")
    assert str(table_of(draft)["i"].actual) == "5 to 13"


@pytest.mark.parametrize(
    ("accumulation", "combine", "expected"),
    [
        ("incremental", "mean", "4"),
        ("incremental", "max", "6"),
        ("cumulative", "max", "6"),
        ("snapshot", "mean", "4"),
        ("snapshot", "min", "2"),
    ],
)
def test_the_indicator_may_state_another_rule(accumulation: str, combine: str, expected: str) -> None:
    draft = clubs()
    count(draft, accumulation=accumulation, combine=combine)
    draft.actual("i", 6, measured="2020-03")
    draft.actual("i", 2, measured="2020-09")
    assert str(table_of(draft)["i"].actual) == expected


@pytest.mark.parametrize(("accumulation", "combine"), [("cumulative", "sum"), ("snapshot", "sum"), ("incremental", "latest")])
def test_a_rule_that_means_nothing_is_refused(accumulation: str, combine: str) -> None:
    draft = clubs()
    count(draft, accumulation=accumulation, combine=combine)
    draft.target("i", 9)
    draft.actual("i", 6, measured="2020-03")
    draft.actual("i", 2, measured="2020-09")
    row = table_of(draft)["i"]
    assert (row.actual.bounds, row.reason, codes(row)) == (None, "refused", ["A07"])


def test_results_that_belong_to_no_period_are_listed_and_never_dropped_silently() -> None:
    draft = clubs()
    count(draft, report="per_period")
    draft.target("i", 10, period="2020")
    draft.target("i", 10, period="2021")
    draft.actual("i", 1, id="early", measured="2019-05-01")
    draft.actual("i", 2, id="inside", measured="2020-12-31")
    draft.actual("i", 4, id="astride", period="2020-12-01/2021-01-31")
    draft.actual("i", 8, id="after", measured="2022-03-01")
    draft.actual("i", 16, id="undated")
    table = table_of(draft)
    assert {orphan.id: (orphan.why, orphan.counted) for orphan in table.orphans} == {
        "early": ("outside the programme's period", False),
        "astride": ("straddles periods", True),
        "after": ("inside no period", True),
        "undated": ("has no date", True),
    }
    assert str(table["i"].actual) == "30"
    assert "A12" in codes(table["i"])
    year = table.where(scope="period", period=toc.Period.read("2020")).one()
    assert (str(year.actual), codes(year)) == ("2", ["A05"])
    assert "4 results belong to no period: " in str(table)
    assert [orphan.record()["id"] for orphan in table.orphans] == ["after", "astride", "early", "undated"]


def test_results_may_be_set_into_other_periods() -> None:
    draft = clubs()
    count(draft, report="per_period")
    for quarter in toc.Period.read("2020").cut(3):
        draft.target("i", 10, period=quarter)
        draft.actual("i", 8, period=quarter)
    model = draft.done()
    table = toc.achievement(model, periods="annual")
    first = next(iter(table.where(scope="period")))
    assert (str(first.period), str(first.actual), str(first.target)) == ("2020-01-01/2020-12-31", "32", "40")
    halves = toc.achievement(model, periods=toc.Period.read("2020").cut(6)).where(scope="period")
    assert [str(row.actual) for row in halves] == ["16", "16"]
    astride = toc.achievement(model, periods=[toc.Period.read("2020-02-01/2020-05-31")])
    assert [orphan.why for orphan in astride.orphans] == ["straddles periods"] * 2 + ["inside no period"] * 2
    with pytest.raises(PeriodNeededError, match="annual periods of what"):
        toc.achievement(TheoryOfChange.build("x", as_of="2020-01-01").done().replaced(*model.nodes, *model.indicators), periods="annual")


# Parts


def test_a_total_is_derived_inside_one_breakdown_for_each_report_that_lacks_it() -> None:
    draft = clubs()
    count(draft, by=["sex"])
    draft.actual("i", 10, period="2020")
    draft.actual("i", 4, period="2021", slice="sex=girls")
    draft.actual("i", 5, period="2021", slice="sex=boys")
    row = table_of(draft)["i"]
    assert str(row.actual) == "19"
    assert "no total was published: it is derived from the breakdown by sex" in row.assumed


def test_a_missing_part_bounds_the_total() -> None:
    draft = clubs()
    count(draft, by=["sex"])
    draft.actual("i", 4, period="2021", slice="sex=girls")
    assert str(table_of(draft)["i"].actual) == "at least 4"
    assert table_of(draft)["i"].coverage == (1, 2)
    assert str(table_of(draft, missing="skip_if_any")["i"].actual) == "missing"
    assert str(table_of(draft, missing="skip_if_all")["i"].actual) == "4"


def test_breakdowns_in_conflict_are_reported_with_the_gap_and_the_total_stands() -> None:
    draft = clubs()
    count(draft, by=["sex", "age"])
    draft.actual("i", 20, period="2020")
    draft.actual("i", 9, period="2020", slice="sex=girls")
    draft.actual("i", 9, period="2020", slice="sex=boys")
    row = table_of(draft)["i"]
    assert (str(row.actual), codes(row)) == ("20", ["L48"])
    assert "differ from the total 20" in row.findings[0].message
    assert "by -2" in row.findings[0].message
    assert not codes(table_of(draft, tolerance=2)["i"])


def test_breakdowns_that_contradict_each_other_are_reported_without_a_total() -> None:
    draft = clubs()
    count(draft, by=["sex", "age"])
    for part, value in (("sex=girls", 60), ("sex=boys", 40), ("age=young", 50), ("age=old", 48)):
        draft.actual("i", value, period="2020", slice=part)
    row = table_of(draft)["i"]
    assert (str(row.actual), codes(row)) == ("100", ["A02"])
    assert "a gap of -2" in row.findings[0].message


def test_crossed_cells_make_parts_and_totals() -> None:
    draft = clubs()
    count(draft, by=["sex", "age"])
    for sex, age, value in (("girls", "young", 1), ("girls", "old", 2), ("boys", "young", 4), ("boys", "old", 8)):
        draft.actual("i", value, period="2020", slice={"sex": sex, "age": age})
    draft.target("i", 6, slice="sex=girls")
    table = table_of(draft)
    assert str(table["i"].actual) == "15"
    girls = table.where(scope="life", slice="sex=girls").one()
    assert (str(girls.actual), str(girls.attainment)) == ("3", "50 %")


def test_overlapping_and_partial_breakdowns_are_not_summed() -> None:
    draft = clubs()
    draft.dimension("trait", "Trait", categories=["disabled", "out-of-school"])
    count(draft, by=[{"dimension": "trait", "coverage": "overlapping"}])
    draft.actual("i", 7, period="2020", slice="trait=disabled")
    draft.actual("i", 9, period="2020", slice="trait=out-of-school")
    assert str(table_of(draft)["i"].actual) == "at least 9"
    draft.actual("i", 8, period="2020")
    assert codes(table_of(draft)["i"]) == ["L48"]


def test_the_unknown_category_counts_as_a_part() -> None:
    draft = clubs()
    draft.dimension("gender", "Gender", categories=["girls", "boys", "unknown"])
    count(draft, by=["gender"])
    for part, value in (("girls", 9), ("boys", 6), ("unknown", 5)):
        draft.actual("i", value, period="2020", slice={"gender": part})
    assert str(table_of(draft)["i"].actual) == "20"


def test_a_composite_place_is_made_of_its_members() -> None:
    draft = clubs()
    categories = ["a-town", "b-town", "c-town", {"id": "coast", "members": ["a-town", "b-town"]}]
    draft.dimension("place", "Place", categories=categories)
    count(draft, by=["place"])
    for part, value in (("a-town", 1), ("b-town", 2), ("c-town", 4)):
        draft.actual("i", value, period="2020", slice={"place": part})
    draft.target("i", 4, slice="place=coast")
    table = table_of(draft)
    assert str(table.where(scope="life", slice="place=coast").one().attainment) == "75 %"
    assert str(table["i"].actual) == "7"


def test_a_category_that_the_latest_report_lacks_is_missing_or_carried_by_policy() -> None:
    draft = clubs()
    count(draft, by=["sex"], accumulation="snapshot")
    draft.actual("i", 5, measured="2020-03", slice="sex=girls")
    draft.actual("i", 3, measured="2020-03", slice="sex=boys")
    draft.actual("i", 6, measured="2020-09", slice="sex=girls")
    boys = table_of(draft).where(scope="life", slice="sex=boys").one()
    assert boys.actual.missing == "missing"
    assert str(table_of(draft)["i"].actual) == "at least 6"
    assert str(table_of(draft, gaps="carry_forward").where(scope="life", slice="sex=boys").one().actual) == "3"
    assert str(table_of(draft, gaps="carry_forward")["i"].actual) == "9"


def test_running_totals_of_a_part_stay_reached() -> None:
    draft = clubs()
    count(draft, by=["sex"], accumulation="cumulative")
    draft.actual("i", 5, measured="2020-03", slice="sex=girls")
    draft.actual("i", 3, measured="2020-03", slice="sex=boys")
    draft.actual("i", 6, measured="2020-09", slice="sex=girls")
    assert str(table_of(draft)["i"].actual) == "at least 9"


# Kinds


def test_shares_of_several_reporters_are_sums_over_sums() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="percentage", unit="percent", direction="increase")
    draft.target("i", 80)
    draft.actual("i", numerator=6, denominator=10, reporter="north")
    draft.actual("i", numerator=30, denominator=40, reporter="south")
    assert str(table_of(draft)["i"].actual) == "72"
    draft.actual("i", 50, reporter="west")
    row = table_of(draft)["i"]
    assert (row.actual.bounds, row.reason, codes(row)) == (None, "missing_actual", ["A07"])
    assert str(table_of(draft, missing="skip_if_all")["i"].actual) == "72"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"numerator": 0, "denominator": 0}, "zero_denominator"),
        ({"figure": "missing", "numerator": 300}, "missing_denominator"),
        ({"figure": "missing", "numerator": "missing", "denominator": 10}, "missing_actual"),
    ],
)
def test_a_share_without_its_denominator_has_a_reason_and_no_number(given: dict[str, Any], reason: str) -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="percentage", unit="percent", direction="increase")
    draft.target("i", 80)
    draft.actual("i", **given)
    row = table_of(draft)["i"]
    assert (row.actual.bounds, row.reason, row.progress.reason) == (None, reason, reason)


def test_zero_over_zero_counts_as_nothing_in_a_sum_over_a_sum() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="percentage", unit="percent")
    draft.actual("i", numerator=0, denominator=0, reporter="north")
    draft.actual("i", numerator=20, denominator=50, reporter="south")
    assert str(table_of(draft, missing="skip_if_all")["i"].actual) == "40"


def test_a_rate_per_year_takes_the_days_of_its_report() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="ratio", factor=100, annualised=True)
    draft.actual("i", numerator=36, denominator=12, period="2020-01")
    found = table_of(draft)["i"].actual.value
    assert found is not None
    assert round(found, 3) == Decimal("3532.258")
    leap = table_of(draft, year_days=366)["i"].actual.value
    assert leap is not None
    assert round(leap, 3) == Decimal("3541.935")


def test_a_rate_per_year_without_a_period_has_no_number() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="ratio", annualised=True)
    draft.target("i", 3)
    draft.actual("i", numerator=36, denominator=12)
    assert table_of(draft)["i"].reason == "missing_period"


def test_the_sample_may_leave_a_target_undetermined() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="percentage", unit="percent", direction="increase")
    draft.target("i", 65)
    draft.actual("i", 70, sample={"n": 100})
    assert table_of(draft)["i"].status == "undetermined"
    assert table_of(draft, confidence="0.5")["i"].status == "met"


@pytest.mark.parametrize(("rule", "level", "status"), [("median", "fair", "met"), ("worst", "poor", "not_met"), ("mean", "fair", "met")])
def test_ratings_of_several_reporters_follow_the_rule(rule: str, level: str, status: str) -> None:
    draft = clubs()
    draft.indicator(
        "i", of="a", kind="rating", scale=[{"name": "poor", "score": 1}, {"name": "fair", "score": 2}, {"name": "good", "score": 3}]
    )
    draft.target("i", "fair")
    for reporter, said in (("north", "poor"), ("south", "Good"), ("west", "fair")):
        draft.actual("i", said, reporter=reporter)
    row = table_of(draft, ratings=rule)["i"]
    assert (str(row.actual), row.status, row.reason) == (level, status, "not_numeric")
    assert row.pace is None


def test_ratings_have_no_mean_without_scores() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="rating", scale=["poor", "good"])
    draft.actual("i", "poor", reporter="north")
    draft.actual("i", "good", reporter="south")
    assert codes(table_of(draft, ratings="mean")["i"]) == ["A07"]


def test_a_rating_off_the_scale_is_not_read() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="rating", scale=["poor", "good"])
    draft.actual("i", "splendid")
    model = draft.done()
    assert [finding.code for finding in model.findings] == ["M08"]
    assert toc.achievement(model)["i"].actual.missing == "not_readable"


@pytest.mark.parametrize(
    ("said", "due", "status"),
    [("done", "2022-06-30", "met"), ("yes", "2020-06-30", "met"), ("in progress", "2022-06-30", "not_due"), ("not yet", "2020-06-30", "not_met"),
     ("workshop held", "2020-06-30", "undetermined"), ("missing", "2022-06-30", "not_due"), ("missing", "2020-06-30", "missing"),
     ("1", "2020-06-30", "met"), ("0", "2020-06-30", "not_met")],
)  # fmt: skip
def test_milestones_are_met_when_done(said: str, due: str, status: str) -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="milestone")
    draft.target("i", "done", period=due)
    draft.actual("i", said, measured="2020-05-01")
    row = table_of(draft)["i"]
    assert (row.status, row.pace) == (status, None)


def test_a_milestone_reached_late_says_so() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="milestone")
    draft.target("i", "done", period="2020-06-30")
    draft.actual("i", "done", measured="2020-09-01")
    assert codes(table_of(draft)["i"]) == ["A15"]


def test_context_gets_a_percentage_and_neither_verdict_nor_pace() -> None:
    draft = clubs()
    count(draft, direction="context")
    draft.target("i", 100)
    draft.actual("i", 120)
    row = table_of(draft)["i"]
    assert (str(row.attainment), row.status, row.pace, row.expected.missing) == ("120 %", None, None, "not_applicable")


# Derived indicators


def derived(operation: str, **fields: Any) -> TheoryBuilder:
    draft = clubs()
    for id, value in (("x", 30), ("y", 12)):
        draft.indicator(id, of="a", unit="person", direction="increase")
        draft.actual(id, value)
    rule = {"operation": operation, "terms": ["x"] if operation != "sum" else ["x", {"indicator": "y", "factor": 2}]}
    if operation != "sum":
        rule["over"] = ["y"]
    count(draft, **{"derived": rule} | fields)
    draft.target("i", 60)
    return draft


def test_sums_and_differences_follow_from_the_cells_of_others() -> None:
    row = table_of(derived("sum"))["i"]
    assert (str(row.actual), str(row.attainment), row.actual_method) == ("54", "90 %", "(x + 2 x y)")
    assert [(input.indicator, input.id) for input in row.inputs if input.role == "actual"] == [("x", "x.actual"), ("y", "y.actual")]
    assert str(table_of(derived("difference"))["i"].actual) == "18"
    ratio = table_of(derived("ratio", kind="ratio", unit=None, factor=100))["i"]
    assert str(ratio.actual) == "250"


def test_a_missing_term_bounds_a_sum_and_leaves_a_difference_without_a_number() -> None:
    draft = clubs()
    draft.indicator("x", of="a", unit="person")
    draft.actual("x", 30)
    draft.indicator("y", of="a", unit="person")
    for id, operation in (("total", "sum"), ("less", "difference")):
        rule = (
            {"operation": operation, "terms": ["x", "y"]} if operation == "sum" else {"operation": operation, "terms": ["x"], "over": ["y"]}
        )
        draft.indicator(id, of="a", unit="person", derived=rule)
    table = table_of(draft)
    assert (str(table["total"].actual), table["total"].coverage) == ("at least 30", (1, 2))
    assert table["less"].actual.missing == "missing"


def test_derivations_in_other_units_are_refused() -> None:
    draft = clubs()
    draft.indicator("z", of="a", unit="kg")
    draft.actual("z", 5)
    draft.indicator("odd", of="a", unit="person", derived={"operation": "sum", "terms": ["z"]})
    draft.target("odd", 5)
    table = table_of(draft)
    assert codes(table["odd"]) == ["A09"]
    assert table["odd"].reason == "unit_mismatch"


def test_a_model_in_which_derivations_go_in_a_circle_is_refused() -> None:
    draft = clubs()
    draft.indicator("x", of="a", unit="person", derived={"operation": "sum", "terms": ["y"]})
    draft.indicator("y", of="a", unit="person", derived={"operation": "sum", "terms": ["x"]})
    with pytest.raises(toc.InvalidModelError, match="M09"):
        draft.done()


def test_reports_on_a_derived_indicator_are_left_out_and_said_to_be() -> None:
    draft = derived("sum")
    draft.actual("i", 99)
    row = table_of(draft)["i"]
    assert (str(row.actual), codes(row)) == ("54", ["A10"])


def test_which_reports_are_left_out_is_said_in_the_same_order_however_they_were_entered() -> None:
    said = set[str]()
    for reported in ((None, "2024-01-01"), ("2024-01-01", None)):
        draft = derived("sum")
        for day in reported:
            draft.actual("i", 99, id="undated" if day is None else "dated", reported=day)
        said.update(finding.message for finding in table_of(draft)["i"].findings)
    assert [message.rpartition(": ")[2] for message in said] == ["dated, undated"]


# Targets


def test_a_declared_target_that_differs_from_the_derived_one_is_a_finding_and_policy_chooses() -> None:
    draft = clubs(period="2020-01-01/2021-12-31")
    count(draft, report="per_period")
    draft.target("i", 80, period="2020")
    draft.target("i", 80, period="2021")
    draft.target("i", 1400)
    row = table_of(draft)["i"]
    assert (str(row.target), codes(row)) == ("160", ["A03"])
    assert "differs by 1,240" in row.findings[0].message
    assert str(table_of(draft, life_target="declared")["i"].target) == "1400"


def test_dated_targets_that_do_not_reach_the_end_leave_the_declared_one() -> None:
    draft = clubs()
    count(draft, report="per_period")
    draft.target("i", 80, period="2020")
    draft.target("i", 1400)
    row = table_of(draft)["i"]
    assert (str(row.target), codes(row)) == ("1400", [])


def test_revised_targets_are_compared_with_the_original() -> None:
    draft = clubs()
    count(draft)
    draft.target("i", 100, id="first")
    draft.target("i", 80, id="second", supersedes="first")
    draft.target("i", 50, supersedes="second")
    draft.actual("i", 60)
    row = table_of(draft)["i"]
    assert (str(row.attainment), str(row.original_target), str(row.original_attainment)) == ("120 %", "100", "60 %")
    assert row.record()["original_target_low"] == 100
    assert "original target" in row.explain()


@pytest.mark.parametrize(
    ("change", "figure", "target"), [("amount", 30, "70"), ("percent", 50, "60"), ("percent", "-25 %", "30"), (None, 30, "30")]
)
def test_a_target_may_be_a_change_from_the_baseline(change: str | None, figure: object, target: str) -> None:
    draft = clubs()
    count(draft, direction="unknown")
    draft.baseline("i", 40)
    draft.target("i", figure, change=change)
    draft.actual("i", 45)
    assert str(table_of(draft)["i"].target) == target


def test_a_change_without_a_baseline_has_a_reason() -> None:
    draft = clubs()
    count(draft)
    draft.target("i", 30, change="amount")
    draft.actual("i", 45)
    row = table_of(draft)["i"]
    assert (row.status, row.reason) == ("no_target", "missing_baseline")


def test_the_targets_of_parts_make_the_total() -> None:
    draft = clubs()
    count(draft, by=["sex"])
    draft.target("i", 105, slice="sex=girls")
    draft.target("i", 45, slice="sex=boys")
    draft.actual("i", 75)
    row = table_of(draft)["i"]
    assert (str(row.target), str(row.attainment)) == ("150", "50 %")


def test_maintain_and_range_targets() -> None:
    for target, actual, status in ((80, 80, "met"), (80, 70, "not_met"), ("70-90", 90, "met"), ("70-90", 95, "not_met")):
        draft = clubs()
        count(draft, direction="maintain", accumulation="snapshot")
        draft.target("i", target)
        draft.actual("i", actual)
        assert table_of(draft)["i"].status == status


def test_a_target_against_the_direction_is_flagged_and_an_unstated_direction_is_an_assumption() -> None:
    draft = clubs()
    count(draft)
    draft.baseline("i", 50)
    draft.target("i", 40)
    draft.actual("i", 45)
    row = table_of(draft)["i"]
    assert (codes(row), row.pace) == (["L42"], None)
    draft = clubs()
    count(draft, direction="unknown")
    draft.baseline("i", 50)
    draft.target("i", 40)
    draft.actual("i", 45)
    row = table_of(draft)["i"]
    assert row.direction == "decrease"
    assert any("so decrease is assumed" in note for note in row.assumed)


def test_percentages_on_two_scales_are_suspected() -> None:
    draft = clubs()
    draft.indicator("i", of="a", kind="percentage", unit="percent", direction="increase")
    draft.target("i", 80)
    draft.actual("i", "0.85")
    assert codes(table_of(draft)["i"]) == ["A06"]


def test_a_row_says_what_its_figures_show_to_be_meant_otherwise() -> None:
    draft = clubs()
    draft.indicator("i", "Readers", of="a", unit="person", direction="increase")
    draft.target("i", "1.500")
    draft.actual("i", "85 households")
    row = table_of(draft)["i"]
    assert [(finding.code, finding.where.path) for finding in row.findings] == [("L99", "i.target"), ("L87", "i.actual")]


def test_a_total_does_not_quote_the_figures_of_its_parts() -> None:
    draft = clubs()
    draft.indicator("i", "Readers", of="a", unit="person", direction="increase", by="sex")
    draft.actual("i", "3 households", slice="sex=girls")
    draft.actual("i", "85 households", slice="sex=boys")
    table = table_of(draft)
    assert codes(table["i"]) == []
    assert codes(table.where(slice={"sex": "girls"}).one()) == ["L87"]


# Pace


@pytest.mark.parametrize(
    ("actual", "pace"), [(0, "far_behind"), (24, "far_behind"), (25, "behind"), (42, "behind"), ("42.5", "on_track"), ("57.4", "on_track"), ("57.5", "ahead")]
)  # fmt: skip
def test_a_band_of_pace_begins_at_its_edge(actual: object, pace: str) -> None:
    draft = clubs(period="2020-01-01/2020-01-10", as_of="2020-01-05")
    count(draft, unit="kg")
    draft.target("i", 100)
    draft.actual("i", actual)
    row = table_of(draft)["i"]
    assert (str(row.expected), row.pace) == ("50", pace)
    assert row.pace is Pace(pace)
    assert type(row.record()["pace"]) is str
    assert "the way to the target starts at 0, for no baseline is stated" in row.assumed


def test_a_falling_indicator_keeps_pace_from_its_baseline() -> None:
    draft = clubs(period="2020-01-01/2020-01-10", as_of="2020-01-05")
    count(draft, direction="decrease", accumulation="snapshot")
    draft.baseline("i", 100)
    draft.target("i", 40)
    draft.actual("i", 70)
    row = table_of(draft)["i"]
    assert (str(row.expected), row.pace) == ("70", "on_track")


def test_the_way_may_lead_through_dated_targets() -> None:
    draft = clubs(period="2020-01-01/2020-01-10", as_of="2020-01-05")
    count(draft, report="to_date", accumulation="cumulative")
    draft.target("i", 90, period="2020-01-01/2020-01-05")
    draft.target("i", 100, period="2020-01-06/2020-01-10")
    draft.actual("i", 50, measured="2020-01-05")
    assert (str(table_of(draft)["i"].expected), table_of(draft)["i"].pace) == ("50", "on_track")
    row = table_of(draft, trajectory="milestones")["i"]
    assert (str(row.expected), row.pace) == ("90", "behind")


def test_bands_are_data() -> None:
    from tocmodel.measurement.ratings import Band

    draft = clubs(period="2020-01-01/2020-01-10", as_of="2020-01-05")
    count(draft)
    draft.target("i", 100)
    draft.actual("i", 20)
    assert table_of(draft, pace_bands=[Band("red"), Band("green", "0.4")])["i"].pace == "green"


def test_bounds_may_leave_the_pace_open() -> None:
    draft = clubs(period="2020-01-01/2020-01-10", as_of="2020-01-05")
    count(draft)
    draft.target("i", 100)
    draft.actual("i", "over 30")
    assert table_of(draft)["i"].pace is None


# What it says about itself


def test_percentages_are_shown_as_the_policy_says_and_nothing_else_is_rounded() -> None:
    draft = clubs()
    count(draft)
    draft.target("i", 3)
    draft.actual("i", 2)
    table = table_of(draft, digits=0, rounding="floor")
    assert "66 %" in str(table)
    assert "66 %" in table["i"].explain()
    assert table["i"].attainment == table_of(draft)["i"].attainment


def test_clipping_is_asked_for() -> None:
    draft = clubs()
    count(draft)
    draft.baseline("i", 40)
    draft.target("i", 100)
    draft.actual("i", 130)
    assert [str(table_of(draft)["i"].progress), str(table_of(draft, clip=(0, 1))["i"].progress)] == ["150 %", "100 %"]


def test_an_explanation_is_data_and_words() -> None:
    draft = clubs()
    draft.source("report", title="Annual report")
    count(draft)
    draft.target("i", 100)
    draft.actual("i", "over 50", source={"source": "report", "place": "page 3"}, comparability="another village")
    row = table_of(draft, clip=(0, None))["i"]
    said = row.explanation()
    actual = next(input for input in said.inputs if input.role == "actual")
    assert actual.record() | {"comparability": ""} == {
        "role": "actual", "id": "i.actual", "indicator": "i", "period": None, "slice": "total", "printed": "over 50", "low": Decimal(51),
        "low_open": False, "high": None, "high_open": False, "missing": None, "unit": "person", "numerator": None, "denominator": None,
        "source": "report", "place": "page 3", "comparability": "",
    }  # fmt: skip
    assert said.formula == "attainment = actual / target"
    assert [step.name for step in said.steps][:1] == ["attainment"]
    assert said.departures == ("attainment and progress are clipped: 0 to no upper limit",)
    assert said.record()["policy"] == list(said.departures)
    assert "compare with care: another village" in str(said)
    assert "policy: attainment and progress are clipped" in str(said)


def test_the_table_gathers_the_findings_of_its_rows() -> None:
    draft = clubs()
    count(draft, accumulation="cumulative")
    draft.actual("i", 100, measured="2020-03")
    draft.actual("i", 80, measured="2020-09")
    assert [finding.code for finding in table_of(draft).findings] == ["A01"]


def test_to_date_rows_do_not_count_twice() -> None:
    draft = clubs()
    count(draft, report="per_period", by=["sex"])
    for part in ("sex=girls", "sex=boys"):
        draft.target("i", 10, period="2020", slice=part)
        draft.actual("i", 5, period="2020", slice=part)
    table = table_of(draft)
    from tocmodel.measurement.gaps import equity_gaps

    assert [gap.period for gap in equity_gaps(table)] == [None, toc.Period.read("2020")]
    assert table.coverage == (1, 1)


def test_the_date_of_judgement_may_be_given() -> None:
    draft = clubs()
    count(draft)
    assert toc.achievement(draft.done(), as_of=date(2022, 1, 1)).as_of == date(2022, 1, 1)


def test_money_keeps_its_currency_where_the_indicator_states_no_unit() -> None:
    draft = TheoryOfChange.build("loans", "Loans (fictional)", as_of="2024-12-31")
    draft.activity("lend", "Lend")
    draft.indicator("lent", of="lend", direction="increase")
    draft.target("lent", "500 EUR")
    draft.actual("lent", "over EUR 450")
    row = toc.achievement(draft.done())["lent"]
    assert (row.unit, row.record()["unit"], row.actual.unit, str(row.attainment)) == ("EUR", "EUR", "EUR", "at least 90 %")


def test_money_in_another_currency_is_a_fault_at_once() -> None:
    draft = TheoryOfChange.build("loans", "Loans (fictional)", as_of="2024-12-31")
    draft.activity("lend", "Lend")
    draft.indicator("lent", of="lend", unit="EUR", direction="increase")
    draft.actual("lent", "450 KES")
    with pytest.raises(toc.InvalidModelError, match="KES and EUR measure different things"):
        draft.done()


def test_targets_of_periods_that_may_not_add_up_make_none_for_the_whole_and_it_says_so() -> None:
    draft = toc.TheoryOfChange.build("p", as_of="2025-01-31", period="2023/2024")
    clubs = draft.activity("a", "Clubs meet")
    for id, basis in (("unknown", {}), ("adds", {"report": "per_period"}), ("silent", {})):
        draft.indicator(id, id, of=clubs, unit="person", direction="increase", accumulation="incremental", **basis)
        for year in ("2023", "2024"):
            draft.target(id, 10, period=year)
            if id != "silent":
                draft.actual(id, 12, period=year)
    rows = {row.indicator: row for row in toc.achievement(draft.done()) if row.scope == "life"}
    assert [rows[id].verdict for id in ("unknown", "adds", "silent")] == ["no target for the whole", "met", "no target for the whole"]
    assert rows["unknown"].reason == rows["silent"].reason == "unknown_report_basis"
    assert rows["unknown"].status == "no_target"


def test_what_cannot_be_read_is_not_as_if_it_were_not_there() -> None:
    draft = toc.TheoryOfChange.build("p", as_of="2024-06-30", period="2022/2024")
    draft.activity("a", "Clubs meet")
    draft.indicator("i", "Members", of="a", unit="person", direction="increase", accumulation="incremental", report="per_period")
    for year in ("2022", "2023"):
        draft.target("i", "about 640", period=year)
    draft.actual("i", "about 600", period="2022")
    model = draft.done()
    rows = [(row.scope, row.target.missing, row.actual.missing) for row in toc.achievement(model)]
    assert rows == [
        ("life", "not_readable", "not_readable"),
        ("to_date", "not_readable", "not_readable"),
        ("period", "not_readable", "not_readable"),
        ("period", "not_readable", "missing"),
    ]
    assert "L47" not in {finding.code for finding in toc.check(model)}, "there is a result; M08 says that it cannot be read"


@pytest.mark.parametrize(("last", "differs"), [("2024-06-30", False), ("2024-12-31", True)])
def test_targets_of_periods_are_set_against_that_of_the_whole_where_they_reach_its_end(last: str, differs: bool) -> None:
    draft = toc.TheoryOfChange.build("p", as_of="2025-01-31", period="2023/2024")
    draft.activity("a", "Clubs meet")
    draft.indicator("i", "Members", of="a", unit="person", direction="increase", report="per_period")
    draft.target("i", 120)
    draft.target("i", 40, period="2023")
    draft.target("i", 60, period=f"2024-01-01/{last}")
    model = draft.done()
    assert ("L95" in {finding.code for finding in toc.check(model)}) is differs
    assert ("A03" in {finding.code for row in toc.achievement(model) for finding in row.findings}) is differs
