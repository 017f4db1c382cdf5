"""What is measured: indicators, their breakdowns, and the baselines, targets and actuals reported for them."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, TypeAlias

from attrs import Factory, field, frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Figure, figure_from_plain
from tocmodel.messages import message
from tocmodel.model.record import (
    Record,
    Text,
    Titled,
    choice,
    flag,
    ids,
    many,
    optional_choice,
    optional_id,
    optional_number,
    optional_part,
    optional_period,
    optional_whole,
    part,
    to_id,
)
from tocmodel.periods import Period, to_moment
from tocmodel.slices import Slice
from tocmodel.units import to_unit
from tocmodel.words import Word


class IndicatorKind(Word):
    """What an indicator's figures are. IATI's measures map onto them."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    RATIO = "ratio"
    RATING = "rating"
    MILESTONE = "milestone"
    TEXT = "text"


class Direction(Word):
    """Which way is better. A caseload is context: neither good nor bad when it rises."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"
    CONTEXT = "context"
    UNKNOWN = "unknown"


class Accumulation(Word):
    """What successive actuals mean: each one new, a running total, or the state at a date."""

    INCREMENTAL = "incremental"
    CUMULATIVE = "cumulative"
    SNAPSHOT = "snapshot"
    UNKNOWN = "unknown"


class ReportBasis(Word):
    """Whether a period's figure and target cover that period only, or everything since the start."""

    PER_PERIOD = "per_period"
    TO_DATE = "to_date"
    UNKNOWN = "unknown"


class Coverage(Word):
    """Whether the categories of a breakdown make up the whole, a part of it, or overlap."""

    EXHAUSTIVE = "exhaustive"
    PARTIAL = "partial"
    OVERLAPPING = "overlapping"


class Combine(Word):
    """How several values become one."""

    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    LATEST = "latest"


class Change(Word):
    """What a target states if it is a change from the baseline: so many more or fewer, or so many percent of the baseline."""

    AMOUNT = "amount"
    PERCENT = "percent"


class Operation(Word):
    """How a derived indicator is made from others."""

    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"


@frozen
class Category:
    """A category of a dimension.

    Attributes:
        id: its id inside the dimension.
        title: its name; the id where left out.
        members: for a composite category, such as a union of places, the categories it consists of.
    """

    id: str = field(converter=str)
    title: Text = field(default=Text(), converter=Text.read)
    members: tuple[str, ...] = field(default=(), converter=many(str))


@frozen(kw_only=True)
class Dimension(Titled):
    """Something that figures are broken down by, such as sex or age.

    Attributes:
        categories: its categories; none means that any category will do.
    """

    section: ClassVar[str] = "dimensions"

    categories: tuple[Category, ...] = field(default=(), converter=many(part(Category, shorthand="id")))


@frozen
class Breakdown:
    """How one indicator is broken down by a dimension.

    Attributes:
        dimension: the dimension.
        coverage: exhaustive, partial or overlapping.
    """

    dimension: str = field(converter=str)
    coverage: Coverage = field(default=Coverage.EXHAUSTIVE, converter=choice(Coverage))


@frozen
class Code:
    """A code of a vocabulary, such as an SDG target or an IATI indicator reference."""

    vocabulary: str = field(converter=str)
    code: str = field(converter=str)
    uri: str = field(default="", converter=str)


@frozen
class ScaleLevel:
    """A level of a rating scale, with its score where the scale has scores."""

    name: str = field(converter=str)
    score: Decimal | None = field(default=None, converter=optional_number)


@frozen
class Term:
    """An indicator inside a derivation, with the factor it is multiplied by."""

    indicator: str = field(converter=to_id)
    factor: Decimal | None = field(default=None, converter=optional_number)


@frozen
class Derivation:
    """How an indicator is calculated from others: a sum, a difference, or one sum over another.

    Attributes:
        operation: sum, difference or ratio.
        terms: what is added, what is subtracted from, or the numerator.
        over: what is subtracted, or the denominator.
    """

    operation: Operation = field(converter=choice(Operation))
    terms: tuple[Term, ...] = field(converter=many(part(Term, shorthand="indicator")))
    over: tuple[Term, ...] = field(default=(), converter=many(part(Term, shorthand="indicator")))


def _unit(value: object) -> str | None:
    return None if value is None else to_unit(str(value))


def _above_zero(value: object) -> Decimal | None:
    number = optional_number(value)
    if number is not None and number <= 0:
        said = message("not above zero: %(value)s", value=repr(value))
        raise FieldError(said, message("leave it out where there is none"))
    return number


def _at_least_one(value: object) -> int | None:
    number = optional_whole(value)
    if number is not None and number < 1:
        said = message("not one or more: %(value)s", value=repr(value))
        raise FieldError(said, message("leave it out where it is not known"))
    return number


@frozen(kw_only=True)
class Indicator(Titled):
    """What is measured of a node.

    Attributes:
        of: the id of the node.
        kind: count, percentage, ratio, rating, milestone or text.
        unit: what it is counted in; None for results in words.
        population: whom the unit counts, such as girls or officials.
        direction: which way is better.
        accumulation: what successive actuals mean.
        report: what a period's figure covers.
        combine: what several reports amount to over time, where it is not what follows from the accumulation: for new
            results sum, mean, max or min; for running totals latest or max; for states latest, mean, max or min.
        by: its breakdowns.
        numerator: of a percentage or ratio, what stands above, in words.
        denominator: what stands below, in words.
        factor: what numerator / denominator is multiplied by, above zero, such as 1000 for a rate per thousand; 100 for
            percent, 1000 for per mille and 1 otherwise where left out.
        annualised: whether the ratio is a rate for a year, so that it is scaled up or down by the days that a report covers.
        scale: the levels of a rating, worst first.
        tolerance: how far from a maintain target counts as maintained.
        definition, calculation, means_of_verification, collection_method, frequency, limitations: the reference sheet.
        responsible: the actor who reports it.
        codes: its codes in the vocabularies of others.
        derived: how it follows from other indicators; None if it is reported itself.
    """

    section: ClassVar[str] = "indicators"

    of: str = field(converter=to_id)
    kind: IndicatorKind = field(default=IndicatorKind.COUNT, converter=choice(IndicatorKind))
    unit: str | None = field(default=None, converter=_unit)
    population: str = field(default="", converter=str)
    direction: Direction = field(default=Direction.UNKNOWN, converter=choice(Direction))
    accumulation: Accumulation = field(default=Accumulation.UNKNOWN, converter=choice(Accumulation))
    report: ReportBasis = field(default=ReportBasis.UNKNOWN, converter=choice(ReportBasis))
    combine: Combine | None = field(default=None, converter=optional_choice(Combine))
    by: tuple[Breakdown, ...] = field(default=(), converter=many(part(Breakdown, shorthand="dimension")))
    numerator: Text = field(default=Text(), converter=Text.read)
    denominator: Text = field(default=Text(), converter=Text.read)
    factor: Decimal | None = field(default=None, converter=_above_zero)
    annualised: bool = field(default=False, converter=flag)
    scale: tuple[ScaleLevel, ...] = field(default=(), converter=many(part(ScaleLevel, shorthand="name")))
    tolerance: Decimal | None = field(default=None, converter=optional_number)
    definition: Text = field(default=Text(), converter=Text.read)
    calculation: Text = field(default=Text(), converter=Text.read)
    means_of_verification: Text = field(default=Text(), converter=Text.read)
    collection_method: Text = field(default=Text(), converter=Text.read)
    frequency: str = field(default="", converter=str)
    responsible: str | None = field(default=None, converter=optional_id)
    limitations: Text = field(default=Text(), converter=Text.read)
    codes: tuple[Code, ...] = field(default=(), converter=many(part(Code)))
    derived: Derivation | None = field(default=None, converter=optional_part(Derivation))


def _figure(value: object) -> Figure:
    return figure_from_plain(value)


def _target_figure(value: object) -> Figure:
    return figure_from_plain(value, threshold=True)


def _optional_figure(value: object) -> Figure | None:
    return None if value is None else figure_from_plain(value)


def _moment(value: object) -> date | datetime | None:
    return None if value is None else to_moment(value)


def _name(value: "ValueFields") -> str:
    """An id made of what tells a value from others; whatever an id may not hold becomes an underscore."""
    when = "" if value.period is None else f".{value.period}"
    part = f".{str(value.slice).replace(', ', ',')}" if value.slice else ""
    name = f"{value.indicator}.{value.kind}{when}{part}"
    if not name.isprintable():
        name = "".join(sign if sign.isprintable() else "_" for sign in name)
    return name.replace(" ", "_").replace("/", "_")


def _no_figure(value: "ValueFields") -> Figure:
    """What stands for a figure that was left out: it follows from numerator and denominator, or is a fault."""
    if value.numerator is None or value.denominator is None:
        said = message("the figure is missing")
        raise FieldError(
            said,
            message("write figure: …, or numerator and denominator; what nobody reported is figure: missing"),
            ("figure", "numerator", "denominator"),
        )
    return Figure.gap()


@frozen(kw_only=True)
class ValueFields(Record):
    """What every baseline, target and actual has.

    Attributes:
        indicator: the id of the indicator.
        id: made from indicator, kind, period and slice unless given; made unique by the builder.
        figure: the number, its bounds, words, or why it is missing; it may be left out where numerator and denominator give it.
        numerator: of a percentage or ratio.
        denominator: of a percentage or ratio.
        period: what it covers; for a target, None is the whole life of the programme.
        slice: the part of a breakdown it speaks of; empty for the total.
        place: where, in words.
        supersedes: the id of the value it replaces.
        comparability: what makes it hard to compare with its counterpart; printed with every percentage.
    """

    kind: ClassVar[str] = ""

    indicator: str = field(converter=to_id)
    period: Period | None = field(default=None, converter=optional_period)
    slice: Slice = field(default=Slice(), converter=Slice.read)
    id: str = field(default=Factory(_name, takes_self=True), converter=to_id)
    numerator: Figure | None = field(default=None, converter=_optional_figure)
    denominator: Figure | None = field(default=None, converter=_optional_figure)
    figure: Figure = field(default=Factory(_no_figure, takes_self=True), converter=_figure)
    place: str = field(default="", converter=str)
    supersedes: str | None = field(default=None, converter=optional_id)
    comparability: Text = field(default=Text(), converter=Text.read)


@frozen(kw_only=True)
class Baseline(ValueFields):
    """The state before the programme.

    Attributes:
        zero_by_construction: whether it is zero because nothing of the kind existed before.
    """

    section: ClassVar[str] = "baselines"
    kind: ClassVar[str] = "baseline"

    zero_by_construction: bool = field(default=False, converter=flag)


@frozen(kw_only=True)
class Target(ValueFields):
    """What is to be reached. "At least N" and "N+" state the threshold N.

    Attributes:
        change: whether the figure is a change from the baseline: its amount, below zero for a fall, or a percentage of the
            baseline. None, the default, is the level to be reached.
    """

    section: ClassVar[str] = "targets"
    kind: ClassVar[str] = "target"

    figure: Figure = field(default=Factory(_no_figure, takes_self=True), converter=_target_figure)
    change: Change | None = field(default=None, converter=optional_choice(Change))

    def in_points_of(self, unit: str) -> bool:
        """Whether it is a change in percentage points of an indicator in percent, to whose baseline such points add."""
        return self.change is Change.AMOUNT and self.figure.unit == "percentage_point" and unit == "percent"


class ActualState(Word):
    """How far an actual has come; only approved ones count."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    DELETED = "deleted"


@frozen
class Sample:
    """The sample behind a survey figure.

    Attributes:
        n: how many were asked, one or more.
        design_effect: how many times more than a simple random sample it would take, above zero; None if not stated.
        design: how they were chosen, in words.
    """

    n: int | None = field(default=None, converter=_at_least_one)
    design_effect: Decimal | None = field(default=None, converter=_above_zero)
    design: str = field(default="", converter=str)


@frozen(kw_only=True)
class Actual(ValueFields):
    """What was reached.

    Attributes:
        measured: when it was measured; None where not known.
        reported: when it was reported: a date, or a time in UTC.
        sequence: orders reports of the same moment; the later counts.
        reporter: the actor who reported it.
        state: draft, approved, rejected or deleted.
        sample: the sample behind it.
        quality: notes on the quality of the data.
    """

    section: ClassVar[str] = "actuals"
    kind: ClassVar[str] = "actual"

    measured: Period | None = field(default=None, converter=optional_period)
    reported: date | datetime | None = field(default=None, converter=_moment)
    sequence: int | None = field(default=None, converter=optional_whole)
    reporter: str | None = field(default=None, converter=optional_id)
    state: ActualState = field(default=ActualState.APPROVED, converter=choice(ActualState))
    sample: Sample | None = field(default=None, converter=optional_part(Sample, shorthand="n"))
    quality: Text = field(default=Text(), converter=Text.read)


Value: TypeAlias = Baseline | Target | Actual


@frozen(kw_only=True)
class Overlap(Record):
    """How many people several indicators count twice, where that is known or bounded.

    Attributes:
        between: ids of the indicators.
        figure: how many are in all of them: exact or bounds.
        slice: the part of a breakdown it speaks of.
    """

    section: ClassVar[str] = "overlaps"

    between: tuple[str, ...] = field(converter=ids)
    figure: Figure = field(converter=_figure)
    slice: Slice = field(default=Slice(), converter=Slice.read)


@frozen(kw_only=True)
class Cascade(Titled):
    """Indicators that follow the same people or cases from step to step.

    Attributes:
        steps: ids of the indicators, in order.
    """

    section: ClassVar[str] = "cascades"

    steps: tuple[str, ...] = field(converter=ids)
