"""What the reader refuses or reports itself, and what is wrong with settings: in the manual beside the rules, with no function to find them.

The examples are whole files, or what follows the format's version.
"""

from tocmodel.checks.rule import Rule, manual
from tocmodel.findings import Severity


def _told(code: str, name: str, text: str, *, severity: Severity = Severity.ERROR) -> Rule:
    flags, parts = manual(text, code)
    return Rule(
        code=code,
        name=name,
        severity=severity,
        flags=flags,
        why=parts["Why"],
        mend=parts["Mend"],
        source="The model file, format version 1",
        fires=parts["Example that fires"],
        passes=parts["Example that passes"],
    )


NOT_A_MODEL = _told(
    "F01",
    "not-a-model",
    """Flags files that are not there, empty, no text, of another format, or no mapping.

    Why: There is nothing to read.
    Mend: Check the name and the content of the file.

    Example that fires:
        - id: clubs

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
    """,
)
UNKNOWN_KEY = _told(
    "F02",
    "unknown-key",
    """Flags keys that a record or the file does not have.

    Why: A misspelt key would silently be lost.
    Mend: Write the key as the reference has it; data of other programs belong under extensions.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs, sfere: control}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs, sphere: control}]
    """,
)
MISSING_FIELD = _told(
    "F03",
    "missing-field",
    """Flags records without a field that they cannot do without.

    Why: What has no id cannot be named by others, and what has no title cannot be shown.
    Mend: Add the field.

    Example that fires:
        activities: [{id: clubs}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
    """,
)
WRONG_VALUE = _told(
    "F04",
    "wrong-value",
    """Flags values that a field cannot take, such as a period that ends before it starts or a word that is none of those known.

    Why: Nothing is guessed.
    Mend: Write the value as the message says.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs, period: 2025-12-31/2024-01-01}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs, period: 2024-01-01/2025-12-31}]
    """,
)
SELF_LOOP = _told(
    "L11",
    "self-loop",
    """Flags links from a node to itself; the reader refuses them under the code F04.

    Why: Nothing is reached because of itself; a loop needs at least two nodes.
    Mend: Name the step between, or take the link out.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: fluent, to: fluent}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: enjoy, title: Pupils enjoy reading}]
        links: [{from: fluent, to: enjoy}, {from: enjoy, to: fluent, feedback: true}]
    """,
)
NOT_YAML = _told(
    "F05",
    "not-yaml",
    """Flags files that are no YAML or no JSON, and keys that stand twice in one mapping.

    Why: The second of two equal keys would hide the first.
    Mend: Mend the line that the message names.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}
        links: []

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        links: []
    """,
)
WRONG_VERSION = _told(
    "F06",
    "wrong-version",
    """Flags files without a format version, or with one that this library does not know.

    Why: A newer file may say things that this library would lose.
    Mend: Write the version on the first line, or install a newer library.

    Example that fires:
        tocmodel: 99
        programme: {id: reading, title: Reading clubs}

    Example that passes:
        tocmodel: 1
        programme: {id: reading, title: Reading clubs}
    """,
)
USED_TWICE = _told(
    "M01",
    "id-used-twice",
    """Flags ids that two records have.

    Why: Whoever names the id names one of the two, and nobody knows which.
    Mend: One of the two needs another id.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}, {id: clubs, title: Chess clubs}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}, {id: chess, title: Chess clubs}]
    """,
)
DANGLING = _told(
    "M02",
    "id-not-defined",
    """Flags ids that are named and not defined.

    Why: A link into nothing would silently shorten the theory.
    Mend: Define it, or name the one that was meant.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        links: [{from: clubs, to: fluent}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}]
        links: [{from: clubs, to: fluent}]
    """,
)
WRONG_KIND = _told(
    "M03",
    "id-of-another-kind",
    """Flags ids that name a record of a kind which cannot stand there.

    Why: An actor cannot be the end of a causal step.
    Mend: Name a record of the kind that is expected.

    Example that fires:
        actors: [{id: pupils, title: Pupils}]
        activities: [{id: clubs, title: Reading clubs}]
        links: [{from: clubs, to: pupils}]

    Example that passes:
        actors: [{id: pupils, title: Pupils}]
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently, who: pupils}]
        links: [{from: clubs, to: fluent}]
    """,
)
WRONG_PACKAGE = _told(
    "M04",
    "link-of-another-node",
    """Flags packages that hold a link into another node than their own.

    Why: A package says what makes its own node come about.
    Mend: A package holds only links that lead to its own node.

    Example that fires:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: enjoy, title: Pupils enjoy reading}]
        links: [{from: clubs, to: fluent}]
        packages: [{id: one, node: enjoy, links: [clubs->fluent]}]

    Example that passes:
        activities: [{id: clubs, title: Reading clubs}]
        outcomes: [{id: fluent, title: Pupils read fluently}, {id: enjoy, title: Pupils enjoy reading}]
        links: [{from: clubs, to: fluent}]
        packages: [{id: one, node: fluent, links: [clubs->fluent]}]
    """,
)
WRONG_UNIT = _told(
    "M05",
    "unit-does-not-fit",
    """Flags units that are not known, and values in a unit that does not convert into their indicator's.

    Why: People and cases do not add.
    Mend: Write the unit of the indicator, or one that converts.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: {printed: 40, unit: person}}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: {printed: 40, unit: item}}]}]
    """,
)
WRONG_SLICE = _told(
    "M06",
    "group-not-declared",
    """Flags slices of a dimension that the indicator is not broken down by, or of a category that the dimension does not have.

    Why: Totals are derived from breakdowns, and a misspelt group would be missing from them.
    Mend: Declare the dimension in the indicator's by, or name a category that there is.

    Example that fires:
        outputs: [{id: take-part, title: Pupils take part}]
        dimensions: [{id: sex, title: Sex, categories: [girls, boys]}]
        indicators: [{id: pupils, title: Pupils, of: take-part, unit: person, by: sex, actuals: [{figure: 40, slice: {sex: gilrs}}]}]

    Example that passes:
        outputs: [{id: take-part, title: Pupils take part}]
        dimensions: [{id: sex, title: Sex, categories: [girls, boys]}]
        indicators: [{id: pupils, title: Pupils, of: take-part, unit: person, by: sex, actuals: [{figure: 40, slice: {sex: girls}}]}]
    """,
)
WRONG_SUPERSEDED = _told(
    "M07",
    "supersedes-another-indicator",
    """Flags values that supersede a value of another indicator.

    Why: Superseding replaces a figure of the same series, nothing else.
    Mend: Name a value of the same indicator.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: books, title: Books lent, of: lent, unit: item, actuals: [{id: first, figure: 40}]}
        - {id: boxes, title: Boxes lent, of: lent, unit: item, actuals: [{figure: 4, supersedes: first}]}

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: books, title: Books lent, of: lent, unit: item, actuals: [{id: first, figure: 40}, {id: second, figure: 44, supersedes: first}]}
    """,
)
NOT_READABLE = _told(
    "M08",
    "figure-not-readable",
    """Flags figures that are no number and so count as missing.

    Why: Nothing is guessed: an ambiguous number is a question, not an answer.
    Mend: Write the number, its bounds, or words: … if it is meant as text.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: forty or so}]}]

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators: [{id: books, title: Books lent, of: lent, unit: item, actuals: [{figure: nearly 40}]}]
    """,
    severity=Severity.WARNING,
)
CIRCLE = _told(
    "M09",
    "made-of-itself",
    """Flags values that replace each other, indicators derived from each other, and sessions part of each other, in a circle.

    Why: None of them has a beginning, so nothing can be calculated.
    Mend: Take one of the steps out.

    Example that fires:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: all, title: All items lent, of: lent, unit: item, derived: {operation: sum, terms: [books]}}
        - {id: books, title: Books lent, of: lent, unit: item, derived: {operation: sum, terms: [all]}}

    Example that passes:
        outputs: [{id: lent, title: Books are lent}]
        indicators:
        - {id: all, title: All items lent, of: lent, unit: item, derived: {operation: sum, terms: [books]}}
        - {id: books, title: Books lent, of: lent, unit: item}
    """,
)
WRONG_LEVEL = _told(
    "M10",
    "rating-off-the-rubric",
    """Flags ratings by a criterion or a level that their rubric does not have.

    Why: A level outside the scale cannot be set beside the others.
    Mend: Name a criterion and a level of the rubric.

    Example that fires:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        rubrics: [{id: reading, title: Reading, levels: [weak, good], criteria: [fluency]}]
        rubric_ratings: [{id: r, about: fluent, rubric: reading, levels: [{criterion: fluency, level: splendid}]}]

    Example that passes:
        outcomes: [{id: fluent, title: Pupils read fluently}]
        rubrics: [{id: reading, title: Reading, levels: [weak, good], criteria: [fluency]}]
        rubric_ratings: [{id: r, about: fluent, rubric: reading, levels: [{criterion: fluency, level: good}]}]
    """,
)
IGNORED_WITHOUT_REASON = _told(
    "C01",
    "ignored-without-reason",
    """Flags rules that the settings ignore without a reason.

    Why: After a year nobody remembers why, and the rule stays off for ever.
    Mend: Write why the rule does not apply here.

    Example that fires:
        programme: {id: reading, title: Reading clubs, checks: {ignore: [L60]}}

    Example that passes:
        programme: {id: reading, title: Reading clubs, checks: {ignore: [{code: L60, reason: rivals are examined by the evaluation}]}}
    """,
    severity=Severity.WARNING,
)
UNKNOWN_RULE = _told(
    "C02",
    "unknown-rule",
    """Flags settings that name a rule which does not exist.

    Why: A misspelt code does nothing, silently.
    Mend: Look up the code in the list of rules.

    Example that fires:
        programme: {id: reading, title: Reading clubs, checks: {severity: {L222: note}}}

    Example that passes:
        programme: {id: reading, title: Reading clubs, checks: {severity: {L22: note}}}
    """,
    severity=Severity.WARNING,
)
ACCEPTED_FOR_NOTHING = _told(
    "C03",
    "accepted-for-nothing",
    """Flags acceptances of findings that are no longer there.

    Why: The list of what was accepted should say what is open, not what once was.
    Mend: Take the acceptance out.

    Example that fires:
        programme:
          id: reading
          title: Reading clubs
          checks: {accepted: [{code: L01, at: clubs, who: the team, why: planned for next year, until: 2026-12-31}]}
        activities: [{id: clubs, title: Reading clubs}]
        objectives: [{id: literate, title: A generation that reads}]
        links: [{from: clubs, to: literate}]

    Example that passes:
        programme:
          id: reading
          title: Reading clubs
          checks: {accepted: [{code: L01, at: clubs, who: the team, why: planned for next year, until: 2026-12-31}]}
        activities: [{id: clubs, title: Reading clubs}]
    """,
    severity=Severity.NOTE,
)
