"""Cases on figures, achievement, breakdowns, series, coverage, ratings and trends."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.conformance.adapters.translation import Inputs, adapts, ends, figure, has_text, interval, number, reasoned, share
from tocmodel.contribution.evidence.dependence import dependence_bounds
from tocmodel.contribution.harvest import harvest_coverage
from tocmodel.errors import FieldError, RefusedError
from tocmodel.figures import Figure, linked_share, parse_number, plain, total
from tocmodel.figures.display import rounded
from tocmodel.measurement import (
    attainment,
    breakdown_check,
    breakdown_totals,
    intersection_bounds,
    progress,
    status,
    union_bounds,
    unique_count,
)
from tocmodel.measurement.accumulation import Update, accumulate, accumulate_by_reporter, against_direction, recut
from tocmodel.measurement.aggregation import (
    Aggregate,
    Entry,
    TreeNode,
    aggregate,
    aggregate_groups,
    aggregate_over_time,
    aggregate_ratio,
    category_share,
    coverage,
    entries_total,
    share_meeting,
    tree_totals,
    weighted_mean,
)
from tocmodel.measurement.formulas import Ratio, ratio
from tocmodel.measurement.pace import elapsed_gap, growth, margin_pace
from tocmodel.measurement.privacy import suppress
from tocmodel.measurement.ratings import Band, band, mean_rating, worst_rating
from tocmodel.measurement.schedule import reporting_periods
from tocmodel.measurement.series import PeriodResults, Standing, achievement_series, declared_differs, life_target
from tocmodel.model import TheoryOfChange
from tocmodel.periods import Period, position

# Figures


@adapts("parse_count")
def _parse_count(inputs: Inputs) -> object:
    bounds = Figure.read(inputs["text"]).bounds
    return None if bounds is None else ends(bounds.counted())


@adapts("parse_number")
def _parse_number(inputs: Inputs) -> object:
    try:
        found = parse_number(inputs["text"])
    except FieldError:
        return {"value": None, "reason": "not_numeric"}
    return {"value": None, "reason": "missing_actual"} if found is None else {"value": plain(found)}


@adapts("is_missing")
def _is_missing(inputs: Inputs) -> object:
    return {"missing": Figure.read(inputs["value"]).missing == "missing"}


@adapts("sum_bounds")
def _sum_bounds(inputs: Inputs) -> object:
    return ends(total(interval(part).not_negative() for part in inputs["parts"]))


@adapts("union_bounds")
def _union_bounds(inputs: Inputs) -> object:
    return ends(union_bounds([interval(part) for part in inputs["parts"]], population=inputs["population"]))


@adapts("intersection_bounds")
def _intersection_bounds(inputs: Inputs) -> object:
    return ends(intersection_bounds([interval(part) for part in inputs["parts"]], population=inputs["population"]))


@adapts("linked_share")
def _linked_share(inputs: Inputs) -> object:
    return ends(linked_share(interval(inputs["part"]), interval(inputs["total"])))


@adapts("unique_count")
def _unique_count(inputs: Inputs) -> object:
    return {"unique": unique_count(inputs["records"]), "records": len(inputs["records"])}


@adapts("round_display")
def _round_display(inputs: Inputs) -> object:
    return {"text": rounded(inputs["value"], inputs["digits"], inputs["mode"])}


@adapts("dependence_bounds")
def _dependence_bounds(inputs: Inputs) -> object:
    found = dependence_bounds(inputs["strengths"], every=inputs["mode"] == "all")
    return {"independent": found.independent, "low": found.low, "high": found.high}


# Achievement


def clip(inputs: Inputs) -> Any:
    """The limits of a case."""
    return None if inputs["clamp"] is None else tuple(inputs["clamp"])


@adapts("attainment")
def _attainment(inputs: Inputs) -> object:
    return reasoned(share(attainment(figure(inputs["actual"]), figure(inputs["target"]), clip=clip(inputs))))


@adapts("progress")
def _progress(inputs: Inputs) -> object:
    found = progress(figure(inputs["baseline"]), figure(inputs["target"]), figure(inputs["actual"]), clip=clip(inputs))
    return reasoned(share(found))


@adapts("attainment_units")
def _attainment_units(inputs: Inputs) -> object:
    actual, target = figure(inputs["actual"], inputs["actual_unit"]), figure(inputs["target"], inputs["target_unit"])
    return reasoned(share(attainment(actual, target)))


@adapts("status")
def _status(inputs: Inputs) -> object:
    found = status(
        figure(inputs["actual"]), figure(inputs["target"]), inputs["direction"], tolerance=inputs["tolerance"], due=inputs["due"]
    )
    return {"status": str(found)}


@adapts("achievement_series")
def _achievement_series(inputs: Inputs) -> object:
    found = achievement_series(
        [PeriodResults(figure(period["target"]), tuple(map(figure, period["results"]))) for period in inputs["periods"]],
        accumulation=inputs["accumulation"],
        report=inputs["report"],
        direction=inputs["direction"],
        baseline=figure(inputs["baseline"]),
        completed=inputs["completed_periods"],
        gaps=inputs["gaps"],
    )
    answer: dict[str, object] = {
        "actuals": [number(actual.bounds) for actual in found.actuals],
        "attainment": [reasoned(share(value)) for value in found.attainment],
        "status": [str(value) for value in found.status],
        "life": standing(found.life),
    }
    if inputs["baseline"] is not None:
        answer["progress"] = [reasoned(share(value)) for value in found.progress]
    if inputs["completed_periods"] is not None:
        answer["to_date"] = standing(found.to_date)
    return answer


def standing(value: Standing) -> dict[str, object]:
    """A standing in the form of a case."""
    return {
        "target": number(value.target.bounds),
        "actual": number(value.actual.bounds),
        "attainment": reasoned(share(value.attainment)),
        "status": str(value.status),
    }


@adapts("margin_flag")
def _margin_flag(inputs: Inputs) -> object:
    found = margin_pace(figure(inputs["actual"]), figure(inputs["target"]), inputs["direction"], margin=inputs["margin"])
    return {"flag": str(found)}


@adapts("elapsed_gap")
def _elapsed_gap(inputs: Inputs) -> object:
    reached, gap = elapsed_gap(figure(inputs["actual"]), figure(inputs["target"]), inputs["elapsed"])
    answer: dict[str, object] = {"attainment": number(reached.bounds), "gap": number(gap.bounds)}
    return reasoned(answer | {"reason": reached.reason}) if reached.reason else answer


# Breakdowns


@adapts("breakdown_totals")
def _breakdown_totals(inputs: Inputs) -> object:
    results = [{category: figure(value) for category, value in result.items()} for result in inputs["results"]]
    found = breakdown_totals(results, inputs["categories"], combine=inputs["combine"])
    text = has_text(inputs["results"])
    return {"totals": {category: number(value.bounds, text=text) for category, value in found.items()}}


@adapts("breakdown_check")
def _breakdown_check(inputs: Inputs) -> object:
    answer: dict[str, object] = {}
    for dimension in inputs["dimensions"]:
        parts = {category: figure(value) for category, value in dimension["parts"].items()}
        found = breakdown_check(figure(inputs["total"]), parts, dimension["kind"], tolerance=inputs["tolerance"])
        answer[dimension["name"]] = {"status": str(found.status), "gap": number(found.gap, text=True)}
    return {"dimensions": answer}


@adapts("suppress")
def _suppress(inputs: Inputs) -> object:
    cells = {name: figure(value) for name, value in inputs["cells"].items()}
    found = suppress(cells, inputs["threshold"], zero=inputs["suppress_zero"], total_published=inputs["total_published"])
    return {"shown": {name: number(value.bounds) for name, value in found.shown.items()}, "suppressed": list(found.cells)}


# Over time and over parts


def aggregated(found: Aggregate, *, text: bool = False) -> dict[str, object]:
    """An aggregate in the form of a case."""
    answer: dict[str, object] = {
        "value": number(found.bounds, text=text),
        "reported": found.reported,
        "expected": found.expected,
    }
    return reasoned(answer | {"reason": found.reason}) if found.reason else answer


@adapts("aggregate", "missing_policy")
def _aggregate(inputs: Inputs) -> object:
    found = aggregate([figure(value) for value in inputs["values"]], inputs["combine"], missing=inputs["missing"])
    return aggregated(found, text=has_text(inputs["values"]))


@adapts("aggregate_groups")
def _aggregate_groups(inputs: Inputs) -> object:
    rows = [(group, figure(value)) for group, value in inputs["rows"]]
    found = aggregate_groups(rows, inputs["combine"], missing=inputs["missing"])
    return {"groups": {group: number(value.bounds) for group, value in found.items()}}


@adapts("aggregate_ratio")
def _aggregate_ratio(inputs: Inputs) -> object:
    parts = [(figure(above), figure(below)) for above, below in inputs["parts"]]
    found = aggregate_ratio(parts, scale=inputs["scale"], missing=inputs["missing"])
    text = has_text(inputs["parts"])
    answer: dict[str, object] = {
        "numerator": number(found.numerator, text=text),
        "denominator": number(found.denominator, text=text),
        "reported": found.reported,
        "expected": found.expected,
    }
    return answer | reasoned(share(found.share))


@adapts("entries_total")
def _entries_total(inputs: Inputs) -> object:
    entries = [Entry(item["id"], figure(item["value"]), item["status"] == "approved") for item in inputs["entries"]]
    found = entries_total(entries)
    answer: dict[str, object] = {"value": number(found.bounds, text=has_text(inputs["entries"]))}
    return reasoned(answer | {"reason": found.reason}) if found.reason else answer


@adapts("tree_total")
def _tree_total(inputs: Inputs) -> object:
    nodes = [TreeNode(node["id"], figure(node["own"]), tuple(node["parents"]), node["include"]) for node in inputs["nodes"]]
    return {"totals": {id: number(value.bounds) for id, value in tree_totals(nodes).items()}}


@adapts("rollup")
def _rollup(inputs: Inputs) -> object:
    values = [Ratio(None if value is None else interval(value)) for value in inputs["values"]]
    return aggregated(weighted_mean(values, inputs["weights"], clip=clip(inputs)))


@adapts("accumulate")
def _accumulate(inputs: Inputs) -> object:
    results = [list(map(figure, period)) for period in inputs["results"]]
    found = accumulate(results, inputs["accumulation"], inputs["report"], gaps=inputs["gaps"])
    text = has_text(inputs["results"])
    return {"actuals": [number(value.bounds, text=text) for value in found.actuals], "life": number(found.life.bounds, text=text)}


@adapts("accumulate_by_reporter")
def _accumulate_by_reporter(inputs: Inputs) -> object:
    periods = list(inputs["periods"])
    updates = [Update(periods.index(item["period"]), item["reporter"], figure(item["value"])) for item in inputs["updates"]]
    found = accumulate_by_reporter(len(periods), updates, cumulative=inputs["accumulation"] == "cumulative", gaps=inputs["gaps"])
    return {"actuals": dict(zip(periods, (number(value.bounds) for value in found), strict=True))}


@adapts("reperiod")
def _reperiod(inputs: Inputs) -> object:
    results = [
        (Period.read(item["date"]) if "date" in item else Period(item["start"], item["end"]), figure(item["value"]))
        for item in inputs["results"]
    ]
    periods = [Period(start, end) for start, end in inputs["periods"]]
    found = recut(results, periods, inputs["accumulation"], inputs["report"], gaps=inputs["gaps"])
    return {
        "actuals": [number(value.bounds) for value in found.actuals],
        "outside": list(found.outside),
        "straddling": list(found.straddling),
    }


@adapts("over_time")
def _over_time(inputs: Inputs) -> object:
    try:
        found = aggregate_over_time(list(map(figure, inputs["values"])), inputs["accumulation"], inputs["combine"])
    except RefusedError:
        return {"refused": True}
    return {"value": number(found.bounds)}


@adapts("ratio")
def _ratio(inputs: Inputs) -> object:
    found = ratio(
        figure(inputs["numerator"]),
        figure(inputs["denominator"]),
        factor=inputs["factor"],
        annualised_days=inputs["annualised_days"],
    )
    return reasoned(share(found))


@adapts("ratio_vectors")
def _ratio_vectors(inputs: Inputs) -> object:
    rows = [dict(zip(inputs["columns"], row, strict=True)) for row in inputs["rows"]]
    found = [
        ratio(figure(row["numerator"]), figure(row["denominator"]), factor=Decimal(row["multiplier"]) / Decimal(row["divisor"]))
        for row in rows
    ]
    return {"values": [number(value.bounds) for value in found]}


# Coverage


@adapts("coverage")
def _coverage(inputs: Inputs) -> object:
    found = coverage(inputs["reported"], inputs["expected"])
    return reasoned({"share": number(found.bounds), "reason": found.reason}) if found.reason else {"share": number(found.bounds)}


@adapts("share_meeting")
def _share_meeting(inputs: Inputs) -> object:
    series = [list(map(figure, unit)) for unit in inputs["series"]]
    found = share_meeting(series, figure(inputs["target"]), inputs["direction"], use=inputs["use"])
    return {"n": found.known, "met": found.met, "share": number(found.share.bounds)}


@adapts("category_share")
def _category_share(inputs: Inputs) -> object:
    found = category_share({name: figure(value) for name, value in inputs["counts"].items()}, inputs["categories"])
    return {"part": number(found.numerator), "total": number(found.denominator), "share": number(found.share.bounds)}


@adapts("harvest_coverage")
def _harvest_coverage(inputs: Inputs) -> object:
    draft = TheoryOfChange.build("programme")
    draft.actor("somebody", "Somebody independent")
    for node in inputs["nodes"]:
        draft.outcome(f"node-{node}", node)
    for outcome in inputs["outcomes"]:
        about = [f"node-{outcome['node']}"] if outcome["node"] else []
        asked = "somebody" if outcome["substantiated"] else None
        draft.harvested_outcome(outcome["id"], outcome["id"], about=about, substantiated_by=asked, agreement=outcome["substantiated"])
    found = harvest_coverage(draft.done())
    return {
        "nodes_without": [node.removeprefix("node-") for node in found.nodes_without],
        "unlinked": list(found.unlinked),
        "fully_substantiated": found.fully_substantiated,
        "asked": found.asked,
    }


# Ratings


def bands(inputs: Inputs) -> list[Band]:
    """The bands of a case."""
    return [Band(name, start) for name, start in inputs["bands"]]


@adapts("band")
def _band(inputs: Inputs) -> object:
    return {"band": band(figure(inputs["value"]), bands(inputs), inputs["direction"])}


@adapts("rating_mean")
def _rating_mean(inputs: Inputs) -> object:
    found = mean_rating(inputs["ratings"], inputs["scores"], bands(inputs))
    return {"mean": number(found.mean), "rating": found.rating}


@adapts("rating_worst")
def _rating_worst(inputs: Inputs) -> object:
    return {"rating": worst_rating(inputs["ratings"], inputs["scale"])}


# Periods and trends


def days(period: Period) -> list[str]:
    """A period in the form of a case."""
    return [period.start.isoformat(), period.end.isoformat()]


@adapts("make_periods")
def _make_periods(inputs: Inputs) -> object:
    parts = reporting_periods(Period(inputs["start"], inputs["end"]), inputs["frequency"])
    return {"count": len(parts), "first": days(parts[0]), "last": days(parts[-1])}


@adapts("period_of")
def _period_of(inputs: Inputs) -> object:
    return {"index": position([Period(start, end) for start, end in inputs["periods"]], date.fromisoformat(inputs["date"]))}


@adapts("time_elapsed")
def _time_elapsed(inputs: Inputs) -> object:
    return {"share": float(Period(inputs["start"], inputs["end"]).elapsed(date.fromisoformat(inputs["on"])))}


@adapts("life_target")
def _life_target(inputs: Inputs) -> object:
    derived = life_target(list(map(figure, inputs["targets"])), inputs["report"])
    return {"value": number(derived.bounds), "declared_differs": declared_differs(derived, figure(inputs["declared"]))}


def _growth_of(row: Inputs) -> float | None:
    years, target_years = row["actual_year"] - row["baseline_year"], row["target_year"]
    return growth(
        row["baseline"],
        row["actual"],
        years,
        direction=row["direction"],
        target=row["target"],
        target_years=None if target_years is None else target_years - row["baseline_year"],
    )


@adapts("growth")
def _growth(inputs: Inputs) -> object:
    return {"value": _growth_of(inputs)}


@adapts("growth_vectors")
def _growth_vectors(inputs: Inputs) -> object:
    return {"values": [_growth_of(dict(zip(inputs["columns"], row, strict=True))) for row in inputs["rows"]]}


@adapts("against_direction")
def _against_direction(inputs: Inputs) -> object:
    found = against_direction(list(map(figure, inputs["values"])), rising=inputs["direction"] == "increase")
    return {"pairs": [list(pair) for pair in found], "count": len(found)}
