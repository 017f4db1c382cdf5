"""What is open: findings of the checks, questions that no machine can judge, other explanations; and by which rules the page was made."""

from collections import Counter

from attrs import frozen

from tocmodel.checks import OpenQuestion, open_questions
from tocmodel.findings import Finding, Severity
from tocmodel.reports.sections.facts import Facts
from tocmodel.stories import StoryPolicy

OF_A_RULE = 8
"""The most findings of one rule on the page."""


@frozen
class OfARule:
    """The findings of one rule.

    Attributes:
        code: its code.
        name: its name in words.
        findings: the first of them.
        in_all: how many there are.
        hint: what to do, where that is the same for all of them.
    """

    code: str
    name: str
    findings: tuple[Finding, ...]
    in_all: int
    hint: str


@frozen
class Checked:
    """The findings by severity and rule.

    Attributes:
        by_severity: for each severity that occurs, how many findings it has, and the rules.
        accepted: how many findings somebody accepted.
        ignored: how many the settings leave out.
    """

    by_severity: tuple[tuple[Severity, int, tuple[OfARule, ...]], ...]
    accepted: int
    ignored: int


def checked(facts: Facts) -> Checked:
    """What the checks found."""
    found = facts.findings
    grouped: list[tuple[Severity, int, tuple[OfARule, ...]]] = []
    for severity in Severity:
        own = found.of(severity)
        codes = sorted({finding.code for finding in own})
        if own:
            rules = tuple(
                _of_a_rule(code, found.names.get(code, "").replace("-", " "), tuple(finding for finding in own if finding.code == code))
                for code in codes
            )
            grouped.append((severity, len(own), rules))
    return Checked(tuple(grouped), len(found.accepted), found.ignored)


def _of_a_rule(code: str, name: str, findings: tuple[Finding, ...]) -> OfARule:
    hints = {finding.hint for finding in findings}
    return OfARule(code, name, findings[:OF_A_RULE], len(findings), hints.pop() if len(hints) == 1 else "")


def asked(facts: Facts) -> tuple[OpenQuestion, ...]:
    """The questions for those who own the theory and those who evaluate it."""
    return open_questions(facts.model).rows


@frozen
class Method:
    """By which rules the page was made.

    Attributes:
        departures: where the achievement departs from the default conventions.
        assumed: what was assumed on the way to figures, and for how many rows.
        story: the thresholds of the stories.
        notes: what has to stand beside the figures.
        lost: how many results belong to no period.
    """

    departures: tuple[str, ...]
    assumed: tuple[tuple[str, int], ...]
    story: StoryPolicy
    notes: tuple[str, ...]
    lost: int


def method(facts: Facts) -> Method:
    """The conventions behind the figures and the stories."""
    table = facts.table
    notice = {str(note) for note in facts.model.programme.notices}
    return Method(
        departures=tuple(table.policy.departures()),
        assumed=tuple(Counter(text for row in table for text in row.assumed).most_common()),
        story=facts.pairs[0].story.policy if facts.pairs else StoryPolicy(),
        notes=tuple(note for note in table.notes if note not in notice and not note.startswith("Policy: ")),
        lost=len(table.orphans),
    )
