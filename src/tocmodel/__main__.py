"""``python -m tocmodel`` and the command ``tocmodel``."""

import os
import sys

_STOPPED = 130  # what shells give for Ctrl-C


def main() -> None:
    """Run the command line; without its libraries, say what to install."""
    try:
        from tocmodel.cli import app
        from tocmodel.cli.output import show_what_can_be

        show_what_can_be()
        app()
    except KeyboardInterrupt:
        sys.exit(_STOPPED)
    except SystemExit as end:
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        _write_no_more()  # whoever reads has seen enough, of the help too
        sys.exit(0)
    except OSError as fault:
        _write_no_more()
        sys.stderr.write(f"{fault.filename or 'the output'}: {fault.strerror or fault}\n")
        sys.exit(2)
    except ModuleNotFoundError as missing:
        if missing.name not in {"typer", "rich", "click"}:
            raise
        sys.stderr.write("the command line needs typer and rich: pip install 'tocmodel[cli]'\n")
        sys.exit(2)


def _write_no_more() -> None:
    """Let what is still to be written go nowhere, so that the end of the program does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    main()
