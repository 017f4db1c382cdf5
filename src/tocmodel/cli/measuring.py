"""The command that looks at figures."""

import tocmodel as toc
from tocmodel.cli.options import AsOfOption, FileArgument, Format, FormatOption, OutputOption, ProgrammeOption
from tocmodel.cli.output import emit, messages, watched
from tocmodel.cli.reading import judged_on, programmes_in


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
