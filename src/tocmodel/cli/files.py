"""The commands that write files and compare them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from attrs import evolve

import tocmodel as toc
from tocmodel.cli import completing
from tocmodel.cli.fonts import ready_fonts
from tocmodel.cli.options import (
    PAGES,
    WORD,
    AsOfOption,
    CataloguesOption,
    FileArgument,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    ProgrammeOption,
    PublicOption,
    TemplateOption,
)
from tocmodel.cli.output import Records, emit, messages, say, working
from tocmodel.cli.reading import for_the_public, judged_on, model_in, models_in, say_gaps, say_told
from tocmodel.figures.display import apart
from tocmodel.tables import Table

if TYPE_CHECKING:
    from tocmodel.reports.language import Language


def report(
    file: FileArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="What to write: a page (.html) or a Word document (.docx).")
    ],
    as_of: AsOfOption = None,
    public: PublicOption = None,
    template: TemplateOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Write a report for people: a page that needs no network, or a Word document with logframe, achievement and indicator sheets."""
    from tocmodel.measurement.publishing import for_readers
    from tocmodel.reports.html import html_of
    from tocmodel.reports.language import find_language

    with messages():
        word = output.suffix.lower() == WORD
        if template is not None and not word:
            raise typer.BadParameter("a template is for a Word document: write --output OUT.docx")
        if output.suffix and output.suffix.lower() not in {WORD, *PAGES}:
            raise typer.BadParameter(f"{output.name}: a report is a page, which ends in .html, or a Word document, which ends in .docx")
        language = find_language(lang, catalogues=catalogues)
        model = model_in(file, programme, language=language)
        judged, open_to_all = judged_on(model, as_of), for_the_public(model, public)
        ready_fonts()
        with working("Writing the report"):
            ready = for_readers(model, as_of=judged, public=open_to_all)
            if word:
                from tocmodel.reports.word import write_word

                write_word(ready.model, output, table=ready.table, template=template, public=False, lang=lang, catalogues=catalogues)
            else:
                output.write_text(html_of(ready, language), encoding="utf-8", newline="\n")
        say_told(ready)
        say(f"written: {output}")
        say_gaps(language)


def convert(
    file: FileArgument,
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; its ending tells the format.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORM",
            help="Write what donors ask for: logframe, logframe-fcdo, iptt or reference-sheets as a workbook (.xlsx), or tables, "
            "every table as CSV into a folder.",
            autocompletion=completing.exports,
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="YAML", help="What the columns of a table (.xlsx, .csv) hold, where their names do not say it."),
    ] = None,
    as_of: AsOfOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Write a model in another format, or as a logframe, tracking table or reference sheets; written IATI is held against the standard."""
    from tocmodel.formats import validate
    from tocmodel.formats.exports import Export, export, left_out

    with messages():
        model = model_in(file, programme, mapping)
        if form is not None:
            judged = judged_on(model, as_of) if form == Export.IPTT else None
            for written in export(model, output, form, as_of=judged):
                say(f"written: {written}")
            missing = left_out(model, form, as_of=judged)
            if missing:
                say(f"not in it: {', '.join(missing)}")
            return
        say(f"written: {toc.write(model, output)}")
        for finding in validate(output):
            say(str(finding))


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The model before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The model after.")],
    as_of: AsOfOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
) -> None:
    """Show what a revision changed, and what that does to the achievement and to what is judged plausible."""
    from tocmodel.reports.language import find_language
    from tocmodel.versions import achievement_changes, plausibility_changes

    with messages():
        language = find_language(lang, catalogues=catalogues)
        before, after = models_in([old, new], language)
        judged = judged_on(after, as_of)
        with working("Comparing"):
            parts = {
                "elements": toc.diff(before, after),
                "achievement": achievement_changes(before, after, as_of=judged),
                "plausibility": plausibility_changes(before, after),
            }
        shown = _shown(parts.values(), after, language)
        emit(form, shown, lambda: _together(parts), title=language.gettext("Changes"), output=output, lang=lang)


def _shown(parts: Iterable[Table[Any]], model: "toc.TheoryOfChange", language: "Language") -> Iterator[object]:
    """The tables that have rows, a line for each of the others, and last what the programme has to say, once."""
    from tocmodel.reports.told import told_table

    for part in parts:
        own = evolve(part, notes=tuple(note for note in part.notes if note not in model.programme.notices))
        told = own if language.english else told_table(own, model, language)
        yield told if told.rows else language.gettext("%(name)s: %(value)s", name=told.caption, value=apart(told.footer, language))
    if model.programme.notice:
        yield language.text(model.programme.notice)


def _together(parts: Mapping[str, Table[Any]]) -> Records:
    """The records of several tables as one, each with the name of its table and all columns."""
    records = [{"table": name} | record for name, part in parts.items() for record in part.records()]
    columns = dict.fromkeys(column for record in records for column in record)
    return [{column: record.get(column) for column in columns} for record in records]
