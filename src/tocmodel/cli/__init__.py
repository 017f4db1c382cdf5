"""The command line: results on standard output, messages on standard error.

Exit status 0 if all is well, 1 if findings of error severity were found, 2 for wrong use or unreadable input, 130 if stopped by Ctrl-C.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer

from tocmodel.cli.checking import check
from tocmodel.cli.demonstrating import demo
from tocmodel.cli.drawing import picture
from tocmodel.cli.files import convert, diff, report
from tocmodel.cli.measuring import achieve
from tocmodel.cli.starting import init
from tocmodel.cli.tracing import plausibility, story, trace

app = typer.Typer(
    name="tocmodel",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:  # noqa: FBT001 — a flag of the command line
    if asked:
        from importlib.metadata import version

        typer.echo(f"tocmodel {version('tocmodel')}")
        raise typer.Exit


@app.callback()
def tocmodel(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,  # noqa: FBT002 — a flag of the command line
) -> None:
    """Theories of change and their indicators: check, achieve, trace, tell, report."""
    del version


def _same(output: Path, read: Path) -> bool:
    """Whether both are one file; a name that no file can have is said to be wrong by whatever opens it."""
    try:
        return output.samefile(read)
    except (OSError, ValueError):
        return False


def _apart(command: Callable[..., None]) -> Callable[..., None]:
    """The command, refusing to write over a model that it reads."""

    @wraps(command)
    def run(**given: object) -> None:
        output = given.get("output")
        read = [given.get(name) for name in ("file", "old", "new", "overlay")]
        read += given["files"] if isinstance(given.get("files"), list) else []  # pyright: ignore[reportOperatorIssue]
        if isinstance(output, Path) and any(isinstance(each, Path) and _same(output, each) for each in read):
            raise typer.BadParameter(f"{output} is what is read: write to another file")
        command(**given)

    return run


for command in (achieve, trace, plausibility, story, check, report, picture, convert, diff, init, demo):
    app.command()(_apart(command))
