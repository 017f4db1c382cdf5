"""Which version a model is: a fingerprint of its content, and the versions that somebody declared."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from tocmodel.errors import RefusedError
from tocmodel.model import Text, TheoryOfChange, Version
from tocmodel.model.plain import plain_fields


def fingerprint(model: TheoryOfChange) -> str:
    """A SHA-256 hash of everything in a model but its versions and findings; equal models have the same.

    The order of records does not matter, and fields that hold their default do not count, so that a newer library with more
    fields gives the same fingerprint.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> fingerprint(TheoryOfChange.build("clubs").done()) == fingerprint(TheoryOfChange.build("clubs").done())
        True
    """
    records = (model.programme, *(record for record in model.records() if not isinstance(record, Version)))
    content = sorted((type(record).__name__, record.id, plain_fields(record, model.programme.language)) for record in records)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_version(model: TheoryOfChange, id: str, *, on: date | str, reason: str | Text, participants: Iterable[str] = ()) -> TheoryOfChange:
    """The model with its present content declared a version.

    Args:
        model: the model.
        id: the version's id, such as ``v2``.
        on: the date.
        reason: why the model was revised.
        participants: ids of the actors who took part.

    Raises:
        RefusedError: if nothing changed since the last version.
        InvalidModelError: if the id is taken, or a participant is no actor.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> first = with_version(TheoryOfChange.build("clubs").done(), "v1", on="2024-01-01", reason="first draft")
        >>> current_version(first).id
        'v1'
    """
    present = current_version(model)
    if present is not None:
        message = f"nothing changed since version {present.id!r}"
        raise RefusedError(message)
    version = Version(id=id, on=on, reason=reason, participants=tuple(participants), fingerprint=fingerprint(model))
    return model.replaced(version)


def current_version(model: TheoryOfChange) -> Version | None:
    """The declared version that the model's content is; None if it changed since, or none was declared."""
    own = fingerprint(model)
    return next((version for version in reversed(model.versions) if version.fingerprint == own), None)
