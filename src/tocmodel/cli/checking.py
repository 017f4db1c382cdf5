"""The command that looks at the quality of a model."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import tocmodel as toc
from tocmodel.cli import completing
from tocmodel.cli.options import AsOfOption, CataloguesOption, Format, FormatOption, LangOption, OutputOption, ProgrammeOption
from tocmodel.cli.output import emit, messages, say, watched
from tocmodel.cli.reading import programmes_in, told_fault
from tocmodel.errors import InvalidModelError, TocmodelError, UnreadableFileError
from tocmodel.findings import Severity

if TYPE_CHECKING:
    from tocmodel.checks import Findings
    from tocmodel.model import CheckSettings

_MOST = 5
"""How many findings of one rule people see at once."""


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Models: .yaml, .json, .xlsx, .csv, .xml for IATI, .xmpz2 of Miradi.")
    ],
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="RULE", help="Ask only these rules: L20, L2 or no-rationale.", autocompletion=completing.rules),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", help="Do not ask these rules.", autocompletion=completing.rules)
    ] = None,
    as_of: AsOfOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Print every finding, not only the first few of each rule.")] = False,  # noqa: FBT002 — a flag of the command line
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
) -> None:
    """List what somebody should look at; exit status 1 if there are errors. IATI files are held against the standard too."""
    from tocmodel.checks import joined
    from tocmodel.checks.catalogue import is_rule, unknown
    from tocmodel.model import CheckSettings, IgnoredRule
    from tocmodel.reports.language import find_language

    for name in (*(select or ()), *(ignore or ())):
        if not name.strip() or not is_rule(name):
            raise typer.BadParameter(f"there is no rule {name!r}: {unknown(name)}")
    with messages():
        language = find_language(lang, catalogues=catalogues)
        chosen = CheckSettings(tuple(select or ()), tuple(IgnoredRule(rule, "on the command line") for rule in ignore or ()))
        found: list[Findings] = []
        unreadable: list[TocmodelError] = []
        for file in files:
            try:
                own = _checked(file, programme, chosen, as_of)
            except (UnreadableFileError, InvalidModelError) as fault:
                unreadable.append(fault)
            else:
                found.append(own.in_file(str(file)) if len(files) > 1 else own)
        findings = joined(found).told(language)
        shown = findings.text(most=None if everything else _MOST) if form is Format.TEXT else findings
        if found:
            emit(form, [shown], findings.records, title=language.gettext("Findings"), output=output, lang=lang)
        for fault in unreadable:
            say(told_fault(fault, language))
        if unreadable or findings.of(Severity.ERROR):
            raise typer.Exit(2 if unreadable else 1)


def _checked(file: Path, programme: str | None, chosen: "CheckSettings", as_of: str | None) -> "Findings":
    """What is found in one file: in each programme, and against the standard of its format."""
    from tocmodel.checks import applied, combined, joined, settings_near
    from tocmodel.formats import validate

    near = settings_near(file)
    today = date.today()  # noqa: DTZ011 — the civil date where the user sits
    found: list[tuple[toc.TheoryOfChange, Findings]] = []
    for model in watched(programmes_in(file, programme), "Programmes"):
        day = as_of or model.programme.as_of or today
        found.append((model, toc.check(model, settings=combined(near, model.programme.checks, chosen), as_of=day)))
    if as_of is None and any(model.programme.as_of is None for model, _ in found):
        say(f"{file}: no date of judgement is stated: judged as of today, {today}")
    several = len(found) > 1
    standard = applied(validate(file), combined(near, chosen), as_of=today)
    return joined([*(own.in_programme(model) if several else own for model, own in found), standard])
