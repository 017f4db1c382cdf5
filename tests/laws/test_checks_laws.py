"""Laws of checks: the same answer every time and in every order, and what is mended is found no more."""

import random
from collections.abc import Callable, Iterable

from attrs import evolve
from hypothesis import given, settings, strategies as st

import tocmodel as toc
from tests.strategies import check_settings, theories
from tocmodel.checks import RULES, Findings, applied, combined, joined
from tocmodel.checks.catalogue import named
from tocmodel.checks.subject import Subject
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.model import (
    Actor,
    CheckSettings,
    Evidence,
    IgnoredRule,
    Indicator,
    Link,
    Programme,
    Record,
    RivalExplanation,
    TheoryOfChange,
)
from tocmodel.periods import to_date

Theory = tuple[Programme, list[Record]]
ALL = CheckSettings()
FEW = settings(max_examples=settings().max_examples // 2)
"""Whole theories take their time; the thorough profile has more of them all the same."""


@FEW
@given(theories(), st.randoms(use_true_random=False))
def test_a_check_gives_the_same_again_and_in_any_order(theory: Theory, chance: random.Random) -> None:
    programme, records = theory
    model = TheoryOfChange.of(programme, records)
    first = toc.check(model)
    assert toc.check(model) == first
    assert toc.check(TheoryOfChange.of(programme, chance.sample(records, len(records)))) == first
    assert first.items == in_order(first.items)


@FEW
@given(theories())
def test_a_finding_names_a_place_that_there_is_and_a_rule_that_there_is(theory: Theory) -> None:
    model = TheoryOfChange.of(*theory)
    known = {rule.code: rule for rule in RULES}
    for finding in toc.check(model, settings=ALL):
        assert finding.code in known
        assert finding.message
        if finding.code.startswith("L"):
            assert finding.where.path in model.by_id
            assert finding.hint == known[finding.code].hint


@FEW
@given(theories(), st.sampled_from(sorted({rule.code for rule in RULES if rule.find is not None})))
def test_what_is_chosen_and_what_is_ignored_make_up_the_whole(theory: Theory, code: str) -> None:
    model = TheoryOfChange.of(*theory)
    chosen = toc.check(model, settings=CheckSettings(select=code))
    without = toc.check(model, settings=CheckSettings(ignore=[IgnoredRule(code, "for this test")]))
    assert set(chosen) | set(without) == set(toc.check(model, settings=ALL))
    assert not set(chosen) & set(without)
    assert without.ignored == len(chosen)


@FEW
@given(theories(), check_settings())
def test_settings_take_nothing_away_silently(theory: Theory, wanted: CheckSettings) -> None:
    """Every finding of a rule that was asked is shown, accepted or counted as ignored."""
    model = TheoryOfChange.of(*theory)
    found = toc.check(model, settings=wanted, as_of="2020-01-01")
    asked = {code for item in wanted.select for code in named(item)} if wanted.select else {rule.code for rule in RULES}
    subject = Subject(model, to_date("2020-01-01"))
    raw = [*model.findings, *(finding for rule in RULES for finding in rule.findings(subject))]
    shown = [item for item in found if not item.code.startswith("C")]
    assert len(shown) + len(found.accepted) + found.ignored == len({finding for finding in raw if finding.code in asked})


@FEW
@given(check_settings(), check_settings())
def test_settings_combine_and_the_last_word_counts(one: CheckSettings, other: CheckSettings) -> None:
    both = combined(one, None, other)
    assert both.select == (other.select or one.select)
    assert dict(both.severity) == {**one.severity, **other.severity}
    assert {item.code for item in both.ignore} == {item.code for item in (*one.ignore, *other.ignore)}
    assert set(both.accepted) == {*one.accepted, *other.accepted}
    assert combined(both) == combined(both, both)


FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(("L01", "L22", "M08")),
        severity=st.sampled_from(Severity),
        where=st.builds(Place, st.sampled_from("xy")),
        message=st.sampled_from("abc"),
    )
)


@given(FINDINGS, FINDINGS)
def test_checks_join_to_what_both_found(one: list[Finding], other: list[Finding]) -> None:
    both = joined([applied(one, ALL), applied(other, ALL)])
    assert set(both) == {*one, *other}
    assert joined([both, Findings()]) == both


Mend = Callable[[TheoryOfChange, str], Iterable[Record]]


def link_of(model: TheoryOfChange, id: str) -> Link:
    link = model[id]
    assert isinstance(link, Link)
    return link


MENDS: dict[str, Mend] = {
    "L06": lambda model, at: [evolve(link_of(model, at), feedback=True)],
    "L20": lambda model, at: [evolve(link_of(model, at), rationale="it follows")],
    "L22": lambda _, at: [Evidence(id=f"seen-{at}", about=at)],
    "L34": lambda model, at: [Actor(id="mender", title="Somebody"), evolve(model.node(at), who="mender")],
    "L40": lambda _, at: [Indicator(id=f"of-{at}", title="How it is seen", of=at)],
    "L60": lambda _, at: [RivalExplanation(id=f"rival-of-{at}", title="Something else", about=at)],
    "L80": lambda model, at: [evolve(model.indicator(at), calculation="counted by hand")],
}
"""How a finding of a rule is mended, where that is a matter of one record."""


@given(theories(), st.sampled_from(sorted(MENDS)))
def test_mending_one_finding_takes_away_that_finding_and_no_other_of_its_rule(theory: Theory, code: str) -> None:
    model = TheoryOfChange.of(*theory)
    wanted = CheckSettings(select=code)
    found = list(toc.check(model, settings=wanted))
    if found:
        mended = model.replaced(*MENDS[code](model, found[0].where.path))
        assert list(toc.check(mended, settings=wanted)) == found[1:]
