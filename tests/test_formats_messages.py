"""What readers find can be said in another language: every finding is a message that translators are given."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

import tocmodel as toc
from tests.test_bad_input import BAD, Bad
from tests.test_checks_messages import assert_translatable
from tocmodel.findings import Finding
from tocmodel.formats.iati import programmes
from tocmodel.formats.layouts.reading import read_table

DATA = Path("../shared/data")
PUBLISHED = sorted(DATA.glob("iati/**/*.xml"))
PROJECTS = sorted(DATA.glob("miradi/**/*.xmpz2"))
MOST = 60
"""How many programmes of a published file are read."""
TABLES = {
    "levels.csv": "Level,Result,Indicator,Baseline,2024 target,2024 actual\n,Clubs meet,Clubs,x 0 y,12,about 10\n,,,,,\nOutput,,Boys,1,2,3\n",
    "nothing.csv": "a,b\n1,2\n",
    "when.csv": "Result,Indicator,Target phase two,Target\nOutput 1: Clubs,Clubs,4,5\n",
    "doubt.csv": 'Result;Indicator;2024 target;2024 actual\nOutput 1: Clubs;Clubs;1.5;2,5\nOutput 1: Clubs;Visits;3;"girls: 4,5"\n',
    "ids.csv": "Result ID,Result,Indicator ID,Indicator,Sex,2024 actual,Remark\na b,Clubs,i/j,Clubs,girls,5,late\na b,Clubs,i/j,Visits,boys,6,late\n",
    "day.csv": "Indicator,Actual,Reported,Start,End\nClubs,5,03/04/2024,2024-05-01,2024-01-01\n",
}


def found_in(path: Path) -> tuple[Finding, ...]:
    """Everything that reading a file finds, whether or not it stops there."""
    try:
        return toc.read(path).findings
    except toc.UnreadableFileError as fault:
        return fault.findings


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_what_is_wrong_with_a_bad_file_can_be_said_in_another_language(bad: Bad, tmp_path: Path) -> None:
    (tmp_path / bad.name).write_bytes(bad.content)
    found = found_in(tmp_path / bad.name)
    assert found
    for finding in found:
        assert_translatable(finding)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_odd_in_a_table_can_be_said_in_another_language(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TABLES[name], encoding="utf-8")
    found = found_in(tmp_path / name)
    assert found
    for finding in found:
        assert_translatable(finding)


@pytest.mark.parametrize("path", PUBLISHED or [DATA], ids=lambda path: path.name)
def test_what_is_odd_in_published_programmes_can_be_said_in_another_language(path: Path) -> None:
    if not path.is_file():
        pytest.skip("the IATI files of ../shared are not here")
    seen = Counter[str]()
    try:
        for model in islice(programmes(path), MOST):
            for finding in model.findings:
                seen[finding.code] += 1
                if seen[finding.code] <= MOST:
                    assert_translatable(finding)
    except toc.UnreadableFileError as fault:
        for finding in fault.findings:
            assert_translatable(finding)


@pytest.mark.parametrize("path", PROJECTS or [DATA], ids=lambda path: path.name)
def test_what_is_odd_in_projects_can_be_said_in_another_language(path: Path) -> None:
    if not path.is_file():
        pytest.skip("the Miradi projects of ../shared are not here")
    found = found_in(path)
    assert found
    for finding in found:
        assert_translatable(finding)


def test_the_mapping_of_a_table_says_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Result,Indicator\nOutput 1: Clubs,Clubs\n")
    (tmp_path / "m.yaml").write_text("- a\n")
    with pytest.raises(toc.UnreadableFileError) as raised:
        read_table(tmp_path / "t.csv", mapping=tmp_path / "m.yaml")
    for finding in raised.value.findings:
        assert_translatable(finding)
