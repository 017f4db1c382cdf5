"""What was achieved against targets: one row for each indicator, period and slice."""

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from tocmodel.errors import AsOfNeededError, NotOneRowError, UnknownIdError
from tocmodel.figures import Figure, Interval, Missing, total
from tocmodel.figures.display import shown
from tocmodel.measurement.actuals import Combined, cell, figure_of, in_force
from tocmodel.measurement.formulas import Ratio, Reason, attainment, progress
from tocmodel.measurement.judging import Status, status
from tocmodel.model import Accumulation, Actual, Baseline, Direction, Indicator, IndicatorKind, ReportBasis, Target, TheoryOfChange
from tocmodel.periods import Period, to_date
from tocmodel.slices import Slice
from tocmodel.tables import Column, Table


@frozen
class Input:
    """A value that a result rests on.

    Attributes:
        role: baseline, target or actual.
        id: the id of the value.
        figure: its figure, in the indicator's unit and with its source.
        comparability: what makes it hard to compare.
    """

    role: str
    id: str
    figure: Figure
    comparability: str = ""

    def __str__(self) -> str:
        source = f" ({self.figure.source})" if self.figure.source else ""
        return f"{self.role} {shown(self.figure)}{source}"


@frozen
class AchievementRow:
    """What was achieved in one cell.

    Attributes:
        indicator: the id of the indicator.
        title: its title.
        node: the id of the node that it measures.
        period: the period; None for the whole life of the programme.
        slice: the part of a breakdown; empty for the total.
        unit: what the figures are counted in.
        population: whom they count.
        direction: which way is better.
        baseline: the state before.
        target: what was to be reached.
        actual: what was reached.
        attainment: actual / target.
        progress: (actual - baseline) / (target - baseline).
        status: met, not met and so on; None for context indicators, which get no verdict.
        due: whether the period had ended on the date of judgement.
        as_of: the date of judgement.
        coverage: how many parts of the actual are reported, of how many expected.
        comparability: what makes the figures hard to compare; it belongs beside every percentage.
        inputs: the values that the row rests on.
        assumed: what was assumed on the way.
    """

    indicator: str
    title: str
    node: str
    period: Period | None
    slice: Slice
    unit: str | None
    population: str
    direction: Direction
    baseline: Figure
    target: Figure
    actual: Figure
    attainment: Ratio
    progress: Ratio
    status: Status | None
    due: bool
    as_of: date
    coverage: tuple[int, int]
    comparability: str = ""
    inputs: tuple[Input, ...] = field(default=(), repr=False)
    assumed: tuple[str, ...] = field(default=(), repr=False)

    @property
    def reason(self) -> Reason | None:
        """Why there is no attainment; None if there is one."""
        return self.attainment.reason

    def record(self) -> dict[str, object]:
        """The row as one flat record: numbers exact, None where there is none."""
        return {
            "indicator": self.indicator,
            "title": self.title,
            "node": self.node,
            "period_start": self.period.start if self.period else None,
            "period_end": self.period.end if self.period else None,
            "slice": str(self.slice),
            "unit": self.unit,
            "population": self.population,
            **_ends("baseline", self.baseline.bounds),
            **_ends("target", self.target.bounds),
            **_ends("actual", self.actual.bounds),
            "actual_printed": self.actual.printed,
            **_ends("attainment", self.attainment.bounds),
            **_ends("progress", self.progress.bounds),
            "status": self.status.value if self.status else None,
            "reason": self.reason.value if self.reason else None,
            "direction": self.direction.value,
            "due": self.due,
            "as_of": self.as_of,
            "reported": self.coverage[0],
            "expected": self.coverage[1],
            "comparability": self.comparability,
            "assumed": "; ".join(self.assumed),
        }

    def explain(self) -> str:
        """How the numbers came about: inputs with their sources, formula, what was assumed, or why there is no number."""
        over = f" in {self.period}" if self.period else ", whole programme"
        lines = [f"{self.title} ({self.indicator}), {self.slice}{over}, as of {self.as_of}"]
        lines += [f"  {input}" for input in self.inputs]
        if self.attainment.bounds is not None:
            lines.append(f"  attainment = actual / target = {shown(self.actual)} / {shown(self.target)} = {self.attainment}")
        else:
            lines.append(f"  no attainment: {self.attainment}")
        if self.progress.bounds is not None:
            lines.append(f"  progress = (actual - baseline) / (target - baseline) = {self.progress}")
        elif self.attainment.bounds is not None:
            lines.append(f"  no progress: {self.progress}")
        lines.append(f"  status: {self.verdict}")
        if self.comparability:
            lines.append(f"  compare with care: {self.comparability}")
        return "\n".join([*lines, *(f"  assumed: {note}" for note in self.assumed)])

    @property
    def verdict(self) -> str:
        """The status in words for people."""
        if self.status is None:
            return "no verdict (context)"
        return self.status.value.replace("_", " ")


def _ends(name: str, bounds: Interval | None) -> dict[str, object]:
    low, high = (None, None) if bounds is None else (bounds.low, bounds.high)
    return {f"{name}_low": low, f"{name}_high": high}


def _part(row: AchievementRow) -> str:
    return ", ".join(category for _, category in row.slice) or "total"


def _target(row: AchievementRow) -> str:
    return "none" if row.target.missing is Missing.MISSING else shown(row.target)


def _actual(row: AchievementRow) -> str:
    return "in words" if row.actual.words else shown(row.actual)


COLUMNS: tuple[Column[AchievementRow], ...] = (
    Column("indicator", lambda row: row.title),
    Column("period", lambda row: str(row.period) if row.period else "whole programme"),
    Column("part", _part),
    Column("target", _target, number=True),
    Column("actual", _actual, number=True),
    Column("attainment", lambda row: str(row.attainment) if row.attainment.bounds else "–", number=True),
    Column("status", lambda row: row.verdict),
)


@frozen(repr=False)
class AchievementTable(Table[AchievementRow]):
    """The rows of an achievement, with the date of judgement and how much of it is reported.

    Attributes:
        as_of: the date of judgement.
    """

    as_of: date = date.min

    def __getitem__(self, indicator: str) -> AchievementRow:
        """The total of an indicator over the whole life of the programme.

        Raises:
            UnknownIdError: if no row belongs to such an indicator.
            NotOneRowError: if the table was narrowed so that the total is not in it.
        """
        rows = [row for row in self.rows if row.indicator == indicator]
        if not rows:
            raise UnknownIdError(indicator, "indicator", {row.indicator for row in self.rows})
        totals = [row for row in rows if row.period is None and not row.slice]
        if len(totals) != 1:
            raise NotOneRowError(f"the total of {indicator!r} over the whole programme", len(totals))
        return totals[0]

    @property
    def coverage(self) -> tuple[int, int]:
        """How many totals with a target that is due have a result, of how many."""
        due = [row for row in self.rows if not row.slice and row.due and row.target.missing is None]
        return sum(row.actual.missing is None for row in due), len(due)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table: how much is reported, and the notes."""
        reported, expected = self.coverage
        return (f"{reported} of {expected} totals with a target that is due have a result.", *self.notes)


def achievement(model: TheoryOfChange, *, as_of: date | str | None = None) -> AchievementTable:
    """Compute what was achieved against targets: one row for each indicator, period and slice.

    The total over the life of the programme comes first for each indicator, then its slices, then periods. Missing, zero and
    not due are kept apart; bounds stay bounds; totals that nobody published are derived inside one exhaustive breakdown.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out. A period is due when it ends on or before it.

    Raises:
        AsOfNeededError: if neither says a date.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("dialogues", as_of="2021-09-30", period="2018-10-01/2021-09-30")
        >>> talks = draft.activity("talks", "Community dialogues")
        >>> members = draft.indicator("members", of=talks, unit="person", direction="increase")
        >>> _ = draft.target(members, 5181), draft.actual(members, "over 4544")
        >>> row = achievement(draft.done())["members"]
        >>> print(row.attainment, row.status)
        at least 87.7 % undetermined

    Source: docs/reference/formulas.md, F1-F6.
    """
    if as_of is None and model.programme.as_of is None:
        raise AsOfNeededError
    judged_on = to_date(as_of if as_of is not None else model.programme.as_of)
    rows = [row for indicator in model.indicators for row in _rows(model, indicator, judged_on)]
    caption = f"Achievement of {model.programme.title or model.programme.id}, as of {judged_on}"
    return AchievementTable(tuple(rows), COLUMNS, caption, model.programme.notices, judged_on)


def _rows(model: TheoryOfChange, indicator: Indicator, as_of: date) -> Iterator[AchievementRow]:
    baselines = in_force(model.baselines_of(indicator.id))
    targets = in_force(model.targets_of(indicator.id))
    actuals = in_force(model.actuals_of(indicator.id))
    slices = sorted({value.slice for value in (*targets, *actuals)} - {Slice()}, key=lambda part: _slice_order(model, part))
    periods = sorted({value.period for value in targets if value.period is not None})
    for period in (None, *periods):
        for part in (Slice(), *slices):
            row = _row(model, indicator, period, part, as_of, baselines, targets, actuals)
            if period is None or row.target.missing is None or row.actual.missing is None:
                yield row


def _slice_order(model: TheoryOfChange, part: Slice) -> tuple[tuple[str, int, str], ...]:
    places = {(dimension.id, category.id): index for dimension in model.dimensions for index, category in enumerate(dimension.categories)}
    return tuple((dimension, places.get((dimension, category), len(places)), category) for dimension, category in part)


def _row(
    model: TheoryOfChange,
    indicator: Indicator,
    period: Period | None,
    part: Slice,
    as_of: date,
    baselines: Sequence[Baseline],
    targets: Sequence[Target],
    actuals: Sequence[Actual],
) -> AchievementRow:
    reached = _reached(model, indicator, period, part, actuals)
    goal, goal_inputs, goal_notes = _goal(indicator, period, part, targets)
    start = next((value for value in baselines if value.slice == part), None)
    before = figure_of(start, indicator) if start else Figure.gap(unit=indicator.unit)
    end = period or model.programme.period
    due = end is None or end.end <= as_of
    notes = [*reached.assumed, *goal_notes]
    direction, inferred = _direction(indicator, before, goal)
    behind = set(reached.inputs)
    used = [value for value in actuals if value.id in behind]
    inputs = (
        *([Input("baseline", start.id, before, str(start.comparability))] if start else []),
        *(Input("target", value.id, figure_of(value, indicator), str(value.comparability)) for value in goal_inputs),
        *(Input("actual", value.id, figure_of(value, indicator), str(value.comparability)) for value in used),
    )
    return AchievementRow(
        indicator=indicator.id,
        title=str(indicator.title),
        node=indicator.of,
        period=period,
        slice=part,
        unit=indicator.unit,
        population=indicator.population,
        direction=direction,
        baseline=before,
        target=goal,
        actual=reached.figure,
        attainment=attainment(reached.figure, goal),
        progress=progress(before, goal, reached.figure),
        status=status(reached.figure, goal, direction, tolerance=indicator.tolerance or 0, due=due),
        due=due,
        as_of=as_of,
        coverage=reached.coverage,
        comparability="; ".join(dict.fromkeys(input.comparability for input in inputs if input.comparability)),
        inputs=inputs,
        assumed=tuple(dict.fromkeys([*notes, *inferred])),
    )


def _reached(model: TheoryOfChange, indicator: Indicator, period: Period | None, part: Slice, actuals: Sequence[Actual]) -> Combined:
    if period is not None and indicator.report is ReportBasis.TO_DATE and indicator.accumulation is Accumulation.INCREMENTAL:
        so_far = Period(min([period.start, *(value.period.start for value in actuals if value.period)]), period.end)
        return cell(model, indicator, part, so_far)
    return cell(model, indicator, part, period)


def _goal(
    indicator: Indicator, period: Period | None, part: Slice, targets: Sequence[Target]
) -> tuple[Figure, tuple[Target, ...], tuple[str, ...]]:
    """The target of a cell, the values behind it, and what was assumed: one is declared, or it follows from the periods'."""
    own = [target for target in targets if target.slice == part]
    declared = [target for target in own if target.period == period]
    if declared:
        chosen = declared[-1]
        notes = (f"{len(declared)} targets stand for this cell; {chosen.id} is used",) if len(declared) > 1 else ()
        return figure_of(chosen, indicator), (chosen,), notes
    dated = sorted((target for target in own if target.period is not None), key=lambda target: str(target.period))
    if period is not None or not dated:
        return Figure.gap(unit=indicator.unit), (), ()
    adds = indicator.kind is IndicatorKind.COUNT
    if len(dated) == 1 or indicator.report is ReportBasis.TO_DATE or not adds:
        note = "the target of the last period stands for the whole programme"
        return figure_of(dated[-1], indicator), (dated[-1],), (note,)
    if indicator.report is ReportBasis.UNKNOWN:
        note = "no target for the whole programme: it is not stated whether the periods' targets add up"
        return Figure.gap(unit=indicator.unit), (), (note,)
    figures = [figure_of(target, indicator) for target in dated]
    if any(figure.bounds is None for figure in figures):
        return Figure.gap(unit=indicator.unit), tuple(dated), ("a period without a target leaves the whole programme without one",)
    added = Figure("", total(figure.bounds for figure in figures if figure.bounds), indicator.unit, figures[0].source)
    return added, tuple(dated), ("the target for the whole programme is the sum of the periods' targets",)


def _direction(indicator: Indicator, before: Figure, goal: Figure) -> tuple[Direction, tuple[str, ...]]:
    if indicator.direction is not Direction.UNKNOWN:
        return indicator.direction, ()
    if before.bounds is not None and goal.bounds is not None and before.bounds.apart_from(goal.bounds):
        rising = before.bounds < goal.bounds
        way = Direction.INCREASE if rising else Direction.DECREASE
        return way, (f"the direction is not stated; the target lies {'above' if rising else 'below'} the baseline, so {way} is assumed",)
    return Direction.UNKNOWN, ("the direction is not stated, so the target decides nothing",) if goal.bounds is not None else ()
