"""What a number is: as printed, exact or bounded, in a unit, from a source, or missing for a reason."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Self

from attrs import evolve, field, frozen

from tocmodel.errors import FieldError
from tocmodel.figures.interval import Interval, plain, to_decimal
from tocmodel.figures.reading import read_number, read_threshold
from tocmodel.messages import message
from tocmodel.units import counts, factor, to_unit
from tocmodel.words import Word


class Missing(Word):
    """Why an input has no number. Reasons of results are a vocabulary of their own."""

    MISSING = "missing"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NOT_READABLE = "not_readable"
    SUPPRESSED = "suppressed"


@frozen
class Citation:
    """Where in a source something stands.

    Attributes:
        source: the id of the source.
        place: the page, section or cell.
        quote: the source's own words, where they matter.
    """

    source: str
    place: str = ""
    quote: str = ""

    @classmethod
    def read(cls, value: object) -> Self:
        """Read the id of a source, or a mapping with source, place and quote.

        Raises:
            FieldError: if it is neither.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            known = {"source", "place", "quote"}
            if value.get("source") is None or set(value) - known:
                said = message("not a citation: %(value)s", value=repr(dict(value)))
                raise FieldError(said, message("write the id of a source, or {source: …, place: …, quote: …}"))
            return cls(**{key: str(text) for key, text in value.items() if text is not None})
        return cls(str(value))

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else self.source


def _citation(value: object) -> Citation | None:
    return None if value is None else Citation.read(value)


def _unit(value: object) -> str | None:
    return None if value is None else to_unit(str(value))


def _missing(value: object) -> Missing | None:
    try:
        return None if value is None else Missing(str(value))
    except ValueError:
        said = message("no reason why a figure is missing: %(value)s", value=repr(str(value)))
        raise FieldError(said, message("known: %(names)s", names=tuple(word.value for word in Missing))) from None


_GAPS = {
    "": Missing.MISSING, "-": Missing.MISSING, "–": Missing.MISSING, "—": Missing.MISSING, "missing": Missing.MISSING,
    "n/a": Missing.MISSING, "na": Missing.MISSING, "n.a.": Missing.MISSING, "null": Missing.MISSING, "not available": Missing.MISSING,
    "not published": Missing.MISSING, "not reported": Missing.MISSING, "unknown": Missing.MISSING, "tbd": Missing.MISSING,
    "not applicable": Missing.NOT_APPLICABLE, "not due": Missing.NOT_DUE, "suppressed": Missing.SUPPRESSED, "*": Missing.SUPPRESSED,
}  # fmt: skip


@frozen
class Figure:
    """A number as a source gives it, with its bounds, unit and source, or why there is none.

    Attributes:
        printed: what was printed; kept for ever, also where it could not be read.
        bounds: the exact number or its bounds; None if missing or in words.
        unit: the registry's name of the unit; None where the indicator's unit holds.
        source: where it stands.
        missing: why there is no number; None if there is one.
        words: whether it is a result in words, which no arithmetic touches.

    Example:
        >>> club_children = Figure.read("over 1550", unit="person")
        >>> club_children.bounds
        Interval(low=Decimal('1550'), high=None, low_open=True, high_open=False)
        >>> print(club_children.counted().bounds)
        at least 1551
        >>> Figure.read("N/A").missing
        <Missing.MISSING: 'missing'>
    """

    printed: str = ""
    bounds: Interval | None = None
    unit: str | None = field(default=None, converter=_unit)
    source: Citation | None = field(default=None, converter=_citation)
    missing: Missing | None = field(default=None, converter=_missing)
    words: bool = False

    @classmethod
    def read(cls, value: object, *, unit: str | None = None, source: object = None, threshold: bool = False) -> "Figure":
        """Read a number or text as printed; nothing is guessed and nothing is lost.

        Args:
            value: a number (a float is taken as it prints), text such as "over 1550", "at least 40 schools" or "12 %", an
                interval, or None for missing.
            unit: the unit, if it is not the indicator's.
            source: the id of a source, or a citation.
            threshold: read as a target, where "at least N" and "N+" state the threshold N.

        Returns:
            The figure. Text that cannot be read gives a missing figure with the reason ``not_readable``; `not_readable`
            says what was expected.

        Raises:
            FieldError: if the value is a float that is no number, bytes or a collection.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, Interval):
            return cls(str(value), value, unit, source)
        if value is None:
            return cls("", None, unit, source, Missing.MISSING)
        if isinstance(value, bytes | list | tuple | set | Mapping):
            said = message("not a figure: %(value)s", value=repr(value))
            raise FieldError(said, message("one figure for one number"))
        text = plain(to_decimal(value)) if isinstance(value, Decimal | float) else str(value).strip()
        figure = _printed(text, threshold=threshold)
        if unit is None and source is None:
            return figure
        return cls(text, figure.bounds, unit or figure.unit, source, figure.missing)

    @classmethod
    def in_words(cls, text: str, *, source: object = None) -> Self:
        """A result that was stated in words."""
        return cls(text, None, None, source, None, words=True)

    @classmethod
    def gap(cls, reason: Missing | str = Missing.MISSING, *, unit: str | None = None) -> Self:
        """A figure that is not there, with the reason."""
        return cls("", None, unit, None, reason)

    @property
    def value(self) -> Decimal | None:
        """The exact number; None if there is none or only bounds are known."""
        return None if self.bounds is None else self.bounds.value

    @property
    def not_readable(self) -> str:
        """What was expected where the printed text could not be read; empty if all is well."""
        if self.missing is not Missing.NOT_READABLE:
            return ""
        try:
            read_number(self.printed)
        except FieldError as fault:
            return message("%(fault)s (%(hint)s)", fault=fault.message, hint=fault.hint) if fault.hint else fault.message
        return message("not readable: %(printed)s", printed=repr(self.printed))

    def counted(self) -> Self:
        """The figure as a count: whole and not negative, where its unit is counted ("over 1550 people" are at least 1551).

        What is no count, such as -5 or 1.5 people, stays as it is: wrong data is a finding of a check.
        """
        if self.bounds is None or not counts(self.unit):
            return self
        counted = self.bounds.counted()
        if counted.high is None or counted.high >= 0:  # a correction may be below zero
            counted = counted.not_negative()
        return self if counted == self.bounds else evolve(self, bounds=counted)

    def into(self, unit: str) -> Self:
        """The figure in another unit; one without a unit takes it as its own. What was printed holds for the old unit only.

        Raises:
            UnitMismatchError: if the two units measure different things.
            UnknownUnitError: if the registry does not define the unit.
        """
        if self.unit == unit:
            return self
        times = Fraction(1) if self.unit is None else factor(self.unit, unit)
        if self.bounds is None or times == 1:
            return evolve(self, unit=unit)
        # multiplied before it is divided, so that 90 minutes are exactly 1.5 hours
        bounds = self.bounds * Interval.exactly(times.numerator) / Interval.exactly(times.denominator)
        return evolve(self, printed="", bounds=bounds, unit=unit)

    def plain(self, *, threshold: bool = False) -> object:
        """The figure as it stands in a file: the printed text, or a mapping where it says more.

        `figure_from_plain` is the way back.

        Args:
            threshold: whether it will be read as a target.
        """
        detail: dict[str, object] = {}
        if self.words:
            detail["words"] = self.printed
        elif self != type(self).read(self.printed, unit=self.unit, source=self.source, threshold=threshold):
            detail["bounds"] = None if self.bounds is None else interval_plain(self.bounds)
            if self.missing is not None:
                detail["missing"] = self.missing.value
        if self.unit is not None:
            detail["unit"] = self.unit
        if self.source is not None:
            detail["source"] = {"source": self.source.source, "place": self.source.place, "quote": self.source.quote}
        if not detail:
            return self.printed
        printed = {} if self.words else {"printed": self.printed}
        return printed | {key: value for key, value in detail.items() if value is not None}

    def __str__(self) -> str:
        if self.words:
            return self.printed
        if self.bounds is None:
            return "" if self.missing is None else self.missing.value.replace("_", " ")
        return str(self.bounds)


@lru_cache(maxsize=4096)
def _printed(text: str, *, threshold: bool) -> Figure:
    gap = _GAPS.get(text.lower())
    if gap is not None:
        return Figure(text, missing=gap)
    try:
        reading = read_threshold(text) if threshold else read_number(text)
    except FieldError:
        return Figure(text, missing=Missing.NOT_READABLE)
    return Figure(text, reading.bounds, reading.unit)


def interval_plain(interval: Interval) -> dict[str, object]:
    """An interval as it stands in a file: its ends, and which of them are excluded."""
    ends: dict[str, object] = {}
    if interval.low is not None:
        ends["more_than" if interval.low_open else "from"] = plain(interval.low)
    if interval.high is not None:
        ends["less_than" if interval.high_open else "to"] = plain(interval.high)
    return ends


def interval_from_plain(value: Mapping[str, object]) -> Interval:
    """The way back from `interval_plain`.

    Raises:
        FieldError: if a key is none of the four, or an end is no number.
    """
    known = {"from", "more_than", "to", "less_than"}
    if set(value) - known or {"from", "more_than"} <= set(value) or {"to", "less_than"} <= set(value):
        said = message("not the bounds of a figure: %(value)s", value=repr(dict(value)))
        raise FieldError(said, message("write from or more_than, to or less_than"))
    return Interval(
        value.get("from", value.get("more_than")),
        value.get("to", value.get("less_than")),
        low_open="more_than" in value,
        high_open="less_than" in value,
    )


def figure_from_plain(value: object, *, threshold: bool = False) -> Figure:
    """Read a figure as it stands in a file: printed text, a number, or a mapping.

    Raises:
        FieldError: if it is a list, or a mapping with a key that a figure does not have.
    """
    if not isinstance(value, Mapping):
        return Figure.read(value, threshold=threshold)
    known = {"printed", "words", "bounds", "unit", "source", "missing"}
    unknown = sorted(set(value) - known)
    if unknown:
        said = message("a figure has no %(unknown)s", unknown=repr(unknown[0]))
        raise FieldError(said, message("known: %(names)s", names=tuple(sorted(known))))
    if value.get("words") is not None:
        return Figure.in_words(str(value["words"]), source=value.get("source"))
    printed, unit = value.get("printed"), value.get("unit")
    figure = Figure.read(printed, unit=None if unit is None else str(unit), source=value.get("source"), threshold=threshold)
    bounds = value.get("bounds")
    if isinstance(bounds, Mapping):
        return evolve(figure, bounds=interval_from_plain(bounds), missing=None)
    if bounds is not None:
        said = message("not the bounds of a figure: %(bounds)s", bounds=repr(bounds))
        raise FieldError(said, message("write from or more_than, to or less_than; text such as 'between 5 and 7' is what was printed"))
    if "missing" in value:
        return evolve(figure, bounds=None, missing=value["missing"], unit=unit)  # what is missing is in no unit by its print
    return figure
