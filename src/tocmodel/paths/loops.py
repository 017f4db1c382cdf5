"""Where a graph has loops."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocmodel.model.graph import Graph


def components_with_loops(graph: "Graph", nodes: Collection[str] | None = None) -> list[tuple[str, ...]]:
    """The sets of nodes that can all reach each other, in authored order; each holds at least one loop.

    Args:
        graph: the causal graph.
        nodes: the part of it to look at; all of it where left out.
    """
    import networkx as nx

    part = graph if nodes is None else graph.subgraph(nodes)
    order = {node: index for index, node in enumerate(graph)}
    components = [sorted(component, key=order.__getitem__) for component in nx.strongly_connected_components(part)]
    return sorted((tuple(component) for component in components if len(component) > 1), key=lambda loop: order[loop[0]])
