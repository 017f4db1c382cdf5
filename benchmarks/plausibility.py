"""How fast a plausibility is, against peers in the same run: a frontier in plain Python, and sampling in plain numpy.

Run with ``python benchmarks/plausibility.py``. Times are the best of several runs, interleaved; what counts are the ratios.
"""

import importlib.util
import random
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

import numpy as np
from attrs import frozen

from tocmodel.contribution.engine.engine import coalitions, probability, slopes
from tocmodel.contribution.engine.structure import Package, Part, Step, Structure, Variable

TARGET = "goal"


@frozen
class Theory:
    """A made-up theory in layers, with a probability for everything."""

    name: str
    system: Structure
    chances: Mapping[str, float]
    order: Sequence[str]


def theory(name: str, *, layers: int, width: int, degree: int, packages: bool = False, assumptions: int = 0, seed: int = 0) -> Theory:
    """Layers of nodes; each node has links from some of the layer before."""
    draw = random.Random(seed)
    grid = [[f"n{layer}_{place}" for place in range(width)] for layer in range(layers)]
    shared = [f"a{number}" for number in range(assumptions)]
    links: dict[str, Step] = {}
    own: dict[str, tuple[Package, ...]] = {}
    for layer in range(1, layers):
        for node in grid[layer]:
            into = [f"{from_}->{node}" for from_ in draw.sample(grid[layer - 1], degree)]
            for id in into:
                links[id] = Step(id.split("->")[0], node, tuple(name for name in shared if draw.random() < 0.15))
            together = packages and draw.random() < 0.5
            own[node] = (Package(degree, tuple(into)),) if together else tuple(Package(1, (id,)) for id in into)
    for node in grid[-1]:
        links[f"{node}->{TARGET}"] = Step(node, TARGET)
    own[TARGET] = tuple(Package(1, (f"{node}->{TARGET}",)) for node in grid[-1])
    variables = [Variable(id, Part.DRIVER) for id in grid[0]]
    variables += [Variable(id, Part.LINK) for id in links] + [Variable(id, Part.ASSUMPTION) for id in shared]
    system = Structure(variables={item.id: item for item in variables}, links=links, packages=own)
    chances = {id: round(draw.uniform(0.3, 0.9), 2) for id in system.variables}
    order = [node for layer in grid for node in layer] + [TARGET]
    return Theory(name, system, chances, order)


def plain_frontier(case: Theory) -> float:
    """The peer: a dictionary of open nodes, in the given order; for theories without packages and shared assumptions."""
    into: dict[str, list[str]] = {}
    place = {node: number for number, node in enumerate(case.order)}
    last = {TARGET: len(place)}
    for id, step in case.system.links.items():
        into.setdefault(step.to, []).append(id)
        last[step.from_] = max(last.get(step.from_, 0), place[step.to])
    bit = {node: 1 << number for node, number in place.items()}
    states = {0: 1.0}
    for number, node in enumerate(case.order):
        asked = [(bit[case.system.links[id].from_], 1 - case.chances[id]) for id in into.get(node, ())]
        keep = sum(bit[name] for name in case.order[: number + 1] if last.get(name, -1) > number)
        after: dict[int, float] = {}
        for mask, weight in states.items():
            fails = 1 - case.chances[node] if node in case.system.starts else 1.0
            for from_, fail in asked:
                if mask & from_:
                    fails *= fail
            for state, share in ((mask & keep, fails), ((mask | bit[node]) & keep, 1 - fails)):
                after[state] = after.get(state, 0.0) + weight * share
        states = after
    return states.get(bit[TARGET], 0.0)


def plain_sampling(case: Theory, samples: int = 1 << 18) -> float:
    """The peer for everything: one boolean for each sample."""
    draw = np.random.default_rng(0)
    held = {id: draw.random(samples) < chance for id, chance in case.chances.items()}
    opened = {id: held[id] for id in case.system.starts}
    for node in case.order:
        if node in case.system.starts:
            continue
        reached = np.zeros(samples, dtype=bool)
        for package in case.system.packages[node]:
            met = np.zeros(samples, dtype=np.int8)
            for id in package.of:
                step = case.system.links[id]
                holds = held[id] & opened[step.from_]
                for assumption in step.assumptions:
                    holds = holds & held[assumption]
                met += holds
            reached |= met >= package.at_least
        opened[node] = reached
    return float(opened[TARGET].mean())


def decision_diagram(case: Theory) -> float:
    """The peer of a library: a binary decision diagram of dd, with the probability read off it."""
    from dd.autoref import BDD  # type: ignore[import-not-found]

    diagram = BDD()
    diagram.declare(*(f"v{number}" for number in range(len(case.chances))))
    name = {id: f"v{number}" for number, id in enumerate(case.chances)}
    opened = {}
    for node in case.order:
        if node in case.system.starts:
            opened[node] = diagram.var(name[node])
            continue
        reached = diagram.false
        for package in case.system.packages[node]:
            met = diagram.true
            for id in package.of:
                met &= diagram.var(name[id]) & opened[case.system.links[id].from_]
            reached |= met
        opened[node] = reached
    chance = {name[id]: value for id, value in case.chances.items()}
    known: dict[int, float] = {}

    def worth(root: object) -> float:
        if root == diagram.true:
            return 1.0
        if root == diagram.false:
            return 0.0
        key = int(root)  # type: ignore[call-overload]
        if key not in known:
            low, high = worth(root.low), worth(root.high)  # type: ignore[attr-defined]
            value = (1 - chance[root.var]) * low + chance[root.var] * high  # type: ignore[attr-defined]
            known[key] = 1 - value if root.negated else value  # type: ignore[attr-defined]
        return known[key]

    return worth(opened[TARGET])


def best(calls: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, tuple[float, object]]:
    """The best time of each call in milliseconds, interleaved, and what it gave."""
    found: dict[str, tuple[float, object]] = {}
    for _ in range(rounds):
        for name, call in calls.items():
            start = perf_counter()
            result = call()
            time = (perf_counter() - start) * 1000
            if name not in found or time < found[name][0]:
                found[name] = (time, result)
    return found


def main() -> None:
    """Print times and ratios."""
    limit = 1 << 20
    plain = theory("ten wide", layers=11, width=10, degree=2)
    full = theory("ten wide, packages, four shared assumptions", layers=11, width=10, degree=2, packages=True, assumptions=4)
    small = theory("six wide", layers=6, width=6, degree=2, seed=1)

    for case in (small, plain):
        print(f"\n{case.name} ({len(case.system.links)} links)")
        calls: dict[str, Callable[[], object]] = {
            "exact": lambda case=case: probability(case.system, TARGET, case.chances, limit=limit).value,
            "frontier in plain Python": lambda case=case: plain_frontier(case),
            "sampling, 64 in a word": lambda case=case: probability(case.system, TARGET, case.chances, limit=0).value,
            "sampling, plain numpy": lambda case=case: plain_sampling(case),
        }
        if case is small and importlib.util.find_spec("dd"):
            calls["decision diagram (dd)"] = lambda case=case: decision_diagram(case)
        report(best(calls, rounds=3))

    print(f"\n{full.name} ({len(full.system.links)} links)")
    calls = {
        "exact": lambda: probability(full.system, TARGET, full.chances, limit=limit).value,
        "sampling, 64 in a word": lambda: probability(full.system, TARGET, full.chances, limit=0).value,
        "sampling, plain numpy": lambda: plain_sampling(full),
    }
    report(best(calls))

    print("\nimportance of all variables, and all selections of ten players (same theory)")
    every = list(full.chances)
    players = full.system.drivers
    two_runs = "two runs for each variable"

    def gain(id: str) -> float:
        surely, never = (probability(full.system, TARGET, {**full.chances, id: x}, limit=limit).value for x in (1.0, 0.0))
        return surely - never

    calls = {
        "there and back": lambda: slopes(full.system, TARGET, full.chances, of=every, limit=limit).value,
        two_runs: lambda: list(map(gain, every)) and probability(full.system, TARGET, full.chances, limit=limit).value,
    }
    report(best(calls, rounds=1))
    calls = {
        "selections in one pass": lambda: coalitions(full.system, TARGET, full.chances, players=players, limit=limit)[0][-1],
        "selections one by one": lambda: [
            probability(full.system, TARGET, {**full.chances, **dict.fromkeys(absent, 0.0)}, limit=limit).value
            for mask in range(1 << len(players))
            for absent in [[id for place, id in enumerate(players) if not mask >> place & 1]]
        ][-1],
    }
    report(best(calls, rounds=1))


def report(found: Mapping[str, tuple[float, object]]) -> None:
    """Print the times, and the ratios to the first."""
    first = next(iter(found.values()))[0]
    for name, (time, result) in found.items():
        print(f"  {name:30} {time:10.1f} ms  x {time / first:8.2f}   {result:.6f}")


if __name__ == "__main__":
    main()
