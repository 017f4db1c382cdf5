"""Overlay files: judgements that stand beside a model, so that several panels can judge one theory.

A YAML (or JSON) file with one mapping, ``judgements``, from the id of a link, an assumption or a node to what is judged of
it: ``low`` and ``high``, or a ``level``; and ``by``, ``on`` and ``why``, none of which may be left out. ``by`` and ``on``
may stand once at the top for all.
"""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from tocmodel.errors import FieldError, UnreadableFileError, nearest
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats import yaml
from tocmodel.formats.native import read_text
from tocmodel.messages import message
from tocmodel.model import Judgement
from tocmodel.model.record import judged, to_id

_KEYS = ("judgements", "by", "on", "note")
_REQUIRED = ("by", "on", "why")


def read_overlay(path: str | PathLike[str]) -> dict[str, Judgement]:
    """Read the judgements of an overlay file.

    Args:
        path: the file.

    Returns:
        Judgements by the id of the link, assumption or node that they are about.

    Raises:
        UnreadableFileError: if it is not there, or no such file; or a judgement does not say who, when and why.
    """
    file = Path(path)
    document, lines = yaml.loads(read_text(file), file.name)
    faults: list[Finding] = []

    def fault(code: str, at: tuple[str, ...], said: str, hint: str = "") -> None:
        faults.append(Finding(code, Severity.ERROR, Place(".".join(at), file.name, lines.get(at)), said, hint))

    found: dict[str, Judgement] = {}
    if not isinstance(document, Mapping) or not isinstance(document.get("judgements"), Mapping):
        fault(
            "F04",
            (),
            message("an overlay is a mapping with 'judgements'"),
            message("write judgements: {ID: {low: …, high: …, by: …, on: …, why: …}}"),
        )
        raise UnreadableFileError(faults, file.name)
    for key in document:
        if key not in _KEYS:
            fault("F02", (str(key),), message("unknown key: %(name)s", name=repr(key)), nearest(str(key), _KEYS))
    shared = {key: document[key] for key in ("by", "on") if document.get(key)}
    for id, given in document["judgements"].items():
        at = ("judgements", str(id))
        if not isinstance(given, Mapping):
            fault("F04", at, message("not a judgement: %(given)s", given=repr(given)), message("write low, high, by, on and why"))
            continue
        own = {**shared, **{key: value for key, value in given.items() if value is not None}}
        missing = [key for key in _REQUIRED if not str(own.get(key, "")).strip()]
        if missing:
            fault(
                "F03",
                at,
                message("a judgement needs %(missing)s", missing=tuple(missing)),
                message("no number enters without who, when and why"),
            )
            continue
        try:
            judgement = judged(own)
            assert judgement is not None
            found[to_id(id)] = judgement
        except FieldError as wrong:
            fault("F04", at, wrong.message, wrong.hint)
    if faults:
        raise UnreadableFileError(faults, file.name)
    return found
