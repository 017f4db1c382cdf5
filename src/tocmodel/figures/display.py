"""Numbers for people: rounding happens here and nowhere else."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import partial, reduce
from typing import Protocol

from tocmodel.errors import FieldError
from tocmodel.figures.figure import Figure
from tocmodel.figures.interval import EXACT, Interval, Number, plain, to_decimal
from tocmodel.figures.reading import in_english, read_number
from tocmodel.messages import Worded, message, messages
from tocmodel.words import Word


class Rounding(Word):
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


class Wording(Protocol):
    """A language in which numbers are written: it says them, and rounds nothing."""

    @property
    def english(self) -> bool:
        """Whether it is that of most sources, so that bounds stand as they were printed."""
        ...

    def gettext(self, text: str, /, **values: object) -> str:
        """A message in the language, with its values put in as in ``text % values``."""
        ...

    def ngettext(self, one: str, several: str, number: int, /, **values: object) -> str:
        """The form of a message that belongs to a number, which stands in it as ``%(num)s``."""
        ...

    def said(self, sentence: str, /) -> str:
        """A sentence that somebody else made, such as the message of a finding."""
        ...

    def label(self, word: str, /) -> str:
        """A fixed word of the model, such as a reason why there is no number."""
        ...

    def number(self, number: Decimal, /) -> str:
        """A number with the language's signs, all of its digits kept."""
        ...


class _English:
    """English, of which every sentence and number can be said again in another language."""

    english = True

    def gettext(self, text: str, /, **values: object) -> str:
        return message(text, **values)

    def ngettext(self, one: str, several: str, number: int, /, **values: object) -> str:
        return messages(one, several, number, **values)

    def said(self, sentence: str, /) -> str:
        return sentence

    def label(self, word: str, /) -> str:
        return Worded(word.replace("_", " "), partial(_label, word))

    def number(self, number: Decimal, /) -> str:
        return Worded(grouped(number), partial(_number, number))


def _label(word: str, wording: Wording) -> str:
    return wording.label(word)


def _number(number: Decimal, wording: Wording) -> str:
    return wording.number(number)


ENGLISH: Wording = _English()
"""How numbers are written where no other language is asked for."""


def apart(parts: Sequence[str], wording: Wording = ENGLISH) -> str:
    """Parts of a sentence, each apart from the next by more than a comma.

    Example:
        >>> apart(["one, two", "three"])
        'one, two; three'
    """
    return reduce(lambda before, part: wording.gettext("%(before)s; %(part)s", before=before, part=part), parts) if parts else ""


def percent(share: Interval, digits: int = 1, mode: Rounding | str = Rounding.HALF_EVEN, *, wording: Wording = ENGLISH) -> str:
    """A share as a percentage. A lower bound is rounded down and an upper bound up, so that neither claims too much.

    Only what is 100 % reads so: 99.96 % is shown as 99.9 %, 100.04 % as 100.1 %, however it is rounded otherwise.

    Args:
        share: the share, 1 for 100 %.
        digits: decimals to show.
        mode: how an exact share is rounded; bounds are always rounded away from what is known.
        wording: the language.

    Example:
        >>> percent(Interval.exactly("0.6")), percent(Interval.at_least("0.87724"))
        ('60 %', 'at least 87.7 %')
    """

    def said(end: Decimal, rounding: Rounding) -> str:
        return wording.number(_percentage(end, digits, rounding))

    if share.value is not None:
        rounding = Rounding(mode)
        if share.value != 1 and _percentage(share.value, digits, rounding) == 100:
            rounding = Rounding.FLOOR if share.value < 1 else Rounding.CEILING
        return wording.gettext("%(number)s %%", number=said(share.value, rounding))
    low = None if share.low is None else said(share.low, Rounding.FLOOR)
    high = None if share.high is None else said(share.high, Rounding.CEILING)
    if low is not None and high is not None:
        return wording.gettext("%(low)s to %(high)s %%", low=low, high=high)
    if low is not None:
        return wording.gettext("at least %(number)s %%", number=low)
    return wording.gettext("not known") if high is None else wording.gettext("at most %(number)s %%", number=high)


def _percentage(share: Decimal, digits: int, mode: Rounding) -> Decimal:
    return Decimal(rounded(EXACT.multiply(share, Decimal(100)), digits, mode))


def grouped(number: Decimal) -> str:
    """A number with thousands commas and without trailing zeros.

    Example:
        >>> grouped(Decimal("13330")), grouped(Decimal("2.50"))
        ('13,330', '2.5')
    """
    return f"{Decimal(plain(number)):,f}"


def shown(figure: Figure | None, wording: Wording = ENGLISH) -> str:
    """A figure for people: bounds as their source prints them in English, exact numbers with thousands commas.

    In another language than English, bounds are told in its words; results in words stay as they were stated.

    Example:
        >>> shown(Figure.read("over 1550")), shown(Figure.read("13330")), shown(Figure.gap())
        ('over 1550', '13,330', 'missing')
    """
    if figure is None:
        return ""
    if figure.words:
        return figure.printed
    if figure.bounds is None:
        return "" if figure.missing is None else wording.label(figure.missing)
    if figure.value is not None:
        return wording.number(figure.value)
    if wording.english and figure.printed and in_english(figure.printed):
        return Worded(figure.printed, partial(shown, figure))
    return _between(_as_printed(figure, figure.bounds), wording)


_SIGNED = ("%", "‰", "percent", "per cent", "per mille")


def signed(figure: Figure | None, wording: Wording = ENGLISH) -> str:
    """A figure for people with the sign of its unit, where the unit has one and the figure does not carry it already.

    Example:
        >>> signed(Figure.read("85 %")), signed(Figure.read("over 85", unit="percent")), signed(Figure.read("85", unit="person"))
        ('85 %', 'over 85 %', '85')
    """
    said = shown(figure, wording)
    if figure is None or figure.bounds is None or any(sign in said for sign in _SIGNED):
        return said
    if figure.unit == "percent":
        return wording.gettext("%(number)s %%", number=said)
    return wording.gettext("%(number)s ‰", number=said) if figure.unit == "per_mille" else said


def _as_printed(figure: Figure, bounds: Interval) -> Interval:
    """The bounds that were printed, where they say the same: "over 1550" people, and not "at least 1551"."""
    try:
        printed = read_number(figure.printed).bounds
    except FieldError:
        return bounds
    return printed if bounds in (printed.counted(), printed.counted().not_negative()) else bounds


def _between(bounds: Interval, wording: Wording) -> str:
    low = "" if bounds.low is None else wording.number(bounds.low)
    high = "" if bounds.high is None else wording.number(bounds.high)
    if low and high:
        if bounds.low_open and bounds.high_open:
            return wording.gettext("more than %(low)s and less than %(high)s", low=low, high=high)
        if bounds.low_open:
            return wording.gettext("more than %(low)s, up to %(high)s", low=low, high=high)
        if bounds.high_open:
            return wording.gettext("%(low)s to less than %(high)s", low=low, high=high)
        return wording.gettext("%(low)s to %(high)s", low=low, high=high)
    if low:
        return (
            wording.gettext("more than %(number)s", number=low) if bounds.low_open else wording.gettext("at least %(number)s", number=low)
        )
    if high:
        return (
            wording.gettext("less than %(number)s", number=high) if bounds.high_open else wording.gettext("at most %(number)s", number=high)
        )
    return wording.gettext("any number")
