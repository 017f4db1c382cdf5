"""In which order the gates of a network are decided, so that few of them have to be remembered at a time."""

from collections.abc import Collection, Iterator, Mapping

from attrs import frozen

from tocmodel.contribution.engine.network import Network, asked_by


@frozen
class Turn:
    """A step of the order.

    Attributes:
        component: the gates to decide: one, or several that wait for each other.
        dead: gates that nothing asks for any more afterwards.
    """

    component: tuple[str, ...]
    dead: tuple[str, ...]


def in_order(net: Network, kept: frozenset[str]) -> Iterator[Turn]:
    """The components of a network, each after what it asks for, in the narrower of two orders.

    Args:
        net: the network.
        kept: gates to remember to the end.
    """
    import networkx as nx

    asked = {gate: tuple(dict.fromkeys(name for need in needs for name in asked_by(need))) for gate, needs in net.gates.items()}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(net.gates)
    graph.add_edges_from((name, gate) for gate, names in asked.items() for name in names)
    position = {gate: number for number, gate in enumerate(net.gates)}
    components = [tuple(sorted(component, key=position.__getitem__)) for component in nx.strongly_connected_components(graph)]
    yield from _turns(components, asked, kept)


def inner_order(component: tuple[str, ...], asked: Mapping[str, Collection[str]]) -> list[Turn]:
    """The gates of a part of a network without loops, one by one.

    Args:
        component: the gates.
        asked: for each of them those of the others that it asks for.
    """
    return list(_turns([(gate,) for gate in component], asked, frozenset()))


def _turns(components: list[tuple[str, ...]], asked: Mapping[str, Collection[str]], kept: frozenset[str]) -> Iterator[Turn]:
    of = {gate: number for number, component in enumerate(components) for gate in component}
    asks = [frozenset(of[name] for gate in component for name in asked[gate]) - {number} for number, component in enumerate(components)]
    users: dict[str, set[int]] = {gate: set() for gate in of}
    for gate, names in asked.items():
        for name in names:
            if of[name] != of[gate]:
                users[name].add(of[gate])
    outlets = [tuple(gate for gate in component if gate in kept or users[gate]) for component in components]
    orders = [_greedy(asks, outlets, users), _depth_first(asks)]
    order = min(orders, key=lambda candidate: _cost(candidate, outlets, users))
    when = {component: number for number, component in enumerate(order)}
    ends: list[list[str]] = [[] for _ in order]
    for gate, own in users.items():
        if gate not in kept:
            ends[max((when[user] for user in own), default=when[of[gate]])].append(gate)
    for number, component in enumerate(order):
        yield Turn(components[component], tuple(ends[number]))


def _greedy(asks: list[frozenset[int]], outlets: list[tuple[str, ...]], users: Mapping[str, set[int]]) -> list[int]:
    """Take next what leaves the fewest gates in mind; what asks for nothing is taken just before it is first needed."""
    done: set[int] = set()
    order: list[int] = []
    left = {gate: set(own) for gate, own in users.items()}
    waiting = dict.fromkeys(number for number, own in enumerate(asks) if own)

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
    return [*order, *(number for number in range(len(asks)) if number not in done)]


def _depth_first(asks: list[frozenset[int]]) -> list[int]:
    """Finish each branch before the next."""
    order: list[int] = []
    seen: set[int] = set()
    for first in range(len(asks)):
        stack = [] if first in seen else [(first, iter(sorted(asks[first])))]
        seen.add(first)
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
    for own in outlets:
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
