"""Indicators and their values, by example."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tocmodel.errors import FieldError, UnknownUnitError
from tocmodel.figures import Figure, Interval, Missing
from tocmodel.model import (
    Accumulation,
    Actual,
    ActualState,
    Baseline,
    Cascade,
    Coverage,
    Derivation,
    Dimension,
    Direction,
    Indicator,
    IndicatorKind,
    Operation,
    Overlap,
    ReportBasis,
    Sample,
    Target,
    Term,
)
from tocmodel.periods import Period
from tocmodel.slices import Slice


def test_an_indicator_states_what_it_measures_and_says_unknown_otherwise() -> None:
    indicator = Indicator(id="readers", title="Readers", of="clubs")
    assert (indicator.direction, indicator.accumulation, indicator.report) == (
        Direction.UNKNOWN,
        Accumulation.UNKNOWN,
        ReportBasis.UNKNOWN,
    )
    assert (indicator.kind, indicator.unit, indicator.by) == (IndicatorKind.COUNT, None, ())


def test_the_reference_sheet_of_an_indicator() -> None:
    indicator = Indicator(
        id="share",
        title="Share of readers",
        of="clubs",
        kind="ratio",
        unit="%",
        population="children",
        by=["sex", {"dimension": "age", "coverage": "partial"}],
        numerator="children who read",
        scale=["low", {"name": "high", "score": "2"}],
        codes={"vocabulary": "SDG", "code": "4.6"},
        derived={"operation": "ratio", "terms": ["read", {"indicator": "more", "factor": "100"}], "over": "all"},
        tolerance="0.5",
    )
    assert indicator.unit == "percent"
    assert [(breakdown.dimension, breakdown.coverage) for breakdown in indicator.by] == [
        ("sex", Coverage.EXHAUSTIVE),
        ("age", Coverage.PARTIAL),
    ]
    assert [(level.name, level.score) for level in indicator.scale] == [("low", None), ("high", Decimal(2))]
    assert indicator.codes[0].code == "4.6"
    assert indicator.derived == Derivation(Operation.RATIO, (Term("read"), Term("more", Decimal(100))), (Term("all"),))


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnknownUnitError, match="the population, their unit is person"):
        Indicator(id="i", title="I", of="a", unit="girls")


def test_dimensions_may_have_categories_and_composites() -> None:
    places = Dimension(id="place", title="Place", categories=["north", {"id": "coast", "members": ["east", "west"]}])
    assert [category.id for category in places.categories] == ["north", "coast"]
    assert places.categories[1].members == ("east", "west")


@pytest.mark.parametrize(
    ("value", "id"),
    [
        (Target(indicator="i", figure=5), "i.target"),
        (Target(indicator="i", figure=5, period="2020"), "i.target.2020-01-01_2020-12-31"),
        (Actual(indicator="i", figure=5, slice={"sex": "girls", "age": "10-14"}), "i.actual.age=10-14,sex=girls"),
        (Baseline(indicator="i", figure=5, id="b0"), "b0"),
        (Actual(indicator="i", figure=5, slice={"place": "old town/port"}), "i.actual.place=old_town_port"),
    ],
)
def test_a_value_is_named_by_what_it_speaks_of(value: Target, id: str) -> None:
    assert value.id == id


def test_a_target_states_a_threshold_and_an_actual_bounds() -> None:
    assert Target(indicator="i", figure="at least 40").figure.value == 40
    assert Actual(indicator="i", figure="at least 40").figure.bounds == Interval.at_least(40)
    assert Baseline(indicator="i", figure="40+").figure.bounds == Interval.at_least(40)


def test_dates_of_measurement_period_and_report_are_kept_apart() -> None:
    actual = Actual(
        indicator="i", figure=5, period="2020", measured="2020-12", reported="2021-01-05T09:00:00+03:00", sequence="2", reporter="r"
    )
    assert actual.period == Period.read("2020")
    assert actual.measured == Period.read("2020-12")
    assert actual.reported == datetime(2021, 1, 5, 6, 0, tzinfo=UTC)
    assert (actual.sequence, actual.reporter, actual.state) == (2, "r", ActualState.APPROVED)
    assert Actual(indicator="i", figure=5, reported="2021-01-05").reported == date(2021, 1, 5)


def test_a_figure_may_follow_from_numerator_and_denominator_and_is_a_fault_otherwise() -> None:
    assert Actual(indicator="i", numerator=3, denominator=4).figure == Figure.gap()
    assert Actual(indicator="i", figure="missing").figure.missing is Missing.MISSING
    for given in ({}, {"numerator": 3}):
        with pytest.raises(FieldError, match="the figure is missing"):
            Target(indicator="i", **given)


def test_a_sample_may_be_its_size() -> None:
    assert Actual(indicator="i", figure="12 %", sample="400").sample == Sample(400)
    assert Actual(indicator="i", figure="12 %", sample={"n": 400, "design_effect": "1.5"}).sample == Sample(400, Decimal("1.5"))


def test_overlaps_and_cascades_name_indicators() -> None:
    overlap = Overlap(id="o", between=["a", "b"], figure="up to 20", slice="sex=girls")
    assert (overlap.between, overlap.figure.bounds, overlap.slice) == (("a", "b"), Interval(0, 20), Slice.read("sex=girls"))
    assert Cascade(id="c", title="C", steps=["a", "b"]).steps == ("a", "b")
