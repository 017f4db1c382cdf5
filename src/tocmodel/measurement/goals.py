"""What was to be reached in a cell: declared, made of the periods' or the parts' targets, changes from the baseline, and revisions."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.actuals import categories_of, figure_of, in_force, is_count, targets_add
from tocmodel.measurement.breakdowns import breakdown_sum
from tocmodel.measurement.formulas import Reason
from tocmodel.measurement.policy import DEFAULT, LifeTarget, Policy
from tocmodel.measurement.series import declared_differs, life_target
from tocmodel.messages import message, messages
from tocmodel.model import Baseline, Change, Coverage, Indicator, ReportBasis, Target, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice


@frozen
class Goal:
    """The target of a cell.

    Attributes:
        figure: the target; a gap where there is none.
        inputs: the targets behind it.
        method: what it is made of, in words.
        assumed: what was assumed on the way.
        findings: what somebody should look at.
        reason: why there is none, where more can be said than that it is missing.
    """

    figure: Figure
    inputs: tuple[Target, ...] = ()
    method: str = ""
    assumed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: Reason | None = None


def start_of(baselines: Iterable[Baseline], part: Slice) -> Baseline | None:
    """The baseline of a part: the latest, where there are several."""
    own = [value for value in baselines if value.slice == part]
    return max(own, key=lambda value: (str(value.period.end) if value.period else "", value.id), default=None)


def level_of(target: Target, indicator: Indicator, baselines: Iterable[Baseline]) -> tuple[Figure, Reason | None]:
    """The level that a target asks for: its figure, or the baseline changed by it, or why there is none."""
    if target.change is None:
        return figure_of(target, indicator), None
    start = start_of(baselines, target.slice)
    before = Figure.gap() if start is None else figure_of(start, indicator)
    if before.bounds is None:
        return Figure.gap(unit=indicator.unit), Reason.MISSING_BASELINE
    by = target.figure if target.change is Change.PERCENT else figure_of(target, indicator)
    if by.bounds is None:
        return by, None
    by_amount = by.bounds if target.change is Change.AMOUNT else before.bounds * by.bounds / Interval.exactly(100)
    return Figure(target.figure.printed, before.bounds + by_amount, indicator.unit, by.source or target.source), None


def cover_the_whole(periods: Sequence[Period], indicator: Indicator, span: Period | None) -> bool:
    """Whether targets for these periods reach from the first to the last day of a programme, as far as its period is known."""
    if indicator.report is ReportBasis.UNKNOWN and targets_add(indicator):
        return False
    if span is None:
        return True
    reaches = max(period.end for period in periods) >= span.end
    return reaches and (not targets_add(indicator) or indicator.report is ReportBasis.TO_DATE or _tiled(periods, span))


def originals(targets: Sequence[Target], every: Iterable[Target]) -> tuple[Target, ...]:
    """The targets as they first stood: for each, the first of those that it and its predecessors replaced."""
    by_id = {target.id: target for target in every}
    return tuple(_first(target, by_id) for target in targets)


def _first(target: Target, by_id: dict[str, Target]) -> Target:
    first, seen = target, {target.id}
    while first.supersedes in by_id and first.supersedes not in seen:
        first = by_id[first.supersedes]
        seen.add(first.id)
    # it speaks of the same cell as the one that stands for it now
    return target if first is target else evolve(first, period=target.period, slice=target.slice)


@frozen
class Goals:
    """The targets of one indicator.

    Attributes:
        model: the model.
        indicator: the indicator.
        targets: those in force.
        baselines: those in force.
        policy: the conventions.
    """

    model: TheoryOfChange
    indicator: Indicator
    targets: tuple[Target, ...]
    baselines: tuple[Baseline, ...]
    policy: Policy = DEFAULT

    def periods(self) -> tuple[Period, ...]:
        """The periods with a target, in time order."""
        return tuple(sorted({target.period for target in self.targets if target.period is not None}))

    def of_life(self, part: Slice) -> Goal:
        """The target of the whole programme: declared, or what its periods' targets make, or its parts'."""
        declared, dated = self._declared(part, None), self._dated(part)
        derived = self._together(dated) if dated else None
        if declared is None:
            found = derived or Goal(Figure.gap(unit=self.indicator.unit))
            return found if found.figure.missing is None or found.inputs else self._from_parts(part, None) or found
        if (
            derived is None
            or not cover_the_whole([target.period for target in dated if target.period], self.indicator, self.model.programme.period)
            or not declared_differs(derived.figure, declared.figure)
        ):
            return declared
        differs = self._differs(declared, derived)
        chosen = derived if self.policy.life_target is LifeTarget.DERIVED else declared
        inputs = tuple(dict.fromkeys((*declared.inputs, *derived.inputs)))
        if chosen is derived:
            note = message("the target of the whole programme is the derived one, %(target)s", target=shown(chosen.figure))
        else:
            note = message("the target of the whole programme is the declared one, %(target)s", target=shown(chosen.figure))
        return evolve(chosen, inputs=inputs, assumed=(*chosen.assumed, note), findings=(*chosen.findings, differs))

    def of_period(self, part: Slice, period: Period) -> Goal:
        """The target of a period: declared, or made of the targets inside it, or its parts'."""
        declared = self._declared(part, period)
        if declared is not None:
            return declared
        inside = [target for target in self._dated(part) if target.period is not None and period.holds(target.period)]
        whole = _tiled([target.period for target in inside if target.period], period)
        last = [target for target in inside if target.period and target.period.end == period.end]
        if inside and targets_add(self.indicator) and self.indicator.report is not ReportBasis.TO_DATE:
            if whole and self.indicator.report is ReportBasis.PER_PERIOD:
                return self._together(inside)
            note = message("the targets inside the period do not add up to one for it")
            return Goal(Figure.gap(unit=self.indicator.unit), assumed=(note,))
        if last:
            return self._level(last[-1], message("the target that is due with the period, %(period)s", period=last[-1].period))
        return self._from_parts(part, period) or Goal(Figure.gap(unit=self.indicator.unit))

    def to_date(self, part: Slice, due: Sequence[Period]) -> Goal:
        """The target of the periods that are due: their sum, or the last one where targets cover everything since the start."""
        dated = [target for target in self._dated(part) if target.period in due]
        if not dated:
            parts = [goal for period in due if (goal := self._from_parts(part, period))]
            return self._sum(parts) if parts and len(parts) == len(due) else Goal(Figure.gap(unit=self.indicator.unit))
        return self._together(dated)

    def _declared(self, part: Slice, period: Period | None) -> Goal | None:
        own = sorted((target for target in self.targets if target.slice == part and target.period == period), key=lambda item: item.id)
        if not own:
            return None
        chosen = self._level(own[-1], "")
        if len(own) == 1:
            return chosen
        said = messages(
            "%(num)s target stands for one cell: %(ids)s; %(used)s is used",
            "%(num)s targets stand for one cell: %(ids)s; %(used)s is used",
            len(own),
            ids=tuple(target.id for target in own),
            used=own[-1].id,
        )
        finding = Finding("A11", Severity.WARNING, Place(own[-1].id), said, message("let the later one supersede the earlier"))
        return evolve(chosen, findings=(*chosen.findings, finding))

    def _dated(self, part: Slice) -> list[Target]:
        """The dated targets of a part in time order, one for each period."""
        own = {
            target.period: target
            for target in sorted(self.targets, key=lambda item: item.id)
            if target.slice == part and target.period is not None
        }
        return [own[period] for period in sorted(own)]

    def _level(self, target: Target, method: str) -> Goal:
        figure, reason = level_of(target, self.indicator, self.baselines)
        if target.change is not None:
            by = shown(target.figure)
            if target.change is Change.AMOUNT:
                method = message("the baseline changed by %(amount)s", amount=by)
            else:
                method = message("the baseline changed by a percentage of it, %(percentage)s", percentage=by)
        return Goal(figure, (target,), method, reason=reason)

    def _together(self, dated: Sequence[Target]) -> Goal:
        """What the targets of several periods make: targets per period add; of targets to date, shares and states the last holds."""
        levels = [self._level(target, "") for target in dated]
        if not targets_add(self.indicator) or self.indicator.report is ReportBasis.TO_DATE or len(dated) == 1:
            note = message("the target of the last period, %(period)s, stands for the whole", period=dated[-1].period)
            return evolve(levels[-1], method=levels[-1].method or message("the target of the last period"), assumed=(note,))
        if self.indicator.report is ReportBasis.UNKNOWN:
            note = message("no target for the whole: it is not stated whether the periods' targets add up")
            return Goal(Figure.gap(unit=self.indicator.unit), (), "", (note,), reason=Reason.UNKNOWN_REPORT_BASIS)
        clashes = _touching([target.period for target in dated if target.period])
        if clashes:
            pairs = tuple(message("%(period)s and %(other)s", period=one, other=other) for one, other in clashes)
            said = message("the targets of overlapping periods are not added: %(pairs)s", pairs=pairs)
            hint = message("state one target for each stretch of time")
            finding = Finding("A04", Severity.WARNING, Place(self.indicator.id), said, hint)
            return Goal(Figure.gap(unit=self.indicator.unit), tuple(dated), "", (said,), (finding,))
        return self._sum(levels)

    def _sum(self, goals: Sequence[Goal]) -> Goal:
        inputs = tuple(target for goal in goals for target in goal.inputs)
        reason = next((goal.reason for goal in goals if goal.reason), None)
        figure = life_target([goal.figure for goal in goals], ReportBasis.PER_PERIOD)
        if figure.bounds is None:
            lacking = message("a period without a target leaves the whole without one")
            return Goal(evolve(figure, unit=self.indicator.unit), inputs, "", (lacking,), (), reason)
        source = goals[0].figure.source
        note, method = message("the target of the whole is the sum of the periods' targets"), message("the sum of the periods' targets")
        return Goal(Figure("", figure.bounds, self.indicator.unit, source), inputs, method, (note,))

    def _differs(self, declared: Goal, derived: Goal) -> Finding:
        assert declared.figure.bounds is not None
        assert derived.figure.bounds is not None
        gap = declared.figure.bounds - derived.figure.bounds
        said = message(
            "the declared target of the whole programme, %(declared)s, differs by %(gap)s from %(derived)s, %(method)s",
            declared=shown(declared.figure),
            gap=shown(Figure("", gap)),
            derived=shown(derived.figure),
            method=derived.method,
        )
        return Finding("A03", Severity.WARNING, Place(declared.inputs[-1].id), said, message("revise the one or the other"))

    def _from_parts(self, part: Slice, period: Period | None) -> Goal | None:
        """The sum of the targets of an exhaustive breakdown's parts, where the whole has none of its own."""
        if not is_count(self.indicator):
            return None
        for breakdown in self.indicator.by:
            if breakdown.coverage is not Coverage.EXHAUSTIVE or breakdown.dimension in part.dimensions:
                continue
            found: dict[str, Goal] = {}
            for category in categories_of(self.model, breakdown.dimension) or self._named(breakdown.dimension):
                sub = Slice((*part.pairs, (breakdown.dimension, category)))
                goal = self._declared(sub, period)
                if goal is not None and goal.figure.bounds is not None:
                    found[category] = goal
                else:
                    found = {}
                    break
            if found:
                figure = breakdown_sum({category: goal.figure for category, goal in found.items()})
                source = next(iter(found.values())).figure.source
                note = message("no target was stated for the total: it is the sum of those by %(dimension)s", dimension=breakdown.dimension)
                inputs = tuple(target for goal in found.values() for target in goal.inputs)
                method = message("the sum by %(dimension)s", dimension=breakdown.dimension)
                return Goal(evolve(figure, unit=self.indicator.unit, source=source), inputs, method, (note,))
        return None

    def _named(self, dimension: str) -> list[str]:
        return sorted({target.slice[dimension] for target in self.targets if dimension in target.slice.dimensions})


def goals_of(model: TheoryOfChange, indicator: Indicator, *, policy: Policy = DEFAULT) -> tuple[Goals, Goals]:
    """The targets of an indicator as they stand now, and as they first stood."""
    every = model.targets_of(indicator.id)
    current = in_force(every)
    baselines = in_force(model.baselines_of(indicator.id))
    now = Goals(model, indicator, current, baselines, policy)
    first = originals(current, every)
    return now, now if first == current else evolve(now, targets=first)


def _tiled(periods: Sequence[Period], whole: Period) -> bool:
    """Whether periods cover every day of a whole once."""
    return not _touching(periods) and sum(period.days for period in periods if whole.holds(period)) == whole.days


def _touching(periods: Sequence[Period]) -> list[tuple[Period, Period]]:
    ranked = sorted(periods)
    return [(one, other) for one, other in pairwise(ranked) if one.touches(other)]
