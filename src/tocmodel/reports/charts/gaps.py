"""Breakdowns against plan as bars: how far each group has come, and the question that a gap asks."""

from tocmodel.measurement import AchievementRow, AchievementTable, Scope
from tocmodel.measurement.gaps import EquityGap, equity_gaps
from tocmodel.reports.charts.achievement import LABELS, bars, sentence
from tocmodel.reports.charts.drawing import LEADING, MARGIN, SIZE, WIDTH, Picture, footing, heading, picture, words, wrapped
from tocmodel.reports.charts.palette import CAUTION


def gap_chart(table: AchievementTable) -> Picture:
    """Draw the breakdowns of an achievement against the plan of each group as SVG bars.

    Only breakdowns of which at least two groups have a result against a target are drawn; a group without a result is shown
    as such. What a gap means is a question, never a verdict on a group.

    Args:
        table: an achievement.

    Example:
        >>> from tocmodel.measurement import achievement
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)", as_of="2024-12-31")
        >>> clubs = draft.activity("clubs", "Reading clubs")
        >>> _ = draft.indicator("pupils", "Pupils in clubs", of=clubs, unit="person", direction="increase", by=["place"])
        >>> for place, plan, count in (("hills", 60, 45), ("coast", 40, 44)):
        ...     _ = draft.target("pupils", plan, slice={"place": place}), draft.actual("pupils", count, slice={"place": place})
        >>> "Fewer hills than planned: plan, identification or access?" in gap_chart(achievement(draft.done()))
        True
    """
    gaps = equity_gaps(table)
    title = gaps.caption
    parts, y = heading(title, ["Each bar compares a group with what was planned for that group."])
    said: list[str] = []
    for gap in gaps:
        rows = _groups(table, gap)
        lines = wrapped(f"{gap.title}, by {gap.dimension}{'' if gap.period is None else f', {gap.period}'}", WIDTH - 2 * MARGIN, lines=2)
        parts.append(words(MARGIN, y + 6, lines, font_weight="bold"))
        drawn, y = bars(rows, y + len(lines) * SIZE * LEADING + 6, label=lambda row: (_category(row), 20.0))
        parts += drawn
        said += [sentence(row) for row in rows]
        if gap.question:
            asked = wrapped(f"{gap.question[0].upper()}{gap.question[1:]}", WIDTH - 2 * MARGIN - 20, lines=2)
            parts.append(words(MARGIN + 20, y + 4, asked, fill=CAUTION, font_weight="bold"))
            said.append(f"{gap.question[0].upper()}{gap.question[1:]}")
            y += len(asked) * SIZE * LEADING
        y += 18
    if not said:
        said = ["No breakdown has results against targets for two groups or more."]
        parts.append(words(MARGIN, y + 6, said[0]))
        y += 24
    foot, height = footing(y - 10, gaps.footer)
    return picture(WIDTH, height, title=title, description=" ".join(said), parts=[*parts, *foot])


def _groups(table: AchievementTable, gap: EquityGap) -> list[AchievementRow]:
    """The rows of a breakdown, those without a result among them."""
    own = [row for row in table if row.indicator == gap.indicator and row.period == gap.period and row.scope is not Scope.TO_DATE]
    return [row for row in own if row.slice.dimensions == (gap.dimension,) and row.target.missing is None]


def _category(row: AchievementRow) -> list[str]:
    return wrapped(", ".join(category for _, category in row.slice), LABELS - 40, lines=2)
