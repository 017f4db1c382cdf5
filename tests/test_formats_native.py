"""Native files, by example: YAML and JSON say the same, and every message has its line."""

import json
import sys
from pathlib import Path

import pytest

from tocmodel import TheoryOfChange, read, report, write
from tocmodel.errors import InvalidModelError, UnreadableFileError

FAULTY_JSON = """{
 "tocmodel": 1,
 "programme": {"id": "p", "title": "P"},
 "activities": [
  {"id": "a", "title": "A",
   "wieght": 5}
 ]
}
"""


def model() -> TheoryOfChange:
    draft = TheoryOfChange.build("reading", "Clubs – fictional", language="en")
    draft.activity("clubs", "Clubs meet", weight="0.10")
    draft.indicator("readers", of="clubs", unit="person")
    draft.actual("readers", "over 1,550", reported="2021-09-29T12:00:00Z")
    return draft.done()


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".json", ".YAML"])
def test_read_and_write_are_inverse(tmp_path: Path, ending: str) -> None:
    path = write(model(), tmp_path / f"model{ending}")
    assert read(path) == read(str(path)) == model()
    assert b"\r" not in path.read_bytes()
    assert path.read_bytes().endswith(b"\n")


def test_numbers_in_json_stay_exact(tmp_path: Path) -> None:
    path = write(model(), tmp_path / "model.json")
    text = path.read_text(encoding="utf-8").replace('"0.1"', "0.1000000000000000055511151231257827")
    path.write_text(text, encoding="utf-8")
    assert str(read(path).node("clubs").weight) == "0.1000000000000000055511151231257827"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    for ending in (".yaml", ".json"):
        path = write(model(), tmp_path / f"model{ending}")
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        assert read(path) == model()


def test_faults_in_json_have_their_line(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(FAULTY_JSON, encoding="utf-8")
    with pytest.raises(UnreadableFileError) as raised:
        read(path)
    (finding,) = raised.value.findings
    assert str(finding) == "error F02 at model.json:6: activities[0].wieght: unknown key: 'wieght' (did you mean 'weight'?)"


def test_a_key_that_stands_twice_in_json_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(FAULTY_JSON.replace("wieght", "title"), encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"model\.json:6: activities\[0\]\.title: the key 'title' stands twice"):
        read(path)


def test_faults_in_json_that_is_no_yaml_have_at_least_their_path(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps(json.loads(FAULTY_JSON) | {"\u007f": 1}).replace("P", "\\ud83d\\ude42"), encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"activities\[0\]\.wieght: unknown key"):
        read(path)


def test_faults_in_yaml_have_their_line(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "tocmodel: 1\nprogramme: {id: p, title: P}\nactivities:\n- id: a\n  title: A\n  by: team\n  sphere: contrl\nlinks:\n- from: a\n  to: b\n",
        encoding="utf-8",
    )
    with pytest.raises(UnreadableFileError) as raised:
        read(path)
    assert [str(finding.where) for finding in raised.value.findings] == [
        "model.yaml:6: activities[0].by",
        "model.yaml:7: activities[0].sphere",
        "model.yaml:10: links[0].to",
    ]


@pytest.mark.parametrize(("path", "message"), [("model.docx", "cannot be written"), ("model", "has no ending")])
def test_an_ending_that_no_format_has_is_refused(tmp_path: Path, path: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"{message}.*known endings: .yaml, .yml, .json"):
        write(model(), tmp_path / path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work differently there")
def test_a_name_that_the_system_refuses_gives_a_message(tmp_path: Path) -> None:
    for name in ("nul\0.yaml", "x" * 300 + ".yaml"):
        with pytest.raises(UnreadableFileError, match="cannot be opened"):
            read(tmp_path / name)


def test_numbers_of_other_programs_are_written_back_as_numbers(tmp_path: Path) -> None:
    held = {"own": [1, 2.5, 1e30, True, None, "text"]}
    text = json.dumps({"tocmodel": 1, "programme": {"id": "p", "title": "P", "extensions": held}})
    (tmp_path / "p.json").write_text(text, encoding="utf-8")
    write(read(tmp_path / "p.json"), tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))["programme"]["extensions"] == held


def test_what_no_file_can_hold_is_refused_at_once() -> None:
    with pytest.raises(InvalidModelError, match="no data that a file can hold"):
        TheoryOfChange.build("p", extensions={"own": object()}).done()


@pytest.mark.parametrize("ending", [".yaml", ".json", ".xlsx", ".xml", ".mmd", ".dot", ".graphml", ".outline", ".html"])
def test_no_folder_is_made(tmp_path: Path, ending: str) -> None:
    empty = TheoryOfChange.build("p", as_of="2024-01-01").done()
    with pytest.raises(FileNotFoundError):
        (report if ending == ".html" else write)(empty, tmp_path / "nowhere" / f"p{ending}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_half_of_a_surrogate_pair_is_named_and_the_file_stays(tmp_path: Path, ending: str) -> None:
    draft = TheoryOfChange.build("reading", "Clubs – fictional")
    draft.activity("clubs", "Clubs meet", place="\ud800", extensions={"own": {"words": ["\udfff"]}})
    broken = draft.done()
    path = write(model(), tmp_path / f"model{ending}")
    with pytest.raises(InvalidModelError, match="half of a surrogate pair") as raised:
        write(broken, path)
    assert {(finding.where.record, finding.where.field) for finding in raised.value.findings} == {
        ("clubs", "place"),
        ("clubs", "extensions"),
    }
    assert read(path) == model()


def test_a_record_says_what_contradicts_itself_beside_a_field_at_fault(tmp_path: Path) -> None:
    """What hangs on the field at fault is no second fault: the package of links that cannot be read is not called empty."""
    path = tmp_path / "model.yaml"
    path.write_text(
        "tocmodel: 1\nprogramme: {id: p, title: P}\nactivities: [{id: a, title: A}]\n"
        "links: [{from: a, to: a, sign: helpss}]\npackages: [{id: k, node: a, links: ['x y']}, {id: l, node: a, at_least: many}]\n"
        "indicators: [{id: i, of: a, actuals: [{period: soon}, {period: soon, numerator: [1], denominator: 2}]}]\n"
    )
    with pytest.raises(UnreadableFileError) as raised:
        read(path)
    said = [str(finding) for finding in raised.value.findings]
    assert [any(words in line for line in said) for words in ("unknown sign: 'helpss'", "a link from 'a' to itself")] == [True, True]
    assert [finding.where.record for finding in raised.value.findings if finding.message == "a package of nothing"] == ["packages[1]"]
    missing = [finding.where.record for finding in raised.value.findings if finding.message == "the figure is missing"]
    assert missing == ["indicators[0].actuals[0]"]
