"""Laws of publishing a model: what the table withholds stands nowhere, publishing twice is publishing once, and the harmless stays."""

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve
from hypothesis import given, settings, strategies as st
from hypothesis.strategies import DrawFn

import tocmodel as toc
from tests.laws.test_publication_laws import PERIODS, THRESHOLD, counts
from tests.strategies import theories
from tocmodel.errors import InvalidModelError
from tocmodel.figures import Missing
from tocmodel.formats.plain import to_plain
from tocmodel.formats.yaml import dumps
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


# Shares, baselines and several reporters

PARTS = ("", "sex=girls", "sex=boys")


@st.composite
def measured(draw: DrawFn) -> TheoryOfChange:
    """A share and a count with baselines, targets and a draft, by one or two reporters, in parts and in one or two periods."""
    draft = TheoryOfChange.build("readers", period="2024", as_of=draw(st.sampled_from(["2024-12-31", "2024-10-01"])), publication={
        "threshold": THRESHOLD, "name_sources": draw(st.booleans()),
    })  # fmt: skip
    draft.activity("clubs", "Reading clubs")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    reporters = draw(st.sampled_from([(None,), ("north", "south")]))
    for reporter in filter(None, reporters):
        draft.actor(reporter, f"Teachers of the {reporter}")
    periods = draw(st.sampled_from([(None,), PERIODS]))
    parts = draw(st.sampled_from([PARTS[:1], PARTS[1:], PARTS]))
    direction = draw(st.sampled_from(["increase", "decrease"]))
    small, large = st.integers(0, 12), st.integers(101, 140)

    def share(part: str, **more: object) -> dict[str, object]:
        below = draw(st.one_of(small.filter(bool), large))
        above = draw(st.one_of(st.integers(0, min(below, 7)), st.integers(max(0, below - 7), below), st.integers(below // 3, below // 2)))
        form = draw(st.sampled_from(["sides", "figure too", "units", "sample"]))
        sides: dict[str, object] = {"numerator": above, "denominator": below}
        if form == "units":
            sides = {name: {"printed": str(number), "unit": "person"} for name, number in sides.items()}
        if form == "figure too":
            sides["figure"] = Decimal(100 * above) / below
        if form == "sample" and more.pop("asked", False):
            sides = {"figure": Decimal(100 * above) / below, "sample": below}
        more.pop("asked", None)
        return {**sides, "slice": part, "note": f"<{above} of them> among <{below} of them>", **more}

    for id, kind, unit in (("fluent", "percentage", "percent"), ("members", "count", "person")):
        accumulation = draw(st.sampled_from(["snapshot", "cumulative", "incremental"]))
        draft.indicator(id, of="clubs", kind=kind, unit=unit, direction=direction, by="sex", accumulation=accumulation,
                        report="per_period" if accumulation == "incremental" else "to_date")  # fmt: skip

        def value(part: str, kind: str = kind, **more: object) -> dict[str, object]:
            if kind == "percentage":
                return share(part, **more)
            more.pop("asked", None)
            return {"figure": draw(st.one_of(small, large)), "slice": part, **more}

        for part in parts:
            if draw(st.booleans()):
                draft.baseline(id, **value(part))
            change = draw(st.sampled_from([None, None, "amount", "percent"]))
            for period in periods:
                draft.target(id, Decimal(draw(st.integers(2000, 2999))) / 100 if kind == "percentage" else draw(st.integers(141, 160)),
                             slice=part, period=period, change=change)  # fmt: skip
                for reporter in reporters:
                    if draw(st.integers(0, 4)):
                        draft.actual(id, **value(part, period=period, reporter=reporter, asked=True))
        if draw(st.booleans()):
            draft.actual(id, **value(parts[0], period=periods[0], id=f"{id}-first", state="draft", extensions={"raw": {"value": "3"}}))
    return draft.done()


@settings(max_examples=60, deadline=None)
@given(measured())
def test_achievement_of_the_published_model_has_no_number_where_the_table_has_none(model: TheoryOfChange) -> None:
    """But for "at least", which follows from the new results that the table shows."""
    public = published(model)
    shown = {(row.indicator, row.scope, row.period, row.slice): row for row in public.table}
    for found in toc.achievement(public.model):
        was = shown[found.indicator, found.scope, found.period, found.slice]
        at_least = found.actual.bounds is not None and found.actual.bounds.high is None
        row = evolve(found, actual=was.actual, attainment=was.attainment, progress=was.progress) if at_least else found
        of_part = [other.actual.bounds for other in public.table if (other.indicator, other.slice) == (row.indicator, row.slice)]
        assert row.actual.bounds in {None, *of_part}, (row.indicator, row.when, str(row.slice), str(row.actual))
        names = ("baseline", "target", "actual", "attainment", "progress", "original_target", "expected")
        for name in names[:-1] if row.scope == "period" else names:  # what is expected of a period's new results rests on no baseline
            before, after = getattr(was, name), getattr(row, name)
            if name == "expected" and after is not None and after.bounds == row.target.bounds:
                continue  # at the end the target itself is expected, from whatever baseline
            if before is None or before.bounds is None:
                assert after is None or after.bounds is None, (row.indicator, row.when, str(row.slice), name, str(after))


@settings(max_examples=60, deadline=None)
@given(measured())
def test_a_file_of_the_published_model_holds_nothing_of_a_suppressed_value(model: TheoryOfChange) -> None:
    public = published(model)
    file = dumps({name: part for name, part in to_plain(public.model).items() if name != "tocmodel"})  # the version of the format
    left = {value.id: value for value in (*public.model.actuals, *public.model.baselines)}
    figures = [figure for row in public.table for figure in (row.actual, row.baseline, row.target)]
    figures += [target.figure for target in model.targets]
    withheld: set[Decimal] = set()
    known = {number for figure in figures for number in numbers_of(figure)} | {Decimal(THRESHOLD)}
    for value in (*model.actuals, *model.baselines):
        sides = (value.figure, value.numerator, value.denominator)
        numbers = {number for side in sides if side is not None for number in numbers_of(side)}
        if left[value.id].figure.missing is Missing.SUPPRESSED:
            assert left[value.id].numerator is left[value.id].denominator is None
            withheld |= numbers
        else:
            known |= numbers
            sample = getattr(left[value.id], "sample", None)  # how many were asked may be a number that is withheld elsewhere
            known |= {Decimal(sample.n)} if sample is not None and sample.n is not None else set()
    bare = re.sub(r"\d{4}-\d{2}(-\d{2})?|#\d+$|[Aa]ctor[ -]\d+", " ", file, flags=re.MULTILINE)  # dates and ids are no figures
    held = {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", bare)}
    assert held & withheld - known == set(), file


@settings(max_examples=30, deadline=None)
@given(measured())
def test_publishing_shares_twice_is_publishing_them_once(model: TheoryOfChange) -> None:
    once = published(model)
    assert published(once.model).model == once.model
