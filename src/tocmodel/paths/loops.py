"""Where a graph has loops, and whether they reinforce or balance themselves."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.paths.arrays import arrays, topological_layers
from tocmodel.paths.components import components
from tocmodel.words import Word

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph
    from tocmodel.paths.arrays import LinkArrays


class LoopPolarity(Word):
    """What a change that runs around a loop does to itself."""

    REINFORCING = "reinforcing"
    """An even number of its links hinder: a change feeds itself."""
    BALANCING = "balancing"
    """An odd number of its links hinder: a change works against itself."""
    MIXED = "mixed"
    """Parallel links disagree."""


@frozen
class Loop:
    """A simple loop.

    Attributes:
        nodes: the ids of its nodes in order, from the smallest on.
        links: the ids of its links in that order, parallel ones among them.
        polarity: reinforcing or balancing.
        declared: whether its author means it: one of its links is declared feedback.
    """

    nodes: tuple[str, ...]
    links: tuple[str, ...]
    polarity: LoopPolarity
    declared: bool = False


@frozen
class Loops:
    """The simple loops of a graph.

    Attributes:
        loops: the loops, as far as the budget went; short ones first.
        truncated: whether there are more than are listed.
        components: the sets of nodes that can all reach each other, in authored order; every loop lies inside one.
    """

    loops: tuple[Loop, ...]
    truncated: bool
    components: tuple[tuple[str, ...], ...]


def simple_loops(
    graph: "Graph | LinkArrays | TheoryOfChange",
    *,
    hindering: Collection[str] = (),
    feedback: Collection[str] = (),
    max_links: int | None = None,
    budget: int = 1000,
) -> Loops:
    """List the simple loops with their polarity.

    There may be more loops than anyone can list, so no more than the budget are looked at. They are found by Johnson's
    algorithm in networkx, with its bounded form (Gupta and Suzumura 2021) where `max_links` is given.

    Args:
        graph: the causal graph.
        hindering: the ids of the links that hinder.
        feedback: the ids of the links that are declared feedback.
        max_links: the most links that a loop may have; None for any number.
        budget: the most loops to list.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("trust", "reports", "a"), ("reports", "trust", "b"), ("reports", "backlash", "c"), ("backlash", "trust", "d")])
        >>> for loop in simple_loops(graph, hindering=["d"]).loops:
        ...     print(*loop.nodes, loop.polarity)
        reports trust reinforcing
        backlash trust reports balancing
    """
    import networkx as nx

    links = arrays(graph)
    parts = [members for members in components(links) if len(members) > 1]
    home = {node: position for position, members in enumerate(parts) for node in members}
    looped: nx.DiGraph[int] = nx.DiGraph()
    between: dict[tuple[int, int], list[str]] = {}
    for link, tail, head in zip(links.links, links.tails.tolist(), links.heads.tolist(), strict=True):
        if tail in home and home[tail] == home.get(head):
            looped.add_edge(tail, head)
            between.setdefault((tail, head), []).append(link)
    listed: Iterator[list[int]] = iter(nx.simple_cycles(looped, length_bound=max_links))
    found = list(islice(listed, budget + 1))
    odd, meant = set(hindering), set(feedback)
    loops: list[Loop] = []
    for loop in found[:budget]:
        start = min(range(len(loop)), key=lambda position, loop=loop: links.nodes[loop[position]])
        turned = loop[start:] + loop[:start]
        steps = [between[step] for step in zip(turned, [*turned[1:], turned[0]], strict=True)]
        ids = tuple(link for step in steps for link in step)
        loops.append(Loop(tuple(links.nodes[node] for node in turned), ids, _polarity(steps, odd), not meant.isdisjoint(ids)))
    return Loops(
        tuple(sorted(loops, key=lambda loop: (len(loop.nodes), loop.nodes))), len(found) > budget, tuple(components_with_loops(links))
    )


def _polarity(steps: list[list[str]], hindering: set[str]) -> LoopPolarity:
    signs = [{link in hindering for link in step} for step in steps]
    if any(len(sign) > 1 for sign in signs):
        return LoopPolarity.MIXED
    return LoopPolarity.BALANCING if sum(True in sign for sign in signs) % 2 else LoopPolarity.REINFORCING


def components_with_loops(graph: "Graph | LinkArrays | TheoryOfChange", nodes: Collection[str] | None = None) -> list[tuple[str, ...]]:
    """The sets of nodes that can all reach each other, in authored order; each holds at least one loop.

    Args:
        graph: the causal graph.
        nodes: the part of it to look at; all of it where left out.

    Raises:
        UnknownIdError: if a node is not in the graph.
    """
    import numpy as np

    links = arrays(graph)
    if nodes is not None:
        inside = np.zeros(len(links.nodes), bool)
        inside[links.numbers(nodes)] = True
        links, _ = links.part(inside[links.tails] & inside[links.heads])
    if topological_layers(links) is not None:
        return []
    found = sorted(members for members in components(links) if len(members) > 1)
    return [tuple(links.nodes[node] for node in members) for members in found]
