"""How nodes lead to others: the pathways, what they all pass, what they rest on, and where a source's word ends."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeAlias

from attrs import field, frozen

from tocmodel.contribution.tracing.actors import acts_in
from tocmodel.contribution.tracing.pathways import Pathway, best_basis, evidence_by_subject, pathways_of
from tocmodel.contribution.tracing.telling import html, sentence, text
from tocmodel.errors import BudgetError, FieldError
from tocmodel.figures.display import ENGLISH, Wording
from tocmodel.model import Basis, EvidenceDirection, Sign, TheoryOfChange
from tocmodel.paths import (
    Bottlenecks,
    Cut,
    LinkArrays,
    PathCount,
    Polarity,
    arrays,
    bottlenecks,
    components_with_loops,
    count_paths,
    layers,
    list_paths,
    on_the_way,
    polarity,
    smallest_link_cut,
    smallest_node_cut,
    through_group,
)


@frozen(repr=False)
class Trace:
    """How nodes lead to others.

    Attributes:
        from_: the ids of the origins.
        to: the ids of the ends.
        titles: the titles of the nodes in the trace, of the actor, and of the links by those of their ends.
        count: how many pathways there are.
        pathways: the pathways, as far as the budget allowed to list them.
        truncated: whether there are more than are listed.
        polarity: whether the pathways help or hinder what they lead to; None where there is none.
        nodes: ids of the nodes on the way, the ends among them.
        links: ids of the links on the way.
        layers: the nodes on the way by the fewest links from any origin.
        bottlenecks: what every pathway passes.
        link_cut: the fewest links whose loss breaks every pathway between the ends, whatever they pass.
        node_cut: the fewest nodes, other than the ends, whose loss breaks every one.
        without_evidence: ids of the links on the way that no evidence supports.
        inferred: ids of the links on the way that the author infers.
        unattributed: ids of the links on the way of which nobody says whether a source carries them.
        assumptions: ids of the assumptions that its links need.
        indicators: ids of the indicators of the nodes on the way.
        without_indicator: ids of the nodes on the way that nothing measures.
        loops: sets of nodes on the way that can all reach each other.
        via: the id of a node that every pathway counted and listed passes; None for any.
        through: the id of an actor who acts on every pathway counted and listed; None for any.
        total: how many pathways there are whatever they pass.
        every_path: whether every pathway, of whatever length, passes the node or an action of the actor; None where none is asked for.
        statements: what each piece of evidence about a listed step says, by id.
        notice: what has to stand on everything shown of the model.
        wording: the language that people see it in; `tocmodel.reports.told.told` gives it in another one.
    """

    from_: tuple[str, ...]
    to: tuple[str, ...]
    titles: dict[str, str]
    count: PathCount
    pathways: tuple[Pathway, ...]
    truncated: bool
    polarity: Polarity | None
    nodes: tuple[str, ...]
    links: tuple[str, ...]
    layers: tuple[tuple[str, ...], ...]
    bottlenecks: Bottlenecks
    link_cut: Cut
    node_cut: Cut
    without_evidence: tuple[str, ...]
    inferred: tuple[str, ...]
    unattributed: tuple[str, ...]
    assumptions: tuple[str, ...]
    indicators: tuple[str, ...]
    without_indicator: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]
    total: PathCount
    via: str | None = None
    through: str | None = None
    every_path: bool | None = None
    statements: Mapping[str, str] = field(factory=dict)
    notice: str = ""
    wording: Wording = field(default=ENGLISH, eq=False)

    @property
    def reached(self) -> bool:
        """Whether any pathway leads from an origin to an end."""
        return bool(self.nodes)

    @property
    def share(self) -> float | None:
        """Which part of all pathways passes what was asked for, 0 to 1; None where they could not all be counted.

        It counts pathways as drawn. It says nothing of how much any of them contributes.
        """
        if not (self.count.exact and self.total.exact and self.total.count):
            return None
        return self.count.count / self.total.count

    @property
    def carried_wholly(self) -> int:
        """How many of the listed pathways sources carry all the way."""
        return sum(pathway.carried_wholly for pathway in self.pathways)

    @property
    def carried_as(self) -> Basis | None:
        """As what sources carry the steps of these pathways at best: a fact, a purpose or a plan; None where they carry none wholly."""
        return best_basis(step.basis for pathway in self.pathways if pathway.carried_wholly for step in pathway.steps)

    @property
    def carried_to(self) -> tuple[str, ...]:
        """The ids of the nodes as far as which sources carry the listed pathways."""
        far = list(dict.fromkeys(pathway.carried_to for pathway in self.pathways))
        return tuple(node for node in far if not any(self._before(node, other) for other in far))

    @property
    def carried_beyond_start(self) -> tuple[str, ...]:
        """The same without where the pathways begin; empty where no source carries a first step. Later steps may still have sources."""
        return tuple(node for node in self.carried_to if node not in self.from_)

    def sentence(self) -> str:
        """The trace in a few sentences: what is drawn, how far sources carry it, and what is missing."""
        return sentence(self)

    def _before(self, node: str, other: str) -> bool:
        """Whether a pathway passes a node on its way to another."""
        return node != other and any(
            node in way.nodes and other in way.nodes and way.nodes.index(node) < way.nodes.index(other) for way in self.pathways
        )

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
        return text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The trace as HTML, every text escaped."""
        return html(self)

    __html__ = _repr_html_


def trace(
    model: TheoryOfChange,
    from_: str | Iterable[str],
    to: str | Iterable[str],
    *,
    max_paths: int = 100,
    max_links: int | None = None,
    via: str | None = None,
    through: str | None = None,
) -> Trace:
    """Trace how nodes lead to others.

    The number of pathways is exact on the acyclic part of a theory, however many there are; pathways are listed up to a
    budget. Loops are allowed. Nothing is said about how likely or how strong a step is.

    Args:
        model: the model.
        from_: the id of the node to start from, such as an activity; or several, and pathways from each are traced.
        to: the id of the node to reach, such as an objective; or several.
        max_paths: the most pathways to list.
        max_links: the most links of a pathway to count or list; None for any. Nodes and links on the way are those on
            walks of at most so many links.
        via: the id of a node; only pathways that pass it are counted and listed, and only what lies on walks that pass it
            is on the way.
        through: the id of an actor; likewise for pathways on which that actor does, takes part in, or is the one changed
            by some node.

    Raises:
        UnknownIdError: if no node, or actor, has one of the ids.
        FieldError: if no node is named to start from, or to reach, or the most pathways are fewer than none.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("kwale")
        >>> clubs, aware = draft.activity("clubs", "Clubs meet"), draft.outcome("aware", "Children know their rights")
        >>> _ = draft.link(clubs, aware, basis="stated")
        >>> print(trace(draft.done(), "clubs", "aware").sentence())
        The theory draws 1 pathway from “Clubs meet” to “Children know their rights”. Sources carry it all the way. 1 of 1 links on the way has no evidence for it.

    Source: tracing by links within a distance, after Powell (Causal Map guide); counting, bottlenecks and cuts as in `tocmodel.paths`.
    """
    if max_paths < 0:
        raise FieldError(f"not a number of pathways to list: {max_paths}", "ask for none or more")
    starts, ends = starts_and_ends(model, from_, to)
    groups = [*([(model.node(via).id,)] if via else []), *([acts_in(model, through)] if through else [])]
    graph = arrays(model)
    on_way = on_the_way(graph, starts, ends, max_links=max_links, passing=groups)
    nodes, on = on_way.nodes, set(on_way.links)
    links = [link for link in model.links if link.id in on]
    supporting = evidence_by_subject(model, EvidenceDirection.SUPPORTS)
    found, cut_short = _listed(graph, starts, ends, max_links, groups, max_paths)
    pathways = pathways_of(model, found[:max_paths], links, supporting)
    truncated = cut_short or len(found) > max_paths
    total = count_paths(graph, starts, ends, max_links=max_links)
    count = count_paths(graph, starts, ends, max_links=max_links, passing=groups) if groups else total
    measured = {indicator.of for indicator in model.indicators}
    on_nodes = set(nodes)
    named = {*on_nodes, *starts, *ends, via, through}
    titles = {record.id: str(record.title) for record in (*model.nodes, *model.actors) if record.id in named}
    items = {id for pathway in pathways for step in pathway.steps for id in (*step.evidence, *step.against)}
    return Trace(
        from_=starts,
        to=ends,
        titles=titles | {link.id: f"{titles[link.from_]} → {titles[link.to]}" for link in links},
        count=count if count.exact else PathCount(max(count.count, len(found)), exact=False),
        pathways=pathways,
        truncated=truncated,
        polarity=_polarity(model, graph, pathways, (starts, ends), restricted=bool(groups) or max_links is not None, truncated=truncated),
        nodes=nodes,
        links=tuple(link.id for link in links),
        layers=layers(graph, starts, nodes),
        bottlenecks=_bottlenecks(graph, pathways, (starts, ends), max_links, groups),
        link_cut=smallest_link_cut(graph, starts, ends),
        node_cut=smallest_node_cut(graph, starts, ends),
        without_evidence=tuple(link.id for link in links if link.id not in supporting),
        inferred=tuple(link.id for link in links if link.basis is Basis.INFERRED),
        unattributed=tuple(link.id for link in links if link.basis is None),
        assumptions=tuple(dict.fromkeys(id for link in links for id in link.assumptions)),
        indicators=tuple(indicator.id for indicator in model.indicators if indicator.of in on_nodes),
        without_indicator=tuple(node for node in nodes if node not in measured),
        loops=tuple(components_with_loops(graph, nodes)),
        total=total,
        via=via,
        through=through,
        every_path=all(through_group(graph, starts, ends, group).every_path for group in groups) if groups else None,
        statements={item.id: " ".join(str(item.statement).split()).rstrip(".") for item in model.evidence if item.id in items},
        notice=str(model.programme.notice),
    )


def ids_of_nodes(model: TheoryOfChange, ids: str | Iterable[str]) -> tuple[str, ...]:
    """One id or several as a tuple, each once.

    Raises:
        UnknownIdError: if no node has one of the ids.
    """
    return tuple(dict.fromkeys(model.node(id).id for id in ((ids,) if isinstance(ids, str) else ids)))


def starts_and_ends(model: TheoryOfChange, from_: str | Iterable[str], to: str | Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The nodes that pathways start from and those that they reach, at least one each.

    Raises:
        UnknownIdError: if no node has one of the ids.
        FieldError: if there are none.
    """
    starts, ends = ids_of_nodes(model, from_), ids_of_nodes(model, to)
    if not starts or not ends:
        raise FieldError(f"no node to {'reach' if starts else 'start from'}", "name at least one id")
    return starts, ends


_Ids: TypeAlias = tuple[str, ...]
_BUDGET = 100_000
"""The steps of the search for pathways, and so the most pathways that it can list."""


def _listed(
    graph: LinkArrays, starts: _Ids, ends: _Ids, max_links: int | None, groups: list[_Ids], max_paths: int
) -> tuple[list[_Ids], bool]:
    """One path more than asked for, if there is one; and whether the search gave up before."""
    found: list[_Ids] = []
    try:
        for path in islice(
            list_paths(graph, starts, ends, max_links=max_links, passing=groups, budget=_BUDGET), min(max_paths, _BUDGET) + 1
        ):
            found.append(path)  # noqa: PERF402 — what was found before the budget ran out is kept
    except BudgetError:
        return found, True
    return found, False


def _polarity(
    model: TheoryOfChange, graph: LinkArrays, pathways: tuple[Pathway, ...], ends: tuple[_Ids, _Ids], *, restricted: bool, truncated: bool
) -> Polarity | None:
    """The polarity of the pathways: from those listed where they tell, else from the whole graph."""
    seen = {pathway.polarity for pathway in pathways}
    if len(seen) > 1 or Polarity.MIXED in seen:
        return Polarity.MIXED
    if not truncated:
        return next(iter(seen), None)
    whole = polarity(graph, *ends, [link.id for link in model.links if link.sign is Sign.HINDERS])
    return Polarity.UNKNOWN if restricted and whole is Polarity.MIXED else whole


def _bottlenecks(
    graph: LinkArrays, pathways: tuple[Pathway, ...], ends: tuple[_Ids, _Ids], max_links: int | None, groups: list[_Ids]
) -> Bottlenecks:
    """What every pathway passes. Within limits, each element of one pathway is left out in turn, to see whether any is left."""
    import numpy as np

    if max_links is None and not groups:
        return bottlenecks(graph, *ends)
    if not pathways:
        return Bottlenecks()

    def needed(left: LinkArrays) -> bool:
        return not on_the_way(left, *ends, max_links=max_links, passing=groups).nodes

    one = pathways[0]
    steps = [link for step in one.steps for link in step.links]
    return Bottlenecks(
        tuple(node for node in one.nodes if node not in {*ends[0], *ends[1]} and needed(graph.without(graph.numbers(node)))),
        tuple(link for link in steps if needed(graph.only(np.array([other != link for other in graph.links])))),
    )
