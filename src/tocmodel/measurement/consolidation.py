"""What one indicator amounts to over its reporters, its sites and its sub-programmes, by its own rule and with coverage."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from tocmodel.errors import RefusedError, UnknownIdError
from tocmodel.figures import Figure, Interval, Missing, to_decimal
from tocmodel.figures.display import shown
from tocmodel.measurement.achieving import as_judged, day_of
from tocmodel.measurement.actuals import factor_of, is_count, is_share
from tocmodel.measurement.aggregation import MissingPolicy, TreeNode, aggregate, aggregate_ratio, tree_totals
from tocmodel.measurement.breakdowns import breakdown_sum
from tocmodel.measurement.formulas import Reason
from tocmodel.measurement.people import union_bounds
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.messages import message
from tocmodel.model import Actual, Combine, Coverage, Dimension, Indicator, IndicatorKind, TheoryOfChange
from tocmodel.model.record import choice
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.tables import Column, Table


@frozen
class Part:
    """What a reporter, a site or a programme contributes.

    Attributes:
        name: its id.
        title: its title.
        figure: what it reports itself.
        numerator: of a percentage or ratio.
        denominator: of a percentage or ratio.
        included: whether it counts for the whole.
        total: of a programme, its own figure and those of all that count for it; its own figure for others.
        coverage: how many figures the total rests on, of how many expected.
    """

    name: str
    title: str
    figure: Figure
    numerator: Figure = field(factory=Figure.gap)
    denominator: Figure = field(factory=Figure.gap)
    included: bool = True
    total: Figure = field(factory=Figure.gap)
    coverage: tuple[int, int] = (0, 0)

    def record(self) -> dict[str, object]:
        """The part as one flat record."""
        ends = {"figure": self.figure, "numerator": self.numerator, "denominator": self.denominator, "total": self.total}
        bounds = {name: figure.bounds or Interval() for name, figure in ends.items()}
        return {
            "name": self.name,
            "title": self.title,
            **{f"{name}_low": ends.low for name, ends in bounds.items()},
            **{f"{name}_high": ends.high for name, ends in bounds.items()},
            "included": self.included,
            "reported": self.coverage[0],
            "expected": self.coverage[1],
        }


_OWN: tuple[Column[Part], ...] = (
    Column("part", lambda part: part.title),
    Column("figure", lambda part: shown(part.figure), number=True),
    Column("counts", lambda part: "yes" if part.included else "no"),
)
_TREE: tuple[Column[Part], ...] = (
    *_OWN,
    Column("total", lambda part: shown(part.total), number=True),
    Column("reported", lambda part: f"{part.coverage[0]} of {part.coverage[1]}", number=True),
)


@frozen(repr=False)
class PartsTable(Table[Part]):
    """The parts of an indicator, and what they amount to.

    Attributes:
        whole: what they amount to; a gap where there is no number.
        reason: why there is none.
        coverage: how many parts are reported, of how many expected.
        method: how they were put together, in words.
        unique: where they count people that several of them may have reached: how many different ones, as bounds.
    """

    whole: Figure = field(factory=Figure.gap, kw_only=True)
    reason: Reason | None = field(default=None, kw_only=True)
    coverage: tuple[int, int] = field(default=(0, 0), kw_only=True)
    method: str = field(default="", kw_only=True)
    unique: Interval | None = field(default=None, kw_only=True)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table: the whole with its coverage, and the notes."""
        if not self.method:
            return self.notes
        number = str(self.reason).replace("_", " ") if self.reason else shown(self.whole)
        whole = f"Together: {number} ({self.method}; {self.coverage[0]} of {self.coverage[1]} reported)."
        people = () if self.unique is None else (f"Different people: {self.unique}.",)
        return (whole, *people, *self.notes)


def over_reporters(
    model: TheoryOfChange,
    indicator: str,
    *,
    slice: object = None,
    period: Period | str | None = None,
    combine: Combine | str | None = None,
    without: Iterable[str] = (),
    expected: Iterable[str] = (),
    policy: Policy = DEFAULT,
    as_of: date | str | None = None,
) -> PartsTable:
    """What an indicator amounts to over those who report it.

    Counts add, whatever their accumulation: each reporter's figure is first what its own reports amount to over time.
    Percentages and ratios are the sum of numerators over the sum of denominators. A reporter that is left out stays left
    out, whatever the order; a published total without a reporter is no part.

    Args:
        model: the model.
        indicator: the id of the indicator.
        slice: the part of a breakdown; the total where left out.
        period: the period; the whole life of the programme where left out.
        combine: another rule for counts: mean, max or min.
        without: the ids of reporters that do not count.
        expected: the ids of reporters that should have reported, besides those that did.
        policy: the conventions; ``missing`` says what a missing reporter does to the whole.
        as_of: the date of judgement; the programme's own where left out, and without any nothing is due. What is due without a
            report counts as in the achievement table.

    Raises:
        UnknownIdError: if no indicator, or no actor named here, has the id.
        RefusedError: if the figures cannot be put together that way; the message says what can.

    Example:
        >>> draft = TheoryOfChange.build("readers", period="2024")
        >>> clubs = draft.activity("clubs", "Reading clubs")
        >>> for id in ("north", "south"):
        ...     _ = draft.actor(id, id.title())
        >>> books = draft.indicator("books", "Books lent", of=clubs, unit="item", accumulation="cumulative")
        >>> for reporter, month, figure in (("north", "2024-01", 2), ("north", "2024-02", 5), ("south", "2024-01", 4)):
        ...     _ = draft.actual(books, figure, period=month, reporter=reporter)
        >>> print(over_reporters(draft.done(), "books").whole)
        9

    Source: docs/reference/formulas.md, F18.
    """
    measured, part = model.indicator(indicator), Slice.read(slice)
    own = [actual for actual in model.actuals_of(indicator) if actual.slice == part]
    names = list(dict.fromkeys([*sorted({actual.reporter for actual in own if actual.reporter}), *expected]))
    excluded = _actors(model, without)
    _actors(model, names)
    titles = {actor.id: str(actor.title) for actor in model.actors}
    parts: list[Part] = []
    for name in names:
        contribution = _part(model, measured, part, period, policy, as_of, name, titles[name], reporter=name)
        parts.append(evolve(contribution, included=name not in excluded))
    unnamed = tuple(actual.id for actual in own if actual.reporter is None)
    notes = (message("no reporter is stated, so they are no parts: %(ids)s", ids=unnamed),) if unnamed and parts else ()
    caption = message("%(title)s, by reporter", title=measured.title)
    return _together(measured, parts, combine, policy, caption, notes, people_overlap=True)


def over_places(
    model: TheoryOfChange,
    indicator: str,
    dimension: str,
    *,
    slice: object = None,
    period: Period | str | None = None,
    combine: Combine | str | None = None,
    without: Iterable[str] = (),
    policy: Policy = DEFAULT,
    as_of: date | str | None = None,
) -> PartsTable:
    """What an indicator amounts to over the categories of a dimension, such as sites.

    Args:
        model: the model.
        indicator: the id of the indicator.
        dimension: the dimension; composite categories, such as a region that holds districts, are no parts.
        slice: a part of other breakdowns to look at, such as ``{"sex": "girls"}``; the total where left out.
        period: the period; the whole life of the programme where left out.
        combine: another rule for counts: mean, max or min.
        without: categories that do not count.
        policy: the conventions; ``missing`` says what a missing place does to the whole.
        as_of: the date of judgement; the programme's own where left out, and without any nothing is due. What is due without a
            report counts as in the achievement table.

    Raises:
        UnknownIdError: if no indicator has the id, or it is not broken down by the dimension.
        RefusedError: if the categories overlap and are to be added, or the figures cannot be put together that way.

    Source: docs/reference/formulas.md, F18.
    """
    measured, other = model.indicator(indicator), Slice.read(slice)
    coverage = {item.dimension: item.coverage for item in measured.by}
    if dimension not in coverage:
        raise UnknownIdError(dimension, f"breakdown of {indicator!r}", list(coverage))
    declared = model.by_id.get(dimension)
    titles = {item.id: str(item.title) or item.id for item in declared.categories} if isinstance(declared, Dimension) else {}
    composite = {item.id for item in declared.categories if item.members} if isinstance(declared, Dimension) else set[str]()
    found = {actual.slice[dimension] for actual in model.actuals_of(indicator) if dimension in actual.slice.dimensions}
    excluded = set(without)
    parts: list[Part] = []
    for name in dict.fromkeys([*titles, *sorted(found)]):
        if name not in composite:
            where = Slice((*other.pairs, (dimension, name)))
            part = _part(model, measured, where, period, policy, as_of, name, titles.get(name, name))
            parts.append(evolve(part, included=name not in excluded))
    if coverage[dimension] is Coverage.OVERLAPPING and _rule(measured, combine) in {None, Combine.SUM}:
        raise RefusedError(
            f"the categories of {dimension!r} overlap and are not added; use combine='max', or ask people_reached for bounds"
        )
    caption = message("%(title)s, by %(dimension)s", title=measured.title, dimension=dimension)
    table = _together(measured, parts, combine, policy, caption, ())
    if coverage[dimension] is Coverage.PARTIAL and _rule(measured, combine) is Combine.SUM and table.whole.bounds is not None:
        least = breakdown_sum({part.name: part.figure for part in parts if part.included}, Coverage.PARTIAL)
        note = message("%(dimension)s does not cover the whole: the sum is a lower bound", dimension=dimension)
        return evolve(table, whole=evolve(least, unit=measured.unit), notes=(*table.notes, note))
    return table


def over_programmes(
    programmes: Sequence[TheoryOfChange],
    indicator: str,
    *,
    under: Mapping[str, str | Sequence[str]],
    period: Period | str | None = None,
    without: Iterable[str] = (),
    policy: Policy = DEFAULT,
    as_of: date | str | None = None,
) -> PartsTable:
    """What an indicator amounts to in a hierarchy of programmes: for each, its own figure and those of all below it.

    A programme that counts for several others counts once for each, also where they share a parent. One that is left out
    counts for none, nor does what lies below it, whatever the order; its own total stands.

    Args:
        programmes: the models; each is known by the id of its programme.
        indicator: the id of the indicator, the same in all of them; a model without it is expected to report nothing.
        under: for the id of a programme, the one or those that it counts for.
        period: the period; the whole life of each programme where left out.
        without: the ids of programmes that do not count for others.
        policy: the conventions; ``missing`` says what a missing programme does to the totals above it.
        as_of: the date of judgement; each programme's own where left out, and without any nothing is due. What is due without a
            report counts as in the achievement table.

    Raises:
        UnknownIdError: if no model belongs to an id, or none has the indicator.
        UnitMismatchError: if the programmes measure it in units that do not convert.
        RefusedError: if its figures cannot be put together, such as ratings.

    Source: docs/reference/formulas.md, F19.
    """
    models = {model.programme.id: model for model in programmes}
    excluded = set(without)
    parents = {id: (above,) if isinstance(above, str) else tuple(above) for id, above in under.items()}
    for id in [*parents, *excluded, *(above for group in parents.values() for above in group)]:
        if id not in models:
            raise UnknownIdError(id, "programme", list(models))
    having = {id: model.indicator(indicator) for id, model in models.items() if isinstance(model.by_id.get(indicator), Indicator)}
    if not having:
        raise UnknownIdError(indicator, "indicator", sorted({item.id for model in programmes for item in model.indicators}))
    first = next(iter(having.values()))
    _rule(first, None)
    parts: list[Part] = []
    for id, model in models.items():
        title = str(model.programme.title) or id
        part = Part(id, title, Figure.gap(Missing.NOT_APPLICABLE))
        if id in having:
            part = _part(model, having[id], Slice(), period, policy, as_of, id, title)
            part = evolve(part, figure=part.figure.into(first.unit)) if first.unit and part.figure.bounds else part
        parts.append(evolve(part, included=id not in excluded))
    caption = message("%(title)s, by programme", title=first.title)
    return PartsTable(tuple(_tree(first, parts, parents, set(having), policy)), _TREE, caption)


def _rule(indicator: Indicator, asked: Combine | str | None) -> Combine | None:
    """How the figures of an indicator are put together over parts; None for the sum of numerators over that of denominators.

    Raises:
        RefusedError: if that would mislead, or means nothing.
    """
    how = None if asked is None else choice(Combine)(asked)
    if how is Combine.LATEST:
        raise RefusedError("the latest of several parts means nothing; use sum, mean, max or min")
    if is_count(indicator):
        return how or Combine.SUM
    if is_share(indicator):
        if how in {Combine.SUM, Combine.MEAN}:
            raise RefusedError(
                f"the {how} of percentages or ratios means nothing; state numerators and denominators and leave combine out, or use max or min"
            )
        return how
    if indicator.kind is IndicatorKind.RATING:
        raise RefusedError("ratings are not added or averaged by their codes; use median_rating, worst_rating or mean_rating on them")
    raise RefusedError(f"results of the kind {indicator.kind} cannot be put together; count them by status with standing")


def _actors(model: TheoryOfChange, ids: Iterable[str]) -> frozenset[str]:
    for id in (named := frozenset(ids)):
        if id not in {actor.id for actor in model.actors}:
            raise UnknownIdError(id, "actor", [actor.id for actor in model.actors])
    return named


def _part(
    model: TheoryOfChange,
    indicator: Indicator,
    where: Slice,
    period: Period | str | None,
    policy: Policy,
    as_of: date | str | None,
    name: str,
    title: str,
    *,
    reporter: str | None = None,
) -> Part:
    """The figure of one part, by the same rules over time as everywhere; for ratios with numerator and denominator."""
    stretch = None if period is None else Period.read(period)
    result = as_judged(model, indicator, where, stretch, as_of=day_of(model, as_of), policy=policy, checked=False, reporter=reporter)
    part = Part(name, title, result.figure, total=result.figure)
    if not is_share(indicator):
        return part
    behind = [value for id in result.inputs if isinstance(value := model.by_id.get(id), Actual)]
    above = aggregate([value.numerator or Figure.gap() for value in behind], missing=MissingPolicy.SKIP_IF_ANY).bounds
    below = aggregate([value.denominator or Figure.gap() for value in behind], missing=MissingPolicy.SKIP_IF_ANY).bounds
    return part if above is None or below is None else evolve(part, numerator=Figure("", above), denominator=Figure("", below))


def _together(
    indicator: Indicator,
    parts: Sequence[Part],
    combine: Combine | str | None,
    policy: Policy,
    caption: str,
    notes: tuple[str, ...],
    *,
    people_overlap: bool = False,
) -> PartsTable:
    rule = _rule(indicator, combine)
    counted = [part for part in parts if part.included]
    excluded = tuple(part.name for part in parts if not part.included)
    if excluded:
        notes = (*notes, message("left out: %(ids)s", ids=excluded))
    if rule is None:
        result = aggregate_ratio(
            [(part.numerator, part.denominator) for part in counted], scale=scale_of(indicator), missing=_for_ratios(policy)
        )
        bounds, reason, method = result.share.bounds, result.share.reason, "sum of numerators / sum of denominators"
        coverage = (result.reported, result.expected)
    else:
        whole = aggregate([part.figure for part in counted], rule, missing=policy.missing)
        bounds, reason, method, coverage = whole.bounds, whole.reason, rule.value, (whole.reported, whole.expected)
    known = [part.figure.bounds for part in counted if part.figure.bounds is not None]
    shared = people_overlap and rule is Combine.SUM and indicator.unit == "person" and len(known) > 1
    return PartsTable(
        tuple(parts),
        _OWN,
        caption,
        notes,
        whole=Figure.gap(unit=indicator.unit) if bounds is None else Figure("", bounds, indicator.unit),
        reason=reason,
        coverage=coverage,
        method=method,
        unique=union_bounds(known) if shared else None,
    )


def scale_of(indicator: Indicator) -> Decimal:
    """What numerator / denominator is multiplied by to be in the indicator's unit.

    Raises:
        RefusedError: if it is a rate per year, whose parts may cover different days.
    """
    if indicator.annualised:
        raise RefusedError("a rate per year cannot be put together from parts that may cover different days; add the counts behind it")
    return to_decimal(factor_of(indicator))


def _for_ratios(policy: Policy) -> MissingPolicy:
    """A missing ratio neither counts as zero nor bounds the whole: under these conventions it leaves no number."""
    cannot = {MissingPolicy.BOUND, MissingPolicy.NEVER_SKIP}
    return MissingPolicy.SKIP_IF_ANY if policy.missing in cannot else policy.missing


def _tree(
    indicator: Indicator, parts: Sequence[Part], parents: Mapping[str, tuple[str, ...]], having: set[str], policy: Policy
) -> Iterable[Part]:
    def totals(own: Mapping[str, Figure]) -> dict[str, Figure]:
        return tree_totals([TreeNode(part.name, own[part.name], parents.get(part.name, ()), part.included) for part in parts])

    ratios = is_share(indicator)
    known = {part.name: (part.denominator if ratios else part.figure).bounds is not None for part in parts}
    reported = totals({name: Figure.read(int(there)) for name, there in known.items()})
    expected = totals({name: Figure.read(int(name in having)) for name in known})
    figures = totals({part.name: part.figure for part in parts})
    above, below = totals({part.name: part.numerator for part in parts}), totals({part.name: part.denominator for part in parts})
    for part in parts:
        coverage = int(reported[part.name].value or 0), int(expected[part.name].value or 0)
        complete = coverage[0] == coverage[1]
        if ratios:
            share = aggregate_ratio([(above[part.name], below[part.name])], scale=scale_of(indicator)).share.bounds
            allowed = complete or _for_ratios(policy) is MissingPolicy.SKIP_IF_ALL
            total = Figure("", share, indicator.unit) if share is not None and allowed else Figure.gap(unit=indicator.unit)
        else:
            total = _under(figures[part.name], complete=complete, missing=policy.missing)
        yield evolve(part, total=evolve(total, unit=indicator.unit), coverage=coverage)


def _under(total: Figure, *, complete: bool, missing: MissingPolicy) -> Figure:
    """A sum of what is known, as what is missing leaves it."""
    if complete or total.bounds is None or missing in {MissingPolicy.SKIP_IF_ALL, MissingPolicy.NEVER_SKIP}:
        return total
    if missing is MissingPolicy.SKIP_IF_ANY:
        return Figure.gap()
    return Figure("", Interval(total.bounds.low, None, low_open=total.bounds.low_open))
