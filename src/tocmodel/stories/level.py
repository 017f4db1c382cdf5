"""Which claim of contribution four conditions allow: none, minimal, direct or indirect."""

from collections.abc import Sequence
from itertools import takewhile

from attrs import frozen

from tocmodel.stories.links import LinkState
from tocmodel.words import Word


class ClaimLevel(Word):
    """How much may be claimed, from nothing upwards."""

    NONE = "none"
    MINIMAL = "minimal"
    DIRECT = "direct"
    INDIRECT = "indirect"

    @property
    def rank(self) -> int:
        """Its place on the way up, from 0."""
        return list(ClaimLevel).index(self)


class Gap(Word):
    """What is missing to a higher level of claim."""

    NO_PATHWAY = "no_pathway"
    THEORY_NOT_REASONED = "theory_not_reasoned"
    ACTIVITY_NOT_DELIVERED = "activity_not_delivered"
    LINK_REFUTED = "link_refuted"
    CHAIN_NOT_VERIFIED = "chain_not_verified"
    RIVALS_NOT_ASSESSED = "rivals_not_assessed"


@frozen
class ChainStep:
    """One step of a chain.

    Attributes:
        from_: the id of the node it starts from.
        to: the id of the node it leads to.
        to_type: the kind of that node: output, outcome, objective or another.
        state: what evidence says of the step.
    """

    from_: str
    to: str
    to_type: str
    state: LinkState


@frozen
class StoryLevel:
    """The level of claim of one chain.

    Attributes:
        level: how much may be claimed.
        missing: what is missing to more.
    """

    level: ClaimLevel
    missing: tuple[Gap, ...] = ()


def story_level(*, reasoned: bool, activity_delivered: bool, chain: Sequence[ChainStep], rivals_assessed: bool) -> StoryLevel:
    """The level of claim that Mayne's four conditions allow for one chain.

    None if the theory is not reasoned, the activity not delivered, or a link refuted. Otherwise it is counted over the unbroken
    run of verified links from the start: minimal with an output, direct with an outcome, indirect with the objective; direct
    and indirect only if the rival explanations are assessed.

    Args:
        reasoned: whether every link has a rationale and its assumptions are stated.
        activity_delivered: whether the activity took place.
        chain: the steps from the activity to the objective.
        rivals_assessed: whether every rival explanation was examined.

    Example:
        >>> steps = [ChainStep("a", "o", "output", LinkState.VERIFIED), ChainStep("o", "c", "outcome", LinkState.UNTESTED)]
        >>> found = story_level(reasoned=True, activity_delivered=True, chain=steps, rivals_assessed=True)
        >>> print(found.level, *found.missing)
        minimal chain_not_verified

    Source: Mayne (2008), four conditions for inferring contribution; the levels are those of docs/reference/story.md.
    """
    refuted = any(step.state is LinkState.REFUTED for step in chain)
    untested = any(step.state is LinkState.UNTESTED for step in chain)
    gaps = {
        Gap.NO_PATHWAY: not chain,
        Gap.THEORY_NOT_REASONED: not reasoned,
        Gap.ACTIVITY_NOT_DELIVERED: not activity_delivered,
        Gap.LINK_REFUTED: refuted,
        Gap.CHAIN_NOT_VERIFIED: untested and not refuted,
        Gap.RIVALS_NOT_ASSESSED: not rivals_assessed,
    }
    missing = tuple(gap for gap, present in gaps.items() if present)
    if not reasoned or not activity_delivered or refuted:
        return StoryLevel(ClaimLevel.NONE, missing)
    reached = {step.to_type for step in takewhile(lambda step: step.state is LinkState.VERIFIED, chain)}
    return StoryLevel(level_reached(reached, rivals_assessed=rivals_assessed), missing)


def level_reached(kinds: set[str], *, rivals_assessed: bool) -> ClaimLevel:
    """The level that an unbroken run of verified links allows, by the kinds of node that it reaches."""
    if rivals_assessed and "objective" in kinds:
        return ClaimLevel.INDIRECT
    if rivals_assessed and "outcome" in kinds:
        return ClaimLevel.DIRECT
    return ClaimLevel.MINIMAL if "output" in kinds else ClaimLevel.NONE
