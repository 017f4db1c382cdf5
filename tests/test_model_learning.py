"""Records of learning, by example."""

from datetime import date

import pytest

from tocmodel.errors import FieldError
from tocmodel.model import (
    Agreement,
    Criterion,
    Decision,
    Effect,
    HarvestedOutcome,
    LearningQuestion,
    LearningSession,
    Lesson,
    Recommendation,
    Text,
)
from tocmodel.periods import Period


def test_a_world_cafe_table_is_a_session_inside_a_session() -> None:
    table = LearningSession(
        id="table-1",
        title="Table 1",
        part_of="cafe",
        method="World Café",
        question="What do readers need?",
        host="librarian",
        rounds=["first round", "second round"],
        participants=["children"],
        period="2021-09-29",
    )
    assert table.rounds == (Text.read("first round"), Text.read("second round"))
    assert (table.part_of, table.host, table.harvest) == ("cafe", "librarian", ())
    assert table.period == Period.read("2021-09-29")


def test_a_harvested_outcome_says_who_changed_and_who_substantiates_it() -> None:
    harvested = HarvestedOutcome(
        id="h", title="The school opened its library", who="school", when="2020", intended="no", effect="positive",
        significance="more books", contribution="clubs asked for it", substantiated_by="parents", agreement="partial", about="clubs",
    )  # fmt: skip
    assert (harvested.intended, harvested.effect, harvested.agreement) == (False, Effect.POSITIVE, Agreement.PARTIAL)
    assert HarvestedOutcome(id="h", title="H").intended is None


@pytest.mark.parametrize("cls", [LearningSession, HarvestedOutcome, Lesson, Recommendation, LearningQuestion])
def test_what_was_learned_may_belong_to_a_criterion_and_speaks_of_nodes(cls: type[Lesson]) -> None:
    learned = cls(id="l", title="L", criterion="sustainability", about=["clubs"])
    assert (learned.criterion, learned.about) == (Criterion.SUSTAINABILITY, ("clubs",))
    with pytest.raises(FieldError, match="unknown criterion"):
        cls(id="l", title="L", criterion="popularity")


def test_a_recommendation_has_a_response_and_a_date() -> None:
    recommendation = Recommendation(id="r", title="Open on Saturdays", to=["school"], response="agreed", due="2022-01-31")
    assert (recommendation.to, str(recommendation.response), recommendation.due) == (("school",), "agreed", date(2022, 1, 31))


def test_a_decision_says_what_was_learned_and_what_changed() -> None:
    decision = Decision(id="d", learned="mornings suit", changed="clubs meet at ten", by="team", on="2021-10-01", criterion="relevance")
    assert (str(decision.changed), decision.by, decision.on, decision.criterion) == (
        "clubs meet at ten",
        "team",
        date(2021, 10, 1),
        Criterion.RELEVANCE,
    )


def test_a_question_may_have_no_answer_yet() -> None:
    question = LearningQuestion(id="q", title="Do clubs last?", indicators="i", evidence=["e"])
    assert (question.answer, question.indicators, question.evidence) == (Text(), ("i",), ("e",))
