"""Exact probability that a network's target opens: gates are decided one by one, and only what is still needed is remembered.

Source: frontier (state-compression) dynamic programming for network reliability, Hardy, Lucet and Limnios (2007),
carried to packages, shared variables and loops.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.contribution.engine.fixed_point import decide_together
from tocmodel.contribution.engine.network import Network, variable_gate
from tocmodel.contribution.engine.ordering import in_order
from tocmodel.contribution.engine.states import States

if TYPE_CHECKING:
    from tocmodel.contribution.engine.states import Weights


@frozen
class Exact:
    """What the frontier finds.

    Attributes:
        value: the probability that the target opens.
        states: how many states were held at most.
        slopes: for each variable asked for, how much the probability rises from where it never holds to where it always does.
    """

    value: float
    states: int
    slopes: Mapping[str, float]


def exact(net: Network, chances: Mapping[str, float], *, limit: int, slopes_of: Collection[str] = ()) -> Exact:
    """The exact probability that the target of a network opens.

    Args:
        net: the network; the variables of ``slopes_of`` must have been kept in it.
        chances: the probability of every variable.
        limit: the most states to hold.
        slopes_of: variables whose slopes are wanted.

    Raises:
        TooWideError: if more states are needed.
    """
    import numpy as np

    if net.certain or net.impossible:
        return Exact(float(net.certain), 0, dict.fromkeys(slopes_of, 0.0))
    states = _decided(net, chances, limit, frozenset({net.target}), slopes_of)
    opened = (states.states & states.mask([net.target])) != 0
    slopes = states.way_back(opened.astype(np.float64))
    return Exact(min(1.0, float(states.weights[opened].sum())), states.most, slopes)


def exact_table(net: Network, chances: Mapping[str, float], *, limit: int, apart: Sequence[str]) -> "Weights":
    """The exact probability that the target opens for every combination of some variables, from one pass.

    Args:
        net: the network, in which the variables stand apart.
        chances: the probability of every other variable.
        limit: the most states to hold.
        apart: the variables; the first is the last bit of a place in the result.

    Raises:
        TooWideError: if more states are needed.
    """
    import numpy as np

    size = 1 << len(apart)
    if net.certain or net.impossible:
        return np.full(size, float(net.certain))
    gates = {number: variable_gate(variable) for number, variable in enumerate(apart) if variable_gate(variable) in net.gates}
    states = _decided(net, {**chances, **dict.fromkeys(apart, 0.5)}, limit, frozenset({net.target, *gates.values()}), ())
    opened = (states.states & states.mask([net.target])) != 0
    there = np.zeros(int(opened.sum()), dtype=np.int64)
    for number, gate in gates.items():
        there |= ((states.states[opened] >> states.bits[gate]) & 1) << number
    table = np.bincount(there, weights=states.weights[opened] * (1 << len(gates)), minlength=size)
    used = sum(1 << number for number in gates)
    return np.minimum(table[np.arange(size) & used], 1.0)  # what the target does not depend on makes no difference


def _decided(net: Network, chances: Mapping[str, float], limit: int, kept: frozenset[str], slopes_of: Collection[str]) -> States:
    """The states after every gate was decided, with only the kept ones remembered."""
    states = States(net, chances, limit, frozenset(slopes_of))
    for turn in in_order(net, kept):
        gate, *others = turn.component
        if others:
            decide_together(states, turn.component, turn.dead)
            continue
        chance, slopes = states.chance(gate, states.bits), states.slopes(gate, states.bits)
        states.bits[gate] = bit = states.take()
        states.either(chance, states.states | (1 << bit), forget=states.released(turn.dead), slopes=slopes)
    return states
