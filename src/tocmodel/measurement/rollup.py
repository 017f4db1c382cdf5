"""How the indicators behind an objective stand together: counts by status with their coverage, never an invented index."""

from attrs import frozen

from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.judging import Status
from tocmodel.measurement.rows import AchievementRow
from tocmodel.model import Node, Objective, TheoryOfChange
from tocmodel.tables import Column, Table


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
    from networkx import ancestors

    graph = model.causal_graph
    totals = [row for row in table if row.period is None and not row.slice and row.due and row.target.missing is None]
    rows: list[NodeStanding] = []
    for node in model.nodes:
        if isinstance(node, Objective):
            behind = ancestors(graph, node.id) | {node.id}
            rows.append(_standing(node, [row for row in totals if row.node in behind]))
    caption = f"What stands behind each objective, as of {table.as_of}"
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
