"""Laws of what is published: a reader who knows every published row and every rule of summing cannot work a small group out."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.strategies import DrawFn

import tocmodel as toc
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.publication import publishable
from tocmodel.measurement.rows import AchievementRow
from tocmodel.measurement.tracking import tracking_table

THRESHOLD = 5
MOST = 200
Cell = tuple[str, str, str]
PERIODS = ("2024-01/2024-06", "2024-07/2024-12")


@st.composite
def counts(draw: DrawFn) -> toc.TheoryOfChange:
    """A model with one indicator in cells of sex, or of sex and place, over one or two periods; totals published or not."""
    crossed, halves, totals = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    accumulation = draw(st.sampled_from(["incremental", "cumulative", "snapshot"]))
    sexes = draw(st.sampled_from([("girls", "boys"), ("girls", "boys", "unknown")]))
    draft = toc.TheoryOfChange.build("readers", period="2024", as_of="2024-12-31")
    clubs = draft.activity("clubs", "Reading clubs")
    draft.dimension("sex", "Sex", categories=sexes)
    draft.dimension("place", "Place", categories=["north", "south"])
    draft.indicator("members", of=clubs, unit="person", direction="increase", by=["sex", "place"] if crossed else ["sex"],
                    accumulation=accumulation, report="per_period" if accumulation == "incremental" else "to_date")  # fmt: skip
    number = st.integers(0, 12)
    for period in PERIODS if halves else PERIODS[:1]:
        draft.target("members", draw(st.integers(1, 40)), period=period)
        cells = {(sex, place): draw(number) for sex in sexes for place in (("north", "south") if crossed else ("",))}
        silent = draw(st.sampled_from([None, None, *sexes])) if not crossed and not totals else None
        if totals:
            draft.actual("members", sum(cells.values()), period=period)
        for sex in sexes:
            draft.target("members", draw(st.integers(1, 20)), period=period, slice={"sex": sex})
            if sex != silent:
                draft.actual("members", sum(cells[key] for key in cells if key[0] == sex), period=period, slice={"sex": sex})
        if crossed:
            for place in ("north", "south"):
                draft.actual("members", sum(cells[key] for key in cells if key[1] == place), period=period, slice={"place": place})
            for (sex, place), figure in cells.items():
                draft.actual("members", figure, period=period, slice={"sex": sex, "place": place})
    return draft.done()


def key(row: AchievementRow) -> Cell:
    return row.scope.value, str(row.period), str(row.slice)


def sums(table: AchievementTable, model: toc.TheoryOfChange) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """The rules that a reader knows: sexes and places make up their total, and periods the whole and what is due.

    What has no report adds nothing to the lower bound that is published for its total.
    """
    rows = [key(row) for row in table if row.actual.bounds is not None]
    there = set(rows)
    sexes = tuple(f"sex={category.id}" for category in model.dimensions[0].categories)
    places = ("place=north", "place=south")
    for scope, period, _ in there:

        def at(part: str, scope: str = scope, period: str = period) -> Cell:
            return scope, period, part

        def of(parts: tuple[str, ...]) -> tuple[Cell, ...]:
            return tuple(cell for part in parts if (cell := at(part)) in there)

        yield at("total"), of(sexes)
        if at(places[0]) in there:
            yield at("total"), of(places)
            for sex in sexes:
                yield at(sex), of(tuple(f"{place}, {sex}" for place in places))
            for place in places:
                yield at(place), of(tuple(f"{place}, {sex}" for sex in sexes))
    adds = model.indicators[0].accumulation == "incremental"
    for scope, period, part in there:
        if scope in {"life", "to_date"}:
            periods = sorted(row for row in rows if row[0] == "period" and row[2] == part)
            yield (scope, period, part), tuple(periods if adds else periods[-1:])


def another(values: Mapping[Cell, int | None], rules: Sequence[tuple[Cell, tuple[Cell, ...]]], cell: Cell, unlike: int) -> bool:
    """Whether some whole numbers from 1 up for the unknown cells keep every rule with this cell at another value."""
    ranges = {name: (1, MOST) if value is None else (value, value) for name, value in values.items()}
    low, high = ranges[cell]
    return any(_solved({**ranges, cell: bounds}, rules) for bounds in ((low, unlike - 1), (unlike + 1, high)) if bounds[0] <= bounds[1])


def _solved(ranges: dict[Cell, tuple[int, int]], rules: Sequence[tuple[Cell, tuple[Cell, ...]]]) -> bool:
    changed = True
    while changed:
        changed = False
        for whole, parts in rules:
            least, most = sum(ranges[part][0] for part in parts), sum(ranges[part][1] for part in parts)
            narrow: list[tuple[Cell, int, int]] = [(whole, least, most)]
            for part in parts:
                rest = least - ranges[part][0], most - ranges[part][1]
                narrow.append((part, ranges[whole][0] - rest[1], ranges[whole][1] - rest[0]))
            for name, low, high in narrow:
                tight = max(low, ranges[name][0]), min(high, ranges[name][1])
                if tight[0] > tight[1]:
                    return False
                if tight != ranges[name]:
                    ranges[name], changed = tight, True
    open = [name for name, (low, high) in ranges.items() if low < high]
    if not open:
        return True
    name = min(open, key=lambda cell: ranges[cell][1] - ranges[cell][0])
    return any(_solved({**ranges, name: (value, value)}, rules) for value in range(ranges[name][0], ranges[name][1] + 1))


@settings(max_examples=40, deadline=None)
@given(counts(), st.sampled_from(["achievement", "tracking"]))
def test_no_suppressed_cell_can_be_worked_out(model: toc.TheoryOfChange, form: str) -> None:
    full = toc.achievement(model)
    public = publishable(model, full, threshold=THRESHOLD) if form == "achievement" else publishable(
        model, tracking_table(model), threshold=THRESHOLD
    ).achievement  # fmt: skip
    true = {key(row): int(row.actual.bounds.low or 0) for row in full if row.actual.bounds is not None}
    shown = {key(row): None if row.actual.missing == "suppressed" else true[key(row)] for row in public if key(row) in true}
    rules = [(whole, parts) for whole, parts in sums(full, model) if whole in true and parts and set(parts) <= set(true)]
    rules = [(whole, parts) for whole, parts in rules if true[whole] == sum(true[part] for part in parts)]

    for name, value in true.items():
        if 0 < value < THRESHOLD:
            assert shown[name] is None, f"the small {name} is shown"
    for name, value in shown.items():
        assert value in {None, true[name]}
        if value is None:
            assert another(shown, rules, name, true[name]), f"{name} can only be {true[name]}"


@settings(max_examples=25, deadline=None)
@given(counts())
def test_nothing_else_in_a_suppressed_row_gives_it_back(model: toc.TheoryOfChange) -> None:
    public = publishable(model, tracking_table(model), threshold=THRESHOLD)
    for row in public.achievement:
        assert not [input for input in row.inputs if input.role == "actual"]
        if row.actual.missing == "suppressed":
            record = row.record()
            assert not [name for name in record if name.startswith(("actual", "attainment", "progress")) and record[name]]
            assert row.pace is None
            assert row.status not in {toc.Status.MET, toc.Status.NOT_MET}
            assert "suppressed" in row.explain()
    for record in public.records():
        if record["actual_low"] is None:
            assert record["variance_low"] is record["attainment_low"] is record["progress_low"] is None


@settings(max_examples=25, deadline=None)
@given(counts())
def test_without_small_groups_nothing_changes(model: toc.TheoryOfChange) -> None:
    full = toc.achievement(model)
    if not any(row.actual.value and row.actual.value < THRESHOLD for row in full):
        shown: list[Any] = [row.actual for row in publishable(model, full, threshold=THRESHOLD)]
        assert shown == [row.actual for row in full]


@pytest.mark.parametrize(("girls", "boys"), list(product((1, 2, 4), (1, 3, 40))))
def test_two_small_cells_below_a_published_total_do_not_pin_each_other(girls: int, boys: int) -> None:
    draft = toc.TheoryOfChange.build("readers", as_of="2024-12-31")
    clubs = draft.activity("clubs", "Reading clubs")
    draft.dimension("sex", "Sex", categories=["girls", "boys", "unknown"])
    draft.indicator("members", of=clubs, unit="person", by=["sex"])
    for sex, figure in (("girls", girls), ("boys", boys), ("unknown", 90)):
        draft.actual("members", Decimal(figure), slice={"sex": sex})
    model = draft.done()
    public = publishable(model, toc.achievement(model))
    shown = {str(row.slice): row.actual.value for row in public}
    known = sum(value for part, value in shown.items() if value is not None and part != "total")
    unknown = [part for part, value in shown.items() if value is None and part != "total"]
    rest = None if shown["total"] is None else shown["total"] - known
    assert "sex=girls" in unknown
    assert rest is None or (len(unknown) > 1 and rest > len(unknown))
