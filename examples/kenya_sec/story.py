"""Tell what may be said of the Child Rights Clubs' contribution to each objective they serve: no claim yet, and why."""

from pathlib import Path

import tocmodel as toc
from tocmodel.model import Objective


def main() -> None:
    """Print the story for each objective that the clubs lead to."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    for objective in (node for node in kenya.nodes if isinstance(node, Objective)):
        if toc.trace(kenya, "child-rights-clubs", objective.id, max_paths=1).reached:
            print(toc.story(kenya, "child-rights-clubs", objective.id))
            print()


if __name__ == "__main__":
    main()
