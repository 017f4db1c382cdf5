"""Every example in docstrings and documentation runs with the tests."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

pytest_collect_file = (
    Sybil(parsers=[DocTestParser(ELLIPSIS | NORMALIZE_WHITESPACE)], patterns=["*.py"], excludes=["tests/*", "examples/*"])
    + Sybil(
        parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), SkipParser()],
        patterns=["*.md"],
    )
).pytest()


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in examples are relative to the project's folder."""
    monkeypatch.chdir(Path(__file__).parent)
