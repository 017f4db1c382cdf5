"""The structure behind a theory and its plausibility: what counts, what is missing, and what the result says of it."""

from decimal import Decimal

import pytest

import tocmodel as toc
from tocmodel.contribution.engine.engine import Method
from tocmodel.contribution.engine.structure import Part, structure
from tocmodel.contribution.judged.plausibility import Plausibility, between, if_fails, plausibility
from tocmodel.contribution.judgements import Origin, with_judgements
from tocmodel.errors import FieldError, UnknownIdError
from tocmodel.model import Judgement, TheoryBuilder, TheoryOfChange


def judged(low: str, high: str | None = None) -> dict[str, object]:
    return {"low": low, "high": high or low, "by": "a panel of librarians", "on": "2024-05-02", "why": "two earlier clubs"}


def draft() -> TheoryBuilder:
    """Two activities with one outcome and an objective; everything but the last link is judged."""
    theory = TheoryOfChange.build("reading", "Reading clubs")
    theory.activity("club", "A reading club meets", delivery=judged("0.9"))
    theory.activity("loans", "The library lends books", delivery=judged("1"))
    theory.outcome("habit", "Children read for pleasure")
    theory.objective("readers", "Children are confident readers")
    theory.link("club", "habit", strength=judged("0.5"))
    theory.link("loans", "habit", strength=judged("0.4", "0.6"))
    return theory


def test_paths_that_share_a_link_are_not_independent() -> None:
    theory = TheoryOfChange.build("shared")
    theory.activity("s", "s", delivery=judged("1"))
    for node in ("m", "a", "b", "t"):
        theory.outcome(node, node)
    theory.link("s", "m", strength=judged("0.5"))
    for node in ("a", "b"):
        theory.link("m", node, strength=judged("0.9"))
        theory.link(node, "t", strength=judged("0.9"))
    found = plausibility(theory.done(), "t")
    assert found.value == pytest.approx(0.5 * (1 - (1 - 0.81) ** 2))  # and not 1 - (1 - 0.405) squared
    assert found.method is Method.EXACT


def test_a_shared_assumption_is_one_variable() -> None:
    theory = TheoryOfChange.build("shared")
    theory.assumption("open", "The library is open", probability=judged("0.5"))
    theory.outcome("t", "t")
    for activity in ("a", "b"):
        theory.activity(activity, activity, delivery=judged("1"))
        theory.link(activity, "t", strength=judged("1"), assumptions=["open"])
    model = theory.done()
    assert plausibility(model, "t").value == 0.5
    failure = if_fails(model, "open", "t")
    assert (failure.now.value, failure.if_fails.value, failure.loss_at_low) == (0.5, 0.0, 0.5)
    assert failure.sentence() == ("If it did not hold that “The library is open”, the plausibility of “t” would be 0 instead of 0.5.")
    assert failure.record()["loss_at_high"] == 0.5


def test_ranges_give_a_range_and_the_other_reading_stands_beside_it() -> None:
    found = plausibility(draft().done(), "habit")
    assert (found.low, found.high) == (pytest.approx(1 - 0.55 * 0.6), pytest.approx(1 - 0.55 * 0.4))
    assert found.value is None
    assert found.assumed == ("habit",)
    assert found.all_needed == (pytest.approx(0.45 * 0.4), pytest.approx(0.45 * 0.6))
    assert "Each link alone was taken to suffice for “Children read for pleasure”; if all were needed" in found.sentence()


def test_stated_packages_leave_nothing_to_assume() -> None:
    theory = draft()
    theory.package("both", "habit", links=["club->habit", "loans->habit"])
    found = plausibility(theory.done(), "habit")
    assert found.all_needed is None
    assert found.high == pytest.approx(0.45 * 0.6)


def test_at_least_so_many_of_a_package() -> None:
    theory = TheoryOfChange.build("two-of-three")
    theory.outcome("t", "t")
    for activity, chance in (("a", "0.1"), ("b", "0.2"), ("c", "0.3")):
        theory.activity(activity, activity, delivery=judged(chance))
        theory.link(activity, "t", strength=judged("1"))
    theory.package("two", "t", links=["a->t", "b->t", "c->t"], at_least=2)
    assert plausibility(theory.done(), "t").value == pytest.approx(0.098)


def test_what_nobody_judged_is_missing_and_never_filled_in() -> None:
    theory = draft()
    theory.link("habit", "readers")
    found = plausibility(theory.done(), "readers")
    assert found.missing == ("habit->readers",)
    assert found.low == 0
    assert found.high == pytest.approx(1 - 0.55 * 0.4)
    assert found.can_be_judged
    assert "1 of the 5 links, assumptions and deliveries on the way is not judged" in found.sentence()
    assert found.because == ("club", "loans", "club->habit", "loans->habit")


def test_a_level_is_no_range() -> None:
    theory = TheoryOfChange.build("levels")
    theory.activity("a", "a", delivery={"level": "likely", "by": "a panel", "on": "2024-05-02", "why": "it said so"})
    found = plausibility(theory.done(), "a")
    assert found.missing == ("a",)
    assert found.grounds[0].about == "it is judged “likely”, which is no range"


@pytest.mark.parametrize("with_link", [True, False])
def test_a_result_that_rests_on_nothing_cannot_be_judged(with_link: bool) -> None:
    theory = TheoryOfChange.build("bare")
    theory.activity("a", "a")
    theory.outcome("t", "Children read")
    if with_link:
        theory.link("a", "t")
    found = plausibility(theory.done(), "t")
    assert not found.can_be_judged
    assert (found.low, found.high) == (0, 1)
    assert found.sentence().startswith("How plausible it is that “Children read” is reached cannot be judged")


def test_a_loop_never_starts_itself() -> None:
    theory = TheoryOfChange.build("loop")
    theory.outcome("a", "a")
    theory.outcome("b", "b")
    theory.link("a", "b", strength=judged("1"))
    theory.link("b", "a", strength=judged("1"), feedback=True)
    found = plausibility(theory.done(), "b")
    assert (found.value, found.low, found.high) == (0, 0, 0)


def test_declared_feedback_is_not_needed_where_all_are() -> None:
    theory = draft()
    theory.outcome("talk", "Children talk about books")
    theory.link("habit", "talk", strength=judged("1"))
    theory.link("talk", "habit", strength=judged("1"), feedback=True)
    found = plausibility(theory.done(), "talk")
    assert found.all_needed == (pytest.approx(0.45 * 0.4), pytest.approx(0.45 * 0.6))


def test_what_does_not_count_is_listed_with_the_reason() -> None:
    theory = draft()
    theory.input("books", "Books")
    theory.link("books", "club")
    theory.outcome("tired", "Children are tired")
    theory.link("tired", "habit", sign="hinders")
    theory.link("habit", "loans", feedback=True)
    theory.package("one", "habit", links=["club->habit"])
    theory.risk("rain", "Roads are flooded", about=["habit"])
    theory.risk("elsewhere", "Something else", about=["readers"])
    found = plausibility(theory.done(), "habit")
    assert {item.id: item.why for item in found.left_out} == {
        "loans->habit": "it belongs to no package of its node",
        "books->club": "inputs are part of the delivery of what they feed",
        "tired->habit": "it hinders",
        "rain": "a risk has no place in the calculation",
    }
    assert found.value == pytest.approx(0.45)
    assert "habit->loans" in {item.id for item in structure(theory.done()).left_out}


def test_a_hindering_link_in_a_package_is_left_out_of_it() -> None:
    theory = draft()
    theory.outcome("tired", "Children are tired")
    theory.link("tired", "habit", sign="hinders")
    theory.package("both", "habit", links=["club->habit", "tired->habit"])
    assert plausibility(theory.done(), "habit").value == pytest.approx(0.45)


def test_external_drivers_start_and_unsupported_nodes_are_said_to_be_so() -> None:
    theory = TheoryOfChange.build("starts")
    theory.outcome("tradition", "Grandparents tell stories", driver=True, delivery=judged("0.7"))
    theory.outcome("alone", "Nothing leads here")
    theory.outcome("t", "t", delivery=judged("0.2"))
    theory.link("tradition", "t", strength=judged("1"))
    theory.link("alone", "t", strength=judged("1"))
    system = structure(theory.done())
    assert system.drivers == ("tradition",)
    assert system.variables["alone"].part is Part.UNSUPPORTED
    found = plausibility(theory.done(), "t")
    assert (found.low, found.high) == (pytest.approx(0.7), 1)
    assert next(ground.about for ground in found.grounds if ground.id == "alone") == "nothing leads to it"
    assert [item.id for item in found.left_out] == ["t"]


def test_judgements_of_an_overlay_take_the_place_of_the_models_and_are_marked() -> None:
    overlay = {"loans->habit": Judgement(low="0.1", high="0.1", by="parents", on="2024-06-15", why="few loans")}
    found = plausibility(draft().done(), "habit", overlay=overlay)
    assert found.value == pytest.approx(1 - 0.55 * 0.9)
    origins = {ground.id: ground.judged.origin for ground in found.grounds if ground.judged}
    assert origins["loans->habit"] is Origin.OVERLAY
    assert origins["club"] is Origin.MODEL
    assert "parents, 2024-06-15 (overlay)" in str(found)
    with pytest.raises(UnknownIdError, match="did you mean 'club->habit'"):
        with_judgements(draft().done(), {"clubs->habit": overlay["loans->habit"]})


def test_an_overlay_judges_nodes_and_assumptions_too() -> None:
    theory = draft()
    theory.assumption("time", "Children have time")
    theory.package("p", "habit", links=["club->habit"], assumptions=["time"])
    half = Judgement(low="0.5", high="0.5", by="parents", on="2024-06-15", why="as seen")
    assert plausibility(theory.done(), "habit", overlay={"time": half, "club": half}).value == pytest.approx(0.125)


def test_suppositions_are_marked_and_must_be_probabilities() -> None:
    model = draft().done()
    found = plausibility(model, "habit", given={"club": 0, "loans->habit": (0.2, 0.3)})
    assert (found.low, found.high) == (pytest.approx(0.2), pytest.approx(0.3))
    assert "(supposed)" in str(found)
    with pytest.raises(FieldError, match="not a probability of 'club'"):
        plausibility(model, "habit", given={"club": 1.5})
    with pytest.raises(UnknownIdError, match="no link, assumption or driver that counts"):
        plausibility(model, "habit", given={"nothing": 1})
    for unlikely in ("likely", None, float("nan"), True, (0.1, 0.2, 0.3), (0.2, "x"), [], "-0.1"):
        with pytest.raises(FieldError, match="not a probability of 'club'"):
            plausibility(model, "habit", given={"club": unlikely})  # type: ignore[dict-item] — the call is wrong on purpose
    same = (plausibility(model, "habit", given={"club": half}) for half in (0.5, "0.5", Decimal("0.5"), ("0.5", 0.5)))
    assert len({(found.low, found.high) for found in same}) == 1


def test_unknown_dependence_gives_bounds_that_say_so() -> None:
    theory = TheoryOfChange.build("chain")
    theory.activity("a", "a", delivery=judged("0.7"))
    theory.outcome("b", "b")
    theory.outcome("c", "c")
    theory.link("a", "b", strength=judged("0.8"))
    theory.link("b", "c", strength=judged("0.9"))
    found = plausibility(theory.done(), "c", dependence="unknown")
    assert found.method is Method.BOUNDS
    assert (found.low, found.high) == (pytest.approx(0.4), 0.7)
    assert "bounds that hold however links and assumptions depend on each other" in found.sentence()
    with pytest.raises(FieldError, match="unknown dependence"):
        plausibility(theory.done(), "c", dependence="total")


def test_beyond_the_limit_it_is_an_estimate_with_its_interval() -> None:
    with pytest.raises(FieldError, match="an estimate from 0 samples"):
        plausibility(draft().done(), "habit", limit=0, samples=0)
    exact = plausibility(draft().done(), "habit", given={"loans->habit": 0.5})
    found = plausibility(draft().done(), "habit", given={"loans->habit": 0.5}, limit=0, samples=1 << 14, seed=3)
    assert found.method is Method.MONTE_CARLO
    assert found.truncated
    assert exact.value is not None
    assert found.value is not None
    assert found.low < exact.value < found.high
    assert found.low < found.value < found.high
    assert "an estimate from 16,384 samples" in found.sentence()


def test_unknown_nodes_and_assumptions_are_refused() -> None:
    with pytest.raises(UnknownIdError, match="no node has the id 'habits'"):
        plausibility(draft().done(), "habits")
    with pytest.raises(UnknownIdError, match="no assumption has the id 'club'"):
        if_fails(draft().done(), "club", "habit")


def test_the_result_is_data_text_and_escaped_html() -> None:
    theory = TheoryOfChange.build("reading", notice="Fictional.")
    theory.activity("club", "Clubs <b>meet</b>", delivery=judged("0.5"))
    found = toc.plausibility(theory.done(), "club")
    assert isinstance(found, Plausibility)
    assert found.records() == [found.record()]
    assert found.record()["low"] == 0.5
    assert found.table.records()[0]["by"] == "a panel of librarians"
    html: str = getattr(found, "_repr_html_")()  # noqa: B009 — what a notebook calls
    assert "&lt;b&gt;meet&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "Fictional." in html
    assert str(found).endswith("Fictional.")


def test_missing_grounds_are_empty_in_records() -> None:
    theory = TheoryOfChange.build("bare")
    theory.activity("a", "a")
    record = plausibility(theory.done(), "a").table.records()[0]
    assert (record["low"], record["origin"], record["missing"]) == (None, None, "its delivery is not judged")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.0, 0.0, "0"),
        (1.0, 1.0, "1"),
        (0.5, 0.5, "0.5"),
        (0.12345, 0.12345, "0.123"),
        (0.3999, 0.4001, "0.399 to 0.401"),
        (0.0, 1.0, "0 to 1"),
    ],
)
def test_ranges_are_rounded_outwards(low: float, high: float, text: str) -> None:
    assert between(low, high) == text


def test_packages_that_cannot_count_are_listed() -> None:
    theory = draft()
    theory.outcome("tired", "Children are tired")
    theory.link("tired", "readers", sign="hinders")
    theory.link("habit", "club")
    theory.package("of-an-activity", "club", links=["habit->club"])
    theory.package("of-nothing", "readers", links=["tired->readers"])
    reasons = {item.id: item.why for item in structure(theory.done()).left_out}
    assert reasons["of-an-activity"] == "its node starts by itself"
    assert reasons["of-nothing"] == "nothing in it counts"
