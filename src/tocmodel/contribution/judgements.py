"""Judged probabilities of links, assumptions and deliveries: in the model, or in an overlay beside it; who, when and why."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from attrs import evolve, frozen

from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.figures import Number, to_decimal
from tocmodel.model import NODE_KINDS, Assumption, Judgement, Link, Node, TheoryOfChange
from tocmodel.words import Word

Supposed: TypeAlias = float | Number | tuple[float | Number, float | Number]
Suppositions: TypeAlias = Mapping[str, Supposed]
"""Probabilities to suppose, by id: a number, or a pair (low, high)."""


class Origin(Word):
    """Where a judged value stands."""

    MODEL = "model"
    OVERLAY = "overlay"
    SUPPOSED = "supposed"


@frozen
class Judged:
    """A judged probability that a result rests on.

    Attributes:
        id: the id of the link, assumption or node that it is about.
        low: its low end.
        high: its high end.
        origin: the model, an overlay, or a supposition of the call.
        by: who judged; empty where not said.
        on: when.
        why: the grounds.
    """

    id: str
    low: float
    high: float
    origin: Origin
    by: str = ""
    on: str = ""
    why: str = ""

    @classmethod
    def of(cls, id: str, judgement: Judgement, origin: Origin) -> "Judged":
        """A judgement that has a range."""
        assert judgement.low is not None
        assert judgement.high is not None
        return cls(id, float(judgement.low), float(judgement.high), origin, judgement.by, judgement.on, str(judgement.why))

    @classmethod
    def supposed(cls, id: str, value: Supposed) -> "Judged":
        """A probability that a call supposes.

        Raises:
            FieldError: if it is no probability.
        """
        try:
            low, high = map(to_decimal, value if isinstance(value, tuple | list) else (value, value))
        except ValueError:  # no numbers, or not two
            low, high = Decimal(0), Decimal(-1)
        if not 0 <= low <= high <= 1:
            message = f"not a probability of {id!r}: {value!r}"
            raise FieldError(message, "write a number from 0 to 1, or a pair (low, high) of such")
        return cls(id, float(low), float(high), Origin.SUPPOSED)

    def record(self) -> dict[str, object]:
        """The value as one flat record."""
        return {
            "id": self.id,
            "low": self.low,
            "high": self.high,
            "origin": self.origin.value,
            "by": self.by,
            "on": self.on,
            "why": self.why,
        }


def with_judgements(model: TheoryOfChange, overlay: Mapping[str, Judgement]) -> TheoryOfChange:
    """The model with the judgements of an overlay in the place of its own.

    Args:
        model: the model.
        overlay: judgements by the id of a link (its strength), an assumption (its probability) or a node (its delivery).

    Raises:
        UnknownIdError: if an id is none of these.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> club, habit = draft.activity("club", "A reading club meets"), draft.outcome("habit", "Children read for pleasure")
        >>> link = draft.link(club, habit)
        >>> overlay = {link: Judgement(low="0.4", high="0.6", by="a panel of teachers", on="2024-05-02", why="two earlier clubs")}
        >>> with_judgements(draft.done(), overlay).links[0].strength.high
        Decimal('0.6')
    """
    if not overlay:
        return model
    return model.replaced(*(_judged(model, id, judgement) for id, judgement in overlay.items()))


def _judged(model: TheoryOfChange, id: str, judgement: Judgement) -> Link | Assumption | Node:
    record = model.by_id.get(id)
    if isinstance(record, Link):
        return evolve(record, strength=judgement)
    if isinstance(record, Assumption):
        return evolve(record, probability=judgement)
    if isinstance(record, NODE_KINDS):
        return evolve(record, delivery=judgement)
    known = [item.id for item in (*model.links, *model.assumptions, *model.nodes)]
    raise UnknownIdError(id, "link, assumption or node", known)
