"""What a story is told in: sentences with the ids that they rest on, in paragraphs, in sections."""

from collections.abc import Iterable

from attrs import field, frozen


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


@frozen
class Sentence:
    """One sentence of a story.

    Attributes:
        text: the sentence; what it takes from the model stands in quotation marks.
        because: the ids of the elements that it rests on.
        values: every number in our own words, by name, as data.
    """

    text: str
    because: tuple[str, ...] = field(converter=_once)
    values: tuple[tuple[str, object], ...] = ()


@frozen
class Section:
    """One section of a story.

    Attributes:
        step: which of the six steps of contribution analysis it is; None for what stands before and after them.
        title: what it answers.
        paragraphs: its sentences, in paragraphs.
    """

    step: int | None
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in a row."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def heading(self) -> str:
        """The title with the number of its step."""
        return self.title if self.step is None else f"{self.step}. {self.title}"
