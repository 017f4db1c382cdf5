"""What to look for next, and how wrong a judgement would have to be to change the verdict."""

import math
from collections.abc import Mapping

from attrs import evolve, frozen

from tocmodel.contribution.evidence.bayes import Clue, posterior
from tocmodel.contribution.evidence.chances import Chance, ChanceRange, shown
from tocmodel.errors import FieldError
from tocmodel.model import Search
from tocmodel.tables import Column, Table


@frozen
class EvidenceFlip:
    """How wrong the judgement of a clue that was found may be before a claim loses a threshold.

    Attributes:
        posterior: the probability of the claim with the clue.
        threshold: the probability that the verdict asks for.
        max_p_if_false: the type I probability at which the posterior falls to the threshold; above 1 where none is that high.
        min_prior: the prior at which it does.
        bias_factor: how many times the judged type I probability that is; None where it was judged to be 0.
    """

    posterior: float
    threshold: float
    max_p_if_false: float
    min_prior: float
    bias_factor: float | None

    @property
    def reached(self) -> bool:
        """Whether the claim reaches the threshold as judged."""
        return self.posterior >= self.threshold

    def sentence(self) -> str:
        """The flip points in words."""
        if not self.reached:
            return f"The claim does not reach {shown(self.threshold)} on these judgements: it is {shown(self.posterior)}."
        if self.max_p_if_false > 1:
            falls = "no type I probability would undo that"
        else:
            times = "" if self.bias_factor is None else f", {self.bias_factor:.3g} times what was judged"
            falls = f"it holds as long as the type I probability is at most {shown(self.max_p_if_false)}{times}"
        return f"The claim reaches {shown(self.threshold)}; {falls}, and the prior at least {shown(self.min_prior)}."


def evidence_flip(prior: float, clue: Clue, threshold: float) -> EvidenceFlip:
    """How wrong the judgement of a clue that was found may be before a claim loses a threshold.

    With prior π, sensitivity σ, type I probability α and threshold τ: α may rise to πσ(1 − τ) / (τ(1 − π)), and the prior fall
    to τα / (σ(1 − τ) + τα). Where other evidence was seen, the prior is the posterior after it.

    Args:
        prior: the probability before this clue, above 0 and below 1.
        clue: the clue, taken as found; its probabilities are points, and its sensitivity is above 0.
        threshold: above 0 and below 1.

    Raises:
        FieldError: if one of them is not so.

    Example:
        >>> flip = evidence_flip(0.5, Clue(0.8, 0.1, found=True), 0.75)
        >>> round(flip.max_p_if_false, 4), round(flip.bias_factor, 2)
        (0.2667, 2.67)
        >>> print(flip.sentence())
        The claim reaches 0.75; it holds as long as the type I probability is at most 0.267, 2.67 times what was judged, and the prior at least 0.273.
    """
    true, false = clue.p_if_true.point, clue.p_if_false.point
    if true is None or false is None or true == 0 or not 0 < prior < 1 or not 0 < threshold < 1:
        message = "a flip point needs points: a prior and a threshold above 0 and below 1, and a sensitivity above 0"
        raise FieldError(message, "compute it at both ends of a range")
    after = posterior(prior, [evolve(clue, found=Search.FOUND)]).value
    assert after is not None
    most = prior * true * (1 - threshold) / (threshold * (1 - prior))
    least = threshold * false / (true * (1 - threshold) + threshold * false)
    return EvidenceFlip(after, threshold, most, least, most / false if false else None)


@frozen
class Candidate:
    """A piece of evidence that one might look for.

    Attributes:
        name: what it is called.
        p_found: how likely it is to be found at all.
        if_found: the probability of the claim if it is; None if it cannot be.
        if_not_found: the probability of the claim if it is not; None if it cannot be missed.
        gain_bits: how many bits of uncertainty looking is expected to take away.
        expected_variance: the variance of the claim that is expected to be left.
        cost: what looking costs, in a unit of your own; None where not said.
    """

    name: str
    p_found: float
    if_found: float | None
    if_not_found: float | None
    gain_bits: float
    expected_variance: float
    cost: float | None = None

    @property
    def worth(self) -> float:
        """What ranks it: bits, or bits for each unit of cost."""
        return self.gain_bits if self.cost is None else self.gain_bits / self.cost

    def record(self) -> dict[str, object]:
        """The candidate as one flat record."""
        return {
            "name": self.name,
            "p_found": self.p_found,
            "if_found": self.if_found,
            "if_not_found": self.if_not_found,
            "gain_bits": self.gain_bits,
            "expected_variance": self.expected_variance,
            "cost": self.cost,
        }


_COLUMNS: tuple[Column[Candidate], ...] = (
    Column("evidence", lambda row: row.name),
    Column("likely found", lambda row: shown(row.p_found), number=True),
    Column("claim if found", lambda row: "—" if row.if_found is None else shown(row.if_found), number=True),
    Column("claim if not", lambda row: "—" if row.if_not_found is None else shown(row.if_not_found), number=True),
    Column("gain in bits", lambda row: f"{row.gain_bits:.3f}", number=True),
)


@frozen(repr=False)
class NextBestEvidence(Table[Candidate]):
    """Pieces of evidence that one might look for, the most telling first."""

    @property
    def best(self) -> str:
        """The name of the piece from which most is to be learned."""
        return self.rows[0].name


def next_best_evidence(prior: Chance, candidates: Mapping[str, Clue], *, costs: Mapping[str, float] | None = None) -> NextBestEvidence:
    """Which of several pieces of evidence to look for next: the one that is expected to take away most uncertainty.

    The expected fall of Shannon's entropy in bits, over finding and not finding it. A straw in the wind that is often found
    can teach more than a smoking gun that is rarely found.

    Args:
        prior: the probability of the claim now, a point.
        candidates: the pieces by name; their probabilities are points.
        costs: what looking for each costs; where given, the ranking is by bits for each unit of cost.

    Raises:
        FieldError: if there is no candidate, a probability is a range, or a cost is missing or not above 0.

    Example:
        >>> table = next_best_evidence(0.5, {"a smoking gun": Clue(0.3, 0.05), "a straw in the wind": Clue(0.75, 0.25)})
        >>> table.best, [round(row.gain_bits, 3) for row in table]
        ('a straw in the wind', [0.189, 0.085])

    Source: Humphreys and Jacobs, Integrated Inferences, on clue selection.
    """
    now = ChanceRange.read(prior).point
    if now is None or not candidates:
        message = "the next best evidence needs a prior that is a point, and at least one candidate"
        raise FieldError(message, "compute it at both ends of a range")
    rows = [_candidate(now, name, clue, costs) for name, clue in candidates.items()]
    rows.sort(key=lambda row: -row.worth)
    return NextBestEvidence(tuple(rows), _COLUMNS, "What looking is expected to teach")


def _candidate(prior: float, name: str, clue: Clue, costs: Mapping[str, float] | None) -> Candidate:
    true, false = clue.p_if_true.point, clue.p_if_false.point
    cost = None if costs is None else costs.get(name, 0.0)
    if true is None or false is None or (cost is not None and cost <= 0):
        message = f"{name!r} needs probabilities that are points, and a cost above 0 where costs are given"
        raise FieldError(message, "compute it at both ends of a range")
    p_found = prior * true + (1 - prior) * false
    found = posterior(prior, [evolve(clue, found=Search.FOUND)]).value if p_found > 0 else None
    missed = posterior(prior, [evolve(clue, found=Search.NOT_FOUND)]).value if p_found < 1 else None
    outcomes = [(weight, after) for weight, after in ((p_found, found), (1 - p_found, missed)) if after is not None]
    return Candidate(
        name,
        p_found,
        found,
        missed,
        _entropy(prior) - math.fsum(weight * _entropy(after) for weight, after in outcomes),
        math.fsum(weight * after * (1 - after) for weight, after in outcomes),
        cost,
    )


def _entropy(chance: float) -> float:
    """Shannon's entropy of a yes or no, in bits."""
    return -math.fsum(own * math.log2(own) for own in (chance, 1 - chance) if own > 0)
