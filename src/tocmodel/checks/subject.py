"""The model under review, with what many rules look up: built once for each check, so that every rule runs in one pass."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from tocmodel.figures import Figure
from tocmodel.measurement.achieving import TOTAL, as_judged
from tocmodel.measurement.actuals import figure_of, in_force
from tocmodel.messages import Message, message, messages
from tocmodel.model import (
    Activity,
    Actual,
    Baseline,
    Evidence,
    EvidenceDirection,
    Indicator,
    Level,
    Link,
    Node,
    Objective,
    Target,
    Text,
    TheoryOfChange,
    Value,
)
from tocmodel.paths import Bottlenecks, bottlenecks
from tocmodel.slices import Slice

if TYPE_CHECKING:
    from tocmodel.model.graph import Graph

_MANY = 5
"""What so many records lack, all of them, is said once."""

K = TypeVar("K")
T = TypeVar("T")


@frozen
class Measured:
    """An indicator with the values that count: approved, and not replaced by others."""

    indicator: Indicator
    baselines: tuple[Baseline, ...]
    targets: tuple[Target, ...]
    actuals: tuple[Actual, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        """Its baselines, targets and actuals."""
        return (*self.baselines, *self.targets, *self.actuals)

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        return {value.id: figure_of(value, self.indicator) for value in self.values}

    def figure(self, value: Value) -> Figure:
        """The figure of one of its values, in the unit of the indicator."""
        return self._figures[value.id]


@frozen
class Subject:
    """A model under review.

    Attributes:
        model: the model.
        as_of: the date as of which it is judged; None where nobody says, and then nothing is overdue.
    """

    model: TheoryOfChange
    as_of: date | None = field(default=None)

    @cached_property
    def graph(self) -> "Graph":
        """Nodes and links."""
        return self.model.causal_graph

    @cached_property
    def into(self) -> Mapping[str, tuple[Link, ...]]:
        """The links into each node."""
        return grouped((link.to, link) for link in self.model.links)

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Link, ...]]:
        """The links out of each node."""
        return grouped((link.from_, link) for link in self.model.links)

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives; the specific ones where there are any, else the goal."""
        found = [node for node in self.model.nodes if isinstance(node, Objective)]
        return tuple([node for node in found if node.level is Level.SPECIFIC] or found)

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """Ids of the activities."""
        return tuple(node.id for node in self.model.nodes if isinstance(node, Activity))

    @cached_property
    def supporting(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The evidence that supports, by the id of what it is about."""
        return self._evidence(EvidenceDirection.SUPPORTS)

    @cached_property
    def contradicting(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The evidence that contradicts, by the id of what it is about."""
        return self._evidence(EvidenceDirection.CONTRADICTS)

    def _evidence(self, direction: EvidenceDirection) -> dict[str, tuple[Evidence, ...]]:
        found = [item for item in self.model.evidence if item.direction is direction]
        return grouped((id, item) for item in found for id in dict.fromkeys(item.about))

    @cached_property
    def measured(self) -> tuple[Measured, ...]:
        """Every indicator with the values that count."""
        model = self.model
        return tuple(
            Measured(
                indicator,
                in_force(model.baselines_of(indicator.id)),
                in_force(model.targets_of(indicator.id)),
                in_force(model.actuals_of(indicator.id)),
            )
            for indicator in model.indicators
        )

    @cached_property
    def indicators_of(self) -> Mapping[str, tuple[Indicator, ...]]:
        """The indicators of each node."""
        return grouped((indicator.of, indicator) for indicator in self.model.indicators)

    def reached(self, indicator: Indicator, part: Slice = TOTAL) -> Figure:
        """What the achievement table says was reached over the whole programme; calculated once for all rules that ask."""
        known = self._reached.get((indicator.id, part))
        if known is None:
            known = as_judged(self.model, indicator, part, as_of=self.as_of, checked=False).figure
            self._reached[indicator.id, part] = known
        return known

    @cached_property
    def _reached(self) -> dict[tuple[str, Slice], Figure]:
        return {}

    @cached_property
    def narrow(self) -> Mapping[str, Bottlenecks]:
        """What every path from an activity to an objective passes, by the objective."""
        found: dict[str, Bottlenecks] = {}
        for objective in self.objectives:
            below = before(self.graph, [objective.id])
            starts = [start for start in self.starts if start in below]
            if starts:
                found[objective.id] = bottlenecks(self.graph.subgraph(below), starts, objective.id)
        return found

    def title(self, id: str) -> Message:
        """The title of a node in quotation marks."""
        return message("“%(title)s”", title=self.model.node(id).title)

    def link(self, link: Link) -> Message:
        """A link in words."""
        return message(
            "the link from “%(start)s” to “%(end)s”", start=self.model.node(link.from_).title, end=self.model.node(link.to).title
        )

    def english(self, text: Text) -> str:
        """A text as far as it is in English; the rules on wording know no other language."""
        entries = dict(text.entries)
        own = entries.get("") if self.model.programme.language.lower().startswith("en") else None
        return own or next((words for language, words in text.entries if language.lower().startswith("en")), "")

    def worded(self) -> Iterator[tuple[Node, str]]:
        """The nodes that have a title in English, with it."""
        for node in self.model.nodes:
            title = self.english(node.title)
            if title:
                yield node, title


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """The second of each pair, by the first, in order."""
    found: dict[K, list[T]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in found.items()}


def how_many(kind: str, number: int) -> Message:
    """So many baselines, targets or actuals, in words."""
    if kind == Baseline.kind:
        return messages("%(num)s baseline", "%(num)s baselines", number)
    if kind == Target.kind:
        return messages("%(num)s target", "%(num)s targets", number)
    return messages("%(num)s actual", "%(num)s actuals", number)


def part_of(slice: Slice) -> str:
    """A part of a breakdown as files write it, or that it is the total."""
    return str(slice) if slice else message("total")


def before(graph: "Graph", ends: Iterable[str]) -> set[str]:
    """The nodes from which one of the ends can be reached, the ends among them."""
    return _reached(graph.pred, ends)


def after(graph: "Graph", starts: Iterable[str]) -> set[str]:
    """The nodes that can be reached from one of the starts, the starts among them."""
    return _reached(graph.adj, starts)


def _reached(neighbours: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    seen = set(starts)
    queue = list(seen)
    while queue:
        for neighbour in neighbours[queue.pop()]:
            if neighbour not in seen:
                seen.add(neighbour)
                queue.append(neighbour)
    return seen


def said_once(found: Iterable[tuple[str, str]], of: int, programme: str, once: str) -> Iterator[tuple[str, str]]:
    """Findings one by one, or, where many records lack the same all of them, once for the whole programme.

    Args:
        found: the findings.
        of: how many records could have one.
        programme: the id of the programme.
        once: what is said once.
    """
    own = list(found)
    yield from [(programme, once)] if len(own) == of >= _MANY else own
