"""The engine: limits, the ways through large loops, and estimates."""

from math import sqrt

import pytest

from tests.systems import bare_structure
from tocmodel.contribution.engine import fixed_point
from tocmodel.contribution.engine.engine import Method, probability, slopes
from tocmodel.contribution.engine.network import network
from tocmodel.contribution.engine.structure import Package, Step, Structure


def ladder(rungs: int, *, back: int = 1) -> tuple[Structure, dict[str, float]]:
    """Two rails with rungs between them; feedback from the end of the first rail to its beginning; an exit at each end."""
    links: dict[str, Step] = {}
    for side in "ab":
        links[f"d->{side}0"] = Step("d", f"{side}0")
        for number in range(rungs - 1):
            links[f"{side}{number}->{side}{number + 1}"] = Step(f"{side}{number}", f"{side}{number + 1}")
    for number in range(rungs):
        links[f"a{number}->b{number}"] = Step(f"a{number}", f"b{number}")
    for number in range(back):
        links[f"b{rungs - 1 - number}->a{number}"] = Step(f"b{rungs - 1 - number}", f"a{number}")
    links |= {"a->t": Step(f"a{rungs - 1}", "t"), "b->t": Step("b1", "t")}
    nodes = dict.fromkeys(step.to for step in links.values())
    packages = {node: tuple(Package(1, (id,)) for id, step in links.items() if step.to == node) for node in nodes}
    system = bare_structure(["d"], [], links, packages)
    return system, {id: 0.55 + 0.4 * (number % 7) / 7 for number, id in enumerate(system.variables)}


@pytest.mark.parametrize("back", [1, 2])
def test_large_loops_are_exact_and_agree_with_sampling(back: int) -> None:
    system, chances = ladder(9, back=back)
    exact = probability(system, "t", chances)
    assert exact.method is Method.EXACT
    estimate = probability(system, "t", chances, limit=0, samples=1 << 18)
    assert estimate.value == pytest.approx(exact.value, abs=6 * sqrt(0.25 / (1 << 18)))


def test_where_one_way_is_too_wide_the_other_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    system, chances = ladder(8)
    expected = probability(system, "t", chances)
    monkeypatch.setattr(fixed_point, "_SMALL", 99)  # explore first, which is too wide
    assert probability(system, "t", chances, limit=expected.states) == expected


def test_the_limit_holds_and_an_estimate_takes_over() -> None:
    system, chances = ladder(8)
    found = probability(system, "t", chances, limit=3, samples=1000)
    assert (found.method, found.states, found.samples) == (Method.MONTE_CARLO, 0, 1024)
    gains = slopes(system, "t", chances, of=["d", "a->t"], limit=3)
    assert gains.method is Method.MONTE_CARLO
    assert gains.gain["a->t"] == pytest.approx(slopes(system, "t", chances, of=["a->t"]).gain["a->t"], abs=0.02)
    assert gains.needed == {"d"}
    assert gains.at("d", 0.0, chances["d"]) == 0


def test_many_gates_that_close_loops_are_explored() -> None:
    nodes = ["u", "v", "w", "x", "y"]
    links = {f"{one}->{other}": Step(one, other) for one in nodes for other in nodes if one != other}
    links |= {"d->u": Step("d", "u"), "d->v": Step("d", "v"), "w->t": Step("w", "t"), "x->t": Step("x", "t")}
    packages = {node: tuple(Package(1, (id,)) for id, step in links.items() if step.to == node) for node in [*nodes, "t"]}
    system = bare_structure(["d"], [], links, packages)
    chances = dict.fromkeys(system.variables, 0.4)
    net = network(system, "t", chances)
    assert len(fixed_point.closing_gates(net, tuple(gate for gate in net.gates if gate in nodes))) > 3
    exact = probability(system, "t", chances)
    assert exact.method is Method.EXACT
    assert probability(system, "t", chances, limit=0).value == pytest.approx(exact.value, abs=0.006)
    assert probability(system, "t", chances, limit=20, samples=64).method is Method.MONTE_CARLO


def test_more_gates_than_a_state_has_room_for_are_estimated() -> None:
    inner = [f"n{number}" for number in range(70)]
    links = {f"{driver}->{node}": Step(driver, node) for driver in ("d", "e") for node in inner}
    links |= {f"{node}->{after}": Step(node, after) for node in inner for after in ("u", "v")}
    links |= {"u->t": Step("u", "t"), "v->t": Step("v", "t")}
    packages = {node: tuple(Package(1, (id,)) for id, step in links.items() if step.to == node) for node in [*inner, "u", "v", "t"]}
    system = bare_structure(["d", "e"], [], links, packages)
    chances = {id: 1.0 if id.startswith(("d->", "e->")) else 0.01 for id in system.variables}
    assert probability(system, "t", chances, samples=64).method is Method.MONTE_CARLO


def test_gates_that_only_pass_on_another_take_no_room() -> None:
    inner = [f"n{number}" for number in range(70)]
    links = {f"d->{node}": Step("d", node) for node in inner}
    links |= {f"{node}->{after}": Step(node, after) for node in inner for after in ("u", "v")}
    links |= {"u->t": Step("u", "t"), "v->t": Step("v", "t")}
    packages = {node: tuple(Package(1, (id,)) for id, step in links.items() if step.to == node) for node in [*inner, "u", "v", "t"]}
    system = bare_structure(["d"], [], links, packages)
    chances = {id: 1.0 if id.startswith("d->") else 0.01 for id in system.variables}
    found = probability(system, "t", chances)
    assert (found.method, found.states <= 8) == (Method.EXACT, True)
    either = 1 - 0.99**70
    assert found.value == pytest.approx(0.01 * (1 - (1 - either * 0.01) ** 2))


def test_what_is_certain_or_impossible_needs_no_states() -> None:
    system, chances = ladder(3)
    sure = dict.fromkeys(chances, 1.0)
    assert probability(system, "t", sure).value == 1
    assert probability(system, "t", {**sure, "d": 0.0}).value == 0
    assert network(system, "t", {**sure, "d": 0.0}).impossible
    found = slopes(system, "t", {**sure, "d": 0.0}, of=["d"])
    assert found.gain["d"] == 1
    assert found.at("d", 1.0, 0.0) == 1
