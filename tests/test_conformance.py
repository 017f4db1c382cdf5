"""The conformance runner, and the acceptance families that the library passes."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.running import alike, main, run_case, run_file

CASES = Path("../shared/cases")
FAMILIES = [
    "accumulation",
    "achievement",
    "aggregation",
    "bayes",
    "bottlenecks",
    "bounds",
    "checks",
    "coverage",
    "diff",
    "disaggregation",
    "display",
    "importance",
    "loops",
    "maps",
    "missing",
    "packages",
    "paths",
    "periods",
    "plausibility",
    "privacy",
    "ratings",
    "ratios",
    "resilience",
    "robustness",
    "rollup",
    "rubrics",
    "shares",
    "status",
    "story",
    "tests_of_evidence",
    "trend",
    "unique_people",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_case_of_the_family_passes_and_none_is_skipped(family: str) -> None:
    path = CASES / f"{family}.json"
    if not path.exists():
        pytest.skip("the acceptance cases of ../shared/cases are not here")
    assert [result for result in run_file(path) if result.outcome != "passed"] == []


def case(**changes: Any) -> dict[str, Any]:
    inputs = {"actual": 5, "target": 10, "direction": "increase", "clamp": None}
    return {"id": "one", "kind": "attainment", "inputs": inputs, "expected": {"value": Decimal("0.5")}} | changes


def written(folder: Path, *cases: dict[str, Any]) -> str:
    path = folder / "family.json"
    path.write_text(json.dumps({"family": "f", "about": "", "cases": list(cases)}, default=float), encoding="utf-8")
    return str(path)


def test_a_run_closes_with_its_count(tmp_path: Path) -> None:
    lines: list[str] = []

    status = main([written(tmp_path, case(), case(id="two", expected={"value": 2}), case(id="three", kind="unheard_of"))], lines.append)

    assert status == 1
    assert lines[-1] == "1 passed, 1 failed, 1 skipped"
    assert "no adapter yet: unheard_of (1 cases)" in lines
    assert any("FAILED family/two (attainment)" in line and "expected {'value': 2}" in line for line in lines)


def test_a_run_without_failures_ends_with_0(tmp_path: Path) -> None:
    assert main([written(tmp_path, case())], lambda _: None) == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cases": [{"id": "x"}]}'])
def test_a_file_that_holds_no_cases_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    lines: list[str] = []
    assert main([str(path)], lines.append) == 2
    assert "is no file of cases" in lines[-1]
    assert main([str(tmp_path / "none.json")], lines.append) == 2
    assert main([], lines.append) == 2


def test_what_an_adapter_raises_fails_the_case() -> None:
    def broken(_: object) -> object:
        raise ZeroDivisionError("by zero")

    result = run_case(case(kind="broken"), {"broken": broken})
    assert (result.outcome, result.got) == ("failed", "ZeroDivisionError: by zero")


@pytest.mark.parametrize(
    ("got", "expected", "tolerance", "same"),
    [
        (3, Decimal("3.0"), None, True),
        (Decimal("0.30000000000000004"), Decimal("0.3"), None, False),
        (0.1 + 0.2, Decimal("0.3"), None, True),
        (Decimal("0.31"), Decimal("0.3"), Decimal("0.01"), True),
        (Decimal("0.32"), Decimal("0.3"), Decimal("0.01"), False),
        (None, 0, None, False),
        (0, None, None, False),
        (True, 1, None, False),
        ("met", "met", None, True),
        (Decimal("4728.30"), "4728.3", None, True),
        ("4728.30", "4728.3", None, False),
        ({"low": 1}, {"low": 1, "high": None}, None, False),
        ({"paths": [["b"], ["a"]]}, {"paths": [["a"], ["b"]]}, None, True),
        ({"values": [2, 1]}, {"values": [1, 2]}, None, False),
    ],
)
def test_comparison_follows_the_rules_of_the_cases(got: object, expected: object, tolerance: Decimal | None, same: bool) -> None:
    assert alike(got, expected, tolerance) is same
