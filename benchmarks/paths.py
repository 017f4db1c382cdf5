"""Time the room `paths` against networkx and rustworkx on a portfolio graph: ``python -m benchmarks.paths [NODES] [BACK_LINKS]``.

Every line gives the median of three runs of each side, in turn, and the ratio of ours to the peer's. The arrays, the networkx
graph and the rustworkx graph are made before; making them is measured on lines of its own. The answers are compared.
"""

import sys
from collections.abc import Callable
from itertools import islice
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import networkx as nx
import rustworkx as rx

from tocmodel.paths import arrays, bottlenecks, count_paths, downstream, list_paths, on_the_way, smallest_link_cut, smallest_node_cut
from tocmodel.tables import aligned

LAYERS, DEGREE, RUNS = 10, 2, 3


def portfolio(nodes: int, back: int, seed: int = 1) -> "nx.MultiDiGraph[str]":
    """A layered graph of degree two, with some links back to earlier layers."""
    random, width = Random(seed), nodes // LAYERS
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(f"n{number}" for number in range(width * LAYERS))
    for number in range(width * (LAYERS - 1)):
        for turn in range(DEGREE):
            graph.add_edge(f"n{number}", f"n{(number // width + 1) * width + random.randrange(width)}", key=f"{number}.{turn}")
    for number in range(back):
        late, early = random.randrange(5 * width, 9 * width), random.randrange(5 * width)
        graph.add_edge(f"n{late}", f"n{early}", key=f"back {number}")
    return graph


def timed(ours: Callable[[], object], peer: Callable[[], object] | None) -> tuple[float, float | None, object, object]:
    """The median times of both, and what they answered."""
    mine: list[float] = []
    other: list[float] = []
    answers: list[object] = [None, None]
    for _ in range(RUNS):
        for position, (call, times) in enumerate(((ours, mine), (peer, other))):
            if call is not None:
                began = perf_counter()
                answers[position] = call()
                times.append(perf_counter() - began)
    return median(mine), median(other) if other else None, answers[0], answers[1]


def counted_by_networkx(graph: "nx.MultiDiGraph[str]", starts: list[str], ends: list[str]) -> int:
    """Paths counted with whole numbers along a topological order: right without loops only."""
    ways = dict.fromkeys(graph, 0) | dict.fromkeys(starts, 1)
    for node in nx.topological_sort(graph):
        for head in graph[node]:
            ways[head] += ways[node]
    return sum(ways[end] for end in ends)


def dominated_by_rustworkx(graph: "nx.MultiDiGraph[str]", number: dict[str, int], starts: list[str]) -> Callable[[], object]:
    """Immediate dominators of every node from a source behind all starts."""
    split: Any = rx.PyDiGraph()
    split.add_nodes_from(range(len(number) + 1))
    split.add_edges_from_no_data([(number[one], number[other]) for one, other in graph.edges()])
    split.add_edges_from_no_data([(len(number), number[start]) for start in starts])
    return lambda: rx.immediate_dominators(split, len(number))


def flow_by_networkx(graph: "nx.MultiDiGraph[str]", starts: list[str], ends: list[str]) -> Callable[[], object]:
    """The largest flow by networkx, on a network made before."""
    network: nx.DiGraph[str] = nx.DiGraph()
    for one, other in graph.edges():
        network.add_edge(one, other, capacity=network.get_edge_data(one, other, {"capacity": 0})["capacity"] + 1)
    network.add_edges_from((("source", start) for start in starts), capacity=10**6)
    network.add_edges_from(((end, "sink") for end in ends), capacity=10**6)
    return lambda: nx.maximum_flow_value(network, "source", "sink")


def main(nodes: int = 100_000, back: int = 0) -> None:
    """Measure and print the table."""
    graph = portfolio(nodes, back)
    links, number = arrays(graph), {node: position for position, node in enumerate(graph)}
    width = nodes // LAYERS
    starts, ends = list(links.nodes[:width]), list(links.nodes[-width:])
    plain: Any = rx.networkx_converter(graph)
    small = nodes <= 20_000  # beyond, networkx takes minutes for flows
    lines: list[tuple[str, str, Callable[[], object], Callable[[], object] | None]] = [
        (
            "make the arrays",
            "networkx to_scipy_sparse_array",
            lambda: len(arrays(graph).nodes),
            lambda: nx.to_scipy_sparse_array(graph).shape[0],
        ),
        ("make the arrays", "rustworkx networkx_converter", lambda: len(arrays(graph).nodes), lambda: len(rx.networkx_converter(graph))),
        ("downstream of one", "networkx descendants", lambda: len(downstream(links, "n0")), lambda: len(nx.descendants(graph, "n0"))),
        ("downstream of one", "rustworkx descendants", lambda: len(downstream(links, "n0")), lambda: len(rx.descendants(plain, 0))),
        ("trace of all to all", "", lambda: len(on_the_way(links, starts, ends).links), None),
        (
            "paths of all to all",
            "networkx, topological order",
            lambda: count_paths(links, starts, ends).count,
            None if back else lambda: counted_by_networkx(graph, starts, ends),
        ),
        (
            "bottlenecks of all to one",
            "rustworkx, nodes only",
            lambda: bottlenecks(links, starts, ends[0]),
            dominated_by_rustworkx(graph, number, starts),
        ),
        (
            "bottlenecks of all to all",
            "rustworkx, nodes only",
            lambda: bottlenecks(links, starts, ends),
            dominated_by_rustworkx(graph, number, starts),
        ),
        (
            "link cut of all to all",
            "networkx maximum_flow_value",
            lambda: smallest_link_cut(links, starts, ends).size,
            flow_by_networkx(graph, starts, ends) if small else None,
        ),
        ("node cut of all to all", "", lambda: smallest_node_cut(links, starts, ends).size, None),
        ("the first 100 paths", "", lambda: len(list(islice(list_paths(links, starts, ends), 100))), None),
    ]
    rows: list[list[str]] = []
    for name, peer_name, ours, peer in lines:
        mine, other, answer, peer_answer = timed(ours, peer)
        assert answer == peer_answer or not isinstance(peer_answer, int), (name, answer, peer_answer)
        ratio = [f"{other * 1000:.1f}", f"{mine / other:.2f}"] if other else ["–", "–"]
        rows.append([name, f"{mine * 1000:.1f}", peer_name if other else "", *ratio])
    print(f"{len(links.nodes):,} nodes, {len(links.links):,} links, {back:,} of them back to earlier layers")
    print("\n".join(aligned(["task", "ms", "peer", "its ms", "ratio"], rows, [False, True, False, True, True])))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
