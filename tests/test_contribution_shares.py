"""Four questions about shares, what-if with loops, outcome harvests, and the evidence matrix."""

import math
from typing import Any

import pytest

from tocmodel.contribution import (
    evidence_matrix,
    harvest_coverage,
    harvest_table,
    harvest_timing,
    model_shares,
    need,
    recorded_share,
    shapley_table,
)
from tocmodel.contribution.judged.shapley import Ends
from tocmodel.contribution.what_if.fuzzy_maps import fuzzy_map, what_if
from tocmodel.contribution.what_if.total_effects import total_effects
from tocmodel.errors import BudgetError, FieldError, RefusedError, UnknownIdError
from tocmodel.figures import Figure
from tocmodel.model import TheoryBuilder, TheoryOfChange

BANNED = ("caused by the project", "attributable", "% of the change is due to", "proved", "proves")


def judged(low: float, high: float | None = None) -> dict[str, object]:
    return {"low": low, "high": low if high is None else high, "by": "a panel", "on": "2024", "why": "drawn"}


def draft(strengths: dict[str, Any], **fields: Any) -> TheoryBuilder:
    own = TheoryOfChange.build("p", notice="Fictional.", **fields)
    own.outcome("goal", "Children read for pleasure")
    for id, strength in strengths.items():
        own.activity(id, id, delivery=judged(1), driver=id.startswith("x"))
        own.link(id, "goal", strength=strength)
    return own


# Shares


def test_shares_come_with_their_ranges_and_their_place_in_the_model() -> None:
    table = model_shares(draft({"club": judged(0.6), "x-library": judged(0.3)}).done(), "goal")
    rows = {row.id: row for row in table}
    assert rows["club"].share == pytest.approx(0.51)
    assert (rows["club"].marginal_low, rows["club"].marginal_high) == (pytest.approx(0.42), pytest.approx(0.6))
    assert (rows["club"].alone, rows["club"].last_in) == (pytest.approx(0.6), pytest.approx(0.42))
    assert rows["x-library"].external
    assert not rows["club"].external
    assert table.totals[Ends.POINT] == pytest.approx(0.72)
    text = str(table)
    assert text.startswith("In this model, and not in the world")
    assert "Each link alone was taken to suffice for goal" in text
    assert "Fictional." in text
    assert "%" not in text
    assert not any(phrase in text.lower() for phrase in BANNED)


def test_ranges_give_two_readings() -> None:
    table = model_shares(draft({"club": judged(0.4, 0.6), "x": judged(0.3)}).done(), "goal")
    assert [(row.id, row.ends.value) for row in table] == [
        ("club", "low ends"),
        ("x", "low ends"),
        ("club", "high ends"),
        ("x", "high ends"),
    ]
    assert table.totals == {Ends.LOW: pytest.approx(0.58), Ends.HIGH: pytest.approx(0.72)}


def test_shares_of_what_nobody_judged_are_refused() -> None:
    own = draft({"club": judged(0.6), "x": None}).done()
    with pytest.raises(RefusedError, match="missing: x->goal"):
        model_shares(own, "goal")
    assert len(model_shares(own, "goal", given={"x->goal": 0.5})) == 2


def test_who_is_no_player_is_said() -> None:
    model = draft({"club": judged(0.6), "x": judged(0.3)}).done()
    table = model_shares(model, "goal", ["club"])
    assert table.one().share == pytest.approx(0.42)
    assert any("Stayed as judged, and no player: x" in note for note in table.notes)
    assert any("No external driver" in note for note in table.notes)
    with pytest.raises(UnknownIdError, match="activity or driver"):
        model_shares(model, "goal", ["goal"])
    with pytest.raises(UnknownIdError):
        model_shares(model, "nothing")


def test_beyond_twelve_players_orders_are_sampled_with_their_error() -> None:
    strengths = {f"a{number}": judged(number / 40) for number in range(1, 14)}
    model = draft(strengths).done()
    table = model_shares(model, "goal", orders=60, seed=7)
    assert (table.orders, table.seed) == (120, 7)
    assert math.fsum(row.share for row in table) == pytest.approx(table.totals[Ends.POINT])
    assert table.records() == model_shares(model, "goal", orders=60, seed=7).records()
    assert "120 sampled orders, seed 7" in table.notes
    twelve = model_shares(draft(dict(list(strengths.items())[1:])).done(), "goal")  # a1 adds little
    for row in twelve:
        found = next(other for other in table if other.id == row.id)
        assert found.error > 0
        assert found.share == pytest.approx(row.share, abs=4 * found.error + 0.01)
    with pytest.raises(FieldError, match="two orders"):
        model_shares(model, "goal", orders=1)


def test_a_table_of_values_needs_every_selection_and_an_order_that_can_be() -> None:
    values = {frozenset(): 0.0, frozenset("a"): 1.0, frozenset("b"): 1.0, frozenset("ab"): 2.0}
    with pytest.raises(FieldError, match="wait for each other"):
        shapley_table(["a", "b"], values, order=[("a", "b"), ("b", "a")])
    with pytest.raises(FieldError, match="no such players"):
        shapley_table(["a", "b"], values, order=[("a", "c")])
    with pytest.raises(FieldError, match="no value for"):
        shapley_table(["a", "c"], values)
    with pytest.raises(FieldError, match="at most 12"):
        shapley_table([str(number) for number in range(13)], {})
    with pytest.raises(FieldError, match="named once"):
        shapley_table(["a", "a"], values)


def test_recorded_cases_bound_a_share() -> None:
    upper = recorded_share(Figure.read("620"), Figure.read("over 1550"))
    assert upper.share is not None
    assert upper.share.low is None
    assert "620 of over 1550 recorded cases (at most 40 %)" in upper.sentence()
    assert recorded_share(Figure.gap(), Figure.read("10")).share is None
    assert "not known" in recorded_share(Figure.gap(), Figure.read("10")).sentence()
    assert "(60 %)" in recorded_share(Figure.read("6"), Figure.read("10")).sentence()


def test_what_is_needed_and_what_decides() -> None:
    own = draft({"club": None, "library": None})
    own.outcome("aside", "Something else")
    own.link(own.activity("idle", "Idle"), "aside")
    model = own.done()
    found = need(model, "club", "goal")
    assert (found.role.value, str(found.responsibility)) == ("contributor", "1/2")
    assert "1 other would have to be absent" in found.sentence()
    assert "has no part" in need(model, "idle", "goal").sentence()
    assert "never decides" in need(model, "idle", "goal").sentence()
    alone = need(model, "club", "goal", present=["club"])
    assert "Taking it away alone decides" in alone.sentence()
    own.package("both", "goal", links=["club->goal", "library->goal"])
    assert "is necessary" in need(own.done(), "club", "goal").sentence()
    with pytest.raises(UnknownIdError):
        need(model, "goal", "goal")


# What-if with loops


def test_loops_that_grow_are_refused_and_shapes_are_checked() -> None:
    for direct in ([[1.0]], [[0, 1], [1, 0]], [[0, -1.5], [1.5, 0]]):
        with pytest.raises(RefusedError, match="do not converge"):
            total_effects(direct)
    with pytest.raises(FieldError, match="square"):
        total_effects([[0, 1]])
    with pytest.raises(FieldError, match="1 names for 2 factors"):
        total_effects([[0, 0], [0, 0]], ["a"])
    assert total_effects([]).total == ()


def test_people_see_directions_and_no_values() -> None:
    text = str(total_effects([[0, 0.5, 0], [0, 0, -0.4], [0, 0, 0]], ["a", "b", "c"]))
    assert "↓" in text
    assert "0.5" not in text
    assert "0.2" not in text


def test_a_fuzzy_map_that_swings_says_so() -> None:
    with pytest.raises(BudgetError, match="swings"):
        fuzzy_map([[0, -1], [-1, 0]], [1, 1], steepness=20)
    for arguments in (([[0, 1]], [1]), ([[0]], [1, 0]), ([[0]], [2])):
        with pytest.raises(FieldError):
            fuzzy_map(*arguments)
    with pytest.raises(FieldError, match="only factors of the map"):
        fuzzy_map([[0]], [1], held=["x"])
    with pytest.raises(FieldError, match="steepness"):
        fuzzy_map([[0]], [1], steepness=0)


def test_what_is_held_stays_and_moves_the_rest() -> None:
    held = fuzzy_map([[0, 0.8], [0, 0]], [1, 0], factors=["a", "b"], held=["a"])
    assert held.states[0] == 1
    assert held.states[1] == pytest.approx(1 / (1 + math.exp(-0.8)))
    row = what_if([[0, 0.8, 0], [0, 0, -0.6], [0, 0, 0]], ["a", "b", "c"], {"a": 1}).one()
    assert row.effects == {"b": "↑", "c": "↓"}
    assert what_if([[0, 0], [0, 0]], ["a", "b"], {"a": 1}).one().effects == {"b": "·"}
    assert what_if([[0, 0.8], [0, 0]], ["a", "b"], {"a": 0}).one().record() == {"if this rises": "a", "b": "↓"}


# Outcome harvest


def harvest() -> TheoryOfChange:
    own = TheoryOfChange.build("p", period="2024", notice="Fictional.")
    own.actor("pupils", "Pupils")
    club = own.activity("club", "Club", period="2024-03-01/2024-06-30")
    own.link(club, own.outcome("habit", "Children read"))
    own.outcome("marks", "Marks rise")
    own.harvested_outcome(
        "h1", "One", who="pupils", about="habit", when="2024-05", effect="positive", intended=True, significance="Theirs", agreement="full"
    )
    own.harvested_outcome("h2", "Two", who="pupils", about="habit", when="2024-02", effect="positive", intended=True, agreement="partial")
    own.harvested_outcome("h3", "Three", when="2024", effect="negative", intended=False)
    own.harvested_outcome("h4", "Four", about="habit", when="2024")
    own.harvested_outcome("h5", "Five", about="habit")
    return own.done()


def test_a_harvest_covers_both_ways_and_its_rate_has_a_denominator() -> None:
    found = harvest_coverage(harvest())
    assert (found.nodes_without, found.unlinked) == (("marks",), ("h3",))
    assert (found.fully_substantiated, found.asked, str(found.substantiation_rate)) == (1, 2, "1/2")
    assert "1 of the 2 about which somebody independent answered" in found.sentence()
    empty = harvest_coverage(TheoryOfChange.build("p").done())
    assert empty.substantiation_rate is None
    assert "nobody independent answered" in empty.sentence()
    assert found.record()["harvested"] == 5


def test_a_change_that_came_first_needs_another_reason() -> None:
    timing = {row.outcome: (row.timing.value, row.activity) for row in harvest_timing(harvest())}
    assert timing == {
        "h1": ("after", "club"),
        "h2": ("before", "club"),
        "h3": ("after", "p"),
        "h4": ("undetermined", "club"),
        "h5": ("unknown", "club"),
    }
    assert "2024-03-01 (club)" in str(harvest_timing(harvest()))
    assert harvest_timing(harvest()).records()[4]["when"] == ""


def test_a_harvest_by_who_and_how() -> None:
    table = harvest_table(harvest())
    assert [(row.actor, row.effect, row.intended, row.outcomes, row.significance) for row in table] == [
        ("Pupils", "positive", True, ("h1", "h2"), ("Theirs",)),
        ("", "negative", False, ("h3",), ()),
        ("", None, None, ("h4", "h5"), ()),
    ]
    assert table.notes == ("Fictional.",)
    assert "not said" in str(table)
    assert table.records()[0]["count"] == 2


# Evidence matrix


def test_each_link_has_evidence_for_against_or_none() -> None:
    own = draft({"club": None, "library": None, "song": None})
    own.evidence("e1", about="club->goal", group="visit", kind="observation", independent=True)
    own.evidence("e2", about="club->goal", group="visit", kind="testimony", independent=True)
    own.evidence("e3", about="club->goal", kind="document", direction="contradicts")
    own.evidence("e4", about="library->goal", kind="opinion")
    own.evidence_test("t1", "Expected", about="song->goal", found="not_found")
    own.evidence_test("t2", "Expected too", about="library->goal")
    table = evidence_matrix(own.done())
    rows = {row.link: row for row in table}
    club, library, song = rows["club->goal"], rows["library->goal"], rows["song->goal"]
    assert (club.supporting, club.voices_for, club.contradicting, club.only_own, club.none) == (
        ("e1", "e2"),
        ("visit",),
        ("e3",),
        False,
        False,
    )
    assert (library.only_own, library.not_looked_for, library.none) == (True, ("t2",), False)
    assert (song.not_found, song.none) == (("t1",), False)
    assert "2, 1 voice" in str(table)
    assert "(own)" in str(table)
    assert "2 of 3 links have evidence for them, 1 against; of 0 nothing is known" in table.notes[0]
    assert [row.link for row in evidence_matrix(own.done(), ["song->goal"])] == ["song->goal"]
    assert evidence_matrix(own.done(), []).rows == ()
    assert table.records()[0]["voices_for"] == 1
    with pytest.raises(UnknownIdError, match="no link"):
        evidence_matrix(own.done(), ["goal"])
