"""What was found wrong with data, as data: a Finding names its place, what is the matter, and the way out."""

import re
from collections.abc import Iterable
from enum import StrEnum

from attrs import Factory, field, frozen

__all__ = ["Finding", "Place", "Severity", "in_order"]


class Severity(StrEnum):
    """How serious a finding is: an error makes results wrong, a warning doubtful, a note only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@frozen(order=True)
class Place:
    """Where something stands.

    Attributes:
        path: the way to it inside the model or file, such as ``links[3].assumptions[0]``, or an element's id.
        file: the file's name, empty where the model was built in code.
        line: the line in a text file, counted from 1; None where there are no lines.
        record: the part of the path that leads to the record; the whole path where no field is told apart.
        field: the field of the record, as files name it; also one that is missing. Empty where it is the record as a whole.

    Example:
        >>> place = Place.of("clubs-meet", "period")
        >>> str(place), place.record, place.field
        ('clubs-meet.period', 'clubs-meet', 'period')
    """

    path: str = ""
    file: str = ""
    line: int | None = None
    record: str = field(default=Factory(lambda self: self.path, takes_self=True), kw_only=True, eq=False, repr=False)
    field: str = field(default="", kw_only=True, eq=False, repr=False)

    @classmethod
    def of(cls, record: str, field: str = "", file: str = "", line: int | None = None) -> "Place":
        """The place of a record, or of a field of it."""
        return cls(f"{record}.{field}" if field else record, file, line, record=record, field=field)

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        return f"{place}: {self.path}" if place and self.path else place or self.path


@frozen
class Finding:
    """One thing that somebody should look at.

    Attributes:
        code: keeps its meaning for ever, such as ``F04``; the rules page lists them.
        severity: error, warning or note.
        where: the place.
        message: what was found and what was expected.
        hint: what to do about it; empty where there is nothing to advise.

    Example:
        >>> print(Finding("F04", Severity.ERROR, Place("a4"), "no such actor: 'kesho'", "did you mean 'kesho-kenya'?"))
        error F04 at a4: no such actor: 'kesho' (did you mean 'kesho-kenya'?)
    """

    code: str
    severity: Severity
    where: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        at = f" at {self.where}" if str(self.where) else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.severity} {self.code}{at}: {self.message}{hint}"

    def record(self) -> dict[str, object]:
        """The finding as one flat record for tables and JSON."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "file": self.where.file,
            "line": self.where.line,
            "path": self.where.path,
            "message": self.message,
            "hint": self.hint,
        }


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetition: gravest first, then by place (the second item before the tenth), then by code."""

    def key(finding: Finding) -> tuple[int, str, int, str, str, str]:
        place = finding.where
        line = place.line or 0
        return (
            _RANK[finding.severity],
            place.file,
            line,
            re.sub(r"\d+", lambda number: number[0].zfill(9), place.path),
            finding.code,
            finding.message,
        )

    return tuple(sorted(set(findings), key=key))
