"""The theory of change: one frozen model of everything that is planned, assumed, measured and learned."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, fields, frozen

from tocmodel.errors import UnknownIdError
from tocmodel.findings import Finding, in_order
from tocmodel.model.assembly import UNREADABLE, Locate, assemble, in_code
from tocmodel.model.assessment import EvidenceTest, Rubric, RubricRating
from tocmodel.model.context import Actor, Assumption, Evidence, Risk, RivalExplanation, Source
from tocmodel.model.graph import nodes_and_links, whole_graph
from tocmodel.model.indicators import Actual, Baseline, Cascade, Dimension, Indicator, Overlap, Target, ValueFields
from tocmodel.model.learning import Decision, HarvestedOutcome, LearningQuestion, LearningSession, Lesson, Recommendation
from tocmodel.model.links import CausalPackage, Link
from tocmodel.model.nodes import NODE_KINDS, Node
from tocmodel.model.programme import Programme
from tocmodel.model.record import Record
from tocmodel.model.version import Version

if TYPE_CHECKING:
    from tocmodel.model.builder import TheoryBuilder
    from tocmodel.model.graph import Graph

R = TypeVar("R", bound=Record)
V = TypeVar("V", bound=ValueFields)


def _unordered(records: tuple[Record, ...]) -> frozenset[Record]:
    return frozenset(records)


def _records(value: Iterable[R]) -> tuple[R, ...]:
    return tuple(value)


def _findings(value: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(value)


@frozen(kw_only=True, repr=False)
class TheoryOfChange:
    """A programme's theory of change, its indicators and figures, and what was learned.

    All records are in tuples, in authored order; equality and hash ignore the order. Ids are unique across all lists.
    Change a model with ``attrs.evolve`` on its records, `replaced` and `without`, or build a new one with `build`.

    Attributes:
        programme: the programme.
        nodes: inputs, activities, outputs, outcomes, objectives and other results.
        findings: what could not be read; it takes no part in equality.
        graph: a networkx graph of every record.
        causal_graph: a networkx graph of nodes and links only.

    The other attributes are the lists of records that are named like the sections of a model file.
    """

    programme: Programme
    sources: tuple[Source, ...] = field(default=(), converter=_records, eq=_unordered)
    actors: tuple[Actor, ...] = field(default=(), converter=_records, eq=_unordered)
    nodes: tuple[Node, ...] = field(default=(), converter=_records, eq=_unordered)
    links: tuple[Link, ...] = field(default=(), converter=_records, eq=_unordered)
    packages: tuple[CausalPackage, ...] = field(default=(), converter=_records, eq=_unordered)
    assumptions: tuple[Assumption, ...] = field(default=(), converter=_records, eq=_unordered)
    risks: tuple[Risk, ...] = field(default=(), converter=_records, eq=_unordered)
    rivals: tuple[RivalExplanation, ...] = field(default=(), converter=_records, eq=_unordered)
    evidence: tuple[Evidence, ...] = field(default=(), converter=_records, eq=_unordered)
    evidence_tests: tuple[EvidenceTest, ...] = field(default=(), converter=_records, eq=_unordered)
    rubrics: tuple[Rubric, ...] = field(default=(), converter=_records, eq=_unordered)
    rubric_ratings: tuple[RubricRating, ...] = field(default=(), converter=_records, eq=_unordered)
    dimensions: tuple[Dimension, ...] = field(default=(), converter=_records, eq=_unordered)
    indicators: tuple[Indicator, ...] = field(default=(), converter=_records, eq=_unordered)
    baselines: tuple[Baseline, ...] = field(default=(), converter=_records, eq=_unordered)
    targets: tuple[Target, ...] = field(default=(), converter=_records, eq=_unordered)
    actuals: tuple[Actual, ...] = field(default=(), converter=_records, eq=_unordered)
    overlaps: tuple[Overlap, ...] = field(default=(), converter=_records, eq=_unordered)
    cascades: tuple[Cascade, ...] = field(default=(), converter=_records, eq=_unordered)
    sessions: tuple[LearningSession, ...] = field(default=(), converter=_records, eq=_unordered)
    harvested_outcomes: tuple[HarvestedOutcome, ...] = field(default=(), converter=_records, eq=_unordered)
    lessons: tuple[Lesson, ...] = field(default=(), converter=_records, eq=_unordered)
    recommendations: tuple[Recommendation, ...] = field(default=(), converter=_records, eq=_unordered)
    questions: tuple[LearningQuestion, ...] = field(default=(), converter=_records, eq=_unordered)
    decisions: tuple[Decision, ...] = field(default=(), converter=_records, eq=_unordered)
    versions: tuple[Version, ...] = field(default=(), converter=_records, eq=_unordered)
    findings: tuple[Finding, ...] = field(default=(), converter=_findings, eq=False)

    @classmethod
    def build(cls, id: str, title: object = None, **fields: object) -> "TheoryBuilder":
        """Start a model in code.

        Args:
            id: the programme's id.
            title: its title; the id where left out.
            fields: further fields of `Programme`, such as ``period="2018-10-01/2021-09-30"``.

        Example:
            >>> draft = TheoryOfChange.build("clubs", "Clubs in schools", period="2018-10-01/2021-09-30")
            >>> clubs = draft.activity("clubs-meet", "Clubs meet every week")
            >>> aware = draft.outcome("rights-aware", "Children know their rights")
            >>> link = draft.link(clubs, aware, rationale="peers explain rights to each other")
            >>> draft.done()
            <TheoryOfChange 'clubs': 1 activity, 1 outcome, 1 link>
        """
        from tocmodel.model.builder import TheoryBuilder  # which makes models, and so cannot be known before them

        return TheoryBuilder(id, title if title is not None else id, fields)

    @classmethod
    def of(
        cls,
        programme: Programme,
        records: Iterable[Record],
        *,
        locate: Locate = in_code,
        faults: Sequence[Finding] = (),
        lost: Collection[str] = (),
    ) -> "TheoryOfChange":
        """A model of these records; the order of the lists is that of the records.

        Args:
            programme: the programme.
            records: every other record, of whatever class.
            locate: where each record stands, for messages.
            faults: what was already found wrong with them; raised together with the rest.
            lost: ids of records that could not be made, which stands among the faults; naming them is no second fault.

        Raises:
            InvalidModelError: if ids are used twice or not defined, or records contradict each other; it holds every fault.
        """
        programme, fitted, findings = assemble(programme, records, locate, faults, lost)
        lists: dict[str, list[Record]] = {}
        for record in fitted:
            lists.setdefault(list_name(type(record)), []).append(record)
        return cls(programme=programme, findings=findings, **lists)  # type: ignore[arg-type]

    def records(self) -> Iterator[Record]:
        """Every record but the programme, list by list, each in authored order."""
        for attribute in fields(type(self)):
            if attribute.name not in {"programme", "findings"}:
                yield from getattr(self, attribute.name)

    def replaced(self, *records: Record) -> "TheoryOfChange":
        """The model with these records in the place of those with the same ids, or added.

        Its findings are those of the model about what it still holds, and new ones about figures that cannot be read.

        Raises:
            InvalidModelError: if the result does not fit together.
        """
        new = {record.id: record for record in records if not isinstance(record, Programme)}
        kept = [new.pop(record.id, record) for record in self.records()]
        programme = next((record for record in records if isinstance(record, Programme)), self.programme)
        fitted = TheoryOfChange.of(programme, [*kept, *new.values()])
        return evolve(fitted, findings=_still_true(self.findings, fitted.findings))

    def without(self, *ids: str) -> "TheoryOfChange":
        """The model without the records with these ids; its findings are those about what is left.

        What names a record goes in the same call: an indicator with its baselines, targets and actuals, a node with its links.

        Raises:
            UnknownIdError: if an id is of no record; the programme cannot be taken out.
            InvalidModelError: if what is left still names one of them; it holds every place.

        Example:
            >>> draft = TheoryOfChange.build("clubs", "Clubs in schools")
            >>> clubs, aware = draft.activity("clubs-meet", "Clubs meet"), draft.outcome("rights-aware", "Children know their rights")
            >>> link = draft.link(clubs, aware)
            >>> draft.done().without(link, aware)
            <TheoryOfChange 'clubs': 1 activity>
        """
        known = {record.id for record in self.records()}
        for id in ids:
            if id not in known:
                raise UnknownIdError(id, "record", known)
        left = TheoryOfChange.of(self.programme, [record for record in self.records() if record.id not in ids])
        return evolve(left, findings=_still_true(self.findings, left.findings))

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Every record by its id, the programme among them."""
        return {self.programme.id: self.programme} | {record.id: record for record in self.records()}

    def __getitem__(self, id: str) -> Record:
        """The record with this id.

        Raises:
            UnknownIdError: if there is none; the message names the nearest.
        """
        record = self.by_id.get(id)
        if record is None:
            raise UnknownIdError(id, "element", self.by_id.keys())
        return record

    def node(self, id: str) -> Node:
        """The node with this id.

        Raises:
            UnknownIdError: if no node has it.
        """
        record = self.by_id.get(id)
        if not isinstance(record, Node):
            raise UnknownIdError(id, "node", [node.id for node in self.nodes])
        return record

    def indicator(self, id: str) -> Indicator:
        """The indicator with this id.

        Raises:
            UnknownIdError: if no indicator has it.
        """
        record = self.by_id.get(id)
        if not isinstance(record, Indicator):
            raise UnknownIdError(id, "indicator", [indicator.id for indicator in self.indicators])
        return record

    def baselines_of(self, indicator: str) -> tuple[Baseline, ...]:
        """The baselines of an indicator, in authored order."""
        return self._baselines.get(indicator, ())

    def targets_of(self, indicator: str) -> tuple[Target, ...]:
        """The targets of an indicator, in authored order, also those that others supersede."""
        return self._targets.get(indicator, ())

    def actuals_of(self, indicator: str) -> tuple[Actual, ...]:
        """The actuals of an indicator, in authored order, whatever their state."""
        return self._actuals.get(indicator, ())

    @cached_property
    def _baselines(self) -> Mapping[str, tuple[Baseline, ...]]:
        return _by_indicator(self.baselines)

    @cached_property
    def _targets(self) -> Mapping[str, tuple[Target, ...]]:
        return _by_indicator(self.targets)

    @cached_property
    def _actuals(self) -> Mapping[str, tuple[Actual, ...]]:
        return _by_indicator(self.actuals)

    @cached_property
    def _graph(self) -> "Graph":
        return whole_graph((self.programme, *self.records()))

    @cached_property
    def _causal_graph(self) -> "Graph":
        return nodes_and_links(self.nodes, self.links)

    @property
    def graph(self) -> "Graph":
        """A networkx MultiDiGraph of every record, with typed edges; a copy, so that nothing done to it changes the model."""
        return self._graph.copy()

    @property
    def causal_graph(self) -> "Graph":
        """A networkx MultiDiGraph of nodes and links: ids as nodes, the objects under ``obj``; a copy."""
        return self._causal_graph.copy()

    def __repr__(self) -> str:
        return f"<TheoryOfChange {self.programme.id!r}: {', '.join(self._counts()) or 'empty'}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: what the programme is, and how much of what the model holds."""
        about = [str(self.programme.period or ""), self.programme.place, f"as of {self.programme.as_of}" if self.programme.as_of else ""]
        found = f"{len(self.findings)} findings about the data; see findings" if self.findings else ""
        lines = ["; ".join(filter(None, about)), str(self.programme.description), ", ".join(self._counts()) or "empty", found]
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
        notice = f"<p><em>{escape(str(self.programme.notice))}</em></p>" if self.programme.notice else ""
        return f"<section><h3>{escape(str(self.programme.title) or self.programme.id)}</h3>{paragraphs}{notice}</section>"

    __html__ = _repr_html_

    def _counts(self) -> list[str]:
        """How many elements of each kind there are, in words; those of which there are none are left out."""
        counts = [_counted(sum(type(node) is kind for node in self.nodes), kind.kind) for kind in NODE_KINDS]
        counts += [_counted(len(self.links), "link"), _counted(len(self.indicators), "indicator")]
        return [count for count in counts if count]


def _still_true(said: Iterable[Finding], unreadable: Sequence[Finding]) -> tuple[Finding, ...]:
    """What was said of a model before and now, where that of an unreadable figure keeps its place in a file if it was said before."""
    before: dict[str, list[Finding]] = {}
    for finding in said:
        before.setdefault(finding.message if finding.code == UNREADABLE else "", []).append(finding)
    others = before.pop("", [])
    same = {finding for finding in unreadable if finding in before.get(finding.message, [])}
    for finding in same:
        before[finding.message].remove(finding)
    moved = [finding for finding in unreadable if finding not in same]
    return in_order([*others, *same, *(before[finding.message].pop() if before.get(finding.message) else finding for finding in moved)])


def _by_indicator(values: Iterable[V]) -> dict[str, tuple[V, ...]]:
    found: dict[str, list[V]] = {}
    for value in values:
        found.setdefault(value.indicator, []).append(value)
    return {indicator: tuple(own) for indicator, own in found.items()}


def _counted(number: int, name: str) -> str:
    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
    return f"{number} {name if number == 1 else plural}" if number else ""


def list_name(cls: type[Record]) -> str:
    """The attribute of a model that holds records of a class."""
    return "nodes" if cls in NODE_KINDS else cls.section
