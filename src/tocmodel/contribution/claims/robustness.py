"""How robust an argument is: how many claims would have to fall before nothing leads from one factor to another."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from tocmodel.contribution.claims.claims import Claim, Claims, by_source, known_factors
from tocmodel.model.record import choice
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class Counting(Word):
    """What is counted on a link."""

    CLAIMS = "claims"
    SOURCES = "sources"


@frozen(repr=False)
class Robustness:
    """How robust the argument is that some factors lead to others.

    Attributes:
        from_: the factors it starts from.
        to: the factors it leads to.
        robustness: the fewest claims (or sources on links) to delete so that no path is left; None if a factor stands at both ends.
        cut: the claims to delete: one smallest set.
        threads: the sources that tell a whole path by themselves.
        extended: the sum over all sources of the robustness of what each tells by itself.
        speaking: how many sources make claims on the way at all.
        counting: whether claims or sources on a link were counted.
    """

    from_: tuple[str, ...]
    to: tuple[str, ...]
    robustness: int | None
    cut: tuple[Claim, ...]
    threads: tuple[str, ...]
    extended: int | None
    speaking: int
    counting: Counting

    @property
    def coherence(self) -> float | None:
        """Extended robustness over robustness: how far paths are told whole rather than pieced together; None without a path."""
        if not self.robustness or self.extended is None:
            return None
        return self.extended / self.robustness

    @property
    def pieced_together(self) -> bool:
        """Whether there is a path, but no source tells a whole one: it is no evidence yet that the one leads to the other."""
        return bool(self.robustness) and not self.threads

    def sentence(self) -> str:
        """The robustness in words, with the warning where a path is only pieced together."""
        start, end = _named(self.from_), _named(self.to)
        if self.robustness is None:
            return f"{start} and {end} are the same factor, at least in part: there is no number."
        if self.robustness == 0:
            return f"No chain of claims leads from {start} to {end}."
        unit = "claim" if self.counting is Counting.CLAIMS else "source on a link"
        fewest = (
            f"1 {unit}" if self.robustness == 1 else f"{self.robustness} {unit.replace('claim', 'claims').replace('source', 'sources')}"
        )
        told = f"{len(self.threads)} of {self.speaking} sources on the way {'tells' if len(self.threads) == 1 else 'tell'} a whole path"
        if self.pieced_together:
            told = (
                f"none of the {self.speaking} sources on the way tells a whole path: the chain is pieced together from what different "
                "sources say in different contexts, and is no evidence by itself that the one leads to the other"
            )
        return f"At least {fewest} would have to fall before nothing leads from {start} to {end}; {told}."

    def record(self) -> dict[str, object]:
        """The robustness as one flat record."""
        return {
            "from": " | ".join(self.from_),
            "to": " | ".join(self.to),
            "robustness": self.robustness,
            "threads": len(self.threads),
            "extended": self.extended,
            "coherence": self.coherence,
            "speaking": self.speaking,
            "counting": self.counting.value,
        }

    __str__ = sentence

    def __repr__(self) -> str:
        return f"<Robustness: {self.sentence()}>"


def _named(factors: tuple[str, ...]) -> str:
    return " or ".join(f"“{factor}”" for factor in factors)


def _worth(claims: Claims, counting: Counting) -> dict[str, int]:
    if counting is Counting.CLAIMS:
        return {link: len(own) for link, own in claims.by_link.items()}
    return {link: len({claim.source for claim in own}) for link, own in claims.by_link.items()}


def robustness(
    claims: Claims, from_: str | Iterable[str], to: str | Iterable[str], *, counting: Counting | str = Counting.CLAIMS
) -> Robustness:
    """How robust the argument is that any of some factors leads to any of others.

    By the theorem of Ford and Fulkerson the fewest claims whose loss breaks every path equal the largest flow through links whose
    capacity is the number of claims about them. A path may join what different sources said; threads and extended robustness
    count only what single sources tell.

    Args:
        claims: the claims.
        from_: a factor, or several.
        to: a factor, or several.
        counting: ``claims``, or ``sources`` to count every voice once on a link.

    Raises:
        UnknownIdError: if nobody mentions one of the factors.
        FieldError: if the counting is none of the words.

    Example:
        >>> told = Claims([Claim("Clubs", "Reading", "s1"), Claim("Clubs", "Reading", "s2"), Claim("Reading", "Marks", "s2")])
        >>> found = robustness(told, "Clubs", "Marks")
        >>> found.robustness, found.threads, found.extended, found.coherence
        (1, ('s2',), 1, 1.0)
        >>> print(robustness(told.where(source=["s1"]), "Clubs", "Reading"))
        At least 1 claim would have to fall before nothing leads from “Clubs” to “Reading”; 1 of 1 sources on the way tells a whole path.

    Source: robustness of argument, Powell, Copestake and Remnant, Causal mapping for evaluators (2023); coherence is ours.
    """
    how = choice(Counting)(counting)
    starts, ends = known_factors(claims, from_), known_factors(claims, to)
    size, links = _cut(claims, starts, ends, how)
    own = {source: _told_whole(part, starts, ends, how) for source, part in by_source(claims).items()} if size else {}
    way = claims.trace(starts, ends)
    return Robustness(
        starts,
        ends,
        size,
        tuple(claim for link in links for claim in claims.by_link[link]),
        tuple(sorted(source for source, number in own.items() if number)),
        None if size is None else sum(own.values()),
        len(way.sources),
        how,
    )


def _cut(claims: Claims, starts: tuple[str, ...], ends: tuple[str, ...], how: Counting) -> tuple[int | None, tuple[str, ...]]:
    from tocmodel.paths import smallest_link_cut

    cut = smallest_link_cut(claims.map, starts, ends, claims=_worth(claims, how))
    return cut.size, cut.links


def _told_whole(own: Claims, starts: tuple[str, ...], ends: tuple[str, ...], how: Counting) -> int:
    known = set(own.factors)
    first, last = tuple(start for start in starts if start in known), tuple(end for end in ends if end in known)
    return (_cut(own, first, last, how)[0] or 0) if first and last else 0


@frozen
class RobustnessRow:
    """One origin of a table of robustness.

    Attributes:
        origin: the factor; ``All origins`` for the margin.
        cells: the robustness from it to each target, zeros included; None where it is the target itself.
        all_targets: the robustness from it to all targets together; None where it is one of them.
    """

    origin: str
    cells: Mapping[str, int | None]
    all_targets: int | None

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {"from": self.origin, **self.cells, _ALL_TARGETS: self.all_targets}


_ALL_ORIGINS, _ALL_TARGETS = "All origins", "All targets"
SAME_FACTOR = "same factor"


@frozen(repr=False)
class RobustnessTable(Table[RobustnessRow]):
    """Robustness from each of some factors to each of others, with the margins; the last row is all origins together."""

    @property
    def all_origins(self) -> Mapping[str, int | None]:
        """The robustness from all origins together to each target."""
        return self.rows[-1].cells

    @property
    def all(self) -> int | None:
        """The robustness from all origins together to all targets together."""
        return self.rows[-1].all_targets


def robustness_table(
    claims: Claims, from_: Iterable[str], to: Iterable[str], *, counting: Counting | str = Counting.CLAIMS
) -> RobustnessTable:
    """The robustness from each of some factors to each of others, zeros and margins included.

    The margins are computed for all origins or targets together; they are no sums. Where an origin is the target there is no
    number but “same factor”.

    Args:
        claims: the claims.
        from_: the factors to start from.
        to: the factors to reach.
        counting: ``claims``, or ``sources`` to count every voice once on a link.

    Raises:
        UnknownIdError: if nobody mentions one of the factors.

    Example:
        >>> told = Claims([Claim("Clubs", "Reading", "s1"), Claim("Library", "Reading", "s2"), Claim("Reading", "Marks", "s2")])
        >>> print(robustness_table(told, ["Clubs", "Library"], ["Reading", "Marks"]))
        Fewest claims to delete before no path is left
        from         Reading  Marks  All targets
        -----------  -------  -----  -----------
        Clubs              1      1            1
        Library            1      1            1
        All origins        2      1            2
    """
    how = choice(Counting)(counting)
    starts, ends = known_factors(claims, from_), known_factors(claims, to)

    def row(origin: str, own: tuple[str, ...]) -> RobustnessRow:
        return RobustnessRow(origin, {end: _cut(claims, own, (end,), how)[0] for end in ends}, _cut(claims, own, ends, how)[0])

    columns: list[Column[RobustnessRow]] = [Column("from", lambda row: row.origin)]
    columns += [_target_column(end) for end in ends]
    columns.append(Column(_ALL_TARGETS, lambda row: _shown(row.all_targets), number=True))
    rows = (*(row(start, (start,)) for start in starts), row(_ALL_ORIGINS, starts))
    unit = "claims" if how is Counting.CLAIMS else "sources on links"
    return RobustnessTable(rows, tuple(columns), f"Fewest {unit} to delete before no path is left", tuple(claims.warnings))


def _target_column(end: str) -> Column[RobustnessRow]:
    return Column(end, lambda row: _shown(row.cells[end]), number=True)


def _shown(number: int | None) -> str:
    return SAME_FACTOR if number is None else str(number)


@frozen
class RobustnessOverlap:
    """How far several origins rest on the same claims.

    Attributes:
        single: the robustness from each origin alone.
        joint: the robustness from all of them together.
        overlap: the sum of the single ones less the joint one: how many claims they share at the narrowest places.
    """

    single: Mapping[str, int | None]
    joint: int | None
    overlap: int | None

    def sentence(self) -> str:
        """The overlap in words."""
        if self.overlap is None:
            return "An origin is among the targets: there is no number."
        alone = ", ".join(f"{number} from “{origin}”" for origin, number in self.single.items())
        shared = "nothing is shared" if self.overlap == 0 else f"{self.overlap} of them counted twice"
        return f"Robustness {alone}; together {self.joint}: {shared}."


def robustness_overlap(
    claims: Claims, from_: Iterable[str], to: str | Iterable[str], *, counting: Counting | str = Counting.CLAIMS
) -> RobustnessOverlap:
    """How far several origins rest on the same claims: joint against single robustness.

    Args:
        claims: the claims.
        from_: the factors to start from.
        to: a factor, or several.
        counting: ``claims``, or ``sources`` to count every voice once on a link.

    Raises:
        UnknownIdError: if nobody mentions one of the factors.

    Example:
        >>> told = Claims([Claim("Clubs", "Reading", "s1"), Claim("Library", "Reading", "s2"), Claim("Reading", "Marks", "s2")])
        >>> print(robustness_overlap(told, ["Clubs", "Library"], "Marks").sentence())
        Robustness 1 from “Clubs”, 1 from “Library”; together 1: 1 of them counted twice.
    """
    how = choice(Counting)(counting)
    starts, ends = known_factors(claims, from_), known_factors(claims, to)
    single = {start: _cut(claims, (start,), ends, how)[0] for start in starts}
    joint = _cut(claims, starts, ends, how)[0]
    known = [number for number in single.values() if number is not None]
    shared = sum(known) - joint if joint is not None and len(known) == len(single) else None
    return RobustnessOverlap(single, joint, shared)
