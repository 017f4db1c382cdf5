"""The command line: results on standard output, messages on standard error.

Exit status 0 if all is well, 1 if findings of error severity were found, 2 for wrong use or unreadable input.
"""

import json
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

import tocmodel as toc
from tocmodel.checks import Findings, applied, combined, joined, settings_near
from tocmodel.errors import TocmodelError
from tocmodel.findings import Severity
from tocmodel.formats import validate
from tocmodel.formats.overlay import read_overlay
from tocmodel.formats.start import start
from tocmodel.model import CheckSettings, IgnoredRule
from tocmodel.tables import csv_text
from tocmodel.versions import achievement_changes

app = typer.Typer(
    name="tocmodel",
    help="Theories of change and their indicators: check, achieve, trace, tell, report.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


_MOST = 5
"""How many findings of one rule people see at once."""

FileArgument: TypeAlias = Annotated[
    Path, typer.Argument(metavar="FILE", help="A model: .yaml, .json, .xlsx, .csv, .xml for IATI, .graphml or .outline.")
]
ProgrammeOption: TypeAlias = Annotated[
    str | None, typer.Option("--programme", metavar="ID", help="Which programme, where a file holds several, as IATI files do.")
]


class StoryFormat(StrEnum):
    """How a story is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


FormatOption: TypeAlias = Annotated[Format, typer.Option("--format", help="How to print the result.")]
AsOfOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge results as of this date, YYYY-MM-DD; the model's own, or today, otherwise."),
]


@app.command()
def achieve(file: FileArgument, as_of: AsOfOption = None, programme: ProgrammeOption = None, form: FormatOption = Format.TEXT) -> None:
    """Compare what was achieved with the targets, for every programme of the file."""
    with _messages():
        tables = {model.programme.id: toc.achievement(model, as_of=_judged_on(model, as_of)) for model in _programmes(file, programme)}
        _emit(
            form,
            lambda: "\n\n".join(map(str, tables.values())),
            lambda: [{"programme": id, **record} for id, table in tables.items() for record in table.records()],
        )


@app.command()
def trace(
    file: FileArgument,
    from_: Annotated[str, typer.Argument(metavar="FROM", help="The id of the node to start from, such as an activity.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="The id of the node to reach, such as an objective.")],
    max_paths: Annotated[int, typer.Option("--max-paths", min=1, help="The most pathways to list.")] = 20,
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Trace how one node leads to another."""
    with _messages():
        found = toc.trace(_read(file, programme), from_, to, max_paths=max_paths)
        _emit(form, lambda: str(found), found.records)


@app.command()
def plausibility(
    file: FileArgument,
    to: Annotated[str, typer.Argument(metavar="TO", help="The id of the node to reach, such as an objective.")],
    overlay: Annotated[Path | None, typer.Option("--overlay", metavar="FILE", help="Judgements that stand beside the model.")] = None,
    dependence: Annotated[str, typer.Option("--dependence", help="independent, or unknown for bounds.")] = "independent",
    form: FormatOption = Format.TEXT,
) -> None:
    """Tell how plausible it is that a node is reached, on the judgements that are stated."""
    with _messages():
        judgements = read_overlay(overlay) if overlay else None
        found = toc.plausibility(_read(file), to, overlay=judgements, dependence=dependence)
        _emit(form, lambda: str(found), found.records)


@app.command()
def story(
    file: FileArgument,
    from_: Annotated[str, typer.Argument(metavar="FROM", help="The id of an activity.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="The id of an objective, or of a result short of one.")],
    as_of: AsOfOption = None,
    form: Annotated[StoryFormat, typer.Option("--format", help="How to print the story.")] = StoryFormat.TEXT,
) -> None:
    """Tell how far evidence carries the claim that an activity contributed to an objective."""
    with _messages():
        model = _read(file)
        told = toc.story(model, from_, to, as_of=_judged_on(model, as_of))
        if form is StoryFormat.MARKDOWN:
            typer.echo(told.markdown(), nl=False)
        else:
            _emit(Format(form.value), lambda: str(told), told.records)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Models: .yaml, .json, or IATI .xml.")],
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Ask only these rules: L20, L2 or no-rationale.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="Do not ask these rules.")] = None,
    as_of: AsOfOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Print every finding, not only the first few of each rule.")] = False,  # noqa: FBT002 — a flag of the command line
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """List what somebody should look at; exit status 1 if there are errors. IATI files are held against the standard too."""
    with _messages():
        chosen = CheckSettings(tuple(select or ()), tuple(IgnoredRule(rule, "on the command line") for rule in ignore or ()))
        today = date.today()  # noqa: DTZ011 — the civil date where the user sits
        found: list[Findings] = []
        for file in files:
            near = settings_near(file)
            for model in _programmes(file, programme, quiet=True):
                day = as_of or model.programme.as_of or today
                own = toc.check(model, settings=combined(near, model.programme.checks, chosen), as_of=day)
                found.append(own.in_file(file.name) if len(files) > 1 else own)
            found.append(applied(validate(file), combined(near, chosen), as_of=today))
        findings = joined(found)
        _emit(form, lambda: findings.text(most=None if everything else _MOST), findings.records)
        if findings.of(Severity.ERROR):
            raise typer.Exit(1)


@app.command()
def report(
    file: FileArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.html", help="The page to write.")],
    as_of: AsOfOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Write a page with the theory, the achievement and the pathways; it needs no network to be read."""
    with _messages():
        model = _read(file, programme)
        _say(f"written: {toc.report(model, output, as_of=_judged_on(model, as_of))}")


@app.command()
def convert(
    file: FileArgument,
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; its ending tells the format.")],
    programme: ProgrammeOption = None,
) -> None:
    """Write a model in another format; an IATI file that is written is held against the standard."""
    with _messages():
        _say(f"written: {toc.write(_read(file, programme), output)}")
        for finding in validate(output):
            _say(str(finding))


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The model before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The model after.")],
    as_of: AsOfOption = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Show what a revision changed, and what that does to the achievement."""
    with _messages():
        before, after = _read(old), _read(new)
        found = toc.diff(before, after)
        judged_on = _judged_on(after, as_of)
        _emit(form, lambda: f"{found}\n\n{achievement_changes(before, after, as_of=judged_on)}", found.records)


@app.command()
def init(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .yaml, or .xlsx with --workbook.")],
    *,
    workbook: Annotated[bool, typer.Option("--workbook", help="Write a workbook to fill in.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a small starting model with an explained example, to be changed into your own."""
    with _messages():
        if output.exists() and not force:
            _say(f"{output} is there already; --force writes over it")
            raise typer.Exit(2)
        _say(f"written: {start(output, workbook=workbook or output.suffix.lower() == '.xlsx')}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to put the example.")] = Path("tocmodel-demo"),
) -> None:
    """Write the Kenya example and its report, and show its achievement."""
    with _messages():
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "kenya_sec.yaml"
        file.write_bytes(files("tocmodel").joinpath("examples", "kenya_sec.yaml").read_bytes())
        model = toc.read(file)
        typer.echo(str(toc.achievement(model)))
        typer.echo(f"\n{toc.trace(model, 'child-rights-clubs', 'children-engage-duty-bearers')}")
        page = toc.report(model, folder / "kenya_sec.html")
        _say(f"\nthe model:  {file}\nthe report: {page.resolve()}  (open it in a browser)")


def _read(file: Path, programme: str | None = None) -> toc.TheoryOfChange:
    """The model; what could not be read in it is said on standard error."""
    model = toc.read(file, programme)
    for finding in model.findings:
        _say(str(finding))
    return model


def _programmes(file: Path, programme: str | None, *, quiet: bool = False) -> Iterator[toc.TheoryOfChange]:
    """The programme asked for, or every programme of the file; what could not be read is said unless ``quiet``."""
    for model in [toc.read(file, programme)] if programme else toc.iter_programmes(file):
        for finding in () if quiet else model.findings:
            _say(str(finding))
        yield model


def _judged_on(model: toc.TheoryOfChange, as_of: str | None) -> str | None:
    if as_of is not None or model.programme.as_of is not None:
        return as_of
    today = date.today().isoformat()  # noqa: DTZ011 — the civil date where the user sits
    _say(f"the model states no date of judgement: judged as of today, {today}")
    return today


def _emit(form: Format, text: Callable[[], str], records: Callable[[], list[dict[str, object]]]) -> None:
    if form is Format.TEXT:
        typer.echo(text())
    elif form is Format.CSV:
        typer.echo(csv_text(records()), nl=False)
    else:
        typer.echo(json.dumps(records(), ensure_ascii=False, indent=1, default=str))


def _say(message: str) -> None:
    typer.echo(message, err=True)


@contextmanager
def _messages() -> Generator[None]:
    """Print what goes wrong as a message, never as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show a sign shows a question mark
            stream.reconfigure(errors="replace")
    try:
        yield
    except TocmodelError as fault:
        _say(str(fault))
        raise typer.Exit(2) from None
    except BrokenPipeError:
        raise typer.Exit(0) from None
    except OSError as fault:
        _say(f"{fault.filename or 'file'}: {fault.strerror or fault}")
        raise typer.Exit(2) from None
