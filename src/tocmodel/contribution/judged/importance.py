"""How much single links, assumptions and deliveries matter for reaching a node."""

from collections.abc import Collection, Mapping

from attrs import frozen

from tocmodel.contribution.engine.engine import STATES, Method, slopes
from tocmodel.contribution.engine.structure import Part, Structure, structure
from tocmodel.contribution.judged.flips import chosen_variables
from tocmodel.contribution.judged.plausibility import decimals, title
from tocmodel.contribution.judgements import Suppositions
from tocmodel.model import Judgement, TheoryOfChange
from tocmodel.model.record import choice
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class End(Word):
    """Which end of the ranges a measure is taken at."""

    LOW = "low"
    HIGH = "high"


@frozen
class Importance:
    """How much one link, assumption or delivery matters. R(x) is the plausibility if its probability were x.

    Attributes:
        id: its id.
        title: what it is, in words.
        part: link, assumption or driver.
        chance: its probability p at the end that was asked for.
        birnbaum: R(1) - R(0).
        criticality: p x birnbaum / R: how often it is what tips the balance; None where R is 0.
        diagnostic: p x R(1) / R: how probable it is that it holds, if the node is reached; None where R is 0.
        raw: risk achievement worth, R(1) / R; None where R is 0.
        rrw: risk reduction worth, R / R(0); None where R(0) is 0: without it the node is not reached.
        missing: whether nobody judged it.
    """

    id: str
    title: str
    part: Part
    chance: float
    birnbaum: float
    criticality: float | None
    diagnostic: float | None
    raw: float | None
    rrw: float | None
    missing: bool

    def record(self) -> dict[str, object]:
        """The measures as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "part": self.part.value,
            "chance": self.chance,
            "birnbaum": self.birnbaum,
            "criticality": self.criticality,
            "diagnostic": self.diagnostic,
            "raw": self.raw,
            "rrw": self.rrw,
            "missing": self.missing,
        }


_COLUMNS: tuple[Column[Importance], ...] = (
    Column("what", lambda row: row.part.value),
    Column("id", lambda row: row.id),
    Column("probability", lambda row: "missing" if row.missing else decimals(row.chance), number=True),
    Column("Birnbaum", lambda row: decimals(row.birnbaum), number=True),
    Column("criticality", lambda row: decimals(row.criticality), number=True),
    Column("diagnostic", lambda row: decimals(row.diagnostic), number=True),
    Column("if it holds, times", lambda row: decimals(row.raw), number=True),
    Column("if it fails, divided by", lambda row: decimals(row.rrw), number=True),
)


def importance(
    model: TheoryOfChange,
    to: str,
    *,
    of: Collection[str] | None = None,
    at: str = "high",
    given: Suppositions | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    limit: int = STATES,
    seed: int = 0,
) -> Table[Importance]:
    """How much single links, assumptions and deliveries matter for reaching a node, the most important first.

    Measures of importance are of points, so where ranges are judged they are taken at one end of all of them, which the
    table says. What nobody judged stands at 0 at the low end and at 1 at the high end.

    Args:
        model: the model.
        to: the id of the node.
        of: ids of links, assumptions and drivers; everything that has a say where left out.
        at: ``high`` or ``low``: the end of the ranges.
        given: probabilities to suppose, by id.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        UnknownIdError: if no node has the id, or one of ``of`` names nothing that counts.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> half = {"low": "0.5", "high": "0.5", "by": "a panel", "on": "2024-05-02", "why": "as an example"}
        >>> sure = half | {"low": "1", "high": "1"}
        >>> club, habit = draft.activity("club", "A club meets", delivery=sure), draft.outcome("habit", "Children read")
        >>> _ = draft.link(club, habit, strength=half)
        >>> row = importance(draft.done(), "habit").where(id="club->habit").one()
        >>> row.birnbaum, row.raw, row.rrw
        (1.0, 2.0, None)

    Source: Birnbaum (1969); Vesely et al. (1983) for risk achievement and reduction worth.
    """
    end = choice(End)(at)
    system = structure(model, overlay=overlay, given=given)
    chosen = chosen_variables(system, to, of)
    chances = system.lows() if end is End.LOW else system.highs()
    found = slopes(system, to, chances, of=chosen, limit=limit, seed=seed)
    rows: list[Importance] = []
    for id in chosen:
        variable, chance = system.variables[id], chances[id]
        surely, never = found.at(id, 1.0, chance), found.at(id, 0.0, chance)
        rows.append(
            Importance(
                id=id,
                title=title(model, id),
                part=variable.part,
                chance=chance,
                birnbaum=found.gain[id],
                criticality=_ratio(chance * found.gain[id], found.value),
                diagnostic=_ratio(chance * surely, found.value),
                raw=_ratio(surely, found.value),
                rrw=_ratio(found.value, never),
                missing=variable.judged is None,
            )
        )
    rows.sort(key=lambda row: -row.birnbaum)
    return Table(tuple(rows), _COLUMNS, f"What matters for “{model.node(to).title}”", _notes(system, to, end, found.method, model))


def _ratio(one: float, other: float) -> float | None:
    return one / other if other > 0 else None


def _notes(system: Structure, to: str, end: End, method: Method, model: TheoryOfChange) -> tuple[str, ...]:
    notes: list[str] = []
    if any(system.variables[id].low != system.variables[id].high for id in system.relevant(to)):
        notes.append(f"Taken at the {end.value} end of every range.")
    if method is Method.MONTE_CARLO:
        notes.append("Estimated by Monte Carlo.")
    return tuple(filter(None, [*notes, str(model.programme.notice)]))
