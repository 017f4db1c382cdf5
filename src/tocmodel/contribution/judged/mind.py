"""What would change our mind: the smallest changes that would carry the plausibility of a node across a threshold."""

from collections.abc import Mapping

from attrs import frozen

from tocmodel.contribution.engine.engine import STATES, probability_range, slopes
from tocmodel.contribution.engine.structure import Part, structure
from tocmodel.contribution.judged.flips import check_threshold, chosen_variables, flip
from tocmodel.contribution.judged.plausibility import between, decimals, title
from tocmodel.model import Judgement, RivalStatus, TheoryOfChange
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class Verdict(Word):
    """Where a plausibility stands against a threshold."""

    ABOVE = "above"
    """At or above it, whatever is true within the judged ranges."""
    BELOW = "below"
    """Below it, whatever is true within the judged ranges."""
    OPEN = "open"
    """The ranges allow both."""


class Kind(Word):
    """How something would change our mind."""

    FLIP = "flip"
    """Its probability would have to be another."""
    SETTLE = "settle"
    """Knowing it to stand at one end of its range would settle what is open."""
    RIVAL = "rival"
    """A rival explanation that nobody examined; how much it would change is not known."""


@frozen
class Change:
    """Something that would change our mind.

    Attributes:
        id: the id of the link, assumption, activity, driver or rival explanation.
        title: what it is, in words.
        kind: flip, settle or rival.
        part: link, assumption or driver; None for a rival explanation.
        low: the low end of its range now.
        high: the high end.
        missing: whether nobody judged it.
        at: where it would have to stand; None for a rival explanation.
        size: how far that is from its range, or how much of its range would have to be ruled out; None where not known.
        rising: whether it would have to be at least there; otherwise below.
    """

    id: str
    title: str
    kind: Kind
    part: Part | None = None
    low: float | None = None
    high: float | None = None
    missing: bool = False
    at: float | None = None
    size: float | None = None
    rising: bool | None = None

    def record(self) -> dict[str, object]:
        """The change as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind.value,
            "part": self.part.value if self.part else None,
            "low": self.low,
            "high": self.high,
            "missing": self.missing,
            "at": self.at,
            "size": self.size,
            "rising": self.rising,
        }


def _now(row: Change) -> str:
    if row.low is None or row.high is None:
        return "not examined"
    return "missing" if row.missing else between(row.low, row.high)


_COLUMNS: tuple[Column[Change], ...] = (
    Column("what", lambda row: row.part.value if row.part else "rival"),
    Column("id", lambda row: row.id),
    Column("now", _now),
    Column("would have to be", lambda row: "" if row.at is None else f"{'at least' if row.rising else 'below'} {decimals(row.at)}"),
    Column("change", lambda row: "unknown" if row.size is None else decimals(row.size), number=True),
)


@frozen(repr=False)
class ChangesOfMind(Table[Change]):
    """What would change our mind, the smallest change first.

    Attributes:
        verdict: where the plausibility stands now.
    """

    verdict: Verdict = Verdict.OPEN


def changes_of_mind(
    model: TheoryOfChange, to: str, threshold: float, *, overlay: Mapping[str, Judgement] | None = None, limit: int = STATES, seed: int = 0
) -> ChangesOfMind:
    """What would change our mind on whether the plausibility of a node reaches a threshold.

    If it does whatever is true within the judged ranges: each link, assumption or delivery that could alone bring it
    below, even with everything else at its low end, and how far it would have to fall. If it does not: likewise how far
    one would have to rise, with everything else at its high end. If the ranges allow both: what would settle it if known
    to stand at one end of its range. Rival explanations that nobody examined come last, without a size.

    Args:
        model: the model.
        to: the id of the node.
        threshold: the plausibility that decides, 0 to 1.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        FieldError: if the threshold is no probability.
        UnknownIdError: if no node has the id.
    """
    check_threshold(threshold)
    system = structure(model, overlay=overlay)
    chosen = chosen_variables(system, to, None)
    now = probability_range(system, to, limit=limit, seed=seed)
    verdict = Verdict.ABOVE if now.low >= threshold else Verdict.BELOW if now.high < threshold else Verdict.OPEN
    at_low = slopes(system, to, system.lows(), of=chosen, limit=limit, seed=seed)
    at_high = slopes(system, to, system.highs(), of=chosen, limit=limit, seed=seed)
    changes: list[Change] = []
    for id in chosen:
        variable = system.variables[id]
        low, high = variable.low, variable.high
        from_low, from_high = flip(at_low, id, low, threshold), flip(at_high, id, high, threshold)
        ways: list[tuple[float, float, bool]] = []  # where it would have to stand, how far that is, and whether at least there
        if verdict is Verdict.ABOVE and from_low is not None and from_low <= low:
            ways = [(from_low, low - from_low, False)]
        elif verdict is Verdict.BELOW and from_high is not None and from_high >= high:
            ways = [(from_high, from_high - high, True)]
        elif verdict is Verdict.OPEN:
            ways += [(from_low, from_low - low, True)] if from_low is not None and low <= from_low <= high else []
            ways += [(from_high, high - from_high, False)] if from_high is not None and low <= from_high <= high else []
        if ways:
            at, size, rising = min(ways, key=lambda way: way[1])
            kind = Kind.SETTLE if verdict is Verdict.OPEN else Kind.FLIP
            changes.append(Change(id, title(model, id), kind, variable.part, low, high, variable.judged is None, at, size, rising))
    changes.sort(key=lambda change: change.size or 0.0)
    nodes, _ = system.upstream(to)
    changes += [
        Change(rival.id, str(rival.title), Kind.RIVAL)
        for rival in model.rivals
        if rival.status is RivalStatus.NOT_EXAMINED and nodes.intersection(rival.about)
    ]
    stands = {Verdict.ABOVE: "is at or above", Verdict.BELOW: "is below", Verdict.OPEN: "may be on either side of"}[verdict]
    caption = f"The plausibility of “{model.node(to).title}”, {between(now.low, now.high)}, {stands} {threshold:g}; what would change that"
    notes = [str(model.programme.notice)]
    if verdict is Verdict.OPEN and all(change.kind is Kind.RIVAL for change in changes):
        notes.insert(0, "Knowing a single one of its links, assumptions or deliveries would not settle it.")
    return ChangesOfMind(tuple(changes), _COLUMNS, caption, tuple(filter(None, notes)), verdict=verdict)
