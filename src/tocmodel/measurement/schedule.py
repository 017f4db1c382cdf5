"""When an indicator is reported on: reporting periods from a frequency, with partial ones and fiscal years."""

from collections.abc import Iterable
from datetime import date
from math import ceil

from tocmodel.errors import FieldError
from tocmodel.periods import Period
from tocmodel.words import Word


class Frequency(Word):
    """How often an indicator is reported on."""

    LIFE = "life"
    MID_AND_END = "mid_and_end"
    ANNUAL = "annual"
    SEMI_ANNUAL = "semi_annual"
    FOUR_MONTHLY = "four_monthly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    EVENT = "event"


MONTHS = {
    Frequency.ANNUAL: 12,
    Frequency.SEMI_ANNUAL: 6,
    Frequency.FOUR_MONTHLY: 4,
    Frequency.QUARTERLY: 3,
    Frequency.MONTHLY: 1,
}
"""The months of a period of each regular frequency."""

_WORDS = {
    Frequency.LIFE: ("life of programme", "life of project", "lop", "once", "end of programme", "end of project", "endline", "at the end"),
    Frequency.MID_AND_END: ("mid and end", "midline and endline", "midterm and end", "mid term and end", "mid term and final"),
    Frequency.ANNUAL: ("annual", "annually", "yearly", "every year", "once a year", "each year"),
    Frequency.SEMI_ANNUAL: (
        "semi annual", "semi annually", "semiannual", "semiannually", "half yearly", "biannual", "biannually", "twice a year",
        "every six months", "six monthly", "every 6 months", "6 monthly", "every half year",
    ),
    Frequency.FOUR_MONTHLY: (
        "four monthly", "4 monthly", "every four months", "every 4 months", "tri annual", "tri annually", "triannual",
        "three times a year",
    ),
    Frequency.QUARTERLY: ("quarterly", "every quarter", "every three months", "every 3 months", "four times a year", "each quarter"),
    Frequency.MONTHLY: ("monthly", "every month", "each month"),
    Frequency.EVENT: (
        "event", "per event", "every event", "after each event", "after every event", "by event", "per session", "per training",
        "after each training", "ad hoc", "continuous", "ongoing",
    ),
}  # fmt: skip
_KNOWN = {word: frequency for frequency, words in _WORDS.items() for word in (*words, frequency.value.replace("_", " "))}


def frequency_of(words: str) -> Frequency | None:
    """The frequency that an indicator's words state; None for words that nobody agreed on.

    Example:
        >>> frequency_of("Every six months"), frequency_of("now and then")
        (<Frequency.SEMI_ANNUAL: 'semi_annual'>, None)
    """
    plain = " ".join(words.casefold().replace("-", " ").replace("_", " ").rstrip(".").split())
    return _KNOWN.get(plain)


def reporting_periods(
    span: Period, frequency: Frequency | str, *, year_start: int | None = None, events: Iterable[date] = ()
) -> tuple[Period, ...]:
    """The reporting periods of a programme, one after the other, without gap or overlap.

    Args:
        span: the programme's period; the first and the last reporting period are cut to it.
        frequency: a `Frequency`, or words such as "every six months".
        year_start: the month, 1 to 12, in which the fiscal year starts; periods follow it. Where left out, they count from
            the first day of the span.
        events: the days of the events, for the frequency ``event``; those outside the span are left out.

    Raises:
        FieldError: if the words state no frequency, or there is no such month.

    Example:
        >>> span = Period.read("2016-04-01/2020-01-31")
        >>> [len(reporting_periods(span, every)) for every in ("monthly", "quarterly", "annual", "mid_and_end")]
        [46, 16, 4, 2]
        >>> str(reporting_periods(span, "annual", year_start=7)[0])
        '2016-04-01/2016-06-30'
    """
    how = frequency_of(frequency)
    if how is None:
        known = ", ".join(item.value for item in Frequency)
        raise FieldError(f"no frequency: {str(frequency)!r}", f"known: {known}")
    if how is Frequency.LIFE:
        return (span,)
    if how is Frequency.EVENT:
        return tuple(Period(day, day) for day in sorted(set(events)) if span.holds(day))
    if how is Frequency.MID_AND_END:
        return span.cut(ceil(len(span.cut(1)) / 2))
    if year_start is None:
        return span.cut(MONTHS[how])
    if not 1 <= year_start <= MONTHS[Frequency.ANNUAL]:
        raise FieldError(f"no month: {year_start}", "write 1 for January to 12 for December")
    first = date(span.start.year - (span.start.month < year_start), year_start, 1)
    whole = Period(first, span.end).cut(MONTHS[how])
    return tuple(Period(max(part.start, span.start), part.end) for part in whole if part.end >= span.start)
