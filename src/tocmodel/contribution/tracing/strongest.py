"""Which pathways are judged the strongest, where the model's authors judged all that they rest on."""

from collections.abc import Iterable, Mapping
from math import prod

from attrs import frozen

from tocmodel.contribution.tracing.pathways import Pathway, evidence_by_subject, pathways_of
from tocmodel.contribution.tracing.trace import starts_and_ends
from tocmodel.errors import FieldError
from tocmodel.figures import Interval
from tocmodel.model import EvidenceDirection, Judgement, Link, TheoryOfChange
from tocmodel.paths import LinkArrays, arrays, components_with_loops, on_the_way, strongest_paths as strongest_of
from tocmodel.paths.strongest import StrongPath


@frozen
class RankedPathway:
    """A pathway with its place in a ranking.

    Attributes:
        pathway: the pathway.
        links: the ids of the links that count for it: of parallel links the strongest.
        strength: the product of the judged strengths, from the product of the low ends to that of the high ends; None in
            a structural ranking.
        judgements: the judgement on each of its links, in order; empty in a structural ranking.
    """

    pathway: Pathway
    links: tuple[str, ...]
    strength: Interval | None
    judgements: tuple[Judgement, ...]


@frozen(repr=False)
class StrongestPaths:
    """The strongest pathways, or the reason why none can be called so, with a ranking by structure.

    Attributes:
        from_: the ids of the origins.
        to: the ids of the ends.
        titles: the titles of the nodes on the pathways, and of the ends.
        refused: whether no strengths are given, and the ranking is structural.
        reason: why it was refused; empty where it was not.
        missing: ids of the links on the way that have no judged range of strength.
        ranking: the pathways, strongest first; in a structural ranking those with the fewest links first.
        method: how they were ranked.
        notice: what has to stand on everything shown of the model.
    """

    from_: tuple[str, ...]
    to: tuple[str, ...]
    titles: dict[str, str]
    refused: bool
    reason: str
    missing: tuple[str, ...]
    ranking: tuple[RankedPathway, ...]
    method: str
    notice: str = ""

    def sentence(self) -> str:
        """The result in a sentence or two."""
        ends = " to ".join(" or ".join(f"“{self.titles[id]}”" for id in ids) for ids in (self.from_, self.to))
        if not self.ranking:
            return f"The theory draws no pathway from {ends}."
        if self.refused:
            return f"Which pathway from {ends} is the strongest cannot be said: {self.reason}. By structure alone: {self.method}."
        best = self.ranking[0]
        return (
            f"By the judgements in the model, the strongest pathway from {ends} has {len(best.links)} links "
            f"and a strength of {best.strength}, if its steps are independent."
        )

    def records(self) -> list[dict[str, object]]:
        """One flat record for each pathway."""
        return [
            {
                "rank": rank,
                "refused": self.refused,
                "nodes": " ".join(ranked.pathway.nodes),
                "links": " ".join(ranked.links),
                "strength_low": ranked.strength.low if ranked.strength else None,
                "strength_high": ranked.strength.high if ranked.strength else None,
                "judged_by": "; ".join(dict.fromkeys(judgement.by for judgement in ranked.judgements if judgement.by)),
            }
            for rank, ranked in enumerate(self.ranking, start=1)
        ]

    def __str__(self) -> str:
        lines = [self.sentence()]
        for rank, ranked in enumerate(self.ranking, start=1):
            names = " → ".join(self.titles[node] for node in ranked.pathway.nodes)
            judges = ", ".join(dict.fromkeys(judgement.by or "nobody named" for judgement in ranked.judgements))
            strength = f"  [strength {ranked.strength}; judged by {judges}]" if ranked.strength and judges else ""
            lines.append(f"{rank}. {names}{strength}")
        return "\n".join([*lines, *([self.notice] if self.notice else [])])

    __repr__ = __str__


def strongest_paths(model: TheoryOfChange, from_: str | Iterable[str], to: str | Iterable[str], k: int = 3) -> StrongestPaths:
    """The k pathways with the largest product of judged strengths.

    Ranges rank by the product of their low ends; the product of the high ends is shown beside it. The product is the
    probability that every step follows only if the steps are independent; see `dependence_bounds` for what holds otherwise.
    Where any link of a pathway has no judged range of strength, the ranking is refused: that link could be the strongest of
    all, or worth nothing. The result then says which links, and ranks by structure: the fewest links first, and of as many
    the pathway with more links that evidence supports. Nothing is said about strength by that.

    Args:
        model: the model.
        from_: the id of the node to start from, or several.
        to: the id of the node to reach, or several.
        k: the most pathways to give, from 1.

    Raises:
        UnknownIdError: if no node has one of the ids.
        FieldError: if no node is named to start from, or to reach, or k is below 1.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs, read = draft.activity("clubs", "Reading clubs"), draft.outcome("read", "Pupils read daily")
        >>> fluent = draft.objective("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, read, strength={"low": "0.6", "high": "0.8", "by": "the teachers, in this fictional example"})
        >>> _ = draft.link(read, fluent)
        >>> result = strongest_paths(draft.done(), clubs, fluent)
        >>> result.refused, result.missing
        (True, ('read->fluent',))

    Source: the algorithm of `tocmodel.paths.strongest_paths` (Yen 1971, Lawler 1972).
    """
    if k < 1:
        raise FieldError(f"{k} pathways cannot be ranked", "ask for one or more")
    starts, ends = starts_and_ends(model, from_, to)
    graph = arrays(model)
    on = set(on_the_way(graph, starts, ends).links)
    walked = [link for link in model.links if link.id in on]
    unjudged = {link.id for link in walked if link.strength is None or link.strength.low is None}
    home = {node: position for position, loop in enumerate(components_with_loops(graph)) for node in loop}
    looped = {link.id for link in walked if link.from_ in home and home[link.from_] == home.get(link.to)}
    if unjudged <= looped:  # else some link of a pathway is unjudged for certain, and nothing hangs on the others
        unjudged = {link.id for link in walked if link.id in unjudged and _on_a_path(graph, link, starts, ends)}
    links = {link.id: link for link in walked}
    missing = tuple(id for id in links if id in unjudged)
    supporting = evidence_by_subject(model, EvidenceDirection.SUPPORTS)
    if missing:
        weights = {id: _STEP * _SUPPORTED if id in supporting else _STEP for id in on}
    else:
        weights = dict.fromkeys(on, 0.0) | {
            id: float(judged.low) for id, judged in _judged(links.values()).items() if judged.low is not None
        }
    paths = strongest_of(graph, starts, ends, weights, k)
    pathways = pathways_of(model, [path.nodes for path in paths], links.values(), supporting)
    named = {*starts, *ends, *(node for path in paths for node in path.nodes)}
    return StrongestPaths(
        from_=starts,
        to=ends,
        titles={node.id: str(node.title) for node in model.nodes if node.id in named},
        refused=bool(missing),
        reason=f"nobody judged the strength of {len(missing)} of the {len(links)} links on the way" if missing else "",
        missing=missing,
        ranking=tuple(_ranked(path, pathway, links, judged=not missing) for path, pathway in zip(paths, pathways, strict=True)),
        method="the fewest links first, then the most links with supporting evidence"
        if missing
        else "the largest product of the low ends of judged strengths first",
        notice=str(model.programme.notice),
    )


_STEP, _SUPPORTED = 0.5, 1 + 1e-6
"""Weights whose products are larger for fewer links, and among as many for more that evidence supports. They are shown nowhere."""


def _on_a_path(graph: LinkArrays, link: Link, starts: tuple[str, ...], ends: tuple[str, ...]) -> bool:
    """Whether a link can be on a pathway, and not only on walks that come back to a node.

    It cannot if all that leads to its start passes its end before, or all that its end leads to passes its start again.
    """
    before = [start for start in starts if start != link.to]
    after = [end for end in ends if end != link.from_]
    comes = before and on_the_way(graph.without(graph.numbers(link.to)), before, link.from_).nodes
    goes = after and on_the_way(graph.without(graph.numbers(link.from_)), link.to, after).nodes
    return bool(comes and goes)


def _judged(links: Iterable[Link]) -> dict[str, Judgement]:
    return {link.id: link.strength for link in links if link.strength is not None}


def _ranked(path: StrongPath, pathway: Pathway, links: Mapping[str, Link], *, judged: bool) -> RankedPathway:
    if not judged:
        return RankedPathway(pathway, path.links, None, ())
    judgements = tuple(_judged(links[id] for id in path.links).values())
    strength = prod((Interval(judgement.low, judgement.high) for judgement in judgements), start=Interval.exactly(1))
    return RankedPathway(pathway, path.links, strength, judgements)
