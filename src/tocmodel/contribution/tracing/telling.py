"""How a trace is told to people: in a few sentences, pathway by pathway, and as HTML."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from html import escape
from typing import TYPE_CHECKING

from tocmodel.contribution.tracing.pathways import Step
from tocmodel.figures.display import ENGLISH, Wording, apart
from tocmodel.model import Basis
from tocmodel.paths import PathCount

if TYPE_CHECKING:
    from tocmodel.contribution.tracing.trace import Trace


def sentence(found: "Trace") -> str:
    """What is drawn, how far sources carry it, and what is missing."""
    gettext, asked = found.wording.gettext, _asked(found)
    if not found.reached:
        return gettext("The theory draws no pathway %(asked)s.", asked=asked)
    if not found.links:
        return gettext("A pathway %(asked)s begins and ends at one node; no link lies between.", asked=asked)
    drawn = found.wording.ngettext(
        "The theory draws %(shown)s pathway %(asked)s.",
        "The theory draws %(shown)s pathways %(asked)s.",
        found.count.count,
        shown=ways(found.count, found.wording),
        asked=asked,
    )
    return " ".join(filter(None, [drawn, _passing(found), _carried(found), _evidenced(found)]))


def _asked(found: "Trace") -> str:
    """What was asked for, as a part of a sentence."""
    gettext, start, end = found.wording.gettext, _either(found, found.from_), _either(found, found.to)
    via = "" if found.via is None else _either(found, (found.via,))
    actor = "" if found.through is None else _either(found, (found.through,))
    if via and actor:
        return gettext("from %(start)s to %(end)s via %(via)s on which %(actor)s act", start=start, end=end, via=via, actor=actor)
    if via:
        return gettext("from %(start)s to %(end)s via %(via)s", start=start, end=end, via=via)
    if actor:
        return gettext("from %(start)s to %(end)s on which %(actor)s act", start=start, end=end, actor=actor)
    return gettext("from %(start)s to %(end)s", start=start, end=end)


def _passing(found: "Trace") -> str:
    if found.every_path is None:
        return ""
    if found.every_path:
        return found.wording.gettext("No pathway avoids that.")
    return found.wording.gettext("Between the ends there are %(shown)s in all.", shown=ways(found.total, found.wording))


def _carried(found: "Trace") -> str:
    if not found.pathways:
        return ""
    gettext, ngettext, whole = found.wording.gettext, found.wording.ngettext, found.carried_wholly
    if not whole:
        if not found.carried_beyond_start:
            return gettext("No source carries its first step.")
        nodes = reduce(
            lambda before, part: gettext("%(before)s and %(part)s", before=before, part=part), _quoted(found, found.carried_beyond_start)
        )
        return gettext("Sources carry it as far as %(nodes)s; no source carries the next step.", nodes=nodes)
    alone = len(found.pathways) == 1
    if found.carried_as is Basis.PLANNED:
        if alone:
            return gettext("The plan states every step.")
        return ngettext("The plan states every step of %(num)s of them.", "The plan states every step of %(num)s of them.", whole)
    if found.carried_as is Basis.INTENDED:
        if alone:
            return gettext("Sources state every step as a plan or a purpose, none as a fact.")
        return ngettext(
            "Sources state every step of %(num)s of them as a plan or a purpose, none as a fact.",
            "Sources state every step of %(num)s of them as a plan or a purpose, none as a fact.",
            whole,
        )
    if alone:
        return gettext("Sources carry it all the way.")
    return ngettext("Sources carry %(num)s of them all the way.", "Sources carry %(num)s of them all the way.", whole)


def _evidenced(found: "Trace") -> str:
    missing, wording = len(found.without_evidence), found.wording
    if not missing:
        return wording.gettext("Each link on the way has some supporting evidence.")
    return wording.ngettext(
        "%(num)s of %(links)s links on the way has no evidence for it.",
        "%(num)s of %(links)s links on the way have no evidence for them.",
        missing,
        links=wording.number(Decimal(len(found.links))),
    )


def text(found: "Trace") -> str:
    """The trace in sentences, then pathway by pathway, then what every pathway passes."""
    lines = [found.sentence()]
    for heading, start, steps in _pathways(found):
        lines += [f"\n{heading}", f"  {start}", *(f"  {step}" for step in steps)]
    if found.truncated:
        lines.append(f"\n({_cut_short(found)})")
    lines += ["", *_failing(found)] if found.reached else []
    return "\n".join([*lines, *([f"\n{found.notice}"] if found.notice else [])])


def html(found: "Trace") -> str:
    """The same as HTML, every text escaped."""
    parts = [f"<p>{escape(found.sentence())}</p>"]
    for heading, start, steps in _pathways(found):
        items = "".join(f"<li>{escape(item)}</li>" for item in (start, *steps))
        parts.append(f"<p>{escape(heading)}</p><ol>{items}</ol>")
    said = [*([_cut_short(found)] if found.truncated else []), *(_failing(found) if found.reached else []), found.notice]
    return "".join([*parts, *(f"<p>{escape(line)}</p>" for line in said if line)])


def _pathways(found: "Trace") -> Iterator[tuple[str, str, list[str]]]:
    """Of each pathway that is listed its heading, where it starts, and its steps."""
    for number, pathway in enumerate(found.pathways, start=1):
        steps = [
            f"{'⇢' if step.basis is Basis.INFERRED else '→'} {found.titles[step.to]}  [{_mark(found, step)}]" for step in pathway.steps
        ]
        heading = found.wording.gettext("Pathway %(number)s", number=found.wording.number(Decimal(number)))
        yield heading, found.titles[pathway.nodes[0]], steps


def _mark(found: "Trace", step: Step) -> str:
    """Who says that a step is so, and what speaks for it."""
    gettext = found.wording.gettext
    basis = found.wording.label(step.basis.value) if step.basis else gettext("not said by whom")
    said = [
        *([gettext("evidence: %(items)s", items=_stated(found, step.evidence))] if step.evidence else []),
        *([gettext("evidence against: %(items)s", items=_stated(found, step.against))] if step.against else []),
    ]
    return apart([basis, *(said or [gettext("no evidence")])], found.wording)


def _stated(found: "Trace", evidence: Sequence[str]) -> str:
    """What pieces of evidence state, or their ids."""
    return ", ".join(found.wording.gettext("“%(title)s”", title=said) if (said := found.statements.get(id)) else id for id in evidence)


def _cut_short(found: "Trace") -> str:
    wording = found.wording
    return wording.ngettext(
        "the first pathway; there are %(shown)s",
        "the first %(num)s pathways; there are %(shown)s",
        len(found.pathways),
        shown=ways(found.count, found.wording),
    )


def _failing(found: "Trace") -> Iterator[str]:
    """What every pathway passes, the least that breaks them all, and what goes round."""
    gettext, wording = found.wording.gettext, found.wording
    passed = apart([found.titles[node] for node in found.bottlenecks.nodes], wording)
    yield gettext("On every pathway: %(nodes)s", nodes=passed or gettext("no node but the ends"))
    links, nodes = found.link_cut, found.node_cut
    if links.size is not None and links.size > 1:
        yield gettext(
            "No pathway is left without these %(number)s links, and no fewer break them all: %(items)s",
            number=wording.number(Decimal(links.size)),
            items=apart([found.titles.get(id, id) for id in links.links], wording),
        )
    if nodes.size is not None and nodes.size > 1:
        yield gettext(
            "No pathway is left without these %(number)s nodes, and no fewer break them all: %(items)s",
            number=wording.number(Decimal(nodes.size)),
            items=apart([found.titles.get(id, id) for id in (*nodes.links, *nodes.nodes)], wording),
        )
    if found.loops:
        loops = apart([", ".join(found.titles[node] for node in loop) for loop in found.loops], wording)
        yield gettext("Loops on the way: %(loops)s", loops=loops)


def ways(count: PathCount, wording: Wording = ENGLISH) -> str:
    """How many pathways there are, or how many at least.

    Example:
        >>> ways(PathCount(1200, exact=False))
        'at least 1,200'
    """
    number = wording.number(Decimal(count.count))
    return number if count.exact else wording.gettext("at least %(number)s", number=number)


def _quoted(found: "Trace", ids: Iterable[str]) -> list[str]:
    return [found.wording.gettext("“%(title)s”", title=found.titles[id]) for id in ids]


def _either(found: "Trace", ids: Iterable[str]) -> str:
    gettext = found.wording.gettext
    return reduce(lambda before, part: gettext("%(before)s or %(part)s", before=before, part=part), _quoted(found, ids))
