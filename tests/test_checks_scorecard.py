"""Scorecards and open questions: facts about a model, without a score."""

import tocmodel as toc
from tocmodel.checks import indicator_scorecard, link_scorecard, open_questions
from tocmodel.model import TheoryOfChange

KENYA = "examples/kenya_sec/kenya_sec.yaml"


def test_the_kenya_indicators_lack_what_the_sources_do_not_say() -> None:
    card = indicator_scorecard(toc.read(KENYA))
    clubs = card.where(indicator="club-children").one()
    assert (clubs.unit, clubs.direction, clubs.target, clubs.timed, clubs.reported, clubs.sourced, clubs.disaggregated) == (True,) * 7
    assert clubs.lacks == ("defined", "baseline", "verified", "responsible", "frequency")
    assert card.where(indicator="officials-trained").one().reported is False


def test_what_does_not_apply_is_neither_there_nor_missing() -> None:
    card = indicator_scorecard(toc.read(KENYA))
    caseload = card.where(indicator="cases-picked-up-count").one()
    assert caseload.target is None
    assert caseload.baseline is None
    assert "target" not in caseload.lacks
    words = card.where(indicator="behaviour-change").one()
    assert words.unit is None
    assert words.direction is None
    assert "–" in str(card)


def test_links_keep_strength_confidence_and_voices_apart() -> None:
    draft = TheoryOfChange.build("p", "Reading clubs (fictional)")
    draft.source("report", title="Report")
    draft.assumption("rooms", "Rooms are open")
    draft.assumption("books", "Books are there", state="holds")
    clubs, fluent = draft.activity("clubs", "Clubs"), draft.outcome("fluent", "Pupils read")
    link = draft.link(
        clubs,
        fluent,
        assumptions=["rooms", "books"],
        strength={"level": "moderate", "low": "0.5", "high": "0.8", "by": "teachers", "on": "2025-03-01", "why": "two classes"},
    )
    draft.evidence("a", about=link, group="visit", independent=True)
    draft.evidence("b", about=link, group="visit")
    draft.evidence("c", about=link, source="report")
    draft.evidence("d", about=link, direction="contradicts")
    draft.evidence("e", about=link, direction="looked_for_not_found")
    row = link_scorecard(draft.done()).one()

    assert (row.assumptions, row.untested) == (2, 1)
    assert (row.supporting, row.contradicting, row.not_found, row.independent, row.voices) == (3, 1, 1, 1, 2)
    assert (row.strength, row.confidence) == ("moderate (0.5 to 0.8)", "")
    assert row.rationale is False
    assert row.basis is None
    assert row.record()["from"] == "Clubs"
    assert "not judged" in str(link_scorecard(draft.done()))


def test_no_card_gives_a_score() -> None:
    model = toc.read(KENYA)
    for card in (indicator_scorecard(model), link_scorecard(model)):
        assert not {"score", "total", "overall", "quality"} & set(card.records()[0])
        assert card._repr_html_()  # pyright: ignore[reportPrivateUsage] — what a notebook calls


def test_what_no_machine_can_judge_is_asked_with_what_the_model_says() -> None:
    questions = open_questions(toc.read(KENYA))
    assert {"owned", "inclusive", "agreed", "understandable"} <= {row.criterion for row in questions}
    assert all(row.question.endswith("?") for row in questions)
    assert questions.where(criterion="rivals").one().known == "0 of 4 rival explanations named here are examined"
    assert "not among the participants recorded" in questions.where(criterion="inclusive").one().known
    assert all(row["question"] for row in questions.records())


def test_an_empty_model_is_asked_too() -> None:
    questions = open_questions(TheoryOfChange.build("p").done())
    assert questions.where(criterion="inclusive").one().known == "no rights holder is named"
    assert questions.where(criterion="plausible timing").one().known == ""


def test_the_report_asks_what_no_machine_can_judge() -> None:
    from tocmodel.reports.html import html

    page = html(toc.read(KENYA))
    assert "Do those who carry the work out recognise this theory as theirs, and use it?" in page
    assert "0 of 4 rival explanations named here are examined" in page
