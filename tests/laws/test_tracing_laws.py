"""Laws of tracing: what lies on walks, what every path passes, what breaks all paths, and which way they point."""

from collections.abc import Iterable
from itertools import pairwise
from math import prod
from typing import Any

import networkx as nx
import pytest
from hypothesis import assume, given, settings, strategies as st

import tocmodel as toc
from tests.strategies import graphs
from tocmodel.model import Actor, Link, Outcome, Programme, Sign, TheoryOfChange
from tocmodel.paths import (
    Polarity,
    arrays,
    bottlenecks,
    count_pairs,
    count_paths,
    downstream,
    layers,
    list_paths,
    on_the_way,
    polarity,
    simple_loops,
    smallest_link_cut,
    smallest_node_cut,
    strongest_paths,
    through_group,
    upstream,
)

Graph = nx.MultiDiGraph
SMALL = settings(max_examples=60)


@st.composite
def ends(draw: st.DrawFn, graph: "Graph[str]", *, apart: bool = True) -> tuple[list[str], list[str]]:
    """Some starts and some ends; no start is an end if they are to be apart."""
    nodes = list(graph)
    starts = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3, unique=True))
    others = [node for node in nodes if node not in starts] if apart else nodes
    assume(others)
    return starts, draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))


def reachable(graph: "Graph[str]", starts: Iterable[str], goals: Iterable[str]) -> bool:
    return any(start in graph and goal in graph and nx.has_path(graph, start, goal) for start in starts for goal in goals)


def paths_between(graph: "Graph[str]", starts: Iterable[str], goals: Iterable[str], cutoff: int | None = None) -> list[tuple[str, ...]]:
    plain = nx.DiGraph(graph)
    found: list[tuple[str, ...]] = []
    for start in starts:
        for goal in goals:
            found += [(start,)] if start == goal else [tuple(path) for path in nx.all_simple_paths(plain, start, goal, cutoff=cutoff)]
    return found


def without_nodes(graph: "Graph[str]", nodes: Iterable[str]) -> "Graph[str]":
    left = graph.copy()
    left.remove_nodes_from(list(nodes))
    return left


def without_links(graph: "Graph[str]", links: Iterable[str]) -> "Graph[str]":
    gone, left = set(links), graph.copy()
    left.remove_edges_from([(one, other, key) for one, other, key in graph.edges(keys=True) if key in gone])
    return left


@given(st.data(), graphs(), st.none() | st.integers(0, 6))
def test_a_link_is_kept_if_and_only_if_it_is_on_a_walk_that_is_short_enough(
    data: st.DataObject, graph: "Graph[str]", most: int | None
) -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    kept = set(on_the_way(graph, starts, goals, max_links=most).links)
    away = dict(nx.all_pairs_shortest_path_length(graph))
    for one, other, key in graph.edges(keys=True):
        lengths = [
            away[start][one] + 1 + away[other][goal] for start in starts for goal in goals if one in away[start] and goal in away[other]
        ]
        assert (key in kept) == any(most is None or length <= most for length in lengths)


@given(st.data(), graphs(), st.integers(0, 5))
def test_a_trace_grows_with_its_limit_stays_when_repeated_and_turns_with_its_graph(
    data: st.DataObject, graph: "Graph[str]", most: int
) -> None:
    starts, goals = data.draw(ends(graph))
    found = on_the_way(graph, starts, goals, max_links=most)
    more = on_the_way(graph, starts, goals, max_links=most + 1)
    assert set(found.links) <= set(more.links) <= set(on_the_way(graph, starts, goals).links)
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    part.add_nodes_from(graph)
    part.add_edges_from((one, other, key) for one, other, key in graph.edges(keys=True) if key in found.links)
    assert set(on_the_way(part, starts, goals, max_links=most).links) == set(found.links)
    turned = on_the_way(graph.reverse(), goals, starts, max_links=most)
    assert (set(turned.links), set(turned.nodes)) == (set(found.links), set(found.nodes))


@given(st.data(), graphs(), st.none() | st.integers(1, 4))
def test_streams_are_what_networkx_reaches(data: st.DataObject, graph: "Graph[str]", most: int | None) -> None:
    node = data.draw(st.sampled_from(list(graph)))
    down = nx.single_source_shortest_path_length(graph, node, cutoff=most)
    up = nx.single_source_shortest_path_length(graph.reverse(), node, cutoff=most)
    assert set(downstream(graph, node, max_links=most)) == set(down) - {node}
    assert set(upstream(graph, node, max_links=most)) == set(up) - {node}
    assert {other: number for number, layer in enumerate(layers(graph, node)) for other in layer} == dict(
        nx.single_source_shortest_path_length(graph, node)
    )


@given(st.data(), graphs(), st.none() | st.integers(0, 5))
def test_several_starts_and_ends_are_counted_and_listed_like_the_pairs(data: st.DataObject, graph: "Graph[str]", most: int | None) -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    expected = paths_between(graph, starts, goals, most)
    expected = [path for path in expected if most is None or len(path) - 1 <= most]
    assert sorted(list_paths(graph, starts, goals, max_links=most)) == sorted(expected)
    assert count_paths(graph, starts, goals, max_links=most).count == len(expected)
    if most is None:
        pairs = count_pairs(graph, starts, goals)
        assert {pair: count.count for pair, count in pairs.items()} == {
            (start, goal): len(paths_between(graph, [start], [goal])) for start in starts for goal in goals
        }


@given(st.data(), graphs(nodes=7, links=24), st.integers(0, 20))
def test_a_budget_gives_lower_bounds_that_never_deny_a_path(data: st.DataObject, graph: "Graph[str]", budget: int) -> None:
    starts, goals = data.draw(ends(graph))
    for (start, goal), count in count_pairs(graph, starts, goals, budget=budget).items():
        whole = len(paths_between(graph, [start], [goal]))
        assert count.count <= whole
        assert (count.count > 0) == (whole > 0)
        assert not count.exact or count.count == whole


@given(st.data(), graphs(), st.none() | st.integers(1, 5))
def test_paths_through_groups_are_those_that_pass_a_node_of_each(data: st.DataObject, graph: "Graph[str]", most: int | None) -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    groups = data.draw(st.lists(st.sets(st.sampled_from(list(graph)), min_size=1, max_size=2), min_size=1, max_size=2))
    expected = [path for path in paths_between(graph, starts, goals, most) if all(group.intersection(path) for group in groups)]
    assert sorted(list_paths(graph, starts, goals, max_links=most, passing=groups)) == sorted(expected)
    assert count_paths(graph, starts, goals, max_links=most, passing=groups).count == len(expected)
    kept = set(on_the_way(graph, starts, goals, max_links=most, passing=groups).nodes)
    assert {node for path in expected for node in path} <= kept


@given(st.data(), graphs())
def test_every_path_passes_a_group_if_taking_it_away_leaves_none(data: st.DataObject, graph: "Graph[str]") -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    group = data.draw(st.sets(st.sampled_from(list(graph)), max_size=3))
    found = through_group(graph, starts, goals, group)
    assert found.reachable == reachable(graph, starts, goals)
    assert found.every_path == (found.reachable and not reachable(without_nodes(graph, group), starts, goals))


@given(st.data(), graphs(nodes=7, links=14))
def test_bottlenecks_are_what_cuts_the_ends_off(data: st.DataObject, graph: "Graph[str]") -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    found = bottlenecks(graph, starts, goals)
    if not reachable(graph, starts, goals) or set(starts) & set(goals):
        assert (found.nodes, found.links) == ((), ())
        return
    inner = set(graph) - {*starts, *goals}
    assert set(found.nodes) == {node for node in inner if not reachable(without_nodes(graph, [node]), starts, goals)}
    links = {key for _, _, key in graph.edges(keys=True)}
    assert set(found.links) == {key for key in links if not reachable(without_links(graph, [key]), starts, goals)}


@given(graphs(nodes=7, links=14))
def test_bottlenecks_stand_in_the_order_in_which_they_are_passed(graph: "Graph[str]") -> None:
    found = bottlenecks(graph, ["n0"], "n1")
    for path in list_paths(graph, "n0", "n1"):
        assert [node for node in path if node in found.nodes] == list(found.nodes)
        keys = [key for one, other in pairwise(path) for key in graph[one][other] if key in found.links]
        assert keys == list(found.links)


@given(st.data(), graphs(nodes=6, links=12))
def test_the_smallest_cuts_break_every_path_and_nothing_smaller_does(data: st.DataObject, graph: "Graph[str]") -> None:
    starts, goals = data.draw(ends(graph))
    plain: nx.DiGraph[Any] = nx.DiGraph()
    plain.add_nodes_from([*graph, "source", "sink"])
    for one, other in graph.edges():
        plain.add_edge(one, other, capacity=plain.get_edge_data(one, other, {"capacity": 0})["capacity"] + 1)
    plain.add_edges_from(("source", start) for start in starts)
    plain.add_edges_from((goal, "sink") for goal in goals)
    links = smallest_link_cut(graph, starts, goals)
    assert links.size == len(links.links) == nx.maximum_flow_value(plain, "source", "sink")
    assert not reachable(without_links(graph, links.links), starts, goals)
    nodes = smallest_node_cut(graph, starts, goals)
    if any(graph.has_edge(start, goal) for start in starts for goal in goals):
        assert nodes.size is None
        return
    assert nodes.size == len(nodes.nodes)
    assert nodes.size is not None
    assert nodes.size <= len(links.links)
    assert not {*starts, *goals}.intersection(nodes.nodes)
    assert not reachable(without_nodes(graph, nodes.nodes), starts, goals)
    inner = [node for node in graph if node not in {*starts, *goals}]
    for _ in range(10):
        fewer = data.draw(st.sets(st.sampled_from(inner), max_size=nodes.size - 1)) if inner and nodes.size else set[str]()
        assert nodes.size == 0 or reachable(without_nodes(graph, fewer), starts, goals)


@given(st.data(), graphs(nodes=6, links=12))
def test_the_fewest_claims_to_delete_are_the_largest_flow(data: st.DataObject, graph: "Graph[str]") -> None:
    claims = {key: data.draw(st.integers(0, 5)) for _, _, key in graph.edges(keys=True)}
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from(graph)
    for one, other, key in graph.edges(keys=True):
        plain.add_edge(one, other, capacity=plain.get_edge_data(one, other, {"capacity": 0})["capacity"] + claims[key])
    cut = smallest_link_cut(graph, "n0", "n1", claims=claims)
    assert cut.size == nx.maximum_flow_value(plain, "n0", "n1") == sum(claims[key] for key in cut.links)
    spoken_of = without_links(graph, [key for key, number in claims.items() if not number])
    assert not reachable(without_links(spoken_of, cut.links), ["n0"], ["n1"])


@SMALL
@given(st.data(), graphs(nodes=6, links=12))
def test_cuts_are_the_same_without_scipy(data: st.DataObject, graph: "Graph[str]") -> None:
    starts, goals = data.draw(ends(graph))
    both = [(smallest_link_cut(graph, starts, goals), smallest_node_cut(graph, starts, goals))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tocmodel.paths.cuts.find_spec", lambda _: None)
        both.append((smallest_link_cut(graph, starts, goals), smallest_node_cut(graph, starts, goals)))
    assert both[0] == both[1]


@given(st.data(), graphs(nodes=6, links=14), st.integers(1, 6))
def test_the_strongest_paths_are_those_of_brute_force(data: st.DataObject, graph: "Graph[str]", k: int) -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    strengths = {key: data.draw(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0])) for _, _, key in graph.edges(keys=True)}
    found = strongest_paths(graph, starts, goals, strengths, k)
    paths = paths_between(graph, starts, goals)
    products = [prod(max(strengths[key] for key in graph[one][other]) for one, other in pairwise(path)) for path in paths]
    assert [path.strength for path in found] == pytest.approx(sorted(products, reverse=True)[:k])
    assert [path.strength for path in found] == sorted((path.strength for path in found), reverse=True)
    assert len({path.nodes for path in found}) == len(found)
    for path in found:
        assert path.nodes in paths
        assert path.strength == prod(strengths[key] for key in path.links)
        assert all(key in graph[one][other] for key, (one, other) in zip(path.links, pairwise(path.nodes), strict=True))


def signs_of(graph: "Graph[str]", path: Iterable[str], minus: set[str]) -> set[bool]:
    signs = {False}
    for one, other in pairwise(path):
        signs = {sign ^ (key in minus) for sign in signs for key in graph[one][other]}
    return signs


def product_of(signs: set[bool]) -> Polarity | None:
    if len(signs) > 1:
        return Polarity.MIXED
    return {True: Polarity.NEGATIVE, False: Polarity.POSITIVE}[signs.pop()] if signs else None


@given(st.data(), graphs(nodes=6, links=14), st.sampled_from([3, 100_000]))
def test_polarity_is_that_of_the_simple_paths(data: st.DataObject, graph: "Graph[str]", budget: int) -> None:
    starts, goals = data.draw(ends(graph, apart=False))
    minus = {key for _, _, key in graph.edges(keys=True) if data.draw(st.booleans())}
    signs = {sign for path in paths_between(graph, starts, goals) for sign in signs_of(graph, path, minus)}
    expected = product_of(signs)
    found = polarity(graph, starts, goals, minus, budget=budget)
    assert found == expected or (found is Polarity.UNKNOWN and budget == 3)


@given(st.data(), graphs(nodes=6, links=14), st.none() | st.integers(1, 5), st.integers(0, 8))
def test_loops_are_those_of_networkx_under_their_bounds(data: st.DataObject, graph: "Graph[str]", most: int | None, budget: int) -> None:
    minus = {key for _, _, key in graph.edges(keys=True) if data.draw(st.booleans())}
    expected = {frozenset(pairwise([*loop, loop[0]])) for loop in nx.simple_cycles(nx.DiGraph(graph), length_bound=most)}
    whole = simple_loops(graph, hindering=minus, max_links=most)
    assert {frozenset(pairwise([*loop.nodes, loop.nodes[0]])) for loop in whole.loops} == expected
    assert len(whole.loops) == len(expected)
    for loop in whole.loops:
        assert loop.nodes[0] == min(loop.nodes)
        signs = signs_of(graph, [*loop.nodes, loop.nodes[0]], minus)
        assert loop.polarity == {"+": "reinforcing", "-": "balancing", "mixed": "mixed"}[str(product_of(signs))]
    part = simple_loops(graph, hindering=minus, max_links=most, budget=budget)
    assert part.truncated == (len(expected) > budget)
    assert set(part.loops) <= set(whole.loops)
    assert len(part.loops) == min(budget, len(expected))


@given(graphs())
def test_arrays_give_what_the_graph_gives(graph: "Graph[str]") -> None:
    links = arrays(graph)
    assert arrays(links) is links
    named = {(links.nodes[tail], links.nodes[head], key) for tail, head, key in zip(links.tails, links.heads, links.links, strict=True)}
    assert named == set(graph.edges(keys=True))


@SMALL
@given(st.data(), graphs(nodes=6, links=14), st.none() | st.integers(1, 4))
def test_a_trace_via_a_node_or_through_an_actor_is_that_part_of_the_trace(
    data: st.DataObject, graph: "Graph[str]", most: int | None
) -> None:
    starts, goals = data.draw(ends(graph))
    acting = data.draw(st.sets(st.sampled_from(list(graph)), min_size=1, max_size=3))
    via = data.draw(st.none() | st.sampled_from(list(graph)))
    signs = {key: data.draw(st.sampled_from(Sign)) for _, _, key in graph.edges(keys=True)}
    nodes = [Outcome(id=node, title=node, who=["pupils"] if node in acting else []) for node in graph]
    links = [Link(id=key, from_=one, to=other, sign=signs[key]) for one, other, key in graph.edges(keys=True)]
    model = TheoryOfChange.of(Programme(id="p", title="P"), [Actor(id="pupils", title="Pupils"), *nodes, *links])
    found = toc.trace(model, starts, goals, via=via, through="pupils", max_links=most)
    every = paths_between(graph, starts, goals, most)
    expected = [path for path in every if acting.intersection(path) and (via is None or via in path)]
    assert {way.nodes for way in found.pathways} == set(expected)
    assert (found.count.count, found.total.count) == (len(expected), len(every))
    assert found.share == (len(expected) / len(every) if every else None)
    minus = {key for key, sign in signs.items() if sign is Sign.HINDERS}
    kinds = {sign for path in expected for sign in signs_of(graph, path, minus)}
    assert found.polarity == product_of(kinds)
    assert found.truncated is False
