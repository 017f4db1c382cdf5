"""How often each link is cited, and by how many sources: never one number without the other."""

from collections.abc import Iterable

from attrs import frozen

from tocmodel.contribution.claims.claims import Claim, Claims
from tocmodel.tables import Column, Table


@frozen
class Bundle:
    """The claims about one link: how many, and by how many voices. The second number is the one to trust.

    Attributes:
        cause: the cause.
        effect: the effect.
        citations: how many claims.
        sources: how many sources make them.
        by: how many sources for each value of an attribute, such as how they mention the programme.
    """

    cause: str
    effect: str
    citations: int
    sources: int
    by: tuple[tuple[str, int], ...] = ()

    def record(self) -> dict[str, object]:
        """The bundle as one flat record."""
        own: dict[str, object] = {"cause": self.cause, "effect": self.effect, "citations": self.citations, "sources": self.sources}
        return own | dict(self.by)


def bundles(claims: Claims, *, by: str = "") -> Table[Bundle]:
    """The claims about each link: how often it is cited, and by how many sources, most sources first.

    Args:
        claims: the claims.
        by: an attribute whose values get a column each with the number of sources, such as ``mention``: the table of drivers and
            outcomes by explicit and implicit mentions that blinded interviews (QuIP) report.

    Example:
        >>> told = Claims([Claim("Clubs", "Reading", "s1"), Claim("Clubs", "Reading", "s1"), Claim("Clubs", "Reading", "s2")])
        >>> [(bundle.citations, bundle.sources) for bundle in bundles(told)]
        [(3, 2)]
    """
    values = sorted({claim.attribute(by) or f"no {by}" for claim in claims}) if by else []

    def voices(own: Iterable[Claim], value: str) -> int:
        return len({claim.source for claim in own if (claim.attribute(by) or f"no {by}") == value})

    rows = [
        Bundle(
            own[0].cause,
            own[0].effect,
            len(own),
            len({claim.source for claim in own}),
            tuple((value, voices(own, value)) for value in values),
        )
        for own in claims.by_link.values()
    ]
    columns: list[Column[Bundle]] = [
        Column("cause", lambda row: row.cause),
        Column("effect", lambda row: row.effect),
        Column("citations", lambda row: str(row.citations), number=True),
        Column("sources", lambda row: str(row.sources), number=True),
    ]
    columns += [_voices_column(value) for value in values]
    return Table(tuple(sorted(rows, key=lambda row: (-row.sources, -row.citations))), tuple(columns), claims.sentence())


def _voices_column(value: str) -> Column[Bundle]:
    return Column(value, lambda row: str(dict(row.by)[value]), number=True)
