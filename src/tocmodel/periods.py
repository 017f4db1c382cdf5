"""When something was planned, measured or reported: civil dates and periods, both ends included."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message

__all__ = ["Period", "position", "to_date", "to_moment"]

_MONTHS = 12


def to_date(value: object) -> date:
    """Read a civil date, ``YYYY-MM-DD``; of a datetime the date that it shows, whatever its zone.

    Raises:
        FieldError: if it is no date.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        said = message("not a date: %(value)s", value=repr(value))
        raise FieldError(said, _days_meant(str(value)) or message("write YYYY-MM-DD")) from None


def to_moment(value: object) -> date | datetime:
    """Read when something was reported: a civil date, or a time with its zone, which is kept in UTC.

    Raises:
        FieldError: if it is neither, or a time without a zone.
    """
    if isinstance(value, str) and "T" in value:
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            said = message("not a time: %(value)s", value=repr(value))
            raise FieldError(said, message("write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00")) from None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            said = message("a time without its zone: %(time)s", time=value.isoformat())
            raise FieldError(said, message("add the offset, such as +03:00, or Z"))
        try:
            return value.astimezone(UTC)
        except OverflowError:
            said = message("a time beyond the calendar: %(time)s", time=value.isoformat())
            raise FieldError(said, message("is the year right?")) from None
    return to_date(value)


@frozen(order=True)
class Period:
    """A stretch of days, both ends included.

    An imprecise date is a period too: "in 2021" is 2021-01-01 to 2021-12-31.

    Attributes:
        start: the first day.
        end: the last day.

    Example:
        >>> Period.read("2018-10-01/2021-09-30").days
        1096
        >>> Period.read("2021-09").end
        datetime.date(2021, 9, 30)
    """

    start: date = field(converter=to_date)
    end: date = field(converter=to_date)

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            said = message("the period ends (%(end)s) before it starts (%(start)s)", end=self.end, start=self.start)
            raise FieldError(said, message("swap the dates"))

    @classmethod
    def read(cls, value: object) -> "Period":
        """Read ``start/end``, a day, a month ``YYYY-MM``, a quarter ``2024-Q1`` or ``Q1 2024``, or a year ``YYYY``.

        A quarter is one of the calendar: that of a fiscal year is written by its days or months.

        Raises:
            FieldError: if it is none of these, or ends before it starts.

        Example:
            >>> str(Period.read("Q1 2024"))
            '2024-01-01/2024-03-31'
        """
        if isinstance(value, cls):
            return value
        return cls(value, value) if isinstance(value, date) else _period(str(value).strip())

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def holds(self, other: "Period | date") -> bool:
        """Whether the other lies wholly inside."""
        inner = Period.read(other)
        return self.start <= inner.start and inner.end <= self.end

    def touches(self, other: "Period | date") -> bool:
        """Whether the two share a day."""
        that = Period.read(other)
        return self.start <= that.end and that.start <= self.end

    def cut(self, months: int) -> "tuple[Period, ...]":
        """The period cut into parts of so many months, the last one shorter if it does not fit.

        The parts start on the same day of the month, or on the last one of a shorter month; each ends the day before the
        next.

        Args:
            months: 12 for years, 6, 4 and 3 for parts of a year, 1 for months.

        Raises:
            FieldError: if it is less than one month.

        Example:
            >>> [str(part) for part in Period.read("2023-10-05/2024-04-04").cut(3)]
            ['2023-10-05/2024-01-04', '2024-01-05/2024-04-04']
        """
        if months < 1:
            said = message("parts of %(months)s months", months=months)
            raise FieldError(said, message("a part has one month or more"))
        parts: list[Period] = []
        start = self.start
        while True:
            following = _months_after(self.start, months * (len(parts) + 1))
            if following is None or following > self.end:
                return (*parts, Period(start, self.end))
            parts.append(Period(start, following - timedelta(days=1)))
            start = following

    def elapsed(self, on: date) -> Fraction:
        """The share of its days up to and including one, from 0 before it starts to 1 when it has ended.

        Example:
            >>> Period.read("2024-01-01/2024-01-10").elapsed(date(2024, 1, 1))
            Fraction(1, 10)
        """
        passed = (on - self.start).days + 1
        return Fraction(min(max(passed, 0), self.days), self.days)

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"


def position(periods: Sequence[Period], day: date) -> int | None:
    """The position of the first of these periods that holds a day; None if none does.

    Example:
        >>> position(Period.read("2024").cut(3), date(2024, 4, 1))
        1
    """
    return next((index for index, period in enumerate(periods) if period.holds(day)), None)


def _months_after(day: date, months: int) -> date | None:
    """The same day so many months later; None where the calendar ends before."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def _period(text: str) -> Period:
    start, slash, end = text.partition("/")
    try:
        first, last = _first_and_last_day(start)
        return Period(first, _first_and_last_day(end)[1] if slash else last)
    except _NotAPeriodError:
        said = message("not a date or period: %(text)s", text=repr(text))
        raise FieldError(said, _advice(text)) from None


class _NotAPeriodError(ValueError):
    """A part of a period that is no date; whoever reads the whole says so."""


_QUARTER = re.compile(r"q(?P<first>[1-4])[\s-]*(?P<after>\d{4})|(?P<before>\d{4})[\s-]*q(?P<second>[1-4])", re.IGNORECASE)
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*")


def _advice(text: str) -> str:
    """What to write instead of a text that is no period: the date that it means, where there is only one."""
    days = _days_meant(text)
    if days:
        return days
    quarter = _QUARTER.fullmatch(text.replace("/", " ").strip())
    if quarter is not None:
        meant = f"{quarter['after'] or quarter['before']}-Q{quarter['first'] or quarter['second']}"
        return message("write %(meant)s", meant=meant)
    return message("write YYYY, YYYY-Q1, YYYY-MM, YYYY-MM-DD or two of them with a slash between")


def _days_meant(text: str) -> str:
    """What to write for a day that stands with its year last: the days that it may mean; empty for none."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return ""
    first, second, year = map(int, found.groups())
    days = {day for day in (_day(year, second, first), _day(year, first, second)) if day is not None}
    match sorted(map(str, days)):
        case [meant]:
            return message("write %(meant)s", meant=meant)
        case [meant, other]:
            return message("write %(meant)s or %(other)s", meant=meant, other=other)
        case _:
            return ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _first_and_last_day(text: str) -> tuple[date, date]:
    quarter = _QUARTER.fullmatch(text.strip())
    if quarter is not None:
        year, number = int(quarter["after"] or quarter["before"]), int(quarter["first"] or quarter["second"])
        if year:
            return date(year, 3 * number - 2, 1), date(year, 3 * number, monthrange(year, 3 * number)[1])
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        match numbers:
            case [year]:
                return date(year, 1, 1), date(year, _MONTHS, 31)
            case [year, month]:
                following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
                return date(year, month, 1), following - timedelta(days=1)
            case [year, month, day]:
                return date(year, month, day), date(year, month, day)
            case _:
                pass
    except (ValueError, OverflowError):  # a year of many digits overflows
        pass
    raise _NotAPeriodError
