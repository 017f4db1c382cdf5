"""How harvested outcomes and the theory cover each other, how far they were substantiated, and whether the order in time fits."""

from fractions import Fraction

from attrs import frozen

from tocmodel.model import Activity, Agreement, Effect, HarvestedOutcome, Objective, Outcome, TheoryOfChange
from tocmodel.paths import upstream
from tocmodel.periods import Period
from tocmodel.tables import Column, Table
from tocmodel.words import Word


@frozen
class HarvestCoverage:
    """How harvest and theory cover each other.

    Attributes:
        nodes_without: ids of outcomes and objectives for which nothing was harvested.
        unlinked: ids of harvested outcomes that no node of the theory foresees.
        fully_substantiated: how many were fully agreed to by whoever was asked.
        asked: for how many somebody was asked and answered; the denominator of the rate.
        harvested: how many outcomes were harvested at all.
        expected: how many outcomes and objectives the theory has.
    """

    nodes_without: tuple[str, ...]
    unlinked: tuple[str, ...]
    fully_substantiated: int
    asked: int
    harvested: int
    expected: int

    @property
    def substantiation_rate(self) -> Fraction | None:
        """Fully substantiated of those about which somebody answered; None where nobody did. Not asked is not refused."""
        return Fraction(self.fully_substantiated, self.asked) if self.asked else None

    def sentence(self) -> str:
        """The coverage in words, both ways, and the rate with its denominator."""
        covered = self.expected - len(self.nodes_without)
        emergent = "none of them" if not self.unlinked else f"{len(self.unlinked)} of them"
        rate = (
            f"{self.fully_substantiated} of the {self.asked} about which somebody independent answered were fully agreed to"
            if self.asked
            else "nobody independent answered about any of them"
        )
        return (
            f"Outcomes were harvested for {covered} of the {self.expected} outcomes and objectives of the theory. "
            f"{self.harvested} were harvested; {emergent} lie outside the theory and may be what it did not foresee; {rate}."
        )

    def record(self) -> dict[str, object]:
        """The coverage as one flat record."""
        return {
            "nodes_without": " ".join(self.nodes_without),
            "unlinked": " ".join(self.unlinked),
            "fully_substantiated": self.fully_substantiated,
            "asked": self.asked,
            "harvested": self.harvested,
            "expected": self.expected,
        }


def harvest_coverage(model: TheoryOfChange) -> HarvestCoverage:
    """Compare the harvested outcomes with the outcomes and objectives of the theory, both ways.

    Outcomes outside the theory are not mistakes: they may be what the theory did not foresee.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> _ = draft.outcome("habit", "Children read for pleasure"), draft.outcome("marks", "Marks in reading rise")
        >>> _ = draft.harvested_outcome("h1", "Pupils opened a book exchange", about="habit", agreement="full")
        >>> _ = draft.harvested_outcome("h2", "Parents borrow books too")
        >>> print(harvest_coverage(draft.done()).sentence())
        Outcomes were harvested for 1 of the 2 outcomes and objectives of the theory. 2 were harvested; 1 of them lie outside the theory and may be what it did not foresee; 1 of the 1 about which somebody independent answered were fully agreed to.

    Source: Wilson-Grau and Britt, Outcome harvesting (2012).
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
        harvested=len(model.harvested_outcomes),
        expected=len(nodes),
    )


class Timing(Word):
    """Whether a change came after what is said to have contributed to it."""

    AFTER = "after"
    BEFORE = "before"
    UNDETERMINED = "undetermined"
    UNKNOWN = "unknown"


@frozen
class OutcomeTiming:
    """The order in time of a harvested outcome and what leads to it.

    Attributes:
        outcome: the id of the harvested outcome.
        title: its title.
        when: when the change happened; None where not said.
        contribution: the earliest period of an activity that leads to its nodes, or the programme's; None where not said.
        activity: the id of that activity, or of the programme.
        timing: after, before, undetermined (the dates allow both), or unknown (a date is missing).
    """

    outcome: str
    title: str
    when: Period | None
    contribution: Period | None
    activity: str
    timing: Timing

    def record(self) -> dict[str, object]:
        """The order as one flat record."""
        return {
            "outcome": self.outcome,
            "title": self.title,
            "when": str(self.when or ""),
            "contribution": str(self.contribution or ""),
            "activity": self.activity,
            "timing": self.timing.value,
        }


_TIMING: tuple[Column[OutcomeTiming], ...] = (
    Column("harvested outcome", lambda row: row.title),
    Column("when", lambda row: str(row.when or "not said")),
    Column("contribution from", lambda row: f"{row.contribution.start} ({row.activity})" if row.contribution else "not said"),
    Column("change came", lambda row: row.timing.value),
)


def harvest_timing(model: TheoryOfChange) -> Table[OutcomeTiming]:
    """Whether each harvested outcome came after what is said to have contributed to it: a change that came first needs another reason.

    Compared with the earliest activity that leads to one of its nodes and states a period; else with the programme's period.
    A change that came after is not thereby a consequence.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("reading", period="2024")
        >>> _ = draft.outcome("habit", "Children read for pleasure")
        >>> _ = draft.harvested_outcome("h1", "Pupils opened a book exchange", about="habit", when="2023-05")
        >>> harvest_timing(draft.done()).one().timing.value
        'before'
    """
    return Table(
        tuple(_timing(model, outcome) for outcome in model.harvested_outcomes), _TIMING, "Did the change come after the contribution?"
    )


def _timing(model: TheoryOfChange, outcome: HarvestedOutcome) -> OutcomeTiming:
    nodes = [node.id for node in model.nodes if node.id in outcome.about]
    leading = {*nodes, *(upstream(model, nodes) if nodes else ())}
    dated = [
        (node.period, node.id) for node in model.nodes if isinstance(node, Activity) and node.id in leading and node.period is not None
    ]
    earliest, activity = min(dated, key=lambda pair: pair[0].start) if dated else (model.programme.period, model.programme.id)
    when = outcome.when
    if when is None or earliest is None:
        timing = Timing.UNKNOWN
    elif when.end < earliest.start:
        timing = Timing.BEFORE
    else:
        timing = Timing.AFTER if when.start >= earliest.start else Timing.UNDETERMINED
    return OutcomeTiming(outcome.id, str(outcome.title), when, earliest, activity if earliest else "", timing)


@frozen
class HarvestRow:
    """The harvested outcomes of one actor and kind of change.

    Attributes:
        actor: the title of the actor who changed; empty where not said.
        effect: positive or negative; None where not said.
        intended: whether it was intended; None where not said.
        outcomes: ids of the harvested outcomes.
        significant: for how many of them it is said why they matter.
        significance: what is said of that.
    """

    actor: str
    effect: Effect | None
    intended: bool | None
    outcomes: tuple[str, ...]
    significant: int
    significance: tuple[str, ...]

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "actor": self.actor,
            "effect": self.effect.value if self.effect else None,
            "intended": self.intended,
            "outcomes": " ".join(self.outcomes),
            "count": len(self.outcomes),
            "significant": self.significant,
            "significance": " | ".join(self.significance),
        }


_HARVEST: tuple[Column[HarvestRow], ...] = (
    Column("who changed", lambda row: row.actor or "not said"),
    Column("effect", lambda row: row.effect.value if row.effect else "not said"),
    Column("intended", lambda row: {True: "yes", False: "no", None: "not said"}[row.intended]),
    Column("outcomes", lambda row: str(len(row.outcomes)), number=True),
    Column("significance said", lambda row: str(row.significant), number=True),
    Column("significance", lambda row: "; ".join(row.significance)),
)


def harvest_table(model: TheoryOfChange) -> Table[HarvestRow]:
    """The harvested outcomes by who changed and by kind of change, with their significance.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> _ = draft.actor("pupils", "Pupils")
        >>> _ = draft.harvested_outcome("h1", "Pupils opened a book exchange", who="pupils", effect="positive", significance="Their own idea")
        >>> print(harvest_table(draft.done()))
        Harvested outcomes by who changed and how
        who changed  effect    intended  outcomes  significance said  significance
        -----------  --------  --------  --------  -----------------  --------------
        Pupils       positive  not said         1                  1  Their own idea
        No negative outcome was harvested: was anybody asked for one?
        No unintended outcome was harvested: was anybody asked for one?
    """
    actors = {actor.id: str(actor.title) for actor in model.actors}
    groups: dict[tuple[str, Effect | None, bool | None], list[HarvestedOutcome]] = {}
    for outcome in model.harvested_outcomes:
        groups.setdefault((actors.get(outcome.who or "", ""), outcome.effect, outcome.intended), []).append(outcome)
    rows = [
        HarvestRow(
            actor,
            effect,
            intended,
            tuple(outcome.id for outcome in own),
            sum(bool(outcome.significance) for outcome in own),
            tuple(str(outcome.significance) for outcome in own if outcome.significance),
        )
        for (actor, effect, intended), own in groups.items()
    ]
    asked = "was harvested: was anybody asked for one?"
    notes: list[str] = []
    if rows and not any(row.effect is Effect.NEGATIVE for row in rows):
        notes.append(f"No negative outcome {asked}")
    if rows and not any(row.intended is False for row in rows):
        notes.append(f"No unintended outcome {asked}")
    if model.programme.notice:
        notes.append(str(model.programme.notice))
    return Table(tuple(rows), _HARVEST, "Harvested outcomes by who changed and how", tuple(notes))
