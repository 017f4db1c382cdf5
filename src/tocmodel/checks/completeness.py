"""Rules on indicators: what is not measured, and what an indicator does not say of itself."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Subject, said_once
from tocmodel.errors import FieldError
from tocmodel.findings import Severity
from tocmodel.messages import All, Term as Word, message
from tocmodel.model import Accumulation, Activity, Direction, Indicator, IndicatorKind, Input, Operation, Term
from tocmodel.units import factor

_IN_NUMBERS = {IndicatorKind.COUNT, IndicatorKind.PERCENTAGE, IndicatorKind.RATIO}
_SHEET = "USAID, Performance indicator reference sheet guidance"
# Translators: one or several of the next three, joined by “and”, stand at the end of “the indicator “…” lacks …”.
_UNIT = message("a unit")
_TARGET = message("a target")
_DIRECTION = message("a direction")


@rule("L40", "no-indicator", Severity.NOTE, source="OECD-DAC (2010), Quality standards for development evaluation; Mayne (2017)")
def no_indicator(subject: Subject) -> Found:
    """Flags outputs, outcomes, objectives and other results that nothing measures.

    Why: What nobody measures, nobody can say to have come true; counting what is easy instead hides that.
    Mend: Say how it could be seen.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: share, title: Pupils who read a page in two minutes, of: fluent}]
    """
    for node in subject.model.nodes:
        if not isinstance(node, Activity | Input) and node.id not in subject.indicators_of:
            yield node.id, message("“%(title)s” has no indicator", title=node.title)


@rule("L41", "incomplete-indicator", Severity.NOTE, source=_SHEET)
def incomplete_indicator(subject: Subject) -> Found:
    """Flags indicators in numbers without a unit, a target or a direction; context indicators need no target.

    Why: Without them a result can be recorded but not judged.
    Mend: State it. Where there is none, accept the finding and say why.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Pupils who read fluently, of: fluent, direction: increase, targets: [{figure: 50}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Pupils who read fluently, of: fluent, unit: person, direction: increase, targets: [{figure: 50}]}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        if indicator.kind is IndicatorKind.TEXT:
            continue
        wants_target = indicator.direction is not Direction.CONTEXT
        wanted = (
            (_UNIT, indicator.kind in _IN_NUMBERS and indicator.unit is None),
            (_TARGET, wants_target and not measured.targets),
            (_DIRECTION, indicator.direction is Direction.UNKNOWN),
        )
        lacks = All(word for word, missing in wanted if missing)
        if lacks:
            yield indicator.id, message("the indicator “%(title)s” lacks %(lacks)s", title=indicator.title, lacks=lacks)


@rule("L43", "unit-mismatch", Severity.ERROR, source="BIPM (2019), The international system of units: quantities of one kind")
def unit_mismatch(subject: Subject) -> Found:
    """Flags derived indicators and overlaps that put together what is counted in units that do not convert, such as people and cases.

    Why: Nothing right can be calculated from them. Values in another unit than their indicator's are refused when they are read (M05).
    Mend: Derive it from indicators in one unit, or make it a ratio.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: pupils, title: Pupils who borrow, of: lent, unit: person}
        - {id: schools, title: Schools with a box, of: lent, unit: school}
        - {id: reached, title: All reached, of: lent, unit: person, derived: {operation: sum, terms: [pupils, schools]}}

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: pupils, title: Pupils who borrow, of: lent, unit: person}
        - {id: parents, title: Parents who borrow, of: lent, unit: person}
        - {id: reached, title: All reached, of: lent, unit: person, derived: {operation: sum, terms: [pupils, parents]}}
    """
    for indicator in subject.model.indicators:
        if indicator.derived is None:
            continue
        groups = [indicator.derived.terms, indicator.derived.over]
        if indicator.derived.operation is not Operation.RATIO:
            groups = [(*indicator.derived.terms, *indicator.derived.over)]
        own = () if indicator.derived.operation is Operation.RATIO else (indicator,)
        for terms in groups:
            for units in _clashes([*own, *_indicators(subject, terms)]):
                yield indicator.id, message("the derived indicator “%(title)s” joins %(units)s", title=indicator.title, units=units)
    for overlap in subject.model.overlaps:
        for units in _clashes([subject.model.indicator(id) for id in overlap.between]):
            yield overlap.id, message("the overlap joins %(units)s", units=units)


def _indicators(subject: Subject, terms: Sequence[Term]) -> list[Indicator]:
    return [subject.model.indicator(term.indicator) for term in terms]


def _clashes(indicators: Sequence[Indicator]) -> Iterator[All]:
    units = sorted({indicator.unit for indicator in indicators if indicator.unit is not None})
    for one, other in pairwise(units):
        try:
            factor(one, other)
        except FieldError:
            yield All((Word(one), Word(other)))


@rule("L49", "no-baseline", Severity.NOTE, source=_SHEET)
def no_baseline(subject: Subject) -> Found:
    """Flags indicators that are to rise or fall from a state of before, and have targets but no baseline.

    Counts of what the programme itself adds, incremental or cumulative, start at zero and need none.

    Why: Without the state before, nobody can say how far the way was, or whether there was one.
    Mend: State the baseline, or say in a note why there is none.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: share, title: Fluent pupils, of: fluent, kind: percentage, unit: percent, direction: increase, targets: [{figure: 50}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - id: share
          title: Fluent pupils
          of: fluent
          kind: percentage
          unit: percent
          direction: increase
          baselines: [{figure: 30}]
          targets: [{figure: 50}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        moves = indicator.direction in {Direction.INCREASE, Direction.DECREASE}
        from_zero = indicator.kind is IndicatorKind.COUNT and indicator.accumulation in {Accumulation.INCREMENTAL, Accumulation.CUMULATIVE}
        if moves and indicator.kind in _IN_NUMBERS and measured.targets and not measured.baselines and not from_zero:
            if indicator.direction is Direction.INCREASE:
                yield indicator.id, message("the indicator “%(title)s” is to increase and has no baseline", title=indicator.title)
            else:
                yield indicator.id, message("the indicator “%(title)s” is to decrease and has no baseline", title=indicator.title)


@rule("L80", "no-verification", Severity.NOTE, source=_SHEET)
def no_verification(subject: Subject) -> Found:
    """Flags indicators that say neither how they are verified nor how their data are collected.

    Why: Two people will then measure two things under one name.
    Mend: State the means of verification or the method of collection.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Fluent pupils, of: fluent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Fluent pupils, of: fluent, means_of_verification: reading test at the end of term}]
    """
    own = [indicator for indicator in subject.model.indicators if indicator.derived is None]
    found = [
        (indicator.id, message("“%(title)s” does not say how it is verified", title=indicator.title))
        for indicator in own
        if not (indicator.means_of_verification or indicator.collection_method or indicator.calculation)
    ]
    once = message("none of the %(count)s indicators says how it is verified", count=len(own))
    yield from said_once(found, len(own), subject.model.programme.id, once)


@rule(
    "L81",
    "no-denominator",
    Severity.NOTE,
    source="Formulas of this library, F5: shares re-aggregate only through numerators and denominators",
)
def no_denominator(subject: Subject) -> Found:
    """Flags percentages of which nobody says what they are a percentage of.

    Why: They cannot be added up over places or groups, and "40 %" of an unknown whole tells little.
    Mend: State the denominator in words, or numerator and denominator with each value.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: share, title: Fluent pupils, of: fluent, kind: percentage, unit: percent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: share, title: Fluent pupils, of: fluent, kind: percentage, unit: percent, denominator: pupils in class 4}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        stated = indicator.denominator or any(value.denominator is not None for value in measured.values)
        if indicator.kind is IndicatorKind.PERCENTAGE and indicator.derived is None and not stated:
            yield indicator.id, message("it is not said what “%(title)s” is a percentage of", title=indicator.title)


@rule("L83", "unused-indicator", Severity.NOTE, source="Published IATI results: 1,253 of 15,740 indicators have no period at all")
def unused_indicator(subject: Subject) -> Found:
    """Flags indicators that have neither a target nor a result nor a derivation.

    Why: Nobody has used them yet; long lists of unused indicators hide those that matter.
    Mend: Set a target, report a result, or take it out.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Fluent pupils, of: fluent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Fluent pupils, of: fluent, targets: [{figure: 50}]}]
    """
    for indicator in subject.model.indicators:
        values = (*subject.model.targets_of(indicator.id), *subject.model.actuals_of(indicator.id))
        if indicator.derived is None and not values:
            yield indicator.id, message("“%(title)s” has neither a target nor a result", title=indicator.title)
