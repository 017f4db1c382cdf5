"""Logframes and tracking tables that we write are read with the same figures, units, parts and periods, or it is said."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings, strategies as st

import tocmodel as toc
from tests import strategies
from tocmodel.figures import Figure
from tocmodel.formats.exports import export, left_out
from tocmodel.formats.layouts import read_table
from tocmodel.measurement.actuals import covered, in_force, order
from tocmodel.model import Actual, Indicator, TheoryOfChange, Value
from tocmodel.periods import Period
from tocmodel.slices import Slice

LITERACY = Path(__file__).parents[1] / "literacy.yaml"
KENYA = Path("examples/kenya_sec/kenya_sec.yaml")
FORMS = ("logframe", "logframe-fcdo")
SLICES = ({}, {"sex": "girls"}, {"sex": "boys"}, {"age": "10-14"}, {"age": "10-14", "sex": "girls"}, {"Place of work": "Coast: Kwale"})
PERIODS = ("2022", "2023", "2024", "2024-03", "2024-01/2024-03", "2023-10-05/2024-01-04", "2024-06-30")
GAPS = ("n/a", "-", "missing", "not due", "not applicable", "*")


@st.composite
def models(draw: st.DrawFn, *, figures: st.SearchStrategy[Any]) -> TheoryOfChange:
    """Plans with baselines, targets and results of every part and period, of which each has one."""
    built = toc.TheoryOfChange.build("plan", "A plan", as_of="2024-12-31", period="2022/2024")
    built.dimension("sex", "Sex", categories=["girls", "boys"])
    built.dimension("age", "Age", categories=["10-14"])
    built.dimension("work", "Place of work")
    kinds = draw(st.lists(st.sampled_from(["activity", "output", "outcome", "objective"]), min_size=1, max_size=3))
    for number, kind in enumerate(kinds):
        node = getattr(built, kind)(f"n{number}", f"Change {'abc'[number]}")
        for place in range(draw(st.integers(0, 2))):
            unit = draw(st.sampled_from((None, "person", "percent", "school", "KES")))
            id = f"i{number}{place}"
            built.indicator(id, f"Measure {'abc'[number]} {'xy'[place]}", of=node, unit=unit, by=["sex", "age", "work"])
            cells = st.tuples(st.sampled_from(SLICES), st.sampled_from((None, *PERIODS)))
            for add in (built.baseline, built.target, built.actual):
                for part, period in draw(st.lists(cells, max_size=5, unique_by=str)):
                    own = {("work" if name == "Place of work" else name): category for name, category in part.items()}
                    more: dict[str, Any] = {"period": period} if period else {}
                    if add == built.actual and period and draw(st.booleans()):
                        more = {"measured": period}
                    if add == built.actual and draw(st.booleans()):
                        more["reported"] = "2025-01-20"
                    figure = draw(figures)
                    if Figure.read(figure).unit in {None, unit}:  # other units are refused
                        add(id, figure, slice=own, **more)
    return built.done()


def read_again(model: TheoryOfChange, form: str, *, decimal: str | None = None) -> TheoryOfChange:
    with tempfile.TemporaryDirectory() as folder:
        (path,) = export(model, Path(folder) / "out.xlsx", form)
        return read_table(path, decimal=decimal).model


def about(value: Value, indicator: Indicator) -> tuple[object, ...]:
    """What a value says: of what, of which part and days, how much, in what."""
    days = covered(value) if isinstance(value, Actual) else value.period
    reported = str(value.reported)[:10] if isinstance(value, Actual) and days is None and value.reported else ""
    figure = value.figure
    number = (str(figure.bounds), figure.unit or indicator.unit)
    if figure.bounds is None:
        number = (" ".join(figure.printed.split()) if figure.words else str(figure.missing), None)
    return value.kind, str(indicator.title), str(value.slice), str(days), reported, *number


def said(model: TheoryOfChange, *, latest: bool = False) -> Counter[tuple[object, ...]]:
    """What all values of a model say."""
    found = Counter[tuple[object, ...]]()
    for indicator in model.indicators:
        actuals: Iterable[Value] = in_force(model.actuals_of(indicator.id))
        if latest:
            actuals = {actual.slice: actual for actual in sorted(in_force(model.actuals_of(indicator.id)), key=order)}.values()
        for values in (model.baselines_of(indicator.id), model.targets_of(indicator.id), actuals):
            found.update(about(value, indicator) for value in values)
    return found


def printed() -> st.SearchStrategy[str]:
    return st.one_of(strategies.printed_numbers().filter(lambda text: not Figure.read(text).not_readable), st.sampled_from(GAPS))


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(model=models(figures=printed()))
def test_a_logframe_says_what_the_model_says(form: str, model: TheoryOfChange) -> None:
    assume(model.indicators)
    again = read_again(model, form, decimal=".")
    assert not [phrase for phrase in left_out(model, form) if "read otherwise" in phrase]
    assert said(again) == said(model, latest=form == "logframe")


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(model=models(figures=strategies.figures().map(lambda figure: evolve(figure, source=None))))
def test_what_a_logframe_cannot_say_is_said(form: str, model: TheoryOfChange) -> None:
    assume(model.indicators)
    if said(read_again(model, form, decimal=".")) != said(model, latest=form == "logframe"):
        assert [phrase for phrase in left_out(model, form) if "read otherwise" in phrase]


def cells(model: TheoryOfChange) -> dict[tuple[str, str, Period | None, Slice], Figure]:
    """The targets and results of a tracking table, by where they stand; of the whole, only the target."""
    found: dict[tuple[str, str, Period | None, Slice], Figure] = {}
    for row in toc.tracking_table(model):
        found["target", row.indicator, None, row.slice] = row.life.target
        for period, over in row.periods:
            if over is not None:
                found["target", row.indicator, period, row.slice] = over.target
                found["actual", row.indicator, period, row.slice] = over.actual
    return {place: figure for place, figure in found.items() if figure.bounds is not None}


def assert_tracked(model: TheoryOfChange, again: TheoryOfChange) -> None:
    units = {indicator.id: indicator.unit for indicator in again.indicators}
    values = {(value.kind, value.indicator, value.period, value.slice): value.figure for value in (*again.targets, *again.actuals)}
    for (kind, indicator, period, part), figure in cells(model).items():
        read = values[kind, indicator, period, part]
        assert read.unit or units[indicator] == figure.unit
        assert figure.bounds in (read.bounds, Figure(bounds=read.bounds, unit=read.unit or units[indicator]).counted().bounds)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(model=models(figures=printed()))
def test_a_tracking_table_says_what_it_shows(model: TheoryOfChange) -> None:
    assume(model.indicators)
    if not [phrase for phrase in left_out(model, "iptt") if "read otherwise" in phrase]:
        assert_tracked(model, read_again(model, "iptt", decimal="."))


@pytest.mark.parametrize("file", [KENYA, LITERACY], ids=["kenya", "literacy"])
def test_the_examples_come_back(file: Path) -> None:
    model = toc.read(file)
    for form in FORMS:
        assert said(read_again(model, form)) == said(model, latest=form == "logframe"), form
    assert_tracked(model, read_again(model, "iptt"))
