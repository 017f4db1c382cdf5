"""What a theory rests on, by example."""

from datetime import date

import pytest

from tocmodel.errors import FieldError
from tocmodel.model import (
    Actor,
    ActorRole,
    Assumption,
    AssumptionState,
    Evidence,
    EvidenceDirection,
    EvidenceKind,
    Participation,
    Risk,
    RivalExplanation,
    RivalStatus,
    Source,
)
from tocmodel.periods import Period


def test_an_actor_holds_rights_or_owes_their_protection() -> None:
    children = Actor(id="children", title="Children", role="rights_holder", participation="direct")
    assert (children.role, children.participation) == (ActorRole.RIGHTS_HOLDER, Participation.DIRECT)
    assert Actor(id="x", title="X").role is None


def test_an_assumption_is_untested_unless_somebody_says_otherwise() -> None:
    assumption = Assumption(id="s", title="Schools host the clubs", indicator="i", owner="officer", review="2021-06-30")
    assert (assumption.state, assumption.probability) == (AssumptionState.UNTESTED, None)
    assert (assumption.indicator, assumption.owner, assumption.review) == ("i", "officer", date(2021, 6, 30))
    assert Assumption(id="s", title="S", state="holds_in_part").state is AssumptionState.HOLDS_IN_PART


def test_a_risk_has_likelihood_consequence_and_response() -> None:
    risk = Risk(id="r", title="Rain", likelihood="high", consequence="low", response="meet indoors", about="clubs")
    assert (risk.likelihood, risk.consequence, str(risk.response), risk.about) == ("high", "low", "meet indoors", ("clubs",))


def test_a_rival_is_not_examined_until_somebody_looks() -> None:
    rival = RivalExplanation(id="v", title="A new library", about=["read-more"])
    assert rival.status is RivalStatus.NOT_EXAMINED
    assert RivalExplanation(id="v", title="V", status="minor", evidence="e").evidence == ("e",)


def test_evidence_may_contradict_and_its_independence_may_be_unknown() -> None:
    item = Evidence(id="e", about="a->b", direction="contradicts", kind="self_report", group="visit-1", when="2020")
    assert (item.direction, item.kind, item.independent) == (EvidenceDirection.CONTRADICTS, EvidenceKind.SELF_REPORT, None)
    assert item.when == Period.read("2020")
    with pytest.raises(FieldError, match="known: contradicts, looked_for_not_found, supports"):
        Evidence(id="e", about="a", direction="proves")


def test_a_source_keeps_what_was_agreed_on_its_use() -> None:
    source = Source(
        id="story",
        title="A story",
        kind="story",
        published="2021-09",
        self_reported="yes",
        consent="named nowhere",
        retain_until="2026-01-01",
    )
    assert source.published == Period.read("2021-09")
    assert source.self_reported is True
    assert (str(source.consent), source.retain_until) == ("named nowhere", date(2026, 1, 1))
