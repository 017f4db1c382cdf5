"""Flip points: the value of one link, assumption or delivery at which the plausibility of a node equals a threshold."""

from collections.abc import Collection, Mapping

from attrs import frozen

from tocmodel.contribution.engine.engine import STATES, Slopes, slopes
from tocmodel.contribution.engine.structure import Part, Structure, known_node, structure
from tocmodel.contribution.judged.plausibility import between, decimals, title
from tocmodel.contribution.judgements import Suppositions
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.model import Judgement, TheoryOfChange
from tocmodel.tables import Column, Table

NEGLIGIBLE = 1e-12
"""A gain below this is one of rounding."""


@frozen
class FlipPoint:
    """Where one link, assumption or delivery would have to stand for the plausibility to equal the threshold.

    Attributes:
        id: its id.
        title: what it is, in words.
        part: link, assumption or driver.
        low: the low end of its range.
        high: the high end.
        missing: whether nobody judged it.
        at_low: the value, 0 to 1, at which the threshold is met with everything else at its low end; None if there is none.
        at_high: likewise with everything else at its high end.
    """

    id: str
    title: str
    part: Part
    low: float
    high: float
    missing: bool
    at_low: float | None
    at_high: float | None

    def record(self) -> dict[str, object]:
        """The flip point as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "part": self.part.value,
            "low": self.low,
            "high": self.high,
            "missing": self.missing,
            "at_low": self.at_low,
            "at_high": self.at_high,
        }


_COLUMNS: tuple[Column[FlipPoint], ...] = (
    Column("what", lambda row: row.part.value),
    Column("id", lambda row: row.id),
    Column("now", lambda row: "missing" if row.missing else between(row.low, row.high)),
    Column("flips at (all else low)", lambda row: decimals(row.at_low) or "none", number=True),
    Column("flips at (all else high)", lambda row: decimals(row.at_high) or "none", number=True),
)


def flip_points(
    model: TheoryOfChange,
    to: str,
    threshold: float,
    *,
    of: Collection[str] | None = None,
    given: Suppositions | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    limit: int = STATES,
    seed: int = 0,
) -> Table[FlipPoint]:
    """For each link, assumption and delivery the value at which the plausibility of a node equals a threshold.

    The plausibility is linear in each of them, so the value is (threshold - R(0)) / (R(1) - R(0)); none if that is not
    between 0 and 1, or if it makes no difference. Where ranges are judged there are two: with everything else at the low
    ends, and at the high ends.

    Args:
        model: the model.
        to: the id of the node.
        threshold: the plausibility that decides, 0 to 1.
        of: ids of links, assumptions and drivers; everything that has a say where left out.
        given: probabilities to suppose, by id.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        FieldError: if the threshold is no probability.
        UnknownIdError: if no node has the id, or one of ``of`` names nothing that counts.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> judged = {"low": "0.6", "high": "0.6", "by": "a panel", "on": "2024-05-02", "why": "as an example"}
        >>> club, habit = draft.activity("club", "A club meets", delivery=judged), draft.outcome("habit", "Children read")
        >>> _ = draft.link(club, habit, strength=judged)
        >>> round(flip_points(draft.done(), "habit", 0.3).where(id="club->habit").one().at_low, 3)
        0.5
    """
    system = structure(model, overlay=overlay, given=given)
    chosen = chosen_variables(system, to, of)
    check_threshold(threshold)
    at_low = slopes(system, to, system.lows(), of=chosen, limit=limit, seed=seed)
    at_high = slopes(system, to, system.highs(), of=chosen, limit=limit, seed=seed)
    rows = [
        FlipPoint(
            id=id,
            title=title(model, id),
            part=system.variables[id].part,
            low=system.variables[id].low,
            high=system.variables[id].high,
            missing=system.variables[id].judged is None,
            at_low=flip(at_low, id, system.variables[id].low, threshold),
            at_high=flip(at_high, id, system.variables[id].high, threshold),
        )
        for id in chosen
    ]
    caption = f"Where the plausibility of “{model.node(to).title}” would equal {threshold:g}"
    return Table(tuple(rows), _COLUMNS, caption, tuple(filter(None, [str(model.programme.notice)])))


def chosen_variables(system: Structure, to: str, of: Collection[str] | None) -> tuple[str, ...]:
    """The variables that a call asks about: those given, or all that have a say.

    Raises:
        UnknownIdError: if no node has the id, or one of ``of`` names nothing that counts.
    """
    known_node(system, to)
    if of is None:
        return system.relevant(to)
    for id in of:
        if id not in system.variables:
            raise UnknownIdError(id, "link, assumption or driver that counts", list(system.variables))
    return tuple(of)


def check_threshold(threshold: float) -> None:
    """Refuse a threshold that is no probability.

    Raises:
        FieldError: if it is none.
    """
    if not 0 <= threshold <= 1:
        message = f"not a probability: {threshold!r}"
        raise FieldError(message, "write a threshold from 0 to 1")


def flip(found: Slopes, id: str, now: float, threshold: float) -> float | None:
    """The value of a variable at which the threshold is met; None if there is none."""
    gain = found.gain[id]
    if gain <= NEGLIGIBLE:
        return None
    value = (threshold - found.at(id, 0.0, now)) / gain
    return value if -NEGLIGIBLE <= value <= 1 + NEGLIGIBLE else None
