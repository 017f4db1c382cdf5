"""Rules on targets and results: what contradicts itself, cannot be decided, or was never reported."""

from datetime import date

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Measured, Subject
from tocmodel.figures import Missing
from tocmodel.figures.display import shown
from tocmodel.findings import Place, Severity
from tocmodel.measurement.contradictions import against_direction as wrong_side
from tocmodel.measurement.goals import level_of, start_of
from tocmodel.measurement.judging import Status, status
from tocmodel.messages import message, messages
from tocmodel.model import Direction, IndicatorKind, Target

_JUDGED = {Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN}
_PUBLISHED = "Published IATI results (60 files, 2021)"
# Translators: the next three stand at the end of “… targets of “…” are 0, and …”; the direction is that of the indicator.
_NOT_STATED = message("its direction is not stated")
_INCREASE = message("its direction is increase")
_CONTEXT = message("its direction is context")
_NOT_FALLING = {Direction.UNKNOWN: _NOT_STATED, Direction.INCREASE: _INCREASE, Direction.CONTEXT: _CONTEXT}


@rule("L42", "against-direction", Severity.ERROR, source=f"{_PUBLISHED}: 94 targets on the wrong side of their baseline")
def against_direction(subject: Subject) -> Found:
    """Flags targets that lie on the wrong side of the baseline for the stated direction.

    Why: Direction, baseline and target contradict each other, so every judgement that rests on them is wrong one way or the other.
    Mend: Check direction, baseline and target.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Fluent pupils, of: fluent, unit: person, direction: increase, baselines: [{figure: 9}], targets: [{figure: 5}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Fluent pupils, of: fluent, unit: person, direction: increase, baselines: [{figure: 5}], targets: [{figure: 9}]}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        for target in measured.targets:
            start = start_of(measured.baselines, target.slice)
            if start is not None:
                goal, _ = level_of(target, indicator, measured.baselines)
                found = wrong_side(indicator, measured.figure(start), goal, Place(target.id))
                yield from ((target.id, finding.message) for finding in found)


@rule(
    "L44", "bounds-cannot-decide", Severity.WARNING, source="Interval arithmetic: a lower bound below the target is neither met nor missed"
)
def bounds_cannot_decide(subject: Subject) -> Found:
    """Flags results whose bounds leave open whether the target is met, such as "over 40" against 50.

    Why: The result may be good news or bad; nobody can say until the exact number is known.
    Mend: Ask for the exact number, and for the parts and periods that are missing.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        indicators: [{id: i, title: Pupils in clubs, of: take-part, unit: person, direction: increase, targets: [{figure: 50}], actuals: [{figure: over 40}]}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        indicators: [{id: i, title: Pupils in clubs, of: take-part, unit: person, direction: increase, targets: [{figure: 50}], actuals: [{figure: over 50}]}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        if indicator.direction not in _JUDGED or not measured.actuals:
            continue
        for target in measured.targets:
            if target.period is not None:
                continue
            reached = subject.reached(indicator, target.slice)
            goal, _ = level_of(target, indicator, measured.baselines)
            if reached.value is None and status(reached, goal, indicator.direction) is Status.UNDETERMINED:
                yield (
                    target.id,
                    message(
                        "“%(reached)s” does not decide whether the target %(goal)s of “%(title)s” is met",
                        reached=shown(reached),
                        goal=shown(goal),
                        title=indicator.title,
                    ),
                )


@rule("L47", "never-reported", Severity.WARNING, source=f"{_PUBLISHED}: half of the indicators have no actual in any period")
def never_reported(subject: Subject) -> Found:
    """Flags indicators with a target that is due and no result.

    Why: A gap is read as failure by some and as success by others; it is neither.
    Mend: Missing is not zero: ask for the result.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        indicators: [{id: pupils, title: Pupils in clubs, of: take-part, unit: person, targets: [{figure: 50}]}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        indicators: [{id: pupils, title: Pupils in clubs, of: take-part, unit: person, targets: [{figure: 50}], actuals: [{figure: 40}]}]
    """
    whole = subject.model.programme.period
    for measured in subject.measured:
        reported = any(
            value.figure.missing in (None, Missing.NOT_READABLE, Missing.SUPPRESSED) or _from_parts(value) for value in measured.actuals
        )
        due = [target for target in measured.targets if _due(target, whole.end if whole else None, subject.as_of)]
        waiting = any(value.figure.missing is Missing.NOT_APPLICABLE for value in measured.actuals)
        if due and not reported and not waiting and measured.indicator.derived is None:
            title = measured.indicator.title
            if all(target.figure.missing is Missing.NOT_READABLE for target in due):
                unclear = message("the indicator “%(title)s” has a target that cannot be read, and no result", title=title)
                yield measured.indicator.id, unclear
            else:
                yield measured.indicator.id, message("the indicator “%(title)s” has a target and no result", title=title)


def _from_parts(value: object) -> bool:
    return getattr(value, "numerator", None) is not None and getattr(value, "denominator", None) is not None


def _due(target: Target, end: date | None, as_of: date | None) -> bool:
    last = target.period.end if target.period is not None else end
    return as_of is None or last is None or last <= as_of


@rule("L84", "undecidable-target", Severity.WARNING, source=f"{_PUBLISHED}: over 2,000 targets, results and baselines are words or “N/A”")
def undecidable_target(subject: Subject) -> Found:
    """Flags targets of indicators in numbers that are words or blank, so that no result can meet or miss them.

    Why: "Most schools" is met for one reader and missed for another. Text that should be a number is M08.
    Mend: State the number meant, or make the indicator one in words.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: schools, title: Schools that lend, of: lent, unit: school, targets: [{figure: {words: most schools}}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: schools, title: Schools that lend, of: lent, unit: school, targets: [{figure: 12}]}]
    """
    for measured in subject.measured:
        if measured.indicator.kind in {IndicatorKind.TEXT, IndicatorKind.MILESTONE, IndicatorKind.RATING}:
            continue
        for target in measured.targets:
            if target.figure.words or (target.figure.missing is Missing.MISSING and not _from_parts(target)):
                title, stated = measured.indicator.title, target.figure.printed
                if stated:
                    said = message("the target of “%(title)s” is “%(stated)s”: no result can meet or miss it", title=title, stated=stated)
                    yield target.id, said
                else:
                    yield target.id, message("the target of “%(title)s” is blank: no result can meet or miss it", title=title)


@rule("L85", "placeholder-zero", Severity.WARNING, source=f"{_PUBLISHED}: 2,103 targets are 0, and 1,129 have a result of 0 beside them")
def placeholder_zero(subject: Subject) -> Found:
    """Flags targets of zero of indicators that are not meant to fall or to be kept, unless a note with the target says why.

    Why: It mostly stands for "not set yet"; taken at its word, any result meets it and no percentage exists.
    Mend: Say missing where no target was set, or say in the note of the target why zero is meant. If zero is a good end, the
        direction is decrease, or maintain.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, direction: increase, targets: [{figure: 0}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lost, of: lent, unit: item, direction: decrease, targets: [{figure: 0}]}]
    """
    for measured in subject.measured:
        if measured.indicator.direction in {Direction.DECREASE, Direction.MAINTAIN}:
            continue
        zeros = [
            target for target in measured.targets if target.figure.value == 0 and not target.note and not _below_zero(measured, target)
        ]
        if zeros:
            said = messages(
                "%(num)s of %(all)s targets of “%(title)s” is 0, and %(direction)s",
                "%(num)s of %(all)s targets of “%(title)s” are 0, and %(direction)s",
                len(zeros),
                all=len(measured.targets),
                title=measured.indicator.title,
                direction=_NOT_FALLING[measured.indicator.direction],
            )
            yield measured.indicator.id, said


def _below_zero(measured: Measured, target: Target) -> bool:
    """Whether zero is a way up from a negative state before."""
    return any(base.slice == target.slice and base.figure.value is not None and base.figure.value < 0 for base in measured.baselines)


@rule("L86", "no-change-wanted", Severity.NOTE, source=f"{_PUBLISHED}: 18 targets equal their baseline")
def no_change_wanted(subject: Subject) -> Found:
    """Flags targets of indicators that are to rise or fall, and that equal the baseline.

    Why: There is no way to go, so no progress can be calculated; if the state is to be kept, the direction is wrong.
    Mend: Set the direction to maintain, or check the two figures.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Fluent pupils, of: fluent, unit: person, direction: increase, baselines: [{figure: 9}], targets: [{figure: 9}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Fluent pupils, of: fluent, unit: person, direction: maintain, baselines: [{figure: 9}], targets: [{figure: 9}]}]
    """
    for measured in subject.measured:
        if measured.indicator.direction not in {Direction.INCREASE, Direction.DECREASE}:
            continue
        before = {(base.slice, measured.figure(base).value) for base in measured.baselines}
        for target in measured.targets:
            goal = measured.figure(target).value
            if goal is not None and goal != 0 and (target.slice, goal) in before:
                title = measured.indicator.title
                if measured.indicator.direction is Direction.INCREASE:
                    yield target.id, message("“%(title)s” is to increase, and its target equals the baseline", title=title)
                else:
                    yield target.id, message("“%(title)s” is to decrease, and its target equals the baseline", title=title)


@rule("L98", "unapproved-results", Severity.NOTE, source="Field practice: only approved results count")
def unapproved_results(subject: Subject) -> Found:
    """Flags indicators that have results, none of which is approved.

    Why: None of them counts, so the indicator looks as if nobody had reported.
    Mend: Approve or reject them.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 40, state: draft}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 40}]}]
    """
    for measured in subject.measured:
        reports = subject.model.actuals_of(measured.indicator.id)
        if reports and not measured.actuals:
            said = messages(
                "“%(title)s” has %(num)s result, which does not count",
                "“%(title)s” has %(num)s results, none of which counts",
                len(reports),
                title=measured.indicator.title,
            )
            yield measured.indicator.id, said
