"""The options and arguments that several commands share."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias, TypeVar

import typer

from tocmodel.cli import completing
from tocmodel.errors import nearest

W = TypeVar("W", bound=StrEnum)
_DIGITS = 18
"""The most digits of a number that is asked for."""


def one_of(words: type[W]) -> Callable[[str], W]:
    """Reads one of a few words; another one is refused with the nearest."""

    def read(said: str) -> W:
        try:
            return words(said)
        except ValueError:
            known = [word.value for word in words]
            raise typer.BadParameter(f"{said!r} is not known here; {nearest(said, known)}") from None

    return read


def at_least_one(given: str | int) -> int:
    """Reads a whole number from 1 up; a default is one already."""
    said = str(given)
    if not said.isascii() or not said.isdecimal() or len(said) > _DIGITS or int(said) < 1:
        raise typer.BadParameter(f"{said!r} is not a whole number from 1 up")
    return int(said)


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"


class StoryFormat(StrEnum):
    """How a story is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"


WORD = ".docx"
"""The ending of Word documents."""
PAGES = (".html", ".htm")
"""The endings of pages."""

FileArgument: TypeAlias = Annotated[
    Path, typer.Argument(metavar="FILE", help="A model: .yaml, .json, .xlsx, .csv, .xml for IATI, .xmpz2, .graphml or .outline.")
]
ProgrammeOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--programme",
        metavar="ID",
        help="Which programme, where a file holds several, as IATI files do.",
        autocompletion=completing.programmes,
    ),
]
FormatOption: TypeAlias = Annotated[
    Format,
    typer.Option(
        "--format",
        parser=one_of(Format),
        metavar="WORD",
        help=f"How to write the result: {', '.join(Format)}; xlsx needs --output.",
        autocompletion=completing.words(Format),
    ),
]
OutputOption: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write the result to this file instead of standard output.")
]
AsOfOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge results as of this date, YYYY-MM-DD; the model's own, or today, otherwise."),
]
PublicOption: TypeAlias = Annotated[
    bool | None,
    typer.Option("--public/--no-public", help="Leave out small groups and names, or show all; the model's own policy otherwise."),
]
FromArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="FROM", help="The id of the node to start from, such as an activity.", autocompletion=completing.nodes)
]
TemplateOption: TypeAlias = Annotated[
    Path | None, typer.Option("--template", metavar="DOCX", help="Your organisation's own Word template, for .docx.")
]
ToArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="TO", help="The id of the node to reach, such as an objective.", autocompletion=completing.nodes)
]
LangOption: TypeAlias = Annotated[
    str, typer.Option("--lang", metavar="TAG", help="The language that it speaks: en, es, fr, or one of --catalogues.")
]
CataloguesOption: TypeAlias = Annotated[
    Path | None, typer.Option("--catalogues", metavar="FOLDER", help="Message files of your own: FOLDER/TAG/LC_MESSAGES/tocmodel.po.")
]
