"""What every pathway of the theory passes, and the least whose loss would leave none: from the clubs, and from all activities."""

from pathlib import Path

import tocmodel as toc
from tocmodel.model import Activity, Objective


def main() -> None:
    """Print bottlenecks and smallest cuts on the way to each objective."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    print(kenya.programme.notice, end="\n\n")
    every = [node.id for node in kenya.nodes if isinstance(node, Activity)]
    for objective in (node for node in kenya.nodes if isinstance(node, Objective)):
        print(objective.title)
        for name, starts in (("the Child Rights Clubs", ["child-rights-clubs"]), ("all activities", every)):
            show(kenya, name, toc.trace(kenya, starts, objective.id))
        print()


def show(kenya: toc.TheoryOfChange, name: str, trace: toc.Trace) -> None:
    """Print what a trace cannot do without."""
    if not trace.reached:
        print(f"  from {name}: the theory draws no pathway")
        return
    print(f"  from {name}: pathways as drawn: {trace.count}")
    for node in trace.bottlenecks.nodes:
        print(f"    every pathway passes: {kenya.node(node).title}")
    for link in trace.bottlenecks.links:
        print(f"    every pathway takes the link {link}")
    if not trace.bottlenecks.nodes:
        print("    no single node is on every pathway")
    if trace.node_cut.size is not None:
        print(f"    the fewest nodes without which none is left: {trace.node_cut.size} ({', '.join(trace.node_cut.nodes)})")
    print(f"    the fewest links without which none is left: {trace.link_cut.size}")


if __name__ == "__main__":
    main()
