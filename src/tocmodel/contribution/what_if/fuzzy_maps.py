"""What if, on a fuzzy cognitive map: which way factors settle if some are held. A direction, never a size."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.contribution.what_if.total_effects import EffectRow, arrow, effect_column, names_of
from tocmodel.errors import BudgetError, FieldError
from tocmodel.model.record import choice
from tocmodel.tables import Column, Table
from tocmodel.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Inference(Word):
    """How a factor's next state follows from the others, with z passed through the logistic function."""

    KOSKO = "kosko"
    """z = Wᵀx."""
    MODIFIED_KOSKO = "modified_kosko"
    """z = x + Wᵀx: a factor keeps what it has."""
    RESCALED = "rescaled"
    """z = (2x − 1) + Wᵀ(2x − 1): ½ is neutral."""


@frozen
class FuzzyEquilibrium:
    """Where a fuzzy map settles.

    Attributes:
        factors: their names.
        states: the state of each, 0 to 1; without a unit: compare, do not report.
        rounds: how many rounds it took.
    """

    factors: tuple[str, ...]
    states: tuple[float, ...]
    rounds: int


_STILL = 1e-12
"""How little a round may change for the map to have settled."""
_ROUNDS = 10_000


def fuzzy_map(
    weights: Sequence[Sequence[float]],
    initial: Sequence[float],
    *,
    factors: Sequence[str] | None = None,
    inference: str = "kosko",
    steepness: float = 1.0,
    held: Collection[str] = (),
) -> FuzzyEquilibrium:
    """Where a fuzzy cognitive map settles: x' = 1 / (1 + e^(−λz)), repeated until nothing changes.

    Args:
        weights: a square matrix from −1 to 1: how the factor of the row acts on that of the column; the diagonal counts.
        initial: the state of each factor at the start, 0 to 1.
        factors: their names; numbers where left out.
        inference: ``kosko``, ``modified_kosko`` or ``rescaled``.
        steepness: λ, above 0.
        held: names of factors that keep their initial state in every round.

    Raises:
        FieldError: if sizes, states, names or words do not fit.
        BudgetError: if the map does not settle, because it swings.

    Example:
        >>> fuzzy_map([[0, 0.8], [0, 0]], [1, 0], factors=["clubs", "reading"], held=["clubs"]).factors
        ('clubs', 'reading')

    Source: Kosko (1986); the variants of Stylios and Groumpos and of Papageorgiou, as FCMpy has them.
    """
    import numpy as np

    how = choice(Inference)(inference)
    names = names_of(factors, len(weights))
    if any(len(row) != len(names) for row in weights) or len(initial) != len(names) or steepness <= 0:
        message = "a fuzzy map needs a square matrix, a state for each factor, and a steepness above 0"
        raise FieldError(message)
    if not all(0 <= state <= 1 for state in initial) or not set(held) <= set(names):
        message = "states go from 0 to 1, and only factors of the map can be held"
        raise FieldError(message, f"factors: {', '.join(names)}")
    matrix = np.array(weights, dtype=np.float64).T
    start = np.array(initial, dtype=np.float64)
    fixed = np.array([name in held for name in names], bool)
    states = start
    for count in range(1, _ROUNDS + 1):
        following = np.where(fixed, start, 1 / (1 + np.exp(-steepness * _inner(matrix, states, how))))
        if float(np.max(np.abs(following - states), initial=0.0)) <= _STILL:
            return FuzzyEquilibrium(names, tuple(following.tolist()), count)
        states = following
    doing = "the fuzzy map swings instead of settling: it"
    raise BudgetError(doing, _ROUNDS)


def _inner(matrix: "NDArray[np.float64]", states: "NDArray[np.float64]", how: Inference) -> "NDArray[np.float64]":
    if how is Inference.RESCALED:
        states = 2 * states - 1
    return matrix @ states if how is Inference.KOSKO else states + matrix @ states


def what_if(
    weights: Sequence[Sequence[float]],
    factors: Sequence[str],
    raised: Mapping[str, float],
    *,
    inference: str = "modified_kosko",
    steepness: float = 1.0,
) -> Table[EffectRow]:
    """Which way factors move if some are held at a state, against the map left to itself from ½ everywhere: arrows only.

    Args:
        weights: as for `fuzzy_map`.
        factors: the names of the factors.
        raised: the state that some factors are held at, such as 1.
        inference: as for `fuzzy_map`.
        steepness: as for `fuzzy_map`.

    Raises:
        FieldError: as for `fuzzy_map`.
        BudgetError: if the map does not settle.

    Example:
        >>> print(what_if([[0, 0.8, 0], [0, 0, -0.6], [0, 0, 0]], ["clubs", "reading", "idle afternoons"], {"clubs": 1}))
        Directions only: the weights are judged and have no unit
        if this is held  reading  idle afternoons
        ---------------  -------  ---------------
        clubs            ↑        ↓
    """
    middle = [0.5] * len(factors)
    left = fuzzy_map(weights, middle, factors=factors, inference=inference, steepness=steepness)
    start = [raised.get(name, 0.5) for name in factors]
    moved = fuzzy_map(weights, start, factors=factors, inference=inference, steepness=steepness, held=list(raised))
    own = {
        name: arrow(after - before, negligible=_WORTH_NAMING)
        for name, before, after in zip(factors, left.states, moved.states, strict=True)
        if name not in raised
    }
    columns: list[Column[EffectRow]] = [Column("if this is held", lambda row: row.factor), *(effect_column(name) for name in own)]
    return Table((EffectRow(", ".join(raised), own),), tuple(columns), "Directions only: the weights are judged and have no unit")


_WORTH_NAMING = 1e-6
"""Below this two equilibria are the same but for what is left of the iteration."""
