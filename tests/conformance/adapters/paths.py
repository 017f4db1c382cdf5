"""Cases on tracing, counting and listing paths, bottlenecks and cuts, loops, and causal maps."""

from collections.abc import Iterable
from typing import Any

import networkx as nx

from tests.conformance.adapters.translation import Inputs, adapts
from tocmodel.paths import (
    bottlenecks,
    count_paths,
    downstream,
    list_paths,
    on_the_way,
    polarity,
    simple_loops,
    smallest_link_cut,
    smallest_node_cut,
    strongest_paths,
    through_group,
    upstream,
)
from tocmodel.paths.maps import opposites, zoom, zoom_check

EXACT_IN_JSON = 2**53


def graph(links: Iterable[list[Any]], *nodes: str) -> "nx.MultiDiGraph[str]":
    """The links of a case as a graph whose link ids are their positions."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for position, link in enumerate(links):
        found.add_edge(link[0], link[1], key=str(position))
    found.add_nodes_from(nodes)
    return found


def ends(inputs: Inputs, ids: Iterable[str]) -> list[list[str]]:
    """Links, given by their ids, as pairs of nodes."""
    return [inputs["links"][int(id)][:2] for id in ids]


def minus(inputs: Inputs) -> list[str]:
    """The ids of the links with a minus sign."""
    return [str(position) for position, link in enumerate(inputs["links"]) if link[2] == "-"]


@adapts("trace")
def _trace(inputs: Inputs) -> object:
    found = on_the_way(graph(inputs["links"]), inputs["from"], inputs["to"], max_links=inputs["max_links"])
    return {"links": ends(inputs, found.links), "nodes": list(found.nodes)}


@adapts("reach")
def _reach(inputs: Inputs) -> object:
    search = {"up": upstream, "down": downstream}[inputs["direction"]]
    return {"nodes": list(search(graph(inputs["links"]), inputs["node"], max_links=inputs["max_links"]))}


@adapts("list_paths")
def _list_paths(inputs: Inputs) -> object:
    found = list_paths(graph(inputs["links"]), inputs["from"], inputs["to"], max_links=inputs["max_links"])
    return {"paths": [list(path) for path in found]}


@adapts("count_paths")
def _count_paths(inputs: Inputs) -> object:
    found = count_paths(graph(inputs["links"]), inputs["from"], inputs["to"])
    count = found.count if found.count <= EXACT_IN_JSON else str(found.count)
    return {"count": count} if found.exact else {"at_least": count}


@adapts("strongest_paths")
def _strongest_paths(inputs: Inputs) -> object:
    strengths = {str(position): float(link[2]) for position, link in enumerate(inputs["links"])}
    found = strongest_paths(graph(inputs["links"]), inputs["from"], inputs["to"], strengths, inputs["k"])
    return {"strengths": [path.strength for path in found]}


@adapts("polarity")
def _polarity(inputs: Inputs) -> object:
    found = polarity(graph(inputs["links"]), inputs["from"], inputs["to"], minus(inputs))
    return {"polarity": None if found is None else str(found)}


@adapts("bottlenecks")
def _bottlenecks(inputs: Inputs) -> object:
    case = graph(inputs["links"]), inputs["from"], inputs["to"]
    found = bottlenecks(*case)
    return {
        "reachable": bool(on_the_way(*case).nodes),
        "nodes": list(found.nodes),
        "links": ends(inputs, found.links),
        "smallest_link_cut": smallest_link_cut(*case).size,
        "smallest_node_cut": smallest_node_cut(*case).size,
    }


@adapts("min_cut")
def _min_cut(inputs: Inputs) -> object:
    claims = {str(position): link[2] for position, link in enumerate(inputs["links"])}
    return {"size": smallest_link_cut(graph(inputs["links"]), inputs["from"], inputs["to"], claims=claims).size}


@adapts("through_group")
def _through_group(inputs: Inputs) -> object:
    found = through_group(graph(inputs["links"], inputs["to"]), inputs["from"], inputs["to"], inputs["group"])
    return {"reachable": found.reachable, "every_path": found.every_path}


@adapts("loops")
def _loops(inputs: Inputs) -> object:
    found = simple_loops(graph(inputs["links"]), hindering=minus(inputs))
    return {"loops": [{"nodes": list(loop.nodes), "polarity": str(loop.polarity)} for loop in found.loops]}


@adapts("zoom")
def _zoom(inputs: Inputs) -> object:
    found = zoom([tuple(link) for link in inputs["links"]], inputs["level"])
    return {"links": [[link.from_, link.to, link.count] for link in found]}


@adapts("zoom_false_path")
def _zoom_false_path(inputs: Inputs) -> object:
    found = zoom_check([tuple(link) for link in inputs["links"]], inputs["from"], inputs["to"], inputs["level"])
    return {"path_before_zoom": found.before, "path_after_zoom": found.after, "false_path": found.false_path}


@adapts("opposites")
def _opposites(inputs: Inputs) -> object:
    found = opposites([tuple(link) for link in inputs["links"]])
    return {"pairs": [[pair.from_, pair.to, pair.same, pair.opposite] for pair in found]}
