"""Tables that people have: what is recognised, how numbers are read, and that nothing is dropped in silence."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import tocmodel as toc
from tocmodel.errors import FieldError, UnreadableFileError
from tocmodel.formats.layouts import TableReading, read_table
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
    assert [unread.text for unread in reading.not_recognised] == [
        "PROJECT TITLE",
        "Reading clubs",
        "20",
        "25",
        "INPUTS (£)",
        "DFID (£)",
        "500,000",
    ]
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
    stated = table(tmp_path, rows, mapping={"periods": {"Year 1": "2023-07-01/2024-06-30", "FY24": "2024-07-01/2025-06-30"}})
    assert list(figures(stated, "targets").values()) == ["12", "20"]


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


def test_roles_have_names_for_mappings() -> None:
    assert Role("means_of_verification") is Role.MEANS
