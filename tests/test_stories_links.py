"""States of links: what counts as evidence, and the rules that verify and refute."""

from typing import Any

import pytest

from tocmodel.model import TheoryOfChange
from tocmodel.stories import LinkState, StoryPolicy
from tocmodel.stories.links import LinkFinding, Why, link_findings, standings

SOLID: dict[str, Any] = {"about": "grow", "kind": "observation", "independent": True}


def found(*items: dict[str, Any], policy: StoryPolicy | None = None) -> LinkFinding:
    """What these pieces of evidence say of the link from the nursery to the seedlings."""
    draft = TheoryOfChange.build("trees", "Tree nurseries (fictional)")
    draft.source("own", "The programme's newsletter", self_reported=True)
    draft.source("survey", "A survey by the district")
    nursery, seedlings = draft.activity("nursery", "Nurseries are set up"), draft.output("seedlings", "Seedlings grow")
    draft.link(nursery, seedlings, id="grow")
    for number, item in enumerate(items):
        draft.evidence(f"e{number}", **{**SOLID, **item})
    model = draft.done()
    rules = policy or StoryPolicy()
    return link_findings(model.links, standings(model, rules), rules)["grow"]


@pytest.mark.parametrize(
    ("items", "state", "why"),
    [
        ([], LinkState.UNTESTED, Why.SILENT),
        ([{}], LinkState.VERIFIED, Why.SUPPORTED),
        ([{"kind": "measurement"}, {"kind": "opinion"}], LinkState.VERIFIED, Why.SUPPORTED),
        ([{"kind": "opinion"}], LinkState.UNTESTED, Why.NOT_INDEPENDENT),
        ([{"kind": "self_report"}], LinkState.UNTESTED, Why.NOT_INDEPENDENT),
        ([{"kind": None}], LinkState.UNTESTED, Why.NOT_INDEPENDENT),
        ([{"independent": False}], LinkState.UNTESTED, Why.NOT_INDEPENDENT),
        ([{"independent": None}], LinkState.UNTESTED, Why.NOT_INDEPENDENT),
        ([{"source": "own"}], LinkState.UNTESTED, Why.NOT_INDEPENDENT),
        ([{"source": "survey"}], LinkState.VERIFIED, Why.SUPPORTED),
        ([{"direction": "contradicts"}], LinkState.REFUTED, Why.CONTRADICTED),
        ([{"direction": "contradicts"}, {"kind": "self_report"}], LinkState.REFUTED, Why.CONTRADICTED),
        ([{"direction": "contradicts"}, {}], LinkState.UNTESTED, Why.DISPUTED),
        ([{"direction": "contradicts", "kind": "opinion"}], LinkState.UNTESTED, Why.QUESTIONED),
        ([{"direction": "contradicts", "kind": "self_report"}, {}], LinkState.UNTESTED, Why.DISPUTED),
        ([{"direction": "contradicts", "kind": "opinion"}, {"kind": "opinion"}], LinkState.UNTESTED, Why.DISPUTED),
        ([{"direction": "looked_for_not_found"}], LinkState.UNTESTED, Why.SILENT),
        ([{"direction": "looked_for_not_found"}, {}], LinkState.VERIFIED, Why.SUPPORTED),
        ([{"about": "seedlings"}], LinkState.UNTESTED, Why.SILENT),
        ([{"about": "seedlings", "direction": "contradicts"}], LinkState.REFUTED, Why.RESULT_CONTRADICTED),
        ([{"about": "seedlings", "direction": "contradicts"}, {}], LinkState.UNTESTED, Why.DISPUTED),
        ([{"about": "seedlings", "direction": "contradicts"}, {"about": "seedlings"}], LinkState.UNTESTED, Why.DISPUTED),
        ([{"about": "nursery", "direction": "contradicts"}], LinkState.UNTESTED, Why.SILENT),
    ],
)
def test_the_rules(items: list[dict[str, Any]], state: LinkState, why: Why) -> None:
    finding = found(*items)
    assert (finding.state, finding.why) == (state, why)


def test_two_items_of_one_group_or_one_source_are_one() -> None:
    strict = StoryPolicy(to_verify=2)
    assert found({"group": "visit"}, {"group": "visit"}, policy=strict).why is Why.TOO_FEW
    assert found({"source": "survey"}, {"source": "survey"}, policy=strict).why is Why.TOO_FEW
    assert found({"group": "visit"}, {"group": "survey"}, policy=strict).state is LinkState.VERIFIED
    assert found({}, {}, policy=strict).state is LinkState.VERIFIED


def test_absence_counts_only_where_the_policy_says_so() -> None:
    absent = {"direction": "looked_for_not_found"}
    counting = StoryPolicy(absence_counts=True)
    assert found(absent, policy=counting).state is LinkState.REFUTED
    assert found(absent, {}, policy=counting).why is Why.DISPUTED
    assert found({**absent, "kind": "opinion"}, policy=counting).why is Why.QUESTIONED
    assert found(absent, policy=counting).link.not_found == ("e0",)


def test_a_policy_decides_which_kinds_are_too_weak() -> None:
    testimony = {"kind": "testimony"}
    assert found(testimony).state is LinkState.VERIFIED
    assert found(testimony, policy=StoryPolicy(not_enough=["opinion", "self_report", "testimony"])).state is LinkState.UNTESTED


def test_a_threshold_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="to_verify"):
        StoryPolicy(to_verify=0)
