"""Gates that wait for each other, decided exactly so that none opens because of itself: two ways, for small and for large loops."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.contribution.engine.network import Condition, Need, Network, asked_by
from tocmodel.contribution.engine.ordering import inner_order
from tocmodel.contribution.engine.states import Outcome, States, TooWideError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SMALL = 9
"""Up to so many gates are explored first; larger groups are first decided in rounds."""
_ROUNDS = 3
"""How many gates may close the loops of a group that is decided in rounds."""


def decide_together(states: States, component: tuple[str, ...], dead: Iterable[str]) -> None:
    """Decide gates that wait for each other, by the way that is likely to be narrower, else by the other.

    Args:
        states: the states so far; they are moved on.
        component: the gates.
        dead: gates that nothing asks for any more afterwards.

    Raises:
        TooWideError: if neither way keeps within the limit.
    """
    closing = closing_gates(states.net, component)
    ways = [explore, in_rounds] if len(component) <= _SMALL else [in_rounds, explore]
    if len(closing) > _ROUNDS:
        ways = [explore]
    before = states.snapshot()
    forgotten = tuple(dead)
    for way in ways:
        try:
            way(states, component, forgotten)
        except TooWideError:
            states.restore(before)
        else:
            return
    raise TooWideError


# From the outside in


@frozen
class _Tally:
    """Where the conditions of a package that were met are counted."""

    first: int
    width: int
    need: Need


def explore(states: States, component: tuple[str, ...], dead: tuple[str, ...]) -> None:
    """Follow what opens from the outside in: a gate that opens is pending until what it offers was looked at, once.

    Whether a condition is met is decided when the last gate that it asks for is looked at, and never again; so each chance
    is taken once, and states need not remember how they came about.
    """
    import numpy as np

    inside = frozenset(component)
    for gate in component:
        states.bits[gate] = states.take()
    explorer = _Explorer(states, {gate: states.take() for gate in component}, _tallies(states, component))
    offers: dict[str, list[tuple[str, int, Condition]]] = {gate: [] for gate in component}
    for gate in component:
        for number, need in enumerate(states.net.gates[gate]):
            for condition in need.of:
                if not condition.gates & inside:
                    explorer.meet(gate, number, condition, from_=None)
                for asked in condition.gates & inside:
                    offers[asked].append((gate, number, condition))
    waiting = sum(1 << bit for bit in explorer.pending.values())
    while np.any(states.states & waiting):
        for gate in component:
            bit = 1 << explorer.pending[gate]
            if np.any(states.states & bit):
                for user, number, condition in offers[gate]:
                    explorer.meet(user, number, condition, from_=gate)
                states.forget(bit)
    forget = states.released(dead) | sum(map(states.release, explorer.pending.values()))
    for tally in explorer.tallies.values():
        forget |= states.release(tally.first, tally.width)
    states.forget(forget)


def _tallies(states: States, component: tuple[str, ...]) -> dict[tuple[str, int], _Tally]:
    tallies: dict[tuple[str, int], _Tally] = {}
    for gate in component:
        for number, need in enumerate(states.net.gates[gate]):
            if need.at_least > 1:
                width = (need.at_least - 1).bit_length()
                tallies[gate, number] = _Tally(states.take(width), width, need)
    return tallies


@frozen
class _Explorer:
    """What exploring needs besides the states: which gates are pending, and where conditions are counted."""

    states: States
    pending: Mapping[str, int]
    tallies: Mapping[tuple[str, int], _Tally]

    def meet(self, gate: str, number: int, condition: Condition, *, from_: str | None) -> None:
        """Look whether a condition of a gate that is still closed is met, where this is the time to look."""
        import numpy as np

        states = self.states
        opened = 1 << states.bits[gate]
        here = self._time_to_look(condition, opened, from_)
        if not np.any(here):
            return
        slopes = {name: here * states.odds(condition, {name: 1.0}) for name in sorted(condition.variables & states.slopes_of)}
        cleared = sum(((1 << own.width) - 1) << own.first for (owner, _), own in self.tallies.items() if owner == gate)
        after = (states.states | opened | (1 << self.pending[gate])) & ~cleared
        tally = self.tallies.get((gate, number))
        if tally is not None:
            last = ((states.states >> tally.first) & ((1 << tally.width) - 1)) == tally.need.at_least - 1
            after = np.where(last, after, states.states + (1 << tally.first))
        states.either(here * states.odds(condition), after, slopes=slopes)

    def _time_to_look(self, condition: Condition, opened: int, from_: str | None) -> "NDArray[np.float64]":
        """1 for the states in which all gates asked for are open, the others were looked at, and this one is being looked at."""
        import numpy as np

        masks = self.states.states
        asked = self.states.mask(condition.gates)
        others = sum(1 << self.pending[name] for name in condition.gates if name in self.pending and name != from_)
        now = 1 << self.pending[from_] if from_ is not None else 0
        here = ((masks & asked) == asked) & ((masks & (others | opened)) == 0) & ((masks & now) == now)
        return here.astype(np.float64)


# In rounds


def closing_gates(net: Network, component: tuple[str, ...]) -> tuple[str, ...]:
    """A few gates of a group without whose offers to the others there would be no loop."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((name, gate) for gate in component for need in net.gates[gate] for name in asked_by(need) if name in component)
    position = {gate: number for number, gate in enumerate(component)}
    chosen: list[str] = []
    left = graph.copy()
    while True:
        groups = [group for group in nx.strongly_connected_components(left) if len(group) > 1]
        if not groups:
            break
        knot = left.subgraph(groups[0])
        gate = max(knot, key=lambda name: (knot.in_degree(name) * knot.out_degree(name), position[name]))
        chosen.append(gate)
        left.remove_node(gate)
    for gate in tuple(chosen):
        others = [name for name in chosen if name != gate]
        if nx.is_directed_acyclic_graph(graph.subgraph(set(graph) - set(others))):
            chosen = others
    return tuple(chosen)


def in_rounds(states: States, component: tuple[str, ...], dead: tuple[str, ...]) -> None:
    """Decide a group in rounds.

    In the first, the gates that close its loops offer nothing; in each further one they offer what they had in the round
    before. With k such gates nothing changes after k further rounds.

    All rounds are decided at once, gate by gate: a gate has one bit for each round. What the closing gates will have in
    each round is guessed before, and a guess that does not come true is dropped when its gate is decided.
    """
    closing = closing_gates(states.net, component)
    rounds = len(closing) + 1
    guesses = {gate: states.take(len(closing)) for gate in closing}
    _guess(states, guesses)
    inside = frozenset(component)
    asked = {gate: frozenset(name for need in states.net.gates[gate] for name in asked_by(need) if name in inside) for gate in component}
    turns = inner_order(component, {gate: names - set(closing) for gate, names in asked.items()})
    left = {gate: {user for user in component if gate in asked[user]} for gate in closing}
    firsts: dict[str, int] = {}
    gone = set(dead)
    for turn in turns:
        gate = turn.component[0]
        places = [_places(states, guesses, firsts, number) for number in range(rounds)]
        own = states.take(rounds)
        outcomes = _opening(states, gate, places, own, guesses.get(gate))
        firsts[gate] = own
        forget = 0
        for user in left.values():
            user.discard(gate)
        for name in [name for name in guesses if name in firsts and not left[name]]:
            forget |= states.release(guesses.pop(name), len(closing))
        for name in turn.dead:
            forget |= _only_last(states, name, firsts.pop(name), rounds, keep=name not in gone)
        states.step(outcomes, forget=forget)
    for name in list(guesses):
        states.forget(states.release(guesses.pop(name), len(closing)))
    states.forget(states.released(dead))


def _guess(states: States, guesses: Mapping[str, int]) -> None:
    """Every way in which the closing gates may open: from some round on, or not before the last."""
    import numpy as np

    size = len(guesses)
    every = (1 << size) - 1
    ways = [
        sum((every & ~((1 << first) - 1)) << bit for first, bit in zip(rounds, guesses.values(), strict=True))
        for rounds in product(range(size + 1), repeat=size)
    ]
    ones = np.ones(len(states.states))
    states.step([Outcome(ones, states.states | way) for way in ways])


def _places(states: States, guesses: Mapping[str, int], firsts: Mapping[str, int], number: int) -> dict[str, int]:
    """The bits that a round looks at: of closing gates those of the round before."""
    places = dict(states.bits)
    places.update({gate: first + number for gate, first in firsts.items()})
    for gate, first in guesses.items():
        places.pop(gate, None)
        if number > 0:
            places[gate] = first + number - 1
    return places


def _opening(states: States, gate: str, places: list[dict[str, int]], own: int, guess: int | None) -> list[Outcome]:
    """A gate opens in one of the rounds, or not at all; where its opening was guessed, only as guessed."""
    rounds = len(places)
    chances = [states.chance(gate, own_places) for own_places in places]
    slopes = [states.slopes(gate, own_places) for own_places in places]
    outcomes: list[Outcome] = []
    for number in range(rounds + 1):
        if number < rounds:
            chance, slope = chances[number], slopes[number]
        else:
            chance, slope = 1 + 0 * chances[-1], {name: 0 * value for name, value in slopes[-1].items()}
        if number > 0:
            chance = chance - chances[number - 1]
            slope = {name: value - slopes[number - 1][name] for name, value in slope.items()}
        if guess is not None:
            size = rounds - 1
            wanted = ((1 << size) - 1) & ~((1 << min(number, size)) - 1)
            true = ((states.states >> guess) & ((1 << size) - 1)) == wanted
            chance, slope = chance * true, {name: value * true for name, value in slope.items()}
        opened = (((1 << rounds) - 1) & ~((1 << number) - 1)) << own
        outcomes.append(Outcome(chance.clip(0, 1), states.states | opened, slope))
    return outcomes


def _only_last(states: States, gate: str, first: int, rounds: int, *, keep: bool) -> int:
    """Forget the rounds of a gate, but not what it came to if later gates ask for that."""
    forget = states.release(first, rounds - 1)
    if keep:
        states.bits[gate] = first + rounds - 1
        return forget
    return forget | states.release(first + rounds - 1)
