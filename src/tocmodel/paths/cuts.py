"""The fewest links, nodes or claims whose loss breaks every path.

By the theorem of Ford and Fulkerson the smallest cut is as large as the largest flow. The flow is computed by scipy where it is
installed (the extra ``fast``; on 10,000 nodes it takes about a fiftieth of the time, see ``benchmarks/paths.py``), else by networkx; of
several smallest cuts both give the one nearest to the starts.
"""

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tocmodel.paths.arrays import arrays, distances, neighbours
from tocmodel.paths.reach import way

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph
    from tocmodel.paths.arrays import LinkArrays, Mask, Numbers

_SCIPY_MOST = 2**31 - 1
"""The largest capacity that scipy's flow takes."""


@frozen
class Cut:
    """A smallest set whose loss breaks every path.

    Attributes:
        size: how many links, nodes or claims it has; 0 where there is no path anyway; None where nothing of the kind
            cuts: a start is an end, or a link joins them directly and only nodes may go.
        links: the ids of the links to cut, in authored order; empty for a cut of nodes.
        nodes: the ids of the nodes to cut, in authored order; empty for a cut of links.
    """

    size: int | None
    links: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()


def smallest_link_cut(
    graph: "Graph | LinkArrays | TheoryOfChange",
    starts: str | Iterable[str],
    ends: str | Iterable[str],
    *,
    claims: Mapping[str, int] | None = None,
) -> Cut:
    """The fewest links, or claims about links, whose loss breaks every path from any start to any end.

    Args:
        graph: the causal graph.
        starts: an id, or several.
        ends: an id, or several.
        claims: how many claims speak of each link, by its id; a link of which none speaks is no link. Where left out,
            each link counts once, parallel links each for themselves.

    Raises:
        UnknownIdError: if a node is not in the graph.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("a", "b", "1"), ("a", "c", "2"), ("b", "d", "3"), ("c", "d", "4"), ("d", "e", "5")])
        >>> smallest_link_cut(graph, "a", "e")
        Cut(size=1, links=('5',), nodes=())
        >>> smallest_link_cut(graph, "a", "e", claims={"1": 1, "2": 1, "3": 4, "4": 4, "5": 9})
        Cut(size=2, links=('1', '2'), nodes=())
    """
    import numpy as np

    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    if len(np.intersect1d(first, last)):
        return Cut(None)
    if claims is not None:
        links = links.only(np.fromiter((claims.get(link, 0) > 0 for link in links.links), bool, len(links.links)))
    part, fresh = links.part(way(links, first, last))
    if not part.links:
        return Cut(0)
    worth = [1 if claims is None else claims[link] for link in part.links]
    source, sink = len(part.nodes), len(part.nodes) + 1
    origins, goals = (numbers[numbers >= 0] for numbers in (fresh[first], fresh[last]))
    flow = _Flow(part.tails, part.heads, worth, sum(worth) + 1, origins, goals, source, sink)
    reached = flow.reached_in_the_rest()
    cut = np.flatnonzero(reached[part.tails] & ~reached[part.heads])
    return Cut(sum(worth[link] for link in cut.tolist()), links=tuple(part.links[link] for link in cut.tolist()))


def smallest_node_cut(graph: "Graph | LinkArrays | TheoryOfChange", starts: str | Iterable[str], ends: str | Iterable[str]) -> Cut:
    """The fewest nodes, other than starts and ends, whose loss breaks every path; arguments and errors are those of `smallest_link_cut`.

    Example:
        >>> import networkx as nx
        >>> smallest_node_cut(nx.MultiDiGraph([("a", "b"), ("b", "c")]), "a", "c")
        Cut(size=1, links=(), nodes=('b',))
        >>> smallest_node_cut(nx.MultiDiGraph([("a", "b")]), "a", "b").size is None
        True
    """
    import numpy as np

    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    if len(np.intersect1d(first, last)):
        return Cut(None)
    part, fresh = links.part(way(links, first, last) & links.first_of_parallels())
    if not part.links:
        return Cut(0)
    origins, goals = (numbers[numbers >= 0] for numbers in (fresh[first], fresh[last]))
    if (np.isin(part.tails, origins) & np.isin(part.heads, goals)).any():
        return Cut(None)
    size = len(part.nodes)
    inner = np.setdiff1d(np.arange(size), np.concatenate([origins, goals]))
    tails = np.concatenate([inner, part.tails + np.where(np.isin(part.tails, inner), size, 0)])
    heads = np.concatenate([inner + size, part.heads])
    worth = [1] * len(inner) + [len(inner) + 1] * len(part.links)
    flow = _Flow(tails, heads, worth, len(inner) + 1, origins, goals, 2 * size, 2 * size + 1)
    reached = flow.reached_in_the_rest()
    cut = inner[reached[inner] & ~reached[inner + size]]
    return Cut(len(cut), nodes=tuple(part.nodes[node] for node in cut.tolist()))


@frozen(eq=False)
class _Flow:
    """A network of arcs with whole capacities from a source behind all starts to a sink behind all ends.

    Attributes:
        endless: more than any cut; no real infinity, with which a flow without bound would be an error rather than a number.
    """

    tails: "Numbers"
    heads: "Numbers"
    worth: list[int]
    endless: int
    starts: "Numbers"
    ends: "Numbers"
    source: int
    sink: int

    def reached_in_the_rest(self) -> "Mask":
        """What the source still reaches when the largest flow is sent: where it ends is the smallest cut."""
        import numpy as np

        tails = np.concatenate([self.tails, np.full(len(self.starts), self.source), self.ends])
        heads = np.concatenate([self.heads, self.starts, np.full(len(self.ends), self.sink)])
        worth = self.worth + [self.endless] * (len(self.starts) + len(self.ends))
        rest = self._rest_by_scipy if self.endless <= _SCIPY_MOST and find_spec("scipy") else self._rest_by_networkx
        rest_tails, rest_heads = rest(tails, heads, worth)
        onward = neighbours(self.sink + 1, rest_tails, rest_heads)
        return distances(onward, np.array([self.source])) >= 0

    def _rest_by_scipy(self, tails: "Numbers", heads: "Numbers", worth: list[int]) -> "tuple[Numbers, Numbers]":
        import numpy as np
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import maximum_flow

        size = self.sink + 1
        places = tails.astype(np.int32), heads.astype(np.int32)  # all that the flow of scipy 1.14 reads
        capacity = coo_array((np.array(worth, np.int32), places), shape=(size, size)).tocsr()
        rest: Any = capacity - maximum_flow(capacity, self.source, self.sink).flow
        rest = rest.tocoo()
        left = rest.data > 0
        return rest.row[left].astype(np.int64), rest.col[left].astype(np.int64)

    def _rest_by_networkx(self, tails: "Numbers", heads: "Numbers", worth: list[int]) -> "tuple[Numbers, Numbers]":
        import networkx as nx
        import numpy as np

        network: nx.DiGraph[int] = nx.DiGraph()
        network.add_nodes_from((self.source, self.sink))
        for tail, head, capacity in zip(tails.tolist(), heads.tolist(), worth, strict=True):
            before = network.get_edge_data(tail, head, {"capacity": 0})["capacity"]
            network.add_edge(tail, head, capacity=before + capacity)
        rest = nx.algorithms.flow.preflow_push(network, self.source, self.sink)
        left = [(tail, head) for tail, head, arc in rest.edges(data=True) if arc["flow"] < arc["capacity"]]
        return np.array([tail for tail, _ in left], np.int64), np.array([head for _, head in left], np.int64)
