"""What can be said and how well it stands: the fourth of Mayne's six steps."""

from collections.abc import Iterator

from tocmodel.model import AssumptionState, RivalStatus
from tocmodel.stories.account import Account
from tocmodel.stories.level import ClaimLevel, Gap
from tocmodel.stories.links import LinkState
from tocmodel.stories.phrases import Values, ids_of, name, steps_in_words, verified_run
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import counted, listed, quoted


def contribution(told: Account) -> Section:
    """Step 4: the four conditions, the level of claim, and what speaks against it."""
    paragraphs = [(sentence,) for sentence in _conditions(told)]
    paragraphs.append((_allowed(told),))
    paragraphs += [(sentence,) for sentence in _doubts(told)]
    return Section(4, "What can be said, and how well it stands", tuple(paragraphs))


def _conditions(told: Account) -> Iterator[Sentence]:
    missing = told.best.found.missing
    yield from _theory_condition(told)
    held = told.delivery.held
    grounds = [
        *(["a source states it"] if told.delivery.stated else []),
        *(["a figure above zero shows it"] if told.delivery.reported else []),
    ]
    ground = "it is contradicted" if told.delivery.against else listed(grounds) or "no source states it and no figure shows it"
    because = (told.start.id, *(row.indicator for row in told.delivery.reported), *told.delivery.against)
    yield Sentence(f"The activity was delivered: {'yes' if held else 'no'}; {ground}.", because)
    if told.pathway:
        verified = [each for each in told.pathway if each.finding.state is LinkState.VERIFIED]
        held = not {Gap.CHAIN_NOT_VERIFIED, Gap.LINK_REFUTED} & set(missing)
        values = (("verified", len(verified)), ("steps", len(told.pathway)))
        text = f"The chain is verified: {'yes' if held else 'no'}; {len(verified)} of {counted(len(told.pathway), 'step')}."
        yield Sentence(text, ids_of(told.pathway), values)
    examined = [rival for rival in told.rivals if rival.status is not RivalStatus.NOT_EXAMINED]
    held = Gap.RIVALS_NOT_ASSESSED not in missing
    ground = f"{len(examined)} of {len(told.rivals)} examined" if told.rivals else "none is named"
    values = (("examined", len(examined)), ("rivals", len(told.rivals))) if told.rivals else ()
    because = [rival.id for rival in told.rivals] or [told.end.id]
    yield Sentence(f"Other explanations are assessed: {'yes' if held else 'no'}; {ground}.", because, values)


def _theory_condition(told: Account) -> Iterator[Sentence]:
    if not told.pathway:
        yield Sentence("The theory is reasoned: no; it draws no helping pathway.", (told.start.id, told.end.id))
        return
    without_rationale = [each for each in told.pathway if not each.link.rationale]
    without_assumption = [each for each in told.pathway if not each.assumptions]
    parts: list[str] = []
    values: Values = ()
    for what, bare in (("rationale", without_rationale), ("assumption", without_assumption)):
        if bare:
            steps, numbers = steps_in_words(bare)
            parts.append(f"{steps} {'states' if len(bare) == 1 else 'state'} no {what}")
            values += numbers
    ground = listed(parts) or "every step has a rationale and states what it assumes"
    yield Sentence(f"The theory is reasoned: {'no' if parts else 'yes'}; {ground}.", ids_of(told.pathway), values)


def _allowed(told: Account) -> Sentence:
    level, run = told.best.found.level, verified_run(told)
    meaning = {
        ClaimLevel.NONE: "no contribution may be claimed, neither to the objective nor on the way to it",
        ClaimLevel.MINIMAL: "what the activity led to itself may be claimed, no change beyond it",
        ClaimLevel.DIRECT: "a contribution to changes on the way may be claimed, none to the objective",
        ClaimLevel.INDIRECT: "a contribution to the objective may be claimed",
    }[level]
    text = f"Level of claim: {level}; {meaning}."
    beyond = {told.conditions.kinds[each.link.to] for each in run} & {"outcome", "objective"}
    if beyond and Gap.RIVALS_NOT_ASSESSED in told.best.found.missing:
        far = name(told, run[-1].link.to)
        text += f" The evidence is consistent with a contribution as far as {far}, but no more can be said until other explanations are examined."
    return Sentence(text, (told.start.id, *ids_of(told.pathway), *(rival.id for rival in told.rivals)))


def _doubts(told: Account) -> Iterator[Sentence]:
    for failed in told.failed:
        text = f"{name(told, failed.assumption)} failed, yet {name(told, failed.row.indicator)} downstream of it met its target: something else may explain that."
        yield Sentence(text, (failed.assumption, *failed.links, failed.row.indicator))
    for each in told.pathway:
        broken = [item for item in each.assumptions if item.state is AssumptionState.FAILED]
        if broken and each.finding.state is LinkState.VERIFIED:
            text = f"Step {each.step} is verified although {listed([quoted(item.title, item.id) for item in broken])} failed: the reasoning behind it needs another look."
            yield Sentence(text, (each.link.id, *(item.id for item in broken)), (("step", each.step),))
    for rival in told.rivals:
        if rival.status is RivalStatus.MAIN:
            yield Sentence(
                f"{quoted(rival.title, rival.id)} is the main explanation; what the activity added has to be told beside it.", (rival.id,)
            )
