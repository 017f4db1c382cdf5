"""How the same people or cases move from step to step: counts, rates where units differ, percentages only from like to like."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from tocmodel.errors import UnknownIdError
from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import percent, rounded, shown
from tocmodel.measurement.achieving import as_judged, day_of
from tocmodel.model import Cascade, TheoryOfChange
from tocmodel.tables import Column, Table


@frozen
class CascadeStep:
    """One step of a cascade.

    Attributes:
        indicator: the id of the indicator.
        title: its title.
        unit: what it counts.
        population: whom it counts.
        count: how many.
        share: the share of the step before, where both count the same thing; None otherwise.
        rate: how many for each one of the step before, where the two count different things; None otherwise.
        before: what the step before counts.
        note: the author's remark.
    """

    indicator: str
    title: str
    unit: str | None
    population: str
    count: Figure
    share: Interval | None
    rate: Interval | None
    before: str = ""
    note: str = ""

    def record(self) -> dict[str, object]:
        """The step as one flat record."""
        bounds = self.count.bounds
        return {
            "indicator": self.indicator,
            "title": self.title,
            "unit": self.unit,
            "population": self.population,
            "count_low": bounds.low if bounds else None,
            "count_high": bounds.high if bounds else None,
            "share_low": self.share.low if self.share else None,
            "share_high": self.share.high if self.share else None,
            "rate_low": self.rate.low if self.rate else None,
            "rate_high": self.rate.high if self.rate else None,
            "note": self.note,
        }

    @property
    def from_before(self) -> str:
        """How the step relates to the one before, in words."""
        if self.share is not None:
            return f"{percent(self.share)} of the step before"
        if self.rate is not None and self.rate.value is not None:
            return f"{rounded(self.rate.value, 2)} {self.unit}s per {self.before}"
        return ""


_COLUMNS: tuple[Column[CascadeStep], ...] = (
    Column("step", lambda step: step.title),
    Column("count", lambda step: shown(step.count), number=True),
    Column("unit", lambda step: step.unit or ""),
    Column("from the step before", lambda step: step.from_before),
)


def cascade(model: TheoryOfChange, id: str, *, as_of: date | str | None = None) -> Table[CascadeStep]:
    """Follow people or cases from step to step.

    A step that counts the same thing as the one before gets a percentage; where the things differ, such as girls and
    cases, a rate. Whoever is not in the next step is not lost: a case may still be open, or be settled otherwise.

    Args:
        model: the model.
        id: the id of the cascade.
        as_of: the date of judgement; the programme's own where left out, and without any nothing is due. The counts are those
            of the achievement table as of that date.

    Raises:
        UnknownIdError: if no cascade has this id.
        FieldError: if ``as_of`` is no date.
    """
    record = model.by_id.get(id)
    if not isinstance(record, Cascade):
        raise UnknownIdError(id, "cascade", [item.id for item in model.cascades])
    steps: list[CascadeStep] = []
    judged_on = day_of(model, as_of)
    for step in record.steps:
        indicator = model.indicator(step)
        count = as_judged(model, indicator, as_of=judged_on, checked=False).figure
        before = steps[-1] if steps else None
        ratio = _ratio(count, before.count) if before else None
        alike = before is not None and before.unit == indicator.unit
        steps.append(
            CascadeStep(
                indicator=step,
                title=str(indicator.title),
                unit=indicator.unit,
                population=indicator.population,
                count=count,
                share=ratio if alike else None,
                rate=None if alike else ratio,
                before=_one_of(before) if before else "",
                note=str(indicator.note),
            )
        )
    notes = tuple(str(note) for note in (record.description, record.note, model.programme.notice) if note)
    return Table(tuple(steps), _COLUMNS, str(record.title), notes)


def _one_of(step: CascadeStep) -> str:
    return step.unit or step.title


def _ratio(count: Figure, before: Figure) -> Interval | None:
    if count.bounds is None or before.bounds is None or Decimal(0) in before.bounds:
        return None
    return count.bounds / before.bounds
