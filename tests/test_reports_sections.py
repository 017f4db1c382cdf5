"""The sections of the report: their numbers are those of the model's results; what is missing is said; nothing breaks them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from gettext import NullTranslations
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies
from lxml import html as markup

import tocmodel as toc
from tests.large import large_theory
from tests.test_reports import HOSTILE
from tocmodel.checks import check
from tocmodel.contribution import contribution_matrix, evidence_matrix
from tocmodel.figures import Interval
from tocmodel.figures.display import shown, signed
from tocmodel.learning import participants_named
from tocmodel.measurement import Scope, publishable
from tocmodel.measurement.tracking import tracked
from tocmodel.reports.charts.palette import contrast
from tocmodel.reports.html import html, runs, sorts_by
from tocmodel.reports.language import Language, find_language
from tocmodel.reports.naming import anchor
from tocmodel.reports.sections.facts import TOLD, gathered, pairs_to_tell
from tocmodel.reports.sections.results import bar_of


def found(tree: Any, path: str) -> list[Any]:
    """What an XPath finds."""
    return list(tree.xpath(path))


class Page:
    """A page as a tree, with the little that tests ask of it."""

    def __init__(self, model: toc.TheoryOfChange, *, words: Language | None = None) -> None:
        self.text = html(model, words=words)
        self.tree = markup.fromstring(self.text)

    def all(self, path: str) -> list[Any]:
        return found(self.tree, path)

    def one(self, path: str) -> Any:
        (only,) = self.all(path)
        return only

    def section(self, id: str) -> Any:
        return self.one(f"//section[@id='{id}']")

    def entry(self, id: str) -> Any:
        return self.one(f"//*[@id='{anchor(id)}']")


def said(element: Any) -> str:
    """The text of an element, with single blanks."""
    return " ".join(" ".join(element.itertext()).split())


def cells(row: Any) -> list[str]:
    return [said(cell) for cell in row.xpath("./td")]


def nursery() -> toc.TheoryOfChange:
    """A model that has a bit of everything."""
    draft = toc.TheoryOfChange.build("nursery", "Tree nursery (fictional)", period="2022/2024", as_of="2024-03-31")
    draft.source("own", "Own report", self_reported=True)
    draft.actor("neighbours", "Neighbours", role="rights_holder")
    draft.actor("council", "Village council", role="duty_bearer")
    draft.actor("children", "Children", role="rights_holder")
    draft.assumption("water", "There is water", state="holds_in_part", owner="council", review="2024-01-31")
    draft.risk("drought", "Drought", likelihood="likely", response="Drought-hardy kinds", about=["shade"])
    plant = draft.activity(
        "plant", "Neighbours raise seedlings", by="neighbours", sustained_by="council", sustained_with="a levy", basis="stated"
    )
    teach = draft.activity("teach", "Lessons on trees", involves="children", basis="planned")
    grown = draft.output("grown", "Trees grow", basis="stated")
    shade = draft.objective("shade", "The village has shade", who=["children"])
    first = draft.link(plant, grown, rationale="Seedlings become trees", assumptions=["water"], basis="stated", source="own")
    draft.link(teach, grown, basis="inferred")
    last = draft.link(
        grown,
        shade,
        rationale="Trees give shade",
        risks=["drought"],
        basis="planned",
        strength={"low": "0.6", "high": "0.8", "by": "A panel", "on": "2024-02", "why": "two visits"},
    )
    draft.evidence("seen", about=first, kind="observation", independent=True, statement="Trees seen at a visit", source="own")
    draft.evidence(
        "dry", about=last, kind="testimony", independent=True, direction="contradicts", statement="The square is as hot as before"
    )
    draft.rival("rain", "More rain than usual", about="grown", status="minor")
    draft.indicator(
        "trees",
        "Seedlings raised",
        of=plant,
        unit="item",
        direction="increase",
        accumulation="incremental",
        report="per_period",
        frequency="annual",
    )
    for year, count in ((2022, 1000), (2023, 1500), (2024, 2000)):
        draft.target("trees", count, period=str(year))
    draft.actual("trees", "over 900", period="2022")
    draft.actual("trees", 1400, period="2023")
    draft.indicator("dry-days", "Days without water", of=grown, unit="day", direction="decrease", accumulation="snapshot", report="to_date")
    draft.baseline("dry-days", 100, period="2021")
    draft.target("dry-days", 40)
    draft.actual("dry-days", 70, measured="2023-12-20", comparability="Counted at another well")
    draft.indicator("mood", "What neighbours say", of=shade, kind="text")
    draft.actual("mood", "It is cooler at noon")
    draft.session("walk", "A walk through the village", participants=["neighbours"], question="What changed?")
    draft.lesson("slow", "Trees take time", about="grown", criterion="effectiveness")
    draft.recommendation("kinds", "Plant hardier kinds", to="council", response="Agreed for 2025")
    draft.recommendation("well", "Dig a well")
    draft.decision("hardy", learned="Half of the seedlings dried up", changed="Hardier kinds", by="council", on="2024-02-01")
    draft.question("lasting", "Will the council go on?", criterion="sustainability", answer="It says so")
    return draft.done()


@pytest.fixture(scope="module")
def kenya_model() -> toc.TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module")
def kenya(kenya_model: toc.TheoryOfChange) -> Page:
    return Page(kenya_model)


@pytest.fixture(scope="module")
def garden_model() -> toc.TheoryOfChange:
    return nursery()


@pytest.fixture(scope="module")
def garden(garden_model: toc.TheoryOfChange) -> Page:
    return Page(garden_model)


@pytest.fixture(scope="module")
def large_model() -> toc.TheoryOfChange:
    return large_theory()


@pytest.fixture(scope="module")
def large(large_model: toc.TheoryOfChange) -> Page:
    return Page(large_model)


@pytest.fixture(scope="module", params=["kenya", "garden", "large"])
def page(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


# --- the page as a document


def test_the_brief_has_at_most_five_sentences_and_three_cautions(page: Page) -> None:
    assert 3 <= len(page.all("//ol[@class='sentences']/li")) <= 5
    assert len(page.all("//div[@class='cautions']//li")) == 3


def test_every_number_of_the_brief_stands_in_the_section_that_it_names(page: Page) -> None:
    for line in page.all("//section[@id='brief']//li"):
        section = page.section(line.xpath("./a/@href")[0].removeprefix("#"))
        beyond = set(re.findall(r"\d[\d,.-]*\d|\d", said(section))) | {str(len(section.xpath(".//tbody/tr")))}
        for number in re.findall(r"\d[\d,.-]*\d|\d", line.text):
            assert number in beyond or number == "0", (line.text, number)


def test_headings_skip_no_level_and_every_section_has_one(page: Page) -> None:
    levels = [int(heading.tag[1]) for heading in page.all("//h1|//h2|//h3|//h4|//h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(len(section.xpath("./h2")) == 1 for section in page.all("//section"))


def test_every_table_has_a_caption_and_every_heading_cell_its_scope(page: Page) -> None:
    assert all(said(table.xpath("./caption")[0]) for table in page.all("//table"))
    assert not page.all("//th[not(@scope)]")
    assert not page.all("//tbody/tr[not(th) and not(@class='asks')]")


def test_every_part_of_a_table_keeps_its_role_however_it_is_laid_out(page: Page) -> None:
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    assert all(part.get("role") == roles[part.tag] for part in page.all("//table|//thead|//tbody|//tr|//td"))
    headers = {"col": "columnheader", "colgroup": "columnheader", "row": "rowheader", "rowgroup": "rowheader"}
    assert all(header.get("role") == headers[header.get("scope")] for header in page.all("//th"))


def test_every_cell_has_the_title_of_its_column_as_a_label(page: Page) -> None:
    for table in page.all("//table"):
        labels = dict(re.findall(r'--c(\d+):"((?:[^"\\]|\\.)*)";', table.get("style")))
        assert {str(place) for row in table.xpath("./tbody/tr[td]") for place in range(2, 1 + len(row))} <= {*labels} | (
            {"2"} if table.xpath(".//tr[@class='asks']") else set()
        )
        titles = [said(title) for title in table.xpath("./thead/tr[last()]/th")]
        assert all(label.rpartition(": ")[2] in titles or table.xpath("./thead/tr[2]") for label in labels.values())


def test_baselines_have_a_column_only_where_one_is_stated(kenya: Page, garden: Page) -> None:
    for page, there in ((kenya, False), (garden, True)):
        for section in ("achievement", "tracking"):
            heads = [said(title) for title in page.section(section).xpath(".//table[1]/thead//th")]
            assert ("baseline" in heads) is there
    assert "stand without a baseline" in said(kenya.section("achievement"))


def test_no_id_stands_twice_and_every_jump_has_its_target(page: Page) -> None:
    ids = found(page.tree, "//@id")
    assert len(ids) == len(set(ids))
    assert {jump.removeprefix("#") for jump in found(page.tree, "//a/@href")} <= set(ids)


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(page: Page) -> None:
    scrolling = page.all("//div[contains(concat(' ', @class, ' '), ' scroll ') or @class='picture']")
    assert scrolling
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in scrolling)


def test_the_page_has_a_skip_link_a_language_and_nothing_of_the_template(page: Page) -> None:
    assert page.tree.get("lang") == "en"
    assert page.one("//a[@class='skip']").get("href") == "#main"
    assert not re.search(r"\{\{|\{%|%\(\w+\)s|\bNone\b(?! is)|Undefined", said(page.one("//body")))


def _colours(css: str) -> Iterable[dict[str, str]]:
    light = dict(re.findall(r"--([\w-]+): (#\w{6})", css[: css.index("@media")]))
    dark = dict(re.findall(r"--([\w-]+): (#\w{6})", css[css.index("@media") : css.index("*, *::before")]))
    assert light.keys() == dark.keys()
    return light, dark


def test_text_has_enough_contrast_in_light_and_dark(kenya: Page) -> None:
    kinds = ("input", "activity", "output", "outcome", "objective", "goal")
    for colours in _colours(said(kenya.one("//style"))):
        for text in ("ink", "soft", "accent", "caution"):
            assert contrast(colours[text], colours["page"]) >= 4.5
            assert contrast(colours[text], colours["panel"]) >= 4.5
            assert contrast(colours[text], colours["warm"]) >= 4.5
        assert all(contrast(colours["ink"], colours[kind]) >= 4.5 for kind in kinds)
        assert all(contrast(colours[mark], colours["page"]) >= 3 for mark in ("edge", "sure"))


class Bracketed(NullTranslations):
    """A language in which every message stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def test_every_word_of_the_reports_own_can_be_translated(garden_model: toc.TheoryOfChange) -> None:
    page = Page(garden_model, words=evolve(find_language("fr"), translations=Bracketed()))
    assert page.tree.get("lang") == "fr"
    own = page.all("//h2|//caption|//nav//a|//section[@id='brief']//li|//thead/tr[1]/th|//dt[not(@id)]|//td[contains(@class, 'status')]")
    titles = {said(heading) for heading in page.all("//th[@scope='colgroup']")} | {"The village has shade", "What neighbours say"}
    plain = [said(element) for element in own if "⟦" not in said(element) and said(element) not in titles | {"", "%"}]
    assert plain == ["Seedlings raised"]  # the caption of a table about one indicator is the model's own word
    names = found(page.tree, "//@aria-label")
    assert names
    assert all("⟦" in name for name in names)


# --- the theory


def test_every_node_has_an_entry_with_what_is_known_of_it(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    for node in kenya_model.nodes:
        entry = kenya.entry(node.id)
        assert entry.get("data-id") == node.id
        text = said(entry)
        assert str(node.title) in text
        assert all(str(kenya_model.node(link.to).title) in text for link in kenya_model.links if link.from_ == node.id)
        assert all(" ".join(str(indicator.title).split()) in text for indicator in kenya_model.indicators if indicator.of == node.id)


def test_an_entry_tells_results_and_what_is_missing_apart(kenya: Page) -> None:
    assert "Schools with Child Rights Clubs : 31 of 31" in said(kenya.entry("child-rights-clubs"))
    assert "Government officials trained : planned 135: missing" in said(kenya.entry("train-officials"))


def test_every_link_has_an_entry_with_reason_assumptions_risks_and_evidence(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    for link in kenya_model.links:
        entry = kenya.entry(link.id)
        assert (entry.get("data-from"), entry.get("data-to")) == (link.from_, link.to)
        text = said(entry)
        assert " ".join(str(link.rationale).split()) in text
        assert link.basis is not None
        assert link.basis.value in text
        for id in (*link.assumptions, *link.risks):
            assert str(getattr(kenya_model[id], "title", "")) in text
        about = [item for item in kenya_model.evidence if link.id in item.about]
        assert all(" ".join(str(item.statement).split()) in text for item in about)
        assert about or "none either way" in text


def test_judgements_stand_with_who_when_and_why(garden: Page) -> None:
    assert "Judged strength 0.6 to 0.8 judged by A panel, Feb 2024 two visits" in said(garden.entry("grown->shade"))


def test_assumptions_say_what_is_known_and_whether_a_look_is_overdue(garden: Page) -> None:
    assert cells(garden.entry("water")) == ["holds in part", "1", "Village council", "31 January 2024 overdue"]


def test_the_legend_names_what_the_diagram_shows(garden: Page) -> None:
    legend = [said(item) for item in garden.all("//ul[@class='legend']/li")]
    assert legend == ["activity", "output", "objective", "a source carries the link", "the author's reading"]


# --- pathways and stories


@pytest.mark.parametrize("name", ["kenya", "garden"])
def test_the_matrix_counts_the_pathways(name: str, request: pytest.FixtureRequest) -> None:
    model, page = request.getfixturevalue(f"{name}_model"), request.getfixturevalue(name)
    rows = page.section("pathways").xpath(".//table/tbody/tr")
    expected = contribution_matrix(model).wide()
    assert len(rows) == len(expected)
    for row, activity in zip(rows, expected, strict=True):
        assert [text.rstrip(" ★") for text in cells(row)] == ["–" if cell.shortest is None else str(cell.paths) for cell in activity.cells]
        assert ["★" in text for text in cells(row)] == [bool(cell.carried) for cell in activity.cells]


def test_every_pair_is_traced_with_bottlenecks_and_weakest_links(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    told = kenya.section("pathways").xpath(".//details[contains(@class, 'way')]")
    pairs = list(pairs_to_tell(kenya_model, contribution_matrix(kenya_model)))
    assert [(way.get("data-from"), way.get("data-to")) for way in told] == pairs
    for way, (start, end) in zip(told, pairs, strict=True):
        trace, story = toc.trace(kenya_model, start, end), toc.story(kenya_model, start, end)
        text = said(way)
        assert trace.sentence() in text
        assert all(trace.titles[node] in text for node in trace.bottlenecks.nodes)
        weakest = [link.xpath("./a/@href") for link in way.xpath(".//dd/ol/li")]
        assert weakest == [[f"#{anchor(each.link.from_)}", f"#{anchor(each.link.to)}"] for each in story.weakest[:3]]
        assert len(way.xpath(".//ol[@class='chain']")) == len(trace.pathways)


def test_steps_that_sources_carry_and_that_the_author_infers_are_drawn_differently(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    way = kenya.one("//details[contains(@class, 'story')][@data-from='child-rights-clubs']")
    story = toc.story(kenya_model, "child-rights-clubs", way.get("data-to"))
    drawn = [item.get("class") for item in way.xpath("./div/ol[@class='chain']/li")]
    assert drawn == ["start", *(each.link.basis.value if each.link.basis else "unsaid" for each in story.pathway)]
    assert {"stated", "inferred"} <= set(drawn)


@pytest.mark.parametrize("name", ["kenya", "garden"])
def test_every_story_is_told_whole_with_its_level_and_what_it_rests_on(name: str, request: pytest.FixtureRequest) -> None:
    model, page = request.getfixturevalue(f"{name}_model"), request.getfixturevalue(name)
    for told in page.section("stories").xpath(".//details[contains(@class, 'story')]"):
        story = toc.story(model, told.get("data-from"), told.get("data-to"))
        text = said(told)
        assert f"level of claim: {story.level.value}" in text
        assert all(" ".join(sentence.text.split()) in text for sentence in story.sentences)
        assert len(told.xpath(".//ol[@class='references']/li")) == len({id for sentence in story.sentences for id in sentence.because})


def test_a_story_takes_the_achievement_that_it_is_given(garden_model: toc.TheoryOfChange) -> None:
    table = toc.achievement(garden_model)
    assert toc.story(garden_model, "plant", "shade", table=table) == toc.story(garden_model, "plant", "shade")
    without = table.where(indicator="nothing")
    assert not toc.story(garden_model, "plant", "shade", table=without).delivery.reported


def test_a_story_of_withheld_figures_says_so_and_shows_none() -> None:
    draft = toc.TheoryOfChange.build("help", as_of="2024-12-31")
    clubs, helped = draft.activity("clubs", "Clubs meet", basis="stated"), draft.output("helped", "Children are helped")
    draft.link(clubs, helped)
    draft.indicator("few", "Children helped", of=helped, unit="person", direction="increase")
    draft.target("few", 40)
    draft.actual("few", 3)
    model = draft.done()
    told = toc.story(model, clubs, helped, table=publishable(model, toc.achievement(model)))
    texts = [sentence.text for sentence in told.sentences]
    assert "“Children helped”: 40 planned, not shown, to protect small groups." in texts
    assert any("3 of 40" in sentence.text for sentence in toc.story(model, clubs, helped).sentences)
    assert not any("3 of 40" in text for text in texts)


def test_many_pairs_are_cut_with_an_honest_word_and_every_activity_comes_first(large_model: toc.TheoryOfChange, large: Page) -> None:
    pairs = list(pairs_to_tell(large_model, contribution_matrix(large_model)))
    told = large.section("pathways").xpath(".//details[contains(@class, 'way')]")
    assert len(told) == TOLD < len(pairs)
    assert f"The first {TOLD} of {len(pairs)}; the rest is in tocmodel trace." in said(large.section("pathways"))
    assert {way.get("data-from") for way in told} == {start for start, _ in pairs}


# --- results


def test_what_further_pairs_pass_and_where_they_are_weakest_can_be_read_without_a_script(
    large_model: toc.TheoryOfChange, large: Page
) -> None:
    section = large.section("pathways")
    told = {(way.get("data-from"), way.get("data-to")) for way in section.xpath(".//details[contains(@class, 'way')]")}
    further = [pair for pair in pairs_to_tell(large_model, contribution_matrix(large_model)) if pair not in told]
    rows = [[said(cell) for cell in row] for row in section.xpath(".//table")[-1].xpath("./tbody/tr")]
    assert [(row[0], row[1]) for row in rows] == [(str(large_model.node(a).title), str(large_model.node(b).title)) for a, b in further]
    for (start, goal), (_, _, passed, weakest) in list(zip(further, rows, strict=True))[::40]:
        way = toc.trace(large_model, start, goal, max_paths=1)
        assert passed == "; ".join(str(large_model.node(id).title) for id in way.bottlenecks.nodes) or not way.bottlenecks.nodes
        drawn = {
            f"{large_model.node(link.from_).title} → {large_model.node(link.to).title}"
            for link in large_model.links
            if link.id in way.links
        }
        assert set(weakest.split("; ")) <= drawn


@pytest.mark.parametrize("name", ["kenya", "garden", "large"])
def test_the_rows_of_achievement_are_those_of_the_table(name: str, request: pytest.FixtureRequest) -> None:
    model, page = request.getfixturevalue(f"{name}_model"), request.getfixturevalue(name)
    rows = {row.indicator: row for row in toc.achievement(model) if row.scope is Scope.LIFE and not row.slice and not row.actual.words}
    drawn = {row.get("data-id"): row for row in page.section("achievement").xpath(".//tr[@data-id]")}
    assert list(drawn) == list(rows)[: len(drawn)]
    for id, element in drawn.items():
        row = rows[id]
        target, actual, share, _, status = cells(element)[-5:]
        assert target == ("–" if row.target.missing == "missing" else signed(row.target).replace("_", " "))
        assert actual == signed(row.actual).replace("_", " ")
        falls = row.direction == "decrease"
        headline = row.progress if falls else row.attainment
        assert share == (f"{row.said(headline)}{' of the way' if falls else ''}" if headline.bounds else "–")
        assert status.startswith(row.verdict)
        assert bool(element.xpath(".//svg")) == (bar_of(row) is not None)


def test_progress_to_date_stands_beside_the_whole(garden_model: toc.TheoryOfChange, garden: Page) -> None:
    due = next(row for row in toc.achievement(garden_model) if row.scope is Scope.TO_DATE)
    row = next(row for row in garden.section("achievement").xpath(".//tr[@class='part']") if "periods that are due" in said(row))
    assert cells(row)[1:4] == [shown(due.target), shown(due.actual), due.said(due.attainment)]


def test_a_baseline_is_drawn_where_it_can_be() -> None:
    draft = toc.TheoryOfChange.build("readers", as_of="2024-12-31")
    clubs = draft.activity("clubs", "Clubs")
    draft.indicator("read", "Children who read", of=clubs, unit="person", direction="increase", accumulation="snapshot")
    draft.baseline("read", 30)
    draft.target("read", 60)
    draft.actual("read", 45)
    model = draft.done()
    drawn = bar_of(toc.achievement(model)["read"])
    assert drawn is not None
    assert (drawn.begin, drawn.start, drawn.goal) == (33.3, 50.0, 66.7)
    assert 'class="begin" d="M33.3 1v8"' in html(model)


def test_results_in_words_and_notes_on_comparability_stand_on_the_page(garden: Page) -> None:
    assert "It is cooler at noon" in said(garden.section("achievement"))
    assert "Counted at another well" in said(garden.entry("dry-days"))


def test_what_was_planned_and_not_reported_is_listed(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    table = toc.achievement(kenya_model)
    groups = {"sex=girls": "Girls", "sex=boys": "Boys", "total": "total"}
    silent = [(row.title, groups[str(row.slice)], shown(row.target)) for row in table if row.status == "missing"]
    rows = kenya.section("unreported").xpath(".//tbody/tr")
    unreadable = ("SEC cases, as far as the plan's text goes", "total", "not readable")
    assert [(said(row.xpath("./th")[0]), cells(row)[0], cells(row)[-1]) for row in rows] == [*silent, unreadable]
    counted = (
        f"For {len(silent)} targets, {sum(part != 'total' for _, part, _ in silent)} of them of groups, no result is reported; "
        "that is missing, not zero. 1 more target cannot be read, and no result is reported for it."
    )
    assert counted in said(kenya.section("unreported"))
    assert counted in said(kenya.section("brief"))
    never = check(kenya_model).by_rule()["L47"]
    reported, expected = table.coverage
    assert len(never) == expected - reported + 1 == sum(part == "total" for _, part, _ in silent) + 1
    assert [finding.message for finding in never if "cannot be read" in finding.message] == [
        "the indicator “SEC cases, as far as the plan's text goes” has a target that cannot be read, and no result"
    ]


def plan(as_of: str, *figures: tuple[object, object]) -> toc.TheoryOfChange:
    """A plan for 2024 with these targets and results; None for one that is not there."""
    draft = toc.TheoryOfChange.build("plan", "Plan", period="2024", as_of=as_of)
    clubs = draft.activity("clubs", "Clubs meet")
    for number, (target, actual) in enumerate(figures, start=1):
        draft.indicator(f"i{number}", f"Indicator {number}", of=clubs, unit="person", direction="increase", accumulation="snapshot")
        if target is not None:
            draft.target(f"i{number}", target)
        if actual is not None:
            draft.actual(f"i{number}", actual)
    return draft.done()


def test_where_no_target_is_due_the_page_says_so_and_counts_nothing() -> None:
    page = Page(plan("2024-03-01", (10, None), (20, None)))
    for section in ("brief", "achievement", "unreported"):
        text = said(page.section(section))
        assert "No target is due yet as of 1 March 2024." in text
        assert not re.search(r"\b0\b|Every target", text)
    assert "No target is due yet." in toc.achievement(plan("2024-03-01", (10, None))).footer


def test_what_is_not_due_cannot_be_missed_yet() -> None:
    page = Page(plan("2024-03-01", (10, 4)))
    assert "No target is due yet as of 1 March 2024." in said(page.section("achievement"))
    assert "The only total that can be judged against a target is not due yet, and not met so far." in said(page.section("brief"))
    assert [text for text in cells(page.section("tracking").xpath(".//tr[td]")[0]) if "not met" in text] == [
        "not met so far difference: −6"
    ]
    several = said(Page(plan("2024-03-01", (10, 4), (10, 12))).section("brief"))
    assert "Of the 2 totals that can be judged against a target, 1 is met and 1 is not due yet and not met so far." in several


def test_where_there_is_no_target_the_page_says_so() -> None:
    model = plan("2025-01-01", (None, 5))
    text = said(Page(model).section("achievement"))
    assert "No indicator has a target that results can be set against." in text
    assert "0 of 0" not in text
    assert toc.achievement(model).footer == ("No indicator has a target that results can be set against.",)


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ([(10, 10)], "The only total that can be judged against a target is met."),
        ([(10, 9)], "The only total that can be judged against a target is not met."),
        (
            [(10, "over 8")],
            "For the only total that can be judged against a target, the bounds of the figures allow both verdicts.",
        ),
        ([(10, 10), (10, 11)], "Of the 2 totals that can be judged against a target, 2 are met."),
        (
            [(10, 10), (10, 9), (10, "over 8")],
            "Of the 3 totals that can be judged against a target, 1 is met, 1 is not met and for 1 the bounds of the figures allow both.",
        ),
    ],
)
def test_the_verdicts_name_what_there_is(figures: list[tuple[object, object]], verdict: str) -> None:
    page = Page(plan("2025-01-01", *figures))
    for section in ("brief", "achievement"):
        assert verdict in said(page.section(section))


def test_a_reader_reads_names_and_no_ids(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    tree = markup.fromstring(kenya.text)
    for hidden in found(tree, "//script|//style|//code"):
        hidden.drop_tree()
    text = said(tree)
    made = [id for id in kenya_model.by_id if re.search(r"[-.>]", id)]
    assert len(made) > 100
    assert [id for id in made if re.search(rf"(?<![\w>-]){re.escape(id)}(?![\w-])", text)] == []


def test_a_group_that_fell_short_is_named_as_readers_know_it() -> None:
    draft = toc.TheoryOfChange.build("plan", "Plan", as_of="2025-01-01")
    draft.dimension("place", "Place", categories=[{"id": "n", "title": "North side"}, {"id": "s", "title": "South side"}])
    draft.indicator("i", "Meals", of=draft.activity("a", "Meals are served"), unit="item", direction="increase", by=["place"])
    for place, target, actual in (("n", 10, 12), ("s", 10, 6)):
        draft.target("i", target, slice={"place": place})
        draft.actual("i", actual, slice={"place": place})
    page = Page(draft.done())
    assert "Fewer than planned stand behind “Meals”: South side." in said(page.section("brief"))
    assert "Fewer than planned: South side." in said(page.section("groups"))


def test_the_session_of_a_world_cafe_is_one_with_its_groups(kenya: Page) -> None:
    assert "1 session of reflection is recorded, with 5 groups inside" in said(kenya.section("questions"))
    assert "World Café group: sustainability What came out of it: not published" in said(kenya.section("lasting"))
    assert said(kenya.section("learning")).count("Part of Learning and Reflection Event 2021") == 5


def test_groups_stand_beside_each_other_with_the_question_and_the_note(kenya: Page) -> None:
    section = kenya.section("groups")
    rows = {said(row.xpath("./th")[0]): cells(row) for row in section.xpath(".//table/tbody[1]/tr[@class='part']")}
    assert rows["Girls"][:3] == ["105", "132", "125.7 %"]
    assert rows["Boys"][:3] == ["45", "27", "60 %"]
    assert "Fewer than planned: Boys. Is it the plan, the identification or the access?" in said(section)
    assert 'Planned "rescued, rehabilitated, reintegrated" against reported "rescued and given services".' in said(section)


def test_the_tracking_table_has_every_period(large_model: toc.TheoryOfChange, large: Page) -> None:
    expected = tracked(large_model, toc.achievement(large_model))
    table = large.section("tracking").xpath(".//table[@class='figures tracking']")[0]
    rows = table.xpath("./tbody/tr[td]")
    assert len(rows) == len(expected)
    for row, known in zip(rows[:60], expected.rows, strict=False):
        figures = cells(row)
        for place, (_, over) in enumerate(known.periods):
            wanted = "–" if over is None else shown(over.actual).replace("_", " ")
            assert figures[3 * place + 1] == wanted


def test_the_tracking_table_says_how_far_a_result_lies_from_its_target(kenya: Page) -> None:
    rows = {
        said(row.xpath("./th")[0]): cells(row)[-1] for row in kenya.section("tracking").xpath(".//table[@class='figures tracking']//tr[td]")
    }
    assert rows["Schools with Child Rights Clubs"] == "met on track difference: 0"
    assert rows["Community members taking part in awareness raising"] == "undetermined difference: at least −636"
    assert rows["Children brought to safety and given services"] == "no verdict (context)"


@pytest.mark.parametrize(
    ("unit", "told"), [("percent", "difference in percentage points: −9"), ("person", "difference: −9"), (None, "difference: −9")]
)
def test_a_difference_between_percentages_is_told_in_percentage_points(unit: str | None, told: str) -> None:
    draft = toc.TheoryOfChange.build("p", "P", period="2024", as_of="2024-12-31")
    measured = draft.indicator("share", "Pupils who read", of=draft.output("read", "Pupils read"), unit=unit,
        direction="increase", accumulation="snapshot", report="to_date")  # fmt: skip
    draft.target(measured, 64, period="2024")
    draft.actual(measured, 55, period="2024")
    row = Page(draft.done()).one("//table[@class='figures tracking']//tr[td]")
    assert cells(row)[-1].endswith(f" {told}")


def test_a_matrix_of_many_objectives_is_cut_with_an_honest_word() -> None:
    draft = toc.TheoryOfChange.build("many", as_of="2024-01-01")
    start = draft.activity("start", "Clubs meet")
    for n in range(20):
        draft.link(start, draft.objective(f"o{n}", f"Objective {n}"))
    section = Page(draft.done()).section("pathways")
    assert len(section.xpath(".//thead/tr/th")) == 17
    assert "The first 16 of 20; the rest is in tocmodel.contribution_matrix." in said(section)


def test_many_periods_are_cut_into_parts_that_fit_a_page() -> None:
    draft = toc.TheoryOfChange.build("readers", period="2023/2024", as_of="2024-12-31")
    draft.indicator(
        "met",
        "Meetings",
        of=draft.activity("clubs", "Clubs"),
        unit="session",
        direction="increase",
        accumulation="incremental",
        report="per_period",
    )
    for month in range(1, 8):
        draft.target("met", 10, period=f"2023-{month:02}")
        draft.actual("met", month, period=f"2023-{month:02}")
    tables = Page(draft.done()).all("//table[@class='figures tracking']")
    assert [len(table.xpath(".//th[@scope='colgroup']")) for table in tables] == [3, 3, 2]
    assert cells(tables[1].xpath(".//tr[td]")[0])[:3] == ["10", "4", "40 %"]


def test_the_way_over_time_is_drawn_with_its_figures(garden: Page) -> None:
    figure = garden.section("time").xpath("./figure")[0]
    assert figure.xpath(".//svg")
    assert [cells(row) for row in figure.xpath(".//tbody/tr")] == [
        ["1,000", "over 900", "at least 90.1 %"],
        ["1,500", "1,400", "93.3 %"],
        ["2,000", "not due", "–"],
    ]


def test_a_cascade_is_drawn_and_told(kenya: Page) -> None:
    section = kenya.section("cascades")
    assert [cells(row)[0] for row in section.xpath(".//tbody/tr")] == ["21", "13", "6", "2"]
    assert section.xpath(".//svg")
    assert "drop" not in said(section)


# --- evidence, what lasts, learning


@pytest.mark.parametrize("name", ["kenya", "garden", "large"])
def test_the_evidence_matrix_counts_for_against_and_none(name: str, request: pytest.FixtureRequest) -> None:
    model, page = request.getfixturevalue(f"{name}_model"), request.getfixturevalue(name)
    rows = page.section("evidence").xpath(".//table[contains(@class, 'matrix')]/tbody/tr")
    expected = evidence_matrix(model)
    assert len(rows) == len(expected)
    for row, known in zip(rows, expected, strict=True):
        assert row.get("data-id") == known.link
        found = [0 if text == "–" else int(text) for text in cells(row)[:3]]
        assert found == [len(known.supporting), len(known.contradicting), len(known.not_found)]
        assert ("no evidence either way" in said(row)) == known.none


def test_what_goes_on_after_the_programme_is_told(garden: Page) -> None:
    rows = {said(row.xpath("./th")[0]): cells(row) for row in garden.section("lasting").xpath(".//tbody/tr")}
    assert rows["Trees grow"] == ["yes", "Neighbours raise seedlings", "Village council"]
    assert "Something still leads to 2 of 2 results." in said(garden.section("lasting"))
    assert "Will the council go on? Answer: It says so" in said(garden.section("lasting"))


def test_where_nobody_says_who_carries_on_that_is_said(kenya: Page) -> None:
    assert "The model does not say who carries anything on" in said(kenya.section("lasting"))


def test_learning_has_responses_decisions_and_who_is_missing(kenya_model: toc.TheoryOfChange, garden: Page, kenya: Page) -> None:
    text = said(garden.section("learning"))
    assert "Trees take time" in text
    rows = {said(row.xpath("./th")[0]): cells(row) for row in garden.section("learning").xpath(".//tbody/tr")}
    assert rows["Plant hardier kinds"] == ["Village council", "Agreed for 2025", "no date"]
    assert rows["Dig a well"] == ["not said", "not published", "no date"]
    assert rows["Half of the seedlings dried up"] == ["Hardier kinds", "Village council", "1 February 2024"]
    assert "Rights holders not named 1: Children" in text
    missing = participants_named(kenya_model).rows[0].rights_holders_missing
    named = [str(getattr(kenya_model[id], "title", "")) for id in missing]
    assert all(title in said(kenya.section("learning")) for title in named)
    assert said(kenya.section("learning")).count("not published") >= 7


def test_findings_are_counted_by_severity_and_cut_with_an_honest_word(kenya_model: toc.TheoryOfChange, kenya: Page) -> None:
    found = check(kenya_model)
    section = kenya.section("checks")
    assert [said(heading) for heading in section.xpath("./h3")] == [
        f"{len(found.of('warning'))} warnings",
        f"{len(found.of('note'))} notes",
    ]
    for code, findings in found.by_rule().items():
        rule = next(entry for entry in section.xpath(".//details") if said(entry.xpath("./summary/code")[0]) == code)
        assert said(rule.xpath("./summary/span")[0]) == str(len(findings))
        assert len(rule.xpath(".//li")) == min(8, len(findings))
        assert len(findings) <= 8 or f"The first 8 of {len(findings)}; the rest is in tocmodel check." in said(rule)


def test_questions_rivals_sources_and_method_stand_at_the_end(garden: Page) -> None:
    assert "Who could be harmed by this work" in said(garden.section("questions"))
    assert "More rain than usual examined: explains little" in said(garden.section("questions"))
    assert "Own report the programme speaks of itself" in said(garden.section("sources"))
    assert "from 1 independent source on" in said(garden.section("method"))


# --- for the public


def test_no_section_of_a_public_page_shows_or_gives_away_a_small_group() -> None:
    draft = toc.TheoryOfChange.build("help", period="2023/2024", as_of="2024-12-31")
    advice, helped = draft.activity("advice", "Advice", basis="stated"), draft.objective("helped", "Children are helped")
    draft.link(advice, helped, rationale="advice helps")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.indicator(
        "few", "Children helped", of=helped, unit="person", direction="increase", by="sex", accumulation="incremental", report="per_period"
    )
    for year, girls, boys in (("2023", 4343, 3), ("2024", 5757, 6161)):
        draft.target("few", 7777, period=year)
        draft.actual("few", girls, period=year, slice={"sex": "girls"}, comparability=f"{boys} boys besides")
        draft.actual("few", boys, period=year, slice={"sex": "boys"})
    for id, title, count in (("asked", "Cases reported", 9090), ("court", "Cases taken to court", 2)):
        draft.indicator(id, title, of=advice, unit="case")
        draft.actual(id, count)
    draft.cascade("cases", "From report to court", steps=["asked", "court"])
    model = draft.done()

    own, public = (said(markup.fromstring(html(model, public=public))) for public in (False, True))

    told = ("4,343", "5,757", "6,161", "3 boys besides", "2 cases")
    assert all(text in own for text in told)
    assert not any(text in public for text in told)
    assert "figures are not shown, to protect small groups." in public
    assert "4,346" in public  # the total of the year, from which no part can be worked out


# --- small, empty, large and hostile models


def test_an_empty_model_says_what_is_not_there() -> None:
    page = Page(toc.TheoryOfChange.build("empty", as_of="2024-01-01").done())
    assert [section.get("id") for section in page.all("//section")] == ["brief", "achievement", "questions", "checks", "method"]
    assert "No indicator is stated, so nothing is measured." in said(page.section("achievement"))
    assert "0 nodes and no link" in said(page.section("brief"))


def test_a_theory_of_three_nodes_without_indicators() -> None:
    draft = toc.TheoryOfChange.build("three", "Three nodes", as_of="2024-01-01")
    first, second, third = draft.activity("a", "Clubs meet"), draft.output("b", "Children take part"), draft.objective("c", "Children read")
    draft.link(first, second, basis="stated")
    draft.link(second, third, basis="inferred")
    page = Page(draft.done())
    sections = [section.get("id") for section in page.all("//section")]
    assert sections == [
        "brief",
        "theory",
        "pathways",
        "achievement",
        "evidence",
        "stories",
        "lasting",
        "questions",
        "checks",
        "words",
        "method",
    ]
    assert "Of the 2 links between the 3 nodes of the theory of change, sources carry 1." in said(page.section("brief"))
    assert said(page.entry("a")).count("none: nothing measures it") == 1


@pytest.mark.parametrize(
    ("second", "in_brief", "on_the_way"),
    [
        ("planned", "the plan states 2.", "The plan states every step."),
        (
            "intended",
            "sources state 2 as a plan or a purpose, none as a fact.",
            "Sources state every step as a plan or a purpose, none as a fact.",
        ),
        ("stated", "sources carry 2.", "Sources carry it all the way."),
    ],
)
def test_what_only_a_plan_states_is_not_told_as_if_it_were_proof(second: str, in_brief: str, on_the_way: str) -> None:
    draft = toc.TheoryOfChange.build("lending", "Lending (fictional)", as_of="2024-12-31")
    lend, books, read = (
        draft.activity("lend", "Schools lend books"),
        draft.output("books", "Pupils have books"),
        draft.objective("read", "Pupils read"),
    )
    draft.link(lend, books, basis="planned")
    draft.link(books, read, basis=second)
    page = Page(draft.done())
    assert f"Of the 2 links between the 3 nodes of the theory of change, {in_brief}" in said(page.section("brief"))
    assert on_the_way in said(page.section("pathways"))
    assert f"Links: 2, of which {in_brief}" in said(page.section("theory"))


def test_three_hundred_indicators_in_a_few_seconds_and_two_and_a_half_megabytes(large_model: toc.TheoryOfChange, large: Page) -> None:
    assert len(large_model.indicators) == 300
    assert 95 <= len(large_model.nodes) <= 105
    assert len(large.text.encode()) < 2_500_000
    table = toc.achievement(large_model)
    start = perf_counter()
    toc.achievement(large_model)
    once = perf_counter() - start
    start = perf_counter()
    gathered(large_model, table, find_language())
    assert perf_counter() - start < 3 * once  # the figures are computed once, whatever there is to tell of them


def test_the_cells_of_a_large_table_sort_by_the_value_even_where_no_attribute_says_it(large_model: toc.TheoryOfChange, large: Page) -> None:
    table = toc.achievement(large_model)
    bounds = {row.indicator: row.actual.bounds for row in table if row.scope is Scope.LIFE and not row.slice}
    rows = large.all("//section[@id='achievement']//tr[@data-id]")
    assert len(rows) == len(bounds)
    unsaid = 0
    for row in rows:
        cell, known = row.xpath("./td")[1], bounds[row.get("data-id")]
        unsaid += cell.get("data-value") is None
        if known is not None and known.low is not None:  # as script/tables.js reads a cell
            assert float(cell.get("data-value") or re.sub(r"\D", "", said(cell))) == float(known.low)
    assert unsaid > 100


def test_only_tables_that_sort_say_what_they_sort_by(large: Page) -> None:
    assert large.all("//table[contains(@class, 'sortable')]//td[@data-value]")
    assert not large.all("//table[not(contains(@class, 'sortable'))]//td[@data-value]")


@pytest.mark.parametrize(
    ("low", "words", "key"),
    [("1540", "1,540", ""), ("1540", "1 540", ""), ("1540", "1\N{NARROW NO-BREAK SPACE}540", ""), ("1540", "over 1540", "1540"), ("12.5", "12.5", "12.5"),
     ("12.5", "12,5", "12.5"), ("12", "12.0", "12"), ("-5", "−5", "-5"), ("0.95", "95 %", "0.95"), ("7", "٧", "7")],
)  # fmt: skip
def test_a_cell_says_what_it_is_sorted_by_unless_its_digits_do(low: str, words: str, key: str) -> None:
    assert sorts_by(Interval.exactly(Decimal(low)), words) == key
    assert sorts_by(None, words) == ""


@given(strategies.lists(strategies.integers(1, 99), unique=True).map(sorted))
def test_numbers_that_follow_each_other_are_said_as_a_run_and_none_is_lost(numbers: list[int]) -> None:
    told = [part.split("–") for part in runs(numbers).split(", ")] if numbers else []
    assert [number for ends in told for number in range(int(ends[0]), int(ends[-1]) + 1)] == numbers
    assert all(len(ends) == 1 or int(ends[1]) - int(ends[0]) > 1 for ends in told)


def test_a_hundred_nodes_are_all_told(large_model: toc.TheoryOfChange, large: Page) -> None:
    assert len(large.all("//details[contains(@class, 'node')]")) == len(large_model.nodes)
    assert len(large.all("//details[contains(@class, 'link')]")) == len(large_model.links)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_every_kind_of_record_appears_as_text(text: str) -> None:
    short = text[:50]
    draft = toc.TheoryOfChange.build("p", text, as_of="2024-01-01", notice=text, place=text)
    draft.actor("x", text, role="rights_holder")
    draft.assumption("s", text, owner="x")
    draft.risk("k", text, likelihood=text, response=text, about=["b"])
    one = draft.activity("a<b>&\"'", text, description=text, narrative=text, by="x", sustained_by="x", sustained_with=text, note=text)
    other = draft.objective("b", text, who="x")
    link = draft.link(one, other, rationale=text, assumptions=["s"], note=text)
    draft.source("src", text, publisher=text, url=text, note=text)
    draft.evidence("e", about=[link], statement=text, source={"source": "src", "place": text, "quote": text})
    draft.dimension("d", text, categories=[short])
    draft.indicator(
        "i", text, of=other, unit="person", population=text, direction="increase", by="d", means_of_verification=text, frequency=text
    )
    draft.target("i", 7, slice={"d": short})
    draft.actual("i", 5, slice={"d": short}, comparability=text)
    draft.cascade("c", text, steps=["i", "i2"])
    draft.indicator("i2", text, of=other, unit="case")
    draft.session("se", text, question=text, method=text, participants=["x"], harvest=[text], rounds=[text], objectives=[text])
    draft.recommendation("re", text, to="x", response=text)
    draft.decision("de", learned=text, changed=text, by="x")
    draft.question("q", text, answer=text)
    draft.lesson("l", text, about=["b"])
    draft.rival("ri", text, description=text, about="b")

    page = Page(draft.done())

    assert len(page.all("//script")) == 2, "data and script; tests/test_reports_interaction.py says which"
    assert not page.all("//img|//b|//iframe")
    assert not found(page.tree, "//@*[starts-with(name(), 'on')]")
    assert all(jump.startswith("#") for jump in found(page.tree, "//@href"))
    ids = found(page.tree, "//@id")
    assert len(ids) == len(set(ids))
    visible = " ".join(text.replace("\x7f", "").split())
    assert said(page.one("//body")).replace("\x7f", "").count(visible) > 25
