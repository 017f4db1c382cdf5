"""How one node leads to another: the pathways, what they all pass, what they rest on, and where a source's word ends."""

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.model import Basis, EvidenceDirection, Link, Sign, TheoryOfChange
from tocmodel.paths import Bottlenecks, PathCount, between, bottlenecks, components_with_loops, count_paths, list_paths

if TYPE_CHECKING:
    from tocmodel.model.graph import Graph

__all__ = ["Pathway", "Step", "Trace", "trace"]


@frozen
class Step:
    """One step of a pathway: the links that join two nodes, of which there is mostly one.

    Attributes:
        from_: the id of the node it starts from.
        to: the id of the node it leads to.
        links: the ids of its links.
        basis: who says so: the best carried of its links; None where nobody says.
        evidence: ids of the supporting evidence about its links.
        against: ids of the evidence that contradicts them.
    """

    from_: str
    to: str
    links: tuple[str, ...]
    basis: Basis | None
    evidence: tuple[str, ...]
    against: tuple[str, ...]


@frozen
class Pathway:
    """One way from the origin to the end.

    Attributes:
        nodes: the ids of its nodes, in order.
        steps: its steps, in order.
        carried_to: the id of the last node up to which every step is carried by a source rather than inferred.
        hinders: whether an odd number of its steps hinder; None where parallel links disagree.
    """

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    carried_to: str
    hinders: bool | None

    @property
    def carried_wholly(self) -> bool:
        """Whether a source carries every step."""
        return self.carried_to == self.nodes[-1]


@frozen(repr=False)
class Trace:
    """How one node leads to another.

    Attributes:
        from_: the id of the origin.
        to: the id of the end.
        titles: the titles of the nodes in the trace.
        count: how many pathways there are.
        pathways: the pathways that were listed: at most ``max_paths``, none longer than ``max_links``.
        truncated: whether there are pathways that are not listed, because they are too many or too long.
        nodes: ids of the nodes on the way, the ends among them.
        links: ids of the links on the way.
        bottlenecks: what every pathway passes.
        without_evidence: ids of the links on the way that no evidence supports.
        inferred: ids of the links on the way that the author infers.
        unattributed: ids of the links on the way of which nobody says whether a source carries them.
        assumptions: ids of the assumptions that its links need.
        indicators: ids of the indicators of the nodes on the way.
        without_indicator: ids of the nodes on the way that nothing measures.
        loops: sets of nodes on the way that can all reach each other.
        notice: what has to stand on everything shown of the model.
    """

    from_: str
    to: str
    titles: dict[str, str]
    count: PathCount
    pathways: tuple[Pathway, ...]
    truncated: bool
    nodes: tuple[str, ...]
    links: tuple[str, ...]
    bottlenecks: Bottlenecks
    without_evidence: tuple[str, ...]
    inferred: tuple[str, ...]
    unattributed: tuple[str, ...]
    assumptions: tuple[str, ...]
    indicators: tuple[str, ...]
    without_indicator: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]
    notice: str = ""

    @property
    def reached(self) -> bool:
        """Whether any pathway leads from the origin to the end."""
        return self.count.count > 0

    def sentence(self) -> str:
        """The trace in a sentence or two: what is drawn, how far sources carry it, and what is missing."""
        start, end = self.titles[self.from_], self.titles[self.to]
        if not self.reached:
            return f"The theory draws no pathway from “{start}” to “{end}”."
        ways = "1 pathway" if self.count.count == 1 and self.count.exact else f"{self.count} pathways"
        return f"The theory draws {ways} from “{start}” to “{end}”. {self._carried()} {self._evidenced()}"

    def _carried(self) -> str:
        if not self.pathways:
            return "None of them is short enough to be listed."
        whole = sum(pathway.carried_wholly for pathway in self.pathways)
        if whole:
            return f"Sources carry {'it' if len(self.pathways) == 1 else f'{whole} of them'} all the way."
        far = list(dict.fromkeys(pathway.carried_to for pathway in self.pathways))
        furthest = [node for node in far if not any(self._before(node, other) for other in far)]
        names = " and ".join(f"“{self.titles[node]}”" for node in furthest)
        return f"Sources carry it as far as {names}; every step beyond is the author's reading."

    def _before(self, node: str, other: str) -> bool:
        """Whether a pathway passes a node on its way to another."""
        return node != other and any(
            node in way.nodes and other in way.nodes and way.nodes.index(node) < way.nodes.index(other) for way in self.pathways
        )

    def _evidenced(self) -> str:
        missing = len(self.without_evidence)
        if not missing:
            return "Each link on the way has some supporting evidence."
        return f"{missing} of {len(self.links)} links on the way {'has' if missing == 1 else 'have'} no evidence."

    def records(self) -> list[dict[str, object]]:
        """The steps of the listed pathways as flat records, one for each step."""
        return [
            {
                "pathway": number,
                "step": position,
                "from": step.from_,
                "to": step.to,
                "links": " ".join(step.links),
                "basis": step.basis.value if step.basis else None,
                "evidence": " ".join(step.evidence),
                "against": " ".join(step.against),
            }
            for number, pathway in enumerate(self.pathways, start=1)
            for position, step in enumerate(pathway.steps, start=1)
        ]

    def __str__(self) -> str:
        lines = [self.sentence()]
        for number, pathway in enumerate(self.pathways, start=1):
            lines.append(f"\nPathway {number}")
            lines.append(f"  {self.titles[pathway.nodes[0]]}")
            lines += [f"  {_arrow(step)} {self.titles[step.to]}  [{_mark(step)}]" for step in pathway.steps]
        if self.truncated:
            lines.append(f"\n({len(self.pathways)} listed; there are {self.count})")
        if self.reached:
            passed = [self.titles[node] for node in self.bottlenecks.nodes]
            lines.append("\nOn every pathway: " + ("; ".join(passed) or "no node but the ends"))
        if self.loops:
            lines.append("Loops on the way: " + "; ".join(", ".join(self.titles[node] for node in loop) for loop in self.loops))
        return "\n".join([*lines, *([f"\n{self.notice}"] if self.notice else [])])

    __repr__ = __str__


def _arrow(step: Step) -> str:
    return "⇢" if step.basis is Basis.INFERRED else "→"


def _mark(step: Step) -> str:
    basis = step.basis.value if step.basis else "not said by whom"
    return f"{basis}; {'evidence: ' + ', '.join(step.evidence) if step.evidence else 'no evidence'}"


def trace(model: TheoryOfChange, from_: str, to: str, *, max_paths: int = 100, max_links: int | None = None) -> Trace:
    """Trace how one node leads to another.

    The number of pathways is exact on the acyclic part of a theory, however many there are; pathways are listed up to a
    budget. Loops are allowed. Nothing is said about how likely or how strong a step is.

    Args:
        model: the model.
        from_: the id of the node to start from, such as an activity.
        to: the id of the node to reach, such as an objective.
        max_paths: the most pathways to list.
        max_links: the longest pathway to list, in links; None for any. ``count`` counts longer ones too.

    Raises:
        UnknownIdError: if no node has one of the ids.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("kwale")
        >>> clubs, aware = draft.activity("clubs", "Clubs meet"), draft.outcome("aware", "Children know their rights")
        >>> _ = draft.link(clubs, aware, basis="stated")
        >>> print(trace(draft.done(), "clubs", "aware").sentence())
        The theory draws 1 pathway from “Clubs meet” to “Children know their rights”. Sources carry it all the way. 1 of 1 links on the way has no evidence.
    """
    start, end = model.node(from_), model.node(to)
    graph = model.causal_graph
    on_the_way = between(graph, start.id, end.id)
    nodes = tuple(node.id for node in model.nodes if node.id in on_the_way)
    links = tuple(link for link in model.links if link.from_ in on_the_way and link.to in on_the_way)
    found = list(islice(list_paths(graph, start.id, end.id, max_links=max_links), max_paths + 1))
    supporting = _evidence(model, EvidenceDirection.SUPPORTS)
    against = _evidence(model, EvidenceDirection.CONTRADICTS)
    measured = {indicator.of for indicator in model.indicators}
    return Trace(
        from_=start.id,
        to=end.id,
        titles={node.id: str(node.title) for node in model.nodes if node.id in on_the_way or node in (start, end)},
        count=count_paths(graph, start.id, end.id),
        pathways=tuple(_pathway(path, links, supporting, against) for path in found[:max_paths]),
        truncated=len(found) > max_paths or (max_links is not None and _are_more_than(len(found), graph, start.id, end.id)),
        nodes=nodes,
        links=tuple(link.id for link in links),
        bottlenecks=bottlenecks(graph, [start.id], end.id),
        without_evidence=tuple(link.id for link in links if link.id not in supporting),
        inferred=tuple(link.id for link in links if link.basis is Basis.INFERRED),
        unattributed=tuple(link.id for link in links if link.basis is None),
        assumptions=tuple(dict.fromkeys(id for link in links for id in link.assumptions)),
        indicators=tuple(indicator.id for indicator in model.indicators if indicator.of in on_the_way),
        without_indicator=tuple(node for node in nodes if node not in measured),
        loops=tuple(components_with_loops(graph, on_the_way)),
        notice=str(model.programme.notice),
    )


def _are_more_than(number: int, graph: "Graph", start: str, end: str) -> bool:
    """Whether more pathways than this lead from start to end, of whatever length."""
    return next(islice(list_paths(graph, start, end), number, None), None) is not None


def _evidence(model: TheoryOfChange, direction: EvidenceDirection) -> dict[str, tuple[str, ...]]:
    """Ids of the evidence of one direction, by what it is about."""
    by_subject: dict[str, tuple[str, ...]] = {}
    for item in model.evidence:
        if item.direction is direction:
            for subject in item.about:
                by_subject[subject] = (*by_subject.get(subject, ()), item.id)
    return by_subject


def _pathway(
    path: tuple[str, ...], links: tuple[Link, ...], supporting: dict[str, tuple[str, ...]], against: dict[str, tuple[str, ...]]
) -> Pathway:
    steps: list[Step] = []
    signs: list[set[Sign]] = []
    for from_, to in pairwise(path):
        joining = [link for link in links if link.from_ == from_ and link.to == to]
        ids = tuple(link.id for link in joining)
        steps.append(
            Step(
                from_,
                to,
                ids,
                _best(joining),
                tuple(dict.fromkeys(item for id in ids for item in supporting.get(id, ()))),
                tuple(dict.fromkeys(item for id in ids for item in against.get(id, ()))),
            )
        )
        signs.append({link.sign for link in joining})
    carried = path[0]
    for step in steps:
        if step.basis in {None, Basis.INFERRED}:
            break
        carried = step.to
    certain = all(len(sign) == 1 for sign in signs)
    hinders = sum(Sign.HINDERS in sign for sign in signs) % 2 == 1 if certain else None
    return Pathway(path, tuple(steps), carried, hinders)


def _best(links: list[Link]) -> Basis | None:
    """The basis that carries most: stated before intended, planned, inferred, and not said at all."""
    carried = [link.basis for link in links if link.basis is not None]
    return min(carried, key=list(Basis).index) if carried else None
