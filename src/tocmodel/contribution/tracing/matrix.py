"""Which activities lead to which objectives: by how many pathways, how directly, and whether sources carry any of them."""

from collections.abc import Iterable

from attrs import frozen

from tocmodel.contribution.tracing.pathways import carried
from tocmodel.contribution.tracing.trace import ids_of_nodes
from tocmodel.errors import UnknownIdError
from tocmodel.model import Activity, Objective, TheoryOfChange
from tocmodel.paths import PathCount, arrays, count_pairs
from tocmodel.paths.arrays import distances
from tocmodel.tables import Column, Table


@frozen
class ContributionCell:
    """How an activity leads to an objective.

    Attributes:
        activity: the id of the activity.
        objective: the id of the objective.
        activity_title: the title of the activity.
        objective_title: the title of the objective.
        paths: how many pathways the theory draws; 0 where there is none.
        shortest: how many links the shortest has; None where there is none.
        carried: whether sources carry every link of one of them; None where there is none.
    """

    activity: str
    objective: str
    activity_title: str
    objective_title: str
    paths: PathCount
    shortest: int | None
    carried: bool | None

    def record(self) -> dict[str, object]:
        """The cell as one flat record."""
        return {
            "activity": self.activity,
            "objective": self.objective,
            "paths": self.paths.count,
            "exact": self.paths.exact,
            "shortest": self.shortest,
            "carried": self.carried,
        }


@frozen
class ContributionRow:
    """What the theory draws from one activity to each objective.

    Attributes:
        activity: the id of the activity.
        title: its title.
        cells: a cell for each objective.
    """

    activity: str
    title: str
    cells: tuple[ContributionCell, ...]

    def record(self) -> dict[str, object]:
        """The row as one flat record: the number of pathways by the id of the objective."""
        return {"activity": self.activity, **{cell.objective: cell.paths.count for cell in self.cells}}


@frozen(repr=False)
class ContributionMatrix(Table[ContributionCell]):
    """Activities × objectives, a row for each pair, zeros among them."""

    def __getitem__(self, pair: tuple[str, str]) -> ContributionCell:
        """The cell of an activity and an objective.

        Raises:
            UnknownIdError: if the matrix has no such pair.
        """
        for cell in self.rows:
            if (cell.activity, cell.objective) == pair:
                return cell
        raise UnknownIdError(" × ".join(pair), "pair of the matrix")

    def wide(self) -> Table[ContributionRow]:
        """The matrix as people draw it: a row for each activity, a column with the number of pathways for each objective."""
        by_activity: dict[str, list[ContributionCell]] = {}
        for cell in self.rows:
            by_activity.setdefault(cell.activity, []).append(cell)
        rows = tuple(ContributionRow(activity, cells[0].activity_title, tuple(cells)) for activity, cells in by_activity.items())
        titles = [cell.objective_title for cell in rows[0].cells] if rows else []
        columns = [Column[ContributionRow]("Activity", lambda row: row.title)]
        columns += [
            Column[ContributionRow](title, lambda row, position=position: str(row.cells[position].paths), number=True)
            for position, title in enumerate(titles)
        ]
        return Table(rows, tuple(columns), "Pathways from activities to objectives", self.notes)


def contribution_matrix(
    model: TheoryOfChange, activities: Iterable[str] | None = None, objectives: Iterable[str] | None = None
) -> ContributionMatrix:
    """How each activity leads to each objective, zeros included.

    More pathways are not more contribution: a theory that is drawn in more detail has more of them.

    Args:
        model: the model.
        activities: ids of the nodes to start from; all activities where left out.
        objectives: ids of the nodes to reach; all objectives where left out.

    Raises:
        UnknownIdError: if no node has one of the ids.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs, books = draft.activity("clubs", "Reading clubs"), draft.activity("books", "Book boxes")
        >>> fluent = draft.objective("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, fluent, basis="planned")
        >>> print(contribution_matrix(draft.done()))
        Pathways from activities to objectives
        Activity       Objective             Pathways  Shortest  A source carries one
        -------------  --------------------  --------  --------  --------------------
        Reading clubs  Pupils read fluently         1         1  yes
        Book boxes     Pupils read fluently         0         –  –
    """
    import numpy as np

    if activities is None:
        activities = [node.id for node in model.nodes if isinstance(node, Activity)]
    if objectives is None:
        objectives = [node.id for node in model.nodes if isinstance(node, Objective)]
    starts, ends = ids_of_nodes(model, activities), ids_of_nodes(model, objectives)
    links = arrays(model)
    stated = links.only(np.fromiter((carried(link) for link in model.links), bool, len(model.links)))
    titles = {node.id: str(node.title) for node in model.nodes}
    counts = count_pairs(links, starts, ends)
    first = links.numbers(starts)
    cells: dict[tuple[str, str], ContributionCell] = {}
    for end in ends:
        away = distances(links.before, links.numbers(end))[first].tolist()
        by_word = distances(stated.before, links.numbers(end))[first].tolist()
        for start, far, word in zip(starts, away, by_word, strict=True):
            shortest, whole = (far, word >= 0) if far >= 0 else (None, None)
            cells[start, end] = ContributionCell(start, end, titles[start], titles[end], counts[start, end], shortest, whole)
    columns = (
        Column[ContributionCell]("Activity", lambda cell: cell.activity_title),
        Column[ContributionCell]("Objective", lambda cell: cell.objective_title),
        Column[ContributionCell]("Pathways", lambda cell: str(cell.paths), number=True),
        Column[ContributionCell]("Shortest", lambda cell: "–" if cell.shortest is None else str(cell.shortest), number=True),
        Column[ContributionCell]("A source carries one", lambda cell: {None: "–", True: "yes", False: "no"}[cell.carried]),
    )
    notice = str(model.programme.notice)
    rows = tuple(cells[start, end] for start in starts for end in ends)
    return ContributionMatrix(rows, columns, "Pathways from activities to objectives", (notice,) if notice else ())
