"""Tables that people have: what is recognised, how numbers are read, and that nothing is dropped in silence."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import tocmodel as toc
from tocmodel.errors import FieldError, UnreadableFileError
from tocmodel.formats.layouts import TableReading, manual, read_table
from tocmodel.formats.layouts.headings import SYNONYMS, Role, heading, period_in
from tocmodel.model import Level, Objective

HXL = Path("../shared/data/hxl/input-valid.csv")

EU = [
    [
        "",
        "Results chain",
        "Indicators",
        "Baselines (values and years)",
        "Targets (values and years)",
        "Current value",
        "Sources of data",
        "Assumptions",
    ],
    ["Impact", "Pupils enjoy reading", "Share of pupils who borrow books", "12 % (2020)", "40 % (2024)", "", "School survey", ""],
    [
        "Outcome 1",
        "Pupils read fluently",
        "Pupils who pass the reading test",
        "300",
        "500 (2024)",
        "over 350 (2022)",
        "Test",
        "Teachers stay",
    ],
    [
        "Output 1.1",
        "Clubs meet every week",
        "Clubs that meet",
        "0",
        "50 (2022); 100 (2024)",
        "<60 (2022)",
        "Registers",
        "Schools lend rooms",
    ],
    ["", "", "Club sessions held", "0", "1,540", "N/A", "", ""],
]
IPTT = [
    ["Level", "No.", "Indicator", "Unit of measure", "Direction", "Disaggregation", "Baseline value", "Baseline date", "2023", "", "", "2024", "", "",
     "LOP target", "LOP actual", "LOP %", "Comments", "Colour"],
    ["", "", "", "", "", "", "", "", "Target", "Actual", "%", "Target", "Actual", "%", "", "", "", "", ""],
    ["Output 1: Clubs meet", *[""] * 18],
    ["Output", "1.1", "Pupils in clubs", "Number of people", "+", "sex", "0", "2022", "100", "90", "90%", "200", "150", "75%", "300", "240", "80%", "late start", "green"],
    ["", "", "", "", "", "Girls", "", "", "50", "45", "", "100", "80", "", "", "", "", "", ""],
    ["", "", "", "", "", "Boys", "", "", "50", "45", "", "100", "70", "", "", "", "", "few rooms", ""],
]  # fmt: skip
FCDO = [
    ["PROJECT TITLE", "Reading clubs"],
    ["IMPACT", "Impact Indicator 1", "", "Baseline (2020)", "Milestone 1 (2022)", "Target (2024)", "Assumptions"],
    ["Pupils enjoy reading", "Share of pupils who borrow books", "Planned", "12%", "20%", "40%", "Libraries stay open"],
    ["", "", "Achieved", "", "<25%", "", ""],
    ["", "", "Source", "", "", "", ""],
    ["", "", "School survey", "", "", "", ""],
    ["OUTPUT 1", "Output Indicator 1.1", "", "Baseline", "Milestone 1", "Milestone 2 (2023)", "Target (2024)"],
    ["Clubs meet", "Clubs that meet", "Planned", "0", "20", "50", "100"],
    ["", "", "Achieved", "", "25", "yes", ""],
    ["IMPACT WEIGHTING (%)", "", "Source", "Registers"],
    ["40%", "", ""],
    ["RISK RATING", "Medium"],
    ["INPUTS (£)", "DFID (£)", "500,000"],
]


def table(folder: Path, rows: Sequence[Sequence[str]], name: str = "clubs", **options: Any) -> TableReading:
    path = folder / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return read_table(path, **options)


def figures(reading: TableReading, kind: str) -> dict[str, str]:
    return {value.id.removeprefix(value.indicator + "."): value.figure.printed for value in getattr(reading.model, kind)}


def test_a_logframe_of_the_eu(tmp_path: Path) -> None:
    reading = table(tmp_path, EU)
    model = reading.model
    assert repr(model) == "<TheoryOfChange 'clubs': 1 output, 1 outcome, 1 objective, 2 links, 4 indicators>"
    goal = model.nodes[-1]
    assert isinstance(goal, Objective)
    assert goal.level is Level.OVERALL
    assert [(link.from_, link.to, link.assumptions, link.basis) for link in model.links] == [
        ("pupils-read-fluently", "pupils-enjoy-reading", ("teachers-stay",), "inferred"),
        ("clubs-meet-every-week", "pupils-read-fluently", ("schools-lend-rooms",), "inferred"),
    ]
    assert [(str(target.period), target.figure.printed) for target in model.targets_of("clubs-that-meet")] == [
        ("2022-01-01/2022-12-31", "50"),
        ("2024-01-01/2024-12-31", "100"),
    ]
    assert {str(actual.measured): str(actual.figure.bounds) for actual in model.actuals_of("clubs-that-meet")} == {
        "2022-01-01/2022-12-31": "less than 60"
    }
    assert model.actuals_of("club-sessions-held")[0].figure.missing == "missing"
    assert model.targets_of("club-sessions-held")[0].figure.value == 1540
    assert str(model.indicator("clubs-that-meet").means_of_verification) == "Registers"
    assert not reading.not_recognised


def test_an_indicator_tracking_table(tmp_path: Path) -> None:
    reading = table(tmp_path, IPTT)
    (indicator,) = reading.model.indicators
    assert (indicator.unit, indicator.direction, indicator.of) == ("person", "increase", "clubs-meet")
    assert figures(reading, "targets") == {
        "target": "300",
        "target.2023-01-01_2023-12-31": "100",
        "target.2024-01-01_2024-12-31": "200",
        "target.2023-01-01_2023-12-31.sex=girls": "50",
        "target.2024-01-01_2024-12-31.sex=girls": "100",
        "target.2023-01-01_2023-12-31.sex=boys": "50",
        "target.2024-01-01_2024-12-31.sex=boys": "100",
    }
    assert "actual" not in figures(reading, "actuals")  # the total of the periods would count them twice
    assert dict(indicator.extensions["table"])["LOP actual"] == "240"  # type: ignore[call-overload]
    assert [str(baseline.period) for baseline in reading.model.baselines] == ["2022-01-01/2022-12-31"]
    assert [unread.record() for unread in reading.not_recognised] == [{"place": "S4", "text": "green"}]
    assert dict(indicator.extensions["table"])["Colour"] == "green"  # type: ignore[call-overload]
    boys = next(actual for actual in reading.model.actuals if str(actual.slice) == "sex=boys")
    assert dict(boys.extensions["table"]) == {"Comments": "few rooms"}  # type: ignore[call-overload]


def test_a_logframe_of_fcdo(tmp_path: Path) -> None:
    reading = table(tmp_path, FCDO)
    model = reading.model
    assert reading.layout == "fcdo"
    assert [(node.kind, str(node.title), node.weight) for node in model.nodes] == [
        ("output", "Clubs meet", 40),
        ("objective", "Pupils enjoy reading", None),
    ]
    assert figures(reading, "targets") == {
        "target.2022-01-01_2022-12-31": "20%",
        "target.2024-01-01_2024-12-31": "100",
        "target.2023-01-01_2023-12-31": "50",
    }
    assert [(actual.figure.printed, actual.figure.words) for actual in model.actuals] == [("<25%", False), ("yes", True)]
    assert [str(indicator.means_of_verification) for indicator in model.indicators] == ["School survey", "Registers"]
    assert [str(risk.title) for risk in model.risks] == ["RISK RATING: Medium"]
    assert str(model.programme.title) == "Reading clubs"
    assert [unread.text for unread in reading.not_recognised] == ["20", "25"]
    assert [node.extensions for node in model.nodes] == [{"table": {"INPUTS (£) DFID (£)": "500,000"}}, {}]
    assert any("when is 'Milestone 1'?" in finding.message for finding in reading.findings)


def test_a_mapping_says_when_a_milestone_is(tmp_path: Path) -> None:
    reading = table(tmp_path, FCDO, mapping={"periods": {"Milestone 1": 2022}})
    assert "20" in [target.figure.printed for target in reading.model.targets]
    assert "25" in [actual.figure.printed for actual in reading.model.actuals]


def test_planned_and_achieved_rows_below_one_header(tmp_path: Path) -> None:
    rows = [
        ["Output", "Indicator", "Planned / achieved", "2023", "2024"],
        ["Output 1: Clubs meet", "Clubs", "Planned", "10", "20"],
        ["", "", "Achieved", "8", "19"],
    ]
    reading = table(tmp_path, rows)
    assert list(figures(reading, "targets").values()) == ["10", "20"]
    assert list(figures(reading, "actuals").values()) == ["8", "19"]


def test_sex_as_columns_with_a_total(tmp_path: Path) -> None:
    rows = [
        ["Indicator", "Target 2024", "", "", "Actual 2024", "", ""],
        ["", "Girls", "Boys", "Total", "Girls", "Boys", "Total"],
        ["Pupils in clubs", "50", "60", "110", "over 40", "50", "90"],
    ]
    reading = table(tmp_path, rows)
    assert {str(target.slice): target.figure.printed for target in reading.model.targets} == {
        "sex=girls": "50",
        "sex=boys": "60",
        "total": "110",
    }
    assert {str(actual.slice): actual.figure.printed for actual in reading.model.actuals} == {
        "sex=girls": "over 40",
        "sex=boys": "50",
        "total": "90",
    }


@pytest.mark.skipif(not HXL.exists(), reason="the HXL files of ../shared are not here")
def test_a_real_sheet_with_hashtags() -> None:
    reading = read_table(HXL)
    assert {(column.role.value, column.slice) for column in reading.recognised} >= {
        ("target", "sex=female"),
        ("target", "sex=male"),
        ("place", ""),
    }
    assert [(target.figure.printed, str(target.slice), target.place) for target in reading.model.targets][:2] == [
        ("100", "sex=female", "Panamá, Los Santos"),
        ("100", "sex=male", "Panamá, Los Santos"),
    ]
    assert dict(reading.model.targets[0].extensions["table"])["Organización"] == "ACNUR"  # type: ignore[call-overload]
    assert {unread.text for unread in reading.not_recognised} >= {"WASH", "Higiene"}


# Numbers


def test_signs_that_contradict_each_other_are_findings_and_no_guess(tmp_path: Path) -> None:
    rows = [["Indicator", "Target", "Actual"], ["Books", "1,540", "0,2"], ["Clubs", "12", "10"]]
    doubtful = table(tmp_path, rows)
    assert [value.figure.missing for value in (*doubtful.model.targets, *doubtful.model.actuals)][::2] == ["not_readable", "not_readable"]
    assert [finding.code for finding in doubtful.findings].count("F09") == 1
    assert {value.figure.printed for value in (*doubtful.model.targets, *doubtful.model.actuals)} == {"1,540", "0,2", "12", "10"}
    comma = table(tmp_path, rows, decimal=",")
    assert [str(value.figure.bounds) for value in (*comma.model.targets, *comma.model.actuals)] == ["1.54", "12", "0.2", "10"]
    point = table(tmp_path, rows, decimal=".")
    assert [value.figure.missing for value in (*point.model.targets, *point.model.actuals)] == [None, None, "not_readable", None]
    assert point.model.targets[0].figure.value == 1540


def test_without_a_decimal_comma_anywhere_a_comma_parts_thousands(tmp_path: Path) -> None:
    reading = table(tmp_path, [["Indicator", "Target"], ["Books", "1,540"], ["Money", "12,500.50"]])
    assert [str(target.figure.bounds) for target in reading.model.targets] == ["1540", "12500.5"]


@pytest.mark.parametrize(
    ("text", "bounds"), [("1.540", "1540"), ("1.234,5", "1234.5"), ("over 1.540", "more than 1540"), ("12,5 %", "12.5"), ("7", "7")]
)
def test_decimal_commas_once_they_are_stated(tmp_path: Path, text: str, bounds: str) -> None:
    reading = table(tmp_path, [["Indicator", "Actual"], ["Books", text]], decimal=",")
    (actual,) = reading.model.actuals
    assert (actual.figure.printed, str(actual.figure.bounds)) == (text, bounds)


def test_numbers_in_cells_of_a_workbook_leave_nothing_open(tmp_path: Path) -> None:
    path = tmp_path / "clubs.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("IPTT")
    percent = book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, ["Indicator", "Target", "Actual", "Comments"])
    sheet.write_row(1, 0, ["Books", 1.545, "0,2", ""])
    sheet.write_row(2, 0, ["Share", "", "", ""])
    sheet.write_number(2, 1, 0.455, percent)
    book.close()
    reading = read_table(path)
    assert [str(target.figure.bounds) for target in reading.model.targets] == ["1.545", "45.5"]
    assert reading.model.targets[1].figure.unit == "percent"
    assert toc.read(path).programme.id == "clubs"


# Headings, periods and mappings


def test_every_name_in_the_table_of_names_is_recognised() -> None:
    for role, names in SYNONYMS.items():
        for name in names:
            assert heading([name.title()]).role is role or heading([name]).role is role, name


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024-01-01/2024-12-31"),
        ("Q2 2024", "2024-04-01/2024-06-30"),
        ("2024 Q4", "2024-10-01/2024-12-31"),
        ("Jan-Mar 2024", "2024-01-01/2024-03-31"),
        ("March 2015", "2015-03-01/2015-03-31"),
        ("1 March 2015", "2015-03-01"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("S1 2024", "2024-01-01/2024-06-30"),
        ("FY2024", "None"),
        ("Year 2", "None"),
        ("31 February 2024", "None"),
    ],
)
def test_periods_in_headings(text: str, period: str) -> None:
    written, found = period_in(text)
    assert written
    assert str(found) == period


def test_a_year_of_the_project_needs_a_mapping(tmp_path: Path) -> None:
    rows = [["Indicator", "Year 1 target", "FY24 target"], ["Clubs", "12", "20"]]
    reading = table(tmp_path, rows)
    assert not reading.model.targets
    assert {unread.text for unread in reading.not_recognised} == {"12", "20"}
    findings = toc.read(tmp_path / "clubs.csv").findings
    assert [finding.code for finding in findings if finding.severity == "warning"] == ["F08"] * 3  # two columns, and no result
    assert any("when is 'Year 1' in the column 'Year 1 target'? Its figures are not read" in finding.message for finding in findings)
    stated = table(tmp_path, rows, mapping={"periods": {"Year 1": "2023-07-01/2024-06-30", "FY24": "2024-07-01/2025-06-30"}})
    assert list(figures(stated, "targets").values()) == ["12", "20"]


def test_ids_of_results_too(tmp_path: Path) -> None:
    rows = [
        ["Level", "Result ID", "Result", "Indicator ID", "Indicator"],
        ["Outcome", "fluent", "Pupils read", "tests", "Pupils who pass"],
        ["Output", "meet", "Clubs meet", "met", "Clubs that meet"],
        ["Output", "meet", "Clubs meet", "pupils", "Pupils in clubs"],
        ["Output", "lend", "Clubs meet", "pupils", "Rooms"],
    ]
    reading = table(tmp_path, rows)
    assert [node.id for node in reading.model.nodes] == ["meet", "lend", "fluent"]
    assert [(indicator.id, indicator.of) for indicator in reading.model.indicators] == [
        ("tests", "fluent"), ("met", "meet"), ("pupils-in-clubs", "meet"), ("rooms", "lend"),
    ]  # fmt: skip


def test_ids_that_a_table_states_are_ids(tmp_path: Path) -> None:
    rows = [
        ["Result", "Indicator ID", "Indicator", "Disaggregation", "2024 target"],
        ["Output 1: Pupils", "meeting", "Clubs that meet", "", "12"],
        ["", "meeting", "Clubs that meet", "Girls", "5"],
        ["", "pupils", "Pupils", "", "30"],
        ["", "book 1", "Books", "", "9"],
        ["", "same", "Rooms", "", "2"],
        ["", "same", "Lamps", "", "3"],
    ]
    reading = table(tmp_path, rows)
    assert [node.id for node in reading.model.nodes] == ["pupils-2"]  # the id of the indicator is the one that is stated
    assert [(indicator.id, [code.code for code in indicator.codes]) for indicator in reading.model.indicators] == [
        ("meeting", []),
        ("pupils", []),
        ("books", ["book 1"]),
        ("rooms", ["same"]),
        ("lamps", ["same"]),
    ]
    said = [finding.message for finding in reading.findings if finding.code == "F08" and "as a code" in finding.message]
    assert said == [
        "'book 1' is kept as a code and not used as an id: an id has no blanks and no slash",
        *["'same' is kept as a code and not used as an id: it stands beside several titles, or is the programme's"] * 2,
    ]


@pytest.mark.parametrize(
    ("cell", "targets"),
    [
        ("10 (2024)\nmen: 4 (2024)", [("10", "total", "2024-01-01/2024-12-31"), ("4", "sex=men", "2024-01-01/2024-12-31")]),
        ("30; girls: 20; boys: 10", [("30", "total", "None"), ("20", "sex=girls", "None"), ("10", "sex=boys", "None")]),
        ("12; Coast: 7; Hills: 5", [("12", "total", "None"), ("7", "part=Coast", "None"), ("5", "part=Hills", "None")]),
        ("age=10-14, sex=girls: 7", [("7", "age=10-14, sex=girls", "None")]),
        ("300\n100 (2023)", [("300", "total", "None"), ("100", "total", "2023-01-01/2023-12-31")]),
        ("Year 1: 50; Year 2: 60", [("Year 1: 50; Year 2: 60", "total", "None")]),
        ("Baseline: 5; Target: 10", [("Baseline: 5; Target: 10", "total", "None")]),
        ("Coast: 7", [("Coast: 7", "total", "None")]),
        ("50\n60", [("50\n60", "total", "None")]),
    ],
)
def test_several_figures_in_a_cell(tmp_path: Path, cell: str, targets: list[tuple[str, str, str]]) -> None:
    reading = table(tmp_path, [["Indicator", "Targets (values and years)"], ["Pupils", cell]])
    assert [(one.figure.printed, str(one.slice), str(one.period)) for one in reading.model.targets] == targets


def test_what_was_only_reported_was_not_measured_then(tmp_path: Path) -> None:
    reading = table(tmp_path, [["Indicator", "Current value (year)"], ["Pupils", "over 70 (reported 2024-06-30)"]])
    (actual,) = reading.model.actuals
    assert (actual.figure.printed, str(actual.reported), actual.measured, actual.period) == ("over 70", "2024-06-30", None, None)


def test_results_in_words_where_the_unit_says_so(tmp_path: Path) -> None:
    rows = [["Indicator", "Unit", "Current value (year)"], ["Change in clubs", "text", "Pupils now read aloud; some: at home (2024)"]]
    (actual,) = table(tmp_path, rows).model.actuals
    assert (actual.figure.words, actual.figure.printed, str(actual.measured)) == (
        True, "Pupils now read aloud; some: at home", "2024-01-01/2024-12-31",
    )  # fmt: skip


def test_a_mapping_file_names_what_is_not_recognised(tmp_path: Path) -> None:
    rows = [["", ""], ["Was gemessen wird", "Soll"], ["Clubs", "1.540"]]
    with pytest.raises(UnreadableFileError, match="no column of it is recognised"):
        table(tmp_path, rows)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "columns:\n  Was gemessen wird: indicator\n  B: {role: target, period: 2024, slice: {sex: girls}}\nheader: 2\ndecimal: ','\n"
        "programme: {id: klubs, title: Leseklubs, language: de}\nindicators: {accumulation: cumulative}\n",
        encoding="utf-8",
    )
    reading = table(tmp_path, rows, mapping=mapping)
    (target,) = reading.model.targets
    assert (target.figure.value, str(target.slice), str(target.period)) == (1540, "sex=girls", "2024-01-01/2024-12-31")
    assert reading.model.programme.id == "klubs"
    assert reading.model.indicators[0].accumulation == "cumulative"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"colums": {}}, "did you mean 'columns'"),
        ({"columns": {"A": "indicater"}}, "did you mean 'indicator'"),
        ({"decimal": "'"}, "not a decimal sign"),
        ({"layout": "matrx"}, "did you mean 'matrix'"),
        ({"header": "x"}, "not a row"),
        ({"header": 0}, r"not a row: 0 \(the table has rows 1 to"),
        ({"header": "9" * 5000}, "not a row"),
        ({"header": 99999}, "not a row: 99999"),
        ({"columns": "A"}, "columns is a mapping"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, mapping: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        table(tmp_path, EU, mapping=mapping)


def test_semicolons_and_guarded_cells(tmp_path: Path) -> None:
    path = tmp_path / "clubs.csv"
    path.write_text("\ufeffIndicator;Target\n'=Clubs;12\n", encoding="utf-8")
    reading = read_table(path)
    assert [str(indicator.title) for indicator in reading.model.indicators] == ["=Clubs"]


def test_read_says_what_it_did_not_recognise(tmp_path: Path) -> None:
    table(tmp_path, IPTT)
    model = toc.read(tmp_path / "clubs.csv")
    assert [str(finding.where) for finding in model.findings if "not recognised" in finding.message] == ["clubs.csv: S4"]
    assert "not recognised, S4: 'green'" in str(read_table(tmp_path / "clubs.csv"))
    assert read_table(tmp_path / "clubs.csv").records()[0] == {
        "column": "A",
        "heading": "Level",
        "role": "level",
        "period": None,
        "slice": "",
    }


def test_the_sheet_with_the_most_headings_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Cover").write_row(0, 0, ["Reading clubs"])
    sheet = book.add_worksheet("Logframe")
    for number, row in enumerate(EU):
        sheet.write_row(number, 0, row)
    book.close()
    reading = read_table(path)
    assert len(reading.model.indicators) == 4
    assert any("only the sheet 'Logframe' was read, not 'Cover'" in finding.message for finding in reading.findings)
    with pytest.raises(UnreadableFileError, match="did you mean 'Logframe'"):
        read_table(path, mapping={"sheet": "Logfram"})


def test_the_page_of_headings_is_the_one_the_code_gives() -> None:
    assert manual.PAGE.read_text(encoding="utf-8") == manual.page(), "run make reference"


def test_roles_have_names_for_mappings() -> None:
    assert Role("means_of_verification") is Role.MEANS


# Tables as the field really lays them out: templates of USAID and FCDO, results in two columns, lines between groups

FFP = [
    ["INDICATOR PERFORMANCE TRACKING TABLE"],
    ["Award 72DFFP18; Reading for All"],
    [],
    ["Level/Result", "No.", "Indicator", "Definition", "Type", "Unit", "Desired direction (+/-)", "Disaggregation", "Baseline value", "Baseline date",
     "FY22 Target", "FY22 Actual", "FY22 % of target achieved", "FY23 Target", "FY23 Actual", "FY23 % of target achieved", "LOA target", "LOA actual",
     "% met", "Variance/Gap", "Deviation narrative", "Data source", "Frequency", "Responsible"],
    ["Goal: Children read", "1", "Percent of children who read fluently", "Share of grade 3", "Impact", "Percent", "+", "Overall", "12.5%", "10/2021",
     "15%", "14.2%", "94.7%", "20%", "DNA", "", "25%", "", "", "", "", "EGRA", "Baseline/endline", "M&E officer"],
    ["IR 1: Teachers teach better", "1.1", "Number of teachers trained", "Attended 3 days", "Output", "Number", "+", "Total", "0", "10/2021",
     "1,200", "1,150", "96%", "1,500", "over 1,400", "93%", "2,700", "2,550", "94%", "-150", "Strike in March", "Registers", "Annual", "Partner A"],
    ["", "", "", "", "", "", "", "Female", "0", "", "700", "690", "99%", "900", "850", "94%", "1,600", "1,540", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "", "Male", "0", "", "500", "460", "92%", "600", "550", "92%", "1,100", "1,010", "", "", "", "", "", ""],
]  # fmt: skip
FISCAL = {"periods": {"FY22": "2021-10-01/2022-09-30", "FY23": "2022-10-01/2023-09-30"}}
FCDO_2011 = [
    ["PROJECT TITLE", "Reading for All"],
    ["IMPACT", "Impact Indicator 1", "", "Baseline 2019", "Milestone 1 (March 2021)", "Milestone 2 (March 2022)", "Target (March 2023)", ""],
    ["More children read", "Children at grade level in reading (%)", "Planned", "22%", "25%", "30%", "40%", ""],
    ["", "", "Achieved", "", "24%", "<30%", "", ""],
    ["", "", "", "Source", "", "", "", ""],
    ["", "", "", "National assessment", "", "", "", ""],
    ["INPUTS (£)", "DFID (£)", "Govt (£)", "Other (£)", "Total (£)", "DFID SHARE (%)"],
    ["", "3,000,000", "", "", "3,000,000", "100%"],
    ["OUTPUT 1", "Output Indicator 1.1", "", "Baseline 2019", "Milestone 1 (March 2021)", "Milestone 2 (March 2022)", "Target (March 2023)", "Assumption"],
    ["Teachers trained", "Teachers trained", "Planned", "0", "500", "1,000", "1,500", "Release time granted"],
    ["", "", "Achieved", "", "<545", "", "", ""],
    ["", "", "", "Source", "", "", "", ""],
    ["", "", "", "Training registers", "", "", "", ""],
    ["IMPACT WEIGHTING (%)", "Output Indicator 1.2", "", "Baseline 2019", "Milestone 1 (March 2021)", "Milestone 2 (March 2022)", "Target (March 2023)", ""],
    ["60%", "Trainers certified", "Planned", "0", "20", "40", "60", ""],
    ["", "", "Achieved", "", "20", "", "", "RISK RATING"],
    ["", "", "", "Source", "", "", "", "Medium"],
    ["", "", "", "Certificates", "", "", "", ""],
]  # fmt: skip


def workbook_of(folder: Path, rows: Sequence[Sequence[str]], name: str = "plan") -> Path:
    """The rows in a workbook as people leave it: numbers as numbers, the title merged over the table."""
    path = folder / f"{name}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            if text.isdecimal():
                sheet.write_number(number, place, int(text))
            elif text:
                sheet.write_string(number, place, text)
    sheet.merge_range(0, 1, 0, 5, rows[0][1] if len(rows[0]) > 1 else "")
    book.close()
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_tracking_table_of_food_for_peace(tmp_path: Path, ending: str) -> None:
    reading = table(tmp_path, FFP, mapping=FISCAL) if ending == "csv" else read_table(workbook_of(tmp_path, FFP), mapping=FISCAL)
    model = reading.model
    assert [(node.kind, str(node.title)) for node in model.nodes] == [("outcome", "Teachers teach better"), ("objective", "Children read")]
    share, trained = model.indicators
    assert (share.kind, share.unit, share.direction) == ("percentage", "percent", "increase")
    assert [str(baseline.period) for baseline in model.baselines_of(share.id)] == ["2021-10-01/2021-10-31"]
    assert [(str(actual.period), actual.figure.printed, actual.figure.missing) for actual in model.actuals_of(share.id)] == [
        ("2021-10-01/2022-09-30", "14.2%", None),
        ("2022-10-01/2023-09-30", "DNA", "missing"),
    ]
    targets = {(str(target.period), str(target.slice)): target.figure.value for target in model.targets_of(trained.id)}
    assert targets["2022-10-01/2023-09-30", "sex=male"] == 600
    assert targets["None", "total"] == 2700
    kept: dict[str, str] = dict(trained.extensions["table"])  # type: ignore[call-overload]
    assert (kept["Variance/Gap"], kept["Deviation narrative"], kept["LOA actual female"]) == ("-150", "Strike in March", "1,540")
    assert not reading.not_recognised
    actors = {str(actor.title): actor.id for actor in model.actors}
    assert trained.responsible == actors["Partner A"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_of_fcdo_with_weighting_and_risk_beside_later_indicators(tmp_path: Path, ending: str) -> None:
    reading = table(tmp_path, FCDO_2011) if ending == "csv" else read_table(workbook_of(tmp_path, FCDO_2011))
    model = reading.model
    assert reading.layout == "fcdo"
    assert [(str(node.title), node.weight) for node in model.nodes] == [("Teachers trained", 60), ("More children read", None)]
    verified = {str(indicator.title): str(indicator.means_of_verification) for indicator in model.indicators}
    assert verified == {
        "Children at grade level in reading (%)": "National assessment",
        "Teachers trained": "Training registers",
        "Trainers certified": "Certificates",
    }
    assert [str(risk.title) for risk in model.risks] == ["RISK RATING: Medium"]
    assert [str(actual.figure.bounds) for actual in model.actuals] == ["24", "less than 30", "less than 545", "20"]
    assert [link.assumptions for link in model.links] == [("release-time-granted",)]
    assert (model.programme.id, str(model.programme.title)) == ("clubs" if ending == "csv" else "plan", "Reading for All")
    assert not reading.not_recognised
    assert {str(node.title): node.extensions for node in model.nodes} == {
        "More children read": {
            "table": {
                "INPUTS (£) DFID (£)": "3,000,000",
                "INPUTS (£) Total (£)": "3,000,000",
                "INPUTS (£) DFID SHARE (%)": "100%",
            }
        },
        "Teachers trained": {},
    }


def test_the_title_of_a_mapping_counts_more_than_that_of_the_table(tmp_path: Path) -> None:
    reading = table(tmp_path, FCDO_2011, mapping={"programme": {"title": "Readers"}})
    assert str(reading.model.programme.title) == "Readers"
    assert {unread.text for unread in reading.not_recognised} == {"PROJECT TITLE", "Reading for All"}


@pytest.mark.parametrize("title", ["Project name:", "PROGRAMME TITLE", "Title of project"])
def test_inputs_that_nobody_filled_in_take_nothing_from_the_next_block(tmp_path: Path, title: str) -> None:
    rows = [
        [title, "", "Reading clubs"],
        ["PURPOSE", "Purpose Indicator 1", "", "Baseline", "Target (2024)"],
        ["Pupils read", "Readers", "Planned", "1", "2"],
        ["", "", "Achieved", "", "3"],
        ["", "", "Means of verification", "Survey"],
        ["INPUTS (£)", "FCDO (£)", "Govt (£)", "Total (£)"],
        ["OUTPUT 1", "Output Indicator 1.1", "", "Baseline 2019", "Target (2024)"],
        ["Clubs meet", "Clubs that meet", "Planned", "0", "100"],
        ["INPUTS (HR)", "FCDO (FTEs)"],
        ["", "0.5"],
    ]
    reading = table(tmp_path, rows)
    assert str(reading.model.programme.title) == "Reading clubs"
    assert [str(indicator.title) for indicator in reading.model.indicators] == ["Readers", "Clubs that meet"]
    assert str(reading.model.indicators[0].means_of_verification) == "Survey"
    assert reading.model.node("clubs-meet").extensions == {"table": {"INPUTS (HR) FCDO (FTEs)": "0.5"}}
    assert [unread.text for unread in reading.not_recognised] == ["INPUTS (£)", "FCDO (£)", "Govt (£)", "Total (£)"]


def test_results_in_two_columns_are_linked_as_they_stand(tmp_path: Path) -> None:
    rows = [
        ["Outcome", "Output", "Indicator", "Target 2024"],
        ["Children are safe at home", "Parents meet", "Meetings", "12"],
        ["", "Parents visit each other", "Visits", "40"],
        ["Children are safe at school", "Teachers meet", "Meetings", "6"],
    ]
    model = table(tmp_path, rows).model
    assert {(link.from_, link.to) for link in model.links} == {
        ("parents-meet", "children-are-safe-at-home"),
        ("parents-visit-each-other", "children-are-safe-at-home"),
        ("teachers-meet", "children-are-safe-at-school"),
    }
    assert [indicator.of for indicator in model.indicators] == ["parents-meet", "parents-visit-each-other", "teachers-meet"]


def test_lines_between_groups_of_indicators_name_their_result(tmp_path: Path) -> None:
    rows = [
        ["", "", "Year 2023", "", "Year 2024", ""],
        ["Indicator", "Unit", "Target", "Actual", "Target", "Actual"],
        ["Outcome 1: Girls stay in school", "", "", "", "", ""],
        ["Girls enrolled", "girls", "300", "280", "400", "N/A"],
        ["Output 1.1: Clubs meet", "", "", "", "", ""],
        ["Clubs", "", "10", "12", "20", "yes"],
    ]
    model = table(tmp_path, rows).model
    assert [(node.kind, str(node.title)) for node in model.nodes] == [("output", "Clubs meet"), ("outcome", "Girls stay in school")]
    assert [indicator.of for indicator in model.indicators] == ["girls-stay-in-school", "clubs-meet"]
    assert [(link.from_, link.to) for link in model.links] == [("clubs-meet", "girls-stay-in-school")]
    assert {str(target.period) for target in model.targets} == {"2023-01-01/2023-12-31", "2024-01-01/2024-12-31"}


def test_a_level_in_the_words_of_a_result_does_not_hold_for_the_next(tmp_path: Path) -> None:
    rows = [["Result", "Indicator", "Target"], ["Goal: Children read", "Readers", "5"], ["Teachers teach better", "Teachers", "7"]]
    reading = table(tmp_path, rows)
    assert [(node.kind, str(node.title)) for node in reading.model.nodes] == [
        ("outcome", "Teachers teach better"),
        ("objective", "Children read"),
    ]
    assert any("level of 'Teachers teach better' is not stated" in finding.message for finding in reading.findings)


def test_points_that_may_part_thousands_are_no_guess_either(tmp_path: Path) -> None:
    rows = [["Indicator", "Target", "Actual"], ["1.1 Books", "1.540", "545+"], ["1.2 Clubs", "12", "10"]]
    reading = table(tmp_path, rows)
    assert [target.figure.missing for target in reading.model.targets] == ["not_readable", None]
    assert "F09" in [finding.code for finding in reading.findings]
    assert table(tmp_path, rows, decimal=",").model.targets[0].figure.value == 1540
    assert str(table(tmp_path, rows, decimal=".").model.targets[0].figure.bounds) == "1.54"
    rows[2][1] = "0.5"
    assert str(table(tmp_path, rows).model.targets[0].figure.bounds) == "1.54"


@pytest.mark.parametrize(
    ("text", "date"),
    [("15 January 2024", "2024-01-15"), ("31/12/2023", "2023-12-31"), ("12/31/2023", "2023-12-31"), ("31.12.2023", "2023-12-31"), ("05.04.2024", "2024-04-05"),
     ("05/04/2024", None), ("last week", None), ("2024", None)],
)  # fmt: skip
def test_dates_as_text_are_read_where_they_are_certain(tmp_path: Path, text: str, date: str | None) -> None:
    reading = table(tmp_path, [["Indicator", "Actual", "Date reported"], ["Books", "5", text]])
    (actual,) = reading.model.actuals
    assert (None if actual.reported is None else str(actual.reported)[:10]) == date
    assert [finding.message for finding in reading.findings if "The date is not read" in finding.message] == (
        [] if date else [f"when is {text!r}? The date is not read"]
    )
    assert (text in str(dict(reading.model.indicators[0].extensions))) is (date is None)


def test_hxl_without_hashtags_is_no_table_of_results() -> None:
    file = Path("../shared/data/hxl/wide-tagging-test.csv")
    if not file.exists():
        pytest.skip("the HXL files of ../shared are not here")
    with pytest.raises(UnreadableFileError, match="no column of it is recognised"):
        read_table(file)


def test_a_column_that_is_not_recognised_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "clubs.csv"
    path.write_text("Result,Indicatr,2024 target,Xyzzy\nOutput 1: Clubs meet,Clubs,12,red\n")
    found = {finding.where.path: finding for finding in toc.read(path).findings if finding.code == "F10"}
    assert found["B2"].message == "not recognised: 'Clubs', in the column 'Indicatr'"
    assert found["B2"].hint.startswith("did you mean 'indicator'? If not, a mapping file can say")
    assert found["D2"].hint.startswith("a mapping file can say what it is")
