"""How plausible it is that a node is reached, on the judgements that are stated and no others."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from tocmodel.contribution.engine.engine import SAMPLES, STATES, Method, Range, probability_range
from tocmodel.contribution.engine.structure import LeftOut, Part, Structure, known_assumption, known_node, structure
from tocmodel.contribution.judged.bounds import dependence_range
from tocmodel.contribution.judgements import Judged, Origin, Suppositions
from tocmodel.errors import FieldError
from tocmodel.figures import to_decimal
from tocmodel.figures.display import ENGLISH, Wording, rounded
from tocmodel.messages import message
from tocmodel.model import Judgement, Link, TheoryOfChange
from tocmodel.model.record import Titled, choice
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class Dependence(Word):
    """What is held about how links, assumptions and deliveries depend on each other."""

    INDEPENDENT = "independent"
    UNKNOWN = "unknown"


@frozen
class Ground:
    """One link, assumption or delivery that a plausibility rests on.

    Attributes:
        id: its id.
        title: what it is, in words.
        part: link, assumption or driver.
        judged: its judged probability; None where it is missing.
        about: why it is missing.
    """

    id: str
    title: str
    part: Part
    judged: Judged | None
    about: str

    def record(self) -> dict[str, object]:
        """The ground as one flat record."""
        own = (
            self.judged.record()
            if self.judged
            else Judged(self.id, 0.0, 1.0, Origin.MODEL).record() | {"low": None, "high": None, "origin": None}
        )
        return {"id": self.id, "part": self.part.value, "title": self.title} | own | {"missing": self.about or None}


def _by(ground: Ground) -> str:
    judged = ground.judged
    if judged is None:
        return ""
    if judged.origin is Origin.SUPPOSED:
        return message("(supposed)")
    if judged.by and judged.on:
        who: str = message("%(who)s, %(when)s", who=judged.by, when=_day(judged.on))
    else:
        who = judged.by or judged.on or message("(not said)")
    return message("%(who)s (overlay)", who=who) if judged.origin is Origin.OVERLAY else who


def _day(said: str) -> date | str:
    """A day as such, so that each language can write it in its own way; other words as they stand."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said


_MISSING = message("missing")
_COLUMNS: tuple[Column[Ground], ...] = (
    Column(message("what"), lambda ground: ground.part.value),
    Column(message("id"), lambda ground: ground.id),
    Column(message("probability"), lambda ground: between(ground.judged.low, ground.judged.high) if ground.judged else _MISSING),
    Column(message("judged by"), _by),
    Column(message("why"), lambda ground: ground.judged.why if ground.judged else ground.about),
)


@frozen(repr=False)
class Plausibility:
    """How plausible it is that a node is reached.

    Attributes:
        to: the id of the node.
        titles: titles of the node and of the nodes on the way to it.
        low: the probability if everything stands at the low end of its range; the low end of the 95 % interval of an estimate.
        high: likewise at the high end.
        value: the probability itself where all ranges are points; None otherwise.
        method: exact, Monte Carlo (an estimate, whose interval includes the error of sampling), or bounds.
        all_needed: low and high if every node without packages needed all its links; None where nothing was assumed.
        assumed: ids of nodes for which nobody stated packages: each link into them was taken to suffice alone.
        grounds: everything that it rests on, judged or missing.
        left_out: what was not counted, and why.
        samples: how many samples an estimate drew.
        notice: what has to stand on everything shown of the model.
        wording: the language that people see it in; `tocmodel.reports.told.told` gives it in another one.
    """

    to: str
    titles: Mapping[str, str]
    low: float
    high: float
    value: float | None
    method: Method
    all_needed: tuple[float, float] | None
    assumed: tuple[str, ...]
    grounds: tuple[Ground, ...]
    left_out: tuple[LeftOut, ...]
    samples: int = 0
    notice: str = ""
    wording: Wording = field(default=ENGLISH, eq=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of what nobody judged: each may be anything from 0 to 1."""
        return tuple(ground.id for ground in self.grounds if ground.judged is None)

    @property
    def because(self) -> tuple[str, ...]:
        """Ids of the judged links, assumptions and deliveries that it rests on."""
        return tuple(ground.id for ground in self.grounds if ground.judged is not None)

    @property
    def truncated(self) -> bool:
        """Whether the exact method was given up because it held too many states."""
        return self.method is Method.MONTE_CARLO

    @property
    def can_be_judged(self) -> bool:
        """Whether what is judged says anything at all about it."""
        return not self.missing or (bool(self.because) and (self.low, self.high) != (0.0, 1.0))

    def sentence(self) -> str:
        """The plausibility in words, with what it rests on, what was assumed and what is missing."""
        gettext, title = self.wording.gettext, self.titles[self.to]
        if not self.can_be_judged:
            return gettext(
                "How plausible it is that “%(title)s” is reached cannot be judged: %(missing)s.", title=title, missing=self._missing()
            )
        held = {
            Method.EXACT: gettext("if links and assumptions work as judged, independently of each other"),
            Method.MONTE_CARLO: gettext(
                "an estimate from %(samples)s samples, if links and assumptions work as judged, independently of each other",
                samples=self.wording.number(Decimal(self.samples)),
            ),
            Method.BOUNDS: gettext("bounds that hold however links and assumptions depend on each other"),
        }[self.method]
        found = between(self.low, self.high, self.wording)
        parts = [gettext("The plausibility that “%(title)s” is reached is %(range)s (%(held)s).", title=title, range=found, held=held)]
        if self.missing:
            parts.append(gettext("%(missing)s and may be anything from 0 to 1.", missing=self._missing()))
        if self.all_needed is not None:
            said = gettext(
                "Each link alone was taken to suffice for %(nodes)s; if all were needed, it would be %(range)s.",
                nodes=", ".join(gettext("“%(title)s”", title=self.titles[node]) for node in self.assumed),
                range=between(*self.all_needed, self.wording),
            )
            parts.append(said)
        for why in dict.fromkeys(item.why for item in self.left_out):
            ids = ", ".join(item.id for item in self.left_out if item.why == why)
            parts.append(gettext("Left out, since %(why)s: %(ids)s.", why=self.wording.said(why), ids=ids))
        return " ".join(parts)

    def _missing(self) -> str:
        return self.wording.ngettext(
            "%(num)s of the %(all)s links, assumptions and deliveries on the way is not judged",
            "%(num)s of the %(all)s links, assumptions and deliveries on the way are not judged",
            len(self.missing),
            all=self.wording.number(Decimal(len(self.grounds))),
        )

    def record(self) -> dict[str, object]:
        """The plausibility as one flat record."""
        return {
            "to": self.to,
            "low": self.low,
            "high": self.high,
            "value": self.value,
            "method": self.method.value,
            "can_be_judged": self.can_be_judged,
            "all_needed_low": self.all_needed[0] if self.all_needed else None,
            "all_needed_high": self.all_needed[1] if self.all_needed else None,
            "assumed": " ".join(self.assumed),
            "missing": " ".join(self.missing),
            "because": " ".join(self.because),
            "left_out": " ".join(item.id for item in self.left_out),
            "truncated": self.truncated,
            "samples": self.samples,
        }

    def records(self) -> list[dict[str, object]]:
        """The plausibility as a list of one record."""
        return [self.record()]

    @property
    def table(self) -> Table[Ground]:
        """What it rests on, as a table."""
        return Table(self.grounds, _COLUMNS, self.sentence(), (self.notice,) if self.notice else ())

    def __str__(self) -> str:
        return str(self.table) if self.grounds else self.sentence()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table.html()

    __html__ = _repr_html_


def between(low: float, high: float, wording: Wording = ENGLISH) -> str:
    """A range of probabilities for people: the low end rounded down, the high end up; one number where they agree.

    Example:
        >>> between(0.1234, 0.5), between(0.48195, 0.48195), between(0.00001, 0.2)
        ('0.123 to 0.5', '0.482', '0 to 0.2')
    """
    if low == high:
        return wording.number(Decimal(_short(decimals(low))))
    # what only the last places of a float add is not worth a step outwards
    ends = to_decimal(round(low, 12)), to_decimal(round(high, 12))
    first, last = rounded(ends[0], 3, mode="floor"), rounded(ends[1], 3, mode="ceiling")
    return wording.gettext("%(low)s to %(high)s", low=wording.number(Decimal(_short(first))), high=wording.number(Decimal(_short(last))))


def decimals(value: float | None) -> str:
    """A number for people, with three decimals; nothing for None."""
    return "" if value is None else rounded(to_decimal(value), 3)


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def plausibility(
    model: TheoryOfChange,
    to: str,
    *,
    given: Suppositions | None = None,
    overlay: Mapping[str, Judgement] | None = None,
    dependence: Dependence | str = Dependence.INDEPENDENT,
    limit: int = STATES,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Plausibility:
    """How plausible it is that a node is reached: the probability that one of its packages is complete.

    A link holds if it works, its source is reached and all its assumptions hold; an assumption named in several places is
    one and the same; only activities and external drivers start the model; a loop never starts itself. Nothing is
    filled in: what nobody judged may be anything from 0 to 1 and is said to be missing.

    Args:
        model: the model.
        to: the id of the node.
        given: probabilities to suppose for links, assumptions or drivers, by id: a number or a pair (low, high).
        overlay: judgements by id that take the place of those in the model, as read from an overlay file.
        dependence: ``independent``, which is exact where it can be; or ``unknown``, which gives bounds that hold whatever
            the dependence.
        limit: the most states that the exact method may hold; beyond it an estimate with its 95 % interval is given. 0 always
            estimates.
        seed: of the random numbers of an estimate.
        samples: how many samples an estimate draws; at least 1, and rounded up to a multiple of 64.

    Raises:
        UnknownIdError: if no node has the id, or a judgement or supposition names nothing that counts.
        FieldError: if a supposition is no probability, the dependence is none of the words, or an estimate were to rest on no
            samples.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> judged = {"by": "a panel of teachers", "on": "2024-05-02", "why": "two earlier clubs"}
        >>> club = draft.activity("club", "A reading club meets", delivery={"low": "0.9", "high": "0.9", **judged})
        >>> habit = draft.outcome("habit", "Children read for pleasure")
        >>> _ = draft.link(club, habit, strength={"low": "0.4", "high": "0.6", **judged})
        >>> print(plausibility(draft.done(), "habit").sentence())
        The plausibility that “Children read for pleasure” is reached is 0.36 to 0.54 (if links and assumptions work as judged, independently of each other).

    Source: two-terminal reliability generalised to packages and shared variables; see the reference page on plausibility.
    """
    how = choice(Dependence)(dependence)
    if samples < 1:
        message = f"an estimate from {samples} samples"
        raise FieldError(message, "draw at least 64")
    system = structure(model, overlay=overlay, given=given)
    known_node(system, to)
    nodes, _ = system.upstream(to)
    assumed = tuple(node for node in system.assumed if node in nodes)

    def found(own: Structure) -> Range:
        if how is Dependence.UNKNOWN:
            low, high = dependence_range(own, to)
            return Range(low, high, None, Method.BOUNDS)
        return probability_range(own, to, limit=limit, samples=samples, seed=seed)

    result = found(system)
    other = found(system.all_needed()) if assumed else None
    concerned = {*nodes, *system.relevant(to)}
    return Plausibility(
        to=to,
        titles={node.id: str(node.title) for node in model.nodes if node.id in nodes},
        low=result.low,
        high=result.high,
        value=result.value,
        method=result.method,
        all_needed=(other.low, other.high) if other else None,
        assumed=assumed,
        grounds=grounds(model, system, system.relevant(to)),
        left_out=tuple(item for item in system.left_out if concerned.intersection(item.at)),
        samples=result.samples,
        notice=str(model.programme.notice),
    )


def grounds(model: TheoryOfChange, system: Structure, ids: Iterable[str]) -> tuple[Ground, ...]:
    """Links, assumptions and deliveries with what is judged of them.

    Args:
        model: the model.
        system: its structure.
        ids: their ids.
    """
    chosen = [system.variables[id] for id in ids]
    return tuple(Ground(item.id, title(model, item.id), item.part, item.judged, item.about) for item in chosen)


def title(model: TheoryOfChange, id: str) -> str:
    """What a link, an assumption or a node is called."""
    record = model[id]
    if isinstance(record, Link):
        return f"{model.node(record.from_).title} → {model.node(record.to).title}"
    assert isinstance(record, Titled)
    return str(record.title)


@frozen
class Failure:
    """What it would mean for a node if an assumption failed.

    Attributes:
        assumption: the id of the assumption.
        to: the id of the node.
        now: its plausibility as judged.
        if_fails: its plausibility if the assumption does not hold.
        loss_at_low: how much it would lose with everything else at the low end.
        loss_at_high: likewise at the high end.
        titles: titles of the assumption and the node.
    """

    assumption: str
    to: str
    now: Range
    if_fails: Range
    loss_at_low: float
    loss_at_high: float
    titles: Mapping[str, str]

    def sentence(self) -> str:
        """The failure in words."""
        now, then = between(self.now.low, self.now.high), between(self.if_fails.low, self.if_fails.high)
        return f"If it did not hold that “{self.titles[self.assumption]}”, the plausibility of “{self.titles[self.to]}” would be {then} instead of {now}."

    def record(self) -> dict[str, object]:
        """The failure as one flat record."""
        return {
            "assumption": self.assumption,
            "to": self.to,
            "now_low": self.now.low,
            "now_high": self.now.high,
            "if_fails_low": self.if_fails.low,
            "if_fails_high": self.if_fails.high,
            "loss_at_low": self.loss_at_low,
            "loss_at_high": self.loss_at_high,
        }


def if_fails(
    model: TheoryOfChange, assumption: str, to: str, *, overlay: Mapping[str, Judgement] | None = None, limit: int = STATES, seed: int = 0
) -> Failure:
    """What it would mean for a node if an assumption failed, wherever it is needed.

    Args:
        model: the model.
        assumption: the id of the assumption.
        to: the id of the node.
        overlay: judgements by id that take the place of those in the model.
        limit: the most states that the exact method may hold.
        seed: of the random numbers of an estimate.

    Raises:
        UnknownIdError: if there is no such node, or no such assumption that counts.
    """
    system = structure(model, overlay=overlay)
    known_assumption(system, assumption)
    known_node(system, to)
    now = probability_range(system, to, limit=limit, seed=seed)
    failed = probability_range(system.supposing({assumption: 0.0}), to, limit=limit, seed=seed)
    losses = max(0.0, now.low - failed.low), max(0.0, now.high - failed.high)
    return Failure(assumption, to, now, failed, *losses, titles={id: title(model, id) for id in (assumption, to)})
