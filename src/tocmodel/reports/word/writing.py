"""Word reports as files: what stands in them, in which order."""

from collections.abc import Iterable
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from tocmodel.errors import RefusedError
from tocmodel.figures.display import apart
from tocmodel.measurement import AchievementTable
from tocmodel.measurement.publishing import Published, for_readers
from tocmodel.model import TheoryOfChange
from tocmodel.reports.language import Folder, Foreign, Language, find_language
from tocmodel.reports.naming import speaking_of
from tocmodel.reports.telling import telling
from tocmodel.reports.word import parts
from tocmodel.reports.word.document import TABLE_STYLE, described, landscape, opened, paragraph
from tocmodel.reports.word.grid import Cell, add_grid
from tocmodel.stories import Story, Words, story

if TYPE_CHECKING:
    from docx.document import Document


def write_word(
    model: TheoryOfChange,
    path: str | PathLike[str],
    *,
    as_of: date | str | None = None,
    table: AchievementTable | None = None,
    stories: Iterable[tuple[str, str]] = (),
    template: str | PathLike[str] | None = None,
    public: bool | None = None,
    lang: str = "en",
    catalogues: Folder | None = None,
) -> Path:
    """Write a report as a Word document: achievement with a short narrative, logframe, indicator sheets, stories.

    Args:
        model: the model.
        path: the .docx to write.
        as_of: the date of judgement; the programme's own where left out.
        table: the achievement to report, such as one under another policy of calculation; the model's own where left out.
        stories: pairs of an activity and an objective, each told as a contribution story.
        template: an organisation's own .docx; its styles are used by name, and what is written follows its first pages.
        public: whether it is for the public, without small groups and names, as `published` says; what the model's publication
            policy says where left out.
        lang: the language of the report's own words, numbers and dates, such as ``fr``; stories are told in it if all that they
            say is translated, otherwise in English, marked as such.
        catalogues: a folder with message files of your own for other languages.

    Returns:
        The path written to.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        MissingExtraError: if python-docx is not installed.
        ReasonNeededError: if the policy shows small groups of sensitive records without saying why.
        RefusedError: if stories are asked for beside a table that withholds figures.
        UnknownLanguageError: if there are no messages in the language.
        UnknownIdError: if a story names what the model does not have.
        UnreadableTemplateError: if the template is no Word document.
        OSError: if a file cannot be read or written.
    """
    for_all = model.programme.publication.public if public is None else public
    if table is not None and not for_all:
        ready = Published(model, table)
    else:
        ready = for_readers(model, as_of=as_of if table is None else table.as_of, public=for_all)
    judged = table if table is not None else ready.table
    pairs = tuple(stories)
    if pairs and ready.model is model and parts.withheld(judged):
        raise RefusedError("a story tells the model's own figures, also those that this table withholds; write it apart, or leave it out")
    model = ready.model
    language = speaking_of(model, find_language(lang, catalogues=catalogues))
    told = [story(model, start, end, as_of=judged.as_of, words=telling(model, language)) for start, end in pairs]
    document = opened(template)
    programme = model.programme
    title = language.text(programme.title) or programme.id
    described(document, title, language=language.code)
    paragraph(document, title, "Title")
    about = [
        language.gettext("as of %(day)s", day=language.day(judged.as_of)),
        *([language.period(programme.period)] if programme.period else []),
        *([programme.place] if programme.place else []),
    ]
    paragraph(document, apart(about, language), "Subtitle")
    notices = [language.text(programme.notice)] if programme.notice else []
    _notices(document, notices)
    _achievement(document, model, judged, language)
    _logframe(document, model, judged, language)
    _sheets(document, model, judged, language)
    for each in told:
        _story(document, each, language)
    _notices(document, notices)
    return _saved(document, path)


def write_story(told: Story, path: str | PathLike[str], *, template: str | PathLike[str] | None = None) -> Path:
    """Write a contribution story as a Word document in the language that it is told in; errors are those of `write_word`.

    Args:
        told: the story, as `tocmodel.story` tells it in English, or `tocmodel.reports.telling.tell` in another language.
        path: the .docx to write.
        template: an organisation's own .docx.
    """
    document = opened(template)
    described(document, told.title, language=told.words.code)
    _story(document, told, told.words)
    return _saved(document, path)


def _notices(document: "Document", notices: Iterable[str]) -> None:
    for notice in notices:
        paragraph(document, notice)


def _achievement(document: "Document", model: TheoryOfChange, table: AchievementTable, language: Language) -> None:
    paragraph(document, language.gettext("Achievement"), "Heading 1")
    for sentence in parts.narrative(model, table, language):
        paragraph(document, sentence)
    rows = parts.achieved(model, table, language)
    width = len(rows[0]) if rows else len(parts.ACHIEVEMENT_SHARES)
    heads = parts.achievement_head(language, commented=width == len(parts.ACHIEVEMENT_SHARES))
    _grid(document, heads, rows, parts.ACHIEVEMENT_SHARES[:width], title=language.gettext("Achievement against targets"))
    for note in table.remarks:  # how much is reported, the narrative has said
        notice = model.programme.notice
        paragraph(document, language.text(notice) if note == str(notice) else language.said(note))


def _logframe(document: "Document", model: TheoryOfChange, table: AchievementTable, language: Language) -> None:
    title = language.gettext("Logical framework")
    landscape(document, on=True)
    paragraph(document, title, "Heading 1")
    _grid(document, parts.logframe_head(language), parts.logframe(model, table, language), parts.LOGFRAME_SHARES, title=title)
    landscape(document, on=False)


def _sheets(document: "Document", model: TheoryOfChange, table: AchievementTable, language: Language) -> None:
    rows = parts.totals_by_indicator(model, table)
    if not rows:
        return
    silent = parts.withheld(table)
    paragraph(document, language.gettext("Indicator reference sheets"), "Heading 1")
    for indicator in model.indicators:
        title = language.text(indicator.title) or indicator.id
        paragraph(document, title, "Heading 2")
        told = parts.sheet(model, indicator, rows[indicator.id], language, silent=indicator.id in silent)
        cells = [[Cell(name, strong=True), Cell(text)] for name, text in told]
        named = language.gettext("Reference sheet: %(title)s", title=title)
        _grid(document, (), cells, parts.SHEET_SHARES, title=named, first_column=True)


def _story(document: "Document", told: Story, language: Words) -> None:
    def marked(text: str) -> str:
        return text if told.words.code == language.code else Foreign(text, told.words.code)

    paragraph(document, marked(told.title), "Heading 1")
    _notices(document, (told.notice,) if told.notice else ())
    numbers: dict[str, int] = {}
    for section in told.sections:
        paragraph(document, marked(section.heading), "Heading 2")
        for sentences in section.paragraphs:
            said: list[str] = []
            for sentence in sentences:
                rests = sorted(numbers.setdefault(id, len(numbers) + 1) for id in sentence.because)
                said.append(f"{sentence.text} [{', '.join(map(str, rests))}]")
            paragraph(document, marked(" ".join(said)), "List Bullet")
    legend = language.gettext("What the numbers in brackets stand for")
    paragraph(document, legend, "Heading 2")
    rows = [[Cell(f"[{number}]"), Cell(id), Cell(told.references[id])] for id, number in numbers.items()]
    heads = (language.gettext("Number"), language.gettext("Id"), language.gettext("Title"))
    _grid(document, heads, rows, (10, 40, 50), title=legend)


def _grid(
    document: "Document",
    headers: tuple[str, ...],
    rows: list[list[Cell]],
    shares: tuple[int, ...],
    *,
    title: str,
    first_column: bool = False,
) -> None:
    style = document.styles[TABLE_STYLE].style_id
    add_grid(document, headers, rows, shares, title=title, style_id=style, first_column=first_column)


def _saved(document: "Document", path: str | PathLike[str]) -> Path:
    file = Path(path)
    document.save(str(file))
    return file
