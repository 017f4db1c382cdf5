"""Where the story is weakest, what to collect next, and what would change our mind: the last of Mayne's six steps."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from tocmodel.contribution.judged.mind import Verdict
from tocmodel.contribution.judged.plausibility import between
from tocmodel.figures import Missing
from tocmodel.model import AssumptionState, Basis, RivalStatus
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.level import ClaimLevel, Gap
from tocmodel.stories.links import LinkState, Why, weakness
from tocmodel.stories.pathway import best_pathway
from tocmodel.stories.phrases import Values, arrow, ids_of, name, steps_in_words
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import counted, listed, quoted

_CLAIM = {
    ClaimLevel.MINIMAL: "A minimal claim, on what the activity led to itself,",
    ClaimLevel.DIRECT: "A direct claim, on a change on the way,",
    ClaimLevel.INDIRECT: "An indirect claim, on the objective,",
}
_MOST = 3
"""How many weak points a story names; its data hold all."""


def weakest(told: Account) -> tuple[LinkAccount, ...]:
    """The steps of the pathway that are not verified, weakest first: a ranking by structure and evidence alone.

    By `weakness`, then in the order of the pathway.
    """
    unverified = [each for each in told.pathway if each.finding.state is not LinkState.VERIFIED]
    return tuple(
        sorted(
            dict.fromkeys(unverified),
            key=lambda each: (weakness(each.link, each.finding, unavoidable=each.unavoidable), each.step or 0),
        )
    )


def weakest_points(told: Account) -> Iterator[Sentence]:
    """The weakest points as sentences."""
    found = weakest(told)
    for each in found[:_MOST]:
        traits = [
            "refuted" if each.finding.state is LinkState.REFUTED else "",
            "on every pathway" if each.unavoidable else "",
            "no evidence" if each.finding.why is Why.SILENT else "evidence on both sides" if each.finding.why is Why.DISPUTED else "",
            "no independent evidence" if each.finding.why in {Why.NOT_INDEPENDENT, Why.QUESTIONED} else "",
            "the author's reading" if each.link.basis is Basis.INFERRED else "",
            "no assumption stated" if not each.assumptions else "",
        ]
        first = "The weakest point is" if each is found[0] else "Then comes"
        text = f"{first} step {each.step}: {', '.join(filter(None, traits)) or each.finding.why}."
        yield Sentence(text, (each.link.id, each.link.to), (("step", each.step),))


def plausible(told: Account) -> Iterator[Sentence]:
    """How plausible the judgements make it that the objective is reached; nothing where nobody judged any strength."""
    if told.judged is None:
        return
    found, end = told.judged.plausibility, name(told, told.end.id)
    because = (told.end.id, *found.because)
    number, of = len(found.missing), len(found.grounds)
    open_ends = f"{number} of {counted(of, 'link, assumption or delivery', 'links, assumptions and deliveries')} on the way to it {'is' if number == 1 else 'are'} not judged"
    missing: Values = (("not judged", number), ("grounds", of))
    if not found.can_be_judged:
        yield Sentence(f"How plausible it is that {end} is reached cannot be judged: {open_ends}.", because, missing)
        return
    said = between(found.low, found.high)
    text = f"On what was judged, the plausibility that {end} is reached, by this activity or another, is {said}"
    if number:
        yield Sentence(f"{text}; {open_ends} and may be anything.", because, (("plausibility", said), *missing))
    else:
        yield Sentence(f"{text}.", because, (("plausibility", said),))


def collection(told: Account) -> Section:
    """Step 5: what to collect next, first what would raise the claim soonest."""
    paragraphs = [(sentence,) for sentence in (*_evidence_wanted(told), *_hotspots(told), *_theory_wanted(told), *_figures_wanted(told))]
    if _asks_people(told):
        text = "Ask only where asking is safe for those concerned and they agree to it; what is known already need not be asked again."
        paragraphs.append((Sentence(text, (told.start.id, told.end.id)),))
    return Section(5, "What to collect next", tuple(paragraphs or [(_nothing_wanted(told),)]))


def _asks_people(told: Account) -> bool:
    return any(each.finding.state is LinkState.UNTESTED for each in told.pathway) or any(each.agreement is None for each in told.harvested)


def _nothing_wanted(told: Account) -> Sentence:
    return Sentence("Nothing that these rules ask for is missing; keep the evidence up to date.", (told.start.id, told.end.id))


def _evidence_wanted(told: Account) -> Iterator[Sentence]:
    if told.delivery.unpublished:
        text = f"State whether {name(told, told.start.id)} took place; the figure that shows it need not be published for that."
        yield Sentence(text, (told.start.id,))
    elif not told.delivery.held:
        yield Sentence(f"Find out whether {name(told, told.start.id)} took place.", (told.start.id, *told.delivery.against))
    wanted = [each for each in told.pathway if each.finding.state is LinkState.UNTESTED]
    if wanted:
        first, rest = wanted[0], wanted[1:]
        yield Sentence(
            f"Find independent evidence on step {first.step}, more than opinion: did {name(told, first.link.from_)} lead to {name(told, first.link.to)}?",
            (first.link.id, first.link.from_, first.link.to),
            (("step", first.step),),
        )
        if rest:
            steps, values = steps_in_words(rest)
            text = f"Then find it on {steps}, in this order: a claim reaches as far as the steps are verified without a gap."
            yield Sentence(text, ids_of(rest), values)
    waiting = [rival for rival in told.rivals if rival.status is RivalStatus.NOT_EXAMINED]
    if waiting:
        names = listed([quoted(rival.title, rival.id) for rival in waiting], "or")
        text = f"Examine the other explanations: what would look different if {names} explained the change?"
        yield Sentence(text, [rival.id for rival in waiting])
    if not told.rivals:
        yield Sentence(f"Name what else may explain {name(told, told.end.id)}, and examine it.", (told.end.id,))
    open_harvest = [outcome for outcome in told.harvested if outcome.agreement is None]
    if open_harvest:
        names = listed([quoted(outcome.title, outcome.id) for outcome in open_harvest])
        text = f"Ask somebody independent about {'the harvested outcome' if len(open_harvest) == 1 else 'the harvested outcomes'} {names}."
        yield Sentence(text, [outcome.id for outcome in open_harvest])


def _hotspots(told: Account) -> Iterator[Sentence]:
    if told.judged is not None and told.judged.hotspots and told.judged.plausibility.can_be_judged:
        top = told.judged.hotspots[:_MOST]
        names = listed([f"{arrow(told, row.id)} ({between(row.swing, row.swing)})" for row in top])
        text = f"Judge again what moves the plausibility most, in brackets by how much at most: {names}."
        yield Sentence(text, [row.id for row in top], tuple(("swing", between(row.swing, row.swing)) for row in top))


def _theory_wanted(told: Account) -> Iterator[Sentence]:
    for what, bare in (
        ("Write down the rationale of", [each for each in told.pathway if not each.link.rationale]),
        ("Write down what is assumed in", [each for each in told.pathway if not each.assumptions]),
    ):
        if bare:
            steps, values = steps_in_words(bare)
            yield Sentence(f"{what} {steps}.", ids_of(bare), values)
    untested = {item.id: item for each in told.pathway for item in each.assumptions if item.state is AssumptionState.UNTESTED}
    if untested:
        names = listed([quoted(item.title, item.id) for item in untested.values()])
        yield Sentence(
            f"Find out whether {'this assumption holds' if len(untested) == 1 else 'these assumptions hold'}: {names}.", tuple(untested)
        )


def _figures_wanted(told: Account) -> Iterator[Sentence]:
    rows = {row.indicator: row for each in told.pathway for row in each.indicators if row.due and row.actual.missing is Missing.MISSING}
    if rows:
        yield Sentence(f"Report what is missing: {listed([name(told, id) for id in rows])}.", tuple(rows))
    bare = tuple(dict.fromkeys(each.link.to for each in told.pathway if not each.indicators))
    if bare:
        yield Sentence(
            f"Decide how {listed([name(told, id) for id in bare])} would be seen: no indicator measures {'it' if len(bare) == 1 else 'them'}.",
            bare,
        )


def change_of_mind(told: Account) -> Section:
    """Step 6: what would raise the claim, what would lower it, and what would take the theory away."""
    sentences = [*_upwards(told), *_downwards(told), *_flips(told), *_footing(told), *_other_main(told)]
    return Section(6, "What would change our mind", tuple((sentence,) for sentence in sentences))


def _upwards(told: Account) -> Iterator[Sentence]:
    """For every higher level, what it takes on this pathway: all of it together, found by judging the changed conditions."""
    kinds = {ClaimLevel.MINIMAL: "output", ClaimLevel.DIRECT: "outcome", ClaimLevel.INDIRECT: "objective"}
    for level, kind in kinds.items():
        reach = next((number for number, each in enumerate(told.pathway, 1) if told.conditions.kinds[each.link.to] == kind), None)
        if level.rank <= told.best.found.level.rank or reach is None:
            continue
        wanted = [each for each in told.pathway[:reach] if each.finding.state is not LinkState.VERIFIED]
        changed = evolve(
            told.conditions.supposing({each.link.id: LinkState.VERIFIED for each in wanted}),
            reasoned=told.conditions.reasoned | {each.link.id for each in told.pathway},
            delivered=True,
            rivals_assessed=told.conditions.rivals_assessed or level is not ClaimLevel.MINIMAL,
        )
        if best_pathway(changed).found.level.rank >= level.rank:
            yield _needed(told, level, wanted)


def _needed(told: Account, level: ClaimLevel, wanted: Sequence[LinkAccount]) -> Sentence:
    missing = told.best.found.missing
    parts: list[str] = []
    because: list[str] = [told.start.id]
    values: Values = ()
    if Gap.ACTIVITY_NOT_DELIVERED in missing:
        parts.append("the activity is known to have taken place")
    if Gap.THEORY_NOT_REASONED in missing:
        parts.append("the reasoning and the assumptions of every step are written down")
        because += [each.link.id for each in told.pathway if not each.reasoned]
    if wanted:
        steps, values = steps_in_words(wanted)
        parts.append(f"{steps} {'is' if len(wanted) == 1 else 'are'} verified")
        because += ids_of(wanted)
    if Gap.RIVALS_NOT_ASSESSED in missing and level is not ClaimLevel.MINIMAL:
        parts.append("the other explanations are examined")
        because += [rival.id for rival in told.rivals]
    return Sentence(f"{_CLAIM[level]} becomes possible once {listed(parts)}.", tuple(because), values)


def _downwards(told: Account) -> Iterator[Sentence]:
    """To which level the claim would fall if one link was refuted, found by judging the changed conditions."""
    falls: dict[ClaimLevel, list[LinkAccount]] = {}
    claimed = told.best.found.level is not ClaimLevel.NONE
    for each in told.pathway if claimed else ():
        after = best_pathway(told.conditions.supposing({each.link.id: LinkState.REFUTED})).found.level
        if after.rank < told.best.found.level.rank:
            falls.setdefault(after, []).append(each)
    for level, steps in falls.items():
        words, values = steps_in_words(steps, "or")
        yield Sentence(f"The level would fall to {level} if independent evidence refuted {words}.", ids_of(steps), values)
    passed = [each for each in told.pathway if each.unavoidable and each.finding.state is not LinkState.REFUTED]
    if passed and not falls:
        words, values = steps_in_words(passed, "or")
        text = f"No pathway would be left if independent evidence refuted {words}: every pathway passes there."
        yield Sentence(text, ids_of(passed), values)


def _flips(told: Account) -> Iterator[Sentence]:
    """What would carry the plausibility across the threshold, the smallest change first."""
    if told.judged is None or not told.judged.plausibility.can_be_judged:
        return
    changes = [change for change in told.judged.changes if change.at is not None][:_MOST]
    stands = {Verdict.ABOVE: "is at least", Verdict.BELOW: "is below", Verdict.OPEN: "may be on either side of"}[
        told.judged.changes.verdict
    ]
    line = f"{told.policy.plausible_from:g}"
    points = [between(change.at, change.at) for change in changes if change.at is not None]
    values: Values = (("threshold", line), *(("would have to be", point) for point in points))
    if changes:
        parts = [
            f"{arrow(told, change.id)} were judged {'at least' if change.rising else 'below'} {point}"
            for change, point in zip(changes, points, strict=True)
        ]
        names = listed(parts, "or")
        settle = "that would be settled" if told.judged.changes.verdict is Verdict.OPEN else "it would change sides"
        text = f"The plausibility {stands} {line}; {settle} if {names}."
    else:
        text = f"The plausibility {stands} {line}, and no single judgement would change that."
    yield Sentence(text, (told.end.id, *(change.id for change in changes)), values)


def _footing(told: Account) -> Iterator[Sentence]:
    needed: dict[str, list[LinkAccount]] = {}
    for each in told.pathway:
        for item in each.assumptions:
            if item.state is not AssumptionState.FAILED:
                needed.setdefault(item.id, []).append(each)
    for group, links in _alike(needed).items():
        steps, values = steps_in_words(links)
        names = listed([name(told, id) for id in group], "or")
        yield Sentence(
            f"If {names} turned out not to hold, {steps} would lose {'its' if len(links) == 1 else 'their'} footing.",
            (*group, *ids_of(links)),
            values,
        )


def _alike(needed: Mapping[str, Sequence[LinkAccount]]) -> dict[tuple[str, ...], Sequence[LinkAccount]]:
    """Assumptions that the same steps need, together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for id, links in needed.items():
        groups.setdefault(ids_of(links), []).append(id)
    return {tuple(group): needed[group[0]] for group in groups.values()}


def _other_main(told: Account) -> Iterator[Sentence]:
    others = [rival for rival in told.rivals if rival.status is not RivalStatus.MAIN]
    if others:
        names = listed([quoted(rival.title, rival.id) for rival in others], "or")
        text = f"If {names} turned out to be the main explanation, the contribution would have to be told beside it."
        yield Sentence(text, [rival.id for rival in others])


def rules(told: Account) -> Section:
    """By which rules the story was judged."""
    policy = told.policy
    least = "independent source" if policy.to_verify == 1 else "independent sources"
    refute = "such source" if policy.to_refute == 1 else "such sources"
    weak = listed(sorted(kind.value.replace("_", "-") for kind in policy.not_enough), "nor")
    because = (told.model.programme.id,)
    counts = Sentence(
        f"A step counts as verified if at least {policy.to_verify} {least} supports it and nothing contradicts it, and as refuted if at least {policy.to_refute} {refute} contradicts it and none supports it.",
        because,
        (("to verify", policy.to_verify), ("to refute", policy.to_refute)),
    )
    kinds = (
        f"Neither {weak} counts"
        if len(policy.not_enough) > 1
        else f"{weak.capitalize()} does not count"
        if weak
        else "Every kind of evidence counts"
    )
    absence = "counts against a step" if policy.absence_counts else "does not count against a step"
    rest = Sentence(f"{kinds}; two reports of one occasion are one source; what was looked for and not found {absence}.", because)
    method = Sentence(
        "The conditions and steps are those of John Mayne's contribution analysis; weak points are ranked by the structure of the theory and its evidence.",
        because,
    )
    judged = [Sentence(f"Figures are judged as of {told.as_of}.", because, (("as of", told.as_of),))] if told.as_of else []
    return Section(None, "By which rules", ((counts, rest), (method, *judged)))
