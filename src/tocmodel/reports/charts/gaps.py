"""Breakdowns against plan as bars: how far each group has come, and the question that a gap asks."""

from tocmodel.measurement import AchievementRow, AchievementTable, Scope
from tocmodel.measurement.gaps import EquityGap, equity_gaps
from tocmodel.model import TheoryOfChange
from tocmodel.reports.charts.achievement import LABELS, bars, legend, note, sentence
from tocmodel.reports.charts.drawing import LEADING, MARGIN, SIZE, SMALL, WIDTH, Picture, footing, heading, picture, words, wrapped
from tocmodel.reports.charts.palette import CAUTION, MUTED
from tocmodel.reports.language import Language
from tocmodel.reports.naming import Names


def gap_chart(table: AchievementTable, *, model: TheoryOfChange | None = None, language: Language | None = None) -> Picture:
    """Draw the breakdowns of an achievement against the plan of each group as SVG bars.

    Only breakdowns of which at least two groups have a result against a target are drawn; a group without a result is shown
    as such. What a gap means is a question, never a verdict on a group. What makes plan and result hard to compare stands
    above the bars.

    Args:
        table: an achievement.
        model: the model, for titles in the reader's language and the names of groups.
        language: the language of its own words; English where left out.

    Example:
        >>> from tocmodel.measurement import achievement
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)", as_of="2024-12-31")
        >>> clubs = draft.activity("clubs", "Reading clubs")
        >>> _ = draft.indicator("pupils", "Pupils in clubs", of=clubs, unit="person", direction="increase", by=["place"])
        >>> for place, plan, count in (("hills", 60, 45), ("coast", 40, 44)):
        ...     _ = draft.target("pupils", plan, slice={"place": place}), draft.actual("pupils", count, slice={"place": place})
        >>> "Fewer than planned: hills. Is it the plan, the identification or the access?" in gap_chart(achievement(draft.done()))
        True
    """
    names = Names.of(model, language)
    speaking = names.language
    gaps = equity_gaps(table)
    title = speaking.gettext("Gaps between groups, as shares of what was planned for each")
    parts, y = heading(title, [speaking.gettext("Each bar compares a group with what was planned for that group.")])
    told: list[str] = []
    drawn_rows: list[AchievementRow] = []
    for gap in gaps:
        rows = _groups(table, gap)
        drawn_rows += rows
        lines = wrapped(_heading(gap, names), WIDTH - 2 * MARGIN, lines=2)
        parts.append(words(MARGIN, y + 6, lines, font_weight="bold"))
        y += len(lines) * SIZE * LEADING
        for care in dict.fromkeys(filter(None, (note(row, speaking) for row in rows))):
            small = wrapped(care, WIDTH - 2 * MARGIN, size=SMALL, lines=3)
            parts.append(words(MARGIN, y + 4, small, size=SMALL, fill=MUTED))
            y += len(small) * SMALL * LEADING + 3
            told.append(care)
        drawn, y = bars(rows, y + 6, names, label=lambda row: (_category(row, names), 20.0))
        parts += drawn
        told += [sentence(row, names) for row in rows]
        if gap.short:
            question = gap_question(gap, names)
            asked = wrapped(question, WIDTH - 2 * MARGIN - 20, lines=2)
            parts.append(words(MARGIN + 20, y + 4, asked, fill=CAUTION, font_weight="bold"))
            told.append(question)
            y += len(asked) * SIZE * LEADING
        y += 18
    if not gaps:
        told = [speaking.gettext("No breakdown has results against targets for two groups or more.")]
        parts.append(words(MARGIN, y + 6, told[0]))
        y += 24
    foot, height = footing(y - 10, [*legend(drawn_rows, speaking), *names.notes(gaps.footer)])
    return picture(WIDTH, height, title=title, description=" ".join(told), parts=[*parts, *foot], lang=speaking.code)


def gap_question(gap: EquityGap, names: Names) -> str:
    """What a gap asks, in the reader's language and with the reader's names of the groups; empty where it asks nothing."""
    if not gap.short:
        return ""
    groups = names.language.listed([names.category(gap.dimension, id) for id in gap.short])
    return names.language.gettext("Fewer than planned: %(groups)s. Is it the plan, the identification or the access?", groups=groups)


def _heading(gap: EquityGap, names: Names) -> str:
    language = names.language
    title = language.gettext(
        "%(title)s, by %(dimension)s", title=names.title(gap.indicator, gap.title), dimension=names.title(gap.dimension)
    )
    return title if gap.period is None else f"{title}, {language.period(gap.period)}"


def _groups(table: AchievementTable, gap: EquityGap) -> list[AchievementRow]:
    """The rows of a breakdown, those without a result among them."""
    own = [row for row in table if row.indicator == gap.indicator and row.period == gap.period and row.scope is not Scope.TO_DATE]
    return [row for row in own if row.slice.dimensions == (gap.dimension,) and row.target.missing is None]


def _category(row: AchievementRow, names: Names) -> list[str]:
    return wrapped(names.part(row.slice), LABELS - 40, lines=2)
