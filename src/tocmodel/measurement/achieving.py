"""How one indicator stands: the cells that it has, and the row of each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from attrs import evolve

from tocmodel.figures import Figure, Interval, Missing
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.actuals import Combined, covered, figure_of, in_force, is_count, order
from tocmodel.measurement.cells import STRADDLES, Orphan, cell, orphans
from tocmodel.measurement.contradictions import contradictions, direction_of, misread, two_scales
from tocmodel.measurement.expectations import Expectation, expectation
from tocmodel.measurement.explanations import Input
from tocmodel.measurement.formulas import Ratio, Reason, attainment, progress
from tocmodel.measurement.goals import Goal, Goals, goals_of, start_of
from tocmodel.measurement.policy import DEFAULT, Policy, Trajectory
from tocmodel.measurement.rows import AchievementRow, Scope
from tocmodel.measurement.verdicts import is_done, verdict
from tocmodel.messages import Message, message
from tocmodel.model import (
    Accumulation,
    Actual,
    Direction,
    Indicator,
    IndicatorKind,
    ReportBasis,
    Text,
    TheoryOfChange,
    Value,
)
from tocmodel.periods import Period, to_date
from tocmodel.slices import Slice

TOTAL = Slice()
"""No part of a breakdown: the whole of an indicator."""


def day_of(model: TheoryOfChange, as_of: date | str | None) -> date | None:
    """The date of judgement: the one asked for, else the programme's own; None where neither is said."""
    stated = as_of if as_of is not None else model.programme.as_of
    return None if stated is None else to_date(stated)


def as_judged(
    model: TheoryOfChange,
    indicator: Indicator,
    part: Slice = TOTAL,
    period: Period | None = None,
    *,
    as_of: date | None,
    policy: Policy = DEFAULT,
    checked: bool = True,
    reporter: str | None = None,
) -> Combined:
    """What was reached as of a date, as the achievement table has it: whoever shows a total beside the table reads it here.

    What is due without a report, carried forward, or speaks of days after the date counts as it counts there.

    Args:
        model: the model.
        indicator: the indicator.
        part: the part of a breakdown; the total where left out.
        period: the period; the whole life of the programme where left out.
        as_of: the date of judgement; without one nothing is due.
        policy: the conventions.
        checked: whether to look for parts that contradict a published figure or each other; the figure is the same.
        reporter: the id of the reporter whose reports count alone. As in the table, a period in which somebody else reported new
            results is not lacking, but running totals and states are awaited of everybody.
    """
    others: tuple[Actual, ...] = ()
    if reporter is not None:
        others = tuple(actual for actual in in_force(model.actuals_of(indicator.id)) if actual.reporter != reporter)
        model = evolve(model, actuals=[actual for actual in model.actuals if actual.reporter == reporter])
    if as_of is None:
        return cell(model, indicator, part, period, policy=policy, checked=checked)
    judged = Achieving(model, indicator, as_of, policy, None, others=others)
    return judged.reached(Scope.PERIOD if period else Scope.LIFE, period, part, checked=checked)


class Achieving:
    """The cells of one indicator: what is in force, and the rows that it makes."""

    def __init__(
        self,
        model: TheoryOfChange,
        indicator: Indicator,
        as_of: date,
        policy: Policy,
        periods: Sequence[Period] | None,
        *,
        others: Sequence[Actual] = (),
    ) -> None:
        self._others = others
        self._model, self._indicator, self._as_of, self._policy = model, indicator, as_of, policy
        self._goals, self._first_goals = goals_of(model, indicator, policy=policy)
        self._targeted = self._goals.periods()
        self._due = tuple(period for period in self._targeted if period.end <= as_of)
        self._periods = self._targeted if periods is None else tuple(periods)

    @cached_property
    def _actuals(self) -> tuple[Actual, ...]:
        return in_force(self._model.actuals_of(self._indicator.id))

    @cached_property
    def orphans(self) -> tuple[Orphan, ...]:
        """The results that lie in none of its periods, or outside the programme."""
        return orphans(self._model, self._indicator, self._periods)

    def rows(self) -> Iterator[AchievementRow]:
        """A row for each stretch of time and part: the whole programme always, others where there is a target or a result, were it unreadable."""
        parts = (Slice(), *self._slices())
        for part in parts:
            yield self._row(Scope.LIFE, None, part)
        adds_up = self._due and self._indicator.kind is not IndicatorKind.MILESTONE
        due = [(Scope.TO_DATE, Period(self._due[0].start, max(period.end for period in self._due)))] if adds_up else []
        for scope, period in (*due, *((Scope.PERIOD, period) for period in self._periods)):
            for part in parts:
                row = self._row(scope, period, part)
                if {None, Missing.NOT_READABLE} & {row.target.missing, row.actual.missing}:
                    yield row

    def _slices(self) -> list[Slice]:
        found = {value.slice for value in (*self._goals.targets, *self._actuals, *self._terms())} - {Slice()}
        if not found:
            return []
        ranks = {
            (dimension.id, category.id): rank for dimension in self._model.dimensions for rank, category in enumerate(dimension.categories)
        }
        return sorted(
            found, key=lambda part: [(dimension, ranks.get((dimension, category), len(ranks)), category) for dimension, category in part]
        )

    def _terms(self) -> Iterator[Actual]:
        """For a derived indicator, the actuals of its terms in parts that it is broken down by itself."""
        rule = self._indicator.derived
        dimensions = {breakdown.dimension for breakdown in self._indicator.by}
        for term in (*rule.terms, *rule.over) if rule else ():
            yield from (actual for actual in in_force(self._model.actuals_of(term.indicator)) if set(actual.slice.dimensions) <= dimensions)

    @cached_property
    def _way(self) -> tuple[Direction, tuple[str, ...]]:
        """Which way is better, once for all rows: stated, or inferred from the first part that has a baseline and a target."""
        if self._indicator.direction is not Direction.UNKNOWN:
            return self._indicator.direction, ()
        tried: list[tuple[Direction, tuple[str, ...]]] = []
        for part in (Slice(), *self._slices()):
            start = start_of(self._goals.baselines, part)
            before = figure_of(start, self._indicator, policy=self._policy) if start else Figure.gap()
            goal = self._goals.of_life(part).figure
            if goal.missing is not None:
                dated = (self._goals.of_period(part, period).figure for period in reversed(self._targeted))
                goal = next((figure for figure in dated if figure.missing is None), goal)
            tried.append(direction_of(self._indicator, before, goal))
            if tried[-1][0] is not Direction.UNKNOWN:
                return tried[-1]
        return tried[0]

    def _row(self, scope: Scope, period: Period | None, part: Slice) -> AchievementRow:
        indicator, policy = self._indicator, self._policy
        reached = self.reached(scope, period, part)
        goal, first = _goal(self._goals, scope, period, part, self._due), None
        if self._first_goals is not self._goals:
            original = _goal(self._first_goals, scope, period, part, self._due)
            first = original if original.figure != goal.figure else None
        start = start_of(self._goals.baselines, part)
        before = figure_of(start, indicator, policy=policy) if start else Figure.gap(unit=indicator.unit)
        due = self._is_due(scope, period, goal)
        direction, inferred = self._way
        if direction is Direction.UNKNOWN:
            inferred = direction_of(indicator, before, goal.figure)[1]
        expected = self._expected(scope, period, part, direction, before, goal, reached.figure)
        inputs = (
            *([self._input("baseline", start)] if start else []),
            *(self._input("target", value) for value in goal.inputs),
            *(self._input("original target", value) for value in (first.inputs if first else ())),
            *(self._input("actual", value) for value in self._behind(reached)),
        )
        findings = [*reached.findings, *goal.findings, *self._findings(scope, period, part, goal, before, reached)]
        return AchievementRow(
            indicator=indicator.id,
            title=str(indicator.title),
            node=indicator.of,
            scope=scope,
            period=period,
            slice=part,
            unit=indicator.unit or reached.figure.unit or goal.figure.unit or before.unit,
            population=indicator.population,
            direction=direction,
            baseline=before,
            target=goal.figure,
            actual=reached.figure,
            attainment=self._attainment(reached, goal),
            progress=self._progress(before, goal, reached),
            status=verdict(indicator, reached.figure, goal.figure, direction, due=due),
            due=due,
            as_of=self._as_of,
            coverage=reached.coverage,
            pace=expected.pace,
            expected=expected.figure,
            original_target=first.figure if first else None,
            original_attainment=self._attainment(reached, first) if first else None,
            policy=policy,
            comparability="; ".join(dict.fromkeys(input.comparability for input in inputs if input.comparability)),
            inputs=inputs,
            assumed=tuple(dict.fromkeys([*reached.assumed, *goal.assumed, *inferred, *expected.assumed])),
            findings=tuple(dict.fromkeys(findings)),
            actual_method=reached.method,
            target_method=goal.method,
        )

    def reached(self, scope: Scope, period: Period | None, part: Slice, *, checked: bool = True) -> Combined:
        """What was reached in a cell: in all that counts for the programme, in the periods that are due, or in one period."""
        due, awaited = self._due, self._awaited(part)
        if scope is Scope.PERIOD and period is not None:
            due = tuple(each for each in due if each != period and period.holds(each))
            awaited = tuple(each for each in awaited if period.holds(each))
            awaited = (*awaited, period) if period.end <= self._as_of and period not in awaited else awaited
        if self._others and self._indicator.accumulation is Accumulation.INCREMENTAL:
            due, awaited = self._left_by_others(due, awaited, part)
        else:
            awaited = (*awaited, *self._announced_by_others(period, part))
        if self._indicator.kind is IndicatorKind.MILESTONE:
            # done once, done for good, also if late: no period and no later report without a figure takes it back
            found = cell(self._model, self._indicator, part, policy=self._policy, due=due, checked=checked)
        else:
            found = self._cell(part, period, due, awaited, checked=checked)
        return self._ended(found, scope, period, part) if found.figure.missing is Missing.NOT_DUE else found

    def _left_by_others(
        self, due: Sequence[Period], awaited: Sequence[Period], part: Slice
    ) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
        """Of the periods that are due and awaited those that nobody else reported either."""
        days = [covered(actual) for actual in self._others if set(part.pairs) <= set(actual.slice.pairs)]
        dated = [each for each in days if each is not None]
        if len(dated) < len(days):  # it may speak of any
            return (), ()
        ends = sorted({each.end for each in awaited})
        before = ends[-2] if len(ends) > 1 else date.min
        left = tuple(each for each in due if not any(each.touches(stretch) for stretch in dated))
        return left, () if any(stretch.end > before for stretch in dated) else tuple(awaited)

    def _announced_by_others(self, period: Period | None, part: Slice) -> Iterator[Period]:
        """What others were to report by now and have no figure for."""
        gaps = [actual for actual in self._others if actual.slice == part and figure_of(actual, self._indicator).missing is not None]
        dated = [days for actual in gaps if (days := covered(actual)) is not None and days.end <= self._as_of]
        yield from (days for days in dated if period is None or period.holds(days))

    def reached_by(self, part: Slice, stretch: Period) -> Combined:
        """What had been reached by the end of a stretch of time that begins with the first result, or before it."""
        return self._cell(part, stretch, self._due, self._awaited(part), checked=False)

    def _cell(self, part: Slice, period: Period | None, due: Sequence[Period], awaited: Sequence[Period], *, checked: bool) -> Combined:
        own, as_of = self._indicator, self._as_of
        return cell(self._model, own, part, period, policy=self._policy, due=due, awaited=awaited, as_of=as_of, checked=checked)

    def _awaited(self, part: Slice) -> tuple[Period, ...]:
        """The periods that are due and have a target for a part; those of the whole indicator where the part has none of its own."""
        own = {target.period for target in self._goals.targets if target.slice == part}
        return tuple(period for period in self._due if period in own) or self._due

    def _ended(self, reached: Combined, scope: Scope, period: Period | None, part: Slice) -> Combined:
        """What was said not to be due, once the period has ended: missing."""
        if not self._is_due(scope, period, _goal(self._goals, scope, period, part, self._due)):
            return reached
        said = {actual.figure.printed for actual in self._behind(reached) if actual.figure.missing is Missing.NOT_DUE} - {""}
        note = _not_due_before(sorted(said))
        return evolve(reached, figure=evolve(reached.figure, missing=Missing.MISSING), assumed=(*reached.assumed, note))

    def _is_due(self, scope: Scope, period: Period | None, goal: Goal) -> bool:
        span = self._span(scope, period, goal)
        return span is None or span.end <= self._as_of

    def _span(self, scope: Scope, period: Period | None, goal: Goal) -> Period | None:
        """The time for a target: its period; for the whole the programme's, up to the last day that its targets are dated for, if all are."""
        whole = self._model.programme.period
        dated = [target.period for target in goal.inputs if target.period]
        if scope is not Scope.LIFE or not dated or len(dated) < len(goal.inputs):
            return whole if period is None else period
        start, end = (whole or min(dated)).start, max(each.end for each in dated)
        return Period(min(start, end), end)

    def _expected(
        self, scope: Scope, period: Period | None, part: Slice, direction: Direction, before: Figure, goal: Goal, actual: Figure
    ) -> Expectation:
        flows = is_count(self._indicator) and self._indicator.accumulation is Accumulation.INCREMENTAL
        flows = flows and self._indicator.report is not ReportBasis.TO_DATE
        whole, span = self._model.programme.period, self._span(scope, period, goal)
        milestones: list[tuple[Period, Interval]] = []
        if scope is Scope.LIFE and self._policy.trajectory is Trajectory.MILESTONES:
            milestones = self._milestones(part)
        elif scope is Scope.PERIOD and period is not None and not flows:
            first = min((period, *self._periods)).start
            span = Period(min(first, whole.start) if whole else first, period.end)
            milestones = self._milestones(part)
        return expectation(
            self._indicator,
            direction,
            span=span,
            as_of=self._as_of,
            baseline=Figure.gap() if scope is Scope.PERIOD and flows else before,
            target=goal.figure,
            actual=actual,
            policy=self._policy,
            milestones=milestones,
        )

    def _milestones(self, part: Slice) -> list[tuple[Period, Interval]]:
        """What was to be reached by the end of each period with a target, all before it counted."""
        found = [(period, self._goals.to_date(part, self._targeted[: index + 1]).figure) for index, period in enumerate(self._targeted)]
        return [(period, figure.bounds) for period, figure in found if figure.bounds is not None]

    def _attainment(self, reached: Combined, goal: Goal) -> Ratio:
        return self._with_reason(attainment(reached.figure, goal.figure, clip=self._policy.clip), reached, goal)

    def _progress(self, before: Figure, goal: Goal, reached: Combined) -> Ratio:
        return self._with_reason(progress(before, goal.figure, reached.figure, clip=self._policy.clip), reached, goal)

    def _with_reason(self, share: Ratio, reached: Combined, goal: Goal) -> Ratio:
        """A share, or the reason that lies behind a missing actual or target; levels of a scale are never divided."""
        if goal.reason is Reason.UNKNOWN_REPORT_BASIS:
            return Ratio(None, goal.reason)
        if share.reason is Reason.MISSING_ACTUAL and reached.reason is not None:
            return Ratio(None, reached.reason)
        if share.reason is Reason.MISSING_TARGET and goal.reason is not None:
            return Ratio(None, goal.reason)
        if share.bounds is not None and self._indicator.kind is IndicatorKind.RATING:
            return Ratio(None, Reason.NOT_NUMERIC)
        return share

    def _behind(self, reached: Combined) -> list[Actual]:
        found = [self._model.by_id.get(id) for id in reached.inputs]
        return sorted((value for value in found if isinstance(value, Actual)), key=lambda value: (value.indicator, order(value)))

    def _input(self, role: str, value: Value) -> Input:
        own = self._indicator if value.indicator == self._indicator.id else self._model.indicator(value.indicator)
        return Input(
            role,
            value.id,
            figure_of(value, own, policy=self._policy),
            str(value.comparability),
            value.indicator,
            value.period or (value.measured if isinstance(value, Actual) else None),
            value.slice,
            value.numerator,
            value.denominator,
        )

    def _findings(
        self, scope: Scope, period: Period | None, part: Slice, goal: Goal, before: Figure, reached: Combined
    ) -> Iterable[Finding]:
        place = Place(goal.inputs[-1].id if goal.inputs else self._indicator.id)
        yield from contradictions(self._indicator, before, goal.figure, reached.figure, place)
        start = start_of(self._goals.baselines, part)
        behind: list[Value] = [*([start] if start else []), *goal.inputs, *self._behind(reached)]
        # what is wrong in a part stands beside that part, which may be withheld where the total is not
        own = [value for value in behind if value.indicator == self._indicator.id and value.slice == part]
        yield from two_scales(own, self._indicator)
        for value in own:
            yield from misread(value, self._indicator)
        by_id = {actual.id: actual for actual in self._actuals}
        for orphan in self.orphans:
            if by_id[orphan.id].slice != part:
                continue
            straddles = period is not None and orphan.why == STRADDLES and orphan.covered and period.touches(orphan.covered)
            if straddles or (scope is Scope.LIFE and not orphan.counted):
                if straddles:
                    code, hint = "A05", message("report it for one period")
                else:
                    code, hint = "A12", message("state the period that it speaks of")
                said = message("not counted here: a result of “%(title)s” %(result)s", title=self._title, result=orphan.said)
                yield Finding(code, Severity.WARNING, Place(orphan.id), said, hint)
        yield from self._late(goal, reached)
        if scope is not Scope.LIFE:
            return
        for actual in self._behind(reached):
            days = covered(actual)
            if days is not None and days.start > self._as_of:
                said = message(
                    "a result of “%(title)s” speaks of %(days)s, after the date of judgement, %(as_of)s; it is counted",
                    title=self._title,
                    days=days,
                    as_of=self._as_of,
                )
                yield Finding("A13", Severity.NOTE, Place(actual.id), said, message("judge as of a later date"))

    @property
    def _title(self) -> Text | str:
        return self._indicator.title or self._indicator.id

    def _late(self, goal: Goal, reached: Combined) -> Iterable[Finding]:
        """Where a milestone was reached after it was due."""
        dates = [target.period.end for target in goal.inputs if target.period]
        if self._indicator.kind is not IndicatorKind.MILESTONE or not dates or not is_done(reached.figure):
            return
        for actual in self._behind(reached):
            if actual.measured is not None and actual.measured.start > dates[-1]:
                said = message(
                    "%(result)s on %(measured)s, after it was due on %(due)s",
                    result=shown(reached.figure),
                    measured=actual.measured,
                    due=dates[-1],
                )
                yield Finding("A15", Severity.NOTE, Place(actual.id), said)


def _not_due_before(said: Sequence[str]) -> Message:
    if not said:
        return message("it was published as not due; the period has ended since, and no result has come")
    return message(
        "%(said)s was published as not due; the period has ended since, and no result has come",
        said=tuple(message("“%(words)s”", words=words) for words in said),
    )


def _goal(goals: Goals, scope: Scope, period: Period | None, part: Slice, due: Sequence[Period]) -> Goal:
    if scope is Scope.LIFE or period is None:
        return goals.of_life(part)
    return goals.to_date(part, due) if scope is Scope.TO_DATE else goals.of_period(part, period)
