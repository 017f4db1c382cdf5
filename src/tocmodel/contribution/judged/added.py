"""How far several activities lead to the same thing: what each adds alone, what they add together, and what is the same in both."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from tocmodel.contribution.engine.engine import STATES, Method, coalitions
from tocmodel.contribution.engine.structure import Structure, known_node, structure
from tocmodel.contribution.judgements import Suppositions
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.model import Judgement, TheoryOfChange


@frozen
class Added:
    """What activities add to the plausibility of a node.

    Attributes:
        at_low: with everything at the low end of its range.
        at_high: with everything at the high end.
    """

    at_low: float
    at_high: float


@frozen
class ActivityOverlap:
    """What several activities add to the plausibility of a node, alone and together.

    Attributes:
        to: the id of the node.
        alone: for each activity what it adds when the others are absent and everything else stays.
        together: what all of them add.
        overlap: the sum of what each adds alone minus what they add together: above 0 where one does for another, below 0
            where they need each other.
        method: how it was found.
    """

    to: str
    alone: Mapping[str, Added]
    together: Added
    overlap: Added
    method: Method

    def records(self) -> list[dict[str, object]]:
        """One flat record for each activity, one for all together and one for the overlap."""
        rows = [*self.alone.items(), ("together", self.together), ("overlap", self.overlap)]
        return [{"to": self.to, "what": what, "at_low": added.at_low, "at_high": added.at_high} for what, added in rows]


def activity_overlap(
    model: TheoryOfChange,
    activities: Sequence[str],
    to: str,
    *,
    given: Suppositions | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    limit: int = STATES,
    seed: int = 0,
) -> ActivityOverlap:
    """How far several activities lead to the same thing.

    Args:
        model: the model.
        activities: ids of two or more activities or drivers; all others stay as they are.
        to: the id of the node.
        given: probabilities to suppose, by id.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        UnknownIdError: if no node has the id, or one of the activities does not start by itself.
        FieldError: if there are fewer than two different activities.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> sure = {"low": "1", "high": "1", "by": "a panel", "on": "2024-05-02", "why": "as an example"}
        >>> habit = draft.outcome("habit", "Children read")
        >>> for id in ("club", "loans"):
        ...     _ = draft.link(draft.activity(id, id, delivery=sure), habit, strength=sure | {"low": "0.5", "high": "0.5"})
        >>> found = activity_overlap(draft.done(), ["club", "loans"], "habit")
        >>> found.alone["club"].at_low, found.together.at_low, found.overlap.at_low
        (0.5, 0.75, 0.25)
    """
    system = structure(model, overlay=overlay, given=given)
    known_node(system, to)
    players = tuple(dict.fromkeys(activities))
    for id in players:
        if id not in system.drivers:
            raise UnknownIdError(id, "activity or driver", system.drivers)
    if len(players) < 2:
        message = "an overlap is of at least two activities"
        raise FieldError(message, "name another one")
    low, method = _added(system, to, system.lows(), players, limit, seed)
    high, other = _added(system, to, system.highs(), players, limit, seed)
    ends = [Added(*pair) for pair in zip(low, high, strict=True)]
    *alone, together = ends
    overlap = Added(sum(own.at_low for own in alone) - together.at_low, sum(own.at_high for own in alone) - together.at_high)
    worst = Method.MONTE_CARLO if Method.MONTE_CARLO in {method, other} else Method.EXACT
    return ActivityOverlap(to, dict(zip(players, alone, strict=True)), together, overlap, worst)


def _added(
    system: Structure, to: str, chances: Mapping[str, float], players: Sequence[str], limit: int, seed: int
) -> tuple[list[float], Method]:
    """What each player adds alone, and at last what all add together."""
    table, method = coalitions(system, to, chances, players=players, limit=limit, seed=seed)
    return [table[1 << place] - table[0] for place in range(len(players))] + [table[-1] - table[0]], method
