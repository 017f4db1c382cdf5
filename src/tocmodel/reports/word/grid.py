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


@frozen
class Cell:
    """One cell.

    Attributes:
        text: what it says, or its lines; each line is a paragraph, marked with its language where that is another one than the document's.
        number: whether it is aligned to the right.
        strong: whether it is bold.
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
    whole = sum(shares)
    widths = [int(room * share / whole) for share in shares]
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
        parts += [_cell(Cell(header, strong=True), width) for header, width in zip(headers, widths, strict=True)]
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


def _cell(cell: Cell, width: int, *, goes_on: bool = False) -> str:
    merged = '<w:vMerge w:val="continue"/>' if cell.goes_on else '<w:vMerge w:val="restart"/>' if goes_on else ""
    lines = [""] if cell.goes_on else [cell.text] if isinstance(cell.text, str) else cell.text
    align = '<w:jc w:val="right"/>' if cell.number else ""
    stand = '<w:ind w:left="200"/>' if cell.indent else ""
    bold = "<w:b/>" if cell.strong else ""
    texts = "".join(
        f'<w:p><w:pPr>{stand}{align}</w:pPr><w:r>{_look(text, bold)}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for text in lines
        for line in plain(text).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{texts}</w:tc>'


def _look(text: str, bold: str) -> str:
    """The properties of a run: whether it is bold, and its language where that is another one than the document's."""
    lang = f"<w:lang w:val={quoteattr(plain(text.lang))}/>" if isinstance(text, Foreign) else ""
    return f"<w:rPr>{bold}{lang}</w:rPr>" if bold or lang else ""
