"""Results as their readers see them in another language; records, which programs read, are the same in every language."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import evolve, frozen

from tocmodel.contribution import Plausibility, Trace
from tocmodel.figures.display import ENGLISH
from tocmodel.model import Dimension, TheoryOfChange
from tocmodel.model.record import Titled
from tocmodel.reports.language import Language
from tocmodel.reports.naming import named, speaking_of
from tocmodel.tables import Column, Table

R = TypeVar("R", bound=Trace | Plausibility)


def told(found: R, model: TheoryOfChange, language: Language) -> R:
    """A trace, or a plausibility, that speaks the reader's language, with the model's titles in it where the model has them.

    Args:
        found: the result.
        model: the model that it was computed from.
        language: the reader's language.

    Example:
        >>> from tocmodel.contribution import trace
        >>> from tocmodel.reports.language import find_language
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs = draft.activity("clubs", {"en": "Clubs meet", "fr": "Les clubs se réunissent"}, basis="stated")
        >>> read = draft.outcome("read", {"en": "Children read", "fr": "Les enfants lisent"})
        >>> _ = draft.link(clubs, read)
        >>> model = draft.done()
        >>> "1 lien sur 1" in told(trace(model, clubs, read), model, find_language("fr")).sentence()
        True
    """
    speaking = speaking_of(model, language)
    wording = ENGLISH if speaking.english else speaking
    titles = {id: str(named(model, id, speaking)) for id in found.titles}
    notice = str(speaking.text(model.programme.notice))
    if isinstance(found, Trace):
        statements = {id: said and " ".join(named(model, id, speaking).split()).rstrip(".") for id, said in found.statements.items()}
        return evolve(found, wording=wording, titles=titles, notice=notice, statements=statements)
    return evolve(found, wording=wording, titles=titles, notice=notice)


@frozen
class ToldRow:
    """The cells of a row as people see them, by the headers of their columns."""

    cells: Mapping[str, str]

    def record(self) -> dict[str, object]:
        """The cells."""
        return dict(self.cells)


def told_table(table: Table[Any], model: TheoryOfChange, language: Language) -> Table[ToldRow]:
    r"""A table of results in the reader's language: its headers, figures, fixed words and notes, and the titles of the model.

    It holds what people see; programs take the records of the table itself, which are the same in every language.

    Args:
        table: the table.
        model: the model that it was computed from.
        language: the reader's language.

    Example:
        >>> from tocmodel.measurement import achievement
        >>> from tocmodel.reports.language import find_language
        >>> draft = TheoryOfChange.build("clubs", as_of="2021-09-30")
        >>> clubs = draft.activity("clubs-meet", "Children meet in clubs")
        >>> reached = draft.indicator("reached", {"en": "Children reached", "fr": "Enfants atteints"}, of=clubs, unit="person")
        >>> _ = draft.target(reached, 2000), draft.actual(reached, "over 1550")
        >>> model = draft.done()
        >>> row = told_table(achievement(model), model, find_language("fr")).one()
        >>> row.cells["indicateur"], row.cells["cible"].replace("\u202f", " ")
        ('Enfants atteints', '2 000')
    """
    speaking = speaking_of(model, language)
    names = _names(model, speaking)

    def told(cell: str) -> str:
        if cell in names:
            return names[cell]
        part = cell.split(", ")  # of several dimensions
        return ", ".join(names[each] for each in part) if all(each in names for each in part) else str(speaking.said(cell))

    headers = [str(speaking.said(column.header)) for column in table.columns]
    columns = tuple(Column[ToldRow](header, _cell(header), column.number) for header, column in zip(headers, table.columns, strict=True))
    rows = tuple(ToldRow(dict(zip(headers, map(told, cells), strict=True))) for cells in table.cells())
    return Table(rows, columns, told(table.caption), tuple(map(told, table.footer)), fields=tuple(headers))


def _cell(header: str) -> Callable[[ToldRow], str]:
    return lambda row: row.cells[header]


def _names(model: TheoryOfChange, language: Language) -> Mapping[str, str]:
    """What the model calls its elements in the language, by what it calls them otherwise; a category also by its id."""
    records = model.by_id.values()
    categories = [category for record in records if isinstance(record, Dimension) for category in record.categories]
    titled = [record for record in (*records, *categories) if isinstance(record, Titled)]
    texts = [model.programme.notice, *(record.title for record in titled)]
    return {category.id: str(language.text(category.title)) for category in categories if category.title} | {
        str(text): str(language.text(text)) for text in texts if text
    }
