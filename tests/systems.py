"""Hypothesis strategies for structures of theories, and the oracle that enumerates every outcome of one."""

from collections.abc import Collection, Mapping
from itertools import product
from math import prod

from hypothesis import strategies as st

from tocmodel.contribution.engine.structure import Package, Part, Step, Structure, Variable
from tocmodel.model import TheoryOfChange

TARGET = "t"
CHANCES = st.sampled_from([0.0, 1.0, 0.5, 0.3, 0.9, 0.05, 0.77])
INNER = st.sampled_from([0.5, 0.3, 0.9, 0.05, 0.77])


def bare_structure(
    drivers: Collection[str], assumptions: Collection[str], links: Mapping[str, Step], packages: Mapping[str, tuple[Package, ...]]
) -> Structure:
    variables = [
        *(Variable(id, Part.DRIVER) for id in drivers),
        *(Variable(id, Part.LINK) for id in links),
        *(Variable(id, Part.ASSUMPTION) for id in assumptions),
    ]
    return Structure(variables={item.id: item for item in variables}, links=links, packages=packages)


@st.composite
def structures(draw: st.DrawFn, *, plain: bool = False, ring: bool = False, uncertain: int = 13) -> Structure:
    """Structures with at most so many uncertain things; loops are allowed.

    Plain: one driver, no packages, no assumptions. Ring: three nodes that wait for each other stand between driver and target.
    """
    drivers = ["d1"] if plain else ["d1", "d2"][: draw(st.integers(1, 2))]
    assumptions = [] if plain else ["a1", "a2"][: draw(st.integers(0, 2))]
    inner = [*"uvwx"[: 3 if ring else draw(st.integers(1, 4))], TARGET]
    ends = st.tuples(st.sampled_from([*drivers, *inner]), st.sampled_from(inner)).filter(lambda pair: pair[0] != pair[1])
    room = uncertain - len(drivers) - len(assumptions) - len(inner)
    links: dict[str, Step] = {}
    fixed = [("d1", "u"), ("d1", "w"), ("u", "v"), ("v", "w"), ("w", "u"), ("v", TARGET), ("u", TARGET)] if ring else []
    drawn = [*fixed, *draw(st.lists(ends, min_size=0 if ring else 2, max_size=max(2, room - len(fixed))))]
    unsupported = set(inner) - {to for _, to in drawn}
    for number, (from_, to) in enumerate([*drawn, *(("d1", node) for node in inner if node in unsupported)]):
        needed = tuple(id for id in assumptions if draw(st.integers(0, 3)) == 0)
        links[f"{from_}->{to}#{number}"] = Step(from_, to, needed)
    packages: dict[str, tuple[Package, ...]] = {}
    for node in inner:
        own = [id for id, step in links.items() if step.to == node]
        packages[node] = tuple(Package(1, (id,)) for id in own)
        if own and not plain and draw(st.booleans()):
            requirements = st.lists(st.sampled_from([*own, *assumptions]), min_size=1, max_size=4, unique=True)
            stated = draw(st.lists(requirements, min_size=1, max_size=3))
            packages[node] = tuple(Package(draw(st.integers(1, len(of))), tuple(of)) for of in stated)
    return bare_structure(drivers, assumptions, links, packages)


@st.composite
def judged(
    draw: st.DrawFn, *, plain: bool = False, ring: bool = False, chances: st.SearchStrategy[float] = CHANCES
) -> tuple[Structure, dict[str, float]]:
    """A structure with a probability for each of its variables."""
    system = draw(structures(plain=plain, ring=ring))
    return system, {id: draw(chances) for id in system.variables}


def holds(system: Structure, true: Collection[str], target: str = TARGET) -> bool:
    """Whether the target is reached: the rules read off word for word, again and again until nothing changes."""
    reached = {id for id in system.starts if id in true}
    while True:
        met = {
            id
            for id, step in system.links.items()
            if id in true and step.from_ in reached and all(assumption in true for assumption in step.assumptions)
        } | {id for id in true if system.variables[id].part is Part.ASSUMPTION}
        more = {
            node for node, packages in system.packages.items() if any(sum(id in met for id in own.of) >= own.at_least for own in packages)
        }
        if more <= reached:
            return target in reached
        reached |= more


def enumerated(system: Structure, chances: Mapping[str, float], target: str = TARGET) -> float:
    """The probability by adding up every outcome."""
    sure = {id for id, chance in chances.items() if chance == 1}
    open_ = [id for id, chance in chances.items() if 0 < chance < 1]
    total = 0.0
    for outcome in product([False, True], repeat=len(open_)):
        true = sure | {id for id, held in zip(open_, outcome, strict=True) if held}
        if holds(system, true, target):
            total += prod(chances[id] if held else 1 - chances[id] for id, held in zip(open_, outcome, strict=True))
    return total


def as_model(system: Structure, chances: Mapping[str, float]) -> TheoryOfChange:
    """The structure as a theory whose probabilities are judged."""

    def judgement(id: str) -> dict[str, object]:
        return {"low": str(chances[id]), "high": str(chances[id]), "by": "a test", "on": "2024-05-02", "why": "drawn"}

    draft = TheoryOfChange.build("drawn")
    for id, variable in system.variables.items():
        if variable.part is Part.DRIVER:
            draft.activity(id, id, delivery=judgement(id))
        elif variable.part is Part.ASSUMPTION:
            draft.assumption(id, id, probability=judgement(id))
    for node in system.packages:
        draft.outcome(node, node)
    for id, step in system.links.items():
        draft.link(step.from_, step.to, id=id, assumptions=step.assumptions, strength=judgement(id))
    for node, packages in system.packages.items():
        for number, package in enumerate(packages):
            links = [id for id in package.of if id in system.links]
            assumptions = [id for id in package.of if id not in system.links]
            draft.package(f"{node}-{number}", node, links=links, assumptions=assumptions, at_least=package.at_least)
    return draft.done()
