"""Packages and roles; what stays after the programme, reach of peers and scaling."""

from fractions import Fraction

import pytest

from tocmodel.contribution.judged.packages import Role, packages, responsibility, roles
from tocmodel.contribution.judged.resilience import Tier, after_exit, peer_reach, scaling_bottleneck
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.figures import Interval
from tocmodel.model import TheoryBuilder, TheoryOfChange


def judged(low: str, high: str | None = None) -> dict[str, object]:
    return {"low": low, "high": high or low, "by": "a panel of librarians", "on": "2024-05-02", "why": "two earlier clubs"}


def nursery() -> TheoryBuilder:
    """A fictional tree nursery: seedlings need a grant and water, or a gift; a song changes nothing."""
    theory = TheoryOfChange.build("nursery", notice="Fictional.")
    for id in ("grant", "gift", "song"):
        theory.activity(id, f"The {id}")
    theory.outcome("seedlings", "Seedlings grow")
    theory.objective("trees", "Trees stand")
    theory.assumption("water", "The well has water")
    theory.link("grant", "seedlings")
    theory.link("gift", "seedlings")
    theory.link("seedlings", "trees")
    theory.package("with-water", "seedlings", links=["grant->seedlings"], assumptions=["water"])
    theory.package("given", "seedlings", links=["gift->seedlings"])
    return theory


def test_minimal_sets_roles_and_their_words() -> None:
    model = nursery().done()
    found = packages(model, "trees")
    assert found.sets == (("gift",), ("grant", "water"))
    assert found.records()[1] == {"to": "trees", "set": 2, "needs": "grant water"}
    assert found.sentence({"gift": "The gift"}) == "If every link holds, these suffice: The gift; or grant and water."
    assert roles(model, "trees") == {
        "grant": Role.CONTRIBUTOR,
        "gift": Role.CONTRIBUTOR,
        "song": Role.NONE,
        "water": Role.CONTRIBUTOR,
    }


def test_nothing_suffices_for_a_loop_without_a_start() -> None:
    theory = TheoryOfChange.build("loop")
    for id in ("a", "b"):
        theory.outcome(id, id)
    theory.link("a", "b")
    theory.link("b", "a", feedback=True)
    found = packages(theory.done(), "a")
    assert found.sets == ()
    assert found.sentence({}) == "Nothing in the theory suffices."


def test_a_budget_bounds_the_sets_and_what_is_listed_is_still_minimal(monkeypatch: pytest.MonkeyPatch) -> None:
    theory = TheoryOfChange.build("wide")
    theory.outcome("t", "t")
    for number in range(6):
        theory.activity(f"a{number}", "a")
        theory.link(f"a{number}", "t")
    theory.package("half", "t", links=[f"a{number}->t" for number in range(6)], at_least=3)
    model = theory.done()
    assert len(packages(model, "t").sets) == 20
    monkeypatch.setattr("tocmodel.contribution.judged.packages._BUDGET", 7)
    found = packages(model, "t")
    assert found.truncated
    assert 0 < len(found.sets) <= 7
    assert {len(own) for own in found.sets} == {3}
    assert found.sentence({}).endswith("There may be more.")


def test_responsibility_is_shared_where_another_would_have_done() -> None:
    model = nursery().done()
    assert responsibility(model, "trees", ["grant", "gift", "water"]) == {
        "grant": Fraction(1, 2),
        "gift": Fraction(1, 2),
        "water": Fraction(1, 2),
    }
    assert responsibility(model, "trees", ["grant", "water"]) == {"grant": 1, "water": 1}
    with pytest.raises(UnknownIdError):
        responsibility(model, "trees", ["trees"])


def test_activities_end_unless_somebody_carries_them_on_with_something() -> None:
    theory = TheoryOfChange.build("after", notice="Fictional.")
    theory.actor("board", "The library board")
    theory.activity("clubs", "Clubs", delivery=judged("1"), sustained_by=["board"], sustained_with="Two hours a week")
    theory.activity("visits", "Visits", delivery=judged("1"), sustained_by=["board"])  # nothing to do it with
    theory.outcome("school", "The school's library", driver=True, delivery=judged("1"))
    for id in ("habit", "loans", "readers"):
        theory.outcome(id, id.title())
    for from_, to, chance in (
        ("clubs", "habit", "0.5"),
        ("visits", "loans", "0.4"),
        ("habit", "readers", "1"),
        ("loans", "readers", "1"),
        ("school", "readers", "0.2"),
    ):
        theory.link(from_, to, strength=judged(chance))
    found = after_exit(theory.done(), "readers")
    assert found.ends == ("visits",)
    assert found.now.value == pytest.approx(1 - 0.5 * 0.6 * 0.8)
    assert found.after.value == pytest.approx(1 - 0.5 * 0.8)
    assert found.sustained == ("habit", "readers")
    assert found.not_sustained == ("loans",)
    row = found.where(node="readers").one()
    assert [item.id for item in row.through] == ["clubs", "school"]
    assert row.owners == ("The library board",)
    assert found.where(node="habit").one().record()["with"] == "Two hours a week"
    assert found.sentence() == (
        "After the programme the plausibility of “Readers” is 0.6, against 0.76 now; carried on by The library board."
    )
    assert after_exit(theory.done(), "loans").sentence().startswith("After the programme nothing leads to “Loans” any more")
    assert "Fictional." in str(found)
    with pytest.raises(UnknownIdError, match="no activity or driver has the id 'habit'"):
        after_exit(theory.done(), "readers", ends=["habit"])


def test_what_only_several_together_lead_to_names_them_all() -> None:
    theory = TheoryOfChange.build("together")
    for id in ("a", "b"):
        theory.outcome(id, id, driver=True)
        theory.link(id, "t")
    theory.outcome("t", "t")
    theory.package("both", "t", links=["a->t", "b->t"])
    row = after_exit(theory.done(), "t").where(node="t").one()
    assert row.sustained
    assert [item.id for item in row.through] == ["a", "b"]
    assert after_exit(theory.done(), "a").sentence() == "After the programme its plausibility is 0 to 1, against 0 to 1 now."


def test_peers_reach_further_ones_and_direct_stays_apart() -> None:
    tier = Tier(Interval(10, 15), Interval("0.7", "0.9"))
    found = peer_reach(Interval.exactly(20), [tier, Tier(Interval(8, None), Interval("0.5", "0.8"))])
    assert found.direct == Interval.exactly(20)
    assert (found.tiers[0].low, found.tiers[0].high) == (140, 270)
    assert (found.furthest.low, found.furthest.high) == (560, None)
    assert peer_reach(Interval.exactly(20), []).furthest == Interval.exactly(20)


def test_the_lowest_component_holds_back_the_whole() -> None:
    found = scaling_bottleneck({"curriculum": (8, 6), "facilitators": ("7", 3), "permission": (3, 7)})
    assert found.bottleneck == "facilitators"
    assert (found.score, found.scores["curriculum"]) == (21, 48)
    with pytest.raises(FieldError, match="no components"):
        scaling_bottleneck({})
    with pytest.raises(FieldError, match="readiness and use of 'a'"):
        scaling_bottleneck({"a": (10, 1)})
