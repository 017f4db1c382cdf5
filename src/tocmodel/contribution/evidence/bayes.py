"""Bayesian process tracing: what looking for evidence does to the probability of a claim, from judgements that are stated."""

import math
from collections.abc import Iterable, Sequence

from attrs import evolve, field, frozen

from tocmodel.contribution.evidence.chances import Chance, ChanceRange, log_product, share_of_logs
from tocmodel.errors import RefusedError
from tocmodel.model import EvidenceTest, Judgement, Search, TheoryOfChange
from tocmodel.model.record import choice
from tocmodel.tables import Column, Table


def search(value: object) -> Search:
    """What came of looking: a word of `Search`, or true, false, or None for not looked for."""
    if value is None or isinstance(value, bool):
        return {True: Search.FOUND, False: Search.NOT_FOUND, None: Search.NOT_LOOKED_FOR}[value]
    return choice(Search)(value)


@frozen
class Clue:
    """What a test looks for, with how likely it is to be found if the claim holds and if it does not.

    Attributes:
        p_if_true: the probability of finding it if the claim holds (sensitivity).
        p_if_false: the probability of finding it all the same if the claim does not hold (type I probability).
        found: found, looked for and not found, or not looked for; true, false and None will do.
        name: what it is called.
        by: who judged the two probabilities.
        on: when.
        before: whether they were judged before anybody looked; None where not said.
    """

    p_if_true: ChanceRange = field(converter=ChanceRange.read)
    p_if_false: ChanceRange = field(converter=ChanceRange.read)
    found: Search = field(default=Search.NOT_LOOKED_FOR, converter=search)
    name: str = ""
    by: str = ""
    on: str = ""
    before: bool | None = None

    @classmethod
    def of(cls, test: EvidenceTest) -> "Clue":
        """The test of a model; a probability that nobody judged is 0 to 1."""
        judgements = [item for item in (test.p_if_true, test.p_if_false) if item is not None]
        by = dict.fromkeys(item.by for item in judgements if item.by)
        on = dict.fromkeys(item.on for item in judgements if item.on)
        return cls(test.p_if_true, test.p_if_false, test.found, test.id, ", ".join(by), ", ".join(on), test.judged_before_looking)

    def seen(self, *, at_low: bool) -> tuple[float, float]:
        """How likely what was seen is if the claim holds and if it does not, at the corner that speaks least or most for the claim."""
        true, false = self.p_if_true, self.p_if_false
        if self.found is Search.NOT_LOOKED_FOR:
            return 1.0, 1.0
        if self.found is Search.FOUND:
            return (true.low, false.high) if at_low else (true.high, false.low)
        return (1 - true.high, 1 - false.low) if at_low else (1 - true.low, 1 - false.high)

    def record(self) -> dict[str, object]:
        """The clue as one flat record with its weight in decibels."""
        weight = weight_db(self)
        return {
            "name": self.name,
            "found": self.found.value,
            "p_if_true_low": self.p_if_true.low,
            "p_if_true_high": self.p_if_true.high,
            "p_if_false_low": self.p_if_false.low,
            "p_if_false_high": self.p_if_false.high,
            "db_low": weight.low,
            "db_high": weight.high,
            "by": self.by,
            "on": self.on,
            "before_looking": self.before,
        }


@frozen
class Weight:
    """The weight of evidence in decibels: 0 says nothing, 10 multiplies the odds by ten, infinity decides.

    Attributes:
        low: the lowest that the judged ranges allow.
        high: the highest.
    """

    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The weight where its ends agree; None otherwise."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        return _db(self.low) if self.value is not None else f"{_db(self.low)} to {_db(self.high)}"


def weight_db(clue: Clue) -> Weight:
    """The weight of what was seen, in decibels: 10 log10 of the likelihood ratio; independent weights add.

    Args:
        clue: the clue. If it was not looked for, its weight is 0.

    Returns:
        The weight; its two ends differ where a probability is a range; infinite where what was seen decides.

    Raises:
        RefusedError: if what was seen could not happen at all.

    Example:
        >>> round(weight_db(Clue(0.3, 0.05, found=True)).value, 2)
        7.78

    Source: I. J. Good, Weight of evidence (1985).
    """
    low, high = (_decibels(*clue.seen(at_low=end)) for end in (True, False))
    if low is None and high is None:
        raise RefusedError(_IMPOSSIBLE)
    return Weight(-math.inf if low is None else low, math.inf if high is None else high)


_IMPOSSIBLE = "what was seen could happen neither if the claim holds nor if it does not; one of the probabilities is wrong"


def _decibels(true: float, false: float) -> float | None:
    if true == 0 and false == 0:
        return None
    if true == 0 or false == 0:
        return -math.inf if true == 0 else math.inf
    return 10 * math.log10(true / false) if true / false > 0 else 10 * (math.log10(true) - math.log10(false))


def _db(weight: float) -> str:
    return f"{weight:+.1f} dB" if math.isfinite(weight) else f"{'+' if weight > 0 else '−'}∞"


_COLUMNS: tuple[Column[Clue], ...] = (
    Column("clue", lambda clue: clue.name),
    Column("if the claim holds", lambda clue: str(clue.p_if_true)),
    Column("if it does not", lambda clue: str(clue.p_if_false)),
    Column("found", lambda clue: clue.found.value.replace("_", " ")),
    Column("weight", lambda clue: str(weight_db(clue))),
    Column("judged by", lambda clue: ", ".join(filter(None, [clue.by, clue.on])) or "(not said)"),
    Column("before looking", lambda clue: {True: "yes", False: "no", None: "not said"}[clue.before]),
)


@frozen(repr=False)
class Posterior:
    """The probability of a claim after looking.

    Attributes:
        prior: before looking.
        posterior: after it.
        clues: what was looked for, or might have been.
        about: what the claim is about.
        notes: what a reader has to know of the judgements.
    """

    prior: ChanceRange
    posterior: ChanceRange
    clues: tuple[Clue, ...]
    about: str = ""
    notes: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """The posterior where it is a point; None otherwise."""
        return self.posterior.point

    def sentence(self) -> str:
        """The posterior in words, ranges first, with what it rests on."""
        looked = [clue for clue in self.clues if clue.found is not Search.NOT_LOOKED_FOR]
        found = sum(clue.found is Search.FOUND for clue in looked)
        left = len(self.clues) - len(looked)
        of = f" of {self.about}" if self.about else ""
        return (
            f"On these judgements the probability{of} was {self.prior} before looking and is {self.posterior} after it: "
            f"{found} of {len(looked)} pieces of evidence that were looked for {'was' if found == 1 else 'were'} found"
            + (f", {left} {'was' if left == 1 else 'were'} not looked for." if left else ".")
        )

    def records(self) -> list[dict[str, object]]:
        """Every clue as one flat record with its weight."""
        return [clue.record() for clue in self.clues]

    @property
    def table(self) -> Table[Clue]:
        """Every clue with its judgements, its weight, and who judged."""
        return Table(self.clues, _COLUMNS, self.sentence(), self.notes)

    def __str__(self) -> str:
        return str(self.table)

    def __repr__(self) -> str:
        return f"<Posterior {self.posterior} from {self.prior}>"

    def _repr_html_(self) -> str:
        return self.table.html()

    __html__ = _repr_html_


def posterior(prior: Chance, clues: Iterable[Clue], *, about: str = "") -> Posterior:
    """The probability of a claim after looking for evidence whose pieces are independent given the claim.

    Found: πσ / (πσ + α(1 − π)); looked for and not found: the same with 1 − σ and 1 − α; not looked for: no change. It rises
    with prior and sensitivity and falls with the type I probability, so that ranges need two corners only.

    Args:
        prior: the probability before looking; there is no default.
        clues: what was looked for. Pieces that depend on each other belong into `package_posterior`.
        about: what the claim is about, for the sentence.

    Raises:
        FieldError: if the prior is no probability.
        RefusedError: if what was seen is impossible whether or not the claim holds.

    Example:
        >>> found = posterior(0.5, [Clue(0.75, 0.25, found=True), Clue(0.3, 0.05, found=True)])
        >>> round(found.value, 3)
        0.947
        >>> print(posterior((0.3, 0.5), [Clue((0.6, 0.9), (0.1, 0.3), found=True)]).posterior)
        0.461 to 0.9

    Source: Befani and Stedman-Bryce (2017); Humphreys and Jacobs, Integrated Inferences.
    """
    own = tuple(clues)
    before = ChanceRange.read(prior)
    low, high = _at(before.low, own, at_low=True), _at(before.high, own, at_low=False)
    if low is None and high is None:
        raise RefusedError(_IMPOSSIBLE)
    after = ChanceRange(0.0 if low is None else low, 1.0 if high is None else high)
    return Posterior(before, after, own, about, (_prior_note(prior), *_notes(own)))


def _at(prior: float, clues: Sequence[Clue], *, at_low: bool) -> float | None:
    """The posterior at one corner; None where nothing that was seen could happen."""
    seen = [clue.seen(at_low=at_low) for clue in clues]
    true, false = log_product([prior, *(one for one, _ in seen)]), log_product([1 - prior, *(other for _, other in seen)])
    return share_of_logs(true, false)


def _prior_note(prior: Chance) -> str:
    if not isinstance(prior, Judgement):
        return "the prior is a supposition of whoever calculated"
    who = ", ".join(filter(None, [prior.by, prior.on])) or "nobody named"
    return f"the prior was judged by {who}" + (f": {prior.why}" if prior.why else "")


def _notes(clues: Sequence[Clue]) -> Iterable[str]:
    late = [clue.name or "a clue" for clue in clues if clue.before is False]
    if late:
        yield f"judged after looking, so that what was seen may have shaped the judgement: {', '.join(late)}"
    bare = [clue.name or "a clue" for clue in clues if clue.found is not Search.NOT_LOOKED_FOR and not clue.by]
    if bare:
        yield f"nobody is named as having judged: {', '.join(bare)}"


def posterior_of(model: TheoryOfChange, about: str, *, prior: Chance) -> Posterior:
    """The probability of what a link, node or rival claims, after the tests that the model states about it.

    The tests are taken as independent of each other. Tests that were judged in words only are left out and named; of any other, a
    probability that nobody judged may be anything from 0 to 1.

    Args:
        model: the model.
        about: the id of a link, node or rival explanation.
        prior: the probability before looking, with or without who judged it; there is no default.

    Raises:
        UnknownIdError: if there is no such element.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> link = draft.link(draft.activity("club", "A club meets"), draft.outcome("habit", "Children read for pleasure"))
        >>> judged = {"by": "a panel of teachers", "on": "2024-05-02", "why": "two earlier clubs"}
        >>> _ = draft.evidence_test("loans", "Members borrow more books than before", about=link, found="found",
        ...     p_if_true={"low": "0.7", "high": "0.9", **judged}, p_if_false={"low": "0.2", "high": "0.4", **judged})
        >>> print(posterior_of(draft.done(), link, prior=0.5).posterior)
        0.636 to 0.819
    """
    named = model[about].id
    tests = [test for test in model.evidence_tests if named in test.about]
    in_words = [test.id for test in tests if test.label and test.p_if_true is None and test.p_if_false is None]
    found = posterior(prior, [Clue.of(test) for test in tests if test.id not in in_words], about=f"“{named}”")
    left_out = (f"judged in words only, and left out: {', '.join(in_words)}",) if in_words else ()
    notice = (str(model.programme.notice),) if model.programme.notice else ()
    return evolve(found, notes=(*found.notes, *left_out, *notice))
