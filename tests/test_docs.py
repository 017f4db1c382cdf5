"""The documentation hangs together: every page is in the index, and every link leads somewhere."""

import re
from pathlib import Path

import pytest

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
