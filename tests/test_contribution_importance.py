"""Importance, hotspots, flip points, what would change our mind, and the overlap of activities."""

import pytest

from tocmodel.contribution.engine.structure import Part
from tocmodel.contribution.judged.added import activity_overlap
from tocmodel.contribution.judged.flips import flip_points
from tocmodel.contribution.judged.hotspots import RankedBy, hotspots
from tocmodel.contribution.judged.importance import importance
from tocmodel.contribution.judged.mind import Kind, Verdict, changes_of_mind
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.model import TheoryBuilder, TheoryOfChange


def judged(low: str, high: str | None = None) -> dict[str, object]:
    return {"low": low, "high": high or low, "by": "a panel of librarians", "on": "2024-05-02", "why": "two earlier clubs"}


def chain(strength: dict[str, object] | None, delivery: dict[str, object] | None) -> TheoryBuilder:
    """One activity, one link, one outcome, one assumption."""
    theory = TheoryOfChange.build("reading", notice="Fictional.")
    theory.activity("club", "A reading club meets", delivery=delivery)
    theory.outcome("habit", "Children read for pleasure")
    theory.assumption("time", "Children have time", probability=judged("0.8") if strength else None)
    theory.link("club", "habit", strength=strength, assumptions=["time"])
    return theory


def test_importance_of_a_chain() -> None:
    table = importance(chain(judged("0.5"), judged("1")).done(), "habit")
    link = table.where(id="club->habit").one()
    assert link.birnbaum == pytest.approx(0.8)
    assert link.criticality == pytest.approx(1)
    assert link.diagnostic == pytest.approx(1)
    assert link.raw == pytest.approx(2)
    assert link.rrw is None  # without it the node is not reached
    assert [row.part for row in table] == [Part.LINK, Part.ASSUMPTION, Part.DRIVER]
    assert link.record()["birnbaum"] == link.birnbaum
    assert table.footer == ("Fictional.",)


def test_importance_of_ranges_is_taken_at_one_end_which_is_said() -> None:
    model = chain(judged("0.2", "0.5"), None).done()
    high, low = importance(model, "habit"), importance(model, "habit", at="low")
    assert high.where(id="time").one().birnbaum == pytest.approx(0.5)
    assert low.where(id="time").one().birnbaum == 0
    assert low.where(id="time").one().raw is None
    assert "Taken at the low end of every range." in low.footer
    assert high.where(id="club").one().missing
    assert "missing" in str(high)
    with pytest.raises(FieldError, match="unknown end"):
        importance(model, "habit", at="middle")
    with pytest.raises(UnknownIdError, match="did you mean 'club'"):
        importance(model, "habit", of=["clubs"])


def test_importance_can_be_estimated() -> None:
    model = chain(judged("0.5"), judged("0.9")).done()
    exact, estimated = importance(model, "habit"), importance(model, "habit", limit=0)
    assert "Estimated by Monte Carlo." in estimated.footer
    for row in exact:
        assert estimated.where(id=row.id).one().birnbaum == pytest.approx(row.birnbaum, abs=0.02)


def test_hotspots_rank_by_swing_and_show_the_evidence() -> None:
    theory = chain(judged("0.2", "0.8"), judged("0.9", "1"))
    theory.evidence("visits", about=["club->habit"], statement="seen", direction="supports")
    found = hotspots(theory.done(), "habit")
    assert found.ranked_by is RankedBy.SWING
    assert [row.id for row in found] == ["club->habit", "club", "time"]
    first = found.rows[0]
    assert (first.swing_at_low, first.swing_at_high) == (pytest.approx(0.6 * 0.72), pytest.approx(0.6 * 0.8))
    assert (first.swing, first.evidence, first.needed) == (first.swing_at_high, 1, True)
    assert found.records()[0]["id"] == "club->habit"


def test_hotspots_without_judgements_are_structural_and_named_so() -> None:
    theory = TheoryOfChange.build("bare")
    for id in ("a", "b"):
        theory.activity(id, id)
    for id in ("m", "n", "t"):
        theory.outcome(id, id)
    for from_, to in (("a", "m"), ("a", "n"), ("b", "m"), ("m", "n"), ("n", "m"), ("n", "t")):
        theory.link(from_, to)
    theory.evidence("seen", about=["n->t"])
    found = hotspots(theory.done(), "t")
    assert found.ranked_by is RankedBy.STRUCTURE
    assert "a structural ranking, since nothing on the way is judged" in found.caption
    first = found.rows[0]
    assert (first.id, first.needed, first.pathways, first.evidence) == ("n->t", True, 3, 1)
    assert found.where(id="a").one().pathways == 2
    assert "swing" not in str(found)
    assert "nothing gets round it" in str(found)


def test_structural_hotspots_count_pathways_through_packages_and_assumptions() -> None:
    theory = TheoryOfChange.build("bare")
    for id in ("a", "b", "c"):
        theory.activity(id, id)
        theory.link(id, "t", assumptions=["open"] if id == "c" else [])
    theory.outcome("t", "t")
    theory.assumption("open", "open")
    theory.assumption("paid", "paid")
    theory.package("p", "t", links=["a->t", "b->t"], assumptions=["paid"])
    theory.package("q", "t", links=["c->t"])
    found = hotspots(theory.done(), "t")
    assert {row.id: row.pathways for row in found if row.part is Part.ASSUMPTION} == {"open": 1, "paid": 2}
    assert not any(row.needed for row in found)


def test_flip_points_are_where_the_threshold_is_met() -> None:
    model = chain(judged("0.5", "0.6"), judged("1")).done()
    table = flip_points(model, "habit", 0.2)
    assert table.where(id="club->habit").one().at_low == pytest.approx(0.25)
    assert table.where(id="time").one().at_low == pytest.approx(0.4)
    assert table.where(id="time").one().at_high == pytest.approx(1 / 3)
    assert flip_points(model, "habit", 0.9).where(id="time").one().at_high is None
    assert "none" in str(flip_points(model, "habit", 0.9))
    assert table.records()[0]["part"] == "driver"
    with pytest.raises(FieldError, match="not a probability"):
        flip_points(model, "habit", 1.2)


def test_our_mind_is_changed_by_the_smallest_fall_first() -> None:
    theory = chain(judged("0.5", "0.6"), judged("1"))
    theory.rival("school", "A new school", about=["habit"])
    theory.rival("examined", "Nothing much", about=["habit"], status="minor")
    found = changes_of_mind(theory.done(), "habit", 0.3)
    assert found.verdict is Verdict.ABOVE
    assert [(row.id, row.kind, row.rising) for row in found] == [
        ("club->habit", Kind.FLIP, False),
        ("time", Kind.FLIP, False),
        ("club", Kind.FLIP, False),
        ("school", Kind.RIVAL, None),
    ]
    link = found.where(id="club->habit").one()
    assert (link.at, link.size) == (pytest.approx(0.375), pytest.approx(0.125))
    assert "is at or above 0.3" in found.caption
    assert "not examined" in str(found)


def test_what_would_lift_it_and_what_would_settle_it() -> None:
    model = chain(judged("0.5", "0.6"), judged("1")).done()
    below = changes_of_mind(model, "habit", 0.55)
    assert below.verdict is Verdict.BELOW
    link = below.where(id="club->habit").one()
    assert (link.at, link.rising) == (pytest.approx(0.6875), True)
    open_ = changes_of_mind(model, "habit", 0.45)
    assert open_.verdict is Verdict.OPEN
    settled = open_.where(id="club->habit").one()
    assert (settled.kind, settled.at) == (Kind.SETTLE, pytest.approx(0.5625))
    assert (settled.rising, settled.size) == (False, pytest.approx(0.0375))
    assert "at least" in str(below)


def test_where_nothing_alone_would_settle_it_that_is_said() -> None:
    theory = TheoryOfChange.build("open")
    theory.activity("a", "a", delivery=judged("0.1", "0.9"))
    theory.outcome("t", "t")
    theory.link("a", "t", strength=judged("0.1", "0.9"))
    found = changes_of_mind(theory.done(), "t", 0.05)
    assert found.verdict is Verdict.OPEN
    assert len(found) == 2
    for activity in ("b", "c"):
        theory.activity(activity, activity, delivery=judged("0.1", "0.9"))
        theory.link(activity, "t", strength=judged("0.1", "0.9"))
    theory.package("two", "t", links=["a->t", "b->t", "c->t"], at_least=2)
    nothing = changes_of_mind(theory.done(), "t", 0.5)
    assert nothing.verdict is Verdict.OPEN
    assert len(nothing) == 0
    assert "would not settle it" in str(nothing)


def test_activities_that_do_for_each_other_overlap_and_those_that_need_each_other_do_not() -> None:
    theory = TheoryOfChange.build("two")
    theory.outcome("t", "t")
    for activity in ("a", "b", "c"):
        theory.activity(activity, activity, delivery=judged("1"))
        theory.link(activity, "t", strength=judged("0.5", "0.6"))
    either = activity_overlap(theory.done(), ["a", "b"], "t")
    assert either.alone["a"].at_low == pytest.approx(0.25)  # c stays
    assert either.together.at_high == pytest.approx(0.936 - 0.6)
    assert either.overlap.at_low == pytest.approx(0.25 + 0.25 - 0.375)
    assert [row["what"] for row in either.records()] == ["a", "b", "together", "overlap"]
    theory.package("all", "t", links=["a->t", "b->t", "c->t"])
    both = activity_overlap(theory.done(), ["a", "b"], "t")
    assert both.overlap.at_low == pytest.approx(-0.125)
    with pytest.raises(UnknownIdError, match="no activity or driver has the id 't'"):
        activity_overlap(theory.done(), ["a", "t"], "t")
    with pytest.raises(FieldError, match="at least two"):
        activity_overlap(theory.done(), ["a", "a"], "t")
