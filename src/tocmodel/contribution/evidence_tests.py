"""What tests of evidence mean in words: Van Evera's label, computed or judged, and what finding or not finding says."""

from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Number, to_decimal
from tocmodel.model import EvidenceTest, Search, TheoryOfChange, VanEveraTest
from tocmodel.tables import Column, Table


class SpeaksFor(StrEnum):
    """Whose test it is: finding it speaks for the claim, or for its rival."""

    CLAIM = "claim"
    RIVAL = "rival"


@frozen
class ClassifiedTest:
    """What kind of test two probabilities make.

    Attributes:
        test: the kind.
        speaks_for: whom finding it speaks for; None where it is as likely either way and says nothing.
    """

    test: VanEveraTest
    speaks_for: SpeaksFor | None


def classify_test(
    p_if_true: Number | float, p_if_false: Number | float, *, strong: Number | float = 2, weak: Number | float = "0.5"
) -> ClassifiedTest:
    """Van Evera's label of a test, from its two probabilities.

    With p the larger and q the smaller one: finding is strong if p / q ≥ `strong`, not finding if (1 − p) / (1 − q) ≤ `weak`.
    Both strong: doubly decisive; only finding: smoking gun; only not finding: hoop; neither: straw in the wind. At 2 and ½ these
    are the regions that Humphreys and Jacobs print. Compared exactly, without dividing.

    Args:
        p_if_true: the probability of finding the evidence if the claim holds.
        p_if_false: the probability of finding it if it does not.
        strong: from which ratio on finding it is strong.
        weak: up to which ratio not finding it is strong.

    Raises:
        FieldError: if one of the first two is no probability.

    Example:
        >>> classify_test(0.95, 0.6).test.value, classify_test(0.05, 0.9).speaks_for.value
        ('hoop', 'rival')

    Source: Van Evera (1997); Humphreys and Jacobs, Integrated Inferences.
    """
    true, false = Fraction(to_decimal(p_if_true)), Fraction(to_decimal(p_if_false))
    if not (0 <= true <= 1 and 0 <= false <= 1):
        message = f"not probabilities: {p_if_true!r} and {p_if_false!r}"
        raise FieldError(message, "write numbers from 0 to 1")
    if true == false:
        return ClassifiedTest(VanEveraTest.STRAW_IN_THE_WIND, None)
    larger, smaller = max(true, false), min(true, false)
    finding = larger >= Fraction(to_decimal(strong)) * smaller
    missing = 1 - larger <= Fraction(to_decimal(weak)) * (1 - smaller)
    kind = {
        (True, True): VanEveraTest.DOUBLY_DECISIVE,
        (True, False): VanEveraTest.SMOKING_GUN,
        (False, True): VanEveraTest.HOOP,
        (False, False): VanEveraTest.STRAW_IN_THE_WIND,
    }[finding, missing]
    return ClassifiedTest(kind, SpeaksFor.CLAIM if true > false else SpeaksFor.RIVAL)


class Verdict(StrEnum):
    """What came of a test for the claim, in words and without a number."""

    STRONGLY_FOR = "strongly for"
    SLIGHTLY_FOR = "slightly for"
    NOTHING = "says nothing"
    SLIGHTLY_AGAINST = "slightly against"
    STRONGLY_AGAINST = "strongly against"
    UNKNOWN = "cannot be judged"


_FOR: dict[VanEveraTest, tuple[Verdict, Verdict]] = {
    VanEveraTest.DOUBLY_DECISIVE: (Verdict.STRONGLY_FOR, Verdict.STRONGLY_AGAINST),
    VanEveraTest.SMOKING_GUN: (Verdict.STRONGLY_FOR, Verdict.SLIGHTLY_AGAINST),
    VanEveraTest.HOOP: (Verdict.SLIGHTLY_FOR, Verdict.STRONGLY_AGAINST),
    VanEveraTest.STRAW_IN_THE_WIND: (Verdict.SLIGHTLY_FOR, Verdict.SLIGHTLY_AGAINST),
}
"""For each kind what finding and not finding says, if the test speaks for the claim."""
_OPPOSITE = {
    Verdict.STRONGLY_FOR: Verdict.STRONGLY_AGAINST,
    Verdict.SLIGHTLY_FOR: Verdict.SLIGHTLY_AGAINST,
    Verdict.SLIGHTLY_AGAINST: Verdict.SLIGHTLY_FOR,
    Verdict.STRONGLY_AGAINST: Verdict.STRONGLY_FOR,
}
_WORDS: dict[tuple[VanEveraTest, Search], str] = {
    (VanEveraTest.DOUBLY_DECISIVE, Search.FOUND): "it would hardly be there otherwise, and had to be there",
    (VanEveraTest.DOUBLY_DECISIVE, Search.NOT_FOUND): "it had to be there",
    (VanEveraTest.SMOKING_GUN, Search.FOUND): "it would hardly be there otherwise",
    (VanEveraTest.SMOKING_GUN, Search.NOT_FOUND): "it is often absent all the same",
    (VanEveraTest.HOOP, Search.FOUND): "the hoop is passed, which keeps the reading in play and no more",
    (VanEveraTest.HOOP, Search.NOT_FOUND): "it had to be there",
    (VanEveraTest.STRAW_IN_THE_WIND, Search.FOUND): "it might be there otherwise too",
    (VanEveraTest.STRAW_IN_THE_WIND, Search.NOT_FOUND): "it is often absent all the same",
}


def verdict(label: VanEveraTest | str | None, found: Search | str, speaks_for: SpeaksFor | str = "claim") -> Verdict:
    """What came of a test for the claim, in words.

    Args:
        label: the kind of test; None where nobody said.
        found: what came of looking.
        speaks_for: whether finding it would speak for the claim or for its rival.

    Example:
        >>> verdict("hoop", "not_found").value, verdict("smoking_gun", "not_found").value
        ('strongly against', 'slightly against')
    """
    what = Search(found)
    if what is Search.NOT_LOOKED_FOR:
        return Verdict.NOTHING
    if label is None:
        return Verdict.UNKNOWN
    own = _FOR[VanEveraTest(label)][0 if what is Search.FOUND else 1]
    return own if SpeaksFor(speaks_for) is SpeaksFor.CLAIM else _OPPOSITE[own]


@frozen
class QualitativeTest:
    """What a test of the model says, without probabilities.

    Attributes:
        id: the id of the test.
        title: what one would expect to find.
        about: ids of what it tests.
        label: its kind; None where nobody said and no probabilities tell.
        computed: whether the kind follows from judged probabilities rather than from a judgement in words.
        found: what came of looking.
        verdict: what that says of the claim.
        by: who judged; empty where not said.
        before: whether it was judged before anybody looked; None where not said.
        evidence: the id of what was found.
    """

    id: str
    title: str
    about: tuple[str, ...]
    label: VanEveraTest | None
    computed: bool
    found: Search
    verdict: Verdict
    by: str
    before: bool | None
    evidence: str | None

    def sentence(self) -> str:
        """The test and its verdict in words."""
        expected = f"“{self.title}”"
        if self.found is Search.NOT_LOOKED_FOR:
            return f"{expected} was not looked for, which says nothing."
        seen = "was found" if self.found is Search.FOUND else "was looked for and not found"
        if self.label is None:
            return f"{expected} {seen}; nobody said what kind of test it is, so what that means cannot be judged."
        why = _WORDS[self.label, self.found]
        return f"{expected} {seen}. As {_article(self.label)} test it speaks {self.verdict.value} the claim: {why}."

    def record(self) -> dict[str, object]:
        """The test as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "about": " ".join(self.about),
            "label": self.label.value if self.label else None,
            "computed": self.computed,
            "found": self.found.value,
            "verdict": self.verdict.value,
            "by": self.by,
            "before_looking": self.before,
            "evidence": self.evidence,
        }


def _article(label: VanEveraTest) -> str:
    return f"a {label.value.replace('_', '-')}"


_COLUMNS: tuple[Column[QualitativeTest], ...] = (
    Column("test", lambda row: row.id),
    Column("about", lambda row: ", ".join(row.about)),
    Column("expected", lambda row: row.title),
    Column("kind", lambda row: row.label.value.replace("_", " ") if row.label else "not said"),
    Column("found", lambda row: row.found.value.replace("_", " ")),
    Column("verdict", lambda row: row.verdict.value),
    Column("judged by", lambda row: row.by or "(not said)"),
)


def qualitative_tests(model: TheoryOfChange, about: str | None = None) -> Table[QualitativeTest]:
    """The tests of a model with what each says, in words and without probabilities.

    The label is the one that was judged; where there is none, it is computed from the judged probabilities if both are points.

    Args:
        model: the model.
        about: the id of what is tested; all where left out.

    Raises:
        UnknownIdError: if there is no such element.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> link = draft.link(draft.activity("club", "A club meets"), draft.outcome("habit", "Children read for pleasure"))
        >>> _ = draft.evidence_test("loans", "Members borrow books", about=link, label="hoop", found="found", by="a panel of teachers")
        >>> print(qualitative_tests(draft.done()).one().sentence())
        “Members borrow books” was found. As a hoop test it speaks slightly for the claim: the hoop is passed, which keeps the reading in play and no more.
    """
    wanted = None if about is None else model[about].id
    rows = [_qualitative(test) for test in model.evidence_tests if wanted is None or wanted in test.about]
    notice = str(model.programme.notice)
    late = [row.id for row in rows if row.before is False]
    notes = (f"Judged after looking: {', '.join(late)}.",) if late else ()
    return Table(tuple(rows), _COLUMNS, "Tests of the evidence, in words", (*notes, *((notice,) if notice else ())))


def _qualitative(test: EvidenceTest) -> QualitativeTest:
    true, false = test.p_if_true, test.p_if_false
    label, computed, speaks = test.label, False, SpeaksFor.CLAIM
    points = [item.low for item in (true, false) if item is not None and item.low is not None and item.low == item.high]
    if label is None and len(points) == 2:
        found = classify_test(*points)
        label, computed, speaks = found.test, True, found.speaks_for or SpeaksFor.CLAIM
    by = test.by if test.label else ", ".join(dict.fromkeys(item.by for item in (true, false) if item and item.by))
    return QualitativeTest(
        test.id,
        str(test.title),
        test.about,
        label,
        computed,
        test.found,
        verdict(label, test.found, speaks),
        by,
        test.judged_before_looking,
        test.evidence,
    )


@frozen
class NecessityBounds:
    """How probable it is that an effect would not have come about without its cause, where both happened: between two bounds."""

    low: float
    high: float

    def sentence(self) -> str:
        """The bounds in words."""
        return f"Where both happened, the cause was necessary with a probability between {self.low:.3g} and {self.high:.3g}."


def necessity_bounds(p_effect_without: float, p_effect_with: float) -> NecessityBounds:
    """How probable it is that an effect would not have come about without its cause, where both happened.

    Between max(0, (p1 − p0) / p1) and min(1, (1 − p0) / p1), with p1 the probability of the effect under an experiment that
    brings the cause about, and p0 under one that keeps it away. Without an experiment these are not known.

    Args:
        p_effect_without: p0.
        p_effect_with: p1, above 0: otherwise there is no effect to ask about.

    Raises:
        FieldError: if one of them is no probability, or the second is 0.

    Example:
        >>> print(necessity_bounds(0.1, 0.9).sentence())
        Where both happened, the cause was necessary with a probability between 0.889 and 1.

    Source: Tian and Pearl (2000), Probabilities of causation.
    """
    if not (0 <= p_effect_without <= 1 and 0 < p_effect_with <= 1):
        message = f"not probabilities of an effect: {p_effect_without!r} and {p_effect_with!r}"
        raise FieldError(message, "write numbers from 0 to 1, the second above 0")
    low = (p_effect_with - p_effect_without) / p_effect_with
    return NecessityBounds(max(0.0, low), min(1.0, (1 - p_effect_without) / p_effect_with))
