"""What a shell offers behind a command: the ids that the file named before holds, the codes of rules, and the forms of exports.

Whoever presses the tab key waits: YAML and JSON are looked at as they are, without building the model, so that ids are also offered
while the file has faults. A shell prints what a completion says, so nothing here ever says anything but offers.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import cast

import typer

Offers = list[tuple[str, str]]
"""What may be written, each with its meaning."""

_NODES = ("inputs", "activities", "outputs", "outcomes", "objectives", "other_results")
_OF = {"trajectory": ("indicators",), "cascade": ("cascades",)}
_LARGEST = 5_000_000
"""The size in bytes of a file from which nobody would want to wait."""


def nodes(context: typer.Context, incomplete: str) -> Offers:
    """The ids of the nodes of the file; none where it cannot be read."""
    return _offered(lambda: _titled(_document(context), _NODES), incomplete)


def drawn(context: typer.Context, incomplete: str) -> Offers:
    """The ids of what a picture may be of: indicators for a trajectory, cascades for a cascade."""
    kind = next((kind for kind in _OF if kind in _said(context)), "")
    return _offered(lambda: _titled(_document(context), _OF.get(kind, ("indicators", "cascades"))), incomplete)


def parts(context: typer.Context, incomplete: str) -> Offers:
    """The parts that figures are broken down into, such as sex=girls."""
    return _offered(lambda: _parts(_document(context)), incomplete)


def programmes(context: typer.Context, incomplete: str) -> Offers:
    """The ids of the programmes in the file."""
    import tocmodel as toc

    def found() -> Iterator[tuple[str, str]]:
        file = _file(context)
        if file is not None:
            yield from ((model.programme.id, str(model.programme.title)) for model in toc.iter_programmes(file))

    return _offered(found, incomplete)


def rules(incomplete: str) -> Offers:
    """The codes of rules."""
    from tocmodel.checks import RULES

    return [(rule.code, rule.name) for rule in RULES if rule.code.startswith(incomplete)]


def exports(incomplete: str) -> list[str]:
    """What a model can be exported as."""
    from tocmodel.formats.exports import Export

    return words(Export)(incomplete)


def words(known: type[StrEnum]) -> Callable[[str], list[str]]:
    """The words that begin as what is written."""

    def offered(incomplete: str) -> list[str]:
        return [word.value for word in known if word.value.startswith(incomplete)]

    return offered


def _offered(find: Callable[[], Iterable[tuple[str, str]]], incomplete: str) -> Offers:
    offers: Offers = []
    with suppress(Exception):  # whatever is wrong with a file, a command says it, and not a shell
        offers.extend(offer for offer in find() if offer[0].startswith(incomplete))
    return offers


def _said(context: typer.Context) -> list[str]:
    """What stands on the command line: an option that still lacks its value leaves the arguments before it unread."""
    named = [given for value in context.params.values() for given in (cast("list[object]", value) if isinstance(value, list) else [value])]
    return [str(given) for given in (*named, *context.args) if given is not None]


def _file(context: typer.Context) -> Path | None:
    """The first file on the command line, if it is not too large."""
    files = (Path(said) for said in _said(context))
    found = next((file for file in files if file.is_file()), None)
    return found if found is not None and found.stat().st_size <= _LARGEST else None


def _document(context: typer.Context) -> Mapping[str, object]:
    """The plain data of the file; empty without one."""
    file = _file(context)
    if file is None:
        return {}
    match file.suffix.lower():
        case ".yaml" | ".yml":
            import yaml

            document: object = yaml.load(file.read_bytes(), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 — it makes text, lists and mappings only
        case ".json":
            document = json.loads(file.read_bytes())
        case _:
            import tocmodel as toc
            from tocmodel.formats.plain import to_plain

            asked = context.params.get("programme")
            document = to_plain(toc.read(file, None if asked is None else str(asked)))
    return cast("Mapping[str, object]", document) if isinstance(document, Mapping) else {}


def _records(holder: object, section: str) -> Iterator[Mapping[str, object]]:
    """The mappings in a list that something holds."""
    held = cast("Mapping[str, object]", holder).get(section) if isinstance(holder, Mapping) else None
    for record in cast("list[object]", held) if isinstance(held, list) else []:
        if isinstance(record, Mapping):
            yield cast("Mapping[str, object]", record)


def _titled(document: Mapping[str, object], sections: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((str(record["id"]), _text(record.get("title"))) for name in sections for record in _records(document, name) if "id" in record)


def _parts(document: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for dimension in _records(document, "dimensions"):
        for category in _records(dimension, "categories"):
            yield f"{dimension['id']}={category['id']}", _text(category.get("title"))
        plain = dimension.get("categories")
        yield from ((f"{dimension['id']}={name}", "") for name in cast("list[object]", plain or []) if isinstance(name, str))


def _text(title: object) -> str:
    """A title on one line, in the first of its languages."""
    said = next(iter(cast("Mapping[str, object]", title).values()), "") if isinstance(title, Mapping) else title
    return " ".join(str(said or "").split())
