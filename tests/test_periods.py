"""Civil dates and periods, by example."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from tocmodel.errors import FieldError
from tocmodel.periods import Period, position, to_date, to_moment


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-12", "2021-12-01", "2021-12-31"),
        ("2021-09-29", "2021-09-29", "2021-09-29"),
        ("2018-10-01/2021-09-30", "2018-10-01", "2021-09-30"),
        ("2018/2021", "2018-01-01", "2021-12-31"),
        (" 2018-10 / 2021-09 ", "2018-10-01", "2021-09-30"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024q2", "2024-04-01", "2024-06-30"),
        ("2023-Q3/2024-Q2", "2023-07-01", "2024-06-30"),
    ],
)
def test_an_imprecise_date_is_a_period(text: str, start: str, end: str) -> None:
    assert Period.read(text) == Period(start, end)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2021/2020", "ends .* before it starts"),
        ("2021-13", "not a date or period"),
        ("2021-02-30", "not a date or period"),
        ("2021-01-01-01", "not a date or period"),
        ("last year", "not a date or period"),
        ("", "not a date or period"),
        ("0", "not a date or period"),
        ("9999-12", "not a date or period"),
        ("12345", "not a date or period"),
        ("31/12/2024", r"not a date or period: '31/12/2024' \(write 2024-12-31\)"),
        ("12/31/2024", r"not a date or period: '12/31/2024' \(write 2024-12-31\)"),
        ("05/04/2024", r"not a date or period: '05/04/2024' \(write 2024-04-05 or 2024-05-04\)"),
        ("31.12.2024", r"not a date or period: '31.12.2024' \(write 2024-12-31\)"),
        ("2024/soon", "not a date or period: '2024/soon'"),
        ("Q1/2024", r"not a date or period: 'Q1/2024' \(write 2024-Q1\)"),
        ("2024-Q5", "not a date or period: '2024-Q5'"),
        ("0000-Q1", "not a date or period"),
    ],
)
def test_what_is_no_period_is_refused(text: str, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        Period.read(text)


def test_a_date_with_its_year_last_says_what_to_write() -> None:
    with pytest.raises(FieldError, match=r"not a date: '31/12/2024' \(write 2024-12-31\)"):
        to_date("31/12/2024")


def test_a_period_that_ends_before_it_starts_says_what_to_do() -> None:
    with pytest.raises(FieldError, match="swap the dates"):
        Period("2021-02-01", "2021-01-31")


def test_both_ends_belong_to_a_period() -> None:
    year = Period.read("2021")
    assert year.days == 365
    assert year.holds(date(2021, 1, 1))
    assert year.holds(Period.read("2021-12-31"))
    assert not year.holds(Period.read("2021-12-31/2022-01-01"))
    assert year.touches(Period.read("2021-12-31/2022-01-01"))
    assert not year.touches(date(2022, 1, 1))


def test_a_period_is_cut_on_the_same_day_of_the_month() -> None:
    assert [str(part) for part in Period.read("2021-01-31/2021-04-30").cut(1)] == [
        "2021-01-31/2021-02-27",
        "2021-02-28/2021-03-30",
        "2021-03-31/2021-04-29",
        "2021-04-30",
    ]
    assert Period.read("2021-01").cut(12) == (Period.read("2021-01"),)


@pytest.mark.parametrize(
    ("day", "share"),
    [("2019-12-31", Fraction(0)), ("2020-01-01", Fraction(1, 366)), ("2020-12-31", Fraction(1)), ("2030-01-01", Fraction(1))],
)
def test_how_much_of_a_period_has_passed(day: str, share: Fraction) -> None:
    assert Period.read("2020").elapsed(to_date(day)) == share


def test_which_of_several_periods_holds_a_day() -> None:
    quarters = Period.read("2024").cut(3)
    assert position(quarters, date(2024, 12, 31)) == 3
    assert position(quarters, date(2025, 1, 1)) is None


def test_times_of_reporting_are_kept_in_utc_and_need_a_zone() -> None:
    assert to_moment("2021-09-29T12:00:00+03:00") == datetime(2021, 9, 29, 9, 0, tzinfo=UTC)
    assert to_moment("2021-09-29T12:00:00Z") == datetime(2021, 9, 29, 12, 0, tzinfo=UTC)
    assert to_moment("2021-09-29") == date(2021, 9, 29)
    with pytest.raises(FieldError, match="without its zone"):
        to_moment("2021-09-29T12:00:00")
    with pytest.raises(FieldError, match="not a time"):
        to_moment("2021-09-29Tnoon")


def test_a_civil_date_is_read_strictly() -> None:
    assert to_date(datetime(2021, 9, 29, 23, 59, tzinfo=UTC)) == date(2021, 9, 29)
    west = datetime(2021, 9, 29, 23, tzinfo=timezone(timedelta(hours=-3)))
    assert (to_date(west), to_moment(west)) == (date(2021, 9, 29), datetime(2021, 9, 30, 2, tzinfo=UTC))
    for text in ("29.09.2021", "2021-9-29", "2021", "soon", ""):
        with pytest.raises(FieldError, match=r"not a date: .* \(write"):
            to_date(text)


def test_periods_are_written_as_they_are_read() -> None:
    for period in (Period.read("2021-09-29"), Period.read("2018-10-01/2021-09-30")):
        assert Period.read(str(period)) == period


@pytest.mark.parametrize("months", [0, -3])
def test_a_period_is_not_cut_into_parts_without_a_month(months: int) -> None:
    with pytest.raises(FieldError, match=rf"parts of {months} months \(a part has one month or more\)"):
        Period.read("2024").cut(months)


def test_the_last_year_of_the_calendar_is_cut_too() -> None:
    assert [str(part) for part in Period.read("9999").cut(6)] == ["9999-01-01/9999-06-30", "9999-07-01/9999-12-31"]
    assert len(Period.read("9999").cut(1)) == 12
    assert Period.read("9998/9999").cut(12)[-1] == Period.read("9999")


@pytest.mark.parametrize("text", ["99999999999-01", "99999999999-01-01", "1-99999999999"])
def test_a_year_beyond_the_calendar_is_no_period(text: str) -> None:
    with pytest.raises(FieldError, match="not a date or period"):
        Period.read(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_is_beyond_the_calendar_elsewhere_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="a time beyond the calendar"):
        to_moment(text)
