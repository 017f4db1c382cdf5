"""The short answer of a story, the question, and the theory: the first two of Mayne's six steps."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tocmodel.model import AssumptionState, Basis, Evidence, EvidenceKind, RivalExplanation, RivalStatus, Sign
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.level import ClaimLevel, Gap
from tocmodel.stories.links import LinkState, Why
from tocmodel.stories.phrases import arrow, ids_of, name, refuted, verified_run
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import counted, listed, quoted

_CARRIED = {
    Basis.STATED: "a source states this step as a fact",
    Basis.INTENDED: "a source states this step as a purpose",
    Basis.PLANNED: "the plan states this step",
    Basis.INFERRED: "this step is the author's reading",
    None: "nobody says who carries this step",
}
_ASSUMED = {
    AssumptionState.UNTESTED: "untested",
    AssumptionState.HOLDS: "found to hold",
    AssumptionState.HOLDS_IN_PART: "found to hold in part",
    AssumptionState.FAILED: "found to have failed",
}
_RIVAL = {
    RivalStatus.NOT_EXAMINED: "has not been examined",
    RivalStatus.MINOR: "was examined and found minor",
    RivalStatus.CONTRIBUTORY: "was examined and found to contribute too",
    RivalStatus.MAIN: "was examined and found to be the main explanation",
}


def in_short(told: Account) -> Section:
    """The short answer: what may be said, whose word there is, what is refuted, and what is missing."""
    missing = list(_missing(told))
    sentences = [claim(told), *_weak_support(told), *_contradicted(told)]
    if missing:
        because = [id for sentence in missing for id in sentence.because]
        values = tuple(value for sentence in missing for value in sentence.values)
        sentences.append(Sentence(f"Missing: {'; '.join(sentence.text for sentence in missing)}.", because, values))
    return Section(None, "In short", tuple((sentence,) for sentence in sentences))


def _weak_support(told: Account) -> Iterator[Sentence]:
    """How many steps are supported by nothing that counts, and whose word that is."""
    weak = [each for each in told.pathway if each.finding.why is Why.NOT_INDEPENDENT]
    items = [id for each in weak for id in each.finding.link.supporting]
    if weak:
        values = (("supported", len(weak)), ("steps", len(told.pathway)))
        whose, sources = _voice(told, items)
        text = f"{len(weak)} of {counted(len(told.pathway), 'step')} {'is' if len(weak) == 1 else 'are'} supported only by {whose}."
        yield Sentence(text, (*ids_of(weak), *items, *sources), values)


def _voice(told: Account, items: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Whose word these pieces of evidence are, and the one source behind them if there is but one."""
    found = [record for record in (told.model.by_id[id] for id in items) if isinstance(record, Evidence)]
    own_sources = {source.id for source in told.model.sources if source.self_reported}
    sources = {item.source.source if item.source else "" for item in found}
    own = all(item.kind is EvidenceKind.SELF_REPORT or (item.source and item.source.source in own_sources) for item in found)
    whose = "the programme's own word" if own else "what is not independent, or no more than opinion"
    if len(sources) == 1 and "" not in sources:
        (source,) = sources
        return f"{whose}, all of it from {name(told, source)}", (source,)
    return whose, ()


def claim(told: Account) -> Sentence:
    """The level of claim as a sentence."""
    start, end = name(told, told.start.id), name(told, told.end.id)
    level, run = told.best.found.level, verified_run(told)
    because = (told.start.id, *(told.end.id,), *ids_of(run))
    if level is ClaimLevel.INDIRECT:
        return Sentence(f"It is reasonable to conclude that {start} contributed to {end}, beside other influences.", because)
    if level is ClaimLevel.DIRECT:
        outcome = next(each.link.to for each in reversed(run) if told.conditions.kinds[each.link.to] == "outcome")
        text = f"It is reasonable to conclude that {start} contributed to {name(told, outcome)}; no claim reaches as far as {end} yet."
        return Sentence(text, (*because, outcome))
    if level is ClaimLevel.MINIMAL:
        output = next(each.link.to for each in reversed(run) if told.conditions.kinds[each.link.to] == "output")
        text = f"{_took_place(told)} and led to {name(told, output)}; that it contributed to {end} cannot be claimed yet."
        return Sentence(text, (*because, output))
    if not told.pathway:
        return Sentence(f"No claim can be made: the theory draws no helping pathway from {start} to {end}.", because)
    if told.delivery.unpublished:
        text = f"Whether {start} took place is not told here, for its figure is not published, and no contribution to {end} is claimed."
        return Sentence(text, (*because, *(row.indicator for row in told.delivery.withheld)))
    begun = f"{_took_place(told)} but that it" if told.delivery.held else f"That {start} took place is not established, and that it"
    return Sentence(f"{begun} contributed to {end} cannot be claimed yet.", because)


def _took_place(told: Account) -> str:
    ground = "as a source states" if told.delivery.stated else "as a figure above zero shows"
    return f"{name(told, told.start.id)} took place, {ground},"


def _missing(told: Account) -> Iterator[Sentence]:
    """What is missing to a higher level, as parts of a sentence."""
    for gap in told.best.found.missing:
        if gap is Gap.THEORY_NOT_REASONED:
            bare = [each for each in told.pathway if not each.reasoned]
            text = f"the reasoning or the assumptions behind {len(bare)} of {counted(len(told.pathway), 'step')}"
            yield Sentence(text, ids_of(bare), (("not reasoned", len(bare)), ("steps", len(told.pathway))))
        elif gap is Gap.ACTIVITY_NOT_DELIVERED:
            unpublished = ", for its figure is not published" if told.delivery.unpublished else ""
            yield Sentence(f"undisputed word that the activity took place{unpublished}", (told.start.id, *told.delivery.against))
        elif gap is Gap.LINK_REFUTED:
            broken = [each for each in told.pathway if each.finding.state is LinkState.REFUTED]
            yield Sentence("a pathway without a refuted step", ids_of(broken))
        elif gap is Gap.CHAIN_NOT_VERIFIED:
            yield _unverified(told)
        elif gap is Gap.RIVALS_NOT_ASSESSED:
            yield _unexamined(told)


def _unverified(told: Account) -> Sentence:
    open_steps = [each for each in told.pathway if each.finding.state is not LinkState.VERIFIED]
    values = (("not verified", len(open_steps)), ("steps", len(told.pathway)))
    text = f"independent and undisputed evidence on {len(open_steps)} of {counted(len(told.pathway), 'step')}"
    return Sentence(text, ids_of(open_steps), values)


def _unexamined(told: Account) -> Sentence:
    waiting = [rival for rival in told.rivals if rival.status is RivalStatus.NOT_EXAMINED]
    if not told.rivals:
        return Sentence("other explanations of the change, of which none is named", (told.end.id,))
    text = f"an examination of {counted(len(waiting), 'other explanation')}"
    return Sentence(text, [rival.id for rival in waiting], (("not examined", len(waiting)),))


def _contradicted(told: Account) -> Iterator[Sentence]:
    """One sentence for each refuted link, wherever it lies on the way."""
    for each in refuted(told):
        against = (*each.finding.link.counted_against, *each.finding.result.counted_against)
        text = f"Refuted: that {name(told, each.link.from_)} leads to {name(told, each.link.to)}; {each.finding.why}."
        yield Sentence(text, (each.link.id, *against))


def question(told: Account) -> Section:
    """Step 1: the question."""
    start, end = name(told, told.start.id), name(told, told.end.id)
    asked = Sentence(f"Did {start} contribute to {end}?", (told.start.id, told.end.id))
    kind = Sentence(
        "The question is whether the activity made a difference together with other things, not which share of a change is its own.",
        (told.start.id, told.end.id),
    )
    return Section(1, "The question", ((asked, kind),))


def theory(told: Account) -> Section:
    """Step 2: the theory, what it assumes, and what else may explain the change."""
    paragraphs: list[tuple[Sentence, ...]] = [tuple(_drawn(told))]
    paragraphs += [tuple(_reasons(told, each)) for each in told.pathway]
    hindering = [each for each in told.links if each.link.sign is Sign.HINDERS]
    if hindering:
        names = listed([f"{name(told, each.link.from_)} → {name(told, each.link.to)}" for each in hindering])
        paragraphs.append((Sentence(f"The theory also draws what hinders: {names}. That carries no claim.", ids_of(hindering)),))
    paragraphs += [(sentence,) for sentence in _rivals(told)]
    return Section(2, "The theory, and what else may explain the change", tuple(paragraphs))


def _drawn(told: Account) -> Iterator[Sentence]:
    ends = (told.start.id, told.end.id)
    if not told.pathway:
        yield Sentence("The theory draws no helping pathway between the two.", ends)
        return
    count = told.way.count
    ways = "1 pathway" if count.count == 1 and count.exact else f"{count} pathways"
    told_one = "" if count.count == 1 and count.exact else "; the story follows the one that comes closest to a claim"
    yield Sentence(f"The theory draws {ways}{told_one}.", (*ends, *ids_of(told.pathway)), (("pathways", count.count),))
    yield _carried(told)
    for loop in told.way.loops:
        yield Sentence(f"On the way, {listed([name(told, id) for id in loop])} feed each other in a loop.", loop)


def _carried(told: Account) -> Sentence:
    carried = list(takewhile(lambda each: each.link.basis not in {Basis.INFERRED, None}, told.pathway))
    if len(carried) == len(told.pathway):
        return Sentence("Sources carry every step of it (→).", ids_of(told.pathway))
    if not carried:
        return Sentence("Already its first step is carried by no source (⇢).", ids_of(told.pathway))
    far = name(told, carried[-1].link.to)
    text = f"Sources carry it as far as {far} (→); there their word ends (⇢)."
    return Sentence(text, ids_of(told.pathway))


def _reasons(told: Account, each: LinkAccount) -> Iterator[Sentence]:
    link = each.link
    said_by = (link.id, *([link.source.source] if link.source else []))
    why = f"{quoted(link.rationale)} ({_CARRIED[link.basis]})" if link.rationale else f"no rationale is stated ({_CARRIED[link.basis]})"
    arrow_sign = "⇢" if link.basis in {Basis.INFERRED, None} else "→"
    yield Sentence(f"Step {each.step} {arrow_sign} {name(told, link.to)}: {why}.", (*said_by, link.to), (("step", each.step),))
    if each.assumptions:
        names = listed([f"{quoted(item.title, item.id)} ({_ASSUMED[item.state]})" for item in each.assumptions])
        yield Sentence(f"It assumes {names}.", (link.id, *(item.id for item in each.assumptions)))
    else:
        yield Sentence("It states no assumption.", (link.id,))
    if each.companions:
        names = listed([arrow(told, id) for id in each.companions])
        yield Sentence(f"It works only together with {names}.", (link.id, *each.companions))
    if link.risks:
        yield Sentence(f"At risk from {listed([name(told, id) for id in link.risks])}.", (link.id, *link.risks))


def _rivals(told: Account) -> Iterator[Sentence]:
    if not told.rivals:
        yield Sentence("No other explanation is named.", (told.end.id,))
    for status in RivalStatus:
        alike = [rival for rival in told.rivals if rival.status is status]
        if alike:
            names = listed([_rival(rival) for rival in alike])
            plural = _RIVAL[status].replace("has ", "have ").replace("was ", "were ") if len(alike) > 1 else _RIVAL[status]
            text = f"{'Other explanations' if len(alike) > 1 else 'Another explanation'}, {names}, {plural}."
            yield Sentence(text, [id for rival in alike for id in (rival.id, *rival.evidence)])


def _rival(rival: RivalExplanation) -> str:
    named = "" if rival.evidence or rival.status is RivalStatus.NOT_EXAMINED else " (no evidence is named for that)"
    return f"{quoted(rival.title, rival.id)}{named}"
