"""How many simple paths lead from one node to another, and which: counted without listing, listed under a budget.

A path is a sequence of nodes; parallel links between two nodes are one step of it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from tocmodel.model.graph import Graph

Adjacency: TypeAlias = Mapping[str, Collection[str]]


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


def between(graph: "Graph", start: str, end: str) -> set[str]:
    """The nodes on some walk from start to end, both included; empty where there is none."""
    forward = _reached(graph.adj, start)
    backward = _reached(graph.pred, end)
    return forward & backward if end in forward else set()


def _reached(neighbours: Mapping[str, Collection[str]], start: str) -> set[str]:
    seen, queue = {start}, [start]
    while queue:
        for neighbour in neighbours[queue.pop()]:
            if neighbour not in seen:
                seen.add(neighbour)
                queue.append(neighbour)
    return seen


def _pruned(graph: "Graph", start: str, end: str) -> dict[str, list[str]]:
    """The successors of every node, as far as they lie on the way; in the order in which links were authored."""
    keep = between(graph, start, end)
    return {node: [successor for successor in graph.adj[node] if successor in keep] for node in graph if node in keep}


def count_paths(graph: "Graph", start: str, end: str, *, budget: int = 100_000) -> PathCount:
    """Count the simple paths from start to end.

    Exact in big integers over the acyclic part of the graph, whatever their number: a simple path enters each strongly
    connected component once, so the counts inside components multiply along the graph of components. Only inside
    components with loops are paths walked one by one.

    Args:
        graph: the causal graph.
        start: the node to start from.
        end: the node to reach; the same as the start gives one path without links.
        budget: the most paths to walk inside components with loops.

    Returns:
        The count, exact or a lower bound where the budget ran out.
    """
    import networkx as nx

    successors = _pruned(graph, start, end)
    if not successors:
        return PathCount(0)
    pruned: nx.DiGraph[str] = nx.DiGraph()
    pruned.add_nodes_from(successors)
    pruned.add_edges_from((node, successor) for node, following in successors.items() for successor in following)
    condensed = nx.condensation(pruned)
    component_of: dict[str, int] = condensed.graph["mapping"]
    entries: dict[str, int] = {start: 1}
    answer, exact, left = 0, True, budget
    for number in nx.topological_sort(condensed):
        members: set[str] = condensed.nodes[number]["members"]
        for entry in [node for node in successors if node in members and node in entries]:
            inside, walked, complete = _inside(successors, members, entry, left)
            left -= walked
            exact = exact and complete
            if end in members:
                answer += entries[entry] * inside.get(end, 0)
                continue
            for node, ways in inside.items():
                for successor in successors[node]:
                    if component_of[successor] != number:
                        entries[successor] = entries.get(successor, 0) + entries[entry] * ways
    return PathCount(answer, exact)


def _inside(successors: Adjacency, members: set[str], entry: str, budget: int) -> tuple[dict[str, int], int, bool]:
    """Simple paths inside one component from its entry to each member; how many were walked; whether all were."""
    if len(members) == 1:
        return {entry: 1}, 0, True
    counts: dict[str, int] = {}
    walked = 0
    visited = {entry: True}
    stack = [iter(successors[entry])]
    counts[entry] = 1
    while stack:
        for successor in stack[-1]:
            if successor in members and successor not in visited:
                if walked >= budget:
                    return counts, walked, False
                walked += 1
                counts[successor] = counts.get(successor, 0) + 1
                visited[successor] = True
                stack.append(iter(successors[successor]))
                break
        else:
            stack.pop()
            visited.popitem()
    return counts, walked, True


def list_paths(graph: "Graph", start: str, end: str, *, max_links: int | None = None) -> Iterator[tuple[str, ...]]:
    """Yield the simple paths from start to end, each as its nodes, in the order in which links were authored.

    Before every step it is checked that the end can still be reached, so a path is never followed in vain; take as many as
    you need.

    Args:
        graph: the causal graph.
        start: the node to start from.
        end: the node to reach; the same as the start gives one path of one node.
        max_links: the most links that a path may have; None for no limit.
    """
    successors = _pruned(graph, start, end)
    if not successors:
        return
    path = [start]
    if start == end:
        yield (start,)
        return
    stack = [iter(_promising(successors, path, end, max_links))]
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            path.pop()
        elif step == end:
            yield (*path, end)
        else:
            path.append(step)
            stack.append(iter(_promising(successors, path, end, max_links)))


def _promising(successors: Adjacency, path: list[str], end: str, max_links: int | None) -> list[str]:
    """The next nodes from which the end can be reached without a node of the path, within the links that are left."""
    left = None if max_links is None else max_links - len(path)
    if left is not None and left < 0:
        return []
    distance = _distances_to(successors, end, frozenset(path))
    return [node for node in successors[path[-1]] if node in distance and (left is None or distance[node] <= left)]


def _distances_to(successors: Adjacency, end: str, avoided: frozenset[str]) -> dict[str, int]:
    predecessors: dict[str, list[str]] = {}
    for node, following in successors.items():
        if node not in avoided:
            for successor in following:
                predecessors.setdefault(successor, []).append(node)
    distance, layer, steps = {end: 0}, [end], 0
    while layer:
        steps += 1
        layer = [node for reached in layer for node in predecessors.get(reached, ()) if node not in distance]
        distance.update(dict.fromkeys(layer, steps))
        layer = list(dict.fromkeys(layer))
    return distance
