"""Rules on what a theory takes for granted and what may go wrong."""

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.structure import MAYNE
from tocmodel.checks.subject import Subject, after, grouped
from tocmodel.findings import Severity
from tocmodel.measurement.goals import level_of
from tocmodel.measurement.judging import Status, status
from tocmodel.messages import and_more, message, messages
from tocmodel.model import AssumptionState

_MANY = 3
"""An assumption on so many links is worth a look of its own."""


@rule("L50", "assumption-unused", Severity.WARNING, source=MAYNE)
def assumption_unused(subject: Subject) -> Found:
    """Flags assumptions that stand on no link and in no package.

    Why: A list of assumptions at the foot of a page says nothing of what fails when one of them does not hold.
    Mend: Name it on the links that need it.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room}]
        links: [{from: clubs, to: fluent, assumptions: [rooms-open]}]
    """
    used = {id for record in (*subject.model.links, *subject.model.packages) for id in record.assumptions}
    for assumption in subject.model.assumptions:
        if assumption.id not in used:
            yield assumption.id, message("the assumption “%(title)s” stands on no link", title=assumption.title)


@rule("L51", "assumption-unwatched", Severity.NOTE, source="USAID (2017), ADS 201, on monitoring context and assumptions")
def assumption_unwatched(subject: Subject) -> Found:
    """Flags untested assumptions that have neither an indicator, nor an owner, nor a date of review.

    Why: Assumptions fail silently; somebody has to look from time to time.
    Mend: Name an indicator, or who looks at it and when.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room}]
        links: [{from: clubs, to: fluent, assumptions: [rooms-open]}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room, review: 2025-06-30}]
        links: [{from: clubs, to: fluent, assumptions: [rooms-open]}]
    """
    for assumption in subject.model.assumptions:
        watched = assumption.indicator or assumption.owner or assumption.review
        if assumption.state is AssumptionState.UNTESTED and not watched:
            yield assumption.id, message("nobody watches the assumption “%(title)s”", title=assumption.title)


@rule("L52", "assumption-shared", Severity.NOTE, source="Mosleh (1991), Common cause failures: one cause that takes several ways at once")
def assumption_shared(subject: Subject) -> Found:
    """Flags assumptions on which three or more links rest.

    Why: If it fails, all of them fail together, and ways that look independent are not.
    Mend: Watch it closely, or look for a way that does without it.

    Example that fires:
        activities: [{id: a, title: Clubs}, {id: b, title: Corners}, {id: c, title: Fairs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room}]
        links:
        - {from: a, to: fluent, assumptions: [rooms-open]}
        - {from: b, to: fluent, assumptions: [rooms-open]}
        - {from: c, to: fluent, assumptions: [rooms-open]}

    Example that passes:
        activities: [{id: a, title: Clubs}, {id: b, title: Corners}, {id: c, title: Fairs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room}]
        links:
        - {from: a, to: fluent, assumptions: [rooms-open]}
        - {from: b, to: fluent, assumptions: [rooms-open]}
        - {from: c, to: fluent}
    """
    resting = grouped((id, link.id) for link in subject.model.links for id in dict.fromkeys(link.assumptions))
    for assumption in subject.model.assumptions:
        links = resting.get(assumption.id, ())
        if len(links) >= _MANY:
            resting_on = messages(
                "%(num)s link rests on the assumption “%(title)s”",
                "%(num)s links rest on the assumption “%(title)s”",
                len(links),
                title=assumption.title,
            )
            yield assumption.id, resting_on


@rule("L53", "claim-on-failed-assumption", Severity.WARNING, source=MAYNE)
def claim_on_failed_assumption(subject: Subject) -> Found:
    """Flags failed assumptions of links that lead to a result which is claimed: a target met, or supporting evidence about the node.

    Why: Either the assumption did not matter, or the result came about in another way than the theory says.
    Mend: Say by which other way the result came about, or revise the theory.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room, state: failed}]
        links: [{from: clubs, to: fluent, assumptions: [rooms-open]}]
        evidence: [{id: test, about: fluent, kind: measurement}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room, state: holds}]
        links: [{from: clubs, to: fluent, assumptions: [rooms-open]}]
        evidence: [{id: test, about: fluent, kind: measurement}]
    """
    failed = [assumption for assumption in subject.model.assumptions if assumption.state is AssumptionState.FAILED]
    for assumption in failed:
        starts = {link.to for link in subject.model.links if assumption.id in link.assumptions}
        starts |= {package.node for package in subject.model.packages if assumption.id in package.assumptions}
        claimed = sorted(node for node in after(subject.graph, starts) if _claimed(subject, node))
        if claimed:
            yield (
                assumption.id,
                message(
                    "the assumption “%(title)s” failed, and yet what rests on it is claimed: %(nodes)s",
                    title=assumption.title,
                    nodes=and_more(subject.title(node) for node in claimed),
                ),
            )


def _claimed(subject: Subject, node: str) -> bool:
    if node in subject.supporting:
        return True
    for indicator in subject.indicators_of.get(node, ()):
        for target in subject.model.targets_of(indicator.id):
            if target.period is None and not target.slice:
                goal, _ = level_of(target, indicator, subject.model.baselines_of(indicator.id))
                if status(subject.reached(indicator), goal, indicator.direction) is Status.MET:
                    return True
    return False


@rule("L54", "risk-without-response", Severity.WARNING, source="ISO 31000:2018, 6.5 Risk treatment")
def risk_without_response(subject: Subject) -> Found:
    """Flags risks for which no response is stated.

    Why: To know of a risk, above all of harm to participants, and to do nothing about it is a decision that somebody should own.
    Mend: Say what is done about it, also if that is to accept it.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        risks: [{id: heat, title: Rooms get too hot in the dry season, about: fluent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        risks: [{id: heat, title: Rooms get too hot in the dry season, about: fluent, response: clubs meet in the morning}]
    """
    for risk in subject.model.risks:
        if not str(risk.response).strip():
            yield risk.id, message("no response is stated to the risk “%(title)s”", title=risk.title)
