"""Getting the fonts of the machine ready for pictures, without the noise that the font library makes about settings newer than itself."""

import os
import re
from collections.abc import Callable
from functools import cache
from tempfile import TemporaryFile

from tocmodel.cli.output import say

_STDERR = 2
_NEWER = re.compile(r'Fontconfig warning: ".*", line \d+: unknown (?:element|attribute) ".*"')
"""Graphviz comes with a font library of its own, often older than that of the system, whose settings it reads and cannot be told not to."""
_NO_SETTINGS = re.compile(r"Fontconfig error: Cannot load default config file(?:: .*)?")
"""Where the system has no settings for fonts, the library goes on with its own, which look into the system's folders."""
_OF_THE_USER = ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT")


@cache
def ready_fonts() -> None:
    """Let Graphviz look for fonts, which it does once in a process, and pass on what it says of them, save what changes no picture.

    Settings for a newer font library are skipped by an older one; that a machine has no such settings matters to those alone who
    named some. Everything else is said, and later messages of Graphviz are left alone.
    """
    try:
        import pygraphviz
    except ImportError:
        return  # who draws will say what is missing
    picture = pygraphviz.AGraph()
    picture.add_node("fonts")
    stated = any(map(os.environ.get, _OF_THE_USER))
    for line in _said_by(lambda: picture.draw(format="svg", prog="dot")).splitlines():
        if not (_NEWER.fullmatch(line) or (not stated and _NO_SETTINGS.fullmatch(line))):
            say(line)


def _said_by(act: Callable[[], object]) -> str:
    """What libraries in C say on standard error meanwhile."""
    try:
        kept = os.dup(_STDERR)
    except OSError:  # it is closed
        act()
        return ""
    with TemporaryFile() as file:
        os.dup2(file.fileno(), _STDERR)
        try:
            act()
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
        file.seek(0)
        return file.read().decode(errors="replace")
