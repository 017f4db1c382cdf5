"""What a revision changed, and which version a model is."""

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve

import tocmodel as toc
from tocmodel.errors import DifferenceDoesNotFitError, RefusedError
from tocmodel.model import Indicator, Link, Objective, Outcome, Source, Value
from tocmodel.versions import (
    Change,
    How,
    Shift,
    achievement_changes,
    apply,
    current_version,
    diff,
    fingerprint,
    plausibility_changes,
    with_version,
)


def plan(**changes: Any) -> toc.TheoryOfChange:
    given = {"target": 100, "title": "Pupils read fluently", "rationale": "practice helps"} | changes
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs", as_of="2025-12-31", period="2024/2025")
    draft.actor("school", "The school")
    clubs = draft.activity("clubs-meet", "Clubs meet")
    fluent = draft.outcome("fluent", given["title"])
    draft.link(clubs, fluent, rationale=given["rationale"])
    draft.indicator("pupils", "Pupils in clubs", of=clubs, unit="person", direction="increase")
    draft.target("pupils", given["target"])
    draft.actual("pupils", 90, reported="2025-12-31")
    return draft.done()


def sentences(difference: Iterable[Change]) -> list[str]:
    return [change.sentence for change in difference]


def test_the_same_model_does_not_differ() -> None:
    found = diff(plan(), plan())
    assert len(found) == 0
    assert str(found).endswith("nothing changed")


def test_a_revised_target_a_new_wording_and_a_changed_field_are_told_in_the_words_of_the_field() -> None:
    found = diff(plan(), plan(target=120, title="Pupils read well", rationale="reading aloud helps"))
    assert sentences(found) == [
        "“Pupils read fluently” now reads “Pupils read well”",
        "link from “Clubs meet” to “Pupils read well”: rationale: practice helps → reading aloud helps",
        "target of “Pupils in clubs” revised: 100 → 120",
    ]
    assert found.where(section="targets").one().fields[0].name == "figure"


def test_additions_and_removals_name_what_they_are() -> None:
    old = plan()
    draft = [record for record in old.records() if record.id != "school"]
    new = toc.TheoryOfChange.of(
        old.programme, [*draft, Outcome(id="borrow", title="Pupils borrow books"), Link(from_="fluent", to="borrow")]
    )
    found = diff(old, new)
    assert sentences(found.where(how=How.ADDED)) == [
        "outcome “Pupils borrow books” added",
        "link from “Pupils read fluently” to “Pupils borrow books” added",
    ]
    assert sentences(found.where(how=How.REMOVED)) == ["actor “The school” removed"]
    assert "2 added, 1 removed, 0 changed" in str(found)


def test_a_corrected_figure_keeps_its_bounds_in_the_words() -> None:
    old = plan()
    new = old.replaced(evolve(old.actuals[0], figure="over 95"))
    assert sentences(diff(old, new)) == ["actual of “Pupils in clubs” corrected: 90 → over 95"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("missing", "N/A", ": written differently, missing as before: “missing” → “N/A”"),
        ("1550", "1,550", ": written differently, the same value: “1550” → “1,550”"),
        (None, "missing", ": written differently, missing as before: nothing → “missing”"),
        (toc.Figure.read(5), toc.Figure.read(5, source="book"), ": source nothing → book"),
        (toc.Figure.read(5), toc.Figure.read(5, unit="person"), ": unit nothing → person"),
        (toc.Figure.read("5"), toc.Figure.read("5.0", unit="person"), ": unit nothing → person, written “5” → “5.0”"),
        ("over 5", {"printed": "over 5", "bounds": {"from": 7}}, " corrected: bounds more than 5 → at least 7"),
        ("missing", 5, " corrected: missing → 5"),
        ("missing", "not applicable", " corrected: missing → not applicable"),
    ],
)
def test_two_figures_that_read_alike_are_told_apart(before: object, after: object, said: str) -> None:
    start = plan()
    sourced = start.replaced(Source(id="book", title="Attendance book"))
    old, new = (sourced.replaced(evolve(sourced.actuals[0], figure=figure)) for figure in (before, after))
    assert sentences(diff(old, new)) == [f"actual of “Pupils in clubs”{said}"]


def test_an_element_that_names_its_former_id_is_the_same_element() -> None:
    old = plan()
    records = [record for record in old.records() if record.id != "school"]
    new = toc.TheoryOfChange.of(old.programme, [*records, evolve(old["school"], id="primary-school", formerly=["school"])])
    change = diff(old, new).one()
    assert (change.how, change.id) == (How.CHANGED, "primary-school")
    assert apply(diff(old, new), old) == new


def test_an_element_of_another_kind_under_the_same_id_says_so() -> None:
    old = plan()
    records = [Objective(id="fluent", title="Pupils read fluently") if record.id == "fluent" else record for record in old.records()]
    new = toc.TheoryOfChange.of(old.programme, records)
    change = diff(old, new).one()
    assert "kind: outcome → objective" in change.sentence
    assert apply(diff(old, new), old) == new


def test_a_difference_does_not_go_onto_another_model() -> None:
    difference = diff(plan(), plan(target=120))
    with pytest.raises(DifferenceDoesNotFitError, match=r"pupils\.target"):
        apply(difference, plan(target=110))


def test_a_difference_shows_as_escaped_html() -> None:
    html = diff(plan(), plan(title="<b>bold</b>"))._repr_html_()  # pyright: ignore[reportPrivateUsage] — what a notebook calls
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_the_effects_on_the_achievement_show_both_sides() -> None:
    change = achievement_changes(plan(), plan(target=120)).one()
    assert (change.cell("target"), change.cell("actual"), change.cell("attainment")) == ("100 → 120", "90", "90 % → 75 %")
    assert change.record()["old_target"] == "100"
    assert len(achievement_changes(plan(), plan())) == 0


def test_a_version_is_known_by_its_content() -> None:
    first = with_version(plan(), "v1", on="2024-01-01", reason="first draft", participants=["school"])
    assert first.versions[0].participants == ("school",)
    assert current_version(first) == first.versions[0]
    revised = first.replaced(evolve(first.targets[0], figure="120"))
    assert current_version(revised) is None
    second = with_version(revised, "v2", on="2025-01-01", reason="more schools joined")
    assert [version.id for version in second.versions] == ["v1", "v2"]
    back = second.replaced(evolve(second.targets[0], figure="100"))
    present = current_version(back)
    assert present is not None
    assert present.id == "v1"


def test_an_unchanged_model_gets_no_second_version() -> None:
    first = with_version(plan(), "v1", on="2024-01-01", reason="first draft")
    with pytest.raises(RefusedError, match="nothing changed since version 'v1'"):
        with_version(first, "v2", on="2024-02-01", reason="again")


def test_a_fingerprint_ignores_order_and_findings_and_sees_every_field() -> None:
    model = plan()
    assert fingerprint(toc.TheoryOfChange.of(model.programme, reversed(list(model.records())))) == fingerprint(model)
    assert fingerprint(plan(rationale="another")) != fingerprint(model)


JUDGED = {"by": "a panel of teachers", "on": "2024-05-02", "why": "two earlier clubs"}


def judged(low: str, high: str | None = None) -> dict[str, str]:
    return {"low": low, "high": high or low, **JUDGED}


def reading(strength: Any = None, *, library: Any = None, **more: Any) -> toc.TheoryOfChange:
    """Clubs lead to a habit, and so does a library where one is judged."""
    draft = toc.TheoryOfChange.build("reading", "Reading", as_of="2025-12-31")
    club = draft.activity("club", "A reading club meets", delivery=judged("1"))
    habit = draft.outcome("habit", "Children read for pleasure", **more)
    draft.link(club, habit, strength=strength)
    if library is not None:
        draft.link(draft.activity("library", "The library opens", delivery=judged("1")), habit, strength=library)
    return draft.done()


@pytest.mark.parametrize(
    ("old", "new", "shift"),
    [
        (judged("0.4"), judged("0.6"), Shift.MORE),
        (judged("0.4"), judged("0.3"), Shift.LESS),
        (judged("0.2", "0.6"), judged("0.3", "0.7"), Shift.HIGHER),
        (judged("0.3", "0.7"), judged("0.2", "0.6"), Shift.LOWER),
        (judged("0.2", "0.6"), judged("0.3", "0.6"), Shift.NARROWER),
        (judged("0.5"), judged("0.5", "0.9"), Shift.WIDER),
    ],
)
def test_a_range_that_overlaps_the_earlier_one_is_not_called_more_plausible(old: Any, new: Any, shift: Shift) -> None:
    change = plausibility_changes(reading(old), reading(new)).one()
    assert (change.node, change.shift, change.shift_if_all_needed, change.not_judged()) == ("habit", shift, shift, "")


def test_what_can_be_judged_now_or_no_longer_says_what_is_missing_on_the_other_side() -> None:
    def plan(strength: Any) -> toc.TheoryOfChange:
        """The delivery is not judged, so that nothing says anything before the link is judged."""
        draft = toc.TheoryOfChange.build("reading", "Reading")
        draft.link(draft.activity("club", "A club meets"), draft.outcome("habit", "Children read"), strength=strength)
        return draft.done()

    now = plausibility_changes(plan(None), plan(judged("0.4"))).where(node="habit").one()
    assert (now.shift, now.not_judged()) == (Shift.JUDGED, "before, not judged: club, club->habit")
    assert (now.record()["old_low"], now.record()["new_low"], now.record()["new_high"]) == (None, 0.0, 0.4)
    gone = plausibility_changes(plan(judged("0.4")), plan(None)).where(node="habit").one()
    assert (gone.shift, gone.not_judged()) == (Shift.UNJUDGED, "after, not judged: club, club->habit")


def test_another_way_makes_a_node_more_plausible_only_if_one_way_suffices() -> None:
    changes = plausibility_changes(reading(judged("0.5")), reading(judged("0.5"), library=judged("0.5")))
    habit = changes.where(node="habit").one()
    assert habit.sentence() == "more plausible; if all links were needed: less plausible"
    assert "0.75 (0.25 if all links are needed)" in str(changes)
    assert changes.where(node="library").one().shift is Shift.ADDED


def test_another_order_of_the_same_links_changes_nothing() -> None:
    def plan(order: Iterable[int]) -> toc.TheoryOfChange:
        draft = toc.TheoryOfChange.build("reading", "Reading")
        habit = draft.outcome("habit", "Children read for pleasure")
        for number in order:
            draft.link(draft.activity(f"way-{number}", "A way", delivery=judged("1")), habit, strength=judged(f"0.{number}"))
        return draft.done()

    assert len(plausibility_changes(plan(range(1, 8)), plan(range(7, 0, -1)))) == 0


def test_without_judgements_nothing_is_compared() -> None:
    found = plausibility_changes(plan(), plan(title="Pupils read well"))
    assert len(found) == 0
    assert "no probability is judged in either version" in str(found)


def test_a_renamed_node_keeps_its_plausibility() -> None:
    old = reading(judged("0.5"))
    records = [record for record in old.records() if record.id not in {"habit", "club->habit"}]
    renamed = evolve(old["habit"], id="pleasure", formerly=["habit"])
    link = evolve(old["club->habit"], id="club->pleasure", to="pleasure")  # type: ignore[call-arg]
    assert len(plausibility_changes(old, toc.TheoryOfChange.of(old.programme, [*records, renamed, link]))) == 0
    weaker = evolve(link, strength=judged("0.4"))  # type: ignore[call-arg]
    change = plausibility_changes(old, toc.TheoryOfChange.of(old.programme, [*records, renamed, weaker])).one()
    assert (change.node, change.old and change.old.to, change.shift) == ("pleasure", "habit", Shift.LESS)


def test_a_touched_node_that_nobody_judged_is_named_in_a_note() -> None:
    def plan(title: str) -> toc.TheoryOfChange:
        draft = toc.TheoryOfChange.build("reading", "Reading")
        draft.activity("club", "A club meets", delivery=judged("1"))
        draft.link(draft.outcome(title, "Books are lent"), draft.outcome("habit", "Children read"))
        return draft.done()

    found = plausibility_changes(plan("lent"), plan("borrowed"))
    assert len(found) == 0
    assert "touched by the revision, and cannot be judged before or after: borrowed, habit, lent" in str(found)


def test_estimates_that_overlap_decide_nothing() -> None:
    def shift(new: toc.TheoryOfChange) -> Shift:
        ways = reading(judged("0.5"), library=judged("0.5"))
        return plausibility_changes(ways, new, limit=0, samples=400).where(node="habit").one().shift

    assert shift(reading(judged("0.5"), library=judged("0.52"))) is Shift.OPEN
    assert shift(reading(judged("0.1"), library=judged("0.1"))) is Shift.LESS


def test_an_indicator_that_names_its_former_id_keeps_its_achievement() -> None:
    old = plan()
    records = [record for record in old.records() if record.id == "school" or not isinstance(record, Indicator | Value)]
    moved = [evolve(record, indicator="club-pupils", id=f"club-{record.id}") for record in old.records() if isinstance(record, Value)]
    renamed = evolve(old.indicator("pupils"), id="club-pupils", formerly=["pupils"])
    assert len(achievement_changes(old, toc.TheoryOfChange.of(old.programme, [*records, renamed, *moved]))) == 0
