"""The manual of all rules as a page: ``python -m tocmodel.checks.manual`` writes ``docs/reference/rules.md`` anew."""

from collections.abc import Iterator
from pathlib import Path

from tocmodel.checks.catalogue import SUBJECTS, rules_of
from tocmodel.checks.rule import Rule

FILE = Path("docs/reference/rules.md")
_HEAD = """\
# Rules

What `tocmodel check` looks for. The page is written from the rules themselves by `python -m tocmodel.checks.manual`.

A code keeps its meaning for ever. **Errors** make results wrong, **warnings** make them doubtful, **notes** are only worth knowing.
A rule is chosen, ignored or made graver by its code, by the beginning of codes (`L4` for all from L40 to L49) or by its name;
[how to check a theory](../how-to/check-a-theory.md) shows it. Examples leave out what they do not need: `tocmodel: 1`, and the programme.

Rules on wording read English titles only, with lists of words and no language library; each states how often it was right.
What they and the other rules find in files that others published is [counted](checks-on-published-files.md).
What no machine can judge is not here: `tocmodel.checks.open_questions(model)` asks it.
"""
ACHIEVEMENT = {
    "A01": "a running total that fell from one report to the next",
    "A02": "breakdowns of one total that disagree with each other",
    "A03": "a declared target of the whole that differs from its periods",
    "A04": "reports or targets on the same days, which are not added",
    "A05": "a result that straddles periods, and is counted in none of them",
    "A06": "percentages on two scales",
    "A07": "results that may not be combined as asked",
    "A09": "a derived indicator over units that do not convert",
    "A10": "results reported for an indicator that is calculated from others",
    "A11": "several targets for one cell, of which the last is used",
    "A12": "a result without the period that it speaks of",
    "A13": "a result that speaks of days after the date of judgement",
    "A14": "a count below zero",
    "A15": "a milestone reached after it was due",
    "A16": "a number that is withheld and stands in a title or text that is published",
}
"""What `achievement` says beside a row of what it could not take at its word."""
TABLES = {
    "F07": "a formula in a workbook, of which the last calculated value was read",
    "F08": "what a table, graph or outline does not state, and how it was read",
    "F09": "figures that are not read, because the decimal sign of the table is not certain",
    "F10": "a sheet, column or cell that was not recognised",
}
"""What reading says of workbooks, of tables that people have, of graphs and of outlines."""
_FURTHER = """\
## Codes of other commands

`I…` and `IATI-…` come from reading and validating IATI files: see [IATI](iati.md); `X…` from reading [Miradi](miradi.md) projects.
`F07` and above come from reading workbooks, tables, graphs and outlines; `A…` stand beside rows of an achievement, as L42, L87 and L99 do:

| code | says |
|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    chapters = [line for subject in SUBJECTS for line in _chapter(subject)]
    further = _FURTHER + "\n".join(f"| {code} | {said} |" for code, said in (TABLES | ACHIEVEMENT).items())
    return "\n".join([_HEAD, *_overview(), *chapters, further, ""])


def _overview() -> Iterator[str]:
    yield "| code | name | severity | flags |"
    yield "|---|---|---|---|"
    for subject in SUBJECTS:
        for rule in rules_of(subject):
            yield f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} | {rule.severity.value} | {_flagged(rule)} |"
    yield ""


def _flagged(rule: Rule) -> str:
    first = rule.flags.removeprefix("Flags ").split(". ")[0]
    return first.rstrip(".")


def _chapter(subject: str) -> Iterator[str]:
    yield f"## {subject}\n"
    for rule in rules_of(subject):
        yield f"### {rule.code} {rule.name}\n"
        yield f"*{rule.severity.value.capitalize()}.* {rule.flags}\n"
        yield f"**Why.** {rule.why}\n"
        yield f"**Mend.** {rule.mend}\n"
        if rule.precision:
            yield f"**Precision.** {rule.precision}\n"
        yield f"**Source.** {rule.source}.\n"
        yield f"Fires:\n\n```yaml\n{rule.fires}\n```\n"
        yield f"Passes:\n\n```yaml\n{rule.passes}\n```\n"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(page(), encoding="utf-8", newline="\n")
