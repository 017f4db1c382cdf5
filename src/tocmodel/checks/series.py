"""Rules on time: dates outside the programme, periods that repeat or overlap, and series that contradict themselves."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Measured, Subject, grouped, how_many, part_of, said_once
from tocmodel.figures.display import shown
from tocmodel.findings import Severity
from tocmodel.measurement.actuals import is_count, is_share, order, targets_add
from tocmodel.measurement.goals import cover_the_whole
from tocmodel.measurement.series import declared_differs, life_target
from tocmodel.messages import Message, Term, and_more, message, messages
from tocmodel.model import Accumulation, Actual, Indicator, ReportBasis, Target, Text
from tocmodel.periods import Period

_PUBLISHED = "Published IATI results (60 files, 2021)"


@rule("L45", "outside-programme", Severity.WARNING, source=f"{_PUBLISHED}: periods before the start and after the end")
def outside_programme(subject: Subject) -> Found:
    """Flags activities, targets and results whose dates lie wholly outside the programme's, such as a result before it began.

    Why: A result from before is no result of the programme; mostly a year is mistyped.
    Mend: Check the dates.

    Example that fires:
        programme: {id: reading, title: Reading clubs, period: 2024-01-01/2025-12-31}
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 30, measured: "2023"}]}]

    Example that passes:
        programme: {id: reading, title: Reading clubs, period: 2024-01-01/2025-12-31}
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 30, measured: "2024"}]}]
    """
    whole = subject.model.programme.period
    if whole is None:
        return
    for node in subject.model.nodes:
        if node.period is not None and not whole.touches(node.period):
            yield (
                node.id,
                message(
                    "the period %(period)s of “%(title)s” lies outside the programme's, %(whole)s",
                    period=node.period,
                    title=node.title,
                    whole=whole,
                ),
            )
    for value in (*subject.model.targets, *subject.model.actuals):
        measured = value.measured if isinstance(value, Actual) else None
        title = subject.model.indicator(value.indicator).title or value.indicator
        if value.period is not None and not whole.touches(value.period):
            yield value.id, _period_outside(value, title, value.period, whole)
        if measured is not None and not whole.touches(measured):
            yield (
                value.id,
                message(
                    "the date of measurement %(measured)s of the actual of “%(title)s” lies outside the programme's, %(whole)s",
                    measured=measured,
                    title=title,
                    whole=whole,
                ),
            )


def _period_outside(value: Target | Actual, title: Text | str, period: Period, whole: Period) -> Message:
    if isinstance(value, Target):
        return message(
            "the period %(period)s of the target of “%(title)s” lies outside the programme's, %(whole)s",
            period=period,
            title=title,
            whole=whole,
        )
    return message(
        "the period %(period)s of the actual of “%(title)s” lies outside the programme's, %(whole)s",
        period=period,
        title=title,
        whole=whole,
    )


@rule("L92", "falling-total", Severity.WARNING, source="USAID (2019), Data quality assessment: reliability over time")
def falling_total(subject: Subject) -> Found:
    """Flags running totals that fall from one report to the next of the same reporter.

    Why: A total to date cannot fall: either the figures are new results, or one of them was corrected without saying so.
    Mend: Say whether the figures are cumulative or incremental; a correction supersedes the value that it corrects.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          accumulation: cumulative
          actuals: [{figure: 100, period: "2024"}, {figure: 80, period: "2025"}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          accumulation: cumulative
          actuals: [{figure: 100, period: "2024"}, {figure: 180, period: "2025"}]
    """
    for measured in subject.measured:
        if measured.indicator.accumulation is not Accumulation.CUMULATIVE or not is_count(measured.indicator):
            continue
        for own in grouped(((value.slice, value.reporter, value.place), value) for value in measured.actuals).values():
            known = [value for value in sorted(own, key=order) if value.figure.bounds is not None]
            for earlier, later in pairwise(known):
                before, after = measured.figure(earlier).bounds, measured.figure(later).bounds
                if before is not None and after is not None and after < before:
                    yield (
                        later.id,
                        message(
                            "the running total of “%(title)s” falls from %(earlier)s to %(later)s",
                            title=measured.indicator.title,
                            earlier=shown(earlier.figure),
                            later=shown(later.figure),
                        ),
                    )


@rule("L93", "duplicate-figure", Severity.WARNING, source=f"{_PUBLISHED}: 366 duplicate periods in 229 indicators")
def duplicate_figure(subject: Subject) -> Found:
    """Flags several targets, baselines or reports of the same indicator, group and period that nothing tells apart.

    Why: Which of them counts is then decided by chance, or both are added.
    Mend: Let one supersede the other, or say what tells them apart: reporter, date or place.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 30, period: "2024"}, {figure: 40, period: "2024"}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          actuals: [{figure: 30, period: "2024", reported: 2024-07-01}, {figure: 40, period: "2024", reported: 2025-01-15}]
    """
    for measured in subject.measured:
        cells = grouped(((value.kind, value.slice, value.period, value.place, _told(value)), value) for value in measured.values)
        for (kind, slice, period, *_), own in cells.items():
            if len(own) > 1:
                ids = sorted(value.id for value in own)
                yield ids[0], _not_told_apart(measured.indicator, how_many(kind, len(own)), period, part_of(slice), ids)


def _not_told_apart(indicator: Indicator, values: Message, period: Period | None, part: str, ids: Sequence[str]) -> Message:
    if period is None:
        return message(
            "“%(title)s” has %(values)s (%(part)s) that nothing tells apart: %(ids)s",
            title=indicator.title,
            values=values,
            part=part,
            ids=and_more(ids),
        )
    return message(
        "“%(title)s” has %(values)s for %(period)s (%(part)s) that nothing tells apart: %(ids)s",
        title=indicator.title,
        values=values,
        period=period,
        part=part,
        ids=and_more(ids),
    )


def _told(value: object) -> tuple[object, ...]:
    """What tells a report from others of the same cell."""
    if not isinstance(value, Actual):
        return ()
    return value.reporter, value.reported, value.sequence, value.measured


@rule("L94", "overlapping-periods", Severity.WARNING, source=f"{_PUBLISHED}: 803 nested and 1,085 overlapping indicators")
def overlapping_periods(subject: Subject) -> Found:
    """Flags targets, or results of one reporter, whose periods overlap or are nested; figures to date are meant to be.

    Why: Added together, the days that two periods share count twice.
    Mend: Say that the figures are to date, or keep only one of the two; a target for the whole life needs no period.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 30, period: "2024"}, {figure: 40, period: 2024-01-01/2025-12-31}]}

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 30, period: "2024"}, {figure: 40, period: "2025"}]}
    """
    for measured in subject.measured:
        if measured.indicator.report is ReportBasis.TO_DATE:
            continue
        values = (*measured.targets, *measured.actuals)
        groups = grouped(((value.kind, value.slice, value.place, _reporter(value)), value) for value in values if value.period is not None)
        for (kind, *_), own in groups.items():
            pairs = _overlaps({value.period for value in own if value.period is not None})
            if pairs:
                yield min(value.id for value in own), _overlap(kind, measured.indicator, pairs)


def _overlap(kind: str, indicator: Indicator, pairs: Sequence[tuple[Period, Period]]) -> Message:
    told = and_more(message("%(period)s with %(other)s", period=one, other=other) for one, other in pairs)
    if kind == Target.kind:
        return message("periods of targets of “%(title)s” overlap: %(pairs)s", title=indicator.title, pairs=told)
    return message("periods of actuals of “%(title)s” overlap: %(pairs)s", title=indicator.title, pairs=told)


def _reporter(value: Target | Actual) -> str | None:
    return value.reporter if isinstance(value, Actual) else None


def _overlaps(periods: Iterable[Period]) -> list[tuple[Period, Period]]:
    """The periods that begin before the one that lasts longest so far has ended, each with that one."""
    found: list[tuple[Period, Period]] = []
    longest: Period | None = None
    for period in sorted(periods):
        if longest is not None and period.start <= longest.end:
            found.append((longest, period))
        if longest is None or period.end > longest.end:
            longest = period
    return found


@rule(
    "L95",
    "life-target-differs",
    Severity.WARNING,
    source="Indicator performance tracking tables: life-of-programme targets follow from their periods",
)
def life_target_differs(subject: Subject) -> Found:
    """Flags targets for the whole life that differ from what the targets of the periods amount to.

    Why: Two numbers are then called the target, and each reader judges by another.
    Mend: Correct one of them. Where both are meant, accept the finding and say why.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          report: per_period
          targets: [{figure: 1400}, {figure: 80, period: "2024"}, {figure: 80, period: "2025"}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          report: per_period
          targets: [{figure: 160}, {figure: 80, period: "2024"}, {figure: 80, period: "2025"}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        if not targets_add(indicator):
            continue
        for own in grouped((target.slice, target) for target in measured.targets).values():
            declared = [target for target in own if target.period is None]
            parts = sorted((target.period, target.id, target) for target in own if target.period is not None)
            periods = [period for period, _, _ in parts]
            if len(declared) != 1 or not parts or len(set(periods)) < len(periods):
                continue
            if not cover_the_whole(periods, indicator, subject.model.programme.period):
                continue
            if indicator.report is ReportBasis.PER_PERIOD and _overlaps(periods):
                continue
            derived = life_target([measured.figure(target) for _, _, target in parts], indicator.report)
            if declared_differs(derived, measured.figure(declared[0])):
                told = messages(
                    "the target %(target)s of “%(title)s” differs from %(derived)s, which its %(num)s period amounts to",
                    "the target %(target)s of “%(title)s” differs from %(derived)s, which its %(num)s periods amount to",
                    len(parts),
                    target=shown(declared[0].figure),
                    title=indicator.title,
                    derived=shown(derived),
                )
                yield declared[0].id, told


@rule("L96", "unknown-accumulation", Severity.WARNING, source="IATI 2.03 has no field for it: guidance asks to state it in words")
def unknown_accumulation(subject: Subject) -> Found:
    """Flags counts with several reports of which it is not said whether each is new or a running total.

    Why: The result then lies anywhere between the latest report and the sum of all.
    Mend: State the accumulation: incremental, cumulative or snapshot.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 30, period: "2024"}, {figure: 40, period: "2025"}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          accumulation: incremental
          actuals: [{figure: 30, period: "2024"}, {figure: 40, period: "2025"}]
    """
    several = _several(subject, _most_reports)
    found = [
        (
            indicator.id,
            messages(
                "“%(title)s” has %(num)s report, and it is not said whether it is new or a running total",
                "“%(title)s” has %(num)s reports, and it is not said whether they are new or running totals",
                most,
                title=indicator.title,
            ),
        )
        for indicator, most in several
        if indicator.accumulation is Accumulation.UNKNOWN
    ]
    once = messages(
        "%(num)s indicator has several reports, and does not say whether they are new or running totals",
        "%(num)s indicators have several reports, and none says whether they are new or running totals",
        len(several),
    )
    yield from said_once(found, len(several), subject.model.programme.id, once)


@rule("L77", "unknown-report-basis", Severity.WARNING, source="IATI 2.03 has no field for it: guidance asks to state it in words")
def unknown_report_basis(subject: Subject) -> Found:
    """Flags counts with targets for several periods, none for the whole, of which it is not said whether they add up.

    Why: The whole then has no target, and results cannot be judged against what was planned.
    Mend: State report: per_period where each target is for its period alone, to_date where it counts from the start.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, targets: [{figure: 30, period: "2024"}, {figure: 40, period: "2025"}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - id: books
          title: Books lent
          of: lent
          unit: item
          report: per_period
          targets: [{figure: 30, period: "2024"}, {figure: 40, period: "2025"}]
    """
    several = [(indicator, most) for indicator, most in _several(subject, _most_targets) if targets_add(indicator)]
    found = [
        (
            indicator.id,
            messages(
                "“%(title)s” has a target for %(num)s period, and it is not said whether it is for the period alone",
                "“%(title)s” has targets for %(num)s periods, and it is not said whether they add up",
                most,
                title=indicator.title,
            ),
        )
        for indicator, most in several
        if indicator.report is ReportBasis.UNKNOWN
    ]
    once = messages(
        "%(num)s indicator has targets for several periods, and does not say whether they add up",
        "%(num)s indicators have targets for several periods, and none says whether they add up",
        len(several),
    )
    yield from said_once(found, len(several), subject.model.programme.id, once)


@rule("L75", "percentage-added", Severity.WARNING, source="Percentages neither add nor average; their numerators and denominators do")
def percentage_added(subject: Subject) -> Found:
    """Flags percentages and ratios that are called incremental and lack numerators and denominators.

    Why: New results add up over time, and percentages do not: 58 % and 72 % are not 130 %, so the whole has no figure.
    Mend: Call the indicator a snapshot, or report numerators and denominators.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - {id: share, title: Fluent pupils, of: fluent, unit: percent, accumulation: incremental, actuals: [{figure: 58, period: "2024"}]}

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - id: share
          title: Fluent pupils
          of: fluent
          kind: percentage
          unit: percent
          accumulation: incremental
          actuals: [{numerator: 29, denominator: 50, period: "2024"}]
    """
    for measured in subject.measured:
        indicator = measured.indicator
        bare = [value for value in measured.actuals if value.figure.bounds is not None and (not value.numerator or not value.denominator)]
        if indicator.accumulation is Accumulation.INCREMENTAL and is_share(indicator) and bare:
            yield indicator.id, _adds_shares(indicator)


def _adds_shares(indicator: Indicator) -> Message:
    if indicator.unit is None:
        return message("“%(title)s” is in ratios and called incremental, but these do not add up", title=indicator.title)
    return message(
        "“%(title)s” is in %(unit)s and called incremental, but these do not add up", title=indicator.title, unit=Term(indicator.unit)
    )


def _several(subject: Subject, most: Callable[[Measured], int]) -> list[tuple[Indicator, int]]:
    """The counts that have more than one of something, and how many."""
    counted = [(measured.indicator, most(measured)) for measured in subject.measured if is_count(measured.indicator)]
    return [(indicator, number) for indicator, number in counted if number > 1]


def _most_targets(measured: Measured) -> int:
    """For how many periods a part has targets at most, of those parts that have none for the whole."""
    cells = grouped((target.slice, target.period) for target in measured.targets).values()
    return max((len(set(periods)) for periods in cells if None not in periods), default=0)


def _most_reports(measured: Measured) -> int:
    cells: Sequence[tuple[Actual, ...]] = list(grouped((value.slice, value) for value in measured.actuals).values())
    return max((sum(value.figure.bounds is not None for value in own) for own in cells), default=0)


@rule(
    "L97",
    "late-baseline",
    Severity.WARNING,
    source="OECD-DAC (2022), Glossary: the baseline describes the situation before the intervention",
)
def late_baseline(subject: Subject) -> Found:
    """Flags baselines dated after a result that they are compared with.

    Why: What was measured after the work began already holds some of the change, so progress comes out too small.
    Mend: Check the dates; a later survey is a result, not a baseline.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - id: share
          title: Fluent pupils
          of: fluent
          kind: percentage
          unit: percent
          baselines: [{figure: 30, period: "2025"}]
          actuals: [{figure: 40, period: "2024"}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - id: share
          title: Fluent pupils
          of: fluent
          kind: percentage
          unit: percent
          baselines: [{figure: 30, period: "2023"}]
          actuals: [{figure: 40, period: "2024"}]
    """
    for measured in subject.measured:
        for baseline in measured.baselines:
            covered = [value.measured or value.period for value in measured.actuals if value.slice == baseline.slice]
            ends = [period.end for period in covered if period is not None]
            if baseline.period is not None and ends and min(ends) < baseline.period.start:
                told = message(
                    "the baseline of “%(title)s” (%(period)s) is later than a result of %(day)s",
                    title=measured.indicator.title,
                    period=baseline.period,
                    day=min(ends),
                )
                yield baseline.id, told
