"""Rules on what may be claimed: rival explanations, shares of a whole, threads of evidence, time, harvest and sources."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.structure import DAVIES, MAYNE
from tocmodel.checks.subject import Measured, Subject, before, grouped, how_many, said_once
from tocmodel.contribution.harvest import harvest_coverage
from tocmodel.figures import Interval
from tocmodel.figures.display import shown
from tocmodel.findings import Severity
from tocmodel.messages import All, Message, message, messages
from tocmodel.model import Effect, IndicatorKind, Level, Objective, RivalStatus

_RIVALS = (
    "Mayne (2012), Contribution analysis: coming of age?; White and Phillips (2012), Addressing attribution of cause and effect in small n"
)
_HARVEST = "Wilson-Grau and Britt (2012), Outcome harvesting"
_WHOLE = Interval.exactly(100)


@rule("L60", "no-rival", Severity.NOTE, source=_RIVALS)
def no_rival(subject: Subject) -> Found:
    """Flags objectives for which no rival explanation is named.

    Why: Something else can always explain a change; a claim that does not mention it convinces nobody.
    Mend: What else could explain it? Name it, also if it was not examined.

    Example that fires:
        objectives: [{id: literate, title: A generation that reads}]

    Example that passes:
        objectives: [{id: literate, title: A generation that reads}]
        rivals: [{id: reform, title: A new curriculum, about: literate}]
    """
    about = {id for rival in subject.model.rivals for id in rival.about}
    for node in subject.model.nodes:
        if isinstance(node, Objective) and node.id not in about:
            yield node.id, message("“%(title)s” has no rival explanation", title=node.title)


@rule("L61", "rival-unexamined", Severity.WARNING, source=_RIVALS)
def rival_unexamined(subject: Subject) -> Found:
    """Flags nodes whose change is claimed, by evidence or a harvested outcome, while a rival explanation of it is not examined.

    Why: Until somebody has looked at the rival, more than "it is consistent with the theory" may not be said.
    Mend: Examine the rival, or keep the claim at "consistent with".

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        rivals: [{id: reform, title: A new curriculum, about: fluent}]
        evidence: [{id: test, about: fluent, kind: measurement}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        rivals: [{id: reform, title: A new curriculum, about: fluent, status: minor}]
        evidence: [{id: test, about: fluent, kind: measurement}]
    """
    harvested = {id for item in subject.model.harvested_outcomes if item.contribution for id in item.about}
    open_rivals = [rival for rival in subject.model.rivals if rival.status is RivalStatus.NOT_EXAMINED]
    for node, rivals in grouped((id, rival) for rival in open_rivals for id in dict.fromkeys(rival.about)).items():
        support = [node, *(link.id for link in subject.into.get(node, ()))]
        if node in harvested or any(id in subject.supporting for id in support):
            names = tuple(message("“%(title)s”", title=rival.title) for rival in sorted(rivals, key=lambda rival: str(rival.title)))
            title = subject.model.node(node).title
            yield (
                node,
                messages(
                    "something speaks for “%(title)s”, and %(num)s rival explanation is not examined: %(names)s",
                    "something speaks for “%(title)s”, and %(num)s rival explanations are not examined: %(names)s",
                    len(names),
                    title=title,
                    names=names,
                ),
            )


@rule("L62", "part-over-whole", Severity.WARNING, source="IATI ruleset and data (2021): percentages above 100 in published results")
def part_over_whole(subject: Subject) -> Found:
    """Flags parts above their whole: percentages over 100, numerators over denominators, overlaps and steps that hold too much.

    Why: One of the two numbers is wrong, or they do not count the same thing.
    Mend: Check both numbers, and whether they count the same; a rate of growth is a ratio, not a percentage of a whole.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: share, title: Pupils who read fluently, of: fluent, kind: percentage, unit: percent, actuals: [{figure: 140}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: share, title: Pupils who read fluently, of: fluent, kind: percentage, unit: percent, actuals: [{figure: 40}]}]
    """
    for measured in subject.measured:
        yield from _shares(measured)
    for overlap in subject.model.overlaps:
        for id in overlap.between:
            whole = subject.reached(subject.model.indicator(id), overlap.slice).bounds
            part = overlap.figure.bounds
            if whole is not None and part is not None and part > whole:
                yield (
                    overlap.id,
                    message(
                        "%(figure)s are counted in several indicators, more than “%(title)s” has",
                        figure=shown(overlap.figure),
                        title=subject.model.indicator(id).title,
                    ),
                )
    for cascade in subject.model.cascades:
        steps = [subject.model.indicator(id) for id in cascade.steps]
        for one, other in pairwise(steps):
            whole, part = subject.reached(one).bounds, subject.reached(other).bounds
            if one.unit == other.unit and whole is not None and part is not None and part > whole:
                yield (
                    cascade.id,
                    message(
                        "the step “%(step)s” of “%(cascade)s” has more than the step “%(earlier)s” before it",
                        step=other.title,
                        cascade=cascade.title,
                        earlier=one.title,
                    ),
                )


def _shares(measured: Measured) -> Iterator[tuple[str, Message]]:
    indicator = measured.indicator
    for value in measured.values:
        above = value.numerator.bounds if value.numerator else None
        below = value.denominator.bounds if value.denominator else None
        bounds = value.figure.bounds
        if indicator.kind is not IndicatorKind.PERCENTAGE:
            continue
        if above is not None and below is not None and above > below:
            yield value.id, message("the numerator of “%(title)s” is larger than its denominator", title=indicator.title)
        elif indicator.unit == "percent" and bounds is not None and bounds > _WHOLE:
            yield value.id, message("%(figure)s of 100 percent for “%(title)s”", figure=shown(value.figure), title=indicator.title)


@rule(
    "L63",
    "no-single-thread",
    Severity.WARNING,
    source="Powell, Copestake and Remnant (2024), Causal mapping for evaluators, on source threads",
)
def no_single_thread(subject: Subject) -> Found:
    """Flags objectives that evidence reaches from an activity only by joining links of different sources.

    Why: "A leads to B" from one and "B leads to C" from another do not make a story that anybody told.
    Mend: Ask one of the sources for the whole story, or say that the path is composed.

    Example that fires:
        sources: [{id: teachers, title: Teachers}, {id: parents, title: Parents}]
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: fluent}, {from: fluent, to: literate}]
        evidence: [{id: e1, about: clubs->fluent, source: teachers}, {id: e2, about: fluent->literate, source: parents}]

    Example that passes:
        sources: [{id: teachers, title: Teachers}, {id: parents, title: Parents}]
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: fluent}, {from: fluent, to: literate}]
        evidence: [{id: e1, about: clubs->fluent, source: teachers}, {id: e2, about: fluent->literate, source: teachers}]
    """
    told: dict[str, set[str]] = {}
    for link, items in subject.supporting.items():
        for item in items:
            voice = item.source.source if item.source is not None else item.group or item.id
            told.setdefault(voice, set()).add(link)
    together = {link for links in told.values() for link in links}
    reached = _told(subject, together)
    alone = {objective for links in told.values() for objective in _told(subject, links)}
    for objective in sorted(reached - alone):
        yield objective, message("no single source tells the whole way from an activity to %(end)s", end=subject.title(objective))


def _told(subject: Subject, links: set[str]) -> set[str]:
    """The objectives that these links reach from an activity."""
    from networkx import MultiDiGraph

    known: MultiDiGraph[str] = MultiDiGraph()
    known.add_edges_from((link.from_, link.to) for link in subject.model.links if link.id in links)
    starts = set(subject.starts) & set(known)
    return {node.id for node in subject.objectives if node.id in known and starts & before(known, [node.id])}


@rule("L64", "effect-before-cause", Severity.WARNING, source=f"{MAYNE}: plausible timing; Hill (1965), temporality")
def effect_before_cause(subject: Subject) -> Found:
    """Flags links whose target is over before their start begins, by the periods of the two nodes.

    Why: What comes first cannot have been brought about by what comes later.
    Mend: Check the two periods; if it is a feedback, mark it with feedback: true.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs, period: "2024"}]
        outcomes: [{id: fluent, title: Pupils read fluently, period: "2023"}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs, period: "2024"}]
        outcomes: [{id: fluent, title: Pupils read fluently, period: "2025"}]
        links: [{from: clubs, to: fluent}]
    """
    for link in subject.model.links:
        start, end = subject.model.node(link.from_), subject.model.node(link.to)
        if not link.feedback and start.period is not None and end.period is not None and end.period.end < start.period.start:
            yield (
                link.id,
                message(
                    "“%(end)s” (%(end_period)s) is over before “%(start)s” (%(start_period)s) begins",
                    end=end.title,
                    end_period=end.period,
                    start=start.title,
                    start_period=start.period,
                ),
            )


@rule("L65", "harvest-gap", Severity.NOTE, source=_HARVEST)
def harvest_gap(subject: Subject) -> Found:
    """Flags harvested outcomes that no node foresees and, where there was a harvest, outcomes for which nothing was harvested.

    Why: The first may be what the theory did not foresee, the second where it did not come true; both are worth a talk.
    Mend: Link the harvested outcome to a node or add one; ask why nothing was harvested for the other.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        harvested_outcomes: [{id: library, title: The village opened a library}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        harvested_outcomes: [{id: library, title: The village opened a library, about: fluent}]
    """
    if not subject.model.harvested_outcomes:
        return
    found = harvest_coverage(subject.model)
    titles = {item.id: item.title for item in subject.model.harvested_outcomes}
    for id in found.unlinked:
        yield id, message("no node of the theory foresees the harvested outcome “%(title)s”", title=titles[id])
    goals = {node.id for node in subject.model.nodes if isinstance(node, Objective) and node.level is Level.OVERALL}
    for id in found.nodes_without:
        if id not in goals:
            yield id, message("no outcome was harvested for %(node)s", node=subject.title(id))


@rule(
    "L66",
    "nothing-unintended",
    Severity.NOTE,
    source=f"Bamberger, cited in {DAVIES}; OECD-DAC (2021), Applying evaluation criteria thoughtfully, impact",
)
def nothing_unintended(subject: Subject) -> Found:
    """Flags models that record evidence or harvested outcomes, none of which is negative, unintended or contradicting.

    Why: Where only good news is written down, nobody asked for the other.
    Mend: Ask what else changed, for whom it got worse, and what was looked for and not found.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        harvested_outcomes: [{id: library, title: The village opened a library, about: fluent, effect: positive}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        harvested_outcomes:
        - {id: library, title: The village opened a library, about: fluent, effect: positive}
        - {id: chores, title: Chores fell to those not in the clubs, about: fluent, effect: negative}
    """
    model = subject.model
    harvested = any(item.effect is Effect.NEGATIVE or item.intended is False for item in model.harvested_outcomes)
    evidence = any(item.direction.value != "supports" for item in model.evidence)
    if (model.harvested_outcomes or model.evidence) and not harvested and not evidence:
        yield model.programme.id, message("nothing negative, unintended or contradicting is recorded")


@rule("L67", "no-source", Severity.NOTE, source="OECD-DAC (2010), Quality standards for development evaluation, 3.8 on sources")
def no_source(subject: Subject) -> Found:
    """Flags indicators with figures that do not say where they come from.

    Why: A number without a source cannot be checked, and after a year nobody remembers.
    Mend: Name the source of each figure.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Pupils who read fluently, of: fluent, unit: person, actuals: [{figure: 40}]}]

    Example that passes:
        sources: [{id: report, title: Annual report}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: pupils, title: Pupils who read fluently, of: fluent, unit: person, actuals: [{figure: 40, source: report}]}]
    """
    found: list[tuple[str, str]] = []
    reported = 0
    for measured in subject.measured:
        known = [value for value in measured.values if value.figure.missing is None]
        reported += bool(known)
        bare = Counter(value.kind for value in known if value.source is None and value.figure.source is None)
        if bare:
            what = All(how_many(kind, number) for kind, number in sorted(bare.items()))
            told = message("“%(title)s” has %(what)s without a source", title=measured.indicator.title, what=what)
            found.append((measured.indicator.id, told))
    once = messages(
        "%(num)s indicator has figures, and some of them are without a source",
        "%(num)s indicators have figures, and each of them has some without a source",
        reported,
    )
    yield from said_once(found, reported, subject.model.programme.id, once)
