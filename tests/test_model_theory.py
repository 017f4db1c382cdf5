"""The model and its builder, by example."""

import copy
import pickle

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from tocmodel import TheoryBuilder, TheoryOfChange
from tocmodel.errors import InvalidModelError, UnknownIdError
from tocmodel.model import Actor, Outcome, Programme


def draft() -> TheoryBuilder:
    built = TheoryOfChange.build("trees", "Tree nurseries (fictional)", period="2020/2021", as_of="2021-12-31")
    water = built.input("water", "Water")
    plant = built.activity("plant", "Plant seedlings")
    built.output("seedlings", "Seedlings")
    shade = built.outcome("shade", "There is shade", horizon="long")
    built.objective("rest", "People rest in the shade")
    built.other_result("birds", "Birds nest")
    built.link(water, plant)
    built.link(plant, shade)
    trees = built.indicator("trees-planted", of=plant, unit="item")
    built.baseline(trees, 0, zero_by_construction=True)
    built.target(trees, 200)
    built.actual(trees, "over 150")
    return built


def test_the_builder_gives_back_the_ids_that_later_calls_name() -> None:
    built = TheoryOfChange.build("trees")
    assert built.activity("plant", "Plant") == "plant"
    assert built.outcome("shade", "Shade") == "shade"
    assert built.link("plant", "shade") == "plant->shade"
    assert built.indicator("planted", of="plant") == "planted"
    assert built.target("planted", 5, period="2020") == "planted.target.2020-01-01_2020-12-31"
    assert str(built.done().programme.title) == "trees"


def test_the_order_of_calls_does_not_matter_for_equality_and_is_kept_for_display() -> None:
    forward, backward = TheoryOfChange.build("p"), TheoryOfChange.build("p")
    forward.link("a", "b")
    for id in ("a", "b"):
        forward.outcome(id, id)
    for id in ("b", "a"):
        backward.outcome(id, id)
    backward.link("a", "b")
    one, other = forward.done(), backward.done()
    assert one == other
    assert hash(one) == hash(other)
    assert [node.id for node in one.nodes] == ["a", "b"]
    assert [node.id for node in other.nodes] == ["b", "a"]


def test_a_model_is_frozen_and_changes_by_replacing_records() -> None:
    model = draft().done()
    with pytest.raises(FrozenInstanceError):
        model.nodes = ()  # type: ignore[misc]
    other = model.replaced(evolve(model.node("shade"), title="There is more shade"), Actor(id="team", title="Team"))
    assert str(other.node("shade").title) == "There is more shade"
    assert [actor.id for actor in other.actors] == ["team"]
    assert str(model.node("shade").title) == "There is shade"
    assert [node.id for node in other.nodes] == [node.id for node in model.nodes]
    renamed = model.replaced(evolve(model.programme, title="Nurseries"))
    assert str(renamed.programme.title) == "Nurseries"
    with pytest.raises(InvalidModelError, match="no node has the id 'nowhere'"):
        model.replaced(evolve(model.links[0], to="nowhere"))


def test_records_are_found_by_id() -> None:
    model = draft().done()
    assert model["trees"] is model.programme
    assert model["plant->shade"] is model.links[1]
    assert model.node("plant").id == "plant"
    assert model.indicator("trees-planted").of == "plant"
    with pytest.raises(UnknownIdError, match="no element has the id 'plnat'; did you mean 'plant'"):
        _ = model["plnat"]
    with pytest.raises(UnknownIdError, match="no node has the id 'trees-planted'"):
        model.node("trees-planted")
    with pytest.raises(UnknownIdError, match="no indicator has the id 'plant'"):
        model.indicator("plant")


def test_values_are_found_by_their_indicator() -> None:
    model = draft().done()
    assert [value.id for value in model.baselines_of("trees-planted")] == ["trees-planted.baseline"]
    assert [value.id for value in model.targets_of("trees-planted")] == ["trees-planted.target"]
    assert [value.id for value in model.actuals_of("trees-planted")] == ["trees-planted.actual"]
    assert model.actuals_of("nothing") == ()


def test_a_model_says_in_short_what_it_holds() -> None:
    assert repr(draft().done()) == (
        "<TheoryOfChange 'trees': 1 input, 1 activity, 1 output, 1 outcome, 1 objective, 1 other result, 2 links, 1 indicator>"
    )
    assert repr(TheoryOfChange(programme=Programme(id="p", title="P"))) == "<TheoryOfChange 'p': empty>"


def test_finished_records_can_be_added() -> None:
    built = TheoryOfChange.build("p")
    built.add(Outcome(id="a", title="A"), Outcome(id="b", title="B"))
    assert len(built.done().nodes) == 2


def test_faults_of_the_programme_are_found_with_the_rest() -> None:
    built = TheoryOfChange.build("p", period="2021/2020", currency="banana", langage="en")
    built.link("a", "b")
    with pytest.raises(InvalidModelError) as raised:
        built.done()
    assert [(finding.code, finding.where.path) for finding in raised.value.findings] == [
        ("M02", "a->b.from"),
        ("M02", "a->b.to"),
        ("M05", "programme.currency"),
        ("F02", "programme.langage"),
        ("F04", "programme.period"),
    ]


def test_loops_are_allowed() -> None:
    built = TheoryOfChange.build("p")
    for id in ("a", "b", "c"):
        built.outcome(id, id)
    for from_, to in (("a", "b"), ("b", "c"), ("c", "a")):
        built.link(from_, to)
    assert len(built.done().links) == 3


def test_a_replaced_figure_that_cannot_be_read_is_found_and_a_mended_one_is_no_longer_accused() -> None:
    draft = TheoryOfChange.build("p", as_of="2024-12-31")
    draft.activity("a", "A")
    draft.indicator("i", of="a")
    draft.actual("i", 5)
    model = draft.done()
    spoiled = model.replaced(evolve(model.actuals[0], figure="1.200,50"))
    assert [finding.code for finding in spoiled.findings] == ["M08"]
    assert spoiled.replaced(evolve(model.programme, title="Other")).findings == spoiled.findings
    assert spoiled.replaced(evolve(spoiled.actuals[0], figure="1200")).findings == ()


def test_a_record_under_the_id_of_the_programme_is_a_fault() -> None:
    model = TheoryOfChange.build("p").done()
    with pytest.raises(InvalidModelError, match="M01"):
        model.replaced(Actor(id="p", title="x"))


def test_models_can_be_copied_and_sent_to_other_processes() -> None:
    draft = TheoryOfChange.build("p")
    draft.activity("a", "A", extensions={"own": {"list": [1, None, {"deep": "text"}]}})
    model = draft.done()
    assert pickle.loads(pickle.dumps(model)) == model
    assert copy.deepcopy(model) == model
    assert copy.deepcopy(model).nodes[0].extensions == model.nodes[0].extensions


def test_records_are_taken_out_with_what_names_them() -> None:
    model = draft().done()
    left = model.without("trees-planted", *(value.id for value in (*model.baselines, *model.targets, *model.actuals)), "plant->shade")
    assert not left.indicators
    assert [link.id for link in left.links] == ["water->plant"]
    assert left.nodes == model.nodes
    assert model.without() == model
    with pytest.raises(InvalidModelError) as raised:
        model.without("plant")
    assert [(finding.code, str(finding.where)) for finding in raised.value.findings] == [
        ("M02", "plant->shade.from"),
        ("M02", "trees-planted.of"),
        ("M02", "water->plant.to"),
    ]


@pytest.mark.parametrize("id", ["plnat", "trees"])
def test_what_is_not_there_and_the_programme_cannot_be_taken_out(id: str) -> None:
    with pytest.raises(UnknownIdError, match=f"no record has the id '{id}'"):
        draft().done().without(id)


def test_a_model_without_a_record_has_only_the_findings_about_what_is_left() -> None:
    built = draft()
    for year in ("2020", "2021"):
        built.actual("trees-planted", "about 200", period=year)
    model = built.done()
    assert len(model.findings) == 2
    for gone, stays in (model.findings, reversed(model.findings)):
        assert model.without(gone.where.record).findings == (stays,)


def test_faults_name_the_call_and_the_field() -> None:
    built = TheoryOfChange.build("p")
    built.output("o", "O", sphere="outer space")
    built.indicator("i", of="o", by="sex")
    built.dimension("sex", "Sex", categories=["girls", "boys"])
    for period in ("2021/2020", "2021-13"):
        built.actual("i", 5, period=period)
    built.actual("i", 5, id="row-3", period="soon")
    for category in ("girl", "boy"):
        built.actual("i", 5, slice={"sex": category})
    built.target("i", period="2020")
    built.link("o", "nowhere", strength="much")
    with pytest.raises(InvalidModelError) as raised:
        built.done()
    assert {(finding.where.record, finding.where.field) for finding in raised.value.findings} == {
        ("o", "sphere"),
        ("actual of i", "period"),
        ("actual 2 of i", "period"),
        ("row-3", "period"),
        ("i.actual.sex=girl", "slice"),
        ("i.actual.sex=boy", "slice"),
        ("target of i", ""),
        ("o->nowhere", "to"),
        ("o->nowhere", "strength"),
    }
    assert all(str(finding.where) == f"{finding.where.record}.{finding.where.field}".removesuffix(".") for finding in raised.value.findings)


def test_values_that_share_their_indicator_period_and_slice_are_named_by_the_call() -> None:
    built = TheoryOfChange.build("p")
    built.output("o", "O")
    built.indicator("i", of="o")
    for source in ("survey", "census"):
        built.actual("i", 5, source=source)
    with pytest.raises(InvalidModelError) as raised:
        built.done()
    assert [(finding.where.record, finding.where.field) for finding in raised.value.findings] == [
        ("actual 2 of i", "source"),
        ("actual of i", "source"),
    ]


def test_a_field_that_is_missing_is_named_though_the_place_is_the_record() -> None:
    built = TheoryOfChange.build("p")
    built.overlap("both", between=["i", "j"], figure=None)
    with pytest.raises(InvalidModelError) as raised:
        built.done()
    missing = next(finding for finding in raised.value.findings if finding.code == "F03")
    assert (str(missing.where), missing.where.record, missing.where.field) == ("both", "both", "figure")


def test_findings_of_a_model_name_values_by_ids_that_lead_to_them() -> None:
    built = draft()
    for text in ("about 200", "about 210"):
        built.actual("trees-planted", text)
    model = built.done()
    assert {model[finding.where.record].figure.printed for finding in model.findings} == {"about 200", "about 210"}  # type: ignore[attr-defined]
    assert {finding.where.field for finding in model.findings} == {"figure"}
