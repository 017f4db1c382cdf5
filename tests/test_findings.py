"""Findings and their places, by example."""

import pytest

from tocmodel.findings import Finding, Place, Severity, in_order


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("links[0]"), "links[0]"),
        (Place("links[0]", "model.yaml", 3), "model.yaml:3: links[0]"),
        (Place("", "model.yaml"), "model.yaml"),
        (Place("", "", 3), "line 3"),
        (Place("links[0]", "", 3), "line 3: links[0]"),
    ],
)
def test_a_place_in_words(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_finding_in_words_and_as_a_record() -> None:
    finding = Finding("F04", Severity.ERROR, Place("a", "m.yaml", 3), "not an id", "an id has no blanks")
    assert str(finding) == "error F04 at m.yaml:3: a: not an id (an id has no blanks)"
    assert str(Finding("F01", Severity.NOTE, Place(), "empty")) == "note F01: empty"
    assert finding.record() == {
        "severity": "error",
        "code": "F04",
        "file": "m.yaml",
        "line": 3,
        "path": "a",
        "message": "not an id",
        "hint": "an id has no blanks",
    }


def test_findings_stand_gravest_first_then_by_place_without_repetition() -> None:
    note = Finding("L20", Severity.NOTE, Place("a"), "x")
    early = Finding("M02", Severity.ERROR, Place("links[2]"), "x")
    late = Finding("M02", Severity.ERROR, Place("links[10]"), "x")
    line = Finding("M02", Severity.ERROR, Place("zz", "", 1), "x")
    assert in_order([note, late, line, early, note]) == (early, late, line, note)
