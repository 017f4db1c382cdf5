"""The short answer of a story, the question, and the theory: the first two of Mayne's six steps."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tocmodel.contribution.tracing.pathways import best_basis
from tocmodel.contribution.tracing.telling import ways
from tocmodel.figures.display import apart
from tocmodel.model import AssumptionState, Basis, Evidence, EvidenceKind, RivalExplanation, RivalStatus, Sign
from tocmodel.stories.account import Account, LinkAccount
from tocmodel.stories.level import ClaimLevel, Gap
from tocmodel.stories.links import LinkState, Why
from tocmodel.stories.phrases import arrow, figure_in_words, ground, ids_of, inputs_of, name, refuted, titled, verified_run
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.wording import Words, quoted, steps


def _carried_by(words: Words, basis: Basis | None) -> str:
    """Who carries a step."""
    said = words.gettext
    return {
        Basis.STATED: said("a source states this step as a fact"),
        Basis.INTENDED: said("a source states this step as a purpose"),
        Basis.PLANNED: said("the plan states this step"),
        Basis.INFERRED: said("this step is the author's reading"),
        None: said("nobody says who carries this step"),
    }[basis]


def _found(words: Words, state: AssumptionState) -> str:
    """What is known of an assumption."""
    said = words.gettext
    return {
        AssumptionState.UNTESTED: said("untested"),
        AssumptionState.HOLDS: said("found to hold"),
        AssumptionState.HOLDS_IN_PART: said("found to hold in part"),
        AssumptionState.FAILED: said("found to have failed"),
    }[state]


def in_short(told: Account) -> Section:
    """The short answer: what may be said, whose word there is, what is refuted, and what is missing."""
    missing = list(_missing(told))
    sentences = [claim(told), *_weak_support(told), *_contradicted(told)]
    if missing:
        because = [id for sentence in missing for id in sentence.because]
        values = tuple(value for sentence in missing for value in sentence.values)
        text = told.words.gettext("Missing: %(parts)s.", parts=apart([sentence.text for sentence in missing], told.words))
        sentences.append(Sentence(text, because, values))
    return Section(None, told.words.gettext("In short"), tuple((sentence,) for sentence in sentences))


def _weak_support(told: Account) -> Iterator[Sentence]:
    """How many steps are supported by nothing that counts, and whose word that is."""
    weak = [each for each in told.pathway if each.finding.why is Why.NOT_INDEPENDENT]
    items = [id for each in weak for id in each.finding.link.supporting]
    if weak:
        values = (("supported", len(weak)), ("steps", len(told.pathway)))
        whose, sources = _voice(told, items)
        text = told.words.ngettext(
            "%(num)s of %(steps)s is supported only by %(whose)s.",
            "%(num)s of %(steps)s are supported only by %(whose)s.",
            len(weak),
            steps=steps(len(told.pathway), told.words),
            whose=whose,
        )
        yield Sentence(text, (*ids_of(weak), *items, *sources), values)


def _voice(told: Account, items: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Whose word these pieces of evidence are, and the one source behind them if there is but one."""
    found = [record for record in (told.model.by_id[id] for id in items) if isinstance(record, Evidence)]
    own_sources = {source.id for source in told.model.sources if source.self_reported}
    sources = {item.source.source if item.source else "" for item in found}
    own = all(item.kind is EvidenceKind.SELF_REPORT or (item.source and item.source.source in own_sources) for item in found)
    said = told.words.gettext
    whose = said("the programme's own word") if own else said("what is not independent, or no more than opinion")
    if len(sources) == 1 and "" not in sources:
        (source,) = sources
        return said("%(whose)s, all of it from %(source)s", whose=whose, source=name(told, source)), (source,)
    return whose, ()


def claim(told: Account) -> Sentence:
    """The level of claim as a sentence."""
    start, end = name(told, told.start.id), name(told, told.end.id)
    level, run, said = told.best.found.level, verified_run(told), told.words.gettext
    because = (told.start.id, *(told.end.id,), *ids_of(run))
    if level is ClaimLevel.INDIRECT:
        text = said("It is reasonable to conclude that %(start)s contributed to %(end)s, beside other influences.", start=start, end=end)
        return Sentence(text, because)
    if level is ClaimLevel.DIRECT:
        outcome = next(each.link.to for each in reversed(run) if told.conditions.kinds[each.link.to] == "outcome")
        text = said(
            "It is reasonable to conclude that %(start)s contributed to %(outcome)s; no claim reaches as far as %(end)s yet.",
            start=start,
            outcome=name(told, outcome),
            end=end,
        )
        return Sentence(text, (*because, outcome))
    if level is ClaimLevel.MINIMAL:
        output = next(each.link.to for each in reversed(run) if told.conditions.kinds[each.link.to] == "output")
        text = said(
            "%(took_place)s and led to %(output)s; that it contributed to %(end)s cannot be claimed yet.",
            took_place=_took_place(told),
            output=name(told, output),
            end=end,
        )
        return Sentence(text, (*because, output))
    if not told.pathway:
        text = said("No claim can be made: the theory draws no helping pathway from %(start)s to %(end)s.", start=start, end=end)
    elif told.delivery.unpublished:
        text = said(
            "Whether %(start)s took place is not told here, for its figure is not published, and no contribution to %(end)s is claimed.",
            start=start,
            end=end,
        )
        because = (*because, *(row.indicator for row in told.delivery.withheld))
    elif told.delivery.held:
        text = said("%(took_place)s but that it contributed to %(end)s cannot be claimed yet.", took_place=_took_place(told), end=end)
    elif told.followed is not None:
        because = (*because, told.followed.node, told.followed.indicator, *inputs_of(told.followed))
        text = said(
            "That %(start)s took place is shown by no figure of its own, though %(output)s, which follows from it, reports %(actual)s; "
            "that it contributed to %(end)s cannot be claimed yet.",
            start=start,
            output=name(told, told.followed.node),
            actual=figure_in_words(told.followed.actual, told.words),
            end=end,
        )
        return Sentence(text, because, (("actual", told.followed.actual.bounds),))
    else:
        text = said(
            "That %(start)s took place is not established, and that it contributed to %(end)s cannot be claimed yet.", start=start, end=end
        )
    return Sentence(text, because)


def _took_place(told: Account) -> str:
    start, said = name(told, told.start.id), told.words.gettext
    if told.delivery.stated:
        # Translators: goes on with “and led to …” or “but that it contributed to … cannot be claimed yet”.
        return said("%(start)s took place, as a source states,", start=start)
    return said("%(start)s took place, as a figure above zero shows,", start=start)


def _missing(told: Account) -> Iterator[Sentence]:
    """What is missing to a higher level, as parts of a sentence."""
    said = told.words.gettext
    for gap in told.best.found.missing:
        if gap is Gap.THEORY_NOT_REASONED:
            bare = [each for each in told.pathway if not each.reasoned]
            text = said(
                "the reasoning or the assumptions behind %(number)s of %(steps)s",
                number=told.words.number(len(bare)),
                steps=steps(len(told.pathway), told.words),
            )
            yield Sentence(text, ids_of(bare), (("not reasoned", len(bare)), ("steps", len(told.pathway))))
        elif gap is Gap.ACTIVITY_NOT_DELIVERED:
            text = (
                said("undisputed word that the activity took place, for its figure is not published")
                if told.delivery.unpublished
                else said("undisputed word that the activity took place")
            )
            yield Sentence(text, (told.start.id, *told.delivery.against))
        elif gap is Gap.LINK_REFUTED:
            broken = [each for each in told.pathway if each.finding.state is LinkState.REFUTED]
            yield Sentence(said("a pathway without a refuted step"), ids_of(broken))
        elif gap is Gap.CHAIN_NOT_VERIFIED:
            yield _unverified(told)
        elif gap is Gap.RIVALS_NOT_ASSESSED:
            yield _unexamined(told)


def _unverified(told: Account) -> Sentence:
    open_steps = [each for each in told.pathway if each.finding.state is not LinkState.VERIFIED]
    values = (("not verified", len(open_steps)), ("steps", len(told.pathway)))
    text = told.words.gettext(
        "independent and undisputed evidence on %(number)s of %(steps)s",
        number=told.words.number(len(open_steps)),
        steps=steps(len(told.pathway), told.words),
    )
    return Sentence(text, ids_of(open_steps), values)


def _unexamined(told: Account) -> Sentence:
    waiting = [rival for rival in told.rivals if rival.status is RivalStatus.NOT_EXAMINED]
    if not told.rivals:
        return Sentence(told.words.gettext("other explanations of the change, of which none is named"), (told.end.id,))
    text = told.words.ngettext("an examination of %(num)s other explanation", "an examination of %(num)s other explanations", len(waiting))
    return Sentence(text, [rival.id for rival in waiting], (("not examined", len(waiting)),))


def _contradicted(told: Account) -> Iterator[Sentence]:
    """One sentence for each refuted link, wherever it lies on the way."""
    for each in refuted(told):
        against = (*each.finding.link.counted_against, *each.finding.result.counted_against)
        text = told.words.gettext(
            "Refuted: that %(start)s leads to %(end)s; %(why)s.",
            start=name(told, each.link.from_),
            end=name(told, each.link.to),
            why=ground(told.words, each.finding.why),
        )
        yield Sentence(text, (each.link.id, *against))


def question(told: Account) -> Section:
    """Step 1: the question."""
    start, end = name(told, told.start.id), name(told, told.end.id)
    said = told.words.gettext
    asked = Sentence(said("Did %(start)s contribute to %(end)s?", start=start, end=end), (told.start.id, told.end.id))
    kind = Sentence(
        said("The question is whether the activity made a difference together with other things, not which share of a change is its own."),
        (told.start.id, told.end.id),
    )
    return Section(1, said("The question"), ((asked, kind),))


def theory(told: Account) -> Section:
    """Step 2: the theory, what it assumes, and what else may explain the change."""
    paragraphs: list[tuple[Sentence, ...]] = [tuple(_drawn(told))]
    paragraphs += [tuple(_reasons(told, each)) for each in told.pathway]
    hindering = [each for each in told.links if each.link.sign is Sign.HINDERS]
    if hindering:
        names = told.words.listed([arrow(told, each.link.id) for each in hindering])
        text = told.words.gettext("The theory also draws what hinders: %(links)s. That carries no claim.", links=names)
        paragraphs.append((Sentence(text, ids_of(hindering)),))
    paragraphs += [(sentence,) for sentence in _rivals(told)]
    return Section(2, told.words.gettext("The theory, and what else may explain the change"), tuple(paragraphs))


def _drawn(told: Account) -> Iterator[Sentence]:
    ends, said = (told.start.id, told.end.id), told.words.gettext
    if not told.pathway:
        yield Sentence(said("The theory draws no helping pathway between the two."), ends)
        return
    count = told.way.count
    if count.count == 1 and count.exact:
        text = said("The theory draws 1 pathway.")
    else:
        text = said(
            "The theory draws %(number)s pathways; the story follows the one that comes closest to a claim.",
            number=ways(count, told.words),
        )
    yield Sentence(text, (*ends, *ids_of(told.pathway)), (("pathways", count.count),))
    yield _carried(told)
    for loop in told.way.loops:
        names = told.words.listed([name(told, id) for id in loop])
        yield Sentence(said("On the way, %(nodes)s feed each other in a loop.", nodes=names), loop)


def _carried(told: Account) -> Sentence:
    said = told.words.gettext
    carried = list(takewhile(lambda each: each.link.basis not in {Basis.INFERRED, None}, told.pathway))
    if len(carried) == len(told.pathway):
        at_best = best_basis(each.link.basis for each in carried)
        if at_best is Basis.PLANNED:
            text = said("The plan states every step of it (→).")
        elif at_best is Basis.INTENDED:
            text = said("Sources state every step of it as a plan or a purpose, none as a fact (→).")
        else:
            text = said("Sources carry every step of it (→).")
    elif not carried:
        text = said("Already its first step is carried by no source (⇢).")
    else:
        far = name(told, carried[-1].link.to)
        text = said("Sources carry it as far as %(node)s (→); there their word ends (⇢).", node=far)
    return Sentence(text, ids_of(told.pathway))


def _reasons(told: Account, each: LinkAccount) -> Iterator[Sentence]:
    link, words = each.link, told.words
    said = words.gettext
    said_by = (link.id, *([link.source.source] if link.source else []))
    carried = _carried_by(words, link.basis)
    why = (
        f"{quoted(words.text(link.rationale), words=words)} ({carried})"
        if link.rationale
        else said("no rationale is stated (%(carried)s)", carried=carried)
    )
    sign = "⇢" if link.basis in {Basis.INFERRED, None} else "→"
    text = said("Step %(step)s %(arrow)s %(node)s: %(why)s.", step=each.step, arrow=sign, node=name(told, link.to), why=why)
    yield Sentence(text, (*said_by, link.to), (("step", each.step),))
    if each.assumptions:
        names = words.listed([f"{titled(told, item, item.id)} ({_found(words, item.state)})" for item in each.assumptions])
        yield Sentence(said("It assumes %(assumptions)s.", assumptions=names), (link.id, *(item.id for item in each.assumptions)))
    else:
        yield Sentence(said("It states no assumption."), (link.id,))
    if each.companions:
        names = words.listed([arrow(told, id) for id in each.companions])
        yield Sentence(said("It works only together with %(links)s.", links=names), (link.id, *each.companions))
    if link.risks:
        names = words.listed([name(told, id) for id in link.risks])
        yield Sentence(said("At risk from %(risks)s.", risks=names), (link.id, *link.risks))


def _rivals(told: Account) -> Iterator[Sentence]:
    if not told.rivals:
        yield Sentence(told.words.gettext("No other explanation is named."), (told.end.id,))
    for status in RivalStatus:
        alike = [rival for rival in told.rivals if rival.status is status]
        if alike:
            names = told.words.listed([_rival(told, rival) for rival in alike])
            text = _explained(told.words, status, len(alike), names)
            yield Sentence(text, [id for rival in alike for id in (rival.id, *rival.evidence)])


def _explained(words: Words, status: RivalStatus, number: int, names: str) -> str:
    """What is known of other explanations."""
    if status is RivalStatus.NOT_EXAMINED:
        return words.ngettext(
            "Another explanation, %(names)s, has not been examined.",
            "Other explanations, %(names)s, have not been examined.",
            number,
            names=names,
        )
    if status is RivalStatus.MINOR:
        return words.ngettext(
            "Another explanation, %(names)s, was examined and found minor.",
            "Other explanations, %(names)s, were examined and found minor.",
            number,
            names=names,
        )
    if status is RivalStatus.CONTRIBUTORY:
        return words.ngettext(
            "Another explanation, %(names)s, was examined and found to contribute too.",
            "Other explanations, %(names)s, were examined and found to contribute too.",
            number,
            names=names,
        )
    return words.ngettext(
        "Another explanation, %(names)s, was examined and found to be the main explanation.",
        "Other explanations, %(names)s, were examined and found to be the main explanation.",
        number,
        names=names,
    )


def _rival(told: Account, rival: RivalExplanation) -> str:
    title = titled(told, rival, rival.id)
    if rival.evidence or rival.status is RivalStatus.NOT_EXAMINED:
        return title
    return told.words.gettext("%(title)s (no evidence is named for that)", title=title)
