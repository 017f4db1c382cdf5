"""Numbers for people: rounding happens here and nowhere else."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from tocmodel.figures.figure import Figure
from tocmodel.figures.interval import EXACT, Interval, Number, plain, to_decimal


class Rounding(StrEnum):
    """How a number is rounded for display."""

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"
    FLOOR = "floor"
    CEILING = "ceiling"


_MODES = {
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.FLOOR: ROUND_FLOOR,
    Rounding.CEILING: ROUND_CEILING,
}


def rounded(value: Number, digits: int = 0, mode: Rounding | str = Rounding.HALF_EVEN) -> str:
    """A number with this many decimals, as text.

    Args:
        value: the number.
        digits: decimals to show.
        mode: half away from zero, half to even, down, or up.

    Example:
        >>> rounded("0.875", 2), rounded("2.5", 0, "half_up"), rounded("77.55", 0, "floor")
        ('0.88', '3', '77')
    """
    return f"{to_decimal(value).quantize(Decimal((0, (1,), -digits)), _MODES[Rounding(mode)], EXACT):f}"


def percent(share: Interval, digits: int = 1, mode: Rounding | str = Rounding.HALF_EVEN) -> str:
    """A share as a percentage. A lower bound is rounded down and an upper bound up, so that neither claims too much.

    Only what is 100 % reads so: 99.96 % is shown as 99.9 %, 100.04 % as 100.1 %, however it is rounded otherwise.

    Args:
        share: the share, 1 for 100 %.
        digits: decimals to show.
        mode: how an exact share is rounded; bounds are always rounded away from what is known.

    Example:
        >>> percent(Interval.exactly("0.6")), percent(Interval.at_least("0.87724"))
        ('60 %', 'at least 87.7 %')
    """
    if share.value is not None:
        text = _percentage(share.value, digits, Rounding(mode))
        if text == "100" and share.value != 1:
            text = _percentage(share.value, digits, Rounding.FLOOR if share.value < 1 else Rounding.CEILING)
        return f"{text} %"
    low = None if share.low is None else _percentage(share.low, digits, Rounding.FLOOR)
    high = None if share.high is None else _percentage(share.high, digits, Rounding.CEILING)
    if low is not None and high is not None:
        return f"{low} to {high} %"
    if low is not None:
        return f"at least {low} %"
    return "not known" if high is None else f"at most {high} %"


def _percentage(share: Decimal, digits: int, mode: Rounding) -> str:
    return grouped(Decimal(rounded(EXACT.multiply(share, Decimal(100)), digits, mode)))


def grouped(number: Decimal) -> str:
    """A number with thousands commas and without trailing zeros.

    Example:
        >>> grouped(Decimal("13330")), grouped(Decimal("2.50"))
        ('13,330', '2.5')
    """
    return f"{Decimal(plain(number)):,f}"


def shown(figure: Figure | None) -> str:
    """A figure for people: bounds as their source prints them, exact numbers with thousands commas.

    Example:
        >>> shown(Figure.read("over 1550")), shown(Figure.read("13330")), shown(Figure.gap())
        ('over 1550', '13,330', 'missing')
    """
    if figure is None:
        return ""
    if figure.bounds is None or figure.words:
        return str(figure)
    if figure.value is not None:
        return grouped(figure.value)
    return figure.printed or str(figure.bounds)
