"""An estimate of the probability that a network's target opens, where it is too wide to be exact: 64 samples in each word."""

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tocmodel.contribution.engine.network import Condition, Need, Network, asked_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Words: TypeAlias = NDArray[np.uint64]

_CHUNK = 1 << 16
"""How many samples are drawn at a time, which bounds the memory."""
_PLACES = 40
"""Binary places of a probability: exact to one in a million million."""
_Z = 1.959963984540054
"""The interval is one of 95 %."""


@frozen
class Sampled:
    """An estimate.

    Attributes:
        value: the share of samples in which the target opened.
        low: the low end of its Wilson interval, 95 %.
        high: the high end.
        samples: how many there were.
    """

    value: float
    low: float
    high: float
    samples: int


def sampled(net: Network, chances: Mapping[str, float], *, samples: int, seed: int) -> Sampled:
    """Estimate the probability that the target of a network opens.

    The same seed draws the same numbers, so that a higher probability never gives a lower estimate.

    Args:
        net: the network.
        chances: the probability of every variable.
        samples: how many samples to draw, at least 64, rounded up to a multiple of it.
        seed: of the random numbers.
    """
    hits, drawn = _hits(net, chances, samples, seed, ())
    return wilson(hits[0], drawn)


def sampled_slopes(
    net: Network, chances: Mapping[str, float], *, of: Collection[str], samples: int, seed: int
) -> tuple[float, dict[str, float]]:
    """Estimate the probability that the target opens, and how much it rises with each of some variables.

    Every variable is held to be true and to be false in the same samples, so that what does not matter makes no difference.

    Args:
        net: the network, in which the variables were kept.
        chances: the probability of every variable.
        of: the variables.
        samples: how many samples to draw, at least 64, rounded up to a multiple of it.
        seed: of the random numbers.
    """
    names = sorted(of)
    hits, drawn = _hits(net, chances, samples, seed, names)
    gain = {name: (hits[2 * number + 1] - hits[2 * number + 2]) / drawn for number, name in enumerate(names)}
    return hits[0] / drawn, gain


def _hits(net: Network, chances: Mapping[str, float], samples: int, seed: int, varied: Sequence[str]) -> tuple[list[int], int]:
    """In how many samples the target opens: as drawn, and with each varied variable held to be true and to be false."""
    import numpy as np

    words = max(1, -(-samples // 64))
    hits = [0] * (1 + 2 * len(varied))
    variables = sorted({variable for needs in net.gates.values() for need in needs for item in need.of for variable in item.variables})
    order = _order(net)
    for first in range(0, words, _CHUNK // 64):
        count = min(_CHUNK // 64, words - first)
        held = {name: _drawn(name, chances[name], count, (seed, first)) for name in variables}
        settings = [held]
        for name in varied:
            settings += [{**held, name: _drawn(name, 1.0, count, ())}, {**held, name: _drawn(name, 0.0, count, ())}]
        for number, setting in enumerate(settings):
            hits[number] += int(np.bitwise_count(_opened(net, order, setting, count)).sum())
    return hits, words * 64


def wilson(hits: int, samples: int) -> Sampled:
    """A share with its 95 % interval.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.

    Example:
        >>> found = wilson(50, 100)
        >>> round(found.low, 4), round(found.high, 4)
        (0.4038, 0.5962)
    """
    share = hits / samples
    spread = _Z * sqrt(share * (1 - share) / samples + _Z**2 / (4 * samples**2))
    middle, scale = share + _Z**2 / (2 * samples), 1 + _Z**2 / samples
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == samples else (middle + spread) / scale
    return Sampled(share, low, high, samples)


def _drawn(name: str, chance: float, words: int, seed: Sequence[int]) -> "Words":
    """Bits that are each set with a chance: a random binary fraction below it, compared place by place from the last."""
    import numpy as np

    every = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
    threshold = round(chance * (1 << _PLACES))
    if threshold in {0, 1 << _PLACES}:
        return np.full(words, every if threshold else np.uint64(0))
    draws = np.random.default_rng([*seed, *name.encode()])
    first = (threshold & -threshold).bit_length() - 1  # below its last set place nothing is decided
    random = draws.integers(0, every, size=(_PLACES, words), dtype=np.uint64, endpoint=True)
    held = np.zeros(words, dtype=np.uint64)
    for place in range(first, _PLACES):
        held = held | random[place] if threshold >> place & 1 else held & random[place]
    return held


def _order(net: Network) -> list[tuple[str, ...]]:
    """Gates that wait for each other, group by group, each after what it asks for."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(net.gates)
    graph.add_edges_from((asked, gate) for gate, needs in net.gates.items() for need in needs for asked in asked_by(need))
    whole = nx.condensation(graph)
    return [tuple(sorted(whole.nodes[number]["members"])) for number in nx.topological_sort(whole)]


def _opened(net: Network, order: list[tuple[str, ...]], held: Mapping[str, "Words"], words: int) -> "Words":
    """In which samples the target opens; gates that wait for each other are looked at until nothing changes."""
    import numpy as np

    opened: dict[str, Words] = {gate: np.zeros(words, dtype=np.uint64) for gate in net.gates}
    for group in order:
        changed = True
        while changed:
            changed = False
            for gate in group:
                now = reduce(np.bitwise_or, (_met(need, opened, held, words) for need in net.gates[gate]))
                changed |= len(group) > 1 and not np.array_equal(now, opened[gate])
                opened[gate] = now
    return opened[net.target]


def _met(need: Need, opened: Mapping[str, "Words"], held: Mapping[str, "Words"], words: int) -> "Words":
    """In which samples at least so many of the conditions hold."""
    import numpy as np

    conditions = [_holding(condition, opened, held) for condition in need.of]
    if need.at_least == 1:
        return reduce(np.bitwise_or, conditions)
    if need.every:
        return reduce(np.bitwise_and, conditions)
    so_many = [np.zeros(words, dtype=np.uint64) for _ in range(need.at_least)]
    for item in conditions:
        for number in range(need.at_least - 1, 0, -1):
            so_many[number] |= so_many[number - 1] & item
        so_many[0] |= item
    return so_many[-1]


def _holding(condition: Condition, opened: Mapping[str, "Words"], held: Mapping[str, "Words"]) -> "Words":
    import numpy as np

    return reduce(np.bitwise_and, [*(opened[gate] for gate in condition.gates), *(held[variable] for variable in condition.variables)])
