"""Rules on causal steps: their reasons, what they take for granted, and what speaks for and against them."""

from collections.abc import Iterator

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.structure import DAVIES, MAYNE
from tocmodel.checks.subject import Subject, grouped
from tocmodel.findings import Severity
from tocmodel.messages import All, Message, message
from tocmodel.model import Evidence, EvidenceKind, Judgement

_WEAK = {EvidenceKind.SELF_REPORT, EvidenceKind.OPINION}
# Translators: one or several of the next three, joined by “and”, stand at the end of “… was judged, but it is not said …”.
_BY_WHOM = message("by whom")
_WHEN = message("when")
_WHY = message("why")


@rule("L20", "no-rationale", Severity.NOTE, source=f"{DAVIES}, unlabelled connections")
def no_rationale(subject: Subject) -> Found:
    """Flags links that do not say why the step should follow.

    Why: An arrow without a reason cannot be questioned, tested or learned from.
    Mend: Say why the step should follow.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent, rationale: reading aloud often makes fluent readers}]
    """
    for link in subject.model.links:
        if not str(link.rationale).strip():
            yield link.id, message("%(link)s has no rationale", link=subject.link(link))


@rule("L21", "no-assumption", Severity.NOTE, source=MAYNE)
def no_assumption(subject: Subject) -> Found:
    """Flags links that name no assumption, neither themselves nor through a package they belong to.

    Why: Hardly any step follows by itself; what is taken for granted silently is what goes wrong unseen.
    Mend: Ask what has to hold for the step to follow, and name it.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        assumptions: [{id: rooms-open, title: Schools open a room}]
        links: [{from: clubs, to: fluent, assumptions: [rooms-open]}]
    """
    covered = {link for package in subject.model.packages if package.assumptions for link in package.links}
    for link in subject.model.links:
        if not link.assumptions and link.id not in covered:
            yield link.id, message("%(link)s names no assumption", link=subject.link(link))


@rule("L22", "no-evidence", Severity.NOTE, source=MAYNE)
def no_evidence(subject: Subject) -> Found:
    """Flags links that no evidence is about, neither for nor against.

    Why: A theory is a claim until somebody has looked; this shows where nobody has.
    Mend: Collect some. Where nobody will, accept the finding and say why.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]
        evidence: [{id: visits, about: clubs->fluent, statement: club members read twice as many pages}]
    """
    about = {id for evidence in subject.model.evidence for id in evidence.about}
    for link in subject.model.links:
        if link.id not in about:
            yield link.id, message("%(link)s has no evidence", link=subject.link(link))


@rule("L23", "weak-bottleneck", Severity.WARNING, source="Mayne (2012); Davies (2018), predictive models")
def weak_bottleneck(subject: Subject) -> Found:
    """Flags links on every path to an objective that nothing, or only opinion and self-report, speaks for.

    Why: The whole claim rests on this one step, so evidence is worth most here.
    Mend: Collect evidence for this link first.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: literate}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: literate}]
        evidence: [{id: test, about: clubs->literate, kind: measurement}]
    """
    passed = grouped((link, objective) for objective, narrow in subject.narrow.items() for link in narrow.links)
    known = {link.id: link for link in subject.model.links}
    for id, objectives in passed.items():
        kinds = {item.kind for item in subject.supporting.get(id, ())}
        if kinds <= _WEAK:
            ends, link = All(subject.title(objective) for objective in sorted(objectives)), subject.link(known[id])
            if kinds:
                weak = message(
                    "every path to %(ends)s passes %(link)s, and only opinion or self-report speaks for it", ends=ends, link=link
                )
                yield id, weak
            else:
                yield id, message("every path to %(ends)s passes %(link)s, and nothing speaks for it", ends=ends, link=link)


@rule("L24", "only-own-word", Severity.NOTE, source="Mayne (2012); INTRAC (2017), Outcome harvesting, on substantiation")
def only_own_word(subject: Subject) -> Found:
    """Flags links for which nothing but opinion, self-report or evidence from those with a stake speaks.

    Why: Those who did the work see much and are no judges in their own cause; one independent voice changes what may be claimed.
    Mend: Ask somebody without a stake, or look for a document or a measurement.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]
        evidence: [{id: report, about: clubs->fluent, kind: self_report}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]
        evidence:
        - {id: report, about: clubs->fluent, kind: self_report}
        - {id: teachers, about: clubs->fluent, kind: testimony, independent: true}
    """
    own = {record.id for record in subject.model.sources if record.self_reported}
    for link in subject.model.links:
        evidence = subject.supporting.get(link.id, ())
        if evidence and all(_own_word(item, own) for item in evidence):
            yield link.id, message("only the word of those involved speaks for %(link)s", link=subject.link(link))


def _own_word(item: Evidence, own: set[str]) -> bool:
    said_by_itself = item.independent is None and item.source is not None and item.source.source in own
    return item.kind in _WEAK or item.independent is False or said_by_itself


@rule("L25", "contradiction-unresolved", Severity.WARNING, source="Mayne (2012), step 5: seek out additional evidence")
def contradiction_unresolved(subject: Subject) -> Found:
    """Flags links and nodes that evidence both supports and contradicts, without anybody having judged what follows.

    Why: Contradiction is where most is learned; left open, readers pick the side they like.
    Mend: Weigh the two, and state the confidence with its grounds, or a note.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]
        evidence: [{id: visits, about: clubs->fluent}, {id: test, about: clubs->fluent, direction: contradicts}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent, note: the test was taken before the clubs began}]
        evidence: [{id: visits, about: clubs->fluent}, {id: test, about: clubs->fluent, direction: contradicts}]
    """
    for link in subject.model.links:
        if _both(subject, link.id) and link.confidence is None and not link.note:
            yield link.id, message("evidence speaks for and against %(link)s, and nobody has weighed it", link=subject.link(link))
    for node in subject.model.nodes:
        if _both(subject, node.id) and not node.note:
            yield node.id, message("evidence speaks for and against “%(title)s”, and nobody has weighed it", title=node.title)


def _both(subject: Subject, id: str) -> bool:
    return id in subject.supporting and id in subject.contradicting


@rule("L26", "judgement-without-grounds", Severity.WARNING, source="Mayne (2012), on judgements and their grounds")
def judgement_without_grounds(subject: Subject) -> Found:
    """Flags strengths, confidences, probabilities and deliveries that do not say who judged them, when, or why.

    Why: A judged number looks like a measured one as soon as nobody remembers who judged it.
    Mend: Say who judged it, when and on what grounds.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent, strength: {level: moderate}}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links:
        - from: clubs
          to: fluent
          strength: {level: moderate, by: two teachers, on: 2025-03-01, why: they compared two classes}
    """
    for id, what, lacks in _without_grounds(subject):
        yield id, message("%(what)s was judged, but it is not said %(lacks)s", what=what, lacks=lacks)


def _without_grounds(subject: Subject) -> Iterator[tuple[str, Message, All]]:
    for link in subject.model.links:
        if lacks := _lacks(link.strength):
            yield link.id, message("the strength of %(link)s", link=subject.link(link)), lacks
        if lacks := _lacks(link.confidence):
            yield link.id, message("the confidence of %(link)s", link=subject.link(link)), lacks
    for assumption in subject.model.assumptions:
        if lacks := _lacks(assumption.probability):
            yield assumption.id, message("the probability of “%(title)s”", title=assumption.title), lacks
    for node in subject.model.nodes:
        if lacks := _lacks(node.delivery):
            yield node.id, message("the delivery of “%(title)s”", title=node.title), lacks


def _lacks(judgement: Judgement | None) -> All:
    """What is not said of a judgement."""
    if judgement is None:
        return All()
    said = ((_BY_WHOM, judgement.by), (_WHEN, judgement.on), (_WHY, str(judgement.why)))
    return All(word for word, held in said if not held)
