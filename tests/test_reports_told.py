"""Results in the reader's language: the same facts, every sentence with a translator, records untouched."""

from typing import Any

from attrs import evolve
from hypothesis import given

import tocmodel as toc
from tests import strategies as its
from tests.test_checks_messages import for_translators
from tests.test_contribution_pathways import draft
from tests.test_reports_messages import Asked
from tocmodel.contribution import Plausibility, Trace
from tocmodel.figures import Figure
from tocmodel.model import Programme, TheoryOfChange
from tocmodel.model.record import Record
from tocmodel.reports.language import find_language
from tocmodel.reports.told import told, told_table
from tocmodel.tables import Table
from tocmodel.versions import achievement_changes, plausibility_changes

KENYA = toc.read("examples/kenya_sec/kenya_sec.yaml")
JUDGED = {"by": "a panel", "on": "2024-05-02", "why": "two earlier clubs"}


def judged() -> TheoryOfChange:
    theory = toc.TheoryOfChange.build("judged")
    theory.activity("club", "A club meets", delivery={"low": "0.9", "high": "0.9", **JUDGED})
    theory.activity("box", "Books are lent")
    for id in ("habit", "skill"):
        theory.outcome(id, f"Children have the {id}")
        theory.link("club", id, strength={"low": "0.4", "high": "0.6", **JUDGED})
        theory.link("box", id)
    theory.link("skill", "habit", sign="hinders")
    return theory.done()


def results() -> list[tuple[TheoryOfChange, Trace | Plausibility]]:
    theory, plan = draft().done(), judged()
    traces = [
        toc.trace(theory, ["clubs", "boxes"], "fluent"),
        toc.trace(theory, ["clubs", "boxes"], "fluent", via="read", through="pupils", max_paths=1),
        toc.trace(theory, ["clubs", "boxes"], "fluent", max_paths=2),
        toc.trace(theory, "boxes", "fluent", through="parents"),
        toc.trace(theory, "boxes", "fluent", via="home"),
        toc.trace(theory, "posters", "fluent"),
        toc.trace(theory, "clubs", "clubs"),
    ]
    plausibilities = [
        toc.plausibility(plan, "habit"),
        toc.plausibility(plan, "habit", dependence="unknown"),
        toc.plausibility(plan, "habit", limit=0, samples=64, given={"box": 0.5}),
        toc.plausibility(theory, "fluent"),
    ]
    return [*((theory, found) for found in traces), *((plan, found) for found in plausibilities[:3]), (theory, plausibilities[3])]


def changes() -> list[Table[Any]]:
    """What a revision that adds, removes and changes something of every kind changed, and what that does to the numbers."""
    added = toc.TheoryOfChange.build("plan", "Plan", as_of="2024-12-31")
    club = added.activity("club", "A club meets", delivery={"low": "0.9", "high": "0.9", **JUDGED})
    read = added.outcome("read", "Children read")
    added.link(club, read, strength={"low": "0.4", "high": "0.6", **JUDGED})
    added.source("s", "Report")
    added.evidence("seen", about=read, statement="They read", source="s")
    added.dimension("sex", "Sex", categories=[{"id": "f", "title": "Girls"}])
    added.indicator("pupils", "Pupils", of=club, unit="person", direction="increase", by="sex")
    added.target("pupils", 100, period="2024")
    added.actual("pupils", 80, period="2024", slice={"sex": "f"})
    full = added.done()
    target, actual = full.targets[0], full.actuals[0]
    swapped = {
        target.id: evolve(target, figure=Figure.read(120)),
        actual.id: evolve(actual, figure=Figure.read("over 80")),
        read: evolve(full.node(read), title="Children read daily"),
        "seen": evolve(full.by_id["seen"], kind="observation"),
    }
    other = TheoryOfChange.of(
        full.programme, [swapped.get(record.id, record) for record in full.records() if record.id != full.programme.id]
    )
    empty = toc.TheoryOfChange.build("plan", "Plan", as_of="2024-12-31").done()
    pairs = [(full, other), (empty, full), (full, empty), (full, full), (empty, empty)]
    return [table for old, new in pairs for table in (toc.diff(old, new), achievement_changes(old, new), plausibility_changes(old, new))]


def test_in_english_results_read_as_they_are() -> None:
    english = find_language("en")
    for model, found in results():
        again = told(found, model, english)
        assert (str(again), again.records()) == (str(found), found.records())
        assert again == found


def test_whatever_results_say_is_in_the_template() -> None:
    asked = Asked()
    speaking = evolve(find_language("fr"), translations=asked)
    for model, found in results():
        again = told(found, model, speaking)
        assert again.sentence()
        assert again._repr_html_()  # pyright: ignore[reportPrivateUsage] — what a notebook shows
        if isinstance(again, Plausibility):
            assert str(told_table(again.table, model, speaking))
    for table in (toc.achievement(KENYA), *changes()):
        assert str(told_table(table, KENYA, speaking))
    assert str(toc.check(KENYA).told(speaking))
    assert len(asked.messages) > 60
    assert not asked.messages - for_translators()


def test_a_trace_is_told_with_the_titles_of_the_readers_language() -> None:
    theory = toc.TheoryOfChange.build("reading")
    clubs = theory.activity("clubs", {"en": "Clubs meet", "es": "Los clubes se reúnen"})
    read = theory.outcome("read", {"en": "Children read <b>", "es": "Los niños leen <b>"})
    theory.source("s", "Visit")
    theory.evidence("visit", about=theory.link(clubs, read, basis="inferred"), statement={"en": "They read.", "es": "Leen."}, source="s")
    model = theory.done()
    found = told(toc.trace(model, clubs, read), model, find_language("es"))
    assert "de «Los clubes se reúnen» a «Los niños leen <b>»" in found.sentence()
    assert "«Leen»" in str(found)
    assert "Los niños leen &lt;b&gt;" in found._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<b>" not in found._repr_html_()  # pyright: ignore[reportPrivateUsage]


def test_a_table_names_groups_of_several_dimensions_by_their_titles() -> None:
    theory = toc.TheoryOfChange.build("school", as_of="2025-01-01")
    theory.dimension("sex", "Sex", categories=[{"id": "f", "title": {"en": "Girls", "fr": "Filles"}}])
    theory.dimension("place", "Place", categories=[{"id": "n", "title": {"en": "North", "fr": "Nord"}}])
    theory.indicator("meals", "Meals", of=theory.activity("a", "Meals are served"), unit="item", by=["sex", "place"])
    theory.actual("meals", 1200, slice={"sex": "f", "place": "n"})
    model = theory.done()
    parts = {row.cells["partie"] for row in told_table(toc.achievement(model), model, find_language("fr"))}
    assert "Filles, Nord" in {", ".join(sorted(part.split(", "))) for part in parts}


@given(its.theories())
def test_whatever_is_found_can_be_said_in_a_language(drawn: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*drawn)
    found = toc.check(model, as_of="2024-01-01")
    for code in ("en", "fr", "es"):
        again = found.told(find_language(code))
        assert again.records() == found.records()
        assert str(again).count("\n") >= len(found)
        assert again._repr_html_().count("<li>") == len(found)  # pyright: ignore[reportPrivateUsage]
    assert str(found.told(find_language("en"))) == str(found)
