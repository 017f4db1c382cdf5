"""Where graph libraries stumble: paths without end, flows without bound, parallel links, long chains, and a start that dominates itself."""

from itertools import islice, permutations
from time import perf_counter

import networkx as nx
import pytest

from tocmodel.errors import BudgetError, UnknownIdError
from tocmodel.paths import (
    Bottlenecks,
    Cut,
    PathCount,
    Polarity,
    bottlenecks,
    components_with_loops,
    count_paths,
    downstream,
    list_paths,
    on_the_way,
    polarity,
    simple_loops,
    smallest_link_cut,
    smallest_node_cut,
    strongest_paths,
)


def graph(*links: tuple[str, str]) -> "nx.MultiDiGraph[str]":
    return nx.MultiDiGraph([(one, other, f"{number}") for number, (one, other) in enumerate(links)])


@pytest.fixture
def pendant() -> "nx.MultiDiGraph[str]":
    """Thirteen nodes of which each leads to each, and one that hangs on the start: networkx walks 10^9 paths before it answers."""
    return graph(*permutations([f"k{number}" for number in range(13)], 2), ("k0", "end"))


def test_a_pendant_beside_a_hairball_is_reached_at_once(pendant: "nx.MultiDiGraph[str]") -> None:
    began = perf_counter()
    assert list(list_paths(pendant, "k0", "end")) == [("k0", "end")]
    assert count_paths(pendant, "k0", "end") == PathCount(1)
    assert smallest_link_cut(pendant, "k0", "end").size == 1
    assert bottlenecks(pendant, "k0", "end").links == ("156",)
    assert [path.nodes for path in strongest_paths(pendant, "k0", "end", dict.fromkeys(map(str, range(157)), 0.5), 9)] == [("k0", "end")]
    assert perf_counter() - began < 5


def test_paths_inside_a_hairball_are_counted_without_walking_them(pendant: "nx.MultiDiGraph[str]") -> None:
    assert count_paths(pendant, "k1", "k2") == PathCount(108_505_112)  # the sum of 11!/(11-k)! for k from 0 to 11
    assert count_paths(pendant, "k1", "k2", max_links=2) == PathCount(12)
    assert len(list(islice(list_paths(pendant, "k1", "k2"), 100))) == 100


def test_a_budget_that_runs_out_is_said(pendant: "nx.MultiDiGraph[str]") -> None:
    found = count_paths(pendant, "k1", "k2", budget=100)
    assert not found.exact
    assert str(found).startswith("at least ")
    assert 1 <= found.count < 108_505_112
    assert polarity(pendant, "k1", "k2", ["0"], budget=5) in {Polarity.UNKNOWN, Polarity.MIXED}


def test_a_path_through_a_node_may_be_hard_to_find_and_then_it_is_said() -> None:
    nodes = [f"k{number}" for number in range(12)]
    hard = graph(*permutations(nodes, 2), ("k0", "end"), ("k1", "trap"), ("trap", "k0"))
    with pytest.raises(BudgetError, match="more than 1,000 steps"):
        list(list_paths(hard, "k0", "end", passing=[["trap"]], budget=1000))


def test_loops_without_end_stop_at_the_budget(pendant: "nx.MultiDiGraph[str]") -> None:
    found = simple_loops(pendant, budget=50)
    assert found.truncated
    assert len(found.loops) == 50
    short = simple_loops(pendant, max_links=2)
    assert not short.truncated
    assert len(short.loops) == 13 * 12 // 2


def test_a_start_is_no_bottleneck_of_its_own() -> None:
    assert bottlenecks(graph(("a", "b"), ("b", "c")), "a", "c") == Bottlenecks(("b",), ("0", "1"))
    assert bottlenecks(graph(("a", "b"), ("b", "a")), "a", "a") == Bottlenecks()


def test_an_irreducible_graph_has_its_bottlenecks() -> None:
    """Cooper, Harvey and Kennedy (2006), figure 4: loops that are entered at several nodes."""
    irreducible = graph(("5", "4"), ("5", "3"), ("4", "1"), ("3", "2"), ("1", "2"), ("2", "1"), ("1", "6"))
    assert bottlenecks(irreducible, "5", "6") == Bottlenecks(("1",), ("6",))


def test_parallel_links_are_cut_one_by_one_and_the_strongest_counts() -> None:
    double = nx.MultiDiGraph([("a", "b", "one"), ("a", "b", "two"), ("b", "c", "three")])
    assert bottlenecks(double, "a", "c") == Bottlenecks(("b",), ("three",))
    assert smallest_link_cut(double, "a", "b") == Cut(2, links=("one", "two"))
    assert count_paths(double, "a", "c").count == 1
    found = strongest_paths(double, "a", "c", {"one": 0.25, "two": 0.5, "three": 0.5})
    assert [(path.links, path.strength) for path in found] == [(("two", "three"), 0.25)]
    assert polarity(double, "a", "c", ["one"]) is Polarity.MIXED
    assert [
        loop.polarity for loop in simple_loops(nx.MultiDiGraph([*double.edges(keys=True), ("b", "a", "4")]), hindering=["one"]).loops
    ] == ["mixed"]


def test_no_flow_is_without_bound() -> None:
    direct = graph(("a", "b"))
    assert smallest_node_cut(direct, "a", "b") == Cut(None)
    assert smallest_link_cut(direct, "a", "a") == Cut(None)
    assert smallest_link_cut(direct, "b", "a") == smallest_node_cut(direct, "b", "a") == Cut(0)
    assert smallest_link_cut(direct, "a", "b", claims={"0": 10**12}) == Cut(10**12, links=("0",))


def test_of_several_smallest_cuts_the_one_nearest_to_the_start_is_given() -> None:
    assert smallest_link_cut(graph(("a", "b"), ("b", "c"), ("c", "d")), "a", "d") == Cut(1, links=("0",))
    assert smallest_node_cut(graph(("a", "b"), ("b", "c"), ("c", "d")), "a", "d") == Cut(1, nodes=("b",))


def test_strengths_of_nothing_come_last_and_long_chains_do_not_vanish_from_the_ranking() -> None:
    chain = [(f"n{number}", f"n{number + 1}") for number in range(2000)]
    long = graph(*chain, ("n0", "n2000"))
    found = strongest_paths(long, "n0", "n2000", {str(number): 0.1 for number in range(2000)} | {"2000": 0.0})
    assert [len(path.links) for path in found] == [2000, 1]
    with pytest.raises(ValueError, match="no probability"):
        strongest_paths(graph(("a", "b")), "a", "b", {"0": 1.5})


def test_counts_beyond_what_a_float_can_hold_are_exact() -> None:
    diamonds = graph(*[link for n in range(60) for side in "ab" for link in ((f"o{n}", f"{side}{n}"), (f"{side}{n}", f"o{n + 1}"))])
    assert count_paths(diamonds, "o0", "o60").count == 2**60
    assert count_paths(diamonds, "o0", "o60", passing=[["a0"], ["b7"]]).count == 2**58
    assert next(list_paths(diamonds, "o0", "o60", passing=[["b59"]]))[-2] == "b59"
    assert str(count_paths(diamonds, "o0", "o4", max_links=8)) == "16"


def test_a_long_chain_is_no_recursion() -> None:
    chain = graph(*[(f"n{number}", f"n{number + 1}") for number in range(3000)], ("n3000", "n0"))
    assert len(downstream(chain, "n0")) == 3000
    assert count_paths(chain, "n0", "n3000").count == 1
    assert len(bottlenecks(chain, "n0", "n3000").nodes) == 2999
    assert len(components_with_loops(chain)) == 1
    assert len(next(list_paths(chain, "n0", "n3000"))) == 3001


def test_a_node_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'clubs'"):
        count_paths(graph(("clubs", "aware")), "club", "aware")
    with pytest.raises(UnknownIdError):
        on_the_way(graph(("clubs", "aware")), "clubs", ["aware", "nowhere"])


def test_nothing_on_the_way_is_nothing() -> None:
    apart = graph(("a", "b"), ("c", "d"))
    assert on_the_way(apart, "a", "d").nodes == ()
    assert on_the_way(apart, "a", "a").nodes == ("a",)
    assert polarity(apart, "a", "d", []) is None
    assert strongest_paths(apart, "a", "d", {}) == ()
    assert simple_loops(apart).loops == ()
