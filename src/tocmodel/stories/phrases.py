"""Parts of sentences: titles, steps, evidence, judgements and figures in words, with their numbers as data."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TypeAlias

from tocmodel.figures import Figure, Missing
from tocmodel.figures.display import apart, signed
from tocmodel.measurement import AchievementRow, Status
from tocmodel.measurement.rows import share_in_words, verdict_in_words
from tocmodel.model import Evidence, Judgement, Link
from tocmodel.model.record import Titled
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.links import LinkState, Why
from tocmodel.stories.wording import Words, quoted

Values: TypeAlias = tuple[tuple[str, object], ...]


def name(told: Account, id: str) -> str:
    """The title of an element as a quotation; its id where it has none."""
    return titled(told, told.model.by_id[id], id)


def titled(told: Account, record: object, id: str) -> str:
    """The title of a record as a quotation; its id where it has none."""
    return quoted(told.words.text(record.title) if isinstance(record, Titled) else "", id, told.words)


def arrow(told: Account, id: str) -> str:
    """A link as its two titles; anything else as its own."""
    record = told.model.by_id[id]
    return f"{name(told, record.from_)} → {name(told, record.to)}" if isinstance(record, Link) else name(told, id)


def ids_of(links: Iterable[LinkAccount]) -> tuple[str, ...]:
    """The ids of these links."""
    return tuple(each.link.id for each in links)


def ground(words: Words, why: Why) -> str:
    """The ground of a link's state."""
    said = words.gettext
    return {
        Why.SUPPORTED: said("independent evidence supports it and nothing contradicts it"),
        Why.CONTRADICTED: said("independent evidence contradicts it and none supports it"),
        Why.RESULT_CONTRADICTED: said("independent evidence contradicts that its result came about, and none supports it"),
        Why.DISPUTED: said("evidence speaks for it and against it"),
        Why.QUESTIONED: said("what contradicts it is not independent, or no more than opinion"),
        Why.TOO_FEW: said("fewer independent sources speak of it than the rules ask for"),
        Why.NOT_INDEPENDENT: said("what supports it is not independent, or no more than opinion"),
        Why.SILENT: said("no evidence speaks for it or against it"),
    }[why]


def steps_in_words(told: Account, links: Sequence[LinkAccount], *, either: bool = False) -> tuple[str, Values]:
    """The steps of these links in words, with their numbers as data; three or more in a row are drawn together.

    Args:
        told: what is told.
        links: the links.
        either: whether any one of the steps is meant, and not all of them.
    """
    words = told.words
    numbers = sorted({each.step for each in links if each.step is not None})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    values = tuple(("step", number) for number in numbers)
    if either:
        return words.ngettext("step %(steps)s", "steps %(steps)s", 1, steps=words.either([str(number) for number in numbers])), values
    parts = [part for run in runs for part in ([_from_to(words, run)] if len(run) > 2 else map(str, run))]
    return words.ngettext("step %(steps)s", "steps %(steps)s", len(numbers), steps=words.listed(parts)), values


def _from_to(words: Words, run: Sequence[int]) -> str:
    return words.gettext("%(low)s to %(high)s", low=run[0], high=run[-1])


def verified_run(told: Account) -> list[LinkAccount]:
    """The unbroken run of verified steps from the activity on."""
    return list(takewhile(lambda each: each.finding.state is LinkState.VERIFIED, told.pathway))


def refuted(told: Account) -> tuple[LinkAccount, ...]:
    """The refuted links, wherever they lie on the way."""
    return tuple(each for each in told.links if each.finding.state is LinkState.REFUTED)


def items_in_words(told: Account, ids: Sequence[str]) -> str:
    """Pieces of evidence as quotations, each with its kind and whether it is independent."""
    found = [record for record in (told.model.by_id[id] for id in ids) if isinstance(record, Evidence)]
    words = told.words
    return apart([f"{quoted(words.text(item.statement), item.id, words)} ({_kind(item, words)})" for item in found], words)


def _kind(item: Evidence, words: Words) -> str:
    said = words.gettext
    kind = words.label(item.kind) if item.kind else said("kind not stated")
    voice = {True: said("independent"), False: said("not independent"), None: said("independence not stated")}[item.independent]
    return f"{kind}, {voice}"


def judgement_in_words(judgement: Judgement, words: Words) -> tuple[str, Values]:
    """A judgement in words first, its range after them, with who, when and why; and its numbers as data."""
    said = words.gettext
    parts = [quoted(judgement.level, words=words)] if judgement.level else []
    values: Values = ()
    if judgement.low is not None and judgement.high is not None:
        low, high = words.number(judgement.low), words.number(judgement.high)
        parts.append(low if judgement.low == judgement.high else said("%(low)s to %(high)s", low=low, high=high))
        values = (("low", judgement.low), ("high", judgement.high))
    who = said("by %(who)s", who=quoted(judgement.by, words=words)) if judgement.by else said("by nobody named")
    when = said("on %(day)s", day=quoted(judgement.on, words=words)) if judgement.on else ""
    why = said("because %(why)s", why=quoted(words.text(judgement.why), words=words)) if judgement.why else ""
    return ", ".join(filter(None, (" ".join(filter(None, (", ".join(parts), who, when))), why))), values


def figures_in_words(told: Account, row: AchievementRow) -> tuple[str, Values]:
    """An achievement as a sentence, with its numbers as data."""
    words, title = told.words, name(told, row.indicator)
    said = words.gettext
    planned = "" if row.target.bounds is None else figure_in_words(row.target, words)
    verdict = "" if row.status in {None, Status.NO_TARGET} else verdict_in_words(row, words)
    if row.actual.words:
        result = quoted(row.actual, words=words)
        if not verdict:
            return said("%(title)s in words: %(result)s.", title=title, result=result), ()
        target = quoted(row.target, words=words) if row.target.words else planned
        return said(
            "%(title)s in words: %(result)s, where %(target)s was planned (%(verdict)s).",
            title=title, result=result, target=target, verdict=verdict,
        ), ()  # fmt: skip
    if row.actual.bounds is None:
        standing = [*([said("%(number)s planned", number=planned)] if planned else []), _gap(row, words)]
        return said("%(title)s: %(standing)s.", title=title, standing=", ".join(standing)), (("target", row.target.bounds),)
    reached = figure_in_words(row.actual, words)
    standing = [said("%(actual)s of %(target)s planned", actual=reached, target=planned) if planned else reached]
    if share := share_in_words(row, words):
        standing.append(share)
    values = (("actual", row.actual.bounds), ("target", row.target.bounds), ("attainment", row.attainment), ("progress", row.progress))
    return said("%(title)s: %(standing)s.", title=title, standing=f"{', '.join(standing)}{f' ({verdict})' if verdict else ''}"), values


def _gap(row: AchievementRow, words: Words) -> str:
    if row.actual.missing is Missing.SUPPRESSED:
        return words.gettext("not shown, to protect small groups")
    if row.status is Status.NOT_DUE:
        return words.gettext("not due yet")
    return words.gettext("no result reported, which is missing and not zero")


def inputs_of(row: AchievementRow) -> tuple[str, ...]:
    """The ids of the values that an achievement rests on."""
    return tuple(input.id for input in row.inputs)


def figure_in_words(figure: Figure, words: Words) -> str:
    """An exact number; bounds in the language's words, in English as their source prints them, in quotation marks."""
    if figure.value is None and words.english and figure.printed:
        return quoted(figure.printed, words=words)
    return signed(figure, words)
