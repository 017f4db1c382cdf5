"""Word reports as files: what stands in them, in which order."""

from collections.abc import Iterable
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from tocmodel.errors import RefusedError
from tocmodel.measurement import AchievementTable
from tocmodel.measurement.publishing import for_readers
from tocmodel.model import TheoryOfChange
from tocmodel.reports.word import parts
from tocmodel.reports.word.document import TABLE_STYLE, described, landscape, opened, paragraph
from tocmodel.reports.word.grid import Cell, add_grid
from tocmodel.stories import Story, story

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

    Returns:
        The path written to.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        MissingExtraError: if python-docx is not installed.
        ReasonNeededError: if the policy shows small groups of sensitive records without saying why.
        RefusedError: if stories are asked for beside a table that withholds figures.
        UnknownIdError: if a story names what the model does not have.
        UnreadableTemplateError: if the template is no Word document.
        OSError: if a file cannot be read or written.
    """
    ready = for_readers(model, as_of=as_of if table is None else table.as_of, public=public)
    judged = table if table is not None else ready.table
    pairs = tuple(stories)
    if pairs and ready.model is model and parts.withheld(judged):
        raise RefusedError("a story tells the model's own figures, also those that this table withholds; write it apart, or leave it out")
    model = ready.model
    told = [story(model, start, end, as_of=judged.as_of) for start, end in pairs]
    document = opened(template)
    programme = model.programme
    title = str(programme.title) or programme.id
    described(document, title, language=programme.language)
    paragraph(document, title, "Title")
    about = [
        f"as of {judged.as_of}",
        *([str(programme.period)] if programme.period else []),
        *([programme.place] if programme.place else []),
    ]
    paragraph(document, "; ".join(about), "Subtitle")
    _notices(document, programme.notices)
    _achievement(document, judged)
    _logframe(document, model, judged)
    _sheets(document, model, judged)
    for each in told:
        _story(document, each)
    _notices(document, programme.notices)
    return _saved(document, path)


def write_story(told: Story, path: str | PathLike[str], *, language: str = "en", template: str | PathLike[str] | None = None) -> Path:
    """Write a contribution story as a Word document; arguments and errors are those of `write_word`.

    Args:
        told: the story.
        path: the .docx to write.
        language: the language that it is written in.
        template: an organisation's own .docx.
    """
    document = opened(template)
    described(document, told.title, language=language)
    _story(document, told)
    return _saved(document, path)


def _notices(document: "Document", notices: Iterable[str]) -> None:
    for notice in notices:
        paragraph(document, notice)


def _achievement(document: "Document", table: AchievementTable) -> None:
    paragraph(document, "Achievement", "Heading 1")
    for sentence in parts.narrative(table):
        paragraph(document, sentence)
    _grid(document, parts.ACHIEVEMENT, parts.achieved(table), parts.ACHIEVEMENT_SHARES, title="Achievement against targets")
    for note in table.footer[1:]:
        paragraph(document, note)


def _logframe(document: "Document", model: TheoryOfChange, table: AchievementTable) -> None:
    landscape(document, on=True)
    paragraph(document, "Logical framework", "Heading 1")
    _grid(document, parts.LOGFRAME, parts.logframe(model, table), parts.LOGFRAME_SHARES, title="Logical framework")
    landscape(document, on=False)


def _sheets(document: "Document", model: TheoryOfChange, table: AchievementTable) -> None:
    rows = parts.totals_by_indicator(model, table)
    if not rows:
        return
    silent = parts.withheld(table)
    paragraph(document, "Indicator reference sheets", "Heading 1")
    for indicator in model.indicators:
        title = str(indicator.title) or indicator.id
        paragraph(document, title, "Heading 2")
        told = parts.sheet(model, indicator, rows[indicator.id], silent=indicator.id in silent)
        cells = [[Cell(name, strong=True), Cell(text)] for name, text in told]
        _grid(document, (), cells, parts.SHEET_SHARES, title=f"Reference sheet: {title}", first_column=True)


def _story(document: "Document", told: Story) -> None:
    paragraph(document, told.title, "Heading 1")
    _notices(document, (told.notice,) if told.notice else ())
    numbers: dict[str, int] = {}
    for section in told.sections:
        paragraph(document, section.heading, "Heading 2")
        for sentences in section.paragraphs:
            said: list[str] = []
            for sentence in sentences:
                rests = sorted(numbers.setdefault(id, len(numbers) + 1) for id in sentence.because)
                said.append(f"{sentence.text} [{', '.join(map(str, rests))}]")
            paragraph(document, " ".join(said), "List Bullet")
    paragraph(document, "What the numbers in brackets stand for", "Heading 2")
    rows = [[Cell(f"[{number}]"), Cell(id), Cell(told.references[id])] for id, number in numbers.items()]
    _grid(document, ("Number", "Id", "Title"), rows, (10, 40, 50), title="What the numbers in brackets stand for")


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
