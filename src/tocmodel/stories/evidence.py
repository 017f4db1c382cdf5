"""What is known so far: the third of Mayne's six steps."""

from collections.abc import Iterator

from tocmodel.measurement import AchievementRow
from tocmodel.model import Agreement, Effect, HarvestedOutcome
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.links import LinkState
from tocmodel.stories.phrases import (
    figure_in_words,
    figures_in_words,
    ground,
    ids_of,
    inputs_of,
    items_in_words,
    judgement_in_words,
    name,
    titled,
)
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import quoted


def evidence(told: Account) -> Section:
    """Step 3: what is known of delivery and of each step, and what was harvested on the way."""
    said = told.words.gettext
    paragraphs: list[tuple[Sentence, ...]] = [tuple(_delivered(told))]
    paragraphs += [tuple(_known(told, each)) for each in told.pathway]
    if told.pathway and not any(each.link.confidence for each in told.pathway):
        paragraphs.append((Sentence(said("Nobody has judged how sure we are of any of these steps."), ids_of(told.pathway)),))
    paragraphs += [tuple(part) for part in (_elsewhere(told), _harvest(told)) if part]
    return Section(3, said("What is known so far"), tuple(paragraphs))


def _delivered(told: Account) -> Iterator[Sentence]:
    start, delivery, said = told.start, told.delivery, told.words.gettext
    where, title = [start.source.source] if start.source else [], name(told, told.start.id)
    if delivery.stated:
        yield Sentence(said("That %(start)s took place is stated by a source.", start=title), (start.id, *where))
    for row in delivery.reported[:1]:
        yield from _figures(told, row, start.id)
    if delivery.unpublished:
        text = said("Whether %(start)s took place is not told here: its figure is not published.", start=title)
        yield Sentence(text, (start.id,))
        yield from _figures(told, delivery.withheld[0], start.id)
    elif not delivery.stated and not delivery.reported:
        text = said("That %(start)s took place is neither stated as a fact nor shown by a figure above zero.", start=title)
        yield Sentence(text, (start.id,))
        if told.followed is not None:
            output, actual = name(told, told.followed.node), figure_in_words(told.followed.actual, told.words)
            text = said("%(output)s, which follows from it, reports %(actual)s.", output=output, actual=actual)
            yield Sentence(
                text, (told.followed.node, told.followed.indicator, *inputs_of(told.followed)), (("actual", told.followed.actual.bounds),)
            )
    if delivery.against:
        text = said("Independent evidence contradicts it: %(items)s.", items=items_in_words(told, delivery.against))
        yield Sentence(text, (start.id, *delivery.against))


def _known(told: Account, each: LinkAccount) -> Iterator[Sentence]:
    link, finding, said = each.link, each.finding, told.words.gettext
    yield Sentence(
        said(
            "Step %(step)s, to %(node)s, is %(state)s: %(why)s.",
            step=each.step,
            node=name(told, link.to),
            state=told.words.label(finding.state),
            why=ground(told.words, finding.why),
        ),
        (link.id, link.to, *finding.link.supporting, *finding.link.contradicting, *finding.result.counted_against),
        (("step", each.step),),
    )
    shown: set[str] = set()
    for kind, items in (
        ("for", finding.link.supporting),
        ("against", finding.link.contradicting),
        ("against its result", [id for id in finding.result.contradicting if id not in finding.link.contradicting]),
        ("not found", finding.link.not_found),
        ("not found about its result", [id for id in finding.result.not_found if id not in finding.result.contradicting]),
        ("for its result", [id for id in finding.result.supporting if id not in finding.link.supporting]),
    ):
        new = [id for id in items if id not in shown]
        if new:
            told_of = items_in_words(told, new)
            text = {
                "for": said("For it: %(items)s.", items=told_of),
                "against": said("Against it: %(items)s.", items=told_of),
                "against its result": said("Against its result: %(items)s.", items=told_of),
                "not found": said("Looked for and not found: %(items)s.", items=told_of),
                "not found about its result": said("Looked for and not found of its result: %(items)s.", items=told_of),
                "for its result": said("For its result: %(items)s.", items=told_of),
            }[kind]
            yield Sentence(text, (link.id, *new))
            shown.update(new)
    if link.confidence is not None:
        judgement, values = judgement_in_words(link.confidence, told.words)
        yield Sentence(said("How sure we are of it was judged %(judgement)s.", judgement=judgement), (link.id,), values)
    yield from _measured(told, each)


def _measured(told: Account, each: LinkAccount) -> Iterator[Sentence]:
    if not each.indicators:
        text = told.words.gettext("No indicator measures %(node)s.", node=name(told, each.link.to))
        yield Sentence(text, (each.link.to,))
    for row in each.indicators:
        yield from _figures(told, row, each.link.to)


def _figures(told: Account, row: AchievementRow, node: str) -> Iterator[Sentence]:
    text, values = figures_in_words(told, row)
    yield Sentence(text, (node, row.indicator, *inputs_of(row)), values)
    if row.comparability and row.attainment.bounds is not None:
        note = quoted(told.words.text(row.comparability), words=told.words)
        yield Sentence(told.words.gettext("Compare with care: %(note)s.", note=note), (row.indicator, *inputs_of(row)))


def _elsewhere(told: Account) -> list[Sentence]:
    """What is known of the links on other pathways, in numbers; the short answer names those that are refuted."""
    words = told.words
    others = [each for each in told.links if each.step is None]
    if not others:
        return []
    by_state = {state: sum(each.finding.state is state for each in others) for state in LinkState}
    counts = [
        words.gettext("%(number)s %(what)s", number=words.number(number), what=words.label(state))
        for state, number in by_state.items()
        if number
    ]
    values = (("other links", len(others)), *((state.value, number) for state, number in by_state.items()))
    text = words.ngettext(
        "%(num)s more link lies on other pathways or in loops: %(counts)s.",
        "%(num)s more links lie on other pathways or in loops: %(counts)s.",
        len(others),
        counts=words.listed(counts),
    )
    return [Sentence(text, (told.start.id, told.end.id), values)]


def _harvest(told: Account) -> list[Sentence]:
    return [_harvested(told, outcome) for outcome in told.harvested]


def _harvested(told: Account, outcome: HarvestedOutcome) -> Sentence:
    said = told.words.gettext
    who = said("somebody independent") if outcome.substantiated_by is None else name(told, outcome.substantiated_by)
    agreed = {
        None: said("nobody independent has said whether it is so"),
        Agreement.FULL: said("%(who)s agreed in full", who=who),
        Agreement.PARTIAL: said("%(who)s agreed in part", who=who),
        Agreement.NONE: said("%(who)s did not agree", who=who),
    }[outcome.agreement]
    kind = said("a negative outcome") if outcome.effect is Effect.NEGATIVE else said("an outcome")
    if outcome.intended is False:
        kind = said("%(kind)s, not intended", kind=kind)
    because = (outcome.id, *([outcome.substantiated_by] if outcome.substantiated_by else []))
    title = titled(told, outcome, outcome.id)
    return Sentence(said("Harvested on the way, %(kind)s: %(title)s; %(agreed)s.", kind=kind, title=title, agreed=agreed), because)
