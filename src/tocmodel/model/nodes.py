"""The elements of a theory of change: what goes in, what is done, what follows from it."""

from decimal import Decimal
from typing import ClassVar, TypeAlias

from attrs import field, frozen

from tocmodel.figures import Figure, figure_from_plain
from tocmodel.model.record import Judgement, Text, Titled, choice, flag, ids, judged, optional_choice, optional_number, optional_period
from tocmodel.periods import Period
from tocmodel.words import Word


class Sphere(Word):
    """How near a node is to the programme: it controls it, influences it, or is only interested in it."""

    CONTROL = "control"
    INFLUENCE = "influence"
    INTEREST = "interest"


class Horizon(Word):
    """How soon an outcome is expected."""

    SHORT = "short"
    INTERMEDIATE = "intermediate"
    LONG = "long"


class Level(Word):
    """What an objective is for the programme: what it answers for, or the goal beyond."""

    SPECIFIC = "specific"
    OVERALL = "overall"


def _figure(value: object) -> Figure | None:
    return None if value is None else figure_from_plain(value)


@frozen(kw_only=True)
class NodeFields(Titled):
    """What every node has.

    Attributes:
        narrative: what is meant to happen here and why, told in sentences.
        by: the actors who do it.
        involves: the actors who take part in it.
        who: the actors whose situation, knowledge or behaviour it is about.
        sphere: control, influence or interest; None where not said.
        place: where it happens, in words; never the place of survivors.
        period: when it happens; None for the whole programme.
        driver: whether it is an external driver, which happens without the programme.
        delivery: how probable its delivery is judged; None where nobody judged.
        sustained_by: the actors who carry it on after the programme.
        sustained_with: the resources they have for it.
        budget: the money planned for it.
        spend: the money spent on it.
        cost_attributable: whether its author declares its cost attributable to its results.
        weight: its weight when results are rolled up to a parent; None for equal weights.
    """

    kind: ClassVar[str] = ""

    narrative: Text = field(default=Text(), converter=Text.read)
    by: tuple[str, ...] = field(default=(), converter=ids)
    involves: tuple[str, ...] = field(default=(), converter=ids)
    who: tuple[str, ...] = field(default=(), converter=ids)
    sphere: Sphere | None = field(default=None, converter=optional_choice(Sphere))
    place: str = field(default="", converter=str)
    period: Period | None = field(default=None, converter=optional_period)
    driver: bool = field(default=False, converter=flag)
    delivery: Judgement | None = field(default=None, converter=judged)
    sustained_by: tuple[str, ...] = field(default=(), converter=ids)
    sustained_with: Text = field(default=Text(), converter=Text.read)
    budget: Figure | None = field(default=None, converter=_figure)
    spend: Figure | None = field(default=None, converter=_figure)
    cost_attributable: bool = field(default=False, converter=flag)
    weight: Decimal | None = field(default=None, converter=optional_number)


@frozen(kw_only=True)
class Input(NodeFields):
    """Something that goes into the programme: money, staff, knowledge."""

    section: ClassVar[str] = "inputs"
    kind: ClassVar[str] = "input"


@frozen(kw_only=True)
class Activity(NodeFields):
    """Something that the programme does; what IATI calls an activity is a whole programme here."""

    section: ClassVar[str] = "activities"
    kind: ClassVar[str] = "activity"


@frozen(kw_only=True)
class Output(NodeFields):
    """What an activity directly brings about: services given, people trained. IATI result type 1."""

    section: ClassVar[str] = "outputs"
    kind: ClassVar[str] = "output"


@frozen(kw_only=True)
class Outcome(NodeFields):
    """A change in knowledge, behaviour, relations or conditions. IATI result type 2.

    Attributes:
        horizon: how soon it is expected; None where not said.
    """

    section: ClassVar[str] = "outcomes"
    kind: ClassVar[str] = "outcome"

    horizon: Horizon | None = field(default=None, converter=optional_choice(Horizon))


@frozen(kw_only=True)
class Objective(NodeFields):
    """What the programme is for: a specific objective it answers for (IATI type 2), or the overall goal (type 3).

    Attributes:
        level: specific or overall.
    """

    section: ClassVar[str] = "objectives"
    kind: ClassVar[str] = "objective"

    level: Level = field(default=Level.SPECIFIC, converter=choice(Level))


@frozen(kw_only=True)
class OtherResult(NodeFields):
    """A result of another kind. IATI result type 9."""

    section: ClassVar[str] = "other_results"
    kind: ClassVar[str] = "other result"


Node: TypeAlias = Input | Activity | Output | Outcome | Objective | OtherResult
NODE_KINDS = (Input, Activity, Output, Outcome, Objective, OtherResult)
"""The kinds of node, in the order of a theory from left to right."""


def rank(node: Node) -> int:
    """Where a node's kind stands in a theory, from inputs (0) to the goal (5)."""
    if isinstance(node, Objective):
        return 5 if node.level is Level.OVERALL else 4
    ranks: dict[str, int] = {"input": 0, "activity": 1, "output": 2, "outcome": 3, "other result": 3}
    return ranks[node.kind]
