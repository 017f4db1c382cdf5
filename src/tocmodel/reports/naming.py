"""What the elements of a model are called in a report: their titles in the reader's language."""

from tocmodel.model import Dimension, TheoryOfChange
from tocmodel.model.record import Titled
from tocmodel.reports.language import Language
from tocmodel.slices import Slice


def named(model: TheoryOfChange, id: str, language: Language) -> str:
    """The title of an element, or its id where it has none."""
    record = model.by_id.get(id)
    return language.text(record.title) if isinstance(record, Titled) and record.title else id


def named_category(model: TheoryOfChange, dimension: str, id: str, language: Language) -> str:
    """The title of a category of a dimension, or its id where it has none."""
    record = model.by_id.get(dimension)
    known = record.categories if isinstance(record, Dimension) else ()
    return language.text(next((each.title for each in known if each.id == id and each.title), id))


def named_part(model: TheoryOfChange, slice: Slice, language: Language) -> str:
    """The categories of a slice."""
    return ", ".join(named_category(model, dimension, id, language) for dimension, id in slice)
