"""How a result came about, as data and in words: formula, inputs with their sources, steps, policy, assumptions, findings."""

from attrs import field, frozen

from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import shown
from tocmodel.findings import Finding
from tocmodel.measurement.formulas import Reason
from tocmodel.measurement.policy import Policy
from tocmodel.periods import Period
from tocmodel.slices import Slice


@frozen
class Input:
    """A value that a result rests on.

    Attributes:
        role: baseline, target, original target or actual.
        id: the id of the value.
        figure: its figure, in the indicator's unit and with its source.
        comparability: what makes it hard to compare.
        indicator: the id of the indicator that it belongs to; another than the row's where the row is derived.
        period: what it covers.
        slice: the part of a breakdown that it speaks of.
        numerator: of a percentage or ratio.
        denominator: of a percentage or ratio.
    """

    role: str
    id: str
    figure: Figure
    comparability: str = ""
    indicator: str = ""
    period: Period | None = None
    slice: Slice = field(default=Slice())
    numerator: Figure | None = None
    denominator: Figure | None = None

    def __str__(self) -> str:
        source = f" ({self.figure.source})" if self.figure.source else ""
        parts = f" = {shown(self.numerator)} / {shown(self.denominator)}" if self.numerator and self.denominator else ""
        where = ", ".join(str(item) for item in (self.slice, self.period) if item)
        return f"{self.role} {shown(self.figure)}{parts}{f' for {where}' if where else ''}{source}"

    def record(self) -> dict[str, object]:
        """The input as one flat record."""
        bounds = self.figure.bounds or Interval()
        source = self.figure.source
        return {
            "role": self.role,
            "id": self.id,
            "indicator": self.indicator,
            "period": str(self.period) if self.period else None,
            "slice": str(self.slice),
            "printed": self.figure.printed,
            "low": bounds.low,
            "low_open": bounds.low_open,
            "high": bounds.high,
            "high_open": bounds.high_open,
            "missing": self.figure.missing.value if self.figure.missing else None,
            "unit": self.figure.unit,
            "numerator": None if self.numerator is None else str(self.numerator),
            "denominator": None if self.denominator is None else str(self.denominator),
            "source": source.source if source else None,
            "place": source.place if source else None,
            "comparability": self.comparability,
        }


@frozen
class Step:
    """One step of a calculation.

    Attributes:
        name: what is found, such as actual or attainment.
        how: by which rule or formula.
        result: what comes out, in words.
    """

    name: str
    how: str
    result: str

    def __str__(self) -> str:
        return f"{self.name} = {self.how} = {self.result}" if self.how else f"{self.name}: {self.result}"


@frozen
class Explanation:
    """How one row of an achievement came about.

    Attributes:
        subject: the indicator, part and stretch of time, and the date of judgement.
        formula: the formula of the headline number.
        inputs: the values that it rests on.
        steps: from the inputs to the verdict.
        policy: the conventions.
        departures: in words, where these depart from the defaults.
        assumptions: what was assumed on the way.
        reason: why there is no number; None if there is one.
        findings: what somebody should look at.
        comparability: what makes the figures hard to compare.
    """

    subject: str
    formula: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    policy: Policy
    departures: tuple[str, ...]
    assumptions: tuple[str, ...]
    reason: Reason | None
    findings: tuple[Finding, ...]
    comparability: str = ""

    def record(self) -> dict[str, object]:
        """The explanation as nested plain data."""
        return {
            "subject": self.subject,
            "formula": self.formula,
            "inputs": [item.record() for item in self.inputs],
            "steps": [{"name": step.name, "how": step.how, "result": step.result} for step in self.steps],
            "policy": list(self.departures),
            "assumptions": list(self.assumptions),
            "reason": self.reason.value if self.reason else None,
            "findings": [finding.record() for finding in self.findings],
            "comparability": self.comparability,
        }

    def __str__(self) -> str:
        lines = [self.subject, *(f"  {item}" for item in self.inputs), *(f"  {step}" for step in self.steps)]
        if self.comparability:
            lines.append(f"  compare with care: {self.comparability}")
        lines += [f"  assumed: {note}" for note in self.assumptions]
        lines += [f"  policy: {note}" for note in self.departures]
        return "\n".join([*lines, *(f"  {finding}" for finding in self.findings)])
