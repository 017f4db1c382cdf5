"""Rules on wording, in English only: an activity phrased as a result, two ideas in one node, causal words, nobody who acts.

They look at words, not at meaning. Each says how often it was right in a sample that was read by hand.
"""

import re

from tocmodel.checks.rule import Found, rule
from tocmodel.checks.subject import Subject
from tocmodel.findings import Severity
from tocmodel.model import Activity, Input, Objective, Outcome, Output

_GUIDE = "Davies (2012), Criteria for assessing the evaluability of theories of change; Mayne (2017)"
_RESULT = re.compile(r"^(?:improved|increased|reduced|strengthened|enhanced|better|higher|lower|more|fewer)\b", re.IGNORECASE)
_DOING = re.compile(
    r"^(?:train|conduct|organi[sz]e|provide|distribute|build|construct|deliver|hold|carry out|develop|produce|support|facilitate|"
    r"establish|implement|organi[sz]ing|conducting|providing|training of|trainings? for|distribution of|construction of|provision of)\b",
    re.IGNORECASE,
)
_CAUSAL = re.compile(
    r"\b(?:leads? to|leading to|results? in|resulting in|so that|in order to|by means of|through the|thanks to|because of|contributes? to)\b",
    re.IGNORECASE,
)
_TWO = re.compile(r"\w+;\s*\w+|\b(?:are|is|have|has|can|know)\b.*\band\b.*\b(?:are|is|have|has|can|know)\b", re.IGNORECASE | re.DOTALL)
_PASSIVE = re.compile(
    r"\b(?:is|are|be|been|being|was|were)\s+(?:\w+ly\s+)?(?:\w+ed|held|built|given|made|done|met|kept|seen|known|taken)\b", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\b(?:people|persons?|children|boys|girls|women|men|youth|young|adults|parents|caregivers|famil(?:y|ies)|households?|communit(?:y|ies)|members|pupils|"
    r"students|teachers|farmers|workers|officials|leaders|citizens|entrepreneurs|employees|actors|stakeholders|partners|survivors|victims|"
    r"organi[sz]ations|csos|ngos|authorities|government)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:more|less|fewer|better|increas\w*|reduc\w*|improv\w*|strengthen\w*|decreas\w*|grow\w*|rise\w*|fall\w*|able|know\w*|use|uses|adopt\w*|"
    r"report\w*|protect\w*|claim\w*|engage\w*|change\w*|chang\w*|provid\w*|receiv\w*|sustain\w*|scal\w*|generat\w*|analys\w*|start\w*|stop\w*|finish\w*|read\w*|act\w*|participat\w*|understand\w*|have|has|are|is|can)\b",
    re.IGNORECASE,
)


@rule("L30", "activity-as-result", Severity.NOTE, source=f"{_GUIDE}: activities dressed as outcomes")
def activity_as_result(subject: Subject) -> Found:
    """Flags outcomes and objectives that begin with what somebody does, and activities that begin with a change.

    Why: What a programme does is under its control, what changes is not; a theory that mixes them claims delivery as success.
    Mend: Say of an outcome who is or does something differently, and of an activity what is done.
    Precision: no finding on the 1,576 titles of results in eight published IATI files, 2026-11; how often it is right could not be measured.

    Example that fires:
        outcomes: [{id: training, title: Train teachers in reading aloud}]

    Example that passes:
        outcomes: [{id: training, title: Teachers read aloud every day}]
    """
    for node, title in subject.worded():
        if isinstance(node, Outcome | Objective) and _DOING.search(title):
            yield node.id, f"“{title}” reads like something that is done, not like a change"
        elif isinstance(node, Activity) and _RESULT.search(title):
            yield node.id, f"“{title}” reads like a change, not like something that is done"


@rule("L31", "two-ideas", Severity.NOTE, source=f"{_GUIDE}; ToC practice: split what may fail for different reasons")
def two_ideas(subject: Subject) -> Found:
    """Flags results whose title makes two statements.

    Why: If one comes true and the other does not, nobody can say whether the result was reached.
    Mend: Make two nodes of it, and link each to what it leads to.
    Precision: 1 finding on the 1,576 titles of results in eight published IATI files, 2026-11, right when read by hand; too few to speak of a rate.

    Example that fires:
        outcomes: [{id: reading, title: Pupils can read fluently and parents know how to help}]

    Example that passes:
        outcomes: [{id: reading, title: Pupils can read fluently}, {id: parents, title: Parents know how to help}]
    """
    for node, title in subject.worded():
        if isinstance(node, Output | Outcome | Objective) and _TWO.search(title):
            yield node.id, f"“{title}” seems to make two statements"


@rule("L32", "causal-word", Severity.NOTE, source=f"{_GUIDE}: the link carries the cause, not the label")
def causal_word(subject: Subject) -> Found:
    """Flags titles that hold a causal step, such as “leads to” or “so that”.

    Why: A step inside a title has no rationale, no assumptions and no evidence of its own.
    Mend: Make two nodes and a link of it.
    Precision: 2 findings on the 1,576 titles of results in eight published IATI files, 2026-11, both right when read by hand; too few to speak of a rate.

    Example that fires:
        outcomes: [{id: reading, title: Clubs meet so that pupils read}]

    Example that passes:
        outcomes: [{id: clubs, title: Clubs meet}, {id: reading, title: Pupils read}]
    """
    for node, title in subject.worded():
        found = _CAUSAL.search(title)
        if found:
            yield node.id, f"“{title}” holds a causal step: “{found[0]}”"


@rule("L33", "nobody-acts", Severity.NOTE, source="Theory-of-change practice: who does what; Davies (2012)")
def nobody_acts(subject: Subject) -> Found:
    """Flags results in the passive voice that name nobody, neither in the title nor in the model.

    Why: If nobody acts, nobody can be asked, and nothing can be observed.
    Mend: Say who does it, in the title or in ``who``.
    Precision: 7 findings on the 1,576 titles of results in eight published IATI files, 2026-11, 6 of them right when read by hand.

    Example that fires:
        outcomes: [{id: books, title: Books are borrowed every week}]

    Example that passes:
        actors: [{id: pupils, title: Pupils}]
        outcomes: [{id: books, title: Books are borrowed every week, who: pupils}]
    """
    for node, title in subject.worded():
        if (
            isinstance(node, Output | Outcome | Objective)
            and not (node.who or node.by)
            and _PASSIVE.search(title)
            and not (_BY.search(title) or _PEOPLE.search(title))
        ):
            yield node.id, f"“{title}” does not say who acts"


@rule("L34", "no-actor", Severity.NOTE, source="Wilson-Grau (2015), Outcome harvesting: who changed what")
def no_actor(subject: Subject) -> Found:
    """Flags outcomes of which the model does not say who changes.

    Why: An outcome is a change in somebody; without them it cannot be observed, substantiated or traced through an actor.
    Mend: Name the actors in ``who``.

    Example that fires:
        outcomes: [{id: fluent, title: Fluent reading}]

    Example that passes:
        actors: [{id: pupils, title: Pupils}]
        outcomes: [{id: fluent, title: Fluent reading, who: pupils}]
    """
    for node in subject.model.nodes:
        if isinstance(node, Outcome) and not node.who:
            yield node.id, f"“{node.title}” does not say who changes"


@rule("L35", "no-change", Severity.NOTE, source=f"{_GUIDE}: results well defined")
def no_change(subject: Subject) -> Found:
    """Flags outcomes and objectives whose title names a subject but no change in it.

    Why: “Education” is a field, not a result; nobody could say whether it was reached.
    Mend: Say what is or becomes different.
    Precision: 19 findings on the 1,576 titles of results in eight published IATI files, 2026-11, all 19 right when read by hand; most are headings rather than results.

    Example that fires:
        outcomes: [{id: education, title: Education of girls}]

    Example that passes:
        outcomes: [{id: education, title: More girls finish school}]
    """
    for node, title in subject.worded():
        if isinstance(node, Outcome | Objective) and not isinstance(node, Input) and not _CHANGE.search(title) and not _DOING.search(title):
            yield node.id, f"“{title}” names no change"


_DELIVERED = {"session", "event", "visit", "day_of_training", "document", "product", "message", "club"}
_DELIVERING = re.compile(
    r"\b(?:trained|distributed|held|conducted|organi[sz]ed|delivered|constructed|printed|trainings?|workshops?|meetings? held)\b",
    re.IGNORECASE,
)


@rule("L46", "output-indicator", Severity.NOTE, source="OECD-DAC (2022), Glossary: outputs are what is delivered, outcomes what changes")
def output_indicator(subject: Subject) -> Found:
    """Flags indicators of outcomes and objectives that count what was delivered.

    Why: How many were trained says that the programme worked, not that anything changed.
    Mend: Measure the change itself, or hang the indicator on the output.
    Precision: 20 of 20 right in a sample of 30 findings read by hand, on the indicators of eight published IATI files, 2026-11.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Teachers trained, of: fluent, unit: person}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        indicators: [{id: i, title: Pupils who read a page in two minutes, of: fluent, unit: person}]
    """
    for indicator in subject.model.indicators:
        node = subject.model.node(indicator.of)
        title = subject.english(indicator.title)
        if isinstance(node, Outcome | Objective) and (indicator.unit in _DELIVERED or _DELIVERING.search(title)):
            yield indicator.id, f"“{indicator.title}” counts what was delivered, not what changed in “{node.title}”"
