"""Laws of what sums give away: a cell that has one possible value only is always found."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings, strategies as st

from tocmodel.measurement.disclosure import Unknown, given_away

NAMES: tuple[str, ...] = ("a", "b", "c")
MOST = 20
FACTORS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([-2, -1, 1, 1, 1, 2]), min_size=1)


@settings(max_examples=80)
@given(st.lists(st.integers(1, 5), min_size=3, max_size=3), st.lists(FACTORS, max_size=3))
def test_every_cell_with_one_possible_value_is_given_away(values: list[int], relations: list[dict[str, int]]) -> None:
    true = dict(zip(NAMES, values, strict=True))
    known = [sum(factor * true[name] for name, factor in relation.items()) for relation in relations]
    possible: dict[str, set[int]] = {name: set() for name in NAMES}
    for guess in product(range(1, MOST + 1), repeat=len(NAMES)):
        table = dict(zip(NAMES, guess, strict=True))
        if all(sum(by * table[name] for name, by in relation.items()) == whole for relation, whole in zip(relations, known, strict=True)):
            for name in NAMES:
                possible[name].add(table[name])
    found = given_away(
        {name: Unknown(Decimal(true[name]), Decimal(1)) for name in NAMES},
        [{name: Fraction(factor) for name, factor in relation.items()} for relation in relations],
    )
    pinned = {name for name in NAMES if possible[name] == {true[name]}}
    assert pinned <= set(found)


def test_elimination_over_several_sums_gives_a_cell_away() -> None:
    cells = {name: Unknown(Decimal(50), Decimal(1)) for name in "abc"}
    one = Fraction(1)
    assert given_away(cells, [{"a": one, "b": one}, {"b": one, "c": one}]) == ()
    assert given_away(cells, [{"a": one, "b": one}, {"b": one, "c": one}, {"a": one, "c": one}]) == ("a", "b", "c")


def test_two_cells_that_can_only_be_the_lowest_give_each_other_away() -> None:
    cells = {name: Unknown(Decimal(1), Decimal(1)) for name in "ab"}
    assert given_away(cells, [{"a": Fraction(1), "b": Fraction(1)}]) == ("a", "b")
    assert given_away({name: Unknown(Decimal(1), Decimal(0)) for name in "ab"}, [{"a": Fraction(1), "b": Fraction(1)}]) == ()
