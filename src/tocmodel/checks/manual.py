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
What no machine can judge is not here: `tocmodel.checks.open_questions(model)` asks it.
"""


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *_overview(), *(line for subject in SUBJECTS for line in _chapter(subject))])


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
