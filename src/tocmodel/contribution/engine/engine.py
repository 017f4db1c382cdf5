"""The one engine behind every plausibility: exact while it is narrow enough, else an estimate with its interval."""

from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

from tocmodel.contribution.engine.frontier import exact, exact_table
from tocmodel.contribution.engine.monte_carlo import sampled, sampled_slopes
from tocmodel.contribution.engine.network import network
from tocmodel.contribution.engine.states import TooWideError
from tocmodel.contribution.engine.structure import Structure
from tocmodel.words import Word

STATES = 200_000
"""How many states the exact method may hold unless told otherwise."""
SAMPLES = 1 << 18
"""How many samples an estimate draws unless told otherwise: its standard error is at most 0.001."""
_SAMPLES_OF_SLOPES = 1 << 16
"""How many at most where each variable is varied in turn."""


class Method(Word):
    """How a probability was found."""

    EXACT = "exact"
    MONTE_CARLO = "monte_carlo"
    BOUNDS = "bounds"


@frozen
class Probability:
    """The probability that a node is reached.

    Attributes:
        value: the probability, or its estimate.
        low: the value itself, or the low end of the 95 % interval of an estimate.
        high: likewise.
        method: exact or Monte Carlo.
        states: how many states the exact method held; 0 for an estimate.
        samples: how many samples an estimate drew; 0 if exact.
    """

    value: float
    low: float
    high: float
    method: Method
    states: int = 0
    samples: int = 0


def probability(
    system: Structure, to: str, chances: Mapping[str, float], *, limit: int = STATES, samples: int = SAMPLES, seed: int = 0
) -> Probability:
    """The probability that a node is reached.

    Args:
        system: the structure.
        to: the id of the node.
        chances: the probability of every variable of the structure.
        limit: the most states that the exact method may hold; 0 always estimates.
        samples: how many samples to draw where that does not suffice.
        seed: of the random numbers.
    """
    net = network(system, to, chances)
    try:
        found = exact(net, chances, limit=limit)
    except TooWideError:
        estimate = sampled(net, chances, samples=samples, seed=seed)
        return Probability(estimate.value, estimate.low, estimate.high, Method.MONTE_CARLO, samples=estimate.samples)
    return Probability(found.value, found.value, found.value, Method.EXACT, states=found.states)


@frozen
class Range:
    """The probability that a node is reached, between the low ends of everything it rests on and the high ends.

    Attributes:
        low: the probability at the low ends; of an estimate, the low end of its 95 % interval.
        high: likewise at the high ends.
        value: the probability, or its estimate, where the two ends rest on the same numbers; None otherwise.
        method: how it was found.
        samples: how many samples an estimate drew; 0 otherwise.
    """

    low: float
    high: float
    value: float | None
    method: Method
    samples: int = 0


def probability_range(system: Structure, to: str, *, limit: int = STATES, samples: int = SAMPLES, seed: int = 0) -> Range:
    """The probability that a node is reached, from two runs: more that holds never reaches less.

    Args:
        system: the structure.
        to: the id of the node.
        limit: the most states that the exact method may hold.
        samples: how many samples to draw where that does not suffice.
        seed: of the random numbers.
    """
    lows, highs = system.lows(), system.highs()
    low = probability(system, to, lows, limit=limit, samples=samples, seed=seed)
    if all(lows[id] == highs[id] for id in system.relevant(to)):
        return Range(low.low, low.high, low.value, low.method, low.samples)
    high = probability(system, to, highs, limit=limit, samples=samples, seed=seed)
    method = Method.MONTE_CARLO if Method.MONTE_CARLO in {low.method, high.method} else Method.EXACT
    return Range(low.low, high.high, None, method, max(low.samples, high.samples))


@frozen
class Slopes:
    """How much single variables matter for reaching a node.

    Attributes:
        value: the probability with every variable as given.
        gain: for each variable the probability if it surely holds minus the probability if it surely does not (Birnbaum).
        needed: the variables without which the node cannot be reached.
        method: exact or Monte Carlo.
    """

    value: float
    gain: Mapping[str, float]
    needed: frozenset[str]
    method: Method

    def at(self, variable: str, chance: float, now: float) -> float:
        """The probability if a variable had another chance: it is linear in each of them."""
        if chance == 0 and variable in self.needed:
            return 0.0
        return self.value + (chance - now) * self.gain[variable]


def slopes(
    system: Structure,
    to: str,
    chances: Mapping[str, float],
    *,
    of: Collection[str],
    limit: int = STATES,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Slopes:
    """How much single variables matter, all from one pass there and back where the exact method suffices.

    Args:
        system: the structure.
        to: the id of the node.
        chances: the probability of every variable of the structure.
        of: the variables.
        limit: the most states that the exact method may hold.
        samples: how many samples to draw where that does not suffice; the same samples for each variable.
        seed: of the random numbers.
    """
    may = {id for id, chance in chances.items() if chance > 0} | set(of)
    needed = frozenset(id for id in of if to not in system.reached(may - {id}))
    net = network(system, to, chances, keep=of)
    try:
        found = exact(net, chances, limit=limit, slopes_of=of)
    except TooWideError:
        value, gain = sampled_slopes(net, chances, of=of, samples=min(samples, _SAMPLES_OF_SLOPES), seed=seed)
        return Slopes(value, gain, needed, Method.MONTE_CARLO)
    return Slopes(found.value, found.slopes, needed, Method.EXACT)


def coalitions(
    system: Structure,
    to: str,
    chances: Mapping[str, float],
    *,
    players: Sequence[str],
    limit: int = STATES,
    samples: int = SAMPLES,
    seed: int = 0,
) -> tuple[list[float], Method]:
    """The probability that a node is reached for every selection of players, the others being absent (probability 0).

    Args:
        system: the structure.
        to: the id of the node.
        chances: the probability of every variable of the structure; a player who is present has that of its variable.
        players: ids of variables, such as those of activities and drivers.
        limit: the most states that the exact method may hold.
        samples: how many samples to draw for each selection where that does not suffice.
        seed: of the random numbers.

    Returns:
        A probability for each selection, at the place whose bits tell who is present, the first player being the last bit;
        and the method.
    """
    net = network(system, to, chances, apart=players)
    try:
        table = exact_table(net, chances, limit=limit, apart=players)
    except TooWideError:
        selections = (
            {**chances, **{id: 0.0 for bit, id in enumerate(players) if not mask >> bit & 1}} for mask in range(1 << len(players))
        )
        found = [probability(system, to, own, limit=limit, samples=samples, seed=seed) for own in selections]
        worst = Method.MONTE_CARLO if any(item.method is Method.MONTE_CARLO for item in found) else Method.EXACT
        return [item.value for item in found], worst
    for bit, player in enumerate(players):  # present means: holds with its probability
        both = table.reshape(-1, 2, 1 << bit)
        both[:, 1] = chances[player] * both[:, 1] + (1 - chances[player]) * both[:, 0]
    return table.tolist(), Method.EXACT
