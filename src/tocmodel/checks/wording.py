"""Rules on titles: what is done dressed as what changes, two ideas in one, reasons inside a label, and nobody who acts.

But for L34 they read English only, with lists of words and patterns; titles in other languages are passed over.
"""

from tocmodel.checks.english import ACTIVITY, CAUSAL, SHARE, bare, counts_deliveries, names_change, passive_without_agent, two_ideas
from tocmodel.checks.rule import Found, rule
from tocmodel.checks.structure import DAVIES, MAYNE
from tocmodel.checks.subject import Subject
from tocmodel.findings import Severity
from tocmodel.messages import message
from tocmodel.model import IndicatorKind, Input, Objective, Outcome, Text


def _english(words: str) -> Text:
    """The words that a rule has read: English, also where the report has the title in its own language."""
    return Text((("en", words),))


@rule("L30", "activity-as-result", Severity.NOTE, source=f"{MAYNE}; InterAction and USAID guidance: activities dressed as outcomes")
def activity_as_result(subject: Subject) -> Found:
    """Flags outcomes and objectives whose title reads like an activity or a service: "Train teachers", "Teachers received training".

    Why: What the programme does is then counted as what changed, and the theory skips the step that matters.
    Mend: Say who does, knows or has what differently.
    Precision: 3 of 3 findings were right, all that there were on 410 English titles of published IATI results and of Miradi
        projects, read by hand in 2026-11; so few say little, and most activities in disguise will escape it.

    Example that fires:
        outcomes: [{id: fluent, title: Train teachers in reading aloud}]

    Example that passes:
        outcomes: [{id: fluent, title: Teachers read aloud with their class every day}]
    """
    for node, title in subject.worded():
        if isinstance(node, Outcome | Objective) and ACTIVITY.search(bare(title)):
            if isinstance(node, Outcome):
                yield node.id, message("“%(title)s” reads like an activity, and stands among the outcomes", title=_english(title))
            else:
                yield node.id, message("“%(title)s” reads like an activity, and stands among the objectives", title=_english(title))


@rule("L31", "two-ideas", Severity.NOTE, source=f"{DAVIES}, wrong level of detail; Wilson-Grau and Britt (2012)")
def two_ideas_in_one(subject: Subject) -> Found:
    """Flags titles that hold two statements joined by "and" or a semicolon.

    Why: One may come true without the other, and no indicator or link can then say which is meant.
    Mend: Make two nodes of it.
    Precision: 4 of 4 findings were right, all that there were on 410 English titles of published IATI results and of Miradi
        projects, read by hand in 2026-11; it is made to miss rather than to nag. They also served to tune the lists of words.

    Example that fires:
        outputs: [{id: lent, title: Books are lent and teachers trained}]

    Example that passes:
        outputs: [{id: lent, title: Books and magazines are lent}]
    """
    for node, title in subject.worded():
        if two_ideas(title):
            yield node.id, message("“%(title)s” seems to hold two ideas", title=_english(title))


@rule("L32", "causal-word", Severity.NOTE, source=f"{DAVIES}, unlabelled connections: the reason belongs on the link")
def causal_word(subject: Subject) -> Found:
    """Flags titles with a causal word inside, such as "through", "by …ing" or "in order to".

    Why: A step of the theory hides in the box, where it has no evidence, no assumption and no link of its own.
    Mend: Draw the step as a link, with its rationale.
    Precision: 6 of 10 findings were right, all that there were on 410 English titles of published IATI results and of Miradi
        projects, read by hand in 2026-11; the others name a channel, as in "through newsletters", or no step at all. They also
        served to tune the lists of words.

    Example that fires:
        outcomes: [{id: fluent, title: Better reading through weekly clubs}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read better}]
    """
    for node, title in subject.worded():
        found = CAUSAL.search(title)
        if found is not None and not isinstance(node, Input):
            words = _english(found.group().lower())
            yield node.id, message("“%(title)s” says “%(words)s”: a causal step inside a title", title=_english(title), words=words)


@rule("L33", "nobody-acts", Severity.NOTE, source="Wilson-Grau and Britt (2012), Outcome harvesting: who changed what")
def nobody_acts(subject: Subject) -> Found:
    """Flags titles in the passive that do not say by whom, of nodes that name no actor either.

    Why: "Awareness is raised" leaves open who raises whose, so nobody can be asked whether it is true.
    Mend: Name the actor with by, involves or who, or write who does it.
    Precision: 19 of 20 in a sample of 82 findings were right, on 410 English titles of published IATI results and of Miradi
        projects, read by hand in 2026-11; the other names in the title who acts. They also served to tune the lists of words.

    Example that fires:
        outputs: [{id: aware, title: Awareness of reading is raised}]

    Example that passes:
        actors: [{id: parents, title: Parents}]
        outputs: [{id: aware, title: Awareness of reading is raised, who: parents}]
    """
    for node, title in subject.worded():
        if not (node.by or node.involves or node.who) and passive_without_agent(title):
            yield node.id, message("“%(title)s” does not say who acts", title=_english(title))


@rule("L34", "no-actor", Severity.NOTE, source="Mayne (2017), on behaviour change of identified groups; Wilson-Grau and Britt (2012)")
def no_actor(subject: Subject) -> Found:
    """Flags outcomes that do not name, in the field who, the actor whose situation, knowledge or behaviour changes.

    Why: A change without somebody who changes cannot be observed.
    Mend: Name the actor with who.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]

    Example that passes:
        actors: [{id: pupils, title: Pupils}]
        outcomes: [{id: fluent, title: Pupils read fluently, who: pupils}]
    """
    for node in subject.model.nodes:
        if isinstance(node, Outcome) and not node.who:
            yield node.id, message("“%(title)s” does not say who changes", title=node.title)


@rule("L35", "no-change", Severity.NOTE, source="OECD-DAC (2022), Glossary: outcomes are changes; SMART criteria")
def no_change(subject: Subject) -> Found:
    """Flags outcomes and objectives whose title names a theme, where neither title nor narrative names a change, nor the fields a time.

    Why: "Basic education" says neither which way nor by when, so any result is a success.
    Mend: Say what is to be different, and by when.
    Precision: 16 of 20 in a sample of 31 findings were right, on the outcomes and objectives among 410 English titles of
        published IATI results and of Miradi projects, read by hand in 2026-11; the others name a wanted state in a noun, such
        as "compliance".

    Example that fires:
        outcomes: [{id: fluent, title: Basic education}]

    Example that passes:
        outcomes: [{id: fluent, title: More pupils finish primary school}]
    """
    for node, title in subject.worded():
        if not isinstance(node, Outcome | Objective) or node.period is not None:
            continue
        if getattr(node, "horizon", None) is None and not names_change(title) and not names_change(subject.english(node.narrative)):
            yield node.id, message("“%(title)s” names a theme, not a change", title=_english(title))


@rule(
    "L46", "output-indicator", Severity.NOTE, source="USAID, Performance indicator reference sheet guidance: direct measures of the result"
)
def output_indicator(subject: Subject) -> Found:
    """Flags indicators of outcomes and objectives that count what was delivered, such as people trained or sessions held.

    Why: Delivery is then reported as change.
    Mend: Move it to an output, and measure here what people do with it.
    Precision: 20 of 20 in a sample of 28 findings were right, on 876 English titles of published IATI and Miradi indicators,
        read by hand in 2026-11. They also served to tune the lists of words.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Number of teachers trained, of: fluent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Number of pupils who read a page in two minutes, of: fluent}]
    """
    for indicator in subject.model.indicators:
        node, title = subject.model.node(indicator.of), subject.english(indicator.title)
        if isinstance(node, Outcome | Objective) and title and counts_deliveries(title):
            own = _english(title)
            if isinstance(node, Outcome):
                said = message("“%(title)s” counts what was delivered, and measures the outcome “%(node)s”", title=own, node=node.title)
            else:
                said = message("“%(title)s” counts what was delivered, and measures the objective “%(node)s”", title=own, node=node.title)
            yield indicator.id, said


@rule(
    "L82",
    "percentage-as-count",
    Severity.WARNING,
    source="Published IATI results: 423 titles speak of percent where the measure is a count",
)
def percentage_as_count(subject: Subject) -> Found:
    """Flags indicators whose title says that they are a percentage, and that are kept as a count.

    Why: Counts are added over time and places; adding percentages gives nonsense.
    Mend: Set kind: percentage and unit: percent.
    Precision: 20 of 20 in a sample of 28 findings were right, on 876 English titles of published IATI and Miradi indicators,
        read by hand in 2026-11.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: "% of pupils who read fluently", of: fluent, unit: person}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: "% of pupils who read fluently", of: fluent, kind: percentage, unit: percent}]
    """
    for indicator in subject.model.indicators:
        title = subject.english(indicator.title)
        if indicator.kind is IndicatorKind.COUNT and indicator.unit != "percent" and SHARE.search(title):
            yield indicator.id, message("“%(title)s” is a percentage by its title, and kept as a count", title=_english(title))
