"""Titles and texts, in one language or several."""

from collections.abc import Mapping
from typing import Self

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message


def _sorted(value: "Mapping[str, str] | tuple[tuple[str, str], ...]") -> tuple[tuple[str, str], ...]:
    if not value:
        return ()
    pairs = value.items() if isinstance(value, Mapping) else value
    return tuple(sorted((_whole(language), _whole(text)) for language, text in pairs if str(text)))


def _whole(value: object) -> str:
    text = str(value)
    if not is_whole(text):
        said = message("half of a surrogate pair, which is no text: %(text)s", text=ascii(text))
        raise FieldError(said, message("write the sign itself, or both halves"))
    return text


def is_whole(text: str) -> bool:
    """Whether a file can hold a text: it has no half of a surrogate pair."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _one(value: object) -> str:
    if isinstance(value, Mapping | list | tuple):
        said = message("not a text: %(value)s", value=repr(value))
        raise FieldError(said, message("write one text, or {en: …, fr: …}, in quotes if it holds colons or brackets"))
    return "" if value is None else str(value)


@frozen
class Text:
    """A text in one or several languages; a bare string is in the programme's default language.

    Attributes:
        entries: pairs of language (IETF tag, empty for the default) and text, sorted.

    Example:
        >>> title = Text.read({"": "Children know their rights", "fr": "Les enfants connaissent leurs droits"})
        >>> str(title), title.in_language("fr"), title.in_language("sw")
        ('Children know their rights', 'Les enfants connaissent leurs droits', 'Children know their rights')
    """

    entries: tuple[tuple[str, str], ...] = field(default=(), converter=_sorted)

    @classmethod
    def read(cls, value: object) -> Self:
        """Read a string, or a mapping of language to text; None is the empty text.

        Raises:
            FieldError: if it is a list, or a language has no text of its own.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls((("", value),))
        if value is None:
            return cls()
        if isinstance(value, Mapping):
            return cls({str(language): _one(text) for language, text in value.items()})
        return cls({"": _one(value)})

    def in_language(self, language: str) -> str:
        """The text in this language, else in the default language, else in the first there is."""
        return dict(self.entries).get(language) or str(self)

    def with_default(self, language: str) -> Self:
        """The text with the entry of the programme's language as the default entry."""
        texts = dict(self.entries)
        if language not in texts or "" in texts:
            return self
        return type(self)({"" if key == language else key: text for key, text in texts.items()})

    def __str__(self) -> str:
        return self.entries[0][1] if self.entries else ""

    def __bool__(self) -> bool:
        return bool(self.entries)
