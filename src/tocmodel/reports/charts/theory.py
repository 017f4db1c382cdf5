"""The theory of change, or a part of it, as a picture that stands alone: kinds, who says so, and what lies over them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, fromstring

from attrs import frozen

from tocmodel.contribution.tracing.pathways import carried, evidence_by_subject
from tocmodel.measurement import AchievementRow, Scope, Status, achievement
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.rows import verdict_in_words
from tocmodel.model import EvidenceDirection, Link, Node, Sign, TheoryOfChange
from tocmodel.reports.charts.drawing import FONTS, MARGIN, SMALL, Picture, footing, heading, line, path, picture, plain, width_of, words
from tocmodel.reports.charts.palette import CAUTION, INK, KINDS, MUTED, NEUTRAL, PAPER, POSSIBLE, REACHED
from tocmodel.reports.diagram import OUTLINES, diagram
from tocmodel.reports.language import Language
from tocmodel.reports.naming import Names, speaking_of
from tocmodel.words import Word

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {f"{_SVG}path", f"{_SVG}polygon", f"{_SVG}polyline"}
_NARROWEST = 700.0
_POINT = 4 / 3
"""Pixels in a point: Graphviz measures in points."""


class Overlay(Word):
    """What may lie over a theory."""

    ACHIEVEMENT = "achievement"
    EVIDENCE = "evidence"


@frozen
class Look:
    """How a node or a link is drawn.

    Attributes:
        colour: the ground of a node, or the colour of a link.
        dashes: the pattern of the line; empty for a whole one.
        width: the width of the line.
    """

    colour: str
    dashes: str = ""
    width: float = 1.2


_MET = Look(POSSIBLE)
_NOT_MET = Look("#f6d9c5")
_OPEN = Look("#fdf0d9")
_CONTEXT = Look("#e4e8ec")
_UNREPORTED = Look(PAPER, "4 3")
_UNMEASURED = Look(PAPER, "", 0.7)

_BOTH = Look(CAUTION, "9 3 2 3", 2.4)
_FOR = Look(REACHED, "", 2.4)
_AGAINST = Look(CAUTION, "2 3", 2.4)
_NONE = Look(NEUTRAL, "", 0.9)
_LINES = {_FOR, _AGAINST, _BOTH, _NONE}


def _meanings(language: Language) -> Mapping[Look, str]:
    """What the looks of an overlay say, in words, for the legend and the titles; in the order of the legend."""
    said = language.gettext
    return {
        _MET: said("all that can be judged is met"),
        _NOT_MET: said("not met"),
        _OPEN: said("undetermined, or some met and some not"),
        _CONTEXT: said("context, no verdict"),
        _UNREPORTED: said("planned, not reported or not due"),
        _UNMEASURED: said("no target"),
        _FOR: said("evidence for it"),
        _AGAINST: said("evidence against it"),
        _BOTH: said("evidence for and against"),
        _NONE: said("no evidence"),
    }


def theory_chart(
    model: TheoryOfChange,
    *,
    only: Collection[str] | None = None,
    focus: Collection[str] = (),
    overlay: Overlay | str | None = None,
    table: AchievementTable | None = None,
    title: str = "",
    language: Language | None = None,
) -> Picture:
    """Draw a theory of change as SVG, from inputs on the left to the goal on the right.

    Args:
        model: the model.
        only: ids of the nodes to draw, such as ``trace(…).nodes``; all of them where left out.
        focus: ids of nodes to outline, such as the ends of a trace.
        overlay: ``achievement`` says below each node how its indicators stand; ``evidence`` draws links by what speaks for
            and against them. Nothing where left out: kinds, and dashed the links that no source carries.
        table: the achievement to lay over; that of the model as of its own date where left out.
        title: the heading; the programme's title where left out.
        language: the language of titles, where the model has them in it, and of its own words; English where left out.

    Raises:
        MissingExtraError: if pygraphviz is not installed.
        AsOfNeededError: if the achievement is asked for and no date of judgement is known.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("reading", "Reading clubs (fictional)")
        >>> clubs, fluent = draft.activity("clubs", "Reading clubs"), draft.objective("fluent", "Pupils read fluently")
        >>> _ = draft.link(clubs, fluent)
        >>> "Reading clubs → Pupils read fluently (not said by whom), no evidence" in theory_chart(draft.done(), overlay="evidence")
        True
    """
    over = None if overlay is None else Overlay(overlay)
    nodes = [node for node in model.nodes if only is None or node.id in only]
    spoken = speaking_of(model, language)
    meanings = _meanings(spoken)
    looks, marks = _nodes(model, nodes, over, table, spoken)
    links = _links(model, over)
    drawn = fromstring(plain(diagram(model, only=only, marks=marks, language=spoken)))  # noqa: S314 — Graphviz wrote it just now
    width, height = _size(drawn)
    styled = drawn.find(f"{_SVG}g")
    assert styled is not None
    records = {record.id: record for record in (*nodes, *model.links)}
    titles: list[str] = []
    kinds: set[str] = set()
    for part in styled.findall(f"{_SVG}g"):
        record = records[part.get("data-id", "")]
        if isinstance(record, Link):
            _style_link(part, record, links.get(record.id), meanings)
        else:
            kind = part.get("class", "").split()[1]
            kinds.add(kind)
            usual = Look(KINDS[kind], "" if carried(record) else "5 3")
            _style_node(part, looks.get(record.id), usual, meanings, focused=record.id in focus)
            if record.id in marks and "lang" in part.attrib:  # the title is in another language, what stands below it is not
                part.findall(f"{_SVG}text")[-1].set("lang", spoken.code)
        titles.append(part.findtext(f"{_SVG}title", ""))
    _without_namespace(styled)
    name = title or spoken.text(model.programme.title) or model.programme.id
    whole = max(width + 2 * MARGIN, _NARROWEST)
    parts, y = heading(name, width=whole)
    placed = Element("g", {"transform": f"translate({(whole - width) / 2:.1f} {y - 6:.1f}) scale({_POINT:.4f})"})
    placed.append(styled)
    legend, y = _legend(_explained(looks, links, kinds, over, spoken), y + height + 12, whole)
    foot, total = footing(y, Names(spoken, model).notes(model.programme.notices), width=whole)
    described = ". ".join(titles) or spoken.gettext("A theory without nodes")
    return picture(whole, total, title=name, description=f"{described}.", parts=[*parts, placed, *legend, *foot], lang=spoken.code)


def _nodes(
    model: TheoryOfChange, nodes: list[Node], over: Overlay | None, table: AchievementTable | None, language: Language
) -> tuple[dict[str, Look], dict[str, str]]:
    """How nodes look, and the words below their titles."""
    if over is Overlay.ACHIEVEMENT:
        rows: dict[str, list[AchievementRow]] = {}
        for row in table if table is not None else achievement(model):
            if row.scope is Scope.LIFE and not row.slice and row.target.missing is None:
                rows.setdefault(row.node, []).append(row)
        looks = {node.id: _standing(rows.get(node.id, [])) for node in nodes}
        return looks, {node: _counted([verdict_in_words(row, language) for row in own], language) for node, own in rows.items()}
    if over is Overlay.EVIDENCE:
        found = _evidence(model)
        return {}, {
            node.id: language.gettext(
                "evidence: %(counted)s", counted=_counted([language.label(each) for each in found[node.id]], language)
            )
            for node in nodes
            if node.id in found
        }
    return {}, {}


def _standing(rows: list[AchievementRow]) -> Look:
    judged = {row.status for row in rows if row.status is not None}
    known = judged - {Status.MISSING, Status.NOT_DUE, Status.NO_TARGET}
    if known:
        return _MET if known == {Status.MET} else _NOT_MET if known == {Status.NOT_MET} else _OPEN
    if judged:
        return _UNREPORTED
    return _CONTEXT if rows else _UNMEASURED


def _counted(words: Sequence[str], language: Language) -> str:
    """How often there is each of these words."""
    return ", ".join(
        language.gettext("%(number)s %(what)s", number=language.number(count), what=word) for word, count in Counter(words).items()
    )


def _evidence(model: TheoryOfChange) -> dict[str, list[EvidenceDirection]]:
    """What speaks for and against each element, by its id."""
    found: dict[str, list[EvidenceDirection]] = {}
    for direction in (EvidenceDirection.SUPPORTS, EvidenceDirection.CONTRADICTS):
        for subject, items in evidence_by_subject(model, direction).items():
            found.setdefault(subject, []).extend([direction] * len(items))
    return found


def _links(model: TheoryOfChange, over: Overlay | None) -> dict[str, Look]:
    if over is not Overlay.EVIDENCE:
        return {}
    found = _evidence(model)
    supports, contradicts = EvidenceDirection.SUPPORTS, EvidenceDirection.CONTRADICTS
    looks = {frozenset({supports}): _FOR, frozenset({contradicts}): _AGAINST, frozenset({supports, contradicts}): _BOTH}
    return {link.id: looks.get(frozenset(found.get(link.id, ())), _NONE) for link in model.links}


def _style_node(part: Element, look: Look | None, otherwise: Look, meanings: Mapping[Look, str], *, focused: bool) -> None:
    shown = look or otherwise
    shapes = [shape for shape in part if shape.tag in _DRAWN]
    shapes[0].set("fill", shown.colour)
    for shape in shapes:
        shape.set("stroke", INK if focused else MUTED)
        shape.set("stroke-width", "3" if focused else str(shown.width))
        if shown.dashes:
            shape.set("stroke-dasharray", shown.dashes)
    title = part.find(f"{_SVG}title")
    if look is not None and title is not None:
        title.text = f"{title.text}, {meanings[look]}"
    for text in part.findall(f"{_SVG}text"):
        text.set("font-family", FONTS)
        text.set("fill", INK)


def _style_link(part: Element, link: Link, look: Look | None, meanings: Mapping[Look, str]) -> None:
    colour = look.colour if look else CAUTION if link.sign is Sign.HINDERS else MUTED
    for shape in part:
        if shape.tag != f"{_SVG}title":
            shape.set("stroke", colour)
        if shape.tag == f"{_SVG}polygon":
            shape.set("fill", colour)
        elif shape.tag == f"{_SVG}path" and look is not None:
            shape.set("stroke-width", str(look.width))
            shape.attrib.pop("stroke-dasharray", None)
            if look.dashes:
                shape.set("stroke-dasharray", look.dashes)
    title = part.find(f"{_SVG}title")
    if look is not None and title is not None:
        title.text = f"{title.text}, {meanings[look]}"


def _explained(
    nodes: Mapping[str, Look], links: Mapping[str, Look], kinds: Collection[str], over: Overlay | None, language: Language
) -> list[tuple[Look, str, str]]:
    """The looks that are drawn, what each says, and the outline of its sample; empty for a line."""
    said = _meanings(language)
    drawn = {*nodes.values(), *links.values()}
    shown = [(look, said[look], "" if look in _LINES else OUTLINES["outcome"]) for look in said if look in drawn]
    if not nodes:
        grounds = [(Look(KINDS[kind]), language.label(kind.replace("-", " ")), OUTLINES[kind]) for kind in KINDS if kind in kinds]
        shown = [*grounds, *shown]
    if over is Overlay.EVIDENCE:
        return shown
    by_source, by_author = language.gettext("a source says so"), language.gettext("the author's reading")
    return [*shown, (Look(MUTED), by_source, ""), (Look(MUTED, "5 2"), by_author, "")]


def _legend(explained: Iterable[tuple[Look, str, str]], y: float, width: float) -> tuple[list[Element], float]:
    """What colours and lines mean, in rows that fit the width, and the y below them."""
    parts: list[Element] = []
    x = MARGIN
    for look, says, outline in explained:
        room = 34 + width_of(says, SMALL) + 18
        if x + room > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 22
        dashes = {"stroke_dasharray": look.dashes} if look.dashes else {}
        if outline:
            placed = f"translate({x:.1f} {y - 7:.1f})"
            parts.append(path(outline, fill=look.colour, stroke=MUTED, stroke_width=look.width, transform=placed, **dashes))
        else:
            parts.append(line(x, y, x + 26, y, stroke=look.colour, stroke_width=look.width, **dashes))
        parts.append(words(x + 34, y + 4, says, size=SMALL, fill=MUTED))
        x += room
    return parts, y + 12


def _size(drawn: Element) -> tuple[float, float]:
    """The size of what Graphviz drew, in pixels."""
    box = [float(number) for number in drawn.get("viewBox", "0 0 0 0").split()]
    return box[2] * _POINT, box[3] * _POINT


def _without_namespace(part: Element) -> None:
    """Let the names of elements, which the root gives their namespace, and the ids stand as in the rest of the picture."""
    for each in part.iter():
        each.tag = each.tag.removeprefix(_SVG)
        each.attrib.pop("id", None)
        each.attrib.pop("class", None)
        each.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
