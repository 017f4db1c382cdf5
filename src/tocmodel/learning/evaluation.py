"""The evaluation matrix: for every question its criterion, indicators, evidence, and how far the answer is carried."""

from collections.abc import Sequence

from attrs import frozen

from tocmodel.measurement.actuals import figure_of, in_force
from tocmodel.model import Criterion, Evidence, EvidenceDirection, EvidenceKind, LearningQuestion, TheoryOfChange
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class Answer(Word):
    """How far an answer is carried by the evidence that the question names."""

    NONE = "not answered"
    UNSUPPORTED = "answered without evidence"
    OWN_WORD = "the programme's own word or opinion"
    ONE = "one independent source"
    SEVERAL = "several independent sources"
    CONTESTED = "evidence for and against"


@frozen
class EvaluationRow:
    """One question of an evaluation.

    Attributes:
        question: its id.
        title: the question.
        criterion: the evaluation criterion; None where none applies.
        indicators: ids of the indicators that help to answer it.
        reported: how many of them have a result.
        evidence: ids of the evidence.
        independent: how many independent groups of evidence support the answer.
        answer: what is known so far; empty where nothing is.
        strength: how far the answer is carried.
    """

    question: str
    title: str
    criterion: Criterion | None
    indicators: tuple[str, ...]
    reported: int
    evidence: tuple[str, ...]
    independent: int
    answer: str
    strength: Answer

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "question": self.question,
            "title": self.title,
            "criterion": self.criterion.value if self.criterion else None,
            "indicators": " ".join(self.indicators),
            "reported": self.reported,
            "evidence": " ".join(self.evidence),
            "independent": self.independent,
            "answer": self.answer,
            "strength": self.strength.value,
        }


_COLUMNS: tuple[Column[EvaluationRow], ...] = (
    Column("question", lambda row: row.title),
    Column("criterion", lambda row: row.criterion.value if row.criterion else "–"),
    Column("indicators", lambda row: f"{row.reported} of {len(row.indicators)} reported" if row.indicators else "none"),
    Column("evidence", lambda row: str(len(row.evidence)), number=True),
    Column("answer", lambda row: row.answer or "not published"),
    Column("carried by", lambda row: row.strength.value),
)


def evaluation_matrix(model: TheoryOfChange) -> Table[EvaluationRow]:
    """For every learning question what it rests on, and how far its answer is carried.

    An answer is carried by independent evidence that is more than opinion; items of one independence group count once.
    Evidence on both sides makes it contested, whatever the numbers.

    Args:
        model: the model.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.question("q1", "Do clubs meet every week?", answer="Mostly.")
        >>> evaluation_matrix(draft.done()).one().strength.value
        'answered without evidence'
    """
    by_id = {item.id: item for item in model.evidence}
    rows: list[EvaluationRow] = []
    for question in model.questions:
        evidence = [by_id[id] for id in question.evidence]
        reported = [id for id in question.indicators if _reported(model, id)]
        rows.append(
            EvaluationRow(
                question=question.id,
                title=str(question.title),
                criterion=question.criterion,
                indicators=question.indicators,
                reported=len(reported),
                evidence=question.evidence,
                independent=len(_independent(evidence)),
                answer=str(question.answer),
                strength=_strength(question, evidence),
            )
        )
    caption = f"Evaluation matrix of {model.programme.title or model.programme.id}"
    return Table(tuple(rows), _COLUMNS, caption, (*(() if rows else ("no question is recorded",)), *model.programme.notices))


def _reported(model: TheoryOfChange, id: str) -> bool:
    indicator = model.indicator(id)
    return any(figure_of(actual, indicator).missing is None for actual in in_force(model.actuals_of(id)))


_WEAK = {EvidenceKind.OPINION, EvidenceKind.SELF_REPORT, None}


def _independent(evidence: Sequence[Evidence]) -> set[str]:
    """The independence groups among the supporting items that are more than opinion."""
    return {
        item.group or item.id
        for item in evidence
        if item.independent and item.kind not in _WEAK and item.direction is EvidenceDirection.SUPPORTS
    }


def _strength(question: LearningQuestion, evidence: Sequence[Evidence]) -> Answer:
    if not question.answer:
        return Answer.NONE
    directions = {item.direction for item in evidence}
    if {EvidenceDirection.SUPPORTS, EvidenceDirection.CONTRADICTS} <= directions:
        return Answer.CONTESTED
    independent = len(_independent(evidence))
    if independent:
        return Answer.ONE if independent == 1 else Answer.SEVERAL
    return Answer.OWN_WORD if EvidenceDirection.SUPPORTS in directions else Answer.UNSUPPORTED
