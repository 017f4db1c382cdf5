"""Which pathway allows the highest level of claim: found over runs of verified links, without listing the pathways."""

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import TypeAlias

from attrs import evolve, field, frozen

from tocmodel.model import Link, Node, Objective, Sign
from tocmodel.stories.level import ChainStep, ClaimLevel, Gap, StoryLevel, level_reached, story_level
from tocmodel.stories.links import LinkState

_Outgoing: TypeAlias = Mapping[str, tuple[Link, ...]]
_Cost: TypeAlias = tuple[int, int]
_Run: TypeAlias = tuple[str, frozenset[str]]
_FAR: _Cost = (1 << 60, 1 << 60)
_COUNTING = ("output", "outcome", "objective")


@frozen(kw_only=True)
class Conditions:
    """What decides the level of claim between one start and one end.

    Attributes:
        start: the id of the activity.
        end: the id of the objective.
        links: the links on the way.
        kinds: the kind of every node on the way; an objective short of the end counts as an outcome.
        states: the state of every link.
        reasoned: ids of the links that have a rationale and whose assumptions are stated.
        delivered: whether the activity took place.
        rivals_assessed: whether every rival explanation was examined.
    """

    start: str
    end: str
    links: tuple[Link, ...] = field(repr=False)
    kinds: Mapping[str, str] = field(repr=False)
    states: Mapping[str, LinkState]
    reasoned: frozenset[str]
    delivered: bool
    rivals_assessed: bool

    def supposing(self, states: Mapping[str, LinkState]) -> "Conditions":
        """The same, with some links in another state."""
        return evolve(self, states={**self.states, **states})


@frozen
class BestPathway:
    """The pathway that allows the highest level of claim.

    Attributes:
        links: its links in order; empty where no helping pathway is drawn.
        found: the level that it allows, and what is missing to more.
    """

    links: tuple[Link, ...]
    found: StoryLevel


def node_kinds(nodes: Iterable[Node], end: str) -> dict[str, str]:
    """The kind of every node as a level of claim sees it: an objective short of the end is an outcome on the way."""
    return {node.id: "outcome" if isinstance(node, Objective) and node.id != end else node.kind for node in nodes}


def best_pathway(conditions: Conditions) -> BestPathway:
    """The pathway whose level of claim is highest; among equals, the one with least missing, then with fewest untested steps.

    Only helping links carry a claim. A pathway without a refuted link goes before any with one. Runs of verified links are
    explored by node and by the kinds of result that they have passed, and completed by the way to the end with the fewest
    untested links; that takes time that grows with the links, not with the pathways. On loops a pathway may pass a node twice.

    Args:
        conditions: what decides the level.
    """
    helping = [link for link in conditions.links if link.sign is Sign.HELPS]
    standing = [link for link in helping if conditions.states[link.id] is not LinkState.REFUTED]
    reasoned = [link for link in standing if link.id in conditions.reasoned]
    found = [way for part in (reasoned, standing, helping) for way in _ways(conditions, part)]
    if not found:
        return BestPathway((), StoryLevel(ClaimLevel.NONE, (Gap.NO_PATHWAY, *_gaps(conditions))))
    return min(found, key=lambda way: _order(conditions, way))


def _gaps(conditions: Conditions) -> tuple[Gap, ...]:
    gaps = {Gap.ACTIVITY_NOT_DELIVERED: not conditions.delivered, Gap.RIVALS_NOT_ASSESSED: not conditions.rivals_assessed}
    return tuple(gap for gap, present in gaps.items() if present)


def level_of(conditions: Conditions, links: Collection[Link]) -> StoryLevel:
    """The level of claim of one pathway, given by its links in order."""
    return story_level(
        reasoned=all(link.id in conditions.reasoned for link in links),
        activity_delivered=conditions.delivered,
        chain=[ChainStep(link.from_, link.to, conditions.kinds[link.to], conditions.states[link.id]) for link in links],
        rivals_assessed=conditions.rivals_assessed,
    )


def _order(conditions: Conditions, way: BestPathway) -> tuple[int, bool, int, int, int, int, tuple[str, ...]]:
    states = [conditions.states[link.id] for link in way.links]
    run = takewhile(lambda link: conditions.states[link.id] is LinkState.VERIFIED, way.links)
    possible = level_reached({conditions.kinds[link.to] for link in run}, rivals_assessed=True)
    unverified = sum(state is not LinkState.VERIFIED for state in states)
    return (
        -way.found.level.rank,
        Gap.LINK_REFUTED in way.found.missing,
        len(way.found.missing),
        -possible.rank,
        unverified,
        len(states),
        tuple(link.id for link in way.links),
    )


def _ways(conditions: Conditions, links: Collection[Link]) -> Iterator[BestPathway]:
    """The best completion of every run of verified links, as far as these links reach the end."""
    outgoing = _by(links, "from_")
    rest = _rest(conditions, links)
    for run in _runs(conditions, outgoing, rest):
        way = (*run, *_completion(conditions, outgoing, rest, run[-1].to if run else conditions.start))
        if way:
            yield BestPathway(way, level_of(conditions, way))


def _by(links: Iterable[Link], end: str) -> dict[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda link: link.id):
        found.setdefault(getattr(link, end), []).append(link)
    return {node: tuple(own) for node, own in found.items()}


def _rest(conditions: Conditions, links: Iterable[Link]) -> dict[str, _Cost]:
    """For every node that reaches the end, how many unverified links and how many links at least lie between."""
    incoming = _by(links, "to")
    cost: dict[str, _Cost] = {conditions.end: (0, 0)}
    queue: list[tuple[_Cost, str]] = [((0, 0), conditions.end)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if so_far > cost[node]:
            continue
        for link in incoming.get(node, ()):
            further = _further(conditions, link, so_far)
            if further < cost.get(link.from_, _FAR):
                cost[link.from_] = further
                heapq.heappush(queue, (further, link.from_))
    return cost


def _further(conditions: Conditions, link: Link, cost: _Cost) -> _Cost:
    return cost[0] + (conditions.states[link.id] is not LinkState.VERIFIED), cost[1] + 1


def _completion(conditions: Conditions, outgoing: _Outgoing, rest: Mapping[str, _Cost], node: str) -> Iterator[Link]:
    while node != conditions.end:
        link = min(
            (link for link in outgoing[node] if link.to in rest),
            key=lambda link: (_further(conditions, link, rest[link.to]), link.id),
        )
        yield link
        node = link.to


def _runs(conditions: Conditions, outgoing: _Outgoing, rest: Mapping[str, _Cost]) -> list[list[Link]]:
    """For each set of kinds of result that a run of verified links can pass, the run with the least still to come."""
    if conditions.start not in rest:
        return []
    first: _Run = (conditions.start, frozenset())
    before: dict[_Run, tuple[_Run, Link] | None] = {first: None}
    best: dict[frozenset[str], tuple[tuple[int, int], _Run]] = {}
    queue = deque([(first, 0)])
    while queue:
        run, length = queue.popleft()
        node, passed = run
        cost = (rest[node][0], rest[node][1] + length)
        if passed not in best or cost < best[passed][0]:
            best[passed] = (cost, run)
        for link in outgoing.get(node, ()):
            if node == conditions.end or link.to not in rest or conditions.states[link.id] is not LinkState.VERIFIED:
                continue
            kind = conditions.kinds[link.to]
            reached = (link.to, passed | {kind} if kind in _COUNTING else passed)
            if reached not in before:
                before[reached] = (run, link)
                queue.append((reached, length + 1))
    return [_back(before, run) for _, run in best.values()]


def _back(before: Mapping[_Run, tuple[_Run, Link] | None], run: _Run) -> list[Link]:
    links: list[Link] = []
    while (step := before[run]) is not None:
        run, link = step
        links.append(link)
    return links[::-1]
