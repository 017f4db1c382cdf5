"""Whether an IATI file keeps to the standard: the schema of its version, and the rules of the IATI Validator."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.iati.parsing import parsed
from tocmodel.formats.iati.ruleset import breaches

if TYPE_CHECKING:
    from lxml.etree import XMLSchema

VERSIONS = ("1.05", "2.01", "2.02", "2.03")
"""The versions of the standard whose schemas are shipped; older dialects of 1.x are held against 1.05."""
_SEVERITIES = {"critical": Severity.ERROR, "error": Severity.ERROR, "warning": Severity.WARNING}


def validate(path: Path, *, today: date | None = None) -> tuple[Finding, ...]:
    """What in an IATI activity file breaks the standard, with the lines.

    Args:
        path: the file.
        today: the date that generation dates may not lie after; None for no such check.

    Returns:
        Findings: ``IATI-XSD`` for breaches of the schema of the file's version, ``IATI-`` and the official number, such as
        ``IATI-8.6.1``, for breaches of a rule. Rules that need the register of publishers are passed over.

    Raises:
        UnreadableFileError: if it is no well-formed XML of IATI activities.
    """
    root = parsed(path)
    version = _version(root.get("version", ""))
    found = [*_schema_faults(root, version, path.name), *_rule_faults(root, path.name, today)]
    return in_order(found)


def _version(stated: str) -> str:
    if stated in VERSIONS:
        return stated
    return "1.05" if stated.startswith("1") else "2.03"


@cache
def _schema(version: str) -> "XMLSchema":
    from lxml import etree

    with as_file(files("tocmodel.formats.iati").joinpath("standard", version)) as folder:
        return etree.XMLSchema(etree.parse(str(folder / "iati-activities-schema.xsd"), etree.XMLParser(no_network=True)))


@cache
def ruleset() -> dict[str, Any]:
    """The ruleset of the IATI Validator."""
    held: dict[str, Any] = json.loads(files("tocmodel.formats.iati").joinpath("standard", "ruleset.json").read_text(encoding="utf-8"))
    return held


def _schema_faults(root: Any, version: str, file: str) -> Iterator[Finding]:  # noqa: ANN401 — lxml's elements
    schema = _schema(version)
    schema.validate(root)
    for fault in schema.error_log:  # pyright: ignore[reportGeneralTypeIssues] — an lxml log is iterable
        hint = f"the schema of IATI {version}"
        yield Finding("IATI-XSD", Severity.ERROR, Place(fault.path or "", file, fault.line), str(fault.message), hint)


def _rule_faults(root: Any, file: str, today: date | None) -> Iterator[Finding]:  # noqa: ANN401 — lxml's elements
    for breach in breaches(ruleset(), root, today=today):
        about: dict[str, Any] = breach.case["ruleInfo"]
        yield Finding(
            f"IATI-{about['id']}",
            _SEVERITIES.get(about["severity"], Severity.NOTE),
            Place(breach.path, file, breach.line),
            about["message"],
        )
