"""How many simple paths lead from one set of nodes to another: counted without listing.

A path is a sequence of nodes; parallel links between two nodes are one step of it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations
from operator import add
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tocmodel.paths.arrays import LinkArrays, arrays, topological_layers
from tocmodel.paths.components import components
from tocmodel.paths.groups import staged
from tocmodel.paths.reach import way

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph
    from tocmodel.paths.arrays import Numbers

EXACT = 2**53
"""Below this every whole number is exact as a float."""
Grades: TypeAlias = dict[int, int]
"""How many paths there are of each grade: of each length, or of each sign."""
Join: TypeAlias = Callable[[int, int], int | None]
"""The grade of two stretches together; None where it is of no interest."""


@frozen
class PathCount:
    """How many simple paths there are.

    Attributes:
        count: their number; at least this many where it is not exact.
        exact: whether the budget sufficed to count them all.
    """

    count: int
    exact: bool = True

    def __str__(self) -> str:
        return f"{self.count:,}" if self.exact else f"at least {self.count:,}"


def count_paths(
    graph: "Graph | LinkArrays | TheoryOfChange",
    starts: str | Iterable[str],
    ends: str | Iterable[str],
    *,
    max_links: int | None = None,
    passing: Iterable[Collection[str]] = (),
    budget: int = 100_000,
) -> PathCount:
    """Count the simple paths from each start to each end.

    Exact in whole numbers of any size over the acyclic part of the graph: a simple path enters each strongly connected
    component once, so the counts inside components multiply along the order of components. Inside a component with loops,
    ways are counted together that end at one node after the same set of nodes; their number is what the budget limits.
    Paths that pass a group are those that there are without those that avoid it.

    Args:
        graph: the causal graph.
        starts: the node to start from, or several; paths from each are counted.
        ends: the node to reach, or several; a path may pass one end on its way to another. A start that is an end gives
            one path without links.
        max_links: count only paths of at most so many links; None for any length.
        passing: groups of nodes; only paths are counted that pass some node of each group.
        budget: the most sets of nodes to tell apart inside components with loops.

    Returns:
        The count, exact or a lower bound where the budget ran out.

    Raises:
        UnknownIdError: if a node is not in the graph.

    Example:
        >>> import networkx as nx
        >>> diamonds = nx.MultiDiGraph()
        >>> for n in range(60):
        ...     for side in "ab":
        ...         _ = diamonds.add_edge(f"o{n}", f"{side}{n}"), diamonds.add_edge(f"{side}{n}", f"o{n + 1}")
        >>> count_paths(diamonds, "o0", "o60").count == 2**60
        True
    """
    import numpy as np

    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    groups = [links.numbers(group) for group in passing]
    if groups:
        stages = staged(links, first, last, groups)
        if not way(stages.links, stages.starts, stages.ends, max_links).any() and not len(np.intersect1d(stages.starts, stages.ends)):
            return PathCount(0)
    total, exact = 0, True
    for size in range(len(groups) + 1):
        for avoided in combinations(groups, size):
            gone = np.concatenate(avoided) if avoided else last[:0]
            left = links.without(gone) if avoided else links
            found = _count(left, np.setdiff1d(first, gone), np.setdiff1d(last, gone), max_links, budget)
            total += (-1) ** size * found.count
            exact = exact and found.exact
    return PathCount(total, exact) if exact or not groups else PathCount(0, exact=False)


def count_pairs(
    graph: "Graph | LinkArrays | TheoryOfChange", starts: Iterable[str], ends: Iterable[str], *, budget: int = 20_000
) -> dict[tuple[str, str], PathCount]:
    """The counts of `count_paths` for every pair of a start and an end, zeros among them.

    Without loops one pass over the links gives the counts from all starts to an end at once, with loops those from a start
    to all ends.

    Args:
        graph: the causal graph.
        starts: ids of nodes.
        ends: ids of nodes.
        budget: the most sets of nodes to tell apart inside components with loops, for each start.

    Raises:
        UnknownIdError: if a node is not in the graph.
    """
    links = arrays(graph)
    first, last = links.numbers(starts), links.numbers(ends)
    single = links.only(links.first_of_parallels())
    layers = topological_layers(single)
    if layers is None:
        counts = {start: _from_one(single, start, last, budget) for start in first.tolist()}
        return {
            (links.nodes[start], end): count for start, found in counts.items() for end, count in zip(links.ids(last), found, strict=True)
        }
    back = LinkArrays(single.nodes, single.links, single.heads, single.tails)
    ways = {end: _pushed(back, layers[::-1], last[position : position + 1]) for position, end in enumerate(links.ids(last))}
    return {
        (start, end): PathCount(int(found[number])) if found[number] < EXACT else count_paths(single, start, end)
        for start, number in zip(links.ids(first), first.tolist(), strict=True)
        for end, found in ways.items()
    }


def _from_one(links: LinkArrays, start: int, ends: "Numbers", budget: int) -> list[PathCount]:
    """The counts from one start to each end, in a graph with loops."""
    import numpy as np

    origin = np.array([start])
    part, fresh = links.part(way(links, origin, ends), origin)
    known = [number for number in fresh[ends].tolist() if number >= 0]
    found, rough = tally(part, fresh[origin].tolist(), known, [{0: 1}] * len(part.links), add, budget)
    counts = {end: sum(ways.values()) for end, ways in found.items()}
    return [PathCount(max(counts.get(end, 0), int(end in rough)), exact=end not in rough) for end in fresh[ends].tolist()]


def _count(links: LinkArrays, starts: "Numbers", ends: "Numbers", max_links: int | None, budget: int) -> PathCount:
    import numpy as np

    kept = way(links, starts, ends, max_links)
    both = np.intersect1d(starts, ends)
    if not kept.any():
        return PathCount(len(both))
    part, fresh = links.part(kept & links.first_of_parallels(), both)
    first, last = fresh[starts], fresh[ends]
    first, last = first[first >= 0], last[last >= 0]
    layers = topological_layers(part)
    if layers is not None:
        counted = float(_pushed(part, layers, first)[last].sum()) if max_links is None else _by_length(part, first, last, max_links)
        if counted < EXACT:
            return PathCount(int(counted))
    step: Grades = {0 if max_links is None else 1: 1}

    def longer(one: int, other: int) -> int | None:
        return one + other if max_links is None or one + other <= max_links else None

    found, rough = tally(part, first.tolist(), last.tolist(), [step] * len(part.links), longer, budget)
    counted = sum(sum(ways.values()) for ways in found.values())
    return PathCount(max(counted, 1), exact=False) if rough else PathCount(counted)


def _pushed(links: LinkArrays, layers: "Sequence[Numbers]", starts: "Numbers") -> "NDArray[np.float64]":
    """How many paths lead to every node from the starts, pushed from layer to layer.

    Where the sum that a caller takes is below `EXACT` it is exact, since no count on the way to it is larger.
    """
    import numpy as np

    ways = np.zeros(len(links.nodes))
    ways[starts] = 1
    after = links.after
    for layer in layers:
        places = after.places(layer)
        np.add.at(ways, after.nodes[places], ways[links.tails[after.links[places]]])
    return ways


def _by_length(links: LinkArrays, starts: "Numbers", ends: "Numbers", max_links: int) -> float:
    import numpy as np

    ways = np.zeros(len(links.nodes))
    ways[starts] = 1
    total = float(ways[ends].sum())
    for _ in range(min(max_links, len(links.nodes) - 1)):
        ways = np.bincount(links.heads, weights=ways[links.tails], minlength=len(links.nodes))
        total += float(ways[ends].sum())
    return total


def tally(
    links: LinkArrays, starts: Iterable[int], ends: Collection[int], steps: Sequence[Grades], join: Join, budget: int
) -> tuple[dict[int, Grades], set[int]]:
    """Simple paths from the starts to each end by their grade, and the ends to which there may be more.

    Args:
        links: the graph; parallel links count apart.
        starts: numbers of nodes.
        ends: numbers of nodes.
        steps: the grades of each link, with how many ways there are of each.
        join: the grade of two stretches together. The grade 0 is that of a path without links.
        budget: the most pairs of a node and a set of nodes passed before it, inside components with loops.
    """
    goals = set(ends)
    arrived: dict[int, Grades] = {start: {0: 1} for start in starts}
    answer: dict[int, Grades] = {}
    rough: set[int] = set()
    for members in components(links):
        inside = set(members)
        bits: dict[int, int] = {}
        complete = rough.isdisjoint(members)
        for entry in members:
            if entry not in arrived:
                continue
            before = arrived.pop(entry)
            reached: dict[int, Grades] = {entry: {0: 1}}
            if len(members) > 1:
                used, whole = _walk(links, inside, bits, entry, steps, join, budget, reached)
                budget -= used
                complete = complete and whole
            for node, ways in reached.items():
                here = _joined(before, ways, join)
                if node in goals:
                    _add(answer.setdefault(node, {}), here)
                for link, head in links.following[node]:
                    if head not in inside:
                        _add(arrived.setdefault(head, {}), _joined(here, steps[link], join))
        if not complete:
            rough.update(members, (head for member in members for _, head in links.following[member]))
    return answer, rough & goals


def _walk(
    links: LinkArrays,
    inside: set[int],
    bits: dict[int, int],
    entry: int,
    steps: Sequence[Grades],
    join: Join,
    budget: int,
    reached: dict[int, Grades],
) -> tuple[int, bool]:
    """Simple paths inside one component from its entry to each member, added to `reached`; the budget used; whether it sufficed.

    Paths that end at one node after the same set of nodes go on alike, so they are one: at most n 2^n of them rather than n!.
    A node gets its bit in these sets when a path first comes by, so that they stay short where the budget is soon used up.
    """

    def bit(node: int) -> int:
        return bits.setdefault(node, 1 << len(bits))

    layer: dict[tuple[int, int], Grades] = {(entry, bit(entry)): {0: 1}}
    used = 0
    while layer:
        following: dict[tuple[int, int], Grades] = {}
        for (node, passed), ways in layer.items():
            for link, head in links.following[node]:
                if head not in inside or passed & bit(head):
                    continue
                onward = _joined(ways, steps[link], join)
                if not onward:
                    continue
                state = (head, passed | bit(head))
                if state not in following:
                    if used >= budget:
                        _gather(following, reached)
                        return used, False
                    used += 1
                    following[state] = {}
                _add(following[state], onward)
        _gather(following, reached)
        layer = following
    return used, True


def _gather(layer: dict[tuple[int, int], Grades], reached: dict[int, Grades]) -> None:
    for (node, _), ways in layer.items():
        _add(reached.setdefault(node, {}), ways)


def _joined(one: Grades, other: Grades, join: Join) -> Grades:
    found: Grades = {}
    for left, ways in one.items():
        for right, more in other.items():
            grade = join(left, right)
            if grade is not None:
                found[grade] = found.get(grade, 0) + ways * more
    return found


def _add(total: Grades, more: Grades) -> None:
    for grade, ways in more.items():
        total[grade] = total.get(grade, 0) + ways
