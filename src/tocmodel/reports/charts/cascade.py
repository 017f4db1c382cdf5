"""A cascade as a picture: the count of each step, and how it relates to the one before where that can be said."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import rounded
from tocmodel.measurement import CascadeStep
from tocmodel.reports.charts.drawing import (
    MARGIN,
    SMALL,
    WIDTH,
    Picture,
    bar,
    footing,
    group,
    heading,
    line,
    picture,
    words,
    wrapped,
)
from tocmodel.reports.charts.palette import LINE, MUTED
from tocmodel.reports.language import Language, find_language
from tocmodel.reports.units import counted
from tocmodel.tables import Table

_LABELS = 280.0
_BAR = 26.0
_ROW = 64.0


def cascade_chart(steps: Table[CascadeStep], *, language: Language | None = None) -> Picture:
    """Draw a cascade as SVG: a bar for each step with its count; steps that count another thing are striped.

    A step has a percentage only where it counts the same thing as the one before, and a rate where it does not. Whoever is
    not in the next step is not lost: a case may still be open, or be settled otherwise.

    Args:
        steps: what `cascade` found, or `named_cascade` with titles in the reader's language.
        language: the language of its own words; English where left out.

    Example:
        >>> from tocmodel.measurement import cascade
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)")
        >>> clubs = draft.activity("clubs", "Reading clubs")
        >>> for id, count in (("asked", 40), ("joined", 30)):
        ...     _ = draft.indicator(id, f"Pupils who {id}", of=clubs, unit="person"), draft.actual(id, count)
        >>> _ = draft.cascade("clubs-cascade", "From asking to joining", steps=["asked", "joined"])
        >>> "75 % of the step before" in cascade_chart(cascade(draft.done(), "clubs-cascade"))
        True
    """
    spoken = language or find_language()
    parts, y = heading(steps.caption)
    left = MARGIN + _LABELS
    highest = max([float(end) for step in steps for end in _ends(step)], default=0.0)
    scale = (WIDTH - left - MARGIN - 150) / highest if highest else 0.0
    units = list(dict.fromkeys(step.unit for step in steps))
    top = y
    for step in steps:
        parts.append(_step(step, spoken, left, y, scale, striped=units.index(step.unit) % 2 == 1))
        y += _ROW
    parts.append(line(left, top - 4, left, y - _ROW + _BAR + 8, stroke=LINE))
    named = ", ".join(spoken.label(unit) if unit else spoken.gettext("no unit") for unit in units)
    kinds = spoken.gettext("Bars of another pattern count another thing (%(units)s).", units=named) if len(units) > 1 else ""
    foot, height = footing(y - 8, [note for note in (kinds, *map(spoken.text, steps.footer)) if note])
    return picture(
        WIDTH,
        height,
        title=steps.caption,
        description=" ".join(_sentence(step, spoken) for step in steps),
        parts=[*parts, *foot],
        lang=spoken.code,
    )


def _ends(step: CascadeStep) -> list[Decimal]:
    bounds = step.count.bounds
    return [] if bounds is None else [end for end in (bounds.low, bounds.high) if end is not None]


def _step(step: CascadeStep, language: Language, left: float, y: float, scale: float, *, striped: bool) -> Element:
    label = wrapped(step.title, _LABELS - 16, lines=3)
    parts = [words(MARGIN, y + 12, label)]
    bounds = step.count.bounds
    end = left
    if bounds is not None:
        low = float(bounds.low or 0) * scale
        high = float(bounds.high) * scale if bounds.high is not None else low
        parts += bar(left, y, low, high, _BAR, open_end=bounds.high is None, striped=striped)
        end = left + high + (26 if bounds.high is None else 0)
    parts.append(words(end + 10, y + 18, counted(language, step.count, step.unit), size=16, font_weight="bold"))
    if before := from_before(step, language):
        parts.append(words(left + 8, y + _BAR + 18, before, size=SMALL + 1, fill=MUTED))
    return group(parts, title=_sentence(step, language))


def from_before(step: CascadeStep, language: Language) -> str:
    """How a step relates to the one before; empty where that cannot be said."""
    if step.share is not None:
        return language.gettext("%(share)s of the step before", share=language.percent(step.share))
    if step.rate is None or step.rate.value is None or step.unit is None:
        return ""
    rate = counted(language, Figure("", Interval.exactly(rounded(step.rate.value, 2))), step.unit)
    return language.gettext("%(rate)s per %(before)s", rate=rate, before=language.label(step.before))


def _sentence(step: CascadeStep, language: Language) -> str:
    told = ", ".join(filter(None, (counted(language, step.count, step.unit), from_before(step, language))))
    return language.gettext("%(title)s: %(standing)s.", title=step.title, standing=told)
