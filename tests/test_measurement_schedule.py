"""Reporting periods of every frequency."""

import pytest

from tocmodel.errors import FieldError
from tocmodel.measurement.schedule import MONTHS, Frequency, frequency_of, reporting_periods
from tocmodel.periods import Period

SPAN = Period.read("2016-04-01/2020-01-31")


@pytest.mark.parametrize(
    ("frequency", "count", "last"),
    [
        ("life", 1, "2016-04-01/2020-01-31"),
        ("mid_and_end", 2, "2018-03-01/2020-01-31"),
        ("annual", 4, "2019-04-01/2020-01-31"),
        ("semi_annual", 8, "2019-10-01/2020-01-31"),
        ("four_monthly", 12, "2019-12-01/2020-01-31"),
        ("quarterly", 16, "2020-01-01/2020-01-31"),
        ("monthly", 46, "2020-01-01/2020-01-31"),
    ],
)
def test_a_partial_last_period_is_kept(frequency: str, count: int, last: str) -> None:
    periods = reporting_periods(SPAN, frequency)
    assert (len(periods), str(periods[-1])) == (count, last)
    assert periods[0].start == SPAN.start
    assert sum(period.days for period in periods) == SPAN.days


@pytest.mark.parametrize("frequency", sorted(MONTHS))
@pytest.mark.parametrize("month", [1, 4, 7, 10, 12])
def test_periods_follow_the_fiscal_year_without_gap_or_overlap(frequency: Frequency, month: int) -> None:
    periods = reporting_periods(SPAN, frequency, year_start=month)
    assert sum(period.days for period in periods) == SPAN.days
    assert (periods[0].start, periods[-1].end) == (SPAN.start, SPAN.end)
    for period in periods[1:]:
        assert period.start.day == 1
        assert (period.start.month - month) % MONTHS[frequency] == 0


def test_events_inside_the_programme_are_periods_of_a_day() -> None:
    days = [Period.read(day).start for day in ("2017-05-02", "2016-06-01", "2017-05-02", "2021-01-01")]
    assert [str(period) for period in reporting_periods(SPAN, "after each training", events=days)] == ["2016-06-01", "2017-05-02"]


@pytest.mark.parametrize(
    ("words", "frequency"),
    [("Half-yearly", "semi_annual"), ("tri_annual", "four_monthly"), ("Every quarter.", "quarterly"), ("LoP", "life")],
)
def test_known_words_state_a_frequency(words: str, frequency: str) -> None:
    assert frequency_of(words) == frequency


def test_unknown_words_and_months_are_errors() -> None:
    with pytest.raises(FieldError, match="no frequency: 'sometimes'"):
        reporting_periods(SPAN, "sometimes")
    with pytest.raises(FieldError, match="no month: 13"):
        reporting_periods(SPAN, "annual", year_start=13)
