"""A worked example of Bayesian process tracing. FICTIONAL: clubs, people, evidence and judgements are invented to show the steps.

The question: did the reading clubs help children to read for pleasure, or was it the new library? Every probability is somebody's
judgement, with who, when, why, and whether it was made before anybody looked. No probability is ever filled in.
"""

from tocmodel import TheoryOfChange
from tocmodel.contribution import (
    Clue,
    classify_test,
    evidence_flip,
    next_best_evidence,
    p_if_rivals,
    package_posterior,
    posterior_of,
    posteriors,
    qualitative_tests,
)
from tocmodel.model import Judgement

NOTICE = "A fictional example: every person, finding and judgement is invented."
PANEL = {"by": "the review panel (invented)", "on": "2024-03-01"}
LATE = {"by": "the evaluator (invented)", "on": "2024-09-15"}
LINK = "clubs-meet->read-for-pleasure"
PRIOR = Judgement(low="0.4", high="0.6", why="two of four earlier clubs were followed by more reading", **PANEL)


def judged(low: str, high: str, why: str, who: dict[str, str]) -> dict[str, str]:
    """A judged range with who judged it, when and why."""
    return {"low": low, "high": high, "why": why, **who}


def theory() -> TheoryOfChange:
    """The fictional theory, its rival, and the tests set for the one link in question."""
    draft = TheoryOfChange.build("reading-clubs", "Reading clubs (fictional)", notice=NOTICE)
    draft.link(draft.activity("clubs-meet", "Reading clubs meet"), draft.outcome("read-for-pleasure", "Children read for pleasure"))
    draft.rival("new-library", "The new library made children read", about="read-for-pleasure")
    draft.evidence("loans", about=LINK, statement="Members borrow more books after joining than before", kind="document", independent=True)
    draft.evidence(
        "book-exchange", about=LINK, statement="Members opened a book exchange of their own", kind="observation", independent=True
    )
    draft.evidence_test(
        "loans-rise",
        "Members borrow more books after joining than before",
        about=LINK,
        found="found",
        evidence="loans",
        p_if_true=judged("0.85", "0.95", "children who read for pleasure need books", PANEL),
        p_if_false=judged("0.4", "0.6", "the library would raise loans too", PANEL),
        judged_before_looking=True,
    )
    draft.evidence_test(
        "own-exchange",
        "Members start something of their own with books",
        about=LINK,
        found="found",
        evidence="book-exchange",
        p_if_true=judged("0.2", "0.4", "it takes more than pleasure", PANEL),
        p_if_false=judged("0.02", "0.08", "hardly anybody would without the club", PANEL),
        judged_before_looking=True,
    )
    draft.evidence_test(
        "stops-in-holidays",
        "Members go on reading in the holidays, when no club meets",
        about=LINK,
        found="not_found",
        p_if_true=judged("0.5", "0.7", "a habit goes on, but books are hard to come by", LATE),
        p_if_false=judged("0.2", "0.4", "some read anyway", LATE),
        judged_before_looking=False,
    )
    draft.evidence_test(
        "diaries",
        "Diaries of members mention the club when they speak of books",
        about=LINK,
        p_if_true=judged("0.6", "0.8", "children write of what they like", PANEL),
        p_if_false=judged("0.1", "0.2", "few would mention it otherwise", PANEL),
        judged_before_looking=True,
    )
    draft.evidence_test("club-met", "The club met most weeks", about=LINK, found="found", label="hoop", why="no club, no effect", **PANEL)
    return draft.done()


def main() -> None:
    """Walk through the steps, every judgement marked."""
    model = theory()
    print(f"{NOTICE}\n\n1. In words: what each test says; its kind is judged in words, or follows from judged probabilities")
    print(qualitative_tests(model))
    for test in qualitative_tests(model):
        print(f"  {test.sentence()}")

    print("\n2. With the judged ranges")
    found = posterior_of(model, LINK, prior=PRIOR)
    print(found)

    print("\n3. A rival by name: the type I probability is how likely the evidence is if the library did it")
    alpha = p_if_rivals({"new library": 3.0, "chance": 1.0}, {"new library": 0.5, "chance": 0.1})
    print(
        f"  Loans rise with probability {alpha:.2f} if one of the rivals holds: weights and likelihoods judged by {PANEL['by']}, {PANEL['on']}"
    )
    after = posteriors({"club": 0.5, "new library": 0.5}, {"club": [0.9, 0.3], "new library": [0.5, 0.05]}, [True, True])
    print(f"  {after.sentence()} Judged by {PANEL['by']}, {PANEL['on']}, before looking.")

    print("\n4. How wrong could a judgement be? Points inside the ranges above, by the same judges")
    exchange = Clue(0.3, 0.05, found=True, name="own-exchange", by=PANEL["by"], on=PANEL["on"], before=True)
    print(f"  {evidence_flip(0.5, exchange, 0.75).sentence()}")
    print(f"  Its kind, computed: {classify_test(0.3, 0.05).test.value.replace('_', ' ')}")

    print("\n5. Two pieces that hang together say less than two that do not (correlation judged by the same panel)")
    minutes, photos = Clue(0.8, 0.3), Clue(0.7, 0.3)
    for correlation in (0.0, 0.6):
        both = package_posterior(0.5, minutes, photos, correlation_if_true=correlation, correlation_if_false=correlation)
        print(f"  correlation {correlation}: both found, {both.posteriors[True, True]:.3f}")

    print("\n6. What to look for next (points inside the ranges, judged by the same panel)")
    print(next_best_evidence(0.6, {"diaries": Clue(0.7, 0.15), "own-exchange again": Clue(0.3, 0.05), "loans again": Clue(0.9, 0.5)}))


if __name__ == "__main__":
    main()
