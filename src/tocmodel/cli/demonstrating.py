"""The command that shows what the library does, from the installed package alone."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

import tocmodel as toc
from tocmodel.cli.fonts import ready_fonts
from tocmodel.cli.options import Format
from tocmodel.cli.output import emit, is_a_file, messages, say, working


def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to put the example.")] = Path("tocmodel-demo"),
) -> None:
    """Write the Kenya example and its report, and show its achievement."""
    with messages():
        if (folder.exists() and not folder.is_dir()) or (not folder.exists() and is_a_file(folder)):
            raise typer.BadParameter(f"{folder} is {'' if folder.exists() else 'the name of '}a file: name a folder for the example")
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "kenya_sec.yaml"
        example = files("tocmodel").joinpath("examples", "kenya_sec.yaml").read_bytes()
        if file.exists() and file.read_bytes() != example:
            raise typer.BadParameter(f"{file} is there already and is not the example: name another folder")
        file.write_bytes(example)
        model = toc.read(file)
        table, traced = toc.achievement(model), toc.trace(model, "child-rights-clubs", "children-engage-duty-bearers")
        emit(Format.TEXT, [table, traced], table.records, title="Achievement")
        ready_fonts()
        with working("Writing the report"):
            page = toc.report(model, folder / "kenya_sec.html")
        say(f"\nthe model:  {file}\nthe report: {page.resolve()}  (open it in a browser)")
