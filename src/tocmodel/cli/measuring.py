"""The command that looks at figures."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import tocmodel as toc
from tocmodel.cli.options import (
    AsOfOption,
    CataloguesOption,
    FileArgument,
    Format,
    FormatOption,
    LangOption,
    OutputOption,
    ProgrammeOption,
    PublicOption,
)
from tocmodel.cli.output import emit, messages, say, watched
from tocmodel.cli.reading import for_the_public, judged, programmes_in
from tocmodel.findings import in_order

if TYPE_CHECKING:
    from tocmodel.measurement.publishing import Published
    from tocmodel.reports.language import Language

_MOST = 3
"""How many findings of one kind, and how many assumptions, people see at once."""


def achieve(
    file: FileArgument,
    as_of: AsOfOption = None,
    public: PublicOption = None,
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    lang: LangOption = "en",
    catalogues: CataloguesOption = None,
) -> None:
    """Compare what was achieved with the targets, for every programme of the file; what somebody should look at is said beside it."""
    from tocmodel.reports.language import find_language
    from tocmodel.reports.told import told_table

    with messages():
        language = find_language(lang, catalogues=catalogues)
        models = watched(programmes_in(file, programme, language=language), "Programmes", printing=output is None)
        ready = _ready(judged(models, as_of), language, public=public)
        emit(
            form,
            (each.table if language.english else told_table(each.table, each.model, language) for each in ready),
            lambda: ({"programme": each.model.programme.id, **record} for each in ready for record in each.table.records()),
            title=language.gettext("Achievement"),
            output=output,
            lang=lang,
        )


def _ready(
    models: "Iterator[tuple[toc.TheoryOfChange, str | None]]", language: "Language", *, public: bool | None
) -> "Iterator[Published]":
    """Each programme with its table, one held at a time; what was found and assumed on the way is said."""
    from tocmodel.measurement.publishing import for_readers

    for model, day in models:
        ready = for_readers(model, as_of=day, public=for_the_public(model, public))
        remarks = _remarks(ready, language)
        if remarks:
            say(f"{model.programme.id}\n{remarks}\n")
        yield ready


def _remarks(ready: "Published", language: "Language") -> str:
    """The findings of the reading, of the figures and of publishing, and what was assumed; empty if there is neither."""
    from tocmodel.checks import Findings

    table = ready.table
    findings = Findings(in_order([*ready.model.findings, *table.findings, *ready.findings])).told(language)
    assumed = Counter(assumption for row in table.for_people for assumption in row.assumed)
    lines = [findings.text(most=_MOST)] if findings else []
    lines += [
        language.gettext(
            "assumed in %(rows)s of %(all)s rows: %(what)s",
            rows=language.number(number),
            all=language.number(len(table.for_people)),
            what=language.said(assumption),
        )
        for assumption, number in assumed.most_common(_MOST)
    ]
    rest = len(assumed) - _MOST
    if rest > 0:
        lines.append(
            language.ngettext(
                "and %(num)s more assumption; the records have it",
                "and %(num)s more assumptions; the records have them all",
                rest,
            )
        )
    return "\n".join(lines)
