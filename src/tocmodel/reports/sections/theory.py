"""The theory of change in words: for every node and link its reasons, assumptions, evidence and indicators."""

from collections.abc import Mapping

from attrs import frozen

from tocmodel.checks.subject import grouped
from tocmodel.contribution.tracing.pathways import best_basis, carried
from tocmodel.learning import assumptions_to_monitor
from tocmodel.learning.calendar import Watched
from tocmodel.measurement import AchievementRow
from tocmodel.measurement.tracking import LEVELS, level_of
from tocmodel.model import (
    Assumption,
    Basis,
    CausalPackage,
    Evidence,
    Link,
    Node,
    Risk,
    RivalExplanation,
    TheoryOfChange,
)
from tocmodel.reports.diagram import OUTLINES, diagram, size_of
from tocmodel.reports.sections.facts import Facts
from tocmodel.reports.sheets import Sheets, sheets

ENTRIES = 400
"""The most nodes, and the most links, of which the page tells everything."""
HEADINGS = {
    "input": "inputs",
    "activity": "activities",
    "output": "outputs",
    "outcome": "outcomes",
    "other result": "other results",
    "objective": "objectives",
    "goal": "goals",
}
"""The word for several nodes of a level."""


@frozen
class NodeEntry:
    """A node in words.

    Attributes:
        node: the node.
        level: its level of result.
        before: the links that lead to it.
        after: the links that lead on from it.
        packages: the links that work only together towards it.
        measured: the total of each of its indicators.
        evidence: the evidence about it.
        risks: what threatens it.
        rivals: what else may explain it.
    """

    node: Node
    level: str
    before: tuple[Link, ...]
    after: tuple[Link, ...]
    packages: tuple[CausalPackage, ...]
    measured: tuple[AchievementRow, ...]
    evidence: tuple[Evidence, ...]
    risks: tuple[Risk, ...]
    rivals: tuple[RivalExplanation, ...]


@frozen
class LinkEntry:
    """A link in words.

    Attributes:
        link: the link.
        from_: the node that it starts from.
        to: the node that it leads to.
        assumptions: what it needs.
        risks: what threatens it.
        evidence: the evidence about it.
        measured: the total of each indicator of the node that it leads to.
    """

    link: Link
    from_: Node
    to: Node
    assumptions: tuple[Assumption, ...]
    risks: tuple[Risk, ...]
    evidence: tuple[Evidence, ...]
    measured: tuple[AchievementRow, ...]


@frozen
class TheoryInWords:
    """The theory as picture and as lists.

    Attributes:
        picture: the diagram, as SVG.
        width: how wide the diagram is, in points.
        sheets: its parts on paper.
        levels: the nodes by their level, from inputs to the goal.
        links: the links by the level that they start from.
        hinders: whether any link hinders.
        nodes_in_all: how many nodes the theory has; the lists may be shorter.
        links_in_all: how many links it has.
        stated: how many of them sources carry.
        carried_as: as what they do at best: a fact, a purpose or a plan.
        watched: every assumption, with what is known of it and who watches it; overdue ones first.
    """

    picture: str
    width: float
    sheets: Sheets
    levels: tuple[tuple[str, tuple[NodeEntry, ...]], ...]
    links: tuple[tuple[str, tuple[LinkEntry, ...]], ...]
    hinders: bool
    nodes_in_all: int
    links_in_all: int
    stated: int
    carried_as: Basis | None
    watched: tuple[Watched, ...]

    @property
    def kinds(self) -> list[tuple[str, str, str]]:
        """The levels that the diagram shows, for its legend, each with its class and outline."""
        classes = [(level, level.replace(" ", "-")) for level, _ in self.levels]
        return [(level, name, OUTLINES[name]) for level, name in classes]

    def heading(self, level: str) -> str:
        """The word for the nodes of a level."""
        return HEADINGS[level]

    @property
    def nodes_told(self) -> int:
        """How many nodes the lists tell of."""
        return sum(len(entries) for _, entries in self.levels)

    @property
    def links_told(self) -> int:
        """How many links the lists tell of."""
        return sum(len(entries) for _, entries in self.links)


def theory(facts: Facts) -> TheoryInWords | None:
    """The theory in words; None where there is no node."""
    model = facts.model
    if not model.nodes:
        return None
    measured = grouped((row.node, row) for row in facts.totals)
    evidence = grouped((id, item) for item in model.evidence for id in dict.fromkeys(item.about))
    risks = grouped((id, risk) for risk in model.risks for id in dict.fromkeys(risk.about))
    nodes = _nodes(model, measured, evidence, risks)
    links = _links(model, measured, evidence, risks)
    levels = [(level, tuple(entry for entry in nodes if entry.level == level)) for level in reversed(LEVELS)]
    starts = [(level, tuple(entry for entry in links if level_of(entry.from_) == level)) for level in reversed(LEVELS)]
    picture = diagram(model, language=facts.words)
    width, height = size_of(picture)
    return TheoryInWords(
        picture=picture,
        width=width,
        sheets=sheets(width, height),
        levels=tuple((level, entries) for level, entries in levels if entries),
        links=tuple((level, entries) for level, entries in starts if entries),
        hinders=any(link.sign.value == "hinders" for link in model.links),
        nodes_in_all=len(model.nodes),
        links_in_all=len(model.links),
        stated=sum(carried(link) for link in model.links),
        carried_as=best_basis(link.basis for link in model.links if carried(link)),
        watched=assumptions_to_monitor(model, as_of=facts.as_of).rows,
    )


def _nodes(
    model: TheoryOfChange,
    measured: Mapping[str, tuple[AchievementRow, ...]],
    evidence: Mapping[str, tuple[Evidence, ...]],
    risks: Mapping[str, tuple[Risk, ...]],
) -> list[NodeEntry]:
    before, after = grouped((link.to, link) for link in model.links), grouped((link.from_, link) for link in model.links)
    packages = grouped((package.node, package) for package in model.packages)
    rivals = grouped((id, rival) for rival in model.rivals for id in dict.fromkeys(rival.about))
    return [
        NodeEntry(
            node=node,
            level=level_of(node),
            before=before.get(node.id, ()),
            after=after.get(node.id, ()),
            packages=packages.get(node.id, ()),
            measured=measured.get(node.id, ()),
            evidence=evidence.get(node.id, ()),
            risks=risks.get(node.id, ()),
            rivals=rivals.get(node.id, ()),
        )
        for node in model.nodes[:ENTRIES]
    ]


def _links(
    model: TheoryOfChange,
    measured: Mapping[str, tuple[AchievementRow, ...]],
    evidence: Mapping[str, tuple[Evidence, ...]],
    risks: Mapping[str, tuple[Risk, ...]],
) -> tuple[LinkEntry, ...]:
    assumptions = {assumption.id: assumption for assumption in model.assumptions}
    threats = {risk.id: risk for risk in model.risks}
    return tuple(
        LinkEntry(
            link=link,
            from_=model.node(link.from_),
            to=model.node(link.to),
            assumptions=tuple(assumptions[id] for id in link.assumptions),
            risks=tuple(dict.fromkeys((*(threats[id] for id in link.risks), *risks.get(link.id, ())))),
            evidence=evidence.get(link.id, ()),
            measured=measured.get(link.to, ()),
        )
        for link in model.links[:ENTRIES]
    )
