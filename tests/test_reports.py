"""The report: its facts, its safety, and that it needs nothing else."""

import re
from html.parser import HTMLParser

import pytest
from lxml import html as markup

import tocmodel as toc
from tocmodel.figures import Interval
from tocmodel.reports.diagram import diagram
from tocmodel.reports.html import html
from tocmodel.reports.sections.results import bar


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module")
def page(kenya: toc.TheoryOfChange) -> str:
    return html(kenya)


class Outline(HTMLParser):
    """Collects a page's elements, ids and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_shows_every_total_and_part(kenya: toc.TheoryOfChange, page: str) -> None:
    text = " ".join(Outline(page).text).replace("\u00a0", " ")
    for row in toc.achievement(kenya):
        assert row.title in text
        if row.attainment.bounds is not None:
            assert str(row.attainment) in text


def test_the_notice_stands_at_the_beginning_and_at_the_end(kenya: toc.TheoryOfChange, page: str) -> None:
    assert page.count(f'<p class="notice">{kenya.programme.notice}</p>') == 2


def test_the_page_needs_no_network_and_no_script_but_its_own(page: str) -> None:
    outline = Outline(page)
    assert outline.tags.count("script") == 2, "data and script; tests/test_reports_interaction.py says which"
    assert not {"link", "img", "iframe", "object"} & set(outline.tags)
    addresses = [value for attributes in outline.attributes for key, value in attributes.items() if key in {"src", "href", "xlink:href"}]
    assert all(address and address.startswith("#") for address in addresses)
    assert "@import" not in page
    assert "url(" not in page


def test_every_jump_has_its_target_and_no_id_stands_twice(page: str) -> None:
    outline = Outline(page)
    ids = [attributes["id"] for attributes in outline.attributes if "id" in attributes]
    assert len(ids) == len(set(ids))
    jumps = {value[1:] for attributes in outline.attributes if (value := attributes.get("href")) and value.startswith("#")}
    assert jumps <= set(ids)


def test_every_node_and_link_is_drawn_with_its_mark(kenya: toc.TheoryOfChange) -> None:
    picture = diagram(kenya)
    assert len(re.findall(r'class="node ', picture)) == len(kenya.nodes)
    assert len(re.findall(r'class="edge ', picture)) == len(kenya.links)
    assert len(re.findall(r'class="edge inferred', picture)) == sum(link.basis == "inferred" for link in kenya.links)
    assert "Peer sessions in Child Rights Clubs (activity, stated)" in picture


def test_only_what_a_source_carries_is_drawn_with_a_whole_line() -> None:
    draft = toc.TheoryOfChange.build("reading")
    last = draft.objective("last", "Children read")
    for basis in ("stated", "intended", "planned", "inferred", None):
        draft.link(draft.activity(f"from-{basis}", str(basis), basis=basis), last, basis=basis)
    model = draft.done()
    drawn = {
        edge.get("data-from"): any("stroke-dasharray" in line.attrib for line in edge.iter("path"))
        for edge in markup.fromstring(diagram(model)).iter("g")
        if str(edge.get("class")).startswith("edge")
    }
    assert drawn == {"from-stated": False, "from-intended": False, "from-planned": False, "from-inferred": True, "from-None": True}
    assert ".node.unsaid)" in html(model, as_of="2024-12-31").split("stroke-dasharray: 5 3")[0].rsplit("}", 1)[1]


def test_the_shape_of_a_node_says_its_kind_as_its_colour_does() -> None:
    draft = toc.TheoryOfChange.build("reading")
    for add in (draft.input, draft.activity, draft.output, draft.outcome, draft.objective, draft.other_result):
        add(add.__name__, "Books")
    draft.objective("goal", "Books", level="overall")
    shapes = {}
    for node in markup.fromstring(diagram(draft.done())).iter("g"):
        if str(node.get("class")).startswith("node"):
            drawn = [
                (part.tag, len(str(part.get("points") or part.get("d")).replace("C", " ").split()))
                for part in node
                if part.tag not in ("title", "text")
            ]
            shapes[node.get("data-id")] = tuple(drawn)
    assert len(shapes) == 7
    assert len(set(shapes.values())) == 7, shapes


def test_a_part_of_the_theory_can_be_drawn(kenya: toc.TheoryOfChange) -> None:
    trace = toc.trace(kenya, "child-rights-clubs", "children-engage-duty-bearers")
    assert len(re.findall(r'class="node ', diagram(kenya, only=trace.nodes))) == len(trace.nodes)


HOSTILE = [
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "</title></svg><img src=x onerror=alert(1)>",
    "\"quotes\" & 'more'",
    '=HYPERLINK("http://x")',
    "{{ 7 * 7 }}",
    "\\N \\l back\\slash",
    "عربي \u202e right to left",
    "🙂 emoji",
    "x" * 10_000,
    "%s %d \x7f",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_appears_as_text(text: str) -> None:
    draft = toc.TheoryOfChange.build("p", text, notice=text, as_of="2024-01-01", place=text)
    one, other = draft.activity("a", text), draft.objective("b", text)
    draft.link(one, other, rationale=text, basis="stated")
    draft.source("s", text, publisher=text)
    draft.indicator("i", text, of=other, unit="person", by=text[:50])
    draft.actual("i", 5, slice={text[:50]: text}, comparability=text)
    draft.indicator("w", text, of=other, kind="text")
    draft.actual("w", text)
    draft.lesson("l", text)
    draft.rival("r", text, about="b")

    page = html(draft.done())

    outline = Outline(page)
    assert outline.tags.count("script") == 2
    assert not {"img", "b"} & set(outline.tags)
    assert not any(key.startswith("on") for attributes in outline.attributes for key in attributes)
    assert text in "".join(outline.text)
    assert "49" not in re.sub(r"<(svg|style).*?</\1>", "", page, flags=re.DOTALL) or "{{" not in text


def test_a_lower_bound_is_drawn_open() -> None:
    drawn = bar(Interval.at_least("0.9"))
    assert drawn is not None
    assert drawn.open_end
    assert drawn.start < drawn.goal
    assert bar(None) is None
    assert bar(Interval.at_most("0.9")) is None


def test_an_empty_model_has_a_report() -> None:
    page = html(toc.TheoryOfChange.build("empty", as_of="2024-01-01").done())
    assert "0 nodes" in page


def test_the_page_says_what_was_planned_and_not_reported(page: str) -> None:
    section = page[page.index('<section id="unreported">') :]
    row = re.search(r"<tr\b.*?Government officials trained.*?</tr>", section, re.DOTALL)
    assert row is not None
    assert ">135</td>" in row[0]
    assert "no result is reported; that is missing, not zero." in page
