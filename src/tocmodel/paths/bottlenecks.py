"""What every path passes: nodes and links without which the end cannot be reached."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from tocmodel.model.graph import Graph

_Point: TypeAlias = tuple[str, str]
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


def bottlenecks(graph: "Graph", starts: Iterable[str], end: str) -> Bottlenecks:
    """The nodes and links on every path from any of the starts to the end.

    These are the dominators of the end in the graph with every link made a node, found with the Lengauer-Tarjan algorithm
    of networkx; loops do not matter.

    Args:
        graph: the causal graph.
        starts: the nodes to start from.
        end: the node to reach. If it cannot be reached, or is itself a start, there are no bottlenecks.
    """
    import networkx as nx

    origins = list(starts)
    flow: nx.DiGraph[_Point] = nx.DiGraph()
    source: _Point = ("source", "")
    flow.add_edges_from((source, (_NODE, origin)) for origin in origins)
    for from_, to, key in graph.edges(keys=True):
        flow.add_edge((_NODE, from_), (_LINK, key))
        flow.add_edge((_LINK, key), (_NODE, to))
    goal: _Point = (_NODE, end)
    above: dict[_Point, _Point | None] = dict(nx.immediate_dominators(flow, source))
    if end in origins or goal not in above:
        return Bottlenecks()
    passed: list[_Point] = []
    point = above[goal]
    while point is not None and point != source:
        passed.append(point)
        point = above.get(point)
    passed.reverse()
    nodes = tuple(name for kind, name in passed if kind == _NODE and name not in origins)
    return Bottlenecks(nodes, tuple(name for kind, name in passed if kind == _LINK))
