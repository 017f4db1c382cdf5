"""Overlay files: judgements beside a model, none without who, when and why."""

from decimal import Decimal
from pathlib import Path

import pytest

from tocmodel.errors import UnreadableFileError
from tocmodel.formats.overlay import read_overlay


def written(folder: Path, text: str) -> Path:
    path = folder / "panel.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_judgements_are_read_and_share_who_and_when(tmp_path: Path) -> None:
    found = read_overlay(
        written(
            tmp_path,
            "by: parents\non: 2024-06-15\njudgements:\n  a->b: {low: 0.4, high: 0.6, why: seen}\n  time: {level: likely, by: teachers, why: said}\n",
        )
    )
    assert (found["a->b"].low, found["a->b"].by, found["a->b"].on) == (Decimal("0.4"), "parents", "2024-06-15")
    assert (found["time"].level, found["time"].by) == ("likely", "teachers")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("judgements: {a: {low: 0.4, high: 0.6}}", "a judgement needs by, on, why"),
        ("judgements: {a: {low: 0.4, high: 0.6, by: x, on: y, why: ' '}}", "a judgement needs why"),
        ("judgements: {a: {low: 0.9, high: 0.6, by: x, on: y, why: z}}", "not a range of probabilities"),
        ("judgements: {a: {lo: 0.9, by: x, on: y, why: z}}", "judgement: it has no 'lo'"),
        ("judgements: {a: 0.5}", "not a judgement: '0.5'"),
        ("judgement: {}", "an overlay is a mapping with 'judgements'"),
        ("judgements: {}\nwhom: x", "unknown key: 'whom'"),
        ("judgements: {'a b': {low: 0, high: 1, by: x, on: y, why: z}}", "not an id"),
    ],
)
def test_faults_are_named_with_their_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message) as raised:
        read_overlay(written(tmp_path, text))
    assert all(finding.where.file == "panel.yaml" for finding in raised.value.findings)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="there is no such file"):
        read_overlay(tmp_path / "none.yaml")
