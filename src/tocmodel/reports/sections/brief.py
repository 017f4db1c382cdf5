"""The brief: five sentences and three cautions, chosen by rule; every number in them stands in the page below."""

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from tocmodel.contribution.tracing.pathways import best_basis, carried
from tocmodel.learning import participants_named
from tocmodel.model import Basis, RivalStatus
from tocmodel.reports.naming import named, named_category
from tocmodel.reports.sections.facts import Facts
from tocmodel.reports.sections.results import Achieved, unreported
from tocmodel.stories import ClaimLevel, LinkState

CAUTIONS = 3


@frozen
class Said:
    """A sentence of the brief.

    Attributes:
        text: the sentence.
        section: the id of the section in which its numbers stand.
    """

    text: str
    section: str


@frozen
class Brief:
    """The first page.

    Attributes:
        sentences: what the page shows.
        cautions: what to bear in mind when reading on.
    """

    sentences: tuple[Said, ...]
    cautions: tuple[Said, ...]


def brief(facts: Facts, reached: Achieved) -> Brief:
    """The brief of a report: a sentence on the theory, reports, verdicts, evidence and claims, and the gravest caution of each kind.

    Cautions come in three kinds: what makes figures hard to read, what limits a claim of contribution, and what is not
    known. The first that applies of each kind is chosen; where a kind has none, the next of the others take its place.

    Args:
        facts: what the report rests on.
        reached: the achievement that it shows.
    """
    sentences = (_theory(facts), _reports(facts, reached), _verdicts(reached), _evidence(facts), _claims(facts))
    kinds = [list(kind) for kind in (_on_figures(facts, reached), _on_claims(facts), _on_gaps(facts, reached))]
    first = [found[0] for found in kinds if found]
    others = [said for found in kinds for said in found[1:]]
    return Brief(tuple(said for said in sentences if said is not None), tuple([*first, *others][:CAUTIONS]))


def _theory(facts: Facts) -> Said:
    model, words = facts.model, facts.words
    if not model.links:
        text = words.ngettext(
            "The theory of change has %(num)s node and no link.", "The theory of change has %(num)s nodes and no link.", len(model.nodes)
        )
        return Said(text, "theory")
    number = len(model.links)
    counts = {"nodes": words.number(len(model.nodes)), "stated": words.number(sum(carried(link) for link in model.links))}
    at_best = best_basis(link.basis for link in model.links if carried(link))
    if at_best is Basis.PLANNED:
        text = words.ngettext(
            "Of the %(num)s link between the %(nodes)s nodes of the theory of change, the plan states %(stated)s.",
            "Of the %(num)s links between the %(nodes)s nodes of the theory of change, the plan states %(stated)s.",
            number,
            **counts,
        )
    elif at_best is Basis.INTENDED:
        text = words.ngettext(
            "Of the %(num)s link between the %(nodes)s nodes of the theory of change, sources state %(stated)s as a plan or a purpose, none as a fact.",
            "Of the %(num)s links between the %(nodes)s nodes of the theory of change, sources state %(stated)s as a plan or a purpose, none as a fact.",
            number,
            **counts,
        )
    else:
        text = words.ngettext(
            "Of the %(num)s link between the %(nodes)s nodes of the theory of change, sources carry %(stated)s.",
            "Of the %(num)s links between the %(nodes)s nodes of the theory of change, sources carry %(stated)s.",
            number,
            **counts,
        )
    return Said(text, "theory")


def _reports(facts: Facts, reached: Achieved) -> Said:
    words = facts.words
    if not facts.model.indicators:
        return Said(words.gettext("No indicator is stated, so nothing is measured."), "achievement")
    return Said(reached.reports, "achievement")


def _verdicts(reached: Achieved) -> Said | None:
    return Said(reached.verdicts, "achievement") if reached.verdicts else None


def _evidence(facts: Facts) -> Said | None:
    words = facts.words
    if not facts.evidence.rows:
        return None
    text = words.ngettext(
        "There is evidence for %(supported)s of %(num)s link and against %(against)s; of %(none)s nothing is known either way, "
        "which does not speak against it.",
        "There is evidence for %(supported)s of %(num)s links and against %(against)s; of %(none)s nothing is known either way, "
        "which does not speak against them.",
        len(facts.evidence),
        supported=words.number(sum(bool(row.supporting) for row in facts.evidence)),
        against=words.number(sum(bool(row.contradicting) for row in facts.evidence)),
        none=words.number(sum(row.none for row in facts.evidence)),
    )
    return Said(text, "evidence")


def _claims(facts: Facts) -> Said | None:
    words = facts.words
    if not facts.pairs:
        return None
    levels = Counter(pair.story.level for pair in facts.pairs)
    if levels[ClaimLevel.NONE] == len(facts.pairs):
        text = words.ngettext(
            "On the %(num)s way from an activity to an objective that is told below, evidence allows no claim of contribution yet.",
            "On none of the %(num)s ways from an activity to an objective that are told below, evidence allows a claim of contribution yet.",
            len(facts.pairs),
        )
        return Said(text, "stories")
    text = words.gettext(
        "Of the %(pairs)s ways from an activity to an objective that are told below, evidence allows a claim of contribution to the objective for "
        "%(indirect)s, to a change on the way for %(direct)s, to an output only for %(minimal)s, and none yet for %(none)s.",
        pairs=words.number(len(facts.pairs)),
        indirect=words.number(levels[ClaimLevel.INDIRECT]),
        direct=words.number(levels[ClaimLevel.DIRECT]),
        minimal=words.number(levels[ClaimLevel.MINIMAL]),
        none=words.number(levels[ClaimLevel.NONE]),
    )
    return Said(text, "stories")


def _on_figures(facts: Facts, reached: Achieved) -> Iterator[Said]:
    words = facts.words
    if reached.hidden:
        yield Said(
            words.ngettext(
                "%(num)s figure is not shown, to protect small groups.",
                "%(num)s figures are not shown, to protect small groups.",
                reached.hidden,
            ),
            "achievement",
        )
    if reached.compared:
        text = words.ngettext(
            "%(num)s result has a note on what makes plan and result hard to compare; read it before the percentage.",
            "%(num)s results have notes on what makes plan and result hard to compare; read them before the percentages.",
            reached.compared,
        )
        yield Said(text, "achievement")
    for gap in facts.gaps:
        if gap.short:
            text = words.gettext(
                "Fewer than planned stand behind “%(indicator)s”: %(groups)s. Is it the plan, the identification or the access?",
                groups=words.listed([named_category(facts.model, gap.dimension, id, words) for id in gap.short]),
                indicator=named(facts.model, gap.indicator, words),
            )
            yield Said(text, "groups")
            break
    if reached.bounded:
        text = words.ngettext(
            "%(num)s result is a bound and not an exact number; its percentage is a bound too.",
            "%(num)s results are bounds and not exact numbers; their percentages are bounds too.",
            reached.bounded,
        )
        yield Said(text, "achievement")


def _on_claims(facts: Facts) -> Iterator[Said]:
    model, words = facts.model, facts.words
    refuted = {link.link.id for pair in facts.pairs for link in pair.story.links if link.finding.state is LinkState.REFUTED}
    if refuted:
        text = words.ngettext(
            "Independent evidence speaks against %(num)s link of the theory, or against what it leads to.",
            "Independent evidence speaks against %(num)s links of the theory, or against what they lead to.",
            len(refuted),
        )
        yield Said(text, "evidence")
    unexamined = sum(rival.status is RivalStatus.NOT_EXAMINED for rival in model.rivals)
    if unexamined:
        text = words.ngettext(
            "%(num)s other explanation of the changes has not been examined; until it is, contribution to a change cannot be claimed.",
            "%(num)s other explanations of the changes have not been examined; until they are, contribution to a change cannot be claimed.",
            unexamined,
        )
        yield Said(text, "questions")
    if model.links and not model.rivals:
        yield Said(words.gettext("No other explanation of the changes is named, so none was examined."), "questions")
    inferred = sum(not carried(link) for link in model.links)
    if inferred:
        text = words.ngettext(
            "%(num)s link is the author's reading and is carried by no source; it is drawn dashed.",
            "%(num)s links are the author's reading and are carried by no source; they are drawn dashed.",
            inferred,
        )
        yield Said(text, "theory")


def _on_gaps(facts: Facts, reached: Achieved) -> Iterator[Said]:
    words = facts.words
    errors = len(facts.findings.of("error"))
    if errors:
        text = words.ngettext(
            "%(num)s error in the data makes results wrong; mend it before relying on them.",
            "%(num)s errors in the data make results wrong; mend them before relying on them.",
            errors,
        )
        yield Said(text, "checks")
    silent = unreported(facts)
    if silent.rows:
        yield Said(" ".join(filter(None, (silent.told, silent.beside))), "unreported")
    absent = {id for row in participants_named(facts.model) for id in row.rights_holders_missing}
    if absent:
        text = words.ngettext(
            "%(num)s group of rights holders is not named among those who reflected on the programme.",
            "%(num)s groups of rights holders are not named among those who reflected on the programme.",
            len(absent),
        )
        yield Said(text, "learning")
    if reached.unbased:
        text = words.ngettext(
            "%(num)s target stands without a baseline; how far the change has come from where it began cannot be said.",
            "%(num)s targets stand without a baseline; how far the change has come from where it began cannot be said.",
            reached.unbased,
        )
        yield Said(text, "achievement")
