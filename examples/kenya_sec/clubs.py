"""Trace the Child Rights Clubs to the objectives they serve, and say where the sources stop and our reading begins."""

from pathlib import Path

import tocmodel as toc
from tocmodel.model import Objective


def main() -> None:
    """Print a trace for each objective that the clubs lead to."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    for objective in (node for node in kenya.nodes if isinstance(node, Objective)):
        trace = toc.trace(kenya, "child-rights-clubs", objective.id)
        if not trace.reached:
            print(f"{objective.title}: the theory draws no pathway from the clubs\n")
            continue
        print(trace)
        for id in trace.indicators:
            print(f"  measured on the way: {kenya.indicator(id).title}")
        print()


if __name__ == "__main__":
    main()
