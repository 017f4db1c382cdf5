"""What a derived indicator comes to: a sum, a difference, or one sum over another of what other indicators came to."""

from collections.abc import Callable, Sequence

from attrs import evolve

from tocmodel.errors import UnitMismatchError
from tocmodel.figures import Figure, Interval
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.actuals import Combined, factor_of
from tocmodel.measurement.aggregation import Combine, MissingPolicy, aggregate
from tocmodel.measurement.formulas import Reason, ratio
from tocmodel.measurement.policy import Policy
from tocmodel.messages import message
from tocmodel.model import Indicator, Operation, Term


def derived(indicator: Indicator, read: Callable[[str], Combined], *, policy: Policy) -> Combined:
    """Calculate a derived indicator from the cells of the indicators that it names.

    A missing term leaves a sum by the policy, and a difference or ratio without a number. Terms of a sum or difference are
    converted into the indicator's unit; those above and below a ratio each into one unit.

    Args:
        indicator: the indicator; it states how it is derived.
        read: gives the cell of an indicator, by its id.
        policy: the conventions.

    Source: docs/reference/formulas.md, F11.
    """
    rule = indicator.derived
    assert rule is not None
    above = [(term, read(term.indicator)) for term in rule.terms]
    below = [(term, read(term.indicator)) for term in rule.over]
    cells = [found for _, found in (*above, *below)]
    method = f"{_words(rule.terms)} {_SIGNS[rule.operation]} {_words(rule.over)}" if rule.over else _words(rule.terms)
    result = Combined(
        Figure.gap(unit=indicator.unit),
        tuple(dict.fromkeys(id for found in cells for id in found.inputs)),
        tuple(dict.fromkeys(note for found in cells for note in found.assumed)),
        (sum(found.figure.bounds is not None for found in cells), len(cells)),
        method,
        None,
        tuple(dict.fromkeys(finding for found in cells for finding in found.findings)),
    )
    unit = indicator.unit if rule.operation is not Operation.RATIO else None
    try:
        top, bottom = _total(above, unit, policy), _total(below, unit, policy)
    except UnitMismatchError as fault:
        hint = message("derive it from indicators in units that convert")
        finding = Finding("A09", Severity.ERROR, Place(indicator.id), fault.message, hint)
        return evolve(result, reason=Reason.UNIT_MISMATCH, findings=(*result.findings, finding))
    if rule.operation is Operation.RATIO:
        share = ratio(top, bottom, factor=factor_of(indicator))
        figure = Figure.gap(unit=indicator.unit) if share.bounds is None else Figure("", share.bounds, indicator.unit)
        return evolve(result, figure=figure, reason=share.reason)
    if rule.operation is Operation.DIFFERENCE and top.bounds is not None and bottom.bounds is not None:
        return evolve(result, figure=Figure("", top.bounds - bottom.bounds, indicator.unit or top.unit))
    if rule.operation is Operation.SUM and top.bounds is not None:
        lacking = len(cells) - result.coverage[0]
        note = (message("%(count)s of %(all)s terms are missing", count=lacking, all=len(cells)),) if lacking else ()
        return evolve(result, figure=evolve(top, unit=indicator.unit or top.unit), assumed=(*result.assumed, *note))
    return evolve(result, reason=Reason.MISSING_ACTUAL)


_SIGNS = {Operation.SUM: "+", Operation.DIFFERENCE: "-", Operation.RATIO: "/"}


def _words(terms: Sequence[Term]) -> str:
    said = " + ".join(term.indicator if term.factor is None else f"{term.factor} x {term.indicator}" for term in terms)
    return f"({said})" if len(terms) > 1 else said


def _total(terms: Sequence[tuple[Term, Combined]], unit: str | None, policy: Policy) -> Figure:
    """The sum of terms times their factors, in one unit; a missing term bounds it only where none can be below zero."""
    unit = unit or next((found.figure.unit for _, found in terms if found.figure.unit), None)
    figures: list[Figure] = []
    for term, found in terms:
        figure = found.figure if unit is None else found.figure.into(unit)
        times = term.factor if term.factor is not None else 1
        figures.append(Figure.gap() if figure.bounds is None else Figure("", figure.bounds * Interval.exactly(times), unit))
    if not figures:
        return Figure("", Interval.exactly(0), unit)
    signed = any(term.factor is not None and term.factor < 0 for term, _ in terms)
    strategy = MissingPolicy.SKIP_IF_ANY if signed and policy.missing is MissingPolicy.BOUND else policy.missing
    whole = aggregate(figures, Combine.SUM, missing=strategy)
    return Figure.gap(unit=unit) if whole.bounds is None else Figure("", whole.bounds, unit)
