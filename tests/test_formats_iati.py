"""IATI activity files: what is read, kept, written and found wrong."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from csv import DictReader
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree
from typer.testing import CliRunner

import tocmodel as toc
from tests.strategies import theories
from tocmodel.cli import app
from tocmodel.formats import iati, validate
from tocmodel.formats.iati.ruleset import breaches
from tocmodel.model import Objective, OtherResult, Outcome, Output, Programme, Record, TheoryOfChange

OFFICIAL = Path("../shared/data/iati/official")
PUBLISHED = sorted(Path("../shared/data/iati/published").glob("*.xml"))
NOT_HERE = "the IATI files of ../shared are not here"

ACTIVITY = """\
<iati-activities version="{version}" generated-datetime="2024-06-30T00:00:00">
<iati-activity xml:lang="en" default-currency="EUR">
 <iati-identifier>XM-EX-1/clubs</iati-identifier>
 <reporting-org ref="XM-EX" type="21"><narrative>Example</narrative></reporting-org>
 <title><narrative>Reading clubs</narrative><narrative xml:lang="fr">Clubs de lecture</narrative></title>
 <description><narrative>Clubs in schools</narrative></description>
 <participating-org role="4" type="21"><narrative>Example</narrative></participating-org>
 <activity-status code="2"/>
 <activity-date type="1" iso-date="2024-01-01"/>
 <activity-date type="3" iso-date="2025-12-31"/>
 <recipient-country code="KE"/>
 <location ref="north"/>
 <sector code="11220" vocabulary="1"/>
 <related-activity ref="XM-EX-0" type="1"/>
 {result}
</iati-activity>
</iati-activities>
"""
RESULT = """\
<result type="1" aggregation-status="0">
 <title><narrative>Clubs meet</narrative></title>
 <indicator measure="1" ascending="1">
  <title><narrative>Pupils in clubs</narrative></title>
  <reference vocabulary="99" code="P1" indicator-uri="https://example.org/p1"/>
  <baseline year="2023" value="10"><comment><narrative>from the school's list</narrative></comment></baseline>
  <period>
   <period-start iso-date="2024-01-01"/><period-end iso-date="2024-06-30"/>
   <target value="100"/>
   <actual value="60"><location ref="north"/><dimension name="Sex" value="girls"/></actual>
   <actual value="50"><dimension name="Sex" value="boys"/><comment><narrative>estimated</narrative></comment></actual>
  </period>
 </indicator>
</result>
"""


def written(folder: Path, result: str = RESULT, version: str = "2.03", text: str | None = None) -> Path:
    path = folder / "activities.xml"
    path.write_text(text if text is not None else ACTIVITY.format(result=result, version=version), encoding="utf-8")
    return path


def read(folder: Path, result: str = RESULT, version: str = "2.03") -> TheoryOfChange:
    return toc.read(written(folder, result, version))


def codes(model: TheoryOfChange) -> list[str]:
    return [finding.code for finding in model.findings]


# Reading


def test_an_activity_is_a_programme(tmp_path: Path) -> None:
    programme = read(tmp_path).programme
    assert programme.id == "XM-EX-1_clubs"
    assert programme.extensions["iati"]["identifier"] == "XM-EX-1/clubs"  # type: ignore[index]
    assert (str(programme.title), programme.title.in_language("fr")) == ("Reading clubs", "Clubs de lecture")
    assert (str(programme.period), programme.currency) == ("2024-01-01/2025-12-31", "EUR")
    assert [(related.ref, related.relation) for related in programme.related] == [("XM-EX-0", "parent")]


def test_results_indicators_and_figures_are_read(tmp_path: Path) -> None:
    model = read(tmp_path)
    indicator = model.indicators[0]
    assert (type(model.nodes[0]), str(model.nodes[0].title)) == (Output, "Clubs meet")
    assert (indicator.kind, indicator.direction, indicator.accumulation) == ("count", "increase", "unknown")
    assert [(code.vocabulary, code.code, code.uri) for code in indicator.codes] == [("99", "P1", "https://example.org/p1")]
    assert [(str(value.figure), str(value.period), str(value.note)) for value in model.baselines] == [
        ("10", "2023-01-01/2023-12-31", "from the school's list")
    ]
    assert [(str(value.figure), str(value.period)) for value in model.targets] == [("100", "2024-01-01/2024-06-30")]
    assert [(str(value.figure), dict(value.slice)) for value in model.actuals] == [
        ("60", {"Sex": "girls", "location": "north"}),
        ("50", {"Sex": "boys"}),
    ]
    assert {(item.dimension, item.coverage.value) for item in indicator.by} == {("Sex", "partial"), ("location", "partial")}


@pytest.mark.parametrize(
    ("type_", "cls"), [("1", Output), ("2", Outcome), ("3", Objective), ("9", OtherResult), ("Output", Output), ("7", OtherResult)]
)
def test_types_of_results(tmp_path: Path, type_: str, cls: type[Record]) -> None:
    model = read(tmp_path, RESULT.replace('type="1"', f'type="{type_}"', 1))
    assert type(model.nodes[0]) is cls
    assert ("I01" in codes(model)) == (type_ == "7")


@pytest.mark.parametrize(
    ("measure", "kind", "unit"), [("1", "count", None), ("2", "percentage", "percent"), ("4", "rating", None), ("5", "text", None)]
)
def test_measures(tmp_path: Path, measure: str, kind: str, unit: str | None) -> None:
    indicator = read(tmp_path, RESULT.replace('measure="1"', f'measure="{measure}"')).indicators[0]
    assert (indicator.kind.value, indicator.unit) == (kind, unit)


def test_a_direction_that_is_not_stated_stays_unknown_but_for_the_dialect_1(tmp_path: Path) -> None:
    unstated = RESULT.replace(' ascending="1"', "")
    assert read(tmp_path, unstated).indicators[0].direction == "unknown"
    assert read(tmp_path, unstated, version="1.05").indicators[0].direction == "increase"
    assert read(tmp_path, RESULT.replace('ascending="1"', 'ascending="0"')).indicators[0].direction == "decrease"


def test_a_missing_value_is_missing_and_text_that_is_no_number_is_kept(tmp_path: Path) -> None:
    model = read(tmp_path, RESULT.replace('<target value="100"/>', '<target/><target value="N/A"/><target value="many"/>'))
    figures = [target.figure for target in model.targets]
    assert [(figure.printed, figure.missing.value if figure.missing else None) for figure in figures] == [
        ("", "missing"), ("N/A", "missing"), ("many", "not_readable"),
    ]  # fmt: skip
    assert codes(model) == ["M08"]
    assert model.findings[0].where.line is not None


def test_dirt_is_found_and_nothing_is_dropped(tmp_path: Path) -> None:
    dirty = """\
<result type="1"><title><narrative>Dirt</narrative></title>
 <indicator><title><narrative>No measure</narrative></title>
  <period><period-start iso-date="2024-06-30"/><period-end iso-date="2024-01-01"/><target value="5"/></period>
  <period><period-start iso-date="2024-01-01"/><period-end iso-date="soon"/><actual value="3"/></period>
  <period><period-start iso-date="2025-01-01"/><period-end iso-date="2025-06-30"/><target value="7"/><actual value="0"/></period>
  <period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-06-30"/><actual><dimension name="Men" value="900"/></actual></period>
  <period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-06-30"/>
   <actual value="1"><dimension name="Sex" value="f"/><dimension name="Sex" value="m"/></actual></period>
 </indicator></result>"""
    model = read(tmp_path, dirty)
    assert sorted(codes(model)) == ["I02", "I03", "I04", "I05", "I06", "I07"]
    assert str(model.targets[0].period) == "2024-01-01/2024-06-30"
    future = next(actual for actual in model.actuals if str(actual.period).startswith("2025"))
    assert (future.figure.printed, future.figure.missing) == ("0", "not_due")
    assert (len(model.targets), len(model.actuals)) == (2, 4)


def test_a_file_with_several_programmes_asks_for_one_and_streams_all(tmp_path: Path) -> None:
    one = ACTIVITY.format(result=RESULT, version="2.03")
    inside = one[one.index("<iati-activity ") : one.index("</iati-activities>")]
    path = written(tmp_path, text=one.replace(inside, inside + inside.replace("XM-EX-1/clubs", "XM-EX-2")))
    with pytest.raises(toc.UnreadableFileError, match=r"2 programmes.*XM-EX-1_clubs, XM-EX-2"):
        toc.read(path)
    assert toc.read(path, "XM-EX-2").programme.id == "XM-EX-2"
    assert toc.read(path, "XM-EX-1/clubs").programme.id == "XM-EX-1_clubs"
    with pytest.raises(toc.UnreadableFileError, match="did you mean 'XM-EX-2'"):
        toc.read(path, "XM-EX-22")
    assert [model.programme.id for model in toc.iter_programmes(path)] == ["XM-EX-1_clubs", "XM-EX-2"]


def test_of_many_programmes_only_the_first_are_listed(tmp_path: Path) -> None:
    one = ACTIVITY.format(result="", version="2.03")
    inside = one[one.index("<iati-activity ") : one.index("</iati-activities>")]
    many = "".join(inside.replace("XM-EX-1/clubs", f"XM-EX-{number}") for number in range(300))
    path = written(tmp_path, text=one.replace(inside, many))
    with pytest.raises(toc.UnreadableFileError, match=r"300 programmes .*XM-EX-0, .*XM-EX-9 and 290 more\)"):
        toc.read(path)
    with pytest.raises(toc.UnreadableFileError, match=r"no programme 'clubs' \(.*XM-EX-9 and 290 more\)"):
        toc.read(path, "clubs")


# Writing


def again(model: TheoryOfChange, folder: Path) -> TheoryOfChange:
    return toc.read(toc.write(model, folder / "again.xml"))


def test_what_is_read_and_written_is_the_same_and_keeps_to_the_standard(tmp_path: Path) -> None:
    model = read(tmp_path)
    assert again(model, tmp_path) == model
    assert validate(tmp_path / "again.xml") == validate(written(tmp_path)) == ()
    text = (tmp_path / "again.xml").read_text(encoding="utf-8")
    assert '<sector code="11220" vocabulary="1"/>' in text  # the model has no place for it
    assert 'aggregation-status="0"' in text


def test_a_tool_that_ignores_our_elements_finds_the_figures(tmp_path: Path) -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    path = toc.write(kenya, tmp_path / "kenya.iati.xml")
    root: Any = etree.parse(str(path)).getroot()
    for own in root.xpath("//*[namespace-uri()='urn:tocmodel:iati:1']"):
        own.getparent().remove(own)
    plain = tmp_path / "plain.xml"
    plain.write_bytes(etree.tostring(root))
    model = toc.read(plain)
    rescued = next(item for item in model.indicators if str(item.title) == "Children brought to safety and given services")
    assert {(dict(actual.slice).get("Sex"), str(actual.figure)) for actual in model.actuals_of(rescued.id)} == {
        ("Girls", "132"),
        ("Boys", "27"),
    }
    members = next(item for item in model.indicators if "awareness raising" in str(item.title))
    actual = model.actuals_of(members.id)[0]
    assert actual.figure.missing == "missing"  # a bound is no number; the words stand in the comment
    assert "over 4544" in str(actual.note)


def test_the_kenya_example_survives_iati_and_is_valid_by_the_schema(tmp_path: Path) -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    assert again(kenya, tmp_path) == kenya
    found = Counter(finding.code for finding in validate(tmp_path / "again.xml"))
    # two bounds have no @value, one target is no number, and the sources state no sector, country code or publisher
    assert found == {"IATI-8.10.1": 2, "IATI-8.9.2": 1, "IATI-1.1.21": 1, "IATI-3.7.1": 1, "IATI-6.2.2": 1, "IATI-6.7.2": 1}


def test_drafts_and_replaced_figures_are_not_published(tmp_path: Path) -> None:
    draft = toc.TheoryOfChange.build("p", "P", period="2024")
    goal = draft.outcome("o", "O")
    draft.indicator("i", "I", of=goal, unit="person")
    draft.actual("i", 1, state="draft")
    old = draft.actual("i", 2, id="old")
    draft.actual("i", 3, supersedes=old, id="new")
    model = draft.done()
    assert again(model, tmp_path) == model
    root: Any = etree.parse(str(tmp_path / "again.xml")).getroot()
    assert [actual.get("value") for actual in root.iter("actual")] == ["3"]


@settings(max_examples=15)
@given(theory=theories())
def test_every_model_survives_iati(tmp_path_factory: pytest.TempPathFactory, theory: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*theory)
    path = toc.write(model, tmp_path_factory.mktemp("iati") / "model.xml")
    assert toc.read(path) == model


# Files of others


@pytest.mark.parametrize("path", PUBLISHED or [pytest.param(Path(), marks=pytest.mark.skip(reason=NOT_HERE))], ids=lambda path: path.stem)
def test_published_files_are_read_whole(path: Path) -> None:
    counted: Counter[str] = Counter()
    for model in toc.iter_programmes(path):
        counted["activity"] += 1
        counted["result"] += len(model.nodes)
        counted["indicator"] += len(model.indicators)
        for value in (*model.baselines, *model.targets, *model.actuals):
            counted[value.kind] += 1
            counted["dimension"] += sum(name != "location" for name in value.slice.dimensions)
            counted["location"] += len(value.slice["location"].split(" + ")) if "location" in value.slice.dimensions else 0
        table = toc.achievement(model, as_of="2024-12-31")
        assert len(table.records()) >= len(model.indicators)
        for row in table:  # what the file does not say is never assumed silently
            several = len({item.period for item in row.inputs if item.role == "actual"}) > 1
            if several and model.indicator(row.indicator).accumulation == "unknown" and row.actual.missing is None:
                assert any(assumption.startswith("it is not stated whether") for assumption in row.assumed), row.explain()
    root: Any = etree.parse(str(path), etree.XMLParser(recover=True)).getroot()
    inside = "iati-activity/result/indicator"
    ways = {
        "activity": "iati-activity", "result": "iati-activity/result", "indicator": inside, "baseline": f"{inside}/baseline",
        "target": f"{inside}/period/target", "actual": f"{inside}/period/actual",
        "dimension": f"{inside}/baseline/dimension|{inside}/period/*/dimension",
        "location": f"{inside}/baseline/location|{inside}/period/*/location",
    }  # fmt: skip
    assert +counted == Counter({name: number for name, way in ways.items() if (number := len(root.xpath(way)))})


@pytest.mark.parametrize(
    "path",
    [path for path in PUBLISHED if path.stem != "cordaid"] or [pytest.param(Path(), marks=pytest.mark.skip(reason=NOT_HERE))],
    ids=lambda path: path.stem,
)  # Cordaid's 300 programmes are read by the test above; here they would take long
def test_achieve_gives_the_table_of_every_published_programme(path: Path) -> None:
    result = CliRunner().invoke(app, ["achieve", str(path), "--as-of", "2024-12-31", "--format", "csv"])
    assert (result.exit_code, result.exception) == (0, None)
    lines = list(DictReader(StringIO(result.stdout)))
    programmes = [model for model in toc.iter_programmes(path) if model.indicators]
    assert list(dict.fromkeys(line["programme"] for line in lines)) == list(dict.fromkeys(model.programme.id for model in programmes))
    assert {line["indicator"] for line in lines} == {indicator.id for model in programmes for indicator in model.indicators}
    found = {finding.code for model in programmes for finding in model.findings}
    assert all(f"  {code}" in result.stderr for code in found)


def some(path: Path, most: int = 6) -> Iterator[TheoryOfChange]:
    for number, model in enumerate(toc.iter_programmes(path)):
        if number == most:
            return
        yield model


@pytest.mark.parametrize("path", PUBLISHED or [pytest.param(Path(), marks=pytest.mark.skip(reason=NOT_HERE))], ids=lambda path: path.stem)
def test_published_programmes_survive_reading_and_writing(path: Path, tmp_path: Path) -> None:
    for model in some(path):
        assert again(model, tmp_path) == model
        if path.stem not in {"covid-dportal", "frankenstein-synthetic", "global-fund-angola-1.x"}:  # whose own elements break the schema
            assert "IATI-XSD" not in {finding.code for finding in validate(tmp_path / "again.xml")}


def test_the_official_schema_tests_get_their_verdict() -> None:
    files = [path for path in OFFICIAL.glob("tests/tests/**/*.xml") if not re.search("organisation|registry", str(path))]
    if not files:
        pytest.skip(NOT_HERE)
    wrong = [str(path) for path in files if ("should-pass" in str(path)) == any(finding.code == "IATI-XSD" for finding in validate(path))]
    assert len(files) > 500
    assert wrong == []


META = [
    ("at_least_one", "at_least_one_bad", True), ("at_least_one", "at_least_one_no_element_good", False),
    ("between_dates", "between_dates_bad", True), ("between_dates", "between_dates_good", False),
    ("forloop", "forloop_bad", True), ("forloop", "forloop_good", False), ("if_then", "if_then_bad", True), ("if_then", "if_then_good", False),
    ("one_or_all_org", "one_or_all_org_currency_bad", True), ("one_or_all_org", "one_or_all_org_currency_good", False),
    ("only_one_of", "only_one_of_activity_bad", True), ("only_one_of", "only_one_of_activity_good", False),
    ("period_time", "period_time_bad", True), ("period_time", "period_time_good", False), ("range", "range_bad", True), ("range", "range_good", False),
    ("results_references", "results_refs_bad", True), ("results_references", "results_refs_good", False),
    ("result_indicator_baseline_selector_with_conditions", "results_indicator_baseline_value_bad", True),
    ("result_indicator_baseline_selector_with_conditions", "results_indicator_baseline_value_good", False),
    ("result_indicator_baseline_selector_with_conditions", "results_indicator_baseline_value_not_relevant", False),
    ("result_indicator_period_target_selector_with_conditions", "results_indicator_period_target_value_bad", True),
    ("result_indicator_period_target_selector_with_conditions", "results_indicator_period_target_value_good", False),
    ("result_indicator_period_target_selector_with_conditions", "results_indicator_period_target_value_not_relevant", False),
    ("result_indicator_period_actual_selector_with_conditions", "results_indicator_period_actual_value_bad", True),
    ("result_indicator_period_actual_selector_with_conditions", "results_indicator_period_actual_value_good", False),
    ("result_indicator_period_actual_selector_with_conditions", "results_indicator_period_actual_value_not_relevant", False),
    ("sector_percentage_sum", "sector_percentage_sum_bad", True), ("sector_percentage_sum", "sector_percentage_sum_good", False),
    ("sum", "sum_bad", True), ("sum", "sum_good", False), ("sum_two", "sum_two_bad", True), ("sum_two", "sum_two_good", False),
    ("time_limit", "time_limit_bad", True), ("time_limit", "time_limit_good", False), ("unique", "unique_bad", True), ("unique", "unique_good", False),
]  # fmt: skip


@pytest.mark.parametrize(("ruleset", "file", "broken"), META)
def test_the_official_meta_tests_get_their_verdict(ruleset: str, file: str, broken: bool) -> None:
    folder = OFFICIAL / "rulesets" / "meta_tests"
    if not folder.exists():
        pytest.skip(NOT_HERE)
    rules = json.loads((folder / f"{ruleset}.json").read_text(encoding="utf-8"))
    assert any(breaches(rules, etree.parse(str(folder / f"{file}.xml")).getroot())) is broken


# Hostile input

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><iati-activities><iati-activity><title>&c;</title></iati-activity></iati-activities>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<iati-activities><iati-activity><title>&e;</title></iati-activity></iati-activities>"""


PARAMETER = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % outside SYSTEM "http://127.0.0.1:9/x.dtd"> %outside;]>
<iati-activities><iati-activity/></iati-activities>"""
OUTER_DTD = '<!DOCTYPE x SYSTEM "file:///etc/hostname"><iati-activities><iati-activity/></iati-activities>'
WHOLE = ACTIVITY.format(result=RESULT, version="2.03")
HUGE = "x" * 11_000_000

HOSTILE: dict[str, tuple[str, str]] = {
    "empty": ("", "the file is empty"),
    "text": ("not xml", "not well-formed"),
    "laughs": (LAUGHS, "document type"),
    "outside": (OUTSIDE, "document type"),
    "parameter": (PARAMETER, "document type"),
    "outer-dtd": (OUTER_DTD, "document type"),
    "undefined-entity": (WHOLE.replace("Clubs in schools", "&nothing;"), "not well-formed"),
    "inclusion": (
        WHOLE.replace("<title>", '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/><title>'),
        "",
    ),
    "organisations": ("<iati-organisations/>", "expected iati-activities"),
    "crossed": ("<iati-activities><iati-activity></iati-activities>", "not well-formed"),
    "truncated": (WHOLE[:-200], "not well-formed"),
    "deep": ("<iati-activities>" + "<a>" * 5000 + "</a>" * 5000 + "</iati-activities>", "not well-formed"),
    "deep-in-a-value": (WHOLE.replace('value="100"/>', f'value="100">{"<a>" * 300}{"</a>" * 300}</target>'), "not well-formed"),
    "huge-attribute": (WHOLE.replace('value="100"', f'value="{HUGE}"'), "not well-formed"),
    "huge-text": (WHOLE.replace("estimated", HUGE), "not well-formed"),
    "many-attributes": (WHOLE.replace("<target ", "<target " + "".join(f'a{number}="1" ' for number in range(5000))), ""),
    "twice": (WHOLE.replace("<target ", '<target value="3" '), "not well-formed"),
    "control-sign": (WHOLE.replace("estimated", "\x01"), "not well-formed"),
    "control-reference": (WHOLE.replace("estimated", "&#0;"), "not well-formed"),
    "nothing": ("<iati-activities/>", "holds no activity"),
}
"""Files that mean harm or are broken, and what is said about them; nothing where they are survived."""


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_and_broken_files_are_refused_or_survived_in_bounded_time(tmp_path: Path, attack: str) -> None:
    text, message = HOSTILE[attack]
    path = written(tmp_path, text=text)
    start = process_time()
    if message:
        for reading in (lambda: toc.read(path), lambda: validate(path) if message != "holds no activity" else toc.read(path)):
            with pytest.raises(toc.UnreadableFileError, match=message) as fault:
                reading()
            assert len(str(fault.value)) < 10_000
    else:
        model = toc.read(path)
        assert "root:" not in repr(model)
        assert again(model, tmp_path) == model
    assert process_time() - start < 20


@pytest.mark.parametrize("attack", HOSTILE)
def test_the_command_says_what_is_wrong_and_shows_no_traceback(tmp_path: Path, attack: str) -> None:
    text, message = HOSTILE[attack]
    result = CliRunner().invoke(app, ["achieve", str(written(tmp_path, text=text)), "--as-of", "2024-12-31", "--format", "csv"])
    nothing = message == "holds no activity"  # a file without programmes has a table without rows
    assert result.exit_code == (2 if message and not nothing else 0)
    assert (message in result.stderr) or nothing
    assert "Traceback" not in result.output


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_that_are_stated_are_read_and_false_ones_are_not(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "activities.xml"
    text = f'<?xml version="1.0" encoding="{encoding}"?>{WHOLE.replace("estimated", "estimé")}'
    path.write_bytes(text.encode(encoding))
    assert str(toc.read(path).actuals[1].note) == "estimé"
    path.write_bytes(text.replace(encoding, "utf-8").encode("iso-8859-1"))
    with pytest.raises(toc.UnreadableFileError):
        toc.read(path)
    path.write_bytes(text.replace(encoding, "no-such-encoding").encode())
    with pytest.raises(toc.UnreadableFileError):
        toc.read(path)


OUR_OWN = 'xmlns:t="urn:tocmodel:iati:1"'
BROKEN_PARTS = {
    "no-json": f'<t:record {OUR_OWN} section="links">{{</t:record>',
    "list": f'<t:record {OUR_OWN} section="links">[1]</t:record>',
    "deep": f'<t:record {OUR_OWN} section="links">{"[" * 100_000}</t:record>',
    "no-section": f"<t:record {OUR_OWN}>{{}}</t:record>",
    "other-section": f'<t:record {OUR_OWN} section="programme">{{}}</t:record>',
    "programme-as-link": f'<t:fields {OUR_OWN} section="links">{{"id": "x"}}</t:fields>',
    "programme-without-json": f"<t:fields {OUR_OWN}>nope</t:fields>",
    "wrong-fields": f'<t:fields {OUR_OWN}>{{"id": [1], "zzz": 1}}</t:fields>',
}


@pytest.mark.parametrize("part", BROKEN_PARTS)
def test_broken_elements_of_our_own_are_findings_and_lose_nothing_else(tmp_path: Path, part: str) -> None:
    model = read(tmp_path, RESULT + BROKEN_PARTS[part])
    assert (len(model.nodes), len(model.targets), len(model.actuals)) == (1, 1, 2)
    assert model.programme.id == "XM-EX-1_clubs"
    if part != "programme-as-link":
        assert set(codes(model)) & {"I09", "F02", "F04"}


def test_a_value_in_another_unit_than_the_rest_is_not_readable_and_the_file_is_read_all_the_same(tmp_path: Path) -> None:
    model = read(tmp_path, RESULT.replace('value="100"', 'value="500 EUR"').replace('value="60"', 'value="70 KES"'))
    assert sorted(codes(model)) == ["I08", "I08", "M08", "M08"]
    assert [(value.figure.printed, value.figure.missing) for value in (model.targets[0], model.actuals[0])] == [
        ("500 EUR", "not_readable"), ("70 KES", "not_readable"),
    ]  # fmt: skip
    percent = RESULT.replace('measure="1"', 'measure="2"').replace('value="100"', 'value="500 EUR"').replace('value="60"', 'value="60 %"')
    model = read(tmp_path, percent)
    assert (codes(model), str(model.actuals[0].figure), model.actuals[0].figure.unit) == (["I08", "M08"], "60", "percent")
    model = read(tmp_path, RESULT.replace('value="100"', 'value="500 EUR"'))
    assert (codes(model), model.targets[0].figure.unit) == ([], "EUR")
    assert again(model, tmp_path) == model


def test_the_place_of_a_finding_names_the_activity_and_the_line(tmp_path: Path) -> None:
    one = ACTIVITY.format(result=RESULT.replace('type="1"', 'type="7"', 1), version="2.03")
    inside = one[one.index("<iati-activity ") : one.index("</iati-activities>")]
    path = written(tmp_path, text=one.replace(inside, "".join(inside.replace("XM-EX-1/clubs", f"X-{number}") for number in range(4))))
    places = [model.findings[0].where for model in toc.iter_programmes(path)]
    assert [place.path for place in places] == [f"X-{number}/result" for number in range(4)]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(place.line and lines[place.line - 1].lstrip().startswith('<result type="7"') for place in places)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_text_stands_in_a_file_it_is_read_or_refused_and_survives(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root: Any = etree.fromstring(WHOLE.encode())
    for element in root.iter():
        for name in element.attrib:
            if name != "version" and data.draw(st.integers(0, 3)) == 0:
                element.set(name, data.draw(words))
        if element.tag in {"iati-identifier", "narrative"} and data.draw(st.booleans()):
            element.text = data.draw(words)
    folder = tmp_path_factory.mktemp("iati")
    path = folder / "activities.xml"
    path.write_bytes(etree.tostring(root, encoding="utf-8"))
    model = toc.read(path)
    assert (len(model.indicators), len(model.baselines), len(model.targets), len(model.actuals)) == (1, 1, 1, 2)
    assert toc.achievement(model, as_of="2024-12-31").records()
    assert again(model, folder) == model


def test_an_entity_is_never_read_from_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, text=OUTSIDE)
    with pytest.raises(toc.UnreadableFileError) as fault:
        list(toc.iter_programmes(path))
    assert "root:" not in str(fault.value)


def test_a_folder_and_a_missing_file_are_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "folder.xml").mkdir()
    with pytest.raises(toc.UnreadableFileError, match="folder"):
        toc.read(tmp_path / "folder.xml")
    with pytest.raises(toc.UnreadableFileError, match="no such file"):
        toc.read(tmp_path / "none.xml")


def test_the_writer_and_reader_are_those_of_the_package(tmp_path: Path) -> None:
    model = read(tmp_path)
    iati.write(model, tmp_path / "x.xml")
    assert iati.read(tmp_path / "x.xml") == model
