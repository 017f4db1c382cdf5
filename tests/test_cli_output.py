"""The command line's results: as text, records, workbooks, pages, pictures and Word documents, on terminals and in files."""

import errno
import json
import os
import pty
import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer import Context
from typer.main import get_command
from typer.testing import CliRunner, Result

import tocmodel as toc
from tests.test_reports import HOSTILE
from tocmodel.cli import app, completing
from tocmodel.formats.exports import write_records

KENYA = "examples/kenya_sec/kenya_sec.yaml"
PAIR = ("child-rights-clubs", "children-engage-duty-bearers")
TABLES = {
    "achieve": ["achieve", KENYA],
    "trace": ["trace", KENYA, *PAIR],
    "plausibility": ["plausibility", "examples/fictional/reading_clubs.yaml", "readers"],
    "story": ["story", KENYA, *PAIR],
    "check": ["check", KENYA],
    "diff": ["diff", KENYA, KENYA],
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def in_terminal(*arguments: str, columns: int = 80) -> str:
    """What a command prints on a terminal of a certain width."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "40", "TERM": "dumb", "NO_COLOR": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "tocmodel", *arguments], stdout=theirs, stderr=subprocess.DEVNULL, env=environment
    ) as done:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError as fault:
                if fault.errno != errno.EIO:
                    raise
                break  # the other side hung up
            if not piece:
                break
            said += piece
    os.close(ours)
    assert done.returncode == 0
    return said.decode("utf-8").replace("\r\n", "\n")


class Text(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("command", TABLES)
def test_every_table_comes_in_every_format_also_into_a_file(command: str, tmp_path: Path) -> None:
    records = json.loads(run(*TABLES[command], "--format", "json").stdout)
    for form, start in (("text", ""), ("csv", ""), ("json", "["), ("html", "<!DOCTYPE html>")):
        printed = run(*TABLES[command], "--format", form)
        assert printed.exit_code == 0, form
        file = tmp_path / f"result.{form}"
        written = run(*TABLES[command], "--format", form, "--output", file)
        assert written.exit_code == 0
        assert written.stdout == ""
        assert f"written: {file}" in written.stderr
        assert file.read_text(encoding="utf-8") == printed.stdout
        assert printed.stdout.startswith(start)
    assert run(*TABLES[command], "--format", "xlsx", "--output", tmp_path / "result.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "result.xlsx").worksheets[0]
    assert sheet.max_row == (len(records) + 1 if records else 1)


def test_a_workbook_needs_a_file() -> None:
    result = run("achieve", KENYA, "--format", "xlsx")
    assert result.exit_code == 2
    assert "add --output" in result.stderr
    assert result.stdout == ""


def test_a_page_holds_what_the_text_holds_and_needs_nothing_else() -> None:
    page = Text(run("achieve", KENYA, "--format", "html").stdout)
    assert "at least 87.7 %" in " ".join(page.words)
    assert not {"script", "img", "link"} & page.tags


def test_numbers_are_numbers_dates_dates_and_text_is_never_a_formula(tmp_path: Path) -> None:
    long = Decimal("0.1234567890123456789")
    record: dict[str, object] = {
        "text": "=1+1", "link": "http://x", "number": Decimal("1.06"), "exact": long, "whole": 7, "day": date(2021, 9, 30), "yes": True,
        "none": None, "digits": "007", "long": "x" * 40_000,
    }  # fmt: skip
    write_records([record], tmp_path / "r.xlsx", "A [name]: with / signs that no sheet may have")
    sheet = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    row = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert (row["text"].value, row["text"].data_type) == ("=1+1", "s")
    assert row["link"].hyperlink is None
    assert [row[name].value for name in ("number", "whole", "yes", "none", "digits")] == [1.06, 7, True, None, "007"]
    assert row["exact"].value == str(long)
    assert row["day"].value == datetime(2021, 9, 30)  # noqa: DTZ001 — a workbook knows no zone
    assert sheet.freeze_panes == "A2"


def test_a_workbook_that_cannot_be_written_gives_a_message(tmp_path: Path) -> None:
    result = run("achieve", KENYA, "--format", "xlsx", "--output", tmp_path / "no" / "folder.xlsx")
    assert result.exit_code == 2
    assert "No such file or directory" in result.stderr


@pytest.mark.parametrize("columns", [80, 100, 140])
def test_tables_fit_the_terminal(columns: int) -> None:
    said = in_terminal("achieve", KENYA, columns=columns)
    assert max(map(len, said.splitlines())) <= columns
    assert "125.7 %" in said
    assert "attainment" in said
    assert "pace" in said
    assert "undetermined" in said
    assert "not an evaluation" in " ".join(said.split())


@pytest.mark.parametrize("columns", [40, 60])
def test_a_narrow_terminal_shows_a_table_in_lines_and_breaks_no_word(columns: int) -> None:
    said = in_terminal("achieve", KENYA, columns=columns)
    assert max(map(len, said.splitlines())) <= columns
    words = said.split()
    assert {"undetermined,", "500,000,", "programme,"} <= set(words)
    assert "girls: target 105, actual 132, attainment 125.7 %, status no verdict (context), pace –" in " ".join(words)
    assert len(re.findall("^Children brought to safety", said, re.MULTILINE)) == 1


def test_what_a_row_repeats_from_the_row_above_is_not_printed_again() -> None:
    said = in_terminal("achieve", KENYA, columns=140)
    assert said.count("Children brought to safety and given services") == 1
    assert re.search(r"^ +girls +105 +132 +125.7 %", said, re.MULTILINE)
    piped = run("achieve", KENYA).stdout
    assert piped.count("Children brought to safety and given services") == 3


@pytest.mark.parametrize("command", ["trace", "story", "check", "plausibility", "diff"])
def test_texts_fit_the_terminal_and_what_goes_on_stands_in(command: str) -> None:
    said = in_terminal(*TABLES[command], columns=60)
    assert max(map(len, said.splitlines())) <= 60
    if command in {"trace", "story"}:
        marked = [number for number, line in enumerate(said.splitlines()) if re.match(r"\s*[-→⇢] ", line) and len(line) > 56]
        following = [said.splitlines()[number + 1] for number in marked]
        assert all(re.match(r"  |\s*[-→⇢\[]|$", line) for line in following), following


@pytest.mark.parametrize("text", HOSTILE[:-2])
def test_hostile_text_appears_as_text(text: str, tmp_path: Path) -> None:
    import tocmodel as toc

    draft = toc.TheoryOfChange.build("p", "P", as_of="2024-01-01")
    draft.indicator("i", text, of=draft.activity("a", "A"), unit="person")
    draft.target("i", 5)
    draft.actual("i", 5)
    file = toc.write(draft.done(), tmp_path / "model.json")

    page = Text(run("achieve", file, "--format", "html").stdout)
    assert text in "".join(page.words)
    assert not {"script", "img", "b"} & page.tags
    run("achieve", file, "--format", "xlsx", "--output", tmp_path / "x.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows() for cell in row]
    assert any(cell.value == text and cell.data_type == "s" for cell in cells)
    if text.isascii() and len(text) < 40:
        assert text in in_terminal("achieve", str(file), columns=200)


def test_without_a_terminal_no_bar_and_no_colour_is_printed() -> None:
    done = subprocess.run([sys.executable, "-m", "tocmodel", "achieve", KENYA], capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout + done.stderr
    assert "M08" in done.stderr
    assert "Programmes" not in done.stderr


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert run("--version").stdout == f"tocmodel {version('tocmodel')}\n"


@pytest.mark.parametrize("when", ["while it works", "while it starts"])
def test_ctrl_c_ends_it_without_a_traceback(when: str) -> None:
    stop = {
        "while it works": "import tocmodel; tocmodel.read = stop",
        "while it starts": "import builtins; own = builtins.__import__; "
        "builtins.__import__ = lambda name, *more: stop() if name == 'tocmodel.cli' else own(name, *more)",
    }[when]
    code = f"""
import sys
from tocmodel.__main__ import main
def stop(*_):
    raise KeyboardInterrupt
{stop}
sys.argv = ["tocmodel", "trace", {KENYA!r}, "a", "b"]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("where", "status"), [(">&-", 0), ("2>&-", 0), (">/dev/full", 2), ("| true", 0)])
def test_streams_that_are_closed_or_full_give_no_traceback(where: str, status: int) -> None:
    if "/dev/full" in where and not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    command = f"set -o pipefail; {sys.executable} -m tocmodel achieve {KENYA} --format json {where}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check --help", f"check {KENYA}", "--version", "--help"])
@pytest.mark.parametrize(("where", "status"), [("| head -1", 0), ("| true", 0), (">/dev/full", 2)])
def test_help_that_nobody_reads_to_its_end_gives_no_traceback(command: str, where: str, status: int) -> None:
    if "/dev/full" in where and not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    line = f"set -o pipefail; {sys.executable} -m tocmodel {command} {where}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert "roken pipe" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "1.5", "9" * 23])
def test_a_number_of_pathways_that_is_none_is_refused_in_plain_words(number: str) -> None:
    result = run("trace", KENYA, *PAIR, f"--max-paths={number}")
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert "whole number from 1 up" in " ".join(result.stderr.replace("│", " ").split())
    assert "Input should" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_cannot_show_a_sign_shows_another(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-m", "tocmodel", *TABLES["trace"]], capture_output=True, check=False, env=environment)
    assert done.returncode == 0
    assert b"Children engage duty bearers" in done.stdout


@pytest.mark.parametrize(
    "command", [["convert"], ["achieve", "--output"], ["report", "--output"], ["check", "--output"], ["trace", "--output"]]
)
def test_no_command_writes_over_what_it_reads(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a model.yaml"
    file.write_bytes(Path(KENYA).read_bytes())
    name, *option = command
    result = run(name, file, *(PAIR if name == "trace" else ()), *option, file)
    assert result.exit_code == 2
    assert "is what is read" in " ".join(result.stderr.split())
    assert file.read_bytes() == Path(KENYA).read_bytes()


def test_a_report_is_a_page_or_a_document(tmp_path: Path) -> None:
    result = run("report", KENYA, "--output", tmp_path / "report.pdf")
    assert result.exit_code == 2
    assert "ends in .html" in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "report.pdf").exists()


def test_the_demo_does_not_write_over_an_example_that_somebody_changed(tmp_path: Path) -> None:
    assert run("demo", tmp_path).exit_code == 0
    assert run("demo", tmp_path).exit_code == 0
    example = tmp_path / "kenya_sec.yaml"
    example.write_text("tocmodel: 1\n", encoding="utf-8")
    assert run("demo", tmp_path).exit_code == 2
    assert example.read_text(encoding="utf-8") == "tocmodel: 1\n"


@pytest.mark.parametrize(("option", "boys"), [([], "suppressed"), (["--public"], "suppressed"), (["--no-public"], "3")])
def test_the_policy_of_the_model_decides_what_is_shown_unless_an_option_does(option: list[str], boys: str, tmp_path: Path) -> None:
    import tocmodel as toc
    from tests.test_measurement_publishing import clubs

    file = toc.write(clubs(public=True).done(), tmp_path / "clubs.yaml")
    rows = [line for line in run("achieve", file, *option).stdout.splitlines() if " boys " in line]
    assert [boys in row for row in rows] == [True]
    said = run("report", file, "--output", tmp_path / "page.html", *option).stderr
    assert ("--no-public shows all" in said) is (option == [])
    assert ("Amina" in (tmp_path / "page.html").read_text(encoding="utf-8")) is (boys == "3")
    run("report", file, "--output", tmp_path / "page.docx", *option)
    run("picture", "achievement", file, "--output", tmp_path / "bars.svg", *option)
    assert ("suppressed" in (tmp_path / "bars.svg").read_text(encoding="utf-8")) is (boys == "suppressed")
    told = run("story", file, "clubs", "fluent", *option).stdout
    assert ("Otieno" in told) is (boys == "3")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from tocmodel.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print([name for name in ('networkx', 'numpy', 'pint', 'yaml', 'lxml', 'jinja2', 'docx', 'tocmodel.model', 'tocmodel.measurement', 'tocmodel.formats', 'tocmodel.checks') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ach", ["achieve"]),
        (f"trace {KENYA} children-e", ["children-engage-duty-bearers"]),
        (f"story {KENYA} child-rights-clubs children-e", ["children-engage-duty-bearers"]),
        (f"picture theory {KENYA} --from children-e", ["children-engage-duty-bearers"]),
        (f"picture theory {KENYA} -o x.svg --from child-rights-clubs --to children-e", ["children-engage-duty-bearers"]),
        (f"picture trajectory {KENYA} --of children-c", ["children-capable"]),
        (f"picture cascade {KENYA} --of l", ["legal"]),
        (f"picture trajectory {KENYA} --slice sex=g", ["sex=girls"]),
        (f"trace {KENYA} --programme k", ["kenya-sec"]),
        ("picture theory --from c", []),
        ("picture theory tests/test_cli.py --from c", []),
        ("check --select L9", [f"L9{number}" for number in range(10)]),
        ("trace no-such-file.yaml c", []),
        ("trace tests a", []),
    ],
)
def test_a_shell_can_complete_commands_ids_and_rules(line: str, offered: list[str]) -> None:
    words = f"tocmodel {line}"
    environment = {**os.environ, "_TOCMODEL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    code = "from tocmodel.cli import app; app(prog_name='tocmodel')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.stdout.split() == offered
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("name", "text", "offered"),
    [
        ("faults.yaml", "outputs: [{id: meet, title: {en: Clubs meet}}, {title: no id}, 7]\nlinks: 9\n", [("meet", "Clubs meet")]),
        ("plan.json", '{"outputs": [{"id": "meet", "title": "Clubs\\nmeet"}]}', [("meet", "Clubs meet")]),
        ("plan.outline", "Clubs meet\n", None),
        ("none.yaml", "", []),
        ("list.yaml", "- a\n", []),
        ("broken.yaml", "{]", []),
        ("broken.json", "{]", []),
        ("broken.xlsx", "PK", []),
        ("broken.xml", "<", []),
        ("aliases.yaml", "a: &a [1]\noutputs: *a\n", []),
        ("deep.yaml", "[" * 500, []),
        ("other.zip", "PK", []),
    ],
)
def test_ids_are_offered_of_any_file_and_nothing_is_said_of_a_faulty_one(
    tmp_path: Path, name: str, text: str, offered: list[tuple[str, str]] | None, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    context = Context(get_command(app))
    context.args = ["theory", str(file)]  # where an option stands last, without its value
    found = completing.nodes(context, "")
    assert found == ([(node.id, str(node.title)) for node in toc.read(file).nodes] if offered is None else offered)
    assert found or not offered
    assert completing.drawn(context, "") == completing.parts(context, "") == []
    assert completing.programmes(context, "zz") == []
    assert capfd.readouterr() == ("", "")


def test_completing_an_option_or_an_id_in_a_model_file_loads_no_heavy_library() -> None:
    for line in ("picture --fr", f"picture theory {KENYA} --from ch", "ach"):
        code = (
            "import sys\ntry:\n    from tocmodel.cli import app; app(prog_name='tocmodel')\nfinally:\n"
            "    print(sorted({name.partition('.')[0] for name in sys.modules} & {'networkx', 'pint', 'numpy', 'rich', 'lxml', 'cattrs'}))"
        )
        words = f"tocmodel {line}"
        environment = {**os.environ, "_TOCMODEL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
        assert done.stdout.splitlines()[0].startswith(line.split()[-1])
        assert done.stdout.splitlines()[-1] == "[]"


def test_a_shell_can_be_taught_to_complete() -> None:
    environment = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    command = [sys.executable, "-c", "from tocmodel.cli import app; app(prog_name='tocmodel')", "--show-completion", "bash"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert "complete -o default -F _tocmodel_completion tocmodel" in shown


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("theory", [], "Peer sessions in Child Rights Clubs"),
        ("theory", ["--overlay", "achievement"], "all that can be judged is met"),
        ("theory", ["--overlay", "evidence", "--from", PAIR[0], "--to", PAIR[1]], "evidence for it"),
        ("theory", ["--from", PAIR[0]], "Children know their rights"),
        ("theory", ["--to", PAIR[1]], "Children know their rights"),
        ("achievement", [], "at least 87.7 %"),
        ("gaps", [], "Fewer than planned: Boys."),
        ("gaps", ["--lang", "fr"], "Moins que prévu"),
        ("theory", ["--lang", "es", "--overlay", "achievement"], "sin valoración (contexto): 1"),
        ("matrix", [], "Pathways as drawn"),
        ("cascade", [], "0.62 cases per person"),
        ("cascade", ["--of", "legal"], "13 cases"),
        ("trajectory", ["--of", "rescued", "--slice", "sex=girls"], "132"),
        ("trajectory", ["--of", "community-members", "--as-of", "2021-12-31"], "over 4544"),
    ],
)
def test_every_picture_can_be_drawn(kind: str, options: list[str], words: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    result = run("picture", kind, KENYA, "--output", file, *options)
    assert result.exit_code == 0, result.stderr
    assert f"written: {file}" in result.stderr
    assert words in file.read_text(encoding="utf-8")


def test_a_picture_that_is_not_asked_for_clearly_gets_a_hint(tmp_path: Path) -> None:
    for options, hint in (
        (["trajectory", KENYA, "--output", tmp_path / "x.svg"], "Name an indicator with --of"),
        (["trajectory", KENYA, "--output", tmp_path / "x.svg", "--of", "rescue"], "did you mean 'rescued'?"),
        (["theory", KENYA, "--output", tmp_path / "x.jpg"], "a picture ends in .svg or .png"),
        (["theory", KENYA, "--output", tmp_path / "x.svg", "--from", "club"], "no node has the id 'club'"),
        (["gap", KENYA, "--output", tmp_path / "x.svg"], "'gap' is not known here; did you mean 'gaps'?"),
        (["photo", KENYA, "--output", tmp_path / "x.svg"], "'photo' is not known here; known: achievement, cascade, gaps"),
        (["theory", KENYA, "--output", tmp_path / "x.svg", "--overlay", "evidnce"], "did you mean 'evidence'?"),
        (["theory", KENYA, "--output", tmp_path / "x.svg", "--lang", "de"], "there are: en, es, fr"),
        (["theory", KENYA, "--output", tmp_path / "x.svg", "--catalogues", tmp_path / "none"], "none: there is no such folder"),
        (["gaps", KENYA, "--output", tmp_path / "x.svg", "--of", "rescued"], "takes no --of (--of is for trajectory or cascade)"),
        (["matrix", KENYA, "--output", tmp_path / "x.svg", "--slice", "sex=girls", "--overlay", "evidence"], "--overlay is for theory)"),
    ):
        result = run("picture", *options)
        assert result.exit_code == 2
        assert hint in " ".join(re.sub("[│╭╮╰╯─]", " ", result.stderr).split())
        assert "Value error" not in result.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_slide_is_a_png_of_its_size(tmp_path: Path) -> None:
    assert run("picture", "cascade", KENYA, "--slide", "--output", tmp_path / "s.png").exit_code == 0
    data = (tmp_path / "s.png").read_bytes()
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1920, 1080)


def test_reports_and_stories_as_word_documents_by_their_ending(tmp_path: Path) -> None:
    from docx import Document

    assert run("report", KENYA, "--output", tmp_path / "k.docx").exit_code == 0
    assert "Logical framework" in [paragraph.text for paragraph in Document(str(tmp_path / "k.docx")).paragraphs]
    assert run("story", KENYA, *PAIR, "--output", tmp_path / "s.docx", "--template", tmp_path / "k.docx").exit_code == 0
    assert any("Contribution story" in paragraph.text for paragraph in Document(str(tmp_path / "s.docx")).paragraphs)
    for command in (["report", KENYA, "--output", tmp_path / "x.html"], ["story", KENYA, *PAIR]):
        result = run(*command, "--template", tmp_path / "k.docx")
        assert result.exit_code == 2
        assert "a template is for a Word document" in result.stderr


def test_a_story_is_told_in_the_readers_language(tmp_path: Path) -> None:
    from docx import Document

    assert run("story", KENYA, *PAIR, "--lang", "fr").stdout.startswith("Récit de contribution\N{NO-BREAK SPACE}: de «")
    records = json.loads(run("story", KENYA, *PAIR, "--lang", "es", "--format", "json").stdout)
    assert records[0]["section"] == "En resumen"
    assert run("story", KENYA, *PAIR, "--lang", "es", "--output", tmp_path / "s.docx").exit_code == 0
    assert "1. La pregunta" in [paragraph.text for paragraph in Document(str(tmp_path / "s.docx")).paragraphs]
    assert run("story", KENYA, *PAIR, "--lang", "de").exit_code == 2
    begun = tmp_path / "sw" / "LC_MESSAGES" / "tocmodel.po"
    begun.parent.mkdir(parents=True)
    begun.write_text('msgid ""\nmsgstr ""\n"Language: sw\\n"\n\nmsgid "In short"\nmsgstr "Kwa ufupi"\n', encoding="utf-8")
    result = run("story", KENYA, *PAIR, "--lang", "sw", "--catalogues", tmp_path)
    assert result.stdout == run("story", KENYA, *PAIR).stdout, "a story is not told half in one language"
    assert "the story is told in English, until all that stories say is translated" in result.stderr


def test_a_story_as_markdown_in_a_file(tmp_path: Path) -> None:
    printed = run("story", KENYA, *PAIR, "--format", "markdown").stdout
    assert run("story", KENYA, *PAIR, "--format", "markdown", "--output", tmp_path / "s.md").exit_code == 0
    assert (tmp_path / "s.md").read_text(encoding="utf-8") == printed


def test_the_page_on_the_command_line_lists_every_command_and_its_options() -> None:
    page = Path("docs/reference/command-line.md").read_text(encoding="utf-8")
    commands = getattr(get_command(app), "commands")  # noqa: B009 — typer does not say that its command is a group
    assert set(re.findall(r"^\| `tocmodel (\w+)", page, re.MULTILINE)) == set(commands)
    for name, command in commands.items():
        written = " ".join(re.findall(rf"^\| `tocmodel {name}.*$", page, re.MULTILINE))
        for parameter in command.params:
            long = next((option for option in parameter.opts if option.startswith("--")), None)
            if long and long != "--help":
                assert long in page, f"{name} {long}"
        for option in re.findall(r"--[\w-]+", written):
            assert option in {each for parameter in command.params for each in parameter.opts}, f"{name} {option}"


def test_results_go_where_they_are_sent_while_a_bar_is_on_the_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    target = tmp_path / "out.csv"
    with target.open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "tocmodel", "achieve", KENYA, "--format", "csv"],
            stdout=file,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm"},
            check=True,
        )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert target.read_text(encoding="utf-8") == run("achieve", KENYA, "--format", "csv").stdout


def test_json_is_written_record_by_record_as_one_array(tmp_path: Path) -> None:
    out = run("achieve", KENYA, "--format", "json").stdout
    records = json.loads(out)
    assert len(records) > 10
    laid_out = json.dumps(records, ensure_ascii=False, indent=1)
    assert [line.partition(":")[0] for line in out.splitlines()] == [line.partition(":")[0] for line in laid_out.splitlines()]
    assert json.loads(out, parse_float=Decimal)[0]["attainment_low"] == toc.achievement(toc.read(KENYA)).records()[0]["attainment_low"]
    empty = tmp_path / "empty.xml"
    empty.write_text("<iati-activities/>", encoding="utf-8")
    assert run("achieve", str(empty), "--format", "json").stdout == "[]\n"


def test_what_cannot_be_read_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<iati-activities>", encoding="utf-8")
    kept = tmp_path / "out.csv"
    kept.write_text("kept", encoding="utf-8")
    assert run("achieve", str(tmp_path / "broken.xml"), "--format", "csv", "--output", str(kept)).exit_code == 2
    assert kept.read_text(encoding="utf-8") == "kept"


def test_that_today_is_the_day_is_said_once(tmp_path: Path) -> None:
    one = '<iati-activity><iati-identifier>X{}</iati-identifier><result type="1"><indicator measure="1"/></result></iati-activity>'
    path = tmp_path / "two.xml"
    path.write_text(f"<iati-activities>{one.format(1)}{one.format(2)}</iati-activities>", encoding="utf-8")
    assert run("achieve", str(path)).stderr.count("judged as of today") == 1
