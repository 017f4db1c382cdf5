"""One total for one indicator: every reader has that of the achievement table, as of the same date."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import tocmodel as toc
from tocmodel.cli import app
from tocmodel.measurement import over_places, over_programmes, over_reporters
from tocmodel.measurement.spending import spending
from tocmodel.model import CheckSettings, TheoryBuilder, TheoryOfChange

IN_TIME, TOO_LATE = "2020-12-31", "2022-01-31"


def started(**indicator: Any) -> TheoryBuilder:
    """A running total of which the second year, which is due in the end, was never reported."""
    draft = TheoryOfChange.build("clubs", "Clubs (fictional)", period="2020/2021", as_of=TOO_LATE)
    draft.activity("meet", "Pupils meet", spend=3000, cost_attributable=True)
    draft.outcome("fluent", "Pupils read fluently")
    draft.dimension("place", "Place", categories=["hill", "shore"])
    for id in ("asked", "joined"):
        own = {"unit": "person", "direction": "increase", "accumulation": "cumulative", "report": "to_date", "by": ["place"]} | indicator
        draft.indicator(id, f"Pupils who {id}", of="meet", **own)
    for year, target in (("2020", 100), ("2021", 200)):
        draft.target("joined", target, period=year)
    _ = draft.actual("asked", 300), draft.actual("joined", 150, period="2020")
    draft.cascade("course", "From asking to joining", ["asked", "joined"])
    return draft


def test_the_programmes_own_date_is_that_of_every_reader() -> None:
    model = started().done()
    assert str(toc.achievement(model)["joined"].actual) == "at least 150"
    assert str(toc.cascade(model, "course").rows[1].count) == "at least 150"
    assert str(toc.people_reached(model, ["joined"]).bounds) == "at least 150"
    cost = {item.indicator: str(item.cost.bounds) for item in spending(model).one().per_result}
    assert cost == {"asked": "10", "joined": "more than 0 to 20"}
    assert str(over_programmes([model], "joined", under={}).one().figure) == "at least 150"


def test_another_date_gives_another_total_to_every_reader() -> None:
    model = started().done()
    assert str(toc.achievement(model, as_of=IN_TIME)["joined"].actual) == "150"
    assert str(toc.cascade(model, "course", as_of=IN_TIME).rows[1].from_before) == "50 % of the step before"
    assert str(toc.people_reached(model, ["joined"], as_of=IN_TIME).bounds) == "150"
    assert str({item.indicator: item.cost.bounds for item in spending(model, as_of=IN_TIME).one().per_result}["joined"]) == "20"
    assert str(over_programmes([model], "joined", under={}, as_of=IN_TIME).one().figure) == "150"


def test_a_state_that_is_due_and_not_reported_is_missing_for_every_reader() -> None:
    model = started(accumulation="snapshot").done()
    assert toc.cascade(model, "course").rows[1].count.missing == "missing"
    assert toc.cascade(model, "course").rows[1].from_before == ""
    assert "joined has no result and may have reached anybody or nobody" in toc.people_reached(model, ["joined"]).assumed


def test_what_speaks_of_days_after_the_date_is_counted_by_every_reader() -> None:
    draft = started(accumulation="incremental", report="per_period")
    draft.actual("joined", 40, period="2021")
    model = draft.done()
    assert "A13" in {finding.code for finding in toc.achievement(model, as_of=IN_TIME).findings}
    counts = [toc.achievement(model, as_of=IN_TIME)["joined"].actual, toc.cascade(model, "course", as_of=IN_TIME).rows[1].count]
    assert [str(count) for count in counts] == ["190", "190"]


def test_a_place_is_judged_as_its_row_of_the_table_is() -> None:
    draft = started()
    for place, number in (("hill", 90), ("shore", 60)):
        draft.actual("joined", number, period="2020", slice={"place": place})
    model = draft.done()
    table = over_places(model, "joined", "place")
    assert [str(part.figure) for part in table] == ["at least 90", "at least 60"]
    assert [str(row.actual) for row in toc.achievement(model).where(scope="life", indicator="joined")][1:] == ["at least 90", "at least 60"]
    assert [str(part.figure) for part in over_places(model, "joined", "place", as_of=IN_TIME)] == ["90", "60"]
    later = over_places(model, "joined", "place", period="2021")
    assert [part.figure.missing for part in later] == ["missing", "missing"]


def reported(accumulation: str, *reports: tuple[str, int, str]) -> TheoryOfChange:
    draft = TheoryOfChange.build("clubs", "Clubs (fictional)", period="2020/2022", as_of="2022-12-31")
    draft.activity("meet", "Pupils meet")
    draft.indicator("books", "Books lent", of="meet", unit="item", accumulation=accumulation)
    for reporter in ("north", "south"):
        draft.actor(reporter, reporter)
    for year in ("2020", "2021"):
        draft.target("books", 10, period=year)
    for reporter, number, year in reports:
        draft.actual("books", number, period=year, reporter=reporter)
    return draft.done()


@pytest.mark.parametrize(
    ("accumulation", "reports", "parts", "whole"),
    [
        ("cumulative", [("north", 5, "2020"), ("north", 8, "2021"), ("south", 4, "2020")], ["8", "at least 4"], "at least 12"),
        ("cumulative", [("north", 8, "2021"), ("south", 4, "2021")], ["8", "4"], "12"),
        ("incremental", [("north", 5, "2020"), ("north", 8, "2021"), ("south", 4, "2020")], ["13", "4"], "17"),
        ("incremental", [("north", 5, "2020"), ("south", 4, "2020")], ["at least 5", "at least 4"], "at least 9"),
    ],
)
def test_reporters_are_awaited_as_the_table_awaits_them(
    accumulation: str, reports: list[tuple[str, int, str]], parts: list[str], whole: str
) -> None:
    model = reported(accumulation, *reports)
    found = over_reporters(model, "books")
    assert ([str(part.figure) for part in found], str(found.whole)) == (parts, whole)
    assert str(toc.achievement(model)["books"].actual) == whole


def codes(model: TheoryOfChange, code: str, as_of: str) -> list[str]:
    return [finding.message for finding in toc.check(model, settings=CheckSettings(select=code), as_of=as_of) if finding.code == code]


def test_the_rules_judge_the_total_of_the_table() -> None:
    draft = started()
    draft.target("joined", 170)
    model = draft.done()
    assert codes(model, "L44", TOO_LATE) == ["“at least 150” does not decide whether the target 170 of “Pupils who joined” is met"]
    assert codes(model, "L44", IN_TIME) == []


def test_a_failed_assumption_under_a_result_that_is_not_known_any_more_contradicts_nothing() -> None:
    draft = started(accumulation="snapshot")
    draft.assumption("rooms", "Schools open a room", state="failed")
    draft.link("meet", "fluent", assumptions=["rooms"])
    draft.indicator("readers", "Readers", of="fluent", unit="person", direction="increase", accumulation="snapshot")
    _ = draft.target("readers", 20), draft.target("readers", 20, period="2021"), draft.actual("readers", 30, period="2020")
    model = draft.done()
    assert len(codes(model, "L53", IN_TIME)) == 1
    assert codes(model, "L53", TOO_LATE) == []


def test_a_step_above_the_one_before_it_is_one_as_of_the_date_only() -> None:
    draft = started(accumulation="snapshot")
    draft.actual("asked", 100, period="2020")
    model = draft.done()
    assert len(codes(model, "L62", IN_TIME)) == 1
    assert codes(model, "L62", TOO_LATE) == []


def test_reports_and_pictures_hand_the_date_on(tmp_path: Path) -> None:
    file = tmp_path / "clubs.yaml"
    toc.write(started().done(), file)
    for day, bounded in ((IN_TIME, False), (TOO_LATE, True)):
        page, picture = tmp_path / "clubs.html", tmp_path / "clubs.svg"
        for command in (
            ["report", str(file), "--output", str(page), "--as-of", day],
            ["picture", "cascade", str(file), "--output", str(picture), "--as-of", day],
        ):
            result = CliRunner().invoke(app, command)
            assert result.exit_code == 0, result.output
        for text in (page.read_text(encoding="utf-8"), picture.read_text(encoding="utf-8")):
            assert "50 % of the step before" in text
            assert ("at least 50 % of the step before" in text) is bounded
