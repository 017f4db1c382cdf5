"""Numbers for people, by example."""

from decimal import Decimal, localcontext

import pytest

from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import Rounding, grouped, percent, rounded, shown


@pytest.mark.parametrize(
    ("value", "digits", "mode", "text"),
    [
        ("2.5", 0, "half_even", "2"),
        ("3.5", 0, "half_even", "4"),
        ("2.5", 0, "half_up", "3"),
        ("-2.5", 0, "half_up", "-3"),
        ("77.55", 0, "floor", "77"),
        ("-77.55", 0, "floor", "-78"),
        ("77.01", 0, "ceiling", "78"),
        ("1234567.891", 2, Rounding.HALF_EVEN, "1234567.89"),
        ("5", 2, "half_even", "5.00"),
        ("1e40", 1, "half_even", "1" + "0" * 40 + ".0"),
        ("0." + "9" * 40, 3, "floor", "0.999"),
    ],
)
def test_rounding(value: str, digits: int, mode: str, text: str) -> None:
    assert rounded(value, digits, mode) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Interval.exactly("0.6"), "60 %"),
        (Interval.exactly(159) / Interval.exactly(150), "106 %"),
        (Interval.exactly(1) / Interval.exactly(3), "33.3 %"),
        (Interval.exactly(1234), "123,400 %"),
        (Interval.at_least("0.87791"), "at least 87.7 %"),
        (Interval.at_least("0.9999999"), "at least 99.9 %"),
        (Interval.at_least(Decimal("0.8779" + "9" * 40)), "at least 87.7 %"),
        (Interval.at_most("0.8771"), "at most 87.8 %"),
        (Interval("0.3333", "0.6667"), "33.3 to 66.7 %"),
        (Interval(), "not known"),
    ],
)
def test_a_lower_bound_is_rounded_down_and_an_upper_bound_up(share: Interval, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize("mode", Rounding)
@pytest.mark.parametrize("digits", [0, 1, 3])
@pytest.mark.parametrize(("above", "below"), [(9995, 10000), (99_999, 100_000), (2999, 3000), (99, 100)])
def test_only_what_is_100_percent_reads_so(above: int, below: int, digits: int, mode: Rounding) -> None:
    assert percent(Interval.exactly(above) / Interval.exactly(below), digits, mode).startswith(("98", "99"))
    assert percent(Interval.exactly(below) / Interval.exactly(above), digits, mode).startswith("10")
    assert percent(Interval.exactly(below) / Interval.exactly(above), digits, mode) != "100 %"
    assert percent(Interval.exactly(below) / Interval.exactly(below), digits, mode) == "100 %"


def test_a_caller_with_little_precision_changes_nothing_shown() -> None:
    with localcontext() as context:
        context.prec = 2
        assert percent(Interval.exactly("1.2345")) == "123.4 %"
        assert rounded("12345.678", 1) == "12345.7"


def test_numbers_are_grouped_and_figures_shown_as_their_source_prints_them() -> None:
    assert grouped(Decimal("1234567.50")) == "1,234,567.5"
    assert shown(None) == ""
    assert shown(Figure.read("over 1,550")) == "over 1,550"
    assert shown(Figure("", Interval.at_least(1709))) == "at least 1,709"
    assert shown(Figure.read("13330")) == "13,330"
    assert shown(Figure.in_words("Bills were passed")) == "Bills were passed"
    assert shown(Figure.gap("not_due")) == "not due"
