"""Several named hypotheses, such as a theory and its rivals: what evidence does to the probability of each."""

import math
from collections.abc import Mapping, Sequence

from attrs import frozen

from tocmodel.contribution.evidence.bayes import search
from tocmodel.contribution.evidence.chances import ChanceRange, log_product, shown
from tocmodel.errors import FieldError, RefusedError
from tocmodel.model import Search

_SUM_TOLERANCE = 1e-9


@frozen
class Posteriors:
    """The probabilities of several hypotheses after looking.

    Attributes:
        priors: before looking.
        posteriors: after it; they sum to 1 like the priors.
    """

    priors: Mapping[str, float]
    posteriors: Mapping[str, float]

    @property
    def likeliest(self) -> str:
        """The hypothesis with the highest posterior; the first of several."""
        return max(self.posteriors, key=lambda name: self.posteriors[name])

    def sentence(self) -> str:
        """The posteriors in words."""
        moved = "; ".join(f"“{name}” from {shown(self.priors[name])} to {shown(after)}" for name, after in self.posteriors.items())
        return f"On these judgements the probabilities move: {moved}. Hypotheses that are not named have none."


def posteriors(priors: Mapping[str, float], likelihoods: Mapping[str, Sequence[float]], found: Sequence[object]) -> Posteriors:
    """The probabilities of several named hypotheses, such as the theory and its rivals, after looking for evidence.

    Each prior times the likelihood of what was seen under its hypothesis, brought to a sum of 1. Exactly one of the hypotheses
    is taken to hold; pieces of evidence are independent under each.

    Args:
        priors: the probability of each hypothesis before looking; they sum to 1.
        likelihoods: for each hypothesis how likely each piece is to be found if it holds.
        found: for each piece whether it was found, looked for and not found, or not looked for.

    Raises:
        FieldError: if the priors do not sum to 1, or the hypotheses or pieces do not match.
        RefusedError: if what was seen is impossible under every hypothesis.

    Example:
        >>> after = posteriors({"club": 0.5, "new library": 0.5}, {"club": [0.8, 0.6], "new library": [0.2, 0.6]}, [True, False])
        >>> after.posteriors["club"]
        0.8

    Source: Fugard, Bayesian process tracing with several hypotheses.
    """
    seen = [search(value) for value in found]
    if abs(math.fsum(priors.values()) - 1) > _SUM_TOLERANCE or priors.keys() != likelihoods.keys():
        message = f"not the probabilities of hypotheses of which one holds: {dict(priors)!r}"
        raise FieldError(message, "give each hypothesis a prior and likelihoods; the priors sum to 1")
    weights: dict[str, float] = {}
    for name, prior in priors.items():
        own = [ChanceRange.read(value).low for value in likelihoods[name]]
        if len(own) != len(seen):
            message = f"{name!r} has {len(own)} likelihoods for {len(seen)} pieces of evidence"
            raise FieldError(message, "give one for each piece")
        happened = [
            chance if what is Search.FOUND else 1 - chance
            for chance, what in zip(own, seen, strict=True)
            if what is not Search.NOT_LOOKED_FOR
        ]
        weights[name] = log_product([ChanceRange.read(prior).low, *happened])
    largest = max(weights.values())
    if largest == -math.inf:
        message = "what was seen is impossible under every hypothesis: one is missing, or a likelihood is wrong"
        raise RefusedError(message)
    relative = {name: math.exp(weight - largest) for name, weight in weights.items()}
    whole = math.fsum(relative.values())
    return Posteriors(dict(priors), {name: weight / whole for name, weight in relative.items()})


def p_if_rivals(weights: Mapping[str, float], likelihoods: Mapping[str, float]) -> float:
    """The type I probability that named rivals make together: how likely a piece of evidence is if one of them holds instead.

    Args:
        weights: how much each rival weighs against the others; they need not sum to 1.
        likelihoods: how likely the piece is to be found if the rival holds.

    Raises:
        FieldError: if no rival weighs anything, or one has no likelihood.

    Example:
        >>> round(p_if_rivals({"new library": 3, "school drive": 1}, {"new library": 0.2, "school drive": 0.6}), 3)
        0.3
    """
    whole = math.fsum(weights.values())
    if whole <= 0 or min(weights.values()) < 0 or not weights.keys() <= likelihoods.keys():
        message = f"not the weights of rivals: {dict(weights)!r}"
        raise FieldError(message, "give each rival a weight of at least 0 and a likelihood")
    return math.fsum(weight * ChanceRange.read(likelihoods[name]).low for name, weight in weights.items()) / whole
