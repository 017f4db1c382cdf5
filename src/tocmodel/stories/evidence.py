"""What is known so far: the third of Mayne's six steps."""

from collections.abc import Iterator

from tocmodel.measurement import AchievementRow
from tocmodel.model import Agreement, Effect, HarvestedOutcome
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.links import LinkState
from tocmodel.stories.phrases import figures_in_words, ids_of, inputs_of, items_in_words, judgement_in_words, name
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import counted, listed, quoted


def evidence(told: Account) -> Section:
    """Step 3: what is known of delivery and of each step, and what was harvested on the way."""
    paragraphs: list[tuple[Sentence, ...]] = [tuple(_delivered(told))]
    paragraphs += [tuple(_known(told, each)) for each in told.pathway]
    if told.pathway and not any(each.link.confidence for each in told.pathway):
        paragraphs.append((Sentence("Nobody has judged how sure we are of any of these steps.", ids_of(told.pathway)),))
    paragraphs += [tuple(part) for part in (_elsewhere(told), _harvest(told)) if part]
    return Section(3, "What is known so far", tuple(paragraphs))


def _delivered(told: Account) -> Iterator[Sentence]:
    start, delivery = told.start, told.delivery
    where = [start.source.source] if start.source else []
    if delivery.stated:
        yield Sentence(f"That {name(told, start.id)} took place is stated by a source.", (start.id, *where))
    for row in delivery.reported[:1]:
        yield from _figures(told, row, start.id)
    if delivery.unpublished:
        yield Sentence(f"Whether {name(told, start.id)} took place is not told here: its figure is not published.", (start.id,))
        yield from _figures(told, delivery.withheld[0], start.id)
    elif not delivery.stated and not delivery.reported:
        yield Sentence(f"That {name(told, start.id)} took place is neither stated as a fact nor shown by a figure above zero.", (start.id,))
    if delivery.against:
        text = f"Independent evidence contradicts it: {items_in_words(told, delivery.against)}."
        yield Sentence(text, (start.id, *delivery.against))


def _known(told: Account, each: LinkAccount) -> Iterator[Sentence]:
    link, finding = each.link, each.finding
    yield Sentence(
        f"Step {each.step}, to {name(told, link.to)}, is {finding.state}: {finding.why}.",
        (link.id, link.to, *finding.link.supporting, *finding.link.contradicting, *finding.result.counted_against),
        (("step", each.step),),
    )
    shown: set[str] = set()
    result_against = [id for id in finding.result.contradicting if id not in finding.link.contradicting]
    for label, items in (
        ("For it", finding.link.supporting),
        ("Against it", finding.link.contradicting),
        ("Against its result", result_against),
        ("Looked for and not found", finding.link.not_found),
        ("For its result", [id for id in finding.result.supporting if id not in finding.link.supporting]),
    ):
        new = [id for id in items if id not in shown]
        if new:
            yield Sentence(f"{label}: {items_in_words(told, new)}.", (link.id, *new))
            shown.update(new)
    if link.confidence is not None:
        words, values = judgement_in_words(link.confidence)
        yield Sentence(f"How sure we are of it was judged {words}.", (link.id,), values)
    yield from _measured(told, each)


def _measured(told: Account, each: LinkAccount) -> Iterator[Sentence]:
    if not each.indicators:
        yield Sentence(f"No indicator measures {name(told, each.link.to)}.", (each.link.to,))
    for row in each.indicators:
        yield from _figures(told, row, each.link.to)


def _figures(told: Account, row: AchievementRow, node: str) -> Iterator[Sentence]:
    text, values = figures_in_words(told, row)
    yield Sentence(f"{text}.", (node, row.indicator, *inputs_of(row)), values)
    if row.comparability and row.attainment.bounds is not None:
        yield Sentence(f"Compare with care: {quoted(row.comparability)}.", (row.indicator, *inputs_of(row)))


def _elsewhere(told: Account) -> list[Sentence]:
    """What is known of the links on other pathways, in numbers; the short answer names those that are refuted."""
    others = [each for each in told.links if each.step is None]
    if not others:
        return []
    by_state = {state: [each for each in others if each.finding.state is state] for state in LinkState}
    numbers = listed([f"{len(alike)} {state}" for state, alike in by_state.items() if alike])
    values = (("other links", len(others)), *((state.value, len(alike)) for state, alike in by_state.items()))
    lie = "lies" if len(others) == 1 else "lie"
    return [Sentence(f"{counted(len(others), 'more link')} {lie} on other pathways: {numbers}.", (told.start.id, told.end.id), values)]


def _harvest(told: Account) -> list[Sentence]:
    return [_harvested(told, outcome) for outcome in told.harvested]


def _harvested(told: Account, outcome: HarvestedOutcome) -> Sentence:
    asked = "somebody independent" if outcome.substantiated_by is None else name(told, outcome.substantiated_by)
    agreed = {
        None: "nobody independent has said whether it is so",
        Agreement.FULL: f"{asked} agreed in full",
        Agreement.PARTIAL: f"{asked} agreed in part",
        Agreement.NONE: f"{asked} did not agree",
    }[outcome.agreement]
    kind = "a negative outcome" if outcome.effect is Effect.NEGATIVE else "an outcome"
    unintended = ", not intended" if outcome.intended is False else ""
    because = (outcome.id, *([outcome.substantiated_by] if outcome.substantiated_by else []))
    return Sentence(f"Harvested on the way, {kind}{unintended}: {quoted(outcome.title, outcome.id)}; {agreed}.", because)
