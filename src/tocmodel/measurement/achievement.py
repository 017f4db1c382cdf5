"""What was achieved against targets: one row for each indicator, period and slice."""

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from tocmodel.errors import AsOfNeededError, NotOneRowError, PeriodNeededError, UnknownIdError
from tocmodel.figures import Missing
from tocmodel.figures.display import apart
from tocmodel.findings import Finding, in_order
from tocmodel.measurement.achieving import Achieving, day_of
from tocmodel.measurement.cells import Orphan
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.rows import COLUMNS, FIELDS, PACE, AchievementRow, Scope, repeats
from tocmodel.measurement.schedule import Frequency, reporting_periods
from tocmodel.messages import message, messages
from tocmodel.model import Indicator, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.tables import Table

_NAMED = 5
"""How many indicators a sentence names."""
_THERE = {None, Missing.SUPPRESSED}
"""What is suppressed was stated all the same."""


@frozen(repr=False)
class AchievementTable(Table[AchievementRow]):
    """The rows of an achievement, with the date of judgement and how much of it is reported.

    Attributes:
        as_of: the date of judgement.
        policy: the conventions.
        orphans: results that lie in no period of their indicator, or outside the programme.
    """

    as_of: date = date.min
    policy: Policy = DEFAULT
    orphans: tuple[Orphan, ...] = ()

    def __getitem__(self, indicator: str) -> AchievementRow:
        """The total of an indicator over the whole life of the programme.

        Raises:
            UnknownIdError: if no row belongs to such an indicator.
            NotOneRowError: if the table was narrowed so that the total is not in it.
        """
        rows = [row for row in self.rows if row.indicator == indicator]
        if not rows:
            raise UnknownIdError(indicator, "indicator", {row.indicator for row in self.rows})
        totals = [row for row in rows if row.scope is Scope.LIFE and not row.slice]
        if len(totals) != 1:
            raise NotOneRowError(f"the total of {indicator!r} over the whole programme", len(totals))
        return totals[0]

    @property
    def coverage(self) -> tuple[int, int]:
        """How many indicators with a target that is due have a result for one, of how many.

        Targets and results of groups and of single periods count as well; what is suppressed was reported all the same.
        """
        due = [row for row in self._planned if row.due]
        return len({row.indicator for row in due if row.actual.missing in _THERE}), len({row.indicator for row in due})

    @property
    def planned(self) -> int:
        """How many indicators have a target, due or not."""
        return len({row.indicator for row in self._planned})

    @property
    def _planned(self) -> list[AchievementRow]:
        return [row for row in self.rows if row.scope is not Scope.TO_DATE and row.target.missing in _THERE]

    @property
    def for_people(self) -> tuple[AchievementRow, ...]:
        """The rows that people see: the periods that are due are left out where they say the same as the whole programme."""
        whole = {(row.indicator, row.slice): row for row in self.rows if row.scope is Scope.LIFE}
        return tuple(row for row in self.rows if not repeats(row, whole.get((row.indicator, row.slice))))

    def cells(self) -> list[list[str]]:
        """The cells of the rows that people see, without the headers; records hold every row."""
        return [[column.show(row) for column in self.columns] for row in self.for_people]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What somebody should look at, of all rows, gravest first."""
        return in_order(finding for row in self.rows for finding in row.findings)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table: how much is reported, and the notes."""
        return (*self._reported(), *self.remarks)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands below the table beyond how much is reported: results that belong to no period, and the notes."""
        return (*self._lost(), *self.notes)

    def _reported(self) -> tuple[str, ...]:
        reported, expected = self.coverage
        if expected:
            said = messages(
                "%(reported)s of %(num)s indicator with a target that is due has a result.",
                "%(reported)s of %(num)s indicators with a target that is due have a result.",
                expected,
                reported=reported,
            )
            return (said,)
        if self.planned:
            return (message("No target is due yet."),)
        return (message("No indicator has a target that results can be set against."),) if self.rows else ()

    def _lost(self) -> tuple[str, ...]:
        """Which results belong to no period; the table's orphans say why."""
        if not self.orphans:
            return ()
        titles = {row.indicator: row.title for row in self.rows}
        named = [
            message("%(title)s: %(result)s", title=titles.get(orphan.indicator, orphan.indicator), result=orphan.printed)
            for orphan in self.orphans[:_NAMED]
        ]
        told, rest = apart(named), len(self.orphans) - len(named)
        if rest:
            told = messages("%(results)s; and %(num)s more", "%(results)s; and %(num)s more", rest, results=told)
        said = messages(
            "%(num)s result belongs to no period: %(results)s.",
            "%(num)s results belong to no period: %(results)s.",
            len(self.orphans),
            results=told,
        )
        return (said,)


def achievement(
    model: TheoryOfChange,
    *,
    as_of: date | str | None = None,
    policy: Policy = DEFAULT,
    periods: Sequence[Period | str] | Frequency | str | None = None,
) -> AchievementTable:
    """Compute what was achieved against targets: one row for each indicator, stretch of time and slice.

    The total over the life of the programme comes first for each indicator, then its slices; then, where there are dated
    targets, the periods that are due taken together, and each period. Missing, zero and not due are kept apart; bounds stay
    bounds; totals that nobody published are derived inside one exhaustive breakdown.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out. A period is due when it ends on or before it. Of a
            datetime the date counts that it shows, in its own zone.
        policy: the conventions; every row carries them.
        periods: the periods to set results into: their own, as periods or in words such as ``2024-01``, or a frequency such
            as ``quarterly`` over the programme's period. Where left out, the periods that have targets. A result counts in the period that holds it whole; one
            that straddles two counts in neither, which is a finding.

    Raises:
        AsOfNeededError: if neither says a date.
        PeriodNeededError: if a frequency is asked for and the programme has no period.
        FieldError: if the words state no frequency, or one of the periods is none.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("dialogues", as_of="2021-09-30", period="2018-10-01/2021-09-30")
        >>> talks = draft.activity("talks", "Community dialogues")
        >>> members = draft.indicator("members", of=talks, unit="person", direction="increase")
        >>> _ = draft.target(members, 5181), draft.actual(members, "over 4544")
        >>> row = achievement(draft.done())["members"]
        >>> print(row.attainment, row.status)
        at least 87.7 % undetermined

    Source: docs/reference/formulas.md, F1-F6.
    """
    judged_on = day_of(model, as_of)
    if judged_on is None:
        raise AsOfNeededError
    found = [Achieving(model, indicator, judged_on, policy, _stretches(model, indicator, periods)) for indicator in model.indicators]
    rows = tuple(row for one in found for row in one.rows())
    lost = tuple(orphan for one in found for orphan in one.orphans)
    caption = message("Achievement of %(programme)s, as of %(day)s", programme=model.programme.title or model.programme.id, day=judged_on)
    departures = policy.departures()
    said = (message("Policy: %(conventions)s.", conventions=apart(departures)),) if departures else ()
    notes = (*said, *model.programme.notices)
    columns = (*COLUMNS, PACE) if any(row.pace for row in rows) else COLUMNS
    return AchievementTable(rows, columns, caption, notes, judged_on, policy, lost, fields=FIELDS)


def _stretches(
    model: TheoryOfChange, indicator: Indicator, periods: Sequence[Period | str] | Frequency | str | None
) -> tuple[Period, ...] | None:
    if periods is None or not isinstance(periods, str):
        return None if periods is None else tuple(dict.fromkeys(map(Period.read, periods)))
    if model.programme.period is None:
        raise PeriodNeededError(str(periods))
    days = [actual.measured.start for actual in model.actuals_of(indicator.id) if actual.measured]
    return reporting_periods(model.programme.period, periods, events=days)
