"""Following pathways: from each activity to each objective the links on the way, what every pathway passes, and where it is weakest."""

from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

from tocmodel.model import Activity, Link, Node, Objective, Outcome, TheoryOfChange
from tocmodel.paths import arrays, bottlenecks, on_the_way
from tocmodel.stories.links import LinkFinding, LinkState, link_findings, standings, weakness


@frozen
class Between:
    """What lies between an activity and an objective that a pathway joins.

    Attributes:
        nodes: the ids of the nodes that every pathway passes.
        links: those of the links.
        weakest: the ids of the weakest links on the way.
        why: in what they are weak: what `weakness` looks at, in its order.
    """

    nodes: Sequence[str]
    links: Sequence[str]
    weakest: Sequence[str]
    why: Sequence[str]


@frozen
class Followed:
    """The pathways of a theory.

    Attributes:
        starts: the activities from which they are followed.
        goals: the objectives to which they are followed.
        ahead: for each activity the ids of the links on walks from it.
        behind: for each objective those on walks to it; the links on the way from one to the other are in both, as in `trace`.
        pairs: what lies between those that a pathway joins.
    """

    starts: Sequence[Node]
    goals: Sequence[Node]
    ahead: Mapping[str, frozenset[str]]
    behind: Mapping[str, frozenset[str]]
    pairs: Mapping[tuple[str, str], Between]


def ends(model: TheoryOfChange) -> tuple[Sequence[Node], Sequence[Node]]:
    """The activities from which, and the objectives to which, the page follows pathways; outcomes where there are no objectives."""
    objectives = [node for node in model.nodes if isinstance(node, Objective)]
    outcomes = [node for node in model.nodes if isinstance(node, Outcome)]
    return [node for node in model.nodes if isinstance(node, Activity)], objectives or outcomes


def follow(model: TheoryOfChange) -> Followed:
    """Follow the pathways from every activity to every objective."""
    graph = arrays(model)
    starts, goals = ends(model)
    ahead = {node.id: frozenset(on_the_way(graph, node.id, [each.id for each in model.nodes]).links) for node in starts}
    behind = {node.id: frozenset(on_the_way(graph, None, node.id).links) for node in goals}
    findings = link_findings(model.links, standings(model))
    pairs: dict[tuple[str, str], Between] = {}
    for start, reached in ahead.items():
        for goal, leading in behind.items():
            way = [link for link in model.links if link.id in reached and link.id in leading]
            if way:
                passed = bottlenecks(graph, start, goal)
                pairs[start, goal] = Between(passed.nodes, passed.links, *_weakest(way, findings, passed.links))
    return Followed(starts, goals, ahead, behind, pairs)


def _weakest(way: Sequence[Link], findings: Mapping[str, LinkFinding], unavoidable: Collection[str]) -> tuple[list[str], list[str]]:
    weak = {
        link.id: weakness(link, findings[link.id], unavoidable=link.id in unavoidable)
        for link in way
        if findings[link.id].state is not LinkState.VERIFIED
    }
    least = min(weak.values(), default=())
    why = [word for word, spared in zip(("refuted", "unavoidable", "silent", "inferred"), least, strict=False) if not spared]
    return [id for id, own in weak.items() if own == least], why
