"""Laws of the plausibility engine, with every outcome enumerated as the oracle."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import chain, combinations, pairwise
from math import prod, sqrt
from random import Random

import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st

from tests.systems import CHANCES, INNER, TARGET, bare_structure, enumerated, holds, judged
from tocmodel.contribution.engine import fixed_point
from tocmodel.contribution.engine.engine import Method, coalitions, probability, probability_range, slopes
from tocmodel.contribution.engine.network import idle_links
from tocmodel.contribution.engine.structure import Package, Part, Step, Structure, Variable
from tocmodel.contribution.judged.bounds import dependence_range


def value(system: Structure, chances: Mapping[str, float], target: str = TARGET) -> float:
    found = probability(system, target, chances)
    assert found.method is Method.EXACT
    return found.value


@settings(max_examples=60)
@given(judged())
def test_the_engine_agrees_with_enumeration(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    assert value(system, chances) == pytest.approx(enumerated(system, chances), abs=1e-12)
    assert 0 <= value(system, chances) <= 1


@pytest.mark.parametrize("way", ["in_rounds", "explore"])
@settings(max_examples=30)
@given(case=judged(chances=INNER, ring=True))
def test_both_ways_through_loops_agree_with_enumeration(way: str, case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixed_point, "_SMALL", 0 if way == "in_rounds" else 99)
        assert value(system, chances) == pytest.approx(enumerated(system, chances), abs=1e-12)


@settings(max_examples=30)
@given(judged(ring=True, chances=INNER))
def test_idle_links_make_no_difference(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    idle = idle_links(system, TARGET)
    without = {**chances, **dict.fromkeys(idle, 0.0)}
    assert enumerated(system, without) == pytest.approx(enumerated(system, chances), abs=1e-12)
    assert {id for id, step in system.links.items() if step.from_ == TARGET and step.to in system.upstream(TARGET)[0]} <= idle


@settings(max_examples=40)
@given(judged())
def test_needing_all_links_never_raises(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    single = {node: tuple(Package(1, (id,)) for id, step in system.links.items() if step.to == node) for node in system.packages}
    alone = evolve(system, packages=single, assumed=tuple(single))
    assert value(alone.all_needed(), chances) <= value(alone, chances) + 1e-12


@settings(max_examples=40)
@given(judged(), st.data())
def test_more_that_holds_never_reaches_less(case: tuple[Structure, dict[str, float]], data: st.DataObject) -> None:
    system, chances = case
    raised = data.draw(st.sampled_from(sorted(chances)))
    more = {**chances, raised: data.draw(st.floats(chances[raised], 1))}
    assert value(system, more) >= value(system, chances) - 1e-12


@settings(max_examples=40)
@given(judged(), st.data())
def test_a_further_link_never_lowers_and_a_further_requirement_never_raises(
    case: tuple[Structure, dict[str, float]], data: st.DataObject
) -> None:
    system, chances = case
    before = value(system, chances)
    node = data.draw(st.sampled_from(sorted(system.packages)))
    from_ = data.draw(st.sampled_from(sorted(set(system.nodes) - {node})))
    chance = data.draw(CHANCES)
    variables = {**system.variables, "new": Variable("new", Part.LINK)}
    links = {**system.links, "new": Step(from_, node)}
    alone = evolve(
        system, variables=variables, links=links, packages={**system.packages, node: (*system.packages[node], Package(1, ("new",)))}
    )
    assert value(alone, {**chances, "new": chance}) >= before - 1e-12
    asked = tuple(evolve(own, at_least=own.at_least + 1, of=(*own.of, "new")) for own in system.packages[node])
    with_more = evolve(system, variables=variables, links=links, packages={**system.packages, node: asked})
    assert value(with_more, {**chances, "new": chance}) <= before + 1e-12


@settings(max_examples=40)
@given(judged(), st.randoms(use_true_random=False))
def test_names_and_order_make_no_difference(case: tuple[Structure, dict[str, float]], random: Random) -> None:
    system, chances = case
    ids = [*dict.fromkeys([*system.variables, *system.packages])]
    names = [f"n{number}" for number in range(len(ids))]
    random.shuffle(names)
    new = dict(zip(ids, names, strict=True))
    links = [
        (new[id], Step(new[step.from_], new[step.to], tuple(new[name] for name in step.assumptions))) for id, step in system.links.items()
    ]
    packages = [
        (new[node], tuple(Package(own.at_least, tuple(new[id] for id in reversed(own.of))) for own in reversed(packages)))
        for node, packages in system.packages.items()
    ]
    variables = [(new[id], evolve(item, id=new[id])) for id, item in system.variables.items()]
    for part in (links, packages, variables):
        random.shuffle(part)  # type: ignore[arg-type]
    other = Structure(variables=dict(variables), links=dict(links), packages=dict(packages))
    renamed = {new[id]: chance for id, chance in chances.items()}
    assert value(other, renamed, new[TARGET]) == pytest.approx(value(system, chances), abs=1e-12)


@settings(max_examples=40)
@given(judged(plain=True, chances=INNER))
def test_what_every_path_passes_divides_the_probability(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    certain = {**chances, "d1": 1.0}
    whole = value(system, certain)
    assume(whole > 0)
    for node in set(system.packages) - {TARGET}:
        without = {id for id, step in system.links.items() if node not in {step.from_, step.to}} | {"d1"}
        if holds(system, without):
            continue
        variables = {**system.variables, node: Variable(node, Part.DRIVER)}
        onward = evolve(system, variables=variables, packages={name: own for name, own in system.packages.items() if name != node})
        second = value(onward, {**certain, "d1": 0.0, node: 1.0})
        assert whole == pytest.approx(value(system, certain, node) * second, abs=1e-12)


@settings(max_examples=40)
@given(judged(plain=True, chances=INNER))
def test_the_probability_lies_between_the_bounds_of_cuts_and_paths(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    certain = {**chances, "d1": 1.0}
    links = sorted(system.links)
    subsets = [set(own) for own in chain.from_iterable(combinations(links, size) for size in range(len(links) + 1))]
    paths = _minimal([own for own in subsets if holds(system, own | {"d1"})])
    cuts = _minimal([own for own in subsets if not holds(system, set(links) - own | {"d1"})])
    assume(paths)
    low = prod(1 - prod(1 - chances[id] for id in cut) for cut in cuts)
    high = 1 - prod(1 - prod(chances[id] for id in path) for path in paths)
    assert low - 1e-12 <= value(system, certain) <= high + 1e-12


def _minimal(sets: list[set[str]]) -> list[set[str]]:
    kept: list[set[str]] = []
    for own in sorted(sets, key=len):
        if not any(smaller <= own for smaller in kept):
            kept.append(own)
    return kept


@settings(max_examples=25)
@given(judged(), st.integers(0, 9))
def test_an_estimate_is_near_the_exact_value_and_inside_its_interval(case: tuple[Structure, dict[str, float]], seed: int) -> None:
    system, chances = case
    exact = value(system, chances)
    estimate = probability(system, TARGET, chances, limit=0, samples=1 << 14, seed=seed)
    if exact in {0.0, 1.0}:
        assert estimate.value == exact
    else:
        assert estimate.low <= estimate.value <= estimate.high
        assert abs(estimate.value - exact) <= 6 * sqrt(exact * (1 - exact) / (1 << 14)) + 6 / (1 << 14)
    assert estimate == probability(system, TARGET, chances, limit=0, samples=1 << 14, seed=seed)


@settings(max_examples=40)
@given(judged(), st.data())
def test_the_range_holds_every_point_inside(case: tuple[Structure, dict[str, float]], data: st.DataObject) -> None:
    system, chances = case
    ranges = {id: sorted((chance, data.draw(CHANCES))) for id, chance in chances.items()}
    variables = {id: evolve(item, low=ranges[id][0], high=ranges[id][1]) for id, item in system.variables.items()}
    found = probability_range(evolve(system, variables=variables), TARGET)
    inside = {id: data.draw(st.floats(low, high)) for id, (low, high) in ranges.items()}
    assert found.low - 1e-12 <= value(system, inside) <= found.high + 1e-12


@settings(max_examples=40)
@given(judged() | judged(ring=True, chances=INNER))
def test_slopes_are_the_difference_between_always_and_never(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    found = slopes(system, TARGET, chances, of=list(chances))
    assert found.value == pytest.approx(value(system, chances), abs=1e-12)
    for id in chances:
        always, never = value(system, {**chances, id: 1.0}), value(system, {**chances, id: 0.0})
        assert found.gain[id] == pytest.approx(always - never, abs=1e-12)
        assert found.at(id, 0.0, chances[id]) == pytest.approx(never, abs=1e-12)


@settings(max_examples=30)
@given(judged(), st.data())
def test_selections_of_players_agree_with_single_runs(case: tuple[Structure, dict[str, float]], data: st.DataObject) -> None:
    system, chances = case
    players = data.draw(st.lists(st.sampled_from(sorted(chances)), max_size=4, unique=True))
    for limit, near in ((200_000, 1e-12), (3, 0.1)):  # in one pass, and one by one where that is too wide
        table, _ = coalitions(system, TARGET, chances, players=players, limit=limit, samples=1 << 12)
        assert len(table) == 1 << len(players)
        for number, found in enumerate(table):
            absent = {id: 0.0 for place, id in enumerate(players) if not number >> place & 1}
            assert found == pytest.approx(value(system, {**chances, **absent}), abs=near)


@settings(max_examples=40)
@given(judged(), st.data())
def test_bounds_hold_whatever_the_dependence(case: tuple[Structure, dict[str, float]], data: st.DataObject) -> None:
    system, chances = case
    points = {id: evolve(item, low=chances[id], high=chances[id]) for id, item in system.variables.items()}
    low, high = dependence_range(evolve(system, variables=points), TARGET)
    turned = {id: data.draw(st.booleans()) for id in chances}
    edges = sorted({0.0, 1.0, *chances.values(), *(1 - chance for chance in chances.values())})
    dependent = 0.0  # one draw decides everything: each variable holds in the first or in the last part of it
    for first, last in pairwise(edges):
        middle = (first + last) / 2
        true = {id for id, chance in chances.items() if (1 - middle if turned[id] else middle) < chance}
        dependent += (last - first) * holds(system, true)
    for found in (value(system, chances), dependent):
        assert low - 1e-9 <= found <= high + 1e-9


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_bounds_of_two_events_are_those_of_frechet(one: Fraction, two: Fraction) -> None:
    system = bare_structure(["d1"], [], {"l": Step("d1", TARGET)}, {TARGET: (Package(1, ("l",)),)})
    variables = {
        "d1": Variable("d1", Part.DRIVER, float(one), float(one)),
        "l": Variable("l", Part.LINK, float(two), float(two)),
    }
    low, high = dependence_range(evolve(system, variables=variables), TARGET)
    assert low == pytest.approx(max(0.0, float(one + two - 1)), abs=1e-12)
    assert high == pytest.approx(min(float(one), float(two)), abs=1e-12)
