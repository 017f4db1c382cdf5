"""Two pieces of evidence that depend on each other, updated together: what each outcome of looking does to a claim."""

import math
from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from tocmodel.contribution.evidence.bayes import Clue, search
from tocmodel.contribution.evidence.chances import Chance, ChanceRange
from tocmodel.errors import FieldError, RefusedError
from tocmodel.model import Search

Pattern: TypeAlias = tuple[bool, bool]
"""Whether the first and the second piece were found."""
PATTERNS: tuple[Pattern, ...] = ((False, False), (False, True), (True, False), (True, True))


@frozen
class PackagePosterior:
    """What each outcome of looking for two pieces of evidence that depend on each other does to a claim.

    Attributes:
        prior: the probability of the claim before looking.
        if_true: how likely each pattern is if the claim holds.
        if_false: how likely it is if it does not.
        posteriors: the probability of the claim after each pattern; None for a pattern that cannot happen.
    """

    prior: float
    if_true: Mapping[Pattern, float]
    if_false: Mapping[Pattern, float]
    posteriors: Mapping[Pattern, float | None]

    def clue(self, first: object, second: object, *, name: str = "") -> Clue:
        """What was seen of both, as one clue for `posterior`, where other evidence is independent of the two.

        Args:
            first: found, looked for and not found, or not looked for; true, false and None will do.
            second: likewise.
            name: what to call the package.
        """
        wanted = search(first), search(second)
        seen = [pattern for pattern in PATTERNS if all(_fits(one, what) for one, what in zip(pattern, wanted, strict=True))]
        true, false = (min(1.0, math.fsum(table[pattern] for pattern in seen)) for table in (self.if_true, self.if_false))
        return Clue(true, false, found=True, name=name)

    def sentence(self) -> str:
        """The posteriors in words."""
        words = {True: "found", False: "not found"}
        after = [
            f"first {words[first]} and second {words[second]}: {'cannot happen' if own is None else ChanceRange(own, own)}"
            for (first, second), own in self.posteriors.items()
        ]
        return f"On these judgements the probability moves from {ChanceRange(self.prior, self.prior)}; {'; '.join(after)}."


def _fits(found: bool, what: Search) -> bool:  # noqa: FBT001 — one of a pattern of two
    return what is Search.NOT_LOOKED_FOR or found == (what is Search.FOUND)


def package_posterior(
    prior: float, first: Clue, second: Clue, *, correlation_if_true: float = 0.0, correlation_if_false: float = 0.0
) -> PackagePosterior:
    """What looking for two pieces of evidence that depend on each other does to a claim, for every outcome.

    The joint probability of finding both is p1 p2 + r √(p1 (1 − p1) p2 (1 − p2)), once if the claim holds and once if not.
    Pieces that hang together say less than two independent ones: taking them one after the other would count one thing twice.

    Args:
        prior: the probability before looking.
        first: the first piece; what was found of it does not matter here.
        second: the second piece.
        correlation_if_true: the correlation of finding the one and the other if the claim holds, −1 to 1.
        correlation_if_false: likewise if it does not.

    Raises:
        FieldError: if a probability is a range; use its ends one after the other.
        RefusedError: if no joint probabilities have this correlation.

    Example:
        >>> minutes, photos = Clue(0.8, 0.2), Clue(0.3, 0.1)
        >>> together = package_posterior(0.5, minutes, photos, correlation_if_true=0.3, correlation_if_false=0.3)
        >>> apart = package_posterior(0.5, minutes, photos)
        >>> together.posteriors[True, True] < apart.posteriors[True, True]
        True

    Source: Befani, Quality of quality (2020); the feasible correlations are those of two Bernoulli variables.
    """
    before = _point(prior)
    if_true = _joint(_point(first.p_if_true), _point(second.p_if_true), correlation_if_true, "if the claim holds")
    if_false = _joint(_point(first.p_if_false), _point(second.p_if_false), correlation_if_false, "if the claim does not hold")
    after: dict[Pattern, float | None] = {}
    for pattern in PATTERNS:
        true, false = before * if_true[pattern], (1 - before) * if_false[pattern]
        after[pattern] = true / (true + false) if true + false > 0 else None
    return PackagePosterior(before, if_true, if_false, after)


def _point(value: Chance | ChanceRange) -> float:
    point = ChanceRange.read(value).point
    if point is None:
        message = "a package of evidence takes points, not ranges"
        raise FieldError(message, "compute it at both ends of the range")
    return point


_ROUNDING = 1e-12


def _joint(one: float, other: float, correlation: float, when: str) -> dict[Pattern, float]:
    both = one * other + correlation * math.sqrt(one * (1 - one) * other * (1 - other))
    table = {(True, True): both, (True, False): one - both, (False, True): other - both, (False, False): 1 - one - other + both}
    if min(table.values()) < -_ROUNDING:
        message = f"no two pieces with probabilities {one:g} and {other:g} have a correlation of {correlation:g} {when}"
        raise RefusedError(message)
    return {pattern: max(0.0, table[pattern]) for pattern in PATTERNS}
