"""Rules on indicators and figures: what is not measured, not reported, contradictory, or cannot be decided."""

from collections.abc import Iterator

from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.actuals import figure_of, in_force
from tocmodel.measurement.breakdowns import BreakdownStatus, breakdown_check
from tocmodel.measurement.cells import cell
from tocmodel.measurement.contradictions import against_direction as wrong_side
from tocmodel.measurement.goals import level_of, start_of
from tocmodel.measurement.judging import Status, status
from tocmodel.model import Activity, Direction, IndicatorKind, Input, TheoryOfChange


def no_indicator(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags outputs, outcomes and objectives that nothing measures."""
    measured = {indicator.of for indicator in model.indicators}
    for node in model.nodes:
        if not isinstance(node, Activity | Input) and node.id not in measured:
            yield Finding("L40", Severity.NOTE, Place(node.id), f"“{node.title}” has no indicator", "say how it could be seen")


def incomplete_indicator(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags indicators in numbers without a unit, a target, or a direction."""
    for indicator in model.indicators:
        if indicator.kind is IndicatorKind.TEXT:
            continue
        lacks = [
            *([] if indicator.unit else ["unit"]),
            *([] if model.targets_of(indicator.id) else ["target"]),
            *([] if indicator.direction is not Direction.UNKNOWN else ["direction"]),
        ]
        if lacks:
            message = f"the indicator “{indicator.title}” has no {', no '.join(lacks)}"
            yield Finding("L41", Severity.NOTE, Place(indicator.id), message, "state it, or say in a note why there is none")


def against_direction(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags targets that lie on the wrong side of the baseline for the stated direction."""
    for indicator in model.indicators:
        baselines = in_force(model.baselines_of(indicator.id))
        for target in in_force(model.targets_of(indicator.id)):
            start = start_of(baselines, target.slice)
            if start is not None:
                goal, _ = level_of(target, indicator, baselines)
                yield from wrong_side(indicator, figure_of(start, indicator), goal, Place(target.id))


def bounds_cannot_decide(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags results whose bounds leave open whether the target is met."""
    for indicator in model.indicators:
        for target in in_force(model.targets_of(indicator.id)):
            if target.period is not None:
                continue
            reached = cell(model, indicator, target.slice).figure
            goal, _ = level_of(target, indicator, in_force(model.baselines_of(indicator.id)))
            judged = indicator.direction not in {Direction.UNKNOWN, Direction.CONTEXT}
            if judged and reached.value is None and status(reached, goal, indicator.direction) is Status.UNDETERMINED:
                message = f"“{shown(reached)}” does not decide whether the target {shown(goal)} of “{indicator.title}” is met"
                yield Finding("L44", Severity.WARNING, Place(target.id), message, "ask the source for the exact number")


def never_reported(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags indicators with a target and no result."""
    for indicator in model.indicators:
        reported = any(value.figure.missing is None for value in in_force(model.actuals_of(indicator.id)))
        if not reported and model.targets_of(indicator.id):
            message = f"the indicator “{indicator.title}” has a target and no result"
            yield Finding("L47", Severity.WARNING, Place(indicator.id), message, "missing is not zero: ask for the result")


def breakdown_gap(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags breakdowns that do not fit the published total, of targets and of results."""
    for indicator in model.indicators:
        for own in (in_force(model.targets_of(indicator.id)), in_force(model.actuals_of(indicator.id))):
            for total in (value for value in own if not value.slice and value.figure.bounds is not None):
                for breakdown in indicator.by:
                    parts = {
                        value.slice[breakdown.dimension]: figure_of(value, indicator)
                        for value in own
                        if value.slice.dimensions == (breakdown.dimension,) and value.period == total.period
                    }
                    if not parts:
                        continue
                    found = breakdown_check(figure_of(total, indicator), parts, breakdown.coverage)
                    if found.status in {BreakdownStatus.GAP, BreakdownStatus.EXCEEDS}:
                        gap = "" if found.gap is None else f" by {found.gap}"
                        message = (
                            f"the parts by {breakdown.dimension} differ from the total {shown(total.figure)} of “{indicator.title}”{gap}"
                        )
                        yield Finding(
                            "L48", Severity.WARNING, Place(total.id), message, "check the parts, or whether a category is missing"
                        )


def outside_programme(model: TheoryOfChange) -> Iterator[Finding]:
    """Flags targets and results whose period lies outside the programme's."""
    whole = model.programme.period
    if whole is None:
        return
    for value in (*model.targets, *model.actuals):
        if value.period is not None and not whole.touches(value.period):
            message = f"the period {value.period} of {value.id!r} lies outside the programme's, {whole}"
            yield Finding("L45", Severity.WARNING, Place(value.id), message, "check the dates")


RULES = (
    no_indicator,
    incomplete_indicator,
    against_direction,
    bounds_cannot_decide,
    never_reported,
    breakdown_gap,
    outside_programme,
)
