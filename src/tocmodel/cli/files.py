"""The commands that write files and compare them."""

from pathlib import Path
from typing import Annotated

import typer

import tocmodel as toc
from tocmodel.cli.options import (
    WORD,
    AsOfOption,
    CataloguesOption,
    FileArgument,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    ProgrammeOption,
    TemplateOption,
)
from tocmodel.cli.output import emit, messages, say, working
from tocmodel.cli.reading import judged_on, model_in


def report(
    file: FileArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="What to write: a page (.html) or a Word document (.docx).")
    ],
    as_of: AsOfOption = None,
    template: TemplateOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
    programme: ProgrammeOption = None,
) -> None:
    """Write a report for people: a page that needs no network, or a Word document with logframe, achievement and indicator sheets."""
    from tocmodel.reports.language import find_language

    with messages():
        word = output.suffix.lower() == WORD
        if template is not None and not word:
            raise typer.BadParameter("a template is for a Word document: write --output OUT.docx")
        model = model_in(file, programme)
        judged = judged_on(model, as_of)
        with working("Writing the report"):
            if word:
                from tocmodel.reports.word import write_word

                written = write_word(model, output, as_of=judged, template=template, lang=lang, catalogues=catalogues)
            else:
                written = toc.report(model, output, as_of=judged, lang=lang, catalogues=catalogues)
        say(f"written: {written}")
        gaps = find_language(lang, catalogues=catalogues).gaps
        if gaps:
            say(f"not translated into {lang!r}, and so in English: {len(gaps)} of the report's messages, such as {gaps[0]!r}")


def convert(
    file: FileArgument,
    output: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; its ending tells the format.")],
    programme: ProgrammeOption = None,
) -> None:
    """Write a model in another format; an IATI file that is written is held against the standard."""
    from tocmodel.formats import validate

    with messages():
        say(f"written: {toc.write(model_in(file, programme), output)}")
        for finding in validate(output):
            say(str(finding))


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The model before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The model after.")],
    as_of: AsOfOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Show what a revision changed, and what that does to the achievement."""
    from tocmodel.versions import achievement_changes

    with messages():
        before, after = model_in(old), model_in(new)
        found = toc.diff(before, after)
        effects = achievement_changes(before, after, as_of=judged_on(after, as_of))
        emit(form, [found, effects], found.records, title="Changes", output=output)
