"""Whether paths help or hinder what they lead to."""

from collections.abc import Collection, Iterable
from operator import xor
from typing import TYPE_CHECKING

from tocmodel.paths.arrays import LinkArrays, arrays, distances, topological_layers
from tocmodel.paths.counting import Grades, tally
from tocmodel.paths.reach import way
from tocmodel.words import Word

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph
    from tocmodel.paths.arrays import Mask, Numbers


class Polarity(Word):
    """The product of the signs along paths."""

    POSITIVE = "+"
    """Every path helps: an even number of its links hinder."""
    NEGATIVE = "-"
    """Every path hinders: an odd number of its links hinder."""
    MIXED = "mixed"
    """Some path helps and some path hinders."""
    UNKNOWN = "unknown"
    """The budget did not suffice to tell."""


def polarity(
    graph: "Graph | LinkArrays | TheoryOfChange",
    starts: str | Iterable[str],
    ends: str | Iterable[str],
    hindering: Collection[str],
    *,
    budget: int = 100_000,
) -> Polarity | None:
    """The product of signs over all simple paths from any start to any end, each link of parallel ones taken in turn.

    Walks of one sign only settle it, and so do walks of both signs where there are no loops. Else simple paths are told
    apart inside components with loops, under a budget: whether one of a given sign exists is hard to tell in general.

    Args:
        graph: the causal graph.
        starts: an id, or several.
        ends: an id, or several.
        hindering: the ids of the links that hinder.
        budget: the most sets of nodes to tell apart inside components with loops.

    Returns:
        The polarity; None where no path leads from a start to an end.

    Raises:
        UnknownIdError: if a node is not in the graph.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("clubs", "silence", "a"), ("silence", "abuse", "b")])
        >>> print(polarity(graph, "clubs", "abuse", ["a"]))
        -
    """
    import numpy as np

    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    kept = way(links, first, last)
    both = np.intersect1d(first, last)
    if not kept.any() and not len(both):
        return None
    part, fresh = links.part(kept, both)
    first, last = fresh[first], fresh[last]
    first, last = first[first >= 0], last[last >= 0]
    hinders = set(hindering)
    odd = np.fromiter((link in hinders for link in part.links), bool, len(part.links))
    walked = _signs_of_walks(part, odd, first, last)
    if len(walked) == 1:
        return walked[0]
    if topological_layers(part) is not None:
        return Polarity.MIXED
    steps: list[Grades] = [{int(sign): 1} for sign in odd.tolist()]
    tallied, rough = tally(part, first.tolist(), last.tolist(), steps, xor, budget)
    found = {sign for signs in tallied.values() for sign in signs}
    if len(found) > 1:
        return Polarity.MIXED
    if rough:
        return Polarity.UNKNOWN
    return Polarity.NEGATIVE if 1 in found else Polarity.POSITIVE


def _signs_of_walks(links: LinkArrays, odd: "Mask", starts: "Numbers", ends: "Numbers") -> list[Polarity]:
    """The signs of walks: a superset of those of paths. Every node stands twice, as reached by an even and by an odd number."""
    import numpy as np

    size = len(links.nodes)
    tails = np.concatenate([links.tails, links.tails + size])
    heads = np.concatenate([links.heads + odd * size, links.heads + ~odd * size])
    doubled = LinkArrays(links.nodes * 2, links.links * 2, tails, heads)
    away = distances(doubled.after, starts)
    signs = {Polarity.POSITIVE: away[ends], Polarity.NEGATIVE: away[ends + size]}
    return [sign for sign, found in signs.items() if (found >= 0).any()]
