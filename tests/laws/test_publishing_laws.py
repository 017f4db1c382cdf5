"""Laws of publishing a model: what the table withholds stands nowhere, publishing twice is publishing once, and the harmless stays."""

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve
from hypothesis import given, settings, strategies as st

import tocmodel as toc
from tests.laws.test_publication_laws import THRESHOLD, counts
from tests.strategies import theories
from tocmodel.errors import InvalidModelError
from tocmodel.formats.plain import to_plain
from tocmodel.measurement.gaps import equity_gaps
from tocmodel.measurement.publishing import Published, published
from tocmodel.measurement.tracking import tracking_table
from tocmodel.model import Actual, Evidence, Publication, Record, TheoryOfChange
from tocmodel.reports.charts import achievement_chart, gap_chart, trajectory_chart


def told(model: TheoryOfChange) -> TheoryOfChange:
    """The model with its figures repeated in words beside everything."""
    numbers = sorted({int(actual.figure.value) for actual in model.actuals if actual.figure.value is not None})
    text = {"note": " ".join(f"<{number} of them>" for number in numbers)}

    def each(record: Record, number: int) -> Record:
        return evolve(record, note=f"<{number} of them>") if record.id != "members" else evolve(record, **text)  # type: ignore[arg-type]

    records = [each(record, numbers[place % len(numbers)]) for place, record in enumerate(model.records())]
    records += [Evidence(id=f"seen-{number}", about=("clubs",), statement=f"<{number} of them>") for number in numbers]
    return TheoryOfChange.of(evolve(model.programme, publication=Publication(threshold=THRESHOLD)), records)


def texts(public: Published) -> Iterator[str]:
    """Whatever people or programs may read of it."""
    model, table = public.model, public.table
    yield from (str(table), str(table.records()), table._repr_html_(), str(to_plain(model)))  # pyright: ignore[reportPrivateUsage]
    yield from (row.explain() for row in table)
    yield from (str(equity_gaps(table)), achievement_chart(table), gap_chart(table), str(toc.check(model)))
    yield trajectory_chart(model, "members")
    yield str(tracking_table(model)) + str(toc.achievement(model))


def cells(table: toc.AchievementTable) -> dict[tuple[str, str, str], toc.Figure]:
    return {(row.scope.value, str(row.period), str(row.slice)): row.actual for row in table}


def numbers_of(figure: toc.Figure) -> set[Decimal]:
    return {end for end in (figure.bounds.low, figure.bounds.high) if end} if figure.bounds else set()


@settings(max_examples=25, deadline=None)
@given(counts().map(told))
def test_what_the_table_withholds_stands_in_no_text(model: TheoryOfChange) -> None:
    public = published(model)
    whole, shown = cells(toc.achievement(model)), cells(public.table)
    withheld = {number for cell, figure in shown.items() if figure.missing == "suppressed" for number in numbers_of(whole[cell])}

    for text in texts(public):
        quoted = {Decimal(number) for number in re.findall(r"(?:<|&lt;)(\d+) of them", text)}
        assert not quoted & withheld


@settings(max_examples=25, deadline=None)
@given(counts().map(told))
def test_calculations_on_the_published_model_know_no_more_than_the_table(model: TheoryOfChange) -> None:
    """A running total may stand at its last published report; nothing gives a figure that the table does not show for that part."""
    public = published(model)
    shown, again = cells(public.table), cells(toc.achievement(public.model))
    for actual in public.model.actuals:
        cell = ("period", str(actual.period), str(actual.slice))
        if cell in shown:
            assert actual.figure.value == shown[cell].value, "a value stands just where the table shows it"
    for cell, figure in again.items():
        published_of_part = {other.value for (_, _, part), other in shown.items() if part == cell[2]}
        assert figure.value in {None, *published_of_part}, cell


@settings(max_examples=25, deadline=None)
@given(counts().map(told))
def test_publishing_twice_is_publishing_once(model: TheoryOfChange) -> None:
    once = published(model)
    twice = published(once.model)

    assert twice.model == once.model


@settings(max_examples=40, deadline=None)
@given(theories(), st.booleans())
def test_names_go_once_and_the_model_still_fits_together(drawn: tuple[object, list[Record]], name_sources: bool) -> None:
    from tocmodel.model.naming import without_names

    try:
        model = TheoryOfChange.of(*drawn)  # type: ignore[arg-type]
    except InvalidModelError:
        return
    public = without_names(model, name_sources=name_sources)

    assert without_names(public, name_sources=name_sources) == public
    TheoryOfChange.of(public.programme, list(public.records()))


@given(counts())
@settings(max_examples=30, deadline=None)
def test_without_small_groups_and_with_names_nothing_changes(model: TheoryOfChange) -> None:
    grown = TheoryOfChange.of(
        evolve(model.programme, publication=Publication(name_sources=True, threshold=THRESHOLD)),
        [
            evolve(record, figure=toc.Figure.read((record.figure.value or 0) + 20 if record.figure.value else 0))
            if isinstance(record, Actual)
            else record
            for record in model.records()
        ],
    )
    public = published(grown)
    assert public.model is grown
    assert public.table == toc.achievement(grown)
