"""Claims tables: what is read and written, and every fault with its file and row."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tocmodel.contribution import Claim, Claims
from tocmodel.errors import UnreadableFileError
from tocmodel.formats.claims import read_claims, write_claims

CLAIMS = Claims([Claim("A", "=1+1", "s1", quote='a, "b"\nc', attributes={"gender": "f"}), Claim("B", "~A", "s2", mention="explicit")])


def written(folder: Path, text: str, name: str = "claims.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_claims_survive_and_formulas_do_not_run(tmp_path: Path, ending: str) -> None:
    path = write_claims(CLAIMS, tmp_path / f"claims{ending}")
    assert read_claims(path).claims == CLAIMS.claims
    if ending == ".csv":
        assert "'=1+1" in path.read_text(encoding="utf-8")


def test_workbooks_hold_text_and_never_formulas(tmp_path: Path) -> None:
    import zipfile

    path = write_claims(CLAIMS, tmp_path / "claims.xlsx")
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="s"' in sheet


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found_and_empty_rows_are_passed_over(tmp_path: Path, delimiter: str) -> None:
    lines = ["Cause,Effect,SOURCE,Gender", "A,B,s1,f", "", ",,,", "B,C,s2,"]
    path = written(tmp_path, "\ufeff" + "\n".join(line.replace(",", delimiter) for line in lines))
    assert read_claims(path).claims == (Claim("A", "B", "s1", attributes={"Gender": "f"}), Claim("B", "C", "s2"))


def test_numbers_in_a_workbook_are_read_as_they_show(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "claims.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 0, ["cause", "effect", "source", "age"])
        sheet.write_row(3, 0, ["A", "B", 7, 12.5])
    assert read_claims(path).claims == (Claim("A", "B", "7", attributes={"age": "12.5"}),)


def faults(path: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(UnreadableFileError) as caught:
        read_claims(path)
    assert all(finding.where.file == path.name for finding in caught.value.findings)
    return [(finding.code, finding.where.line, finding.message) for finding in caught.value.findings]


def test_every_fault_has_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, "cause,effect,source,mention\nA,B,s,\n,B,,\nA,B,s,maybe\nA,B,s,,surplus\n")
    assert faults(path) == [
        ("F03", 3, "'cause' is missing"),
        ("F03", 3, "'source' is missing"),
        ("F04", 4, "unknown mention: 'maybe'"),
        ("F02", 5, "more cells than columns: 'surplus'"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "F01", "the table is empty"),
        ("cause,efect,source\n", "F03", "there is no column 'effect'"),
        ("cause,effect,source,cause\n", "F02", "the column 'cause' stands twice"),
        ('cause,effect,source\nA,"B,s\n', "F05", "not CSV"),
    ],
)
def test_a_table_that_is_none_says_so(tmp_path: Path, text: str, code: str, message: str) -> None:
    found = faults(written(tmp_path, text))
    assert found[0][0] == code
    assert message in found[0][2]


def test_other_files_are_refused(tmp_path: Path) -> None:
    assert faults(tmp_path / "claims.txt")[0][0] == "F01"
    assert faults(tmp_path / "none.csv")[0][2] == "there is no such file"
    assert faults(tmp_path / "none.xlsx")[0][0] in {"F01", "F05"}
    assert faults(written(tmp_path, "no workbook", "broken.xlsx"))[0][0] == "F05"
    with pytest.raises(UnreadableFileError, match="cannot be written"):
        write_claims(CLAIMS, tmp_path / "claims.txt")


def test_an_empty_table_is_written_and_read_back(tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx"):
        assert read_claims(write_claims(Claims(), tmp_path / f"none{ending}")).claims == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"cause,effect,source\n"])
def test_what_is_no_workbook_holds_no_claims(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "claims.xlsx"
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"claims\.xlsx"):
        read_claims(file)


def test_a_workbook_that_unpacks_to_more_than_any_table_holds_no_claims(tmp_path: Path) -> None:
    file = tmp_path / "claims.xlsx"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    with pytest.raises(UnreadableFileError, match="unpacked it would have 30,000,000 bytes"):
        read_claims(file)
