"""An achievement as bars: how far each result has come against its target, with bounds."""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from tocmodel.figures import Interval, Missing
from tocmodel.measurement import AchievementRow, AchievementTable, Scope
from tocmodel.measurement.rows import headline, share_in_words, verdict_in_words
from tocmodel.model import Direction, TheoryOfChange
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
from tocmodel.reports.language import Foreign, Language
from tocmodel.reports.naming import Names
from tocmodel.reports.standing import against, reported

LABELS = 300.0
SCALE = 330.0
"""How long the scale is, in pixels."""
FULL = 1.5
"""The share at which the scale ends; a longer bar is cut there, and its number says so."""
COMPARE = "≠"
"""The sign beside what is hard to compare, as tables show it."""
_BAR = 16.0


def achievement_chart(
    table: AchievementTable, *, scope: Scope | str | None = None, model: TheoryOfChange | None = None, language: Language | None = None
) -> Picture:
    """Draw the rows of an achievement that have a target as SVG bars against the plan.

    A bar is solid as far as a result is certain, hatched as far as it is possible, and ends in an arrow where only a lower
    bound is known. A result that is missing has no bar and says so. Indicators that are to fall show their progress from the
    baseline; hollow bars are context, of which no verdict is given. What makes a result hard to compare stands at the foot.

    Args:
        table: an achievement; narrow it with `where` to draw less.
        scope: the stretches of time to draw, such as ``life`` for the whole programme; how many indicators have a result is said of
            the whole table all the same. Every row where left out.
        model: the model, for titles in the reader's language and the names of groups.
        language: the language of its own words; English where left out.

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
    names = Names.of(model, language)
    said = names.language
    rows = [row for row in table if row.target.missing is None and scope in (None, row.scope)]
    title = _caption(table, names)
    parts, y = heading(title)
    drawn, y = bars(rows, y, names, label=lambda row: _label(row, names))
    foot, height = footing(y - 6, [*legend(rows, said), *_compared(rows, names), *_reported(table, said), *names.notes(table.notes)])
    described = " ".join(sentence(row, names) for row in rows) or said.gettext("No result has a target.")
    return picture(WIDTH, height, title=title, description=described, parts=[*parts, *drawn, *foot], lang=said.code)


def bars(
    rows: Sequence[AchievementRow], y: float, names: Names, *, label: Callable[[AchievementRow], tuple[list[str], float]]
) -> tuple[list[Element], float]:
    """Rows as bars on one scale, from ``y`` down, and the y below them."""
    left, said = MARGIN + LABELS, names.language
    parts = [words(left, y + 4, said.percent(Interval.exactly(0)), size=SMALL, fill=MUTED, text_anchor="middle")]
    whole = said.gettext("%(share)s of the plan", share=said.percent(Interval.exactly(1)))
    parts.append(words(left + SCALE / FULL, y + 4, whole, size=SMALL, fill=MUTED, text_anchor="middle"))
    y += 14
    top = y
    for row in rows:
        lines, indent = label(row)
        parts.append(group(_bar(row, said, left, y, lines, indent), title=sentence(row, names)))
        y += max(len(lines) * SIZE * LEADING, 2 * SIZE * LEADING) + 10
    parts.insert(0, line(left + SCALE / FULL, top, left + SCALE / FULL, y - 4, stroke_dasharray="3 3"))
    parts.insert(0, line(left, top, left, y - 4))
    return parts, y + 6


def sentence(row: AchievementRow, names: Names) -> str:
    """A row in a sentence, for those who do not see the bar."""
    said = names.language
    part = f" ({names.part(row.slice)})" if row.slice else ""
    title = f"{names.title(row.indicator, row.title)}{part}{_since(row, said)}"
    return said.gettext("%(title)s: %(standing)s.", title=title, standing=", ".join(standing(row, said)))


def standing(row: AchievementRow, language: Language) -> list[str]:
    """The result beside its target, then the share and the verdict; what was planned where there is no number."""
    said = language.gettext
    target = "" if row.target.missing is not None else language.figure(row.target)
    if row.actual.bounds is None:
        found = said("in words") if row.actual.words else language.label("not_due" if awaited(row) else str(row.actual.missing))
        return [*([said("planned %(target)s", target=target)] if target else []), found]
    reached = language.figure(row.actual)
    compared = against(row, reached, target, language.gettext) if target else reached
    reason = headline(row).reason
    share = language.label(reason) if reason and target else share_in_words(row, language)
    return [compared, *([share] if share else []), verdict_in_words(row, language)]


def awaited(row: AchievementRow) -> bool:
    """Whether a result is not there because it is not due."""
    return row.actual.missing is Missing.MISSING and not row.due


def note(row: AchievementRow, language: Language, title: str = "") -> str:
    """What makes a result hard to compare, behind the title of its indicator where there are several; empty where nothing does."""
    if not row.comparability:
        return ""
    text = language.text(row.comparability)
    marked = f"{COMPARE} {language.gettext('%(name)s: %(value)s', name=title, value=text) if title else text}"
    return Foreign(marked, text.lang) if isinstance(text, Foreign) else marked


def legend(rows: Sequence[AchievementRow], language: Language) -> list[str]:
    """What the bars of these rows mean."""
    said = language.gettext
    shares = [share for row in rows if (share := headline(row).bounds) is not None]
    context = any(row.direction is Direction.CONTEXT and row.attainment.bounds is not None for row in rows)
    hidden = any(row.actual.missing is Missing.SUPPRESSED for row in rows)
    return [
        *([said("An arrow: only a lower bound is known.")] if any(share.high is None for share in shares) else []),
        *([said("Hatched: possible, not certain.")] if any(_between(share) for share in shares) else []),
        *([said("A hollow bar: context, neither good nor bad when it rises; no verdict.")] if context else []),
        *([said("Suppressed: small groups are not shown.")] if hidden else []),
    ]


def _between(share: Interval) -> bool:
    return share.value is None and share.low is not None and share.high is not None


def _caption(table: AchievementTable, names: Names) -> str:
    said = names.language
    if names.model is None:
        return said.said(table.caption)
    programme = names.model.programme
    title = said.text(programme.title) or programme.id
    return said.gettext("Achievement of %(title)s, as of %(day)s", title=title, day=said.day(table.as_of))


def _compared(rows: Sequence[AchievementRow], names: Names) -> list[str]:
    """What makes results hard to compare, each note once."""
    return list(dict.fromkeys(filter(None, (note(row, names.language, names.title(row.indicator, row.title)) for row in rows))))


def _reported(table: AchievementTable, language: Language) -> list[str]:
    """How much is reported of what is due, and what lies in no period."""
    lost = language.ngettext(
        "%(num)s result belongs to no period and is not drawn.",
        "%(num)s results belong to no period and are not drawn.",
        len(table.orphans),
    )
    return [reported(language, table), *([lost] if table.orphans else [])]


def _bar(row: AchievementRow, language: Language, left: float, y: float, lines: list[str], indent: float) -> list[Element]:
    parts = [words(MARGIN + indent, y + 13, lines, font_weight="normal" if indent else "bold")]
    share = headline(row).bounds
    middle = y + 2
    if share is not None and share.low is not None:
        low = _along(float(share.low))
        high = low if share.high is None else _along(float(share.high))
        parts += bar(left, middle, low, high, _BAR, open_end=share.high is None, hollow=row.direction is Direction.CONTEXT)
        if float(share.low) > FULL:
            parts.append(words(left + SCALE + 3, middle + 13, "»", size=SIZE + 2))
    parts.append(tick(left + SCALE / FULL, middle - 3, middle + _BAR + 3))
    first, *more = standing(row, language)
    beside = f"{', '.join(more)} {COMPARE}" if row.comparability else ", ".join(more)
    parts.append(words(left + SCALE + 24, y + 10, first, size=SIZE - 1))
    parts.append(words(left + SCALE + 24, y + 10 + SIZE * LEADING, beside, size=SIZE - 1, fill=MUTED))
    return parts


def _along(share: float) -> float:
    return SCALE * min(max(share, 0.0), FULL) / FULL


def _since(row: AchievementRow, language: Language) -> str:
    """The stretch of time behind a title; nothing for the whole programme."""
    if row.scope is Scope.LIFE or row.period is None:
        return ""
    period = language.period(row.period)
    return f", {period if row.scope is Scope.PERIOD else language.gettext('to date, %(period)s', period=period)}"


def _label(row: AchievementRow, names: Names) -> tuple[list[str], float]:
    name = names.part(row.slice) if row.slice else names.title(row.indicator, row.title)
    text = name if row.scope is Scope.LIFE else f"{name}{_since(row, names.language)}"
    return (wrapped(text, LABELS - 40, lines=2), 20.0) if row.slice else (wrapped(text, LABELS - 16, lines=3), 0.0)
