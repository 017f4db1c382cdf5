"""Causal steps and packages, by example."""

import pytest

from tocmodel.errors import FieldError
from tocmodel.model import CausalPackage, Link, Sign


def test_a_link_is_named_by_its_ends_unless_it_has_an_id() -> None:
    assert Link(from_="a", to="b").id == "a->b"
    assert Link(from_="a", to="b", id="step").id == "step"


def test_strength_and_confidence_are_two_things_and_nobody_judged_unless_somebody_did() -> None:
    link = Link(from_="a", to="b")
    assert (link.strength, link.confidence, link.sign, link.feedback) == (None, None, Sign.HELPS, False)
    judged = Link(from_="a", to="b", sign="hinders", strength={"low": "0.2", "high": "0.4", "by": "panel"}, confidence={"level": "low"})
    assert judged.strength != judged.confidence
    assert judged.sign is Sign.HINDERS


def test_a_link_to_itself_is_refused() -> None:
    with pytest.raises(FieldError, match="a loop needs at least two nodes"):
        Link(from_="a", to="a")


def test_a_package_needs_all_its_links_or_at_least_some() -> None:
    assert CausalPackage(id="k", node="b", links=["a->b", "c->b"]).at_least is None
    assert CausalPackage(id="k", node="b", links=["a->b"], assumptions=["s"], at_least="2").at_least == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "a package of nothing"),
        ({"links": ["l"], "at_least": 2}, "at least 2 of 1 is not possible"),
        ({"links": ["l"], "at_least": 0}, "from 1 to 1"),
        ({"links": ["l", "m"], "at_least": "1.5"}, "not a whole number"),
    ],
)
def test_a_package_that_cannot_work_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        CausalPackage(id="k", node="b", **given)  # type: ignore[arg-type]
