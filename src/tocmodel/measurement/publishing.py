"""A model and its achievement as they may be published: no small group and no name can be read in any figure or text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from attrs import evolve, fields, frozen, has

from tocmodel.figures import Figure, Interval, Missing, to_decimal
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.measurement.achievement import AchievementTable, achievement
from tocmodel.measurement.actuals import covered, figure_of
from tocmodel.measurement.privacy import small
from tocmodel.measurement.publication import about_people, counted, publishable
from tocmodel.measurement.rows import AchievementRow, Scope
from tocmodel.messages import message
from tocmodel.model import (
    Actual,
    Baseline,
    Category,
    LearningSession,
    Overlap,
    Record,
    RubricCriterion,
    ScaleLevel,
    Target,
    Text,
    TheoryOfChange,
    Value,
)
from tocmodel.model.naming import LEFT_OUT, mapped_texts, with_records, without_names
from tocmodel.slices import Slice


@frozen
class Published:
    """A model and its achievement, both fit for their readers.

    Attributes:
        model: the model: what the table withholds stands in none of its figures and texts.
        table: its achievement.
        findings: what its author should read before it is published, such as a title with a number that the table withholds;
            they quote it, and are not for the public.
    """

    model: TheoryOfChange
    table: AchievementTable
    findings: tuple[Finding, ...] = ()


def for_readers(model: TheoryOfChange, *, as_of: date | str | None = None, public: bool | None = None) -> Published:
    """What a report shows: all of a model, or what may be published of it.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out.
        public: whether the report is for the public; what the model's publication policy says where left out.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        ReasonNeededError: if the policy shows small groups of sensitive records without saying why.
    """
    if model.programme.publication.public if public is None else public:
        return published(model, as_of=as_of)
    return Published(model, achievement(model, as_of=as_of))


def published(model: TheoryOfChange, *, as_of: date | str | None = None) -> Published:
    """What may be published of a model, by its publication policy.

    Names go as `without_names` says, small groups as `publishable` says. What the table withholds goes from the model too: of
    an indicator with anything withheld only the figures stay that the table shows, without the numerators, denominators and
    samples behind them; its notes go, and so does every other text and quotation in which a withheld number stands, as digits
    or as a word; the titles of the plan and the programme's notice stay, and those with such a number are findings. Small groups
    among those who attended a session go likewise, with the rest of the session and of those that it is a part of. Publishing
    what was published already changes nothing.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        ReasonNeededError: if the policy shows small groups of sensitive records without saying why.

    Example:
        >>> draft = TheoryOfChange.build("readers", "Reading clubs", as_of="2024-12-31")
        >>> clubs = draft.activity("clubs", "Reading clubs", note="Two boys came.")
        >>> _ = draft.dimension("sex", "Sex", categories=["girls", "boys"])
        >>> _ = draft.indicator("members", of=clubs, unit="person", by=["sex"])
        >>> _ = draft.actual("members", 40, slice="sex=girls"), draft.actual("members", 2, slice="sex=boys")
        >>> public = published(draft.done())
        >>> [str(row.actual) for row in public.table], str(public.model["clubs"].note)
        (['42', 'suppressed', 'suppressed'], 'left out for publication')
    """
    policy = model.programme.publication
    unnamed = without_names(model, name_sources=policy.name_sources)
    named = () if unnamed is model else (_NOT_NAMED,)

    def shown(table: AchievementTable) -> AchievementTable:
        return publishable(unnamed, table, threshold=policy.threshold, reason=str(policy.reason))

    whole = achievement(unnamed, as_of=as_of)
    fit = shown(whole)
    withheld = _Withheld.of(unnamed, whole, fit, limit=to_decimal(policy.threshold))
    if withheld.nothing:  # then nothing behind the rows is small either, and they may be explained
        return Published(unnamed, evolve(whole, notes=(*fit.notes, *named)))
    silent = withheld.from_texts(unnamed)
    table = shown(achievement(silent, as_of=as_of))
    public = withheld.from_figures(silent, table)
    return Published(public, evolve(table, notes=(*table.notes, *named)), in_order(withheld.still_told(public, by=model)))


_NOTES = ("note", "comparability", "quality", "limitations")
_NOT_NAMED = "Sources, and those who speak in them, are not named."


@frozen
class _Withheld:
    """What is withheld of a model.

    Attributes:
        indicators: the indicators of which a figure is withheld.
        few: their values that tell of few people, whatever the table shows.
        sessions: the sessions of which an attendance is.
        overlaps: the overlaps that are.
        numbers: every number that must not be read.
    """

    indicators: frozenset[str]
    few: frozenset[str]
    sessions: frozenset[str]
    overlaps: frozenset[str]
    numbers: frozenset[Decimal]

    @classmethod
    def of(cls, model: TheoryOfChange, whole: AchievementTable, shown: AchievementTable, *, limit: Decimal) -> "_Withheld":
        def is_small(figure: Figure | None) -> bool:
            return figure is not None and limit > 1 and small(figure, limit)

        def parts(value: Actual | Baseline) -> list[Figure]:
            return counted(value, model.indicator(value.indicator))

        changed = [(was, now) for was, now in zip(whole, shown, strict=True) if _figures(was) != _figures(now)]
        rows = _by_part(shown)
        protected = about_people(model)
        values = (*model.actuals, *model.baselines)
        few = {value.id for value in values if value.indicator in protected and any(map(is_small, parts(value)))}
        indicators = {row.indicator for row, _ in changed} | {value.indicator for value in values if value.id in few}
        sessions = _with_their_wholes(model, [one for one in model.sessions if any(is_small(item.figure) for item in one.attendance)])
        overlaps = [overlap for overlap in model.overlaps if is_small(overlap.figure) or indicators & set(overlap.between)]
        figures = [figure for was, now in changed for figure, left in zip(_figures(was), _figures(now), strict=True) if figure != left]
        for value in values:
            if value.id in few:
                figures += [figure_of(value, model.indicator(value.indicator)), *parts(value)]
            elif value.indicator in indicators:
                figures += [side for side in (value.numerator, value.denominator) if side is not None]
                figure = figure_of(value, model.indicator(value.indicator))  # it goes with the small ones where no row shows it
                figures += [figure] if figure.bounds not in _shown_of(value, rows.get((value.indicator, value.slice), [])) else []
        figures += [item.figure for session in sessions for item in session.attendance] + [overlap.figure for overlap in overlaps]
        printed = [was.said(share) for was, _ in changed for share in (was.attainment, was.progress) if share.bounds is not None]
        numbers = {end for figure in figures for end in _ends(figure.bounds)} | {number for text in printed for number in _numbers(text)}
        return cls(
            frozenset(indicators),
            frozenset(few),
            frozenset(session.id for session in sessions),
            frozenset(overlap.id for overlap in overlaps),
            frozenset(numbers - {Decimal(0)}),
        )

    @property
    def nothing(self) -> bool:
        return not (self.indicators or self.sessions or self.overlaps)

    def from_texts(self, model: TheoryOfChange) -> TheoryOfChange:
        """The model without the texts that tell of it."""
        silent = mapped_texts(model, lambda words: not self.numbers.isdisjoint(_numbers(words)))
        return with_records(silent, [self._without_notes(record) for record in (silent.programme, *silent.records())])

    def still_told(self, public: TheoryOfChange, *, by: TheoryOfChange) -> Iterator[Finding]:
        """The titles and texts of a model that stay in what is published of it, and in which a withheld number stands."""
        written = {words for record in (by.programme, *by.records()) for words in _texts(record)}  # labels such as "Source 3" are not
        for record in (public.programme, *public.records()):
            for words in dict.fromkeys(_texts(record)):
                if words in written and not self.numbers.isdisjoint(_said(words)):
                    said = message("a number that is not published stands in a text that is: “%(text)s”", text=words)
                    hint = message("is it that number? Then say it without")
                    yield Finding("A16", Severity.WARNING, Place(record.id), said, hint)

    def _without_notes(self, record: Record) -> Record:
        """A record without the data of other programs, and without notes and quotations if anything of it or its indicator is withheld."""
        changes: dict[str, object] = {"extensions": {}} if record.extensions else {}
        about = record.indicator if isinstance(record, Actual | Baseline | Target) else record.id
        if about in self.indicators | self.sessions | self.overlaps:
            changes |= {name: Text.read(LEFT_OUT) for name in _NOTES if getattr(record, name, None)}
            changes |= {"source": evolve(record.source, quote="")} if record.source else {}
        if isinstance(record, Actual) and about in self.indicators:
            changes |= {"sample": None}
        return evolve(record, **changes) if changes else record  # type: ignore[arg-type]

    def from_figures(self, model: TheoryOfChange, shown: AchievementTable) -> TheoryOfChange:
        """The model with the figures that the table shows, and no others."""
        rows, gap = _by_part(shown), Figure.gap(Missing.SUPPRESSED)

        def without(record: Record) -> Record:
            if isinstance(record, Actual | Baseline | Target) and record.indicator in self.indicators:
                figure = self._as_shown(record, figure_of(record, model.indicator(record.indicator)), rows)
                figure = figure if figure.source is None else evolve(figure, source=evolve(figure.source, quote=""))
                return evolve(record, figure=figure, numerator=None, denominator=None)
            if isinstance(record, LearningSession) and record.id in self.sessions:
                return evolve(record, attendance=[evolve(item, figure=gap) for item in record.attendance])
            if isinstance(record, Overlap) and record.id in self.overlaps:
                return evolve(record, figure=gap)
            return record

        bare = with_records(model, [without(record) for record in (model.programme, *model.records())])
        return with_records(bare, [bare.programme, *bare.records(), *self._sums(bare, shown)])

    def _as_shown(self, value: Value, figure: Figure, rows: Mapping[tuple[str, Slice], Sequence[AchievementRow]]) -> Figure:
        """The figure of a value, stated or calculated from what goes, if it is a target's or one that the table shows."""
        stated = value.figure if value.figure.missing is not Missing.MISSING or figure.bounds is None else figure
        if isinstance(value, Target) or not any(map(_says, (value.figure, value.numerator, value.denominator))):
            return stated
        shown = _shown_of(value, rows.get((value.indicator, value.slice), []))
        return (
            stated if value.id not in self.few and figure.bounds is not None and figure.bounds in shown else Figure.gap(Missing.SUPPRESSED)
        )

    def _sums(self, model: TheoryOfChange, shown: AchievementTable) -> Iterator[Actual]:
        """What the table shows and nobody published: figures that came from parts which are withheld now."""
        for row in shown:
            reported = model.actuals_of(row.indicator)
            reporters = {actual.reporter for actual in reported}
            dated = any(actual.period or actual.measured for actual in reported)
            own = any(actual.slice == row.slice and actual.period == row.period for actual in reported)
            derived = model.indicator(row.indicator).derived is not None
            its_time = row.scope is Scope.PERIOD if dated else row.scope is Scope.LIFE
            added_up = not own and not derived and len(reporters) == 1  # a sum beside what several report would be added to it
            if row.indicator in self.indicators and its_time and added_up and row.actual.bounds is not None:
                yield Actual(indicator=row.indicator, figure=row.actual, period=row.period, slice=row.slice, reporter=reporters.pop())


def _texts(held: object) -> Iterator[str]:
    """The texts of a record, in every language; categories and levels apart, whose numbers are ages and scores."""
    if isinstance(held, Text):
        yield from (words for _, words in held.entries)
    elif isinstance(held, tuple):
        for item in held:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(item)  # pyright: ignore[reportUnknownArgumentType]
    elif has(type(held)) and not isinstance(held, Figure | Category | ScaleLevel | RubricCriterion):
        for attribute in fields(type(held)):
            yield from _texts(getattr(held, attribute.name))


def _with_their_wholes(model: TheoryOfChange, sessions: Sequence[LearningSession]) -> list[LearningSession]:
    """Sessions, and all that are parts of the same: what took part in the whole less the other parts is what took part in one."""

    def whole(session: LearningSession) -> str:
        above = model.by_id.get(session.part_of or "")
        return whole(above) if isinstance(above, LearningSession) else session.id

    wholes = {whole(session) for session in sessions}
    return [session for session in model.sessions if whole(session) in wholes]


def _says(figure: Figure | None) -> bool:
    """Whether a figure says anything, if only in words or in a way that could not be read."""
    return figure is not None and (figure.bounds is not None or figure.words or figure.missing is Missing.NOT_READABLE)


def _by_part(table: AchievementTable) -> dict[tuple[str, Slice], list[AchievementRow]]:
    """The rows of each part of each indicator."""
    rows: dict[tuple[str, Slice], list[AchievementRow]] = {}
    for row in table:
        rows.setdefault((row.indicator, row.slice), []).append(row)
    return rows


def _shown_of(value: Actual | Baseline, rows: Sequence[AchievementRow]) -> list[Interval | None]:
    """What the table shows of the cell of a value: of its period, or of the whole where the table has no row for its days."""
    if isinstance(value, Baseline):
        return [row.baseline.bounds for row in rows]
    days = covered(value)
    of_period = [
        row for row in rows if row.scope is Scope.PERIOD and days is not None and row.period is not None and row.period.holds(days)
    ]
    return [row.actual.bounds for row in of_period or [row for row in rows if row.scope is Scope.LIFE]]


def _figures(row: AchievementRow) -> tuple[Figure, ...]:
    return (row.actual, row.baseline, row.target)


def _ends(bounds: Interval | None) -> Iterator[Decimal]:
    """The ends of a figure, as they are and as they may be rounded; not to "one", which is a word of its own in many languages."""
    for end in () if bounds is None else (bounds.low, bounds.high):
        if end is not None:
            yield end
            near = (end.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) for digits in range(3) if abs(end) < _ROUNDED)
            yield from (number for number in near if number != 1)


_ROUNDED = 10**12
"""Above, numbers are written out or not at all."""


# Numbers in texts

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DIGITS = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_GROUPS = re.compile(r"[.,'’\u00a0\u202f ](?=\d{3}(?!\d))")
_WORDS = {
    word: Decimal(number)
    for number, words in enumerate(
        (
            "one un une uno una moja", "two both deux dos mbili", "three trois tres tatu", "four quatre cuatro nne", "five cinq cinco tano",
            "six seis sita", "seven sept siete saba", "eight huit ocho nane", "nine neuf nueve tisa", "ten dix diez kumi",
            "eleven onze once", "twelve dozen douze doce",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
"""The small numbers in English, French, Spanish and Swahili."""


def _numbers(text: str) -> set[Decimal]:
    """Every number that somebody may read in a text; "1,540" is both 1540 and 1.54. Dates are none."""
    bare = _DATE.sub(" ", text)
    found = {_WORDS[word] for word in re.findall(r"[^\W\d_]+", bare.casefold()) if word in _WORDS}
    for digits in _DIGITS.findall(bare):
        for written in _readings(digits):
            found.add(Decimal(written))
    return found


def _said(text: str) -> set[Decimal]:
    """The numbers of a text; one only as a digit, for its word is an article in many languages."""
    return _numbers(text) if _DIGITS.search(text) else _numbers(text) - {Decimal(1)}


def _readings(digits: str) -> Iterable[str]:
    """How digits with points, commas and blanks may be meant."""
    grouped = _GROUPS.sub("", digits).replace(",", ".")
    parts = re.split(r"[^\d]", digits)
    yield from {grouped, *parts} if grouped.count(".") < 2 else parts
    if len(parts) == 2:
        yield ".".join(parts)
