"""Ways through a graph: counting, listing, what they all pass, and what breaks them. Loops are allowed everywhere."""

from tocmodel.paths.arrays import LinkArrays, arrays
from tocmodel.paths.bottlenecks import Bottlenecks, bottlenecks
from tocmodel.paths.counting import PathCount, count_pairs, count_paths
from tocmodel.paths.cuts import Cut, smallest_link_cut, smallest_node_cut
from tocmodel.paths.groups import GroupPassing, through_group
from tocmodel.paths.loops import Loop, LoopPolarity, Loops, components_with_loops, simple_loops
from tocmodel.paths.polarity import Polarity, polarity
from tocmodel.paths.reach import OnTheWay, downstream, layers, on_the_way, upstream
from tocmodel.paths.simple import list_paths
from tocmodel.paths.strongest import StrongPath, strongest_paths

__all__ = [
    "Bottlenecks",
    "Cut",
    "GroupPassing",
    "LinkArrays",
    "Loop",
    "LoopPolarity",
    "Loops",
    "OnTheWay",
    "PathCount",
    "Polarity",
    "StrongPath",
    "arrays",
    "bottlenecks",
    "components_with_loops",
    "count_pairs",
    "count_paths",
    "downstream",
    "layers",
    "list_paths",
    "on_the_way",
    "polarity",
    "simple_loops",
    "smallest_link_cut",
    "smallest_node_cut",
    "strongest_paths",
    "through_group",
    "upstream",
]
