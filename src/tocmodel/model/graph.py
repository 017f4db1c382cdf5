"""A model as networkx graphs, derived from its records."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from tocmodel.model.links import Link
from tocmodel.model.nodes import Node
from tocmodel.model.record import Record
from tocmodel.model.references import references

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.MultiDiGraph[str]


def whole_graph(records: Iterable[Record]) -> "Graph":
    """Every record as a node with its object under ``obj``; every id it names as an edge with the field under ``kind``.

    Links stand twice: as records, and as edges of kind ``causes`` between the nodes that they join.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for record in records:
        graph.add_node(record.id, obj=record)
        for number, reference in enumerate(references(record)):
            graph.add_edge(record.id, reference.id, key=f"{reference.field}#{number}", kind=reference.field)
        if isinstance(record, Link):
            graph.add_edge(record.from_, record.to, key=record.id, kind="causes", obj=record)
    return graph


def nodes_and_links(nodes: Iterable[Node], links: Iterable[Link]) -> "Graph":
    """Nodes and links only: ids as nodes, link ids as keys, the objects under ``obj``."""
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for node in nodes:
        graph.add_node(node.id, obj=node)
    for link in links:
        graph.add_edge(link.from_, link.to, key=link.id, obj=link)
    return graph
