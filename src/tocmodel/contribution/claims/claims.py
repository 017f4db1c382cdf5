"""Who says that what leads to what: claims of sources about causes and effects, filtered, traced and zoomed step by step."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Self

from attrs import evolve, field, frozen

from tocmodel.errors import FieldError, RefusedError, UnknownIdError, nearest
from tocmodel.model import Evidence, EvidenceDirection, Link, TheoryOfChange
from tocmodel.model.record import optional_choice
from tocmodel.paths.maps import LabelLink, ZoomCheck, zoom_check, zoomed
from tocmodel.tables import Column, Table
from tocmodel.words import Word

if TYPE_CHECKING:
    from tocmodel.paths import LinkArrays


class Mention(Word):
    """How a source ties a change to the programme, as blinded interviews are coded (QuIP)."""

    EXPLICIT = "explicit"
    """It names the programme."""
    IMPLICIT = "implicit"
    """It tells what the programme expected, without naming it."""
    OTHER = "other"
    """It names something else."""


class Sentiment(Word):
    """Whether a source tells a change as good or bad for those concerned."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


def _pairs(value: "Mapping[str, object] | Iterable[tuple[str, object]]") -> tuple[tuple[str, str], ...]:
    items = value.items() if isinstance(value, Mapping) else value
    return tuple(sorted((str(name), str(own)) for name, own in items if str(own)))


def _label(value: object) -> str:
    text = "" if value is None else str(value).strip()
    if not text:
        message = "a claim needs a cause, an effect and a source, each in words"
        raise FieldError(message)
    return text


@frozen
class Claim:
    """One source's claim that a cause leads to an effect.

    Attributes:
        cause: what leads to it, as a factor of the map or the id of a node.
        effect: what follows.
        source: who says so; one voice, however often it speaks.
        quote: in which words.
        id: what it can be found by again, such as the number of a statement.
        attributes: what is known of the source or the statement, such as gender or district, as pairs of name and value.
        sentiment: whether it is told as good or bad; None where not coded.
        mention: how it is tied to the programme; None where not coded.
    """

    cause: str = field(converter=_label)
    effect: str = field(converter=_label)
    source: str = field(converter=_label)
    quote: str = field(default="", converter=str)
    id: str = field(default="", converter=str)
    attributes: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    sentiment: Sentiment | None = field(default=None, converter=optional_choice(Sentiment))
    mention: Mention | None = field(default=None, converter=optional_choice(Mention))

    def attribute(self, name: str) -> str | None:
        """What a field or an attribute of this name holds; None where it is not known."""
        own = {"cause": self.cause, "effect": self.effect, "source": self.source, "sentiment": self.sentiment, "mention": self.mention}
        held = own[name] if name in own else dict(self.attributes).get(name)
        return None if held is None else str(held)

    def record(self) -> dict[str, object]:
        """The claim as one flat record."""
        return {
            "cause": self.cause,
            "effect": self.effect,
            "source": self.source,
            "quote": self.quote,
            "id": self.id,
            "sentiment": self.sentiment.value if self.sentiment else None,
            "mention": self.mention.value if self.mention else None,
            **dict(self.attributes),
        }


_FIELDS = ("cause", "effect", "source", "sentiment", "mention")
_COLUMNS: tuple[Column[Claim], ...] = (
    Column("cause", lambda claim: claim.cause),
    Column("effect", lambda claim: claim.effect),
    Column("source", lambda claim: claim.source),
    Column("quote", lambda claim: claim.quote),
)


@frozen(repr=False)
class Claims:
    """Claims in the order in which they were told, and what was done with them since.

    The steps are explicit and their order matters: ``where`` → ``trace`` → ``threads`` → ``zoom``.

    Attributes:
        claims: the claims.
        steps: what was done, in words, in order.
        warnings: what whoever reads a result must know of those steps.
        ends: from which factors to which they were traced last; None where they were not.
        unzoomed: the claims as they were before zooming; None where they were not zoomed.
        level: the level they were zoomed to.
        separator: what stands between the parts of their labels.
    """

    claims: tuple[Claim, ...] = field(default=(), converter=tuple)
    steps: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    ends: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    unzoomed: tuple[Claim, ...] | None = field(default=None, eq=False)
    level: int | None = None
    separator: str = "; "

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    @property
    def sources(self) -> tuple[str, ...]:
        """Who speaks, in order of first appearance."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims))

    @property
    def factors(self) -> tuple[str, ...]:
        """Every cause and effect, in order of first appearance."""
        return tuple(dict.fromkeys(end for claim in self.claims for end in (claim.cause, claim.effect)))

    @property
    def pairs(self) -> tuple[LabelLink, ...]:
        """Cause and effect of every claim, as the functions of `tocmodel.paths.maps` take them: opposites, false paths."""
        return tuple((claim.cause, claim.effect) for claim in self.claims)

    @cached_property
    def by_link(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims about each link, by the link's id in `map`."""
        found: dict[LabelLink, list[Claim]] = {}
        for claim in self.claims:
            if claim.cause != claim.effect:
                found.setdefault((claim.cause, claim.effect), []).append(claim)
        return {str(number): tuple(own) for number, own in enumerate(found.values())}

    @cached_property
    def map(self) -> "LinkArrays":
        """The causal map: the factors, and one link for every cause and effect that some claim joins."""
        from tocmodel.paths.arrays import numbered

        return numbered(self.factors, [(own[0].cause, own[0].effect, link) for link, own in self.by_link.items()])

    def where(self, **wanted: str | Collection[str]) -> Self:
        """The claims whose fields or attributes have these values; several values of one name mean any of them.

        Args:
            wanted: such as ``gender="f"`` or ``district=["Hill", "Lake"]``; cause, effect, source, sentiment and mention too.

        Raises:
            FieldError: if no claim has an attribute of that name.

        Example:
            >>> told = Claims([Claim("Clubs", "Reading", "s1", attributes={"gender": "f"}), Claim("Clubs", "Reading", "s2")])
            >>> told.where(gender="f").sources
            ('s1',)
        """
        known = {*_FIELDS, *(name for claim in self.claims for name, _ in claim.attributes)}
        for name in wanted:
            if name not in known:
                message = f"no claim has the attribute {name!r}"
                raise FieldError(message, nearest(name, known))
        chosen = {name: {values} if isinstance(values, str) else {str(value) for value in values} for name, values in wanted.items()}
        labels = {name: values for name, values in chosen.items() if name in {"cause", "effect"}}
        voices = {name: values for name, values in chosen.items() if name not in labels}
        words = " and ".join(f"{name} is {' or '.join(sorted(values))}" for name, values in chosen.items())
        found = self._next(_that_have(self.claims, labels | voices), f"where {words}")
        return found if self.unzoomed is None else evolve(found, unzoomed=_that_have(self.unzoomed, voices))

    def trace(self, from_: str | Iterable[str], to: str | Iterable[str], *, max_links: int | None = None) -> Self:
        """The claims that lie on the way from any of some factors to any of others.

        Args:
            from_: a factor, or several.
            to: a factor, or several.
            max_links: the most links that a way may have; None for any number. Four are mostly enough.

        Raises:
            UnknownIdError: if nobody mentions one of the factors.

        Source: the filter “trace paths” of causal mapping (Powell, Causal Map guide).
        """
        from tocmodel.paths import on_the_way

        ends = known_factors(self, from_), known_factors(self, to)
        kept = set(on_the_way(self.map, *ends, max_links=max_links).links)
        chosen = [claim for link in kept for claim in self.by_link[link]]
        found = self._next(_in_order(self.claims, chosen), f"trace from {' or '.join(ends[0])} to {' or '.join(ends[1])}")
        return evolve(found, ends=ends, warnings=(*self.warnings, *self._made_by_zooming(*ends)))

    def threads(self) -> Self:
        """The claims with which a single source tells the whole way, after `trace`: one source is one context.

        Raises:
            RefusedError: if the claims were not traced.
        """
        from tocmodel.paths import on_the_way

        if self.ends is None:
            message = "threads run from somewhere to somewhere: trace(...) first"
            raise RefusedError(message)
        kept: list[Claim] = []
        for own in by_source(self).values():
            known = set(own.factors)
            first, last = ([end for end in ends if end in known] for ends in self.ends)
            links = on_the_way(own.map, first, last).links if first and last else ()
            kept += [claim for link in links for claim in own.by_link[link]]
        found = self._next(_in_order(self.claims, kept), "threads")
        late = "zoomed before looking for threads: a source may seem to tell whole what only zooming joins"
        return found if self.level is None else evolve(found, warnings=(*found.warnings, late))

    def zoom(self, level: int, *, separator: str = "; ") -> Self:
        """The claims between labels cut to a level; claims inside one factor vanish. Trace first: see the warning otherwise.

        Args:
            level: how many parts of a label to keep, from 1.
            separator: what stands between the parts.

        Raises:
            ValueError: if the level is below 1.

        Example:
            >>> told = Claims([Claim("Clubs", "Knowledge; stories", "s1"), Claim("Knowledge; farming", "Income", "s2")])
            >>> told.zoom(1).trace("Clubs", "Income").warnings[-1]
            'zoomed before tracing: that “Clubs” leads to “Income” is told by nobody; only zooming joins them'
        """

        def cut(label: str) -> str:
            return zoomed(label, level, separator=separator)

        kept = [evolve(claim, cause=cut(claim.cause), effect=cut(claim.effect)) for claim in self if cut(claim.cause) != cut(claim.effect)]
        before = () if self.ends else ("zoomed before tracing: paths may join what nobody told together",)
        return evolve(
            self._next(kept, f"zoom to level {level}"),
            warnings=(*self.warnings, *before),
            ends=self.ends and tuple(tuple(dict.fromkeys(map(cut, own))) for own in self.ends),
            unzoomed=self.claims if self.unzoomed is None else self.unzoomed,
            level=level,
            separator=separator,
        )

    def _made_by_zooming(self, starts: tuple[str, ...], ends: tuple[str, ...]) -> tuple[str, ...]:
        """What tracing after zooming has to say: each pair of factors that only zooming joins."""
        if self.unzoomed is None or self.level is None:
            return ()
        told = [(claim.cause, claim.effect) for claim in self.unzoomed]
        checks: dict[LabelLink, ZoomCheck] = {
            (start, end): zoom_check(told, start, end, self.level, separator=self.separator)
            for start in starts
            for end in ends
            if start != end
        }
        return tuple(
            f"zoomed before tracing: that “{start}” leads to “{end}” is told by nobody; only zooming joins them"
            for (start, end), check in checks.items()
            if check.false_path
        )

    def _next(self, kept: Iterable[Claim], step: str) -> Self:
        return evolve(self, claims=kept, steps=(*self.steps, step))

    @property
    def table(self) -> Table[Claim]:
        """The claims as a table, with what was done below it."""
        steps = (f"Steps: {' → '.join(self.steps)}",) if self.steps else ()
        return Table(self.claims, _COLUMNS, self.sentence(), (*steps, *(f"Note: {warning}" for warning in self.warnings)))

    def records(self) -> list[dict[str, object]]:
        """Every claim as one flat record."""
        return [claim.record() for claim in self.claims]

    def sentence(self) -> str:
        """How many claims there are, and how many voices: never one without the other."""
        claims = "1 claim" if len(self) == 1 else f"{len(self)} claims"
        sources = "1 source" if len(self.sources) == 1 else f"{len(self.sources)} sources"
        return f"{claims} by {sources}"

    def __str__(self) -> str:
        return str(self.table)

    def __repr__(self) -> str:
        return f"<Claims: {self.sentence()}>"

    def _repr_html_(self) -> str:
        return self.table.html()

    __html__ = _repr_html_


def known_factors(claims: Claims, value: str | Iterable[str]) -> tuple[str, ...]:
    """One factor or several, each once.

    Raises:
        UnknownIdError: if nobody mentions one of them.
    """
    factors = claims.factors
    for factor in (own := (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))):
        if factor not in factors:
            raise UnknownIdError(factor, "factor", factors)
    return own


def _that_have(claims: Iterable[Claim], wanted: Mapping[str, Collection[str]]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if all(claim.attribute(name) in values for name, values in wanted.items()))


def _in_order(claims: Iterable[Claim], chosen: Iterable[Claim]) -> list[Claim]:
    """Chosen claims in the order in which they were told; equal claims are chosen together."""
    kept = set(chosen)
    return [claim for claim in claims if claim in kept]


def by_source(claims: Claims) -> dict[str, Claims]:
    """The claims of each source by themselves."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.source, []).append(claim)
    return {source: Claims(own) for source, own in found.items()}


def claims_of(model: TheoryOfChange) -> Claims:
    """The supporting evidence about the links of a model, as claims between the ids of its nodes.

    A source is an independence group: two reports of one visit are one voice. Evidence without a group counts as the voice of
    the source that carries it, and without a source as its own. Evidence against a link, or looked for and not found, is no
    claim that the link is there; the evidence matrix shows it.

    Args:
        model: the model.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> link = draft.link(draft.activity("club", "A club meets"), draft.outcome("habit", "Children read for pleasure"))
        >>> _ = draft.evidence("e1", about=link, group="visit", statement="They ask for more books", kind="observation")
        >>> [(claim.cause, claim.effect, claim.source) for claim in claims_of(draft.done())]
        [('club', 'habit', 'visit')]
    """
    return Claims(
        Claim(
            link.from_,
            link.to,
            voice(item),
            quote=str(item.statement),
            id=item.id,
            attributes={
                "kind": item.kind or "",
                "independent": "" if item.independent is None else "yes" if item.independent else "no",
            },
        )
        for item in model.evidence
        if item.direction is EvidenceDirection.SUPPORTS
        for link in (model.by_id[id] for id in item.about)
        if isinstance(link, Link)
    )


def voice(item: Evidence) -> str:
    """Whose voice a piece of evidence is: its independence group, else the source that carries it, else itself."""
    return item.group or (item.source.source if item.source else item.id)
