"""What stays after the programme, how far a cascade of peers reaches, and what holds back taking something to scale."""

from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

from tocmodel.contribution.engine import STATES, Range, probability_range
from tocmodel.contribution.judgements import Suppositions
from tocmodel.contribution.plausibility import between
from tocmodel.contribution.structure import Part, known_node, structure
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.figures import Interval, Number, to_decimal
from tocmodel.model import Activity, Judgement, TheoryOfChange


@frozen
class Continued:
    """Something that goes on after the programme.

    Attributes:
        id: the id of the activity or driver.
        by: ids of the actors who carry it on; empty for an external driver, which never was the programme's.
        resource: what they have for it.
    """

    id: str
    by: tuple[str, ...]
    resource: str


@frozen
class AfterExit:
    """What stays of a theory when what the programme drives ends.

    Attributes:
        to: the id of the node asked for.
        title: its title.
        now: its plausibility with everything as it is.
        after: its plausibility after the programme.
        ends: ids of the activities and drivers that end.
        continues: what goes on, through whom and with what.
        sustained: ids of the nodes that something still leads to; how likely is another question.
        not_sustained: ids of the nodes that nothing leads to any more.
        through: for each sustained node, ids of what goes on and leads to it.
    """

    to: str
    title: str
    now: Range
    after: Range
    ends: tuple[str, ...]
    continues: tuple[Continued, ...]
    sustained: tuple[str, ...]
    not_sustained: tuple[str, ...]
    through: Mapping[str, tuple[str, ...]]

    def sentence(self) -> str:
        """What stays, in words."""
        change = f"from {between(self.now.low, self.now.high)} now to {between(self.after.low, self.after.high)}"
        if self.to in self.not_sustained:
            return f"After the programme nothing leads to “{self.title}” any more: its plausibility goes {change}."
        owners = ", ".join(dict.fromkeys(actor for item in self.continues if item.id in self.through.get(self.to, ()) for actor in item.by))
        carried = f", carried on by {owners}" if owners else ""
        return f"After the programme the plausibility of “{self.title}” goes {change}{carried}."

    def records(self) -> list[dict[str, object]]:
        """One flat record for each node."""
        by_id = {item.id: item for item in self.continues}
        return [
            {
                "node": node,
                "sustained": node in self.sustained,
                "through": " ".join(self.through.get(node, ())),
                "by": " ".join(dict.fromkeys(actor for id in self.through.get(node, ()) for actor in by_id[id].by)),
            }
            for node in (*self.sustained, *self.not_sustained)
        ]


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
    results = [node.id for node in model.nodes if node.id not in system.starts]
    going_on = [id for id in starting if id not in set(ends) and id in may]
    through: dict[str, list[str]] = {}
    for id in going_on:
        for node in later.reached({other for other in may if later.variables[other].part is not Part.DRIVER} | {id}):
            through.setdefault(node, []).append(id)
    for node in results:  # reached only by several together
        if node in reached and node not in through:
            _, variables = later.upstream(node)
            through[node] = [id for id in going_on if id in variables]
    return AfterExit(
        to=to,
        title=str(model.node(to).title),
        now=probability_range(system, to, limit=limit, seed=seed),
        after=probability_range(later, to, limit=limit, seed=seed),
        ends=tuple(ends),
        continues=tuple(Continued(id, model.node(id).sustained_by, str(model.node(id).sustained_with)) for id in going_on),
        sustained=tuple(node for node in results if node in reached),
        not_sustained=tuple(node for node in results if node not in reached),
        through={node: tuple(own) for node, own in through.items() if node in results},
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
