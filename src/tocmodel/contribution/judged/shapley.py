"""How the plausibility of a node divides among activities and external drivers, in the model: Shapley values with their ranges."""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import stdev

from attrs import field, frozen

from tocmodel.contribution.engine.engine import STATES, coalitions, probability
from tocmodel.contribution.engine.structure import Part, Structure, known_node, structure
from tocmodel.contribution.judged.plausibility import title
from tocmodel.contribution.judgements import Suppositions
from tocmodel.errors import FieldError, RefusedError, UnknownIdError
from tocmodel.figures.display import rounded
from tocmodel.model import Activity, Judgement, TheoryOfChange
from tocmodel.tables import Column, Table
from tocmodel.words import Word

EXACT_PLAYERS = 12
"""Up to so many players every order is counted; beyond, orders are sampled."""


class Ends(Word):
    """At which ends of the judged ranges a share was computed."""

    POINT = "as judged"
    LOW = "low ends"
    HIGH = "high ends"


@frozen
class PlayerShare:
    """One player's share of the plausibility of a node, in the model.

    Attributes:
        id: the id of the activity or driver.
        title: its title.
        external: whether it is a driver outside the programme.
        ends: at which ends of the judged ranges it was computed.
        share: the mean of its marginal contributions over all orders (Shapley value).
        error: half the width of the 95 % interval of a sampled share; 0 if every order was counted.
        marginal_low: its smallest marginal contribution over all orders; of the sampled orders where sampled.
        marginal_high: its largest.
        alone: the plausibility with it alone, less that with no player.
        last_in: what is lost if it alone is taken away.
    """

    id: str
    title: str
    external: bool
    ends: Ends
    share: float
    error: float
    marginal_low: float
    marginal_high: float
    alone: float
    last_in: float

    def record(self) -> dict[str, object]:
        """The share as one flat record."""
        return {
            "id": self.id,
            "title": self.title,
            "external": self.external,
            "ends": self.ends.value,
            "share": self.share,
            "error": self.error,
            "marginal_low": self.marginal_low,
            "marginal_high": self.marginal_high,
            "alone": self.alone,
            "last_in": self.last_in,
        }


_COLUMNS: tuple[Column[PlayerShare], ...] = (
    Column("player", lambda row: row.id + (" (external)" if row.external else "")),
    Column("ranges at", lambda row: row.ends.value),
    Column(
        "marginal contribution", lambda row: f"{rounded(str(row.marginal_low), 3)} to {rounded(str(row.marginal_high), 3)}", number=True
    ),
    Column("share", lambda row: rounded(str(row.share), 3) + (f" ± {rounded(str(row.error), 3)}" if row.error else ""), number=True),
    Column("alone", lambda row: rounded(str(row.alone), 3), number=True),
    Column("last in", lambda row: rounded(str(row.last_in), 3), number=True),
)


@frozen(repr=False)
class ModelShares(Table[PlayerShare]):
    """How the plausibility of a node divides among players, in the model.

    Attributes:
        to: the id of the node.
        totals: the plausibility with all players less that with none, at each end of the judged ranges.
        orders: how many orders were sampled; 0 if every order was counted.
        seed: of the sampling.
    """

    to: str = ""
    totals: Mapping[Ends, float] = field(factory=dict)
    orders: int = 0
    seed: int = 0


def model_shares(
    model: TheoryOfChange,
    to: str,
    players: Sequence[str] | None = None,
    *,
    given: Suppositions | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    orders: int = 200,
    seed: int = 0,
    limit: int = STATES,
) -> ModelShares:
    """How the plausibility of a node divides among activities and external drivers, in the model.

    A player's share is its marginal contribution, averaged over all orders in which players may come in. It says what the
    judged model holds, not which part of a change is whose: print the range of marginal contributions beside it. With several
    packages a contribution depends much on who came before. Where judgements are ranges, everything is computed with all of
    them at the low ends and at the high ends: two readings, not bounds.

    Args:
        model: the model.
        to: the id of the node.
        players: ids of activities and drivers; all that have a say where left out. The others stay as judged.
        given: probabilities to suppose, by id.
        overlay: judgements by id that take the place of those in the model.
        orders: how many orders to sample where there are more than 12 players; each is taken forwards and backwards.
        seed: of the sampling.
        limit: the most states that the exact engine may hold.

    Raises:
        UnknownIdError: if there is no such node, or a player is no activity or driver that counts.
        RefusedError: if anything on the way is not judged: shares of what nobody judged would be invented.

    Example:
        >>> judged = {"by": "a panel of teachers", "on": "2024-05-02", "why": "two earlier clubs"}
        >>> draft = TheoryOfChange.build("reading")
        >>> sure = {"low": 1, "high": 1, **judged}
        >>> club = draft.activity("club", "A reading club meets", delivery=sure)
        >>> library = draft.activity("library", "A library opens", driver=True, delivery=sure)
        >>> habit = draft.outcome("habit", "Children read for pleasure")
        >>> for cause, strength in ((club, "0.6"), (library, "0.3")):
        ...     _ = draft.link(cause, habit, strength={"low": strength, "high": strength, **judged})
        >>> [(row.id, round(row.share, 2)) for row in model_shares(draft.done(), "habit")]
        [('club', 0.51), ('library', 0.21)]

    Source: Shapley (1953); the ranges of marginal contributions are printed beside the values because the values alone mislead.
    """
    system = structure(model, overlay=overlay, given=given)
    known_node(system, to)
    relevant = set(system.relevant(to))
    drivers = [id for id in system.starts_in_order if id in relevant]
    chosen = drivers if players is None else list(dict.fromkeys(players))
    for id in chosen:
        if id not in system.variables or system.variables[id].part is not Part.DRIVER:
            raise UnknownIdError(id, "activity or driver that counts", drivers)
    _refuse_missing(system, relevant)
    lows, highs = system.lows(), system.highs()
    same = all(lows[id] == highs[id] for id in relevant | set(chosen))
    readings = {Ends.POINT: lows} if same else {Ends.LOW: lows, Ends.HIGH: highs}
    external = {id: not isinstance(model.by_id[id], Activity) or model.node(id).driver for id in chosen}
    sampled = len(chosen) > EXACT_PLAYERS
    rows: list[PlayerShare] = []
    totals: dict[Ends, float] = {}
    for ends, chances in readings.items():
        if sampled:
            value = _remembered(system, to, chances, chosen, limit, seed)
            found = _sampled(len(chosen), value, orders, seed)
        else:
            values, _ = coalitions(system, to, chances, players=chosen, limit=limit, seed=seed)
            value = values.__getitem__
            found = _counted(len(chosen), value, [0] * len(chosen))
        everyone = (1 << len(chosen)) - 1
        totals[ends] = value(everyone) - value(0)
        rows += [
            PlayerShare(
                id,
                title(model, id),
                external[id],
                ends,
                *found[number],
                alone=value(1 << number) - value(0),
                last_in=value(everyone) - value(everyone & ~(1 << number)),
            )
            for number, id in enumerate(chosen)
        ]
    notes = [*_notes(model, system, to, drivers, chosen, external), *([f"{2 * orders} sampled orders, seed {seed}"] if sampled else [])]
    caption = f"In this model, and not in the world: how the plausibility of “{title(model, to)}” divides among players"
    return ModelShares(tuple(rows), _COLUMNS, caption, tuple(notes), to, totals, 2 * orders if sampled else 0, seed)


def _refuse_missing(system: Structure, relevant: Iterable[str]) -> None:
    missing = [id for id in system.variables if id in set(relevant) and system.variables[id].judged is None]
    if missing:
        message = f"shares need a judgement of everything on the way; missing: {', '.join(missing)}; supply them as overlay= or given="
        raise RefusedError(message)


def _notes(
    model: TheoryOfChange, system: Structure, to: str, drivers: list[str], chosen: list[str], external: Mapping[str, bool]
) -> Iterable[str]:
    stayed = [id for id in drivers if id not in external]
    if stayed:
        yield f"Stayed as judged, and no player: {', '.join(stayed)}."
    if chosen and not any(external.values()):
        yield "No external driver is among the players: what else may have worked has no share, and the others look larger for it."
    nodes, _ = system.upstream(to)
    assumed = [node for node in system.assumed if node in nodes]
    if assumed:
        yield f"Each link alone was taken to suffice for {', '.join(assumed)}, since nobody stated packages there."
    if model.programme.notice:
        yield str(model.programme.notice)


def _remembered(
    system: Structure, to: str, chances: Mapping[str, float], players: Sequence[str], limit: int, seed: int
) -> Callable[[int], float]:
    """The plausibility with some players only, each selection computed once."""
    known: dict[int, float] = {}

    def value(mask: int) -> float:
        if mask not in known:
            absent = {id: 0.0 for number, id in enumerate(players) if not mask >> number & 1}
            known[mask] = probability(system, to, {**chances, **absent}, limit=limit, seed=seed).value
        return known[mask]

    return value


_Found = tuple[float, float, float, float]
"""A player's share, its error, and its smallest and largest marginal contribution."""


def _sampled(size: int, value: Callable[[int], float], orders: int, seed: int) -> list[_Found]:
    """Shares over random orders, each taken forwards and backwards, which makes the error smaller."""
    if orders < 2:
        message = "at least two orders are needed to tell the error of sampling"
        raise FieldError(message)
    chance = random.Random(seed)  # noqa: S311 — sampling, not secrecy
    seen: list[list[float]] = [[] for _ in range(size)]
    for _ in range(orders):
        order = chance.sample(range(size), size)
        for way in (order, order[::-1]):
            mask = 0
            for player in way:
                before, mask = value(mask), mask | 1 << player
                seen[player].append(value(mask) - before)
    found: list[_Found] = []
    for own in seen:
        pairs = [(one + other) / 2 for one, other in zip(own[::2], own[1::2], strict=True)]
        found.append((math.fsum(own) / len(own), 1.96 * stdev(pairs) / math.sqrt(len(pairs)), min(own), max(own)))
    return found


def _counted(size: int, value: Callable[[int], float], before: Sequence[int]) -> list[_Found]:
    """Shares over every order in which no player comes before one of those that must come first.

    Orders are not listed: those through a selection are the orders of its members times the orders of the rest.

    Args:
        size: how many players there are.
        value: the value of a selection, whose bits tell who is in it.
        before: for each player those that must come first, as bits.
    """
    everyone = (1 << size) - 1
    into, onward = [0] * (everyone + 1), [0] * (everyone + 1)
    into[0] = onward[everyone] = 1
    for mask in range(everyone + 1):
        for player in _next(mask, size, before) if into[mask] else ():
            into[mask | 1 << player] += into[mask]
    if not into[everyone]:
        message = "no order puts every player after those that must come first: they wait for each other"
        raise FieldError(message)
    for mask in range(everyone, -1, -1):
        for player in _next(mask, size, before):
            onward[mask] += onward[mask | 1 << player]
    parts: list[list[float]] = [[] for _ in range(size)]
    lows, highs = [math.inf] * size, [-math.inf] * size
    for mask in range(everyone + 1):
        for player in _next(mask, size, before):
            ways = into[mask] * onward[mask | 1 << player]
            if ways:
                gain = value(mask | 1 << player) - value(mask)
                parts[player].append(ways / into[everyone] * gain)
                lows[player], highs[player] = min(lows[player], gain), max(highs[player], gain)
    return [(math.fsum(parts[player]), 0.0, lows[player], highs[player]) for player in range(size)]


def _next(mask: int, size: int, before: Sequence[int]) -> list[int]:
    """Who may come in next."""
    return [player for player in range(size) if not mask >> player & 1 and before[player] & ~mask == 0]


def shapley_table(
    players: Sequence[str], values: Mapping[frozenset[str], float], *, order: Iterable[tuple[str, str]] = ()
) -> dict[str, float]:
    """Shapley values of a table of values; asymmetric where some players must come before others.

    Args:
        players: the players, at most 12.
        values: the value of every selection of players, the empty one included.
        order: pairs of players of whom the first comes before the second; only such orders are counted.

    Raises:
        FieldError: if a selection has no value, a pair names no player, or no order respects the pairs.

    Example:
        >>> nobody, a, b, both = frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")
        >>> shapley_table(["a", "b"], {nobody: 0, a: 1, b: 0, both: 3})
        {'a': 2.0, 'b': 1.0}
        >>> shapley_table(["a", "b"], {nobody: 0, a: 1, b: 0, both: 3}, order=[("b", "a")])
        {'a': 3.0, 'b': 0.0}

    Source: Shapley (1953); Frye, Rowat and Feige (2020) for asymmetric values.
    """
    number = {player: place for place, player in enumerate(players)}
    if len(number) != len(players) or len(players) > EXACT_PLAYERS:
        message = f"{len(players)} players: at most {EXACT_PLAYERS}, each named once"
        raise FieldError(message)
    before = [0] * len(players)
    for first, second in order:
        if first not in number or second not in number:
            message = f"no such players: {first!r} before {second!r}"
            raise FieldError(message, f"players: {', '.join(players)}")
        before[number[second]] |= 1 << number[first]
    table: list[float] = []
    for mask in range(1 << len(players)):
        selection = frozenset(player for player in players if mask >> number[player] & 1)
        if selection not in values:
            message = f"no value for {sorted(selection) or 'no player'}"
            raise FieldError(message, "give a value for every selection of players")
        table.append(values[selection])
    found = _counted(len(players), table.__getitem__, before)
    return {player: found[place][0] for player, place in number.items()}
