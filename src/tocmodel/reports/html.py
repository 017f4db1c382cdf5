"""The report: one self-contained page, its brief first, then a section for each question that the model can answer."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tocmodel.contribution.tracing.telling import ways
from tocmodel.errors import FieldError, MissingExtraError
from tocmodel.figures import Interval
from tocmodel.measurement import AchievementRow
from tocmodel.measurement.publishing import Published, for_readers
from tocmodel.measurement.rows import headline, share_in_words, verdict_in_words
from tocmodel.model import TheoryOfChange
from tocmodel.periods import Period
from tocmodel.reports.charts.achievement import awaited
from tocmodel.reports.charts.cascade import from_before
from tocmodel.reports.interaction import interaction
from tocmodel.reports.language import Folder, Language, find_language
from tocmodel.reports.naming import anchor, named, named_category, speaking_of
from tocmodel.reports.scales import height
from tocmodel.reports.sections.brief import brief
from tocmodel.reports.sections.facts import Facts, gathered
from tocmodel.reports.sections.lasting import lasting, learned
from tocmodel.reports.sections.pathways import pathways
from tocmodel.reports.sections.questions import asked, checked, method
from tocmodel.reports.sections.results import Achieved, achieved, bar_of, cascades, groups, over_time, unreported
from tocmodel.reports.sections.theory import ENTRIES, theory
from tocmodel.reports.sections.tracking import by_node, difference, tracking
from tocmodel.reports.standing import against

if TYPE_CHECKING:
    from jinja2 import Environment

_PLAIN = re.compile(r"[0-9][0-9\s.,'’]*")
_EXTENSIONS = ("jinja2.ext.i18n", "tocmodel.reports.roles.TableRoles")


def report(
    model: TheoryOfChange,
    path: str | PathLike[str],
    *,
    as_of: date | str | None = None,
    public: bool | None = None,
    lang: str = "en",
    catalogues: Folder | None = None,
) -> Path:
    """Write a model's report as one HTML page that needs no network and no other file.

    Args:
        model: the model.
        path: the page to write.
        as_of: the date of judgement; the programme's own where left out.
        public: whether it is for the public, without small groups and names, as `published` says; what the model's publication
            policy says where left out.
        lang: the language of the report's own words, numbers and dates: ``en``, ``es``, ``fr``, or one of the catalogues.
            Texts of the model stand in it where the model has them.
        catalogues: a folder with message files of your own for other languages.

    Returns:
        The path written to.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        ReasonNeededError: if the policy shows small groups of sensitive records without saying why.
        UnknownLanguageError: if there are no messages in the language; the message lists those that there are.
        UnreadableCatalogueError: if its message file cannot be read.
        MissingExtraError: if babel, jinja2 or pygraphviz is not installed.
        FileNotFoundError: if the folder is not there; none is made.
    """
    page = Path(path)
    words = find_language(lang, catalogues=catalogues)
    page.write_text(html(model, as_of=as_of, public=public, words=words), encoding="utf-8", newline="\n")
    return page


def html(model: TheoryOfChange, *, as_of: date | str | None = None, public: bool | None = None, words: Language | None = None) -> str:
    """The report as HTML text; arguments and errors are those of `report`.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out.
        public: whether it is for the public, as for `report`.
        words: the language that it speaks; English where left out.
    """
    return html_of(for_readers(model, as_of=as_of, public=public), words)


def html_of(ready: Published, words: Language | None = None) -> str:
    """The report, as HTML text, on what was made ready for its readers.

    Args:
        ready: the model and its achievement.
        words: the language that it speaks; English where left out.
    """
    speaking = speaking_of(ready.model, words)
    templates = environment(ready.model, speaking)
    return page(templates, gathered(ready.model, ready.table, speaking))


@frozen
class Section:
    """A section of the page.

    Attributes:
        id: its anchor, and the name of its template.
        title: its heading.
        data: what its template shows.
    """

    id: str
    title: str
    data: object


def page(templates: "Environment", facts: Facts) -> str:
    """The page of these facts."""
    reached = achieved(facts)
    sections = [section for section in _sections(facts, reached) if section.data is not None]
    return templates.get_template("report.html.j2").render(
        words=facts.words,
        interaction=interaction(facts.model, facts.followed, facts.words),
        bar_of=bar_of,
        headline=headline,
        model=facts.model,
        programme=facts.model.programme,
        table=facts.table,
        brief=brief(facts, reached),
        sections=sections,
        titles={section.id: section.title for section in sections},
        present=_present(facts.model, reached),
    )


def _present(model: TheoryOfChange, reached: Achieved) -> frozenset[str]:
    """The ids of the elements that have a place of their own on the page, to which others can point."""
    records = (*model.nodes[:ENTRIES], *model.links[:ENTRIES], *model.evidence[:ENTRIES])
    listed = (*model.rivals, *model.sources, *(model.assumptions if model.nodes else ()), *(model.risks if model.nodes else ()))
    measured = (row.indicator for rows in (*reached.groups, reached.worded) for row in rows if not row.slice)
    return frozenset((*(record.id for record in (*records, *listed)), *measured))


def _sections(facts: Facts, reached: Achieved) -> list[Section]:
    """Every section in the order of the page; one without data has nothing to say and is left out."""
    title = facts.words.gettext
    told, ways = theory(facts), pathways(facts)
    measured = bool(facts.model.indicators)
    return [
        Section("theory", title("Theory of change"), told),
        Section("pathways", title("Pathways"), ways),
        Section("achievement", title("Achievement"), reached),
        Section("unreported", title("Planned and not reported"), unreported(facts) if measured else None),
        Section("groups", title("Groups"), groups(facts) or None),
        Section("time", title("Over time"), over_time(facts) or None),
        Section("tracking", title("Indicator tracking"), tracking(facts)),
        Section("cascades", title("Cascades"), cascades(facts) or None),
        Section("evidence", title("Evidence"), facts.evidence if facts.evidence.rows else None),
        Section("stories", title("Contribution stories"), ways if facts.pairs else None),
        Section("lasting", title("After the programme"), lasting(facts)),
        Section("learning", title("Learning"), learned(facts)),
        Section("questions", title("Open questions"), asked(facts)),
        Section("checks", title("Checks"), checked(facts)),
        Section("words", title("The theory in words"), told),
        Section("sources", title("Sources"), facts.model.sources or None),
        Section("method", title("Method and policy"), method(facts)),
    ]


def environment(model: TheoryOfChange, words: Language) -> "Environment":
    """The templates, with everything that puts values into words.

    Raises:
        MissingExtraError: if jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError:
        raise MissingExtraError("jinja2", "report") from None
    from tocmodel.reports.roles import css_string

    templates = Environment(
        loader=PackageLoader("tocmodel.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=_EXTENSIONS,
    )
    templates.newstyle_gettext = True  # type: ignore[attr-defined] — values go into the call, where they are escaped

    def result(row: AchievementRow) -> str:
        return words.label("not_due") if awaited(row) else words.figure(row.actual)

    semicolon = words.gettext("%(before)s; %(part)s", before="", part="")
    speaking: dict[str, Any] = {"gettext": words.message, "ngettext": words.messages, "semicolon": semicolon}
    templates.globals.update(speaking)
    filters: dict[str, Callable[..., object]] = {
        "anchor": anchor,
        "text": words.text,
        "said": words.said_in_markup,
        "paths": lambda count: ways(count, words),
        "css_string": css_string,
        "height": height,
        "answer": lambda said: words.labels.get(said) or words.text(said),
        "category_of": lambda name, dimension: named_category(model, dimension, name, words),
        "from_before": lambda step: from_before(step, words),
        "label": words.label,
        "figure": words.figure,
        "number": words.number,
        "day": words.day,
        "period": words.period,
        "when": lambda said: _when(said, words),
        "groupby_node": by_node,
        "quoted": lambda ids: words.listed([words.message("“%(title)s”", title=named(model, id, words)) for id in ids]),
        "named": lambda name: named(model, name, words),
        "result": result,
        "against": lambda row: against(row, result(row), words.figure(row.target), words.message),
        "runs": runs,
        "sorts_by": sorts_by,
        "share": lambda row: share_in_words(row, words) or "–",
        "difference": difference,
        "verdict": lambda row: verdict_in_words(row, words),
    }
    templates.filters.update(filters)
    return templates


def runs(numbers: Sequence[int]) -> str:
    """Numbers in order, three and more that follow each other as the first and the last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def sorts_by(bounds: Interval | None, said: str) -> str:
    """The number that a cell with these words is sorted by; nothing where there is none, or where the digits of the words are the number."""
    value = None if bounds is None else bounds.low if bounds.low is not None else bounds.high
    if value is None or (_PLAIN.fullmatch(said) and int(re.sub(r"\D", "", said)) == value):
        return ""
    return f"{value:.9g}"


def _when(said: str, words: Language) -> str:
    """When somebody judged: a day, month or year as the language writes it, other words as they stand."""
    try:
        return words.period(Period.read(said))
    except FieldError:
        return said
