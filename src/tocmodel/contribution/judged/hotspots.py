"""Where to collect evidence next: what moves the plausibility of a node most within what is held possible of it."""

from collections.abc import Collection, Mapping

from attrs import frozen

from tocmodel.contribution.engine.engine import STATES, slopes
from tocmodel.contribution.engine.structure import Part, Structure, structure
from tocmodel.contribution.judged.flips import chosen_variables
from tocmodel.contribution.judged.plausibility import between, decimals, title
from tocmodel.model import EvidenceDirection, Judgement, TheoryOfChange
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class RankedBy(Word):
    """What a ranking of hotspots rests on."""

    SWING = "swing"
    """Judged ranges: how far each moves the plausibility."""
    STRUCTURE = "structure"
    """The drawing alone, since nothing is judged: what nothing gets round, and how many pathways run through it."""


@frozen
class Hotspot:
    """One link, assumption or delivery about which it may be worth knowing more.

    Attributes:
        id: its id.
        title: what it is, in words.
        part: link, assumption or driver.
        low: the low end of what is held possible of it.
        high: the high end.
        missing: whether nobody judged it.
        swing_at_low: how far the plausibility moves from one end to the other, with everything else at the low end.
        swing_at_high: likewise with everything else at the high end.
        evidence: how many pieces of evidence support it.
        needed: whether the node cannot be reached without it.
        pathways: how many pathways run through it, loops taken as one step; None where the ranking is by swing.
    """

    id: str
    title: str
    part: Part
    low: float
    high: float
    missing: bool
    swing_at_low: float
    swing_at_high: float
    evidence: int
    needed: bool
    pathways: int | None

    @property
    def swing(self) -> float:
        """The larger of the two swings."""
        return max(self.swing_at_low, self.swing_at_high)

    def record(self) -> dict[str, object]:
        """The hotspot as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "part": self.part.value,
            "low": self.low,
            "high": self.high,
            "missing": self.missing,
            "swing": self.swing,
            "swing_at_low": self.swing_at_low,
            "swing_at_high": self.swing_at_high,
            "evidence": self.evidence,
            "needed": self.needed,
            "pathways": self.pathways,
        }


_HEAD: tuple[Column[Hotspot], ...] = (Column("what", lambda row: row.part.value), Column("id", lambda row: row.id))
_TAIL: tuple[Column[Hotspot], ...] = (Column("evidence", lambda row: str(row.evidence) if row.evidence else "none", number=True),)
_BY_SWING: tuple[Column[Hotspot], ...] = (
    *_HEAD,
    Column("held possible", lambda row: "missing" if row.missing else between(row.low, row.high)),
    Column("swing", lambda row: decimals(row.swing), number=True),
    *_TAIL,
)
_BY_STRUCTURE: tuple[Column[Hotspot], ...] = (
    *_HEAD,
    Column("nothing gets round it", lambda row: "yes" if row.needed else "no"),
    Column("pathways", lambda row: f"{row.pathways:,}", number=True),
    *_TAIL,
)


@frozen(repr=False)
class Hotspots(Table[Hotspot]):
    """Hotspots, the hottest first.

    Attributes:
        ranked_by: what the ranking rests on.
    """

    ranked_by: RankedBy = RankedBy.SWING


def hotspots(
    model: TheoryOfChange,
    to: str,
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    of: Collection[str] | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    limit: int = STATES,
    seed: int = 0,
) -> Hotspots:
    """Where to collect evidence next for the plausibility of a node.

    The swing of a link, an assumption or a delivery is its Birnbaum importance times the width of what is held possible of
    it: how far the plausibility moves if it turns out at one end or the other. Where nothing on the way is judged there
    are no swings; the ranking is then structural, and the table says so: first what nothing gets round, then by how many
    pathways run through it, then what has least evidence.

    Args:
        model: the model.
        to: the id of the node.
        ranges: what is held possible, by id; the judged ranges, and 0 to 1 where nobody judged, where left out.
        of: ids of links, assumptions and drivers; those of ``ranges``, or everything that has a say, where left out.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        UnknownIdError: if no node has the id, or an id names nothing that counts.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> judged = {"by": "a panel", "on": "2024-05-02", "why": "as an example"}
        >>> club = draft.activity("club", "A club meets", delivery={"low": "0.9", "high": "1", **judged})
        >>> habit = draft.outcome("habit", "Children read")
        >>> _ = draft.link(club, habit, strength={"low": "0.2", "high": "0.8", **judged})
        >>> [row.id for row in hotspots(draft.done(), "habit")]
        ['club->habit', 'club']
    """
    system = structure(model, overlay=overlay)
    chosen = chosen_variables(system, to, list(ranges) if of is None and ranges is not None else of)
    judged = any(system.variables[id].judged for id in system.relevant(to)) or ranges is not None
    at_low = slopes(system, to, system.lows(), of=chosen, limit=limit, seed=seed)
    at_high = slopes(system, to, system.highs(), of=chosen, limit=limit, seed=seed)
    evidence = [id for item in model.evidence if item.direction is EvidenceDirection.SUPPORTS for id in item.about]
    total = 0 if judged else _pathways(system, to, frozenset())
    rows: list[Hotspot] = []
    for id in chosen:
        variable = system.variables[id]
        low, high = (ranges or {}).get(id, (variable.low, variable.high))
        rows.append(
            Hotspot(
                id=id,
                title=title(model, id),
                part=variable.part,
                low=low,
                high=high,
                missing=variable.judged is None and id not in (ranges or {}),
                swing_at_low=at_low.gain[id] * (high - low),
                swing_at_high=at_high.gain[id] * (high - low),
                evidence=evidence.count(id),
                needed=id in at_high.needed,
                pathways=None if judged else total - _pathways(system, to, _touched(system, id)),
            )
        )
    rows.sort(
        key=(lambda row: (-row.swing, row.evidence)) if judged else (lambda row: (not row.needed, -(row.pathways or 0), row.evidence))
    )
    name = model.node(to).title
    caption = f"Where to collect evidence next for “{name}”"
    notes = ["The larger of the swings with everything else at its low or at its high end."]
    if not judged:
        caption += ": a structural ranking, since nothing on the way is judged"
        notes = ["Nothing is said about how likely or how strong anything is."]
    notes.append(str(model.programme.notice))
    return Hotspots(
        tuple(rows),
        _BY_SWING if judged else _BY_STRUCTURE,
        caption,
        tuple(filter(None, notes)),
        ranked_by=RankedBy.SWING if judged else RankedBy.STRUCTURE,
    )


def _touched(system: Structure, id: str) -> frozenset[str]:
    """The links that do not hold without a link, an assumption or a start, or stand with it in a package."""
    together = {other for node, number in system.places.get(id, ()) for other in system.packages[node][number].of}
    return frozenset(
        name for name, step in system.links.items() if name == id or id in step.assumptions or step.from_ == id or name in together
    )


def _pathways(system: Structure, to: str, without: frozenset[str]) -> int:
    """How many pathways lead from what starts to a node without some links; a set of nodes with loops is one step."""
    import networkx as nx

    nodes, _ = system.upstream(to)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    links = [step for id, step in system.links.items() if step.from_ in nodes and step.to in nodes and id not in without]
    graph.add_edges_from((step.from_, step.to) for step in links)
    condensed = nx.condensation(graph)
    part: dict[str, int] = condensed.graph["mapping"]
    ways = dict.fromkeys(condensed, 0)
    for start in system.starts & nodes:
        ways[part[start]] += 1
    following: dict[int, list[int]] = {}
    for step in links:
        if part[step.from_] != part[step.to]:
            following.setdefault(part[step.from_], []).append(part[step.to])
    for number in nx.topological_sort(condensed):
        for after in following.get(number, ()):
            ways[after] += ways[number]
    return ways[part[to]]
