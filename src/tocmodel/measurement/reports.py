"""What several reports of one cell amount to over time and over reporters: by the indicator's own rule, never by another."""

from collections.abc import Iterable, Sequence

from attrs import evolve

from tocmodel.errors import RefusedError, UnitMismatchError
from tocmodel.figures import Figure, Missing, hull, total
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.accumulation import Gaps, against_direction
from tocmodel.measurement.actuals import Combined, Report, factor_of, is_count, is_share
from tocmodel.measurement.aggregation import MissingPolicy, aggregate, aggregate_over_time, aggregate_ratio, why_refused
from tocmodel.measurement.formulas import Reason
from tocmodel.measurement.overlapping import together
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.ratings import Band, RatingRule, mean_rating, median_rating, worst_rating
from tocmodel.messages import Message, Term, message, messages
from tocmodel.model import Accumulation, Combine, Indicator, IndicatorKind
from tocmodel.periods import Period

_USUAL = {
    Accumulation.INCREMENTAL: Combine.SUM,
    Accumulation.CUMULATIVE: Combine.LATEST,
    Accumulation.SNAPSHOT: Combine.LATEST,
}


def over_time(
    reports: Sequence[Report],
    indicator: Indicator,
    *,
    earlier: Sequence[Report] = (),
    unreported: int = 0,
    lacking: Period | None = None,
    whole: bool = True,
    policy: Policy = DEFAULT,
) -> Combined:
    """What the reports of one cell amount to over their whole time.

    New results add; of running totals the latest of each reporter counts, and these add over reporters; snapshots, ratings
    and words take the latest; shares of several reporters, or of new results, are the sum of numerators over the sum of
    denominators. Where the accumulation is not stated and there are several, a count lies between the latest and the sum.

    Args:
        reports: the reports of the cell.
        indicator: the indicator.
        earlier: for a period, the reports on the cell before it, which running totals and states may be carried from.
        unreported: how many periods that are due have no report at all; they are missing parts of new results.
        lacking: the last stretch of time that was to be reported, where no report reaches it. The reports before it say what
            had been added by then, but not what the state is now.
        whole: whether the cell stands for several such stretches, so that a running total has reached at least what it had; a
            stretch of its own that nobody reported is missing.
        policy: the conventions.
    """
    read = _in_order(report for report in reports if report.figure.missing is None)
    before = _in_order(report for report in earlier if report.figure.missing is None)
    how = indicator.accumulation if is_count(indicator) or is_share(indicator) else Accumulation.SNAPSHOT
    states = how is not Accumulation.INCREMENTAL and (how is not Accumulation.UNKNOWN or not is_count(indicator))
    if states and (withheld := _withheld(reports, earlier if policy.gaps is Gaps.CARRY_FORWARD else (), indicator)):
        return _nothing(withheld, indicator, unreported)
    if not read and before and states and policy.gaps is Gaps.CARRY_FORWARD:
        carried = over_time(before, indicator, policy=policy)
        note = message("no report for this period: the last one before it is carried forward")
        return evolve(carried, assumed=(*carried.assumed, note))
    if not read:
        return _nothing(reports, indicator, unreported)
    if lacking is not None:
        return _lacking(reports, indicator, lacking, how, earlier, unreported, policy, whole=whole)
    try:
        read = _alike(read, indicator)
        before = _alike(before, indicator)
    except UnitMismatchError as fault:
        finding = Finding("M05", Severity.ERROR, Place(indicator.id), fault.message, message("state the indicator's unit"))
        return _refused(read, indicator, Reason.UNIT_MISMATCH, finding)
    missing = [report for report in reports if report.figure.missing is not None]
    if is_share(indicator):
        return _shares(read, missing, indicator, policy)
    if indicator.kind is IndicatorKind.RATING:
        return _rating(read, missing, indicator, policy)
    if not is_count(indicator):
        return _latest(read, missing)
    if indicator.combine is not None and indicator.combine is not _USUAL.get(how):
        return _by_rule(read, missing, indicator, indicator.combine, policy)
    if how is Accumulation.CUMULATIVE:
        return _running(read, missing, before, policy)
    if how is Accumulation.INCREMENTAL:
        return _added(read, missing, unreported, indicator, policy)
    if how is Accumulation.SNAPSHOT or len(read) == 1:
        return _latest(read, missing)
    return _between(read, len(missing), indicator)


def _in_order(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: report.order)


def _withheld(reports: Sequence[Report], earlier: Sequence[Report], indicator: Indicator) -> list[Report]:
    """The suppressed reports that are the latest, of each reporter where those of several count: no earlier one stands in for them."""

    def stated(some: Sequence[Report]) -> list[Report]:
        return _in_order(report for report in some if report.figure.missing in {None, Missing.SUPPRESSED})

    running = indicator.accumulation is Accumulation.CUMULATIVE
    own = stated([*earlier, *reports]) if running else stated(reports) or stated(earlier)
    groups = [own] if indicator.kind is IndicatorKind.COUNT and not running else _grouped(own).values()
    return [group[-1] for group in groups if group and group[-1].figure.missing is Missing.SUPPRESSED]


def _ids(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for report in reports for id in report.inputs))


def _notes(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for report in reports for note in report.assumed))


def _parts(reports: Sequence[Report], missing: int = 0) -> tuple[int, int]:
    """How much is reported: the parts of a single report, or reports of all."""
    if len(reports) == 1 and not missing:
        return reports[0].parts
    return len(reports), len(reports) + missing


def _alike(reports: list[Report], indicator: Indicator) -> list[Report]:
    """The reports in one unit: the indicator's, or the first that is stated."""
    unit = indicator.unit or next((report.figure.unit for report in reports if report.figure.unit), None)
    if unit is None or all(report.figure.unit == unit for report in reports):
        return reports
    return [evolve(report, figure=report.figure.into(unit)) for report in reports]


def _nothing(reports: Sequence[Report], indicator: Indicator, unreported: int) -> Combined:
    ranked = _in_order(reports)
    reasons = [report.figure.missing for report in ranked if report.figure.missing is not Missing.MISSING]
    gap = Figure.gap(reasons[-1] if reasons and reasons[-1] else Missing.MISSING, unit=indicator.unit)
    why = next((report.reason for report in ranked[::-1] if report.reason is not None), None)
    return Combined(gap, _ids(ranked), _notes(ranked), (0, len(ranked) + unreported), reason=why)


def _lacking(
    reports: Sequence[Report],
    indicator: Indicator,
    lacking: Period,
    how: Accumulation,
    earlier: Sequence[Report],
    unreported: int,
    policy: Policy,
    *,
    whole: bool,
) -> Combined:
    """What reports of earlier days say of a stretch of time that none of them reaches.

    New results are added as ever. A state is carried on by the policy, or missing; a running total has reached at least what
    it had.
    """
    last = over_time(reports, indicator, earlier=earlier, unreported=unreported, policy=policy)
    decided = last.figure.missing is not None or how is Accumulation.INCREMENTAL or indicator.combine not in {None, Combine.LATEST}
    if decided:
        return evolve(last, assumed=(*last.assumed, message("no report for %(period)s, which is due", period=lacking)))
    ends = [days.end for report in reports if report.figure.missing is None for days in report.covers]
    note = message("no report for %(period)s, which is due; the last one speaks of days up to %(day)s", period=lacking, day=max(ends))
    if policy.gaps is Gaps.CARRY_FORWARD:
        note = message(
            "no report for %(period)s, which is due; the last one speaks of days up to %(day)s and is carried forward",
            period=lacking,
            day=max(ends),
        )
        return evolve(last, assumed=(*last.assumed, note))
    if whole and policy.missing is MissingPolicy.SKIP_IF_ALL:
        return evolve(last, assumed=(*last.assumed, _after(note, policy.missing)))
    if whole and how is Accumulation.CUMULATIVE and is_count(indicator) and last.figure.bounds is not None:
        figure = _with_gaps(last.figure, 1, policy)
        coverage = (last.coverage[0], last.coverage[1] + 1)
        return evolve(last, figure=figure, assumed=(*last.assumed, _after(note, policy.missing)), coverage=coverage)
    found = _nothing([report for report in reports if report.figure.missing is not None], indicator, 0)
    return evolve(found, assumed=(*found.assumed, note), coverage=(0, 1))


def _after(note: Message, missing: MissingPolicy) -> Message:
    """That no report reaches a stretch of time, and what that does to the total."""
    if missing is MissingPolicy.BOUND:
        return message("%(no_report)s; what was reached by then is a lower bound", no_report=note)
    if missing is MissingPolicy.SKIP_IF_ANY:
        return message("%(no_report)s; there is no total without it", no_report=note)
    if missing is MissingPolicy.SKIP_IF_ALL:
        return message("%(no_report)s; what is missing is left out", no_report=note)
    return message("%(no_report)s; it counts as nothing added", no_report=note)


def _refused(reports: Sequence[Report], indicator: Indicator, reason: Reason, finding: Finding) -> Combined:
    gap = Figure.gap(unit=indicator.unit)
    return Combined(gap, _ids(reports), (finding.message,), (len(reports), len(reports)), "", reason, (finding,))


def _grouped(reports: Iterable[Report]) -> dict[str, list[Report]]:
    groups: dict[str, list[Report]] = {}
    for report in reports:
        groups.setdefault(report.reporter or "", []).append(report)
    return groups


def _sum(figures: Sequence[Figure]) -> Figure:
    if len(figures) == 1:
        return figures[0]
    return Figure("", total(figure.bounds for figure in figures if figure.bounds is not None), figures[0].unit, figures[0].source)


def _latest(read: Sequence[Report], missing: Sequence[Report]) -> Combined:
    last = read[-1]
    reporters = len(_grouped(read))
    assumed = last.assumed
    if reporters > 1:
        note = messages(
            "%(num)s reporter speaks of the state: the latest report holds",
            "%(num)s reporters speak of the same state: the latest report holds",
            reporters,
        )
        assumed = (*assumed, note)
    if any(report.order[:3] > last.order[:3] for report in missing):
        assumed = (*assumed, message("a later report has no figure: the last one that has holds"))
    method = ""
    if len(read) > 1 and last.covers:
        method = messages(
            "the latest of %(num)s report, %(period)s", "the latest of %(num)s reports, %(period)s", len(read), period=last.covers[-1]
        )
    elif len(read) > 1:
        method = messages("the latest of %(num)s report", "the latest of %(num)s reports", len(read))
    return Combined(last.figure, last.inputs, assumed, _parts(read[-1:] if reporters == 1 else read, len(missing)), method)


def _between(read: Sequence[Report], missing: int, indicator: Indicator) -> Combined:
    last, added = read[-1].figure, _sum([report.figure for report in read])
    ends = [figure.bounds for figure in (last, added) if figure.bounds is not None]
    note = message(
        "it is not stated whether the reports are new results or running totals; the result lies between the latest and their sum"
    )
    figure = Figure("", hull(ends), indicator.unit or last.unit, last.source) if ends else last
    method = messages("between the latest and the sum of %(num)s report", "between the latest and the sum of %(num)s reports", len(read))
    return Combined(figure, _ids(read), (note, *_notes(read)), _parts(read, missing), method)


def _with_gaps(known: Figure, missing: int, policy: Policy) -> Figure:
    """A sum of which some parts are missing, by the policy."""
    if not missing or known.bounds is None:
        return known
    found = aggregate([known, *[Figure.gap()] * missing], Combine.SUM, missing=policy.missing)
    if found.bounds is None:
        return Figure.gap(unit=known.unit)
    return known if found.bounds == known.bounds else Figure("", found.bounds, known.unit, known.source)


def _parts_missing(count: int, every: int, missing: MissingPolicy) -> Message:
    """That parts of a sum are missing, and what that does to it."""
    if missing is MissingPolicy.BOUND:
        return message("%(count)s of %(all)s parts are missing: the sum of the others is a lower bound", count=count, all=every)
    if missing is MissingPolicy.SKIP_IF_ANY:
        return message("%(count)s of %(all)s parts are missing: there is no sum without them", count=count, all=every)
    if missing is MissingPolicy.SKIP_IF_ALL:
        return message("%(count)s of %(all)s parts are missing: they are left out of the sum", count=count, all=every)
    return message("%(count)s of %(all)s parts are missing: they count as zero", count=count, all=every)


def _reporters_missing(reporters: Iterable[str], missing: MissingPolicy) -> Message:
    """That reporters have not reported, and what that does to the sum."""
    names = _names(reporters)
    if missing is MissingPolicy.BOUND:
        return message("no report from %(reporters)s: the sum of the others is a lower bound", reporters=names)
    if missing is MissingPolicy.SKIP_IF_ANY:
        return message("no report from %(reporters)s: there is no sum without them", reporters=names)
    if missing is MissingPolicy.SKIP_IF_ALL:
        return message("no report from %(reporters)s: they are left out of the sum", reporters=names)
    return message("no report from %(reporters)s: they count as zero", reporters=names)


def _added(read: list[Report], lacking: list[Report], unreported: int, indicator: Indicator, policy: Policy) -> Combined:
    """New results added up over time and reporters; what covers the same days is not added."""
    numbers = [report for report in read if report.figure.bounds is not None]
    if not numbers:
        return _latest(read, lacking)
    missing = len(lacking) + unreported
    found: list[Figure] = []
    findings: list[Finding] = []
    for own in _grouped(numbers).values():
        dated = [report for report in own if report.period is not None]
        loose = [report.figure for report in own if report.period is None]
        whole = together([(report.period, report.figure.bounds) for report in dated if report.period and report.figure.bounds])
        if not whole.clashes:
            found += [*(report.figure for report in dated), *loose]
            continue
        found += [Figure("", whole.bounds, dated[0].figure.unit, dated[0].figure.source), *loose]
        for clash in whole.clashes:
            ids = _ids(dated[position] for position in clash)
            if whole.contradictory:
                said = message("reports on the same days are not added: %(ids)s; they contradict each other", ids=ids)
            else:
                said = message("reports on the same days are not added: %(ids)s", ids=ids)
            findings.append(Finding("A04", Severity.WARNING, Place(indicator.id), said, message("let one supersede the others")))
    added = _sum(found)
    figure = _with_gaps(added, missing, policy)
    note = (_parts_missing(missing, len(read) + missing, policy.missing),) if missing and added.bounds is not None else ()
    method = messages("the sum of %(num)s report", "the sum of %(num)s reports", len(numbers)) if len(numbers) > 1 else ""
    notes = (*_notes(read), *note, *(finding.message for finding in findings))
    return Combined(figure, _ids(read), notes, _parts(read, missing), method, findings=tuple(findings))


def _running(read: list[Report], missing: list[Report], before: list[Report], policy: Policy) -> Combined:
    """Running totals: the latest of each reporter, then the sum. Who reported only earlier has at least that total still."""
    current = {reporter: own[-1] for reporter, own in _grouped(read).items()}
    older = {reporter: own[-1] for reporter, own in _grouped(before).items() if reporter not in current}
    silent = {report.reporter or "" for report in missing} - set(current) - set(older)
    findings = _falls([*(report for report in before if (report.reporter or "") in older), *read])
    last = list(current.values())
    method = message("the latest running total") if len(read) > 1 else ""
    if len(last) > 1:
        method = messages("the latest of each of %(num)s reporter, added", "the latest of each of %(num)s reporters, added", len(last))
    if policy.gaps is Gaps.CARRY_FORWARD:
        carried = (message("carried forward, for lack of a report: %(reporters)s", reporters=_names(older)),) if older else ()
        known, lacking = _figures([*last, *older.values()]), silent
        note = (_reporters_missing(lacking, policy.missing),) if lacking and known.bounds is not None else ()
    else:
        carried = ()
        lacking, stays = {*older, *silent}, bool(older) and policy.missing is MissingPolicy.BOUND
        known = _figures([*last, *older.values()] if stays else last)
        note: tuple[Message, ...] = ()
        if lacking and known.bounds is not None and stays:
            note = (
                message(
                    "no report from %(reporters)s; what they had reported before stays reached: the sum of the others is a lower bound",
                    reporters=_names(lacking),
                ),
            )
        elif lacking and known.bounds is not None:
            note = (_reporters_missing(lacking, policy.missing),)
    figure = _with_gaps(known, len(lacking), policy)
    behind = [*last, *older.values()]
    coverage = _parts(last, len(older) + len(silent))
    return Combined(figure, _ids(behind), (*_notes(behind), *carried, *note), coverage, method, findings=findings)


def _figures(reports: Sequence[Report]) -> Figure:
    return _sum([report.figure for report in reports])


def _names(reporters: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name or message("the reporter who is not named") for name in reporters))


def _falls(read: list[Report]) -> tuple[Finding, ...]:
    """Where a running total fell, which it cannot."""
    findings: list[Finding] = []
    for own in _grouped(read).values():
        for one, other in against_direction([report.figure for report in own], rising=True):
            if other != one + 1:
                continue
            earlier, later = own[one], own[other]
            said = message(
                "the running total fell from %(earlier)s (%(earlier_id)s) to %(later)s (%(later_id)s)",
                earlier=shown(earlier.figure),
                earlier_id=earlier.inputs[0],
                later=shown(later.figure),
                later_id=later.inputs[0],
            )
            hint = message("is it a correction, or not a running total?")
            findings.append(Finding("A01", Severity.WARNING, Place(later.inputs[0]), said, hint))
    return tuple(findings)


def _by_rule(read: list[Report], missing: list[Report], indicator: Indicator, rule: Combine, policy: Policy) -> Combined:
    """The indicator's own rule over time, as far as it has a meaning; then the sum over reporters, where they count different things."""
    every = _in_order([*read, *missing])
    groups = [every] if indicator.accumulation is Accumulation.SNAPSHOT else list(_grouped(every).values())
    try:
        found = [
            aggregate_over_time([report.figure for report in own], indicator.accumulation, rule, missing=policy.missing) for own in groups
        ]
    except RefusedError:
        said, hint = why_refused(indicator.accumulation, rule), message("state the accumulation, or another rule to combine by")
        finding = Finding("A07", Severity.ERROR, Place(indicator.id), said, hint)
        return _refused(read, indicator, Reason.REFUSED, finding)
    known = [result.bounds for result in found if result.bounds is not None]
    bounds = total(known) if len(known) == len(found) else None
    figure = Figure.gap(unit=indicator.unit) if bounds is None else Figure("", bounds, read[0].figure.unit, read[0].figure.source)
    method = _rule_of(rule, len(read))
    if len(groups) > 1:
        method = messages("%(method)s of %(num)s reporter, added", "%(method)s of %(num)s reporters, added", len(groups), method=method)
    note = (message("%(count)s of %(all)s reports are missing", count=len(missing), all=len(every)),) if missing else ()
    return Combined(figure, _ids(read), (*_notes(read), *note), _parts(read, len(missing)), method)


def _rule_of(rule: Combine, count: int) -> str:
    match rule:
        case Combine.SUM:
            return messages("the sum of %(num)s report", "the sum of %(num)s reports", count)
        case Combine.MEAN:
            return messages("the mean of %(num)s report", "the mean of %(num)s reports", count)
        case Combine.MAX:
            return messages("the max of %(num)s report", "the max of %(num)s reports", count)
        case Combine.MIN:
            return messages("the min of %(num)s report", "the min of %(num)s reports", count)
        case Combine.LATEST:
            return messages("the latest of %(num)s report", "the latest of %(num)s reports", count)


def _shares(read: list[Report], missing: list[Report], indicator: Indicator, policy: Policy) -> Combined:
    """Percentages and ratios: the latest of one reporter; of several, or of new results, sums of numerators over denominators."""
    rule = indicator.combine
    if rule is not None and rule in {Combine.MAX, Combine.MIN}:
        return _by_rule(read, missing, indicator, rule, policy)
    if indicator.accumulation is Accumulation.INCREMENTAL and rule is not Combine.LATEST:
        parts = [*read, *missing]
    else:
        parts = [own[-1] for own in _grouped(read).values()]
        silent = {report.reporter or "": report for report in missing if (report.reporter or "") not in _grouped(read)}
        parts += silent.values()
    if rule is not None and rule in {Combine.SUM, Combine.MEAN} and any(part.numerator is None or part.exposure is None for part in parts):
        if rule is Combine.SUM:
            said = message("the sum of percentages or ratios means nothing; only numerators and denominators add")
        else:
            said = message("the mean of percentages or ratios means nothing; only numerators and denominators add")
        finding = Finding("A07", Severity.ERROR, Place(indicator.id), said, message("report numerators and denominators"))
        return _refused(read, indicator, Reason.REFUSED, finding)
    if len(parts) == 1:
        found = _latest(read, missing)
        by_unit = indicator.kind is IndicatorKind.COUNT and len(read) > 1
        note = (message("figures in %(unit)s do not add up: the latest holds", unit=Term(indicator.unit)),) if by_unit else ()
        return evolve(found, assumed=(*found.assumed, *note))
    strategy = MissingPolicy.SKIP_IF_ALL if policy.missing is MissingPolicy.SKIP_IF_ALL else MissingPolicy.SKIP_IF_ANY
    pairs = [(part.numerator or Figure.gap(), part.exposure or Figure.gap()) for part in parts]
    whole = aggregate_ratio(pairs, scale=factor_of(indicator), missing=strategy)
    coverage = (whole.reported, whole.expected)
    method = messages(
        "the sum of numerators over the sum of denominators of %(num)s report",
        "the sum of numerators over the sum of denominators of %(num)s reports",
        whole.reported,
    )
    if whole.share.bounds is not None:
        figure = Figure("", whole.share.bounds, indicator.unit, read[-1].figure.source)
        return Combined(figure, _ids(parts), _notes(parts), coverage, method)
    if whole.share.reason is Reason.ZERO_DENOMINATOR:
        return Combined(Figure.gap(unit=indicator.unit), _ids(parts), (), coverage, method, Reason.ZERO_DENOMINATOR)
    said = message(
        "%(count)s of %(all)s reports lack numerator or denominator; percentages and ratios are not averaged",
        count=len(parts) - whole.reported,
        all=len(parts),
    )
    finding = Finding("A07", Severity.WARNING, Place(indicator.id), said, message("report numerators and denominators"))
    bare = not missing and all(part.numerator is None for part in parts)  # there are results, and they do not add up
    reason = Reason.REFUSED if bare else whole.share.reason or Reason.MISSING_DENOMINATOR
    return evolve(_refused(read, indicator, reason, finding), coverage=coverage)


def level_of_scale(figure: Figure, indicator: Indicator) -> str | None:
    """The level of the indicator's scale that a figure names, by its name or its score; None if it names none."""
    said = figure.printed.strip().casefold()
    by_name = next((level.name for level in indicator.scale if level.name.strip().casefold() == said), None)
    if by_name is not None or figure.value is None:
        return by_name
    return next((level.name for level in indicator.scale if level.score == figure.value), None)


def _rating(read: list[Report], missing: list[Report], indicator: Indicator, policy: Policy) -> Combined:
    """Ratings: the latest of each reporter; of several reporters the median, the worst, or the level of the mean score."""
    last = [own[-1] for own in _grouped(read).values()]
    levels = [level_of_scale(report.figure, indicator) for report in last]
    if len(last) == 1 or None in levels:
        return _latest(read, missing)
    scale = [level.name for level in indicator.scale]
    scores = {level.name: level.score for level in indicator.scale if level.score is not None}
    if policy.ratings is RatingRule.WORST:
        found = worst_rating(levels, scale)
    elif policy.ratings is RatingRule.MEDIAN:
        found = median_rating(levels, scale)
    elif len(scores) == len(scale):
        cuts = [Band(name, None if position == 0 else scores[name]) for position, name in enumerate(scale)]
        found = mean_rating(levels, scores, cuts).rating
    else:
        said = message("the scale has no scores, so that its ratings have no mean")
        hint = message("give the levels scores, or take the median or the worst")
        finding = Finding("A07", Severity.ERROR, Place(indicator.id), said, hint)
        return _refused(read, indicator, Reason.REFUSED, finding)
    figure = Figure.in_words(str(found), source=last[0].figure.source)
    match policy.ratings:
        case RatingRule.WORST:
            method = messages("the worst of %(num)s reporter", "the worst of %(num)s reporters", len(last))
        case RatingRule.MEDIAN:
            method = messages("the median of %(num)s reporter", "the median of %(num)s reporters", len(last))
        case RatingRule.MEAN:
            method = messages("the mean of %(num)s reporter", "the mean of %(num)s reporters", len(last))
    return Combined(figure, _ids(last), _notes(last), _parts(last, len(missing)), method)
