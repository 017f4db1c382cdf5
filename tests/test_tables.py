"""Results as tables, by example."""

import csv
import io
import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from attrs import frozen
from jinja2 import Environment

from tocmodel.errors import MissingExtraError, NotOneRowError
from tocmodel.slices import Slice
from tocmodel.tables import Column, Table, aligned, csv_text, json_text


@frozen
class Club:
    """A fictional reading club."""

    name: str
    slice: Slice
    members: Decimal | None

    def record(self) -> dict[str, object]:
        return {"name": self.name, "slice": str(self.slice), "members": self.members}


CLUBS = Table(
    (
        Club("Owls & <b>bats</b>", Slice(), Decimal("1540.50")),
        Club("=1+1", Slice.read("sex=girls"), None),
        Club("Herons", Slice.read("sex=boys"), Decimal(7)),
    ),
    (
        Column[Club]("club", lambda club: club.name),
        Column[Club]("members", lambda club: "–" if club.members is None else f"{club.members:,f}", number=True),
    ),
    "Fictional clubs & more",
    ("a note <below>",),
)


def test_text_is_aligned_with_numbers_to_the_right() -> None:
    assert str(CLUBS).splitlines() == [
        "Fictional clubs & more",
        "club                 members",
        "------------------  --------",
        "Owls & <b>bats</b>  1,540.50",
        "=1+1                       –",
        "Herons                     7",
        "a note <below>",
    ]
    assert aligned(["a", "b"], [], [False, True]) == ["a  b", "-  -"]


def test_a_template_shows_a_table_as_html_and_every_text_escaped() -> None:
    shown = Environment(autoescape=True).from_string("<main>{{ table }}</main>").render(table=CLUBS)
    assert shown == f"<main>{CLUBS.html()}</main>"
    assert "&lt;b&gt;bats" in shown


def test_html_is_escaped() -> None:
    page = CLUBS._repr_html_()  # pyright: ignore[reportPrivateUsage] — the name that notebooks call
    assert "<b>" not in page
    assert "Owls &amp; &lt;b&gt;bats&lt;/b&gt;" in page
    assert "<caption>Fictional clubs &amp; more</caption>" in page
    assert "<p>a note &lt;below&gt;</p>" in page
    assert '<td style="text-align:right">7</td>' in page
    assert page.count("<tr>") == 4


def test_rows_are_found_by_their_attributes() -> None:
    assert CLUBS.where(slice="sex=girls").one().name == "=1+1"
    assert CLUBS.where(slice={"sex": "boys"}, name="Herons").one().members == 7
    assert len(CLUBS.where(members=None)) == 1
    assert [club.name for club in CLUBS.where(slice="total")] == ["Owls & <b>bats</b>"]
    with pytest.raises(TypeError, match="did you mean 'members'"):
        CLUBS.where(member=7)
    with pytest.raises(NotOneRowError, match="expected one row, found 3"):
        CLUBS.one()
    with pytest.raises(NotOneRowError, match="found 0"):
        CLUBS.where(name="x").one()


def test_records_keep_numbers_exact() -> None:
    assert CLUBS.records()[0]["members"] == Decimal("1540.50")
    assert CLUBS.records()[1]["members"] is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_guards_against_formulas(start: str) -> None:
    text = csv_text([{"name": f"{start}cmd", "note": f"a{start}b", "number": Decimal(-5)}])
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert row == {"name": f"'{start}cmd", "note": f"a{start}b", "number": "-5"}


def test_csv_of_a_table_and_of_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(CLUBS.to_csv())))
    assert [row["name"] for row in rows] == ["Owls & <b>bats</b>", "'=1+1", "Herons"]
    assert [row["members"] for row in rows] == ["1540.50", "", "7"]
    assert csv_text([]) == ""


def test_json_keeps_every_digit_as_a_number() -> None:
    third = Decimal(1) / 3
    held = {"low": third, "high": None, "whole": 10**30, "on": date(2021, 9, 30), "at": datetime(2021, 9, 30, 8, tzinfo=UTC), "met": True}
    text = json_text([held, {"inside": {"of": [Decimal("1E+3"), {}]}, "none": (), "said": "“é”"}])
    assert json.loads(text, parse_float=Decimal) == [
        held | {"on": "2021-09-30", "at": "2021-09-30T08:00:00+00:00"},
        {"inside": {"of": [1000, {}]}, "none": [], "said": "“é”"},
    ]
    assert "“é”" in text


def test_json_of_a_table_and_of_nothing_is_laid_out_as_by_python() -> None:
    records = json.loads(CLUBS.to_json())
    assert [record["members"] for record in records] == [1540.5, None, 7]
    assert CLUBS.to_json() == json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    nested: list[dict[str, object]] = [{"a": {"b": [1, [2, {}]], "c": []}}, {}]
    assert json_text(nested) == json.dumps(nested, indent=1) + "\n"
    assert json_text([]) == "[]\n"


def test_a_table_goes_to_pandas_and_to_any_library_that_speaks_arrow() -> None:
    frame = CLUBS.to_pandas()
    assert list(frame.columns) == ["name", "slice", "members"]
    assert frame["members"][0] == Decimal("1540.50")
    arrow = pa.table(CLUBS)
    assert arrow.column("name").to_pylist()[2] == "Herons"
    assert arrow.column("members").to_pylist() == [Decimal("1540.50"), None, Decimal(7)]


@pytest.mark.parametrize(("library", "use"), [("pandas", Table.to_pandas), ("pyarrow", Table.__arrow_c_stream__)])
def test_a_missing_library_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch, library: str, use: object) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert callable(use)
    with pytest.raises(MissingExtraError, match=rf"this needs {library}: pip install 'tocmodel\[frames\]'"):
        use(CLUBS)


def test_a_text_of_several_lines_is_put_on_one() -> None:
    assert aligned(["a", "b"], [["one\n  two\n\nthree", "x"]], [False, False])[2] == "one two three  x"
