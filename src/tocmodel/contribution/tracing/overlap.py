"""What activities share on their way to an objective, and whether one adds a way of its own to another's."""

from collections.abc import Iterable

from attrs import frozen

from tocmodel.contribution.tracing.trace import ids_of_nodes
from tocmodel.errors import RefusedError
from tocmodel.model import TheoryOfChange
from tocmodel.paths import Bottlenecks, arrays, bottlenecks, on_the_way, smallest_link_cut


@frozen
class Overlap:
    """What activities share on their way to an end.

    Attributes:
        activities: the ids of the activities.
        to: the id of the end.
        titles: the titles of the nodes named.
        reaching: the ids of the activities that lead to the end at all.
        nodes: ids of the nodes, other than the end, on the way from each of these.
        links: ids of the links on the way from each.
        bottlenecks: what every pathway from any of them passes.
        single: for each activity, the fewest links whose loss breaks all its pathways; None for the end itself.
        joint: the fewest links whose loss breaks all pathways of all; None if the end is among the activities.
        notice: what has to stand on everything shown of the model.
    """

    activities: tuple[str, ...]
    to: str
    titles: dict[str, str]
    reaching: tuple[str, ...]
    nodes: tuple[str, ...]
    links: tuple[str, ...]
    bottlenecks: Bottlenecks
    single: tuple[int | None, ...]
    joint: int | None
    notice: str = ""

    @property
    def shared(self) -> int | None:
        """How many independent ways are counted more than once when each activity is looked at alone; 0 for ways apart."""
        known = [size for size in self.single if size is not None]
        return None if self.joint is None or len(known) < len(self.single) else sum(known) - self.joint

    def sentence(self) -> str:
        """What they share, in a sentence or two."""
        names = ", ".join(f"“{self.titles[activity]}”" for activity in self.reaching)
        end = f"“{self.titles[self.to]}”"
        if len(self.reaching) <= 1:
            return f"Of these activities only {names} leads to {end}." if self.reaching else f"None of these activities leads to {end}."
        passed = "; ".join(f"“{self.titles[node]}”" for node in self.bottlenecks.nodes)
        alike = f"share {_counted(len(self.nodes), 'node')} and {_counted(len(self.links), 'link')} on the way to {end}"
        return f"{names} {alike}. " + (f"All their pathways pass {passed}." if passed else "No single node is on all their pathways.")

    def record(self) -> dict[str, object]:
        """The overlap as one flat record."""
        return {
            "activities": " ".join(self.activities),
            "to": self.to,
            "reaching": " ".join(self.reaching),
            "shared_nodes": " ".join(self.nodes),
            "shared_links": " ".join(self.links),
            "bottleneck_nodes": " ".join(self.bottlenecks.nodes),
            "bottleneck_links": " ".join(self.bottlenecks.links),
            "single": " ".join("–" if size is None else str(size) for size in self.single),
            "joint": self.joint,
            "shared": self.shared,
        }

    def __str__(self) -> str:
        return "\n".join(filter(None, [self.sentence(), self.notice]))


def _counted(number: int, name: str) -> str:
    return f"{number} {name if number == 1 else name + 's'}"


def overlap(model: TheoryOfChange, activities: Iterable[str], to: str) -> Overlap:
    """What activities share on their way to an end: nodes, links, joint bottlenecks, and how far their ways are the same.

    Two activities whose smallest cuts are 2 and 1 links, and together 2, have one way in common: 2 + 1 - 2.

    Args:
        model: the model.
        activities: ids of two or more nodes.
        to: the id of the node to reach.

    Raises:
        UnknownIdError: if no node has one of the ids.
        RefusedError: if fewer than two activities are named.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> clubs, books = draft.activity("clubs", "Reading clubs"), draft.activity("books", "Book boxes")
        >>> read, fluent = draft.outcome("read", "Pupils read daily"), draft.objective("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, read), draft.link(books, read), draft.link(read, fluent)
        >>> print(overlap(draft.done(), [clubs, books], fluent).sentence())
        “Reading clubs”, “Book boxes” share 1 node and 1 link on the way to “Pupils read fluently”. All their pathways pass “Pupils read daily”.

    Source: joint and single robustness after Powell (Causal Map guide), on links instead of claims.
    """
    starts, (end,) = ids_of_nodes(model, activities), ids_of_nodes(model, to)
    if len(starts) < 2:
        raise RefusedError("an overlap is between two activities or more")
    links = arrays(model)
    ways = {start: on_the_way(links, start, end) for start in starts}
    reaching = tuple(start for start, way in ways.items() if way.nodes)
    common = [ways[start] for start in reaching]
    nodes = set[str].intersection(*(set(way.nodes) for way in common)) - {end} if common else set[str]()
    shared = set[str].intersection(*(set(way.links) for way in common)) if common else set[str]()
    named = {*starts, end, *nodes}
    passed = bottlenecks(links, reaching, end)
    return Overlap(
        activities=starts,
        to=end,
        titles={node.id: str(node.title) for node in model.nodes if node.id in named or node.id in passed.nodes},
        reaching=reaching,
        nodes=tuple(node for node in links.nodes if node in nodes),
        links=tuple(link for link in links.links if link in shared),
        bottlenecks=passed,
        single=tuple(smallest_link_cut(links, start, end).size for start in starts),
        joint=smallest_link_cut(links, starts, end).size,
        notice=str(model.programme.notice),
    )
