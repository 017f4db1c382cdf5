"""What a shell offers behind a command: the ids that the file named before holds, the codes of rules, and the forms of exports."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import typer

from tocmodel.errors import TocmodelError

Offers = list[tuple[str, str]]
"""What may be written, each with its meaning."""


def nodes(context: typer.Context, incomplete: str) -> Offers:
    """The ids of the nodes of the file; none where it cannot be read."""
    import tocmodel as toc

    try:
        model = toc.read(Path(str(context.params.get("file"))))
    except (TocmodelError, OSError):
        return []
    return [(node.id, str(node.title)) for node in model.nodes if node.id.startswith(incomplete)]


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
