"""What the checks find in published files: the page and the manuals say what the files and the judgements on them give."""

import re
from pathlib import Path

import pytest
from benchmarks import published

from tocmodel.checks.catalogue import by_code

DATA = Path("../shared/data")
FILES = published.files(DATA)
NOT_HERE = "the published files of ../shared are not here"


@pytest.mark.skipif(not FILES, reason=NOT_HERE)
def test_the_page_says_what_the_checks_find_today() -> None:
    assert published.PAGE.read_text(encoding="utf-8") == published.page([published.checked(file) for file in FILES])


@pytest.mark.skipif(not FILES, reason=NOT_HERE)
def test_every_finding_of_a_sample_was_judged_and_no_other() -> None:
    drawn = published.samples([published.checked(file) for file in FILES])
    assert {(code, *item) for code, own in drawn.items() for item in own} == set(published.judgements())


@pytest.mark.parametrize("code", published.WORDING)
def test_the_manual_states_the_precision_that_was_judged(code: str) -> None:
    own = [right for (rule, _, _), (right, _) in published.judgements().items() if rule == code]
    stated = re.match(r"(\d+) of (\d+)\b", by_code(code).precision)
    assert stated is not None
    assert (int(stated[1]), int(stated[2])) == (sum(own), len(own))
    assert f"| {code} | " in published.PAGE.read_text(encoding="utf-8")


def test_every_rule_on_wording_that_reads_titles_states_its_precision() -> None:
    assert published.WORDING == ("L30", "L31", "L32", "L33", "L35", "L46", "L82")
