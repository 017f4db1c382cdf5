"""What a revision does to the plausibility of nodes, as far as somebody judged links, assumptions and deliveries."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeAlias

from attrs import frozen

from tocmodel.contribution import Plausibility, plausibility
from tocmodel.contribution.engine.engine import Method
from tocmodel.contribution.engine.structure import Structure, structure
from tocmodel.contribution.judged.plausibility import between
from tocmodel.figures.display import apart
from tocmodel.messages import Message, and_more, message
from tocmodel.model import TheoryOfChange
from tocmodel.tables import Column, Table
from tocmodel.versions.difference import successors
from tocmodel.words import Word

STATES, SAMPLES = 20_000, 1 << 15
"""Fewer than for a single node, since a revision may touch hundreds of them."""
_Ends: TypeAlias = tuple[float, float]
_MOST = 3
"""How many ids of what is not judged people see at once."""


class Shift(Word):
    """How the plausibility after stands to the plausibility before."""

    SAME = "the same"
    MORE = "more plausible"
    LESS = "less plausible"
    HIGHER = "higher, but the ranges overlap"
    LOWER = "lower, but the ranges overlap"
    NARROWER = "a narrower range"
    WIDER = "a wider range"
    OPEN = "not decided: estimates that overlap"
    ADDED = "a new node"
    REMOVED = "the node is gone"
    JUDGED = "can be judged now"
    UNJUDGED = "can no longer be judged"


_SAID: Mapping[Shift, Message] = {
    Shift.SAME: message("the same"),
    Shift.MORE: message("more plausible"),
    Shift.LESS: message("less plausible"),
    Shift.HIGHER: message("higher, but the ranges overlap"),
    Shift.LOWER: message("lower, but the ranges overlap"),
    Shift.NARROWER: message("a narrower range"),
    Shift.WIDER: message("a wider range"),
    Shift.OPEN: message("not decided: estimates that overlap"),
    Shift.ADDED: message("a new node"),
    Shift.REMOVED: message("the node is gone"),
    Shift.JUDGED: message("can be judged now"),
    Shift.UNJUDGED: message("can no longer be judged"),
}


@frozen
class PlausibilityChange:
    """A node whose plausibility differs between two versions.

    Attributes:
        node: the id of the node, the new one where it was renamed.
        title: its title.
        old: its plausibility before; None where there was no such node.
        new: its plausibility after; None where there is none.
    """

    node: str
    title: str
    old: Plausibility | None
    new: Plausibility | None

    @property
    def shift(self) -> Shift:
        """What happened, if each link alone suffices wherever nobody stated packages."""
        return self._shift(needed=False)

    @property
    def shift_if_all_needed(self) -> Shift:
        """What happened, if every link is needed wherever nobody stated packages."""
        return self._shift(needed=True)

    def _shift(self, *, needed: bool) -> Shift:
        if self.old is None or self.new is None:
            return Shift.ADDED if self.old is None else Shift.REMOVED
        if self.old.can_be_judged != self.new.can_be_judged:
            return Shift.JUDGED if self.new.can_be_judged else Shift.UNJUDGED
        estimated = Method.MONTE_CARLO in {self.old.method, self.new.method}
        return _shift(_ends(self.old, needed=needed), _ends(self.new, needed=needed), estimated=estimated)

    def sentence(self) -> str:
        """What happened in words; where the two readings differ, both."""
        shift, other = _SAID[self.shift], _SAID[self.shift_if_all_needed]
        return shift if other is shift else message("%(shift)s; if all links were needed: %(other)s", shift=shift, other=other)

    def not_judged(self) -> str:
        """Why there is no plausibility before or after; empty where there are both."""
        reasons: list[str] = []
        if self.old is not None and not self.old.can_be_judged:
            reasons.append(message("before, not judged: %(ids)s", ids=and_more(self.old.missing, _MOST)))
        if self.new is not None and not self.new.can_be_judged:
            reasons.append(message("after, not judged: %(ids)s", ids=and_more(self.new.missing, _MOST)))
        return apart(reasons)

    def record(self) -> dict[str, object]:
        """The change as one flat record; no numbers where a plausibility cannot be judged."""
        return {
            "node": self.node,
            "title": self.title,
            **{f"old_{name}": value for name, value in _numbers(self.old).items()},
            **{f"new_{name}": value for name, value in _numbers(self.new).items()},
            "shift": self.shift.name.lower(),
            "shift_if_all_needed": self.shift_if_all_needed.name.lower(),
            "not_judged": self.not_judged(),
        }


def _numbers(side: Plausibility | None) -> dict[str, object]:
    judged = side if side is not None and side.can_be_judged else None
    needed = judged.all_needed if judged and judged.all_needed else (None, None)
    return {
        "low": judged.low if judged else None,
        "high": judged.high if judged else None,
        "all_needed_low": needed[0],
        "all_needed_high": needed[1],
        "method": judged.method.value if judged else None,
        "missing": " ".join(side.missing) if side else "",
    }


def _ends(side: Plausibility, *, needed: bool) -> _Ends:
    low, high = side.all_needed if needed and side.all_needed is not None else (side.low, side.high)
    return round(low, 12), round(high, 12)  # what only the last places of a float add is no change


def _shift(old: _Ends, new: _Ends, *, estimated: bool) -> Shift:
    if old == new:
        return Shift.SAME
    if new[0] > old[1]:
        return Shift.MORE
    if new[1] < old[0]:
        return Shift.LESS
    if estimated:
        return Shift.OPEN
    if old[0] <= new[0] and new[1] <= old[1]:
        return Shift.NARROWER
    if new[0] <= old[0] and old[1] <= new[1]:
        return Shift.WIDER
    return Shift.HIGHER if new[0] > old[0] else Shift.LOWER


def _shown(side: Plausibility | None) -> str:
    if side is None:
        return "–"
    if not side.can_be_judged:
        return message("cannot be judged")
    found = between(side.low, side.high)
    if side.all_needed is None:
        return found
    return message("%(range)s (%(needed)s if all links are needed)", range=found, needed=between(*side.all_needed))


_COLUMNS: tuple[Column[PlausibilityChange], ...] = (
    Column(message("node"), lambda change: change.title),
    Column(message("plausibility before"), lambda change: _shown(change.old)),
    Column(message("plausibility after"), lambda change: _shown(change.new)),
    Column(message("what changed"), lambda change: change.sentence()),
    Column(message("why not judged"), lambda change: change.not_judged()),
)


def plausibility_changes(
    old: TheoryOfChange, new: TheoryOfChange, *, limit: int = STATES, seed: int = 0, samples: int = SAMPLES
) -> Table[PlausibilityChange]:
    """The nodes whose plausibility differs between two versions of a model.

    Only judgements that stand in the models count, and nothing is filled in: a node that cannot be judged in either version
    has no row, and is named in a note if the revision touches anything on the way to it.

    Args:
        old: the model before.
        new: the model after.
        limit: the most states that the exact method may hold for one node; beyond it an estimate with its 95 % interval is compared.
        seed: of the random numbers of an estimate.
        samples: how many samples an estimate draws.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> def plan(strength):
        ...     judged = {"by": "a panel of teachers", "on": "2024-05-02", "why": "two earlier clubs"}
        ...     draft = TheoryOfChange.build("reading")
        ...     club = draft.activity("club", "A reading club meets", delivery={"low": "1", "high": "1", **judged})
        ...     habit = draft.outcome("habit", "Children read for pleasure")
        ...     _ = draft.link(club, habit, strength={"low": strength, "high": "0.6", **judged})
        ...     return draft.done()
        >>> change = plausibility_changes(plan("0.2"), plan("0.5")).one()
        >>> change.node, change.shift.value
        ('habit', 'a narrower range')
    """
    caption = message("What the revision does to the plausibility of %(programme)s", programme=new.programme.title or new.programme.id)
    before, after = structure(old), structure(new)
    if not _anything_judged(before) and not _anything_judged(after):
        note = message("no probability is judged in either version, so there is no plausibility to compare")
        return Table((), _COLUMNS, caption, (note, *new.programme.notices))
    names = successors(old, new)
    former = {names.get(node, node): node for node in before.nodes}
    changes: list[PlausibilityChange] = []
    unjudged: list[str] = []
    for node in _touched(before, after, names):
        was = plausibility(old, former[node], limit=limit, seed=seed, samples=samples) if node in former else None
        there = node in after.starts or node in after.packages
        now = plausibility(new, node, limit=limit, seed=seed, samples=samples) if there else None
        side = now or was
        assert side is not None
        change = PlausibilityChange(node, side.titles[side.to], was, now)
        if not any(each.can_be_judged for each in (was, now) if each is not None):
            unjudged.append(node)
        elif {change.shift, change.shift_if_all_needed} != {Shift.SAME}:
            changes.append(change)
    notes = [] if changes else [message("no plausibility differs")]
    if unjudged:
        named = and_more(unjudged, _MOST)
        notes.append(message("touched by the revision, and cannot be judged before or after: %(ids)s", ids=named))
    return Table(tuple(changes), _COLUMNS, caption, (*notes, *new.programme.notices))


def _anything_judged(system: Structure) -> bool:
    return any(variable.judged is not None for variable in system.variables.values())


def _touched(before: Structure, after: Structure, names: Mapping[str, str]) -> list[str]:
    """The nodes that something on the way to them differs for, the new ones first; only their plausibility can differ."""
    was, now = _parts(before, names), _parts(after, {})
    nodes = dict.fromkeys((*after.nodes, *(names.get(node, node) for node in before.nodes)))
    touched = {node for node in nodes if was.get(node) != now.get(node)}
    follow: dict[str, set[str]] = {}
    for system, renamed in ((before, names), (after, {})):
        for step in system.links.values():
            follow.setdefault(renamed.get(step.from_, step.from_), set()).add(renamed.get(step.to, step.to))
    waiting = list(touched)
    while waiting:
        onward = follow.get(waiting.pop(), set()) - touched
        touched |= onward
        waiting += onward
    return [node for node in nodes if node in touched]


def _parts(system: Structure, names: Mapping[str, str]) -> dict[str, Hashable]:
    """For each node what its plausibility rests on directly: its own chance, or its packages with their links and assumptions."""

    def chances(ids: Iterable[str]) -> Hashable:
        return tuple(
            (names.get(id, id), system.variables[id].low, system.variables[id].high, system.variables[id].judged is None) for id in ids
        )

    def requirement(id: str) -> Hashable:
        step = system.links.get(id)
        return chances([id]) if step is None else (chances([id, *step.assumptions]), names.get(step.from_, step.from_), step.feedback)

    found: dict[str, Hashable] = {names.get(node, node): chances([node]) for node in system.starts_in_order}
    for node, packages in system.packages.items():
        own = tuple((package.at_least, *map(requirement, package.of)) for package in packages)
        found[names.get(node, node)] = (node in system.assumed, own)
    return found
