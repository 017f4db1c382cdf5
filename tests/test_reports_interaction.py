"""What the page's script works on: the same pathways as `trace`, the same weakest links as a story, and a policy that lets it alone run."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import tocmodel as toc
from tests.strategies import theories, whole_models
from tests.test_reports import HOSTILE
from tocmodel.model import Link, Programme, Record, TheoryOfChange
from tocmodel.reports.following import ends, follow
from tocmodel.reports.html import html
from tocmodel.reports.interaction import content_policy, script, theory_data
from tocmodel.reports.language import find_language
from tocmodel.reports.naming import speaking_of


@pytest.fixture(scope="module")
def kenya() -> TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


class Scripts(HTMLParser):
    """Collects a page's scripts as they stand, by their type."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self.policies: list[str | None] = []
        self._open: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._open = tag
        if tag == "script":
            self.found.append((named.get("type"), ""))
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(named["content"])

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            kind, text = self.found[-1]
            self.found[-1] = (kind, text + data)

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag == self._open else self._open


def told(model: TheoryOfChange) -> dict[str, Any]:
    """The data as the browser has them, after JSON."""
    return json.loads(json.dumps(theory_data(model, follow(model), find_language())))


def same_as_trace(model: TheoryOfChange) -> int:
    data = told(model)
    starts, goals = ends(model)
    links = [id for id, _, _ in data["links"]]
    joined = 0
    for start in starts:
        for goal in goals:
            way = toc.trace(model, start.id, goal.id, max_paths=1)
            on = set(data["ahead"][start.id]) & set(data["behind"][goal.id])
            assert {links[number] for number in on} == set(way.links)
            pair = data["pairs"][start.id].get(goal.id)
            assert bool(pair) is way.reached
            if pair:
                joined += 1
                assert [data["nodes"][number][0] for number in pair["nodes"]] == list(way.bottlenecks.nodes)
                assert [links[number] for number in pair["links"]] == list(way.bottlenecks.links)
                assert set(pair["weakest"]) <= on
    return joined


def test_pathways_are_those_of_trace(kenya: TheoryOfChange) -> None:
    assert same_as_trace(kenya) > 10


@given(theories())
@whole_models
def test_pathways_are_those_of_trace_in_any_theory(drawn: tuple[Programme, list[Record]]) -> None:
    same_as_trace(TheoryOfChange.of(*drawn))


def test_the_weakest_links_are_those_of_the_story(kenya: TheoryOfChange) -> None:
    data = told(kenya)
    links = [id for id, _, _ in data["links"]]
    alone = [
        ("child-rights-clubs", "children-engage-duty-bearers"),
        ("legal-advice", "families-protect"),
        ("train-caregivers", "families-protect"),
    ]
    for start, goal in alone:
        pair = data["pairs"][start][goal]
        assert links[pair["weakest"][0]] == toc.story(kenya, start, goal).weakest[0].link.id
    assert data["pairs"]["legal-advice"]["families-protect"]["why"] == ["unavoidable", "silent", "inferred"]


def test_what_can_be_found_says_what_it_is_and_in_which_language() -> None:
    draft = TheoryOfChange.build("p", as_of="2024-01-01", language="fr")
    a, b = draft.activity("a", "Les clubs se réunissent"), draft.objective("b", {"en": "Pupils read"})
    link = draft.link(a, b, rationale="Lire ensemble", assumptions=[draft.assumption("c", "Les livres sont là")])
    draft.evidence("e", about=link, statement="Les enfants lisent")
    draft.evidence("f", about="c", statement="Les livres manquent")
    draft.indicator("i", "Membres", of=a, unit="person")
    model = draft.done()
    data = json.loads(json.dumps(theory_data(model, follow(model), speaking_of(model))))
    assert data["nodes"] == [["a", "Les clubs se réunissent", "fr", "activity"], ["b", "Pupils read", "", "objective"]]
    assert data["texts"] == [
        ["a->b", "Lire ensemble", "fr", "link"],
        ["a", "Membres", "fr", "indicator"],
        ["#about-c", "Les livres sont là", "fr", "assumption"],
        ["a->b", "Les enfants lisent", "fr", "evidence"],
        ["#about-c", "Les livres manquent", "fr", "evidence"],
    ]


def test_a_verified_link_is_not_weak() -> None:
    draft = TheoryOfChange.build("p", as_of="2024-01-01")
    a, b = draft.activity("a", "Clubs meet"), draft.objective("b", "Pupils read")
    draft.link(a, b, basis="stated")
    draft.evidence("e", about="a->b", kind="observation", independent=True)
    pair = told(draft.done())["pairs"]["a"]["b"]
    assert pair == {"nodes": [], "links": [0], "weakest": [], "why": []}


def test_without_objectives_pathways_lead_to_outcomes() -> None:
    draft = TheoryOfChange.build("p", as_of="2024-01-01")
    draft.activity("a", "Clubs meet")
    draft.outcome("b", "Pupils read")
    starts, goals = ends(draft.done())
    assert [[node.id for node in nodes] for nodes in (starts, goals)] == [["a"], ["b"]]


def test_the_page_runs_one_script_and_its_policy_names_it(kenya: TheoryOfChange) -> None:
    page = Scripts(html(kenya))
    assert [kind for kind, _ in page.found] == ["application/json", None]
    assert page.found[1][1] == script()
    assert page.policies == [content_policy(page.found[1][1])]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[A-Za-z0-9+/]{43}='", content_policy(page.found[1][1])
    )
    assert content_policy(script()) != content_policy(script() + " ")


def test_the_script_makes_no_markup_from_text_and_asks_for_nothing() -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttpRequest|import\(|</script"
    assert not re.search(forbidden, script())


@pytest.mark.parametrize("text", [*HOSTILE, "</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029"])
def test_hostile_text_stays_inside_the_data(text: str) -> None:
    id = re.sub(r"[\s/]|[^\x21-\U0010ffff]", "", text)[:50] or "x"
    id = "".join(sign for sign in id if sign.isprintable())
    draft = TheoryOfChange.build("p", text, as_of="2024-01-01")
    one, other = draft.activity(id, text), draft.objective(f"{id}!", text)
    draft.link(one, other, rationale=text)
    page = html(draft.done())
    found = Scripts(page).found
    assert [kind for kind, _ in found] == ["application/json", None]
    assert found[1][1] == script()
    assert not set("<>&\u2028\u2029") & set(found[0][1])
    data: dict[str, Any] = json.loads(found[0][1])
    lang = "en" if "\u202e" in text else ""  # what may turn the direction of others says its language, and keeps it to itself
    assert data["nodes"] == [[id, text, lang, "activity"], [f"{id}!", text, lang, "objective"]]
    assert data["texts"] == [[Link(from_=id, to=f"{id}!").id, text, lang, "link"]]
    assert data["links"] == [[Link(from_=id, to=f"{id}!").id, 0, 1]]


@given(theories())
@settings(max_examples=10)
def test_any_theory_has_a_page(drawn: tuple[Programme, list[Record]]) -> None:
    model = TheoryOfChange.of(*drawn)
    page = Scripts(html(model, as_of="2024-06-30"))
    spoken = evolve(find_language(), texts=model.programme.language)
    nodes = json.loads(page.found[0][1])["nodes"]
    assert [[id, title] for id, title, *_ in nodes] == [[node.id, spoken.text(node.title) or node.id] for node in model.nodes]
