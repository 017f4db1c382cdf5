"""Logframes, tracking tables, reference sheets and tidy CSV: what stands in them, and that they can be read again."""

import csv
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import tocmodel as toc
from tocmodel.cli import app, completing
from tocmodel.errors import FieldError
from tocmodel.formats.exports import Export, export, left_out, write_iptt, write_logframe, write_reference_sheets, write_table, write_tables
from tocmodel.formats.layouts import read_table
from tocmodel.measurement import tracking_table


def clubs() -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs", as_of="2025-01-15", period="2023/2024")
    draft.assumption("rooms", "Schools lend rooms")
    meet = draft.output("meet", "Clubs meet", weight=40)
    fluent = draft.outcome("fluent", "Pupils read fluently")
    draft.link(meet, fluent, assumptions=["rooms"])
    draft.risk("rooms-lost", "A room is lost", likelihood="low", about=[meet])
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.indicator(
        "pupils", "=Pupils in clubs", of=meet, unit="person", direction="increase", accumulation="cumulative", report="to_date", by=["sex"],
        means_of_verification="Lists", definition="Pupils who came at least once",
    )  # fmt: skip
    draft.baseline("pupils", 0, period="2022")
    draft.target("pupils", 100, period="2023")
    draft.target("pupils", 150, period="2024")
    draft.actual("pupils", "over 70", period="2023")
    draft.actual("pupils", 80, period="2023", slice={"sex": "girls"})
    return draft.done()


def rows_of(path: Path, sheet: str | None = None) -> list[list[str]]:
    book = openpyxl.load_workbook(path)
    page = book[sheet] if sheet else book.worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]


def test_a_logframe_of_the_eu_is_written_and_read(tmp_path: Path) -> None:
    path = write_logframe(clubs(), tmp_path / "eu.xlsx")
    rows = rows_of(path)
    assert rows[1][:2] == ["Outcome", "Pupils read fluently"]
    assert rows[2] == [
        "Output", "Clubs meet", "=Pupils in clubs", "person", "0 (2022)", "100 (2023)\n150 (2024)", "over 70 (2023)\ngirls: 80 (2023)", "Lists", "Schools lend rooms",
    ]  # fmt: skip
    again = read_table(path)
    assert {str(node.title) for node in again.model.nodes} == {"Clubs meet", "Pupils read fluently"}
    assert [(str(target.period), target.figure.printed) for target in again.model.targets] == [
        ("2023-01-01/2023-12-31", "100"),
        ("2024-01-01/2024-12-31", "150"),
    ]
    assert [link.assumptions for link in again.model.links] == [("schools-lend-rooms",)]


def test_a_logframe_of_fcdo_is_written_and_read(tmp_path: Path) -> None:
    path = write_logframe(clubs(), tmp_path / "fcdo.xlsx", fcdo=True)
    again = read_table(path)
    assert again.layout == "fcdo"
    assert str(again.model.programme.title) == str(clubs().programme.title)
    assert [(str(node.title), node.weight) for node in again.model.nodes] == [("Clubs meet", 40), ("Pupils read fluently", None)]
    assert [(str(target.period), target.figure.printed) for target in again.model.targets] == [
        ("2023-01-01/2023-12-31", "100"),
        ("2024-01-01/2024-12-31", "150"),
    ]
    assert [str(indicator.means_of_verification) for indicator in again.model.indicators] == ["Lists"]
    assert [str(risk.title) for risk in again.model.risks] == ["RISK RATING: A room is lost (low)"]


def test_a_tracking_table_is_written_as_people_see_it(tmp_path: Path) -> None:
    table = tracking_table(clubs())
    rows = rows_of(write_table(table, tmp_path / "table.xlsx"))
    assert rows[1][: len(table.columns)] == [column.header for column in table.columns]
    assert "over 70" in [cell for row in rows for cell in row]
    assert [row[0] for row in rows[2 + len(table.rows) :]] == list(table.footer)


def test_a_tracking_table_has_the_columns_of_an_iptt(tmp_path: Path) -> None:
    path = write_iptt(clubs(), tmp_path / "iptt.xlsx")
    rows = rows_of(path)
    row = dict(zip(rows[1], rows[2], strict=True))
    assert {
        "indicator ID": "pupils",
        "unit": "person",
        "direction": "increase",
        "accumulation": "cumulative, to date",
    }.items() <= row.items()
    assert (row["2023 target"], row["2023 actual"], row["part"], row["2024 actual"]) == ("100", "over 70", "total", "")
    assert [row[0] for row in rows_of(path, "Notes")] == list(tracking_table(clubs()).footer)
    again = read_table(path)
    assert [(indicator.id, indicator.unit, indicator.accumulation, indicator.report) for indicator in again.model.indicators] == [
        ("pupils", "person", "cumulative", "to_date")
    ]
    assert [(str(actual.period), str(actual.slice), actual.figure.printed) for actual in again.model.actuals] == [
        ("2023-01-01/2023-12-31", "total", "over 70"),
        ("2023-01-01/2023-12-31", "sex=girls", "80"),
    ]
    assert not again.not_recognised


def test_percentages_have_their_sign_and_results_without_a_target_their_column(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("clubs", as_of="2023-12-31", period="2022/2023")
    draft.indicator("fluent", "Pupils who read fluently", of=draft.outcome("read", "Pupils read"), unit="percent", direction="increase")
    draft.target("fluent", 70, period="2023")
    draft.actual("fluent", 58, period="2022")
    draft.actual("fluent", "over 72", period="2023")
    draft.actual("fluent", 60)
    rows = rows_of(write_iptt(draft.done(), tmp_path / "iptt.xlsx"))
    row = dict(zip(rows[1], rows[2], strict=True))
    assert [row[name] for name in ("2022 target", "2022 actual", "2023 target", "2023 actual")] == ["", "58 %", "70 %", "over 72 %"]
    notes = [row[0] for row in rows_of(tmp_path / "iptt.xlsx", "Notes")]
    assert "1 result belongs to no period: Pupils who read fluently: 60." in notes
    again = toc.read(tmp_path / "iptt.xlsx")
    assert {(str(actual.period), str(actual.figure.bounds), actual.figure.unit) for actual in again.actuals} == {
        ("2022-01-01/2022-12-31", "58", "percent"),
        ("2023-01-01/2023-12-31", "more than 72", "percent"),
    }


def test_a_reference_sheet_has_the_fields_of_a_pirs(tmp_path: Path) -> None:
    sheet = dict(row[:2] for row in rows_of(write_reference_sheets(clubs(), tmp_path / "pirs.xlsx"), "pupils"))
    assert sheet["Name of indicator"] == "=Pupils in clubs"
    assert sheet["Precise definition(s)"] == "Pupils who came at least once"
    assert sheet["Disaggregated by"] == "Sex (exhaustive)"
    assert sheet["Known data limitations"] == ""


def test_tables_are_tidy_and_no_formulas(tmp_path: Path) -> None:
    files = {path.stem: path for path in write_tables(clubs(), tmp_path / "tables")}
    assert {"results", "links", "indicators", "targets", "actuals"} <= set(files)
    with files["actuals"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["indicator"], row["figure"], row["slice"]) for row in rows] == [("pupils", "over 70", ""), ("pupils", "80", "sex=girls")]
    assert "'=Pupils in clubs" in files["indicators"].read_text(encoding="utf-8")


def test_every_export_by_its_name(tmp_path: Path) -> None:
    for form in ("logframe", "logframe-fcdo", "iptt", "reference-sheets"):
        (file,) = export(clubs(), tmp_path / f"{form}.xlsx", form)
        assert openpyxl.load_workbook(file).worksheets
    assert len(export(clubs(), tmp_path / "all", "tables")) == len(list((tmp_path / "all").iterdir()))
    with pytest.raises(FieldError, match="did you mean 'logframe'"):
        export(clubs(), tmp_path / "x.xlsx", "logfram")
    with pytest.raises(FieldError, match=r"end it in \.xlsx"):
        export(clubs(), tmp_path / "x.csv", "iptt")


def test_the_command_line_knows_every_export() -> None:
    forms = [form.value for form in Export]
    assert completing.exports("") == forms
    asked = " ".join(CliRunner().invoke(app, ["convert", "--help"], env={"COLUMNS": "400"}).output.split())
    assert all(form in asked for form in forms)


def test_exports_from_the_command_line(tmp_path: Path) -> None:
    plan, out = toc.write(clubs(), tmp_path / "plan.xlsx"), tmp_path / "iptt.xlsx"
    done = CliRunner().invoke(app, ["convert", str(plan), str(out), "--as", "iptt", "--as-of", "2024-02-01"])
    assert (done.exit_code, done.stderr) == (0, f"written: {out}\nnot in it: 1 causal link, 1 result without an indicator\n")
    assert "as of 2024-02-01" in rows_of(out)[0][0]
    done = CliRunner().invoke(app, ["convert", str(plan), str(tmp_path / "iptt.txt"), "--as", "iptt"])
    assert done.exit_code == 2
    assert "end it in .xlsx" in done.stderr


def test_pages_with_names_that_a_sheet_cannot_have(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("clubs")
    meet = draft.output("meet", "Clubs meet")
    for id in ("history", "a" * 40 + "1", "a" * 40 + "2", "a:b*c?[d]", "A:B*C?[D]"):
        draft.indicator(id, of=meet)
    book = openpyxl.load_workbook(write_reference_sheets(draft.done(), tmp_path / "pirs.xlsx"))
    assert len(book.sheetnames) == 5


def test_what_a_form_leaves_out_is_said() -> None:
    draft = toc.TheoryOfChange.build("clubs", "Clubs", as_of="2024-12-31", period="2023/2024")
    draft.actor("school", "School")
    draft.source("register", "Register")
    meet = draft.output("meet", "Clubs meet")
    draft.link(meet, draft.outcome("read", "Pupils read"))
    draft.indicator("pupils", "Pupils", of=meet, unit="person")
    draft.baseline("pupils", 10)
    draft.target("pupils", 5, change="amount", source="register")
    draft.actual("pupils", 12, period="2023", reporter="school")
    draft.actual("pupils", {"words": "many"}, period="2024", reporter="school")
    model = draft.done()
    shared = ("1 reporter", "1 source of figures", "1 target that states a change", "1 figure that is read otherwise")
    assert left_out(model, "logframe") == ("1 causal link", "1 earlier actual", *shared)
    assert left_out(model, "logframe-fcdo") == ("1 causal link", *shared[:3], "1 figure that is read otherwise")
    assert left_out(model, "iptt")[:2] == ("1 causal link", "1 result without an indicator")
    assert left_out(model, "tables") == ()
