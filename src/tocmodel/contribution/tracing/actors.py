"""The view of actors: where each acts, who is changed and acts later, and through whom pathways lead."""

from attrs import frozen

from tocmodel.errors import UnknownIdError
from tocmodel.model import Actor, TheoryOfChange
from tocmodel.paths import arrays, downstream
from tocmodel.tables import Column, Table


def acts_in(model: TheoryOfChange, actor: str) -> tuple[str, ...]:
    """Ids of the nodes in which an actor acts: does it, takes part in it, or is the one whose change it is.

    Args:
        model: the model.
        actor: the id of the actor.

    Raises:
        UnknownIdError: if no actor has the id.
    """
    if not isinstance(model.by_id.get(actor), Actor):
        raise UnknownIdError(actor, "actor", [known.id for known in model.actors])
    return tuple(node.id for node in model.nodes if actor in (*node.by, *node.involves, *node.who))


@frozen
class AgentOfChange:
    """An actor who is changed in one node and acts in a later one.

    Attributes:
        actor: the id of the actor.
        title: its title.
        changed_in: ids of the nodes whose change is the actor's and from which a pathway leads to where it acts later.
        acts_later_in: ids of the nodes after these in which it acts: does it, takes part in it, or changes further.
    """

    actor: str
    title: str
    changed_in: tuple[str, ...]
    acts_later_in: tuple[str, ...]

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "actor": self.actor,
            "title": self.title,
            "changed_in": " ".join(self.changed_in),
            "acts_later_in": " ".join(self.acts_later_in),
        }


def agents_of_change(model: TheoryOfChange) -> Table[AgentOfChange]:
    """The actors who are changed in one node and act in a later one: participants who become agents.

    A node changes the actors that it names under ``who``. Later is whatever a pathway leads to.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> _ = draft.actor("pupils", "Pupils")
        >>> fluent = draft.outcome("fluent", "Pupils read fluently", who="pupils")
        >>> helping = draft.outcome("helping", "Pupils help younger ones to read", by="pupils")
        >>> _ = draft.link(fluent, helping)
        >>> print(agents_of_change(draft.done()))
        Actors who are changed and act later
        Actor   Changed in            Acts later in
        ------  --------------------  --------------------------------
        Pupils  Pupils read fluently  Pupils help younger ones to read
    """
    links = arrays(model)
    titles = {node.id: str(node.title) for node in model.nodes}
    rows: list[AgentOfChange] = []
    for actor in model.actors:
        acting = acts_in(model, actor.id)
        later = {node.id: set(downstream(links, node.id)).intersection(acting) for node in model.nodes if actor.id in node.who}
        changed = tuple(node for node, nodes in later.items() if nodes)
        if changed:
            after = {node for nodes in later.values() for node in nodes}
            rows.append(AgentOfChange(actor.id, str(actor.title), changed, tuple(node for node in acting if node in after)))

    def named(nodes: tuple[str, ...]) -> str:
        return "; ".join(titles[node] for node in nodes)

    columns = (
        Column[AgentOfChange]("Actor", lambda row: row.title),
        Column[AgentOfChange]("Changed in", lambda row: named(row.changed_in)),
        Column[AgentOfChange]("Acts later in", lambda row: named(row.acts_later_in)),
    )
    notice = str(model.programme.notice)
    return Table(tuple(rows), columns, "Actors who are changed and act later", (notice,) if notice else ())
