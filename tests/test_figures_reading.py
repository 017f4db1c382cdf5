"""How printed text becomes a number, by example."""

from decimal import Decimal

import pytest

from tocmodel.errors import FieldError
from tocmodel.figures import Figure, Interval, Missing, parse_number, read_number, read_threshold
from tocmodel.figures.reading import Reading


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1550", Interval.exactly(1550)),
        ("1,550", Interval.exactly(1550)),
        ("1\u00a0550", Interval.exactly(1550)),
        ("-12.5", Interval.exactly("-12.5")),
        ("−3", Interval.exactly(-3)),
        ("2.5 million", Interval.exactly(2_500_000)),
        ("159 children rescued", Interval.exactly(159)),
        ("over 1550", Interval.at_least(1550, open=True)),
        ("Over 1,550 children", Interval.at_least(1550, open=True)),
        ("more than 5", Interval.at_least(5, open=True)),
        ("> 5", Interval.at_least(5, open=True)),
        ("at least 40 schools", Interval.at_least(40)),
        ("no fewer than 40", Interval.at_least(40)),
        ("40+", Interval.at_least(40)),
        ("≥ 40", Interval.at_least(40)),
        ("nearly 2000", Interval.at_most(2000, open=True)),
        ("less than 10", Interval.at_most(10, open=True)),
        ("up to 300", Interval(0, 300)),
        ("at most 300", Interval(0, 300)),
        ("≤ 300", Interval.at_most(300)),
        ("between 200 and 300", Interval(200, 300)),
        ("from 200 to 300 girls", Interval(200, 300)),
        ("200-300", Interval(200, 300)),
        ("200–300", Interval(200, 300)),
        ("plus de 1550 enfants", Interval.at_least(1550, open=True)),
        ("Au moins 40 écoles", Interval.at_least(40)),
        ("près de 2000", Interval.at_most(2000, open=True)),
        ("jusqu’à 300", Interval(0, 300)),
        ("moins de 10", Interval.at_most(10, open=True)),
        ("entre 200 et 300 filles", Interval(200, 300)),
        ("de 200 à 300", Interval(200, 300)),
        ("más de 1550 niñas", Interval.at_least(1550, open=True)),
        ("al menos 40", Interval.at_least(40)),
        ("hasta 300", Interval(0, 300)),
        ("entre 200 y 300", Interval(200, 300)),
        ("120 élèves d'une école", Interval.exactly(120)),
        ("2 millions", Interval.exactly(2_000_000)),
        ("más de 3 millones", Interval.at_least(3_000_000, open=True)),
        ("5 lakh", Interval.exactly(500_000)),
        ("2 crores", Interval.exactly(20_000_000)),
        ("3 mil personas", Interval.exactly(3_000)),
    ],
)
def test_a_figure_as_printed_has_these_bounds(text: str, bounds: Interval) -> None:
    assert read_number(text).bounds == bounds


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("12 %", "percent"),
        ("12 percent", "percent"),
        ("12 percent more pupils", "percent"),
        ("3 ‰", "per_mille"),
        ("12", None),
        ("12 points", None),
        ("12 percentage points", "percentage_point"),
        ("1 percentage point", "percentage_point"),
        ("12 percent points", "percentage_point"),
        ("12 per cent points", "percentage_point"),
        ("12 %-points", "percentage_point"),
        ("12 pp", "percentage_point"),
        ("12 ppm", None),
        ("at least 12 percentage points more", "percentage_point"),
        ("Between 10 and 12 Percentage Points", "percentage_point"),
    ],
)
def test_a_sign_after_the_number_is_its_unit(text: str, unit: str | None) -> None:
    assert read_number(text).unit == unit


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("about 200", "'about' gives no bounds"),
        ("ca. 200", "gives no bounds"),
        ("0,2", "is the comma a decimal sign"),
        ("1,55", "is the comma a decimal sign"),
        ("12 girls and 3 boys", "write one number"),
        ("159 and 114", "swap the ends"),
        *((text, "write the number in digits") for text in ("3 hundred", "4 dozens", "2 mln", "5 M", "3 mil millones", "12 douzaines")),
        *((text, "write the bound before the number") for text in ("120 at least", "120 minimum", "120 au moins", "120 por lo menos")),
        ("environ 120", "gives no bounds"),
        ("unos 120", "gives no bounds"),
        ("12 sur 40", "write one number"),
        ("5 et 7", "write one number"),
        ("twelve", "write digits"),
        ("at least 40+", "keep one of them"),
        ("over 1550...", "may change its meaning"),
        ("", "write digits"),
        ("1e5", "write one number"),
        ("300 to 200", "swap the ends"),
    ],
)
def test_what_is_no_single_number_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(FieldError, match=hint):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("at least 40", Interval.exactly(40)),
        ("40+", Interval.exactly(40)),
        ("up to 300", Interval.exactly(300)),
        ("between 10 and 20", Interval(10, 20)),
        ("over 40", Interval.at_least(40, open=True)),
    ],
)
def test_in_a_target_at_least_and_up_to_state_the_threshold(text: str, bounds: Interval) -> None:
    assert read_threshold(text).bounds == bounds


@pytest.mark.parametrize("text", ["€12", "12 €", "over $5", "KSh 12 ₹"])
def test_the_sign_of_a_currency_is_answered_with_its_code(text: str) -> None:
    with pytest.raises(FieldError, match="write the code of the currency"):
        read_number(text)


def test_a_plain_number_is_read_strictly() -> None:
    assert parse_number(" +1,540.50 ") == Decimal("1540.50")
    assert parse_number("   ") is None
    for text in ("1.540,5", "12 %", "1 540", "x", "15,40"):
        with pytest.raises(FieldError, match="not a number"):
            parse_number(text)


@pytest.mark.parametrize(
    ("text", "unit", "bounds"),
    [
        ("500 EUR", "EUR", Interval.exactly(500)),
        ("EUR 500", "EUR", Interval.exactly(500)),
        ("over USD 2 million", "USD", Interval.at_least(2_000_000, open=True)),
        ("between 200 and 300 KES", "KES", Interval(200, 300)),
        ("500 EUR spent", "EUR", Interval.exactly(500)),
        ("500 eur", None, Interval.exactly(500)),
        ("1550 SEC cases", None, Interval.exactly(1550)),
    ],
)
def test_the_code_of_a_currency_beside_the_number_is_its_unit(text: str, unit: str | None, bounds: Interval) -> None:
    assert read_number(text) == Reading(bounds, unit)


@pytest.mark.parametrize("text", ["EUR 500 KES", "12 % EUR", "about EUR 500", "€ 500"])
def test_two_units_and_what_is_no_bound_are_refused(text: str) -> None:
    with pytest.raises(FieldError):
        read_number(text)


@pytest.mark.parametrize("text", ["9" * 1001, f"0.{'1' * 1001}", f"over {'9' * 5000} girls", f"between 1 and {'9' * 5000}"])
def test_a_number_of_more_digits_than_any_figure_has_is_not_readable(text: str) -> None:
    with pytest.raises(FieldError, match=r"a number beyond all measure: '.{40}' \(write at most 1000 digits\)"):
        read_number(text)
    assert Figure.read(text).missing is Missing.NOT_READABLE
