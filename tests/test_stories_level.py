"""The level of claim of one chain, and the pathway that allows the highest."""

from itertools import pairwise

import pytest

from tocmodel.model import Link, Sign
from tocmodel.stories.level import ChainStep, ClaimLevel, Gap, story_level
from tocmodel.stories.links import LinkState
from tocmodel.stories.pathway import Conditions, best_pathway

V, U, R = LinkState.VERIFIED, LinkState.UNTESTED, LinkState.REFUTED


def level(*steps: tuple[str, LinkState], reasoned: bool = True, delivered: bool = True, rivals: bool = True) -> tuple[str, list[str]]:
    chain = [ChainStep(str(number), str(number + 1), kind, state) for number, (kind, state) in enumerate(steps)]
    found = story_level(reasoned=reasoned, activity_delivered=delivered, chain=chain, rivals_assessed=rivals)
    return found.level.value, [gap.value for gap in found.missing]


WHOLE = (("output", V), ("outcome", V), ("objective", V))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (level(*WHOLE), ("indirect", [])),
        (level(*WHOLE, rivals=False), ("minimal", ["rivals_not_assessed"])),
        (level(*WHOLE, reasoned=False), ("none", ["theory_not_reasoned"])),
        (level(*WHOLE, delivered=False), ("none", ["activity_not_delivered"])),
        (level(*WHOLE[:2], ("objective", R)), ("none", ["link_refuted"])),
        (level(("output", V), ("outcome", U), ("objective", V)), ("minimal", ["chain_not_verified"])),
        (level(("output", U), ("outcome", R)), ("none", ["link_refuted"])),
        (level(("outcome", V), ("objective", V), rivals=False), ("none", ["rivals_not_assessed"])),
        (level(("other result", V), ("objective", U)), ("none", ["chain_not_verified"])),
        (level(), ("none", ["no_pathway"])),
    ],
)
def test_the_rules(found: tuple[str, list[str]], expected: tuple[str, list[str]]) -> None:
    assert found == expected


KINDS = {"a": "activity", "o": "output", "c": "outcome", "d": "outcome", "g": "objective"}


def conditions(*links: str, unreasoned: str = "", rivals: bool = True, hindering: str = "") -> Conditions:
    """Links such as ``a>o:V``; those of the words in ``unreasoned`` lack their reasons."""
    letters = {"V": V, "U": U, "R": R}
    drawn = [(link.split(":")[0], letters[link.split(":")[1]]) for link in links]
    made = tuple(Link(id=id, from_=id[0], to=id[2], sign=Sign.HINDERS if id in hindering.split() else Sign.HELPS) for id, _ in drawn)
    return Conditions(
        start="a",
        end="g",
        links=made,
        kinds=KINDS,
        states=dict(drawn),
        reasoned=frozenset(id for id, _ in drawn if id not in unreasoned.split()),
        delivered=True,
        rivals_assessed=rivals,
    )


def best(found: Conditions) -> tuple[list[str], str]:
    way = best_pathway(found)
    return [link.id for link in way.links], way.found.level.value


def test_the_pathway_with_the_higher_claim_is_told_though_it_is_longer() -> None:
    assert best(conditions("a>c:U", "c>g:U", "a>o:V", "o>d:V", "d>g:U")) == (["a>o", "o>d", "d>g"], "direct")


def test_a_pathway_with_a_refuted_link_is_told_only_if_there_is_no_other() -> None:
    assert best(conditions("a>o:V", "o>c:V", "c>g:R", "a>d:U", "d>g:U")) == (["a>d", "d>g"], "none")
    assert best(conditions("a>o:V", "o>c:V", "c>g:R")) == (["a>o", "o>c", "c>g"], "none")


def test_a_reasoned_pathway_goes_before_one_that_is_not() -> None:
    assert best(conditions("a>o:V", "o>g:V", "a>c:V", "c>d:U", "d>g:U", unreasoned="o>g")) == (["a>c", "c>d", "d>g"], "direct")


def test_without_rivals_assessed_the_run_with_an_output_counts() -> None:
    assert best(conditions("a>c:V", "c>g:V", "a>o:V", "o>g:U", rivals=False)) == (["a>o", "o>g"], "minimal")


def test_hindering_links_carry_no_claim() -> None:
    found = best_pathway(conditions("a>o:V", "o>g:V", hindering="o>g"))
    assert found.links == ()
    assert found.found.level is ClaimLevel.NONE
    assert Gap.NO_PATHWAY in found.found.missing


def test_loops_are_safe() -> None:
    assert best(conditions("a>o:V", "o>c:V", "c>d:V", "d>o:V", "c>g:V")) == (["a>o", "o>c", "c>g"], "indirect")
    assert best(conditions("a>o:V", "o>c:V", "c>o:U")) == ([], "none")


def test_a_wide_theory_is_searched_at_once() -> None:
    nodes = ["a", *(f"n{layer}.{place}" for layer in range(60) for place in range(2)), "g"]
    layers = [["a"], *([f"n{layer}.0", f"n{layer}.1"] for layer in range(60)), ["g"]]
    pairs = [(one, other) for layer, following in pairwise(layers) for one in layer for other in following]
    links = tuple(Link(from_=one, to=other) for one, other in pairs)
    found = best_pathway(
        Conditions(
            start="a",
            end="g",
            links=links,
            kinds=dict.fromkeys(nodes, "outcome") | {"g": "objective"},
            states={link.id: V if link.to != "g" else U for link in links},
            reasoned=frozenset(link.id for link in links),
            delivered=True,
            rivals_assessed=True,
        )
    )
    assert found.found.level is ClaimLevel.DIRECT
    assert len(found.links) == 61
