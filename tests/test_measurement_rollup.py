"""Several indicators as one number: methods, weights, what does not count, and what the missing might change."""

from decimal import Decimal
from typing import Any

import pytest

import tocmodel as toc
from tocmodel.errors import RefusedError
from tocmodel.figures import Interval
from tocmodel.measurement.rollup import RollUp, headline, roll_up, standing


def draft() -> toc.TheoryBuilder:
    made = toc.TheoryOfChange.build("trees", "Tree nurseries (fictional)", period="2024", as_of="2024-12-31")
    made.objective("green", "Villages are green")
    made.outcome("grown", "Villages grow trees")
    made.output("raised", "Seedlings are raised")
    made.activity("train", "Train growers")
    for from_, to in (("train", "raised"), ("raised", "grown"), ("train", "grown"), ("grown", "green"), ("raised", "green")):
        made.link(from_, to)
    return made


def measured(made: toc.TheoryBuilder, id: str, of: str, target: object, actual: object, **fields: Any) -> None:
    made.indicator(id, of=of, **({"unit": "item", "direction": "increase"} | fields))
    if target is not None:
        made.target(id, target)
    if actual is not None:
        made.actual(id, actual)


def rolled(made: toc.TheoryBuilder, node: str | None = "green", *, method: str = "weighted_mean", **options: Any) -> RollUp:
    model = made.done()
    return roll_up(model, toc.achievement(model), node, method=method, **options)


def test_an_indicator_on_two_pathways_counts_once() -> None:
    made = draft()
    measured(made, "trained", "train", 10, 5)
    measured(made, "alive", "green", 10, 10)
    found = rolled(made)
    assert (found.bounds, found.reported, found.expected) == (Interval.exactly("0.75"), 2, 2)


def test_a_node_is_rolled_up_with_what_leads_to_it_and_the_programme_with_everything() -> None:
    made = draft()
    measured(made, "trained", "train", 10, 5)
    measured(made, "alive", "green", 10, 10)
    assert rolled(made, "raised").bounds == Interval.exactly("0.5")
    assert rolled(made, None).bounds == Interval.exactly("0.75")
    assert rolled(made, None).title == "Tree nurseries (fictional)"


def test_a_missing_indicator_takes_its_weight_with_it_and_both_extremes_stand_beside() -> None:
    made = draft()
    measured(made, "a", "green", 10, 5)
    measured(made, "b", "green", 10, None)
    found = rolled(made, weights={"a": 3, "b": 1})
    assert found.bounds == Interval.exactly("0.5")
    assert (found.if_missing_zero, found.if_missing_on_target) == (Interval.exactly("0.375"), Interval.exactly("0.625"))
    assert str(found) == "Villages are green: 50 % (weighted mean; 1 of 2 reported; 37.5 % if the missing were 0, 62.5 % if on target)"


def test_node_weights_are_shared_by_the_indicators_of_the_node() -> None:
    made = toc.TheoryOfChange.build("trees", as_of="2024-12-31")
    made.objective("green", "Green", weight=60)
    made.output("raised", "Raised", weight=40)
    made.link("raised", "green")
    measured(made, "a", "green", 10, 10)
    measured(made, "b", "raised", 10, 5)
    measured(made, "c", "raised", 10, 0)
    found = rolled(made)
    assert found.weights == {"a": Decimal("0.6"), "b": Decimal("0.2"), "c": Decimal("0.2")}
    assert found.bounds == Interval.exactly("0.7")
    assert found.assumed == ()


def test_no_stated_weights_means_equal_weights_and_says_so() -> None:
    made = draft()
    measured(made, "a", "green", 10, 10)
    assert rolled(made).assumed == ("no weights are stated: all indicators weigh the same",)


def test_a_weight_that_is_not_stated_is_the_mean_of_the_others_and_said() -> None:
    made = draft()
    measured(made, "a", "green", 10, 10)
    measured(made, "b", "green", 10, 0)
    found = rolled(made, weights={"a": 2})
    assert found.bounds == Interval.exactly("0.5")
    assert found.assumed[0] == "no weight is stated for b: the mean of the others is taken, 2"
    assert found.assumed[1] == "the weights sum to 4 and are taken as shares of it"


def test_weights_of_zero_have_no_mean() -> None:
    made = draft()
    measured(made, "a", "green", 10, 10)
    assert rolled(made, weights={"a": 0}).reason == "zero_denominator"


def test_wrong_weights_are_refused_with_the_way_out() -> None:
    made = draft()
    measured(made, "a", "green", 10, 10)
    with pytest.raises(RefusedError, match="from 0 up"):
        rolled(made, weights={"a": -1})
    with pytest.raises(toc.TocmodelError, match="no indicator has the id 'alive'"):
        rolled(made, weights={"alive": 1})
    with pytest.raises(RefusedError, match="use method='weighted_mean'"):
        rolled(made, method="met_of_known", weights={"a": 1})
    with pytest.raises(ValueError, match="average"):
        rolled(made, method="average")


def test_there_is_no_default_method() -> None:
    made = draft()
    model = made.done()
    with pytest.raises(TypeError, match="method"):
        roll_up(model, toc.achievement(model), "green")  # type: ignore[call-arg]


def test_falling_indicators_count_with_their_progress() -> None:
    made = draft()
    made.indicator("idle", of="green", unit="day", direction="decrease")
    made.baseline("idle", 100)
    made.target("idle", 40)
    made.actual("idle", 70)
    model = made.done()
    assert headline(toc.achievement(model)["idle"]).bounds == Interval.exactly("0.5")
    assert roll_up(model, toc.achievement(model), "green", method="weighted_mean").bounds == Interval.exactly("0.5")


def test_what_does_not_count_is_listed_with_the_reason() -> None:
    made = draft()
    measured(made, "none", "green", None, 5)
    measured(made, "caseload", "green", 10, 5, direction="context")
    measured(made, "kept", "green", 10, 10, direction="maintain")
    measured(made, "zero", "green", 0, 10)
    measured(made, "unknown", "green", 10, 5, direction="unknown")
    found = rolled(made)
    assert (found.reason, found.reported, found.expected) == ("no_data", 0, 0)
    assert found.left_out["caseload"] == "context: it gets no verdict"
    assert found.left_out["none"] == "no target"
    assert found.left_out["zero"] == "zero target"
    assert set(found.left_out) == {"none", "caseload", "kept", "zero", "unknown"}
    assert "left out: caseload, context" in found.explain()
    assert rolled(made, method="met_of_known").expected == 3


def test_met_of_known_keeps_what_the_bounds_leave_open() -> None:
    made = draft()
    measured(made, "a", "green", 10, 10)
    measured(made, "b", "green", 10, "over 5")
    measured(made, "c", "green", 10, 3)
    measured(made, "d", "green", 10, None)
    found = rolled(made, method="met_of_known")
    assert (found.reported, found.expected) == (3, 4)
    assert str(found).startswith("Villages are green: 33.3 to 66.7 % (met of known; 3 of 4 reported; 25 to 50 % if the missing were 0")
    assert found.if_missing_zero == Interval("0.25", "0.5")
    assert found.if_missing_on_target == Interval("0.5", "0.75")
    assert found.assumed == ("the bounds leave open whether 1 of them is met",)


def test_to_date_and_life_are_two_numbers() -> None:
    made = draft()
    made.indicator("a", of="green", unit="item", direction="increase", accumulation="incremental", report="per_period")
    for half, target, actual in (("2024-01/2024-06", 10, 10), ("2024-07/2024-12", 30, 10)):
        made.target("a", target, period=half)
        made.actual("a", actual, period=half)
    model = made.done()
    table = toc.achievement(model, as_of="2024-07-15")
    assert roll_up(model, table, "green", method="weighted_mean", scope="to_date").bounds == Interval.exactly(1)
    assert roll_up(model, table, "green", method="weighted_mean").left_out == {"a": "not due yet"}
    ended = toc.achievement(model)
    assert roll_up(model, ended, "green", method="weighted_mean").bounds == Interval.exactly("0.5")


def test_over_achievement_counts_whole_unless_clipped() -> None:
    made = draft()
    measured(made, "a", "green", 10, 30)
    measured(made, "b", "green", 10, 0)
    assert rolled(made).bounds == Interval.exactly("1.5")
    assert rolled(made, clip=(None, 1)).bounds == Interval.exactly("0.5")


def test_records_are_flat() -> None:
    made = draft()
    measured(made, "a", "green", 10, 5)
    record = rolled(made).record()
    assert record["share_low"] == record["share_high"] == Decimal("0.5")
    assert record["weights"] == "a 1"


def test_standing_counts_by_status_for_each_objective() -> None:
    made = draft()
    measured(made, "a", "train", 10, 10)
    measured(made, "b", "green", 10, None)
    model = made.done()
    row = standing(model, toc.achievement(model)).one()
    assert (row.node, row.met, row.missing, row.reported, len(row.indicators)) == ("green", 1, 1, 1, 2)
