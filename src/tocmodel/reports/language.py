"""The language of a report: its own words from message files, numbers and dates as its readers write them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from html import escape
from importlib.util import find_spec
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from attrs import field, frozen

from tocmodel.errors import MissingExtraError, UnknownLanguageError, UnreadableCatalogueError
from tocmodel.figures import Figure, Interval, Number, plain, to_decimal
from tocmodel.figures.display import Rounding, percent, signed
from tocmodel.messages import All, Message, Term, Worded
from tocmodel.model import Text
from tocmodel.model.naming import LEFT_OUT, NOT_NAMED
from tocmodel.periods import Period
from tocmodel.reports.labels import labels

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages import Catalog, Message as Entry
    from markupsafe import Markup

Folder: TypeAlias = str | PathLike[str]
_Id: TypeAlias = tuple[str, str]  # context and text of a message, the singular where it has a plural

_FILE = "tocmodel.po"
_SHIPPED = Path(__file__).parent / "locale"
_ENGLISH = "en"
_INTERNATIONAL = "en_001"
_TRIED = 200  # numbers for which a rule of plurals is tried
_DIGITS = 2100  # more than the longest number that a figure can hold, so that nothing is rounded
_NO_MESSAGES = "not a file of gettext messages (.po)"
_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_PLACE = re.compile(r"%(?:\((\w+)\)s|%|)|\{(\w+)\}")
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that are written from the right, and signs that turn the direction of others."""
_INSTEAD = frozenset({LEFT_OUT, NOT_NAMED})
"""What publishing puts in the place of texts of the model."""
_SILENT = r"(?:<[^>]*>|[^\w<])*h?"  # markup, marks and the h that nobody hears
_SOUNDS_I = re.compile(rf"{_SILENT}[ií](?![aeo])", re.IGNORECASE)
_SOUNDS_O = re.compile(rf"{_SILENT}(?:[oó]|8|11(?!\d))", re.IGNORECASE)


class Foreign(str):
    """A text in another language than the report's, or with signs that are written the other way: in HTML it says its language and keeps its direction to itself."""

    __slots__ = ("lang",)

    lang: str

    def __new__(cls, text: str, lang: str) -> Self:
        """A text with the tag of its language."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made

    def __html__(self) -> str:
        return f'<span lang="{escape(self.lang)}" dir="auto">{escape(str(self))}</span>'


@frozen(eq=False)
class Language:
    """A language in which a report speaks. It translates and writes; it rounds nothing and decides nothing.

    Messages are plain text with ``%(name)s`` in it. A message that has no translation stands in English.

    Attributes:
        code: its IETF tag, such as ``fr`` or ``es-MX``.
        locale: how its readers write numbers and dates.
        translations: its messages.
        translated: which messages it has, by context and text.
        texts: the language of the model's texts that do not say theirs.

    Example:
        >>> french = find_language("fr")
        >>> print(french.figure(Figure.read("over 1550")), french.percent(Interval.at_least("0.87")), sep="; ")
        plus de 1 550; au moins 87 %
        >>> french.day(date(2021, 9, 30))
        '30 septembre 2021'
    """

    code: str
    locale: "Locale" = field(repr=False)
    translations: NullTranslations = field(repr=False)
    translated: frozenset[_Id] = field(repr=False)
    texts: str = _ENGLISH

    @property
    def gaps(self) -> tuple[str, ...]:
        """The messages without a usable translation; they stand in English."""
        if self.english:
            return ()
        return tuple(text for context, text in _all_messages() if (context, text) not in self.translated)

    @property
    def tells(self) -> bool:
        """Whether all that stories say is translated: a story is told in one language, and not half in another."""
        return self.english or _story_messages() <= self.translated

    @property
    def right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return self.locale.text_direction == "rtl"

    @property
    def english(self) -> bool:
        """Whether it is English, in which bounds stand as their source prints them."""
        return _primary(self.code) == _ENGLISH

    def gettext(self, text: str, **values: object) -> str:
        """A message of the report, with its values put in as in ``text % values``."""
        return self.translations.gettext(text) % values

    def ngettext(self, one: str, several: str, number: int, **values: object) -> str:
        """The form of a message that belongs to a number, which stands in it as ``%(num)s``."""
        return self.translations.ngettext(one, several, number) % {"num": self.number(number), **values}

    def message(self, text: str, **values: object) -> str:
        """A message in markup: its translation is text, and so are its values unless they are markup themselves.

        One that stands in English for want of a translation says so; an attribute takes it without that: ``| striptags``.
        """
        return self._in_markup(text, self.translations.gettext(text)) % values

    def messages(self, one: str, several: str, number: int, **values: object) -> str:
        """The form of a message that belongs to a number, in markup as `message`."""
        return self._in_markup(one, self.translations.ngettext(one, several, number)) % {"num": self.number(number), **values}

    def _in_markup(self, text: str, said: str) -> "Markup":
        from markupsafe import escape

        return escape(said if self.english or ("", text) in self.translated else Foreign(said, _ENGLISH))

    def label(self, word: str) -> str:
        """What a fixed word of the model is called."""
        return self.labels.get(word, word.replace("_", " "))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The fixed words of the model, and what they are called."""
        return labels(self.gettext)

    def text(self, text: Text | str) -> str:
        """A text of the model, in the language where the model has it; otherwise as it is, marked with its own."""
        if str(text) in _INSTEAD:
            return self.label(str(text))
        if isinstance(text, str):
            return self.marked(text, self.texts)
        entries = {(tag or self.texts).lower(): (tag or self.texts, words) for tag, words in reversed(text.entries)}
        for tag in (self.code, _primary(self.code)):
            if tag.lower() in entries:
                return self.marked(entries[tag.lower()][1], tag)
        tag, words = text.entries[0] if text else ("", "")
        return self.marked(words, tag or self.texts)

    def said(self, sentence: str) -> str:
        """A sentence that other modules made: in the language where it is translated, otherwise in English and marked so."""
        return self._said(sentence, str)

    def said_in_markup(self, sentence: str) -> str:
        """The same in markup, in which each text in another language is marked with its own."""
        from markupsafe import escape

        return escape(self._said(sentence, escape))

    def _said(self, sentence: str, form: Callable[[str], str]) -> str:
        if isinstance(sentence, Worded):
            return sentence.again(wording=self)
        made = sentence if isinstance(sentence, Message) else Message(sentence)
        if self.english or ("", made.text) not in self.translated:
            return self.marked(sentence, _ENGLISH)
        if made.plural:
            text = self.translations.ngettext(made.text, made.plural, made.number)
            return form(text) % {"num": self.number(made.number), **self._values(made, form)}
        return form(self.translations.gettext(made.text)) % self._values(made, form)

    def _values(self, made: Message, form: Callable[[str], str]) -> dict[str, str]:
        return {name: self._value(value, form) for name, value in made.values.items()}

    def _value(self, value: object, form: Callable[[str], str]) -> str:
        """What stands in a message, as the language has it; what is no text of the model and no fixed word stands as it is."""
        match value:
            case All():
                return self.listed([self._value(item, form) for item in value])
            case tuple():
                return form(", ").join(self._value(item, form) for item in value)
            case Message() | Worded():
                return self._said(value, form)
            case Term() | StrEnum():
                return self.label(value)
            case Text():
                return self.text(value)
            case Period():
                return self.period(value)
            case date():
                return self.day(value)
            case int() | Decimal():
                return self.number(value)
            case _:
                return str(value)

    def marked(self, text: str, lang: str) -> str:
        """A text in this language, marked with it where it is another one than the report's, or holds signs that are written the other way."""
        alike = _primary(lang) == _primary(self.code) and (self.right_to_left or not _FROM_THE_RIGHT.search(text))
        return text if not text or alike else Foreign(text, lang)

    def number(self, number: Number) -> str:
        """A number with all of its digits, and a minus sign where it is below zero."""
        from babel.numbers import format_decimal

        with localcontext(prec=_DIGITS):
            said = format_decimal(Decimal(plain(to_decimal(number))), locale=self.locale, decimal_quantization=False)
        return said.replace("-", "−")

    def figure(self, figure: Figure | None) -> str:
        """A figure: exact, its bounds, or why there is none, with the sign of its unit; what was stated in words stays as it was."""
        return signed(figure, self)

    def percent(self, share: Interval, digits: int = 1, rounding: Rounding = Rounding.HALF_EVEN) -> str:
        """A share as a percentage that never claims too much."""
        return percent(share, digits, rounding, wording=self)

    def day(self, day: date, *, short: bool = False) -> str:
        """A civil date, with the month in words."""
        from babel.dates import format_date

        return self._first(format_date(day, "medium" if short else "long", self.locale))

    def period(self, period: Period) -> str:
        """A stretch of time, as short as it can be said: a year, a month, months, or its days."""
        from babel.dates import format_interval, format_skeleton

        if period.start == period.end:
            return self.day(period.start, short=True)
        if Period.read(f"{period.start:%Y}") == period:
            return format_skeleton("y", period.start, locale=self.locale)
        if Period.read(f"{period.start:%Y-%m}") == period:
            return format_skeleton("yMMM", period.start, locale=self.locale)
        whole_months = Period.read(f"{period.start:%Y-%m}/{period.end:%Y-%m}") == period
        return self._first(format_interval(period.start, period.end, "yMMM" if whole_months else "yMMMd", locale=self.locale))

    def _first(self, said: str) -> str:
        """A date in which the first of a month is an ordinal where the language has it so, which the locale data leave out."""
        return re.sub(r"(?<!\d)1(?=\s[a-zéû])", "1er", said) if _primary(self.code) == "fr" else said

    def listed(self, items: Sequence[str]) -> str:
        """Several things in one sentence, joined by the language's “and”; markup where they are."""
        from babel.lists import format_list

        joined = self._joint("y", "e", _SOUNDS_I, format_list(list(items), locale=self.locale), items)
        markup = all(hasattr(item, "__html__") and not isinstance(item, Foreign) for item in items)
        return type(items[0])(joined) if items and markup else joined

    def either(self, items: Sequence[str]) -> str:
        """Several things of which any one is meant, joined by the language's “or”."""
        from babel.lists import format_list

        return self._joint("o", "u", _SOUNDS_O, format_list(list(items), style="or", locale=self.locale), items)

    def _joint(self, usual: str, other: str, sound: re.Pattern[str], joined: str, items: Sequence[str]) -> str:
        """A list of things, with the Spanish “and” or “or” as the sound asks that the last begins with, which babel leaves out."""
        if _primary(self.code) != "es" or len(items) < 2 or not sound.match(items[-1]):
            return joined
        return f"{joined.removesuffix(f' {usual} {items[-1]}')} {other} {items[-1]}"


def find_language(code: str = _ENGLISH, *, catalogues: Folder | None = None) -> Language:
    """The language with this tag.

    A regional one takes what it does not have itself from its language: ``es-MX`` from ``es``.

    Args:
        code: an IETF tag, such as ``fr``, ``sw`` or ``pt-BR``.
        catalogues: a folder with message files of your own, ``LANGUAGE/LC_MESSAGES/tocmodel.po``; what they do not have is
            taken from those of tocmodel.

    Raises:
        UnknownLanguageError: if there is no message file for it; the message lists what there is.
        UnreadableCatalogueError: if its message file cannot be read, or there is no folder of that name.
        MissingExtraError: if babel is not installed.
    """
    if find_spec("babel") is None:
        raise MissingExtraError("babel", "report")
    parts = re.split(r"[-_]", code) if _TAG.fullmatch(code) else [""]
    names = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    files = [file for name in names for folder in _folders(catalogues) for file in _files(folder) if _name(file).lower() == name.lower()]
    if not files and names[-1].lower() != _ENGLISH:
        raise UnknownLanguageError(code, languages(catalogues=catalogues))
    translations, translated = _translations(tuple((file, file.stat().st_mtime_ns) for file in files))
    return Language("-".join(parts), _locale(names), translations, translated)


def languages(*, catalogues: Folder | None = None) -> tuple[str, ...]:
    """The tags of the languages that there are message files for, and English.

    Example:
        >>> languages()
        ('en', 'es', 'fr')
    """
    names = {_name(file) for folder in _folders(catalogues) for file in _files(folder)}
    return tuple(sorted({_ENGLISH, *(name.replace("_", "-") for name in names)}))


@cache
def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag)[0].lower()


def _folders(catalogues: Folder | None) -> list[Path]:
    if catalogues is None:
        return [_SHIPPED]
    if not Path(catalogues).is_dir():
        raise UnreadableCatalogueError(str(catalogues), "there is no such folder (it holds TAG/LC_MESSAGES/tocmodel.po)")
    return [Path(catalogues), _SHIPPED]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*/LC_MESSAGES/{_FILE}"))


def _name(file: Path) -> str:
    return file.parent.parent.name


def _locale(names: Sequence[str]) -> "Locale":
    """How numbers and dates are written; as in international English where nobody has described the language yet."""
    from babel import Locale, UnknownLocaleError

    for name in [_INTERNATIONAL] if names[0].lower() == _ENGLISH else names:
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_INTERNATIONAL)


@lru_cache(maxsize=32)
def _translations(files: tuple[tuple[Path, int], ...]) -> tuple[NullTranslations, frozenset[_Id]]:
    """The messages of several files, of which each falls back on the next; a file that changed is read again."""
    from babel.messages.mofile import write_mo

    chain = NullTranslations()
    translated: set[_Id] = set()
    for file, _ in reversed(files):
        catalogue = _read(file)
        for message in list(catalogue):
            if message.id and not _usable(message):
                catalogue.delete(message.id, message.context)
        translated.update(_id(message) for message in catalogue if message.id)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        try:
            translations = GNUTranslations(compiled)
            for number in range(_TRIED):
                translations.ngettext(_FILE, _FILE, number)
        except (ValueError, ArithmeticError, RecursionError) as fault:
            raise UnreadableCatalogueError(str(file), f"{_NO_MESSAGES}: Plural-Forms: {fault}") from None
        translations.add_fallback(chain)
        chain = translations
    return chain, frozenset(translated)


@lru_cache(maxsize=1)
def _all_messages() -> tuple[_Id, ...]:
    return tuple(_id(message) for message in _read(_SHIPPED / "tocmodel.pot") if message.id)


@lru_cache(maxsize=1)
def _story_messages() -> frozenset[_Id]:
    template = _read(_SHIPPED / "tocmodel.pot")
    return frozenset(_id(message) for message in template if any(place.startswith("stories/") for place, _ in message.locations))


def _read(file: Path) -> "Catalog":
    from babel.messages.pofile import PoFileError, read_po

    try:
        with file.open("rb") as lines:
            return read_po(lines, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, OSError) as fault:
        raise UnreadableCatalogueError(str(file), f"{_NO_MESSAGES}: {fault}") from None


def _id(message: "Entry") -> _Id:
    return message.context or "", _forms(message.id)[0]


def _forms(text: object) -> list[str]:
    """The one form of a message, or its singular and its plurals; nothing where it is not translated."""
    return [text] if isinstance(text, str) else [str(form) for form in text] if isinstance(text, list | tuple) else [""]


def _usable(message: "Entry") -> bool:
    """Whether a message is translated, and its translation holds the same values as the message, and nothing else that looks like one."""
    translated = _forms(message.string)
    if message.fuzzy or not all(translated):
        return False
    asked = [_places(text) for text in _forms(message.id)]
    needed = set.intersection(*asked) - {"num"}
    return all(needed <= _places(text) <= set.union(*asked) for text in translated)


def _places(text: str) -> set[str]:
    """The names of the values that a message takes, of the page's script among them; a lone % is a place without a name."""
    return {found[1] or found[2] or "" for found in _PLACE.finditer(text) if found[0] != "%%"}
