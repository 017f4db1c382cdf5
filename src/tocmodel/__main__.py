"""``python -m tocmodel`` and the command ``tocmodel``."""

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
    except ModuleNotFoundError as missing:
        if missing.name not in {"typer", "rich", "click"}:
            raise
        sys.stderr.write("the command line needs typer and rich: pip install 'tocmodel[cli]'\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
