"""The field's own units, by example."""

from fractions import Fraction

import pytest

from tocmodel.errors import UnitMismatchError, UnknownUnitError
from tocmodel.units import counts, factor, known_units, to_unit, units_named


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("people", "person"),
        ("persons", "person"),
        (" schools ", "school"),
        ("families", "family"),
        ("%", "percent"),
        ("pp", "percentage_point"),
        ("percentage point", "percentage_point"),
        ("kg", "kilogram"),
        ("kes", "KES"),
        ("hours", "hour"),
    ],
)
def test_a_unit_has_one_name(name: str, unit: str) -> None:
    assert to_unit(name) == unit


@pytest.mark.parametrize(
    ("name", "hint"), [("persom", "did you mean 'person'"), ("girls", "the population, their unit is person"), ("", "population")]
)
def test_an_unknown_unit_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(UnknownUnitError, match=hint):
        to_unit(name)


@pytest.mark.parametrize(
    ("unit", "into", "times"),
    [
        ("person", "people", Fraction(1)),
        ("t", "kg", Fraction(1000)),
        ("minute", "hour", Fraction(1, 60)),
        ("week", "minute", Fraction(10080)),
        ("month", "year", Fraction(1, 12)),
        ("percent", "fraction", Fraction(1, 100)),
        ("per_mille", "percent", Fraction(1, 10)),
        ("ha", "km2", Fraction(1, 100)),
        ("litre", "m3", Fraction(1, 1000)),
    ],
)
def test_conversions_are_exact_both_ways(unit: str, into: str, times: Fraction) -> None:
    assert factor(unit, into) == times
    assert factor(into, unit) == 1 / times


@pytest.mark.parametrize(
    ("unit", "other"),
    [("person", "case"), ("person", "household"), ("percent", "percentage_point"), ("KES", "EUR"), ("month", "day"), ("percent", "ratio")],
)
def test_what_measures_different_things_does_not_convert(unit: str, other: str) -> None:
    with pytest.raises(UnitMismatchError, match="neither added nor compared"):
        factor(unit, other)


def test_people_are_counted_and_kilograms_are_not() -> None:
    assert counts("people")
    assert counts("case")
    assert not counts("kilogram")
    assert not counts("percent")
    assert not counts(None)


def test_every_unit_is_known_by_its_own_name() -> None:
    units = known_units()
    assert list(units) == sorted(set(units))
    assert {"person", "percent", "KES"} <= set(units)
    assert all(to_unit(name) == name and factor(name, name) == 1 for name in units)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("households", ("household",)),
        ("Households reached", ("household",)),
        ("household", ("household",)),
        ("people", ("person",)),
        ("training sessions", ("session",)),
        ("school clubs", ("club",)),
        ("percentage points", ("percentage_point",)),
        ("square kilometres", ("square_kilometre",)),
        ("training days", ("day_of_training",)),
        ("km", ("kilometre",)),
        ("h", ("hour",)),
        ("community members", ()),
        ("case workers trained", ()),
        ("year olds", ()),
        ("girls and boys", ()),
        ("H", ()),
        ("", ()),
    ],
)
def test_words_after_a_number_name_units_where_they_stand_for_what_is_counted(words: str, units: tuple[str, ...]) -> None:
    assert units_named(words) == units
