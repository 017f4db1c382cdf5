"""Bad input of every kind: a clear message with file, line and path, all faults at once, and never a traceback."""

from pathlib import Path

import pytest
from attrs import frozen
from typer.testing import CliRunner

import tocmodel as toc
from tocmodel.cli import app

HEAD = "tocmodel: 1\nprogramme: {id: reading, title: Reading clubs}\nactivities: [{id: clubs, title: Clubs meet}]\noutcomes: [{id: more, title: More reading}]\n"
COMMANDS = (
    ["achieve", "FILE"],
    ["check", "FILE", "--format", "json"],
    ["trace", "FILE", "clubs", "more"],
    ["report", "FILE", "--output", "OUT"],
    ["convert", "FILE", "OUT.json"],
)


@frozen
class Bad:
    """A file that cannot be read as it stands, and what is said about it."""

    name: str
    content: bytes
    said: tuple[str, ...]


def yaml(name: str, text: str, *said: str) -> Bad:
    return Bad(f"{name}.yaml", (HEAD + text).encode(), said)


def raw(name: str, content: bytes | str, *said: str) -> Bad:
    return Bad(name, content if isinstance(content, bytes) else content.encode(), said)


def indicator(rest: str) -> str:
    return f"indicators:\n- {{id: readers, title: Readers, of: clubs, unit: person, {rest}}}\n"


BAD = (
    # what the issue names
    yaml("unit", "indicators: [{id: i, title: I, of: clubs, unit: persom}]\n", "unit.yaml:5: indicators[0].unit: unknown unit: 'persom'", "did you mean 'person'?"),
    yaml("id", "links:\n- from: clubs\n  to: mroe\n", "id.yaml:7: links[0].to: no node has the id 'mroe'", "did you mean 'more'?"),
    yaml("no-indicator", "targets: [{indicator: x, figure: 5}]\n", "no-indicator.yaml:5: targets: 'targets' stand under their indicator"),
    yaml("twice", "outputs:\n- id: more\n  title: Again\n", "twice.yaml:4: outcomes[0].id: the id 'more' is used twice", "the other stands in 'outputs'"),
    yaml("period", indicator("actuals: [{figure: 5, period: 2021/2020}]"), "period.yaml:6: indicators[0].actuals[0].period", "ends (2020-12-31) before it starts", "swap the dates"),
    yaml("number", "outputs: [{id: o, title: O, weight: heavy}]\n", "number.yaml:5: outputs[0].weight: not a number: 'heavy'"),
    raw("empty.yaml", "", "empty.yaml: the file is empty", "tocmodel demo"),
    raw("empty.json", " \n", "empty.json: the file is empty"),
    raw("comment.yaml", "# nothing yet\n", "comment.yaml: the file is empty"),
    raw("picture.yaml", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "picture.yaml: this is not UTF-8 text"),
    raw("nul.yaml", b"tocmodel: 1\n\x00\x00", "this is not text: it holds NUL bytes"),
    raw("utf16.yaml", HEAD.encode("utf-16"), "this is not UTF-8 text", "save it as UTF-8 text"),
    raw("latin.yaml", "tocmodel: 1\nprogramme: {id: p, title: Éducation}\n".encode("latin-1"), "this is not UTF-8 text"),
    raw("word.docx", b"PK\x03\x04", "a file ending in '.docx' cannot be read", "known endings: .yaml, .yml, .json"),
    # cut off and twisted
    raw("cut.yaml", HEAD + "links:\n- {from: clubs,\n", "cut.yaml:6", "not YAML"),
    raw("cut.json", '{"tocmodel": 1,\n "programme": {"id": "p"', "cut.json:2: not JSON"),
    raw("tabs.yaml", "tocmodel: 1\nprogramme:\n\tid: p\n", "tabs.yaml:3", "not YAML"),
    raw("control.yaml", "tocmodel: 1\nprogramme: {id: p, title: \x07}\n", "control.yaml:2: not YAML"),
    raw("two.yaml", HEAD + "---\n" + HEAD, "two.yaml:5: not YAML", "another document"),
    raw("list.yaml", "- a\n- b\n", "list.yaml:1: not a model: expected a mapping"),
    raw("scalar.json", "5", "not a model: expected a mapping"),
    raw("null.json", "null", "the file is empty"),
    raw("deep.yaml", HEAD + "actors: " + "[" * 5000, "deep.yaml:5: not YAML"),
    raw("deep-but-closed.yaml", HEAD + "actors: " + "[" * 150 + "]" * 150, "deep-but-closed.yaml:5", "too deeply nested"),
    raw("deep.json", '{"a":' * 50_000, "deep.json: too deeply nested"),
    raw("deep-but-closed.json", '{"tocmodel": 1, "programme": {"id": "p", "title": "P", "extensions": {"x": ' + "[" * 900 + "]" * 900 + "}}}", "too deeply nested"),
    yaml("bomb", "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", "bomb.yaml:5: b[0]: an alias", "write the value out"),
    raw("self.yaml", "&a [*a]\n", "self.yaml:1", "an alias"),
    yaml("tag", "actors: !!python/object/apply:os.system [echo]\n", "tag.yaml:5: actors[0]: expected a mapping of fields"),
    yaml("keys", "? [a, b]\n: c\n", "keys.yaml:5: a key that is no text"),
    yaml("key-twice", "outputs: []\noutputs: []\n", "key-twice.yaml:6: outputs: the key 'outputs' stands twice"),
    raw("key-twice.json", '{"tocmodel": 1,\n "tocmodel": 1}', "key-twice.json:2: tocmodel: the key 'tocmodel' stands twice"),
    raw("huge.json", '{"tocmodel": 1, "programme": {"id": "p", "title": "P"}, "activities": [{"id": "a", "title": "A", "weight": 1e999999999}]}', "a number beyond all measure"),
    raw("digits.json", '{"tocmodel": ' + "1" * 5000 + "}", "a number beyond all measure"),
    raw("nan.json", '{"tocmodel": 1, "programme": {"id": "p", "title": "P"}, "activities": [{"id": "a", "title": "A", "weight": NaN}]}', "activities[0].weight: not a number: nan"),
    raw("surrogate.json", '{"tocmodel": 1, "programme": {"id": "p", "title": "\\ud800"}}', "half of a surrogate pair"),
    # versions
    raw("no-version.yaml", "programme: {id: p, title: P}\n", "the format version is missing", "write 'tocmodel: 1'"),
    raw("newer.yaml", HEAD.replace("tocmodel: 1", "tocmodel: 2"), "newer.yaml:1: tocmodel: the file has format version 2, this library reads up to version 1"),
    raw("odd-version.yaml", "tocmodel: ²\n", "not a format version: '²'"),
    # structure
    raw("no-programme.yaml", "tocmodel: 1\n", "'programme' is missing"),
    yaml("section", "activites: []\n", "section.yaml:5: activites: unknown key", "did you mean 'activities'?"),
    yaml("mapping", "actors: {id: a}\n", "mapping.yaml:5: actors: expected a list"),
    yaml("items", "actors: [a, [b], null]\n", "actors[0]: expected a mapping of fields, found 'a'", "actors[1]", "actors[2]"),
    yaml("list-for-text", "actors: [{id: a, title: [x]}, {id: [b], title: B}]\nsources: [{id: s, title: S, url: {a: b}}]\n",
         "actors[0].title: not a text", "actors[1].id: not an id", "sources[0].url: not a text"),
    yaml("figures", indicator("by: [sex], actuals: [{figure: [1, 2]}, {figure: {printd: 1}}, {figure: {bounds: {from: 3, to: 2}}}, {figure: {missing: lost}}, {}, {figure: 1, slice: girls}]"),
         "actuals[0].figure: not a figure", "actuals[1].figure: a figure has no 'printd'", "actuals[2].figure: the lower end 3",
         "actuals[3].figure: no reason why a figure is missing: 'lost'", "actuals[4]: the figure is missing", "actuals[5].slice: not a slice"),
    yaml("loop", "links: [{from: clubs, to: clubs}]\n", "loop.yaml:5: links[0]: a link from 'clubs' to itself"),
    # what a stranger's file may hold
    yaml("far-year", indicator("actuals: [{figure: 5, period: 99999999999-01}]"), "not a date or period: '99999999999-01'"),
    yaml("far-time", indicator("actuals: [{figure: 5, reported: '9999-12-31T23:59:59-14:00'}]"), "a time beyond the calendar", "is the year right?"),
    raw("quote.csv", 'Result,Indicator\nOutput 1: Clubs,"Clubs\nOutput 1: Clubs,Visits\n', "a quotation mark in line 2 is not closed"),
    yaml("circle", indicator("actuals: [{id: a, figure: 1, supersedes: b}, {id: b, figure: 2, supersedes: a}]"), "'a', 'b': it would be replaced by itself"),
)  # fmt: skip


def file_of(bad: Bad, folder: Path) -> Path:
    path = folder / bad.name
    path.write_bytes(bad.content)
    return path


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_reading_says_what_is_wrong_and_where(bad: Bad, tmp_path: Path) -> None:
    with pytest.raises(toc.UnreadableFileError) as raised:
        toc.read(file_of(bad, tmp_path))
    message = str(raised.value)
    assert all(said in message for said in bad.said), message
    assert all(finding.severity is toc.Severity.ERROR for finding in raised.value.findings)
    assert all(finding.where.file == bad.name for finding in raised.value.findings)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_says_it_on_standard_error_with_exit_status_2(command: list[str], bad: Bad, tmp_path: Path) -> None:
    file = str(file_of(bad, tmp_path))
    out = str(tmp_path / "out")
    result = CliRunner().invoke(app, [argument.replace("FILE", file).replace("OUT", out) for argument in command])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert all(said in result.stderr for said in bad.said), result.stderr
    assert result.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == [bad.name]


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text(
        HEAD
        + "links: [{from: clubs, to: mroe}, {from: club, to: more, sgn: helps}]\n"
        + "outputs: [{id: more, title: Again}]\n"
        + "indicators:\n"
        + "- {id: i, title: I, of: nothing, unit: persom, direction: up}\n"
        + "- {id: j, title: J, of: clubs, unit: person, targets: [{figure: 5, period: 2021/2020}], actuals: [{figure: {printed: 5, unit: case}}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(toc.UnreadableFileError) as raised:
        toc.read(file)
    assert [(finding.code, finding.where.line, finding.where.path) for finding in raised.value.findings] == [
        ("M01", 4, "outcomes[0].id"),
        ("M02", 5, "links[0].to"),
        ("M02", 5, "links[1].from"),
        ("F02", 5, "links[1].sgn"),
        ("F04", 8, "indicators[0].direction"),
        ("M02", 8, "indicators[0].of"),
        ("M05", 8, "indicators[0].unit"),
        ("M05", 9, "indicators[1].actuals[0].figure"),
        ("F04", 9, "indicators[1].targets[0].period"),
    ]


def test_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path, "this is a folder"),
        (tmp_path / "x.yaml", "there is no such file"),
        (tmp_path / "x.json", "no such file"),
    ):
        with pytest.raises(toc.UnreadableFileError, match=said):
            toc.read(path)
        for command in COMMANDS:
            result = CliRunner().invoke(
                app, [argument.replace("FILE", str(path)).replace("OUT", str(tmp_path / "out")) for argument in command]
            )
            assert (result.exit_code, result.stdout) == (2, "")
            assert said in result.stderr


def test_text_where_a_figure_belongs_is_a_finding_and_never_a_number(tmp_path: Path) -> None:
    file = tmp_path / "figure.yaml"
    file.write_text(HEAD + indicator("direction: increase, targets: [{figure: many}], actuals: [{figure: about 200}]"), encoding="utf-8")
    model = toc.read(file)
    assert [(finding.code, finding.where.line, finding.where.path) for finding in model.findings] == [
        ("M08", 6, "indicators[0].actuals[0].figure"),
        ("M08", 6, "indicators[0].targets[0].figure"),
    ]
    row = toc.achievement(model, as_of="2021-01-01")["readers"]
    assert (row.actual.value, row.target.value, row.attainment.bounds) == (None, None, None)
    assert (row.reason, row.status) == (toc.Reason.NOT_READABLE, toc.Status.NO_TARGET)
    result = CliRunner().invoke(app, ["achieve", str(file), "--as-of", "2021-01-01"])
    assert result.exit_code == 0
    assert "figure.yaml:6: indicators[0].actuals[0].figure" in result.stderr
    assert {finding.code for finding in toc.check(model)} >= {"M08"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["achieve", "FILE", "--as-of", "soon"], "not a date: 'soon'"),
        (["achieve", "FILE", "--format", "xml"], "xml"),
        (["trace", "FILE", "club", "more"], "did you mean 'clubs'?"),
        (["trace", "FILE", "clubs", "more", "--max-paths", "0"], "max-paths"),
        (["trace", "FILE", "clubs"], "TO"),
        (["convert", "FILE", "model.docx"], "known endings"),
        (["report", "FILE", "--output", "/no/such/folder/out.html"], "No such file"),
        (["achieve"], "FILE"),
        (["achive", "FILE"], "achive"),
    ],
)
def test_a_wrong_call_says_so_with_exit_status_2(arguments: list[str], said: str, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(HEAD, encoding="utf-8")
    result = CliRunner().invoke(app, [argument.replace("FILE", str(file)) for argument in arguments])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert said in result.stderr


def test_the_builder_says_the_same_as_the_reader() -> None:
    draft = toc.TheoryOfChange.build("reading")
    clubs = draft.activity("clubs", "Clubs meet")
    draft.outcome("clubs", "Twice")
    draft.link(clubs, "mroe")
    draft.indicator("readers", of=clubs, unit="persom")
    draft.target("reader", 5)
    draft.actual("readers", 5, period="2021/2020")
    draft.outcome("o", "O", weight="heavy")
    with pytest.raises(toc.InvalidModelError) as raised:
        draft.done()
    assert sorted((finding.code, finding.where.path) for finding in raised.value.findings) == [
        ("F04", "actual of readers.period"),
        ("F04", "o.weight"),
        ("M01", "clubs.id"),
        ("M02", "clubs->mroe.to"),
        ("M02", "reader.target.indicator"),
        ("M05", "readers.unit"),
    ]


@pytest.mark.parametrize(
    "command", [["check", "FILE", "--output", "NAME.txt"], ["report", "FILE", "--output", "NAME.html"], ["convert", "FILE", "NAME.json"]]
)
def test_a_name_that_no_file_can_have_is_a_clear_error(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "model.yaml").write_text(HEAD)
    given = [part.replace("FILE", str(tmp_path / "model.yaml")).replace("NAME", str(tmp_path / ("x" * 300))) for part in command]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "File name too long" in result.output
