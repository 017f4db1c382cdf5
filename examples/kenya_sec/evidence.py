"""Which links of the Kenya theory have evidence for them, against them, or none; and what a few tests say, in words only.

The tests are the author's, set after reading the two public sources; "looked for" means looked for in those two. No probability is
given anywhere: nobody who could judge one was asked.
"""

from collections import Counter
from pathlib import Path

import tocmodel as toc
from tocmodel.contribution import claims_of, evidence_matrix, harvest_coverage, harvest_table, qualitative_tests, robustness
from tocmodel.model import EvidenceTest

AUTHOR = {"by": "the author of this example", "judged_before_looking": False, "basis": "inferred"}
TESTS = (
    EvidenceTest(
        id="test-clubs-ran",
        title="The clubs took place, and children took part",
        about="child-rights-clubs->club-participation",
        label="hoop",
        why="Without sessions there is nothing to take part in.",
        found="found",
        evidence="evidence-club-participation",
        **AUTHOR,
    ),
    EvidenceTest(
        id="test-children-raise-concerns",
        title="A source reports that children raised concerns with duty bearers",
        about="rights-capable->children-engage-duty-bearers",
        label="straw_in_the_wind",
        why="A short page of results may leave it out even if it happened.",
        found="not_found",
        **AUTHOR,
    ),
    EvidenceTest(
        id="test-reports-follow-cases",
        title="Reports of incidents rose after cases were seen to be taken up, and not before",
        about="justice-seen-possible->sec-reported",
        label="hoop",
        why="What encourages reports has to come before them.",
        found="not_looked_for",
        note="No dates are published, so nobody can look. More reports do not mean more exploitation.",
        **AUTHOR,
    ),
    EvidenceTest(
        id="test-independent-voice",
        title="Somebody without a stake says that the community reports because it saw the law act",
        about="justice-seen-possible->sec-reported",
        label="smoking_gun",
        why="Somebody with nothing to gain would hardly say so otherwise.",
        found="not_looked_for",
        note="Both sources are the organisers' own.",
        **AUTHOR,
    ),
    EvidenceTest(
        id="test-elsewhere",
        title="Places without the project changed as much, under the National Plan of Action",
        about="national-plan-of-action",
        label="straw_in_the_wind",
        why="Other places differ in much else.",
        found="not_looked_for",
        **AUTHOR,
    ),
)


def main() -> None:
    """Print the evidence matrix, the tests in words, and how many voices speak."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml")).replaced(*TESTS)
    print(evidence_matrix(kenya), "\n")
    for test in qualitative_tests(kenya):
        print(f"{', '.join(test.about)}: {test.sentence()}")

    claims = claims_of(kenya)
    voices = Counter(claim.source for claim in claims)
    print(f"\nSupporting evidence about links: {claims.sentence()} ({', '.join(voices)}). Two reports of one event are one voice.")
    print(robustness(claims, "legal-advice", "sec-reported", counting="sources"))

    print(f"\n{harvest_coverage(kenya).sentence()}")
    print(harvest_table(kenya))


if __name__ == "__main__":
    main()
