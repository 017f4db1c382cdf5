"""Tables of a Word document, written as XML in one go: python-docx takes seven times as long for a long table."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from tocmodel.reports.charts.drawing import plain
from tocmodel.reports.language import Foreign

if TYPE_CHECKING:
    from docx.document import Document

_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FIRST_ROW, _FIRST_COLUMN, _NO_BANDS = 0x0020, 0x0080, 0x0600
_TWIPS = 635
"""English Metric Units in a twentieth of a point."""
_EM, _MARGINS, _ENDLESS = 180, 150, 3000
"""In twentieths of a point: the size of the letters in a table, the margins of a cell, and how long a word is not broken."""


@frozen
class Cell:
    """One cell.

    Attributes:
        text: what it says, or its lines; each line is a paragraph, marked with its language where that is another one than the document's.
        number: whether it is aligned to the right.
        strong: whether it is bold; of several lines the first.
        indent: whether it stands in a little, as a part below its whole.
        goes_on: whether it is one with the cell above.
    """

    text: str | tuple[str, ...] = ""
    number: bool = False
    strong: bool = False
    indent: bool = False
    goes_on: bool = False


def add_grid(
    document: "Document",
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    *,
    title: str,
    style_id: str,
    first_column: bool = False,
) -> None:
    """Add a table that fills the width between the margins; its header repeats on every page, its rows do not break.

    Args:
        document: the document.
        headers: the headers; none for a table whose first column is the header.
        rows: the cells.
        shares: how much of the width each column gets.
        title: what the table is, for those who hear it.
        style_id: the id of the table style.
        first_column: whether the first column is a header.
    """
    from docx.oxml import parse_xml

    page = document.sections[-1]
    room = (int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)) // _TWIPS
    widths = _widths(room, shares, [_longest(column) for column in zip(*(_lines(headers, rows)), strict=True)])
    look = _NO_BANDS | (_FIRST_ROW if headers else 0) | (_FIRST_COLUMN if first_column else 0)
    parts = [
        f"<w:tbl {_MAIN}><w:tblPr><w:tblStyle w:val={quoteattr(style_id)}/>",
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look:04X}"/>',
        f"<w:tblCaption w:val={quoteattr(plain(title)[:255])}/></w:tblPr><w:tblGrid>",
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
    ]
    if headers:
        parts.append("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
        numbers = [all(cell.number for cell in column) for column in zip(*rows, strict=True)] or [False] * len(headers)
        cells = [Cell(header, strong=True, number=number) for header, number in zip(headers, numbers, strict=True)]
        parts += [_cell(cell, width) for cell, width in zip(cells, widths, strict=True)]
        parts.append("</w:tr>")
    for cells, below in zip_longest(rows, rows[1:], fillvalue=()):
        parts.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        going_on = [cell.goes_on for cell in below] or [False] * len(cells)
        parts += [_cell(cell, width, goes_on=more) for cell, width, more in zip(cells, widths, going_on, strict=True)]
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    body: Any = document.element.body  # pyright: ignore[reportAttributeAccessIssue] — python-docx does not say what it holds
    body.insert(len(body) - 1, parse_xml("".join(parts)))  # before the properties of the last section
    document.add_paragraph()


def _lines(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """What stands in each column of each line of the table."""
    texts = [[cell.text if isinstance(cell.text, str) else "\n".join(cell.text) for cell in cells] for cells in rows]
    return [list(headers), *texts] if headers else texts


def _longest(texts: Sequence[str]) -> int:
    """About how much room the longest word of a column needs, so that no number is broken; endless words may be."""
    words = (word for text in texts for word in text.split())
    return min(max((sum(_EM * _wide(sign) for sign in word) for word in words), default=0.0), _ENDLESS).__ceil__() + _MARGINS


def _wide(sign: str) -> float:
    """How wide a sign is about, in parts of the size of the letters."""
    return 0.3 if sign in ".,:;'|!ijlt" else 0.58 if sign.isdigit() or sign.islower() else 0.75


def _widths(room: int, shares: Sequence[float], least: Sequence[int]) -> list[int]:
    """The widths of columns: their shares of the room, but none narrower than its longest word as long as there is room for that."""
    widths = [room * share / sum(shares) for share in shares]
    if sum(least) <= room:
        lacking = sum(max(need - width, 0) for need, width in zip(least, widths, strict=True))
        spare = sum(max(width - need, 0) for need, width in zip(least, widths, strict=True))
        widths = [need if width < need else width - lacking * (width - need) / spare for need, width in zip(least, widths, strict=True)]
    return [int(width) for width in widths]


def _cell(cell: Cell, width: int, *, goes_on: bool = False) -> str:
    merged = '<w:vMerge w:val="continue"/>' if cell.goes_on else '<w:vMerge w:val="restart"/>' if goes_on else ""
    lines = [""] if cell.goes_on else [cell.text] if isinstance(cell.text, str) else cell.text
    align = '<w:jc w:val="right"/>' if cell.number else ""
    stand = '<w:ind w:left="200"/>' if cell.indent else ""
    texts = "".join(
        f'<w:p><w:pPr>{stand}{align}</w:pPr><w:r>{_look(text, "<w:b/>" if cell.strong and place == 0 else "")}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for place, text in enumerate(lines)
        for line in plain(_held(text) if cell.number else text).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{texts}</w:tc>'


def _held(text: str) -> str:
    """A number that no line break parts from its sign."""
    return text.replace(" %", "\u00a0%")


def _look(text: str, bold: str) -> str:
    """The properties of a run: whether it is bold, and its language where that is another one than the document's."""
    lang = f"<w:lang w:val={quoteattr(plain(text.lang))}/>" if isinstance(text, Foreign) else ""
    return f"<w:rPr>{bold}{lang}</w:rPr>" if bold or lang else ""
