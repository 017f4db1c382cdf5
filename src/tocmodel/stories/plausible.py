"""How plausible the judgements make it that the objective is reached, what moves that most, and what would change it."""

from attrs import field, frozen

from tocmodel.contribution import Plausibility, Trace, plausibility
from tocmodel.contribution.judged.hotspots import Hotspot, hotspots
from tocmodel.contribution.judged.mind import ChangesOfMind, changes_of_mind
from tocmodel.model import Assumption, Link, Node, TheoryOfChange
from tocmodel.stories.links import StoryPolicy


@frozen
class JudgedPlausibility:
    """What follows from strengths, where any are judged on the way.

    Attributes:
        plausibility: that the objective is reached, by this activity or another.
        hotspots: what on the way moves it, most first.
        changes: what would carry it across the threshold of the policy.
    """

    plausibility: Plausibility
    hotspots: tuple[Hotspot, ...] = field(repr=False)
    changes: ChangesOfMind = field(repr=False)


def judged_plausibility(model: TheoryOfChange, end: Node, way: Trace, policy: StoryPolicy) -> JudgedPlausibility | None:
    """What follows from the strengths judged on the way; None where nobody judged any.

    Args:
        model: the model.
        end: the objective.
        way: the trace from the activity to it.
        policy: holds the threshold.
    """
    on_the_way = {*way.nodes, *way.links, *way.assumptions}
    if not any(_judged(model, id) for id in on_the_way):
        return None
    found = plausibility(model, end.id)
    moving = tuple(row for row in hotspots(model, end.id) if row.id in on_the_way and row.swing > 0)
    return JudgedPlausibility(found, moving, changes_of_mind(model, end.id, policy.plausible_from))


def _judged(model: TheoryOfChange, id: str) -> bool:
    record = model[id]
    if isinstance(record, Link):
        return record.strength is not None
    if isinstance(record, Assumption):
        return record.probability is not None
    return isinstance(record, Node) and record.delivery is not None
