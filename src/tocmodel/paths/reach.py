"""What leads to a node, what follows from it, and the links that lie on the way between two sets of nodes.

A walk may pass a node twice, a path may not. What lies on a walk is found by two searches, however many paths there are.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.paths.arrays import LinkArrays, arrays, distances
from tocmodel.paths.groups import staged

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph
    from tocmodel.paths.arrays import Mask, Numbers


@frozen
class OnTheWay:
    """The part of a graph that lies on walks from its starts to its ends.

    Attributes:
        nodes: the ids of the nodes, in authored order.
        links: the ids of the links, in authored order.
    """

    nodes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def upstream(graph: "Graph | LinkArrays | TheoryOfChange", nodes: str | Iterable[str], *, max_links: int | None = None) -> tuple[str, ...]:
    """The nodes that lead to any of these nodes, without these, in authored order.

    Args:
        graph: the causal graph.
        nodes: an id, or several.
        max_links: the most links away; None for any number.

    Raises:
        UnknownIdError: if a node is not in the graph.
    """
    links = arrays(graph)
    origins = links.numbers(nodes)
    return _named(links, distances(links.before, origins, max_links=max_links) > 0)


def downstream(
    graph: "Graph | LinkArrays | TheoryOfChange", nodes: str | Iterable[str], *, max_links: int | None = None
) -> tuple[str, ...]:
    """The nodes that follow from any of these nodes; arguments and errors are those of `upstream`."""
    links = arrays(graph)
    origins = links.numbers(nodes)
    return _named(links, distances(links.after, origins, max_links=max_links) > 0)


def on_the_way(
    graph: "Graph | LinkArrays | TheoryOfChange",
    starts: str | Iterable[str] | None,
    ends: str | Iterable[str],
    *,
    max_links: int | None = None,
    passing: Iterable[Collection[str]] = (),
) -> OnTheWay:
    """The links on walks from any start to any end, and their nodes.

    A link u → v is kept if d(start, u) + 1 + d(v, end) ≤ max_links, with d the fewest links. Where no starts are given,
    d(start, u) counts as 0, and only the distance to the ends decides. A start that is an end is kept without any link.

    Args:
        graph: the causal graph.
        starts: an id, or several; None for wherever a walk may begin.
        ends: an id, or several.
        max_links: the most links that a walk may have; None for any number.
        passing: groups of nodes; only walks count that pass some node of each group.

    Raises:
        UnknownIdError: if a node is not in the graph.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("b", "d", "1"), ("c", "d", "2"), ("b", "c", "3")])
        >>> on_the_way(graph, None, "d", max_links=1).links
        ('1', '2')

    Source: the filter “trace paths” of causal mapping (Powell, Causal Map guide), by links rather than nodes.
    """
    import numpy as np

    links = arrays(graph)
    every = np.arange(len(links.nodes))
    first = every if starts is None else links.numbers(starts)
    stages = staged(links, first, links.numbers(ends), [links.numbers(group) for group in passing])
    kept = np.flatnonzero(way(stages.links, stages.starts, stages.ends, max_links))
    nodes = np.concatenate([np.intersect1d(stages.starts, stages.ends), stages.links.tails[kept], stages.links.heads[kept]])
    used, joining = np.zeros(len(every), bool), np.zeros(len(links.links), bool)
    used[nodes % max(len(every), 1)] = True
    joining[kept % max(len(links.links), 1)] = True
    return OnTheWay(_named(links, used), tuple(links.links[link] for link in np.flatnonzero(joining).tolist()))


def way(links: LinkArrays, starts: "Numbers", ends: "Numbers", max_links: int | None = None) -> "Mask":
    """Which links lie on walks from the starts to the ends, of at most `max_links` links."""
    near, far = distances(links.after, starts, max_links=max_links), distances(links.before, ends, max_links=max_links)
    near, far = near[links.tails], far[links.heads]
    kept = (near >= 0) & (far >= 0)
    return kept if max_links is None else kept & (near + 1 + far <= max_links)


def layers(
    graph: "Graph | LinkArrays | TheoryOfChange", starts: str | Iterable[str], nodes: Iterable[str] | None = None
) -> tuple[tuple[str, ...], ...]:
    """Nodes by the fewest links that lead to them from any start: the starts, then what follows in one step, and so on.

    Args:
        graph: the causal graph.
        starts: an id, or several.
        nodes: the nodes to show; all that are reached where left out.

    Raises:
        UnknownIdError: if a start is not in the graph.
    """
    links = arrays(graph)
    shown = None if nodes is None else set(nodes)
    found: dict[int, list[str]] = {}
    for node, away in zip(links.nodes, distances(links.after, links.numbers(starts)).tolist(), strict=True):
        if away >= 0 and (shown is None or node in shown):
            found.setdefault(away, []).append(node)
    return tuple(tuple(found[away]) for away in sorted(found))


def _named(links: LinkArrays, chosen: "Mask") -> tuple[str, ...]:
    import numpy as np

    return tuple(links.nodes[number] for number in np.flatnonzero(chosen).tolist())
