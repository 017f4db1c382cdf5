"""Laws of the model: it survives writing and reading, and neither order nor copies change it."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given, strategies as st

import tocmodel as toc
from tests.strategies import theories, whole_models
from tocmodel.findings import Place
from tocmodel.formats import read, write
from tocmodel.formats.plain import from_plain, to_plain
from tocmodel.model import (
    Activity,
    Actor,
    Actual,
    Assumption,
    Baseline,
    Cascade,
    CausalPackage,
    Decision,
    Dimension,
    Evidence,
    EvidenceTest,
    HarvestedOutcome,
    Indicator,
    Input,
    LearningQuestion,
    LearningSession,
    Lesson,
    Link,
    Objective,
    OtherResult,
    Outcome,
    Output,
    Overlap,
    Programme,
    Recommendation,
    Record,
    Risk,
    RivalExplanation,
    Rubric,
    RubricRating,
    Source,
    Target,
    TheoryBuilder,
    TheoryOfChange,
    Version,
)
from tocmodel.model.assembly import _made_at_once, _made_field_by_field, file_name, own_name  # pyright: ignore[reportPrivateUsage]
from tocmodel.model.indicators import ValueFields
from tocmodel.model.plain import plain_fields

Theory = tuple[Programme, list[Record]]


def rewritten(model: TheoryOfChange, ending: str) -> TheoryOfChange:
    with tempfile.TemporaryDirectory() as folder:
        return read(write(model, Path(folder) / f"model{ending}"))


@pytest.mark.parametrize("ending", [".yaml", ".json"])
@whole_models
@given(theory=theories())
def test_a_model_read_back_is_the_model_that_was_written(ending: str, theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    again = rewritten(model, ending)
    for record in (model.programme, *model.records()):
        assert again.by_id.get(record.id) == record
    assert again == model
    assert hash(again) == hash(model)
    assert [finding.code for finding in again.findings] == [finding.code for finding in model.findings]


@whole_models
@given(theories())
def test_writing_keeps_the_authored_order_and_writing_again_changes_nothing(theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    once = from_plain(to_plain(model))
    assert to_plain(once) == to_plain(model)


@whole_models
@given(theories(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(theory: Theory, chance: random.Random) -> None:
    programme, records = theory
    shuffled = chance.sample(records, len(records))
    one, other = TheoryOfChange.of(programme, records), TheoryOfChange.of(programme, shuffled)
    assert one == other
    assert hash(one) == hash(other)
    assert sorted(one.by_id) == sorted(other.by_id)
    assert one.findings == other.findings
    assert toc.check(one) == toc.check(other)


METHODS: dict[type[Record], Callable[[TheoryBuilder], Callable[..., str]]] = {
    Input: lambda draft: draft.input,
    Activity: lambda draft: draft.activity,
    Output: lambda draft: draft.output,
    Outcome: lambda draft: draft.outcome,
    Objective: lambda draft: draft.objective,
    OtherResult: lambda draft: draft.other_result,
    Link: lambda draft: draft.link,
    CausalPackage: lambda draft: draft.package,
    Assumption: lambda draft: draft.assumption,
    Risk: lambda draft: draft.risk,
    RivalExplanation: lambda draft: draft.rival,
    Actor: lambda draft: draft.actor,
    Source: lambda draft: draft.source,
    Evidence: lambda draft: draft.evidence,
    EvidenceTest: lambda draft: draft.evidence_test,
    Rubric: lambda draft: draft.rubric,
    RubricRating: lambda draft: draft.rubric_rating,
    Dimension: lambda draft: draft.dimension,
    Indicator: lambda draft: draft.indicator,
    Baseline: lambda draft: draft.baseline,
    Target: lambda draft: draft.target,
    Actual: lambda draft: draft.actual,
    Overlap: lambda draft: draft.overlap,
    Cascade: lambda draft: draft.cascade,
    LearningSession: lambda draft: draft.session,
    HarvestedOutcome: lambda draft: draft.harvested_outcome,
    Lesson: lambda draft: draft.lesson,
    Recommendation: lambda draft: draft.recommendation,
    LearningQuestion: lambda draft: draft.question,
    Decision: lambda draft: draft.decision,
    Version: lambda draft: draft.version,
}


def built(programme: Programme, records: list[Record]) -> TheoryOfChange:
    """The model that the builder's own methods make, called in this order."""
    given_fields = {attribute.name: getattr(programme, attribute.name) for attribute in fields(Programme) if attribute.name != "id"}
    draft = TheoryOfChange.build(programme.id, **given_fields)
    for record in records:
        held: dict[str, Any] = {attribute.name: getattr(record, attribute.name) for attribute in fields(type(record))}
        if isinstance(record, ValueFields) and record.id == own_name(record):
            held.pop("id")
        METHODS[type(record)](draft)(**held)
    return draft.done()


@whole_models
@given(theories(), st.randoms(use_true_random=False))
def test_the_order_of_builder_calls_does_not_matter(theory: Theory, chance: random.Random) -> None:
    programme, records = theory
    assert built(programme, chance.sample(records, len(records))) == TheoryOfChange.of(programme, records)


@whole_models
@given(st.data(), theories())
def test_a_record_replaced_by_itself_changes_nothing(data: st.DataObject, theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    records = [model.programme, *model.records()]
    chosen = data.draw(st.lists(st.sampled_from(records), max_size=3))
    again = model.replaced(*(evolve(record) for record in chosen))
    assert again == model
    assert hash(again) == hash(model)
    assert list(again.records()) == list(model.records())
    assert evolve(model) == model


@whole_models
@given(st.data(), theories())
def test_a_changed_record_makes_another_model_and_leaves_the_old_one(data: st.DataObject, theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    node = data.draw(st.sampled_from(model.nodes))
    before = list(model.records())
    other = model.replaced(evolve(node, title=f"{node.title} changed"))
    assert other != model
    assert other.node(node.id) != node
    assert list(model.records()) == before
    assert other.replaced(node) == model


@whole_models
@given(theories())
def test_graphs_are_copies_and_name_every_record(theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    whole, causal = model.graph, model.causal_graph
    assert set(whole) == set(model.by_id)
    assert {key for _, _, key in causal.edges(keys=True)} == {link.id for link in model.links}
    assert all(whole.nodes[id]["obj"] is record for id, record in model.by_id.items())
    sizes = (len(whole), whole.number_of_edges(), len(causal), causal.number_of_edges())
    whole.clear()
    causal.clear()
    assert (len(model.graph), model.graph.number_of_edges(), len(model.causal_graph), model.causal_graph.number_of_edges()) == sizes
    assert model == TheoryOfChange.of(*theory)


@whole_models
@given(theories())
def test_every_model_can_be_judged_checked_and_shown(theory: Theory) -> None:
    """Whatever fits together can be calculated with: wrong figures give findings and reasons, never an exception."""
    model = TheoryOfChange.of(*theory)
    table = toc.achievement(model, as_of="2020-06-30")
    assert {row.indicator for row in table} == {indicator.id for indicator in model.indicators}
    assert len(table.records()) == len(table)
    assert str(table)
    assert all(row.explain() for row in table)
    assert str(toc.check(model))


@whole_models
@given(theory=theories(), data=st.data())
def test_a_record_made_at_once_is_the_one_made_field_by_field(theory: Theory, data: st.DataObject) -> None:
    """The quick way takes only what the careful way takes without a fault, and gives the same record."""
    programme, records = theory
    record = data.draw(st.sampled_from(records or [programme]))
    held = plain_fields(record, programme.language)
    spoiled = data.draw(st.booleans())
    if spoiled:
        name = data.draw(st.sampled_from([*(file_name(attribute.name) for attribute in fields(type(record))), "unknown"]))
        held[name] = data.draw(st.sampled_from([None, "", "words", "2020-01-31", 5, True, [], ["one", 2], {}, {"id": 5}, {"one": None}]))
    quick = _made_at_once(type(record), held)
    assert spoiled or quick is not None
    if quick is not None:
        assert (quick, []) == _made_field_by_field(type(record), held, Place, ())
