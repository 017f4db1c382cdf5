"""What Hypothesis draws: numbers, intervals, figures, periods, slices, texts, graphs, and whole models that fit together."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import networkx as nx
from hypothesis import settings, strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tocmodel.figures import Citation, Figure, Interval, Missing, plain
from tocmodel.findings import Severity
from tocmodel.model import (
    NODE_KINDS,
    AcceptedFinding,
    Accumulation,
    Activity,
    Actor,
    ActorRole,
    Actual,
    ActualState,
    Agreement,
    Assumption,
    AssumptionState,
    Attendance,
    Baseline,
    Basis,
    Breakdown,
    Cascade,
    Category,
    CausalPackage,
    Change,
    CheckSettings,
    Code,
    Combine,
    Coverage,
    Criterion,
    CriterionLevel,
    Decision,
    Derivation,
    Dimension,
    Direction,
    Effect,
    Evidence,
    EvidenceDirection,
    EvidenceKind,
    EvidenceTest,
    HarvestedOutcome,
    Horizon,
    IgnoredRule,
    Indicator,
    IndicatorKind,
    Judgement,
    LearningQuestion,
    LearningSession,
    Lesson,
    Level,
    Link,
    Node,
    Objective,
    Operation,
    Outcome,
    Overlap,
    Participation,
    Programme,
    Publication,
    Recommendation,
    Record,
    ReportBasis,
    Risk,
    RivalExplanation,
    RivalStatus,
    Rubric,
    RubricCriterion,
    RubricRating,
    RubricRow,
    RubricRule,
    Sample,
    ScaleLevel,
    Search,
    Sensitivity,
    Sign,
    Source,
    Sphere,
    Target,
    Term,
    Text,
    VanEveraTest,
    Version,
)
from tocmodel.periods import Period
from tocmodel.slices import Slice

# Numbers


@cache
def numbers(low: int | None = None, high: int | None = None) -> SearchStrategy[Decimal]:
    """Exact numbers of all sizes, with up to 28 digits; or between two whole numbers."""
    if low is None and high is None:
        few = st.builds(_scaled, st.integers(-(10**6), 10**6), st.integers(-6, 6))
        many = st.builds(_scaled, st.integers(-(10**28) + 1, 10**28 - 1), st.integers(-28, 6))
        return st.one_of(st.integers(-5, 5).map(Decimal), few, few, many)
    return st.one_of(st.integers(low, high).map(Decimal), st.decimals(low, high, places=2), st.decimals(low, high, places=5))


def _scaled(digits: int, exponent: int) -> Decimal:
    return Decimal(f"{digits}E{exponent}")


@st.composite
def intervals(
    draw: DrawFn, ends: SearchStrategy[Decimal] | None = None, *, bounded: bool = False, allow_open: bool = True, exact: bool | None = None
) -> Interval:
    """Intervals: single numbers, closed, open and half-open ones, and without a bound on one side or both."""
    of = numbers() if ends is None else ends
    if exact or (exact is None and draw(st.integers(0, 4)) == 0):
        return Interval.exactly(draw(of))
    low, high = sorted((draw(of), draw(of)))
    if low == high:
        return Interval.exactly(low)
    opened = st.booleans() if allow_open else st.just(value=False)
    without = st.just(0) if bounded else st.integers(0, 5)
    return Interval(
        None if draw(without) == 1 else low, None if draw(without) == 1 else high, low_open=draw(opened), high_open=draw(opened)
    )


@st.composite
def inside(draw: DrawFn, interval: Interval) -> Fraction:
    """A number inside an interval; its ends are drawn often where they belong to it."""
    low = None if interval.low is None else Fraction(interval.low)
    high = None if interval.high is None else Fraction(interval.high)
    far = st.one_of(
        st.fractions(0, 10, max_denominator=100),
        st.integers(0, 10**12).map(Fraction),
        st.integers(1, 40).map(lambda digits: Fraction(1, 10**digits)),
    )
    if low is not None and high is not None:
        parts = draw(st.sampled_from((1, 2, 3, 7, 10, 10**6, 10**30)))
        first, last = (1 if interval.low_open else 0), (parts - 1 if interval.high_open else parts)
        if first > last:  # one part, both ends excluded
            return (low + high) / 2
        step = draw(st.one_of(st.sampled_from((first, last)), st.integers(first, last)))
        return low + (high - low) * Fraction(step, parts)
    away = draw(far)
    if low is not None:
        return low + (away or Fraction(1) if interval.low_open else away)
    if high is not None:
        return high - (away or Fraction(1) if interval.high_open else away)
    return away * draw(st.sampled_from((1, -1)))


def holds(interval: Interval, number: Fraction) -> bool:
    """Whether a number lies inside an interval, compared as exact fractions: the law's own measure."""
    above = interval.low is None or number > Fraction(interval.low) or (number == Fraction(interval.low) and not interval.low_open)
    below = interval.high is None or number < Fraction(interval.high) or (number == Fraction(interval.high) and not interval.high_open)
    return above and below


# Words, dates and slices

NASTY = (
    "no", "Yes", "null", "~", "true", "010", "1_000", "1e5", "2021-01-01", "12:30", "- a", "a: b", "a #b", "# x", "'", '"', "''", "\\",
    "{x}", "[x]", "!tag", "&a", "*a", "%x", "@x", "`x`", "|", ">", "?", "<<", "=1+1", " blanks ", "two\nlines", "two\n\nlines\n",
    "\ttab\t", "carriage\r\nreturn", "next\x85line", "line\u2028separator", "\ufeffmark", "nul\0", "\x7f", "العربية", "日本語", "é", "e\u0301", "🙂",
    "more than 5", "total", "a, b", "sex=girls", "x/y", "–", "x" * 300, "word " * 60,
)  # fmt: skip


ODD_IDS = (
    "no",
    "null",
    "010",
    "~",
    "1e5",
    "true",
    "2021-01-01",
    "'",
    '"',
    "#",
    "é",
    "日本",
    "a:b",
    "[a]",
    "{a}",
    "&a",
    "*a",
    "=a",
    "-",
    "?",
)


@cache
def words(*, empty: bool = True) -> SearchStrategy[str]:
    """Text in one language: plain, of any script, or of the kind that file formats stumble over."""
    return st.one_of(
        st.text(alphabet="abcde fghij", min_size=0 if empty else 1, max_size=12),
        st.sampled_from(NASTY),
        st.text(min_size=0 if empty else 1, max_size=12),
    )


@st.composite
def texts(draw: DrawFn, language: str = "en", *, empty: bool = True) -> Text:
    """Texts in one or several languages; the default language stands with its name or without, never both."""
    if draw(st.booleans()):
        return Text.read(draw(words(empty=empty)))
    default = draw(st.sampled_from(("", language)))
    others = [other for other in ("en", "fr", "no", "ar", "pt-BR") if other != language]
    entries = draw(st.dictionaries(st.sampled_from([default, *others]), words(empty=False), min_size=0 if empty else 1, max_size=3))
    return Text(entries)


@cache
def days() -> SearchStrategy[date]:
    """Civil dates."""
    return st.dates(date(2010, 1, 1), date(2030, 12, 31))


@cache
def periods() -> SearchStrategy[Period]:
    """Days, months, years, and any other stretch of days."""
    stretches = st.tuples(days(), st.integers(0, 1200)).map(lambda pair: Period(pair[0], pair[0] + timedelta(pair[1])))
    months = st.tuples(st.integers(2010, 2030), st.integers(1, 12)).map(lambda pair: Period.read(f"{pair[0]}-{pair[1]:02d}"))
    return st.one_of(stretches, months, st.integers(1, 9998).map(lambda year: Period.read(f"{year:04d}")), days().map(Period.read))


@cache
def moments() -> SearchStrategy[date | datetime]:
    """When something was reported: dates, and times in several zones."""
    zones = st.sampled_from((UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-9, minutes=-30))))
    return st.one_of(days(), st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=zones))  # noqa: DTZ001 — hypothesis adds the zone


@cache
def slices() -> SearchStrategy[Slice]:
    """Slices of up to three dimensions, with any names."""
    return st.dictionaries(words(empty=False), words(empty=False), max_size=3).map(Slice)


def citations(sources: SearchStrategy[str] | None = None) -> SearchStrategy[Citation]:
    """Places in sources."""
    return st.builds(Citation, ids() if sources is None else sources, words(), words())


@cache
def ids() -> SearchStrategy[str]:
    """Ids, also such as YAML would take for something else; without ``>``, so that a link's own id is nobody else's."""
    return st.one_of(st.text(alphabet="abcdé0.:-_#", min_size=1, max_size=5), st.sampled_from(ODD_IDS))


# Figures

UNITS = ("person", "case", "school", "percent", "percentage_point", "per_mille", "kilogram", "hour", "KES", "EUR")


@cache
def printed_numbers() -> SearchStrategy[str]:
    """Figures as sources print them."""
    one = st.integers(0, 10**7).flatmap(lambda number: st.sampled_from((str(number), f"{number:,}")))
    bounds = st.sampled_from(("over", "more than", "at least", "nearly", "less than", "up to", "at most", "≥", ">", "Over"))
    return st.one_of(
        one,
        st.builds("{} {}".format, bounds, one),
        one.map("{}+".format),
        st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(sorted).map(lambda pair: f"between {pair[0]} and {pair[1]}"),
        one.map("{} %".format),
        st.builds("{}{}".format, one, st.sampled_from((" girls", " people in schools", " thousand", " million", " ‰", "."))),
        st.decimals(-1000, 1000, places=3).map(str),
    )


@st.composite
def figures(draw: DrawFn, *, sources: SearchStrategy[str] | None = None, units: Sequence[str] = UNITS) -> Figure:
    """Figures of every kind: printed, exact, bounded, missing for every reason, not readable, in words, counted and converted."""
    unit = draw(st.one_of(st.none(), st.sampled_from(units))) if units else None
    source = draw(st.one_of(st.none(), citations(sources)))
    kind = draw(st.integers(0, 7))
    threshold = draw(st.booleans())
    match kind:
        case 0 | 1:
            return Figure.read(draw(printed_numbers()), unit=unit, source=source, threshold=threshold)
        case 2:
            return Figure.read(draw(intervals()), unit=unit, source=source)
        case 3:
            return Figure.read(draw(numbers()), unit=unit, source=source)
        case 4:
            gaps = st.sampled_from((None, "", "n/a", "-", "not applicable", "not due", "*"))
            return draw(
                st.one_of(gaps.map(Figure.read), st.sampled_from(Missing).map(Figure.gap), st.just(Figure.gap("not_due", unit=unit)))
            )
        case 5:
            return Figure.in_words(draw(words()), source=source)
        case 6:
            return Figure.read(draw(words()), unit=unit, source=source, threshold=threshold)
        case _:
            return Figure("", draw(intervals()), unit, source)


# Graphs


@st.composite
def graphs(draw: DrawFn, *, loops: bool = True, nodes: int = 6, links: int = 12) -> "nx.MultiDiGraph[str]":
    """Small multigraphs with parallel links, with loops or without; the nodes are ``n0``, ``n1`` and so on."""
    size = draw(st.integers(2, nodes))
    pairs = [(one, other) for one in range(size) for other in range(size) if one != other and (loops or one < other)]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(f"n{number}" for number in range(size))
    for key, (one, other) in enumerate(draw(st.lists(st.sampled_from(pairs), max_size=links))):
        graph.add_edge(f"n{one}", f"n{other}", key=f"l{key}")
    return graph


# Models


@cache
def judgements(language: str) -> SearchStrategy[Judgement]:
    """What somebody judged."""
    ranges = st.tuples(numbers(0, 1), numbers(0, 1)).map(sorted)
    ranged = st.builds(
        lambda ends, level, why: Judgement(low=ends[0], high=ends[1], level=level, by="x", on="2021", why=why),
        ranges,
        words(),
        texts(language),
    )
    return st.one_of(ranged, st.builds(Judgement, level=words(empty=False), rubric=words(), why=texts(language)))


@cache
def extensions() -> SearchStrategy[dict[str, Any]]:
    """Foreign data in words."""
    leaf = st.one_of(words(), st.none())
    return st.dictionaries(
        words(empty=False),
        st.recursive(leaf, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words(), inner, max_size=2), max_leaves=3),
        max_size=1,
    )


@lru_cache(maxsize=None, typed=True)  # typed, since (0, 1) is not (False, True)
def _one_of(*choices: Any) -> SearchStrategy[Any]:
    return st.sampled_from(choices)


class _Drawing:
    """Draws the fields of records, and remembers the ids that they may name."""

    def __init__(self, draw: DrawFn, names: list[str], language: str) -> None:
        self.draw = draw
        self.language = language
        self._names = names
        self.known: dict[str, list[str]] = {}

    def new(self, kind: str) -> str:
        name = self._names.pop()
        self.known.setdefault(kind, []).append(name)
        return name

    def text(self) -> Text:
        return self.draw(texts(self.language)) if self.chance(3) else Text()

    def line(self) -> str:
        return self.draw(words()) if self.chance(3) else ""

    def one(self, choices: Iterable[Any]) -> Any:
        return self.draw(_one_of(*choices))

    def maybe(self, choices: Iterable[Any]) -> Any:
        return self.draw(_one_of(None, *choices))

    def chance(self, of: int = 2) -> bool:
        return self.draw(_one_of(*(number == of - 1 for number in range(of))))

    def publication(self) -> Publication:
        """A policy; one that shows small groups says why, without which nothing sensitive is published."""
        threshold, reason = self.draw(st.integers(0, 12)), self.text()
        return Publication(self.chance(), threshold, self.chance(), reason or ("Public already." if threshold <= 1 else reason))

    def optional(self, strategy: SearchStrategy[Any]) -> Any:
        return self.draw(strategy) if self.chance() else None

    def some(self, *kinds: str) -> tuple[str, ...]:
        known = [id for kind in kinds for id in self.known.get(kind, ())]
        return tuple(dict.fromkeys(self.one(known) for _ in range(self.one((0, 1, 2))))) if known else ()

    def any_of(self, kind: str) -> str | None:
        known = self.known.get(kind, [])
        return self.maybe(known) if known else None

    def figure(self, units: Sequence[str] = UNITS) -> Figure:
        sources = self.known.get("source", [])
        drawn = self.draw(figures(sources=st.sampled_from(sources) if sources else None, units=units))
        if not sources and drawn.source is not None:
            return Figure(drawn.printed, drawn.bounds, drawn.unit, None, drawn.missing, drawn.words)
        return drawn

    def record(self) -> dict[str, Any]:
        """The fields that every record has; most of them mostly empty."""
        if not self.chance(4):
            return {}
        sources = self.known.get("source", [])
        return {
            "basis": self.maybe(Basis),
            "source": self.draw(citations(st.sampled_from(sources))) if sources and self.draw(st.booleans()) else None,
            "note": self.text(),
            "formerly": self.draw(st.lists(ids(), max_size=2)),
            "sensitivity": self.maybe(Sensitivity),
            "extensions": self.draw(extensions()),
        }

    def judgement(self) -> Judgement | None:
        return self.draw(judgements(self.language)) if self.chance(4) else None

    def titled(self) -> dict[str, Any]:
        return {"title": self.text(), "description": self.text(), **self.record()}

    def learned(self) -> dict[str, Any]:
        return {"about": self.some("node", "link", "assumption"), "criterion": self.maybe(Criterion), **self.titled()}


whole_models = settings(max_examples=settings().max_examples * 2 // 5)
"""Fewer examples for tests that draw whole models, in whatever profile."""


@st.composite
def theories(draw: DrawFn, *, values: bool = True) -> tuple[Programme, list[Record]]:
    """A programme and records that always fit together: every kind of record, links with loops, figures of every kind."""
    language = draw(st.sampled_from(("en", "fr", "no")))
    odd = draw(st.lists(st.sampled_from(ODD_IDS), max_size=12, unique=True))
    its = _Drawing(draw, [*(f"x{number}" for number in range(36)), *odd], language)
    programme_id = its.new("programme")
    records: list[Record] = []
    records += _context(its)
    records += _nodes_and_links(its)
    records += _learning(its)
    records += _measured(its, values=values)
    programme = Programme(
        id=programme_id,
        period=its.optional(periods()),
        place=its.line(),
        partners=its.some("actor"),
        currency=its.maybe(("KES", "EUR")),
        language=language,
        as_of=its.optional(days()),
        notice=its.text(),
        checks=its.draw(check_settings()) if its.chance(4) else None,
        publication=its.publication() if its.chance(4) else Publication(),
        **its.titled(),
    )
    return programme, records


@cache
def check_settings() -> SearchStrategy[CheckSettings]:
    """Which rules are asked, ignored and made graver, and which findings are accepted; also rules that there are not."""
    codes = st.sampled_from(("L01", "L2", "L34", "no-evidence", "M08", "X99"))
    ignored = st.builds(IgnoredRule, codes, words())
    accepted = st.builds(AcceptedFinding, codes, words(), st.just("the team"), st.just("planned"), days())
    return st.builds(
        CheckSettings,
        st.lists(codes, max_size=2),
        st.lists(ignored, max_size=2),
        st.dictionaries(codes, st.sampled_from(Severity), max_size=2),
        st.lists(accepted, max_size=2),
    )


def _context(its: _Drawing) -> list[Record]:
    records: list[Record] = [
        Source(
            id=its.new("source"),
            publisher=its.line(),
            published=its.optional(periods()),
            url=its.line(),
            kind=its.line(),
            self_reported=its.maybe((True, False)),
            consent=its.text(),
            retain_until=its.optional(days()),
            **its.titled(),
        )
        for _ in range(its.one(range(2)))
    ]
    records += [
        Actor(id=its.new("actor"), role=its.maybe(ActorRole), participation=its.maybe(Participation), **its.titled())
        for _ in range(its.one(range(3)))
    ]
    records += [
        Assumption(
            id=its.new("assumption"),
            state=its.one(AssumptionState),
            owner=its.any_of("actor"),
            review=its.optional(days()),
            probability=its.judgement(),
            **its.titled(),
        )
        for _ in range(its.one(range(3)))
    ]
    return records


def _nodes_and_links(its: _Drawing) -> list[Record]:
    draw = its.draw
    nodes = [_node(its) for _ in range(its.one(range(2, 5)))]
    risks = [
        Risk(id=its.new("risk"), likelihood=its.line(), response=its.text(), about=its.some("node"), **its.titled())
        for _ in range(its.one(range(2)))
    ]
    ends = [(one.id, other.id) for one in nodes for other in nodes if one is not other]
    links: list[Link] = []
    for pair in draw(st.lists(st.sampled_from(ends), max_size=4)):
        parallel = any((link.from_, link.to) == pair for link in links)
        own = its.new("link") if parallel or its.chance() else f"{pair[0]}->{pair[1]}"
        links.append(
            Link(
                from_=pair[0],
                to=pair[1],
                id=own,
                rationale=its.text(),
                assumptions=its.some("assumption"),
                risks=its.some("risk"),
                sign=its.one(Sign),
                strength=its.judgement(),
                confidence=its.judgement(),
                feedback=its.chance(),
                **its.record(),
            )
        )
    its.known["link"] = [link.id for link in links]
    packages = [
        CausalPackage(
            id=its.new("package"),
            node=link.to,
            links=(link.id,),
            assumptions=its.some("assumption"),
            at_least=its.maybe((1,)),
            **its.record(),
        )
        for link in links[:1]
        if its.chance()
    ]
    return [*nodes, *risks, *links, *packages]


def _node(its: _Drawing) -> Node:
    cls = its.one(NODE_KINDS)
    further = {Outcome: {"horizon": its.maybe(Horizon)}, Objective: {"level": its.one(Level)}}.get(cls, {})
    if its.chance():
        return cls(id=its.new("node"), title=its.text(), **further)
    return cls(
        id=its.new("node"),
        narrative=its.text(),
        by=its.some("actor"),
        involves=its.some("actor"),
        who=its.some("actor"),
        sphere=its.maybe(Sphere),
        place=its.line(),
        period=its.optional(periods()),
        driver=its.chance(),
        delivery=its.judgement(),
        sustained_by=its.some("actor"),
        sustained_with=its.text(),
        budget=its.figure() if its.chance() else None,
        spend=its.figure() if its.chance() else None,
        cost_attributable=its.chance(),
        weight=its.optional(numbers(0, 10)),
        **further,
        **its.titled(),
    )


def _learning(its: _Drawing) -> list[Record]:
    draw = its.draw
    makers: list[Any] = [
        lambda: Evidence(
            id=its.new("evidence"),
            about=its.some("node", "link"),
            statement=its.text(),
            direction=its.one(EvidenceDirection),
            kind=its.maybe(EvidenceKind),
            independent=its.maybe((True, False)),
            group=its.line(),
            when=its.optional(periods()),
            **its.record(),
        ),
        lambda: RivalExplanation(
            id=its.new("rival"), about=its.some("node"), status=its.one(RivalStatus), evidence=its.some("evidence"), **its.titled()
        ),
        lambda: LearningSession(
            part_of=its.any_of("session"),
            id=its.new("session"),
            period=its.optional(periods()),
            method=its.line(),
            question=its.text(),
            host=its.any_of("actor"),
            rounds=(its.text(), its.text()),
            participants=its.some("actor"),
            attendance=[Attendance(actor, its.figure()) for actor in its.some("actor")],
            objectives=(its.text(),),
            **its.learned(),
        ),
        lambda: HarvestedOutcome(
            id=its.new("harvested"),
            who=its.any_of("actor"),
            when=its.optional(periods()),
            intended=its.maybe((True, False)),
            effect=its.maybe(Effect),
            significance=its.text(),
            contribution=its.text(),
            substantiated_by=its.any_of("actor"),
            agreement=its.maybe(Agreement),
            **its.learned(),
        ),
        lambda: EvidenceTest(
            id=its.new("test"),
            about=its.some("node", "link", "rival"),
            found=its.one(Search),
            evidence=its.any_of("evidence"),
            p_if_true=its.judgement(),
            p_if_false=its.judgement(),
            label=its.maybe(VanEveraTest),
            by=its.line(),
            on=its.line(),
            why=its.text(),
            judged_before_looking=its.maybe((True, False)),
            **its.titled(),
        ),
        lambda: Rubric(
            id=its.new("rubric"),
            levels=("weak", "no", "2"),
            criteria=(
                RubricCriterion(id="triangulation", title=its.text(), descriptors=(its.text(), its.text(), its.text())),
                RubricCriterion(id="uniqueness"),
            ),
            rule=its.one(RubricRule),
            lookup=(RubricRow(level="2", when=(CriterionLevel(criterion="uniqueness", level="no", why=its.text()),)),)
            if its.chance()
            else (),
            by=its.line(),
            on=its.line(),
            **its.titled(),
        ),
        lambda: Lesson(id=its.new("lesson"), **its.learned()),
        lambda: Version(id=its.new("version"), on=its.draw(days()), participants=its.some("actor"), reason=its.text(), **its.record()),
        lambda: Recommendation(
            id=its.new("recommendation"), to=its.some("actor"), response=its.text(), due=its.optional(days()), **its.learned()
        ),
        lambda: LearningQuestion(id=its.new("question"), answer=its.text(), evidence=its.some("evidence"), **its.learned()),
        lambda: Decision(
            id=its.new("decision"),
            learned=its.text(),
            changed=its.text(),
            by=its.any_of("actor"),
            on=its.optional(days()),
            about=its.some("node"),
            criterion=its.maybe(Criterion),
            **its.record(),
        ),
    ]
    records: list[Record] = [maker() for maker in draw(st.lists(st.sampled_from(makers), max_size=3))]
    rubric = its.any_of("rubric")
    if rubric is not None:
        levels = (CriterionLevel(criterion="triangulation", level=its.maybe(("weak", "no", "2")), why=its.text()),)
        records.append(
            RubricRating(
                id=its.new("rating"),
                rubric=rubric,
                about=its.some("node", "link"),
                levels=levels,
                by=its.line(),
                on=its.line(),
                **its.record(),
            )
        )
    return records


def _measured(its: _Drawing, *, values: bool) -> list[Record]:
    dimensions = [
        Dimension(
            id=its.new("dimension"),
            categories=(Category("a", its.text()), Category("b c"), Category("no", members=("a", "b c"))) if its.chance() else (),
            **its.titled(),
        )
        for _ in range(its.one(range(3)))
    ]
    indicators = [_indicator(its, dimensions) for _ in range(its.one(range(3)))]
    records: list[Record] = [*dimensions, *indicators]
    if values:
        records += [value for indicator in indicators for value in _values(its, indicator, dimensions)]
    own = [indicator.id for indicator in indicators]
    if own and its.chance():
        records.append(Overlap(id=its.new("overlap"), between=tuple(own), figure=its.figure(), **its.record()))
        records.append(Cascade(id=its.new("cascade"), steps=tuple(own), **its.titled()))
    return records


def _indicator(its: _Drawing, dimensions: list[Dimension]) -> Indicator:
    before = its.known.get("indicator", [])
    derived = (
        Derivation(its.one(Operation), (Term(before[0], its.optional(numbers(1, 9))),), its.one(((), (Term(before[0]),))))
        if before
        else None
    )
    return Indicator(
        id=its.new("indicator"),
        of=its.one(its.known["node"]),
        kind=its.one(IndicatorKind),
        unit=its.maybe(UNITS),
        population=its.line(),
        direction=its.one(Direction),
        accumulation=its.one(Accumulation),
        report=its.one(ReportBasis),
        combine=its.maybe(Combine),
        factor=its.optional(numbers(1, 1000)),
        annualised=its.chance(4),
        by=tuple(Breakdown(dimension.id, its.one(Coverage)) for dimension in dimensions),
        numerator=its.text(),
        scale=(ScaleLevel(its.line(), its.optional(numbers(0, 5))), ScaleLevel("best")) if its.chance() else (),
        tolerance=its.optional(numbers(0, 5)),
        definition=its.text(),
        frequency=its.line(),
        responsible=its.any_of("actor"),
        codes=(Code(its.line(), its.line()), Code("SDG", "16.2", "https://example.org")) if its.chance() else (),
        derived=derived,
        **its.titled(),
    )


def _values(its: _Drawing, indicator: Indicator, dimensions: list[Dimension]) -> list[Record]:
    draw = its.draw
    unit = indicator.unit or its.one(UNITS)  # figures of one indicator are in one unit, whether it states it or not

    def shared() -> dict[str, Any]:
        pairs = {
            dimension.id: its.one([category.id for category in dimension.categories] or ["x", "y z"])
            for dimension in dimensions
            if its.chance()
        }
        # an unstated figure's own sign, such as %, would contradict the indicator's unit
        figure = its.figure((unit,))
        figure = figure if figure.unit in {None, unit} else Figure.read(plain(draw(numbers())))
        return {
            "indicator": indicator.id,
            "figure": figure,
            "numerator": Figure.read(draw(numbers())) if its.chance() else None,
            "denominator": Figure.read(draw(numbers())) if its.chance() else None,
            "period": draw(st.one_of(st.none(), st.sampled_from((Period.read("2019"), Period.read("2020"))))),
            "slice": Slice(pairs),
            "place": its.line(),
            "comparability": its.text(),
            **its.record(),
        }

    records: list[Record] = [Baseline(zero_by_construction=its.chance(), **shared()) for _ in range(its.one(range(2)))]
    records += [Target(change=its.maybe(Change), **shared()) for _ in range(its.one(range(3)))]
    named: list[str] = []
    for _ in range(its.one(range(4))):
        replaced = its.maybe(named) if named else None
        own = {"id": its.new("actual")} if its.chance() else {}
        named += own.values()
        records.append(
            Actual(
                measured=its.optional(periods()),
                reported=its.optional(moments()),
                sequence=its.maybe((1, 2)),
                reporter=its.any_of("actor"),
                state=its.one(ActualState),
                sample=its.maybe((Sample(), Sample(5), Sample(5, Decimal("1.5"), "cluster"))),
                quality=its.text(),
                supersedes=replaced,
                **own,
                **shared(),
            )
        )
    return records


def chain(*ids: str) -> list[Link]:
    """Links that lead from each id to the next."""
    return [Link(from_=one, to=other) for one, other in pairwise(ids)]


def activity_and_outcome() -> tuple[Activity, Outcome]:
    """The two nodes of the smallest theory."""
    return Activity(id="a", title="A"), Outcome(id="o", title="O")
