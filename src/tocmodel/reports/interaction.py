"""What the page's script works on: which links lead from what to what, what every pathway passes, and where it is weak."""

import base64
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from attrs import frozen

from tocmodel.measurement.tracking import level_of
from tocmodel.model import Activity, Link, Node, Objective, Outcome, TheoryOfChange
from tocmodel.paths import arrays, bottlenecks, on_the_way
from tocmodel.reports.language import Foreign, Language
from tocmodel.reports.naming import anchor, named
from tocmodel.stories.links import LinkFinding, LinkState, link_findings, standings, weakness

_SCRIPTS = ("jumps", "tables", "theory", "panel", "diagram", "search", "pathways")
"""The parts of the script, in the order in which they build on each other."""


@frozen
class Interaction:
    """What the templates in ``interaction/`` show, and what the script needs.

    Attributes:
        starts: the activities from which pathways are followed.
        goals: the objectives to which they are followed.
        data: the theory as the script reads it.
        script: the script.
        policy: the content security policy that allows that script and no other.
    """

    starts: Sequence[Node]
    goals: Sequence[Node]
    data: dict[str, object]
    script: str
    policy: str


def ends(model: TheoryOfChange) -> tuple[Sequence[Node], Sequence[Node]]:
    """The activities from which, and the objectives to which, the page follows pathways; outcomes where there are no objectives."""
    objectives = [node for node in model.nodes if isinstance(node, Objective)]
    outcomes = [node for node in model.nodes if isinstance(node, Outcome)]
    return [node for node in model.nodes if isinstance(node, Activity)], objectives or outcomes


def interaction(model: TheoryOfChange, words: Language) -> Interaction:
    """Everything that the page's script works on.

    Args:
        model: the model.
        words: how the report speaks.
    """
    starts, goals = ends(model)
    text = script()
    return Interaction(starts, goals, theory_data(model, words), text, content_policy(text))


def theory_data(model: TheoryOfChange, words: Language) -> dict[str, object]:
    """The theory as the page's script reads it: plain lists in which nodes and links are numbers.

    ``ahead`` holds the links on walks from each activity, ``behind`` those on walks to each objective; the links on the way
    from one to the other are in both, as in `trace`. ``texts`` holds what can be found besides nodes. ``pairs`` holds, for those that a pathway joins, the nodes and links that
    every pathway passes, and the weakest links with why they are.
    """
    graph = arrays(model)
    nodes = {node.id: number for number, node in enumerate(model.nodes)}
    links = {link.id: number for number, link in enumerate(model.links)}
    starts, goals = ends(model)
    ahead = {node.id: set(on_the_way(graph, node.id, nodes).links) for node in starts}
    behind = {node.id: set(on_the_way(graph, None, node.id).links) for node in goals}
    findings = link_findings(model.links, standings(model))
    pairs: dict[str, dict[str, object]] = {start: {} for start in ahead}
    for start, reached in ahead.items():
        for goal, leading in behind.items():
            way = [link for link in model.links if link.id in reached and link.id in leading]
            if way:
                passed = bottlenecks(graph, start, goal)
                weakest, why = _weakest(way, findings, passed.links)
                pairs[start][goal] = {
                    "nodes": [nodes[id] for id in passed.nodes],
                    "links": [links[id] for id in passed.links],
                    "weakest": [links[id] for id in weakest],
                    "why": why,
                }
    return {
        "nodes": [[node.id, *_said(named(model, node.id, words)), words.label(level_of(node))] for node in model.nodes],
        "texts": _texts(model, words),
        "links": [[link.id, nodes[link.from_], nodes[link.to]] for link in model.links],
        "ahead": {id: sorted(links[link] for link in found) for id, found in ahead.items()},
        "behind": {id: sorted(links[link] for link in found) for id, found in behind.items()},
        "pairs": pairs,
    }


def _texts(model: TheoryOfChange, words: Language) -> list[list[str]]:
    """What can be found besides nodes: where the page tells of it, as the id of a node or link or an address; its text and its language; and what it is."""
    told = [
        *((link.id, words.text(link.rationale), "link") for link in model.links if link.rationale),
        *((indicator.of, named(model, indicator.id, words), "indicator") for indicator in model.indicators),
        *((f"#{anchor(assumption.id)}", named(model, assumption.id, words), "assumption") for assumption in model.assumptions),
        *((f"#{anchor(risk.id)}", named(model, risk.id, words), "risk") for risk in model.risks),
        *((id, words.text(item.statement), "evidence") for item in model.evidence if item.statement for id in item.about[:1]),
    ]
    return [[where, *_said(text), words.label(kind)] for where, text, kind in told]


def _said(text: str) -> tuple[str, str]:
    """A text, and its language where that is another one than the page's."""
    return text, text.lang if isinstance(text, Foreign) else ""


def _weakest(way: Sequence[Link], findings: Mapping[str, LinkFinding], unavoidable: Collection[str]) -> tuple[list[str], list[str]]:
    """The ids of the weakest of some links, and in what they are weak: what `weakness` looks at, in its order."""
    weak = {
        link.id: weakness(link, findings[link.id], unavoidable=link.id in unavoidable)
        for link in way
        if findings[link.id].state is not LinkState.VERIFIED
    }
    least = min(weak.values(), default=())
    why = [word for word, spared in zip(("refuted", "unavoidable", "silent", "inferred"), least, strict=False) if not spared]
    return [id for id, own in weak.items() if own == least], why


def script() -> str:
    """The page's script, whole."""
    folder = files("tocmodel.reports") / "script"
    parts = ((folder / f"{name}.js").read_text(encoding="utf-8").strip() for name in _SCRIPTS)
    return "(() => {\n'use strict';\n" + "\n\n".join(parts) + "\n})();"


def content_policy(script: str) -> str:
    """The content security policy of a page that runs this script, loads nothing, and sends nothing."""
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
