"""The figures of IATI files as columns: the same as a plain walk over the file, however it is cut."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import tocmodel as toc
from tests.test_formats_iati import ACTIVITY, NOT_HERE, PUBLISHED, RESULT
from tocmodel.formats.iati import columns
from tocmodel.formats.iati.columns import NAMES, figures

pytest.importorskip("pyarrow")

Rows = list[tuple[Any, ...]]


def rows(path: Path, **options: Any) -> Rows:
    return [tuple(row[name] for name in NAMES) for row in figures(path, **options).to_pylist()]


def walked(path: Path) -> Rows:
    """The same by a plain walk."""
    root: Any = etree.parse(str(path), etree.XMLParser(recover=True)).getroot()
    found: Rows = []
    for activity in root.iterfind("iati-activity"):
        identifier = " ".join((activity.findtext("iati-identifier") or "").split()) or None
        for r, result in enumerate(activity.iterfind("result"), start=1):
            for i, indicator in enumerate(result.iterfind("indicator"), start=1):
                for value in (*indicator.iterfind("baseline"), *indicator.xpath("period/*[self::target or self::actual]")):
                    period = value.getparent()
                    if value.tag == "baseline":
                        start = end = value.get("iso-date", value.get("year"))
                    else:
                        start, end = (
                            period.find(name).get("iso-date") if period.find(name) is not None else None
                            for name in ("period-start", "period-end")
                        )
                    dimensions = "|".join(f"{d.get('name', '')}={d.get('value', '')}" for d in value.iterfind("dimension"))
                    places = (
                        "|".join(place.get("ref", "") for place in value.iterfind("location"))
                        if value.find("location") is not None
                        else None
                    )
                    printed = value.get("value", "").translate({9: " ", 10: " ", 13: " "})
                    found.append((identifier, r, i, start or None, end or None, value.tag, printed or None, dimensions or None, places))
    return found


@pytest.mark.parametrize("path", PUBLISHED or [pytest.param(Path(), marks=pytest.mark.skip(reason=NOT_HERE))], ids=lambda path: path.stem)
def test_columns_of_published_files_are_those_of_a_plain_walk(path: Path) -> None:
    assert rows(path) == walked(path)


def many(number: int, result: str = RESULT, between: str = "") -> str:
    one = ACTIVITY.format(result=result, version="2.03")
    head, inside = one[: one.index("<iati-activity ")], one[one.index("<iati-activity ") : one.index("</iati-activities>")]
    return head + between.join(inside.replace("XM-EX-1/clubs", f"XM-EX-{each}") for each in range(number)) + "</iati-activities>\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "activities.xml"
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("workers", [1, 2])
def test_files_are_cut_between_activities_and_put_together_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(columns, "_BATCH", 5000)
    monkeypatch.setattr(columns, "_PIECE", 2000)
    path = written(tmp_path, many(40))
    assert len(columns._cuts(path)) > 5  # pyright: ignore[reportPrivateUsage]
    assert rows(path, workers=workers) == walked(path)
    assert rows(path)[:4] == [
        ("XM-EX-0", 1, 1, "2023", "2023", "baseline", "10", None, None),
        ("XM-EX-0", 1, 1, "2024-01-01", "2024-06-30", "target", "100", None, None),
        ("XM-EX-0", 1, 1, "2024-01-01", "2024-06-30", "actual", "60", "Sex=girls", "north"),
        ("XM-EX-0", 1, 1, "2024-01-01", "2024-06-30", "actual", "50", "Sex=boys", None),
    ]


TRAPS = {
    "comment": many(5, between="<!-- </iati-activity> -->"),
    "comment-before": many(5).replace("<iati-activities", "<!-- <iati-activity > --><iati-activities", 1),
    "cdata": many(5).replace("Clubs in schools", "<![CDATA[</iati-activity>]]>"),
    "instruction": many(5, between="<?x </iati-activity> ?>"),
    "blanks-in-tags": many(5).replace("</iati-activity>", "</iati-activity >").replace("</iati-activities>", "</iati-activities >"),
    "tab-in-value": many(5).replace('value="60"', 'value="6&#9;0&#xA;&#13;1"'),
    "tab-in-value-and-comment": many(5, between="<!-- -->").replace('value="60"', 'value="6&#x0009;0"'),
    "quotes": many(5).replace('value="60"', 'value="&quot;6&quot;"').replace('value="girls"', "value='a &amp; &lt;b|é'"),
    "undeclared-prefix": many(5).replace("<iati-activity ", '<iati-activity x:y="1" '),
    "declared-prefix": many(5).replace("<iati-activities ", '<iati-activities xmlns:x="urn:x" ').replace("<iati-activity ", '<iati-activity x:y="1" '),
    "empty": many(5).replace('value="60"', 'value=""').replace('ref="north"', ""),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_what_looks_like_the_end_of_an_activity_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str) -> None:
    monkeypatch.setattr(columns, "_BATCH", 1000)
    monkeypatch.setattr(columns, "_PIECE", 500)
    path = written(tmp_path, TRAPS[trap])
    assert rows(path) == walked(path)
    assert len(rows(path)) == 20


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n'
    path = written(tmp_path, declared + many(3, RESULT.replace("girls", "filles très jeunes")), encoding)
    assert rows(path) == walked(path)


@pytest.mark.parametrize(
    "text",
    [
        "", "text", many(3)[:-30], many(3) + "more", many(3).replace("</result>", "", 1), "<iati-organisations/>",
        many(3).replace("<iati-activities", "<!DOCTYPE x><iati-activities", 1), f"<all>{many(3)}</all>",
    ],
)  # fmt: skip
def test_broken_files_are_refused_as_by_the_reader_of_models(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(toc.UnreadableFileError) as of_models:
        list(toc.iter_programmes(path))
    with pytest.raises(toc.UnreadableFileError) as of_columns:
        figures(path)
    assert str(of_columns.value) == str(of_models.value)


def test_a_file_without_figures_has_the_columns_all_the_same(tmp_path: Path) -> None:
    for text in ("<iati-activities/>", many(2, "")):
        table = figures(written(tmp_path, text))
        assert (table.num_rows, tuple(table.column_names)) == (0, NAMES)


def test_what_one_of_two_processes_cannot_read_is_said_as_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_BATCH", 2000)
    assert rows(written(tmp_path, TRAPS["comment"]), workers=2) == walked(tmp_path / "activities.xml")
    path = written(tmp_path, many(5).replace("</result>", "", 1))
    with pytest.raises(toc.UnreadableFileError) as of_one:
        figures(path)
    with pytest.raises(toc.UnreadableFileError) as of_two:
        figures(path, workers=2)
    assert str(of_two.value) == str(of_one.value)
