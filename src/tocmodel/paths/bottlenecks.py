"""What every path passes: nodes and links without which the end cannot be reached."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.paths.arrays import LinkArrays, arrays
from tocmodel.paths.reach import way

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph

_NODE, _LINK = "node", "link"


@frozen
class Bottlenecks:
    """Single points of failure between an origin and an end.

    Attributes:
        nodes: the nodes on every path, other than the ends, in the order in which they are passed.
        links: the ids of the links on every path, in that order.
    """

    nodes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def bottlenecks(graph: "Graph | LinkArrays | TheoryOfChange", starts: str | Iterable[str], ends: str | Iterable[str]) -> Bottlenecks:
    """The nodes and links on every path from any start to any end.

    These are the dominators of the end, nodes and links alike. They all lie on any one path, so one path is taken and swept:
    what can be reached without going beyond a place of it tells the farthest place that can be; where nothing leads past a
    place, every path passes it. Each link is looked at once; loops do not matter. (A dominator tree of every node, as
    networkx and rustworkx compute it, answers more than is asked and takes several times as long.)

    Args:
        graph: the causal graph.
        starts: the nodes to start from.
        ends: the nodes to reach. If none can be reached, or one is itself a start, there are no bottlenecks.

    Raises:
        UnknownIdError: if a node is not in the graph.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("a", "c", "1"), ("b", "c", "2"), ("c", "d", "3"), ("d", "c", "4")])
        >>> bottlenecks(graph, ["a", "b"], "d")
        Bottlenecks(nodes=('c',), links=('3',))
    """
    import numpy as np

    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    kept = way(links, first, last)
    if len(np.intersect1d(first, last)) or not kept.any():
        return Bottlenecks()
    part, fresh = links.part(kept)
    origins, goals = ({node for node in fresh[ids].tolist() if node >= 0} for ids in (first, last))
    passed = _passed_by_all(part, origins, goals)
    names, outside = part.nodes, origins | goals
    return Bottlenecks(
        tuple(names[node] for kind, node in passed if kind == _NODE and node not in outside),
        tuple(part.links[link] for kind, link in passed if kind == _LINK),
    )


def _passed_by_all(part: LinkArrays, origins: set[int], goals: set[int]) -> list[tuple[str, int]]:
    """Nodes and links on every path, in order; the ends of the paths among them."""
    first, heads, links = part.after.first.tolist(), part.after.nodes.tolist(), part.after.links.tolist()
    places = _some_path(first, heads, links, origins, goals)
    place_of = [-1] * len(part.nodes)
    for place, (kind, name) in enumerate(places):
        if kind == _NODE:
            place_of[name] = place
    along = [name if kind == _LINK else -1 for kind, name in places]
    seen = bytearray(len(part.nodes))
    open_nodes = [origin for origin in origins if place_of[origin] < 0]
    far, swept = max(place_of[origin] for origin in origins), -1
    found: list[tuple[str, int]] = []
    while True:
        while open_nodes:
            node = open_nodes.pop()
            if node in goals:
                return found
            for at in range(first[node], first[node + 1]):
                head = heads[at]
                place = place_of[head]
                if place >= 0:
                    place -= links[at] == along[place - 1]  # a step along the path touches its link first
                    far = max(far, place)
                elif not seen[head]:
                    seen[head] = True
                    open_nodes.append(head)
        while swept + 1 < far and not open_nodes:  # a place that something leads past: go on from it as from any node
            swept += 1
            kind, name = places[swept]
            if kind == _NODE:
                open_nodes.append(name)
        if not open_nodes:
            swept = far
            kind, name = places[far]
            found.append((kind, name))
            if kind == _NODE:
                open_nodes.append(name)
            else:
                far += 1


def _some_path(first: list[int], heads: list[int], links: list[int], origins: set[int], goals: set[int]) -> list[tuple[str, int]]:
    """The nodes and links, in turn, of the first path that is found; the arguments are those of `Neighbours`, as plain lists."""
    came: dict[int, tuple[int, int] | None] = dict.fromkeys(sorted(origins))
    open_nodes = list(came)
    while (node := open_nodes.pop()) not in goals:
        for at in range(first[node], first[node + 1]):
            if heads[at] not in came:
                came[heads[at]] = (links[at], node)
                open_nodes.append(heads[at])
    path = [(_NODE, node)]
    step = came[node]
    while step is not None:
        link, before = step
        path += [(_LINK, link), (_NODE, before)]
        step = came[before]
    return path[::-1]
