"""What stays after the programme, and what was learned, by whom, with what answer."""

from collections.abc import Sequence

from attrs import frozen

from tocmodel.contribution.judged.resilience import NodeAfter, after_exit
from tocmodel.learning import decision_log, evaluation_matrix, learning_items, participants_named
from tocmodel.learning.decisions import LoggedDecision
from tocmodel.learning.evaluation import EvaluationRow
from tocmodel.learning.items import LearningItem
from tocmodel.learning.participants import ParticipantsNamed
from tocmodel.model import Actor, Criterion, LearningSession, Node, Recommendation, rank
from tocmodel.reports.sections.facts import Facts


@frozen
class Lasting:
    """What goes on after the programme.

    Attributes:
        after: what becomes of each result.
        carriers: the nodes of which the model says who carries them on, or that happen without the programme.
        learned: what was learned on sustainability.
    """

    after: tuple[NodeAfter, ...]
    carriers: tuple[Node, ...]
    learned: tuple[LearningItem, ...]

    @property
    def stays(self) -> int:
        """How many results something still leads to."""
        return sum(row.sustained for row in self.after)


def lasting(facts: Facts) -> Lasting | None:
    """What stays when what the programme drives ends; None for a theory without results."""
    model = facts.model
    if not model.links:
        return None
    furthest = max(model.nodes, key=rank)
    return Lasting(
        after=after_exit(model, furthest.id).rows,
        carriers=tuple(node for node in model.nodes if node.driver or node.sustained_by),
        learned=tuple(item for item in learning_items(model) if item.criterion is Criterion.SUSTAINABILITY),
    )


@frozen
class Learned:
    """What was learned.

    Attributes:
        items: lessons, harvested outcomes, sessions and questions, by criterion.
        questions: the evaluation matrix.
        recommendations: what was recommended, and the response.
        decisions: what was changed because of it.
        sessions: when and how people reflected.
        participants: who is named among them, and who is not.
    """

    items: Sequence[LearningItem]
    questions: Sequence[EvaluationRow]
    recommendations: Sequence[tuple[Recommendation, str]]
    decisions: Sequence[LoggedDecision]
    sessions: Sequence[LearningSession]
    participants: Sequence[ParticipantsNamed]


def learned(facts: Facts) -> Learned | None:
    """What was learned; None where the model holds nothing of the kind."""
    model, items = facts.model, learning_items(facts.model)
    found = Learned(
        items=[item for kind in ("lesson", "harvested outcome") for item in items if item.kind == kind],
        questions=evaluation_matrix(model).rows,
        recommendations=[(item, _named(facts, item.to)) for item in model.recommendations],
        decisions=decision_log(model).rows,
        sessions=model.sessions,
        participants=participants_named(model).rows,
    )
    return found if any((found.items, found.questions, found.recommendations, found.decisions, found.sessions)) else None


def _named(facts: Facts, ids: Sequence[str]) -> str:
    actors = [facts.model[id] for id in ids]
    return ", ".join(facts.words.text(actor.title) for actor in actors if isinstance(actor, Actor))
