"""The fixed words of the field: a word that is not known says so, with the nearest that is."""

import re
from enum import StrEnum
from typing import Never

from tocmodel.errors import FieldError, nearest
from tocmodel.messages import Term, message

__all__ = ["Word", "in_words", "unknown_word"]


def in_words(cls: type) -> str:
    """The name of a class as people write it: ``causal package``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def unknown_word(words: type[StrEnum], value: object) -> FieldError:
    """What is wrong with a word that an enumeration does not have."""
    known = [word.value for word in words]
    said = message("unknown %(what)s: %(word)s", what=Term(in_words(words)), word=repr(str(value)))
    return FieldError(said, nearest(str(value), known) or message("known: %(names)s", names=tuple(known)))


class Word(StrEnum):
    """The parent of the enumerations: each member is its word, and compares and prints as text.

    Raises:
        FieldError: if it is made from a word that it does not have.

    Example:
        >>> from tocmodel.model import Direction
        >>> Direction("increase") == "increase"
        True
        >>> Direction("incraese")
        Traceback (most recent call last):
        tocmodel.errors.FieldError: unknown direction: 'incraese' (did you mean 'increase'?)
    """

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise unknown_word(cls, value)
