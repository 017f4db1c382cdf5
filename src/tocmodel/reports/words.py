"""The report's own words, numbers and dates: English and ISO dates, unless a language takes their place."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from gettext import NullTranslations

from attrs import field, frozen

from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import Rounding, grouped, percent, shown
from tocmodel.figures.interval import Number, to_decimal
from tocmodel.measurement.tracking import in_short
from tocmodel.model.record import Text
from tocmodel.periods import Period
from tocmodel.reports.labels import labels


@frozen
class Words:
    """How the report speaks. Messages are whole sentences or labels with ``%(name)s`` in them; a language translates them.

    Attributes:
        language: the tag of the language, as HTML wants it.
        translations: the messages in that language.

    Example:
        >>> Words().gettext("First %(shown)s of %(all)s.", shown=20, all=35)
        'First 20 of 35.'
        >>> Words().ngettext("%(num)s link", "%(num)s links", 1)
        '1 link'
    """

    language: str = "en"
    translations: NullTranslations = field(factory=NullTranslations)

    def gettext(self, message: str, **values: object) -> str:
        """A message in the language, with its values."""
        return self.translations.gettext(message) % values

    def ngettext(self, one: str, several: str, number: int, **values: object) -> str:
        """The form of a message that belongs to a number, which stands in it as ``%(num)s``."""
        return self.translations.ngettext(one, several, number) % {"num": self.number(number), **values}

    def text(self, text: Text | str) -> str:
        """A text of the model, in the language where the model has it."""
        return text.in_language(self.language) if isinstance(text, Text) else text

    def number(self, number: Number) -> str:
        """A number of the report's own, such as a count."""
        return grouped(to_decimal(number))

    def figure(self, figure: Figure) -> str:
        """A figure as its source prints it, or why it is missing."""
        return shown(figure) if figure.missing is None else self.label(figure.missing)

    def label(self, word: str) -> str:
        """What a fixed word of the model is called."""
        return self._labels.get(word, word.replace("_", " "))

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return labels(self.gettext)

    def percent(self, share: Interval, digits: int = 1, rounding: Rounding = Rounding.HALF_EVEN) -> str:
        """A share as a percentage that never claims too much."""
        return percent(share, digits, rounding)

    def day(self, day: date) -> str:
        """A civil date."""
        return str(day)

    def period(self, period: Period) -> str:
        """A stretch of time, as short as it can be said."""
        return in_short(period)
