"""What a figure keeps and how it is written, by example."""

from decimal import Decimal

import pytest

from tocmodel.errors import FieldError, UnitMismatchError, UnknownUnitError
from tocmodel.figures import Citation, Figure, Interval, Missing, figure_from_plain, interval_from_plain


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, Missing.MISSING),
        ("", Missing.MISSING),
        ("–", Missing.MISSING),
        ("N/A", Missing.MISSING),
        ("not published", Missing.MISSING),
        ("not due", Missing.NOT_DUE),
        ("not applicable", Missing.NOT_APPLICABLE),
        ("suppressed", Missing.SUPPRESSED),
        ("about 200", Missing.NOT_READABLE),
        ("many", Missing.NOT_READABLE),
    ],
)
def test_what_is_missing_says_why(text: str | None, reason: Missing) -> None:
    figure = Figure.read(text)
    assert (figure.missing, figure.bounds, figure.value) == (reason, None, None)


def test_zero_is_a_number_and_not_missing() -> None:
    assert Figure.read("0").missing is None
    assert Figure.read(0).value == 0


def test_what_could_not_be_read_is_kept_and_explained() -> None:
    figure = Figure.read("about 200")
    assert figure.printed == "about 200"
    assert "gives no bounds" in figure.not_readable
    assert Figure.read("200").not_readable == ""
    assert Figure("x", missing="not_readable").not_readable
    assert Figure("5", missing="not_readable").not_readable == "not readable: '5'"


def test_counts_are_whole_and_not_negative_where_the_unit_is_counted() -> None:
    assert Figure.read("over 1550", unit="people").counted().bounds == Interval.at_least(1551)
    assert Figure.read("nearly 2000", unit="person").counted().bounds == Interval(0, 1999)
    assert Figure.read("over 1550", unit="kg").counted().bounds == Interval.at_least(1550, open=True)
    assert Figure.read("over 1550").counted().bounds == Interval.at_least(1550, open=True)
    assert Figure.gap(unit="person").counted() == Figure.gap(unit="person")


@pytest.mark.parametrize("wrong", ["-5", "1.5", "-0.5", "less than 0"])
def test_a_count_that_is_no_count_stays_below_zero_or_broken(wrong: str) -> None:
    figure = Figure.read(wrong, unit="person")
    counted = figure.counted().bounds
    assert counted is not None
    assert counted == (Interval.at_most(-1) if wrong == "less than 0" else figure.bounds)


def test_another_unit_is_the_same_amount_exactly() -> None:
    minutes = Figure.read("30000", unit="minute", source="log")
    hours = minutes.into("hour")
    assert (hours.value, hours.unit, hours.printed, hours.source) == (500, "hour", "", Citation("log"))
    assert Figure.read("500", unit="hour").into("minute").value == 30000
    assert Figure.read(1, unit="minute").into("hour").into("minute").bounds is not None
    assert 1 in (Figure.read(1, unit="minute").into("hour").into("minute").bounds or Interval.exactly(0))
    assert Figure.read("12 %").into("fraction").value == Interval.exactly("0.12").value
    assert Figure.read("over 2", unit="t").into("kg").bounds == Interval.at_least(2000, open=True)


def test_a_figure_without_a_unit_takes_one_and_people_are_no_cases() -> None:
    assert Figure.read("5").into("person").unit == "person"
    assert Figure.gap(unit="t").into("kg").missing is Missing.MISSING
    with pytest.raises(UnitMismatchError, match="person and case measure different things"):
        Figure.read("5", unit="person").into("case")
    with pytest.raises(UnknownUnitError, match="did you mean 'person'"):
        Figure.read("5", unit="persom")


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (Figure.read("over 1550"), "over 1550"),
        (Figure.read(1550), "1550"),
        (Figure.read("5", unit="person"), {"printed": "5", "unit": "person"}),
        (Figure.in_words("done"), {"words": "done"}),
        (
            Figure.read("5", source=Citation("report", "p. 3")),
            {"printed": "5", "source": {"source": "report", "place": "p. 3", "quote": ""}},
        ),
        (Figure("", Interval(1, 2, low_open=True)), {"printed": "", "bounds": {"more_than": "1", "to": "2"}}),
        (Figure("x", missing="suppressed"), {"printed": "x", "missing": "suppressed"}),
        (Figure.gap(), ""),
    ],
)
def test_a_figure_is_written_as_short_as_it_can_be(figure: Figure, written: object) -> None:
    assert figure.plain() == written
    assert figure_from_plain(written) == figure


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"printd": "5"}, "a figure has no 'printd'"),
        ({"bounds": {"from": 1, "above": 2}}, "not the bounds"),
        ({"bounds": {"from": "x"}}, "not a number"),
        ({"bounds": {"from": 3, "to": 2}}, "swap the ends"),
        (["1", "2"], "not a figure"),
        ({"printed": "5", "source": {"page": 3}}, "not a citation"),
        ({"printed": "5", "source": {"source": None}}, "not a citation"),
    ],
)
def test_a_mapping_that_is_no_figure_is_refused(value: object, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        figure_from_plain(value)


def test_an_empty_field_of_a_figure_is_the_same_as_none() -> None:
    assert figure_from_plain({"words": None, "printed": "5"}) == Figure.read("5")
    assert figure_from_plain({"printed": "5", "source": {"source": "report", "place": None}}) == Figure.read("5", source="report")


def test_bounds_are_read_by_name() -> None:
    assert interval_from_plain({"from": "1"}) == Interval.at_least(1)
    assert interval_from_plain({"less_than": "1"}) == Interval.at_most(1, open=True)
    assert interval_from_plain({}) == Interval()
    with pytest.raises(FieldError, match="from or more_than"):
        interval_from_plain({"from": 1, "more_than": 1})


def test_a_citation_names_a_source_and_a_place() -> None:
    assert str(Citation.read("report")) == "report"
    assert str(Citation.read({"source": "report", "place": "p. 3"})) == "report, p. 3"


@pytest.mark.parametrize(("number", "printed"), [(1e16, "10000000000000000"), (1e-05, "0.00001"), (2.5, "2.5"), (Decimal("1E+3"), "1000")])
def test_floats_are_taken_as_they_print(number: float | Decimal, printed: str) -> None:
    assert Figure.read(number) == Figure.read(printed)
    assert Figure.read(number).value == Decimal(printed)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"5", [5], {5}])
def test_what_is_no_figure_is_refused(value: object) -> None:
    with pytest.raises(FieldError, match="not a"):
        Figure.read(value)


@pytest.mark.parametrize("figure", [{"bounds": "5 to 7"}, {"printed": "6", "bounds": "5 to 7"}])
def test_bounds_in_a_form_that_is_not_theirs_are_refused(figure: dict[str, str]) -> None:
    with pytest.raises(FieldError, match="not the bounds of a figure"):
        figure_from_plain(figure)


def test_an_unknown_reason_for_a_gap_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FieldError, match="not_due"):
        Figure.gap("nonsense")
