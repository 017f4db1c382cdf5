"""Ways through a graph, by example."""

import networkx as nx
import pytest

from tocmodel.paths import PathCount, bottlenecks, components_with_loops, count_paths, list_paths


def graph(*links: str) -> "nx.MultiDiGraph[str]":
    """A graph of links such as ``ab``, which are their own ids."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, link in enumerate(links):
        made.add_edge(link[0], link[1], key=f"{link}{number}" if links.count(link) > 1 else link)
    return made


DIAMOND = graph("ab", "ac", "bd", "cd", "de")


def test_paths_are_counted_and_listed_in_authored_order() -> None:
    assert count_paths(DIAMOND, "a", "e") == PathCount(2)
    assert list(list_paths(DIAMOND, "a", "e")) == [("a", "b", "d", "e"), ("a", "c", "d", "e")]
    assert count_paths(DIAMOND, "e", "a") == PathCount(0)
    assert list(list_paths(DIAMOND, "e", "a")) == []


def test_parallel_links_are_one_step() -> None:
    assert count_paths(graph("ab", "ab", "bc"), "a", "c").count == 1


def test_simple_paths_do_not_go_round_loops() -> None:
    looped = graph("ab", "bc", "cb", "cd", "da")
    assert list(list_paths(looped, "a", "d")) == [("a", "b", "c", "d")]
    assert count_paths(looped, "a", "d") == PathCount(1)
    assert components_with_loops(looped) == [("a", "b", "c", "d")]
    assert components_with_loops(looped, ["b", "c"]) == [("b", "c")]
    assert components_with_loops(DIAMOND) == []


def test_a_budget_that_runs_out_gives_a_lower_bound_and_says_so() -> None:
    names = "abcdefgh"
    whole = graph(*(one + other for one in names for other in names if one != other))
    assert count_paths(whole, "a", "h") == PathCount(1957)
    part = count_paths(whole, "a", "h", budget=50)
    assert not part.exact
    assert part.count < 1957
    assert str(part) == f"at least {part.count}"
    assert str(PathCount(12345)) == "12,345"


@pytest.mark.parametrize(("most", "expected"), [(2, []), (3, [("a", "b", "d", "e"), ("a", "c", "d", "e")])])
def test_paths_may_be_limited_in_length(most: int, expected: list[tuple[str, ...]]) -> None:
    assert list(list_paths(DIAMOND, "a", "e", max_links=most)) == expected


def test_what_every_path_passes() -> None:
    assert bottlenecks(DIAMOND, ["a"], "e").nodes == ("d",)
    assert bottlenecks(DIAMOND, ["a"], "e").links == ("de",)
    assert bottlenecks(graph("ab", "bc"), ["a"], "c").links == ("ab", "bc")
    assert bottlenecks(DIAMOND, ["b", "c"], "e").nodes == ("d",)
    assert bottlenecks(DIAMOND, ["e"], "a").nodes == ()
    assert bottlenecks(DIAMOND, ["a"], "a").links == ()
