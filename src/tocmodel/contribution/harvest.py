"""How harvested outcomes and the theory cover each other, and how far the harvest was substantiated."""

from attrs import frozen

from tocmodel.model import Agreement, Objective, Outcome, TheoryOfChange


@frozen
class HarvestCoverage:
    """How harvest and theory cover each other.

    Attributes:
        nodes_without: ids of outcomes and objectives for which nothing was harvested.
        unlinked: ids of harvested outcomes that no node of the theory foresees.
        fully_substantiated: how many were fully agreed to by whoever was asked.
        asked: for how many somebody was asked and answered; the denominator of the rate.
    """

    nodes_without: tuple[str, ...]
    unlinked: tuple[str, ...]
    fully_substantiated: int
    asked: int


def harvest_coverage(model: TheoryOfChange) -> HarvestCoverage:
    """Compare the harvested outcomes with the outcomes and objectives of the theory, both ways.

    Outcomes outside the theory are not mistakes: they may be what the theory did not foresee.

    Args:
        model: the model.
    """
    nodes = [node.id for node in model.nodes if isinstance(node, Outcome | Objective)]
    harvested = {id for outcome in model.harvested_outcomes for id in outcome.about}
    drawn = {node.id for node in model.nodes}
    agreements = [outcome.agreement for outcome in model.harvested_outcomes if outcome.agreement is not None]
    return HarvestCoverage(
        nodes_without=tuple(node for node in nodes if node not in harvested),
        unlinked=tuple(outcome.id for outcome in model.harvested_outcomes if not drawn & set(outcome.about)),
        fully_substantiated=sum(agreement is Agreement.FULL for agreement in agreements),
        asked=len(agreements),
    )
