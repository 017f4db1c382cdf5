"""The second example: what it restates is what the publisher's file says, and the page about it says what the code finds."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

import tocmodel as toc

FOLDER = Path("examples/tdh_nl")
PAGE = Path("docs/explanation/what-a-published-file-can-tell.md")
PUBLISHED = Path("../shared/data/iati/published/terre-des-hommes-nl.xml")
NOTICE = "An illustration from published data; not made or endorsed by Terre des Hommes Netherlands or Childline Kenya; not an evaluation."
needs_the_file = pytest.mark.skipif(not PUBLISHED.exists(), reason="the IATI files of ../shared are not here")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "achievements.py"))


def test_the_script_runs_and_carries_the_notice(script: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    script["main"]()
    out = " ".join(capsys.readouterr().out.split())
    assert NOTICE in out
    assert NOTICE in PAGE.read_text(encoding="utf-8")
    assert "4 of 4 indicators with a target that is due have a result." in out
    assert "L96 unknown-accumulation" in out
    assert "assumed: it is not stated whether the reports are new results or running totals" in out


def test_the_two_readings_are_those_of_the_page(script: dict[str, Any]) -> None:
    found = script["readings"](toc.read(FOLDER / "helpline.yaml"))
    new, running = found["new results in each period"], found["running totals"]
    assert (new["boys-helped"], new["girls-helped"]) == ("39.5 %", "36.5 %")
    assert (running["boys-helped"], running["girls-helped"]) == ("66.8 %", "68.9 %")
    text = PAGE.read_text(encoding="utf-8")
    for share in ("39.5 % of the boys and 36.5 % of the girls", "running totals, 66.8 % and 68.9 %"):
        assert share in text


@needs_the_file
def test_what_is_restated_is_what_the_file_says() -> None:
    ours, theirs = toc.read(FOLDER / "helpline.yaml"), toc.read(PUBLISHED, "NL-KVK-41149287-KECE0347")
    pairs = {"boys-helped": "result-1.1", "girls-helped": "result-1.2", "cases-reported": "result-2.1", "people-reached": "result-3.1"}
    assert set(pairs) == {indicator.id for indicator in ours.indicators}
    assert set(pairs.values()) == {indicator.id for indicator in theirs.indicators}
    assert (ours.programme.id, ours.programme.period) == (theirs.programme.id, theirs.programme.period)
    for own, other in pairs.items():
        for values in ("baselines_of", "targets_of", "actuals_of"):
            restated = {(str(value.period), str(value.figure)) for value in getattr(ours, values)(own)}
            assert restated == {(str(value.period), str(value.figure)) for value in getattr(theirs, values)(other)}


@needs_the_file
def test_every_quote_and_number_of_a_comment_stands_in_the_file() -> None:
    ours = toc.read(FOLDER / "helpline.yaml")
    text = " ".join(PUBLISHED.read_text(encoding="utf-8").split())
    quotes = [record.source.quote for record in (*ours.nodes, *ours.indicators, *ours.actuals) if record.source and record.source.quote]
    assert len(quotes) == 9
    for quote in quotes:
        assert all(part.strip() in text for part in quote.split("…")), quote
    for actual in ours.actuals:
        for number in re.findall(r"\d[\d,]*\d", str(actual.note)):
            if number != "8,614":  # a sum of ours
                assert number in text or number.replace(",", "") in text, number


@needs_the_file
def test_the_counts_of_the_page_are_those_of_the_file(script: dict[str, Any]) -> None:
    table = re.findall(r"^\| ([^|]+) \| (\d+) \|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {name: int(number) for name, number in table} == dict(script["counted"](PUBLISHED))
