"""How the achievement stands, in a sentence or two: what is reported, and what is met. Where there is nothing to count, that is said."""

from collections import Counter
from collections.abc import Sequence

from tocmodel.measurement import AchievementRow, AchievementTable, Status
from tocmodel.reports.language import Language


def reported(words: Language, table: AchievementTable) -> str:
    """How many totals with a target that is due have a result."""
    there, expected = table.coverage
    if expected:
        return words.ngettext(
            "%(reported)s of %(num)s total with a target that is due has a result as of %(day)s.",
            "%(reported)s of %(num)s totals with a target that is due have a result as of %(day)s.",
            expected,
            reported=words.number(there),
            day=words.day(table.as_of),
        )
    if table.planned:
        return words.gettext("No target is due yet as of %(day)s.", day=words.day(table.as_of))
    return words.gettext("No total has a target that results can be set against.")


def verdict(words: Language, row: AchievementRow) -> str:
    """The verdict on a row; what is not due cannot be missed yet."""
    if row.status is Status.NOT_MET and not row.due:
        return words.gettext("not met so far")
    return words.label(row.status.value if row.status else "context")


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
