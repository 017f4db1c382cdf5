"""Ways through a graph: counting, listing, and what they all pass. Loops are allowed everywhere."""

from tocmodel.paths.bottlenecks import Bottlenecks, bottlenecks
from tocmodel.paths.loops import components_with_loops
from tocmodel.paths.simple import PathCount, between, count_paths, list_paths

__all__ = ["Bottlenecks", "PathCount", "between", "bottlenecks", "components_with_loops", "count_paths", "list_paths"]
