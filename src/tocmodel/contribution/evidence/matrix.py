"""Which links have evidence for them, against them, or none: the evidence matrix, with how many voices speak."""

from collections.abc import Iterable

from attrs import frozen

from tocmodel.contribution.claims.claims import voice
from tocmodel.errors import UnknownIdError
from tocmodel.model import Evidence, EvidenceDirection, EvidenceKind, Search, TheoryOfChange
from tocmodel.tables import Column, Table


@frozen
class LinkEvidence:
    """What is known of one link.

    Attributes:
        link: the id of the link.
        from_title: the title of the node it starts from.
        to_title: the title of the node it leads to.
        supporting: ids of the evidence for it.
        contradicting: ids of the evidence against it.
        not_found: ids of evidence, and of tests, that were looked for and not found.
        not_looked_for: ids of tests for which nobody has looked.
        voices_for: the independence groups that speak for it: two reports of one visit are one.
        voices_against: the independence groups that speak against it.
        only_own: whether all that supports it is self-report or opinion, or comes from somebody with a stake.
    """

    link: str
    from_title: str
    to_title: str
    supporting: tuple[str, ...]
    contradicting: tuple[str, ...]
    not_found: tuple[str, ...]
    not_looked_for: tuple[str, ...]
    voices_for: tuple[str, ...]
    voices_against: tuple[str, ...]
    only_own: bool

    @property
    def none(self) -> bool:
        """Whether there is no evidence either way. That is no evidence that the link does not work."""
        return not self.supporting and not self.contradicting and not self.not_found

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {
            "link": self.link,
            "for": len(self.supporting),
            "voices_for": len(self.voices_for),
            "against": len(self.contradicting),
            "voices_against": len(self.voices_against),
            "not_found": len(self.not_found),
            "not_looked_for": len(self.not_looked_for),
            "none": self.none,
            "only_own": self.only_own,
            "evidence": " ".join((*self.supporting, *self.contradicting, *self.not_found)),
        }


_COLUMNS: tuple[Column[LinkEvidence], ...] = (
    Column("link", lambda row: f"{row.from_title} → {row.to_title}"),
    Column("for", lambda row: _counted(row.supporting, row.voices_for) + (" (own)" if row.only_own else "")),
    Column("against", lambda row: _counted(row.contradicting, row.voices_against)),
    Column("not found", lambda row: str(len(row.not_found)) if row.not_found else ""),
    Column("none", lambda row: "none" if row.none else ""),
)


def _counted(items: tuple[str, ...], voices: tuple[str, ...]) -> str:
    if not items:
        return ""
    return f"{len(items)}, {len(voices)} voice{'' if len(voices) == 1 else 's'}"


def evidence_matrix(model: TheoryOfChange, links: Iterable[str] | None = None) -> Table[LinkEvidence]:
    """For each link the evidence for it, against it, looked for and not found, or none.

    Args:
        model: the model.
        links: ids of the links to show, such as those of a trace; all where left out.

    Raises:
        UnknownIdError: if no link has one of the ids.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> link = draft.link(draft.activity("club", "A club meets"), draft.outcome("habit", "Children read for pleasure"))
        >>> _ = draft.evidence("e1", about=link, group="visit", kind="observation", independent=True)
        >>> _ = draft.evidence("e2", about=link, group="visit", kind="testimony", independent=True)
        >>> print(evidence_matrix(draft.done()))
        Evidence about links
        link                                       for         against  not found  none
        -----------------------------------------  ----------  -------  ---------  ----
        A club meets → Children read for pleasure  2, 1 voice
        1 of 1 links has evidence for it, 0 against; of 0 nothing is known either way, which does not speak against them.
    """
    known = {link.id: link for link in model.links}
    wanted = list(known) if links is None else list(dict.fromkeys(links))
    for id in wanted:
        if id not in known:
            raise UnknownIdError(id, "link", known)
    titles = {node.id: str(node.title) for node in model.nodes}
    rows = tuple(_row(model, id, titles[known[id].from_], titles[known[id].to]) for id in wanted)
    supported, against = sum(bool(row.supporting) for row in rows), sum(bool(row.contradicting) for row in rows)
    none = sum(row.none for row in rows)
    has = "has" if supported == 1 else "have"
    summary = (
        f"{supported} of {len(rows)} links {has} evidence for {'it' if supported == 1 else 'them'}, {against} against; "
        f"of {none} nothing is known either way, which does not speak against them."
    )
    own = ["(own): self-report or opinion, or from somebody with a stake in the programme"] if any(row.only_own for row in rows) else []
    notice = [str(model.programme.notice)] if model.programme.notice else []
    return Table(rows, _COLUMNS, "Evidence about links", (summary, *own, *notice))


def _row(model: TheoryOfChange, link: str, from_title: str, to_title: str) -> LinkEvidence:
    about = [item for item in model.evidence if link in item.about]
    tests = [test for test in model.evidence_tests if link in test.about]
    held = {direction: [item for item in about if item.direction is direction] for direction in EvidenceDirection}
    supporting, contradicting = held[EvidenceDirection.SUPPORTS], held[EvidenceDirection.CONTRADICTS]
    return LinkEvidence(
        link,
        from_title,
        to_title,
        tuple(item.id for item in supporting),
        tuple(item.id for item in contradicting),
        (
            *(item.id for item in held[EvidenceDirection.LOOKED_FOR_NOT_FOUND]),
            *(test.id for test in tests if test.found is Search.NOT_FOUND),
        ),
        tuple(test.id for test in tests if test.found is Search.NOT_LOOKED_FOR),
        _voices(supporting),
        _voices(contradicting),
        only_own=bool(supporting) and all(_own(item) for item in supporting),
    )


def _voices(items: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(voice(item) for item in items))


def _own(item: Evidence) -> bool:
    return item.independent is False or item.kind in {EvidenceKind.SELF_REPORT, EvidenceKind.OPINION}
