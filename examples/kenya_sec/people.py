"""Ask how many different children were reached: bounds, because the survivors in clubs may be the children rescued."""

from pathlib import Path

import tocmodel as toc


def main() -> None:
    """Print the bounds and what they rest on."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    reached = toc.people_reached(kenya, ["rescued", "at-risk", "club-children", "club-survivors"])
    print(reached)
    for note in reached.assumed:
        print(f"  {note}")
    both = toc.people_reached(kenya, ["rescued", "club-survivors"])
    print(f"Rescued children and survivors in clubs alone: {both.bounds} different children")
    print(f"  the model states: {kenya[both.overlaps[0]].note}")
    print(f"\n{kenya.programme.notice}")


if __name__ == "__main__":
    main()
