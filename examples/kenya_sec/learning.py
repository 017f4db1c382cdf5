"""Look at what was learned: the event and its five World Café groups, the questions, who was named, and what is to be watched."""

from pathlib import Path

import tocmodel as toc
from tocmodel.learning import (
    assumptions_to_monitor,
    evaluation_matrix,
    learning_items,
    participants_named,
    reporting_calendar,
)


def main() -> None:
    """Print the views of learning and upkeep; what a source does not say is not published, and nothing is filled in."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    for view in (learning_items, evaluation_matrix, participants_named, reporting_calendar, assumptions_to_monitor):
        print(view(kenya))
        print()


if __name__ == "__main__":
    main()
