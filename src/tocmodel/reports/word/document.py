"""A Word document: its template, its styles by name, its headings and its pages."""

from os import PathLike
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from tocmodel.errors import MissingExtraError, UnreadableTemplateError
from tocmodel.reports.charts.drawing import plain
from tocmodel.reports.charts.palette import INK, LINE
from tocmodel.reports.language import Foreign

if TYPE_CHECKING:
    from docx.document import Document

TABLE_STYLE = "Tocmodel Table"
STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Normal", "List Bullet", "List Number", TABLE_STYLE)
"""The styles that a document uses, by name. What a template lacks of them is added."""
_HEADINGS = {"Heading 1": 0, "Heading 2": 1}
_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EDGES = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{LINE[1:]}"/>' for edge in ("top", "bottom", "insideH"))
_TABLE = (
    f'<w:style {_MAIN} w:type="table" w:customStyle="1" w:styleId="TocmodelTable"><w:name w:val="{TABLE_STYLE}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>'
    f'<w:rPr><w:sz w:val="18"/></w:rPr><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>'
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8EEF4"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
)


def opened(template: str | PathLike[str] | None) -> "Document":
    """An empty document with the styles that the reports use: from a template, or plain.

    Args:
        template: a .docx whose styles, headers, footers and first pages stay as they are; what is written follows them.

    Raises:
        MissingExtraError: if python-docx is not installed.
        UnreadableTemplateError: if the template is no Word document.
        OSError: if it cannot be read.
    """
    try:
        from docx import Document
        from docx.opc.exceptions import PackageNotFoundError
    except ModuleNotFoundError:
        raise MissingExtraError("python-docx", "word") from None
    if template is None:
        document = Document()
        _plain_look(document)
    else:
        with open(template, "rb"):  # noqa: PTH123 — a file that is not there is told from one that is no document
            pass
        try:
            document = Document(str(template))
        except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
            raise UnreadableTemplateError(str(template)) from None
    _add_styles(document)
    return document


def _plain_look(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    colour = RGBColor.from_string(INK[1:].upper())
    for name, size in (("Normal", 10), ("Title", 22), ("Subtitle", 11), ("Heading 1", 15), ("Heading 2", 12)):
        style: Any = document.styles[name]
        font = style.font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), colour
        font.italic = False
        fonts = style.element.rPr.rFonts
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), "Arial")
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)


def _add_styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn

    known = {style.name for style in document.styles}
    for name in STYLES:
        if name in known:
            continue
        if name == TABLE_STYLE:
            document.styles.element.append(parse_xml(_TABLE))
            continue
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name in _HEADINGS:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(_HEADINGS[name]))
            style.element.get_or_add_pPr().append(level)
            style.font.bold = True


def described(document: "Document", title: str, *, language: str) -> None:
    """What the document is called, and the language of what does not say its own, for those who search or hear it."""
    document.core_properties.title = plain(title)[:255]
    document.core_properties.author = "tocmodel"
    document.core_properties.language = plain(language)[:20]
    document.core_properties.comments = ""
    _spoken(document, language)


def _spoken(document: "Document", language: str) -> None:
    """Say the language of the text; one of a region stays where a template has it."""
    from docx.oxml.ns import qn

    styles: Any = document.styles.element
    properties = styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for each in properties:
        known = each.find(qn("w:lang"))
        if known is None:
            each.append(_lang(language))
        elif not known.get(qn("w:val"), "").lower().startswith(language.lower()):
            known.set(qn("w:val"), language)


def _lang(language: str) -> Any:  # noqa: ANN401 — elements of python-docx have no type
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), plain(language))
    return mark


def paragraph(document: "Document", text: str, style: str = "Normal") -> None:
    """A paragraph in a style; a text in another language than the document's is marked with its own."""
    run = document.add_paragraph(style=style).add_run(plain(text))
    if isinstance(text, Foreign):
        properties: Any = run.element.get_or_add_rPr()
        properties.append(_lang(text.lang))


def landscape(document: "Document", *, on: bool) -> None:
    """Begin a new page, wide or high."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    page = document.add_section(WD_SECTION.NEW_PAGE)
    sides = sorted((int(page.page_width or 0), int(page.page_height or 0)))
    height, width = (sides[0], sides[1]) if on else (sides[1], sides[0])
    page.page_width, page.page_height = width, height  # pyright: ignore[reportAttributeAccessIssue] — lengths are numbers
    page.orientation = WD_ORIENT.LANDSCAPE if on else WD_ORIENT.PORTRAIT
