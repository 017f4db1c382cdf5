"""What people read of one figure is the same everywhere: the table, the page, Word, workbooks, pictures, stories and differences."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import html as markup
from openpyxl import load_workbook

import tocmodel as toc
from tocmodel.formats.exports import write_table
from tocmodel.measurement.gaps import equity_gaps
from tocmodel.reports.charts import achievement_chart
from tocmodel.reports.html import html
from tocmodel.reports.language import find_language
from tocmodel.reports.word import write_word


def dropout(*, baseline: object = "30 %", actual: object = "12 %") -> toc.TheoryOfChange:
    """A share that is to fall from 30 % to 10 % and stands at 12 %: 120 % of the plan as arithmetic, 90 % of the way in truth."""
    draft = toc.TheoryOfChange.build("reading", "Reading groups (fictional)", period="2023/2024", as_of="2024-12-31")
    teach = draft.activity("teach", "Groups meet", basis="stated")
    stay = draft.objective("stay", "Learners stay")
    draft.link(teach, stay, rationale="who is welcome stays")
    draft.indicator("left", "Learners who left", of=stay, kind="percentage", unit="percent", direction="decrease", accumulation="snapshot")
    if baseline is not None:
        draft.baseline("left", baseline)
    draft.target("left", "10 %")
    draft.actual("left", actual, period="2024")
    return draft.done()


def learners(*, as_of: str = "2024-12-31") -> toc.TheoryOfChange:
    """Yearly targets for a total and two groups, of which some have no result."""
    draft = toc.TheoryOfChange.build("literacy", "Literacy (fictional)", period="2022/2024", as_of=as_of)
    groups = draft.output("groups", "Groups meet")
    draft.dimension("sex", "Sex", categories=[{"id": "w", "title": "women"}, {"id": "m", "title": "men"}])
    draft.indicator("learners", "Learners", of=groups, unit="person", direction="increase", accumulation="incremental",
                    report="per_period", by=["sex"])  # fmt: skip
    for year in ("2022", "2023", "2024"):
        for part, planned in ((None, 50), ("sex=w", 30), ("sex=m", 20)):
            draft.target("learners", planned, period=year, slice=part)
            if (year, part) not in {("2024", "sex=m"), ("2022", "sex=w"), ("2022", "sex=m"), ("2022", None)}:
                draft.actual("learners", planned, period=year, slice=part)
    draft.indicator("money", "Budget of the district", of=groups, unit="UGX", direction="increase", accumulation="snapshot")
    draft.target("money", "20,000,000")
    draft.actual("money", "20,000,000")
    draft.indicator("pages", "Pages read", of=groups, unit="item", direction="increase")
    draft.target("pages", 10)
    return draft.done()


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def found(page: str, path: str) -> list[Any]:
    matches: Any = markup.fromstring(page).xpath(path)
    return list(matches)


def section(page: str, id: str) -> str:
    return said(found(page, f"//*[@id='{id}']")[0])


def word_of(model: toc.TheoryOfChange, folder: Path, **options: Any) -> Any:
    return Document(str(write_word(model, folder / "report.docx", **options)))


def achievement_of(document: Any) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in document.tables[0].rows]


def workbook_of(table: Any, folder: Path) -> list[object]:
    sheet = load_workbook(write_table(table, folder / "table.xlsx")).active
    assert sheet is not None
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_what_is_to_fall_shows_how_far_of_the_way_it_has_come_wherever_people_look(tmp_path: Path) -> None:
    model = dropout()
    page, table = html(model), toc.achievement(model)
    told = {
        "table": str(table),
        "notebook": table.html(),
        "achievement": section(page, "achievement"),
        "tracking": section(page, "tracking"),
        "story": str(toc.story(model, "teach", "stay")),
        "stories": section(page, "stories"),
        "word": " ".join(map(str, achievement_of(word_of(model, tmp_path)))),
        "iptt": str(workbook_of(toc.tracking_table(model), tmp_path)),
        "picture": said(markup.fromstring(achievement_chart(table))),
    }
    for where, text in told.items():
        assert "90 % of the way" in " ".join(text.split()), where
        assert "120 %" not in text, where


def test_records_keep_both_shares() -> None:
    record = toc.achievement(dropout()).records()[0]
    assert (record["attainment_low"], record["progress_low"]) == (Decimal("1.2"), Decimal("0.9"))
    long = toc.tracking_table(dropout()).records()[0]
    assert (long["attainment_low"], long["progress_low"]) == (Decimal("1.2"), Decimal("0.9"))


@pytest.mark.parametrize(
    ("baseline", "why", "on_the_page"),
    [(None, "missing baseline", "no baseline"), ("10 %", "baseline equals target", "the baseline equals the target")],
)
def test_where_there_is_no_way_the_reason_stands_and_no_attainment(baseline: object, why: str, on_the_page: str, tmp_path: Path) -> None:
    model = dropout(baseline=baseline)
    for text in (str(toc.achievement(model)), str(workbook_of(toc.tracking_table(model), tmp_path))):
        assert why in text
        assert "120 %" not in text
    for text in (section(html(model), "achievement"), section(html(model), "tracking"), str(achievement_of(word_of(model, tmp_path)))):
        assert on_the_page in text
        assert "120 %" not in text


def test_the_way_is_told_in_the_readers_language() -> None:
    assert "90 % du chemin" in section(html(dropout(), words=find_language("fr")), "achievement").replace("\u202f", " ")
    assert "90 % del camino" in section(html(dropout(), words=find_language("es")), "achievement").replace("\u00a0", " ")


def test_a_difference_shows_the_way_and_what_is_not_due_yet() -> None:
    old, new = dropout(), dropout(actual="15 %")
    from tocmodel.versions.effects import achievement_changes

    changes = achievement_changes(old, new)
    assert "90 % of the way → 75 % of the way" in str(changes)
    assert (changes.records()[0]["old_attainment"], changes.records()[0]["new_status"]) == ("120 %", "not met")
    early = achievement_changes(old, new, as_of="2024-06-30")
    assert early.rows[0].cell("verdict") == "not met so far"
    assert early.records()[0]["new_status"] == "not met"


def test_what_is_not_due_is_not_met_so_far_and_records_keep_their_word(tmp_path: Path) -> None:
    early = toc.achievement(dropout(), as_of="2024-06-30")
    assert "not met so far" in str(early)
    assert "not met so far" in str(workbook_of(toc.tracking_table(dropout(), as_of="2024-06-30"), tmp_path))
    assert "(not met so far)" in " ".join(str(toc.story(dropout(), "teach", "stay", as_of="2024-06-30")).split())
    assert early.records()[0]["status"] == "not_met"
    assert "so far" not in str(toc.achievement(dropout()))


def test_percentages_carry_their_sign(tmp_path: Path) -> None:
    model = dropout(actual="over 12")
    assert re.search(r"10 %\s+over 12 %", str(toc.achievement(model)))
    assert "30 %" in section(html(model), "achievement")
    assert "10 % over 12 %" in section(html(model), "achievement")
    assert achievement_of(word_of(model, tmp_path))[1][1:4] == ["30 %", "10 %", "over 12 %"]


# --- planned and not reported


COUNTED = "For 5 targets, 3 of them of groups, no result is reported; that is missing, not zero."


def test_targets_of_groups_without_a_result_are_counted_and_listed_alike(tmp_path: Path) -> None:
    model = learners()
    page = html(model)
    assert COUNTED in section(page, "brief")
    assert COUNTED in section(page, "unreported")
    rows = [
        (said(row.xpath("./th")[0]), *[said(cell) for cell in row.xpath("./td")])
        for row in found(page, "//section[@id='unreported']//tbody/tr")
    ]
    assert rows == [
        ("Learners", "total", "2022", "50"),
        ("Learners", "women", "2022", "30"),
        ("Learners", "men", "2022", "20"),
        ("Learners", "men", "2024", "20"),
        ("Pages read", "total", "whole programme", "10"),
    ]
    words = [paragraph.text for paragraph in word_of(model, tmp_path).paragraphs]
    assert COUNTED in words
    listed = "Learners, 2022 (50); Learners, women, 2022 (30); Learners, men, 2022 (20); Learners, men, 2024 (20); Pages read (10)"
    assert f"Without a result: {listed}." in words


def test_a_total_with_a_result_does_not_hide_its_groups() -> None:
    draft = toc.TheoryOfChange.build("p", "P", as_of="2024-12-31")
    draft.dimension("sex", "Sex", categories=["women", "men"])
    draft.indicator("i", "I", of=draft.outcome("o", "O"), unit="person", by=["sex"])
    for part, planned in ((None, 5), ("sex=women", 3), ("sex=men", 2)):
        draft.target("i", planned, slice=part)
    draft.actual("i", 5)
    page = html(draft.done())
    assert "For 2 targets of groups no result is reported; that is missing, not zero." in section(page, "brief")
    assert "women" in section(page, "unreported")
    assert toc.achievement(draft.done()).coverage == (1, 1)


def test_indicators_are_counted_and_not_rows() -> None:
    table = toc.achievement(learners())
    assert table.coverage == (2, 3)
    assert table.footer[0] == "2 of 3 indicators with a target that is due have a result."
    for where in ("brief", "achievement"):
        assert "2 of 3 indicators with a target that is due have a result as of 31 December 2024." in section(html(learners()), where)


# --- the printed table, and Word's


def test_what_is_due_is_not_printed_again_where_it_says_the_same() -> None:
    table = toc.achievement(learners())
    assert "to date" not in str(table)
    assert [record["scope"] for record in table.records()].count("to_date") == 3
    assert "periods that are due" not in section(html(learners()), "achievement")
    underway = toc.achievement(learners(), as_of="2023-12-31")
    assert str(underway).count("to date, 2022-01-01/2023-12-31") == 3
    assert "to date" in str(table.where(scope="to_date"))


def test_words_table_says_units_has_no_empty_column_and_breaks_no_number(tmp_path: Path) -> None:
    document = word_of(learners(), tmp_path)
    rows = achievement_of(document)
    assert rows[0] == ["Indicator", "Baseline", "Target", "Achieved", "Of the plan", "Status"]
    assert [row[0] for row in rows[1:] if "\n" in row[0]] == ["Learners\nperson", "Budget of the district\nUGX", "Pages read\nitem"]
    widths = [int(column.get(f"{{{column.nsmap['w']}}}w")) for column in document.tables[0]._tbl.tblGrid]
    figure = 8 * 0.556 + 2 * 0.278  # "20,000,000" in Arial, in parts of its size
    assert min(widths[2:4]) >= figure * 9 * 20 + 140  # 9 points, and the margins of a cell
    first = document.tables[0].rows[1].cells[0].paragraphs
    assert [paragraph.runs[0].bold for paragraph in first] == [True, None]


@pytest.mark.parametrize("target", ["20,000,000", "1,000,000,000,000,000,000,000"])
def test_columns_keep_their_shares_where_there_is_no_room(target: str, tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("p", "A" * 300, as_of="2024-12-31")
    draft.indicator("i", "Unbreakable" * 40, of=draft.outcome("o", "O"), unit="person", direction="increase")
    for add in (draft.target, draft.actual, draft.baseline):
        add("i", target)
    table = word_of(draft.done(), tmp_path).tables[0]
    widths = [int(column.get(f"{{{column.nsmap['w']}}}w")) for column in table._tbl.tblGrid]
    assert all(width > 300 for width in widths)
    assert 9600 < sum(widths) <= 9639


# --- gaps


def test_gaps_of_what_is_to_fall_are_those_of_the_way_and_fewer_is_no_question() -> None:
    draft = toc.TheoryOfChange.build("wells", "Wells (fictional)", as_of="2024-12-31")
    draft.dimension("place", "Place", categories=[{"id": "n", "title": "North"}, {"id": "s", "title": "South"}])
    draft.indicator("idle", "Idle days", of=draft.outcome("o", "Water"), unit="day", direction="decrease", by=["place"])
    for place, reached in (("n", 20), ("s", 70)):
        draft.baseline("idle", 100, slice={"place": place})
        draft.target("idle", 40, slice={"place": place})
        draft.actual("idle", reached, slice={"place": place})
    model = draft.done()
    gap = equity_gaps(toc.achievement(model), model=model).one()
    assert (gap.lowest, gap.highest, gap.short, gap.question) == ("s", "n", (), "")
    assert gap.shown == ("South 50 % of the way", "North 133.3 % of the way")
    assert "Fewer than planned" not in html(model)


def test_a_gap_asks_in_the_words_of_the_page_with_titles_where_the_model_is_at_hand() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    table = toc.achievement(kenya)
    named = next(gap for gap in equity_gaps(table, model=kenya) if gap.short)
    assert named.question == "Fewer than planned: Boys. Is it the plan, the identification or the access?"
    assert named.question in section(html(kenya), "groups")
    assert next(gap for gap in equity_gaps(table) if gap.short).question == named.question.replace("Boys", "boys")
