"""The contribution story: what it says of a fictional theory, of Kenya, and of models that nobody should trust."""

import re
from decimal import Decimal
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import AsOfNeededError, UnknownIdError
from tocmodel.measurement import publishable
from tocmodel.model import TheoryBuilder, TheoryOfChange
from tocmodel.stories import ClaimLevel, Gap, LinkState, banned_phrases
from tocmodel.stories.wording import own_words

KENYA = "examples/kenya_sec/kenya_sec.yaml"
SOLID: dict[str, Any] = {"kind": "observation", "independent": True}


def nursery(**more: Any) -> TheoryBuilder:
    """A fictional programme with every step reasoned and nothing known of it."""
    draft = TheoryOfChange.build("trees", "Tree nurseries (fictional)", as_of="2024-12-31", period="2023/2024", notice="Fictional.")
    draft.activity("nursery", "Nurseries are set up", basis="stated")
    draft.output("seedlings", "Seedlings are handed out")
    draft.outcome("planted", "Households plant trees")
    draft.objective("shade", "Schoolyards have shade")
    draft.assumption("rain", "The rains come in time")
    draft.link("nursery", "seedlings", id="hand-out", rationale="Nurseries raise seedlings", assumptions=["rain"], basis="stated")
    draft.link("seedlings", "planted", id="plant", rationale="Who has seedlings plants them", assumptions=["rain"], basis="planned", **more)
    draft.link("planted", "shade", id="grow", rationale="Trees give shade", assumptions=["rain"], basis="inferred")
    draft.rival("mayor", "The mayor's own tree campaign", about=["shade"], status="minor")
    return draft


def told(draft: TheoryBuilder, **options: Any) -> toc.Story:
    return toc.story(draft.done(), "nursery", "shade", **options)


def test_evidence_step_by_step_raises_the_level() -> None:
    draft = nursery()
    levels: list[ClaimLevel] = []
    for link in ("", "hand-out", "plant", "grow"):
        if link:
            draft.evidence(f"on-{link}", about=[link], **SOLID)
        levels.append(told(draft).level)
    assert levels == [ClaimLevel.NONE, ClaimLevel.MINIMAL, ClaimLevel.DIRECT, ClaimLevel.INDIRECT]
    assert told(draft).missing == ()
    assert "reasonable to conclude" in told(draft).sentence()


def test_an_unexamined_rival_caps_the_level_and_the_story_says_consistent_with() -> None:
    draft = nursery()
    for link in ("hand-out", "plant", "grow"):
        draft.evidence(f"on-{link}", about=[link], **SOLID)
    draft.rival("storm", "A wet year")
    story = told(draft)
    assert story.level is ClaimLevel.MINIMAL
    assert story.missing == (Gap.RIVALS_NOT_ASSESSED,)
    assert "consistent with a contribution as far as “Schoolyards have shade”" in str(story).replace("\n  ", " ")


def test_without_any_rival_named_none_is_assessed() -> None:
    model = nursery().done()
    bare = TheoryOfChange.of(model.programme, [record for record in model.records() if record.id != "mayor"])
    assert Gap.RIVALS_NOT_ASSESSED in toc.story(bare, "nursery", "shade").missing


def test_delivery_is_stated_or_a_figure_above_zero() -> None:
    def delivery(basis: str | None, figure: str | None, *against: str) -> tuple[bool, bool, bool]:
        draft = TheoryOfChange.build("t", as_of="2024-12-31")
        draft.activity("nursery", "N", basis=basis)
        draft.objective("shade", "S")
        draft.link("nursery", "shade")
        draft.indicator("nurseries", of="nursery", kind="count", unit="event", direction="increase")
        if figure is not None:
            draft.actual("nurseries", figure)
        for id in against:
            draft.evidence(id, about=["nursery"], direction="contradicts", **SOLID)
        found = told(draft).delivery
        return found.held, found.stated, bool(found.reported)

    assert delivery("stated", None) == (True, True, False)
    assert delivery("planned", "over 0") == (True, False, True)
    assert delivery("planned", "3") == (True, False, True)
    assert delivery("planned", "0") == (False, False, False)
    assert delivery("planned", "up to 5") == (False, False, False)
    assert delivery(None, None) == (False, False, False)
    assert delivery("stated", "3", "nobody-saw-it") == (False, True, True)


def test_refuted_links_are_named_wherever_they_lie() -> None:
    draft = nursery()
    draft.outcome("sold", "Households sell seedlings")
    draft.link("seedlings", "sold", id="sell")
    draft.link("sold", "shade", id="spend")
    draft.evidence("nobody-sold", about=["sell"], direction="contradicts", **SOLID)
    story = told(draft)
    assert [each.link.id for each in story.refuted] == ["sell"]
    assert "sell" not in [each.link.id for each in story.pathway]
    named = [said for said in story.sentences if said.text.startswith("Refuted: that")]
    assert [said.because for said in named] == [("sell", "nobody-sold")]


def test_a_failed_assumption_upstream_of_a_met_target_is_named() -> None:
    draft = nursery()
    draft.assumption("soil", "The soil is good", state="failed")
    draft.link("nursery", "planted", id="direct", rationale="R", assumptions=["soil"])
    draft.indicator("yards", of="shade", kind="count", unit="school", direction="increase")
    draft.target("yards", 5)
    draft.actual("yards", 6)
    assert "“The soil is good” failed, yet “yards” downstream of it met its target" in str(told(draft)).replace("\n  ", " ")


def test_weak_points_and_the_way_up() -> None:
    draft = nursery()
    draft.evidence("own", about=["hand-out"], kind="self_report", independent=False)
    story = told(draft)
    assert [each.link.id for each in story.weakest] == ["grow", "plant", "hand-out"]
    text = str(story).replace("\n  ", " ")
    assert "1 of 3 steps is supported only by the programme's own word." in text
    assert "A minimal claim, on what the activity led to itself, becomes possible once step 1 is verified." in text
    assert "becomes possible once steps 1 and 2 are verified." in text
    assert "becomes possible once steps 1 to 3 are verified." in text


def test_what_would_lower_the_level_is_found_by_judging_again() -> None:
    draft = nursery()
    for link in ("hand-out", "plant"):
        draft.evidence(f"on-{link}", about=[link], **SOLID)
    assert "The level would fall to none if independent evidence refuted step 1, 2 or 3." in str(told(draft))
    draft.link("seedlings", "shade", id="shortcut", rationale="R", assumptions=["rain"])
    text = str(told(draft)).replace("\n  ", " ")
    assert "The level would fall to none if independent evidence refuted step 1." in text
    assert "The level would fall to minimal if independent evidence refuted step 2 or 3." in text


def test_confidence_harvest_packages_and_looked_for_are_told() -> None:
    draft = nursery(confidence={"low": "0.4", "high": "0.6", "level": "fair", "by": "panel"})
    draft.link("nursery", "planted", id="advice", rationale="Advice helps")
    draft.package("together", "planted", links=["plant", "advice"], assumptions=["rain"])
    draft.evidence("searched", about=["hand-out"], direction="looked_for_not_found", statement="Lists of seedlings", **SOLID)
    draft.evidence("on-it", about=["hand-out"], **SOLID)
    draft.actor("elders", "The elders")
    draft.harvested_outcome(
        "h1", "The school fenced its yard", about=["planted"], intended=False, substantiated_by="elders", agreement="partial"
    )
    text = str(told(draft)).replace("\n  ", " ")
    assert "How sure we are of it was judged “fair”, 0.4 to 0.6 by “panel”." in text
    assert "It works only together with “Nurseries are set up” → “Households plant trees”." in text
    assert "Looked for and not found: “Lists of seedlings” (observation, independent)." in text
    assert "an outcome, not intended: “The school fenced its yard”; “The elders” agreed in part." in text


def test_an_objective_short_of_the_end_counts_as_an_outcome() -> None:
    draft = nursery()
    draft.objective("goal", "Children stay at school", level="overall")
    draft.link("shade", "goal", id="stay", rationale="Shade helps", assumptions=["rain"])
    draft.rival("other", "A new road", about=["goal"], status="minor")
    for link in ("hand-out", "plant", "grow"):
        draft.evidence(f"on-{link}", about=[link], **SOLID)
    story = toc.story(draft.done(), "nursery", "goal")
    assert story.level is ClaimLevel.DIRECT
    assert "contributed to “Schoolyards have shade”" in story.sentence()


def test_no_pathway_is_a_story_too() -> None:
    draft = TheoryOfChange.build("t")
    draft.activity("nursery", "N")
    draft.objective("shade", "S")
    story = told(draft)
    assert story.missing == (Gap.NO_PATHWAY, Gap.ACTIVITY_NOT_DELIVERED, Gap.RIVALS_NOT_ASSESSED)
    assert story.sentence() == "No claim can be made: the theory draws no helping pathway from “N” to “S”."


def test_wrong_calls_say_the_way_out() -> None:
    model = nursery().done()
    with pytest.raises(UnknownIdError, match=r"no activity has the id 'nursry'; did you mean 'nursery'"):
        toc.story(model, "nursry", "shade")
    with pytest.raises(UnknownIdError, match="no activity has the id 'planted'"):
        toc.story(model, "planted", "shade")
    with pytest.raises(UnknownIdError, match="no objective or other result has the id 'nursery'"):
        toc.story(model, "nursery", "nursery")


def test_a_date_is_needed_only_where_figures_are_judged() -> None:
    draft = TheoryOfChange.build("t")
    draft.activity("nursery", "N")
    draft.objective("shade", "S")
    draft.link("nursery", "shade")
    assert told(draft).as_of is None
    draft.indicator("yards", of="shade")
    with pytest.raises(AsOfNeededError):
        told(draft)
    assert str(told(draft, as_of="2024-01-01").as_of) == "2024-01-01"


# Kenya


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read(KENYA)


@pytest.mark.parametrize("objective", ["children-engage-duty-bearers", "sec-eliminated"])
def test_kenya_allows_no_claim_and_says_why(kenya: toc.TheoryOfChange, objective: str) -> None:
    story = toc.story(kenya, "child-rights-clubs", objective)
    assert story.level is ClaimLevel.NONE
    assert story.missing == (Gap.THEORY_NOT_REASONED, Gap.CHAIN_NOT_VERIFIED, Gap.RIVALS_NOT_ASSESSED)
    assert story.delivery.held
    assert {each.finding.state for each in story.links} == {LinkState.UNTESTED}
    text = str(story).replace("\n  ", " ")
    assert "supported only by the programme's own word, all of it from “Learning and Reflection Event in Kenya”" in text
    assert "“over 1550” of 1,550 planned, at least 100 % (met)" in text
    assert "“Building a Future”" not in text  # a quotation inside the title stays a quotation of the title
    assert "not made or endorsed by Terre des Hommes Netherlands or Kesho Kenya" in text
    for shown in (story.markdown(), story.html()):
        assert "not an evaluation" in shown
    assert all("not an evaluation" in str(record["notice"]) for record in story.records())


def test_kenya_marks_where_the_sources_stop(kenya: toc.TheoryOfChange) -> None:
    text = str(toc.story(kenya, "child-rights-clubs", "children-engage-duty-bearers")).replace("\n  ", " ")
    assert "Sources carry it as far as “Children are capable of claiming their rights” (→); there their word ends (⇢)." in text
    assert "Step 3 ⇢ “Children engage duty bearers on behalf of their peers”" in text


def test_what_a_story_rests_on_has_names() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    told = toc.story(kenya, "legal-advice", "families-protect")
    clubs = toc.story(kenya, "child-rights-clubs", "children-engage-duty-bearers")
    assert all([*told.references.values(), *clubs.references.values()])
    assert "“Legal advice” → “Law enforcement picks up cases” (legal-advice->cases-picked-up)" in told.markdown().replace("\\", "").replace(
        "&gt;", ">"
    )
    assert "target of “Schools with Child Rights Clubs” (schools-with-clubs.target)" in " ".join(str(clubs).split())


def test_an_activity_whose_figure_is_not_published_is_neither_delivered_nor_not() -> None:
    draft = toc.TheoryOfChange.build("help", as_of="2024-12-31")
    clubs, helped = draft.activity("clubs", "Clubs meet", basis="planned"), draft.output("helped", "Children are helped")
    draft.link(clubs, helped, rationale="They are asked", assumptions=[draft.assumption("a", "They trust")], basis="planned")
    draft.indicator("few", "Children in clubs", of=clubs, unit="person", direction="increase")
    draft.target("few", 40)
    draft.actual("few", 3)
    model = draft.done()
    story = toc.story(model, clubs, helped, table=publishable(model, toc.achievement(model)))
    assert story.delivery.unpublished
    assert not story.delivery.held
    assert story.level.value == "none"
    assert story.sentence() == (
        "Whether “Clubs meet” took place is not told here, for its figure is not published, and no contribution to “Children are helped” is claimed."
    )
    text = str(story)
    assert "40 planned, not shown, to protect small groups" in " ".join(text.split())
    for claim in ("took place is not established", "neither stated as a fact", "Find out whether “Clubs meet” took place"):
        assert claim not in " ".join(text.split())
    check_language(story)
    assert toc.story(model, clubs, helped).delivery.held


def trained(output: str, actual: object, **activity: object) -> toc.TheoryOfChange:
    """A fictional training of which nothing but its output, if at all, reports a figure."""
    draft = toc.TheoryOfChange.build("literacy", as_of="2024-12-31")
    draft.activity("train", "Train facilitators", **activity)
    getattr(draft, output)("facilitators", "Facilitators know their work")
    draft.objective("read", "Adults read")
    draft.link("train", "facilitators")
    draft.link("facilitators", "read")
    draft.indicator("i", "Facilitators trained", of="facilitators", unit="person", direction="increase")
    draft.target("i", 50)
    draft.actual("i", actual)
    return draft.done()


def test_what_the_output_reports_is_named_beside_the_silence_on_the_activity() -> None:
    story = toc.story(trained("output", 52), "train", "read")
    assert not story.delivery.held
    assert story.sentence() == (
        "That “Train facilitators” took place is shown by no figure of its own, though “Facilitators know their work”, which follows from it, "
        "reports 52; that it contributed to “Adults read” cannot be claimed yet."
    )
    text = " ".join(str(story).split())
    assert "“Facilitators know their work”, which follows from it, reports 52. [" in text
    assert "The activity was delivered: no; no source states it and no figure of its own shows it." in text
    assert "State whether “Train facilitators” took place, or report a figure of its own: so far only “Facilitators know" in text
    assert "Find out whether “Train facilitators” took place" not in text
    check_language(story)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (trained("output", 0), "That “Train facilitators” took place is not established, and that it"),
        (trained("output", "missing"), "That “Train facilitators” took place is not established, and that it"),
        (trained("outcome", 52), "That “Train facilitators” took place is not established, and that it"),
        (trained("output", 52, basis="stated"), "“Train facilitators” took place, as a source states, but that it"),
    ],
)
def test_only_what_an_output_next_to_the_activity_reports_is_named(model: toc.TheoryOfChange, said: str) -> None:
    story = toc.story(model, "train", "read")
    assert story.sentence() == f"{said} contributed to “Adults read” cannot be claimed yet."
    assert "which follows from it" not in str(story)


def test_every_activity_and_objective_of_kenya_keeps_the_rules_of_language(kenya: toc.TheoryOfChange) -> None:
    for activity in (node for node in kenya.nodes if node.kind == "activity"):
        for objective in (node for node in kenya.nodes if node.kind == "objective"):
            check_language(toc.story(kenya, activity.id, objective.id))


NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(found.replace(",", "")) for found in NUMBER.findall(text)}


def check_language(story: toc.Story) -> None:
    """Every sentence has ids, every number of ours is in its values, and nothing of ours is banned."""
    assert len(story.sentences) == len(story.records())
    for said in story.sentences:
        assert said.because, said.text
        assert set(said.because) <= set(story.references)
        assert not banned_phrases(own_words(said.text)), said.text
        held = {number for _, value in said.values for number in numbers_in(str(value))}
        assert numbers_in(own_words(said.text)) <= held, said


# Models that nobody should trust


NASTY = "<script>alert(1)</script> [a](http://x) **b** `c` # d | e ” proved “ attributable &amp; \x00\u202e"


def nasty() -> toc.Story:
    draft = TheoryOfChange.build("t", NASTY, notice=NASTY, as_of="2024-12-31")
    draft.activity("nursery", NASTY, basis="stated")
    draft.output("seedlings", NASTY)
    draft.objective("shade", NASTY)
    draft.assumption("rain", NASTY)
    draft.link("nursery", "seedlings", id="<b>l", rationale=NASTY, assumptions=["rain"])
    draft.link("seedlings", "shade", rationale=NASTY, confidence={"level": NASTY, "by": NASTY, "on": NASTY, "why": NASTY})
    draft.rival("mayor", NASTY)
    draft.evidence("e", about=["<b>l"], statement=NASTY, **SOLID)
    draft.indicator("yards", NASTY, of="shade", kind="text")
    draft.actual("yards", {"words": NASTY}, comparability=NASTY)
    draft.harvested_outcome("h", NASTY, about=["shade"])
    return told(draft)


def test_untrusted_text_is_escaped_in_html() -> None:
    html = nasty().html()
    assert "<script" not in html
    assert "<b>" not in html


def test_untrusted_text_stays_text_in_markdown() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    rendered = markdown_it.MarkdownIt("commonmark", {"html": True}).render(nasty().markdown())
    for tag in ("<script", "<a ", "<strong", "<code", "<b>", "<img"):
        assert tag not in rendered
    assert rendered.count("<h1>") == 1
    assert rendered.count("<h2>") == len(nasty().sections) + 1


def test_words_of_the_model_that_claim_too_much_are_quotations_and_said_to_be() -> None:
    story = nasty()
    check_language(story)
    assert "Some quotations claim more than evidence of a contribution can carry" in story.sentences[-1].text


def test_markdown_of_plain_text_reads_as_the_text() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    story = told(nursery())
    rendered = re.sub(r"<[^>]+>", "", markdown_it.MarkdownIt().render(story.markdown()))
    for said in story.sentences:
        assert said.text in rendered.replace("&quot;", '"').replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")


def test_links_as_records() -> None:
    draft = nursery()
    draft.evidence("on-it", about=["hand-out"], **SOLID)
    record = told(draft).link_records()[0]
    assert (record["link"], record["step"], record["state"], record["counted_for"]) == ("hand-out", 1, "verified", "on-it")


# Judged strengths


def judged(low: str, high: str) -> dict[str, str]:
    return {"low": low, "high": high, "by": "a panel", "on": "2024-05-02", "why": "for the test"}


def test_judged_strengths_add_plausibility_hotspots_and_flip_points() -> None:
    draft = TheoryOfChange.build("t")
    draft.activity("nursery", "N", basis="stated", delivery=judged("1", "1"))
    draft.outcome("planted", "P")
    draft.objective("shade", "S")
    draft.link("nursery", "planted", strength=judged("0.5", "0.8"))
    draft.link("planted", "shade", strength=judged("0.5", "0.5"))
    story = told(draft)
    check_language(story)
    text = str(story).replace("\n  ", " ")
    assert "the plausibility that “S” is reached, by this activity or another, is 0.25 to 0.4." in text
    assert "by how much at most: “N” → “P” (0.15)." in text
    assert (
        "The plausibility is below 0.5; it would change sides if “P” → “S” were judged at least 0.625 or “N” → “P” were judged at least 1."
        in text
    )
    assert story.judged is not None
    assert (story.judged.plausibility.low, story.judged.plausibility.high) == (0.25, 0.4)


def test_without_judgements_nothing_is_said_of_plausibility_and_with_too_few_it_cannot_be_judged() -> None:
    assert told(nursery()).judged is None
    assert "plausib" not in str(told(nursery()))
    draft = TheoryOfChange.build("t")
    draft.activity("nursery", "N")
    draft.outcome("planted", "P")
    draft.objective("shade", "S")
    draft.link("nursery", "planted", strength=judged("0.5", "1"))
    draft.link("planted", "shade")
    story = told(draft)
    check_language(story)
    assert "How plausible it is that “S” is reached" in str(story)


def test_a_result_in_words_says_what_was_planned_and_whether_it_was_met() -> None:
    draft = toc.TheoryOfChange.build("p", "Reading clubs (fictional)", as_of="2024-06-30")
    draft.link(draft.activity("a", "Clubs meet"), draft.objective("o", "Children read"))
    draft.indicator("r", "How it reads", of="o", kind="rating", scale=["poor", "fair", "good"], direction="increase")
    draft.target("r", "good")
    draft.actual("r", "fair")
    draft.evidence("e", about="o", direction="looked_for_not_found", kind="document", statement="Nothing in the register")
    told = " ".join(said.text for said in toc.story(draft.done(), "a", "o").sentences)
    assert "“How it reads” in words: “fair”, where “good” was planned (not met)." in told
    assert "Looked for and not found of its result: “Nothing in the register”" in told
