"""Rules on the shape of a theory: what is linked to nothing, leads nowhere, skips a level or goes round undeclared."""

from itertools import groupby, pairwise

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Subject, before, grouped, said_once
from tocmodel.findings import Severity
from tocmodel.messages import All, Term, message
from tocmodel.model import Activity, Link, Node, Objective, Outcome, Output, Sign, rank
from tocmodel.paths import components_with_loops

DAVIES = "Davies (2018), Representing theories of change, CEDIL inception paper 15"
MAYNE = "Mayne (2017), Theory of change analysis: building robust theories of change, Canadian Journal of Program Evaluation 32(2)"
_LEAST, _SHARE = 3, 0.8
"""A hairball has at least so many nodes on both levels, and at least this share of the links that there could be."""


@rule("L01", "orphan", Severity.WARNING, source=f"{DAVIES}, missing connections")
def orphan(subject: Subject) -> Found:
    """Flags nodes without any link; where there is no link at all, that is said once.

    Why: What is linked to nothing takes no part in the theory; either the link is missing or the node is not needed.
    Mend: Link it to what it leads to, or take it out.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: radio, title: Radio spots}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: radio, title: Radio spots}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}, {from: radio, to: fluent}]
    """
    nodes, linked = subject.model.nodes, {*subject.into, *subject.out_of}
    found = [(node.id, message("“%(title)s” is linked to nothing", title=node.title)) for node in nodes if node.id not in linked]
    once = message("none of the %(count)s nodes is linked to another: a list of results, not yet a theory", count=len(nodes))
    yield from said_once(found, len(nodes), subject.model.programme.id, once)


@rule("L02", "dead-end", Severity.WARNING, source=f"{DAVIES}, missing connections")
def dead_end(subject: Subject) -> Found:
    """Flags outputs and outcomes that something leads to, but that lead nowhere.

    Why: The theory stops before it reaches what it is for, so nobody can say what the result is good for.
    Mend: Say what it contributes to. If it is an end in itself, make it an objective.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: fluent}, {from: fluent, to: literate}]
    """
    for node in subject.model.nodes:
        if isinstance(node, Output | Outcome) and node.id in subject.into and node.id not in subject.out_of:
            yield node.id, message("“%(title)s” leads nowhere", title=node.title)


@rule("L03", "unsupported", Severity.WARNING, source=f"{DAVIES}, missing nodes")
def unsupported(subject: Subject) -> Found:
    """Flags outcomes and objectives that nothing leads to, unless they are declared external drivers or there is no link at all.

    Why: A result that nothing brings about is a hope; in every calculation it can only be unknown.
    Mend: Say what leads to it, or declare it an external driver.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: fluent, to: literate}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently, driver: true}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: fluent, to: literate}]
    """
    for node in subject.model.nodes:
        if isinstance(node, Outcome | Objective) and subject.into and node.id not in subject.into and not node.driver:
            yield node.id, message("“%(title)s” is supported by nothing", title=node.title)


@rule("L04", "activity-without-objective", Severity.WARNING, source=f"{DAVIES}, missing connections")
def activity_without_objective(subject: Subject) -> Found:
    """Flags activities from which no objective can be reached, and theories with activities but no objective at all.

    Why: Money and time go into it, and the theory does not say what for.
    Mend: Link what it brings about to an objective.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: radio, title: Radio spots}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: literate}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: radio, title: Radio spots}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: literate}, {from: radio, to: literate}]
    """
    objectives = [node.id for node in subject.model.nodes if isinstance(node, Objective)]
    if not objectives and subject.starts:
        yield subject.model.programme.id, message("the theory names no objective, so no activity leads to one")
        return
    leading = before(subject.graph, objectives)
    for node in subject.model.nodes:
        if isinstance(node, Activity) and node.id not in leading:
            yield node.id, message("“%(title)s” leads to no objective", title=node.title)


def _step(node: Node) -> int:
    """The level of a node: the goal stands beside the specific objectives, since a theory may have only one of the two."""
    return min(rank(node), 4)


@rule("L05", "level-skipped", Severity.NOTE, source=f"{DAVIES}, wrong level of detail")
def level_skipped(subject: Subject) -> Found:
    """Flags links that jump over a level, such as from an activity to an outcome.

    Why: The step between is where theories break; unstated, it can be neither measured nor questioned.
    Mend: Say what happens in between, or leave it if there is nothing.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: take-part}, {from: take-part, to: fluent}]
    """
    for link in subject.model.links:
        start, end = subject.model.node(link.from_), subject.model.node(link.to)
        if not start.driver and _step(end) - _step(start) > 1:
            yield (
                link.id,
                message(
                    "%(link)s goes from %(lower)s to %(upper)s and skips a level",
                    link=subject.link(link),
                    lower=Term(start.kind),
                    upper=Term(end.kind),
                ),
            )


@rule("L06", "backward-link", Severity.WARNING, source=f"{DAVIES}, feedback loops")
def backward_link(subject: Subject) -> Found:
    """Flags links to a lower level that are not declared as feedback.

    Why: It is either a slip of the pen or a feedback, and a reader cannot tell which.
    Mend: If it is meant, mark it with feedback: true, else turn it round.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: fluent, to: take-part}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: fluent, to: take-part, feedback: true}]
    """
    for link in subject.model.links:
        start, end = subject.model.node(link.from_), subject.model.node(link.to)
        if rank(end) < rank(start) and not link.feedback:
            yield (
                link.id,
                message(
                    "%(link)s goes back from %(upper)s to %(lower)s", link=subject.link(link), upper=Term(start.kind), lower=Term(end.kind)
                ),
            )


@rule("L07", "undeclared-loop", Severity.WARNING, source=f"{DAVIES}, feedback loops")
def undeclared_loop(subject: Subject) -> Found:
    """Flags loops in which no link is declared as feedback.

    Why: Loops are allowed and often the heart of a theory, but one that nobody meant makes a theory start itself.
    Mend: If it is meant, mark the link that closes it with feedback: true.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: enjoy, title: Pupils enjoy reading}]
        links: [{from: fluent, to: enjoy}, {from: enjoy, to: fluent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: enjoy, title: Pupils enjoy reading}]
        links: [{from: fluent, to: enjoy}, {from: enjoy, to: fluent, feedback: true}]
    """
    for loop in components_with_loops(subject.graph):
        members = set(loop)
        inside = [link for id in loop for link in subject.out_of.get(id, ()) if link.to in members]
        if not any(link.feedback for link in inside):
            yield min(loop), message("a loop that no link declares: %(nodes)s", nodes=tuple(sorted(loop)))


@rule("L08", "single-point-of-failure", Severity.NOTE, source=f"{DAVIES}; Lengauer and Tarjan (1979) for dominators")
def single_point_of_failure(subject: Subject) -> Found:
    """Flags nodes that every path from the activities to an objective passes.

    Why: If this one result does not come about, nothing of what the programme does reaches the objective.
    Mend: Watch it closely, or look for a second way.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: corners, title: Reading corners}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: fluent}, {from: corners, to: fluent}, {from: fluent, to: literate}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: corners, title: Reading corners}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: fluent}, {from: corners, to: literate}, {from: fluent, to: literate}]
    """
    passed = grouped((node, objective) for objective, narrow in subject.narrow.items() for node in narrow.nodes)
    for node, objectives in passed.items():
        ends = All(subject.title(objective) for objective in sorted(objectives))
        yield node, message("every path from the activities to %(ends)s passes %(node)s", ends=ends, node=subject.title(node))


@rule("L09", "shortcut", Severity.NOTE, source=f"{DAVIES}, ambiguous pathways; Aho, Garey and Ullman (1972), transitive reduction")
def shortcut(subject: Subject) -> Found:
    """Flags links whose target is reached from the same start without them too.

    Why: A direct link beside a chain says that there is a second mechanism; if there is none, it counts the same thing twice.
    Mend: Keep it only if it works by another way than the chain.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        outcomes: [{id: enjoy, title: Pupils enjoy reading}, {id: fluent, title: Pupils read fluently}]
        links: [{from: take-part, to: enjoy}, {from: enjoy, to: fluent}, {from: take-part, to: fluent}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        outcomes: [{id: enjoy, title: Pupils enjoy reading}, {id: fluent, title: Pupils read fluently}]
        links: [{from: take-part, to: enjoy}, {from: enjoy, to: fluent}]
    """
    for link in subject.model.links:
        forks = len(subject.out_of[link.from_]) > 1 and len(subject.into[link.to]) > 1
        if forks and _reached_without(subject, link):
            yield link.id, message("%(link)s stands beside another way between the two", link=subject.link(link))


def _reached_without(subject: Subject, link: Link) -> bool:
    if len(subject.graph.adj[link.from_][link.to]) > 1:
        return True
    seen, queue = {link.from_}, [link.from_]
    while queue:
        at = queue.pop()
        for following in subject.graph.adj[at]:
            if following == link.to and at != link.from_:
                return True
            if following not in seen and following != link.to:
                seen.add(following)
                queue.append(following)
    return False


@rule("L10", "duplicate-link", Severity.WARNING, source=f"{DAVIES}, ambiguous pathways")
def duplicate_link(subject: Subject) -> Found:
    """Flags links that join the same two nodes in the same sense as another.

    Why: Without a stated difference the same step counts twice, and in every calculation makes the theory look stronger.
    Mend: Keep one, or say in their rationales by which different mechanisms they work.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}, {from: clubs, to: fluent, id: again}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links:
        - {from: clubs, to: fluent, rationale: pupils practise aloud}
        - {from: clubs, to: fluent, id: by-books, rationale: pupils take books home}
    """
    alike = grouped(((link.from_, link.to, link.sign), link) for link in subject.model.links)
    for own in alike.values():
        reasons = {str(link.rationale).strip().casefold() for link in own}
        if len(own) > 1 and (len(reasons) < len(own) or "" in reasons):
            for link in sorted(own, key=lambda item: item.id)[1:]:
                yield link.id, message("%(link)s is drawn %(count)s times", link=subject.link(link), count=len(own))


@rule("L12", "disconnected", Severity.WARNING, source=f"{DAVIES}, missing connections")
def disconnected(subject: Subject) -> Found:
    """Flags parts of a theory that no link joins to the rest; nodes without any link are L01.

    Why: Two theories in one picture: either a link is missing or they belong into two models.
    Mend: Link the parts, or make two models of them.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: wells, title: Wells are dug}]
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: water, title: Households draw clean water}]
        links: [{from: clubs, to: fluent}, {from: wells, to: water}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: wells, title: Wells are dug}]
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: water, title: Households draw clean water}]
        links: [{from: clubs, to: fluent}, {from: wells, to: water}, {from: water, to: fluent}]
    """
    from networkx import weakly_connected_components

    parts = [sorted(part) for part in weakly_connected_components(subject.graph) if len(part) > 1]
    parts.sort(key=lambda part: (-len(part), part))
    for part in parts[1:]:
        yield (
            part[0],
            message(
                "%(count)s nodes, among them %(one)s, are not linked to the rest of the theory", count=len(part), one=subject.title(part[0])
            ),
        )


@rule("L13", "hairball", Severity.WARNING, source=f"{DAVIES}, too many pathways")
def hairball(subject: Subject) -> Found:
    """Flags two levels of at least three nodes each of which nearly every node leads to nearly every node of the next.

    Why: Where everything leads to everything, the theory excludes nothing and cannot be tested.
    Mend: Keep the links that matter most, and say why.

    Example that fires:
        activities: [{id: a, title: Clubs}, {id: b, title: Corners}, {id: c, title: Fairs}]
        outputs: [{id: x, title: Books lent}, {id: y, title: Readers met}, {id: z, title: Stories told}]
        links:
        - {from: a, to: x}
        - {from: a, to: y}
        - {from: a, to: z}
        - {from: b, to: x}
        - {from: b, to: y}
        - {from: b, to: z}
        - {from: c, to: x}
        - {from: c, to: y}

    Example that passes:
        activities: [{id: a, title: Clubs}, {id: b, title: Corners}, {id: c, title: Fairs}]
        outputs: [{id: x, title: Books lent}, {id: y, title: Readers met}, {id: z, title: Stories told}]
        links: [{from: a, to: x}, {from: b, to: y}, {from: c, to: z}]
    """
    ordered = sorted(subject.model.nodes, key=_step)
    levels = [list(nodes) for _, nodes in groupby(ordered, key=_step)]
    for lower, upper in pairwise(levels):
        starts, ends = {node.id for node in lower}, {node.id for node in upper}
        possible = len(starts) * len(ends)
        drawn = {(link.from_, link.to) for id in starts for link in subject.out_of.get(id, ()) if link.to in ends}
        if min(len(starts), len(ends)) >= _LEAST and len(drawn) >= _SHARE * possible:
            kinds = All(
                message("%(count)s nodes of the level of %(kind)s", count=len(nodes), kind=Term(min({node.kind for node in nodes})))
                for nodes in (lower, upper)
            )
            yield (
                subject.model.programme.id,
                message(
                    "%(drawn)s of %(possible)s possible links are drawn between %(kinds)s", drawn=len(drawn), possible=possible, kinds=kinds
                ),
            )


@rule("L14", "fan-in", Severity.NOTE, source="Mackie (1965), Causes and conditions; Mayne (2012), Contribution analysis: coming of age?")
def fan_in(subject: Subject) -> Found:
    """Flags nodes that several links lead to, without it being said whether they work only together or each alone.

    Why: Whether one way suffices or all are needed decides how robust the theory is; unstated, each alone is taken to suffice.
    Mend: Say in a package which links work only together; if each alone suffices, a package for each says so.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: books, title: Book boxes}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}, {from: books, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: books, title: Book boxes}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}, {from: books, to: fluent}]
        packages: [{id: both, node: fluent, links: [clubs->fluent, books->fluent]}]
    """
    packaged = {package.node for package in subject.model.packages}
    for node, links in subject.into.items():
        helping = {link.from_ for link in links if link.sign is Sign.HELPS}
        if len(helping) > 1 and node not in packaged:
            yield (
                node,
                message(
                    "%(count)s nodes lead to %(node)s, and it is not said whether each alone suffices",
                    count=len(helping),
                    node=subject.title(node),
                ),
            )


@rule("L15", "outside-packages", Severity.WARNING, source="Mayne (2012), Contribution analysis: coming of age?")
def outside_packages(subject: Subject) -> Found:
    """Flags links into a node with causal packages that belong to none of them.

    Why: Once a node has packages, only what belongs to one of them counts, so such a link is drawn and counts for nothing.
    Mend: Add it to a package.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: books, title: Book boxes}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}, {from: books, to: fluent}]
        packages: [{id: one, node: fluent, links: [clubs->fluent]}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: books, title: Book boxes}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}, {from: books, to: fluent}]
        packages: [{id: one, node: fluent, links: [clubs->fluent, books->fluent]}]
    """
    packaged = {link for package in subject.model.packages for link in package.links}
    nodes = {package.node for package in subject.model.packages}
    for link in subject.model.links:
        if link.to in nodes and link.id not in packaged:
            yield link.id, message("%(link)s belongs to no package of it, so it does not count", link=subject.link(link))
