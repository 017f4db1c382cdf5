"""Whether paths pass a group of nodes, such as those in which an actor acts."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.paths.arrays import LinkArrays, arrays, distances

if TYPE_CHECKING:
    from tocmodel.model import TheoryOfChange
    from tocmodel.model.graph import Graph
    from tocmodel.paths.arrays import Numbers


@frozen
class GroupPassing:
    """Whether paths pass a group.

    Attributes:
        reachable: whether any path leads from a start to an end.
        every_path: whether no path avoids the group; false where there is no path.
    """

    reachable: bool
    every_path: bool


def through_group(
    graph: "Graph | LinkArrays | TheoryOfChange", starts: str | Iterable[str], ends: str | Iterable[str], group: Iterable[str]
) -> GroupPassing:
    """Whether every path from any start to any end passes some node of a group; the ends of a path count as passed.

    Two searches: one with the group, one without. Loops do not matter.

    Args:
        graph: the causal graph.
        starts: an id, or several.
        ends: an id, or several.
        group: ids of nodes.

    Raises:
        UnknownIdError: if a node is not in the graph.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("clubs", "children"), ("clubs", "parents"), ("children", "goal"), ("parents", "goal")])
        >>> through_group(graph, "clubs", "goal", ["children"]).every_path
        False
        >>> through_group(graph, "clubs", "goal", ["children", "parents"]).every_path
        True
    """
    import numpy as np

    links = arrays(graph)
    first, last, members = links.numbers(starts), links.numbers(ends), links.numbers(group)
    reachable = bool((distances(links.after, first)[last] >= 0).any())
    outside = np.setdiff1d(first, members)
    avoiding = distances(links.without(members).after, outside)[np.setdiff1d(last, members)]
    return GroupPassing(reachable, every_path=reachable and not (avoiding >= 0).any())


@frozen(eq=False)
class Staged:
    """A graph in stages, one for each set of groups that a walk has passed so far.

    Attributes:
        links: the graph with every node once for each stage; its number is that of the node plus the stage times their number.
        starts: the numbers at which walks begin.
        ends: the numbers at which they end, all groups passed.
    """

    links: LinkArrays
    starts: "Numbers"
    ends: "Numbers"


def staged(links: LinkArrays, starts: "Numbers", ends: "Numbers", groups: "Sequence[Numbers]") -> Staged:
    """Make "passes every group" a matter of reaching an end. Without groups the graph stays as it is."""
    import numpy as np

    if not groups:
        return Staged(links, starts, ends)
    size, stages = len(links.nodes), 2 ** len(groups)
    passed = np.zeros(size, np.int64)
    for position, group in enumerate(groups):
        passed[group] |= 1 << position
    tails = np.concatenate([links.tails + stage * size for stage in range(stages)])
    heads = np.concatenate([links.heads + (stage | passed[links.heads]) * size for stage in range(stages)])
    every = LinkArrays(links.nodes * stages, links.links * stages, tails, heads)
    return Staged(every, starts + passed[starts] * size, ends + (stages - 1) * size)
