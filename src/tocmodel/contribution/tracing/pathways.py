"""One pathway, step by step: who says that each step follows, what supports it, and where a source's word ends."""

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from attrs import frozen

from tocmodel.model import Basis, EvidenceDirection, Link, Node, Sign, TheoryOfChange
from tocmodel.paths import Polarity


@frozen
class Step:
    """One step of a pathway: the links that join two nodes, of which there is mostly one.

    Attributes:
        from_: the id of the node it starts from.
        to: the id of the node it leads to.
        links: the ids of its links.
        basis: who says so: the best carried of its links; None where nobody says.
        evidence: ids of the supporting evidence about its links.
        against: ids of the evidence that contradicts them.
    """

    from_: str
    to: str
    links: tuple[str, ...]
    basis: Basis | None
    evidence: tuple[str, ...]
    against: tuple[str, ...]


@frozen
class Pathway:
    """One way from the origin to the end.

    Attributes:
        nodes: the ids of its nodes, in order.
        steps: its steps, in order.
        carried_to: the id of the last node up to which every step is carried by a source rather than inferred.
        hinders: whether an odd number of its steps hinder; None where parallel links disagree.
    """

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    carried_to: str
    hinders: bool | None

    @property
    def carried_wholly(self) -> bool:
        """Whether a source carries every step."""
        return self.carried_to == self.nodes[-1]

    @property
    def polarity(self) -> Polarity:
        """Whether it helps or hinders its end; mixed where parallel links disagree."""
        if self.hinders is None:
            return Polarity.MIXED
        return Polarity.NEGATIVE if self.hinders else Polarity.POSITIVE


def carried(record: Link | Node) -> bool:
    """Whether a source carries a link or a node, as a fact, a purpose or a plan."""
    return record.basis is not None and record.basis is not Basis.INFERRED


def evidence_by_subject(model: TheoryOfChange, direction: EvidenceDirection) -> dict[str, tuple[str, ...]]:
    """Ids of the evidence of one direction, by the id of what it is about."""
    found: dict[str, list[str]] = {}
    for item in model.evidence:
        if item.direction is direction:
            for subject in item.about:
                found.setdefault(subject, []).append(item.id)
    return {subject: tuple(items) for subject, items in found.items()}


def pathways_of(
    model: TheoryOfChange, paths: Iterable[tuple[str, ...]], links: Iterable[Link], supporting: Mapping[str, tuple[str, ...]]
) -> tuple[Pathway, ...]:
    """Paths, given as nodes, with what the model says of their steps.

    Args:
        model: the model.
        paths: paths as ids of nodes.
        links: the links on them, and perhaps others.
        supporting: ids of the supporting evidence, by the id of what it is about.
    """
    between: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        between.setdefault((link.from_, link.to), []).append(link)
    against = evidence_by_subject(model, EvidenceDirection.CONTRADICTS)
    return tuple(_pathway(path, between, supporting, against) for path in paths)


def _pathway(
    path: tuple[str, ...],
    between: Mapping[tuple[str, str], list[Link]],
    supporting: Mapping[str, tuple[str, ...]],
    against: Mapping[str, tuple[str, ...]],
) -> Pathway:
    joining = [between[step] for step in pairwise(path)]
    steps = tuple(
        Step(
            from_,
            to,
            tuple(link.id for link in links),
            best_basis(link.basis for link in links),
            _about(links, supporting),
            _about(links, against),
        )
        for (from_, to), links in zip(pairwise(path), joining, strict=True)
    )
    carried_to = path[0]
    for step in steps:
        if step.basis in {None, Basis.INFERRED}:
            break
        carried_to = step.to
    signs = [{link.sign for link in links} for links in joining]
    certain = all(len(sign) == 1 for sign in signs)
    return Pathway(path, steps, carried_to, sum(Sign.HINDERS in sign for sign in signs) % 2 == 1 if certain else None)


def _about(links: Collection[Link], evidence: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for link in links for item in evidence.get(link.id, ())))


def best_basis(bases: Iterable[Basis | None]) -> Basis | None:
    """The basis that carries most: stated before intended, planned, inferred, and not said at all."""
    return min((basis for basis in bases if basis is not None), key=list(Basis).index, default=None)
