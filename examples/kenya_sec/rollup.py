"""Roll the indicators up to the objectives: how much is reported, how much is met of what is known, and what the totals hide."""

from pathlib import Path

import tocmodel as toc
from tocmodel.measurement import roll_up, standing
from tocmodel.measurement.gaps import equity_gaps
from tocmodel.model import Objective


def main() -> None:
    """Print coverage and met of known for each objective, gaps between groups, and bounds on people."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    table = toc.achievement(kenya)
    print(standing(kenya, table))
    print("\nMet of known, with what the results that nobody published would change:")
    for objective in (node for node in kenya.nodes if isinstance(node, Objective)):
        print(f"  {roll_up(kenya, table, objective.id, method='met_of_known')}")
    print("\nThese are counts of indicators: they say nothing about how much each matters, and no mean is drawn from them.")
    print()
    print(equity_gaps(table, model=kenya))
    reached = toc.people_reached(kenya, ["rescued", "at-risk", "club-children"])
    print(f"\nDifferent children brought to safety, supported at risk or in clubs: {reached.bounds}")
    for note in reached.assumed:
        print(f"  {note}")


if __name__ == "__main__":
    main()
