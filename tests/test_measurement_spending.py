"""Budget and spend: absorption, currencies that never add by themselves, and cost per result only where declared."""

from decimal import Decimal

import pytest

import tocmodel as toc
from tocmodel.measurement.spending import ExchangeRate, spending


def wells(currency: str | None = "KES") -> toc.TheoryBuilder:
    draft = toc.TheoryOfChange.build("wells", "Water points (fictional)", currency=currency)
    draft.activity("dig", "Dig", budget=1000, spend=850)
    draft.activity("train", "Train", budget="500 EUR", spend="100 EUR")
    draft.objective("water", "Water flows", budget=9000)
    return draft


def test_absorption_is_spend_over_budget() -> None:
    table = spending(wells().done())
    assert [str(row.absorption) for row in table] == ["85 %", "20 %", "missing actual"]
    assert table.rows[0].record()["absorption_low"] == Decimal("0.85")


def test_currencies_are_not_added() -> None:
    table = spending(wells().done())
    total = table.totals["activity"]
    assert total.budget.bounds is None
    assert total.absorption.bounds is None
    assert "figures in EUR, KES are not added: state an exchange rate with its source" in str(table)


def test_a_stated_rate_adds_them_in_either_direction_and_is_printed() -> None:
    for rate in (ExchangeRate("EUR", "KES", "100", "Central Bank", "2024-06-30"), ExchangeRate("KES", "EUR", "0.01", "Bank", "2024-06-30")):
        table = spending(wells().done(), rates=[rate])
        total = table.totals["activity"]
        assert (str(total.budget), str(total.spend), total.budget.unit) == ("51000", "10850", "KES")
        assert f"converted: {rate}" in str(table)
    assert spending(wells().done(), rates=[rate], into="EUR").rows[0].budget.value == 10


def test_levels_are_never_added_together() -> None:
    table = spending(wells().done())
    assert set(table.totals) == {"activity", "objective"}
    assert str(table.totals["objective"].budget) == "9000"


def test_a_budget_in_one_currency_and_a_spend_in_another_are_not_compared() -> None:
    draft = toc.TheoryOfChange.build("wells")
    draft.activity("dig", "Dig", budget="10 EUR", spend="900 KES")
    assert spending(draft.done()).one().absorption.reason == "unit_mismatch"


def test_a_budget_of_nothing_has_no_absorption() -> None:
    draft = toc.TheoryOfChange.build("wells", currency="KES")
    draft.activity("dig", "Dig", budget=0, spend=5)
    assert spending(draft.done()).one().absorption.reason == "zero_target"


@pytest.mark.parametrize("declared", [True, False])
def test_cost_per_result_stands_only_where_its_author_declares_it(declared: bool) -> None:
    draft = toc.TheoryOfChange.build("wells", currency="KES")
    draft.activity("dig", "Dig", budget=1000, spend=900, cost_attributable=declared)
    draft.indicator("wells-dug", of="dig", unit="item", direction="increase")
    draft.actual("wells-dug", "over 7")
    table = spending(draft.done())
    costs = [str(item.cost.bounds) for item in table.one().per_result]
    assert costs == (["more than 0 to 112.5"] if declared else [])
    assert ("112.5" in str(table)) is declared


def test_the_order_is_the_authors_and_no_ranking() -> None:
    draft = toc.TheoryOfChange.build("wells", currency="KES")
    for id, spend in (("c", 5), ("a", 900), ("b", 1)):
        draft.activity(id, id, spend=spend)
    assert [row.node for row in spending(draft.done())] == ["c", "a", "b"]


def test_rates_need_a_source_and_to_be_above_zero() -> None:
    with pytest.raises(toc.TocmodelError, match="without a source"):
        ExchangeRate("EUR", "KES", "100", " ", "2024-06-30")
    with pytest.raises(toc.TocmodelError, match="not an exchange rate"):
        ExchangeRate("EUR", "KES", "0", "Bank", "2024-06-30")
