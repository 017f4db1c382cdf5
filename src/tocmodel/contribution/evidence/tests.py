"""What tests of evidence mean in words: Van Evera's label, computed or judged, and what finding or not finding says."""

from fractions import Fraction

from attrs import frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Number, to_decimal
from tocmodel.model import EvidenceTest, Search, TheoryOfChange, VanEveraTest
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class SpeaksFor(Word):
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


class Verdict(Word):
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
    (VanEveraTest.HOOP, Search.FOUND): "the hoop is passed, which keeps the claim in play and no more",
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
    """What a test of the model says, in words.

    Attributes:
        id: the id of the test.
        title: what one would expect to find.
        about: ids of what it tests.
        kinds: its kind; two where judged ranges of probabilities leave it open, the less telling first; none where nobody said.
        computed: whether the kind follows from judged probabilities rather than from a judgement in words.
        found: what came of looking.
        verdicts: what that says of the claim, for each kind.
        by: who judged; empty where not said.
        before: whether it was judged before anybody looked; None where not said.
        evidence: the id of what was found.
    """

    id: str
    title: str
    about: tuple[str, ...]
    kinds: tuple[VanEveraTest, ...]
    computed: bool
    found: Search
    verdicts: tuple[Verdict, ...]
    by: str
    before: bool | None
    evidence: str | None

    @property
    def verdict(self) -> str:
        """The verdict in words: one, or from one to another."""
        return " to ".join(dict.fromkeys(self.verdicts))

    @property
    def kind(self) -> str:
        """The kind in words."""
        return " to ".join(kind.value.replace("_", " ") for kind in self.kinds) or "not said"

    def sentence(self) -> str:
        """The test and its verdict in words."""
        expected = f"“{self.title}”"
        if self.found is Search.NOT_LOOKED_FOR:
            return f"{expected} was not looked for, which says nothing."
        seen = "was found" if self.found is Search.FOUND else "was looked for and not found"
        if not self.kinds:
            return f"{expected} {seen}; nobody said what kind of test it is, so what that means cannot be judged."
        kinds = " or ".join(f"a {kind.value.replace('_', '-')}" for kind in self.kinds)
        why = f": {_WORDS[self.kinds[0], self.found]}" if len(self.kinds) == 1 else ", since the judged ranges leave its kind open"
        return f"{expected} {seen}. As {kinds} test it speaks {self.verdict} the claim{why}."

    def record(self) -> dict[str, object]:
        """The test as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "about": " ".join(self.about),
            "kinds": " ".join(self.kinds),
            "computed": self.computed,
            "found": self.found.value,
            "verdict": self.verdict,
            "by": self.by,
            "before_looking": self.before,
            "evidence": self.evidence,
        }


_COLUMNS: tuple[Column[QualitativeTest], ...] = (
    Column("test", lambda row: row.id),
    Column("about", lambda row: ", ".join(row.about)),
    Column("expected", lambda row: row.title),
    Column("kind", lambda row: row.kind),
    Column("found", lambda row: row.found.value.replace("_", " ")),
    Column("verdict", lambda row: row.verdict),
    Column("judged by", lambda row: row.by or "(not said)"),
)


def qualitative_tests(model: TheoryOfChange, about: str | None = None) -> Table[QualitativeTest]:
    """The tests of a model with what each says, in words and without probabilities.

    The label is the one that was judged; where there is none, it is computed from the two judged probabilities, at the ends of their
    ranges that make the test tell least and most.

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
        “Members borrow books” was found. As a hoop test it speaks slightly for the claim: the hoop is passed, which keeps the claim in play and no more.
    """
    wanted = None if about is None else model[about].id
    rows = [_qualitative(test) for test in model.evidence_tests if wanted is None or wanted in test.about]
    notice = str(model.programme.notice)
    late = [row.id for row in rows if row.before is False]
    notes = (f"Judged after looking: {', '.join(late)}.",) if late else ()
    return Table(tuple(rows), _COLUMNS, "Tests of the evidence, in words", (*notes, *((notice,) if notice else ())))


def _qualitative(test: EvidenceTest) -> QualitativeTest:
    found = [ClassifiedTest(test.label, SpeaksFor.CLAIM)] if test.label else _computed(test)
    judges = [test.by] if test.label else [item.by for item in (test.p_if_true, test.p_if_false) if item]
    return QualitativeTest(
        test.id,
        str(test.title),
        test.about,
        tuple(dict.fromkeys(own.test for own in found)),
        test.label is None and bool(found),
        test.found,
        tuple(verdict(own.test, test.found, own.speaks_for or SpeaksFor.CLAIM) for own in found) or (verdict(None, test.found),),
        ", ".join(dict.fromkeys(filter(None, judges))),
        test.judged_before_looking,
        test.evidence,
    )


def _computed(test: EvidenceTest) -> list[ClassifiedTest]:
    """The kinds at the two corners of the judged ranges; none where one of the probabilities has no range."""
    true, false = test.p_if_true, test.p_if_false
    if true is None or false is None or true.low is None or true.high is None or false.low is None or false.high is None:
        return []
    return list(dict.fromkeys([classify_test(true.low, false.high), classify_test(true.high, false.low)]))


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
