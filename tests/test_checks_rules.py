"""Every rule has its manual, finds what its example holds, and leaves the mended example alone."""

from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel.checks.catalogue import RULES, SUBJECTS, by_code, named, rules_of
from tocmodel.checks.rule import Rule, manual

FINDING = [rule for rule in RULES if rule.find is not None]
READING = [rule for rule in RULES if rule.find is None and rule.code[0] in "FM"]
SETTINGS = [rule for rule in RULES if rule.code[0] == "C"]


def codes(text: str, folder: Path) -> list[str]:
    """The codes that a model gives, whether it can be read or not."""
    head = "" if text.startswith("tocmodel") else "tocmodel: 1\n"
    head += "" if "programme:" in text else "programme: {id: p, title: Reading, period: 2024-01-01/2025-12-31, as_of: 2025-12-31}\n"
    path = folder / "model.yaml"
    path.write_text(head + text, encoding="utf-8")
    try:
        return [finding.code for finding in toc.check(toc.read(path))]
    except toc.UnreadableFileError as fault:
        return [finding.code for finding in fault.findings]


@pytest.mark.parametrize("rule", FINDING, ids=lambda rule: rule.code)
def test_a_rule_finds_its_example_and_leaves_the_mended_one_alone(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in codes(rule.fires, tmp_path)
    assert rule.code not in codes(rule.passes, tmp_path)


@pytest.mark.parametrize("rule", SETTINGS, ids=lambda rule: rule.code)
def test_settings_are_judged_too(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in codes(rule.fires, tmp_path)
    assert rule.code not in codes(rule.passes, tmp_path)


@pytest.mark.parametrize("rule", [rule for rule in READING if rule.code != "F01"], ids=lambda rule: rule.code)
def test_what_the_reader_reports_is_in_the_manual(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in codes(rule.fires, tmp_path)
    assert rule.code not in codes(rule.passes, tmp_path)


def test_codes_and_names_stand_for_one_rule_each() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert sum(len(rules_of(subject)) for subject in SUBJECTS) == len(RULES)
    assert by_code("L20").name == "no-rationale"
    assert named("no-rationale") == {"L20"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_manual(rule: Rule) -> None:
    assert rule.flags.startswith("Flags ")
    assert all((rule.why, rule.mend, rule.source, rule.fires, rule.passes, rule.hint))


def test_a_manual_without_its_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks Mend"):
        manual("Flags x.\n\nWhy: y.\nExample that fires:\n    a\nExample that passes:\n    b", "L00")


CATALOGUE = "L01 L02 L03 L04 L05 L06 L07 L08 L09 L10 L12 L13 L14 L20 L21 L22 L23 L24 L25 L26 L30 L31 L32 L33 L34 L35 L40 L41 L42 L43 L44 L45 L46 L50 L51 L52 L53 L54 L60 L61 L62 L63 L64 L65 L66 L67 L70 L71"


def test_the_whole_catalogue_is_there() -> None:
    """Self-loops (L11) are refused by the model itself."""
    assert set(CATALOGUE.split()) - {rule.code for rule in RULES} == set()
