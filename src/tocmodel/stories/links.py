"""How far evidence carries each link: verified, untested or refuted, by explicit rules."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen, validators

from tocmodel.model import Basis, Evidence, EvidenceDirection, EvidenceKind, Link, TheoryOfChange
from tocmodel.words import Word


class LinkState(Word):
    """What evidence says of a link."""

    VERIFIED = "verified"
    UNTESTED = "untested"
    REFUTED = "refuted"


class Why(Word):
    """The ground of a link's state."""

    SUPPORTED = "independent evidence supports it and nothing contradicts it"
    CONTRADICTED = "independent evidence contradicts it and none supports it"
    RESULT_CONTRADICTED = "independent evidence contradicts that its result came about, and none supports it"
    DISPUTED = "evidence speaks for it and against it"
    QUESTIONED = "what contradicts it is not independent, or no more than opinion"
    TOO_FEW = "fewer independent sources speak of it than the rules ask for"
    NOT_INDEPENDENT = "what supports it is not independent, or no more than opinion"
    SILENT = "no evidence speaks for it or against it"


@frozen(kw_only=True)
class StoryPolicy:
    """The thresholds of a story; a story prints them.

    Attributes:
        to_verify: from how many independent supporting groups of evidence on a link is verified, 1 or more.
        to_refute: from how many independent contradicting groups on it is refuted, 1 or more.
        not_enough: the kinds of evidence that count neither for nor against: opinion in the wider sense.
        absence_counts: whether what was looked for and not found counts as contradicting. It does not unless somebody says that
            it would have been found; no evidence of an effect is not evidence of no effect.
        plausible_from: the plausibility, 0 to 1, across which a change of judgement would change our mind.
    """

    to_verify: int = field(default=1, validator=validators.ge(1))
    to_refute: int = field(default=1, validator=validators.ge(1))
    not_enough: frozenset[EvidenceKind] = field(
        default=frozenset({EvidenceKind.SELF_REPORT, EvidenceKind.OPINION}),
        converter=lambda kinds: frozenset(EvidenceKind(kind) for kind in kinds),
    )
    absence_counts: bool = False
    plausible_from: float = field(default=0.5, validator=[validators.ge(0.0), validators.le(1.0)])


DEFAULT = StoryPolicy()
"""One independent group of evidence that is more than opinion verifies or refutes."""


@frozen
class Standing:
    """The evidence about one subject, as ids.

    Attributes:
        supporting: whatever supports it.
        contradicting: whatever contradicts it.
        not_found: what was looked for and not found.
        counted_for: what of the supporting is independent and more than opinion.
        counted_against: what of the contradicting is.
        groups_for: the independence groups behind what counts for it; two items of one group are one.
        groups_against: those behind what counts against it.
    """

    supporting: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    counted_for: tuple[str, ...] = ()
    counted_against: tuple[str, ...] = ()
    groups_for: frozenset[str] = frozenset()
    groups_against: frozenset[str] = frozenset()


def standings(model: TheoryOfChange, policy: StoryPolicy = DEFAULT) -> dict[str, Standing]:
    """The evidence about every subject that any evidence speaks of.

    An item counts if its kind is stated and more than opinion, it is stated to be independent, and its source, if it names
    one, is not the programme speaking of itself. Items without a group of their own form one group with those of the same source.

    Args:
        model: the model.
        policy: the thresholds.
    """
    own_voice = {source.id for source in model.sources if source.self_reported}
    about: dict[str, list[Evidence]] = {}
    for item in model.evidence:
        for subject in dict.fromkeys(item.about):
            about.setdefault(subject, []).append(item)
    return {subject: _standing(items, own_voice, policy) for subject, items in about.items()}


def _standing(items: Iterable[Evidence], own_voice: set[str], policy: StoryPolicy) -> Standing:
    by_direction: dict[EvidenceDirection, list[Evidence]] = {direction: [] for direction in EvidenceDirection}
    for item in items:
        by_direction[item.direction].append(item)
    supporting, contradicting = by_direction[EvidenceDirection.SUPPORTS], by_direction[EvidenceDirection.CONTRADICTS]
    absent = by_direction[EvidenceDirection.LOOKED_FOR_NOT_FOUND]
    if policy.absence_counts:
        contradicting = [item for item in items if item in contradicting or item in absent]
    for_it = [item for item in supporting if _counts(item, own_voice, policy)]
    against_it = [item for item in contradicting if _counts(item, own_voice, policy)]
    return Standing(
        supporting=_ids(supporting),
        contradicting=_ids(contradicting),
        not_found=_ids(absent),
        counted_for=_ids(for_it),
        counted_against=_ids(against_it),
        groups_for=frozenset(map(_group, for_it)),
        groups_against=frozenset(map(_group, against_it)),
    )


def _counts(item: Evidence, own_voice: set[str], policy: StoryPolicy) -> bool:
    more_than_opinion = item.kind is not None and item.kind not in policy.not_enough
    own = item.source is not None and item.source.source in own_voice
    return more_than_opinion and item.independent is True and not own


def _group(item: Evidence) -> str:
    return item.group or (item.source.source if item.source else item.id)


def _ids(items: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


@frozen
class LinkFinding:
    """What evidence says of one link.

    Attributes:
        state: verified, untested or refuted.
        why: the ground.
        link: the evidence about the link itself.
        result: the evidence about the node that it leads to.
    """

    state: LinkState
    why: Why
    link: Standing
    result: Standing


def link_finding(link: Standing, result: Standing, policy: StoryPolicy = DEFAULT) -> LinkFinding:
    """Judge one link by the evidence about it and about its result.

    Verified: enough independent groups support the link, and nothing at all contradicts it, not even the programme's own word.
    Refuted: enough independent groups contradict the link, or contradict that its result came about, and nothing that counts
    supports it. Otherwise untested. Evidence that a result came about does not say that this link led to it; evidence that
    it did not come about does say that no link led to it.

    Args:
        link: the evidence about the link.
        result: the evidence about the node that it leads to.
        policy: the thresholds.

    Example:
        >>> survey = Standing(supporting=("survey",), counted_for=("survey",), groups_for=frozenset({"survey"}))
        >>> link_finding(survey, Standing()).state
        <LinkState.VERIFIED: 'verified'>
        >>> link_finding(Standing(supporting=("own-report",)), Standing()).why
        <Why.NOT_INDEPENDENT: 'what supports it is not independent, or no more than opinion'>

    Source: docs/reference/story.md, after Mayne (2008, 2019).
    """
    against_result = bool(result.groups_against) and not result.groups_for

    def found(state: LinkState, why: Why) -> LinkFinding:
        return LinkFinding(state, why, link, result)

    if not link.groups_for and len(link.groups_against) >= policy.to_refute:
        return found(LinkState.REFUTED, Why.CONTRADICTED)
    if not link.groups_for and against_result and len(result.groups_against) >= policy.to_refute:
        return found(LinkState.REFUTED, Why.RESULT_CONTRADICTED)
    if link.groups_for and (link.contradicting or result.groups_against):
        return found(LinkState.UNTESTED, Why.DISPUTED)
    if len(link.groups_for) >= policy.to_verify:
        return found(LinkState.VERIFIED, Why.SUPPORTED)
    if link.groups_for or link.groups_against or result.groups_against:
        return found(LinkState.UNTESTED, Why.DISPUTED if result.groups_for and result.groups_against else Why.TOO_FEW)
    if link.contradicting:
        return found(LinkState.UNTESTED, Why.DISPUTED if link.supporting else Why.QUESTIONED)
    return found(LinkState.UNTESTED, Why.NOT_INDEPENDENT if link.supporting else Why.SILENT)


def link_findings(links: Iterable[Link], about: Mapping[str, Standing], policy: StoryPolicy = DEFAULT) -> dict[str, LinkFinding]:
    """What evidence says of each of these links, by id.

    Args:
        links: the links.
        about: the evidence about every subject, from `standings`.
        policy: the thresholds.
    """
    nothing = Standing()
    return {link.id: link_finding(about.get(link.id, nothing), about.get(link.to, nothing), policy) for link in links}


def weakness(link: Link, finding: LinkFinding, *, unavoidable: bool) -> tuple[bool, bool, bool, bool]:
    """Where a link that is not verified stands among others, the weakest first when sorted: by structure and evidence alone.

    Refuted before untested; what every pathway passes before what can be avoided; without evidence before what some evidence
    supports; inferred before what a source carries.

    Args:
        link: the link.
        finding: what evidence says of it.
        unavoidable: whether every pathway passes it.
    """
    return (
        finding.state is not LinkState.REFUTED,
        not unavoidable,
        bool(finding.link.supporting),
        link.basis not in {Basis.INFERRED, None},
    )
