"""From coded interviews to the robustness of an argument: a FICTIONAL table of claims on reading clubs, all names and quotes invented.

Where the acceptance cases lie beside the project, the same questions are put to the claims table of the QuIP example that those cases use
(public: stevepowell99/CausalMapFunctions, cause, effect and source only); it is not part of this project.
"""

import json
from pathlib import Path

from tocmodel.contribution import Claim, Claims, bundles, robustness, robustness_overlap, robustness_table, traced_share
from tocmodel.formats.claims import read_claims
from tocmodel.paths.maps import opposites

HERE = Path(__file__).resolve().parent
QUIP = HERE.parents[2] / "shared" / "cases" / "data" / "quip_claims.json"
NOTICE = "A fictional example: the clubs, the people and their words are invented."


def main() -> None:
    """Print what the interviews carry, in the order in which an analyst would ask."""
    claims = read_claims(HERE / "reading_clubs.csv")
    club, library, marks = "Clubs; weekly reading", "New library; opened", "Marks; reading"
    print(f"{NOTICE}\n")
    print(bundles(claims, by="mention"), "\n")
    print(robustness_table(claims, [club, "Clubs; storytelling", library], [marks, "Confidence; reads aloud"]), "\n")
    print(robustness(claims, club, marks))
    print("The claims to look at first:", "; ".join(f"{claim.source} “{claim.quote}”" for claim in robustness(claims, club, marks).cut))
    print(robustness(claims, "Clubs; storytelling", marks))
    print(robustness_overlap(claims, [club, library], marks).sentence())
    print(traced_share(claims, club, marks).sentence(), "\n")
    print("Told whole by women, zoomed out:")
    print(claims.where(gender="f").trace(club, marks).threads().zoom(1), "\n")
    for pair in opposites(claims.pairs):
        if pair.opposite or (pair.same > 1 and pair.to == marks):
            print(f"{pair.from_} → {pair.to}: {pair.same} claims for the relation, {pair.opposite} with one end turned round")
    if QUIP.exists():
        print("\nThe QuIP example of the acceptance cases:")
        quip()


def quip() -> None:
    """The same questions on a real, anonymised map of 853 claims by 19 sources."""
    claims = Claims(Claim(*row) for row in json.loads(QUIP.read_text(encoding="utf-8"))["claims"])
    print(claims.sentence())
    origins = ["Increased knowledge; Farming method/practice", "Increased knowledge; Nutrition", "Member of savings group"]
    print(robustness_table(claims, origins, ["Improved health", "Income"]))


if __name__ == "__main__":
    main()
