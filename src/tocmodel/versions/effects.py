"""What a revision does to the numbers: rows of the achievement that differ between two versions of a model."""

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from tocmodel.figures.display import shown
from tocmodel.measurement import AchievementRow, achievement
from tocmodel.measurement.rows import share_in_words
from tocmodel.messages import message
from tocmodel.model import TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.tables import Column, Table
from tocmodel.versions.difference import successors

_SHARE, _VERDICT = "share", "verdict"
_FOR_PEOPLE = (_SHARE, _VERDICT)
"""What people see in the place of attainment and status."""


@frozen
class AchievementChange:
    """A row of the achievement that differs between two versions.

    Attributes:
        indicator: the id of the indicator.
        title: its title.
        period: the period; None for the whole life of the programme.
        slice: the part of a breakdown; empty for the total.
        old: the row before; None where there was none.
        new: the row after; None where there is none.
    """

    indicator: str
    title: str
    period: Period | None
    slice: Slice
    old: AchievementRow | None
    new: AchievementRow | None

    def record(self) -> dict[str, object]:
        """The change as one flat record."""
        return {
            "indicator": self.indicator,
            "title": self.title,
            "period": str(self.period) if self.period else None,
            "slice": str(self.slice),
            **{f"old_{name}": text for name, text in _cells(self.old).items() if name not in _FOR_PEOPLE},
            **{f"new_{name}": text for name, text in _cells(self.new).items() if name not in _FOR_PEOPLE},
        }

    def cell(self, name: str) -> str:
        """A cell for people: what it was and what it is, or the one thing that it stayed."""
        old, new = _cells(self.old)[name], _cells(self.new)[name]
        return new if old == new else message("%(old)s → %(new)s", old=old or "–", new=new or "–")


def _cells(row: AchievementRow | None) -> dict[str, str]:
    """What a row shows; nothing where there is no row."""
    return {
        "target": shown(row.target) if row else "",
        "actual": shown(row.actual) if row else "",
        "attainment": str(row.attainment) if row and row.attainment.bounds else "",
        _SHARE: share_in_words(row) if row else "",
        "status": row.status.value.replace("_", " ") if row and row.status else row.verdict if row else "",
        _VERDICT: row.verdict if row else "",
    }


_WHOLE = message("whole programme")
_COLUMNS: tuple[Column[AchievementChange], ...] = (
    Column(message("indicator"), lambda change: change.title),
    Column(message("period"), lambda change: message("%(value)s", value=change.period) if change.period else _WHOLE),
    Column(message("part"), lambda change: str(change.slice)),
    Column(message("target"), lambda change: change.cell("target"), number=True),
    Column(message("actual"), lambda change: change.cell("actual"), number=True),
    Column(message("attainment"), lambda change: change.cell(_SHARE), number=True),
    Column(message("status"), lambda change: change.cell(_VERDICT)),
)


def achievement_changes(old: TheoryOfChange, new: TheoryOfChange, *, as_of: date | str | None = None) -> Table[AchievementChange]:
    """The rows of the achievement that differ between two versions of a model.

    Args:
        old: the model before.
        new: the model after.
        as_of: the date of judgement for both; each programme's own where left out.

    Raises:
        AsOfNeededError: if neither says a date.
    """
    before, after = _rows(old, as_of, successors(old, new)), _rows(new, as_of, {})
    changes: list[AchievementChange] = []
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        row = other or one
        if row is not None and _cells(one) != _cells(other):
            changes.append(AchievementChange(row.indicator, row.title, row.period, row.slice, one, other))
    title = new.programme.title or new.programme.id
    caption = message("What the revision does to the achievement of %(programme)s", programme=title)
    return Table(tuple(changes), _COLUMNS, caption, (*(() if changes else (message("no row differs"),)), *new.programme.notices))


def _rows(model: TheoryOfChange, as_of: date | str | None, names: Mapping[str, str]) -> dict[tuple[object, ...], AchievementRow]:
    """The rows by what tells them apart, indicators under their new ids."""
    return {(names.get(row.indicator, row.indicator), row.period, row.slice): row for row in achievement(model, as_of=as_of)}
