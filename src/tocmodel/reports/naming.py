"""What the elements of a model are called in a report: their titles in the reader's language."""

from tocmodel.model import Dimension, Evidence, Link, TheoryOfChange, Value
from tocmodel.model.record import Titled
from tocmodel.reports.language import Foreign, Language
from tocmodel.slices import Slice


def named(model: TheoryOfChange, id: str, language: Language) -> str:
    """The title of an element, or its id where it has none: of a link those of its ends, of evidence what it says, of a figure its indicator's."""
    record = model.by_id.get(id)
    if isinstance(record, Link):
        return _alike(named(model, record.from_, language), " → ", named(model, record.to, language))
    if isinstance(record, Evidence) and record.statement:
        return language.text(record.statement)
    if isinstance(record, Value):
        kinds = {"baseline": language.gettext("baseline"), "target": language.gettext("target"), "actual": language.gettext("result")}
        return _alike(named(model, record.indicator, language), ": ", kinds[record.kind])
    return language.text(record.title) if isinstance(record, Titled) and record.title else id


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
    return ", ".join(named_category(model, dimension, id, language) for dimension, id in slice)
