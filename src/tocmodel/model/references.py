"""Which field of which record names which other records: the one table behind id checks and the graph."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from tocmodel.figures import Figure
from tocmodel.model.assessment import EvidenceTest, Rubric, RubricRating
from tocmodel.model.context import Actor, Assumption, Evidence, Risk, RivalExplanation, Source
from tocmodel.model.indicators import Actual, Baseline, Cascade, Dimension, Indicator, Overlap, Target, ValueFields
from tocmodel.model.learning import Decision, HarvestedOutcome, LearningQuestion, LearningSession, Lesson, Recommendation
from tocmodel.model.links import CausalPackage, Link
from tocmodel.model.nodes import NODE_KINDS, Activity, Input, Node, Objective, OtherResult, Outcome, Output
from tocmodel.model.programme import Programme
from tocmodel.model.record import Record
from tocmodel.model.version import Version
from tocmodel.words import in_words

Kinds: TypeAlias = tuple[type[Record], ...]

NODES: Kinds = NODE_KINDS
ANY: Kinds = (Record,)
_LEARNED: dict[str, Kinds] = {"about": ANY}
_NODE: dict[str, Kinds] = {"by": (Actor,), "involves": (Actor,), "who": (Actor,), "sustained_by": (Actor,)}

REFERENCES: dict[type[Record], dict[str, Kinds]] = {
    Programme: {"partners": (Actor,)},
    Input: _NODE,
    Activity: _NODE,
    Output: _NODE,
    Outcome: _NODE,
    Objective: _NODE,
    OtherResult: _NODE,
    Link: {"from_": NODES, "to": NODES, "assumptions": (Assumption,), "risks": (Risk,)},
    CausalPackage: {"node": NODES, "links": (Link,), "assumptions": (Assumption,)},
    Actor: {},
    Assumption: {"indicator": (Indicator,), "owner": (Actor,)},
    Risk: {"owner": (Actor,), "about": ANY},
    RivalExplanation: {"about": ANY, "evidence": (Evidence,)},
    Evidence: {"about": ANY},
    EvidenceTest: {"about": ANY, "evidence": (Evidence,)},
    Rubric: {},
    RubricRating: {"rubric": (Rubric,), "about": ANY},
    Source: {},
    Dimension: {},
    Indicator: {"of": NODES, "responsible": (Actor,)},
    Baseline: {"indicator": (Indicator,), "supersedes": (Baseline,)},
    Target: {"indicator": (Indicator,), "supersedes": (Target,)},
    Actual: {"indicator": (Indicator,), "supersedes": (Actual,), "reporter": (Actor,)},
    Overlap: {"between": (Indicator,)},
    Cascade: {"steps": (Indicator,)},
    LearningSession: {**_LEARNED, "part_of": (LearningSession,), "host": (Actor,), "participants": (Actor,)},
    HarvestedOutcome: {**_LEARNED, "who": (Actor,), "substantiated_by": (Actor,)},
    Lesson: _LEARNED,
    Recommendation: {**_LEARNED, "to": (Actor,)},
    LearningQuestion: {**_LEARNED, "indicators": (Indicator,), "evidence": (Evidence,)},
    Decision: {**_LEARNED, "by": (Actor,)},
    Version: {"participants": (Actor,)},
}
"""For every class of record, its fields that hold ids, and the classes that these may name."""

SECTIONS: dict[str, type[Record]] = {cls.section: cls for cls in REFERENCES if cls is not Programme}
"""The lists of a model file, by name, in the order in which they are written."""


class Reference(NamedTuple):
    """One record naming another.

    Attributes:
        field: the field that holds the id.
        id: the id that it names.
        kinds: the classes that it may name.
    """

    field: str
    id: str
    kinds: Kinds


def references(record: Record) -> Iterator[Reference]:
    """Every id that a record names, in the order of its fields."""
    for name, kinds in REFERENCES[type(record)].items():
        held: str | tuple[str, ...] | None = getattr(record, name)
        if held:
            for id in (held,) if isinstance(held, str) else held:
                yield Reference(name.removesuffix("_"), id, kinds)
    if record.source is not None:
        yield Reference("source", record.source.source, (Source,))
    for figure in _figures(record):
        if figure.source is not None:
            yield Reference("figure", figure.source.source, (Source,))
    if isinstance(record, LearningSession):
        yield from (Reference("attendance", item.actor, (Actor,)) for item in record.attendance)
    if isinstance(record, Indicator) and record.derived is not None:
        for term in (*record.derived.terms, *record.derived.over):
            yield Reference("derived", term.indicator, (Indicator,))


def _figures(record: Record) -> Iterator[Figure]:
    if isinstance(record, ValueFields):
        yield from (figure for figure in (record.figure, record.numerator, record.denominator) if figure is not None)
    elif isinstance(record, Overlap):
        yield record.figure
    elif isinstance(record, LearningSession):
        yield from (item.figure for item in record.attendance)
    elif isinstance(record, Node):
        yield from (figure for figure in (record.budget, record.spend) if figure is not None)


def kind_name(kinds: Kinds) -> str:
    """What a field expects, in words."""
    if kinds is NODES:
        return "node"
    if kinds is ANY:
        return "element"
    names: dict[type[Record], str] = {
        LearningSession: "session",
        CausalPackage: "package",
        LearningQuestion: "question",
    }
    return " or ".join(names.get(kind, in_words(kind)) for kind in kinds)
