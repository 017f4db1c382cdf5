"""The states of the exact method: which gates are open, as a mask of bits, with the probability of each state."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define, field, frozen

from tocmodel.contribution.engine.network import Condition, Need, Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Masks: TypeAlias = NDArray[np.int64]
    Weights: TypeAlias = NDArray[np.float64]
    Places: TypeAlias = NDArray[np.intp]

_BITS = 62
"""How many bits a state has room for."""


class TooWideError(Exception):
    """More states than the limit allows: the caller estimates instead."""


@frozen(eq=False)
class Outcome:
    """One of the things that may happen in each state; the chances of all of them add up to 1.

    Attributes:
        chance: of each state.
        after: the state that follows.
        slopes: how the chance rises with each variable asked for.
    """

    chance: "Weights"
    after: "Masks"
    slopes: "Mapping[str, Weights]" = field(factory=dict)


@frozen(eq=False)
class _Move:
    """What happened in one step, as the way back needs it: the weights before, and the outcomes with where each led."""

    weights: "Weights"
    outcomes: "tuple[tuple[Outcome, Places], ...]"


@define(eq=False)
class States:
    """The states reached so far.

    Attributes:
        net: the network.
        chances: the probability of every variable.
        limit: the most states to hold.
        slopes_of: variables whose slopes are wanted.
        states: the different states.
        weights: their probabilities.
        bits: the bit of each gate that is remembered.
        most: how many states there were at most.
        free: the bits that are not in use.
        moves: every step, for the way back; kept only where slopes are wanted.
    """

    net: Network
    chances: Mapping[str, float]
    limit: int
    slopes_of: frozenset[str] = frozenset()
    states: "Masks" = field(init=False)
    weights: "Weights" = field(init=False)
    bits: dict[str, int] = field(factory=dict, init=False)
    most: int = field(default=1, init=False)
    free: tuple[int, ...] = field(default=tuple(range(_BITS)), init=False)
    moves: list[_Move] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        import numpy as np

        self.states = np.zeros(1, dtype=np.int64)
        self.weights = np.ones(1)

    def snapshot(self) -> "States":
        """A copy to come back to; arrays are never changed in place."""
        copy = States(self.net, self.chances, self.limit, self.slopes_of)
        copy.restore(self)
        return copy

    def restore(self, other: "States") -> None:
        """Take over what another holds."""
        self.states, self.weights, self.most = other.states, other.weights, other.most
        self.bits, self.free, self.moves = dict(other.bits), other.free, list(other.moves)

    # Bits

    def take(self, width: int = 1) -> int:
        """The first of so many free bits that follow each other.

        Raises:
            TooWideError: if there is no room.
        """
        free = set(self.free)
        for first in self.free:
            row = set(range(first, first + width))
            if row <= free:
                self.free = tuple(bit for bit in self.free if bit not in row)
                return first
        raise TooWideError

    def release(self, first: int, width: int = 1) -> int:
        """Give bits back; the mask that clears them has to be applied in the next step."""
        self.free = tuple(sorted((*self.free, *range(first, first + width))))
        return ((1 << width) - 1) << first

    def released(self, gates: Iterable[str]) -> int:
        """Forget gates; the mask that clears their bits."""
        return sum(self.release(self.bits.pop(gate)) for gate in gates if gate in self.bits)

    def mask(self, gates: Iterable[str]) -> int:
        """The bits of gates."""
        return sum(1 << self.bits[gate] for gate in gates)

    # Chances

    def odds(self, condition: Condition, changed: Mapping[str, float] | None = None) -> float:
        """The probability of the variables of a condition."""
        odds = 1.0
        for variable in sorted(condition.variables):  # always in the same order, for the last places of a float
            odds *= changed[variable] if changed and variable in changed else self.chances[variable]
        return odds

    def chance(self, gate: str, places: Mapping[str, int], changed: Mapping[str, float] | None = None) -> "Weights":
        """The chance that a gate opens in each state.

        Args:
            gate: the gate.
            places: the bits of the gates that it asks for; one without a bit is closed.
            changed: other probabilities of some variables.
        """
        import numpy as np

        closed: Weights | None = None
        for need in self.net.gates[gate]:
            held = [self._holding(condition, places, changed) for condition in need.of]
            fails = _product([1 - item for item in held]) if need.at_least == 1 else 1 - _at_least(need, held)
            closed = fails if closed is None else closed * fails
        return np.zeros(len(self.states)) if closed is None else 1 - closed

    def _holding(self, condition: Condition, places: Mapping[str, int], changed: Mapping[str, float] | None) -> "Weights":
        import numpy as np

        if not condition.gates:
            return np.full(len(self.states), self.odds(condition, changed))
        if not all(gate in places for gate in condition.gates):
            return np.zeros(len(self.states))
        asked = sum(1 << places[gate] for gate in condition.gates)
        return np.where((self.states & asked) == asked, self.odds(condition, changed), 0.0)

    def slopes(self, gate: str, places: Mapping[str, int]) -> "dict[str, Weights]":
        """How the chance of a gate rises with each variable asked for that stands in its conditions."""
        if not self.slopes_of:
            return {}
        own = {variable for need in self.net.gates[gate] for condition in need.of for variable in condition.variables} & self.slopes_of
        return {name: self.chance(gate, places, {name: 1.0}) - self.chance(gate, places, {name: 0.0}) for name in sorted(own)}

    # Steps

    def either(self, chance: "Weights", after: "Masks", *, forget: int = 0, slopes: "Mapping[str, Weights] | None" = None) -> None:
        """Let something happen with a chance in each state, or not; then clear the bits to forget."""
        own = slopes or {}
        otherwise = Outcome(1 - chance, self.states, {name: -slope for name, slope in own.items()})
        self.step([Outcome(chance, after, own), otherwise], forget=forget)

    def forget(self, bits: int) -> None:
        """Clear bits in every state."""
        import numpy as np

        if bits:
            self.step([Outcome(np.ones(len(self.states)), self.states)], forget=bits)

    def step(self, outcomes: Sequence[Outcome], *, forget: int = 0) -> None:
        """Let one of several things happen in each state; then clear the bits to forget. States that agree become one.

        Raises:
            TooWideError: if there are more states than the limit allows.
        """
        import numpy as np

        happens: list[NDArray[np.bool_]] = []
        for outcome in outcomes:
            may = outcome.chance > 0
            for slope in outcome.slopes.values():
                may |= slope != 0
            happens.append(may)
        children = np.concatenate([outcome.after[may] for outcome, may in zip(outcomes, happens, strict=True)]) & ~forget
        weights = np.concatenate([(self.weights * outcome.chance)[may] for outcome, may in zip(outcomes, happens, strict=True)])
        states, inverse = _unique(children)
        if len(states) > self.limit:
            raise TooWideError
        if self.slopes_of:
            parts = np.split(inverse, np.cumsum([int(may.sum()) for may in happens])[:-1])
            led: list[Places] = []
            for may, part in zip(happens, parts, strict=True):
                to = np.zeros(len(self.states), dtype=np.intp)
                to[may] = part
                led.append(to)
            self.moves.append(_Move(self.weights, tuple(zip(outcomes, led, strict=True))))
        self.states, self.weights = states, np.bincount(inverse, weights=weights, minlength=len(states)).astype(np.float64, copy=False)
        self.most = max(self.most, len(states))

    def way_back(self, worth: "Weights") -> dict[str, float]:
        """How the expected worth of the states rises with each variable asked for.

        Args:
            worth: of each state now.
        """
        slopes = dict.fromkeys(self.slopes_of, 0.0)
        for move in reversed(self.moves):
            before: Any = 0.0
            for outcome, led in move.outcomes:
                own = worth[led]
                before = before + outcome.chance * own
                for variable, slope in outcome.slopes.items():
                    slopes[variable] += float((move.weights * slope) @ own)
            worth = before
        return slopes


def _product(items: "Collection[Weights]") -> "Weights":
    result: Any = 1.0
    for item in items:
        result = result * item
    return result


def _at_least(need: Need, held: "list[Weights]") -> "Weights":
    """The chance that at least so many of independent conditions hold."""
    import numpy as np

    if need.every:
        return _product(held)
    exactly = [np.ones(len(held[0])), *(np.zeros(len(held[0])) for _ in range(need.at_least - 1))]
    enough = np.zeros(len(held[0]))
    for item in held:
        enough += exactly[-1] * item
        for number in range(need.at_least - 1, 0, -1):
            exactly[number] = exactly[number] * (1 - item) + exactly[number - 1] * item
        exactly[0] = exactly[0] * (1 - item)
    return enough


def _unique(states: "Masks") -> "tuple[Masks, Places]":
    """The different states in order, and the place of each; by marking where they are dense, by sorting otherwise."""
    import numpy as np

    room = int(states.max()) + 1 if len(states) else 1
    if room <= 4 * len(states) + 1024:
        there = np.zeros(room, dtype=bool)
        there[states] = True
        return np.flatnonzero(there), (np.cumsum(there) - 1)[states]
    return np.unique(states, return_inverse=True)
