"""Laws of minimal sufficient sets, roles and responsibility, with every selection enumerated as the oracle."""

from collections.abc import Collection
from fractions import Fraction
from itertools import chain, combinations
from math import prod

import pytest
from hypothesis import given, settings, strategies as st

from tests.systems import TARGET, as_model, holds, judged
from tocmodel.contribution.engine.engine import probability
from tocmodel.contribution.engine.structure import Part, Structure, structure
from tocmodel.contribution.judged.packages import Role, packages, responsibility, roles


def _elements(system: Structure) -> list[str]:
    return [id for id, variable in system.variables.items() if variable.part is not Part.LINK]


def _suffices(system: Structure, present: Collection[str]) -> bool:
    return holds(system, {*system.links, *present})


@settings(max_examples=40)
@given(judged())
def test_minimal_sets_suffice_and_nothing_can_be_taken_from_them(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    found = packages(as_model(system, chances), TARGET)
    assert not found.truncated
    for own in found.sets:
        assert _suffices(system, own)
        assert not any(_suffices(system, set(own) - {id}) for id in own)
    for one, other in combinations(found.sets, 2):
        assert not set(one) <= set(other)
        assert not set(other) <= set(one)


@settings(max_examples=40)
@given(judged())
def test_inclusion_and_exclusion_over_minimal_sets_gives_what_the_engine_gives(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    sets = packages(as_model(system, chances), TARGET).sets
    total = 0.0
    for size in range(1, len(sets) + 1):
        for chosen in combinations(sets, size):
            total += (-1) ** (size + 1) * prod(chances[id] for id in set(chain.from_iterable(chosen)))
    certain = {**chances, **dict.fromkeys(system.links, 1.0)}
    assert probability(system, TARGET, certain).value == pytest.approx(total, abs=1e-9)


@settings(max_examples=40)
@given(judged())
def test_roles_are_those_of_every_selection(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    elements = _elements(system)
    for id, role in roles(as_model(system, chances), TARGET).items():
        others = [name for name in elements if name != id]
        matters = any(
            _suffices(system, {*own, id}) and not _suffices(system, own)
            for own in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
        )
        needed = _suffices(system, elements) and not _suffices(system, others)
        assert (role is Role.NECESSARY) == needed
        assert (role in {Role.NECESSARY, Role.CONTRIBUTOR}) == matters


@settings(max_examples=40)
@given(judged(), st.data())
def test_responsibility_is_that_of_the_fewest_taken_away(case: tuple[Structure, dict[str, float]], data: st.DataObject) -> None:
    system, chances = case
    model = as_model(system, chances)
    elements = _elements(structure(model))
    present = data.draw(st.lists(st.sampled_from(elements), min_size=1, unique=True))
    for id, degree in responsibility(model, TARGET, present).items():
        others = [name for name in present if name != id]
        fewest = next(
            (
                size
                for size in range(len(others) + 1)
                for gone in combinations(others, size)
                if _suffices(system, set(present) - set(gone)) and not _suffices(system, set(present) - {*gone, id})
            ),
            None,
        )
        assert degree == (0 if fewest is None else Fraction(1, 1 + fewest))


@settings(max_examples=30)
@given(judged())
def test_a_model_and_its_structure_say_the_same(case: tuple[Structure, dict[str, float]]) -> None:
    system, chances = case
    again = structure(as_model(system, chances))
    assert again.lows() == {id: chances[id] for id in again.variables}
    assert probability(again, TARGET, again.lows()).value == pytest.approx(probability(system, TARGET, chances).value, abs=1e-12)
