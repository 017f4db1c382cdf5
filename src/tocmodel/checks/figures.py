"""Rules on single figures and breakdowns: parts that do not make the whole, wrong scales, and groups too small to publish."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Measured, Subject, grouped, part_of
from tocmodel.figures.display import shown
from tocmodel.findings import Severity
from tocmodel.measurement.breakdowns import BreakdownStatus, breakdown_check, differs
from tocmodel.measurement.contradictions import fractions, misread
from tocmodel.measurement.privacy import small, suppress
from tocmodel.measurement.publication import about_people, counted
from tocmodel.messages import Message, message
from tocmodel.model import Actual, Indicator, IndicatorKind, Sensitivity, Target, Value
from tocmodel.units import counts

_SMALL = 5
"""Fewer people than this in one group can often be recognised."""


@rule("L48", "breakdown-gap", Severity.WARNING, source="USAID (2019), Data quality assessment; FAO (2020) on disaggregation checks")
def breakdown_gap(subject: Subject) -> Found:
    """Flags breakdowns that do not fit the published total, of targets and of results.

    Why: A category is missing, people are counted twice, or one of the numbers is wrong.
    Mend: Check the parts, or whether a category is missing.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        dimensions: [{id: sex, title: Sex, categories: [girls, boys]}]
        indicators:
        - id: pupils
          title: Pupils in clubs
          of: take-part
          unit: person
          by: sex
          actuals: [{figure: 90}, {figure: 50, slice: {sex: girls}}, {figure: 30, slice: {sex: boys}}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        dimensions: [{id: sex, title: Sex, categories: [girls, boys]}]
        indicators:
        - id: pupils
          title: Pupils in clubs
          of: take-part
          unit: person
          by: sex
          actuals: [{figure: 80}, {figure: 50, slice: {sex: girls}}, {figure: 30, slice: {sex: boys}}]
    """
    for measured in subject.measured:
        if measured.indicator.kind is IndicatorKind.COUNT:
            for own in (measured.targets, measured.actuals):
                yield from _gaps(measured, own)


def _gaps(measured: Measured, own: Sequence[Target | Actual]) -> Found:
    indicator = measured.indicator
    parted = grouped(((value.slice.dimensions[0], value.period), value) for value in own if len(value.slice.dimensions) == 1)
    for total in own:
        published = measured.figure(total)
        if total.slice or published.bounds is None:
            continue
        for breakdown in indicator.by:
            alike = [part for part in parted.get((breakdown.dimension, total.period), ()) if _same_report(part, total)]
            parts = {part.slice[breakdown.dimension]: measured.figure(part) for part in alike}
            if len(parts) < len(alike) or not parts:
                continue
            found = breakdown_check(published, parts, breakdown.coverage)
            if found.status in {BreakdownStatus.GAP, BreakdownStatus.EXCEEDS}:
                yield total.id, differs(breakdown.dimension, total.figure, indicator.title, found.gap)


def _same_report(one: Target | Actual, other: Target | Actual) -> bool:
    """Whether a part belongs to a total: the same reporter said both."""
    return not isinstance(one, Actual) or not isinstance(other, Actual) or one.reporter == other.reporter


@rule("L87", "other-unit-named", Severity.WARNING, source="People and cases can neither be added nor compared")
def other_unit_named(subject: Subject) -> Found:
    """Flags figures whose words name another unit than their indicator's, such as "85 households" where people are counted.

    Why: The words are passed over and the number is taken in the indicator's unit, so households count as people and minutes as hours.
    Mend: Write the number in the indicator's unit, or state the unit that it is in. A unit that converts is then converted, and
        one that does not is refused. Words that only tell of whom belong into the population.

    Example that fires:
        outcomes: [{id: fluent, title: Adults read fluently}]
        indicators: [{id: readers, title: Readers, of: fluent, unit: person, targets: [{figure: 100}], actuals: [{figure: 85 households}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Adults read fluently}]
        indicators: [{id: readers, title: Readers, of: fluent, unit: person, targets: [{figure: 100}], actuals: [{figure: 210 people}]}]
    """
    yield from _misread(subject, "L87")


def _misread(subject: Subject, code: str) -> Found:
    for measured in subject.measured:
        for value in measured.values:
            yield from ((finding.where.path, finding.message) for finding in misread(value, measured.indicator) if finding.code == code)


@rule("L99", "not-whole", Severity.WARNING, source="Counts are whole; in much of the world a point parts thousands")
def not_whole(subject: Subject) -> Found:
    """Flags counts that are not whole, such as 1.5 people.

    Why: Where the point of "1.500" parts thousands, the figure is read as one and a half, and every percentage of it is wrong a
        thousandfold.
    Mend: Write the whole number, or set kind: ratio if it is an average. A point that parts thousands is left out: 1500 or 1,500.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, targets: [{figure: "1.500"}], actuals: [{figure: 1550}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, targets: [{figure: "1,500"}], actuals: [{figure: 1550}]}]
    """
    yield from _misread(subject, "L99")


@rule(
    "L88",
    "small-group",
    Severity.WARNING,
    source="UN OCHA (2021), Data responsibility guidelines; statistical disclosure control, threshold rule",
)
def small_group(subject: Subject) -> Found:
    """Flags results that count fewer than five people in one group of a breakdown or in a place, or in anything marked sensitive.

    Why: So few can often be recognised by those around them; where it concerns children or violence, that can do harm.
    Mend: Suppress the figure before it is published, or merge the group with another.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        dimensions: [{id: village, title: Village}]
        indicators: [{id: i, title: Pupils in clubs, of: take-part, unit: person, by: village, actuals: [{figure: 2, slice: {village: hilltop}}]}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        dimensions: [{id: village, title: Village}]
        indicators: [{id: i, title: Pupils in clubs, of: take-part, unit: person, by: village, actuals: [{figure: "*", slice: {village: hilltop}}]}]
    """
    for measured in subject.measured:
        if measured.indicator.unit not in {"person", "household", "family"}:
            continue
        for value in measured.actuals:
            guarded = Sensitivity.SENSITIVE in {value.sensitivity, measured.indicator.sensitivity}
            figure = measured.figure(value)
            known = figure.bounds is not None and figure.bounds.high is not None
            if known and (value.slice or value.place or guarded) and suppress({"": figure}, _SMALL, total_published=False).cells:
                yield value.id, _counts_few(measured.indicator, value)


def _counts_few(indicator: Indicator, value: Actual) -> Message:
    where = tuple(filter(None, [str(value.slice) if value.slice else "", value.place]))
    if where:
        return message("“%(title)s” counts fewer than %(limit)s in one group (%(group)s)", title=indicator.title, limit=_SMALL, group=where)
    return message("“%(title)s” counts fewer than %(limit)s and is sensitive", title=indicator.title, limit=_SMALL)


@rule(
    "L91",
    "small-group-in-public",
    Severity.WARNING,
    source="UN OCHA (2021), Data responsibility guidelines; UNICEF (2021), Ethical considerations on data on children",
)
def small_group_in_public(subject: Subject) -> Found:
    """Flags fewer than five people, such as children, in a figure that a report for the public shows without saying why it may.

    Why: Whoever reads the report may recognise a child in so small a group, and no report can be called back.
    Mend: Raise the threshold in publication, or merge the group with another. If the figure is public already, say so as its reason.

    Example that fires:
        programme: {id: reading, title: Reading clubs, publication: {public: true, threshold: 2}}
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        dimensions: [{id: sex, title: Sex, categories: [girls, boys]}]
        indicators: [{id: i, title: Pupils in clubs, of: take-part, unit: person, by: sex, actuals: [{figure: 3, slice: {sex: boys}}]}]

    Example that passes:
        programme: {id: reading, title: Reading clubs, publication: {public: true}}
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        dimensions: [{id: sex, title: Sex, categories: [girls, boys]}]
        indicators: [{id: i, title: Pupils in clubs, of: take-part, unit: person, by: sex, actuals: [{figure: 3, slice: {sex: boys}}]}]
    """
    policy = subject.model.programme.publication
    if not policy.public or str(policy.reason).strip() or policy.threshold >= _SMALL:
        return
    people = about_people(subject.model)
    for measured in subject.measured:
        for value in (*measured.baselines, *measured.actuals) if measured.indicator.id in people else ():
            shown_to_all = [part for part in counted(value, measured.indicator) if small(part, Decimal(_SMALL))]
            if any(not small(part, Decimal(policy.threshold)) for part in shown_to_all):
                yield value.id, _shows_few(measured.indicator, value)


def _shows_few(indicator: Indicator, value: Value) -> Message:
    part = part_of(value.slice)
    if indicator.population:
        return message(
            "a report for the public shows fewer than %(limit)s %(population)s in “%(title)s” (%(part)s)",
            limit=_SMALL,
            population=indicator.population,
            title=indicator.title,
            part=part,
        )
    return message(
        "a report for the public shows fewer than %(limit)s people in “%(title)s” (%(part)s)",
        limit=_SMALL,
        title=indicator.title,
        part=part,
    )


@rule(
    "L76",
    "small-step-in-public",
    Severity.WARNING,
    source="UN OCHA (2021), Data responsibility guidelines; statistical disclosure control, differencing",
)
def small_step_in_public(subject: Subject) -> Found:
    """Flags two steps of a cascade that a report for the public shows, so close that their difference is fewer than five people.

    Why: A table withholds so few; whoever takes one step from the other has them again, and may recognise who did not come that far.
    Mend: Leave one of the two steps out of the cascade, or merge it with another. If the number is public already, accept the finding and say so.

    Example that fires:
        programme: {id: reading, title: Reading clubs, publication: {public: true}}
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        indicators:
        - {id: begun, title: Pupils who began, of: take-part, unit: person, actuals: [{figure: 40}]}
        - {id: stayed, title: Pupils who stayed, of: take-part, unit: person, actuals: [{figure: 38}]}
        cascades: [{id: course, title: The course, steps: [begun, stayed]}]

    Example that passes:
        programme: {id: reading, title: Reading clubs, publication: {public: true}}
        outputs: [{id: take-part, title: Pupils take part in clubs}]
        indicators:
        - {id: begun, title: Pupils who began, of: take-part, unit: person, actuals: [{figure: 40}]}
        - {id: stayed, title: Pupils who stayed, of: take-part, unit: person, actuals: [{figure: 31}]}
        cascades: [{id: course, title: The course, steps: [begun, stayed]}]
    """
    policy = subject.model.programme.publication
    limit = policy.threshold if str(policy.reason).strip() else max(policy.threshold, _SMALL)
    if not policy.public or not subject.model.cascades:
        return
    people = about_people(subject.model)
    for cascade in subject.model.cascades:
        steps = [step for id in cascade.steps if (step := subject.model.indicator(id)).id in people]
        for one, other in _alike(steps):
            more, fewer = subject.reached(one), subject.reached(other)
            withheld = small(more, Decimal(policy.threshold)) or small(fewer, Decimal(policy.threshold))
            if more.value is not None and fewer.value is not None and not withheld and 0 < more.value - fewer.value < limit:
                yield (
                    cascade.id,
                    message(
                        "the steps “%(one)s” and “%(other)s” of “%(cascade)s” differ by fewer than %(limit)s, which anybody can work out",
                        one=one.title,
                        other=other.title,
                        cascade=cascade.title,
                        limit=limit,
                    ),
                )


def _alike(steps: Sequence[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Each step and the next one that counts the same."""
    for own in grouped((step.unit, step) for step in steps).values():
        yield from pairwise(own)


@rule("L89", "negative-count", Severity.ERROR, source="Counts are whole and not negative")
def negative_count(subject: Subject) -> Found:
    """Flags counts below zero.

    Why: Nothing can be counted less than not at all; a correction belongs into the value that it corrects.
    Mend: Correct the value, and let it supersede the wrong one.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: -3}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: 3}]}]
    """
    for measured in subject.measured:
        if measured.indicator.kind is not IndicatorKind.COUNT or not counts(measured.indicator.unit):
            continue
        for value in measured.values:
            bounds = value.figure.bounds
            if bounds is not None and bounds.high is not None and bounds.high < 0:
                yield (
                    value.id,
                    message("%(figure)s of “%(title)s” is less than nothing", figure=shown(value.figure), title=measured.indicator.title),
                )


@rule("L90", "percent-scale", Severity.WARNING, source="Published IATI results: fractions from 0 to 1 beside percentages from 0 to 100")
def percent_scale(subject: Subject) -> Found:
    """Flags percentages of which one is written as a fraction and another on the scale to 100, such as 0.4 beside 45.

    Why: The result is then wrong by a factor of 100, which is one of the commonest bugs in published achievement.
    Mend: Write all of them on the scale to 100, or with their percent sign.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - {id: share, title: Fluent pupils, of: fluent, kind: percentage, unit: percent, targets: [{figure: 0.4}], actuals: [{figure: 35}]}

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators:
        - {id: share, title: Fluent pupils, of: fluent, kind: percentage, unit: percent, targets: [{figure: 40}], actuals: [{figure: 35}]}
    """
    for measured in subject.measured:
        for value, beside in fractions(measured.values, measured.indicator):
            said = message(
                "%(figure)s stands for “%(title)s” beside %(other)s, on the scale to 100",
                figure=value.figure.printed,
                title=measured.indicator.title,
                other=shown(beside.figure),
            )
            yield value.id, said
