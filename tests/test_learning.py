"""Views of learning and upkeep."""

import pytest

import tocmodel as toc
from tocmodel.errors import AsOfNeededError, UnknownIdError
from tocmodel.learning import (
    Answer,
    assumptions_to_monitor,
    decision_log,
    evaluation_matrix,
    learning_items,
    participants_named,
    reporting_calendar,
)
from tocmodel.model import TheoryBuilder


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture
def draft() -> TheoryBuilder:
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs", as_of="2025-06-30", period="2024/2025")
    draft.actor("pupils", "Pupils", role="rights_holder")
    draft.actor("teachers", "Teachers")
    draft.activity("clubs-meet", "Clubs meet", involves=["pupils", "teachers"])
    return draft


def test_what_a_world_cafe_group_said_is_not_published(kenya: toc.TheoryOfChange) -> None:
    groups = [item for item in learning_items(kenya) if "World Café group" in item.title]
    assert len(groups) == 5
    assert {item.outcome for item in groups} == {"not published"}
    assert str(kenya.programme.notice) in str(learning_items(kenya))


def test_items_stand_in_the_order_of_the_criteria_and_can_be_asked_for_by_node(kenya: toc.TheoryOfChange) -> None:
    criteria = [item.criterion.value if item.criterion else "" for item in learning_items(kenya)]
    known = [criterion for criterion in criteria if criterion]
    assert known == sorted(known, key=["relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"].index)
    assert criteria[len(known) :] == [""] * (len(criteria) - len(known))
    assert {item.id for item in learning_items(kenya, node="private-sector-code")} >= {"more-engagement-and-joint-work"}
    with pytest.raises(UnknownIdError):
        learning_items(kenya, node="nowhere")


def test_a_recommendation_shows_its_response(draft: TheoryBuilder) -> None:
    draft.recommendation("r1", "Meet twice a week", response="agreed, from January", to="teachers")
    draft.recommendation("r2", "Buy books")
    draft.harvested_outcome("h", "Pupils read at home", agreement="partial", substantiated_by="teachers")
    outcomes = {item.id: item.outcome for item in learning_items(draft.done())}
    assert outcomes == {"r1": "agreed, from January", "r2": "not published", "h": "substantiated: partial agreement"}


def test_no_children_are_named_among_the_participants_of_the_event(kenya: toc.TheoryOfChange) -> None:
    row = participants_named(kenya).one()
    assert set(row.rights_holders_missing) == {"survivors", "children-at-risk", "vulnerable-children", "children"}
    assert row.unpublished == ("sex", "age", "disability")


def test_attendance_names_groups_and_says_what_is_published(draft: TheoryBuilder) -> None:
    draft.session("s", "Review", attendance=[{"actor": "teachers", "figure": "12", "slice": {"sex": "women"}}])
    row = participants_named(draft.done()).one()
    assert (row.named, row.missing, row.published, row.unpublished) == (("teachers",), ("pupils",), ("sex",), ("age", "disability"))


@pytest.mark.parametrize(
    ("evidence", "answer", "strength"),
    [
        ([], "", Answer.NONE),
        ([], "Yes.", Answer.UNSUPPORTED),
        ([{"kind": "self_report", "independent": False}], "Yes.", Answer.OWN_WORD),
        ([{"kind": "opinion", "independent": True}], "Yes.", Answer.OWN_WORD),
        ([{"kind": "observation", "independent": True}], "Yes.", Answer.ONE),
        ([{"kind": "observation", "independent": True, "group": "g"}] * 2, "Yes.", Answer.ONE),
        ([{"kind": "observation", "independent": True}] * 2, "Yes.", Answer.SEVERAL),
        ([{"kind": "observation", "independent": True}, {"direction": "contradicts"}], "Yes.", Answer.CONTESTED),
        ([{"direction": "looked_for_not_found", "kind": "observation", "independent": True}], "Yes.", Answer.UNSUPPORTED),
    ],
)
def test_an_answer_is_as_strong_as_what_carries_it(
    draft: TheoryBuilder, evidence: list[dict[str, object]], answer: str, strength: Answer
) -> None:
    ids = [draft.evidence(f"e{number}", about="clubs-meet", **item) for number, item in enumerate(evidence)]
    draft.question("q", "Do clubs meet?", answer=answer, evidence=ids, criterion="effectiveness")
    assert evaluation_matrix(draft.done()).one().strength is strength


def test_the_matrix_says_how_many_indicators_have_a_result(draft: TheoryBuilder) -> None:
    draft.indicator("pupils-in-clubs", of="clubs-meet", unit="person")
    draft.indicator("meetings", of="clubs-meet", unit="session")
    draft.actual("meetings", 12)
    draft.question("q", "Do clubs meet?", indicators=["pupils-in-clubs", "meetings"])
    row = evaluation_matrix(draft.done()).one()
    assert (row.reported, len(row.indicators)) == (1, 2)


def test_decisions_stand_by_date(draft: TheoryBuilder) -> None:
    draft.decision("d2", learned="Evenings suit nobody", changed="Clubs meet at noon", by="teachers", on="2025-02-01")
    draft.decision("d1", learned="Rooms are cold", changed="Clubs meet in the library", on="2025-01-01")
    draft.decision("d0", learned="x", changed="y")
    rows = list(decision_log(draft.done()))
    assert [row.id for row in rows] == ["d1", "d2", "d0"]
    assert rows[1].by == "Teachers"


def test_a_report_is_done_overdue_or_coming(draft: TheoryBuilder) -> None:
    draft.indicator("meetings", of="clubs-meet", unit="session", responsible="teachers", accumulation="incremental")
    for period in ("2024-01/2024-06", "2024-07/2024-12", "2025-01/2025-06", "2025-07/2025-12"):
        draft.target("meetings", 20, period=period)
    draft.actual("meetings", 18, period="2024-01/2024-06")
    draft.actual("meetings", "not reported", period="2024-07/2024-12")
    rows = list(reporting_calendar(draft.done()))
    assert [row.state.value for row in rows] == ["done", "overdue", "overdue", "coming"]
    assert rows[0].responsible == "Teachers"
    assert "2 overdue" in str(reporting_calendar(draft.done()))


def test_a_share_reported_by_its_parts_is_done_and_a_derived_indicator_asks_for_no_report(draft: TheoryBuilder) -> None:
    draft.indicator("share", of="clubs-meet", kind="percentage", unit="percent")
    draft.target("share", 50)
    draft.actual("share", None, numerator=12, denominator=20)
    draft.indicator("all", of="clubs-meet", derived={"operation": "sum", "terms": ["share"]}, unit="percent")
    draft.target("all", 50)
    draft.question("q", "Do clubs meet?", indicators=["share"])
    model = draft.done()
    assert [(row.indicator, row.state.value) for row in reporting_calendar(model)] == [("share", "done")]
    assert evaluation_matrix(model).one().reported == 1


def test_a_review_may_still_happen_on_its_day(draft: TheoryBuilder) -> None:
    draft.assumption("rooms", "Rooms are open", review="2025-06-30")
    model = draft.done()
    assert assumptions_to_monitor(model).one().state.value == "coming"
    assert assumptions_to_monitor(model, as_of="2025-07-01").one().state.value == "overdue"
    assert not [finding for finding in toc.check(model) if finding.code == "L70"]


def test_a_calendar_needs_a_date() -> None:
    model = toc.TheoryOfChange.build("clubs").done()
    with pytest.raises(AsOfNeededError):
        reporting_calendar(model)
    assert len(reporting_calendar(model, as_of="2024-01-01")) == 0


def test_assumptions_overdue_for_review_come_first(draft: TheoryBuilder) -> None:
    draft.outcome("fluent", "Pupils read")
    draft.assumption("rooms", "Rooms are open")
    draft.assumption("books", "There are books", owner="teachers", review="2025-01-31")
    draft.link("clubs-meet", "fluent", assumptions=["rooms", "books"])
    rows = list(assumptions_to_monitor(draft.done()))
    assert [(row.assumption, row.state.value, row.owner) for row in rows] == [("books", "overdue", "Teachers"), ("rooms", "no date", "")]
    assert rows[0].links == ("clubs-meet->fluent",)


def test_every_view_of_an_empty_model_says_that_there_is_nothing() -> None:
    model = toc.TheoryOfChange.build("empty", as_of="2024-01-01").done()
    for view in (learning_items, evaluation_matrix, decision_log, participants_named, reporting_calendar, assumptions_to_monitor):
        assert len(view(model)) == 0
        assert str(view(model))
        assert view(model).records() == []


@pytest.mark.parametrize(("id", "title"), [("sex", "Sex"), ("sexe", "Sexe"), ("d1", {"en": "Gender", "es": "Género"}), ("sexo", "")])
def test_attendance_by_sex_is_known_by_what_the_dimension_is_called(id: str, title: object) -> None:
    draft = toc.TheoryOfChange.build("p", language="fr")
    draft.activity("a", "Clubs meet", involves=[draft.actor("children", "Children")])
    draft.dimension(id, title, categories=[{"id": "f", "title": "Filles"}])
    draft.session("s", "Réflexion", attendance=[{"actor": "children", "figure": 14, "slice": f"{id}=f"}])
    row = participants_named(draft.done()).one()
    assert (row.published, row.unpublished) == (("sex",), ("age", "disability"))
