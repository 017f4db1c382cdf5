"""The reference page of headings that are recognised in tables of others, made from the names themselves."""

from pathlib import Path

from tocmodel.formats.layouts.headings import GROUPS, LEVELS, SYNONYMS, TAGS

PAGE = Path("docs/reference/headings.md")
_HEAD = """\
# Headings of tables that are recognised

What `tocmodel.read` understands above the columns of a logframe, a tracking table, or a sheet with groups of people as columns.
[Read a logframe or tracking table that you have](../how-to/read-a-logframe.md) shows how, and what a mapping file does about other names.
Case, line breaks, stars and what stands in brackets do not matter; a year, a month, a quarter or `Q1 2024` in a heading is the period of its figures.

| role, as a mapping file calls it | headings |
|---|---|
"""
_LEVELS = """
## Levels of results

`Output 1.2: Teachers trained`, and `IR 1`, `SO 1`, `DO 1` as USAID writes them:

| word | becomes |
|---|---|
"""
_GROUPS = """
## Groups of people

In a heading, or in a column of breakdowns; each becomes a category of the dimension `sex`: """
_TAGS = """
## HXL hashtags

In a row below the headings; `+f`, `+m` and `+i` say the sex, `+infants`, `+children`, `+adolescents`, `+adults` and `+elderly` the age.

| hashtag | role |
|---|---|
"""
_FOOT = """
This page is made from the code by `make reference`.
"""


def page() -> str:
    """The reference page as Markdown."""
    roles = "".join(f"| `{role.value}` | {'; '.join(names)} |\n" for role, names in SYNONYMS.items())
    levels = "".join(
        f"| {word} | `{section}`{''.join(f', {key}: {said}' for key, said in extra.items())} |\n"
        for word, (section, extra) in LEVELS.items()
    )
    groups = ", ".join(word if word == category else f"{word} ({category})" for word, category in GROUPS.items())
    tags = "".join(f"| `{tag}` | `{role.value}` |\n" for tag, role in TAGS.items())
    return f"{_HEAD}{roles}{_LEVELS}{levels}{_GROUPS}{groups}.\n{_TAGS}{tags}{_FOOT}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
