"""Which simple paths lead from one set of nodes to another: listed one after the other, none followed in vain.

A path is a sequence of nodes; parallel links between two nodes are one step of it.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from tocmodel.errors import BudgetError
from tocmodel.paths.arrays import LinkArrays, arrays, distances, topological_layers
from tocmodel.paths.components import components
from tocmodel.paths.groups import staged
from tocmodel.paths.reach import way

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph


def list_paths(
    graph: "Graph | LinkArrays | TheoryOfChange",
    starts: str | Iterable[str],
    ends: str | Iterable[str],
    *,
    max_links: int | None = None,
    passing: Iterable[Collection[str]] = (),
    budget: int = 1_000_000,
) -> Iterator[tuple[str, ...]]:
    """Yield the simple paths from each start to each end, each as its nodes, in the order in which links were authored.

    Before every step inside a component with loops it is checked that an end can still be reached without the nodes of the
    path; elsewhere nothing can be in the way. So a path is never followed in vain, and the next one comes after a number
    of steps that does not grow with the number of paths. Take as many as you need.

    Args:
        graph: the causal graph.
        starts: the node to start from, or several.
        ends: the node to reach, or several; a path may pass one end on its way to another. A start that is an end gives
            one path of one node.
        max_links: the most links that a path may have; None for no limit.
        passing: groups of nodes; only paths are listed that pass some node of each group. Only with these, and only
            inside components with loops, a path may be followed in vain: to find one through a given node is as hard as
            any problem of its kind (Fortune, Hopcroft and Wyllie 1980).
        budget: the most steps between one path and the next.

    Raises:
        UnknownIdError: if a node is not in the graph.
        BudgetError: if the steps between one path and the next are more than the budget.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "b"), ("a", "c"), ("c", "d")])
        >>> list(list_paths(graph, "a", "d"))
        [('a', 'b', 'c', 'd'), ('a', 'c', 'd')]
    """
    search = _Search(arrays(graph), starts, ends, max_links, passing)
    for start in search.starts:
        yield from search.paths(start, budget)


class _Search:
    """What is worked out once for all paths between the same ends."""

    def __init__(
        self,
        links: LinkArrays,
        starts: str | Iterable[str],
        ends: str | Iterable[str],
        max_links: int | None,
        passing: Iterable[Collection[str]],
    ) -> None:
        import numpy as np

        groups = [links.numbers(group) for group in passing]
        stages = staged(links, links.numbers(starts), links.numbers(ends), groups)
        kept = way(stages.links, stages.starts, stages.ends, max_links)
        part, fresh = stages.links.part(kept, np.intersect1d(stages.starts, stages.ends))
        last = fresh[stages.ends]
        last = last[last >= 0]
        self.names = part.nodes
        self.starts: list[int] = [start for start in fresh[stages.starts].tolist() if start >= 0]
        self.goals: set[int] = set(last.tolist())
        self.left: list[int] = distances(part.before, last).tolist()
        self.longest = len(part.nodes) if max_links is None else max_links
        self.part = part
        self.followed: dict[int, list[int]] = {}
        self.home = list(range(len(part.nodes)))
        self.looped: set[int] = set()
        if topological_layers(part) is None:
            for members in components(part):
                if len(members) > 1:
                    self.looped.update(members)
                    for member in members:
                        self.home[member] = members[0]

    def paths(self, start: int, budget: int) -> Iterator[tuple[str, ...]]:
        path = {self.names[start]: None}
        if start in self.goals:
            yield tuple(path)
        stack = [self.onward(start, path)]
        patience = budget
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                path.popitem()
                continue
            patience -= 1
            if patience < 0:
                raise BudgetError("listing paths", budget)
            path[self.names[step]] = None
            if step in self.goals:
                yield tuple(path)
                patience = budget
            stack.append(self.onward(step, path))

    def after(self, node: int) -> list[int]:
        """The nodes that follow a node, each once; worked out when a path first comes by."""
        if node not in self.followed:
            first = self.part.after.first
            self.followed[node] = list(dict.fromkeys(self.part.after.nodes[first[node] : first[node + 1]].tolist()))
        return self.followed[node]

    def onward(self, node: int, path: dict[str, None]) -> Iterator[int]:
        """The next nodes from which an end can be reached without a node of the path, within the links that are left."""
        left = self.longest - len(path)
        for head in self.after(node):
            if self.names[head] not in path and (self.leads_out(head, path, left) if head in self.looped else self.left[head] <= left):
                yield head

    def leads_out(self, node: int, path: dict[str, None], left: int) -> bool:
        """Whether from a node inside a component with loops an end is reached without the path, within so many links."""
        home = self.home[node]
        layer, seen = [node], {node}
        while layer and left >= 0:
            following: list[int] = []
            for at in layer:
                if at in self.goals:
                    return True
                for head in self.after(at):
                    if self.home[head] != home:
                        if self.left[head] < left and self.names[head] not in path:
                            return True
                    elif head not in seen and self.names[head] not in path:
                        seen.add(head)
                        following.append(head)
            layer, left = following, left - 1
        return False
