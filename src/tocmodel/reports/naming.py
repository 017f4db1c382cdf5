"""What the elements of a model are called in a report: their titles in the reader's language, and their addresses on the page."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from attrs import evolve, frozen

from tocmodel.measurement import CascadeStep, cascade
from tocmodel.model import Cascade, Dimension, Evidence, Link, TheoryOfChange, Value
from tocmodel.model.record import Titled
from tocmodel.reports.language import Foreign, Language, find_language
from tocmodel.slices import Slice
from tocmodel.tables import Table


def speaking_of(model: TheoryOfChange, language: Language | None = None) -> Language:
    """A language that knows which one the model's texts are in that do not say theirs; English where left out."""
    spoken = language or find_language()
    return spoken if spoken.texts == model.programme.language else evolve(spoken, texts=model.programme.language)


def named(model: TheoryOfChange, id: str, language: Language) -> str:
    """The title of an element, or its id where it has none: of a link those of its ends, of evidence what it says, of a figure its indicator's, part and period."""
    record = model.by_id.get(id)
    if isinstance(record, Link):
        return _alike(named(model, record.from_, language), " → ", named(model, record.to, language))
    if isinstance(record, Evidence) and record.statement:
        return language.text(record.statement)
    if isinstance(record, Value):
        kinds = {"baseline": language.gettext("baseline"), "target": language.gettext("target"), "actual": language.gettext("result")}
        colon = language.gettext("%(name)s: %(value)s", name="", value="")
        when = [language.period(record.period)] if record.period else []
        part = [named_part(model, record.slice, language)] if record.slice else []
        return _alike(named(model, record.indicator, language), colon, ", ".join([kinds[record.kind], *part, *when]))
    return language.text(record.title) if isinstance(record, Titled) and record.title else id


def anchor(id: str) -> str:
    """The anchor of an element of the model: unique, and the same in an address as on the page.

    Example:
        >>> anchor("clubs->rights-aware")
        'about-clubs-_3Erights-aware'
    """
    return "about-" + quote(id, safe="").replace("_", "%5F").replace("%", "_")


def _alike(first: str, between: str, last: str) -> str:
    """Two names joined; marked as foreign where both are, in one language."""
    joined = f"{first}{between}{last}"
    if isinstance(first, Foreign) and isinstance(last, Foreign) and first.lang == last.lang:
        return Foreign(joined, first.lang)
    return joined


def named_category(model: TheoryOfChange, dimension: str, id: str, language: Language) -> str:
    """The title of a category of a dimension, or its id where it has none."""
    record = model.by_id.get(dimension)
    known = record.categories if isinstance(record, Dimension) else ()
    return language.text(next((each.title for each in known if each.id == id and each.title), id))


def named_part(model: TheoryOfChange, slice: Slice, language: Language) -> str:
    """The categories of a slice."""
    names = [named_category(model, dimension, id, language) for dimension, id in slice]
    foreign = {name.lang if isinstance(name, Foreign) else "" for name in names}
    lang = foreign.pop() if len(foreign) == 1 else ""
    return Foreign(", ".join(names), lang) if lang else ", ".join(names)


def named_cascade(model: TheoryOfChange, id: str, language: Language, *, as_of: date | str | None = None) -> Table[CascadeStep]:
    """A cascade whose title and steps are called as the model has them in the reader's language; `as_of` as `cascade` has it.

    Raises:
        UnknownIdError: if no cascade has this id.
    """
    found, record = cascade(model, id, as_of=as_of), model.by_id[id]
    assert isinstance(record, Cascade)
    rows = tuple(evolve(step, title=named(model, step.indicator, language)) for step in found)
    return evolve(found, rows=rows, caption=language.text(record.title))


@frozen
class Names:
    """What the rows of a result are called.

    Attributes:
        language: the reader's language.
        model: the model that has the titles; without it rows are called as they call themselves.
    """

    language: Language
    model: TheoryOfChange | None = None

    @classmethod
    def of(cls, model: TheoryOfChange | None, language: Language | None) -> "Names":
        """The names of a model in a language; English where left out."""
        return cls(speaking_of(model, language) if model is not None else language or find_language(), model)

    def title(self, id: str, instead: str = "") -> str:
        """The title of an element; without a model what stands instead, or its id."""
        return named(self.model, id, self.language) if self.model is not None else instead or id

    def part(self, slice: Slice) -> str:
        """The categories of a slice; their ids without a model."""
        return named_part(self.model, slice, self.language) if self.model is not None else ", ".join(category for _, category in slice)

    def category(self, dimension: str, id: str) -> str:
        """The title of a category; its id without a model."""
        return named_category(self.model, dimension, id, self.language) if self.model is not None else id

    def notes(self, notes: Iterable[str]) -> list[str]:
        """Notes of a result: the programme's notice in the reader's language where the model has it in it, others as they are."""
        programme = self.model.programme if self.model is not None else None
        known = {note: self.language.text(programme.notice) for note in programme.notices} if programme else {}
        return [known.get(note) or self.language.said(note) for note in notes]
