"""`tocmodel check` on the command line and as a hook of pre-commit."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from tocmodel.cli import app

KENYA = "examples/kenya_sec/kenya_sec.yaml"
WRONG = (
    "tocmodel: 1\nprogramme: {id: p, title: P}\nactivities: [{id: a, title: A}]\n"
    "indicators: [{id: i, title: I, of: a, unit: person, direction: increase, baselines: [{figure: 9}], targets: [{figure: 5}]}]\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def test_findings_are_grouped_and_the_last_line_counts_them() -> None:
    out = run(KENYA).stdout
    assert "\n  L47 never-reported: missing is not zero: ask for the result\n" in out
    assert "more\n" in out
    assert out.splitlines()[-1].startswith("0 errors, ")
    assert len(run(KENYA, "--all").stdout.splitlines()) > len(out.splitlines())


def test_rules_are_chosen_and_ignored() -> None:
    chosen = run(KENYA, "--select", "L2", "--ignore", "no-evidence").stdout
    assert "L21" in chosen
    assert "L22" not in chosen
    assert "L47" not in chosen
    assert "ignored" in chosen.splitlines()[-1]
    assert "C01" not in chosen


def test_findings_for_programs() -> None:
    rows = json.loads(run(KENYA, "--select", "L47", "--format", "json").stdout)
    assert {row["rule"] for row in rows} == {"never-reported"}
    assert {row["severity"] for row in rows} == {"warning"}
    assert len(list(csv.DictReader(io.StringIO(run(KENYA, "--select", "L47", "--format", "csv").stdout)))) == len(rows)


def test_errors_give_exit_status_1_unless_the_settings_beside_the_file_say_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(WRONG, encoding="utf-8")
    assert run(file).exit_code == 1
    (tmp_path / "pyproject.toml").write_text("[tool.tocmodel.checks]\nseverity = {L42 = 'warning'}\n", encoding="utf-8")
    assert run(file).exit_code == 0
    (tmp_path / "pyproject.toml").write_text("[tool.tocmodel.checks]\nseverity = {L42 = 'grave'}\n", encoding="utf-8")
    assert run(file).exit_code == 2


def test_several_files_say_which_finding_is_whose(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(WRONG, encoding="utf-8")
    result = run(KENYA, file, "--select", "L4")
    assert result.exit_code == 1
    assert "model.yaml: i.target" in result.stdout
    assert "kenya_sec.yaml: " in result.stdout


def test_files_of_the_same_name_keep_their_findings_apart(tmp_path: Path) -> None:
    files = [tmp_path / folder / "model.yaml" for folder in ("one", "other")]
    for file in files:
        file.parent.mkdir()
        file.write_text(WRONG, encoding="utf-8")
    rows = json.loads(run(*files, "--select", "L42", "--format", "json").stdout)
    assert [row["file"] for row in rows] == [str(file) for file in files]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    file, broken = tmp_path / "model.yaml", tmp_path / "broken.yaml"
    file.write_text(WRONG, encoding="utf-8")
    broken.write_text("tocmodel: 1\nprogramme: {id: p, title: P}\nactivities: [{id: a, titel: A}]\n", encoding="utf-8")
    result = run(broken, file, "--select", "L42")
    assert result.exit_code == 2
    assert "model.yaml: i.target" in result.stdout
    assert "unknown key: 'titel'" in result.stderr


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_does_not_exist_is_wrong_use(option: str) -> None:
    result = run(KENYA, option, "orphn")
    assert result.exit_code == 2
    assert "there is no rule 'orphn'" in result.stderr
    assert "did you mean 'orphan'?" in result.stderr
    assert run(KENYA, option, "IATI").exit_code == 0


def test_a_date_of_judgement_that_nobody_stated_is_said(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(WRONG, encoding="utf-8")
    assert "judged as of today" in run(file).stderr
    assert "judged as of" not in run(file, "--as-of", "2024-12-31").stderr
    assert "judged as of" not in run(KENYA).stderr


def test_programmes_of_one_file_keep_their_findings_apart(tmp_path: Path) -> None:
    result = "<result type='1'><title><narrative>Clubs meet</narrative></title></result>"
    activity = "<iati-activity><iati-identifier>{}</iati-identifier>" + result + "</iati-activity>"
    file = tmp_path / "two.xml"
    file.write_text(f"<iati-activities version='2.03'>{activity.format('A')}{activity.format('B')}</iati-activities>", encoding="utf-8")
    rows = json.loads(run(file, "--select", "L01", "--as-of", "2024-12-31", "--format", "json").stdout)
    assert [row["path"] for row in rows] == ["A/result-1", "B/result-1"]
    assert [row["path"] for row in json.loads(run(file, "--programme", "A", "--select", "L01", "--format", "json").stdout)] == ["result-1"]


def test_what_is_due_is_judged_as_of_a_date() -> None:
    assert "L47" not in run(KENYA, "--as-of", "2020-01-01").stdout
    assert run(KENYA, "--as-of", "someday").exit_code == 2


@pytest.fixture(scope="module")
def hook() -> dict[str, object]:
    (hook,) = yaml.safe_load(Path(".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return hook


def test_the_hook_runs_what_it_says(hook: dict[str, object], tmp_path: Path) -> None:
    program, *arguments = str(hook["entry"]).split()
    assert program == "tocmodel"
    file = tmp_path / "clubs.toc.yaml"
    file.write_text(WRONG, encoding="utf-8")
    for given, status in (([KENYA], 0), ([KENYA, str(file)], 1)):
        done = subprocess.run([sys.executable, "-m", program, *arguments, *given], capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr


def test_the_hook_has_the_libraries_of_the_command_line(hook: dict[str, object]) -> None:
    import tomllib

    extras = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(extras["cli"]) <= set(hook["additional_dependencies"])  # type: ignore[call-overload]
