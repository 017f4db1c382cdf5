"""Bounds and their arithmetic, by example."""

from decimal import Decimal, localcontext

import pytest

from tocmodel.errors import FieldError
from tocmodel.figures import Interval, hull, plain, to_decimal, total

OVER_1550 = Interval.at_least(1550, open=True)


def test_a_missing_end_is_never_open() -> None:
    assert Interval(5, None, high_open=True) == Interval.at_least(5)
    assert Interval(None, 5, low_open=True) == Interval.at_most(5)
    assert hash(Interval(None, None, low_open=True, high_open=True)) == hash(Interval())


@pytest.mark.parametrize("ends", [(3, 2, False, False), (3, 3, True, False), (3, 3, False, True)])
def test_an_interval_holds_at_least_one_number(ends: tuple[int, int, bool, bool]) -> None:
    low, high, low_open, high_open = ends
    with pytest.raises(FieldError, match="swap the ends"):
        Interval(low, high, low_open=low_open, high_open=high_open)


def test_lower_bounds_stay_lower_bounds() -> None:
    assert Interval.exactly(159) + OVER_1550 == Interval.at_least(1709, open=True)
    assert OVER_1550 / Interval.exactly(1550) == Interval.at_least(1, open=True)
    assert Interval.exactly(1550) - OVER_1550 == Interval.at_most(0, open=True)
    assert OVER_1550 * Interval.exactly(-1) == -OVER_1550


def test_a_product_with_an_excluded_zero_excludes_zero() -> None:
    positive = Interval.at_least(0, open=True)
    assert positive * positive == positive
    assert positive * Interval.at_least(0) == Interval.at_least(0)


def test_a_quotient_by_what_is_above_zero_grows_without_bound() -> None:
    assert Interval(1, 2) / Interval(0, 4, low_open=True) == Interval.at_least("0.25")
    assert Interval(-2, -1) / Interval(-4, -1) == Interval("0.25", 2)


@pytest.mark.parametrize("divisor", [Interval.exactly(0), Interval(-1, 1), Interval.at_least(0), Interval()])
def test_a_divisor_that_may_be_zero_is_refused(divisor: Interval) -> None:
    with pytest.raises(ZeroDivisionError, match="may be zero"):
        _ = Interval.exactly(1) / divisor


def test_a_third_is_held_between_its_neighbours_and_still_a_single_number() -> None:
    third = Interval.exactly(1) / Interval.exactly(3)
    assert third.low is not None
    assert third.high is not None
    assert third.high - third.low == Decimal("1e-28")
    assert third.value == Decimal("0.3333333333333333333333333")


def test_a_caller_with_little_precision_changes_no_result() -> None:
    exact = Interval.exactly("1234567.89") * Interval.exactly(3)
    nearly = Interval.exactly("100000.0000001")
    with localcontext() as context:
        context.prec = 3
        assert Interval.exactly("1234567.89") * Interval.exactly(3) == exact
        assert Interval("100000", "100000.0000001").value is None
        assert nearly.counted() == nearly
        assert Interval.at_least(1550, open=True).counted() == Interval.at_least(1551)


@pytest.mark.parametrize(
    ("interval", "counted"),
    [
        (OVER_1550, Interval.at_least(1551)),
        (Interval.at_most(2000, open=True), Interval.at_most(1999)),
        (Interval("1.2", "7.9"), Interval(2, 7)),
        (Interval(1, 3, low_open=True, high_open=True), Interval.exactly(2)),
        (Interval.exactly("1.5"), Interval.exactly("1.5")),
        (Interval(1, 2, low_open=True, high_open=True), Interval(1, 2, low_open=True, high_open=True)),
        (Interval.exactly(-5), Interval.exactly(-5)),
        (Interval.at_least(10**30, open=True), Interval.at_least(10**30 + 1)),
    ],
)
def test_counting_keeps_the_whole_numbers_inside(interval: Interval, counted: Interval) -> None:
    assert interval.counted() == counted


@pytest.mark.parametrize(
    ("interval", "cut"),
    [
        (Interval.at_most(1999), Interval(0, 1999)),
        (Interval(-5, 3), Interval(0, 3)),
        (Interval(-5, 0), Interval(0, 0)),
        (Interval.exactly(-5), Interval.exactly(-5)),
        (Interval.at_most(-1), Interval.at_most(-1)),
        (Interval(-5, 0, high_open=True), Interval(-5, 0, high_open=True)),
        (OVER_1550, OVER_1550),
    ],
)
def test_a_count_is_not_negative_unless_it_is_wrong(interval: Interval, cut: Interval) -> None:
    assert interval.not_negative() == cut


def test_comparisons_hold_only_where_they_hold_for_all() -> None:
    assert Interval.exactly(1550) < OVER_1550
    assert not Interval.at_least(1550) > Interval.exactly(1550)
    assert Interval.at_least(1550) >= Interval.exactly(1550)
    assert not Interval.exactly(2000) > OVER_1550
    assert not Interval.exactly(2000) < OVER_1550
    assert Interval(1, 2).apart_from(Interval(2, 3, low_open=True))
    assert Interval(1, 2, low_open=True).within(Interval(1, 2))
    assert not Interval(1, 2).within(Interval(1, 2, low_open=True))


def test_totals_and_hulls() -> None:
    assert total([]) == Interval.exactly(0)
    assert total([Interval(1, 2), Interval.at_least(3)]) == Interval.at_least(4)
    assert hull([Interval.exactly(1), Interval(3, 5, high_open=True)]) == Interval(1, 5, high_open=True)
    with pytest.raises(ValueError, match="not enough values"):
        hull([])


def test_clipping_moves_both_ends() -> None:
    assert OVER_1550.clipped(Decimal(0), Decimal(100)) == Interval.exactly(100)
    assert Interval(-3, 5).clipped(Decimal(0), None) == Interval(0, 5)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(), "any number"),
        (Interval.exactly("2.50"), "2.5"),
        (OVER_1550, "more than 1550"),
        (Interval.at_least(5), "at least 5"),
        (Interval.at_most(5, open=True), "less than 5"),
        (Interval.at_most(5), "at most 5"),
        (Interval(1, 2), "1 to 2"),
        (Interval(1, 2, low_open=True, high_open=True), "more than 1 to less than 2"),
    ],
)
def test_an_interval_in_words(interval: Interval, words: str) -> None:
    assert str(interval) == words


@pytest.mark.parametrize("value", ["x", "", "NaN", "Infinity", True, None, [], float("nan"), Decimal("Infinity"), "1e999999999", "1e-5000"])
def test_what_is_no_finite_number_is_refused(value: object) -> None:
    with pytest.raises(FieldError, match="number"):
        to_decimal(value)


def test_numbers_are_exact_and_written_plain() -> None:
    assert to_decimal(0.1) == Decimal("0.1")
    assert plain(Decimal("-0.00")) == "0"
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(None) == ""
