"""What can be said of reaching a node when nobody knows how the links, assumptions and deliveries depend on each other.

Bounds are carried along the structure: they hold whatever the dependence, and are not always the narrowest.
"""

from collections.abc import Callable, Sequence

from tocmodel.contribution.engine.structure import Structure


def at_least_bounds(number: int, lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float]:
    """The lowest and highest probability that at least so many events happen, whatever their dependence.

    The highest is the smallest of 1 and, over j < number, the sum of all but the j largest divided by (number - j); the
    lowest follows from the events not happening. For one event of several and for all of them these are Fréchet's bounds.

    Args:
        number: how many must happen.
        lows: the lowest probability of each.
        highs: the highest of each.

    Example:
        >>> low, high = at_least_bounds(3, [0.7, 0.8, 0.9], [0.7, 0.8, 0.9])
        >>> round(low, 3), high
        (0.4, 0.7)

    Source: Fréchet (1935); Rüger (1978), for at least so many of several events.
    """
    if number > len(lows):
        return 0.0, 0.0
    low = 1 - _highest(len(lows) - number + 1, [1 - chance for chance in lows])
    return max(0.0, low), _highest(number, highs)


def _highest(number: int, chances: Sequence[float]) -> float:
    ascending = sorted(chances)
    return min(1.0, *(sum(ascending[: len(ascending) - j]) / (number - j) for j in range(number)))


def dependence_range(system: Structure, to: str) -> tuple[float, float]:
    """The lowest and highest probability that a node is reached, whatever the dependence between all variables.

    Both are carried outwards from nothing reached, once more for every node at most: after so many rounds everything is
    reached that ever will be, so the bounds hold on loops too.

    Args:
        system: the structure.
        to: the id of the node.
    """
    return _carried(system, to, system.lows().__getitem__, _low), _carried(system, to, system.highs().__getitem__, _high)


def _low(number: int, chances: Sequence[float]) -> float:
    return at_least_bounds(number, chances, chances)[0]


def _high(number: int, chances: Sequence[float]) -> float:
    return at_least_bounds(number, chances, chances)[1]


def _carried(system: Structure, to: str, chance: Callable[[str], float], bound: Callable[[int, Sequence[float]], float]) -> float:
    nodes, _ = system.upstream(to)
    order = [node for node in system.packages if node in nodes]
    reached = {node: chance(node) if node in system.starts else 0.0 for node in nodes}

    def holds(requirement: str) -> float:
        step = system.links.get(requirement)
        if step is None:
            return chance(requirement)
        needed = [chance(requirement), *(chance(id) for id in step.assumptions), reached[step.from_]]
        return bound(len(needed), needed)

    for _ in order:
        before = dict(reached)
        for node in order:
            complete = [bound(package.at_least, [holds(id) for id in package.of]) for package in system.packages[node]]
            reached[node] = bound(1, complete)
        if before == reached:
            break
    return reached[to]
