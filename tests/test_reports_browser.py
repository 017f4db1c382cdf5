"""The report in a browser: what the reader can do on the page, for eyes, keys and screen readers, on paper, and without a script."""

import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

import tocmodel as toc
from tests.browser import A4, A4_WIDE, LAPTOP, PHONE, Browser, needs_axe, needs_chromium, squeezed
from tests.large import large_theory
from tests.test_reports import HOSTILE
from tocmodel.model import TheoryOfChange
from tocmodel.paths import downstream, upstream
from tocmodel.reports.following import ends

pytestmark = [pytest.mark.browser, needs_chromium]

PAIR = ("legal-advice", "families-protect")
"""A pair with a loop on the way, bottlenecks, and a weakest link."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    started = Browser()
    yield started
    started.driver.quit()


@pytest.fixture(scope="module")
def kenya() -> TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module")
def file(kenya: TheoryOfChange, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toc.report(kenya, tmp_path_factory.mktemp("page") / "kenya.html")


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Browser]:
    """The Kenya report, just opened; whatever a test did with it, the console has no complaint."""
    browser.open(file)
    yield browser
    assert browser.errors() == []


def choose(page: Browser, start: str, goal: str) -> None:
    Select(page.find("#ways-from")).select_by_value(start)
    Select(page.find("#ways-to")).select_by_value(goal)


def marked(page: Browser, name: str) -> set[str]:
    return {each.get_dom_attribute("data-id") or "" for each in page.all(f"#diagram .{name}")}


def press(page: Browser, *keys: str) -> None:
    ActionChains(page.driver).send_keys(*keys).perform()


def test_an_activity_and_an_objective_light_up_exactly_their_trace(kenya: TheoryOfChange, page: Browser) -> None:
    way = toc.trace(kenya, *PAIR)
    choose(page, *PAIR)
    assert marked(page, "lit") == {*way.nodes, *way.links}
    assert marked(page, "passed") == {*way.bottlenecks.nodes, *way.bottlenecks.links}
    assert marked(page, "weak") == {toc.story(kenya, *PAIR).weakest[0].link.id}
    assert page.find("#way").get_attribute("role") == "status"
    said = f"Nodes on the way: {len(way.nodes)}. Links: {len(way.links)}."
    assert page.find("#way").text.startswith(said)
    listed = page.find("#way-parts").text
    assert all(str(kenya.node(id).title) in listed for id in way.nodes)

    page.find("#ways [type=reset]").click()
    assert not marked(page, "lit") | marked(page, "passed") | marked(page, "weak")
    assert page.find("#way").text == page.find("#way-parts").text == ""


def test_every_pair_lights_up_exactly_its_trace(kenya: TheoryOfChange, page: Browser) -> None:
    lit = """
        const [start, goal] = [document.getElementById("ways-from"), document.getElementById("ways-to")];
        const ids = name => [...document.querySelectorAll(`#diagram .${name}`)].map(each => each.dataset.id);
        return arguments[0].map(pair => {
          [start.value, goal.value] = pair;
          goal.dispatchEvent(new Event("change", { bubbles: true }));
          return [ids("lit"), ids("passed"), document.getElementById("way").textContent];
        });"""
    starts, goals = ends(kenya)
    pairs = [(start.id, goal.id) for start in starts for goal in goals]
    apart = 0
    for pair, (on, passed, said) in zip(pairs, page.run(lit, pairs), strict=True):
        way = toc.trace(kenya, *pair, max_paths=1)
        assert set(on) == {*way.nodes, *way.links}, pair
        assert set(passed) == {*way.bottlenecks.nodes, *way.bottlenecks.links}, pair
        assert (said == "The theory draws no pathway.") is not way.reached
        apart += not way.reached
    assert 0 < apart < len(pairs)


def test_what_lies_on_the_way_is_not_told_by_colour_alone(page: Browser) -> None:
    def width(id: str) -> float:
        return float(
            page.find(f"#diagram [data-id={json.dumps(id)}] :is(path, polygon)").value_of_css_property("stroke-width").removesuffix("px")
        )

    choose(page, *PAIR)
    on, passed, off = "cases-in-court", "cases-picked-up", "train-caregivers"
    assert width(off) < width(on) < width(passed)
    assert page.drawn(passed).find_element("css selector", ".badge").text == "◆"
    weak = marked(page, "weak").pop()
    assert page.drawn(weak).find_element("css selector", ".badge").text == "▲"
    headings = [each.text for each in page.all("#way-parts h3")]
    assert headings == ["◆ On every pathway", "▲ Weakest links (on every pathway, no evidence for it, the author's reading)", "On the way"]


def test_one_end_alone_lights_up_all_that_follows_or_leads_to_it(kenya: TheoryOfChange, page: Browser) -> None:
    start, goal = PAIR
    nodes = {node.id for node in kenya.nodes}
    choose(page, start, "")
    assert marked(page, "lit") & nodes == {start, *downstream(kenya, start)}
    choose(page, "", goal)
    assert marked(page, "lit") & nodes == {goal, *upstream(kenya, goal)}


def test_search_finds_a_node_by_title_or_id(page: Browser) -> None:
    page.find("#find").send_keys("CÁSES  court")
    assert page.find("#found-count").text == f"Found: {len(page.all('#found li'))}"
    assert page.find("#found li").text == "Cases are taken to court outcome"
    assert "cases-in-court" in marked(page, "found")
    assert "legal-advice" not in marked(page, "found")
    press(page, Keys.ENTER)
    assert page.find("#panel h3").text == "Cases are taken to court"
    assert marked(page, "chosen") == {"cases-in-court"}
    view, box = page.find("#diagram").rect, page.drawn("cases-in-court").rect
    assert view["x"] <= box["x"] <= view["x"] + view["width"] - box["width"]

    press(page, Keys.ESCAPE)
    assert page.focused == page.find("#find")
    page.find("#find").clear()
    page.find("#find").send_keys("peers-reached")
    press(page, Keys.ARROW_DOWN, Keys.ENTER)
    assert page.find("#panel h3").text == "Children reached through the clubs"
    press(page, Keys.ESCAPE)
    assert page.find("#panel").is_displayed() is False
    page.find("#find").clear()
    page.find("#find").send_keys("no such thing")
    assert page.find("#found-count").text == "Found: 0"
    assert page.find("#found").text == ""


def test_search_finds_what_is_said_of_links_indicators_assumptions_and_evidence(kenya: TheoryOfChange, page: Browser) -> None:
    def found(text: str) -> list[str]:
        page.find("#find").clear()
        page.find("#find").send_keys(text)
        return [each.text for each in page.all("#found li")]

    assumption, item, indicator = kenya.assumptions[0], kenya.evidence[0], kenya.indicators[0]
    link = next(link for link in kenya.links if link.rationale)
    for text, kind in (
        (assumption.title, "assumption"),
        (item.statement, "evidence"),
        (indicator.title, "indicator"),
        (link.rationale, "link"),
    ):
        assert f"{text} {kind}" in found(" ".join(str(text).split()))

    found(str(assumption.title))
    page.find("#found li:last-child a").click()
    row = page.run("return document.getElementById(decodeURIComponent(location.hash.slice(1))).textContent")
    assert str(assumption.title) in row
    every = found("e")
    assert page.find("#found-count").text.startswith(f"Found: {len(every)}")
    assert len(every) > 60
    page.run("arguments[0].focus()", page.all("#found a")[-1])
    press(page, Keys.ENTER)
    assert page.find("#panel").is_displayed()


def test_the_focus_comes_back_from_the_panel_and_shows_where_it_is(page: Browser) -> None:
    assert page.find("#panel").get_dom_attribute("aria-labelledby") == "panel-title"
    assert "arrow keys" in page.find(f"#{page.find('#diagram').get_dom_attribute('aria-describedby')}").text
    choose(page, *PAIR)
    passed = page.drawn("cases-picked-up")
    page.run("arguments[0].focus({focusVisible: true})", passed)
    assert passed.value_of_css_property("outline-style") == "solid"
    assert float(passed.value_of_css_property("outline-width").removesuffix("px")) >= 3
    assert marked(page, "near") >= {"legal-advice", "cases-picked-up", "cases-in-court"}
    press(page, Keys.END, Keys.ENTER)
    last = page.find("#panel-title").text
    assert page.find("#panel .tag").text in ("goal", "objective")
    press(page, Keys.ESCAPE, Keys.HOME)
    assert page.focused.get_dom_attribute("data-id") not in (None, last)

    page.find("#find").send_keys("court")
    link = page.find("#found a")
    page.run("arguments[0].click()", link)  # the focus is in the field, and what was found goes away
    page.run("document.getElementById('find').value = ''; document.getElementById('find').blur()")
    page.run("document.getElementById('found').replaceChildren()")
    page.find("#panel-close").click()
    assert page.run("return document.activeElement !== document.body")


def test_words_off_the_way_can_still_be_read(page: Browser) -> None:
    choose(page, *PAIR)
    text = page.drawn("train-caregivers").find_element("css selector", "text")
    assert text.value_of_css_property("opacity") == page.drawn("train-caregivers").value_of_css_property("opacity") == "1"
    soft = page.run("const e = document.querySelector('.kicker'); return getComputedStyle(e).color")
    assert text.value_of_css_property("fill") == soft


def test_a_second_jump_to_the_same_place_unfolds_it_again(page: Browser) -> None:
    reference = "document.querySelector('#evidence tbody a').click(); return decodeURIComponent(location.hash)"
    place = page.run(reference)
    entry = "return document.querySelector(arguments[0]).open"
    assert page.run(entry, place) is True
    page.run("document.querySelector(arguments[0]).open = false", place)
    page.run(reference)
    assert page.run(entry, place) is True


def test_a_click_on_a_node_shows_what_is_known_of_it(kenya: TheoryOfChange, page: Browser) -> None:
    page.drawn("child-rights-clubs").find_element("css selector", "text").click()
    said = page.find("#panel").text
    assert page.focused == page.find("#panel")
    assert str(kenya.node("child-rights-clubs").narrative) in said
    assert "Schools with Child Rights Clubs: 31 of 31" in said
    page.find("#panel-close").click()
    assert not page.find("#panel").is_displayed()


def test_a_click_on_a_link_shows_why_and_on_what_grounds(kenya: TheoryOfChange, page: Browser) -> None:
    link = next(
        link for link in kenya.links if link.assumptions and any(link.id in item.about for item in kenya.evidence) and link.rationale
    )
    middle = "const path = arguments[0].querySelector('.hit'); const p = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM()); return [p.x, p.y]"
    page.run("document.getElementById('diagram').scrollIntoView({block: 'start'})")
    page.run("arguments[0].scrollIntoView({block: 'nearest', inline: 'center'})", page.drawn(link.to))
    x, y = page.run(middle, page.drawn(link.id))
    ActionChains(page.driver).move_by_offset(round(x), round(y)).click().perform()
    said = page.find("#panel").text
    assert marked(page, "chosen") == {link.id}
    assert str(link.rationale) in said
    assert all(str(kenya[id].title) in said for id in link.assumptions)  # pyright: ignore[reportAttributeAccessIssue]
    assert all(str(item.statement) in said for item in kenya.evidence if link.id in item.about)
    page.find("#panel [data-shows]").click()
    assert page.find("#panel h3").text == str(kenya.node(link.from_).title)


def test_the_diagram_is_walked_and_read_with_keys_alone(kenya: TheoryOfChange, page: Browser) -> None:
    links = {link.id: link for link in kenya.links}
    assert len(page.all('#diagram svg [tabindex="0"]')) == 1, "one stop for the tabulator"
    page.run("arguments[0].focus()", page.drawn("legal-advice"))
    press(page, Keys.ARROW_RIGHT)
    assert page.focused == page.drawn("legal-advice->cases-picked-up")
    assert page.focused.accessible_name.startswith("Legal advice → Law enforcement picks up cases")
    press(page, Keys.ENTER)
    assert str(links["legal-advice->cases-picked-up"].rationale) in page.find("#panel").text
    press(page, Keys.ESCAPE)
    assert page.focused == page.drawn("legal-advice->cases-picked-up")
    press(page, Keys.ARROW_RIGHT)
    assert page.focused == page.drawn("cases-picked-up")
    press(page, Keys.SPACE)
    assert page.find("#panel h3").text == "Law enforcement picks up cases"
    press(page, Keys.ESCAPE)

    seen: set[str] = set()
    press(page, *[Keys.ARROW_UP] * len(kenya.nodes))
    for _ in kenya.nodes:
        seen.add(page.focused.get_dom_attribute("data-id") or "")
        press(page, Keys.ARROW_DOWN)
    assert seen == {node.id for node in kenya.nodes}


def test_the_diagram_grows_and_shrinks(page: Browser) -> None:
    def width() -> float:
        return page.find("#diagram svg").rect["width"]

    before = width()
    page.find(".zoom [data-zoom='1.25']").click()
    assert width() == pytest.approx(1.25 * before, rel=0.01)
    page.find("#diagram").send_keys("--")
    assert width() == pytest.approx(0.8 * before, rel=0.01)
    page.find(".zoom [data-zoom='0']").click()
    svg, view = page.find("#diagram svg").rect, page.find("#diagram").rect
    assert svg["width"] <= view["width"]
    assert svg["height"] <= view["height"]


def test_the_pointer_shows_what_a_node_is_joined_to(page: Browser) -> None:
    ActionChains(page.driver).move_to_element(page.drawn("legal-advice").find_element("css selector", "text")).perform()
    assert marked(page, "near") == {"legal-advice", "legal-advice->cases-picked-up", "cases-picked-up"}


def shown(page: Browser, table: str) -> list[str]:
    """The first cells of a table's groups of rows, in the order in which they stand."""
    return page.run(
        """const table = document.querySelector(arguments[0]);
        const rows = table.tBodies.length > 1 ? [...table.tBodies].map(body => body.rows[0]) : [...table.tBodies[0].rows];
        return rows.map(row => row.dataset.id ?? row.cells[0].textContent.trim());""",
        table,
    )


def test_a_table_sorts_by_value_with_what_is_missing_last(kenya: TheoryOfChange, page: Browser) -> None:
    achieved = "#achievement table.achievement"
    first = shown(page, achieved)
    results = {row.indicator: row.actual.bounds for row in toc.achievement(kenya) if row.scope == "life" and not row.slice}
    known = {id: float(bounds.low if bounds.low is not None else bounds.high or 0) for id in first if (bounds := results[id])}
    missing = [id for id in first if id not in known]
    assert missing
    assert sorted(known.values()) != [known[id] for id in first if id in known]

    header = page.find(f"{achieved} thead th:nth-child(3)")
    header.find_element("css selector", "button").click()
    assert header.get_dom_attribute("aria-sort") == "ascending"
    assert shown(page, achieved) == [*sorted(known, key=known.__getitem__), *missing]
    page.focused.send_keys(Keys.ENTER)
    assert header.get_dom_attribute("aria-sort") == "descending"
    assert shown(page, achieved) == [*sorted(known, key=lambda name: -known[name]), *missing]
    page.focused.send_keys(Keys.SPACE)
    assert header.get_dom_attribute("aria-sort") is None
    assert shown(page, achieved) == first


def test_a_table_sorts_by_words_and_keeps_each_group_together(page: Browser) -> None:
    achieved = "#achievement table.achievement"
    inside = "return [...document.querySelectorAll(arguments[0] + ' tbody')].map(body => body.innerText.trim())"
    before = page.run(inside, achieved)
    page.find(f"{achieved} thead th:first-child button").click()
    after = page.run(inside, achieved)
    assert sorted(before) == sorted(after)
    assert before != after
    titles = [text.splitlines()[0].casefold() for text in after]
    assert titles == sorted(titles)


def test_days_and_words_of_a_scale_sort_by_what_they_mean_and_what_is_missing_comes_last(browser: Browser, tmp_path: Path) -> None:
    draft = TheoryOfChange.build("p", "Reading clubs (fictional)", as_of="2024-06-30")
    clubs, read = draft.activity("a", "Clubs meet"), draft.objective("b", "Children read for pleasure")
    days = {"two": "2025-02-01", "none": "", "ten": "2024-12-10", "nine": "2025-01-09"}
    held = [draft.assumption(name, name.title(), **({"review": day} if day else {})) for name, day in days.items()]
    draft.link(clubs, read, assumptions=held)
    for name, likelihood in {"r1": "Medium", "r2": "", "r3": "High", "r4": "Low"}.items():
        draft.risk(name, name, about=clubs, likelihood=likelihood)
    model = draft.done()
    for lang in ("en", "fr"):
        browser.open(toc.report(model, tmp_path / f"{lang}.html", lang=lang))
        assumptions, risks = (f"#theory [role=region]:has([id={id}]) table" for id in ("about-two", "about-r1"))
        browser.find(f"{assumptions} thead th:last-child button").click()
        assert shown(browser, assumptions) == ["Ten", "Nine", "Two", "None"]
        browser.focused.send_keys(Keys.ENTER)
        assert shown(browser, assumptions) == ["Two", "Nine", "Ten", "None"]
        browser.find(f"{risks} thead th:nth-child(2) button").click()
        assert shown(browser, risks) == ["r4", "r1", "r3", "r2"]


def test_what_is_copied_from_a_table_stays_in_its_row(page: Browser) -> None:
    copied = """const table = document.querySelector("#achievement table.achievement"), range = document.createRange();
        range.selectNodeContents(table);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return [getSelection().toString().trim().split("\\n").length, table.rows.length, table.querySelectorAll("small").length];"""
    lines, rows, small = page.run(copied)
    assert small > 10
    assert lines == rows + 1, "the caption is a line too"


def test_only_what_can_be_scrolled_can_be_reached_with_keys(page: Browser) -> None:
    reached = (
        "return [...document.querySelectorAll('.scroll, .chart')].map(e => [e.scrollWidth > e.clientWidth, e.hasAttribute('tabindex')])"
    )
    assert all(long == stop for long, stop in page.run(reached))
    page.resize((560, 800))
    page.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    now = page.run(reached)
    assert any(long for long, _ in now)
    assert all(long == stop for long, stop in now)


def test_no_request_leaves_the_page(page: Browser, file: Path) -> None:
    choose(page, *PAIR)
    page.find("#find").send_keys("clubs", Keys.ENTER)
    assert page.requests() == [file.as_uri()]


def test_no_other_script_can_run(page: Browser) -> None:
    page.run("const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)")
    page.run("const b = document.createElement('b'); b.setAttribute('onclick', 'window.ran = true'); document.body.append(b); b.click()")
    assert page.run("return window.ran") is None
    assert all("Content Security Policy" in message for message in page.errors())


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_no_violation(page: Browser, size: tuple[int, int], scheme: str) -> None:
    page.prefer(color_scheme=scheme, reduced_motion="reduce")
    page.resize(size)
    choose(page, *PAIR)
    page.find("#find").send_keys("cases", Keys.ENTER)
    assert page.violations() == []
    if size == PHONE and scheme == "dark":  # one of the four with all that is folded
        page.run("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.violations() == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_is_wider_than_the_screen(page: Browser, size: tuple[int, int]) -> None:
    page.resize(size)
    assert page.run("return document.documentElement.scrollWidth") <= size[0]


def test_one_endless_word_makes_no_table_wide_and_french_fits_a_small_phone_with_wide_spacing(
    kenya: TheoryOfChange, browser: Browser, tmp_path: Path
) -> None:
    draft = TheoryOfChange.build("p", "Reading clubs (fictional)", as_of="2024-01-01")
    word = "w" * 10_000
    clubs, read = draft.activity("a", word), draft.objective("b", word)
    draft.link(clubs, read, rationale=word, assumptions=[draft.assumption("c", word)])
    draft.risk("r", word, about=clubs, response=word, likelihood=word)
    draft.recommendation("n", word, response=word)
    browser.open(toc.report(draft.done(), tmp_path / "word.html"))
    wide = "return [...document.querySelectorAll('table')].map(each => each.getBoundingClientRect().width)"
    assert max(browser.run(wide)) <= LAPTOP[0]

    browser.open(toc.report(kenya, tmp_path / "fr.html", lang="fr"), (320, 640))
    browser.run(
        """const style = document.createElement("style");
        style.textContent = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }";
        document.head.append(style);
        document.querySelectorAll("details").forEach(each => each.open = true);"""
    )
    assert browser.run("return document.documentElement.scrollWidth") <= 320


def test_on_a_phone_the_rows_of_a_table_are_stacked_under_labels_and_nothing_is_hidden(page: Browser) -> None:
    heard = page.roles()
    page.resize(PHONE)
    page.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    wider = """return [...document.querySelectorAll("caption, .scroll, .scroll *")].filter(each => !each.closest("svg, thead, .hidden") && getComputedStyle(each).clipPath === "none")
        .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"
          || each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 200));"""
    assert page.run(wider) == []
    gone = """return [...document.querySelectorAll("tbody :is(th, td)")].filter(each => !each.checkVisibility())
        .map(each => each.innerText.trim()).filter(text => text && text !== "–");"""
    assert page.run(gone) == []
    label = """const cell = document.getElementById(arguments[0]).querySelector(arguments[1]);
        return getComputedStyle(cell, "::before").content + " " + cell.innerText.trim();"""
    assert page.run(label, "achievement", "tr[data-id='parents-income'] td") == '"target " / "" 450'
    assert page.run(label, "tracking", "tr.part td:nth-child(3)") == '"result " / "" 132'
    assert (
        page.run(label, "pathways", "td:not(.none)")
        == '"Contribute to the elimination of the sexual exploitation of children in Kwale " / "" 1'
    )
    now = page.roles()
    assert now["table"] >= heard["table"] > 8
    assert now["rowheader"] >= heard["rowheader"] > 100
    assert now["cell"] > now["rowheader"]
    places = """return [...document.querySelectorAll("table:not(:has([colspan], [rowspan]))")].map(table =>
        [...table.rows].map(row => [...row.cells].filter(cell => cell.checkVisibility()).length));"""
    tables = page.run(places)
    assert len(tables) > 8
    assert all(len(set(table)) == 1 for table in tables), "every cell stands under its head, for those who hear the table"


def facts(model: TheoryOfChange) -> list[str]:
    """What a reader must find on any form of the page."""
    rows = [row for row in toc.achievement(model) if row.attainment.bounds is not None]
    return [
        *(str(record.title) for record in (*model.nodes, *model.assumptions, *model.sources, *model.lessons)),
        *(str(link.rationale) for link in model.links),
        *(str(item.statement) for item in model.evidence),
        *(row.title for row in rows),
        *(str(row.attainment) for row in rows),
    ]


def test_paper_holds_every_fact_and_cuts_nothing_off(kenya: TheoryOfChange, page: Browser) -> None:
    sheets = page.sheets()
    text = "".join(sheets)
    assert len(sheets) <= 33
    assert [fact for fact in facts(kenya) if squeezed(fact) not in text] == []
    assert text.count(squeezed("what that means")) > 1, "a table that goes on on the next sheet says again what its columns are"
    page.prefer(media="print")
    wider = """
        const wide = document.documentElement.clientWidth;
        const lies = each => each !== null && (getComputedStyle(each).page === "wide" || lies(each.parentElement));
        return [...document.body.querySelectorAll("*:not(script, .hidden, .hidden *, .sheets use)")].filter(each => lies(each) === arguments[0]).filter(each => {
          const box = each.getBoundingClientRect();
          const cut = !each.closest(".sheets") && getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
          return box.width && (box.right > wide + 1 || box.left < -1 || cut);
        }).map(each => each.outerHTML.slice(0, 100));"""
    for size, lying in ((A4, False), (A4_WIDE, True)):
        page.resize(size)
        assert page.run(wider, lying) == []
    assert page.find("#diagram svg").rect["height"] <= A4_WIDE[1]


def test_a_small_theory_takes_no_sheet_of_its_own(browser: Browser, tmp_path: Path) -> None:
    draft = TheoryOfChange.build("small", "Small (fictional)", period="2024", as_of="2025-01-01")
    clubs, read = draft.activity("a", "Clubs meet"), draft.objective("b", "Children read for pleasure")
    draft.link(clubs, read)
    draft.indicator("i", "Club members", of=clubs, unit="person", direction="increase", accumulation="cumulative")
    draft.target("i", 10)
    browser.open(toc.report(draft.done(), tmp_path / "small.html"))
    sheets = browser.sheets()
    assert len(sheets) <= 5
    assert squeezed("Indicator tracking") in sheets[1]
    assert squeezed("Theory of change") in sheets[1]


def test_without_a_script_every_fact_can_be_read(kenya: TheoryOfChange, browser: Browser, file: Path) -> None:
    with browser.without_script():
        browser.open(file)
        assert not browser.find("#controls").is_displayed()
        assert not browser.find(".zoom").is_displayed()
        browser.find(".entry > summary").click()
        assert browser.find(".entry > .inside").is_displayed()
        browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
        text = squeezed(browser.find("body").text)
    assert [fact for fact in facts(kenya) if squeezed(fact) not in text] == []


def test_without_a_script_a_long_chain_is_scrolled_and_on_paper_it_goes_on_in_parts(browser: Browser, tmp_path: Path) -> None:
    draft = TheoryOfChange.build("chain", "Chain (fictional)", as_of="2025-01-01")
    steps = [draft.activity("n0", "Clubs meet"), *(draft.outcome(f"n{step}", f"Step {step} of a long chain") for step in range(1, 60))]
    for one, other in pairwise([*steps, draft.objective("goal", "Children read for pleasure")]):
        draft.link(one, other)
    file = toc.report(draft.done(), tmp_path / "chain.html")
    with browser.without_script():
        browser.open(file)
        assert browser.run("return document.querySelector('#diagram svg').getScreenCTM().a * 11") > 8.7  # pixels
        assert browser.run("const e = document.getElementById('diagram'); return e.scrollWidth > e.clientWidth")
        assert browser.run("return document.documentElement.scrollWidth") <= LAPTOP[0]
    browser.prefer(media="print")
    browser.resize(A4_WIDE)
    parts = browser.run(
        "return [...document.querySelectorAll('.sheets svg')].map(each => [each.getScreenCTM().a * 11, each.getBoundingClientRect().right])"
    )
    assert len(parts) == 10
    assert all(words >= 7.8 and right <= A4_WIDE[0] + 1 for words, right in parts)  # 5.9 points
    assert squeezed("Part 10 of 10") in "".join(browser.sheets())


def test_a_title_from_right_to_left_keeps_its_direction_to_itself(browser: Browser, tmp_path: Path) -> None:
    draft = TheoryOfChange.build("p", "نادي القراءة (1)", as_of="2024-01-01")
    draft.link(draft.activity("a", "الأطفال يقرأون (2)"), draft.objective("b", "Children read"))
    browser.open(toc.report(draft.done(), tmp_path / "rtl.html"))
    turned = "return getComputedStyle(document.querySelector(arguments[0])).direction"
    assert browser.run(turned, "h1 span") == browser.run(turned, ".entry.node summary span") == "rtl"
    assert browser.run(turned, "h1") == "ltr"
    browser.find("#find").send_keys("a", Keys.ENTER)
    assert browser.run(turned, "#panel-title") == "rtl"


def test_on_paper_a_chosen_pathway_takes_no_sheet_and_dims_nothing_away(page: Browser) -> None:
    before = len(page.sheets())
    choose(page, *PAIR)
    page.find("#find").send_keys("court", Keys.ENTER)
    sheets = page.sheets()
    assert len(sheets) <= before + 1
    assert all(len(sheet) > 150 for sheet in sheets), "no sheet is nearly empty"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_appears_as_text(text: str, browser: Browser, tmp_path: Path) -> None:
    draft = TheoryOfChange.build("p", text, as_of="2024-01-01")
    one, other = draft.activity("a\"'<b>&", text), draft.objective("b", text)
    draft.link(one, other, id="]<script>", rationale=text, assumptions=[draft.assumption("c", text)])
    draft.evidence("e", about="]<script>", statement=text)
    draft.indicator("i", text, of=other, unit="person")
    browser.open(toc.report(draft.done(), tmp_path / "hostile.html"))
    shown = " ".join(text.split())

    browser.find("#find").send_keys("b", Keys.ENTER)
    headings, found = browser.run("""return [
        document.querySelector("#panel h3").textContent, document.querySelector("#found a").textContent]""")
    assert " ".join(headings.split()) == " ".join(found.split()) == shown
    Select(browser.find("#ways-from")).select_by_index(1)
    Select(browser.find("#ways-to")).select_by_index(1)
    assert marked(browser, "lit") == {"a\"'<b>&", "b", "]<script>"}
    browser.run("arguments[0].focus()", browser.all("#diagram .edge")[0])
    press(browser, Keys.ENTER)
    said = browser.run("return document.querySelector('#panel-body').textContent")
    assert " ".join(said.split()).count(shown) >= 4
    assert browser.run("return document.querySelectorAll('script, img, b').length") == 2
    assert browser.run("return document.documentElement.scrollWidth") <= LAPTOP[0]
    assert browser.errors() == []


def quarterly() -> TheoryOfChange:
    """A model with wide figures of twelve quarters, a baseline and bounds."""
    draft = TheoryOfChange.build("quarters", "Reading clubs (fictional)", period="2022/2024", as_of="2024-12-31")
    clubs = draft.activity("clubs", "Clubs for children and young people in four counties meet")
    for id, unit, target, actual in (
        ("take-part", "person", 1201, "over 1100"),
        ("spent", "KES", 1234567, "987655"),
        ("share", "percent", 60, "55"),
    ):
        accumulation = "snapshot" if unit == "percent" else "incremental"
        draft.indicator(id, f"Children and young people who take part in sessions: {id}", of=clubs, unit=unit, direction="increase",
            accumulation=accumulation, report="per_period")  # fmt: skip
        draft.baseline(id, 5, period="2021")
        for year in (2022, 2023, 2024):
            for first in (1, 4, 7, 10):
                draft.target(id, target, period=f"{year}-{first:02}/{year}-{first + 2:02}")
                if first != 7:
                    draft.actual(id, actual, period=f"{year}-{first:02}/{year}-{first + 2:02}")
    return draft.done()


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_tracking_of_many_quarters_fits_a_small_laptop_and_says_where_it_goes_on(lang: str, browser: Browser, tmp_path: Path) -> None:
    regions = "return [...document.querySelectorAll('#tracking .scroll')].map(each => [each.clientWidth, each.scrollWidth])"
    browser.open(toc.report(quarterly(), tmp_path / "tracking.html", lang=lang), (1280, 800))
    assert len(browser.run(regions)) == 4
    assert all(whole <= seen for seen, whole in browser.run(regions))
    assert browser.run("return document.documentElement.scrollWidth") <= 1280
    browser.resize((960, 800))
    assert any(whole > seen for seen, whole in browser.run(regions))
    shades = "return getComputedStyle(document.querySelector('#tracking .scroll')).backgroundAttachment"
    assert browser.run(shades) == "local, local, scroll, scroll"
    assert browser.errors() == []


@pytest.mark.parametrize("nodes", [0, 1])
def test_the_smallest_theories_have_a_page_that_works(nodes: int, browser: Browser, tmp_path: Path) -> None:
    draft = TheoryOfChange.build("small", "Small (fictional)", as_of="2024-01-01")
    if nodes:
        draft.activity("a", "Clubs meet")
    browser.open(toc.report(draft.done(), tmp_path / "small.html"))
    assert len(browser.all("#diagram [data-id]")) == nodes
    if nodes:
        browser.drawn("a").find_element("css selector", "text").click()
        assert browser.find("#panel h3").text == "Clubs meet"
    assert browser.errors() == []


def test_a_large_theory_opens_at_once_and_lights_up_its_traces(browser: Browser, tmp_path: Path) -> None:
    model = large_theory()
    file = toc.report(model, tmp_path / "large.html")
    begun = time.perf_counter()
    browser.open(file)
    opened = time.perf_counter() - begun
    assert len(browser.all("#diagram [data-id]")) == len(model.nodes) + len(model.links)
    for pair in (("activity-7", "goal"), ("activity-0", "objective-1")):
        choose(browser, *pair)
        way = toc.trace(model, *pair, max_paths=1)
        assert marked(browser, "lit") == {*way.nodes, *way.links}
    size = file.stat().st_size / 1e6
    print(f"100 nodes, 300 indicators: {size:.2f} MB, opened in {opened:.1f} s")
    assert size < 2.5
    assert opened < 20  # seconds, on a busy machine
    assert browser.errors() == []
