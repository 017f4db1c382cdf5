"""What leads to a node, what follows from it, and the loops of a theory."""

from attrs import frozen

from tocmodel import paths
from tocmodel.model import Node, Sign, TheoryOfChange
from tocmodel.paths import Loops
from tocmodel.paths.arrays import distances
from tocmodel.tables import Column, Table


@frozen
class StreamRow:
    """A node upstream or downstream of another.

    Attributes:
        node: its id.
        title: its title.
        kind: what kind of node it is.
        links: how many links away, by the shortest way.
    """

    node: str
    title: str
    kind: str
    links: int

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {"node": self.node, "title": self.title, "kind": self.kind, "links": self.links}


def upstream(model: TheoryOfChange, id: str, *, max_links: int | None = None) -> Table[StreamRow]:
    """Everything that the theory says leads to a node, nearest first.

    Args:
        model: the model.
        id: the id of the node.
        max_links: the most links away; None for any number.

    Raises:
        UnknownIdError: if no node has the id.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs, fluent = draft.activity("clubs", "Reading clubs"), draft.outcome("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, fluent)
        >>> print(upstream(draft.done(), "fluent"))
        What leads to “Pupils read fluently”
        Links  Node           Kind
        -----  -------------  --------
            1  Reading clubs  activity
    """
    return _stream(model, model.node(id), up=True, max_links=max_links)


def downstream(model: TheoryOfChange, id: str, *, max_links: int | None = None) -> Table[StreamRow]:
    """Everything that the theory says follows from a node, nearest first; arguments and errors are those of `upstream`.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs, fluent = draft.activity("clubs", "Reading clubs"), draft.outcome("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, fluent)
        >>> [row.node for row in downstream(draft.done(), "clubs")]
        ['fluent']
    """
    return _stream(model, model.node(id), up=False, max_links=max_links)


def _stream(model: TheoryOfChange, node: Node, *, up: bool, max_links: int | None) -> Table[StreamRow]:
    links = paths.arrays(model)
    away = distances(links.before if up else links.after, links.numbers(node.id), max_links=max_links).tolist()
    found = [StreamRow(other.id, str(other.title), other.kind, far) for other, far in zip(model.nodes, away, strict=True) if far > 0]
    columns = (
        Column[StreamRow]("Links", lambda row: str(row.links), number=True),
        Column[StreamRow]("Node", lambda row: row.title),
        Column[StreamRow]("Kind", lambda row: row.kind),
    )
    notice = str(model.programme.notice)
    caption = f"What {'leads to' if up else 'follows from'} “{node.title}”"
    return Table(tuple(sorted(found, key=lambda row: row.links)), columns, caption, (notice,) if notice else ())


def loops(model: TheoryOfChange, *, max_links: int | None = None, budget: int = 1000) -> Loops:
    """The loops that a theory draws, with their polarity, and whether their author declared them as feedback.

    Args:
        model: the model.
        max_links: the most links that a loop may have; None for any number.
        budget: the most loops to list.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> read, like = draft.outcome("read", "Pupils read daily"), draft.outcome("like", "Pupils like to read")
        >>> _ = draft.link(read, like), draft.link(like, read, feedback=True)
        >>> loop, = loops(draft.done()).loops
        >>> loop.nodes, str(loop.polarity), loop.declared
        (('like', 'read'), 'reinforcing', True)
    """
    hindering = [link.id for link in model.links if link.sign is Sign.HINDERS]
    feedback = [link.id for link in model.links if link.feedback]
    return paths.simple_loops(model, hindering=hindering, feedback=feedback, max_links=max_links, budget=budget)
