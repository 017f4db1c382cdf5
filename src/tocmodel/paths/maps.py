"""Causal maps whose labels have levels and opposites: zooming out, and the paths that only zooming makes.

A label such as ``Knowledge; rights`` is of two levels; ``~Income`` is the opposite of ``Income``. Links are pairs of labels.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tocmodel.paths.arrays import distances

if TYPE_CHECKING:
    from tocmodel.paths.arrays import LinkArrays

LabelLink: TypeAlias = tuple[str, str]


@frozen
class ZoomedLink:
    """A link between two zoomed labels.

    Attributes:
        from_: the label it starts from.
        to: the label it leads to.
        count: how many links it stands for.
    """

    from_: str
    to: str
    count: int


@frozen
class ZoomCheck:
    """Whether a path is there, or zooming makes it up.

    Attributes:
        before: whether links as they were told lead from one to the other.
        after: whether zoomed links do.
    """

    before: bool
    after: bool

    @property
    def false_path(self) -> bool:
        """Whether only zooming leads from one to the other."""
        return self.after and not self.before


@frozen
class OpposedPair:
    """What links say of two labels, with and without an opposite at one end.

    Attributes:
        from_: the label where links start, without its mark.
        to: the label that they lead to, without its mark.
        same: how many links have an opposite at neither end or at both.
        opposite: how many have one at a single end, and so speak against the others.
    """

    from_: str
    to: str
    same: int
    opposite: int


def zoomed(label: str, level: int, *, separator: str = "; ") -> str:
    """A label cut to its first parts.

    Raises:
        ValueError: if the level is below 1.

    Example:
        >>> zoomed("Food; price; bread", 2)
        'Food; price'
    """
    if level < 1:
        message = f"a level is at least 1, not {level}"
        raise ValueError(message)
    return separator.join(label.split(separator)[:level])


def zoom(links: Iterable[LabelLink], level: int, *, separator: str = "; ") -> tuple[ZoomedLink, ...]:
    """Links between labels cut to a level, with how many links each stands for; links inside one label vanish.

    Zooming may join what nobody told together: trace first and zoom after, or ask `false_paths`.

    Args:
        links: pairs of labels.
        level: how many parts of a label to keep, from 1.
        separator: what stands between the parts.

    Raises:
        ValueError: if the level is below 1.

    Example:
        >>> zoom([("Clubs; weekly", "Knowledge; rights"), ("Clubs; drama", "Knowledge; rights")], 1)
        (ZoomedLink(from_='Clubs', to='Knowledge', count=2),)

    Source: the filter “zoom factors” of causal mapping (Powell, Causal Map guide).
    """
    counts: dict[LabelLink, int] = {}
    for from_, to in links:
        ends = zoomed(from_, level, separator=separator), zoomed(to, level, separator=separator)
        if ends[0] != ends[1]:
            counts[ends] = counts.get(ends, 0) + 1
    return tuple(ZoomedLink(from_, to, count) for (from_, to), count in counts.items())


def zoom_check(links: Iterable[LabelLink], from_: str, to: str, level: int, *, separator: str = "; ") -> ZoomCheck:
    """Whether a path between two zoomed labels is there before zooming, from any label under the one to any under the other.

    Args:
        links: pairs of labels, as they were told.
        from_: the zoomed label to start from.
        to: the zoomed label to reach.
        level: how many parts of a label to keep, from 1.
        separator: what stands between the parts.

    Raises:
        ValueError: if the level is below 1.

    Example:
        >>> zoom_check([("Clubs", "Knowledge; rights"), ("Knowledge; farming", "Income")], "Clubs", "Income", 1)
        ZoomCheck(before=False, after=True)
    """
    return ZoomCheck(*((from_, to) in pairs for pairs in _joined_pairs(list(links), level, separator, {from_})))


def false_paths(links: Iterable[LabelLink], level: int, *, separator: str = "; ") -> tuple[LabelLink, ...]:
    """The pairs of zoomed labels that only zooming joins; arguments and errors are those of `zoom`.

    Example:
        >>> false_paths([("Clubs", "Knowledge; rights"), ("Knowledge; farming", "Income")], 1)
        (('Clubs', 'Income'),)
    """
    told = list(links)
    starts = {zoomed(from_, level, separator=separator) for from_, _ in told}
    before, after = _joined_pairs(told, level, separator, starts)
    return tuple(sorted(after - before))


def _joined_pairs(links: Sequence[LabelLink], level: int, separator: str, starts: set[str]) -> tuple[set[LabelLink], set[LabelLink]]:
    """The pairs of different zoomed labels that a path joins before zooming, and after it."""
    import numpy as np

    short = {label: zoomed(label, level, separator=separator) for link in links for label in link}
    map_before, map_after = _map(links), _map([(link.from_, link.to) for link in zoom(links, level, separator=separator)])
    before: set[LabelLink] = set()
    after: set[LabelLink] = set()
    for start in starts:
        under = [number for label, number in map_before.number.items() if short[label] == start]
        reached = np.flatnonzero(distances(map_before.after, np.array(under, np.int64)) >= 0).tolist()
        before.update((start, short[map_before.nodes[node]]) for node in reached)
        if start in map_after.number:
            reached = np.flatnonzero(distances(map_after.after, map_after.numbers(start)) >= 0).tolist()
            after.update((start, map_after.nodes[node]) for node in reached)
    return before, after


def _map(links: Sequence[LabelLink]) -> "LinkArrays":
    from tocmodel.paths.arrays import numbered

    labels = list(dict.fromkeys(label for link in links for label in link))
    return numbered(labels, [(from_, to, "") for from_, to in links])


def opposites(links: Iterable[LabelLink], *, mark: str = "~") -> tuple[OpposedPair, ...]:
    """Join labels with their opposites, and keep how many links speak for the relation and how many against it.

    ``~Income`` → ``~Health`` supports ``Income`` → ``Health``; ``~Income`` → ``Health`` speaks against it.

    Args:
        links: pairs of labels.
        mark: what stands before a label to make it its opposite.

    Example:
        >>> opposites([("Income", "Health"), ("~Income", "~Health"), ("~Income", "Health")])
        (OpposedPair(from_='Income', to='Health', same=2, opposite=1),)

    Source: “combine opposites” of causal mapping (Powell, Causal Map guide).
    """
    counts: dict[LabelLink, list[int]] = {}
    for from_, to in links:
        ends = from_.removeprefix(mark), to.removeprefix(mark)
        flipped = from_.startswith(mark) != to.startswith(mark)
        counts.setdefault(ends, [0, 0])[flipped] += 1
    return tuple(OpposedPair(from_, to, same, opposite) for (from_, to), (same, opposite) in counts.items())
