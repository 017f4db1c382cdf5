"""An achievement as bars: how far each result has come against its target, with bounds."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from tocmodel.figures import Missing
from tocmodel.figures.display import shown
from tocmodel.measurement import AchievementRow, AchievementTable, Scope
from tocmodel.measurement.rollup import headline
from tocmodel.model import Direction
from tocmodel.reports.charts.drawing import (
    LEADING,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    Picture,
    bar,
    footing,
    group,
    heading,
    line,
    picture,
    tick,
    words,
    wrapped,
)
from tocmodel.reports.charts.palette import MUTED

LABELS = 300.0
SCALE = 330.0
"""How long the scale is, in pixels."""
FULL = 1.5
"""The share at which the scale ends; a longer bar is cut there, and its number says so."""
_BAR = 16.0


def achievement_chart(table: AchievementTable) -> Picture:
    """Draw the rows of an achievement that have a target as SVG bars against the plan.

    A bar is solid as far as a result is certain, hatched as far as it is possible, and ends in an arrow where only a lower
    bound is known. A result that is missing has no bar and says so. Indicators that are to fall show their progress from the
    baseline; striped bars are context, of which no verdict is given.

    Args:
        table: an achievement; narrow it with `where` to draw less, such as ``where(scope="life")``.

    Example:
        >>> from tocmodel.measurement import achievement
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)", as_of="2024-12-31")
        >>> clubs = draft.activity("clubs", "Reading clubs")
        >>> _ = draft.indicator("pupils", "Pupils in clubs", of=clubs, unit="person", direction="increase")
        >>> _ = draft.target("pupils", 200), draft.actual("pupils", "over 150")
        >>> "Pupils in clubs: over 150 of 200, at least 75.5 %, undetermined." in achievement_chart(achievement(draft.done()))
        True
    """
    rows = [row for row in table if row.target.missing is None]
    parts, y = heading(table.caption)
    drawn, y = bars(rows, y, label=_label)
    foot, height = footing(y - 6, [*_legend(rows), *table.footer])
    described = " ".join(map(sentence, rows)) or "No result has a target."
    return picture(WIDTH, height, title=table.caption, description=described, parts=[*parts, *drawn, *foot])


def bars(
    rows: Sequence[AchievementRow], y: float, *, label: Callable[[AchievementRow], tuple[list[str], float]]
) -> tuple[list[Element], float]:
    """Rows as bars on one scale, from ``y`` down, and the y below them."""
    left = MARGIN + LABELS
    parts = [words(left, y + 4, "0 %", size=SMALL, fill=MUTED, text_anchor="middle")]
    parts.append(words(left + SCALE / FULL, y + 4, "100 % of plan", size=SMALL, fill=MUTED, text_anchor="middle"))
    y += 14
    top = y
    for row in rows:
        lines, indent = label(row)
        parts.append(group(_bar(row, left, y, lines, indent), title=sentence(row)))
        y += max(len(lines) * SIZE * LEADING, 2 * SIZE * LEADING) + 10
    parts.insert(0, line(left + SCALE / FULL, top, left + SCALE / FULL, y - 4, stroke_dasharray="3 3"))
    parts.insert(0, line(left, top, left, y - 4))
    return parts, y + 6


def sentence(row: AchievementRow) -> str:
    """A row in a sentence, for those who do not see the bar."""
    part = f" ({_part(row)})" if row.slice else ""
    period = "" if row.scope is Scope.LIFE else f", {row.when}"
    return f"{row.title}{part}{period}: {', '.join(_numbers(row))}."


def _bar(row: AchievementRow, left: float, y: float, lines: list[str], indent: float) -> list[Element]:
    parts = [words(MARGIN + indent, y + 13, lines, font_weight="normal" if indent else "bold")]
    share = headline(row).bounds
    middle = y + 2
    if share is not None and share.low is not None:
        low = _along(float(share.low))
        high = low if share.high is None else _along(float(share.high))
        parts += bar(left, middle, low, high, _BAR, open_end=share.high is None, striped=row.direction is Direction.CONTEXT)
        if float(share.low) > FULL:
            parts.append(words(left + SCALE + 3, middle + 13, "»", size=SIZE + 2))
    parts.append(tick(left + SCALE / FULL, middle - 3, middle + _BAR + 3))
    first, *more = _numbers(row)
    parts.append(words(left + SCALE + 24, y + 10, first, size=SIZE - 1))
    parts.append(words(left + SCALE + 24, y + 10 + SIZE * LEADING, ", ".join(more), size=SIZE - 1, fill=MUTED))
    return parts


def _numbers(row: AchievementRow) -> list[str]:
    if row.actual.missing is not None:
        return [f"planned {shown(row.target)}", str(row.actual.missing.value).replace("_", " ")]
    if row.actual.words:
        return [f"planned {shown(row.target)}", "in words"]
    share = headline(row)
    said = row.said(share) if share.bounds is not None else str(share)
    named = f"progress {said}" if row.direction is Direction.DECREASE and share.bounds is not None else said
    return [f"{shown(row.actual)} of {shown(row.target)}", *([named] if named else []), row.verdict]


def _along(share: float) -> float:
    return SCALE * min(max(share, 0.0), FULL) / FULL


def _part(row: AchievementRow) -> str:
    return ", ".join(category for _, category in row.slice) or "total"


def _label(row: AchievementRow) -> tuple[list[str], float]:
    if row.slice:
        text = _part(row) if row.scope is Scope.LIFE else f"{_part(row)}, {row.when}"
        return wrapped(text, LABELS - 40, lines=2), 20.0
    text = row.title if row.scope is Scope.LIFE else f"{row.title}, {row.when}"
    return wrapped(text, LABELS - 16, lines=3), 0.0


def _legend(rows: Sequence[AchievementRow]) -> list[str]:
    context = any(row.direction is Direction.CONTEXT and row.attainment.bounds is not None for row in rows)
    open_ended = any((share := headline(row).bounds) is not None and share.high is None for row in rows)
    hidden = any(row.actual.missing is Missing.SUPPRESSED for row in rows)
    return [
        *(["An arrow: only a lower bound is known."] if open_ended else []),
        *(["Striped: context, neither good nor bad when it rises; no verdict."] if context else []),
        *(["Suppressed: small groups are not shown."] if hidden else []),
    ]
