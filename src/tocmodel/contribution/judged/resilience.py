"""What stays after the programme, how far a cascade of peers reaches, and what holds back taking something to scale."""

from collections.abc import Collection, Mapping, Sequence

from attrs import field, frozen

from tocmodel.contribution.engine.engine import STATES, Range, probability_range
from tocmodel.contribution.engine.structure import known_node, structure
from tocmodel.contribution.judged.plausibility import between, title
from tocmodel.contribution.judgements import Suppositions
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.figures import Interval, Number, to_decimal
from tocmodel.model import Activity, Judgement, TheoryOfChange
from tocmodel.tables import Column, Table


@frozen
class Continued:
    """Something that goes on after the programme.

    Attributes:
        id: the id of the activity or driver.
        by: ids of the actors who carry it on; empty for an external driver, which never was the programme's, and for a
            node that nothing leads to, of which nobody says what carries it.
        resource: what they have for it.
    """

    id: str
    by: tuple[str, ...]
    resource: str


@frozen
class NodeAfter:
    """What becomes of one node after the programme.

    Attributes:
        node: its id.
        title: its title.
        sustained: whether something still leads to it; how likely is another question.
        through: what goes on and leads to it.
        owners: titles of the actors who carry that on.
    """

    node: str
    title: str
    sustained: bool
    through: tuple[Continued, ...]
    owners: tuple[str, ...]

    def record(self) -> dict[str, object]:
        """The node as one flat record."""
        return {
            "node": self.node,
            "title": self.title,
            "sustained": self.sustained,
            "through": " ".join(item.id for item in self.through),
            "by": " ".join(dict.fromkeys(actor for item in self.through for actor in item.by)),
            "with": "; ".join(filter(None, (item.resource for item in self.through))),
        }


_COLUMNS: tuple[Column[NodeAfter], ...] = (
    Column("node", lambda row: row.title),
    Column("still led to", lambda row: "yes" if row.sustained else "no"),
    Column("through", lambda row: ", ".join(item.id for item in row.through)),
    Column("carried on by", lambda row: ", ".join(row.owners)),
    Column("with", lambda row: "; ".join(filter(None, (item.resource for item in row.through)))),
)


@frozen(repr=False)
class AfterExit(Table[NodeAfter]):
    """What stays of a theory when what the programme drives ends: one row for each node that is reached through others.

    Attributes:
        to: the id of the node asked for.
        now: its plausibility with everything as it is.
        after: its plausibility after the programme.
        ends: ids of the activities and drivers that end.
        continues: what goes on, through whom and with what.
    """

    to: str = field(kw_only=True)
    now: Range = field(kw_only=True)
    after: Range = field(kw_only=True)
    ends: tuple[str, ...] = field(kw_only=True)
    continues: tuple[Continued, ...] = field(kw_only=True)

    @property
    def sustained(self) -> tuple[str, ...]:
        """Ids of the nodes that something still leads to."""
        return tuple(row.node for row in self.rows if row.sustained)

    @property
    def not_sustained(self) -> tuple[str, ...]:
        """Ids of the nodes that nothing leads to any more."""
        return tuple(row.node for row in self.rows if not row.sustained)

    def sentence(self) -> str:
        """What stays of the node asked for, in words."""
        row = next((row for row in self.rows if row.node == self.to), None)
        change = f"{between(self.after.low, self.after.high)}, against {between(self.now.low, self.now.high)} now"
        if row is None:
            return f"After the programme its plausibility is {change}."
        if not row.sustained:
            return f"After the programme nothing leads to “{row.title}” any more: its plausibility is {change}."
        carried = f"; carried on by {', '.join(row.owners)}" if row.owners else ""
        return f"After the programme the plausibility of “{row.title}” is {change}{carried}."


def after_exit(
    model: TheoryOfChange,
    to: str,
    *,
    ends: Collection[str] | None = None,
    given: Suppositions | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    limit: int = STATES,
    seed: int = 0,
) -> AfterExit:
    """What stays of a theory when what the programme drives ends.

    Activities end, unless somebody carries them on (``sustained_by``) and has something to do it with
    (``sustained_with``). External drivers never were the programme's and go on.

    Args:
        model: the model.
        to: the id of the node asked for.
        ends: ids of the activities and drivers that end; by the rule above where left out.
        given: probabilities to suppose, by id.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        UnknownIdError: if no node has the id, or one of ``ends`` does not start by itself.
    """
    system = structure(model, overlay=overlay, given=given)
    known_node(system, to)
    starting = system.starts_in_order
    if ends is None:
        ends = [id for id in starting if isinstance(model.node(id), Activity) and not _carried_on(model, id)]
    for id in ends:
        if id not in system.starts:
            raise UnknownIdError(id, "activity or driver", starting)
    later = system.supposing(dict.fromkeys(ends, 0.0))
    may = {id for id, chance in later.highs().items() if chance > 0}
    reached = later.reached(may)
    going_on = [id for id in starting if id not in set(ends) and id in may]
    others = {id for id in may if id not in later.starts}
    leading = {id: later.reached(others | {id}) for id in going_on}
    continues = {id: Continued(id, model.node(id).sustained_by, str(model.node(id).sustained_with)) for id in going_on}
    rows: list[NodeAfter] = []
    for node in model.nodes:
        if node.id in system.starts:
            continue
        through = [id for id in going_on if node.id in leading[id]] if node.id in reached else []
        if node.id in reached and not through:  # reached only by several together
            _, variables = later.upstream(node.id)
            through = [id for id in going_on if id in variables]
        actors = dict.fromkeys(actor for id in through for actor in continues[id].by)
        owners = tuple(title(model, actor) for actor in actors)
        rows.append(NodeAfter(node.id, str(node.title), node.id in reached, tuple(continues[id] for id in through), owners))
    return AfterExit(
        tuple(rows),
        _COLUMNS,
        "After the programme",
        (notice,) if (notice := str(model.programme.notice)) else (),
        to=to,
        now=probability_range(system, to, limit=limit, seed=seed),
        after=probability_range(later, to, limit=limit, seed=seed),
        ends=tuple(ends),
        continues=tuple(continues.values()),
    )


def _carried_on(model: TheoryOfChange, id: str) -> bool:
    node = model.node(id)
    return node.driver or bool(node.sustained_by and str(node.sustained_with))


@frozen
class Tier:
    """One tier of a cascade in which people reached reach others.

    Attributes:
        reach_each: how many each one reaches.
        fidelity: the share of them whom what is passed on really reaches.
    """

    reach_each: Interval
    fidelity: Interval


@frozen
class PeerReach:
    """How many a cascade of peers reaches, direct and indirect kept apart: they are never added, since they may overlap.

    Attributes:
        direct: who is reached directly.
        tiers: who is reached by each further tier.
    """

    direct: Interval
    tiers: tuple[Interval, ...]

    @property
    def furthest(self) -> Interval:
        """Who is reached by the last tier."""
        return self.tiers[-1] if self.tiers else self.direct


def peer_reach(direct: Interval, tiers: Sequence[Tier]) -> PeerReach:
    """How many a cascade of peers reaches: each tier is the tier before x reach of each x fidelity, as bounds.

    Args:
        direct: who is reached directly.
        tiers: what each further tier does; an end without a bound stays without one.

    Example:
        >>> found = peer_reach(Interval.exactly(20), [Tier(Interval(10, 15), Interval("0.7", "0.9"))])
        >>> found.furthest.low == 140, found.furthest.high == 270
        (True, True)
    """
    reached: list[Interval] = []
    before = direct
    for tier in tiers:
        before = before * tier.reach_each * tier.fidelity
        reached.append(before)
    return PeerReach(direct, tuple(reached))


@frozen
class Scaling:
    """What holds back taking a package of components to scale.

    Attributes:
        scores: readiness x use of each component.
        bottleneck: the component with the lowest score, the first of several.
        score: its score, which is that of the whole package.
    """

    scores: Mapping[str, Number]
    bottleneck: str
    score: Number


def scaling_bottleneck(components: Mapping[str, tuple[Number, Number]]) -> Scaling:
    """Which component holds back taking a package to scale: the one with the lowest readiness x use.

    Args:
        components: readiness and use of each, both 0 to 9.

    Raises:
        FieldError: if there is none, or a number lies outside 0 to 9.

    Example:
        >>> scaling_bottleneck({"curriculum": (8, 6), "facilitators": (7, 3)}).bottleneck
        'facilitators'

    Source: Sartas et al. (2020), Scaling Readiness.
    """
    if not components:
        message = "no components"
        raise FieldError(message, "name at least one, with its readiness and use")
    exact = {name: (to_decimal(readiness), to_decimal(use)) for name, (readiness, use) in components.items()}
    for name, (readiness, use) in exact.items():
        if not (0 <= readiness <= 9 and 0 <= use <= 9):
            message = f"readiness and use of {name!r}: {readiness}, {use}"
            raise FieldError(message, "both are numbers from 0 to 9")
    scores = {name: readiness * use for name, (readiness, use) in exact.items()}
    bottleneck = min(scores, key=scores.__getitem__)
    return Scaling(scores, bottleneck, scores[bottleneck])
