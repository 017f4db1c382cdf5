"""Laws of versions: what a difference says is enough to get from the old model to the new one, and nothing differs from itself."""

from attrs import evolve
from hypothesis import given, settings, strategies as st

from tests.strategies import theories
from tocmodel.contribution import plausibility
from tocmodel.model import Programme, Record, TheoryOfChange, Value
from tocmodel.versions import How, Shift, achievement_changes, apply, diff, fingerprint, plausibility_changes

Theory = tuple[Programme, list[Record]]
FEW = settings(max_examples=settings().max_examples // 2)
"""Whole theories take their time; the thorough profile has more of them all the same."""


@FEW
@given(theories())
def test_nothing_differs_from_itself(theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    assert len(diff(model, TheoryOfChange.of(*theory))) == 0
    assert fingerprint(model) == fingerprint(TheoryOfChange.of(theory[0], theory[1][::-1]))


@FEW
@given(theories(), theories())
def test_a_difference_put_on_the_old_model_gives_the_new_one(one: Theory, other: Theory) -> None:
    old, new = TheoryOfChange.of(*one), TheoryOfChange.of(*other)
    there, back = diff(old, new), diff(new, old)
    assert apply(there, old) == new
    assert apply(back, new) == old
    assert (len(there) == 0) == (old == new)
    assert all(change.sentence for change in there)


@FEW
@given(st.data(), theories())
def test_taking_records_away_shows_as_removals_only(data: st.DataObject, theory: Theory) -> None:
    programme, records = theory
    model = TheoryOfChange.of(programme, records)
    named = {reference for record in (programme, *records) for reference in _named(record)}
    # the ids of baselines, targets and actuals depend on each other, so one of them cannot be taken away alone
    free = [record for record in model.records() if record.id not in named and not isinstance(record, Value)]
    gone = data.draw(st.sets(st.sampled_from([record.id for record in free])) if free else st.just(set[str]()))
    rest = TheoryOfChange.of(programme, [record for record in model.records() if record.id not in gone])
    assert {(change.how, change.id) for change in diff(model, rest)} == {(How.REMOVED, id) for id in gone}


MIRROR = {
    Shift.MORE: Shift.LESS, Shift.HIGHER: Shift.LOWER, Shift.NARROWER: Shift.WIDER, Shift.JUDGED: Shift.UNJUDGED, Shift.ADDED: Shift.REMOVED,
}  # fmt: skip
BACK = {shift: shift for shift in Shift} | MIRROR | {back: there for there, back in MIRROR.items()}


@FEW
@given(theories())
def test_what_is_calculated_does_not_differ_from_itself(theory: Theory) -> None:
    model, again = TheoryOfChange.of(*theory), TheoryOfChange.of(theory[0], theory[1][::-1])
    assert len(plausibility_changes(model, again)) == 0
    assert len(achievement_changes(model, again, as_of="2024-06-30")) == 0


@FEW
@given(theories(), theories())
def test_plausibility_on_the_way_back_says_the_opposite(one: Theory, other: Theory) -> None:
    old, new = TheoryOfChange.of(*one), TheoryOfChange.of(*other)
    there, back = plausibility_changes(old, new), plausibility_changes(new, old)
    if not any(record.formerly for record in (*old.records(), *new.records())):  # a former id holds in one way only
        assert {change.node: BACK[change.shift] for change in there} == {change.node: change.shift for change in back}


@FEW
@given(st.data(), theories())
def test_every_node_whose_plausibility_differs_is_found_and_no_other(data: st.DataObject, theory: Theory) -> None:
    """A node without a row has the same plausibility in both, although most of these are never calculated."""
    programme, records = theory
    old = TheoryOfChange.of(programme, records)
    if not old.links:
        return
    link = data.draw(st.sampled_from(old.links))
    judged = {"low": "0.25", "high": "0.5", "by": "a panel", "on": "2024-05-02", "why": "for this test"}
    new = old.replaced(evolve(link, strength=judged))  # type: ignore[arg-type]
    changed = {change.node for change in plausibility_changes(old, new)}
    for node in old.nodes:
        before, after = plausibility(old, node.id), plausibility(new, node.id)
        sides = [(each.low, each.high, each.all_needed, each.can_be_judged) for each in (before, after)]
        assert (node.id in changed) == (sides[0] != sides[1] and (before.can_be_judged or after.can_be_judged))


def _named(record: Record) -> set[str]:
    from tocmodel.model.references import references

    return {reference.id for reference in references(record)}
