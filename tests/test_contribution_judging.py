"""Tests of evidence in words, rubrics, and the records that hold them."""

from pathlib import Path
from typing import Any

import pytest

from tocmodel.contribution import certainty, classify_test, link_confidence, necessity_bounds, qualitative_tests, rubric_level, rubric_score
from tocmodel.contribution.evidence.tests import SpeaksFor, Verdict, verdict
from tocmodel.errors import FieldError, InvalidModelError, UnknownIdError
from tocmodel.formats import read, write
from tocmodel.model import CriterionLevel, Rubric, RubricRow, Search, TheoryBuilder, TheoryOfChange, VanEveraTest

LEVELS = ("weak", "fair", "strong")


def draft() -> TheoryBuilder:
    draft = TheoryOfChange.build("p", notice="Fictional.")
    draft.link(draft.activity("a", "A"), draft.outcome("o", "O"))
    return draft


# Tests in words


@pytest.mark.parametrize(
    ("label", "found", "expected"),
    [
        ("hoop", "found", "slightly for"),
        ("hoop", "not_found", "strongly against"),
        ("smoking_gun", "found", "strongly for"),
        ("smoking_gun", "not_found", "slightly against"),
        ("doubly_decisive", "found", "strongly for"),
        ("doubly_decisive", "not_found", "strongly against"),
        ("straw_in_the_wind", "found", "slightly for"),
        ("straw_in_the_wind", "not_found", "slightly against"),
        ("hoop", "not_looked_for", "says nothing"),
        (None, "found", "cannot be judged"),
    ],
)
def test_what_a_test_says_of_a_claim(label: str | None, found: str, expected: str) -> None:
    assert verdict(label, found).value == expected


def test_a_test_for_the_rival_speaks_the_other_way() -> None:
    assert verdict("smoking_gun", "found", SpeaksFor.RIVAL) is Verdict.STRONGLY_AGAINST
    assert verdict("hoop", "not_found", "rival") is Verdict.STRONGLY_FOR
    for label in VanEveraTest:
        for found in (Search.FOUND, Search.NOT_FOUND):
            assert verdict(label, found) is not verdict(label, found, "rival")


def test_edges_of_the_computed_label() -> None:
    assert classify_test(1, 0).test is VanEveraTest.DOUBLY_DECISIVE
    assert classify_test(0, 0).speaks_for is None
    assert classify_test("0.9", "0.8").test is VanEveraTest.HOOP  # not finding it halves the odds exactly
    assert classify_test(0.6, 0.4, strong="1.5", weak="0.7").test is VanEveraTest.DOUBLY_DECISIVE
    with pytest.raises(FieldError, match="not probabilities"):
        classify_test(1.2, 0)


def judged(low: str, high: str) -> dict[str, str]:
    return {"low": low, "high": high, "by": "a panel", "on": "2024"}


def test_the_tests_of_a_model_in_words() -> None:
    own = draft()
    own.rival("r", "Something else", about="o")
    own.evidence_test("words", "A", about="a->o", found="found", label="hoop", by="the author", judged_before_looking=False)
    own.evidence_test("point", "B", about="a->o", found="not_found", p_if_true=judged("0.9", "0.9"), p_if_false=judged("0.5", "0.5"))
    own.evidence_test("range", "C", about="a->o", found="found", p_if_true=judged("0.6", "0.95"), p_if_false=judged("0.1", "0.5"))
    own.evidence_test("bare", "D", about="r", found="found")
    own.evidence_test("unsought", "E", about="o")
    table = qualitative_tests(own.done())
    rows = {row.id: row for row in table}
    assert (rows["words"].kind, rows["words"].verdict, rows["words"].computed, rows["words"].by) == (
        "hoop",
        "slightly for",
        False,
        "the author",
    )
    assert (rows["point"].kind, rows["point"].verdict, rows["point"].computed) == ("hoop", "strongly against", True)
    assert rows["range"].verdict == "slightly for to strongly for"
    assert rows["range"].kind == "straw in the wind to doubly decisive"
    assert "ranges leave its kind open" in rows["range"].sentence()
    assert "nobody said what kind" in rows["bare"].sentence()
    assert rows["unsought"].sentence() == "“E” was not looked for, which says nothing."
    assert "Judged after looking: words." in table.notes
    assert "Fictional." in table.notes
    assert [row.id for row in qualitative_tests(own.done(), "r")] == ["bare"]
    assert table.records()[0]["verdict"] == "slightly for"
    with pytest.raises(UnknownIdError):
        qualitative_tests(own.done(), "nothing")


@pytest.mark.parametrize(("without", "with_"), [(0.5, 0.0), (-0.1, 0.5), (0.2, 1.5)])
def test_necessity_needs_an_effect(without: float, with_: float) -> None:
    with pytest.raises(FieldError, match="not probabilities of an effect"):
        necessity_bounds(without, with_)


# Rubrics


def rubric(**fields: Any) -> Rubric:
    return Rubric(**{"id": "q", "title": "Quality", "levels": LEVELS, "criteria": ["x", "y"], **fields})


def test_what_nobody_rated_has_no_level() -> None:
    found = rubric_level(LEVELS, {"x": None, "y": None})
    assert (found.level, found.limiting, found.unrated) == (None, (), ("x", "y"))
    assert found.sentence() == "The rubric gives no level. Not rated: x, y."
    assert rubric_level(LEVELS, {"x": None}, rule="median").level is None


def test_a_lookup_takes_the_first_row_that_fits() -> None:
    rows = [
        RubricRow(level="strong", when=[{"criterion": "x", "level": "strong"}, {"criterion": "y", "level": "strong"}]),
        RubricRow(level="fair", when=[{"criterion": "x", "level": "strong"}]),
    ]
    assert rubric_level(LEVELS, {"x": "strong", "y": "weak"}, rule="lookup", lookup=rows).level == "fair"
    assert rubric_level(LEVELS, {"x": "strong", "y": "strong"}, rule="lookup", lookup=rows).level == "strong"
    assert rubric_level(LEVELS, {"x": "weak", "y": "strong"}, rule="lookup", lookup=rows).level is None
    assert "by its table" in rubric_level(LEVELS, {"x": "strong"}, rule="lookup", lookup=rows).sentence()


def test_there_is_no_mean() -> None:
    with pytest.raises(FieldError, match="'mean'"):
        rubric_level(LEVELS, {"x": "weak"}, rule="mean")
    with pytest.raises(FieldError, match="not a level of the scale"):
        rubric_level(LEVELS, {"x": "2"})


def test_certainty_counts_moves_from_zero() -> None:
    assert certainty("weak", LEVELS, upgrades=9).level == "strong"
    assert certainty("strong", LEVELS, downgrades=9).level == "weak"
    assert "1 down and 0 up" in certainty("strong", LEVELS, downgrades=1).sentence()
    with pytest.raises(FieldError, match="counted from 0"):
        certainty("weak", LEVELS, downgrades=-1)
    with pytest.raises(FieldError, match="not a level"):
        certainty("excellent", LEVELS)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"levels": []}, "not the levels of a scale"),
        ({"levels": ["a", "a"]}, "not the levels of a scale"),
        ({"criteria": ["x", "x"]}, "stands twice"),
        ({"criteria": [{"id": "x", "descriptors": ["one"]}]}, "1 descriptors for 3 levels"),
        ({"lookup": [{"level": "best"}]}, "which is no level"),
        ({"lookup": [{"level": "weak", "when": [{"criterion": "z", "level": "weak"}]}]}, "no criterion 'z'"),
        ({"lookup": [{"level": "weak", "when": [{"criterion": "x", "level": "best"}]}]}, "no level 'best'"),
    ],
)
def test_a_rubric_that_cannot_be_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        rubric(**fields)


def rated(levels: list[dict[str, str | None]], **link: Any) -> TheoryBuilder:
    own = TheoryOfChange.build("p", notice="Fictional.")
    own.link(own.activity("a", "A"), own.outcome("o", "O"), **link)
    own.rubric("q", "Quality", LEVELS, criteria=["x", "y"])
    own.rubric_rating("r1", "q", ["a->o", "o"], levels=levels, by="two reviewers", on="2024-05")
    return own


def test_the_confidence_of_a_link_comes_from_its_rubric() -> None:
    own = rated([{"criterion": "x", "level": "strong"}, {"criterion": "y", "level": "fair", "why": "one voice"}])
    row = link_confidence(own.done()).one()
    assert (row.link, row.score.level, row.score.limiting, row.agrees) == ("a->o", "fair", ("y",), None)
    assert row.confidence is not None
    assert (row.confidence.level, row.confidence.rubric, row.confidence.by, row.confidence.low) == ("fair", "q", "two reviewers", None)
    assert "held down by y" in str(row.confidence.why)
    stated = rated([{"criterion": "x", "level": "weak"}], confidence={"level": "strong", "rubric": "q"})
    assert link_confidence(stated.done(), "a->o").one().agrees is False
    assert link_confidence(stated.done()).one().score.unrated == ("y",)
    assert link_confidence(rated([]).done()).one().confidence is None
    assert link_confidence(own.done()).records()[0]["level"] == "fair"
    with pytest.raises(UnknownIdError):
        link_confidence(own.done(), "o")


@pytest.mark.parametrize("item", [{"criterion": "z", "level": "weak"}, {"criterion": "x", "level": "best"}])
def test_a_rating_that_its_rubric_does_not_know_is_a_fault_of_the_model(item: dict[str, str | None]) -> None:
    with pytest.raises(InvalidModelError) as caught:
        rated([item]).done()
    assert [finding.code for finding in caught.value.findings] == ["M10"]


def test_a_rating_by_no_rubric_or_twice_is_a_fault() -> None:
    own = draft()
    own.rubric_rating("r1", "a", "o")
    own.rubric("q", "Q", LEVELS, criteria=["x"])
    own.rubric_rating("r2", "q", "o", levels=[{"criterion": "x", "level": "weak"}, {"criterion": "x", "level": "fair"}])
    with pytest.raises(InvalidModelError) as caught:
        own.done()
    assert sorted(finding.code for finding in caught.value.findings) == ["F04", "M03"]


def test_a_rating_is_checked_against_the_rubric_it_is_scored_by() -> None:
    from tocmodel.model import RubricRating

    rating = RubricRating(id="r", rubric="other", about="o", levels=[CriterionLevel(criterion="z", level="weak")])
    with pytest.raises(FieldError, match="no criterion 'z'"):
        rubric_score(rubric(), rating)


@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_tests_rubrics_and_ratings_survive_a_file(tmp_path: Path, ending: str) -> None:
    own = rated([{"criterion": "x", "level": "strong", "why": "three voices"}, {"criterion": "y", "level": None}])
    own.evidence_test(
        "t",
        "Expected",
        about="a->o",
        found="found",
        p_if_true=judged("0.5", "0.7"),
        label="hoop",
        by="me",
        why="must be",
        judged_before_looking=True,
    )
    model = own.done()
    assert read(write(model, tmp_path / f"model{ending}")) == model
