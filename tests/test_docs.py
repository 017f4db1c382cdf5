"""The documentation hangs together: every page is in the index, and every link leads somewhere."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from inspect import signature
from pathlib import Path

import pytest

import tocmodel as toc
from tocmodel import contribution, paths
from tocmodel.measurement.verdicts import DONE, NOT_DONE

PAGES = sorted([*Path("docs").rglob("*.md"), *Path().glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [target for target in LINK.findall(text) if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_to_a_file(page: Path) -> None:
    missing = [target for target in links(page) if not (page.parent / target).exists()]
    assert missing == []


def test_every_page_is_in_the_index() -> None:
    index = Path("docs/index.md")
    linked = {(index.parent / target).resolve() for target in links(index)}
    assert [str(page) for page in Path("docs").rglob("*.md") if page != index and page.resolve() not in linked] == []


def test_examples_need_nothing_that_the_extras_do_not_install() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    installed = {re.split(r"[\[<>=]", each)[0].lower() for each in stated}
    homes = packages_distributions()
    lacking = {
        (str(page), name)
        for page in PAGES
        for code in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for node in ast.walk(ast.parse(plain(code)))
        for name in imported(node)
        if name not in {*sys.stdlib_module_names, "tocmodel"} and not installed & {home.lower() for home in homes.get(name, ())}
    }
    assert lacking == set()


def imported(node: ast.AST) -> list[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    return [name.partition(".")[0] for name in names]


def plain(code: str) -> str:
    """The code of an example, also of one that shows what the interpreter answers."""
    typed = re.findall(r"^(?:>>>|\.\.\.) ?(.*)$", code, flags=re.MULTILINE)
    return "\n".join(typed) if typed else code


def test_the_words_for_milestones_are_those_that_are_read() -> None:
    page = Path("docs/reference/formulas.md").read_text(encoding="utf-8")
    for name, words in (("Reached", DONE), ("Not reached", NOT_DONE)):
        assert f"- {name}: {'; '.join(sorted(words))}.\n" in page


def test_the_calls_have_the_names_that_the_glossary_explains() -> None:
    for calls, names in (
        ((toc.trace, toc.strongest_paths, contribution.robustness), ("from_", "to")),
        ((toc.story,), ("activity", "objective")),
        ((contribution.contribution_matrix,), ("activities", "objectives")),
        ((paths.count_paths, paths.list_paths, paths.bottlenecks), ("starts", "ends")),
    ):
        for call in calls:
            assert tuple(signature(call).parameters)[1:3] == names, call
