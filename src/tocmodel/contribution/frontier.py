"""Exact probability that a network's target opens: gates are decided one by one, and only what is still needed is remembered.

A state is the set of open gates that later gates ask for, as a mask of bits; states that agree are one. Gates that wait
for each other are explored from the outside in, so that none opens because of itself: a gate that opens is pending until
what it offers to the others has been looked at, once.

Source: frontier (state-compression) dynamic programming for network reliability, Hardy, Lucet and Limnios (2007),
carried to packages, shared variables and loops; measured in the project's performance notes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define, field, frozen

from tocmodel.contribution.network import Condition, Need, Network, asked_by, variable_gate

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


@frozen(eq=False)
class _Move:
    """One decision, as the way back needs it.

    Attributes:
        weights: of the states before it.
        chance: that the gate opens, in each state.
        opened: where each state goes if it opens.
        closed: where each state goes otherwise.
        slopes: how the chance rises with each variable asked for.
    """

    weights: "Weights"
    chance: "Weights"
    opened: "Places"
    closed: "Places"
    slopes: "Mapping[str, Weights]"


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
    if net.certain or net.impossible:
        return Exact(float(net.certain), 0, dict.fromkeys(slopes_of, 0.0))
    frontier = _Frontier(net, chances, limit, frozenset(slopes_of))
    for component, dead in _in_order(net, frozenset({net.target})):
        frontier.decide(component, dead)
    return frontier.result()


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

    if net.certain or net.impossible:
        return np.full(1 << len(apart), float(net.certain))
    gates = {number: variable_gate(variable) for number, variable in enumerate(apart) if variable_gate(variable) in net.gates}
    frontier = _Frontier(net, {**chances, **dict.fromkeys(apart, 0.5)}, limit, frozenset())
    for component, dead in _in_order(net, frozenset({net.target, *gates.values()})):
        frontier.decide(component, dead)
    opened = (frontier.states & (1 << frontier.bits[net.target])) != 0
    there = np.zeros(int(opened.sum()), dtype=np.int64)
    for number, gate in gates.items():
        there |= ((frontier.states[opened] >> frontier.bits[gate]) & 1) << number
    size = 1 << len(apart)
    table = np.bincount(there, weights=frontier.weights[opened] * (1 << len(gates)), minlength=size)
    used = sum(1 << number for number in gates)
    return np.minimum(table[np.arange(size) & used], 1.0)  # what the target does not depend on makes no difference


def _in_order(net: Network, kept: frozenset[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The components of a network in an order that keeps few gates in mind, each with the gates that nothing later asks for."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(net.gates)
    graph.add_edges_from((asked, gate) for gate, needs in net.gates.items() for need in needs for asked in asked_by(need))
    position = {gate: number for number, gate in enumerate(net.gates)}
    components = [tuple(sorted(component, key=position.__getitem__)) for component in nx.strongly_connected_components(graph)]
    of = {gate: number for number, component in enumerate(components) for gate in component}
    asks = [
        frozenset(of[asked] for gate in component for asked in graph.pred[gate]) - {number} for number, component in enumerate(components)
    ]
    outlets = [
        tuple(gate for gate in component if gate in kept or any(of[user] != of[gate] for user in graph.succ[gate]))
        for component in components
    ]
    last_users = {gate: {of[user] for user in graph.succ[gate]} - {of[gate]} for gate in net.gates}
    orders = [_greedy(asks, outlets, last_users), _depth_first(asks, of[net.target])]
    order = min(orders, key=lambda candidate: _cost(candidate, outlets, last_users))
    when = {component: number for number, component in enumerate(order)}
    ends: list[list[str]] = [[] for _ in order]
    for gate, users in last_users.items():
        if users and gate not in kept:
            ends[max(when[user] for user in users)].append(gate)
    for number, component in enumerate(order):
        inner = [gate for gate in components[component] if gate not in outlets[component]]
        yield components[component], (*ends[number], *inner)


def _greedy(asks: list[frozenset[int]], outlets: list[tuple[str, ...]], users: Mapping[str, set[int]]) -> list[int]:
    """Take next what leaves the fewest gates in mind; what asks for nothing is taken just before it is first needed."""
    done: set[int] = set()
    order: list[int] = []
    left = {gate: set(own) for gate, own in users.items()}
    inner = [number for number, own in enumerate(asks) if own]
    waiting = dict.fromkeys(inner) if inner else dict.fromkeys(range(len(asks)))

    def cost(number: int) -> tuple[int, int]:
        fresh = [other for other in asks[number] if other not in done]
        offered = sum(len(outlets[other]) for other in (*fresh, number))
        freed = sum(left[gate] <= {number} for other in asks[number] for gate in outlets[other])
        return offered - freed, len(fresh)

    while waiting:
        ready = [number for number in waiting if all(other in done or not asks[other] for other in asks[number])]
        chosen = min(ready, key=cost)
        for number in (*(other for other in sorted(asks[chosen]) if other not in done), chosen):
            done.add(number)
            order.append(number)
            waiting.pop(number, None)
            for other in asks[number]:
                for gate in outlets[other]:
                    left[gate].discard(number)
    return order


def _depth_first(asks: list[frozenset[int]], target: int) -> list[int]:
    """Take what the target asks for, branch by branch."""
    order: list[int] = []
    seen: set[int] = {target}
    stack = [(target, iter(sorted(asks[target])))]
    while stack:
        number, rest = stack[-1]
        following = next((other for other in rest if other not in seen), None)
        if following is None:
            order.append(number)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(sorted(asks[following]))))
    return order


def _cost(order: list[int], outlets: list[tuple[str, ...]], users: Mapping[str, set[int]]) -> float:
    """How many states an order may need, summed over its steps."""
    left = {gate: len(own) for gate, own in users.items()}
    offered: dict[int, list[str]] = {}
    for number, own in enumerate(outlets):
        for gate in own:
            for user in users[gate]:
                offered.setdefault(user, []).append(gate)
    live, cost = 0, 0.0
    for number in order:
        live += len(outlets[number])
        cost += 2.0 ** min(live, 1000)
        for gate in offered.get(number, ()):
            left[gate] -= 1
            live -= left[gate] == 0
    return cost


@define(eq=False)
class _Frontier:
    """The states reached so far, with their probabilities."""

    net: Network
    chances: Mapping[str, float]
    limit: int
    slopes_of: frozenset[str]
    states: "Masks" = field(init=False)
    weights: "Weights" = field(init=False)
    bits: dict[str, int] = field(factory=dict, init=False)
    free: list[int] = field(init=False)
    most: int = field(default=1, init=False)
    moves: list[_Move] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        import numpy as np

        self.states = np.zeros(1, dtype=np.int64)
        self.weights = np.ones(1)
        self.free = list(range(_BITS - 1, -1, -1))

    def decide(self, component: tuple[str, ...], dead: Iterable[str]) -> None:
        """Decide the gates of a component and forget those that nothing asks for any more."""
        if len(component) > 1:
            self._explore(component, dead)
            return
        chance, slopes = self._chance(component[0]), self._slopes(component[0])
        self.bits[component[0]] = bit = self._take()
        self._branch(chance, self.states | (1 << bit), forget=self._released(dead), slopes=slopes)

    def result(self) -> Exact:
        """The probability of the target, with the slopes that were asked for."""
        import numpy as np

        opened = (self.states & (1 << self.bits[self.net.target])) != 0
        slopes = dict.fromkeys(self.slopes_of, 0.0)
        worth = opened.astype(np.float64)
        for move in reversed(self.moves):
            if_opened, if_closed = worth[move.opened], worth[move.closed]
            gain = move.weights * (if_opened - if_closed)
            for variable, slope in move.slopes.items():
                slopes[variable] += float(gain @ slope)
            worth = move.chance * if_opened + (1 - move.chance) * if_closed
        return Exact(min(1.0, float(self.weights[opened].sum())), self.most, slopes)

    def _branch(self, chance: "Weights", after: "Masks", *, forget: int = 0, slopes: "Mapping[str, Weights] | None" = None) -> None:
        """Let something happen with a chance in each state.

        Args:
            chance: of each state.
            after: the state that follows if it happens.
            forget: bits that are cleared in any case.
            slopes: how the chance rises with the variables asked for.
        """
        import numpy as np

        possible, avoidable = chance > 0, chance < 1
        for slope in (slopes or {}).values():
            possible |= slope != 0
            avoidable |= slope != 0
        children = np.concatenate((after[possible], self.states[avoidable])) & ~forget
        weights = np.concatenate(((self.weights * chance)[possible], (self.weights * (1 - chance))[avoidable]))
        states, inverse = _unique(children)
        if len(states) > self.limit:
            raise TooWideError
        if self.slopes_of:
            opened, closed = np.zeros(len(chance), dtype=np.intp), np.zeros(len(chance), dtype=np.intp)
            split = int(possible.sum())
            opened[possible], closed[avoidable] = inverse[:split], inverse[split:]
            self.moves.append(_Move(self.weights, chance, opened, closed, slopes or {}))
        self.states, self.weights = states, np.bincount(inverse, weights=weights, minlength=len(states))
        self.most = max(self.most, len(states))

    def _forget(self, bits: int) -> None:
        """Clear bits in every state."""
        import numpy as np

        self._branch(np.zeros(len(self.states)), self.states, forget=bits)

    def _take(self) -> int:
        if not self.free:
            raise TooWideError
        return self.free.pop()

    def _release(self, bit: int) -> int:
        self.free.append(bit)
        self.free.sort(reverse=True)
        return 1 << bit

    def _released(self, gates: Iterable[str]) -> int:
        return sum(self._release(self.bits.pop(gate)) for gate in gates if gate in self.bits)

    def _mask(self, gates: Iterable[str]) -> int:
        return sum(1 << self.bits[gate] for gate in gates)

    def _odds(self, condition: Condition, chances: Mapping[str, float]) -> float:
        odds = 1.0
        for variable in condition.variables:
            odds *= chances[variable]
        return odds

    def _chance(self, gate: str, changed: Mapping[str, float] | None = None) -> "Weights":
        """The chance that a gate opens in each state, given the gates it asks for."""
        import numpy as np

        chances = {**self.chances, **changed} if changed else self.chances
        closed: Weights | None = None
        for need in self.net.gates[gate]:
            held = [self._holding(condition, chances) for condition in need.of]
            if need.at_least == 1:
                fails = _product(1 - item for item in held)
            else:
                fails = 1 - _at_least(need, held)
            closed = fails if closed is None else closed * fails
        return np.zeros(len(self.states)) if closed is None else 1 - closed

    def _holding(self, condition: Condition, chances: Mapping[str, float]) -> "Weights":
        """The chance that a condition holds in each state."""
        import numpy as np

        odds = self._odds(condition, chances)
        if not condition.gates:
            return np.full(len(self.states), odds)
        mask = self._mask(condition.gates)
        return np.where((self.states & mask) == mask, odds, 0.0)

    def _slopes(self, gate: str) -> "dict[str, Weights]":
        """How the chance of a gate rises with each variable asked for that it alone depends on."""
        if not self.slopes_of:
            return {}
        own = {variable for need in self.net.gates[gate] for condition in need.of for variable in condition.variables} & self.slopes_of
        return {variable: self._chance(gate, {variable: 1.0}) - self._chance(gate, {variable: 0.0}) for variable in sorted(own)}

    # Gates that wait for each other

    def _explore(self, component: tuple[str, ...], dead: Iterable[str]) -> None:
        import numpy as np

        inside = frozenset(component)
        for gate in component:
            self.bits[gate] = self._take()
        pending = {gate: self._take() for gate in component}
        counts = self._counts(component)
        offers: dict[str, list[tuple[str, int, Condition]]] = {gate: [] for gate in component}
        for gate in component:
            for number, need in enumerate(self.net.gates[gate]):
                for condition in need.of:
                    if not condition.gates & inside:
                        self._meet(gate, number, condition, pending, counts, from_=None)
                    for asked in condition.gates & inside:
                        offers[asked].append((gate, number, condition))
        waiting = sum(1 << bit for bit in pending.values())
        while np.any(self.states & waiting):
            for gate in component:
                if not np.any(self.states & (1 << pending[gate])):
                    continue
                for user, number, condition in offers[gate]:
                    self._meet(user, number, condition, pending, counts, from_=gate)
                self._forget(1 << pending[gate])
        forget = self._released(dead) | sum(map(self._release, pending.values()))
        forget |= sum(self._release(bit) for first, width, _ in counts.values() for bit in range(first, first + width))
        self._forget(forget)

    def _counts(self, component: tuple[str, ...]) -> dict[tuple[str, int], tuple[int, int, Need]]:
        """Room to count how many conditions of each package were met: its first bit and how many bits."""
        counts: dict[tuple[str, int], tuple[int, int, Need]] = {}
        for gate in component:
            for number, need in enumerate(self.net.gates[gate]):
                if need.at_least > 1:
                    width = (need.at_least - 1).bit_length()
                    counts[gate, number] = (self._take_row(width), width, need)
        return counts

    def _take_row(self, width: int) -> int:
        """Bits that follow each other."""
        free = set(self.free)
        for first in range(_BITS - width + 1):
            row = set(range(first, first + width))
            if row <= free:
                self.free = [bit for bit in self.free if bit not in row]
                return first
        raise TooWideError

    def _meet(
        self,
        gate: str,
        number: int,
        condition: Condition,
        pending: Mapping[str, int],
        counts: Mapping[tuple[str, int], tuple[int, int, Need]],
        *,
        from_: str | None,
    ) -> None:
        """Look, once, whether a condition of a gate that is not open yet is met."""
        import numpy as np

        opened = 1 << self.bits[gate]
        asked = self._mask(condition.gates)
        looked = sum(1 << pending[name] for name in condition.gates if name in pending and name != from_)
        now = 1 << pending[from_] if from_ is not None else 0
        here = ((self.states & asked) == asked) & ((self.states & (looked | opened)) == 0) & ((self.states & now) == now)
        if not np.any(here):
            return
        odds = self._odds(condition, self.chances)
        slopes = {
            variable: here * self._odds(condition, {**self.chances, variable: 1.0})
            for variable in sorted(condition.variables & self.slopes_of)
        }
        cleared = sum(((1 << width) - 1) << first for (owner, _), (first, width, _) in counts.items() if owner == gate)
        opening = (self.states | opened | (1 << pending[gate])) & ~cleared
        if (gate, number) in counts:
            first, width, need = counts[gate, number]
            last = ((self.states >> first) & ((1 << width) - 1)) == need.at_least - 1
            opening = np.where(last, opening, self.states + (1 << first))
        self._branch(here * odds, opening, slopes=slopes)


def _product(items: "Iterable[Weights]") -> "Weights":
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
    """The different states in order, and the place of each; by counting where they are dense, by sorting otherwise."""
    import numpy as np

    room = int(states.max()) + 1 if len(states) else 1
    if room <= 4 * len(states) + 1024:
        there = np.zeros(room, dtype=bool)
        there[states] = True
        return np.flatnonzero(there), (np.cumsum(there) - 1)[states]
    return np.unique(states, return_inverse=True)
