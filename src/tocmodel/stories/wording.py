"""How a story speaks: its language, quotation of the model's words, and phrases that none of our own sentences may hold."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from tocmodel.figures import Number, to_decimal
from tocmodel.figures.display import Wording, grouped
from tocmodel.model import Text

_BANNED = {
    "caused by the project": r"caused by the project",
    "attributable": r"attributable",
    "% of the change is due to": r"% ?of the change is due to",
    "proved": r"\bproved\b",
    "proves": r"\bproves\b",
}
_QUOTATION = re.compile("“[^”]*”|«[^»]*»")
_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them


def banned_phrases(text: str) -> tuple[str, ...]:
    """The phrases in a text that claim more than a theory of change can show.

    They are: "caused by the project", "attributable", "% of the change is due to", "proved" and "proves", in any case and
    with any blanks between the words. "Proved" and "proves" count as whole words, so that "improved" and "approves" may be said.

    Example:
        >>> banned_phrases("40 % of the change is due to the clubs, as the survey proves.")
        ('% of the change is due to', 'proves')
        >>> banned_phrases("Attendance improved; whether the clubs mattered has not been tested.")
        ()

    Source: the house rule of docs/reference/story.md, after Mayne (2019): contribution, not attribution.
    """
    plain = " ".join(text.lower().split())
    return tuple(phrase for phrase, pattern in _BANNED.items() if re.search(pattern, plain))


class Words(Wording, Protocol):
    """A language in which a story is told; `tocmodel.reports.language.find_language` gives others than English."""

    @property
    def code(self) -> str:
        """Its tag, such as ``fr``."""
        ...

    def number(self, number: Number, /) -> str:
        """A number with all of its digits."""
        ...

    def day(self, day: date, /) -> str:
        """A civil date."""
        ...

    def text(self, text: Text | str, /) -> str:
        """A text of the model, in the language where the model has it."""
        ...

    def listed(self, items: Sequence[str], /) -> str:
        """Words in a row, joined by “and”."""
        ...

    def either(self, items: Sequence[str], /) -> str:
        """Words in a row, joined by “or”."""
        ...


class _English:
    code = "en"
    english = True
    _labels = {"context": "no verdict (context)", "self_report": "self-report"}  # noqa: RUF012 — nobody changes it

    def gettext(self, text: str, /, **values: object) -> str:
        return text % values

    def ngettext(self, one: str, several: str, number: int, /, **values: object) -> str:
        return (one if number == 1 else several) % {"num": self.number(number), **values}

    def said(self, sentence: str, /) -> str:
        return sentence

    def label(self, word: str, /) -> str:
        return self._labels.get(word, word.replace("_", " "))

    def number(self, number: Number, /) -> str:
        return grouped(to_decimal(number))

    def day(self, day: date, /) -> str:
        return day.isoformat()

    def text(self, text: Text | str, /) -> str:
        return str(text)

    def listed(self, items: Sequence[str], /) -> str:
        return listed(items)

    def either(self, items: Sequence[str], /) -> str:
        return listed(items, "or")


ENGLISH: Words = _English()
"""How a story is told where no other language is asked for."""


def quoted(text: object, instead: str = "", words: Words = ENGLISH) -> str:
    r"""Words of the model as a quotation: in one line, without control characters and last full stop, in marks that close.

    Args:
        text: the words.
        instead: what to quote if there are none, such as an id.
        words: the language whose marks they are.

    Example:
        >>> quoted("Children say “no”\n and are heard."), quoted("", "clubs")
        ('“Children say ‘no’ and are heard”', '“clubs”')
    """
    line = "".join(letter if letter.isprintable() or letter in _JOINERS else " " for letter in str(text))
    line = " ".join(line.split()) or instead
    if line.endswith(".") and not line.endswith(".."):
        line = line[:-1]
    line = line.replace("“", "‘").replace("”", "’")
    return words.gettext("“%(title)s”", title=line if words.english else line.replace("«", "‹").replace("»", "›"))


def own_words(text: str) -> str:
    """A sentence without the words that it quotes: what we say ourselves.

    Example:
        >>> own_words("The theory calls this “a proved method”.")
        'The theory calls this “”.'
    """
    return _QUOTATION.sub("“”", text)


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Words in a row.

    Example:
        >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")
        ('a', 'a and b', 'a, b or c')
    """
    return f" {last} ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def steps(number: int, words: Words) -> str:
    """A number of steps.

    Example:
        >>> steps(1, ENGLISH), steps(2, ENGLISH)
        ('1 step', '2 steps')
    """
    return words.ngettext("%(num)s step", "%(num)s steps", number)
