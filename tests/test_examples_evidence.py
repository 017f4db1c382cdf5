"""The examples on claims, process tracing and the evidence of the Kenya example run, and say what they are."""

import re
import runpy
from pathlib import Path

import pytest

from tests.test_contribution_shares import BANNED

EXAMPLES = Path("examples")


def run(path: str, capsys: pytest.CaptureFixture[str]) -> str:
    runpy.run_path(str(EXAMPLES / path), run_name="__main__")
    out = capsys.readouterr().out
    assert not re.search("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in BANNED), out.lower())
    return out


def test_claims_show_threads_zeros_and_what_is_pieced_together(capsys: pytest.CaptureFixture[str]) -> None:
    out = run("claims/robustness.py", capsys)
    assert out.startswith("A fictional example")
    assert "18 claims by 10 sources" in out
    assert "pieced together" in out
    assert re.search(r"New library; opened +3 +0 +3", out)
    if Path("../shared/cases/data/quip_claims.json").exists():
        assert re.search(r"Farming method/practice +9 +44", out)


def test_every_judgement_of_the_fictional_case_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    out = run("fictional/process_tracing.py", capsys)
    assert out.startswith("A fictional example: every person, finding and judgement is invented.")
    assert "nobody is named as having judged" not in out
    assert out.count("(invented)") >= 8
    assert "judged after looking" in out


def test_the_kenya_evidence_is_in_words_only(capsys: pytest.CaptureFixture[str]) -> None:
    out = run("kenya_sec/evidence.py", capsys)
    assert "not an evaluation" in out
    assert "17 of 45 links have evidence for them, 0 against" in out
    assert "17 claims by 1 source (learning-event)" in out
    assert "probability" not in out
    assert not re.search(r"0\.\d", out)
