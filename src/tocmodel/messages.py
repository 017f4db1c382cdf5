"""What tocmodel says: sentences in English that remember how they were put together, so that a report can say them in another language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Self

__all__ = ["All", "Message", "Term", "Worded", "and_more", "message", "messages"]


class Message(str):
    """A sentence in English, and what it was made of.

    Attributes:
        text: the message, with ``%(name)s`` for each of its values.
        plural: the message for several, where it has a form for one and a form for several.
        number: how many; it stands in the message as ``%(num)s``.
        values: what stands in it, by name: texts of the model, terms, numbers, days, periods, further messages, or several of these.
    """

    __slots__ = ("number", "plural", "text", "values")

    text: str
    plural: str
    number: int
    values: Mapping[str, object]

    def __new__(cls, said: str, text: str = "", plural: str = "", number: int = 1, values: Mapping[str, object] | None = None) -> Self:
        """A sentence that always reads the same needs no more than itself."""
        made = super().__new__(cls, said)
        made.text, made.plural, made.number, made.values = text or said.replace("%", "%%"), plural, number, values or {}
        return made


class Term(str):
    """A fixed word of the model, such as the kind of a node, for which every language has its own."""

    __slots__ = ()


class Worded(str):
    """A number in English words that can be worded anew.

    Attributes:
        again: words it in the language that it is given as ``wording``.
    """

    __slots__ = ("again",)

    again: Callable[..., str]

    def __new__(cls, said: str, again: Callable[..., str] | None = None) -> Self:
        """What is said in English, and how to say it in another language."""
        made = super().__new__(cls, said)
        made.again = again or (lambda *, wording: said)  # noqa: ARG005 — only until a copy has its own
        return made


class All(tuple[object, ...]):
    """Several things in one sentence, joined by “and”."""

    __slots__ = ()


def message(text: str, /, **values: object) -> Message:
    """A message with its values put in as in ``text % values``; of a tuple one after the other, with commas.

    Example:
        >>> message("“%(title)s” is linked to %(ids)s", title="Clubs", ids=("a", "b"))
        '“Clubs” is linked to a, b'
    """
    return Message(text % _in_english(values), text, values=values)


def messages(one: str, several: str, number: int, /, **values: object) -> Message:
    """The form of a message that belongs to a number, which stands in it as ``%(num)s``.

    Example:
        >>> messages("%(num)s node", "%(num)s nodes", 1), messages("%(num)s node", "%(num)s nodes", 3)
        ('1 node', '3 nodes')
    """
    said = (one if number == 1 else several) % {"num": number, **_in_english(values)}
    return Message(said, one, several, number, values)


def and_more(items: Iterable[object], most: int = 3) -> object:
    """A few of many things, and how many more there are: a value for a message.

    Example:
        >>> message("linked: %(ids)s", ids=and_more("abcde", 2))
        'linked: a, b and 3 more'
    """
    every = tuple(items)
    more = len(every) - most
    if more <= 0:
        return every
    return messages("%(items)s and %(num)s more", "%(items)s and %(num)s more", more, items=every[:most])


def _in_english(values: Mapping[str, object]) -> dict[str, str]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    items = [_plain(item) for item in value]
    if isinstance(value, All) and len(items) > 1:
        return f"{', '.join(items[:-1])} and {items[-1]}"
    return ", ".join(items)
