"""The strongest simple paths: those with the largest product of strengths."""

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from itertools import count, pairwise
from math import inf, log, prod
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from tocmodel.paths.arrays import LinkArrays, arrays
from tocmodel.paths.reach import way

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph

_Step: TypeAlias = tuple[int, int, float]
"""A link, the node it leads to, and what it costs: minus the logarithm of its strength."""
_NO_STRENGTH = 1e9
"""What a link of strength 0 costs: more than any path of links with some strength, of which one costs at most 745."""


@frozen
class StrongPath:
    """A path with its strength.

    Attributes:
        nodes: the ids of its nodes, in order.
        links: the ids of its links, in order; of parallel links the strongest.
        strength: the product of the strengths of its links; 1 for a path without links.
    """

    nodes: tuple[str, ...]
    links: tuple[str, ...]
    strength: float


def strongest_paths(
    graph: "Graph | LinkArrays | TheoryOfChange",
    starts: str | Iterable[str],
    ends: str | Iterable[str],
    strengths: Mapping[str, float],
    k: int = 3,
) -> tuple[StrongPath, ...]:
    """The k simple paths with the largest product of strengths, strongest first.

    Yen's algorithm in the form of Lawler: the paths not yet given are split by where they leave those already given, and
    each part is worth at most its best way on, loops or not; only the part that promises most is worked out. Without loops
    the best way on is always a path. Links of strength 0 are links: paths over them come last, with strength 0.

    Args:
        graph: the causal graph.
        starts: an id, or several.
        ends: an id, or several; a path may pass one end on its way to another.
        strengths: the strength of every link by its id, 0 to 1.
        k: the most paths to give.

    Raises:
        UnknownIdError: if a node is not in the graph.
        ValueError: if a strength on the way is no probability.
        KeyError: if a link on the way has no strength.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("a", "b", "1"), ("b", "d", "2"), ("a", "d", "3"), ("a", "d", "4")])
        >>> for path in strongest_paths(graph, "a", "d", {"1": 0.75, "2": 0.5, "3": 0.25, "4": 0.125}):
        ...     print(path.links, path.strength)
        ('1', '2') 0.375
        ('3',) 0.25

    Source: Yen (1971), Finding the K shortest loopless paths in a network; Lawler (1972).
    """
    import numpy as np

    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    kept = way(links, first, last)
    part, fresh = links.part(kept, np.intersect1d(first, last))
    origins, goals = ([node for node in fresh[ids].tolist() if node >= 0] for ids in (first, last))
    search = _Search(part, strengths, goals)
    return tuple(sorted((search.path(nodes) for nodes in search.best(origins, k)), key=lambda path: -path.strength))


@frozen
class _Part:
    """All paths that begin with the nodes of `stem` and do not go on to one of `barred`."""

    cost: float
    """What its best path costs; at least so much where that path is not known yet."""
    tail: tuple[int, ...] | None
    """The nodes after the stem of its best path; None where it is not known yet."""
    stem: tuple[int, ...]
    spent: float
    """What the stem costs."""
    barred: frozenset[int]


class _Search:
    """The part of a graph between starts and ends, with one node behind all ends, to which an end leads at no cost."""

    def __init__(self, part: LinkArrays, strengths: Mapping[str, float], goals: Iterable[int]) -> None:
        self.part = part
        self.worth = [float(strengths[link]) for link in part.links]
        for link, strength in zip(part.links, self.worth, strict=True):
            if not 0 <= strength <= 1:
                message = f"the strength of {link!r} is no probability: {strength}"
                raise ValueError(message)
        self.sink = len(part.nodes)
        self.after: list[dict[int, _Step]] = [{} for _ in range(self.sink + 1)]
        for node, steps in enumerate(part.following):
            for link, head in steps:
                cost = -log(self.worth[link]) if self.worth[link] else _NO_STRENGTH
                if head not in self.after[node] or cost < self.after[node][head][2]:
                    self.after[node][head] = (link, head, cost)
        for goal in goals:
            self.after[goal][self.sink] = (-1, self.sink, 0.0)
        self.left, self.next = self.ways_on()

    def ways_on(self) -> tuple[dict[int, float], dict[int, int]]:
        """Dijkstra's algorithm against the links: what the best walk to the sink costs from every node, and its next node."""
        before: list[list[tuple[int, float]]] = [[] for _ in self.after]
        for node, steps in enumerate(self.after):
            for _, head, cost in steps.values():
                before[head].append((node, cost))
        left, onward = {self.sink: 0.0}, dict[int, int]()
        queue = [(0.0, self.sink)]
        while queue:
            cost, node = heappop(queue)
            if cost > left[node]:
                continue
            for tail, step in before[node]:
                if cost + step < left.get(tail, inf):
                    left[tail], onward[tail] = cost + step, node
                    heappush(queue, (cost + step, tail))
        return left, onward

    def best(self, origins: Iterable[int], k: int) -> list[tuple[int, ...]]:
        turns = count()
        queue: list[tuple[float, int, _Part]] = []

        def consider(stem: tuple[int, ...], spent: float, barred: frozenset[int]) -> None:
            part = self.promised(stem, spent, barred)
            if part is not None:
                heappush(queue, (part.cost, next(turns), part))

        for origin in origins:
            consider((origin,), 0.0, frozenset())
        found: list[tuple[int, ...]] = []
        while queue and len(found) < k:
            _, _, part = heappop(queue)
            if part.tail is None:
                settled = self.settled(part)
                if settled is not None:
                    heappush(queue, (settled.cost, next(turns), settled))
                continue
            whole = part.stem + part.tail
            found.append(whole)
            spent, barred = part.spent, part.barred
            for position in range(len(part.stem), len(whole)):
                consider(whole[:position], spent, barred | {whole[position]})
                spent += self.after[whole[position - 1]][whole[position]][2]
                barred = frozenset()
        return found

    def promised(self, stem: tuple[int, ...], spent: float, barred: frozenset[int]) -> _Part | None:
        """A part with a bound on its best path, or with that path if the best walk on from the stem is a path."""
        passed = set(stem)
        steps = [
            (cost + self.left[head], head) for _, head, cost in self.after[stem[-1]].values() if head not in barred and head not in passed
        ]
        if not steps:
            return None
        cost, head = min(steps)
        tail = [head]
        while tail[-1] != self.sink:
            tail.append(self.next[tail[-1]])
        straight = passed.isdisjoint(tail)
        return _Part(spent + cost, tuple(tail) if straight else None, stem, spent, barred)

    def settled(self, part: _Part) -> _Part | None:
        """A part with its best path, found by Dijkstra's algorithm without the nodes of the stem."""
        passed, last = set(part.stem), part.stem[-1]
        costs, came = {last: 0.0}, dict[int, int]()
        queue = [(0.0, last)]
        while queue:
            cost, node = heappop(queue)
            if node == self.sink:
                tail = [node]
                while came[tail[-1]] != last:
                    tail.append(came[tail[-1]])
                return evolve(part, cost=part.spent + cost, tail=tuple(reversed(tail)))
            if cost > costs[node]:
                continue
            for _, head, step in self.after[node].values():
                barred = head in passed or (node == last and head in part.barred)
                if not barred and cost + step < costs.get(head, inf):
                    costs[head], came[head] = cost + step, node
                    heappush(queue, (cost + step, head))
        return None

    def path(self, nodes: tuple[int, ...]) -> StrongPath:
        nodes = nodes[:-1]
        steps = [self.after[one][other][0] for one, other in pairwise(nodes)]
        return StrongPath(
            tuple(self.part.nodes[node] for node in nodes),
            tuple(self.part.links[link] for link in steps),
            prod(self.worth[link] for link in steps),
        )
