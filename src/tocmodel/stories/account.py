"""The facts that a story tells: for every link on the way its grounds, evidence and figures; delivery, rivals, harvest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from tocmodel.contribution import Trace, trace
from tocmodel.errors import UnknownIdError
from tocmodel.figures import Interval, Missing
from tocmodel.measurement import AchievementRow, AchievementTable, Status, achievement
from tocmodel.model import (
    Activity,
    Assumption,
    AssumptionState,
    Basis,
    HarvestedOutcome,
    IndicatorKind,
    Input,
    Link,
    Node,
    RivalExplanation,
    RivalStatus,
    TheoryOfChange,
)
from tocmodel.stories.links import LinkFinding, Standing, StoryPolicy, link_findings, standings
from tocmodel.stories.pathway import BestPathway, Conditions, best_pathway, node_kinds
from tocmodel.stories.plausible import JudgedPlausibility, judged_plausibility
from tocmodel.stories.wording import ENGLISH, Words

_NUMERIC = {IndicatorKind.COUNT, IndicatorKind.PERCENTAGE, IndicatorKind.RATIO}


@frozen(kw_only=True)
class LinkAccount:
    """What there is to say of one link on the way.

    Attributes:
        link: the link, with its rationale, sign, strength and confidence.
        finding: its state, the ground of it, and the evidence about it and about its result.
        step: its place on the pathway that the story tells, from 1; None if it lies on another.
        unavoidable: whether every pathway passes it.
        reasoned: whether it has a rationale and its assumptions are stated.
        assumptions: the assumptions that it needs, on its own or in a package.
        companions: ids of the links that it works only together with.
        indicators: the achievement of the indicators of the node that it leads to, over the whole programme.
    """

    link: Link
    finding: LinkFinding
    step: int | None
    unavoidable: bool
    reasoned: bool
    assumptions: tuple[Assumption, ...]
    companions: tuple[str, ...]
    indicators: tuple[AchievementRow, ...] = field(repr=False)

    def record(self) -> dict[str, object]:
        """The link as one flat record."""
        about, confidence = self.finding.link, self.link.confidence
        return {
            "link": self.link.id,
            "from": self.link.from_,
            "to": self.link.to,
            "step": self.step,
            "state": self.finding.state.value,
            "why": self.finding.why.value,
            "basis": self.link.basis.value if self.link.basis else None,
            "sign": self.link.sign.value,
            "unavoidable": self.unavoidable,
            "rationale": str(self.link.rationale),
            "assumptions": " ".join(f"{assumption.id}={assumption.state}" for assumption in self.assumptions),
            "supporting": " ".join(about.supporting),
            "contradicting": " ".join(about.contradicting),
            "not_found": " ".join(about.not_found),
            "counted_for": " ".join(about.counted_for),
            "counted_against": " ".join(about.counted_against),
            "confidence_low": confidence.low if confidence else None,
            "confidence_high": confidence.high if confidence else None,
            "confidence_level": confidence.level if confidence else "",
            "indicators": " ".join(row.indicator for row in self.indicators),
        }


@frozen
class Delivery:
    """Whether the activity took place, and who says so.

    Attributes:
        stated: whether a source states it as a fact.
        reported: the rows of its indicators, of whatever period or part, whose actual is above 0.
        against: ids of independent evidence that contradicts it.
        withheld: the rows of its indicators whose actual is not published; they say neither that it took place nor that it did not.
    """

    stated: bool
    reported: tuple[AchievementRow, ...]
    against: tuple[str, ...]
    withheld: tuple[AchievementRow, ...] = ()

    @property
    def held(self) -> bool:
        """Whether the activity counts as delivered."""
        return (self.stated or bool(self.reported)) and not self.against

    @property
    def unpublished(self) -> bool:
        """Whether nothing is said of it because what would say it is not published."""
        return bool(self.withheld) and not self.stated and not self.reported and not self.against


@frozen
class FailedAssumption:
    """An assumption that failed upstream of a target that was met.

    Attributes:
        assumption: the id of the assumption.
        links: the ids of the links that needed it.
        row: the achievement downstream.
    """

    assumption: str
    links: tuple[str, ...]
    row: AchievementRow


@frozen(kw_only=True)
class Account:
    """Everything that a story tells, before it is told.

    Attributes:
        model: the model.
        start: the activity.
        end: the objective.
        way: the trace between them.
        policy: the thresholds.
        as_of: the date of judgement of the figures; None where no figure is judged.
        delivery: whether the activity took place.
        links: the links on the way, in authored order.
        pathway: the links of the pathway that the story tells, in order.
        conditions: what decides the level of claim.
        best: the pathway as found, with its level of claim.
        rivals: the rival explanations that bear on the way.
        harvested: the harvested outcomes on the way.
        failed: assumptions that failed upstream of a target that was met.
        judged: what follows from strengths; None where nobody judged any on the way.
        words: the language in which it is told.
    """

    model: TheoryOfChange = field(repr=False)
    start: Node
    end: Node
    way: Trace = field(repr=False)
    policy: StoryPolicy
    as_of: date | None
    delivery: Delivery
    links: tuple[LinkAccount, ...]
    pathway: tuple[LinkAccount, ...]
    conditions: Conditions
    best: BestPathway
    rivals: tuple[RivalExplanation, ...]
    harvested: tuple[HarvestedOutcome, ...]
    failed: tuple[FailedAssumption, ...]
    judged: JudgedPlausibility | None
    words: Words = field(default=ENGLISH, eq=False, repr=False)


def account(
    model: TheoryOfChange,
    activity: str,
    objective: str,
    *,
    as_of: date | str | None = None,
    policy: StoryPolicy | None = None,
    table: AchievementTable | None = None,
    words: Words = ENGLISH,
) -> Account:
    """Gather the facts of a story; arguments and errors are those of `story`."""
    rules = policy or StoryPolicy()
    start, end = _activity(model, activity), _result(model, objective)
    way = trace(model, start.id, end.id, max_paths=1)
    links = [model[id] for id in way.links]
    drawn = tuple(link for link in links if isinstance(link, Link))
    about = standings(model, rules)
    findings = link_findings(drawn, about, rules)
    assumptions = {link.id: _assumptions(model, link) for link in drawn}
    reasoned = frozenset(link.id for link in drawn if link.rationale and assumptions[link.id])
    subjects = {model.programme.id, start.id, end.id, *way.nodes, *way.links, *way.indicators}
    rivals = tuple(rival for rival in model.rivals if not rival.about or subjects & set(rival.about))
    rows, judged_on = _rows(model, {start.id, *way.nodes}, as_of, table)
    totals = [row for row in rows if row.period is None and not row.slice]
    delivery = _delivery(model, start, rows, about.get(start.id, Standing()))
    conditions = Conditions(
        start=start.id,
        end=end.id,
        links=drawn,
        kinds=node_kinds([model.node(id) for id in {start.id, end.id, *way.nodes}], end.id),
        states={id: finding.state for id, finding in findings.items()},
        reasoned=reasoned,
        delivered=delivery.held,
        rivals_assessed=bool(rivals) and all(rival.status is not RivalStatus.NOT_EXAMINED for rival in rivals),
    )
    best = best_pathway(conditions)
    steps = {link.id: number for number, link in reversed(list(enumerate(best.links, start=1)))}
    accounts = {
        link.id: LinkAccount(
            link=link,
            finding=findings[link.id],
            step=steps.get(link.id),
            unavoidable=link.id in way.bottlenecks.links,
            reasoned=link.id in reasoned,
            assumptions=assumptions[link.id],
            companions=_companions(model, link),
            indicators=tuple(row for row in totals if row.node == link.to),
        )
        for link in drawn
    }
    return Account(
        model=model,
        start=start,
        end=end,
        way=way,
        policy=rules,
        as_of=judged_on,
        delivery=delivery,
        links=tuple(accounts.values()),
        pathway=tuple(accounts[link.id] for link in best.links),
        conditions=conditions,
        best=best,
        rivals=rivals,
        harvested=tuple(outcome for outcome in model.harvested_outcomes if {*way.nodes, *way.links} & set(outcome.about)),
        failed=tuple(_failed(accounts.values(), totals)),
        judged=judged_plausibility(model, end, way, rules),
        words=words,
    )


def _activity(model: TheoryOfChange, id: str) -> Node:
    node = model.by_id.get(id)
    if not isinstance(node, Activity | Input):
        raise UnknownIdError(id, "activity", [node.id for node in model.nodes if isinstance(node, Activity)])
    return node


def _result(model: TheoryOfChange, id: str) -> Node:
    results = [node for node in model.nodes if not isinstance(node, Activity | Input)]
    for node in results:
        if node.id == id:
            return node
    raise UnknownIdError(id, "objective or other result", [node.id for node in results])


def _assumptions(model: TheoryOfChange, link: Link) -> tuple[Assumption, ...]:
    needed = {*link.assumptions, *(id for package in model.packages if link.id in package.links for id in package.assumptions)}
    return tuple(assumption for assumption in model.assumptions if assumption.id in needed)


def _companions(model: TheoryOfChange, link: Link) -> tuple[str, ...]:
    together = [package.links for package in model.packages if link.id in package.links and package.at_least != 1]
    return tuple(dict.fromkeys(id for links in together for id in links if id != link.id))


def _rows(
    model: TheoryOfChange, nodes: set[str], as_of: date | str | None, table: AchievementTable | None
) -> tuple[list[AchievementRow], date | None]:
    """The achievement of the indicators of these nodes, and the date of judgement; without an indicator none is needed."""
    if not any(indicator.of in nodes for indicator in model.indicators):
        return [], None
    known = achievement(model, as_of=as_of) if table is None else table
    return [row for row in known if row.node in nodes], known.as_of


def _delivery(model: TheoryOfChange, start: Node, rows: Sequence[AchievementRow], about: Standing) -> Delivery:
    own = [row for row in rows if row.node == start.id and model.indicator(row.indicator).kind in _NUMERIC]
    return Delivery(
        stated=start.basis is Basis.STATED,
        reported=tuple(row for row in own if row.actual.bounds is not None and row.actual.bounds > Interval.exactly(0)),
        against=about.counted_against,
        withheld=tuple(row for row in own if row.actual.missing is Missing.SUPPRESSED),
    )


def _failed(links: Iterable[LinkAccount], rows: Sequence[AchievementRow]) -> Iterable[FailedAssumption]:
    accounts = list(links)
    following: dict[str, list[str]] = {}
    for each in accounts:
        following.setdefault(each.link.from_, []).append(each.link.to)
    needing: dict[str, list[LinkAccount]] = {}
    for each in accounts:
        for assumption in each.assumptions:
            if assumption.state is AssumptionState.FAILED:
                needing.setdefault(assumption.id, []).append(each)
    for assumption, needed_by in needing.items():
        downstream = _downstream(following, [each.link.to for each in needed_by])
        for row in rows:
            if row.status is Status.MET and row.node in downstream:
                yield FailedAssumption(assumption, tuple(each.link.id for each in needed_by), row)


def _downstream(following: Mapping[str, Sequence[str]], nodes: Iterable[str]) -> set[str]:
    seen, queue = set(nodes), list(nodes)
    while queue:
        for node in following.get(queue.pop(), ()):
            if node not in seen:
                seen.add(node)
                queue.append(node)
    return seen
