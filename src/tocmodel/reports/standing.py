"""How the achievement stands, in a sentence or two: what is reported, and what is met. Where there is nothing to count, that is said."""

from collections import Counter
from collections.abc import Callable, Sequence

from tocmodel.figures import Missing
from tocmodel.measurement import AchievementRow, AchievementTable, Scope, Status
from tocmodel.model import Direction
from tocmodel.reports.language import Language
from tocmodel.slices import Slice

_NO_PARTS = ("percent", "per_mille", "percentage_point", "fraction", "ratio", "rating", "score")
"""Units in which a result is no part of its target."""


def reported(words: Language, table: AchievementTable) -> str:
    """How many indicators with a target that is due have a result."""
    there, expected = table.coverage
    if expected:
        return words.ngettext(
            "%(reported)s of %(num)s indicator with a target that is due has a result as of %(day)s.",
            "%(reported)s of %(num)s indicators with a target that is due have a result as of %(day)s.",
            expected,
            reported=words.number(there),
            day=words.day(table.as_of),
        )
    if table.planned:
        return words.gettext("No target is due yet as of %(day)s.", day=words.day(table.as_of))
    return words.gettext("No indicator has a target that results can be set against.")


def part_of_target(row: AchievementRow) -> bool:
    """Whether a result can be said to be so many of so many: not where it is a share, or is to fall."""
    return row.direction is not Direction.DECREASE and row.unit not in _NO_PARTS


def against(row: AchievementRow, reached: str, target: str, said: Callable[..., str]) -> str:
    """A result in words beside its target.

    Args:
        row: the row.
        reached: its result in words.
        target: its target in words.
        said: says a message: `Language.gettext`, or `Language.message` in markup.
    """
    if part_of_target(row):
        return said("%(actual)s of %(target)s", actual=reached, target=target)
    return said("%(actual)s (target: %(target)s)", actual=reached, target=target)


def silent(table: AchievementTable) -> tuple[tuple[AchievementRow, ...], tuple[AchievementRow, ...]]:
    """The rows that are due and have a target and no result, totals and groups: those whose target can be read, and those whose cannot.

    A cell without any result is there once, for the whole programme if there is a target for it; of one that has results the
    periods without are.
    """
    due = [row for row in table if row.due and row.scope is not Scope.TO_DATE]
    begun = frozenset(_cell(row) for row in due if row.scope is Scope.PERIOD and row.actual.missing is not Missing.MISSING)
    missing = [row for row in due if row.actual.missing is Missing.MISSING]
    return _once([row for row in missing if row.target.missing is None], begun), _once(
        [row for row in missing if row.target.missing is Missing.NOT_READABLE], begun
    )


def _once(rows: Sequence[AchievementRow], begun: frozenset[object]) -> tuple[AchievementRow, ...]:
    scopes: dict[object, set[Scope]] = {}
    for row in rows:
        scopes.setdefault(_cell(row), set()).add(row.scope)
    wanted = {cell: Scope.PERIOD if cell in begun else Scope.LIFE for cell in scopes}
    return tuple(row for row in rows if row.scope is wanted[_cell(row)] or wanted[_cell(row)] not in scopes[_cell(row)])


def _cell(row: AchievementRow) -> tuple[str, Slice]:
    return row.indicator, row.slice


def unreported(words: Language, rows: Sequence[AchievementRow]) -> str:
    """How many targets have no result, those of groups among them; empty where there is none."""
    number, groups = len(rows), sum(bool(row.slice) for row in rows)
    if not number:
        return ""
    if not groups:
        return words.ngettext(
            "For %(num)s target no result is reported; that is missing, not zero.",
            "For %(num)s targets no result is reported; that is missing, not zero.",
            number,
        )
    if groups == number:
        return words.ngettext(
            "For %(num)s target of a group no result is reported; that is missing, not zero.",
            "For %(num)s targets of groups no result is reported; that is missing, not zero.",
            number,
        )
    return words.ngettext(
        "For %(num)s target, %(groups)s of them of groups, no result is reported; that is missing, not zero.",
        "For %(num)s targets, %(groups)s of them of groups, no result is reported; that is missing, not zero.",
        number,
        groups=words.number(groups),
    )


def unreadable(words: Language, rows: Sequence[AchievementRow]) -> str:
    """How many more targets cannot be read and have no result; empty where there is none."""
    if not rows:
        return ""
    return words.ngettext(
        "%(num)s more target cannot be read, and no result is reported for it.",
        "%(num)s more targets cannot be read, and no result is reported for them.",
        len(rows),
    )


def judged(words: Language, totals: Sequence[AchievementRow]) -> str:
    """How many of the totals that can be judged against a target are met; empty where none can be."""
    counts = Counter((row.status, row.due) for row in totals)
    met, waiting, not_met = sum(row.status is Status.MET for row in totals), counts[Status.NOT_MET, False], counts[Status.NOT_MET, True]
    undetermined = sum(row.status is Status.UNDETERMINED for row in totals)
    number = met + not_met + waiting + undetermined
    if number == 0:
        return ""
    if number == 1 and met:
        return words.gettext("The only total that can be judged against a target is met.")
    if number == 1 and not_met:
        return words.gettext("The only total that can be judged against a target is not met.")
    if number == 1 and waiting:
        return words.gettext("The only total that can be judged against a target is not due yet, and not met so far.")
    if number == 1:
        return words.gettext("For the only total that can be judged against a target, the bounds of the figures allow both verdicts.")
    parts = [
        words.ngettext("%(num)s is met", "%(num)s are met", met) if met else "",
        words.ngettext("%(num)s is not met", "%(num)s are not met", not_met) if not_met else "",
        words.ngettext("%(num)s is not due yet and not met so far", "%(num)s are not due yet and not met so far", waiting)
        if waiting
        else "",
        words.ngettext("for %(num)s the bounds of the figures allow both", "for %(num)s the bounds of the figures allow both", undetermined)
        if undetermined
        else "",
    ]
    return words.ngettext(
        "Of the %(num)s total that can be judged against a target, %(parts)s.",
        "Of the %(num)s totals that can be judged against a target, %(parts)s.",
        number,
        parts=words.listed([part for part in parts if part]),
    )
