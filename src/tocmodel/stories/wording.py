"""How a story speaks: quotation of the model's words, and phrases that none of our own sentences may hold."""

import re
from collections.abc import Sequence

_BANNED = {
    "caused by the project": r"caused by the project",
    "attributable": r"attributable",
    "% of the change is due to": r"% ?of the change is due to",
    "proved": r"\bproved\b",
    "proves": r"\bproves\b",
}
_QUOTATION = re.compile("“[^”]*”")
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


def quoted(text: object, instead: str = "") -> str:
    r"""Words of the model as a quotation: in one line, without control characters and last full stop, in marks that close.

    Args:
        text: the words.
        instead: what to quote if there are none, such as an id.

    Example:
        >>> quoted("Children say “no”\n and are heard."), quoted("", "clubs")
        ('“Children say ‘no’ and are heard”', '“clubs”')
    """
    line = "".join(letter if letter.isprintable() or letter in _JOINERS else " " for letter in str(text))
    line = " ".join(line.split()) or instead
    if line.endswith(".") and not line.endswith(".."):
        line = line[:-1]
    return f"“{line.replace('“', '‘').replace('”', '’')}”"


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


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    Example:
        >>> counted(1, "step"), counted(0, "step"), counted(2, "study", "studies")
        ('1 step', '0 steps', '2 studies')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
