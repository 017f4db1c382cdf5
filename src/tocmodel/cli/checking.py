"""The command that looks at the quality of a model."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import tocmodel as toc
from tocmodel.cli.options import AsOfOption, Format, FormatOption, OutputOption, ProgrammeOption
from tocmodel.cli.output import emit, messages, watched
from tocmodel.cli.reading import programmes_in
from tocmodel.findings import Severity

if TYPE_CHECKING:
    from tocmodel.checks import Findings

_MOST = 5
"""How many findings of one rule people see at once."""


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Models: .yaml, .json, .xml for IATI, or .xmpz2 for Miradi.")],
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Ask only these rules: L20, L2 or no-rationale.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="Do not ask these rules.")] = None,
    as_of: AsOfOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Print every finding, not only the first few of each rule.")] = False,  # noqa: FBT002 — a flag of the command line
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """List what somebody should look at; exit status 1 if there are errors. IATI files are held against the standard too."""
    from tocmodel.checks import applied, combined, joined, settings_near
    from tocmodel.formats import validate
    from tocmodel.model import CheckSettings, IgnoredRule

    with messages():
        chosen = CheckSettings(tuple(select or ()), tuple(IgnoredRule(rule, "on the command line") for rule in ignore or ()))
        today = date.today()  # noqa: DTZ011 — the civil date where the user sits
        found: list[Findings] = []
        for file in files:
            near = settings_near(file)
            for model in watched(programmes_in(file, programme, quiet=True), "Programmes"):
                day = as_of or model.programme.as_of or today
                own = toc.check(model, settings=combined(near, model.programme.checks, chosen), as_of=day)
                found.append(own.in_file(file.name) if len(files) > 1 else own)
            found.append(applied(validate(file), combined(near, chosen), as_of=today))
        findings = joined(found)
        shown = findings.text(most=None if everything else _MOST) if form is Format.TEXT else findings
        emit(form, [shown], findings.records, title="Findings", output=output)
        if findings.of(Severity.ERROR):
            raise typer.Exit(1)
