"""What may be published of an achievement: small groups taken out, and with them whatever would give them back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import overload

from attrs import evolve, frozen

from tocmodel.errors import ReasonNeededError
from tocmodel.figures import Figure, Interval, Missing, Number, to_decimal
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.actuals import factor_of, figure_of
from tocmodel.measurement.disclosure import Relation, Unknown, given_away
from tocmodel.measurement.explanations import Input
from tocmodel.measurement.formulas import Ratio, Reason
from tocmodel.measurement.judging import Status
from tocmodel.measurement.privacy import small
from tocmodel.measurement.rows import AchievementRow, Scope
from tocmodel.measurement.tracking import TrackingTable, tracked
from tocmodel.messages import message
from tocmodel.model import Actual, Baseline, Coverage, Dimension, Indicator, IndicatorKind, Operation, Sensitivity, Target, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice

ABOUT_PEOPLE = frozenset({"person", "household", "family", "group", "case", "report"})
"""Units of which a small count may point to somebody. Indicators marked sensitive are protected whatever they count."""


@frozen(order=True)
class _Cell:
    """One figure of a table: an actual, a baseline, or one that no row shows."""

    role: str
    indicator: str
    scope: str
    period: Period | None
    slice: Slice


@overload
def publishable(
    model: TheoryOfChange, table: AchievementTable, *, threshold: Number = 5, zero: bool = False, reason: str = ""
) -> AchievementTable: ...


@overload
def publishable(
    model: TheoryOfChange, table: TrackingTable, *, threshold: Number = 5, zero: bool = False, reason: str = ""
) -> TrackingTable: ...


def publishable(
    model: TheoryOfChange, table: AchievementTable | TrackingTable, *, threshold: Number = 5, zero: bool = False, reason: str = ""
) -> AchievementTable | TrackingTable:
    """A table that may be published: no small group can be read from it or worked out of it.

    Suppressed are actuals and baselines above zero and below the threshold, of indicators that count people, households,
    cases and the like or have no unit, or are marked sensitive; shares whose numerator, rest, denominator or sample is that
    small; then, as long as any of these could be worked out by subtraction across breakdowns, periods and totals, the smallest
    figure that stands in a sum with it. With a figure go its attainment, progress, variance, pace and verdict, for with the
    target they would give it back; with a suppressed baseline go its progress, what was expected, and every target that rests
    on a change from it. Values behind the rows, and notes that may quote them, are taken out too.

    Args:
        model: the model.
        table: its achievement or tracking table, not narrowed: what is published elsewhere gives figures away as well.
        threshold: the smallest count that may be shown; 0 or 1 switches the suppression off.
        zero: whether a zero is suppressed too.
        reason: why it is switched off; it stands below the table.

    Raises:
        ReasonNeededError: if it is switched off without a reason although records are marked sensitive.

    Example:
        >>> from tocmodel.measurement.achievement import achievement
        >>> draft = TheoryOfChange.build("readers", as_of="2024-12-31")
        >>> clubs = draft.activity("clubs", "Reading clubs")
        >>> _ = draft.dimension("sex", "Sex", categories=["girls", "boys"])
        >>> members = draft.indicator("members", of=clubs, unit="person", direction="increase", by=["sex"])
        >>> for sex, figure in (("girls", 40), ("boys", 2)):
        ...     _ = draft.actual(members, figure, slice={"sex": sex})
        >>> model = draft.done()
        >>> [str(row.actual) for row in publishable(model, achievement(model))]
        ['42', 'suppressed', 'suppressed']

    Source: docs/reference/formulas.md, F23.
    """
    if isinstance(table, TrackingTable):
        inner = publishable(model, table.achievement, threshold=threshold, zero=zero, reason=reason)
        return evolve(tracked(model, inner, periods=table.periods), notes=table.notes)
    limit = to_decimal(threshold)
    if limit <= 1:
        shown = [indicator.id for indicator in model.indicators if _sensitive(model, indicator)]
        shown = [id for id in shown if any(row.indicator == id for row in table)]
        if shown and not reason.strip():
            raise ReasonNeededError("the suppression of small groups", shown)
        said = message("Small groups are shown: %(reason)s", reason=reason)
        return evolve(table, notes=(*table.notes, said)) if reason.strip() and said not in table.notes else table
    protected = about_people(model)
    withheld = {_actual(row) for row in table if _rests_on_suppressed(model, row)} | _without_a_row(model, table)
    figures = {cell: figure for cell, figure in _figures(table).items() if cell not in withheld}
    ratios = _ratios(model, figures)
    stated = {cell for cell in figures if cell.indicator in protected and (cell not in ratios or cell.role == "baseline")}
    is_small = partial(small, limit=limit, zero=zero)
    first = {cell for cell in stated if is_small(figures[cell])}
    first |= {cell for row in table if row.indicator in protected for cell in _small_shares(model, row, figures, is_small)}
    relations = list(_relations(model, figures, withheld))
    first |= {cell for cell, left in _unshown(relations, figures) if cell.indicator in protected and 0 < left < limit}
    hidden = _with_what_gives_them_away(first, figures, relations, ratios, zero=zero)
    touched = _resting_on(model, {cell.indicator for cell in hidden})
    rows = tuple(_without(model, row, hidden, protected, touched) for row in table)
    count = sum(Missing.SUPPRESSED in {row.actual.missing, row.baseline.missing} for row in rows)
    said = message(
        "In %(count)s rows figures are suppressed: groups below %(limit)s, and what would give them away.", count=count, limit=limit
    )
    notes = (*table.notes, said) if count and said not in table.notes else table.notes
    orphans = tuple(orphan for orphan in table.orphans if orphan.indicator not in protected)
    return evolve(table, rows=rows, orphans=orphans, notes=notes)


_SHARES = frozenset({IndicatorKind.PERCENTAGE, IndicatorKind.RATIO})


def about_people(model: TheoryOfChange) -> frozenset[str]:
    """The ids of the indicators of which a small figure may point to somebody: counts and shares of people, and what is sensitive.

    A count without a unit may count people, so it is among them.
    """
    return frozenset(
        indicator.id
        for indicator in model.indicators
        if indicator.unit in ABOUT_PEOPLE
        or (indicator.unit is None and indicator.kind is IndicatorKind.COUNT)
        or (indicator.kind in _SHARES and _of_people(model, indicator))
        or _sensitive(model, indicator)
    )


def _sensitive(model: TheoryOfChange, indicator: Indicator) -> bool:
    values = (*model.baselines_of(indicator.id), *model.actuals_of(indicator.id))
    dimensions = [model.by_id[item.dimension] for item in indicator.by if item.dimension in model.by_id]
    return any(record.sensitivity is Sensitivity.SENSITIVE for record in (indicator, model.by_id[indicator.of], *dimensions, *values))


def _of_people(model: TheoryOfChange, indicator: Indicator) -> bool:
    """Whether one side of a share is people, as far as that is stated; a denominator without a unit counts as people."""
    values = (*model.baselines_of(indicator.id), *model.actuals_of(indicator.id))
    units = {value.denominator.unit for value in values if value.denominator is not None}
    units |= {value.numerator.unit for value in values if value.numerator is not None and value.numerator.unit is not None}
    return not units or None in units or bool(units & ABOUT_PEOPLE)


def _resting_on(model: TheoryOfChange, ids: set[str]) -> set[str]:
    """The indicators, and those that are derived from them: what is said of these may quote them."""
    derived = [(indicator.id, indicator.derived) for indicator in model.indicators if indicator.derived is not None]
    more = {id for id, made in derived if any(term.indicator in ids for term in (*made.terms, *made.over))}
    return ids if more <= ids else _resting_on(model, ids | more)


def _actual(row: AchievementRow) -> _Cell:
    return _Cell("actual", row.indicator, row.scope.value, row.period, row.slice)


def _baseline(row: AchievementRow) -> _Cell:
    return _Cell("baseline", row.indicator, "", None, row.slice)


def _rests_on_suppressed(model: TheoryOfChange, row: AchievementRow) -> bool:
    """Whether somebody withheld the result or a part of it before: what is left of it, such as "at least 0", is no small group."""
    values = [model.by_id.get(input.id) for input in row.inputs]
    return row.actual.missing is Missing.SUPPRESSED or any(
        isinstance(value, Actual) and value.figure.missing is Missing.SUPPRESSED for value in values
    )


def _without_a_row(model: TheoryOfChange, table: AchievementTable) -> set[_Cell]:
    """Results that somebody withheld before, in every stretch that a table has rows of, also where it has none for their part."""
    gone = [actual for actual in model.actuals if actual.figure.missing is Missing.SUPPRESSED]
    stretches: dict[str, set[tuple[str, Period | None]]] = {}
    for row in table if gone else ():
        stretches.setdefault(row.indicator, set()).add((row.scope.value, row.period))
    return {
        _Cell("actual", actual.indicator, scope, period, actual.slice)
        for actual in gone
        for scope, period in stretches.get(actual.indicator, ())
        if period is None or actual.period is None or period.holds(actual.period)
    }


def _figures(table: AchievementTable) -> dict[_Cell, Figure]:
    found = {cell: figure for row in table for cell, figure in ((_actual(row), row.actual), (_baseline(row), row.baseline))}
    return {cell: figure for cell, figure in found.items() if figure.bounds is not None}


def counted(value: Actual | Baseline, indicator: Indicator) -> list[Figure]:
    """What a value counts: its figure, or of a share, as far as it is stated, the numerator, the denominator, the rest and the sample."""
    parts = _parts(value, indicator)
    return parts if parts and indicator.kind in _SHARES else [figure_of(value, indicator), *parts]


def _parts(value: Actual | Baseline, indicator: Indicator) -> list[Figure]:
    """How many people stand behind a figure: those above, below and between the two lines of a share, and those who were asked."""
    above, below = value.numerator, value.denominator
    asked = Figure("", Interval.exactly(value.sample.n)) if isinstance(value, Actual) and value.sample and value.sample.n else None
    if below is None and above is None:
        below, asked = asked, None
    share = figure_of(value, indicator).bounds if indicator.kind in _SHARES else None
    if share is not None and (above is None) is not (below is None):  # a reader works the other out
        factor = Interval.exactly(factor_of(indicator))
        known = above or below
        unit = known.unit if known is not None and indicator.kind is IndicatorKind.PERCENTAGE else None
        if below is not None and below.bounds is not None:
            above = Figure("", share * below.bounds / factor, unit)
        elif above is not None and above.bounds is not None and Decimal(0) not in share:
            below = Figure("", above.bounds * factor / share, unit)
    return [*_sides(above, below), *([asked] if asked is not None else [])]


def _sides(above: Figure | None, below: Figure | None) -> list[Figure]:
    """The numerator, the denominator and the rest between them; only those that count people, where one of them does."""
    sides = [side for side in (above, below) if side is not None]
    if len(sides) == 2 and (len({side.unit for side in sides}) == 1 or any(side.unit is None for side in sides)):
        part, whole = (side.bounds for side in sides)
        rest = None if part is None or whole is None else whole - part
        if rest is not None and (rest.high is None or rest.high >= 0):  # visits may be more than visitors
            sides.append(Figure("", rest, sides[0].unit))
    return [side for side in sides if side.unit is None or side.unit in ABOUT_PEOPLE] or sides


def _small_shares(
    model: TheoryOfChange, row: AchievementRow, figures: Mapping[_Cell, Figure], is_small: Callable[[Figure], bool]
) -> Iterator[_Cell]:
    """The cells of a row that rest on a share of few, or on counts that no row shows, of few somewhere."""
    for input in row.inputs:
        value = model.by_id.get(input.id)
        if isinstance(value, Actual | Baseline) and any(map(is_small, _parts(value, model.indicator(value.indicator)))):
            yield _baseline(row) if isinstance(value, Baseline) else _actual(row)
    for id in _behind(model.indicator(row.indicator)):
        values = model.actuals_of(id) if evolve(_actual(row), indicator=id) not in figures else ()
        if any(is_small(part) for value in values for part in counted(value, model.indicator(id))):
            yield _actual(row)


def _behind(indicator: Indicator) -> set[str]:
    """The indicators that one is a share of; none where it is not one sum over another."""
    made = indicator.derived
    return {term.indicator for term in (*made.terms, *made.over)} if made is not None and made.operation is Operation.RATIO else set()


def _low(figure: Figure) -> Decimal:
    return figure.bounds.low if figure.bounds is not None and figure.bounds.low is not None else Decimal(0)


def _high(figure: Figure) -> Decimal | None:
    return None if figure.bounds is None else figure.bounds.high


# What a reader knows to add up


def _relations(model: TheoryOfChange, figures: Mapping[_Cell, Figure], withheld: set[_Cell]) -> Iterator[Relation[_Cell]]:
    """Every sum that a reader knows to hold between the figures, or may find to hold; none over several that are withheld already."""
    known = {indicator.id: indicator for indicator in model.indicators}
    stretches: dict[tuple[str, str, str, Period | None], dict[Slice, _Cell]] = {}
    cells: dict[tuple[str, Slice], list[_Cell]] = {}
    for cell in figures:
        if known[cell.indicator].kind is IndicatorKind.COUNT:
            stretches.setdefault((cell.role, cell.indicator, cell.scope, cell.period), {})[cell.slice] = cell
        if cell.role == "actual":
            cells.setdefault((cell.indicator, cell.slice), []).append(cell)
    for (_, id, _, _), by_slice in stretches.items():
        yield from _over_breakdowns(model, known[id], by_slice, figures, withheld)
    for own in cells.values():
        yield from _over_time(own, figures)
    for indicator in model.indicators:
        yield from _of_derived(indicator, figures)


def _sum(whole: _Cell, parts: Iterable[_Cell], times: int = 1) -> dict[_Cell, Fraction]:
    return {whole: Fraction(-times)} | dict.fromkeys(parts, Fraction(1))


def _over_breakdowns(
    model: TheoryOfChange, indicator: Indicator, by_slice: Mapping[Slice, _Cell], figures: Mapping[_Cell, Figure], withheld: set[_Cell]
) -> Iterator[Relation[_Cell]]:
    for breakdown in indicator.by:
        declared = model.by_id.get(breakdown.dimension)
        categories = declared.categories if isinstance(declared, Dimension) else ()
        groups: dict[Slice, dict[str, _Cell]] = {}
        for part, cell in by_slice.items():
            if breakdown.dimension in part.dimensions:
                rest = Slice(tuple(pair for pair in part if pair[0] != breakdown.dimension))
                groups.setdefault(rest, {})[part[breakdown.dimension]] = cell
        for rest, parts in groups.items():
            for item in categories:
                if item.members and item.id in parts and set(item.members) <= set(parts):
                    yield _sum(parts[item.id], [parts[member] for member in item.members])
            composite = {item.id for item in categories if item.members}
            single = {category: cell for category, cell in parts.items() if category not in composite}
            silent = [item.id for item in categories if item.id not in {*parts, *composite}]
            one = next(iter(parts.values()))
            slices = {category: Slice((*rest.pairs, (breakdown.dimension, category))) for category in silent}
            if sum(evolve(one, slice=part) in withheld for part in slices.values()) > 1:
                continue
            others = slices[silent[0]] if silent else None
            yield from _of_a_total(by_slice.get(rest), single, breakdown.coverage, figures, rest, others)


def _of_a_total(
    shown: _Cell | None, parts: Mapping[str, _Cell], coverage: Coverage, figures: Mapping[_Cell, Figure], rest: Slice, others: Slice | None
) -> Iterator[Relation[_Cell]]:
    """What is known of a total: also of one that no row shows, which two breakdowns share, and of a part that nobody reported."""
    added = sum((_low(figures[cell]) for cell in parts.values()), Decimal(0))
    if coverage is Coverage.EXHAUSTIVE and parts:
        one = next(iter(parts.values()))
        left = [evolve(one, slice=others)] if others is not None and shown is not None and added < _low(figures[shown]) else []
        yield _sum(shown or evolve(one, slice=rest), [*parts.values(), *left])
    elif shown is not None and added == _low(figures[shown]):
        yield _sum(shown, parts.values())
    if shown is not None:
        yield from (_sum(shown, [cell]) for cell in parts.values() if _low(figures[cell]) == _low(figures[shown]))


def _over_time(own: Sequence[_Cell], figures: Mapping[_Cell, Figure]) -> Iterator[Relation[_Cell]]:
    """Sums, means and repetitions of one cell over time, wherever the numbers fit: how the actuals accumulate does not matter."""
    for whole in own:
        inside = [cell for cell in own if cell is not whole and _within(cell, whole)]
        yield from (_sum(whole, [cell]) for cell in inside if _low(figures[cell]) == _low(figures[whole]))
        periods = [cell for cell in inside if cell.scope == Scope.PERIOD.value]
        finest = [cell for cell in periods if not any(other is not cell and _within(other, cell) for other in periods)]
        coarsest = [cell for cell in periods if not any(other is not cell and _within(cell, other) for other in periods)]
        for layer in (finest, coarsest):
            added = sum((_low(figures[cell]) for cell in layer), Decimal(0))
            if len(layer) > 1:
                if added in {_low(figures[whole]), _high(figures[whole])}:
                    yield _sum(whole, layer)
                elif added == _low(figures[whole]) * len(layer):
                    yield _sum(whole, layer, len(layer))


def _within(inner: _Cell, outer: _Cell) -> bool:
    if outer.period is None:
        return inner.period is not None
    return inner.period is not None and outer.period.holds(inner.period) and (inner.period != outer.period or inner.scope != outer.scope)


def _of_derived(indicator: Indicator, figures: Mapping[_Cell, Figure]) -> Iterator[Relation[_Cell]]:
    made = indicator.derived
    if made is None or made.operation is Operation.RATIO:
        return
    for cell in figures:
        if cell.indicator == indicator.id:
            terms = [(term, 1) for term in made.terms] + [(term, -1) for term in made.over]
            relation = {cell: Fraction(-1)}
            for term, sign in terms:
                factor = Fraction(term.factor) if term.factor is not None else Fraction(1)
                relation[evolve(cell, indicator=term.indicator)] = sign * factor
            yield relation


def _ratios(model: TheoryOfChange, figures: Mapping[_Cell, Figure]) -> dict[_Cell, set[_Cell]]:
    """For each cell of an indicator that is one sum over another, the cells that it would help to work out."""
    found: dict[_Cell, set[_Cell]] = {}
    for indicator in model.indicators:
        if behind := _behind(indicator):
            for cell in figures:
                if cell.indicator == indicator.id:
                    found[cell] = {evolve(cell, indicator=id) for id in behind}
    return found


# What is taken out


def _with_what_gives_them_away(
    first: set[_Cell],
    figures: Mapping[_Cell, Figure],
    relations: Sequence[Relation[_Cell]],
    ratios: Mapping[_Cell, set[_Cell]],
    *,
    zero: bool,
) -> set[_Cell]:
    """The suppressed cells, and what they take with them: each group of cells that sums bind together by itself."""
    import networkx as nx

    bound: nx.Graph[_Cell] = nx.Graph()
    bound.add_nodes_from(first)
    for cells in (*relations, *({cell, *behind} for cell, behind in ratios.items())):
        nx.add_path(bound, cells)
    group = {cell: number for number, cells in enumerate(nx.connected_components(bound)) if cells & first for cell in cells}
    own_figures: dict[int, dict[_Cell, Figure]] = {number: {} for number in group.values()}
    own_relations: dict[int, list[Relation[_Cell]]] = {number: [] for number in own_figures}
    own_ratios: dict[int, dict[_Cell, set[_Cell]]] = {number: {} for number in own_figures}
    for cell, figure in figures.items():
        if cell in group:
            own_figures[group[cell]][cell] = figure
    for relation in relations:
        number = group.get(next(iter(relation)))
        if number is not None:
            own_relations[number].append(relation)
    for cell, behind in ratios.items():
        if cell in group:
            own_ratios[group[cell]][cell] = behind
    return set[_Cell]().union(
        *(
            _suppressed({cell for cell in first if group[cell] == number}, own, own_relations[number], own_ratios[number], zero=zero)
            for number, own in own_figures.items()
        )
    )


def _suppressed(
    first: set[_Cell],
    figures: Mapping[_Cell, Figure],
    relations: Sequence[Relation[_Cell]],
    ratios: Mapping[_Cell, set[_Cell]],
    *,
    zero: bool,
) -> set[_Cell]:
    """The suppressed cells of a group, and one more at a time until none of them can be worked out."""
    hidden = set(first)
    lowest = Decimal(0) if zero else Decimal(1)
    order = {cell: place for place, cell in enumerate(figures)}
    unshown = _unshown(relations, figures)
    while True:
        hidden |= {cell for cell, behind in ratios.items() if behind & hidden}
        unknown = {cell: Unknown(_low(figures[cell]), min(lowest, _low(figures[cell]))) for cell in figures if cell in hidden}
        unknown |= {cell: Unknown(left, Decimal(0)) for cell, left in unshown}
        lost = [cell for cell in given_away(unknown, relations) if cell in hidden]
        chosen = _next(lost, relations, figures, hidden, order, zero=zero)
        if chosen is None:
            return hidden
        hidden.add(chosen)


def _unshown(relations: Sequence[Relation[_Cell]], figures: Mapping[_Cell, Figure]) -> list[tuple[_Cell, Decimal]]:
    """The figures that no row shows, and what each has to be for its first sum to hold."""
    first: dict[_Cell, Relation[_Cell]] = {}
    for relation in relations:
        for cell in relation:
            if cell not in figures:
                first.setdefault(cell, relation)
    return [(cell, _left_for(cell, first[cell], figures)) for cell in sorted(first)]


def _left_for(cell: _Cell, relation: Relation[_Cell], figures: Mapping[_Cell, Figure]) -> Decimal:
    others = sum((Fraction(_low(figures[other])) * by for other, by in relation.items() if other in figures), Fraction(0))
    value = -others / relation[cell]
    return max(Decimal(0), Decimal(value.numerator) / Decimal(value.denominator))


_RANKS = {"": 0, Scope.PERIOD.value: 1, Scope.TO_DATE.value: 2, Scope.LIFE.value: 3}


def _next(
    lost: Sequence[_Cell],
    relations: Sequence[Relation[_Cell]],
    figures: Mapping[_Cell, Figure],
    hidden: set[_Cell],
    order: Mapping[_Cell, int],
    *,
    zero: bool,
) -> _Cell | None:
    """The figure that costs a reader least: a part before a total, a period before the whole, the smallest of them."""

    def cost(cell: _Cell) -> tuple[bool, int, Decimal, int]:
        return not cell.slice, _RANKS[cell.scope], _low(figures[cell]), order[cell]

    for cell in lost:
        with_it = {other for relation in relations if cell in relation for other in relation}
        linked = {other for relation in relations if with_it & set(relation) for other in relation}
        for reach in (with_it, linked):
            free = [other for other in reach if other in figures and other not in hidden and (zero or _low(figures[other]) > 0)]
            if free:
                return min(free, key=cost)
    return None


# What remains


def _without(
    model: TheoryOfChange, row: AchievementRow, hidden: set[_Cell], protected: frozenset[str], touched: set[str]
) -> AchievementRow:
    """A row without its suppressed figures, what would give them back, and the values and notes behind them."""
    no_actual, no_baseline = _actual(row) in hidden, _baseline(row) in hidden
    if row.indicator not in protected | touched:
        return row
    changed = evolve(row, inputs=tuple(_bare(input) for input in row.inputs if _may_stand(input, no_baseline=no_baseline)))
    if row.indicator in touched:
        said = (message("figures of small groups are suppressed, and with them the notes on how the figures came about"),)
        changed = evolve(changed, assumed=said, findings=(), actual_method="", target_method="", comparability="")
    by_change = any(_is_change(model, input, hidden) for input in row.inputs)
    gone = Ratio(None, Reason.SUPPRESSED)
    gap = Figure.gap(Missing.SUPPRESSED, unit=row.unit)
    if no_actual or no_baseline or by_change:
        changed = evolve(changed, progress=gone if row.progress.bounds is not None else row.progress, pace=None)
    if no_baseline or by_change:
        changed = evolve(changed, expected=gap if row.expected.bounds is not None else row.expected)
    if no_baseline:
        changed = evolve(changed, baseline=gap)
    if by_change:
        changed = evolve(changed, target=gap, original_target=None)
    if no_actual:
        changed = evolve(changed, actual=gap)
    if no_actual or by_change:
        open = Status.UNDETERMINED if row.status in {Status.MET, Status.NOT_MET} else row.status
        kept = gone if row.attainment.bounds is not None else row.attainment
        changed = evolve(changed, attainment=kept, original_attainment=None, status=open)
    return changed


def _may_stand(input: Input, *, no_baseline: bool) -> bool:
    return input.role.endswith("target") or (input.role == "baseline" and not no_baseline)


def _bare(input: Input) -> Input:
    return evolve(input, numerator=None, denominator=None)


def _is_change(model: TheoryOfChange, input: Input, hidden: set[_Cell]) -> bool:
    """Whether a target is a change from a baseline that is suppressed: of the row itself, or of a part that its target is made of."""
    value = model.by_id.get(input.id)
    start = _Cell("baseline", input.indicator, "", None, input.slice)
    return isinstance(value, Target) and value.change is not None and start in hidden
