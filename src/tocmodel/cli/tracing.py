"""The commands that follow pathways through a theory."""

from pathlib import Path
from typing import Annotated

import typer

import tocmodel as toc
from tocmodel.cli import completing
from tocmodel.cli.options import (
    WORD,
    AsOfOption,
    CataloguesOption,
    FileArgument,
    Format,
    FormatOption,
    FromArgument,
    LangOption,
    OutputOption,
    ProgrammeOption,
    PublicOption,
    StoryFormat,
    TemplateOption,
    ToArgument,
    at_least_one,
    one_of,
)
from tocmodel.cli.output import emit, messages, refuse_another_form, say, working
from tocmodel.cli.reading import for_the_public, judged_on, model_in, say_gaps, say_told


def trace(
    file: FileArgument,
    from_: FromArgument,
    to: ToArgument,
    max_paths: Annotated[
        int, typer.Option("--max-paths", parser=at_least_one, metavar="N", help="The most pathways to list, from 1 up.")
    ] = 20,
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
) -> None:
    """Trace how one node leads to another."""
    from tocmodel.reports.language import find_language
    from tocmodel.reports.told import told

    with messages():
        language = find_language(lang, catalogues=catalogues)
        model = model_in(file, programme, language=language)
        found = told(toc.trace(model, from_, to, max_paths=max_paths), model, language)
        emit(form, [found], found.records, title=language.gettext("Trace"), output=output, lang=lang)


def plausibility(
    file: FileArgument,
    to: ToArgument,
    overlay: Annotated[Path | None, typer.Option("--overlay", metavar="FILE", help="Judgements that stand beside the model.")] = None,
    dependence: Annotated[str, typer.Option("--dependence", help="independent, or unknown for bounds.")] = "independent",
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
) -> None:
    """Tell how plausible it is that a node is reached, on the judgements that are stated."""
    from tocmodel.formats.overlay import read_overlay
    from tocmodel.reports.language import find_language
    from tocmodel.reports.told import told, told_table

    with messages():
        language = find_language(lang, catalogues=catalogues)
        judgements = read_overlay(overlay) if overlay else None
        model = model_in(file, programme, language=language)
        with working("Working out the plausibility"):
            found = told(toc.plausibility(model, to, overlay=judgements, dependence=dependence), model, language)
        table = found.table if language.english else told_table(found.table, model, language)
        emit(form, [table if found.grounds else found], found.records, title=language.gettext("Plausibility"), output=output, lang=lang)


def story(
    file: FileArgument,
    from_: Annotated[str, typer.Argument(metavar="FROM", help="The id of an activity.", autocompletion=completing.nodes)],
    to: Annotated[
        str, typer.Argument(metavar="TO", help="The id of an objective, or of a result short of one.", autocompletion=completing.nodes)
    ],
    as_of: AsOfOption = None,
    public: PublicOption = None,
    programme: ProgrammeOption = None,
    form: Annotated[
        StoryFormat | None,
        typer.Option(
            "--format",
            parser=one_of(StoryFormat),
            metavar="WORD",
            help=f"How to write the story: {', '.join(StoryFormat)}; text where left out; xlsx needs --output.",
            autocompletion=completing.words(StoryFormat),
        ),
    ] = None,
    output: OutputOption = None,
    template: TemplateOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
) -> None:
    """Tell how far evidence carries the claim that an activity contributed to an objective; an output that ends in .docx is a Word document."""
    from tocmodel.measurement.publishing import published
    from tocmodel.reports.language import find_language
    from tocmodel.reports.telling import tell

    with messages():
        word = output is not None and output.suffix.lower() == WORD
        written = form or StoryFormat.TEXT
        if form is not None or not word:
            refuse_another_form(written, output)
        language = find_language(lang, catalogues=catalogues)
        model = model_in(file, programme, language=language)
        judged = judged_on(model, as_of)
        if for_the_public(model, public):
            ready = published(model, as_of=judged)
            say_told(ready)
            model = ready.model
        told = tell(model, from_, to, as_of=judged, lang=lang, catalogues=catalogues)
        if output is not None and word:
            from tocmodel.reports.word import write_story

            say(f"written: {write_story(told, output, template=template)}")
        elif template is not None:
            raise typer.BadParameter("a template is for a Word document: add --output OUT.docx")
        elif written is not StoryFormat.MARKDOWN:
            emit(Format(written.value), [told], told.records, title=told.title, output=output, lang=told.words.code)
        elif output is None:
            typer.echo(told.markdown(), nl=False)
        else:
            output.write_text(told.markdown(), encoding="utf-8", newline="\n")
            say(f"written: {output}")
        if not language.english:
            say_gaps(language)
            if not language.tells:
                say("the story is told in English, until all that stories say is translated")
