"""Sessions, harvested outcomes, lessons, recommendations and questions side by side, by criterion and by node."""

from collections.abc import Collection

from attrs import frozen

from tocmodel.model import (
    Criterion,
    HarvestedOutcome,
    LearningQuestion,
    LearningSession,
    Lesson,
    Recommendation,
    TheoryOfChange,
)
from tocmodel.model.learning import Learned
from tocmodel.tables import Column, Table

NOT_PUBLISHED = "not published"
"""What stands where a source does not say what came out of something."""
_KINDS: dict[type[Learned], str] = {
    LearningSession: "session",
    HarvestedOutcome: "harvested outcome",
    Lesson: "lesson",
    Recommendation: "recommendation",
    LearningQuestion: "learning question",
}


@frozen
class LearningItem:
    """One thing that was learned, or a place where people learned.

    Attributes:
        id: its id.
        kind: session, harvested outcome, lesson, recommendation or learning question.
        title: its title.
        criterion: the evaluation criterion; None where none applies.
        nodes: ids of the nodes that it speaks of.
        about: the titles of all that it speaks of.
        outcome: what came of it: the harvest of a session, what a substantiator said, the response to a recommendation, the
            answer to a question; ``not published`` where the model holds none; empty for a lesson.
    """

    id: str
    kind: str
    title: str
    criterion: Criterion | None
    nodes: tuple[str, ...]
    about: tuple[str, ...]
    outcome: str

    def record(self) -> dict[str, object]:
        """The item as one flat record."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "criterion": self.criterion.value if self.criterion else None,
            "nodes": " ".join(self.nodes),
            "about": "; ".join(self.about),
            "outcome": self.outcome,
        }


_COLUMNS: tuple[Column[LearningItem], ...] = (
    Column("criterion", lambda item: item.criterion.value if item.criterion else "–"),
    Column("kind", lambda item: item.kind),
    Column("what", lambda item: item.title),
    Column("about", lambda item: "; ".join(item.about) or "–"),
    Column("what came of it", lambda item: item.outcome),
)


def learning_items(model: TheoryOfChange, *, node: str | None = None) -> Table[LearningItem]:
    """Everything that was learned, by evaluation criterion in the order of the OECD-DAC; items without one come last.

    What a source does not say, such as what a World Café group answered, is ``not published``; it is never filled in.

    Args:
        model: the model.
        node: only what speaks of this node.

    Raises:
        UnknownIdError: if no node has this id.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.session("cafe", "World Café", criterion="relevance")
        >>> learning_items(draft.done()).one().outcome
        'not published'
    """
    held = (*model.sessions, *model.harvested_outcomes, *model.lessons, *model.recommendations, *model.questions)
    wanted = None if node is None else model.node(node).id
    items = [_item(model, record) for record in held if wanted is None or wanted in record.about]
    criteria = list(Criterion)
    ranked = sorted(items, key=lambda item: criteria.index(item.criterion) if item.criterion else len(criteria))
    return Table(tuple(ranked), _COLUMNS, f"What was learned in {model.programme.title or model.programme.id}", model.programme.notices)


def _item(model: TheoryOfChange, record: Learned) -> LearningItem:
    nodes = {node.id for node in model.nodes}
    return LearningItem(
        id=record.id,
        kind=_KINDS[type(record)],
        title=str(record.title),
        criterion=record.criterion,
        nodes=tuple(id for id in record.about if id in nodes),
        about=tuple(str(getattr(model[id], "title", "") or id) for id in record.about),
        outcome=_outcome(record, divided={session.part_of for session in model.sessions}),
    )


def _outcome(record: Learned, divided: Collection[str | None]) -> str:
    if isinstance(record, LearningSession):
        said = "; ".join(map(str, record.harvest)) or ("see its parts" if record.id in divided else "")
    elif isinstance(record, HarvestedOutcome):
        said = f"substantiated: {record.agreement} agreement" if record.agreement else "nobody independent is known to have been asked"
    elif isinstance(record, Recommendation):
        said = str(record.response)
    elif isinstance(record, LearningQuestion):
        said = str(record.answer)
    else:
        return ""
    return said or NOT_PUBLISHED
