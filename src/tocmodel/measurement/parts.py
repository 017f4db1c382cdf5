"""What each report says of a part or a total: published, or derived inside one breakdown; and where breakdowns contradict it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from tocmodel.errors import UnitMismatchError
from tocmodel.figures import Figure, Interval, Missing, total
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.accumulation import Gaps
from tocmodel.measurement.actuals import Combined, Report, categories_of, covered, factor_of, is_count, members_of, order, reported
from tocmodel.measurement.aggregation import MissingPolicy, aggregate
from tocmodel.measurement.breakdowns import BreakdownStatus, breakdown_check, breakdown_sum, differs
from tocmodel.measurement.formulas import ratio
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.reports import over_time
from tocmodel.messages import message
from tocmodel.model import Accumulation, Actual, Breakdown, Coverage, Indicator, IndicatorKind, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice

_DIVIDED = frozenset({IndicatorKind.COUNT, IndicatorKind.PERCENTAGE, IndicatorKind.RATIO})

Reader: TypeAlias = Callable[[Slice], Combined | None]
"""Gives what was reported for a part; None where nobody reported it."""


@frozen
class Parts:
    """How the parts of one indicator make totals.

    Attributes:
        model: the model.
        indicator: the indicator.
        every: all its actuals in force; they say which categories there are where the dimension does not.
        policy: the conventions.
    """

    model: TheoryOfChange
    indicator: Indicator
    every: tuple[Actual, ...]
    policy: Policy

    def reports(self, actuals: Sequence[Actual], part: Slice, *, checked: bool = True) -> tuple[list[Report], tuple[Finding, ...]]:
        """What the actuals say of a part or the total: each that is published, and one derived for each round of the others.

        A round is what one reporter reports of one period, or, without periods, reports that follow each other without
        repeating a part; new results without periods all belong together. In a round with a published figure this one holds.

        Args:
            actuals: the actuals of a stretch of time.
            part: the part; empty for the total.
            checked: whether to look for contradictions.

        Returns:
            The reports, and findings on parts that contradict a published figure or each other.
        """
        direct = [actual for actual in actuals if actual.slice == part]
        if self.indicator.kind not in _DIVIDED or not any(self._belongs(actual.slice, part) for actual in actuals):
            return [self._report(actual) for actual in direct], ()
        found: list[Report] = []
        findings: list[Finding] = []
        known: dict[str, dict[Slice, Actual]] = {}
        for own in self._rounds(actuals, part):
            published = [self._report(actual) for actual in own if actual.slice == part]
            found += published
            read = self._cells(own)
            findings += self._conflicts(own, published, part, read) if checked else ()
            before = known.setdefault(own[0].reporter or "", {})
            derived = None if published else self._derived_after(before, own, part, read)
            found += [derived] if derived else []
            before.update({actual.slice: actual for actual in own})
        return found, tuple(findings)

    def _derived_after(self, before: dict[Slice, Actual], own: Sequence[Actual], part: Slice, read: Reader) -> Report | None:
        """What a round gives; a part that it lacks keeps what it had, where running totals stay reached or the policy says so."""
        totals = is_count(self.indicator) and self.indicator.accumulation is Accumulation.CUMULATIVE
        carries = self.policy.gaps is Gaps.CARRY_FORWARD and self.indicator.accumulation is not Accumulation.INCREMENTAL
        now = {actual.slice for actual in own}
        shapes = {slice.dimensions for slice in now}
        older = [actual for slice, actual in before.items() if slice not in now and slice.dimensions in shapes]
        if not older or not (carries or (totals and self.policy.missing is MissingPolicy.BOUND)):
            return self._derived(own, part, read)
        found = self._derived([*own, *older], part, self._cells([*own, *older]))
        used = sorted(str(actual.slice) for actual in older if found and actual.id in found.inputs)
        if found is None or not used or found.figure.bounds is None:
            return found
        period = _shared(own)
        if carries:
            note = message("carried forward, for lack of a report: %(parts)s", parts="; ".join(used))
            return evolve(found, period=period, assumed=(*found.assumed, note))
        least = Interval(found.figure.bounds.low, None, low_open=found.figure.bounds.low_open)
        note = message("no new report for %(parts)s: what was reached before is a lower bound", parts="; ".join(used))
        reported, expected = found.parts
        figure = evolve(found.figure, printed="", bounds=least)
        return evolve(found, figure=figure, period=period, assumed=(*found.assumed, note), parts=(reported - len(used), expected))

    def _report(self, actual: Actual) -> Report:
        return reported(actual, self.indicator, policy=self.policy)

    def _rounds(self, actuals: Sequence[Actual], part: Slice) -> list[list[Actual]]:
        relevant = sorted((actual for actual in actuals if actual.slice == part or self._belongs(actual.slice, part)), key=order)
        adds = self.indicator.accumulation is Accumulation.INCREMENTAL
        rounds: dict[tuple[str, str], list[Actual]] = {}
        loose: dict[str, list[list[Actual]]] = {}
        published = {(actual.reporter or "", str(covered(actual))) for actual in relevant if actual.slice == part}
        for actual in relevant:
            key = (actual.reporter or "", str(covered(actual)))
            if actual.period is not None or (adds and key in published):
                rounds.setdefault(key, []).append(actual)
                continue
            own = loose.setdefault(actual.reporter or "", [[]])
            if not adds and any(other.slice == actual.slice for other in own[-1]):
                own.append([])
            own[-1].append(actual)
        every = [*rounds.values(), *(own for groups in loose.values() for own in groups)]
        return sorted(every, key=lambda own: order(own[-1]))

    def _belongs(self, slice: Slice, part: Slice) -> bool:
        """Whether a slice is a part of this one, composite categories counted."""
        own = dict(slice.pairs)
        return slice != part and all(
            dimension in own and (own[dimension] == category or own[dimension] in _under(self.model, dimension, category))
            for dimension, category in part
        )

    def _derived(self, own: Sequence[Actual], part: Slice, read: Reader) -> Report | None:
        """The figure that the breakdown which says most gives: exhaustive and complete before incomplete, partial, overlapping."""
        found = [result for breakdown in self._ways(part) if (result := self._along(breakdown, own, part, read)) is not None]
        composite = self._composite(own, part, read)
        found = [composite, *found] if composite else found
        found.sort(key=lambda result: result.figure.bounds is None)
        complete = [result for result in found if result.parts[0] == result.parts[1]]
        return next(iter(complete or found), None)

    def _ways(self, part: Slice) -> list[Breakdown]:
        ranked = sorted(self.indicator.by, key=lambda item: list(Coverage).index(item.coverage))
        return [breakdown for breakdown in ranked if breakdown.dimension not in part.dimensions]

    def _cells(self, own: Sequence[Actual]) -> Reader:
        """A reader of the parts inside one round; None where nobody reported one."""
        known: dict[Slice, Combined | None] = {}

        def read(slice: Slice) -> Combined | None:
            if slice not in known:
                reports, _ = self.reports(own, slice, checked=False)
                known[slice] = over_time(reports, self.indicator, policy=self.policy) if reports else None
            return known[slice]

        return read

    def _along(self, breakdown: Breakdown, own: Sequence[Actual], part: Slice, read: Reader) -> Report | None:
        dimension = breakdown.dimension
        if not any(dimension in actual.slice.dimensions for actual in own):
            return None
        cells = {category: read(Slice((*part.pairs, (dimension, category)))) for category in self._categories(dimension)}
        known = {category: found for category, found in cells.items() if found is not None and found.figure.bounds is not None}
        by_id = {actual.id: actual for actual in own}
        figure = self._whole(breakdown.coverage, cells, by_id) if known else None
        if figure is None:
            known = {
                category: found for category, found in cells.items() if found is not None and found.figure.missing is Missing.SUPPRESSED
            }
            figure = Figure.gap(Missing.SUPPRESSED) if known else None
        if figure is None:
            return None
        if part:
            note = message(
                "no figure was published for %(part)s: it is derived from the breakdown by %(dimension)s",
                part=str(part),
                dimension=dimension,
            )
        else:
            note = message("no total was published: it is derived from the breakdown by %(dimension)s", dimension=dimension)
        return self._report_of(figure, known, len(cells), note, by_id)

    def _categories(self, dimension: str) -> list[str]:
        declared = categories_of(self.model, dimension)
        return declared or sorted({actual.slice[dimension] for actual in self.every if dimension in actual.slice.dimensions})

    def _composite(self, own: Sequence[Actual], part: Slice, read: Reader) -> Report | None:
        """The figure of a declared union of categories, from those of its members."""
        for dimension, category in part:
            members = members_of(self.model, dimension, category)
            if not members or category in _under(self.model, dimension, category):
                continue
            overlaps = any(item.dimension == dimension and item.coverage is Coverage.OVERLAPPING for item in self.indicator.by)
            cells = {member: read(_swapped(part, dimension, member)) for member in members}
            known = {member: found for member, found in cells.items() if found is not None and found.figure.bounds is not None}
            if not known:
                continue
            by_id = {actual.id: actual for actual in own}
            figure = self._whole(Coverage.OVERLAPPING if overlaps else Coverage.EXHAUSTIVE, cells, by_id)
            if figure is not None:
                note = message(
                    "no figure was published for %(category)s: it is derived from %(members)s", category=category, members=tuple(members)
                )
                return self._report_of(figure, known, len(cells), note, by_id)
        return None

    def _report_of(self, figure: Figure, known: dict[str, Combined], expected: int, note: str, by_id: dict[str, Actual]) -> Report:
        inputs = tuple(dict.fromkeys(id for found in known.values() for id in found.inputs))
        behind = [by_id[id] for id in inputs if id in by_id]
        above, below = self._added_up(known, by_id)
        source = next(iter(known.values())).figure.source
        complete = sum(found.coverage[0] == found.coverage[1] for found in known.values())
        return Report(
            figure=evolve(figure, unit=self.indicator.unit or figure.unit, source=source),
            inputs=inputs,
            reporter=behind[0].reporter if behind else None,
            order=max(order(actual) for actual in behind),
            covers=tuple(sorted({days for actual in behind if (days := covered(actual)) is not None})),
            period=_shared(behind),
            assumed=tuple(dict.fromkeys([note, *(text for found in known.values() for text in found.assumed)])),
            numerator=above,
            exposure=below,
            parts=(complete, expected),
        )

    def _added_up(self, known: dict[str, Combined], by_id: dict[str, Actual]) -> tuple[Figure | None, Figure | None]:
        if is_count(self.indicator):
            return None, None
        reports = [self._report(by_id[id]) for found in known.values() for id in found.inputs if id in by_id]
        pairs = [(report.numerator, report.exposure) for report in reports]
        sides = [[side.bounds for side in column if side is not None and side.bounds is not None] for column in zip(*pairs, strict=True)]
        if not pairs or any(len(column) != len(pairs) for column in sides):
            return None, None
        return Figure("", total(sides[0])), Figure("", total(sides[1]))

    def _whole(self, coverage: Coverage, cells: "dict[str, Combined | None]", by_id: dict[str, Actual]) -> Figure | None:
        """What parts make together: counts add; shares only through their numerators and denominators."""
        figures = {category: Figure.gap() if found is None else found.figure for category, found in cells.items()}
        missing = sum(figure.bounds is None for figure in figures.values())
        strategy = self.policy.missing
        if is_count(self.indicator):
            if coverage is Coverage.EXHAUSTIVE and missing and strategy is not MissingPolicy.BOUND:
                found = aggregate(list(figures.values()), missing=strategy)
                return None if found.bounds is None else Figure("", found.bounds)
            try:
                return breakdown_sum(figures, coverage)
            except UnitMismatchError:  # without a unit of its own, the indicator cannot tell
                return None
        if coverage is not Coverage.EXHAUSTIVE or (missing and strategy is not MissingPolicy.SKIP_IF_ALL):
            return None
        known = {category: found for category, found in cells.items() if found is not None and found.figure.bounds is not None}
        above, below = self._added_up(known, by_id)
        if above is None or below is None:
            return None
        share = ratio(above, below, factor=factor_of(self.indicator))
        return None if share.bounds is None else Figure("", share.bounds, self.indicator.unit)

    def _conflicts(self, own: Sequence[Actual], published: Sequence[Report], part: Slice, read: Reader) -> Iterable[Finding]:
        """Where the breakdowns of one round contradict the published figure, or each other."""
        if not is_count(self.indicator):
            return
        sums: list[tuple[str, Figure]] = []
        whole = over_time(published, self.indicator, policy=self.policy).figure if published else None
        for breakdown in self._ways(part):
            if not any(breakdown.dimension in actual.slice.dimensions for actual in own):
                continue
            cells = {
                category: read(Slice((*part.pairs, (breakdown.dimension, category)))) for category in self._categories(breakdown.dimension)
            }
            figures = {category: found.figure if found else Figure.gap() for category, found in cells.items()}
            if all(figure.bounds is None for figure in figures.values()):
                continue
            if whole is not None and whole.bounds is not None:
                yield from self._against(whole, figures, breakdown, published[0].inputs[0])
            elif breakdown.coverage is Coverage.EXHAUSTIVE and all(figure.bounds is not None for figure in figures.values()):
                sums.append((breakdown.dimension, Figure("", total(figure.bounds for figure in figures.values() if figure.bounds))))
        for (one, first), (other, second) in combinations(sums, 2):
            assert first.bounds is not None
            assert second.bounds is not None
            gap = second.bounds - first.bounds
            if gap.apart_from(Interval(-self.policy.tolerance, self.policy.tolerance)):
                said = message(
                    "the parts by %(one)s make %(first)s, those by %(other)s %(second)s: a gap of %(gap)s",
                    one=one,
                    first=shown(first),
                    other=other,
                    second=shown(second),
                    gap=shown(Figure("", gap)),
                )
                yield Finding("A02", Severity.WARNING, Place(self.indicator.id), said, message("check both breakdowns"))

    def _against(self, whole: Figure, figures: dict[str, Figure], breakdown: Breakdown, id: str) -> Iterable[Finding]:
        found = breakdown_check(whole, figures, breakdown.coverage, tolerance=self.policy.tolerance)
        if found.status in {BreakdownStatus.GAP, BreakdownStatus.EXCEEDS}:
            said = differs(breakdown.dimension, whole, self.indicator.title, found.gap)
            yield Finding("L48", Severity.WARNING, Place(id), said, message("check the parts, or whether a category is missing"))


def _under(model: TheoryOfChange, dimension: str, category: str) -> set[str]:
    """Every category that a composite one consists of, at any depth."""
    found: set[str] = set()
    queue = [category]
    while queue:
        new = [member for member in members_of(model, dimension, queue.pop()) if member not in found]
        found.update(new)
        queue += new
    return found


def _swapped(slice: Slice, dimension: str, category: str) -> Slice:
    return Slice(tuple((name, category if name == dimension else held) for name, held in slice))


def _shared(actuals: Sequence[Actual]) -> Period | None:
    """The period that all of them state."""
    periods = {actual.period for actual in actuals}
    return periods.pop() if len(periods) == 1 else None
