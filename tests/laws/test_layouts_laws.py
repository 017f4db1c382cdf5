"""Tables of others: no cell is dropped in silence, whatever stands in which column."""

import csv
import json
import tempfile
from pathlib import Path

from hypothesis import given, strategies as st

from tests.test_formats_layouts import FCDO_2011
from tocmodel.errors import UnreadableFileError
from tocmodel.formats.layouts import read_table
from tocmodel.formats.layouts.headings import SYNONYMS, Role
from tocmodel.formats.plain import to_plain

TRANSLATED = {
    Role.LEVEL,
    Role.KIND,
    Role.DIRECTION,
    Role.UNIT,
    Role.WEIGHT,
    Role.ROW_KIND,
    Role.BASELINE_DATE,
    Role.START,
    Role.END,
    Role.REPORTED,
}
"""What becomes a word or a date of ours."""
NAMES = sorted({names[0] for role, names in SYNONYMS.items() if role not in TRANSLATED} | {"colour", "2023 target", "2024 actual"})


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows below headings, every filled cell with a text of its own."""
    head = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=7, unique=True))
    filled = draw(
        st.lists(st.lists(st.sampled_from(["", "number", "text"]), min_size=len(head), max_size=len(head)), min_size=1, max_size=5)
    )
    rows = [head]
    for number, row in enumerate(filled, start=1):
        own = [f"{number}{place}77" for place in range(len(head))]
        rows.append([{"": "", "number": text, "text": f"w{text}"}[kind] for kind, text in zip(row, own, strict=True)])
    return rows


@given(tables())
def test_no_cell_is_dropped_in_silence(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        try:
            reading = read_table(path)
        except UnreadableFileError:
            return
        said = json.dumps(to_plain(reading.model)) + " ".join(cell.text for cell in reading.not_recognised)
        missing = [cell for row in rows[1:] for cell in row if cell not in said]
        assert not missing


EMPTY = [(number, place) for number, row in enumerate(FCDO_2011) for place in range(8) if place >= len(row) or not row[place]]


@given(st.sets(st.sampled_from(EMPTY), max_size=12))
def test_no_stray_cell_of_a_logframe_in_blocks_is_dropped_in_silence(strays: set[tuple[int, int]]) -> None:
    rows = [[*row, *[""] * (8 - len(row))] for row in FCDO_2011]
    for number, place in strays:
        rows[number][place] = f"stray{number}x{place}."
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        reading = read_table(path, layout="fcdo")
    said = json.dumps(to_plain(reading.model)) + " ".join(cell.text for cell in reading.not_recognised)
    assert not [cell for number, place in strays if (cell := rows[number][place]) not in said]
