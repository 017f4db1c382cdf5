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
from tocmodel.stories.phrases import Values, arrow, ground, ids_of, name, steps_in_words, titled
from tocmodel.stories.sentence import Section, Sentence

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
    said = told.words.gettext
    found = weakest(told)
    for each in found[:_MOST]:
        why = each.finding.why
        traits = [
            *([said("refuted")] if each.finding.state is LinkState.REFUTED else []),
            *([said("on every pathway")] if each.unavoidable else []),
            *([said("no evidence")] if why is Why.SILENT else []),
            *([said("evidence on both sides")] if why is Why.DISPUTED else []),
            *([said("no independent evidence")] if why in {Why.NOT_INDEPENDENT, Why.QUESTIONED} else []),
            *([said("the author's reading")] if each.link.basis is Basis.INFERRED else []),
            *([said("no assumption stated")] if not each.assumptions else []),
        ]
        why_weak = ", ".join(traits) or ground(told.words, why)
        text = (
            said("The weakest point is step %(step)s: %(traits)s.", step=each.step, traits=why_weak)
            if each is found[0]
            else said("Then comes step %(step)s: %(traits)s.", step=each.step, traits=why_weak)
        )
        yield Sentence(text, (each.link.id, each.link.to), (("step", each.step),))


def plausible(told: Account) -> Iterator[Sentence]:
    """How plausible the judgements make it that the objective is reached; nothing where nobody judged any strength."""
    if told.judged is None:
        return
    words, found, end = told.words, told.judged.plausibility, name(told, told.end.id)
    because = (told.end.id, *found.because)
    number, of = len(found.missing), len(found.grounds)
    open_ends = words.ngettext(
        "%(num)s of %(grounds)s on the way to it is not judged",
        "%(num)s of %(grounds)s on the way to it are not judged",
        number,
        grounds=words.ngettext("%(num)s link, assumption or delivery", "%(num)s links, assumptions and deliveries", of),
    )
    missing: Values = (("not judged", number), ("grounds", of))
    if not found.can_be_judged:
        text = words.gettext("How plausible it is that %(end)s is reached cannot be judged: %(open_ends)s.", end=end, open_ends=open_ends)
        yield Sentence(text, because, missing)
        return
    range = between(found.low, found.high, words)
    values: Values = (("plausibility", between(found.low, found.high)),)
    text = words.gettext(
        "On what was judged, the plausibility that %(end)s is reached, by this activity or another, is %(range)s.", end=end, range=range
    )
    if number:
        text = words.gettext(
            "On what was judged, the plausibility that %(end)s is reached, by this activity or another, is %(range)s; %(open_ends)s and may be anything.",
            end=end,
            range=range,
            open_ends=open_ends,
        )
        values += missing
    yield Sentence(text, because, values)


def collection(told: Account) -> Section:
    """Step 5: what to collect next, first what would raise the claim soonest."""
    said = told.words.gettext
    paragraphs = [(sentence,) for sentence in (*_evidence_wanted(told), *_hotspots(told), *_theory_wanted(told), *_figures_wanted(told))]
    if _asks_people(told):
        text = said(
            "Ask only where asking is safe for those concerned and they agree to it; what is known already need not be asked again."
        )
        paragraphs.append((Sentence(text, (told.start.id, told.end.id)),))
    return Section(5, said("What to collect next"), tuple(paragraphs or [(_nothing_wanted(told),)]))


def _asks_people(told: Account) -> bool:
    return any(each.finding.state is LinkState.UNTESTED for each in told.pathway) or any(each.agreement is None for each in told.harvested)


def _nothing_wanted(told: Account) -> Sentence:
    text = told.words.gettext("Nothing that these rules ask for is missing; keep the evidence up to date.")
    return Sentence(text, (told.start.id, told.end.id))


def _evidence_wanted(told: Account) -> Iterator[Sentence]:
    words, said = told.words, told.words.gettext
    if told.delivery.unpublished:
        text = said(
            "State whether %(start)s took place; the figure that shows it need not be published for that.", start=name(told, told.start.id)
        )
        yield Sentence(text, (told.start.id,))
    elif told.followed is not None:
        text = said(
            "State whether %(start)s took place, or report a figure of its own: so far only %(output)s, which follows from it, has one.",
            start=name(told, told.start.id),
            output=name(told, told.followed.node),
        )
        yield Sentence(text, (told.start.id, told.followed.node, told.followed.indicator))
    elif not told.delivery.held:
        text = said("Find out whether %(start)s took place.", start=name(told, told.start.id))
        yield Sentence(text, (told.start.id, *told.delivery.against))
    wanted = [each for each in told.pathway if each.finding.state is LinkState.UNTESTED]
    if wanted:
        first, rest = wanted[0], wanted[1:]
        text = said(
            "Find independent evidence on step %(step)s, more than opinion: did %(start)s lead to %(end)s?",
            step=first.step,
            start=name(told, first.link.from_),
            end=name(told, first.link.to),
        )
        yield Sentence(text, (first.link.id, first.link.from_, first.link.to), (("step", first.step),))
        if rest:
            steps, values = steps_in_words(told, rest)
            if len(rest) == 1:
                text = said("Then find it on %(steps)s: a claim reaches as far as the steps are verified without a gap.", steps=steps)
            else:
                text = said(
                    "Then find it on %(steps)s, in this order: a claim reaches as far as the steps are verified without a gap.", steps=steps
                )
            yield Sentence(text, ids_of(rest), values)
    waiting = [rival for rival in told.rivals if rival.status is RivalStatus.NOT_EXAMINED]
    if waiting:
        names = words.either([titled(told, rival, rival.id) for rival in waiting])
        text = said("Examine the other explanations: what would look different if %(names)s explained the change?", names=names)
        yield Sentence(text, [rival.id for rival in waiting])
    if not told.rivals:
        text = said("Name what else may explain %(end)s, and examine it.", end=name(told, told.end.id))
        yield Sentence(text, (told.end.id,))
    open_harvest = [outcome for outcome in told.harvested if outcome.agreement is None]
    if open_harvest:
        text = words.ngettext(
            "Ask somebody independent about the harvested outcome %(names)s.",
            "Ask somebody independent about the harvested outcomes %(names)s.",
            len(open_harvest),
            names=words.listed([titled(told, outcome, outcome.id) for outcome in open_harvest]),
        )
        yield Sentence(text, [outcome.id for outcome in open_harvest])


def _hotspots(told: Account) -> Iterator[Sentence]:
    if told.judged is not None and told.judged.hotspots and told.judged.plausibility.can_be_judged:
        top = told.judged.hotspots[:_MOST]
        names = told.words.listed([f"{arrow(told, row.id)} ({between(row.swing, row.swing, told.words)})" for row in top])
        text = told.words.gettext(
            "Judge, for the first time or again, what moves the plausibility most, in brackets by how much at most: %(names)s.", names=names
        )
        yield Sentence(text, [row.id for row in top], tuple(("swing", between(row.swing, row.swing)) for row in top))


def _theory_wanted(told: Account) -> Iterator[Sentence]:
    words, said = told.words, told.words.gettext
    if bare := [each for each in told.pathway if not each.link.rationale]:
        steps, values = steps_in_words(told, bare)
        yield Sentence(said("Write down the rationale of %(steps)s.", steps=steps), ids_of(bare), values)
    if bare := [each for each in told.pathway if not each.assumptions]:
        steps, values = steps_in_words(told, bare)
        yield Sentence(said("Write down what is assumed in %(steps)s.", steps=steps), ids_of(bare), values)
    untested = {item.id: item for each in told.pathway for item in each.assumptions if item.state is AssumptionState.UNTESTED}
    if untested:
        text = words.ngettext(
            "Find out whether this assumption holds: %(names)s.",
            "Find out whether these assumptions hold: %(names)s.",
            len(untested),
            names=words.listed([titled(told, item, item.id) for item in untested.values()]),
        )
        yield Sentence(text, tuple(untested))


def _figures_wanted(told: Account) -> Iterator[Sentence]:
    words = told.words
    rows = {row.indicator: row for each in told.pathway for row in each.indicators if row.due and row.actual.missing is Missing.MISSING}
    if rows:
        names = words.listed([name(told, id) for id in rows])
        yield Sentence(words.gettext("Report what is missing: %(names)s.", names=names), tuple(rows))
    bare = tuple(dict.fromkeys(each.link.to for each in told.pathway if not each.indicators))
    if bare:
        text = words.ngettext(
            "Decide how %(names)s would be seen: no indicator measures it.",
            "Decide how %(names)s would be seen: no indicator measures them.",
            len(bare),
            names=words.listed([name(told, id) for id in bare]),
        )
        yield Sentence(text, bare)


def change_of_mind(told: Account) -> Section:
    """Step 6: what would raise the claim, what would lower it, and what would take the theory away."""
    sentences = [*_upwards(told), *_downwards(told), *_flips(told), *_footing(told), *_other_main(told)]
    return Section(6, told.words.gettext("What would change our mind"), tuple((sentence,) for sentence in sentences))


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
    missing, said = told.best.found.missing, told.words.gettext
    parts: list[str] = []
    because: list[str] = [told.start.id]
    values: Values = ()
    if Gap.ACTIVITY_NOT_DELIVERED in missing:
        parts.append(said("the activity is known to have taken place"))
    if Gap.THEORY_NOT_REASONED in missing:
        parts.append(said("the reasoning and the assumptions of every step are written down"))
        because += [each.link.id for each in told.pathway if not each.reasoned]
    if wanted:
        steps, values = steps_in_words(told, wanted)
        parts.append(told.words.ngettext("%(steps)s is verified", "%(steps)s are verified", len(wanted), steps=steps))
        because += ids_of(wanted)
    if Gap.RIVALS_NOT_ASSESSED in missing and level is not ClaimLevel.MINIMAL:
        parts.append(said("the other explanations are examined"))
        because += [rival.id for rival in told.rivals]
    once = told.words.listed(parts)
    if level is ClaimLevel.MINIMAL:
        text = said("A minimal claim, on what the activity led to itself, becomes possible once %(conditions)s.", conditions=once)
    elif level is ClaimLevel.DIRECT:
        text = said("A direct claim, on a change on the way, becomes possible once %(conditions)s.", conditions=once)
    else:
        text = said("An indirect claim, on the objective, becomes possible once %(conditions)s.", conditions=once)
    return Sentence(text, tuple(because), values)


def _downwards(told: Account) -> Iterator[Sentence]:
    """To which level the claim would fall if one link was refuted, found by judging the changed conditions."""
    said = told.words.gettext
    falls: dict[ClaimLevel, list[LinkAccount]] = {}
    claimed = told.best.found.level is not ClaimLevel.NONE
    for each in told.pathway if claimed else ():
        after = best_pathway(told.conditions.supposing({each.link.id: LinkState.REFUTED})).found.level
        if after.rank < told.best.found.level.rank:
            falls.setdefault(after, []).append(each)
    for level, steps in falls.items():
        named, values = steps_in_words(told, steps, either=True)
        text = said(
            "The level would fall to %(level)s if independent evidence refuted %(steps)s.", level=told.words.label(level), steps=named
        )
        yield Sentence(text, ids_of(steps), values)
    passed = [each for each in told.pathway if each.unavoidable and each.finding.state is not LinkState.REFUTED]
    if passed and not falls:
        named, values = steps_in_words(told, passed, either=True)
        text = said("No pathway would be left if independent evidence refuted %(steps)s: every pathway passes there.", steps=named)
        yield Sentence(text, ids_of(passed), values)


def _flips(told: Account) -> Iterator[Sentence]:
    """What would carry the plausibility across the threshold, the smallest change first."""
    if told.judged is None or not told.judged.plausibility.can_be_judged:
        return
    words, said, verdict = told.words, told.words.gettext, told.judged.changes.verdict
    changes = [change for change in told.judged.changes if change.at is not None][:_MOST]
    threshold = f"{told.policy.plausible_from:g}"
    line = words.number(threshold)
    stands = {
        Verdict.ABOVE: said("The plausibility is at least %(threshold)s", threshold=line),
        Verdict.BELOW: said("The plausibility is below %(threshold)s", threshold=line),
        Verdict.OPEN: said("The plausibility may be on either side of %(threshold)s", threshold=line),
    }[verdict]
    points = [change.at for change in changes if change.at is not None]
    values: Values = (("threshold", threshold), *(("would have to be", between(point, point)) for point in points))
    if not changes:
        text = said("%(stands)s, and no single judgement would change that.", stands=stands)
        yield Sentence(text, (told.end.id,), values)
        return
    parts: list[str] = []
    for change, point in zip(changes, points, strict=True):
        what, at = arrow(told, change.id), between(point, point, words)
        parts.append(
            said("%(what)s were judged at least %(point)s", what=what, point=at)
            if change.rising
            else said("%(what)s were judged below %(point)s", what=what, point=at)
        )
    if verdict is Verdict.OPEN:
        text = said("%(stands)s; that would be settled if %(changes)s.", stands=stands, changes=words.either(parts))
    else:
        text = said("%(stands)s; it would change sides if %(changes)s.", stands=stands, changes=words.either(parts))
    yield Sentence(text, (told.end.id, *(change.id for change in changes)), values)


def _footing(told: Account) -> Iterator[Sentence]:
    needed: dict[str, list[LinkAccount]] = {}
    for each in told.pathway:
        for item in each.assumptions:
            if item.state is not AssumptionState.FAILED:
                needed.setdefault(item.id, []).append(each)
    for group, links in _alike(needed).items():
        steps, values = steps_in_words(told, links)
        text = told.words.ngettext(
            "If %(names)s turned out not to hold, %(steps)s would lose its footing.",
            "If %(names)s turned out not to hold, %(steps)s would lose their footing.",
            len(links),
            names=told.words.either([name(told, id) for id in group]),
            steps=steps,
        )
        yield Sentence(text, (*group, *ids_of(links)), values)


def _alike(needed: Mapping[str, Sequence[LinkAccount]]) -> dict[tuple[str, ...], Sequence[LinkAccount]]:
    """Assumptions that the same steps need, together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for id, links in needed.items():
        groups.setdefault(ids_of(links), []).append(id)
    return {tuple(group): needed[group[0]] for group in groups.values()}


def _other_main(told: Account) -> Iterator[Sentence]:
    others = [rival for rival in told.rivals if rival.status is not RivalStatus.MAIN]
    if others:
        names = told.words.either([titled(told, rival, rival.id) for rival in others])
        text = told.words.gettext(
            "If %(names)s turned out to be the main explanation, the contribution would have to be told beside it.", names=names
        )
        yield Sentence(text, [rival.id for rival in others])


def rules(told: Account) -> Section:
    """By which rules the story was judged."""
    policy, words, said = told.policy, told.words, told.words.gettext
    because = (told.model.programme.id,)
    counts = Sentence(
        said(
            "A step counts as verified if at least %(sources)s supports it and nothing contradicts it, and as refuted if at least %(such)s contradicts it and none supports it.",
            sources=words.ngettext("%(num)s independent source", "%(num)s independent sources", policy.to_verify),
            such=words.ngettext("%(num)s such source", "%(num)s such sources", policy.to_refute),
        ),
        because,
        (("to verify", policy.to_verify), ("to refute", policy.to_refute)),
    )
    kinds = _what_counts(told)
    absence = (
        said("%(kinds)s; two reports of one occasion are one source; what was looked for and not found counts against a step.", kinds=kinds)
        if policy.absence_counts
        else said(
            "%(kinds)s; two reports of one occasion are one source; what was looked for and not found does not count against a step.",
            kinds=kinds,
        )
    )
    method = said(
        "The conditions and steps are those of John Mayne's contribution analysis; weak points are ranked by the structure of the theory and its evidence."
    )
    judged = (
        [Sentence(said("Figures are judged as of %(day)s.", day=words.day(told.as_of)), because, (("as of", told.as_of),))]
        if told.as_of
        else []
    )
    return Section(None, said("By which rules"), ((counts, Sentence(absence, because)), (Sentence(method, because), *judged)))


def _what_counts(told: Account) -> str:
    """Which kinds of evidence count neither for nor against."""
    said = told.words.gettext
    weak = [told.words.label(kind) for kind in sorted(told.policy.not_enough)]
    if not weak:
        return said("Every kind of evidence counts")
    if len(weak) == 1:
        return said("%(kind)s does not count", kind=weak[0].capitalize())
    return said("Neither %(kinds)s nor %(last)s counts", kinds=", ".join(weak[:-1]), last=weak[-1])
