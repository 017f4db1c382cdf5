"""Which sets of activities, drivers and assumptions suffice for a node, and what part each one has in them."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from tocmodel.contribution.engine.structure import Part, Structure, known_node, structure
from tocmodel.errors import UnknownIdError
from tocmodel.model import TheoryOfChange
from tocmodel.words import Word

_BUDGET = 5_000
"""How many sets are kept for a node at a time."""


class Role(Word):
    """The part that an activity, driver or assumption has in reaching a node, if every link holds."""

    NECESSARY = "necessary"
    """It is in every minimal set."""
    CONTRIBUTOR = "contributor"
    """It is in some: an insufficient but necessary part of an unnecessary but sufficient set (INUS)."""
    REDUNDANT = "redundant"
    """A pathway leads from it to the node, but it is in no minimal set."""
    NONE = "none"
    """Nothing leads from it to the node."""


@frozen
class Sufficient:
    """The minimal sets that suffice for a node, if every link holds.

    Attributes:
        to: the id of the node.
        sets: ids of activities, drivers and assumptions; nothing can be taken from a set without losing the node.
        truncated: whether there may be more than the budget allowed to find.
    """

    to: str
    sets: tuple[tuple[str, ...], ...]
    truncated: bool

    def records(self) -> list[dict[str, object]]:
        """The sets as flat records."""
        return [{"to": self.to, "set": number, "needs": " ".join(own)} for number, own in enumerate(self.sets, start=1)]

    def sentence(self, titles: Mapping[str, str]) -> str:
        """The sets in words.

        Args:
            titles: what to call the elements, by id; ids where left out.
        """
        if not self.sets:
            return "Nothing in the theory suffices."
        ways = "; or ".join(" and ".join(titles.get(id, id) for id in own) or "nothing more" for own in self.sets)
        return f"If every link holds, these suffice: {ways}." + (" There may be more." if self.truncated else "")


@frozen
class _Family:
    """Sets of elements as masks of bits, none of which holds another."""

    sets: tuple[int, ...] = ()
    truncated: bool = field(default=False, eq=False)

    def __or__(self, other: "_Family") -> "_Family":
        return _family([*self.sets, *other.sets], truncated=self.truncated or other.truncated)

    def __and__(self, other: "_Family") -> "_Family":
        return _family((one | two for one in self.sets for two in other.sets), truncated=self.truncated or other.truncated)


_ALWAYS = _Family((0,))
_NEVER = _Family()


def _family(masks: Iterable[int], *, truncated: bool = False) -> _Family:
    """Keep the minimal sets, the smallest first, as far as the budget goes."""
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda mask: (mask.bit_count(), mask)):
        if len(kept) == _BUDGET:
            return _Family(tuple(kept), truncated=True)
        if not any(own & mask == own for own in kept):
            kept.append(mask)
    return _Family(tuple(kept), truncated)


def packages(model: TheoryOfChange, to: str) -> Sufficient:
    """The minimal sets of activities, drivers and assumptions that suffice for a node when every link holds.

    A node without packages is reached by each of its links alone. Loops never start themselves. The number of sets can
    grow exponentially: a budget bounds it, and then the result says that it is truncated.

    Args:
        model: the model.
        to: the id of the node.

    Raises:
        UnknownIdError: if no node has the id.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> for id in ("club", "library"):
        ...     _ = draft.activity(id, id)
        >>> habit = draft.outcome("habit", "Children read for pleasure")
        >>> links = [draft.link("club", habit), draft.link("library", habit)]
        >>> _ = draft.package("both", habit, links=links)
        >>> packages(draft.done(), "habit").sets
        (('club', 'library'),)

    Source: Mackie (1965) for INUS conditions; Mayne (2012) for causal packages.
    """
    system = structure(model)
    known_node(system, to)
    names = _elements(system)
    found = _minimal(system, to, names)
    sets = found.sets
    if found.truncated:  # what was dropped might have shown a set not to be minimal
        sets = tuple(dict.fromkeys(_trimmed(system, to, names, mask) for mask in sets))
    return Sufficient(to, tuple(_named(mask, names) for mask in sets), found.truncated)


def _elements(system: Structure) -> list[str]:
    return [id for id, variable in system.variables.items() if variable.part is not Part.LINK]


def _named(mask: int, names: list[str]) -> tuple[str, ...]:
    return tuple(name for number, name in enumerate(names) if mask >> number & 1)


def _suffices(system: Structure, to: str, present: Iterable[str]) -> bool:
    return to in system.reached({*system.links, *present})


def _trimmed(system: Structure, to: str, names: list[str], mask: int) -> int:
    for number in range(len(names)):
        if mask >> number & 1 and _suffices(system, to, _named(mask & ~(1 << number), names)):
            mask &= ~(1 << number)
    return mask


def _minimal(system: Structure, to: str, names: list[str]) -> _Family:
    """The minimal sets of a node: from nothing outwards, until no node gains any."""
    bit = {name: 1 << number for number, name in enumerate(names)}
    upstream, _ = system.upstream(to)
    order = [node for node in system.packages if node in upstream]
    families = {node: _Family((bit[node],)) if node in system.starts else _NEVER for node in upstream}

    def of(requirement: str) -> _Family:
        step = system.links.get(requirement)
        if step is None:
            return _Family((bit[requirement],))
        assumptions = sum(bit[id] for id in dict.fromkeys(step.assumptions))
        return families[step.from_] & _Family((assumptions,))

    for _ in order:  # after as many rounds as there are nodes, every way without a loop has been found
        before = dict(families)
        for node in order:
            own = _NEVER
            for package in system.packages[node]:
                own |= _at_least(package.at_least, [of(id) for id in package.of])
            families[node] = own
        if before == families:
            break
    return families[to]


def _at_least(number: int, families: list[_Family]) -> _Family:
    so_many = [_ALWAYS, *[_NEVER] * number]
    for own in families:
        so_many = [_ALWAYS, *(more | (less & own) for less, more in pairwise(so_many))]
    return so_many[number]


def roles(model: TheoryOfChange, to: str) -> dict[str, Role]:
    """The part that each activity, driver and assumption has in reaching a node, if every link holds.

    Args:
        model: the model.
        to: the id of the node.

    Raises:
        UnknownIdError: if no node has the id.
    """
    system = structure(model)
    known_node(system, to)
    found = _minimal(system, to, _elements(system))
    relevant = set(system.relevant(to))
    result: dict[str, Role] = {}
    for number, name in enumerate(_elements(system)):
        within = sum(mask >> number & 1 for mask in found.sets)
        if name not in relevant:
            result[name] = Role.NONE
        elif within == 0:
            result[name] = Role.REDUNDANT
        else:
            result[name] = Role.NECESSARY if within == len(found.sets) and not found.truncated else Role.CONTRIBUTOR
    return result


def responsibility(model: TheoryOfChange, to: str, present: Collection[str]) -> dict[str, Fraction]:
    """The degree of responsibility of each present activity, driver and assumption for a node that is reached.

    1 / (1 + k), where k is the fewest other present ones to take away so that the node is still reached but falls when
    this one goes too; 0 if that never happens.

    Args:
        model: the model.
        to: the id of the node.
        present: ids of the activities, drivers and assumptions that were there; every link is taken to hold.

    Raises:
        UnknownIdError: if no node has the id, or one of the present is no activity, driver or assumption that counts.

    Source: Chockler and Halpern (2004), Responsibility and blame.
    """
    system = structure(model)
    known_node(system, to)
    names = _elements(system)
    for id in present:
        if id not in names:
            raise UnknownIdError(id, "activity, driver or assumption that counts", names)
    there = sum(1 << names.index(id) for id in dict.fromkeys(present))
    sets = [mask for mask in _minimal(system, to, names).sets if mask & ~there == 0]
    result: dict[str, Fraction] = {}
    for id in dict.fromkeys(present):
        own = 1 << names.index(id)
        without = [mask for mask in sets if not mask & own]
        fewest: int | None = None
        for kept in sets:
            if kept & own:
                fewest = _smallest_hit([mask & ~kept for mask in without], fewest)
        result[id] = Fraction(0) if fewest is None else Fraction(1, 1 + fewest)
    return result


def _smallest_hit(masks: list[int], best: int | None) -> int | None:
    """The fewest elements that meet every set, if fewer than the best so far; otherwise the best so far."""

    def search(left: list[int], taken: int) -> None:
        nonlocal best
        if best is not None and taken >= best:
            return
        if not left:
            best = taken
            return
        smallest = min(left, key=int.bit_count)
        while smallest:
            element = smallest & -smallest
            smallest ^= element
            search([mask for mask in left if not mask & element], taken + 1)

    search(masks, 0)
    return best
