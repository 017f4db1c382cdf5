"""The command line: results on standard output, messages on standard error.

Exit status 0 if all is well, 1 if findings of error severity were found, 2 for wrong use or unreadable input.
"""

import typer

from tocmodel.cli.checking import check
from tocmodel.cli.demonstrating import demo
from tocmodel.cli.drawing import picture
from tocmodel.cli.files import convert, diff, report
from tocmodel.cli.measuring import achieve
from tocmodel.cli.starting import init
from tocmodel.cli.tracing import plausibility, story, trace

app = typer.Typer(
    name="tocmodel",
    help="Theories of change and their indicators: check, achieve, trace, tell, report.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (achieve, trace, plausibility, story, check, report, picture, convert, diff, init, demo):
    app.command()(command)
