"""Exact numbers and bounds, and arithmetic that never leaves them."""

from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Literal, Self, TypeAlias

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message

PRECISION = 28
_DOWN = Context(prec=PRECISION, rounding=ROUND_FLOOR)
_UP = Context(prec=PRECISION, rounding=ROUND_CEILING)
_NEGLIGIBLE = Decimal("1e-25")
_SURE = Context(prec=25)
MOST_DIGITS = 1000
"""The most digits before or after the point: beyond any figure, and still quick to write out."""
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""For sums and products of single numbers that must not be rounded at all. Never divide in it."""

Number: TypeAlias = Decimal | int | str
_End: TypeAlias = tuple[Decimal, bool]  # a value, infinite where there is no bound, and whether it is itself excluded


def to_decimal(value: object) -> Decimal:
    """Read an exact number; a float is taken as it prints.

    Raises:
        FieldError: if it is not a finite number, or one of more than 1000 digits.
    """
    if isinstance(value, Decimal) and value.is_finite():
        return value
    try:
        number = Decimal(str(value).strip()) if not isinstance(value, bool) else None
    except ArithmeticError:
        number = None
    if number is None or not number.is_finite():
        said = message("not a number: %(value)s", value=repr(value))
        raise FieldError(said, message("write digits, with a point before decimals"))
    if number and not -MOST_DIGITS <= number.adjusted() <= MOST_DIGITS:
        said = message("a number beyond all measure: %(value)s", value=repr(str(value)[:40]))
        raise FieldError(said, message("is the exponent right?"))
    return number


def _optional(value: object) -> Decimal | None:
    number = None if value is None else to_decimal(value)
    return Decimal(0) if number == 0 else number  # a sum rounded down may be -0


@frozen
class Interval:
    """All numbers between two ends; a single number if the ends are the same.

    An end that is not there is not open either. Low ends are rounded down and high ends up in the 28th digit, so a result contains the result of every choice of
    numbers inside the inputs. What is a single number but for this rounding, such as a third, compares as the single number that it is.

    Attributes:
        low: the lower end, None where there is no bound.
        high: the upper end, None where there is no bound.
        low_open: whether the lower end itself is excluded.
        high_open: whether the upper end itself is excluded.

    Example:
        >>> Interval.exactly(159) / Interval.exactly(150)
        Interval(low=Decimal('1.06'), high=Decimal('1.06'), low_open=False, high_open=False)
        >>> print(Interval.at_least(4545) / Interval.exactly(5181) >= Interval.exactly("0.8"))
        True
        >>> third = Interval.exactly(1) / Interval.exactly(3)
        >>> third * Interval.exactly(3) >= Interval.exactly(1)
        True
    """

    low: Decimal | None = field(default=None, converter=_optional)
    high: Decimal | None = field(default=None, converter=_optional)
    low_open: bool = False
    high_open: bool = False

    def __attrs_post_init__(self) -> None:
        if self.low is None:
            object.__setattr__(self, "low_open", False)
        if self.high is None:
            object.__setattr__(self, "high_open", False)
        if self.low is not None and self.high is not None:
            empty = self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))
            if empty:
                said = message("the lower end %(low)s is not below the upper end %(high)s", low=plain(self.low), high=plain(self.high))
                raise FieldError(said, message("swap the ends"))

    @classmethod
    def exactly(cls, number: Number) -> Self:
        """One number."""
        return cls(number, number)

    @classmethod
    def at_least(cls, number: Number, *, open: bool = False) -> Self:
        """A number or more; with ``open``, more than it."""
        return cls(number, None, low_open=open)

    @classmethod
    def at_most(cls, number: Number, *, open: bool = False) -> Self:
        """A number or less; with ``open``, less than it."""
        return cls(None, number, high_open=open)

    @property
    def value(self) -> Decimal | None:
        """The single number, without what rounding may have left behind its 25th digit, or None where the ends differ by more."""
        if self.low is None or self.high is None:
            return None
        if self.low == self.high:
            return self.low
        narrow = _UP.subtract(self.high, self.low) <= _DOWN.multiply(_NEGLIGIBLE, self.low.copy_abs())
        return _SURE.multiply(EXACT.add(self.low, self.high), Decimal("0.5")) if narrow else None

    def __contains__(self, number: Number) -> bool:
        value = to_decimal(number)
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def within(self, other: "Interval") -> bool:
        """Whether every number of this interval lies in the other."""
        return (_starts_no_later(other, self) and _starts_no_later(-other, -self)) or _equal_but_for_rounding(self, other)

    def apart_from(self, other: "Interval") -> bool:
        """Whether the two have no number in common."""
        return self < other or self > other

    def __lt__(self, other: "Interval") -> bool:
        """Whether every number here is below every number there."""
        if self.high is None or other.low is None:
            return False
        below = self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))
        return below and not _equal_but_for_rounding(self, other)

    def __gt__(self, other: "Interval") -> bool:
        return other < self

    def __le__(self, other: "Interval") -> bool:
        """Whether every number here is at most every number there."""
        return (self.high is not None and other.low is not None and self.high <= other.low) or _equal_but_for_rounding(self, other)

    def __ge__(self, other: "Interval") -> bool:
        return other <= self

    def __neg__(self) -> "Interval":
        low = None if self.high is None else self.high.copy_negate()
        high = None if self.low is None else self.low.copy_negate()
        return Interval(low, high, self.high_open, self.low_open)

    def __add__(self, other: "Interval") -> "Interval":
        low = None if self.low is None or other.low is None else _DOWN.add(self.low, other.low)
        high = None if self.high is None or other.high is None else _UP.add(self.high, other.high)
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        corners = [(a, b) for a in _ends(self) for b in _ends(other)]
        lows = [_product(a, b, _DOWN) for a, b in corners]
        highs = [_product(a, b, _UP) for a, b in corners]
        return _hull(lows, highs)

    def __truediv__(self, other: "Interval") -> "Interval":
        """Divide by an interval without zero inside.

        Raises:
            ZeroDivisionError: if the divisor may be zero.
        """
        if 0 in other:
            fault = f"the divisor {other} may be zero"
            raise ZeroDivisionError(fault)
        if other.high is not None and other.high <= 0:
            return -self / -other
        corners = [(a, b) for a in _ends(self) for b in _ends(other)]
        lows = [_quotient(a, b, _DOWN) for a, b in corners]
        highs = [_quotient(a, b, _UP) for a, b in corners]
        return _hull(lows, highs)

    def clipped(self, low: Decimal | None, high: Decimal | None) -> "Interval":
        """Both ends moved inside ``[low, high]``; None leaves that side open."""
        return Interval(_clip(self.low, low, high, toward="low"), _clip(self.high, low, high, toward="high"))

    def counted(self) -> "Interval":
        """The whole numbers inside: over 1550 people are 1551 or more. Where there is none, the interval as it is."""
        low, high = self.low, self.high
        if low is not None:
            whole = low.to_integral_value(ROUND_CEILING)
            low = EXACT.add(whole, Decimal(1)) if self.low_open and whole == low else whole
        if high is not None:
            whole = high.to_integral_value(ROUND_FLOOR)
            high = EXACT.subtract(whole, Decimal(1)) if self.high_open and whole == high else whole
        return self if low is not None and high is not None and low > high else Interval(low, high)

    def not_negative(self) -> "Interval":
        """The part from zero up: a count without a lower bound starts at 0. Where there is none, the interval as it is."""
        wholly_below = self.high is not None and (self.high < 0 or (self.high == 0 and self.high_open))
        if wholly_below or (self.low is not None and self.low >= 0):
            return self
        return Interval(0, self.high, low_open=False, high_open=self.high_open)

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            return "any number"
        if self.high is None:
            return f"{'more than' if self.low_open else 'at least'} {plain(self.low)}"
        if self.low is None:
            return f"{'less than' if self.high_open else 'at most'} {plain(self.high)}"
        if self.value is not None:
            return plain(self.value)
        return f"{'more than ' if self.low_open else ''}{plain(self.low)} to {'less than ' if self.high_open else ''}{plain(self.high)}"


def plain(number: Decimal | None) -> str:
    """A number without exponent, trailing zeros or rounding.

    Example:
        >>> plain(Decimal("1E+3")), plain(Decimal("1.060"))
        ('1000', '1.06')
    """
    if number is None:
        return ""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of all parts; of none, exactly 0."""
    result = Interval.exactly(0)
    for part in parts:
        result = result + part
    return result


def hull(parts: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all parts.

    Raises:
        ValueError: if there are none.
    """
    intervals = list(parts)
    lows, highs = zip(*(_ends(interval) for interval in intervals), strict=True)
    return _hull(list(lows), list(highs))


def _starts_no_later(outer: Interval, inner: Interval) -> bool:
    if outer.low is None:
        return True
    if inner.low is None:
        return False
    return outer.low < inner.low or (outer.low == inner.low and (inner.low_open or not outer.low_open))


def _equal_but_for_rounding(one: Interval, other: Interval) -> bool:
    """Whether both are single numbers that may be the same, one of them at least known to the 28th digit only."""
    if (one.low == one.high and other.low == other.high) or one.value is None or other.value is None:
        return False
    return not (_apart(one, other) or _apart(other, one))


def _apart(below: Interval, above: Interval) -> bool:
    return below.high is not None and above.low is not None and below.high < above.low


_INFINITY = Decimal("Infinity")


def _ends(interval: Interval) -> tuple[_End, _End]:
    low = -_INFINITY if interval.low is None else interval.low
    high = _INFINITY if interval.high is None else interval.high
    return (low, interval.low_open or low.is_infinite()), (high, interval.high_open or high.is_infinite())


def _product(a: _End, b: _End, context: Context) -> _End:
    zero_reached = (a[0] == 0 and not a[1]) or (b[0] == 0 and not b[1])
    if a[0] == 0 or b[0] == 0:
        return Decimal(0), not zero_reached
    return context.multiply(a[0], b[0]), a[1] or b[1]


def _quotient(a: _End, b: _End, context: Context) -> _End:
    if b[0] == 0:  # an open end at zero: the quotient grows without bound
        if a[0] == 0:
            return Decimal(0), a[1]
        return _INFINITY.copy_sign(a[0]), True
    if b[0].is_infinite():
        return Decimal(0), not (a[0] == 0 and not a[1])
    return context.divide(a[0], b[0]), (a[1] or b[1]) if a[0] != 0 else a[1]


def _hull(lows: list[_End], highs: list[_End]) -> Interval:
    low = min(value for value, _ in lows)
    high = max(value for value, _ in highs)
    low_open = all(is_open for value, is_open in lows if value == low)
    high_open = all(is_open for value, is_open in highs if value == high)
    if low == high:
        low_open = high_open = False
    return Interval(
        None if low.is_infinite() else low,
        None if high.is_infinite() else high,
        low_open and not low.is_infinite(),
        high_open and not high.is_infinite(),
    )


def _clip(end: Decimal | None, low: Decimal | None, high: Decimal | None, *, toward: Literal["low", "high"]) -> Decimal | None:
    if end is None:
        return low if toward == "low" else high
    if low is not None and end < low:
        return low
    if high is not None and end > high:
        return high
    return end
