"""What was planned and spent on the nodes of a theory: absorption, totals in one currency, and cost per result where declared."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Figure, Interval, to_decimal, total
from tocmodel.figures.display import rounded, shown
from tocmodel.measurement.achieving import as_judged, day_of
from tocmodel.measurement.actuals import is_count
from tocmodel.measurement.formulas import Ratio, Reason, attainment, ratio
from tocmodel.measurement.tracking import LEVELS, level_of
from tocmodel.model import Node, TheoryOfChange
from tocmodel.periods import to_date
from tocmodel.tables import Column, Table
from tocmodel.units import to_unit


def _positive(value: object) -> Decimal:
    number = to_decimal(value)
    if number <= 0:
        message = f"not an exchange rate: {value!r}"
        raise FieldError(message, "a rate is above zero")
    return number


def _stated(value: object) -> str:
    if not str(value).strip():
        message = "an exchange rate without a source"
        raise FieldError(message, "say who published it")
    return str(value)


@frozen
class ExchangeRate:
    """How much of one currency one unit of another is, and who says so.

    Attributes:
        of: the currency that is converted.
        into: the currency that it is converted into.
        rate: how much of `into` one unit of `of` is.
        source: who published it.
        on: the day it held.
    """

    of: str = field(converter=to_unit)
    into: str = field(converter=to_unit)
    rate: Decimal = field(converter=_positive)
    source: str = field(converter=_stated)
    on: date = field(converter=to_date)

    def __str__(self) -> str:
        return f"1 {self.of} = {self.rate} {self.into} on {self.on} ({self.source})"


@frozen
class CostPerResult:
    """What one unit of a result cost, where the author declares that the cost belongs to it.

    Attributes:
        indicator: the id of the indicator.
        unit: what it counts.
        cost: spend / actual; or why there is none.
    """

    indicator: str
    unit: str | None
    cost: Ratio


@frozen
class SpendingRow:
    """What was planned for a node and spent on it.

    Attributes:
        node: the id of the node.
        title: its title.
        level: its level of result.
        budget: the money planned.
        spend: the money spent.
        absorption: spend / budget, or why there is none.
        per_result: the cost of one unit of each of its results, where the author declares it.
    """

    node: str
    title: str
    level: str
    budget: Figure
    spend: Figure
    absorption: Ratio
    per_result: tuple[CostPerResult, ...] = ()

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        ends = {"budget": self.budget.bounds, "spend": self.spend.bounds, "absorption": self.absorption.bounds}
        return {
            "node": self.node,
            "title": self.title,
            "level": self.level,
            "currency": self.budget.unit or self.spend.unit,
            **{f"{name}_low": bounds.low if bounds else None for name, bounds in ends.items()},
            **{f"{name}_high": bounds.high if bounds else None for name, bounds in ends.items()},
            "reason": self.absorption.reason.value if self.absorption.reason else None,
            "per_result": "; ".join(f"{item.indicator}: {item.cost.bounds}" for item in self.per_result if item.cost.bounds),
        }


def _money(figure: Figure) -> str:
    return "–" if figure.bounds is None else f"{shown(figure)} {figure.unit or ''}".strip()


def _cost(row: SpendingRow) -> str:
    known = [item for item in row.per_result if item.cost.bounds is not None]
    return "; ".join(f"{_two_places(item.cost.bounds)} {row.spend.unit or ''} per {item.unit}" for item in known if item.cost.bounds)


def _two_places(cost: Interval) -> str:
    if cost.value is not None:
        return rounded(cost.value, 2)
    low = None if cost.low is None else rounded(cost.low, 2, "floor")
    high = None if cost.high is None else rounded(cost.high, 2, "ceiling")
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return f"{low} to {high}"


_COLUMNS: tuple[Column[SpendingRow], ...] = (
    Column("level", lambda row: row.level),
    Column("node", lambda row: row.title),
    Column("budget", lambda row: _money(row.budget), number=True),
    Column("spend", lambda row: _money(row.spend), number=True),
    Column("absorption", lambda row: str(row.absorption) if row.absorption.bounds else "–", number=True),
    Column("cost per result", _cost),
)


@frozen(repr=False)
class SpendingTable(Table[SpendingRow]):
    """Budget and spend by node, in authored order.

    Attributes:
        totals: for each level with a budget or spend, the sums in one currency. Levels are never added together, for an
            objective's budget may hold those of its activities.
    """

    totals: Mapping[str, SpendingRow] = field(factory=dict, kw_only=True)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table: the totals of each level, and the notes."""
        sums = [
            f"{row.title}: {_money(row.budget)} planned, {_money(row.spend)} spent, "
            f"absorption {row.absorption if row.absorption.bounds else '–'}"
            for row in self.totals.values()
        ]
        return (*sums, *self.notes)


def spending(
    model: TheoryOfChange, *, rates: Iterable[ExchangeRate] = (), into: str | None = None, as_of: date | str | None = None
) -> SpendingTable:
    """Set the spend of every node beside its budget.

    Figures in different currencies are neither added nor compared without a stated rate. The cost of one unit of a result
    stands only where the author declares that a node's cost belongs to its results; it is no ranking.

    Args:
        model: the model.
        rates: exchange rates, each with its source.
        into: the currency to convert into; the programme's own where left out.
        as_of: the date of judgement; the programme's own where left out, and without any nothing is due. Costs are set beside
            the results of the achievement table as of that date; budget and spend have no date.

    Returns:
        A row for each node with a budget or a spend. Absorption is spend / budget, at the level of totals over the nodes that
        have both; it has a reason where there is no number: missing_actual without a spend, missing_target without a budget,
        unit_mismatch for two currencies, zero_target for a budget of nothing.

    Example:
        >>> draft = TheoryOfChange.build("wells", currency="KES")
        >>> dig = draft.activity("dig", "Dig wells", budget=1000, spend=850)
        >>> print(spending(draft.done()).one().absorption)
        85 %

    Source: docs/reference/formulas.md, F20 and F21.
    """
    currency = to_unit(into) if into is not None else model.programme.currency
    known, judged_on = tuple(rates), day_of(model, as_of)
    used: dict[ExchangeRate, None] = {}
    rows: list[SpendingRow] = []
    for node in model.nodes:
        if node.budget is not None or node.spend is not None:
            budget, spend = (_converted(figure, model, currency, known, used) for figure in (node.budget, node.spend))
            title, level = str(node.title), level_of(node)
            rows.append(
                SpendingRow(node.id, title, level, budget, spend, attainment(spend, budget), _per_result(model, node, spend, judged_on))
            )
    totals = {level: _total(level, own) for level in LEVELS if (own := [row for row in rows if row.level == level])}
    mixed = sorted({str(figure.unit or "no stated currency") for row in rows for figure in (row.budget, row.spend) if figure.bounds})
    notes = tuple(f"converted: {rate}" for rate in used)
    if len(mixed) > 1:
        notes = (*notes, f"figures in {', '.join(mixed)} are not added: state an exchange rate with its source")
    caption = f"Budget and spend of {model.programme.title or model.programme.id}"
    return SpendingTable(tuple(rows), _COLUMNS, caption, notes, totals=totals)


def _converted(
    figure: Figure | None,
    model: TheoryOfChange,
    into: str | None,
    rates: tuple[ExchangeRate, ...],
    used: dict[ExchangeRate, None],
) -> Figure:
    if figure is None:
        return Figure.gap(unit=model.programme.currency)
    own = evolve(figure, unit=figure.unit or model.programme.currency)
    if into is None or own.unit in {None, into} or own.bounds is None:
        return own
    for rate in rates:
        if (rate.of, rate.into) == (own.unit, into):
            used[rate] = None
            return evolve(own, printed="", bounds=own.bounds * Interval.exactly(rate.rate), unit=into)
        if (rate.into, rate.of) == (own.unit, into):
            used[rate] = None
            return evolve(own, printed="", bounds=own.bounds / Interval.exactly(rate.rate), unit=into)
    return own


def _per_result(model: TheoryOfChange, node: Node, spend: Figure, as_of: date | None) -> tuple[CostPerResult, ...]:
    if not node.cost_attributable or node.spend is None:
        return ()
    counts = [indicator for indicator in model.indicators if indicator.of == node.id and is_count(indicator)]
    reached = [(indicator, as_judged(model, indicator, as_of=as_of, checked=False).figure) for indicator in counts]
    return tuple(CostPerResult(indicator.id, indicator.unit, ratio(spend, figure)) for indicator, figure in reached)


def _total(level: str, rows: list[SpendingRow]) -> SpendingRow:
    name = f"all nodes of the level {level}"
    both = [row for row in rows if row.budget.bounds is not None and row.spend.bounds is not None]
    absorption = attainment(_sum(row.spend for row in both), _sum(row.budget for row in both)) if both else Ratio(None, Reason.NO_DATA)
    return SpendingRow("", name, level, _sum(row.budget for row in rows), _sum(row.spend for row in rows), absorption)


def _sum(figures: Iterable[Figure]) -> Figure:
    """The sum of what is known, in one currency; a gap where there are several, or nothing."""
    known = [figure for figure in figures if figure.bounds is not None]
    currencies = {figure.unit for figure in known}
    if len(currencies) != 1:
        return Figure.gap()
    return Figure("", total(figure.bounds for figure in known if figure.bounds is not None), currencies.pop())
