"""The comparison of conventions: our columns are computed, agree with the reference, and never crash or invent."""

import csv
import runpy
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path("examples/formula_comparison")
RESEARCH = Path("../shared/research/formula_comparison.csv")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "compare.py"))


@pytest.fixture(scope="module")
def rows(script: dict[str, Any]) -> Rows:
    compared: Callable[[Rows], Rows] = script["compared"]
    return compared(script["rows_of"]("cases.csv"))


def test_our_progress_is_the_reference_wherever_it_has_a_number(rows: Rows) -> None:
    checked = 0
    for row in rows:
        reference = row["baseline_adjusted_unclamped"]
        if reference in {"", "undefined"}:
            assert not row["progress"].endswith("%"), row["case"]
        else:
            checked += 1
            ours = Decimal(row["progress"].removesuffix(" %"))
            assert abs(ours - Decimal(reference)) <= Decimal("0.05"), row["case"]
    assert checked == 15


def test_where_there_is_no_number_there_is_a_reason(rows: Rows) -> None:
    found = {row["case"]: (row["attainment"], row["progress"], row["status"]) for row in rows}
    assert found["zero target, actual 5"] == ("zero target", "baseline equals target", "met")
    assert found["down to zero target, half way"] == ("zero target", "50 %", "not met")
    assert found["missing actual"] == ("missing actual", "missing actual", "missing")
    assert found["missing baseline"] == ("50 %", "missing baseline", "not met")
    assert found["true zero actual"] == ("0 %", "0 %", "not met")
    assert [found[case][2] for case in found if case.startswith("maintain")] == ["met", "not met", "not met"]


def test_the_eight_readings_of_one_indicator(rows: Rows) -> None:
    row = next(row for row in rows if row["case"] == "half way down")
    assert (row["attainment"], row["progress"], row["status"]) == ("175 %", "50 %", "not met")
    others = [row[name] for name in ("akvo_rsr", "toladata", "hikaya_period", "hikaya_eop", "unicef_prp", "operately", "unhcr_axis_impact",
                                     "gophr")]  # fmt: skip
    assert others == ["175", "57.14", "3925", "50", "0", "50", "50", "175"]


def test_every_column_of_others_says_its_convention_system_and_version(script: dict[str, Any], rows: Rows) -> None:
    columns = {item["column"]: item for item in script["rows_of"]("conventions.csv")}
    ours = {"case", "baseline", "target", "actual", "direction", "attainment", "progress", "status"}
    assert set(rows[0]) - ours == set(columns)
    assert all(item["convention"] and item["system"] for item in columns.values())
    headings = [item["heading"] for item in columns.values()]
    assert len(set(headings)) == len(headings)


def test_the_columns_of_others_are_those_of_the_research(rows: Rows) -> None:
    if not RESEARCH.exists():
        pytest.skip("the research of ../shared is not here")
    with RESEARCH.open(encoding="utf-8", newline="") as file:
        research = list(csv.DictReader(file))
    shared = [name for name in research[0] if name != "direction"]
    assert [[row[name] for name in shared] for row in rows] == [[row[name] for name in shared] for row in research]


def test_the_script_prints_ours_beside_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / "compare.py"), run_name="__main__")
    out = capsys.readouterr().out
    assert "half way down" in out
    assert out.count("Akvo RSR") == 2
