"""A graph's links as arrays of numbers: made once, walked a layer at a time.

A graph of 100,000 nodes is walked here in milliseconds, because every step takes a whole layer of nodes at once; the loop in
Python runs once for each layer. All functions of this room take a graph or its `LinkArrays`, so that whoever asks several
questions of a large graph makes the arrays once.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tocmodel.errors import UnknownIdError
from tocmodel.model import TheoryOfChange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tocmodel.model.graph import Graph

    Numbers: TypeAlias = NDArray[np.int64]
    Mask: TypeAlias = NDArray[np.bool_]

_FEW = 8
"""Below so many nodes a layer is walked node by node: a long chain would pay for an array operation at every node."""


@frozen(eq=False, repr=False)
class Neighbours:
    """What follows (or precedes) every node, one node after the other.

    Attributes:
        first: where the neighbours of each node begin; one entry more than there are nodes.
        nodes: the neighbours.
        links: the positions of the links that lead to them.
    """

    first: "Numbers"
    nodes: "Numbers"
    links: "Numbers"

    def places(self, nodes: "Numbers") -> "Numbers":
        """Where in `nodes` and `links` the neighbours of these nodes stand."""
        import numpy as np

        begin = self.first[nodes]
        counts = self.first[nodes + 1] - begin
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        return np.repeat(begin - (ends - counts), counts) + np.arange(total)


@frozen(eq=False, repr=False)
class LinkArrays:
    """The nodes and links of a graph, numbered in authored order.

    Attributes:
        nodes: the ids of the nodes.
        links: the ids of the links.
        tails: the number of the node from which each link starts.
        heads: the number of the node to which it leads.
    """

    nodes: tuple[str, ...]
    links: tuple[str, ...]
    tails: "Numbers"
    heads: "Numbers"

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of every node by its id."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def after(self) -> Neighbours:
        """What follows every node."""
        return neighbours(len(self.nodes), self.tails, self.heads)

    @cached_property
    def before(self) -> Neighbours:
        """What precedes every node."""
        return neighbours(len(self.nodes), self.heads, self.tails)

    @cached_property
    def following(self) -> list[list[tuple[int, int]]]:
        """For every node its links and the nodes they lead to, as plain numbers, for steps taken one by one."""
        pairs = list(zip(self.after.links.tolist(), self.after.nodes.tolist(), strict=True))
        first = self.after.first.tolist()
        return [pairs[begin:end] for begin, end in pairwise(first)]

    def numbers(self, ids: "str | Iterable[str]") -> "Numbers":
        """The numbers of nodes, each once, in the order given.

        Raises:
            UnknownIdError: if a node is not in the graph.
        """
        import numpy as np

        found: dict[int, None] = {}
        for id in (ids,) if isinstance(ids, str) else ids:
            if id not in self.number:
                raise UnknownIdError(id, "node", self.nodes)
            found[self.number[id]] = None
        return np.fromiter(found, np.int64, len(found))

    def ids(self, numbers: "Numbers") -> tuple[str, ...]:
        """The ids of nodes, in the order given."""
        return tuple(self.nodes[number] for number in numbers.tolist())

    def part(self, links: "Mask", nodes: "Numbers | None" = None) -> "tuple[LinkArrays, Numbers]":
        """The graph of these links and the nodes they join, and of further nodes; and the new number of every old one."""
        import numpy as np

        used = np.zeros(len(self.nodes), bool)
        used[self.tails[links]] = True
        used[self.heads[links]] = True
        if nodes is not None:
            used[nodes] = True
        fresh = np.cumsum(used) - 1
        smaller = LinkArrays(
            tuple(self.nodes[number] for number in np.flatnonzero(used).tolist()),
            tuple(self.links[number] for number in np.flatnonzero(links).tolist()),
            fresh[self.tails[links]],
            fresh[self.heads[links]],
        )
        return smaller, np.where(used, fresh, -1)

    def only(self, links: "Mask") -> "LinkArrays":
        """The graph with only these links; the nodes keep their numbers."""
        import numpy as np

        kept = tuple(self.links[number] for number in np.flatnonzero(links).tolist())
        return LinkArrays(self.nodes, kept, self.tails[links], self.heads[links])

    def first_of_parallels(self) -> "Mask":
        """Which links are the first between their two nodes."""
        import numpy as np

        _, where = np.unique(self.tails * len(self.nodes) + self.heads, return_index=True)
        chosen = np.zeros(len(self.links), bool)
        chosen[where] = True
        return chosen

    def without(self, nodes: "Numbers") -> "LinkArrays":
        """The graph with every link at these nodes taken away; the nodes themselves stay."""
        import numpy as np

        gone = np.zeros(len(self.nodes), bool)
        gone[nodes] = True
        return self.only(~(gone[self.tails] | gone[self.heads]))


def arrays(graph: "Graph | LinkArrays | TheoryOfChange") -> LinkArrays:
    """The links of a graph or model as arrays; arrays are given back as they are.

    Args:
        graph: a causal graph, or a model, of which nodes and links are taken.

    Example:
        >>> import networkx as nx
        >>> links = arrays(nx.MultiDiGraph([("clubs", "aware", "a"), ("aware", "report", "b")]))
        >>> links.nodes, links.tails.tolist(), links.heads.tolist()
        (('clubs', 'aware', 'report'), [0, 1], [1, 2])
    """
    if isinstance(graph, LinkArrays):
        return graph
    if isinstance(graph, TheoryOfChange):
        return numbered([node.id for node in graph.nodes], [(link.from_, link.to, link.id) for link in graph.links])
    import numpy as np

    nodes = tuple(graph)
    number = {node: position for position, node in enumerate(nodes)}
    heads: list[str] = []
    links: list[str] = []
    counts: list[int] = []
    for _, following in graph.adjacency():
        before = len(links)
        for head, parallel in following.items():
            links.extend(parallel)
            heads.extend([head] * len(parallel))
        counts.append(len(links) - before)
    ends = np.fromiter(map(number.__getitem__, heads), np.int64, len(heads))
    return LinkArrays(nodes, tuple(links), np.repeat(np.arange(len(nodes)), counts), ends)


def numbered(nodes: Sequence[str], links: Sequence[tuple[str, str, str]]) -> LinkArrays:
    """Arrays of these nodes, and of these links, each given as the node it starts from, the node it leads to, and its id."""
    import numpy as np

    number = {node: position for position, node in enumerate(nodes)}
    tails = np.fromiter((number[tail] for tail, _, _ in links), np.int64, len(links))
    heads = np.fromiter((number[head] for _, head, _ in links), np.int64, len(links))
    return LinkArrays(tuple(nodes), tuple(id for _, _, id in links), tails, heads)


def neighbours(size: int, tails: "Numbers", heads: "Numbers") -> Neighbours:
    """The heads of each of `size` tails, one tail after the other, in the order of the links."""
    import numpy as np

    first = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(tails, minlength=size), out=first[1:])
    order = np.argsort(tails, kind="stable")
    return Neighbours(first, heads[order], order)


def distances(along: Neighbours, origins: "Numbers", *, max_links: int | None = None) -> "Numbers":
    """The fewest links from any origin to every node; -1 where it is not reached, or only by more than `max_links`.

    Args:
        along: what follows every node, or what precedes it for distances against the direction of the links.
        origins: the numbers of the nodes to start from.
        max_links: how far to go; None for any distance.
    """
    import numpy as np

    away = np.full(len(along.first) - 1, -1, np.int64)
    mark = np.empty_like(away)
    away[origins] = 0
    layer, steps = origins, 0
    while len(layer) and (max_links is None or steps < max_links):
        steps += 1
        found = along.nodes[along.places(layer)] if len(layer) > _FEW else _few(along, layer)
        found = found[away[found] < 0]
        away[found] = steps
        order = np.arange(len(found))
        mark[found] = order
        layer = found[mark[found] == order]
    return away


def _few(along: Neighbours, layer: "Numbers") -> "Numbers":
    import numpy as np

    first, nodes = along.first, along.nodes
    return np.concatenate([nodes[first[node] : first[node + 1]] for node in layer])


def topological_layers(links: LinkArrays) -> "list[Numbers] | None":
    """Nodes in layers such that every link leads from a layer to a later one; None if there is a loop."""
    import numpy as np

    waiting = np.bincount(links.heads, minlength=len(links.nodes))
    layer = np.flatnonzero(waiting == 0)
    found: list[Numbers] = []
    while len(layer):
        found.append(layer)
        heads = links.after.nodes[links.after.places(layer)]
        np.subtract.at(waiting, heads, 1)
        layer = np.unique(heads[waiting[heads] == 0])
    return found if sum(map(len, found)) == len(links.nodes) else None
