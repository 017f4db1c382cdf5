"""A picture as SVG text: shapes and words, every word escaped and wrapped to its width."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from unicodedata import combining, east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from tocmodel.reports.charts.palette import INK, LINE, MUTED, PAPER, PLANNED, POSSIBLE, REACHED
from tocmodel.reports.language import Foreign

FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
WIDTH = 960.0
"""The width of a chart, in pixels; half of a slide, so that its smallest words have 22 pixels there."""
MARGIN = 24.0
SIZE = 13.0
SMALL = 11.0
LEADING = 1.3

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW, _WIDE = set("iljtfrI.,:;'|!()[]/ -\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), set("mwMW@%—…")
_BREAK = re.compile(r"[ \t\r\n\f\v]+")
"""Where a line may break: not at a space that some languages put before a colon."""


def plain(text: object) -> str:
    """Text without the control characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(text))


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is, in pixels; rather too wide than too narrow."""
    return size * sum(_em(sign) for sign in text)


def _em(sign: str) -> float:
    if combining(sign):
        return 0.0
    if east_asian_width(sign) in "WF" or ord(sign) > 0x1F000:
        return 1.1
    return 0.36 if sign in _NARROW else 0.95 if sign in _WIDE else 0.7 if sign.isupper() else 0.6


def wrapped(text: object, width: float, *, size: float = SIZE, lines: int = 3) -> list[str]:
    """A text on lines that fit a width; what does not fit on so many lines ends in an ellipsis.

    Example:
        >>> wrapped("Children know and can claim their rights", 150)
        ['Children know and', 'can claim their rights']
        >>> wrapped("Children know and can claim their rights", 150, lines=1)
        ['Children know and …']
    """
    found: list[str] = []
    line = ""
    words = _BREAK.split(plain(text)[:2000].strip())  # far more than is ever drawn; the whole text stands in the title
    for word in words:
        for piece in _pieces(word, width, size):
            longer = f"{line} {piece}" if line else piece
            if line and width_of(longer, size) > width:
                found.append(line)
                line = piece
            else:
                line = longer
        if len(found) > lines:
            break
    found.append(line)
    if len(found) > lines:
        last = found[lines - 1]
        while last and width_of(f"{last} …", size) > width:
            last = last.rpartition(" ")[0] if " " in last else last[:-1]
        found = [*found[: lines - 1], f"{last} …".strip()]
    return [Foreign(each, text.lang) for each in found] if isinstance(text, Foreign) else found


def _pieces(word: str, width: float, size: float) -> Iterable[str]:
    """A word in parts that fit the width."""
    start = 0
    room = 0.0
    for position, sign in enumerate(word):
        room += size * _em(sign)
        if room > width and position > start:
            yield word[start:position]
            start, room = position, size * _em(sign)
    yield word[start:]


class Picture(str):
    """SVG text that a notebook shows as a picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        named = re.search(r"<title[^>]*>(.*?)</title>", self, re.DOTALL)
        return f"<Picture {unescape(named[1])[:60]!r}>" if named else "<Picture>"


def picture(width: float, height: float, *, title: str, description: str, parts: Iterable[Element], lang: str) -> Picture:
    """Parts as one SVG with a title and a description for those who do not see it, in this language."""
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_number(width)} {_number(height)}"})
    root.attrib.update({"width": _number(width), "height": _number(height), "role": "img", "font-family": FONTS, "fill": INK, "lang": lang})
    _titled(root, title)
    SubElement(root, "desc").text = plain(description)
    root.append(rect(0, 0, width, height, fill=PAPER))
    root.extend(parts)
    return Picture(tostring(root, encoding="unicode"))


def rect(x: float, y: float, width: float, height: float, **style: object) -> Element:
    """A rectangle; style as SVG attributes with ``_`` for ``-``."""
    return _shape("rect", {"x": x, "y": y, "width": max(width, 0.0), "height": height, **style})


def line(x1: float, y1: float, x2: float, y2: float, **style: object) -> Element:
    """A line."""
    return _shape("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": LINE, **style})


def path(data: str, **style: object) -> Element:
    """A path."""
    return _shape("path", {"d": data, **style})


def circle(x: float, y: float, radius: float, **style: object) -> Element:
    """A circle."""
    return _shape("circle", {"cx": x, "cy": y, "r": radius, **style})


def group(parts: Iterable[Element], *, title: str = "") -> Element:
    """Parts that belong together; the title is shown when a pointer rests on them."""
    whole = Element("g")
    if title:
        _titled(whole, title)
    whole.extend(parts)
    return whole


def _titled(part: Element, title: str) -> None:
    """Give a part its title, marked with its language where that is another one than the picture's."""
    SubElement(part, "title", {"lang": title.lang} if isinstance(title, Foreign) else {}).text = plain(title)


def words(x: float, y: float, lines: str | Sequence[str], *, size: float = SIZE, **style: object) -> Element:
    """Lines of text under each other, the first on the baseline ``y``."""
    drawn = _shape("text", {"x": x, "y": y, "font_size": size, **style})
    texts = [lines] if isinstance(lines, str) else lines
    if texts and isinstance(texts[0], Foreign):
        drawn.set("lang", texts[0].lang)
    if len(texts) == 1:
        drawn.text = plain(texts[0])
        return drawn
    for number, text in enumerate(texts):
        span = SubElement(drawn, "tspan", {"x": _number(x), "y": _number(y + number * size * LEADING)})
        span.text = plain(text)
    return drawn


def heading(title: str, below: Sequence[str] = (), *, width: float = WIDTH) -> tuple[list[Element], float]:
    """A heading with lines of small print below it, and the y at which the picture goes on."""
    y = MARGIN + 16
    lines = wrapped(title, width - 2 * MARGIN, size=18, lines=2)
    parts = [group([words(MARGIN, y, lines, size=18, font_weight="bold")], title=title)]
    y += (len(lines) - 1) * 18 * LEADING
    for text in below:
        small = wrapped(text, width - 2 * MARGIN, lines=4)
        y += SIZE * LEADING + 3
        parts.append(words(MARGIN, y, small, fill=MUTED))
        y += (len(small) - 1) * SIZE * LEADING
    return parts, y + 20


def footing(y: float, notes: Iterable[str], *, width: float = WIDTH) -> tuple[list[Element], float]:
    """Small print at the foot, and the height that the whole picture then has."""
    parts: list[Element] = []
    for note in notes:
        lines = wrapped(note, width - 2 * MARGIN, size=SMALL, lines=6)
        y += SMALL * LEADING + 3
        parts.append(words(MARGIN, y, lines, size=SMALL, fill=MUTED))
        y += (len(lines) - 1) * SMALL * LEADING
    return parts, y + MARGIN


def bar(
    x: float, y: float, start: float, reach: float, height: float, *, open_end: bool, striped: bool = False, hollow: bool = False
) -> list[Element]:
    """A bar from ``x``: solid as far as is certain, light and hatched as far as is possible, an arrow where it goes on unknown.

    Args:
        x: where it begins.
        y: its upper edge.
        start: how long the certain part is, in pixels.
        reach: how long the certain and the possible part are together.
        height: how high it is.
        open_end: whether it may be longer than drawn.
        striped: whether the certain part has stripes, for what is to be told apart without colour.
        hollow: whether the certain part is only outlined, for what gets no verdict.
    """
    outlined = {"fill": PAPER, "stroke": REACHED, "stroke_width": 1.5}
    parts = [rect(x, y, start, height, **outlined if hollow else {"fill": REACHED})]
    if striped:
        parts.append(hatch(x, y, start, height, colour=PAPER, step=7, thick=1.4))
    if reach > start:
        parts.append(rect(x + start, y, reach - start, height, fill=POSSIBLE, stroke=REACHED, stroke_dasharray="3 2"))
        parts.append(hatch(x + start, y, reach - start, height, colour=REACHED, step=6, thick=1))
    if open_end:
        tip, middle = x + reach + 5, y + height / 2
        arrow = f"M{_number(tip)} {_number(middle)}h14m-6 -5l6 5l-6 5"
        parts.append(path(arrow, fill="none", stroke=REACHED, stroke_width=2))
    return parts


def hatch(x: float, y: float, width: float, height: float, *, colour: str, step: float, thick: float) -> Element:
    """Slanted lines inside a rectangle, cut at its edges."""
    moves: list[str] = []
    offset = step / 2
    while offset < width + height:
        right, down = min(offset, width), min(offset, height)
        moves.append(f"M{_number(x + right)} {_number(y + offset - right)}L{_number(x + offset - down)} {_number(y + down)}")
        offset += step
    return path("".join(moves), stroke=colour, stroke_width=thick, fill="none")


def tick(x: float, y1: float, y2: float) -> Element:
    """The mark of what was planned."""
    return line(x, y1, x, y2, stroke=PLANNED, stroke_width=2.5)


def _shape(tag: str, attributes: dict[str, object]) -> Element:
    return Element(
        tag,
        {name.replace("_", "-"): _number(value) if isinstance(value, float | int) else str(value) for name, value in attributes.items()},
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
