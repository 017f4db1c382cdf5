"""One row of an achievement: what was reached in one cell, how it stands against the target, and why."""

from datetime import date

from attrs import field, frozen

from tocmodel.figures import Figure, Interval, Missing, plain
from tocmodel.figures.display import ENGLISH, Wording, percent, rounded, shown, signed
from tocmodel.findings import Finding
from tocmodel.measurement.explanations import Explanation, Input, Step
from tocmodel.measurement.formulas import Ratio, Reason
from tocmodel.measurement.judging import Status
from tocmodel.measurement.pace import Pace
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.messages import message
from tocmodel.model import Direction
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.tables import Column
from tocmodel.words import Word


class Scope(Word):
    """Which stretch of time a row speaks of. Progress to date and against the target of the whole are two numbers."""

    LIFE = "life"
    """The whole life of the programme, against its target."""
    TO_DATE = "to_date"
    """The periods that are due, against their targets."""
    PERIOD = "period"
    """One period."""


@frozen
class AchievementRow:
    """What was achieved in one cell.

    Attributes:
        indicator: the id of the indicator.
        title: its title.
        node: the id of the node that it measures.
        scope: the whole life of the programme, the periods that are due, or one period.
        period: the period, or the stretch of those that are due; None for the whole life of the programme.
        slice: the part of a breakdown; empty for the total.
        unit: what the figures are counted in.
        population: whom they count.
        direction: which way is better.
        baseline: the state before.
        target: what was to be reached.
        actual: what was reached.
        attainment: actual / target.
        progress: (actual - baseline) / (target - baseline).
        status: met, not met and so on; None for context indicators, which get no verdict.
        due: whether the period had ended on the date of judgement.
        as_of: the date of judgement.
        coverage: how many parts of the actual are reported, of how many expected.
        pace: the band of the way made against the way expected by now: ahead, on_track, behind or far_behind, or the name of
            one of the policy's own bands; None where nothing is expected or the bounds leave several bands.
        expected: what was expected by the date of judgement; missing or not applicable where nothing can be.
        original_target: the first target, where it was replaced; None otherwise.
        original_attainment: actual / original target; None where there is none.
        policy: the conventions that made the row.
        comparability: what makes the figures hard to compare; it belongs beside every percentage.
        inputs: the values that the row rests on.
        assumed: what was assumed on the way.
        findings: what somebody should look at.
        actual_method: what the actual is made of, in words.
        target_method: what the target is made of, in words.
    """

    indicator: str
    title: str
    node: str
    scope: Scope
    period: Period | None
    slice: Slice
    unit: str | None
    population: str
    direction: Direction
    baseline: Figure
    target: Figure
    actual: Figure
    attainment: Ratio
    progress: Ratio
    status: Status | None
    due: bool
    as_of: date
    coverage: tuple[int, int]
    pace: Pace | str | None = None
    expected: Figure = field(factory=Figure.gap)
    original_target: Figure | None = None
    original_attainment: Ratio | None = None
    policy: Policy = field(default=DEFAULT, repr=False)
    comparability: str = ""
    inputs: tuple[Input, ...] = field(default=(), repr=False)
    assumed: tuple[str, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    actual_method: str = field(default="", repr=False)
    target_method: str = field(default="", repr=False)

    @property
    def reason(self) -> Reason | None:
        """Why there is no attainment; None if there is one."""
        return self.attainment.reason

    @property
    def verdict(self) -> str:
        """The status in words for people; what is not due cannot be missed yet."""
        return "no verdict (context)" if self.status is None else verdict_in_words(self)

    @property
    def when(self) -> str:
        """The stretch of time in words."""
        if self.scope is Scope.LIFE:
            return message("whole programme")
        if self.scope is Scope.TO_DATE:
            return message("to date, %(period)s", period=self.period)
        return message("%(value)s", value=self.period)

    def said(self, share: Ratio) -> str:
        """A share as people see it under the row's policy, or why there is none."""
        return str(share) if share.bounds is None else percent(share.bounds, self.policy.digits, self.policy.rounding)

    def record(self) -> dict[str, object]:
        """The row as one flat record: numbers exact, None where there is none."""
        original = self.original_target.bounds if self.original_target else None
        return {
            "indicator": self.indicator,
            "title": self.title,
            "node": self.node,
            "scope": self.scope.value,
            "period_start": self.period.start if self.period else None,
            "period_end": self.period.end if self.period else None,
            "slice": str(self.slice),
            "unit": self.unit,
            "population": self.population,
            **_ends("baseline", self.baseline.bounds),
            **_ends("target", self.target.bounds),
            **_ends("actual", self.actual.bounds),
            "actual_printed": self.actual.printed,
            **_ends("attainment", self.attainment.bounds),
            **_ends("progress", self.progress.bounds),
            "status": self.status.value if self.status else None,
            "reason": self.reason.value if self.reason else None,
            **_ends("expected", self.expected.bounds),
            "pace": None if self.pace is None else str(self.pace),
            **_ends("original_target", original),
            **_ends("original_attainment", self.original_attainment.bounds if self.original_attainment else None),
            "direction": self.direction.value,
            "due": self.due,
            "as_of": self.as_of,
            "reported": self.coverage[0],
            "expected_reports": self.coverage[1],
            "comparability": self.comparability,
            "assumed": "; ".join(self.assumed),
            "policy": "; ".join(self.policy.departures()),
            "findings": "; ".join(f"{finding.code} {finding.message}" for finding in self.findings),
        }

    def explanation(self) -> Explanation:
        """How the row came about, as data: any change of a value or convention that it rests on changes it."""
        return Explanation(
            subject=f"{self.title} ({self.indicator}), {self.slice}, {self.when}, as of {self.as_of}",
            formula="progress = (actual - baseline) / (target - baseline)"
            if self.direction is Direction.DECREASE
            else "attainment = actual / target",
            inputs=self.inputs,
            steps=self._steps(),
            policy=self.policy,
            departures=self.policy.departures(),
            assumptions=self.assumed,
            reason=self.reason,
            findings=self.findings,
            comparability=self.comparability,
        )

    def explain(self) -> str:
        """How the numbers came about: inputs with their sources, formulas, what was assumed, or why there is no number."""
        return str(self.explanation())

    def _about(self, figure: Figure) -> str:
        """A figure that a division may have made long, as people see it under the row's policy."""
        if figure.value is None or len(plain(figure.value).partition(".")[2]) <= self.policy.digits:
            return shown(figure)
        return f"about {rounded(figure.value, self.policy.digits, self.policy.rounding)}"

    def _steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        if self.actual_method:
            steps.append(Step("actual", self.actual_method, self._about(self.actual)))
        if self.target_method:
            steps.append(Step("target", self.target_method, shown(self.target)))
        if self.attainment.bounds is not None:
            steps.append(Step("attainment", f"actual / target = {shown(self.actual)} / {shown(self.target)}", self.said(self.attainment)))
        else:
            steps.append(Step("no attainment", "", str(self.attainment)))
        if self.progress.bounds is not None:
            steps.append(Step("progress", "(actual - baseline) / (target - baseline)", self.said(self.progress)))
        elif self.attainment.bounds is not None:
            steps.append(Step("no progress", "", str(self.progress)))
        if self.original_target is not None and self.original_attainment is not None:
            how = f"actual / original target = {shown(self.actual)} / {shown(self.original_target)}"
            steps.append(Step("attainment of the original target", how, self.said(self.original_attainment)))
        reported, expected = self.coverage
        if expected:
            steps.append(Step("coverage", "", f"{reported} of {expected} parts reported"))
        if self.expected.bounds is not None:
            steps.append(Step("expected by now", "", self._about(self.expected)))
        if self.pace is not None:
            steps.append(Step("pace", "", self.pace.replace("_", " ")))
        return (*steps, Step("status", "", self.verdict))


def headline(row: AchievementRow) -> Ratio:
    """The share that speaks for a row: progress where the indicator is to fall, attainment otherwise.

    Example:
        >>> from tocmodel import TheoryOfChange, achievement
        >>> draft = TheoryOfChange.build("wells", as_of="2024-12-31")
        >>> water = draft.outcome("water", "Water points work")
        >>> idle = draft.indicator("idle", "Days out of order", of=water, unit="day", direction="decrease")
        >>> _ = draft.baseline(idle, 100), draft.target(idle, 40), draft.actual(idle, 70)
        >>> print(headline(achievement(draft.done())["idle"]))
        50 %
    """
    return row.progress if row.direction is Direction.DECREASE else row.attainment


def share_in_words(row: AchievementRow, wording: Wording = ENGLISH) -> str:
    """The share of a row as people see it, wherever they see it: of the way where the indicator is to fall, else of the plan.

    Where an indicator is to fall and its baseline is not known, or is its target, there is no way to speak of, and this says so:
    its attainment would mislead. Empty where there is nothing to compare.

    Example:
        >>> from tocmodel import TheoryOfChange, achievement
        >>> draft = TheoryOfChange.build("wells", as_of="2024-12-31")
        >>> water = draft.outcome("water", "Water points work")
        >>> for id, baseline in (("idle", 100), ("broken", None)):
        ...     _ = draft.indicator(id, of=water, unit="day", direction="decrease")
        ...     _ = draft.target(id, 40), draft.actual(id, 70), baseline and draft.baseline(id, baseline)
        >>> table = achievement(draft.done())
        >>> share_in_words(table["idle"]), share_in_words(table["broken"])
        ('50 % of the way', 'missing baseline')
    """
    share, falling = headline(row), row.direction is Direction.DECREASE
    if share.bounds is None:
        says_why = falling and share.reason in {Reason.MISSING_BASELINE, Reason.BASELINE_EQUALS_TARGET}
        return wording.label(share.reason.value) if says_why and share.reason else ""
    said = percent(share.bounds, row.policy.digits, row.policy.rounding, wording=wording)
    return wording.gettext("%(share)s of the way", share=said) if falling else said


def verdict_in_words(row: AchievementRow, wording: Wording = ENGLISH) -> str:
    """The verdict on a row as people see it: what is not due cannot be missed yet; targets of periods that may not add up make none for the whole."""
    if row.status is Status.NO_TARGET and row.reason is Reason.UNKNOWN_REPORT_BASIS:
        return wording.gettext("no target for the whole")
    if row.status is Status.NOT_MET and not row.due:
        return wording.gettext("not met so far")
    return wording.label(row.status.value if row.status else "context")


def repeats(row: AchievementRow, whole: AchievementRow | None) -> bool:
    """Whether the periods that are due, taken together, say the same as the whole programme: people need to read that once."""
    return whole is not None and row.scope is Scope.TO_DATE and _standing(row) == _standing(whole)


def _standing(row: AchievementRow) -> tuple[object, ...]:
    figures = [(figure.bounds, figure.missing, figure.words and figure.printed) for figure in (row.baseline, row.target, row.actual)]
    return (*figures, row.attainment, row.progress, row.status, row.due and row.status is Status.NOT_MET, row.pace, row.comparability)


def _ends(name: str, bounds: Interval | None) -> dict[str, object]:
    low, high = (None, None) if bounds is None else (bounds.low, bounds.high)
    return {f"{name}_low": low, f"{name}_high": high}


def _part(row: AchievementRow) -> str:
    return ", ".join(category for _, category in row.slice) or _TOTAL


def _target(row: AchievementRow) -> str:
    return _NONE if row.target.missing is Missing.MISSING else signed(row.target)


def _actual(row: AchievementRow) -> str:
    return _IN_WORDS if row.actual.words and len(row.actual.printed) > _SHORT else signed(row.actual)


_TOTAL, _NONE, _IN_WORDS = message("total"), message("none"), message("in words")
_SHORT = 20
"""Words of this length, such as a level of a scale, still fit into a column."""

COLUMNS: tuple[Column[AchievementRow], ...] = (
    Column(message("indicator"), lambda row: row.title),
    Column(message("period"), lambda row: row.when),
    Column(message("part"), _part),
    Column(message("target"), _target, number=True),
    Column(message("actual"), _actual, number=True),
    Column(message("attainment"), lambda row: share_in_words(row) or "–", number=True),
    Column(message("status"), lambda row: row.verdict),
)
FIELDS = (
    "indicator", "title", "node", "scope", "period_start", "period_end", "slice", "unit", "population", "baseline_low", "baseline_high",
    "target_low", "target_high", "actual_low", "actual_high", "actual_printed", "attainment_low", "attainment_high", "progress_low",
    "progress_high", "status", "reason", "expected_low", "expected_high", "pace", "original_target_low", "original_target_high",
    "original_attainment_low", "original_attainment_high", "direction", "due", "as_of", "reported", "expected_reports", "comparability",
    "assumed", "policy", "findings",
)  # fmt: skip
"""The names of a record's fields, which a table without rows has too."""
PACE: Column[AchievementRow] = Column(message("pace"), lambda row: "–" if row.pace is None else row.pace.replace("_", " "))
