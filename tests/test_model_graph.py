"""A model as networkx graphs, by example."""

import networkx as nx

from tocmodel import TheoryOfChange
from tocmodel.model import Link


def model() -> TheoryOfChange:
    draft = TheoryOfChange.build("reading", "Reading clubs (fictional)")
    clubs, more = draft.activity("clubs", "Clubs meet", by="team"), draft.outcome("more", "Children read more")
    draft.actor("team", "The team")
    draft.assumption("rooms", "There are rooms")
    draft.link(clubs, more, assumptions=["rooms"])
    draft.link(clubs, more, id="second-way")
    draft.link(more, clubs, feedback=True)
    draft.indicator("readers", of=more)
    draft.actual("readers", 5)
    return draft.done()


def test_the_causal_graph_holds_nodes_and_links_and_nothing_else() -> None:
    graph = model().causal_graph
    assert isinstance(graph, nx.MultiDiGraph)
    assert set(graph) == {"clubs", "more"}
    assert {key for *_, key in graph.edges(keys=True)} == {"clubs->more", "second-way", "more->clubs"}
    assert isinstance(graph.edges["clubs", "more", "second-way"]["obj"], Link)
    assert not nx.is_directed_acyclic_graph(graph)


def test_the_graph_holds_every_record_and_says_how_they_are_tied() -> None:
    graph = model().graph
    assert set(graph) == {
        "reading",
        "clubs",
        "more",
        "team",
        "rooms",
        "clubs->more",
        "second-way",
        "more->clubs",
        "readers",
        "readers.actual",
    }
    kinds = {(from_, to, data["kind"]) for from_, to, data in graph.edges(data=True)}
    assert {
        ("clubs", "team", "by"),
        ("clubs->more", "rooms", "assumptions"),
        ("clubs->more", "clubs", "from"),
        ("readers", "more", "of"),
        ("readers.actual", "readers", "indicator"),
        ("clubs", "more", "causes"),
    } <= kinds


def test_graphs_are_copies() -> None:
    whole = model()
    whole.graph.clear()
    whole.causal_graph.remove_node("clubs")
    assert "clubs" in whole.graph
    assert "clubs" in whole.causal_graph
