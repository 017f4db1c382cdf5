"""Word documents: what stands in them, for eyes and for screen readers, in whose template, and hostile text as text."""

import subprocess
import sys
import time
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

import tocmodel as toc
from tests.test_reports import HOSTILE
from tocmodel.errors import AsOfNeededError, MissingExtraError, RefusedError, UnknownIdError, UnreadableTemplateError
from tocmodel.measurement import publishable
from tocmodel.reports.word import write_story, write_word
from tocmodel.reports.word.document import TABLE_STYLE, opened
from tocmodel.reports.word.grid import Cell, add_grid

PAIR = ("child-rights-clubs", "children-engage-duty-bearers")


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module")
def document(kenya: toc.TheoryOfChange, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return Document(str(write_word(kenya, tmp_path_factory.mktemp("word") / "kenya.docx", stories=[PAIR])))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def everything(document: Any) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def styled(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def table_named(document: Any, name: str) -> Any:
    for table in document.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        if caption is not None and caption.get(qn("w:val")) == name:
            return table
    raise AssertionError(name)


def test_titles_are_headings_and_the_notice_stands_at_both_ends(kenya: toc.TheoryOfChange, document: Any) -> None:
    assert styled(document, "Title") == [str(kenya.programme.title)]
    assert styled(document, "Heading 1")[:3] == ["Achievement", "Logical framework", "Indicator reference sheets"]
    assert styled(document, "Heading 1")[3].startswith("Contribution story")
    sheets = [str(indicator.title) for indicator in kenya.indicators]
    assert styled(document, "Heading 2")[: len(sheets)] == sheets
    notice = str(kenya.programme.notice)
    found = [place for place, text in enumerate(texts(document)) if text == notice]
    assert found[0] < 4
    assert found[-1] >= len(texts(document)) - 2
    assert document.core_properties.title == str(kenya.programme.title)


def test_where_no_target_is_due_nothing_is_missed_or_missing(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("plan", "Plan", period="2024", as_of="2024-03-01")
    clubs = draft.activity("clubs", "Clubs meet")
    for id, title in (("a", "Meetings"), ("b", "Visits")):
        draft.indicator(id, title, of=clubs, unit="session", direction="increase", accumulation="cumulative")
        draft.target(id, 10)
    draft.actual("a", 4)
    text = " ".join(texts(Document(str(write_word(draft.done(), tmp_path / "plan.docx")))))
    assert "No target is due yet as of 1 March 2024." in text
    assert "Not due yet, and not met so far: Meetings (4 of 10)." in text
    assert "no result reported" not in text
    assert "Not met" not in text


@pytest.mark.parametrize("measured", [False, True])
def test_all_that_stands_below_the_achievement_table_is_told(tmp_path: Path, *, measured: bool) -> None:
    draft = toc.TheoryOfChange.build("p", "P", as_of="2024-12-31", notice="Fictional; for a test.")
    output = draft.output("o", "Pupils read")
    if measured:
        draft.target(draft.indicator("i", "Pupils", of=output, unit="person"), 5, period="2024")
    model = draft.done()
    remarks = toc.achievement(model).remarks
    assert remarks
    told = texts(Document(str(write_word(model, tmp_path / "p.docx"))))
    below = told[told.index("Achievement") : told.index("Logical framework")]
    assert [text for text in below if text in remarks] == list(remarks)


def test_what_stands_below_the_achievement_table_is_in_the_readers_language(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("p", "P", as_of="2024-12-31", notice={"en": "Fictional", "fr": "Fictif"})
    pupils = draft.indicator("i", "Pupils", of=draft.output("o", "Pupils read"), unit="person")
    draft.target(pupils, 5, period="2024")
    draft.actual(pupils, 4, period="2023")
    told = texts(Document(str(write_word(draft.done(), tmp_path / "p.docx", lang="fr"))))
    below = told[told.index("Résultats obtenus") : told.index("Cadre logique")]
    assert "1 résultat n’appartient à aucune période : Pupils : 4, 2023." in [text.replace("\N{NO-BREAK SPACE}", " ") for text in below]
    assert "Fictif" in below
    assert "Fictional" not in told


def test_the_achievement_table_holds_every_total_and_part(kenya: toc.TheoryOfChange, document: Any) -> None:
    table = table_named(document, "Achievement against targets")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Indicator", "Baseline", "Target", "Achieved", "Of the plan", "Status", "Comment"]
    life = [row for row in toc.achievement(kenya) if row.scope == "life"]
    assert len(rows) - 1 == len(life)
    assert ["Boys", "–", "45", "27", "60\u00a0%", "no verdict (context)", ""] in rows
    assert any(row[:6] == ["Government officials trained\nperson, government officials", "–", "135", "–", "–", "missing"] for row in rows)
    said = " ".join(texts(document))
    assert "5 of 12 indicators with a target that is due have a result as of 30 September 2021." in said
    assert "For 11 targets, 4 of them of groups, no result is reported; that is missing, not zero." in said
    assert "Boys (775); Direct children in all (2,000); Direct children in all, Girls (1,090)" in said
    assert "1 more target cannot be read, and no result is reported for it." in said


def test_the_logframe_goes_from_the_goal_down_on_a_wide_page(kenya: toc.TheoryOfChange, document: Any) -> None:
    rows = [[cell.text for cell in row.cells] for row in table_named(document, "Logical framework").rows]
    assert rows[1][0].startswith("Overall objective:\nContribute to the elimination")
    levels = list(dict.fromkeys(row[0].partition(":")[0] for row in rows[1:]))
    assert levels == ["Overall objective", "Specific objective", "Outcome", "Output", "Activity"]
    for node in kenya.nodes:
        assert any(row[0].endswith(f"\n{node.title}") for row in rows), node.id
    assert any("Duty bearers respond without reprisal" in row[6] for row in rows)
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    wide = document.sections[1]
    assert wide.page_width > wide.page_height


def test_a_node_with_several_indicators_is_one_cell(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("wells", "Water points (fictional)", as_of="2024-12-31", period="2023-01-01/2024-12-31")
    draft.activity("dig", "Neighbours dig wells")
    for id in ("dug", "kept"):
        draft.indicator(id, f"Wells {id}", of="dig", unit="item", direction="increase", accumulation="incremental", report="per_period")
        draft.target(id, 5, period="2023")
        draft.target(id, 7, period="2024")
    table = table_named(Document(str(write_word(draft.done(), tmp_path / "w.docx"))), "Logical framework")
    first, second = table.rows[1], table.rows[2]
    assert first.cells[0]._tc is second.cells[0]._tc
    assert [first.cells[1].text, second.cells[1].text] == ["Wells dug", "Wells kept"]
    assert first.cells[3].text == "12\n2023: 5\n2024: 7"


def test_header_rows_are_marked_and_repeat_and_tables_are_named(document: Any) -> None:
    for table in document.tables:
        assert table.style.name == TABLE_STYLE
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        look = int(table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:val")), 16)
        headed = table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert bool(look & 0x20) is headed
        assert headed or look & 0x80
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table._tbl.tr_lst)


def test_an_indicator_sheet_shows_what_is_filled_in(kenya: toc.TheoryOfChange, document: Any) -> None:
    indicator = kenya.indicator("rescued")
    sheet = table_named(document, f"Reference sheet: {indicator.title}")
    rows = {row.cells[0].text: row.cells[1].text for row in sheet.rows}
    assert rows["Direction"] == "context: neither good nor bad when it rises"
    assert rows["Target"] == "150"
    assert "159" in rows["Result so far"]
    assert "Numerator" not in rows


def test_the_story_carries_numbers_that_lead_to_its_grounds(kenya: toc.TheoryOfChange, document: Any, tmp_path: Path) -> None:
    told = toc.story(kenya, *PAIR)
    alone = Document(str(write_story(told, tmp_path / "story.docx")))
    for one in (document, alone):
        said = "\n".join(texts(one))
        assert all(sentence.text in said for sentence in told.sentences)
        rows = [[cell.text for cell in row.cells] for row in table_named(one, "What the numbers in brackets stand for").rows[1:]]
        assert {row[1] for row in rows} == {id for sentence in told.sentences for id in sentence.because}
        assert [row[0] for row in rows] == [f"[{number}]" for number in range(1, len(rows) + 1)]
    assert "not an evaluation" in everything(alone)


def test_an_organisations_template_gives_styles_first_page_and_header(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    from docx.shared import Pt

    own: Any = Document()
    own.add_paragraph("Our cover page")
    own.sections[0].header.paragraphs[0].text = "Our letterhead"
    own.styles["Heading 1"].font.size = Pt(31)
    own.styles.element.remove(own.styles["Subtitle"].element)
    own.save(str(tmp_path / "own.docx"))

    made: Any = Document(str(write_word(kenya, tmp_path / "out.docx", template=tmp_path / "own.docx")))

    assert texts(made)[:2] == ["Our cover page", str(kenya.programme.title)]
    assert made.sections[0].header.paragraphs[0].text == "Our letterhead"
    assert made.styles["Heading 1"].font.size == Pt(31)
    assert styled(made, "Subtitle")


def test_what_cannot_be_written_is_refused(kenya: toc.TheoryOfChange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_text("no document", encoding="utf-8")
    with pytest.raises(UnreadableTemplateError, match="not a Word document"):
        write_word(kenya, tmp_path / "x.docx", template=bad)
    with pytest.raises(FileNotFoundError):
        write_word(kenya, tmp_path / "x.docx", template=tmp_path / "none.docx")
    with pytest.raises(UnknownIdError, match="did you mean 'child-rights-clubs'"):
        write_word(kenya, tmp_path / "x.docx", stories=[("child-right-clubs", PAIR[1])])
    with pytest.raises(AsOfNeededError):
        write_word(toc.TheoryOfChange.build("p").done(), tmp_path / "x.docx")
    assert not (tmp_path / "x.docx").exists()
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"tocmodel\[word\]"):
        write_word(kenya, tmp_path / "x.docx")


def test_what_is_withheld_for_publication_stands_nowhere(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)", as_of="2024-12-31")
    clubs = draft.activity("clubs", "Reading clubs")
    draft.indicator(
        "pupils", "Pupils", of=clubs, unit="person", population="children", direction="increase", by=["sex"], note="3 girls came"
    )
    for sex, count in (("girls", 3), ("boys", 97)):
        draft.actual("pupils", count, slice={"sex": sex})
    model = draft.done()
    table = publishable(model, toc.achievement(model))
    made = Document(str(write_word(model, tmp_path / "p.docx", table=table)))
    cells = [cell.text for row in table_named(made, "Achievement against targets").rows for cell in row.cells]
    assert "3" not in cells
    assert "97" not in cells
    assert "suppressed" in cells
    assert "3 girls came" not in everything(made)
    with pytest.raises(RefusedError, match="a story tells the model's own figures"):
        write_word(model, tmp_path / "s.docx", table=table, stories=[("clubs", "clubs")])


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x0b\ufffe nothing XML can hold"])
def test_hostile_text_appears_as_text(text: str, tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("p", text, notice=text, as_of="2024-01-01", place=text)
    one, other = draft.activity("a", text), draft.objective("b", text)
    draft.link(one, other, rationale=text, basis="stated", assumptions=[draft.assumption("c", text)])
    draft.indicator("i", text, of=other, unit="person", definition=text, by=[text[:50]] if text[:50].isprintable() else [])
    draft.actual("i", 5, comparability=text)
    draft.indicator("w", text, of=other, kind="text")
    draft.actual("w", text)

    made = Document(str(write_word(draft.done(), tmp_path / "h.docx", stories=[("a", "b")])))

    cleaned = "".join("\N{REPLACEMENT CHARACTER}" if sign in "\x00\x0b\ufffe" else sign for sign in text)
    assert cleaned in styled(made, "Title")[0]
    assert everything(made).count(cleaned) > 5


def test_a_long_table_is_written_in_one_go() -> None:
    names = ("a", "b", "c", "d", "e")
    document: Any = opened(None)
    rows = [[Cell(f"{line} {name}") for name in names] for line in range(400)]
    start = time.perf_counter()
    add_grid(document, names, rows, (1, 1, 1, 1, 1), title="long", style_id=document.styles[TABLE_STYLE].style_id)
    ours = time.perf_counter() - start
    peer: Any = opened(None)
    start = time.perf_counter()
    table = peer.add_table(1, 5)
    for row in rows[:100]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value.text
    theirs = 4 * (time.perf_counter() - start)
    assert len(document.tables[0].rows) == 401
    assert ours < theirs / 4


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    file = write_word(kenya, tmp_path / "kenya.docx", stories=[PAIR])
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "kenya.pdf").read_bytes().startswith(b"%PDF")
