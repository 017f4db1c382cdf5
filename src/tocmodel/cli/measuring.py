"""The command that looks at figures."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import tocmodel as toc
from tocmodel.cli.options import AsOfOption, FileArgument, Format, FormatOption, OutputOption, ProgrammeOption, PublicOption
from tocmodel.cli.output import emit, messages, say, watched
from tocmodel.cli.reading import for_the_public, judged, programmes_in
from tocmodel.findings import in_order

if TYPE_CHECKING:
    from tocmodel.measurement.publishing import Published

_MOST = 3
"""How many findings of one kind, and how many assumptions, people see at once."""


def achieve(
    file: FileArgument,
    as_of: AsOfOption = None,
    public: PublicOption = None,
    programme: ProgrammeOption = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Compare what was achieved with the targets, for every programme of the file; what somebody should look at is said beside it."""
    with messages():
        models = watched(programmes_in(file, programme, quiet=True), "Programmes", printing=output is None)
        tables = _tables(judged(models, as_of), public=public)
        emit(
            form,
            (table for _, table in tables),
            lambda: ({"programme": id, **record} for id, table in tables for record in table.records()),
            title="Achievement",
            output=output,
        )


def _tables(
    models: "Iterator[tuple[toc.TheoryOfChange, str | None]]", *, public: bool | None
) -> "Iterator[tuple[str, toc.AchievementTable]]":
    """The id and the table of each programme, one held at a time; what was found and assumed on the way is said."""
    from tocmodel.measurement.publishing import for_readers

    for model, day in models:
        ready = for_readers(model, as_of=day, public=for_the_public(model, public))
        remarks = _remarks(ready)
        if remarks:
            say(f"{model.programme.id}\n{remarks}\n")
        yield model.programme.id, ready.table


def _remarks(ready: "Published") -> str:
    """The findings of the reading, of the figures and of publishing, and what was assumed; empty if there is neither."""
    from tocmodel.checks import Findings

    table = ready.table
    findings = Findings(in_order([*ready.model.findings, *table.findings, *ready.findings]))
    assumed = Counter(assumption for row in table for assumption in row.assumed)
    lines = [findings.text(most=_MOST)] if findings else []
    lines += [f"assumed in {number} of {len(table)} rows: {assumption}" for assumption, number in assumed.most_common(_MOST)]
    lines += [f"and {len(assumed) - _MOST} more assumptions; the records have them all"] if len(assumed) > _MOST else []
    return "\n".join(lines)
