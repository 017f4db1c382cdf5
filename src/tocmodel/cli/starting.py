"""The command that writes a model to start from."""

from pathlib import Path
from typing import Annotated

import typer

from tocmodel.cli.output import messages, say


def init(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .yaml, or .xlsx with --workbook.")],
    *,
    workbook: Annotated[bool, typer.Option("--workbook", help="Write a workbook to fill in.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a small starting model with an explained example, to be changed into your own."""
    from tocmodel.formats.start import start

    with messages():
        if output.exists() and not force:
            say(f"{output} is there already; --force writes over it")
            raise typer.Exit(2)
        say(f"written: {start(output, workbook=workbook or output.suffix.lower() == '.xlsx')}")
