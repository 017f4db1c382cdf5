"""What was learned, what was changed because of it, who decided and when."""

from datetime import date

from attrs import frozen

from tocmodel.model import TheoryOfChange
from tocmodel.model.record import Titled
from tocmodel.tables import Column, Table


@frozen
class LoggedDecision:
    """A decision that followed from something learned.

    Attributes:
        id: its id.
        learned: what was learned.
        changed: what was changed.
        by: the title of the actor who decided; empty where not said.
        on: when; None where not said.
        about: the ids of the elements that changed.
    """

    id: str
    learned: str
    changed: str
    by: str
    on: date | None
    about: tuple[str, ...]

    def record(self) -> dict[str, object]:
        """The decision as one flat record."""
        return {
            "id": self.id,
            "on": self.on,
            "learned": self.learned,
            "changed": self.changed,
            "by": self.by,
            "about": " ".join(self.about),
        }


_COLUMNS: tuple[Column[LoggedDecision], ...] = (
    Column("when", lambda row: str(row.on or "not said")),
    Column("what we learned", lambda row: row.learned),
    Column("what we changed", lambda row: row.changed),
    Column("who", lambda row: row.by or "not said"),
)


def decision_log(model: TheoryOfChange) -> Table[LoggedDecision]:
    """The decisions in the order of their dates; those without a date come last.

    Args:
        model: the model.
    """
    rows: list[LoggedDecision] = []
    for decision in sorted(model.decisions, key=lambda item: item.on or date.max):
        decider = model.by_id.get(decision.by or "")
        by = str(decider.title) if isinstance(decider, Titled) else ""
        rows.append(LoggedDecision(decision.id, str(decision.learned), str(decision.changed), by, decision.on, decision.about))
    caption = f"What was learned and changed in {model.programme.title or model.programme.id}"
    return Table(tuple(rows), _COLUMNS, caption, (*(() if rows else ("no decision is recorded",)), *model.programme.notices))
