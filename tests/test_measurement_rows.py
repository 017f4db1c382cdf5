"""Achievement against targets, by example: attainment and progress with bounds, slices and totals, status with reasons."""

from decimal import Decimal
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import AsOfNeededError, UnknownIdError
from tocmodel.figures import Interval

AS_OF = "2022-01-31"


def draft() -> toc.TheoryBuilder:
    built = toc.TheoryOfChange.build("trees", "Tree nurseries (fictional)", period="2020-01-01/2021-12-31", as_of=AS_OF)
    built.activity("plant", "Plant seedlings")
    built.dimension("sex", "Sex", categories=["women", "men"])
    return built


def row(*, baseline: object = None, target: object = None, actual: object = None, **fields: Any) -> toc.AchievementRow:
    built = draft()
    built.indicator("i", of="plant", **({"unit": "person", "direction": "increase"} | fields))
    for add, figure in ((built.baseline, baseline), (built.target, target), (built.actual, actual)):
        if figure is not None:
            add("i", figure)
    return toc.achievement(built.done())["i"]


@pytest.mark.parametrize(
    ("target", "actual", "attainment", "status"),
    [
        (150, 159, Interval.exactly("1.06"), "met"),
        (45, 27, Interval.exactly("0.6"), "not_met"),
        (450, 450, Interval.exactly(1), "met"),
        (150, 0, Interval.exactly(0), "not_met"),
        (1551, "over 1550", Interval.at_least(1), "met"),
        (200, "nearly 200", Interval(0, "0.995"), "not_met"),
        (200, "between 150 and 250", Interval("0.75", "1.25"), "undetermined"),
        (200, "over 150", Interval.at_least("0.755"), "undetermined"),
        ("at least 40", 40, Interval.exactly(1), "met"),
    ],
)
def test_attainment_is_actual_over_target_with_its_bounds(target: object, actual: object, attainment: Interval, status: str) -> None:
    found = row(target=target, actual=actual)
    assert found.attainment.bounds == attainment
    assert found.status == status
    assert found.reason is None


@pytest.mark.parametrize(
    ("target", "actual", "reason", "status"),
    [
        (None, 5, "missing_target", "no_target"),
        (5, None, "missing_actual", "missing"),
        (None, None, "missing_actual", "no_target"),
        (5, "n/a", "missing_actual", "missing"),
        (5, "about 5", "not_readable", "missing"),
        ("some", 5, "not_readable", "no_target"),
        (0, 5, "zero_target", "met"),
    ],
)
def test_where_there_is_no_number_there_is_a_reason(target: object, actual: object, reason: str, status: str) -> None:
    found = row(target=target, actual=actual)
    assert found.attainment.bounds is None
    assert (found.reason, found.status) == (reason, status)


def test_zero_is_a_result_and_missing_is_not() -> None:
    assert row(target=5, actual=0).actual.value == 0
    assert row(target=5).actual.value is None


def test_progress_reads_the_same_for_what_is_to_fall() -> None:
    falls = row(baseline=100, target=40, actual=70, unit="day", direction="decrease")
    assert falls.progress.bounds == Interval.exactly("0.5")
    assert falls.attainment.bounds == Interval.exactly("1.75")
    assert falls.status == "not_met"
    assert row(target=40, actual=70).progress.reason == "missing_baseline"
    assert row(baseline=40, target=40, actual=70).progress.reason == "baseline_equals_target"


def test_a_caseload_gets_a_percentage_and_no_verdict() -> None:
    found = row(target=150, actual=159, unit="case", direction="context")
    assert found.status is None
    assert found.attainment.bounds == Interval.exactly("1.06")
    assert "context" in found.verdict


def test_what_is_not_due_is_neither_missing_nor_failed() -> None:
    built = draft()
    built.indicator("i", of="plant", unit="person", direction="increase")
    built.target("i", 5)
    model = built.done()
    assert toc.achievement(model, as_of="2021-12-30")["i"].status == "not_due"
    assert toc.achievement(model, as_of="2021-12-31")["i"].status == "missing"


def test_the_target_of_the_whole_is_due_once_the_periods_have_ended_that_it_is_dated_for() -> None:
    built = toc.TheoryOfChange.build("p", "P", period="2020/2024")
    built.outcome("plant", "Trees grow")
    built.indicator("share", of="plant", kind="percentage", unit="percent", direction="increase")
    built.baseline("share", 20)
    built.target("share", 50, period="2021")
    built.actual("share", 40, period="2021")
    built.indicator("trees", of="plant", unit="item", direction="increase", report="per_period")
    for year in ("2020", "2021"):
        built.target("trees", 10, period=year)
    model = built.done()

    table = toc.achievement(model, as_of="2021-12-31")

    assert [(table[id].status, table[id].pace) for id in ("share", "trees")] == [("not_met", "behind"), ("missing", None)]
    assert table["share"].expected.bounds == Interval.exactly(50)
    assert [row.scope for row in table.for_people if row.indicator == "share"] == ["life", "period"]
    assert [toc.achievement(model, as_of="2021-12-30")[id].status for id in ("share", "trees")] == ["not_met", "not_due"]
    assert not toc.achievement(model, as_of="2021-12-30")["share"].due


def test_results_in_another_unit_are_the_same_amount() -> None:
    found = row(target=2, actual={"printed": "90", "unit": "minute"}, unit="hour")
    assert found.attainment.bounds == Interval.exactly("0.75")
    assert (found.actual.value, found.actual.unit) == (Decimal("1.5"), "hour")


def test_a_negative_count_is_kept_and_not_an_exception() -> None:
    assert row(target=5, actual=-5).actual.value == -5


def test_slices_stand_beside_the_total_and_make_it_where_nobody_published_one() -> None:
    built = draft()
    built.indicator("i", of="plant", unit="person", direction="increase", by=["sex"])
    for category, target, actual in (("women", 70, 88), ("men", 45, 27)):
        built.target("i", target, slice={"sex": category})
        built.actual("i", actual, slice={"sex": category})
    built.target("i", 115)
    table = toc.achievement(built.done())
    assert table["i"].actual.value == 115
    assert table["i"].assumed
    assert table.where(indicator="i", slice="sex=men", period=None).one().attainment.bounds == Interval.exactly("0.6")


def test_every_row_explains_itself_with_its_sources() -> None:
    built = draft()
    built.source("log", "The log")
    built.indicator("i", of="plant", unit="item", direction="increase")
    built.target("i", 200, source="log", comparability="the plan counts seedlings, the log trees")
    built.actual("i", {"printed": "over 150", "source": {"source": "log", "place": "p. 3"}})
    text = toc.achievement(built.done())["i"].explain()
    for part in ("over 150", "(log, p. 3)", "200", "actual / target", "undetermined", "the plan counts seedlings"):
        assert part in text, part


def test_a_date_of_judgement_is_needed_and_an_indicator_must_be_there() -> None:
    built = toc.TheoryOfChange.build("p")
    built.activity("a", "A")
    built.indicator("i", of="a")
    model = built.done()
    with pytest.raises(AsOfNeededError, match="as_of"):
        toc.achievement(model)
    table = toc.achievement(model, as_of="2021-01-01")
    with pytest.raises(UnknownIdError, match="no indicator has the id 'j'"):
        _ = table["j"]
    with pytest.raises(UnknownIdError):
        _ = table.where(indicator="none")["i"]


def test_the_table_goes_to_text_records_csv_and_html() -> None:
    built = draft()
    built.indicator("i", "Trees & <shade>", of="plant", unit="item", direction="increase")
    built.target("i", 1200)
    built.actual("i", "over 1,000")
    table = toc.achievement(built.done())
    assert "Trees & <shade>" in str(table)
    assert "at least 83.4 %" in str(table)
    record = table.records()[0]
    assert (record["indicator"], record["target_low"], record["actual_low"], record["actual_high"]) == ("i", 1200, 1001, None)
    page = table._repr_html_()  # pyright: ignore[reportPrivateUsage] — the name that notebooks call
    assert "Trees &amp; &lt;shade&gt;" in page
    assert "<shade>" not in page
    assert table.to_csv().startswith("indicator,title,")


def test_a_number_of_thirty_digits_is_explained() -> None:
    draft = toc.TheoryOfChange.build("p", period="2020", as_of="2020-06-30")
    draft.activity("a", "A")
    draft.indicator("i", of="a", unit="EUR", direction="increase")
    _ = draft.baseline("i", 0), draft.target("i", "880851610142105068854312960000"), draft.actual("i", 5)
    assert "expected by now: 438,019,106,682,686,127," in toc.achievement(draft.done())["i"].explain()
