"""The reference page of the model file, made from the records themselves: every section and field with its meaning."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from inspect import cleandoc
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from tocmodel.figures import Citation, Figure
from tocmodel.formats.plain import VALUES, VERSION
from tocmodel.formats.schema import described
from tocmodel.model import Judgement, Programme, Publication, Record, Text
from tocmodel.model.assembly import file_name
from tocmodel.model.indicators import ValueFields
from tocmodel.model.references import SECTIONS
from tocmodel.periods import Period
from tocmodel.slices import Slice

PAGE = Path("docs/reference/model-file.md")
_INTRODUCTION = f"""\
# The model file

A model file is one mapping, in YAML or JSON.
`tocmodel` says the version of the format, {VERSION}; `programme` is one record; every other section is a list of records.
Baselines, targets and actuals stand under their indicator.

```yaml
tocmodel: {VERSION}
programme: {{id: reading-clubs, title: Reading clubs, period: 2024-01-01/2025-12-31}}
activities:
  - {{id: clubs-meet, title: Pupils read to each other in clubs}}
outcomes:
  - {{id: pupils-fluent, title: Pupils read fluently}}
links:
  - {{from: clubs-meet, to: pupils-fluent, rationale: reading aloud often makes fluent readers}}
indicators:
  - id: club-pupils
    title: Pupils in clubs
    of: clubs-meet
    unit: person
    targets:
      - figure: 1,550
    actuals:
      - figure: over 1550
        reported: 2026-01-20
```

Ids are unique across all sections and hold no blanks and no slash.
Where a list is expected, a single item will do.
A text may be one string, in the programme's language, or a mapping of language to text.
A figure may be what was printed, such as `over 1550`, or a mapping with `printed`, `bounds`, `unit`, `source`, `missing` or `words`.
A source may be an id, or `{{source: …, place: …, quote: …}}`.
A period is `YYYY-MM-DD/YYYY-MM-DD`, a day, a month `YYYY-MM`, a quarter of the calendar `2024-Q1` or a year.

This page is made from the records by `make reference`.
"""


def page() -> str:
    """The reference page as Markdown."""
    blocks = [_INTRODUCTION, _block("Every record", Record), _block("`programme`", Programme)]
    blocks += [_block(f"`{name}`", cls) for name, cls in SECTIONS.items() if name not in VALUES]
    blocks += [_block(f"`{name}` of an indicator", cls) for name, cls in VALUES.items()]
    blocks += [_block("A judgement", Judgement), _block("A publication policy", Publication)]
    return "\n".join(blocks)


def _block(title: str, cls: type) -> str:
    summary = cleandoc(cls.__doc__ or "").splitlines()[0]
    rows = [f"| `{name}` | {kind} | {meaning} |" for name, kind, meaning in _fields(cls)]
    return "\n".join([f"## {title}", "", summary, "", "| field | value | meaning |", "|---|---|---|", *rows, ""])


def _fields(cls: type) -> Iterator[tuple[str, str, str]]:
    """Name, kind of value and meaning of every field that not every record has."""
    shared = {attribute.name for attribute in fields(Record)} - {"id"} if issubclass(cls, Record) and cls is not Record else set()
    hints, texts = get_type_hints(cls), described(cls)
    for attribute in fields(cls):
        name = file_name(attribute.name)
        if attribute.name not in shared and not (issubclass(cls, ValueFields) and name == "indicator"):
            needed = ", needed" if attribute.default is NOTHING else ""
            yield name, _kind(hints[attribute.name]) + needed, texts.get(name, "")


_KINDS: dict[object, str] = {
    str: "text", Text: "text", int: "whole number", Decimal: "number", bool: "true or false", date: "date", datetime: "time", Period: "period",
    Figure: "figure", Citation: "source", Slice: "slice", Judgement: "judgement",
}  # fmt: skip


def _kind(hint: Any) -> str:  # noqa: ANN401 — annotations are of any kind
    """What may stand in a field, in a few words."""
    if hint in _KINDS:
        return _KINDS[hint]
    origin, arguments = get_origin(hint), [argument for argument in get_args(hint) if argument is not type(None)]
    if origin in {UnionType, Union}:
        return " or ".join(dict.fromkeys(map(_kind, arguments)))
    if origin is tuple:
        return f"list of {_kind(arguments[0])}"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " \\| ".join(f"`{word}`" for word in hint)
    if isinstance(hint, type) and has(hint):
        return "{" + ", ".join(attribute.name for attribute in fields(hint)) + "}"
    return "mapping"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
