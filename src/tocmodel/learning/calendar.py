"""What is to be reported and watched, by when and by whom, and what is overdue."""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from tocmodel.errors import AsOfNeededError
from tocmodel.measurement.actuals import figure_of, in_force, within
from tocmodel.model import AssumptionState, Indicator, TheoryOfChange
from tocmodel.periods import Period, to_date
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class Deadline(Word):
    """How something stands against its date."""

    DONE = "done"
    OVERDUE = "overdue"
    COMING = "coming"
    NO_DATE = "no date"


@frozen
class ReportDue:
    """A report that an indicator asks for.

    Attributes:
        indicator: the id of the indicator.
        title: its title.
        period: the period to be reported on.
        due: its last day.
        responsible: the title of the actor who reports it; empty where not said.
        state: done where a result lies in the period, else overdue or coming.
    """

    indicator: str
    title: str
    period: Period
    due: date
    responsible: str
    state: Deadline

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "indicator": self.indicator,
            "title": self.title,
            "period": str(self.period),
            "due": self.due,
            "responsible": self.responsible,
            "state": self.state.value,
        }


_REPORTS: tuple[Column[ReportDue], ...] = (
    Column("due", lambda row: str(row.due)),
    Column("indicator", lambda row: row.title),
    Column("period", lambda row: str(row.period)),
    Column("responsible", lambda row: row.responsible or "not said"),
    Column("state", lambda row: row.state.value),
)


def reporting_calendar(model: TheoryOfChange, *, as_of: date | str | None = None) -> Table[ReportDue]:
    """Every report that the model asks for, by its date.

    An indicator asks for a report on every period that it has a target for; if none of its targets has a period, on the
    whole programme. One without a target, in a programme without a period, or derived from others asks for none.

    Args:
        model: the model.
        as_of: the date from which overdue is counted; the programme's own where left out.

    Raises:
        AsOfNeededError: if neither says a date.
    """
    today = _today(model, as_of)
    rows = [
        ReportDue(
            indicator=indicator.id,
            title=str(indicator.title),
            period=period,
            due=period.end,
            responsible=_actor(model, indicator.responsible),
            state=_report_state(model, indicator, period, today),
        )
        for indicator in model.indicators
        if indicator.derived is None
        for period in _periods(model, indicator)
    ]
    caption = f"Reports of {model.programme.title or model.programme.id}, as of {today}"
    return Table(
        tuple(sorted(rows, key=lambda row: (row.due, row.indicator))),
        _REPORTS,
        caption,
        (_overdue(row.state for row in rows), *model.programme.notices),
    )


def _periods(model: TheoryOfChange, indicator: Indicator) -> list[Period]:
    targets = in_force(model.targets_of(indicator.id))
    dated = sorted({target.period for target in targets if target.period is not None})
    whole = model.programme.period
    return dated or ([whole] if targets and whole is not None else [])


def _reported(model: TheoryOfChange, indicator: Indicator, period: Period) -> bool:
    actuals = in_force(model.actuals_of(indicator.id))
    whole = model.programme.period
    inside = actuals if period == whole else within(actuals, period)
    return any(figure_of(actual, indicator).missing is None for actual in inside)


@frozen
class Watched:
    """An assumption that is to be looked at.

    Attributes:
        assumption: its id.
        title: its title.
        known: what is known of it.
        owner: the title of the actor who watches it; empty where not said.
        review: when it is to be looked at again; None where not said.
        indicator: the id of the indicator that watches it; None where there is none.
        links: ids of the links and packages that rest on it.
        state: overdue, coming or without a date.
    """

    assumption: str
    title: str
    known: AssumptionState
    owner: str
    review: date | None
    indicator: str | None
    links: tuple[str, ...]
    state: Deadline

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "assumption": self.assumption,
            "title": self.title,
            "known": self.known.value,
            "owner": self.owner,
            "review": self.review,
            "indicator": self.indicator,
            "links": " ".join(self.links),
            "state": self.state.value,
        }


_WATCHED: tuple[Column[Watched], ...] = (
    Column("assumption", lambda row: row.title),
    Column("known", lambda row: row.known.value.replace("_", " ")),
    Column("owner", lambda row: row.owner or "nobody named"),
    Column("review", lambda row: str(row.review or "no date")),
    Column("links that rest on it", lambda row: str(len(row.links)), number=True),
    Column("state", lambda row: row.state.value),
)


def assumptions_to_monitor(model: TheoryOfChange, *, as_of: date | str | None = None) -> Table[Watched]:
    """The assumptions with their owners and dates: overdue ones first, then by how many links rest on them.

    Args:
        model: the model.
        as_of: the date from which overdue is counted; the programme's own where left out.

    Raises:
        AsOfNeededError: if neither says a date.
    """
    today = _today(model, as_of)
    rows: list[Watched] = []
    for assumption in model.assumptions:
        resting = tuple(record.id for record in (*model.links, *model.packages) if assumption.id in record.assumptions)
        rows.append(
            Watched(
                assumption=assumption.id,
                title=str(assumption.title),
                known=assumption.state,
                owner=_actor(model, assumption.owner),
                review=assumption.review,
                indicator=assumption.indicator,
                links=resting,
                state=_review_state(assumption.review, today),
            )
        )
    ranked = sorted(rows, key=lambda row: (row.state is not Deadline.OVERDUE, -len(row.links)))
    return Table(
        tuple(ranked), _WATCHED, f"Assumptions to monitor, as of {today}", (_overdue(row.state for row in rows), *model.programme.notices)
    )


def _today(model: TheoryOfChange, as_of: date | str | None) -> date:
    stated = as_of if as_of is not None else model.programme.as_of
    if stated is None:
        raise AsOfNeededError
    return to_date(stated)


def _actor(model: TheoryOfChange, id: str | None) -> str:
    return "" if id is None else str(getattr(model[id], "title", id))


def _report_state(model: TheoryOfChange, indicator: Indicator, period: Period, today: date) -> Deadline:
    """A report is due on the last day of its period, as everywhere."""
    if _reported(model, indicator, period):
        return Deadline.DONE
    return Deadline.OVERDUE if period.end <= today else Deadline.COMING


def _review_state(review: date | None, today: date) -> Deadline:
    """A review may still happen on its day, as rule L70 has it."""
    if review is None:
        return Deadline.NO_DATE
    return Deadline.OVERDUE if review < today else Deadline.COMING


def _overdue(states: Iterable[Deadline]) -> str:
    return f"{sum(state is Deadline.OVERDUE for state in states)} overdue"
