"""A fictional programme with judged strengths: how plausible is its objective, what matters, and what would change our mind?"""

from pathlib import Path

import tocmodel as toc
from tocmodel.contribution.judged.flips import flip_points
from tocmodel.contribution.judged.hotspots import hotspots
from tocmodel.contribution.judged.mind import changes_of_mind
from tocmodel.contribution.judged.packages import packages, roles
from tocmodel.contribution.judged.plausibility import if_fails
from tocmodel.contribution.judged.resilience import after_exit
from tocmodel.formats.overlay import read_overlay

GOAL = "readers"


def main() -> None:
    """Print one answer after the other."""
    folder = Path(__file__).parent
    programme = toc.read(folder / "reading_clubs.yaml")
    second_panel = read_overlay(folder / "second_panel.yaml")
    titles = {record.id: str(record.title) for record in (*programme.nodes, *programme.assumptions)}
    print(programme.programme.notice)

    print("\n1. As the first panel judged\n")
    print(toc.plausibility(programme, GOAL).sentence())

    print("\n2. With the second panel's judgements beside it\n")
    print(toc.plausibility(programme, GOAL, overlay=second_panel))

    print("\n3. If nobody knows how the judgements depend on each other\n")
    print(toc.plausibility(programme, GOAL, overlay=second_panel, dependence="unknown").sentence())

    print("\n4. Where to collect evidence next\n")
    print(hotspots(programme, GOAL, overlay=second_panel))

    print("\n5. Where single steps would have to stand for a plausibility of 0.05\n")
    print(flip_points(programme, GOAL, 0.05, overlay=second_panel))

    print("\n6. What would change our mind on 0.05, and on 0.45\n")
    print(changes_of_mind(programme, GOAL, 0.05, overlay=second_panel))
    print()
    print(changes_of_mind(programme, GOAL, 0.45, overlay=second_panel))

    print("\n7. What suffices, and what part each has\n")
    print(packages(programme, GOAL).sentence(titles))
    for id, role in roles(programme, GOAL).items():
        print(f"  {titles[id]}: {role}")

    print("\n8. If there are not enough books in the first language\n")
    print(if_fails(programme, "own-language", GOAL, overlay=second_panel).sentence())

    print("\n9. After the programme\n")
    after = after_exit(programme, GOAL, overlay=second_panel)
    print(after.sentence())
    print(after)


if __name__ == "__main__":
    main()
