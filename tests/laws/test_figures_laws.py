"""Laws of figures: whatever numbers stand inside the bounds, the result stands inside the result's bounds."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from operator import add, mul, sub, truediv
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from tests.strategies import figures, holds, inside, intervals, numbers, printed_numbers, slices, texts, words
from tocmodel.figures import Figure, Interval, figure_from_plain, hull, interval_from_plain, interval_plain, plain, total
from tocmodel.figures.display import percent, rounded
from tocmodel.figures.reading import parse_number, read_number, read_threshold
from tocmodel.slices import Slice

ARITHMETIC = pytest.mark.parametrize("operation", [add, sub, mul])


@ARITHMETIC
@given(data=st.data(), one=intervals(), other=intervals())
def test_sums_differences_and_products_stay_inside(
    operation: Callable[[Any, Any], Any], data: st.DataObject, one: Interval, other: Interval
) -> None:
    result = operation(one, other)
    assert holds(result, operation(data.draw(inside(one)), data.draw(inside(other))))


@given(st.data(), intervals(), intervals())
def test_quotients_stay_inside_or_are_refused(data: st.DataObject, one: Interval, other: Interval) -> None:
    if holds(other, Fraction(0)):
        with pytest.raises(ZeroDivisionError, match="may be zero"):
            _ = one / other
    else:
        assert holds(one / other, data.draw(inside(one)) / data.draw(inside(other)))


@given(st.data(), st.lists(intervals(), min_size=1, max_size=4))
def test_totals_and_hulls_hold_every_choice(data: st.DataObject, parts: list[Interval]) -> None:
    chosen = [data.draw(inside(part)) for part in parts]
    assert holds(total(parts), sum(chosen, Fraction(0)))
    assert all(holds(hull(parts), number) for number in chosen)


@pytest.mark.parametrize("operation", [add, sub, mul, truediv])
@given(one=numbers(-1000, 1000), other=numbers(1, 1000))
def test_exact_numbers_give_what_fractions_give(operation: Callable[[Any, Any], Any], one: Decimal, other: Decimal) -> None:
    result = operation(Interval.exactly(one), Interval.exactly(other))
    true = operation(Fraction(one), Fraction(other))
    assert result.value is not None
    assert abs(Fraction(result.value) - true) <= abs(true) / 10**24


@given(one=numbers(-1000, 1000), other=numbers(1, 1000), times=numbers(1, 1000))
def test_the_same_number_compares_as_such_however_it_was_calculated(one: Decimal, other: Decimal, times: Decimal) -> None:
    n, d, factor = Interval.exactly(one), Interval.exactly(other), Interval.exactly(times)
    for same in (n * factor / (d * factor), n / d * factor / factor, (n / factor) / (d / factor)):
        assert same <= n / d <= same
        assert not same < n / d
        assert same.within(n / d)
    more = (n + Interval.exactly("0.000001")) / d
    assert n / d < more
    assert not n / d >= more


@given(st.data(), intervals(numbers(-50, 50), exact=False), intervals(numbers(-50, 50), exact=False))
def test_the_ends_of_a_result_are_reached_or_approached(data: st.DataObject, one: Interval, other: Interval) -> None:
    """The bounds are the tightest: some choice of numbers comes as near to an end as one likes."""
    operation = data.draw(st.sampled_from((add, sub, mul)))
    result = operation(one, other)
    ends = [
        operation(Fraction(a), Fraction(b)) for a in (one.low, one.high) for b in (other.low, other.high) if a is not None and b is not None
    ]
    if None not in {one.low, one.high, other.low, other.high}:
        assert result.low is not None
        assert result.high is not None
        assert (Fraction(result.low), Fraction(result.high)) == (min(ends), max(ends))


@given(intervals(), intervals())
def test_comparisons_hold_for_every_choice(one: Interval, other: Interval) -> None:
    def choices(interval: Interval) -> list[Fraction]:
        ends = [Fraction(end) for end in (interval.low, interval.high) if end is not None]
        near = [end + step for end in ends for step in (-(10**9), Fraction(-1, 10**40), 0, Fraction(1, 10**40), 10**9)]
        return [number for number in [*near, Fraction(0)] if holds(interval, number)]

    pairs = [(a, b) for a in choices(one) for b in choices(other)]
    assert not one < other or all(a < b for a, b in pairs)
    assert not one > other or all(a > b for a, b in pairs)
    assert not one <= other or all(a <= b for a, b in pairs)
    assert not one >= other or all(a >= b for a, b in pairs)
    assert not one.apart_from(other) or all(a != b for a, b in pairs)
    assert not one.within(other) or all(holds(other, a) for a in choices(one))
    assert one.within(hull([one, other]))


@given(intervals())
def test_an_interval_lies_within_itself_and_twice_negated_is_itself(interval: Interval) -> None:
    assert interval.within(interval)
    turned = -interval
    assert -turned == interval


@given(st.data(), intervals())
def test_a_number_is_contained_where_the_fractions_say_so(data: st.DataObject, interval: Interval) -> None:
    number = data.draw(st.one_of(numbers(), *(st.just(end) for end in (interval.low, interval.high) if end is not None)))
    assert (number in interval) == holds(interval, Fraction(number))


@given(st.data(), intervals(numbers(-50, 50)))
def test_a_counted_interval_holds_the_same_whole_numbers(data: st.DataObject, interval: Interval) -> None:
    whole = Fraction(data.draw(st.integers(-60, 60)))
    counted = interval.counted()
    assert holds(counted, whole) == holds(interval, whole)
    if counted == interval and not any(holds(interval, Fraction(number)) for number in range(-51, 52)):
        return  # nothing to count in 1.5, which stays as it is
    assert not counted.low_open
    assert not counted.high_open
    assert all(end is None or end == int(end) for end in (counted.low, counted.high))


@given(interval=intervals(numbers(-50, 50)))
def test_counting_a_figure_never_fails(interval: Interval) -> None:
    """A count that is no count, such as 1.5 or -5 people, is wrong data and not a wrong call."""
    counted = Figure("", interval, "person").counted().bounds
    assert counted is not None
    wholes = [Fraction(number) for number in range(61) if holds(interval, Fraction(number))]
    assert all(holds(counted, number) for number in wholes)
    assert wholes or counted == interval.counted()
    assert counted.within(interval)


@given(st.data(), intervals(), numbers(-5, 0), numbers(1, 5))
def test_clipping_moves_what_is_outside_to_the_limits(data: st.DataObject, interval: Interval, low: Decimal, high: Decimal) -> None:
    number = data.draw(inside(interval))
    clipped = interval.clipped(low, high)
    assert holds(clipped, min(max(number, Fraction(low)), Fraction(high)))
    assert clipped.within(Interval(low, high))


# Display


def _printed_percentage(text: str) -> Fraction:
    found = re.search(r"-?[\d,]+(?:\.\d+)?", text)
    assert found
    return Fraction(Decimal(found[0].replace(",", ""))) / 100


@given(numbers(), st.integers(0, 3))
def test_the_percentage_of_a_lower_bound_never_exceeds_it(low: Decimal, digits: int) -> None:
    shown = percent(Interval.at_least(low), digits)
    assert shown.startswith("at least ")
    assert _printed_percentage(shown) <= Fraction(low) < _printed_percentage(shown) + Fraction(1, 10 ** (digits + 2))


@given(numbers(), st.integers(0, 3))
def test_the_percentage_of_an_upper_bound_is_never_below_it(high: Decimal, digits: int) -> None:
    shown = percent(Interval.at_most(high), digits)
    assert shown.startswith("at most ")
    assert _printed_percentage(shown) >= Fraction(high) > _printed_percentage(shown) - Fraction(1, 10 ** (digits + 2))


@given(st.text("0123456789", min_size=29, max_size=40))
def test_the_percentage_of_a_long_lower_bound_never_exceeds_it(digits: str) -> None:
    low = Decimal(f"0.{digits}")
    assert _printed_percentage(percent(Interval.at_least(low))) <= Fraction(low)


@given(numbers(-1000, 1000), st.integers(0, 4), st.sampled_from(("half_even", "half_up", "floor", "ceiling")))
def test_rounding_moves_a_number_by_less_than_one_step(number: Decimal, digits: int, mode: str) -> None:
    step = Fraction(1, 10**digits)
    moved = Fraction(rounded(number, digits, mode)) - Fraction(number)
    low, high = {"half_even": (-step / 2, step / 2), "half_up": (-step / 2, step / 2), "floor": (-step, 0), "ceiling": (0, step)}[mode]
    assert low <= moved <= high


@given(numbers())
def test_a_number_written_plain_is_the_same_number(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)


# Reading and writing


@given(figures())
def test_what_a_figure_writes_reads_back_equal(figure: Figure) -> None:
    assert figure_from_plain(figure.plain()) == figure


@given(figures())
def test_what_a_target_figure_writes_reads_back_equal(figure: Figure) -> None:
    assert figure_from_plain(figure.plain(threshold=True), threshold=True) == figure


@given(intervals())
def test_what_an_interval_writes_reads_back_equal(interval: Interval) -> None:
    assert interval_from_plain(interval_plain(interval)) == interval


@given(st.one_of(printed_numbers(), words(), st.text("0123456789,.+-% overatlsup", max_size=15)))
def test_reading_gives_bounds_or_a_reason_and_keeps_what_was_printed(text: str) -> None:
    figure = Figure.read(text)
    assert figure.printed == text.strip()
    assert (figure.bounds is None) == (figure.missing is not None)
    assert bool(figure.not_readable) == (figure.missing == "not_readable")


@given(st.integers(0, 10**15))
def test_thousands_commas_change_nothing(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert read_number(f"over {number:,}").bounds == Interval.at_least(number, open=True)
    assert read_threshold(f"{number:,}+").bounds == Interval.exactly(number)
    assert read_number(f"up to {number:,}").bounds == Interval(0, number)


@given(st.integers(0, 999), st.text("0123456789", min_size=1, max_size=5).filter(lambda digits: len(digits) != 3))
def test_a_decimal_comma_is_never_guessed(whole: int, decimals: str) -> None:
    assert Figure.read(f"{whole},{decimals}").missing == "not_readable"


@given(
    numbers(-1000, 1000), st.sampled_from((("t", "kg", 1000), ("hour", "minute", 60), ("day", "hour", 24), ("percent", "per_mille", 10)))
)
def test_another_unit_is_the_same_amount(number: Decimal, units: tuple[str, str, int]) -> None:
    unit, smaller, times = units
    there = Figure.read(number, unit=unit).into(smaller)
    assert there.value == number * times
    back = there.into(Figure.read(0, unit=unit).unit or "")
    assert back.bounds is not None
    assert holds(back.bounds, Fraction(number))


# Slices


@given(slices())
def test_a_slice_written_as_a_mapping_reads_back_equal(part: Slice) -> None:
    assert Slice.read(dict(part)) == part


@given(st.dictionaries(st.text("abc d", min_size=1), st.text("xyz z", min_size=1), max_size=3))
def test_a_slice_of_plain_names_reads_back_from_its_text(pairs: dict[str, str]) -> None:
    stripped = {dimension.strip(): category.strip() for dimension, category in pairs.items()}
    assume(all(dimension and category for dimension, category in stripped.items()))
    assert Slice.read(str(Slice(stripped))) == Slice(stripped)


# Texts


@given(texts(), st.sampled_from(("en", "fr", "sw")))
def test_a_text_speaks_in_some_language_unless_it_is_empty(text: Any, language: str) -> None:
    assert bool(text.in_language(language)) == bool(text)
    assert text.with_default("en").with_default("en") == text.with_default("en")


def test_whole_numbers_inside_are_counted_like_ceil_and_floor() -> None:
    counted = Interval("1.2", "7.9").counted()
    assert (counted.low, counted.high) == (ceil(1.2), floor(7.9))
