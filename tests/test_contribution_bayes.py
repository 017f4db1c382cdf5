"""Process tracing by example: edges at 0 and 1, ranges, packages, rivals, flip points and the next best evidence."""

import math

import pytest

from tocmodel.contribution import (
    Clue,
    evidence_flip,
    next_best_evidence,
    p_if_rivals,
    package_posterior,
    posterior,
    posterior_of,
    posteriors,
    weight_db,
)
from tocmodel.errors import FieldError, RefusedError, UnknownIdError
from tocmodel.model import Judgement, Search, TheoryOfChange

PANEL = {"by": "a panel", "on": "2024-01-02", "why": "earlier clubs"}


def judged(low: str, high: str) -> dict[str, str]:
    return {"low": low, "high": high, **PANEL}


def theory() -> TheoryOfChange:
    draft = TheoryOfChange.build("p", notice="Fictional.")
    draft.link(draft.activity("a", "A"), draft.outcome("o", "O"))
    draft.evidence_test("t1", "One", about="a->o", found="found", p_if_true=judged("0.8", "0.8"), p_if_false=judged("0.2", "0.2"))
    draft.evidence_test("t2", "Two", about="a->o", found="not_found", p_if_true=judged("0.5", "0.6"), judged_before_looking=False)
    draft.evidence_test("t3", "Three", about="a->o", found="found", label="hoop")
    draft.evidence_test("t4", "Four", about="o")
    return draft.done()


@pytest.mark.parametrize("prior", [0.0, 1.0])
def test_what_is_certain_stays_certain(prior: float) -> None:
    assert posterior(prior, [Clue(0.3, 0.9, found=True), Clue(0.9, 0.1, found=False)]).value == prior


def test_evidence_that_cannot_be_otherwise_decides() -> None:
    assert posterior(0.2, [Clue(0.5, 0.0, found=True)]).value == 1
    assert posterior(0.2, [Clue(1.0, 0.5, found=False)]).value == 0
    assert weight_db(Clue(0.5, 0.0, found=True)).value == math.inf
    assert weight_db(Clue(0.0, 0.5, found=True)).value == -math.inf
    assert str(weight_db(Clue(0.5, 0.0, found=True))) == "+∞"


def test_what_could_not_happen_is_refused() -> None:
    for clue in (Clue(0.0, 0.0, found=True), Clue(1.0, 1.0, found=False)):
        with pytest.raises(RefusedError, match="could happen neither"):
            posterior(0.5, [clue])
        with pytest.raises(RefusedError, match="could happen neither"):
            weight_db(clue)
    with pytest.raises(RefusedError):
        posterior(1.0, [Clue(0.0, 0.5, found=True)])


def test_very_much_evidence_neither_under_nor_overflows() -> None:
    for_it = posterior(1e-6, [Clue(0.9, 0.001, found=True)] * 500).value
    against = posterior(1 - 1e-6, [Clue(0.001, 0.9, found=True)] * 500).value
    assert for_it == 1.0
    assert against is not None
    assert 0 <= against < 1e-300


def test_a_probability_that_nobody_judged_is_anything() -> None:
    found = posterior(0.5, [Clue(None, 0.5, found=True)])
    assert (found.posterior.low, found.posterior.high) == (0.0, 2 / 3)
    assert found.value is None
    assert posterior(None, []).posterior.high == 1
    assert (
        posterior(0.5, [Clue(None, None, found=True)])
        .sentence()
        .startswith("On these judgements the probability was 0.5 before looking and is 0 to 1")
    )


@pytest.mark.parametrize("wrong", [-0.1, 1.1, (0.5, 0.4), math.nan])
def test_what_is_no_probability_is_refused(wrong: object) -> None:
    with pytest.raises(FieldError, match="not a probability"):
        posterior(wrong, [])  # type: ignore[arg-type]


def test_ranges_are_shown_rounded_outwards() -> None:
    assert str(posterior((0.1234, 0.5678), []).posterior) == "0.123 to 0.568"
    assert str(posterior(0.99999, []).posterior) == "more than 0.999"
    assert str(posterior(0.00001, []).posterior) == "less than 0.001"


def test_judgements_are_marked_with_who_when_and_before() -> None:
    found = posterior_of(theory(), "a->o", prior=Judgement(low="0.5", high="0.5", by="a panel", on="2024-01-02", why="no idea"))
    assert [clue.name for clue in found.clues] == ["t1", "t2"]
    assert found.posterior.low < found.posterior.high
    assert found.notes == (
        "the prior was judged by a panel, 2024-01-02: no idea",
        "judged after looking, so that what was seen may have shaped the judgement: t2",
        "judged in words only, and left out: t3",
        "Fictional.",
    )
    assert "a panel, 2024-01-02" in str(found)
    assert "supposition of whoever calculated" in posterior_of(theory(), "a->o", prior=0.5).notes[0]
    record = found.records()[0]
    assert (record["by"], record["found"], record["db_low"]) == ("a panel", "found", pytest.approx(6.0206, abs=1e-4))
    assert posterior_of(theory(), "o", prior=0.5).value == 0.5
    with pytest.raises(UnknownIdError):
        posterior_of(theory(), "nothing", prior=0.5)


def test_a_clue_without_a_judge_is_said_to_have_none() -> None:
    assert "nobody is named as having judged: x" in str(posterior(0.5, [Clue(0.5, 0.4, True, "x")]))


def test_several_hypotheses_need_priors_that_sum_to_one_and_something_possible() -> None:
    with pytest.raises(FieldError, match="of which one holds"):
        posteriors({"a": 0.5, "b": 0.4}, {"a": [], "b": []}, [])
    with pytest.raises(FieldError, match="1 likelihoods for 2"):
        posteriors({"a": 1.0}, {"a": [0.5]}, [True, False])
    with pytest.raises(RefusedError, match="impossible under every hypothesis"):
        posteriors({"a": 0.5, "b": 0.5}, {"a": [0.0], "b": [0.0]}, [True])
    found = posteriors({"a": 0.5, "b": 0.5}, {"a": [0.9], "b": [0.1]}, [Search.FOUND])
    assert found.likeliest == "a"
    assert "“a” from 0.5 to 0.9" in found.sentence()


def test_rivals_together_make_the_type_one_probability() -> None:
    assert p_if_rivals({"x": 1, "y": 1}, {"x": 0.2, "y": 0.6}) == pytest.approx(0.4)
    for weights in ({}, {"x": 0.0}, {"x": -1.0, "y": 3.0}, {"unknown": 1.0}):
        with pytest.raises(FieldError, match="not the weights of rivals"):
            p_if_rivals(weights, {"x": 0.2, "y": 0.6})


def test_a_package_refuses_what_cannot_be_correlated_so_and_ranges() -> None:
    with pytest.raises(RefusedError, match="if the claim holds"):
        package_posterior(0.5, Clue(0.9, 0.5), Clue(0.1, 0.5), correlation_if_true=0.9)
    with pytest.raises(RefusedError, match="if the claim does not hold"):
        package_posterior(0.5, Clue(0.5, 0.9), Clue(0.5, 0.1), correlation_if_false=0.9)
    with pytest.raises(FieldError, match="points"):
        package_posterior(0.5, Clue((0.1, 0.2), 0.5), Clue(0.1, 0.5))


def test_pieces_wholly_correlated_say_no_more_than_one() -> None:
    one = Clue(0.8, 0.2)
    found = package_posterior(0.5, one, one, correlation_if_true=1, correlation_if_false=1)
    assert found.posteriors[True, True] == pytest.approx(0.8)
    assert found.posteriors[True, False] is None
    assert "cannot happen" in found.sentence()
    assert posterior(0.5, [found.clue(first=True, second=True)]).value == pytest.approx(0.8)
    assert posterior(0.5, [found.clue(first=None, second=None)]).value == 0.5


def test_flip_points_say_when_nothing_would_undo_the_verdict_and_when_it_is_not_reached() -> None:
    sure = evidence_flip(0.9, Clue(0.9, 0.0, found=True), 0.5)
    assert sure.bias_factor is None
    assert "no type I probability would undo that" in sure.sentence()
    short = evidence_flip(0.1, Clue(0.5, 0.4, found=True), 0.9)
    assert not short.reached
    assert "does not reach 0.9" in short.sentence()
    for prior, clue, threshold in (
        (0.0, Clue(0.5, 0.1), 0.5),
        (0.5, Clue((0.1, 0.2), 0.1), 0.5),
        (0.5, Clue(0.5, 0.1), 1.0),
        (0.5, Clue(0.0, 0.1), 0.5),
    ):
        with pytest.raises(FieldError, match="flip point needs points"):
            evidence_flip(prior, clue, threshold)


def test_a_straw_in_the_wind_can_teach_more_than_a_smoking_gun() -> None:
    table = next_best_evidence(0.5, {"gun": Clue(0.30, 0.05), "straw": Clue(0.75, 0.25)})
    assert table.best == "straw"
    assert {row.name: round(row.expected_variance, 4) for row in table} == {"straw": 0.1875, "gun": 0.2229}
    dear = next_best_evidence(0.5, {"gun": Clue(0.30, 0.05), "straw": Clue(0.75, 0.25)}, costs={"gun": 1, "straw": 10})
    assert dear.best == "gun"
    assert "gain in bits" in str(table)


def test_what_is_certain_to_be_found_teaches_nothing() -> None:
    row = next_best_evidence(0.4, {"sure": Clue(1.0, 1.0)}).one()
    assert (row.gain_bits, row.if_not_found) == (pytest.approx(0), None)
    with pytest.raises(FieldError, match="points"):
        next_best_evidence(0.4, {"range": Clue((0.1, 0.2), 0.5)})
    with pytest.raises(FieldError, match="at least one candidate"):
        next_best_evidence(0.4, {})
    with pytest.raises(FieldError, match="cost"):
        next_best_evidence(0.4, {"x": Clue(0.5, 0.4)}, costs={})
