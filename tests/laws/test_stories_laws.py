"""Laws of stories: what never raises a claim, what is always named, and what never matters."""

import random
from itertools import pairwise, takewhile
from typing import Any

from hypothesis import given, settings, strategies as st
from hypothesis.strategies import DrawFn

import tocmodel as toc
from tests.strategies import theories
from tests.test_stories_story import check_language
from tocmodel.model import (
    Activity,
    Assumption,
    Evidence,
    Input,
    Link,
    Node,
    Objective,
    Outcome,
    Output,
    Programme,
    Record,
    RivalExplanation,
    RivalStatus,
    TheoryOfChange,
)
from tocmodel.paths import list_paths
from tocmodel.stories import ChainStep, ClaimLevel, LinkState, StoryPolicy, story_level

MIDDLE = ("x", "y", "z")


ITEMS: dict[str, dict[str, Any]] = {
    "solid": {"kind": "observation", "independent": True},
    "own": {"kind": "self_report", "independent": False},
    "absent": {"kind": "document", "independent": True, "direction": "looked_for_not_found"},
    "against": {"kind": "document", "independent": True, "direction": "contradicts"},
    "opinion": {"kind": "opinion", "independent": True, "direction": "contradicts"},
}


@st.composite
def told_theories(draw: DrawFn, *, loops: bool = True) -> TheoryOfChange:
    """Small theories between an activity and an objective in which claims of every level occur."""

    def mostly(good: Any, *others: Any) -> Any:
        return draw(st.sampled_from((good, good, good, good, good, *others)))

    nodes: list[Record] = [Activity(id="a", title="A", basis=mostly("stated", "planned")), Objective(id="g", title="G")]
    nodes += [draw(st.sampled_from((Output, Outcome, Objective)))(id=name, title=name.upper()) for name in MIDDLE]
    order = ["a", *MIDDLE, "g"]
    passed = draw(st.lists(st.sampled_from(MIDDLE), unique=True, max_size=3).map(sorted))
    backbone = list(pairwise(["a", *passed, "g"]))
    pairs = [
        (one, other)
        for one in order
        for other in order
        if one not in (other, "g") and other != "a" and (loops or order.index(one) < order.index(other))
    ]
    chosen = dict.fromkeys([*backbone, *draw(st.lists(st.sampled_from(pairs), max_size=4))])
    links = [
        Link(
            from_=one,
            to=other,
            rationale=mostly("R", None),
            assumptions=mostly(["s"], []),
            sign=mostly("helps", "hinders"),
            strength=draw(st.sampled_from((None, {"low": "0.2", "high": "0.9", "by": "b"}))),
        )
        for one, other in chosen
    ]
    spoken = [(link.id, mostly("solid", *ITEMS, None)) for link in links]
    spoken += [(draw(st.sampled_from([*(link.id for link in links), *order])), mostly("solid", *ITEMS)) for _ in range(mostly(0, 1, 2))]
    evidence = [
        Evidence(id=f"e{number}", about=[about], group=draw(st.sampled_from(("", "one"))), **ITEMS[item])
        for number, (about, item) in enumerate(spoken)
        if item is not None
    ]
    rivals = [
        RivalExplanation(id=f"r{number}", title="Rival", status=mostly("minor", *RivalStatus), about=["g"])
        for number in range(mostly(1, 0, 2))
    ]
    state = draw(st.sampled_from(("untested", "holds", "failed")))
    return TheoryOfChange.of(Programme(id="p", title="P"), [*nodes, Assumption(id="s", title="S", state=state), *links, *evidence, *rivals])


def told(model: TheoryOfChange, **options: Any) -> toc.Story:
    return toc.story(model, "a", "g", **options)


@given(told_theories(), st.sampled_from(("a", "x", "g", None)))
def test_an_unexamined_rival_never_raises_the_level(model: TheoryOfChange, about: str | None) -> None:
    more = model.replaced(RivalExplanation(id="new", title="N", about=[about] if about else []))
    assert told(more).level.rank <= told(model).level.rank
    if about != "x":  # x may lie off the way
        assert told(more).level in {ClaimLevel.NONE, ClaimLevel.MINIMAL}


@given(told_theories(), st.data(), st.sampled_from(("observation", "self_report")), st.booleans())
def test_contradicting_evidence_never_raises_the_level(model: TheoryOfChange, data: st.DataObject, kind: str, independent: bool) -> None:
    about = data.draw(st.sampled_from([*(link.id for link in model.links), "a", *MIDDLE, "g"]))
    more = model.replaced(Evidence(id="new", about=[about], direction="contradicts", kind=kind, independent=independent))
    assert told(more).level.rank <= told(model).level.rank


@given(told_theories(), st.data())
def test_supporting_evidence_on_a_link_never_lowers_the_level(model: TheoryOfChange, data: st.DataObject) -> None:
    about = data.draw(st.sampled_from([link.id for link in model.links]))
    more = model.replaced(Evidence(id="new", about=[about], kind="observation", independent=True))
    assert told(more).level.rank >= told(model).level.rank


@given(told_theories(), st.integers(1, 3), st.integers(1, 3))
def test_a_stricter_rule_of_verification_never_raises_the_level(model: TheoryOfChange, few: int, more: int) -> None:
    lenient, strict = (told(model, policy=StoryPolicy(to_verify=number)) for number in sorted((few, few + more)))
    assert strict.level.rank <= lenient.level.rank


@given(told_theories())
def test_refuted_links_are_always_named(model: TheoryOfChange) -> None:
    story = told(model)
    named = [said.because[0] for said in story.sentences if said.text.startswith("Refuted: that")]
    assert named == [each.link.id for each in story.refuted]
    assert all(said in str(story).replace("\n  ", " ") for said in (f"leads to “{each.link.to.upper()}”" for each in story.refuted))


@given(told_theories(), st.integers(0, 10**6))
def test_the_order_of_records_does_not_matter(model: TheoryOfChange, seed: int) -> None:
    records = list(model.records())
    random.Random(seed).shuffle(records)
    shuffled = told(TheoryOfChange.of(model.programme, records))
    story = told(model)
    assert (shuffled.level, shuffled.missing) == (story.level, story.missing)
    assert [each.link.id for each in shuffled.pathway] == [each.link.id for each in story.pathway]
    assert [each.link.id for each in shuffled.weakest] == [each.link.id for each in story.weakest]
    assert {each.link.id: each.finding.state for each in shuffled.links} == {each.link.id: each.finding.state for each in story.links}


@given(told_theories())
def test_the_same_model_gives_the_same_words(model: TheoryOfChange) -> None:
    assert str(told(model)) == str(told(TheoryOfChange.of(model.programme, list(model.records()))))


@given(told_theories())
def test_the_story_keeps_the_rules_of_language(model: TheoryOfChange) -> None:
    check_language(told(model))


@settings(max_examples=40)
@given(theories())
def test_whatever_a_model_says_our_own_sentences_stay_clean(theory: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*theory)
    starts = [node for node in model.nodes if isinstance(node, Activity | Input)]
    for start in starts[:2]:
        for end in [node for node in model.nodes if node not in starts][:2]:
            story = toc.story(model, start.id, end.id, as_of="2024-01-01")
            check_language(story)
            assert story.markdown()
            assert "<script" not in story.html()


def levels_of_all_pathways(model: TheoryOfChange, story: toc.Story) -> list[ClaimLevel]:
    """The oracle: the level of every simple pathway of helping links, one by one."""
    about = {each.link.id: each for each in story.links}
    kinds = {node.id: kind(node) for node in model.nodes}
    graph = model.causal_graph
    for link in model.links:
        if link.sign == "hinders":
            graph.remove_edge(link.from_, link.to, key=link.id)
    found: list[ClaimLevel] = []
    for path in list_paths(graph, "a", "g"):
        ways = [about[f"{one}->{other}"] for one, other in pairwise(path)]
        level = story_level(
            reasoned=all(each.reasoned for each in ways),
            activity_delivered=story.delivery.held,
            chain=[ChainStep(each.link.from_, each.link.to, kinds[each.link.to], each.finding.state) for each in ways],
            rivals_assessed="rivals_not_assessed" not in story.missing,
        )
        found.append(level.level)
    return found


def kind(node: Node) -> str:
    return "outcome" if isinstance(node, Objective) and node.id != "g" else node.kind


@given(told_theories(loops=False))
def test_the_level_is_the_best_of_all_pathways(model: TheoryOfChange) -> None:
    story = told(model)
    every = levels_of_all_pathways(model, story)
    assert story.level.rank == max((level.rank for level in every), default=0)
    assert bool(every) == bool(story.pathway)


@given(told_theories())
def test_with_loops_the_level_is_no_lower_and_the_pathway_holds_it(model: TheoryOfChange) -> None:
    story = told(model)
    assert story.level.rank >= max((level.rank for level in levels_of_all_pathways(model, story)), default=0)
    run = list(takewhile(lambda each: each.finding.state is LinkState.VERIFIED, story.pathway))
    assert (story.level is ClaimLevel.INDIRECT) <= (bool(run) and run[-1].link.to == "g")
    ends = [(each.link.from_, each.link.to) for each in story.pathway]
    assert all(one[1] == other[0] for one, other in pairwise(ends))
    assert not story.pathway or (ends[0][0], ends[-1][1]) == ("a", "g")
