"""Activities × objectives as a picture: the number of pathways stands in every cell, a darker ground where there are more."""

from itertools import groupby
from math import sqrt

from tocmodel.contribution import ContributionCell, ContributionMatrix
from tocmodel.contribution.tracing.telling import ways
from tocmodel.model import TheoryOfChange
from tocmodel.reports.charts.drawing import (
    LEADING,
    MARGIN,
    SIZE,
    SMALL,
    Picture,
    circle,
    footing,
    group,
    heading,
    picture,
    rect,
    words,
    wrapped,
)
from tocmodel.reports.charts.palette import PAPER, readable_on, shade
from tocmodel.reports.language import Language
from tocmodel.reports.naming import Names

_LABELS = 250.0
_ROW = 40.0
_NARROWEST, _WIDEST = 84.0, 150.0
_MOST = 1600.0


def matrix_chart(matrix: ContributionMatrix, *, model: TheoryOfChange | None = None, language: Language | None = None) -> Picture:
    """Draw a contribution matrix as an SVG heat map.

    A dot in a cell says that sources carry at least one of its pathways all the way.

    Args:
        matrix: what `contribution_matrix` found.
        model: the model, for titles in the reader's language.
        language: the language of its own words; English where left out.

    Example:
        >>> from tocmodel.contribution import contribution_matrix
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)")
        >>> clubs, fluent = draft.activity("clubs", "Reading clubs"), draft.objective("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, fluent, basis="planned")
        >>> "Reading clubs → Pupils read fluently: 1 pathway" in matrix_chart(contribution_matrix(draft.done()))
        True
    """
    names = Names.of(model, language)
    said = names.language.gettext
    title = said("Pathways from activities to objectives")
    rows = [list(cells) for _, cells in groupby(matrix.rows, key=lambda cell: cell.activity)]
    columns = rows[0] if rows else []
    column = min(_WIDEST, max(_NARROWEST, (_MOST - _LABELS) / max(len(columns), 1) if len(columns) > 7 else _NARROWEST + 14))
    width = max(2 * MARGIN + _LABELS + column * len(columns), 640.0)
    parts, y = heading(title, width=width)
    left = MARGIN + _LABELS
    titles = [names.title(cell.objective, cell.objective_title) for cell in columns]
    labels = [wrapped(objective, column - 10, size=SMALL, lines=7) for objective in titles]
    deepest = max(map(len, labels), default=0) * SMALL * LEADING
    for place, (objective, label) in enumerate(zip(titles, labels, strict=True)):
        start = y + deepest - (len(label) - 1) * SMALL * LEADING - 6
        parts.append(group([words(left + place * column + column / 2, start, label, size=SMALL, text_anchor="middle")], title=objective))
    y += deepest + 4
    most = max([cell.paths.count for cell in matrix.rows], default=0)
    for cells in rows:
        activity = names.title(cells[0].activity, cells[0].activity_title)
        label = wrapped(activity, _LABELS - 14, size=SIZE - 1, lines=2)
        baseline = y + _ROW / 2 + 5 - (len(label) - 1) * 8
        parts.append(group([words(MARGIN, baseline, label, size=SIZE - 1)], title=activity))
        for place, cell in enumerate(cells):
            x = left + place * column
            ground = shade(sqrt(cell.paths.count / most)) if cell.paths.count else PAPER
            ink = readable_on(ground)
            drawn = [rect(x + 1.5, y + 1.5, column - 3, _ROW - 3, fill=ground, stroke="#c4ccd4", rx=3)]
            drawn.append(words(x + column / 2, y + _ROW / 2 + 5, ways(cell.paths, names.language), fill=ink, text_anchor="middle"))
            if cell.carried:
                drawn.append(circle(x + column - 13, y + 12, 3.5, fill=ink))
            parts.append(group(drawn, title=_sentence(cell, names)))
        y += _ROW
    carried = any(cell.carried for cell in matrix.rows)
    notes = [
        said("Pathways as drawn: a theory that is drawn in more detail has more of them; more pathways are not more contribution."),
        *([said("A dot: sources carry at least one of the pathways all the way.")] if carried else []),
        *names.notes(matrix.footer),
    ]
    foot, height = footing(y + 4, notes, width=width)
    described = " ".join(_sentence(cell, names) for cell in matrix.rows if cell.paths.count) or said("No pathway.")
    return picture(width, height, title=title, description=described, parts=[*parts, *foot], lang=names.language.code)


def _sentence(cell: ContributionCell, names: Names) -> str:
    language, count = names.language, cell.paths.count
    drawn = language.ngettext("%(shown)s pathway", "%(shown)s pathways", count, shown=ways(cell.paths, language))
    told = {
        None: drawn,
        True: language.gettext("%(pathways)s; sources carry at least one", pathways=drawn),
        False: language.gettext("%(pathways)s; sources carry none all the way", pathways=drawn),
    }[cell.carried]
    way = f"{names.title(cell.activity, cell.activity_title)} → {names.title(cell.objective, cell.objective_title)}"
    return language.gettext("%(title)s: %(standing)s.", title=way, standing=told)
