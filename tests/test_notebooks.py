"""What notebooks show: models and pictures with every text escaped, and the example notebook, which runs as it is committed."""

import json
import subprocess
import sys
from html.parser import HTMLParser
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest

import tocmodel as toc
from tests.test_reports import HOSTILE
from tocmodel.reports.charts import cascade_chart, theory_chart

html_of, svg_of = methodcaller("_repr_html_"), methodcaller("_repr_svg_")
NOTEBOOK = Path("docs/tutorials/kenya.ipynb")
RUN = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], 4)
NotebookClient(book, timeout=60, kernel_name="python3").execute()
nbformat.write(book, sys.argv[2])
"""


class Text(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [key for key, _ in attrs if key.startswith("on") or key in {"href", "src"}]
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(path: Path) -> str:
    """Everything that the code cells of a notebook show."""
    book: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    parts: list[str] = []
    for cell in book["cells"]:
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error", output
            parts += [*("".join(text) for text in output.get("data", {}).values()), "".join(output.get("text", ""))]
    return "\n".join(parts)


def test_the_example_notebook_is_committed_with_its_outputs() -> None:
    book: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] for cell in code)
    said = shown(NOTEBOOK)
    for fact in ("125.7 %", "at least 87.7 %", "not an evaluation", "0.62 cases per person", "Fewer than planned: Boys", "2 pathways"):
        assert fact in said
    assert "Traceback" not in said


def test_the_example_notebook_runs_and_shows_what_is_committed(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ipynb"
    done = subprocess.run([sys.executable, "-c", RUN, str(NOTEBOOK), str(fresh)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    said = shown(fresh)
    for row in toc.achievement(toc.read("examples/kenya_sec/kenya_sec.yaml")):
        assert row.attainment.bounds is None or str(row.attainment) in said
    assert said.count("<svg") == shown(NOTEBOOK).count("<svg") == 4


def test_a_model_shows_what_it_is_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, tocmodel\n"
        "model = tocmodel.read('examples/kenya_sec/kenya_sec.yaml')\n"
        "print(model._repr_html_())\n"
        "print([name for name in ('pygraphviz', 'jinja2', 'docx') if name in sys.modules])"
    )
    said, heavy = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip().splitlines()
    assert heavy == "[]"
    for words in (
        "Tackling Sexual Exploitation of Children",
        "Kwale County",
        "2018-10-01/2021-09-30",
        "13 activities",
        "not an evaluation",
    ):
        assert words in said
    assert html_of(toc.TheoryOfChange.build("empty").done()) == "<section><h3>empty</h3><p>empty</p></section>"


def test_a_picture_is_text_that_shows_itself() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    for svg in (cascade_chart(toc.cascade(kenya, "legal")), theory_chart(kenya)):
        assert svg_of(svg) == svg
        assert svg.startswith("<svg")
    assert repr(cascade_chart(toc.cascade(kenya, "legal"))) == "<Picture 'From legal advice to a concluded case'>"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text(text: str) -> None:
    draft = toc.TheoryOfChange.build("p", text, notice=text, place=text, description=text, as_of="2024-01-01")
    one = draft.activity("a", text)
    draft.link(one, draft.objective("b", text))
    model = draft.done()
    for result in (model, toc.trace(model, "a", "b"), toc.story(model, "a", "b"), toc.achievement(model)):
        page = Text(html_of(result))
        assert not {"script", "img", "b"} & page.tags
        assert text in "".join(page.words)
