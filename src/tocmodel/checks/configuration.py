"""Settings of checks that stand beside the models: ``[tool.tocmodel.checks]`` in the nearest ``pyproject.toml``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tocmodel.errors import FieldError, UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.model import CheckSettings
from tocmodel.model.review import settings_of

_TOOL, _NAME = "tool.tocmodel", "checks"
_TABLE = f"{_TOOL}.{_NAME}"


def settings_near(path: Path) -> CheckSettings | None:
    """The settings of the nearest ``pyproject.toml`` that has some, from the folder of a file upwards.

    Args:
        path: a model file, or a folder.

    Returns:
        The settings; None where no ``pyproject.toml`` on the way up has a table ``[tool.tocmodel.checks]``.

    Raises:
        UnreadableFileError: if such a file is no TOML, or its table is at fault.
    """
    start = path.resolve()
    for folder in [start, *start.parents]:
        file = folder / "pyproject.toml"
        if file.is_file():
            table = _table(file)
            if table is not None:
                return _read(table, file)
    return None


def _table(file: Path) -> object:
    try:
        held: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise _unreadable(file, f"not TOML: {fault}", "", "F05") from None
    for step in _TOOL.split("."):
        held = held.get(step) if isinstance(held, Mapping) else None
    if not isinstance(held, Mapping):
        return None
    for name in held:
        if name != _NAME:  # settings under a misspelt name would be no settings at all
            raise _unreadable(file, f"unknown table or key: {_TOOL}.{name}", f"settings of checks stand in [{_TABLE}]", "F02")
    return held.get(_NAME)


def _read(table: object, file: Path) -> CheckSettings | None:
    try:
        return settings_of(table)
    except FieldError as fault:
        raise _unreadable(file, fault.message, fault.hint, "F04") from None


def _unreadable(file: Path, message: str, hint: str, code: str) -> UnreadableFileError:
    return UnreadableFileError([Finding(code, Severity.ERROR, Place(_TABLE, file.name), message, hint)], file.name)
