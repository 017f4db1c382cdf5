"""Every rule has a manual, fires on its example, and passes on the mended one."""

import re
from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel.checks import RULES, Rule, manual
from tocmodel.checks.catalogue import SUBJECTS, named, rules_of
from tocmodel.checks.rule import rule as make_rule
from tocmodel.checks.subject import Subject
from tocmodel.findings import Finding, Severity
from tocmodel.model import CheckSettings, TheoryOfChange

CODES = {
    *(f"L{number:02}" for number in (*range(1, 16), *range(20, 27), *range(30, 36), *range(40, 50), *range(50, 55))),
    *(f"L{number}" for number in (*range(60, 68), *range(70, 78), *range(80, 100))),
    *(f"F{number:02}" for number in range(1, 7)),
    *(f"M{number:02}" for number in range(1, 11)),
    *(f"C{number:02}" for number in range(1, 4)),
}
"""Codes keep their meaning for ever: none may go, and none may come without standing here."""
REFUSED_AS = {"L11": "F04"}


def found_in(text: str, folder: Path) -> tuple[Finding, ...]:
    """What reading and checking an example finds; what an example leaves out is put before it."""
    head = "" if text.startswith(("tocmodel:", "- ")) else "tocmodel: 1\n"
    head += "programme: {id: example, title: Example}\n" if "programme:" not in text and head else ""
    file = folder / "example.yaml"
    file.write_text(f"{head}{text}\n", encoding="utf-8")
    try:
        return tuple(toc.check(toc.read(file)))
    except toc.UnreadableFileError as fault:
        return fault.findings


def test_the_codes_are_those_that_were_given_away() -> None:
    assert [rule.code for rule in RULES] == sorted(CODES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.code for subject in SUBJECTS for rule in rules_of(subject)} == CODES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_manual_in_all_its_parts(rule: Rule) -> None:
    for part in (rule.flags, rule.why, rule.mend, rule.source, rule.fires, rule.passes):
        assert part.strip(), rule.code
    assert rule.flags.startswith("Flags ")
    assert rule.flags.endswith(".")
    assert rule.why.endswith((".", "?"))
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.hint
    assert rule.fires != rule.passes


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_fires_on_its_example_and_passes_on_the_mended_one(rule: Rule, tmp_path: Path) -> None:
    code = REFUSED_AS.get(rule.code, rule.code)
    fired = [finding for finding in found_in(rule.fires, tmp_path) if finding.code == code]
    assert fired
    assert {finding.severity for finding in fired} == {rule.severity}
    assert not [finding for finding in found_in(rule.passes, tmp_path) if finding.code == code]
    assert not [finding for finding in found_in(rule.passes, tmp_path) if finding.code in {"F02", "F03", "F04"}]


def test_every_code_that_the_library_gives_stands_in_the_manual() -> None:
    known = {rule.code for rule in RULES} | set(manual.ACHIEVEMENT) | set(manual.TABLES)
    for file in Path("src/tocmodel").rglob("*.py"):
        for code in re.findall(r'Finding\(\s*"([A-Z]\d\d)"|code = "([AFLM]\d\d)"', file.read_text(encoding="utf-8")):
            assert set(filter(None, code)) <= known, f"{code} of {file}"


def test_the_page_of_rules_is_the_one_the_rules_give() -> None:
    assert manual.FILE.read_text(encoding="utf-8") == manual.page(), "run python -m tocmodel.checks.manual"


def test_a_rule_without_a_part_of_its_manual_is_refused() -> None:
    def half(subject: Subject) -> toc.TheoryOfChange:
        """Flags nothing.

        Why: For this test.
        """
        raise NotImplementedError(subject)

    with pytest.raises(ValueError, match="the manual of L59 lacks Mend"):
        make_rule("L59", "half", Severity.NOTE, source="nobody")(half)  # type: ignore[arg-type]


def test_a_rule_is_named_by_code_beginning_or_name() -> None:
    assert named("L22") == named("no-evidence") == {"L22"}
    assert named("L2") == {f"L2{number}" for number in range(7)}
    assert not named("L222")


SWAHILI = "programme: {id: p, title: P, language: sw}\noutcomes: [{id: o, title: Basic education}]"


def test_rules_on_wording_leave_other_languages_alone(tmp_path: Path) -> None:
    assert "L35" not in {finding.code for finding in found_in(SWAHILI, tmp_path)}
    assert "L35" in {finding.code for finding in found_in(SWAHILI.replace("sw", "en"), tmp_path)}


def test_a_translation_into_english_is_read(tmp_path: Path) -> None:
    text = SWAHILI.replace("title: Basic education", "title: {sw: Elimu ya msingi, en: Basic education}")
    assert "L35" in {finding.code for finding in found_in(text, tmp_path)}


def test_a_context_indicator_needs_no_target_and_a_waiting_one_no_result() -> None:
    draft = TheoryOfChange.build("p", period="2024-01-01/2025-12-31", as_of="2024-06-30")
    output = draft.output("lent", "Books are lent")
    draft.indicator("queue", "Pupils waiting", of=output, unit="person", direction="context")
    draft.indicator("books", "Books lent", of=output, unit="item", direction="increase")
    draft.target("books", 40)
    model = draft.done()

    assert not toc.check(model, settings=CheckSettings(select=["L41", "L47"]))
    assert [finding.code for finding in toc.check(model, settings=CheckSettings(select="L47"), as_of="2026-01-01")] == ["L47"]


def test_parallel_links_with_different_reasons_are_no_duplicates() -> None:
    draft = TheoryOfChange.build("p")
    clubs, fluent = draft.activity("clubs", "Clubs"), draft.outcome("fluent", "Pupils read")
    draft.link(clubs, fluent, rationale="practice")
    draft.link(clubs, fluent, id="books", rationale="books at home")
    assert not toc.check(draft.done(), settings=CheckSettings(select="L10"))


def test_what_all_of_many_records_lack_is_said_once() -> None:
    draft = TheoryOfChange.build("framework", "A list of results (fictional)")
    for number in range(6):
        draft.indicator(f"i{number}", of=draft.output(f"o{number}", f"Output {number}"), unit="item")
        draft.actual(f"i{number}", 3)
    found = toc.check(draft.done(), settings=CheckSettings(select=["L01", "L03", "L67", "L80"]))
    assert [(finding.code, finding.where.path) for finding in found] == [("L01", "framework"), ("L67", "framework"), ("L80", "framework")]
    draft.indicator("seen", of="o0", calculation="counted by hand")
    assert len(toc.check(draft.done(), settings=CheckSettings(select="L80"))) == 6
