"""How the indicators behind a node stand together: by status or as a weighted mean, always with their coverage, never by default."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from tocmodel.errors import RefusedError
from tocmodel.figures import Figure, Interval, Number, plain, to_decimal
from tocmodel.figures.display import percent, shown
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.aggregation import weighted_mean
from tocmodel.measurement.formulas import Ratio, Reason
from tocmodel.measurement.judging import Status
from tocmodel.measurement.rows import AchievementRow, Scope, headline
from tocmodel.messages import Message, message, messages
from tocmodel.model import Direction, Node, Objective, TheoryOfChange
from tocmodel.model.record import choice
from tocmodel.tables import Column, Table
from tocmodel.words import Word


@frozen
class NodeStanding:
    """How the indicators of a node, and of all that leads to it, stand together.

    Attributes:
        node: the id of the node.
        title: its title.
        indicators: ids of the indicators with a target that is due.
        met: how many are certainly met.
        not_met: how many certainly not.
        undetermined: how many the bounds leave open.
        context: how many get no verdict.
        missing: how many have no result.
    """

    node: str
    title: str
    indicators: tuple[str, ...]
    met: int
    not_met: int
    undetermined: int
    context: int
    missing: int

    @property
    def reported(self) -> int:
        """How many have a result."""
        return len(self.indicators) - self.missing

    def record(self) -> dict[str, object]:
        """The standing as one flat record."""
        return {
            "node": self.node,
            "title": self.title,
            "met": self.met,
            "not_met": self.not_met,
            "undetermined": self.undetermined,
            "context": self.context,
            "missing": self.missing,
            "reported": self.reported,
            "expected": len(self.indicators),
            "indicators": " ".join(self.indicators),
        }


_COLUMNS: tuple[Column[NodeStanding], ...] = (
    Column("objective", lambda row: row.title),
    Column("met", lambda row: str(row.met), number=True),
    Column("not met", lambda row: str(row.not_met), number=True),
    Column("undetermined", lambda row: str(row.undetermined), number=True),
    Column("context", lambda row: str(row.context), number=True),
    Column("missing", lambda row: str(row.missing), number=True),
    Column("reported", lambda row: f"{row.reported} of {len(row.indicators)}", number=True),
)


def standing(model: TheoryOfChange, table: AchievementTable) -> Table[NodeStanding]:
    """How the indicators behind each objective stand: of the objective itself and of every node that leads to it.

    Each indicator counts once for an objective, whatever the number of pathways. Only totals over the life of the programme
    with a target that is due count. There is no index: met of known says nothing about how much matters.

    Args:
        model: the model.
        table: its achievement.

    Source: docs/reference/formulas.md, F15.
    """
    totals = [row for row in table if row.scope is Scope.LIFE and not row.slice and row.due and row.target.missing is None]
    rows: list[NodeStanding] = []
    for node in model.nodes:
        if isinstance(node, Objective):
            behind = nodes_behind(model, node.id)
            rows.append(_standing(node, [row for row in totals if row.node in behind]))
    caption = message("What stands behind each objective, as of %(day)s", day=table.as_of)
    return Table(tuple(rows), _COLUMNS, caption, table.notes)


def _standing(node: Node, rows: list[AchievementRow]) -> NodeStanding:
    def count(status: Status | None) -> int:
        return sum(row.status is status for row in rows)

    return NodeStanding(
        node=node.id,
        title=str(node.title),
        indicators=tuple(row.indicator for row in rows),
        met=count(Status.MET),
        not_met=count(Status.NOT_MET),
        undetermined=count(Status.UNDETERMINED),
        context=count(None),
        missing=count(Status.MISSING),
    )


def nodes_behind(model: TheoryOfChange, node: str | None) -> frozenset[str]:
    """A node and every node that leads to it, each once, whatever the number of pathways; all nodes of the programme for None.

    Raises:
        UnknownIdError: if no node has the id.
    """
    from networkx import ancestors

    if node is None:
        return frozenset(item.id for item in model.nodes)
    return frozenset(ancestors(model.causal_graph, model.node(node).id)) | {node}


class Method(Word):
    """How several indicators become one number. There is no default: each hides something else."""

    WEIGHTED_MEAN = "weighted_mean"
    """The mean of their shares, weighted."""
    MET_OF_KNOWN = "met_of_known"
    """How many are met, of those whose status is known."""


@frozen
class RollUp:
    """Several indicators as one number.

    Attributes:
        node: the id of the node; empty for the programme.
        title: its title.
        method: how.
        bounds: the number or its bounds, 1 for 100 %; None where there is none.
        reason: why there is none.
        reported: how many of the indicators have a result.
        expected: how many should have one.
        if_missing_zero: the number if what is missing were 0, or not met.
        if_missing_on_target: the number if what is missing were on target.
        weights: the weight of each indicator that counts, as a share of all weights; empty without weights.
        left_out: the indicators that do not count, each with the reason.
        assumed: what was assumed on the way.
    """

    node: str
    title: str
    method: Method
    bounds: Interval | None
    reason: Reason | None
    reported: int
    expected: int
    if_missing_zero: Interval | None
    if_missing_on_target: Interval | None
    weights: Mapping[str, Decimal] = field(factory=dict)
    left_out: Mapping[str, str] = field(factory=dict)
    assumed: tuple[str, ...] = ()

    def __str__(self) -> str:
        number = str(self.reason).replace("_", " ") if self.bounds is None else percent(self.bounds)
        missing = ""
        if self.reported < self.expected and self.if_missing_zero and self.if_missing_on_target:
            missing = f"; {percent(self.if_missing_zero)} if the missing were 0, {percent(self.if_missing_on_target)} if on target"
        words = self.method.value.replace("_", " ")
        return f"{self.title}: {number} ({words}; {self.reported} of {self.expected} reported{missing})"

    def record(self) -> dict[str, object]:
        """The roll-up as one flat record."""
        ends = {"share": self.bounds, "if_missing_zero": self.if_missing_zero, "if_missing_on_target": self.if_missing_on_target}
        return {
            "node": self.node,
            "title": self.title,
            "method": self.method.value,
            **{f"{name}_low": bounds.low if bounds else None for name, bounds in ends.items()},
            **{f"{name}_high": bounds.high if bounds else None for name, bounds in ends.items()},
            "reason": self.reason.value if self.reason else None,
            "reported": self.reported,
            "expected": self.expected,
            "weights": "; ".join(f"{id} {plain(weight)}" for id, weight in self.weights.items()),
            "left_out": "; ".join(f"{id}: {why}" for id, why in self.left_out.items()),
            "assumed": "; ".join(self.assumed),
        }

    def explain(self) -> str:
        """The number with its weights, what was left out, and what was assumed."""
        lines = [str(self)]
        lines += [f"  weight of {id}: {percent(Interval.exactly(weight))}" for id, weight in self.weights.items()]
        lines += [f"  left out: {id}, {why}" for id, why in self.left_out.items()]
        return "\n".join([*lines, *(f"  assumed: {note}" for note in self.assumed)])


def roll_up(
    model: TheoryOfChange,
    table: AchievementTable,
    node: str | None,
    *,
    method: Method | str,
    scope: Scope | str = Scope.LIFE,
    weights: Mapping[str, Number] | None = None,
    clip: tuple[Number | None, Number | None] | None = None,
) -> RollUp:
    """Roll the indicators of a node, and of all that leads to it, up to one number.

    Each indicator counts once, whatever the number of pathways. Indicators without a target, that are not due, or get no
    verdict do not count and are listed; those that are missing count as expected. In a weighted mean a missing indicator
    takes its weight with it; what the mean would be if the missing were 0 or on target stands beside it.

    Args:
        model: the model.
        table: its achievement.
        node: the id of the node; None for the whole programme.
        method: ``weighted_mean`` of attainments (of progress, where an indicator is to fall; without those that are to rise to a
            target below zero), or ``met_of_known``.
        scope: ``life``, against the target of the whole, or ``to_date``, over the periods that are due.
        weights: of a weighted mean, a weight for each indicator; where left out, each node's own weight is shared equally by
            its indicators, and where no node has one all indicators weigh the same.
        clip: of a weighted mean, the lowest and highest share with which an indicator counts, None for no limit.

    Returns:
        The number, or a reason: no_data where nothing counts or is known, zero_denominator where weights sum to 0.

    Raises:
        UnknownIdError: if no node, or no indicator that a weight names, has the id.
        RefusedError: if a weight is below zero, or weights are given for a method that has none.
        FieldError: if there is no such method or scope.

    Example:
        >>> from tocmodel.measurement.achievement import achievement
        >>> draft = TheoryOfChange.build("trees", "Tree nurseries", as_of="2024-12-31")
        >>> grown = draft.objective("grown", "Villages grow their own trees")
        >>> for id, planned, reached in (("raised", 200, 100), ("planted", 100, 100), ("alive", 80, None)):
        ...     indicator = draft.indicator(id, of=grown, unit="item", direction="increase")
        ...     _ = draft.target(indicator, planned), draft.actual(indicator, reached) if reached else None
        >>> model = draft.done()
        >>> print(roll_up(model, achievement(model), "grown", method="weighted_mean", weights={"raised": 2, "planted": 1, "alive": 1}))
        Villages grow their own trees: 66.7 % (weighted mean; 2 of 3 reported; 50 % if the missing were 0, 75 % if on target)

    Source: docs/reference/formulas.md, F16 and F17.
    """
    how, over = choice(Method)(method), choice(Scope)(scope)
    behind = nodes_behind(model, node)
    rows = [row for row in table if row.scope is over and not row.slice and row.node in behind]
    left_out = {row.indicator: why for row in rows if (why := _does_not_count(row, how))}
    counted = [row for row in rows if row.indicator not in left_out]
    title = str(model.node(node).title) if node is not None else str(model.programme.title)
    if how is Method.MET_OF_KNOWN:
        if weights is not None:
            raise RefusedError("met of known counts indicators and has no weights; use method='weighted_mean', or leave the weights out")
        return _met_of_known(node or "", title, counted, left_out)
    measures, assumed = _weights(model, counted, weights)
    return _weighted(node or "", title, counted, left_out, measures, assumed, clip)


def _does_not_count(row: AchievementRow, method: Method) -> str:
    if row.target.missing is not None or row.status is Status.NO_TARGET:
        return message("no target")
    if row.direction is Direction.CONTEXT:
        return message("context: it gets no verdict")
    if row.status is Status.NOT_DUE or not row.due:
        return message("not due yet")
    if method is Method.WEIGHTED_MEAN:
        if row.direction is Direction.MAINTAIN:
            return message("it is to be maintained: there is no share of a way; met of known takes it in")
        if row.direction is Direction.UNKNOWN:
            return message("the direction is not stated")
        if row.direction is Direction.INCREASE and row.target.bounds is not None and row.target.bounds < Interval.exactly(0):
            return message("the target lies below zero: actual / target says nothing of the way; met of known takes it in")
        reason = headline(row).reason
        if reason not in {None, Reason.MISSING_ACTUAL}:
            return str(reason).replace("_", " ")
    return ""


def _met_of_known(node: str, title: str, rows: list[AchievementRow], left_out: Mapping[str, str]) -> RollUp:
    met = sum(row.status is Status.MET for row in rows)
    unsure = sum(row.status is Status.UNDETERMINED for row in rows)
    missing = sum(row.status is Status.MISSING for row in rows)
    known = len(rows) - missing

    def share(low: int, high: int, of: int) -> Interval | None:
        return Interval(low, high) / Interval.exactly(of) if of else None

    open = messages("the bounds leave open whether %(num)s of them is met", "the bounds leave open whether %(num)s of them are met", unsure)
    return RollUp(
        node,
        title,
        Method.MET_OF_KNOWN,
        share(met, met + unsure, known),
        None if known else Reason.NO_DATA,
        known,
        len(rows),
        share(met, met + unsure, len(rows)),
        share(met + missing, met + unsure + missing, len(rows)),
        left_out=left_out,
        assumed=(open,) if unsure else (),
    )


def _weighted(
    node: str,
    title: str,
    rows: list[AchievementRow],
    left_out: Mapping[str, str],
    weights: Mapping[str, Decimal],
    assumed: tuple[str, ...],
    clip: tuple[Number | None, Number | None] | None,
) -> RollUp:
    shares = [headline(row) for row in rows]
    measures = [weights[row.indicator] for row in rows]

    def mean(missing: Number) -> Interval | None:
        filled = [share if share.bounds is not None else Ratio(Interval.exactly(missing)) for share in shares]
        return weighted_mean(filled, measures, clip=clip).bounds

    result = weighted_mean(shares, measures, clip=clip)
    whole = sum(measures, Decimal(0))
    return RollUp(
        node,
        title,
        Method.WEIGHTED_MEAN,
        result.bounds,
        result.reason,
        result.reported,
        result.expected,
        mean(0),
        mean(1),
        weights={id: weight / whole for id, weight in weights.items()} if whole else {},
        left_out=left_out,
        assumed=assumed,
    )


def _weights(
    model: TheoryOfChange, rows: list[AchievementRow], given: Mapping[str, Number] | None
) -> tuple[dict[str, Decimal], tuple[str, ...]]:
    """The weight of each indicator that counts, and what was assumed of it."""
    if given is not None:
        for id in given:
            model.indicator(id)
        stated = {id: to_decimal(weight) for id, weight in given.items()}
        found = {row.indicator: stated.get(row.indicator) for row in rows}
    else:
        found = dict[str, Decimal | None]()
        for row in rows:
            weight = model.node(row.node).weight
            found[row.indicator] = None if weight is None else weight / sum(other.node == row.node for other in rows)
    known = [weight for weight in found.values() if weight is not None]
    below = [id for id, weight in found.items() if weight is not None and weight < 0]
    if below:
        raise RefusedError(f"a weight is below zero: {', '.join(below)}; weights say how much each counts, from 0 up")
    if not known:
        return dict.fromkeys(found, Decimal(1)), (message("no weights are stated: all indicators weigh the same"),) if found else ()
    even = sum(known, Decimal(0)) / len(known)
    notes: list[Message] = []
    without = tuple(id for id, weight in found.items() if weight is None)
    if without:
        said = message(
            "no weight is stated for %(ids)s: the mean of the others is taken, %(mean)s",
            ids=without,
            mean=shown(Figure("", Interval.exactly(even))),
        )
        notes.append(said)
    weights = {id: even if weight is None else weight for id, weight in found.items()}
    whole = sum(weights.values(), Decimal(0))
    if whole not in {Decimal(0), Decimal(1), Decimal(100)}:
        said = message("the weights sum to %(sum)s and are taken as shares of it", sum=shown(Figure("", Interval.exactly(whole))))
        notes.append(said)
    return weights, tuple(notes)
