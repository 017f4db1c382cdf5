"""What can be said and how well it stands: the fourth of Mayne's six steps."""

from collections.abc import Iterator

from tocmodel.model import AssumptionState, RivalStatus
from tocmodel.stories.account import Account
from tocmodel.stories.level import ClaimLevel, Gap
from tocmodel.stories.links import LinkState
from tocmodel.stories.phrases import Values, ids_of, name, steps_in_words, titled, verified_run
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import steps


def contribution(told: Account) -> Section:
    """Step 4: the four conditions, the level of claim, and what speaks against it."""
    paragraphs = [(sentence,) for sentence in _conditions(told)]
    paragraphs.append((_allowed(told),))
    paragraphs += [(sentence,) for sentence in _doubts(told)]
    return Section(4, told.words.gettext("What can be said, and how well it stands"), tuple(paragraphs))


def _conditions(told: Account) -> Iterator[Sentence]:
    words, missing = told.words, told.best.found.missing
    said = words.gettext
    yield from _theory_condition(told)
    yield _delivered(told)
    if told.pathway:
        verified = [each for each in told.pathway if each.finding.state is LinkState.VERIFIED]
        held = not {Gap.CHAIN_NOT_VERIFIED, Gap.LINK_REFUTED} & set(missing)
        values = (("verified", len(verified)), ("steps", len(told.pathway)))
        counts = {"verified": words.number(len(verified)), "steps": steps(len(told.pathway), words)}
        text = (
            said("The chain is verified: yes; %(verified)s of %(steps)s.", **counts)
            if held
            else said("The chain is verified: no; %(verified)s of %(steps)s.", **counts)
        )
        yield Sentence(text, ids_of(told.pathway), values)
    examined = [rival for rival in told.rivals if rival.status is not RivalStatus.NOT_EXAMINED]
    number, whole = words.number(len(examined)), words.number(len(told.rivals))
    ground = said("%(examined)s of %(number)s examined", examined=number, number=whole) if told.rivals else said("none is named")
    values = (("examined", len(examined)), ("rivals", len(told.rivals))) if told.rivals else ()
    because = [rival.id for rival in told.rivals] or [told.end.id]
    text = (
        said("Other explanations are assessed: yes; %(ground)s.", ground=ground)
        if Gap.RIVALS_NOT_ASSESSED not in missing
        else said("Other explanations are assessed: no; %(ground)s.", ground=ground)
    )
    yield Sentence(text, because, values)


def _delivered(told: Account) -> Sentence:
    delivery, said = told.delivery, told.words.gettext
    grounds = [
        *([said("a source states it")] if delivery.stated else []),
        *([said("a figure above zero shows it")] if delivery.reported else []),
    ]
    ground = told.words.listed(grounds) if grounds else said("no source states it and no figure shows it")
    if delivery.against:
        ground = said("it is contradicted")
    text = (
        said("The activity was delivered: yes; %(ground)s.", ground=ground)
        if delivery.held
        else said("The activity was delivered: no; %(ground)s.", ground=ground)
    )
    return Sentence(text, (told.start.id, *(row.indicator for row in delivery.reported), *delivery.against))


def _theory_condition(told: Account) -> Iterator[Sentence]:
    words, said = told.words, told.words.gettext
    if not told.pathway:
        yield Sentence(said("The theory is reasoned: no; it draws no helping pathway."), (told.start.id, told.end.id))
        return
    parts: list[str] = []
    values: Values = ()
    if bare := [each for each in told.pathway if not each.link.rationale]:
        named, numbers = steps_in_words(told, bare)
        parts.append(words.ngettext("%(steps)s states no rationale", "%(steps)s state no rationale", len(bare), steps=named))
        values += numbers
    if bare := [each for each in told.pathway if not each.assumptions]:
        named, numbers = steps_in_words(told, bare)
        parts.append(words.ngettext("%(steps)s states no assumption", "%(steps)s state no assumption", len(bare), steps=named))
        values += numbers
    text = (
        said("The theory is reasoned: no; %(ground)s.", ground=words.listed(parts))
        if parts
        else said("The theory is reasoned: yes; every step has a rationale and states what it assumes.")
    )
    yield Sentence(text, ids_of(told.pathway), values)


def _allowed(told: Account) -> Sentence:
    level, run, said = told.best.found.level, verified_run(told), told.words.gettext
    meaning = {
        ClaimLevel.NONE: said("no contribution may be claimed, neither to the objective nor on the way to it"),
        ClaimLevel.MINIMAL: said("what the activity led to itself may be claimed, no change beyond it"),
        ClaimLevel.DIRECT: said("a contribution to changes on the way may be claimed, none to the objective"),
        ClaimLevel.INDIRECT: said("a contribution to the objective may be claimed"),
    }[level]
    text = said("Level of claim: %(level)s; %(meaning)s.", level=told.words.label(level), meaning=meaning)
    beyond = {told.conditions.kinds[each.link.to] for each in run} & {"outcome", "objective"}
    if beyond and Gap.RIVALS_NOT_ASSESSED in told.best.found.missing:
        consistent = said(
            "The evidence is consistent with a contribution as far as %(node)s, but no more can be said until other explanations are examined.",
            node=name(told, run[-1].link.to),
        )
        text = f"{text} {consistent}"
    return Sentence(text, (told.start.id, *ids_of(told.pathway), *(rival.id for rival in told.rivals)))


def _doubts(told: Account) -> Iterator[Sentence]:
    said = told.words.gettext
    for failed in told.failed:
        text = said(
            "%(assumption)s failed, yet %(indicator)s downstream of it met its target: something else may explain that.",
            assumption=name(told, failed.assumption),
            indicator=name(told, failed.row.indicator),
        )
        yield Sentence(text, (failed.assumption, *failed.links, failed.row.indicator))
    for each in told.pathway:
        broken = [item for item in each.assumptions if item.state is AssumptionState.FAILED]
        if broken and each.finding.state is LinkState.VERIFIED:
            text = said(
                "Step %(step)s is verified although %(assumptions)s failed: the reasoning behind it needs another look.",
                step=each.step,
                assumptions=told.words.listed([titled(told, item, item.id) for item in broken]),
            )
            yield Sentence(text, (each.link.id, *(item.id for item in broken)), (("step", each.step),))
    for rival in told.rivals:
        if rival.status is RivalStatus.MAIN:
            text = said(
                "%(rival)s is the main explanation; what the activity added has to be told beside it.", rival=titled(told, rival, rival.id)
            )
            yield Sentence(text, (rival.id,))
