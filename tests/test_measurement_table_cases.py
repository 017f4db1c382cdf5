"""The acceptance cases on series, breakdowns and shares, put into whole models: the table answers as the single functions do."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tocmodel as toc
from tests.conformance.adapters.translation import figure, number, reasoned, share
from tests.conformance.running import alike
from tocmodel.model import TheoryBuilder, TheoryOfChange

CASES = Path("../shared/cases")
YEARS = [toc.Period.read(str(2000 + index)) for index in range(40)]


def cases(family: str, kind: str) -> list[Any]:
    path = CASES / f"{family}.json"
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the acceptance cases of ../shared/cases are not here"))]
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return [pytest.param(case, id=case["id"]) for case in document["cases"] if case["kind"] == kind]


def started(**programme: Any) -> TheoryBuilder:
    draft = TheoryOfChange.build("cases", **programme)
    draft.activity("a", "A")
    return draft


def reported_in(draft: TheoryBuilder, period: toc.Period, values: list[Any], **more: Any) -> None:
    for offset, value in enumerate(values):
        draft.actual("i", figure(value), measured=period.start + timedelta(days=offset), **more)


def standing(row: toc.AchievementRow) -> dict[str, object]:
    return {
        "target": number(row.target.bounds),
        "actual": number(row.actual.bounds),
        "attainment": reasoned(share(row.attainment)),
        "status": str(row.status),
    }


@pytest.mark.parametrize("case", cases("achievement", "achievement_series"))
def test_series(case: dict[str, Any]) -> None:
    inputs, expected = case["inputs"], case["expected"]
    draft = started()
    draft.indicator("i", of="a", direction=inputs["direction"], accumulation=inputs["accumulation"], report=inputs["report"])
    for period, plan in zip(YEARS, inputs["periods"], strict=False):
        draft.target("i", figure(plan["target"]), period=period)
        reported_in(draft, period, plan["results"])
    if inputs["baseline"] is not None:
        draft.baseline("i", figure(inputs["baseline"]))
    completed = inputs["completed_periods"]
    as_of = date(1999, 12, 31) if completed == 0 else YEARS[(completed or len(inputs["periods"])) - 1].end
    table = toc.achievement(draft.done(), as_of=as_of, policy=toc.Policy(missing="skip_if_all", gaps=inputs["gaps"]))

    by_period = {row.period: row for row in table.where(scope="period")}
    found = [by_period.get(period) for period, _ in zip(YEARS, inputs["periods"], strict=False)]
    assert alike([number(row.actual.bounds) if row else None for row in found], expected["actuals"], None)
    for row, plan, status, attainment in zip(found, inputs["periods"], expected["status"], expected["attainment"], strict=True):
        if row is None:
            assert plan["target"] is None
            continue
        assert str(row.status) == status
        assert alike(reasoned(share(row.attainment)), attainment, case.get("tolerance"))
    for row, progress in zip(found, expected.get("progress", []), strict=False):
        assert row is None or alike(reasoned(share(row.progress)), progress, case.get("tolerance"))
    assert alike(standing(table["i"]), expected["life"], case.get("tolerance"))
    if completed:
        assert alike(standing(table.where(scope="to_date").one()), expected["to_date"], case.get("tolerance"))


@pytest.mark.parametrize("case", cases("accumulation", "accumulate_by_reporter"))
def test_reporters(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    draft = started()
    draft.indicator("i", of="a", accumulation=inputs["accumulation"], report="per_period")
    places = dict(zip(inputs["periods"], YEARS, strict=False))
    for period in places.values():
        draft.target("i", 1, period=period)
    for reporter in sorted({update["reporter"] for update in inputs["updates"]}):
        draft.actor(reporter.replace("/", "-"), "R")
    for sequence, update in enumerate(inputs["updates"]):
        days = places[update["period"]].start
        draft.actual("i", figure(update["value"]), reporter=update["reporter"].replace("/", "-"), measured=days, sequence=sequence)
    table = toc.achievement(draft.done(), as_of="2039-12-31", policy=toc.Policy(gaps=inputs["gaps"], missing="skip_if_all"))
    found = {name: number(table.where(scope="period", period=period).one().actual.bounds) for name, period in places.items()}
    assert alike(found, case["expected"]["actuals"], case.get("tolerance"))


@pytest.mark.parametrize("case", cases("accumulation", "reperiod"))
def test_other_periods(case: dict[str, Any]) -> None:
    inputs, expected = case["inputs"], case["expected"]
    draft = started()
    draft.indicator("i", of="a", accumulation=inputs["accumulation"], report=inputs["report"])
    ids: list[str] = []
    for sequence, result in enumerate(inputs["results"]):
        days = result["date"] if "date" in result else f"{result['start']}/{result['end']}"
        own = f"r{sequence:02d}"
        ids.append(draft.actual("i", figure(result["value"]), id=own, measured=days, sequence=sequence))
    periods = [toc.Period(*ends) for ends in inputs["periods"]]
    policy = toc.Policy(gaps=inputs["gaps"], missing="skip_if_all")
    table = toc.achievement(draft.done(), as_of="2039-12-31", policy=policy, periods=periods)
    rows = {row.period: row for row in table.where(scope="period")}
    found = [number(rows[period].actual.bounds) if period in rows else None for period in periods]
    assert alike(found, expected["actuals"], case.get("tolerance"))
    assert [ids.index(orphan.id) for orphan in table.orphans if orphan.why == "inside no period"] == expected["outside"]
    assert [ids.index(orphan.id) for orphan in table.orphans if orphan.why == "straddles periods"] == expected["straddling"]


@pytest.mark.parametrize("case", cases("accumulation", "over_time"))
def test_rules_of_combination(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    draft = started()
    draft.indicator("i", of="a", accumulation=inputs["accumulation"], combine=inputs["combine"])
    reported_in(draft, YEARS[0], inputs["values"])
    row = toc.achievement(draft.done(), as_of="2039-12-31", policy=toc.Policy(missing="skip_if_all"))["i"]
    if case["expected"].get("refused"):
        assert row.actual.bounds is None
        assert [finding.code for finding in row.findings] == ["A07"]
        assert row.reason == "refused"
    else:
        assert alike(number(row.actual.bounds), case["expected"]["value"], case.get("tolerance"))


@pytest.mark.parametrize("case", cases("disaggregation", "breakdown_check"))
def test_breakdowns(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    draft = started()
    for dimension in inputs["dimensions"]:
        draft.dimension(dimension["name"], "D", categories=list(dimension["parts"]))
    by = [{"dimension": dimension["name"], "coverage": dimension["kind"]} for dimension in inputs["dimensions"]]
    draft.indicator("i", of="a", by=by, accumulation="snapshot")
    draft.actual("i", figure(inputs["total"]), measured="2020-01-01")
    for dimension in inputs["dimensions"]:
        for category, value in dimension["parts"].items():
            draft.actual("i", figure(value), slice={dimension["name"]: category}, measured="2020-01-01")
    row = toc.achievement(draft.done(), as_of="2039-12-31", policy=toc.Policy(tolerance=inputs["tolerance"]))["i"]
    assert alike(number(row.actual.bounds), inputs["total"], None)
    flagged = {finding.message.split(" differ")[0].removeprefix("the parts by ") for finding in row.findings if finding.code == "L48"}
    assert flagged == {name for name, result in case["expected"]["dimensions"].items() if result["status"] in {"gap", "exceeds"}}


@pytest.mark.parametrize("case", cases("aggregation", "aggregate_ratio"))
def test_shares_over_reporters(case: dict[str, Any]) -> None:
    inputs, expected = case["inputs"], case["expected"]
    if inputs["missing"] == "never_skip":
        pytest.skip("a share cannot count as zero")
    draft = started()
    draft.indicator("i", of="a", kind="ratio", factor=inputs["scale"])
    for position, (above, below) in enumerate(inputs["parts"]):
        draft.actor(f"r{position}", "R")
        draft.actual("i", "missing", numerator=figure(above), denominator=figure(below), reporter=f"r{position}")
    row = toc.achievement(draft.done(), as_of="2039-12-31", policy=toc.Policy(missing=inputs["missing"]))["i"]
    assert alike(number(row.actual.bounds), expected["value"], case.get("tolerance"))


@pytest.mark.parametrize("case", cases("periods", "life_target"))
def test_life_target(case: dict[str, Any]) -> None:
    inputs, expected = case["inputs"], case["expected"]
    draft = started()
    draft.indicator("i", of="a", report=inputs["report"])
    for period, target in zip(YEARS, inputs["targets"], strict=False):
        draft.target("i", figure(target), period=period)
    if inputs["declared"] is not None:
        draft.target("i", figure(inputs["declared"]))
    row = toc.achievement(draft.done(), as_of="2039-12-31")["i"]
    if expected["value"] is not None:
        assert alike(number(row.target.bounds), expected["value"], case.get("tolerance"))
    assert any(finding.code == "A03" for finding in row.findings) is expected["declared_differs"]


@pytest.mark.parametrize("case", cases("aggregation", "entries_total"))
def test_amended_and_drafted_reports(case: dict[str, Any]) -> None:
    draft = started()
    draft.indicator("i", of="a", accumulation="incremental")
    entries = case["inputs"]["entries"]
    final = {entry["id"]: entry for entry in entries}
    last: dict[str, str] = {}
    for sequence, entry in enumerate(entries):
        approved = final[entry["id"]]["status"] == "approved"
        state = final[entry["id"]]["status"] if entry is final[entry["id"]] or not approved else "approved"
        replaced = last.get(entry["id"]) if approved else None
        draft.actual("i", figure(entry["value"]), id=f"e{sequence}", state=state, supersedes=replaced, sequence=sequence)
        last[entry["id"]] = f"e{sequence}"
    row = toc.achievement(draft.done(), as_of="2039-12-31")["i"]
    expected = case["expected"]["value"]
    assert alike(number(row.actual.bounds), expected, case.get("tolerance"))


@pytest.mark.parametrize("case", cases("disaggregation", "breakdown_totals"))
def test_totals_of_categories(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    draft = started()
    draft.dimension("d", "D", categories=inputs["categories"])
    draft.indicator("i", of="a", by=["d"], accumulation="incremental" if inputs["combine"] == "sum" else "snapshot")
    for offset, result in enumerate(inputs["results"]):
        for category in inputs["categories"]:
            if category in result:
                draft.actual("i", figure(result[category]), slice={"d": category}, measured=date(2020, 1, 1 + offset))
    table = toc.achievement(draft.done(), as_of="2039-12-31", policy=toc.Policy(missing="skip_if_all"))
    found = {row.slice["d"]: number(row.actual.bounds) for row in table if row.slice}
    expected = {category: value for category, value in case["expected"]["totals"].items() if value is not None or category in found}
    assert alike(found, expected, case.get("tolerance"))


@pytest.mark.parametrize("case", cases("status", "status"))
def test_status(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    draft = started(period="2020")
    draft.indicator("i", of="a", direction=inputs["direction"], tolerance=inputs["tolerance"])
    if inputs["target"] is not None:
        draft.target("i", figure(inputs["target"]))
    if inputs["actual"] is not None:
        draft.actual("i", figure(inputs["actual"]))
    row = toc.achievement(draft.done(), as_of="2020-12-31" if inputs["due"] else "2020-06-30")["i"]
    assert str(row.status) == case["expected"]["status"]
