"""The commands that look at figures and at the quality of a model."""

import typer

import tocmodel as toc
from tocmodel.cli.options import AsOfOption, FileArgument, Format, FormatOption, OutputOption, ProgrammeOption
from tocmodel.cli.output import emit, messages, watched
from tocmodel.cli.reading import judged_on, programmes_in
from tocmodel.findings import Finding, Severity, in_order
from tocmodel.tables import Column, Table

_FINDINGS: tuple[Column[Finding], ...] = (
    Column("severity", lambda finding: finding.severity.value),
    Column("code", lambda finding: finding.code),
    Column("where", lambda finding: str(finding.where)),
    Column("what", lambda finding: finding.message),
    Column("hint", lambda finding: finding.hint),
)


def achieve(
    file: FileArgument,
    as_of: AsOfOption = None,
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Compare what was achieved with the targets, for every programme of the file."""
    with messages():
        models = watched(programmes_in(file, programme), "Programmes")
        tables = {model.programme.id: toc.achievement(model, as_of=judged_on(model, as_of)) for model in models}
        emit(
            form,
            tables.values(),
            lambda: [{"programme": id, **record} for id, table in tables.items() for record in table.records()],
            title="Achievement",
            output=output,
        )


def check(file: FileArgument, programme: ProgrammeOption = None, form: FormatOption = Format.TEXT, output: OutputOption = None) -> None:
    """List what somebody should look at; exit status 1 if there are errors. IATI files are held against the standard too."""
    from tocmodel.formats import validate

    with messages():
        models = watched(programmes_in(file, programme, quiet=True), "Programmes")
        found = [finding for model in models for finding in toc.check(model)]
        findings = in_order([*validate(file), *found])
        shown = Table(findings, _FINDINGS, "Findings", (_counts(findings),)) if form is Format.HTML else _grouped(findings)
        emit(form, [shown], lambda: [finding.record() for finding in findings], title="Findings", output=output)
        if any(finding.severity is Severity.ERROR for finding in findings):
            raise typer.Exit(1)


def _grouped(findings: tuple[Finding, ...]) -> str:
    lines: list[str] = []
    for severity in Severity:
        own = [finding for finding in findings if finding.severity is severity]
        if own:
            lines += [f"{severity.value}s", *(f"  {_line(finding)}" for finding in own), ""]
    return "\n".join([*lines, _counts(findings)])


def _counts(findings: tuple[Finding, ...]) -> str:
    return ", ".join(f"{sum(finding.severity is severity for finding in findings)} {severity.value}s" for severity in Severity)


def _line(finding: Finding) -> str:
    at = f"{finding.where}: " if str(finding.where) else ""
    return f"{finding.code}  {at}{finding.message}" + (f"\n       {finding.hint}" if finding.hint else "")
