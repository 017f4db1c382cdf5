"""Run every rule over a model."""

from tocmodel.checks import measurement, structure
from tocmodel.findings import Finding, in_order
from tocmodel.model import TheoryOfChange


def check(model: TheoryOfChange) -> tuple[Finding, ...]:
    """Everything in a model that somebody should look at: what could not be read, and what the rules find.

    Returns:
        Findings, gravest first. Two calls on equal models give equal findings.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.activity("clubs-meet", "Children meet in clubs")
        >>> for finding in check(draft.done()): print(finding)
        warning L01 at clubs-meet: “Children meet in clubs” is linked to nothing (link it to what it leads to, or take it out)
    """
    rules = (*structure.RULES, *measurement.RULES)
    return in_order([*model.findings, *(finding for rule in rules for finding in rule(model))])
