"""The Kenya example reproduces the published figures, and its scripts run."""

import runpy
from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel.measurement import publishable
from tocmodel.model import Basis

FOLDER = Path("examples/kenya_sec")
NOTICE = "An illustration from public pages; not made or endorsed by Terre des Hommes Netherlands or Kesho Kenya; not an evaluation."


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read(FOLDER / "kenya_sec.yaml")


@pytest.mark.parametrize("script", sorted(path.name for path in FOLDER.glob("*.py")))
def test_scripts_run_and_carry_the_notice(script: str, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / script), run_name="__main__")
    assert NOTICE in " ".join(capsys.readouterr().out.split())


def test_gaps_asks_a_question_about_the_boys(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / "gaps.py"), run_name="__main__")
    out = capsys.readouterr().out
    assert "boys: 27 of 45 planned, 60 %" in out
    assert "Fewer than planned: Boys. Is it the plan, the identification or the access?" in out


PLANNED = {
    ("rescued", ""): 150, ("rescued", "girls"): 105, ("rescued", "boys"): 45,
    ("at-risk", ""): 300, ("at-risk", "girls"): 210, ("at-risk", "boys"): 90,
    ("club-children", ""): 1550, ("club-children", "girls"): 775, ("club-children", "boys"): 775,
    ("direct-children", ""): 2000, ("direct-children", "girls"): 1090, ("direct-children", "boys"): 910,
    ("club-members-champions", ""): 1850, ("peers-reached-count", ""): 13330, ("parents-income", ""): 450,
    ("community-members", ""): 5181, ("mass-awareness-reached", ""): 500000, ("officials-trained", ""): 135,
    ("law-enforcers-trained", ""): 60, ("schools-with-clubs", ""): 31,
}  # fmt: skip
REACHED = {
    ("rescued", "girls"): "132", ("rescued", "boys"): "27", ("at-risk", "girls"): "251", ("at-risk", "boys"): "117",
    ("club-children", ""): "more than 1550", ("club-survivors", ""): "159", ("schools-with-clubs", ""): "31",
    ("girls-legal-advice", ""): "21", ("cases-picked-up-count", ""): "13", ("cases-in-court-count", ""): "6",
    ("cases-concluded-count", ""): "2", ("community-members", ""): "more than 4544",
}  # fmt: skip


def test_every_planned_figure_of_the_terms_of_reference_is_there(kenya: toc.TheoryOfChange) -> None:
    found = {
        (target.indicator, "".join(dict(target.slice).values())): target.figure.value for target in kenya.targets if target.figure.value
    }
    assert found == PLANNED
    assert all(target.source and target.source.source == "terms-of-reference" for target in kenya.targets)


def test_every_published_figure_is_there_and_no_other(kenya: toc.TheoryOfChange) -> None:
    numbers = [actual for actual in kenya.actuals if not actual.figure.words]
    assert {(actual.indicator, "".join(dict(actual.slice).values())): str(actual.figure) for actual in numbers} == REACHED
    for actual in kenya.actuals:
        assert actual.source
        assert actual.source.source == "learning-event"
        assert actual.source.place
        assert str(actual.reported) == "2021-09-29"
        assert actual.measured is None


def test_no_strength_probability_or_baseline_is_invented(kenya: toc.TheoryOfChange) -> None:
    assert not any(link.strength or link.confidence for link in kenya.links)
    assert not any(assumption.probability for assumption in kenya.assumptions)
    assert not any(node.delivery for node in kenya.nodes)
    assert not kenya.baselines


def test_every_element_says_who_says_so(kenya: toc.TheoryOfChange) -> None:
    for record in (*kenya.nodes, *kenya.links, *kenya.assumptions, *kenya.risks, *kenya.rivals):
        assert record.basis is not None, record.id
        if record.basis is not Basis.INFERRED:
            assert record.source is not None, record.id


def test_pairs_whose_definitions_differ_carry_a_comparability_note(kenya: toc.TheoryOfChange) -> None:
    table = toc.achievement(kenya)
    for id in ("rescued", "at-risk", "club-children", "community-members", "schools-with-clubs"):
        assert table[id].comparability, id


def test_cases_that_the_plan_breaks_off_may_not_be_judged(kenya: toc.TheoryOfChange) -> None:
    row = toc.achievement(kenya)["sec-cases"]
    assert row.status == "no_target"
    assert row.target.missing == "not_readable"
    assert row.target.printed == "at least 3 SEC cas…"


def test_the_event_has_its_five_objectives_and_five_groups_without_harvest(kenya: toc.TheoryOfChange) -> None:
    event = next(session for session in kenya.sessions if session.part_of is None)
    groups = [session for session in kenya.sessions if session.part_of == event.id]
    assert len(event.objectives) == 5
    assert len(groups) == 5
    assert all(not group.harvest and "not published" in str(group.note).lower() for group in groups)


def test_the_packaged_example_is_the_example() -> None:
    assert Path("src/tocmodel/examples/kenya_sec.yaml").read_bytes() == (FOLDER / "kenya_sec.yaml").read_bytes()


def test_the_roll_up_says_how_much_is_known_and_draws_no_mean(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(FOLDER / "rollup.py"), run_name="__main__")
    out = capsys.readouterr().out
    assert "Families and communities protect children: 0 to 100 % (met of known; 1 of 4 reported" in out
    assert "Kwale's government agencies adopt a strategy on SEC: no data (met of known; 0 of 1 reported" in out
    assert "Boys 60 %" in out
    assert "at least 1551" in out


def test_a_public_table_of_the_project_shows_no_small_group_without_a_reason(kenya: toc.TheoryOfChange) -> None:
    public = publishable(kenya, toc.tracking_table(kenya))
    shown = {record["indicator"]: record["actual_low"] for record in public.records() if record["scope"] == "life"}
    assert shown["cases-concluded-count"] is None
    assert shown["cases-in-court-count"] == 6
    full = publishable(kenya, toc.achievement(kenya), threshold=0, reason="the figures are already public")
    assert full["cases-concluded-count"].actual.value == 2
    assert "Small groups are shown: the figures are already public" in str(full)
