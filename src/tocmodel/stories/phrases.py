"""Parts of sentences: titles, steps, evidence, judgements and figures in words, with their numbers as data."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TypeAlias

from tocmodel.figures import Figure, Missing
from tocmodel.figures.display import grouped
from tocmodel.measurement import AchievementRow, Status
from tocmodel.model import Evidence, Judgement, Link
from tocmodel.model.record import Titled
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.links import LinkState
from tocmodel.stories.wording import listed, quoted

Values: TypeAlias = tuple[tuple[str, object], ...]


def name(told: Account, id: str) -> str:
    """The title of an element as a quotation; its id where it has none."""
    record = told.model.by_id[id]
    return quoted(record.title if isinstance(record, Titled) else "", id)


def arrow(told: Account, id: str) -> str:
    """A link as its two titles; anything else as its own."""
    record = told.model.by_id[id]
    return f"{name(told, record.from_)} → {name(told, record.to)}" if isinstance(record, Link) else name(told, id)


def ids_of(links: Iterable[LinkAccount]) -> tuple[str, ...]:
    """The ids of these links."""
    return tuple(each.link.id for each in links)


def steps_in_words(links: Sequence[LinkAccount], last: str = "and") -> tuple[str, Values]:
    """The steps of these links in words, with their numbers as data; three or more in a row are drawn together."""
    numbers = sorted({each.step for each in links if each.step is not None})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    together = last == "and"
    parts = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if together and len(run) > 2 else map(str, run))]
    return f"{'step' if len(numbers) == 1 or last == 'or' else 'steps'} {listed(parts, last)}", tuple(
        ("step", number) for number in numbers
    )


def verified_run(told: Account) -> list[LinkAccount]:
    """The unbroken run of verified steps from the activity on."""
    return list(takewhile(lambda each: each.finding.state is LinkState.VERIFIED, told.pathway))


def refuted(told: Account) -> tuple[LinkAccount, ...]:
    """The refuted links, wherever they lie on the way."""
    return tuple(each for each in told.links if each.finding.state is LinkState.REFUTED)


def items_in_words(told: Account, ids: Sequence[str]) -> str:
    """Pieces of evidence as quotations, each with its kind and whether it is independent."""
    found = [record for record in (told.model.by_id[id] for id in ids) if isinstance(record, Evidence)]
    return "; ".join(f"{quoted(item.statement, item.id)} ({_kind(item)})" for item in found)


def _kind(item: Evidence) -> str:
    kind = item.kind.value.replace("_", "-") if item.kind else "kind not stated"
    voice = {True: "independent", False: "not independent", None: "independence not stated"}[item.independent]
    return f"{kind}, {voice}"


def judgement_in_words(judgement: Judgement) -> tuple[str, Values]:
    """A judgement in words first, its range after them, with who, when and why; and its numbers as data."""
    parts = [quoted(judgement.level)] if judgement.level else []
    values: Values = ()
    if judgement.low is not None and judgement.high is not None:
        exact = judgement.low == judgement.high
        parts.append(f"{judgement.low:f}" if exact else f"{judgement.low:f} to {judgement.high:f}")
        values = (("low", judgement.low), ("high", judgement.high))
    said = ", ".join(parts)
    by = f" by {quoted(judgement.by)}" if judgement.by else " by nobody named"
    on = f" on {quoted(judgement.on)}" if judgement.on else ""
    return f"{said}{by}{on}" + (f", because {quoted(judgement.why)}" if judgement.why else ""), values


def figures_in_words(told: Account, row: AchievementRow) -> tuple[str, Values]:
    """An achievement in words, with its numbers as data."""
    title = name(told, row.indicator)
    planned = "" if row.target.bounds is None else f" of {_number(row.target)} planned"
    if row.actual.words:
        return f"{title} in words: {quoted(row.actual)}", ()
    if row.actual.bounds is None:
        gap = "not due yet" if row.status is Status.NOT_DUE else "no result reported, which is missing and not zero"
        if row.actual.missing is Missing.SUPPRESSED:
            gap = "not shown, to protect small groups"
        target = "" if row.target.bounds is None else f"{_number(row.target)} planned, "
        return f"{title}: {target}{gap}", (("target", row.target.bounds),)
    share = f", {row.attainment}" if row.attainment.bounds is not None else ""
    verdict = "" if row.status in {None, Status.NO_TARGET} else f" ({row.verdict})"
    values = (("actual", row.actual.bounds), ("target", row.target.bounds), ("attainment", row.attainment))
    return f"{title}: {_number(row.actual)}{planned}{share}{verdict}", values


def inputs_of(row: AchievementRow) -> tuple[str, ...]:
    """The ids of the values that an achievement rests on."""
    return tuple(input.id for input in row.inputs)


def _number(figure: Figure) -> str:
    """An exact number; bounds as their source prints them, in quotation marks."""
    assert figure.bounds is not None
    if figure.value is not None:
        return grouped(figure.value)
    return quoted(figure.printed) if figure.printed else str(figure.bounds)
