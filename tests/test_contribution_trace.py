"""Tracing one node to another, by example."""

from collections.abc import Callable
from itertools import pairwise
from operator import methodcaller

import pytest

import tocmodel as toc
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.model import Basis

START, END = "clubs", "love-reading"


def draft() -> toc.TheoryBuilder:
    """A fictional reading programme: two ways from the clubs to the goal, one of them only inferred."""
    built = toc.TheoryOfChange.build("reading", "Reading clubs (fictional)", notice="All of this is made up.")
    built.activity("clubs", "Clubs meet")
    built.output("books", "Books are lent")
    built.outcome("read-more", "Children read more")
    built.outcome("talk", "Children talk about books")
    built.objective("love-reading", "Children love reading")
    built.assumption("rooms", "There are rooms")
    built.link("clubs", "books", basis="stated", assumptions=["rooms"])
    built.link("books", "read-more", basis="planned")
    built.link("clubs", "talk", basis="stated")
    built.link("talk", "read-more", basis="inferred")
    built.link("read-more", "love-reading")
    built.evidence("log", about=["clubs->books"], kind="document")
    built.evidence("visit", about=["books->read-more"], direction="contradicts")
    built.indicator("loans", of="books", unit="item")
    return built


def test_a_trace_counts_lists_and_names_what_all_pathways_pass() -> None:
    trace = toc.trace(draft().done(), START, END)
    assert (trace.count.count, trace.count.exact, trace.truncated, trace.reached) == (2, True, False, True)
    assert [pathway.nodes for pathway in trace.pathways] == [
        ("clubs", "books", "read-more", "love-reading"),
        ("clubs", "talk", "read-more", "love-reading"),
    ]
    assert trace.bottlenecks.nodes == ("read-more",)
    assert trace.bottlenecks.links == ("read-more->love-reading",)


def test_a_trace_says_what_its_links_rest_on() -> None:
    trace = toc.trace(draft().done(), START, END)
    assert trace.without_evidence == ("books->read-more", "clubs->talk", "talk->read-more", "read-more->love-reading")
    assert trace.inferred == ("talk->read-more",)
    assert trace.unattributed == ("read-more->love-reading",)
    assert trace.assumptions == ("rooms",)
    assert trace.indicators == ("loans",)
    assert trace.without_indicator == ("clubs", "read-more", "talk", "love-reading")
    first = trace.pathways[0]
    assert [(step.basis, step.evidence, step.against) for step in first.steps] == [
        (Basis.STATED, ("log",), ()),
        (Basis.PLANNED, (), ("visit",)),
        (None, (), ()),
    ]


def test_a_trace_says_where_the_source_stops() -> None:
    trace = toc.trace(draft().done(), START, END)
    assert [pathway.carried_to for pathway in trace.pathways] == ["read-more", "talk"]
    assert not any(pathway.carried_wholly for pathway in trace.pathways)
    assert "Sources carry it as far as “Children read more”" in trace.sentence()
    assert "no source carries the next step." in trace.sentence()
    assert "4 of 5 links on the way have no evidence for them." in trace.sentence()


def test_a_trace_whose_first_step_is_inferred_says_nothing_of_later_steps_that_a_source_carries() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    trace = toc.trace(kenya, "train-judiciary-and-police", "perpetrators-convicted")
    assert any(step.basis is Basis.STATED for pathway in trace.pathways for step in pathway.steps)
    assert "No source carries its first step." in trace.sentence()
    assert "as far as" not in trace.sentence()


def test_a_trace_from_a_node_to_itself_claims_nothing_of_sources_or_evidence() -> None:
    said = toc.trace(draft().done(), START, START).sentence()
    assert "no link lies between" in said
    assert "evidence" not in said
    assert "Sources" not in said


def test_the_text_of_a_trace_says_what_the_evidence_says() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    trace = toc.trace(kenya, "child-rights-clubs", "children-engage-duty-bearers")
    assert "[stated; evidence: “The clubs raised the children's awareness of their rights”]" in str(trace)
    assert "evidence-" not in str(trace) + methodcaller("_repr_html_")(trace)
    assert trace.records()[1]["evidence"] == "evidence-rights-known"


def test_a_trace_as_text_and_records() -> None:
    trace = toc.trace(draft().done(), START, END)
    text = str(trace)
    assert "  ⇢ Children read more  [inferred; no evidence]" in text
    assert "  → Books are lent  [stated; evidence: log]" in text
    assert "On every pathway: Children read more" in text
    assert text.endswith("All of this is made up.")
    assert trace.records()[0] == {
        "pathway": 1,
        "step": 1,
        "from": "clubs",
        "to": "books",
        "links": "clubs->books",
        "basis": "stated",
        "evidence": "log",
        "against": "",
    }
    assert len(trace.records()) == 6


@pytest.mark.parametrize(("most", "listed", "truncated"), [(100, 2, False), (2, 2, False), (1, 1, True)])
def test_truncated_says_whether_there_are_pathways_that_are_not_listed(most: int, listed: int, truncated: bool) -> None:
    trace = toc.trace(draft().done(), START, END, max_paths=most)
    assert (len(trace.pathways), trace.truncated, trace.count.count) == (listed, truncated, 2)
    assert ("there are 2)" in str(trace)) == truncated


@pytest.mark.parametrize(("longest", "listed"), [(3, 2), (2, 0)])
def test_a_limit_of_links_asks_for_shorter_pathways_only(longest: int, listed: int) -> None:
    trace = toc.trace(draft().done(), START, END, max_links=longest)
    assert (len(trace.pathways), trace.truncated, trace.count.count) == (listed, False, listed)


def test_where_no_pathway_is_drawn_nothing_is_said_to_be_carried() -> None:
    trace = toc.trace(draft().done(), END, START)
    assert (trace.count.count, trace.pathways, trace.nodes, trace.links, trace.reached, trace.truncated) == (0, (), (), (), False, False)
    assert trace.sentence() == "The theory draws no pathway from “Children love reading” to “Clubs meet”."


def test_loops_are_safe_and_said() -> None:
    built = draft()
    built.link("read-more", "talk", feedback=True)
    trace = toc.trace(built.done(), START, END)
    assert (trace.count.count, len(trace.pathways)) == (2, 2)
    assert trace.loops == (("read-more", "talk"),)
    assert "Loops on the way: Children read more, Children talk about books" in str(trace)


def test_parallel_links_are_one_step_carried_by_the_best_of_them() -> None:
    built = draft()
    built.link("talk", "read-more", id="again", basis="stated", sign="hinders")
    trace = toc.trace(built.done(), START, END)
    assert trace.count.count == 2
    step = trace.pathways[1].steps[1]
    assert (step.links, step.basis) == (("talk->read-more", "again"), Basis.STATED)
    assert trace.pathways[1].hinders is None
    assert trace.pathways[0].hinders is False


def test_two_hindering_steps_help() -> None:
    built = toc.TheoryOfChange.build("p")
    for id in ("rain", "drought", "seedlings"):
        built.outcome(id, id)
    built.link("rain", "drought", sign="hinders")
    built.link("drought", "seedlings", sign="hinders")
    model = built.done()
    assert toc.trace(model, "rain", "seedlings").pathways[0].hinders is False
    assert toc.trace(model, "rain", "drought").pathways[0].hinders is True


def test_pathways_are_counted_without_listing_them() -> None:
    built = toc.TheoryOfChange.build("p")
    layers = [["start"], *([f"n{layer}-{place}" for place in range(10)] for layer in range(20)), ["end"]]
    for id in (id for layer in layers for id in layer):
        built.outcome(id, id)
    for one, other in pairwise(layers):
        for from_ in one:
            for to in other:
                built.link(from_, to)
    trace = toc.trace(built.done(), "start", "end", max_paths=3)
    assert trace.count.count == 10**20
    assert trace.count.exact
    assert (len(trace.pathways), trace.truncated) == (3, True)
    assert "there are 100,000,000,000,000,000,000" in str(trace)


def test_a_misspelt_node_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="no node has the id 'club'; did you mean 'clubs'"):
        toc.trace(draft().done(), "club", END)
    with pytest.raises(UnknownIdError, match="no node has the id 'loans'"):
        toc.trace(draft().done(), START, "loans")


@pytest.mark.parametrize(
    ("bases", "said"),
    [
        (("planned", "planned"), "The plan states every step."),
        (("planned", "intended"), "Sources state every step as a plan or a purpose, none as a fact."),
        (("intended", "intended"), "Sources state every step as a plan or a purpose, none as a fact."),
        (("planned", "stated"), "Sources carry it all the way."),
        (("planned", "inferred"), "Sources carry it as far as “Pupils have books”; no source carries the next step."),
    ],
)
def test_a_plan_is_not_told_as_if_it_were_proof(bases: tuple[str, str], said: str) -> None:
    built = toc.TheoryOfChange.build("p", "Reading (fictional)")
    built.activity("lend", "Schools lend books")
    built.output("books", "Pupils have books")
    built.objective("read", "Pupils read")
    built.link("lend", "books", basis=bases[0])
    built.link("books", "read", basis=bases[1])
    model = built.done()
    assert f"{said} 2 of 2 links on the way have no evidence for them." in toc.trace(model, "lend", "read").sentence()
    drawn = " ".join(str(toc.story(model, "lend", "read")).split())
    told = {
        "The plan states every step.": "The plan states every step of it (→).",
        "Sources carry it all the way.": "Sources carry every step of it (→).",
    }
    assert told.get(said, "none as a fact (→)." if "fact" in said else "there their word ends (⇢).") in drawn


def test_evidence_against_a_step_stands_beside_it() -> None:
    draft = toc.TheoryOfChange.build("reading")
    clubs, read = draft.activity("clubs", "Clubs meet"), draft.outcome("read", "Children read")
    link = draft.link(clubs, read)
    draft.evidence("tests", about=link, direction="contradicts", statement="Members read no better.")

    found = toc.trace(draft.done(), clubs, read)

    assert "1 of 1 links on the way has no evidence for it." in found.sentence()
    assert "evidence against: “Members read no better”" in str(found)
    assert "no evidence]" not in str(found)


def test_several_ways_that_the_plan_states_are_counted() -> None:
    built = toc.TheoryOfChange.build("p", "Reading (fictional)")
    built.activity("lend", "Schools lend books")
    built.objective("read", "Pupils read")
    for number, basis in enumerate(("planned", "planned", "inferred")):
        built.output(f"o{number}", f"Output {number}")
        built.link("lend", f"o{number}", basis=basis)
        built.link(f"o{number}", "read", basis=basis)
    assert "The plan states every step of 2 of them." in toc.trace(built.done(), "lend", "read").sentence()


@pytest.mark.parametrize("find", [toc.trace, toc.strongest_paths])
def test_somewhere_to_start_and_to_reach_must_be_named(find: Callable[..., object]) -> None:
    model = draft().done()
    with pytest.raises(FieldError, match="no node to start from"):
        find(model, [], [])
    with pytest.raises(FieldError, match="no node to reach"):
        find(model, START, ())
