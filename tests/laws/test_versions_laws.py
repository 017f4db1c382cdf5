"""Laws of versions: what a difference says is enough to get from the old model to the new one, and nothing differs from itself."""

from hypothesis import given, settings, strategies as st

from tests.strategies import theories
from tocmodel.model import Programme, Record, TheoryOfChange, Value
from tocmodel.versions import How, apply, diff, fingerprint

Theory = tuple[Programme, list[Record]]


@settings(max_examples=15)
@given(theories())
def test_nothing_differs_from_itself(theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    assert len(diff(model, TheoryOfChange.of(*theory))) == 0
    assert fingerprint(model) == fingerprint(TheoryOfChange.of(theory[0], theory[1][::-1]))


@settings(max_examples=15)
@given(theories(), theories())
def test_a_difference_put_on_the_old_model_gives_the_new_one(one: Theory, other: Theory) -> None:
    old, new = TheoryOfChange.of(*one), TheoryOfChange.of(*other)
    there, back = diff(old, new), diff(new, old)
    assert apply(there, old) == new
    assert apply(back, new) == old
    assert (len(there) == 0) == (old == new)
    assert all(change.sentence for change in there)


@settings(max_examples=15)
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


def _named(record: Record) -> set[str]:
    from tocmodel.model.references import references

    return {reference.id for reference in references(record)}
