"""What rules find can be said in another language: every finding is a message that translators are given."""

import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.test_checks_rules import REFUSED_AS, found_in
from tocmodel.checks import Rule
from tocmodel.checks.catalogue import SUBJECTS, rules_of
from tocmodel.findings import Finding
from tocmodel.messages import Message
from tocmodel.reports.language import find_language
from tocmodel.reports.messages import extracted

TRANSLATABLE = ["Links", "Indicators", "Assumptions and risks", "Wording", "Targets and results", "Upkeep"]
SETTINGS = [rule for rule in rules_of("Reading and settings") if rule.code.startswith("C")]
RULES = [*(rule for subject in SUBJECTS if subject in TRANSLATABLE for rule in rules_of(subject)), *SETTINGS]


@cache
def for_translators() -> frozenset[str]:
    """What translators are given: of a message with a plural the form for one."""
    ids = [message.id for message in extracted() if message.id]
    return frozenset(text if isinstance(text, str) else text[0] for text in ids)


def texts(said: str) -> Iterator[str]:
    """The text of a message and of those inside; what is always said in the same words needs to be no message."""
    yield said.text if isinstance(said, Message) else Message(said).text
    yield from _inside(said.values if isinstance(said, Message) else {})


def _inside(values: object) -> Iterator[str]:
    if isinstance(values, Message):
        yield from texts(values)
    elif isinstance(values, tuple | dict):
        for value in values.values() if isinstance(values, dict) else values:
            yield from _inside(value)


def assert_translatable(finding: Finding) -> None:
    assert isinstance(finding.message, Message), finding
    for said in filter(None, (finding.message, finding.hint)):
        assert not set(texts(said)) - for_translators(), finding
    again: Finding = pickle.loads(pickle.dumps(finding))
    assert again == finding
    assert isinstance(again.message, Message)
    assert (again.message.text, again.message.values) == (finding.message.text, finding.message.values)
    assert find_language("fr").said(again.message) == find_language("fr").said(finding.message)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_a_rule_finds_can_be_said_in_another_language(rule: Rule, tmp_path: Path) -> None:
    code = REFUSED_AS.get(rule.code, rule.code)
    fired = [finding for finding in found_in(rule.fires, tmp_path) if finding.code == code]
    assert fired
    for finding in fired:
        assert_translatable(finding)
