"""The command line: what it prints, where, and with which exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tocmodel.cli import app

KENYA = "examples/kenya_sec/kenya_sec.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def unbroken(text: str) -> str:
    """A text without the frame and the breaks that a narrow terminal gives it, which may stand inside a long path."""
    return "".join(text.replace("│", " ").split())


def test_achieve_prints_the_kenya_table_on_standard_output() -> None:
    result = run("achieve", KENYA)

    assert result.exit_code == 0
    for text in ("106 %", "125.7 %", "60 %", "at least 87.7 %", "undetermined", "not an evaluation"):
        assert text in result.stdout
    assert "M08" in result.stderr
    assert "M08" not in result.stdout


def test_achieve_as_records() -> None:
    rows = json.loads(run("achieve", KENYA, "--format", "json").stdout)
    rescued = next(row for row in rows if row["indicator"] == "rescued" and row["slice"] == "total")
    assert (rescued["attainment_low"], rescued["status"], rescued["direction"]) == (1.06, None, "context")

    table = list(csv.DictReader(io.StringIO(run("achieve", KENYA, "--format", "csv").stdout)))
    assert len(table) == len(rows)


def test_results_are_told_in_the_readers_language_and_records_stay_as_they_are(tmp_path: Path) -> None:
    table = run("achieve", KENYA, "--lang", "fr")
    assert "cible" in table.stdout
    assert "plus de 1 550" in table.stdout
    assert "indéterminé" in table.stdout
    assert run("achieve", KENYA, "--lang", "fr", "--format", "json").stdout == run("achieve", KENYA, "--format", "json").stdout

    found = run("check", KENYA, "--lang", "es")
    assert "\nadvertencias\n" in f"\n{found.stdout}"
    assert "no lleva a nada" in found.stdout
    assert "dead-end" in found.stdout
    assert run("check", KENYA, "--lang", "es", "--format", "json").stdout == run("check", KENYA, "--format", "json").stdout

    way = run(
        "trace",
        KENYA,
        "child-rights-clubs",
        "children-engage-duty-bearers",
        "--lang",
        "fr",
        "--output",
        tmp_path / "t.html",
        "--format",
        "html",
    )
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert way.exit_code == 0
    assert '<html lang="fr">' in page
    assert "aucune source n’appuie l’étape suivante" in page
    assert "énoncé par une source" in page

    changed = tmp_path / "changed.yaml"
    changed.write_text(
        Path(KENYA).read_text(encoding="utf-8").replace("title: Children know their rights\n", "title: Children know\n"), encoding="utf-8"
    )
    difference = run("diff", KENYA, changed, "--lang", "es")
    assert "«Children know their rights» pasa a ser «Children know»" in difference.stdout
    assert "ninguna fila difiere" in difference.stdout
    assert run("diff", KENYA, changed, "--lang", "es", "--format", "csv").stdout == run("diff", KENYA, changed, "--format", "csv").stdout

    for command in (["achieve", KENYA], ["check", KENYA], ["trace", KENYA, "a", "b"], ["plausibility", KENYA, "a"], ["diff", KENYA, KENYA]):
        refused = run(*command, "--lang", "de")
        assert refused.exit_code == 2
        assert "there are: en, es, fr" in refused.stderr


def test_without_a_date_of_judgement_today_is_used_and_said(tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text("tocmodel: 1\nprogramme: {id: p, title: P}\n", encoding="utf-8")

    result = run("achieve", file)

    assert result.exit_code == 0
    assert "judged as of today" in result.stderr


def test_as_of_a_date_before_the_end_makes_gaps_not_due() -> None:
    rows = json.loads(run("achieve", KENYA, "--as-of", "2020-01-01", "--format", "json").stdout)
    assert {row["status"] for row in rows if row["indicator"] == "officials-trained"} == {"not_due"}


def test_trace_prints_pathways_with_their_marks() -> None:
    result = run("trace", KENYA, "child-rights-clubs", "children-engage-duty-bearers")

    assert result.exit_code == 0
    assert "2 pathways" in result.stdout
    assert "⇢ Children engage duty bearers on behalf of their peers  [inferred; no evidence]" in result.stdout


def test_story_prints_text_markdown_and_records() -> None:
    ids = (KENYA, "child-rights-clubs", "children-engage-duty-bearers")
    text = run("story", *ids)
    assert text.exit_code == 0
    assert "Level of claim: none" in text.stdout
    assert "not an evaluation" in text.stdout.replace("\n", " ")
    assert run("story", *ids, "--format", "markdown").stdout.startswith("# Contribution story")
    records = json.loads(run("story", *ids, "--format", "json").stdout)
    assert {record["level"] for record in records} == {"none"}
    assert all(record["because"] for record in records)
    assert len(list(csv.DictReader(io.StringIO(run("story", *ids, "--format", "csv").stdout)))) == len(records)


def test_a_misspelt_id_gets_the_nearest_one_as_hint() -> None:
    result = run("trace", KENYA, "child-right-clubs", "children-engage-duty-bearers")

    assert result.exit_code == 2
    assert "did you mean 'child-rights-clubs'?" in result.stderr
    assert result.stdout == ""


def test_check_exits_with_0_unless_there_are_errors(tmp_path: Path) -> None:
    assert run("check", KENYA).exit_code == 0
    file = tmp_path / "model.yaml"
    file.write_text(
        "tocmodel: 1\nprogramme: {id: p, title: P}\nactivities: [{id: a, title: A}]\n"
        "indicators:\n- {id: i, title: I, of: a, unit: person, direction: increase, baselines: [{figure: 9}], targets: [{figure: 5}]}\n",
        encoding="utf-8",
    )

    result = run("check", file)

    assert result.exit_code == 1
    assert "L42" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.yaml", b"", "the file is empty"),
        ("binary.yaml", b"\xff\xfe\x00\x01", "not UTF-8 text"),
        ("list.yaml", b"- a\n- b\n", "expected a mapping"),
        ("tabs.yaml", b"tocmodel: 1\nprogramme:\n\tid: p\n", "not YAML"),
        ("cut.json", b'{"tocmodel": 1, "programme": {', "not JSON"),
        ("word.docx", b"PK", "known endings: .yaml, .yml, .json"),
    ],
)
@pytest.mark.parametrize("command", [["achieve"], ["check"], ["report", "--output", "out.html"]])
def test_unreadable_files_give_a_message_and_exit_status_2(
    tmp_path: Path, name: str, content: bytes, message: str, command: list[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    result = run(*command, file)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not Path("out.html").exists()


@pytest.mark.parametrize(
    "command",
    [["check"], ["achieve"], ["trace", "a", "b"], ["plausibility", "b"], ["story", "a", "b"], ["report"], ["picture", "theory"], ["diff"]],
)
def test_every_command_says_in_the_language_what_cannot_be_read(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    name, *rest = command
    places = {
        "picture": [*rest, file, "--output", tmp_path / "x.svg"],
        "diff": [file, file],
        "report": [file, "--output", tmp_path / "x.html"],
    }
    asked = [name, *places.get(name, [file, *rest]), "--lang", "es"]

    file.write_text("tocmodel: 1\nprogramme: {id: p, titel: P}\n", encoding="utf-8")
    result = run(*asked)
    assert result.exit_code == 2
    assert "plan.yaml:2: programme: falta 'title'" in result.stderr
    assert "missing" not in result.stderr

    file.write_text(
        "tocmodel: 1\nprogramme: {id: p, title: P, as_of: 2024-01-01}\nactivities: [{id: a, title: A}]\nobjectives: [{id: b, title: B}]\n"
        "links: [{from: a, to: b}]\nindicators: [{id: i, of: a, title: I, unit: person, actuals: [{figure: dozens}]}]\n",
        encoding="utf-8",
    )
    result = run(*asked)
    assert result.exit_code == 0
    assert "no es un número" in result.stderr + result.stdout
    assert "not a number" not in result.stderr


def test_report_writes_one_page(tmp_path: Path) -> None:
    page = tmp_path / "kenya.html"

    result = run("report", KENYA, "--output", page)

    assert result.exit_code == 0
    assert str(page) in result.stderr
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_page_that_cannot_be_written_gives_a_message(tmp_path: Path) -> None:
    result = run("report", KENYA, "--output", tmp_path / "no" / "such" / "folder.html")

    assert result.exit_code == 2
    assert "No such file or directory" in result.stderr


def test_convert_to_json_and_back_loses_nothing(tmp_path: Path) -> None:
    from tocmodel import read

    assert run("convert", KENYA, tmp_path / "kenya.json").exit_code == 0
    assert run("convert", tmp_path / "kenya.json", tmp_path / "kenya.yaml").exit_code == 0
    assert read(tmp_path / "kenya.yaml") == read(KENYA)


def test_demo_writes_model_and_report_from_the_package_alone(tmp_path: Path) -> None:
    result = run("demo", tmp_path / "demo")

    assert result.exit_code == 0
    assert {file.name for file in (tmp_path / "demo").iterdir()} == {"kenya_sec.yaml", "kenya_sec.html"}
    assert "106 %" in result.stdout


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "tocmodel", "--help"], capture_output=True, text=True, check=True)
    assert "achieve" in done.stdout


def test_without_its_libraries_the_command_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['typer'] = None; import tocmodel.__main__ as m; m.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'tocmodel[cli]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_diff_shows_what_changed_and_its_effect(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    text = Path(KENYA).read_text(encoding="utf-8")
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace('{figure: "31", source', '{figure: "35", source'), encoding="utf-8")
    result = run("diff", str(old), str(new))
    assert result.exit_code == 0
    assert "revised: 31 → 35" in result.stdout
    assert "met → not met" in result.stdout
    assert "nothing changed" in run("diff", str(old), str(old)).stdout


READING = "examples/fictional/reading_clubs.yaml"


def test_plausibility_prints_the_result_and_what_it_rests_on() -> None:
    result = run("plausibility", READING, "readers")

    assert result.exit_code == 0
    assert "3 of the 17 links, assumptions and deliveries on the way are not judged" in result.stdout
    assert "This programme is fictional." in result.stdout

    with_overlay = run("plausibility", READING, "readers", "--overlay", "examples/fictional/second_panel.yaml", "--format", "json")
    record = json.loads(with_overlay.stdout)[0]
    assert (record["to"], record["method"], record["missing"]) == ("readers", "exact", "")
    bounds = json.loads(run("plausibility", READING, "readers", "--dependence", "unknown", "--format", "json").stdout)[0]
    assert bounds["method"] == "bounds"
    assert bounds["low"] <= record["low"] <= record["high"] <= bounds["high"]


def test_plausibility_of_an_unknown_node_and_of_a_bad_overlay_end_with_2(tmp_path: Path) -> None:
    result = run("plausibility", READING, "reader")
    assert result.exit_code == 2
    assert "did you mean 'readers'?" in result.stderr
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text("judgements: {time: {low: 0, high: 1}}", encoding="utf-8")
    result = run("plausibility", READING, "readers", "--overlay", overlay)
    assert result.exit_code == 2
    assert "a judgement needs by, on, why" in result.stderr


# What a new user runs into


def test_tables_go_into_a_folder_and_nothing_is_written_under_the_name_of_a_file(tmp_path: Path) -> None:
    result = run("convert", KENYA, tmp_path / "kenya.xlsx", "--as", "tables")
    assert result.exit_code == 2
    assert "tables go into a folder" in result.stderr
    assert f"such as {str(tmp_path / 'kenya')!r}" in result.stderr
    assert not list(tmp_path.iterdir())
    assert run("convert", KENYA, tmp_path / "kenya.2021", "--as", "tables").exit_code == 0
    assert (tmp_path / "kenya.2021" / "results.csv").exists()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("k.csv", "write a folder with --as tables"),
        ("k.html", "tocmodel report"),
        ("k.png", "tocmodel picture"),
        ("k.zip", "a file ending in '.zip' cannot be written"),
        ("k", "the name has no ending, which tells the format"),
    ],
)
def test_convert_says_what_writes_other_files(tmp_path: Path, name: str, hint: str) -> None:
    result = run("convert", KENYA, tmp_path / name)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert "known endings: .yaml" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["nofile", "nofile.txt", "nofile.docx", "nofile.xlsx"])
@pytest.mark.parametrize("command", [["diff", KENYA], ["check"], ["achieve"]])
def test_a_file_that_is_not_there_is_said_to_be_not_there(command: list[str], name: str) -> None:
    result = run(*command, name)
    assert result.exit_code == 2
    assert f"at {name}: there is no such file" in result.stderr
    assert "ending" not in result.stderr


def test_a_folder_is_called_a_folder() -> None:
    result = run("check", ".")
    assert result.exit_code == 2
    assert ". has 1 fault:\n  error F01 at .: this is a folder" in result.stderr


def test_diff_has_no_empty_table_and_says_nothing_twice(tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(Path(KENYA).read_text(encoding="utf-8").replace('{figure: "31", source', '{figure: "35", source'), encoding="utf-8")
    for other, empty in ((KENYA, 3), (new, 1)):
        result = run("diff", KENYA, other)
        assert result.stdout.count("An illustration from public pages") == 1
        parts = result.stdout.split("\n\n")
        assert [part.count("\n") for part in parts[:3]].count(0) == empty  # a line each, and no table without rows
        assert result.stdout.rstrip().endswith("not an evaluation.")
        assert ": no probability is judged in either version" in parts[2]
        page = run("diff", KENYA, other, "--format", "html").stdout
        assert (page.count("An illustration from"), page.count("<table")) == (1, 3 - empty)
    assert run("diff", KENYA, KENYA).stderr.count("M08") == 1


@pytest.mark.parametrize("command", [["achieve"], ["check"], ["convert"]])
@pytest.mark.parametrize(("name", "message"), [("e.csv", "the table is empty"), ("e.xml", "e.xml: the file is empty")])
def test_an_empty_table_or_iati_file_gives_a_message(tmp_path: Path, name: str, message: str, command: list[str]) -> None:
    (tmp_path / name).write_bytes(b"")
    result = run(*command, tmp_path / name, *([tmp_path / "out.yaml"] if command == ["convert"] else []))
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert message in result.stderr
    (tmp_path / name).write_bytes(b" \n;,\n")
    assert run(*command, tmp_path / name, *([tmp_path / "out.yaml"] if command == ["convert"] else [])).exit_code == 2


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("a.xlsx", [], "write --format xlsx or a name that ends in .txt"),
        ("a.json", ["--format", "csv"], "write --format json or a name that ends in .csv"),
        ("a.docx", [], "write a name that ends in .txt"),
        ("a.csv", ["--format", "xlsx"], "write --format csv or a name that ends in .xlsx"),
        ("a.txt", ["--format", "xlsx"], "write --format text or a name that ends in .xlsx"),
        ("a.md", [], "a.md does not hold text: write a name that ends in .txt"),
        ("a.pdf", ["--format", "html"], "write a name that ends in .html"),
    ],
)
def test_no_result_is_written_under_the_ending_of_another_form(tmp_path: Path, name: str, options: list[str], hint: str) -> None:
    result = run("achieve", KENYA, "--output", tmp_path / name, *options)
    assert result.exit_code == 2
    assert unbroken(hint) in unbroken(result.stderr)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "options", "hint"),
    [
        ("a.csv", ["--format", "markdown"], "a.csv does not hold markdown: write --format csv or a name that ends in .md"),
        ("a.md", ["--format", "csv"], "a.md does not hold csv: write --format markdown or a name that ends in .csv"),
        ("a.MD", [], "a.MD does not hold text: write --format markdown or a name that ends in .txt"),
        ("a.docx", ["--format", "csv"], "a.docx does not hold csv: write a name that ends in .csv"),
        ("a.docx", ["--format", "text"], "a.docx does not hold text: write a name that ends in .txt"),
        ("a.html", ["--format", "json"], "a.html does not hold json: write --format html or a name that ends in .json"),
    ],
)
def test_no_story_is_written_under_the_ending_of_another_form(tmp_path: Path, name: str, options: list[str], hint: str) -> None:
    ends = ("child-rights-clubs", "children-engage-duty-bearers")
    result = run("story", KENYA, *ends, "--output", tmp_path / name, *options)
    assert result.exit_code == 2
    assert unbroken(hint) in unbroken(result.stderr)
    assert not list(tmp_path.iterdir())
    assert run("story", KENYA, *ends, "--output", tmp_path / "a.md", "--format", "markdown").exit_code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("command", "name", "hint"),
    [
        (["convert", KENYA, "{}", "--as", "logframe"], "a.docx", "is no name of a workbook (end it in .xlsx)"),
        (["convert", KENYA, "{}", "--as", "tables"], "a.docx", "is a name for a file, and tables go into a folder"),
        (["convert", KENYA, "{}", "--as", "tables"], "a.html", "is a name for a file, and tables go into a folder"),
        (["picture", "theory", KENYA, "-o", "{}"], "a.pdf", "a picture ends in .svg or .png"),
        (["report", KENYA, "-o", "{}"], "a.pdf", "a report is a page, which ends in .html, or a Word document"),
        (["init", "--workbook", "{}"], "a.yaml", "a starting workbook does not end in '.yaml' (end its name in .xlsx)"),
        (["demo", "{}"], "a.html", "is the name of a file: name a folder for the example"),
    ],
)
def test_no_file_is_written_under_the_ending_of_another_one(tmp_path: Path, command: list[str], name: str, hint: str) -> None:
    result = run(*(part.replace("{}", str(tmp_path / name)) for part in command))
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert unbroken(hint) in unbroken(result.stderr)
    assert not list(tmp_path.iterdir())


def test_an_id_like_none_that_there_is_gets_examples_as_hint() -> None:
    result = run("trace", KENYA, "x", "y")
    assert result.exit_code == 2
    assert "no node has the id 'x'; there are 38, such as 'bring-to-safety', " in result.stderr


def test_a_picture_between_two_nodes_without_a_pathway_says_so(tmp_path: Path) -> None:
    ends = ("--from", "sec-eliminated", "--to", "child-rights-clubs")
    result = run("picture", "theory", KENYA, *ends, "--output", tmp_path / "p.svg")
    assert "no pathway leads from 'sec-eliminated' to 'child-rights-clubs': only the two are drawn" in result.stderr


def test_demo_and_init_say_what_name_they_need(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    demo = run("demo", tmp_path / "file")
    assert demo.exit_code == 2
    assert "name a folder for the example" in " ".join(demo.stderr.replace("│", " ").split())
    init = run("init", tmp_path / "plan")
    assert init.exit_code == 2
    assert "the name of a starting model needs an ending (end its name in .yaml" in init.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["achieve", "--help"], ["achieve", "no-such.yaml"], ["achieve", KENYA], ["foo"]])
def test_a_terminal_that_shows_ascii_only_gets_no_traceback(arguments: list[str]) -> None:
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "COLUMNS": "40"}
    done = subprocess.run([sys.executable, "-m", "tocmodel", *arguments], capture_output=True, check=False, env=plain)
    assert done.returncode == (2 if arguments[-1] in {"no-such.yaml", "foo"} else 0)
    assert b"Traceback" not in done.stderr
    assert done.stderr.isascii()


FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{}<dir>/usr/share/fonts</dir></fontconfig>'


@pytest.mark.parametrize(("settings", "said"), [("<newer-than-the-library/>", False), ("<dir>/no", True)])
def test_settings_of_a_newer_font_library_are_no_message_and_faulty_ones_are(tmp_path: Path, settings: str, *, said: bool) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(FONTS.format(settings), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "XDG_CACHE_HOME": str(tmp_path)}

    def errors(*command: str) -> str:
        return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True, env=environment).stderr

    draw = "import pygraphviz as g; a = g.AGraph(); a.add_node('x'); a.draw(format='svg', prog='dot')"
    assert "Fontconfig" in errors("-c", draw)
    out = str(tmp_path / "p.svg")
    message = errors("-m", "tocmodel", "picture", "theory", "examples/fictional/reading_clubs.yaml", "-o", out)
    assert ("Fontconfig error" in message) is said
    assert "Fontconfig warning" not in message
    assert message.endswith(f"written: {out}\n")
    assert said or message == f"written: {out}\n"
