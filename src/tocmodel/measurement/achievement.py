"""What was achieved against targets: one row for each indicator, period and slice."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from tocmodel.errors import AsOfNeededError, NotOneRowError, UnknownIdError
from tocmodel.figures import Figure, Interval
from tocmodel.measurement.actuals import Combined, cell, figure_of, in_force
from tocmodel.measurement.expectations import Expectation, expectation
from tocmodel.measurement.explanations import Input
from tocmodel.measurement.formulas import attainment, progress
from tocmodel.measurement.goals import Goal, goals_of, start_of
from tocmodel.measurement.judging import status
from tocmodel.measurement.policy import DEFAULT, Policy, Trajectory
from tocmodel.measurement.rows import COLUMNS, PACE, AchievementRow, Scope
from tocmodel.model import Accumulation, Direction, Indicator, IndicatorKind, ReportBasis, TheoryOfChange, Value
from tocmodel.periods import Period, to_date
from tocmodel.slices import Slice
from tocmodel.tables import Table


@frozen(repr=False)
class AchievementTable(Table[AchievementRow]):
    """The rows of an achievement, with the date of judgement and how much of it is reported.

    Attributes:
        as_of: the date of judgement.
        policy: the conventions.
    """

    as_of: date = date.min
    policy: Policy = DEFAULT

    def __getitem__(self, indicator: str) -> AchievementRow:
        """The total of an indicator over the whole life of the programme.

        Raises:
            UnknownIdError: if no row belongs to such an indicator.
            NotOneRowError: if the table was narrowed so that the total is not in it.
        """
        rows = [row for row in self.rows if row.indicator == indicator]
        if not rows:
            raise UnknownIdError(indicator, "indicator", {row.indicator for row in self.rows})
        totals = [row for row in rows if row.scope is Scope.LIFE and not row.slice]
        if len(totals) != 1:
            raise NotOneRowError(f"the total of {indicator!r} over the whole programme", len(totals))
        return totals[0]

    @property
    def coverage(self) -> tuple[int, int]:
        """How many totals with a target that is due have a result, of how many."""
        due = [row for row in self.rows if row.scope is not Scope.TO_DATE and not row.slice and row.due and row.target.missing is None]
        return sum(row.actual.missing is None for row in due), len(due)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table: how much is reported, and the notes."""
        reported, expected = self.coverage
        return (f"{reported} of {expected} totals with a target that is due have a result.", *self.notes)


def achievement(
    model: TheoryOfChange,
    *,
    as_of: date | str | None = None,
    policy: Policy = DEFAULT,
) -> AchievementTable:
    """Compute what was achieved against targets: one row for each indicator, period and slice.

    The total over the life of the programme comes first for each indicator, then its slices, then periods. Missing, zero and
    not due are kept apart; bounds stay bounds; totals that nobody published are derived inside one exhaustive breakdown.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out. A period is due when it ends on or before it.
        policy: the conventions; every row carries them.

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
    rows = tuple(row for indicator in model.indicators for row in _Cells(model, indicator, judged_on, policy).rows())
    caption = f"Achievement of {model.programme.title or model.programme.id}, as of {judged_on}"
    notes = (*policy.departures(), *((str(model.programme.notice),) if model.programme.notice else ()))
    columns = (*COLUMNS, PACE) if any(row.pace for row in rows) else COLUMNS
    return AchievementTable(rows, columns, caption, notes, judged_on, policy)


class _Cells:
    """The cells of one indicator: what is in force, and the rows that it makes."""

    def __init__(self, model: TheoryOfChange, indicator: Indicator, as_of: date, policy: Policy) -> None:
        self.model, self.indicator, self.as_of, self.policy = model, indicator, as_of, policy
        self.goals, self.first_goals = goals_of(model, indicator, policy=policy)
        self.actuals = in_force(model.actuals_of(indicator.id))
        self.periods = self.goals.periods()
        self.due = tuple(period for period in self.periods if period.end <= as_of)

    def rows(self) -> Iterator[AchievementRow]:
        parts = (Slice(), *self._slices())
        for part in parts:
            yield self._row(Scope.LIFE, None, part)
        stretches = [(Scope.TO_DATE, Period(self.due[0].start, max(period.end for period in self.due)))] if self.due else []
        stretches += [(Scope.PERIOD, period) for period in self.periods]
        for scope, period in stretches:
            for part in parts:
                row = self._row(scope, period, part)
                if row.target.missing is None or row.actual.missing is None:
                    yield row

    def _slices(self) -> list[Slice]:
        found = {value.slice for value in (*self.goals.targets, *self.actuals)} - {Slice()}
        if not found:
            return []
        ranks = {
            (dimension.id, category.id): rank for dimension in self.model.dimensions for rank, category in enumerate(dimension.categories)
        }
        return sorted(
            found, key=lambda part: [(dimension, ranks.get((dimension, category), len(ranks)), category) for dimension, category in part]
        )

    def _goal(self, scope: Scope, period: Period | None, part: Slice) -> tuple[Goal, Goal | None]:
        now, first = (
            goals.of_life(part)
            if scope is Scope.LIFE or period is None
            else goals.to_date(part, self.due)
            if scope is Scope.TO_DATE
            else goals.of_period(part, period)
            for goals in (self.goals, self.first_goals)
        )
        return now, first if first.figure != now.figure else None

    def _reached(self, scope: Scope, period: Period | None, part: Slice) -> Combined:
        if scope is Scope.PERIOD and period is not None and self.indicator.report is ReportBasis.TO_DATE:
            if self.indicator.accumulation is Accumulation.INCREMENTAL:
                starts = [value.period.start for value in self.actuals if value.period]
                period = Period(min([period.start, *starts]), period.end)
        return cell(self.model, self.indicator, part, period, policy=self.policy)

    def _expected(
        self, scope: Scope, period: Period | None, part: Slice, direction: Direction, before: Figure, goal: Figure, actual: Figure
    ) -> Expectation:
        flow = self.indicator.kind is IndicatorKind.COUNT and self.indicator.report is not ReportBasis.TO_DATE
        flow = flow and self.indicator.accumulation is Accumulation.INCREMENTAL
        span = period if period is not None else self.model.programme.period
        milestones: list[tuple[Period, Interval]] = []
        if scope is Scope.LIFE and self.policy.trajectory is Trajectory.MILESTONES:
            milestones = self._milestones(part)
        elif scope is Scope.PERIOD and period is not None and not flow:
            first = min((period, *self.periods)).start
            whole = self.model.programme.period
            span = Period(min(first, whole.start) if whole else first, period.end)
            milestones = self._milestones(part)
        return expectation(
            self.indicator,
            direction,
            span=span,
            as_of=self.as_of,
            baseline=Figure.gap() if scope is Scope.PERIOD and flow else before,
            target=goal,
            actual=actual,
            policy=self.policy,
            milestones=milestones,
        )

    def _milestones(self, part: Slice) -> list[tuple[Period, Interval]]:
        found = [(period, self.goals.to_date(part, self.periods[: index + 1]).figure) for index, period in enumerate(self.periods)]
        return [(period, figure.bounds) for period, figure in found if figure.bounds is not None]

    def _row(self, scope: Scope, period: Period | None, part: Slice) -> AchievementRow:
        indicator, policy = self.indicator, self.policy
        reached = self._reached(scope, period, part)
        goal, first = self._goal(scope, period, part)
        start = start_of(self.goals.baselines, part)
        before = figure_of(start, indicator) if start else Figure.gap(unit=indicator.unit)
        end = period or self.model.programme.period
        due = end is None or end.end <= self.as_of
        direction, inferred = _direction(indicator, before, goal.figure)
        expected = self._expected(scope, period, part, direction, before, goal.figure, reached.figure)
        behind = set(reached.inputs)
        inputs = (
            *([_input("baseline", start, before)] if start else []),
            *(_input("target", value, figure_of(value, indicator)) for value in goal.inputs),
            *(_input("original target", value, figure_of(value, indicator)) for value in (first.inputs if first else ())),
            *(_input("actual", value, figure_of(value, indicator)) for value in self.actuals if value.id in behind),
        )
        return AchievementRow(
            indicator=indicator.id,
            title=str(indicator.title),
            node=indicator.of,
            scope=scope,
            period=period,
            slice=part,
            unit=indicator.unit,
            population=indicator.population,
            direction=direction,
            baseline=before,
            target=goal.figure,
            actual=reached.figure,
            attainment=attainment(reached.figure, goal.figure, clip=policy.clip),
            progress=progress(before, goal.figure, reached.figure, clip=policy.clip),
            status=status(reached.figure, goal.figure, direction, tolerance=indicator.tolerance or 0, due=due),
            due=due,
            as_of=self.as_of,
            coverage=reached.coverage,
            pace=expected.pace,
            expected=expected.figure,
            original_target=first.figure if first else None,
            original_attainment=attainment(reached.figure, first.figure, clip=policy.clip) if first else None,
            policy=policy,
            comparability="; ".join(dict.fromkeys(input.comparability for input in inputs if input.comparability)),
            inputs=inputs,
            assumed=tuple(dict.fromkeys([*reached.assumed, *goal.assumed, *inferred, *expected.assumed])),
            findings=goal.findings,
            target_method=goal.method,
        )


def _input(role: str, value: Value, figure: Figure) -> Input:
    return Input(
        role, value.id, figure, str(value.comparability), value.indicator, value.period, value.slice, value.numerator, value.denominator
    )


def _direction(indicator: Indicator, before: Figure, goal: Figure) -> tuple[Direction, tuple[str, ...]]:
    if indicator.direction is not Direction.UNKNOWN:
        return indicator.direction, ()
    if before.bounds is not None and goal.bounds is not None and before.bounds.apart_from(goal.bounds):
        rising = before.bounds < goal.bounds
        way = Direction.INCREASE if rising else Direction.DECREASE
        return way, (f"the direction is not stated; the target lies {'above' if rising else 'below'} the baseline, so {way} is assumed",)
    return Direction.UNKNOWN, ("the direction is not stated, so the target decides nothing",) if goal.bounds is not None else ()
