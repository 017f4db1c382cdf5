"""Laws of paths: counting equals listing equals networkx, with loops and without; bottlenecks are what cuts."""

import networkx as nx
from hypothesis import given, strategies as st

import tocmodel as toc
from tests.strategies import graphs
from tocmodel.model import Link, Outcome, Programme, Sign, TheoryOfChange
from tocmodel.paths import components_with_loops, count_paths, list_paths, on_the_way

Graph = nx.MultiDiGraph


def simple_paths(graph: "Graph[str]", start: str, end: str, cutoff: int | None = None) -> set[tuple[str, ...]]:
    """The simple paths that networkx finds, parallel links counted once."""
    return {tuple(path) for path in nx.all_simple_paths(nx.DiGraph(graph), start, end, cutoff=cutoff)}


@given(graphs(loops=False, nodes=8, links=20))
def test_without_loops_the_count_equals_the_enumeration(graph: "Graph[str]") -> None:
    end = f"n{len(graph) - 1}"
    listed = list(list_paths(graph, "n0", end))
    counted = count_paths(graph, "n0", end, budget=0)
    assert counted.exact
    assert counted.count == len(listed) == len(simple_paths(graph, "n0", end))
    assert set(listed) == simple_paths(graph, "n0", end)


@given(graphs(loops=True, nodes=6, links=16))
def test_with_loops_the_count_equals_the_enumeration(graph: "Graph[str]") -> None:
    for end in list(graph)[1:]:
        listed = list(list_paths(graph, "n0", end))
        counted = count_paths(graph, "n0", end)
        assert counted.exact
        assert counted.count == len(listed) == len(simple_paths(graph, "n0", end))
        assert set(listed) == simple_paths(graph, "n0", end)
        assert all(len(set(path)) == len(path) for path in listed)


@given(graphs(), st.integers(1, 6))
def test_no_path_is_longer_than_asked_for(graph: "Graph[str]", most: int) -> None:
    listed = list(list_paths(graph, "n0", "n1", max_links=most))
    assert set(listed) == simple_paths(graph, "n0", "n1", cutoff=most)
    assert len(listed) == len(set(listed))


@given(graphs(nodes=7, links=24), st.integers(0, 20))
def test_a_budget_gives_a_lower_bound_and_says_so(graph: "Graph[str]", budget: int) -> None:
    whole = count_paths(graph, "n0", "n1")
    part = count_paths(graph, "n0", "n1", budget=budget)
    assert part.count <= whole.count
    assert not part.exact or part.count == whole.count


@given(graphs())
def test_from_a_node_to_itself_there_is_one_path_without_links(graph: "Graph[str]") -> None:
    assert count_paths(graph, "n0", "n0").count == 1
    assert list(list_paths(graph, "n0", "n0")) == [("n0",)]


@given(graphs())
def test_what_lies_between_is_reached_and_reaches(graph: "Graph[str]") -> None:
    expected = {node for node in graph if nx.has_path(graph, "n0", node) and nx.has_path(graph, node, "n1")}
    assert set(on_the_way(graph, "n0", "n1").nodes) == expected


@given(graphs(nodes=7, links=14))
def test_loops_are_the_sets_of_nodes_that_reach_each_other(graph: "Graph[str]") -> None:
    found = components_with_loops(graph)
    together = {
        frozenset(other for other in graph if nx.has_path(graph, node, other) and nx.has_path(graph, other, node)) for node in graph
    }
    assert {frozenset(loop) for loop in found} == {loop for loop in together if len(loop) > 1}
    assert len({node for loop in found for node in loop}) == sum(len(loop) for loop in found)


@given(st.data(), graphs(nodes=6, links=14))
def test_a_trace_counts_and_lists_what_networkx_finds(data: st.DataObject, graph: "Graph[str]") -> None:
    signs = {key: data.draw(st.sampled_from(Sign)) for _, _, key in graph.edges(keys=True)}
    links = [Link(id=key, from_=one, to=other, sign=signs[key]) for one, other, key in graph.edges(keys=True)]
    model = TheoryOfChange.of(Programme(id="p", title="P"), [*(Outcome(id=node, title=node) for node in graph), *links])
    trace = toc.trace(model, "n0", "n1", max_paths=10**6)
    paths = simple_paths(graph, "n0", "n1")
    assert trace.count.count == len(trace.pathways) == len(paths)
    assert {pathway.nodes for pathway in trace.pathways} == paths
    assert not trace.truncated
    assert trace.reached == bool(paths)
    for pathway in trace.pathways:
        for step in pathway.steps:
            assert set(step.links) == set(graph[step.from_][step.to])
        kinds = [{signs[key] for key in step.links} for step in pathway.steps]
        if all(len(kind) == 1 for kind in kinds):
            assert pathway.hinders == (sum(Sign.HINDERS in kind for kind in kinds) % 2 == 1)
        else:
            assert pathway.hinders is None


@given(graphs(), st.integers(1, 3), st.integers(1, 4))
def test_a_trace_says_whether_there_are_more_pathways_than_it_lists(graph: "Graph[str]", most: int, longest: int) -> None:
    links = [Link(id=key, from_=one, to=other) for one, other, key in graph.edges(keys=True)]
    model = TheoryOfChange.of(Programme(id="p", title="P"), [*(Outcome(id=node, title=node) for node in graph), *links])
    trace = toc.trace(model, "n0", "n1", max_paths=most, max_links=longest)
    assert trace.truncated == (trace.count.count > len(trace.pathways))
    assert len(trace.pathways) <= most
