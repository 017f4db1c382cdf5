"""What an author wants of the checks: chosen and ignored rules, severities, and findings that somebody accepted until a day."""

from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel.checks import applied, combined, joined, settings_near
from tocmodel.errors import FieldError, InvalidModelError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.model import AcceptedFinding, CheckSettings, IgnoredRule, TheoryOfChange

ACCEPTED = {"code": "L01", "at": "radio", "who": "the team", "why": "planned for the second phase", "until": "2025-12-31"}


def theory(checks: object = None, as_of: str | None = None) -> TheoryOfChange:
    draft = TheoryOfChange.build("reading", "Reading clubs (fictional)", checks=checks, as_of=as_of)
    clubs, goal = draft.activity("clubs", "Reading clubs"), draft.objective("literate", "A generation that reads")
    draft.activity("radio", "Radio spots")
    draft.link(clubs, goal)
    return draft.done()


def codes(model: TheoryOfChange, **options: object) -> list[str]:
    return [finding.code for finding in toc.check(model, **options)]  # type: ignore[arg-type]


def test_rules_are_chosen_by_code_beginning_and_name() -> None:
    assert codes(theory({"select": ["L01"]})) == ["L01"]
    assert codes(theory({"select": ["no-evidence", "L20"]})) == ["L20", "L22"]
    assert set(codes(theory({"select": ["L2"]}))) == {"L20", "L21", "L22", "L23"}


def test_an_ignored_rule_is_counted_and_wants_a_reason() -> None:
    found = toc.check(theory({"ignore": [{"code": "L2", "reason": "evidence follows in the evaluation"}]}))
    assert found.ignored == 4
    assert not {code for code in codes(theory({"ignore": ["L2"]})) if code.startswith("L2")}
    assert "C01" in codes(theory({"ignore": ["L2"]}))
    assert "C01" not in {finding.code for finding in found}
    assert found.summary().endswith("(4 ignored)")


def test_a_severity_of_ones_own() -> None:
    found = toc.check(theory({"severity": {"L22": "error"}}))
    assert [finding.code for finding in found.of("error")] == ["L22"]
    with pytest.raises(InvalidModelError, match="L22"):
        found.raise_for_errors()
    toc.check(theory()).raise_for_errors()


@pytest.mark.parametrize("checks", [{"select": ["L222"]}, {"ignore": [{"code": "L222", "reason": "x"}]}, {"severity": {"L222": "note"}}])
def test_a_rule_that_does_not_exist_is_a_finding_with_the_nearest(checks: object) -> None:
    found = [finding for finding in toc.check(theory(checks)) if finding.code == "C02"]
    assert [finding.hint for finding in found] == ["did you mean 'L22'?"]


def test_an_accepted_finding_steps_aside_until_its_day() -> None:
    found = toc.check(theory({"accepted": [ACCEPTED]}), as_of="2025-12-31")
    assert not [finding for finding in found if finding.where.path == "radio" and finding.code == "L01"]
    assert [finding.code for finding, _ in found.accepted] == ["L01"]
    assert found.accepted[0][1].who == "the team"
    assert "1 accepted" in found.summary()


def test_an_accepted_finding_comes_back_after_its_day_and_says_who_accepted_it() -> None:
    found = toc.check(theory({"accepted": [ACCEPTED]}, as_of="2026-01-01"))
    again = [finding for finding in found if finding.code == "L01"]
    assert len(again) == 1
    assert again[0].message.endswith("the team accepted that until 2025-12-31 (planned for the second phase), which is over")
    assert again[0].hint == next(finding.hint for finding in toc.check(theory()) if finding.code == "L01")
    assert not found.accepted


def test_without_any_date_no_acceptance_has_expired() -> None:
    assert len(toc.check(theory({"accepted": [ACCEPTED]})).accepted) == 1


def test_an_acceptance_renewed_counts() -> None:
    renewed = [ACCEPTED, {**ACCEPTED, "until": "2027-12-31"}]
    assert len(toc.check(theory({"accepted": renewed}), as_of="2026-06-01").accepted) == 1


def test_an_acceptance_of_what_is_not_there_is_a_note_unless_its_rule_is_not_asked() -> None:
    gone = {**ACCEPTED, "at": "clubs"}
    assert "C03" in codes(theory({"accepted": [gone]}))
    assert "C03" not in codes(theory({"accepted": [gone], "select": ["L2"]}))


def test_an_acceptance_that_stands_beside_several_models_may_be_meant_for_another() -> None:
    beside = CheckSettings(accepted=[AcceptedFinding(**{**ACCEPTED, "at": "tv"})])
    assert "C03" not in codes(theory(), settings=beside)


@pytest.mark.parametrize("name", ["IATI", "IATI-8.6.1", "I05", "X", "X01"])
def test_codes_that_only_a_file_can_have_are_known(name: str) -> None:
    assert "C02" not in codes(theory({"select": [name, "L01"]}))


@pytest.mark.parametrize("lacks", ["who", "why", "until", "at", "code"])
def test_an_acceptance_says_who_why_and_until_when(lacks: str) -> None:
    with pytest.raises(InvalidModelError):
        theory({"accepted": [{key: value for key, value in ACCEPTED.items() if key != lacks}]})
    if lacks in {"who", "why", "code"}:
        with pytest.raises(InvalidModelError):
            theory({"accepted": [{**ACCEPTED, lacks: " "}]})


def test_settings_that_are_no_settings_are_refused() -> None:
    for wrong in ({"selekt": []}, {"severity": ["L22"]}, {"severity": {"L22": "grave"}}, {"ignore": [{"reason": "x"}]}):
        with pytest.raises(InvalidModelError):
            theory(wrong)


def test_settings_survive_writing_and_reading(tmp_path: Path) -> None:
    checks = {
        "select": ["L"],
        "ignore": [{"code": "L60", "reason": "rivals are examined by the evaluation"}, "L35"],
        "severity": {"L22": "warning"},
        "accepted": [ACCEPTED],
    }
    model = theory(checks)
    for ending in ("yaml", "json"):
        assert toc.read(toc.write(model, tmp_path / f"model.{ending}")) == model


def test_settings_of_a_call_replace_those_of_the_model() -> None:
    assert codes(theory({"select": ["L01"]}), settings=CheckSettings(select="L20")) == ["L20"]


def test_findings_of_other_origin_follow_the_settings_too() -> None:
    official = Finding("IATI-8.6.1", Severity.ERROR, Place("period"), "the period ends before it starts")
    assert not applied([official], CheckSettings(select="L20"))
    assert applied([official], CheckSettings(ignore=[IgnoredRule("IATI", "an old file")])).ignored == 1
    accepted = AcceptedFinding("IATI-8.6.1", "period", "the team", "an old file", "2026-01-01")
    assert applied([official], CheckSettings(accepted=[accepted])).accepted == ((official, accepted),)


def test_several_settings_become_one() -> None:
    general = CheckSettings(select="L2", severity={"L20": "warning", "L22": "note"})
    own = CheckSettings(select="L20", severity={"L22": "error"}, ignore=[IgnoredRule("L60", "x")])
    both = combined(general, None, own)
    assert both.select == ("L20",)
    assert dict(both.severity) == {"L20": "warning", "L22": "error"}
    assert combined() == CheckSettings()


PROJECT = """
[tool.tocmodel.checks]
select = ["L2"]
ignore = [{code = "L21", reason = "assumptions are named in the next round"}]
severity = {L22 = "error"}
"""


def test_the_nearest_pyproject_that_has_settings_counts(tmp_path: Path) -> None:
    inner = tmp_path / "theories" / "reading"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "theories" / "pyproject.toml").write_text("[project]\nname = 'other'\n", encoding="utf-8")
    found = settings_near(inner / "model.yaml")
    assert found is not None
    assert found.select == ("L2",)
    assert dict(found.severity) == {"L22": Severity.ERROR}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.tocmodel", "not TOML"),
        ("[tool.tocmodel.checks]\nselekt = []", "did you mean 'select'?"),
        ("[tool.tocmodel.check]\nselect = ['L2']", "settings of checks stand in [tool.tocmodel.checks]"),
    ],
)
def test_a_pyproject_at_fault_is_refused_with_its_name(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(toc.UnreadableFileError) as caught:
        settings_near(tmp_path)
    assert message in str(caught.value)
    assert "pyproject.toml" in str(caught.value)


def test_a_wrong_date_of_judgement_is_refused() -> None:
    with pytest.raises(FieldError):
        toc.check(theory(), as_of="yesterday")


def test_findings_are_a_collection() -> None:
    found = toc.check(theory())
    assert found[0] in found
    assert found[:2] == tuple(found)[:2]
    assert len(found.records()) == len(found)
    assert {"code", "rule", "severity", "path", "message", "hint", "file", "line"} == set(found.records()[0])
    assert list(found.by_rule()) == sorted({finding.code for finding in found}, key=list(found.by_rule()).index)
    assert sum(map(len, found.by_rule().values())) == len(found)
    assert repr(found) == str(found) == found.text()
    assert joined([found, found]).items == found.items
    assert {finding.where.file for finding in found.in_file("a.yaml")} == {"a.yaml"}


def test_people_see_the_first_few_of_each_rule_and_how_many_more() -> None:
    draft = TheoryOfChange.build("p")
    for number in range(7):
        draft.activity(f"a{number}", f"Activity {number}")
    draft.link(draft.activity("b", "B"), draft.outcome("c", "C"))
    text = toc.check(draft.done(), settings=CheckSettings(select="L01")).text(most=2)
    assert text.splitlines() == [
        "warnings",
        "  L01 orphan: link it to what it leads to, or take it out",
        "      a0: “Activity 0” is linked to nothing",
        "      a1: “Activity 1” is linked to nothing",
        "      and 5 more",
        "",
        "0 errors, 7 warnings, 0 notes",
    ]


def test_in_a_notebook_every_text_is_escaped() -> None:
    draft = TheoryOfChange.build("p")
    draft.activity("a", "<script>alert(1)</script>")
    page = toc.check(draft.done())._repr_html_()  # pyright: ignore[reportPrivateUsage] — what a notebook calls
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "L01 orphan (1)" in page
