"""What the page's script works on: the theory as data, what can be found in it, and the script itself."""

import base64
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from attrs import frozen

from tocmodel.measurement.tracking import level_of
from tocmodel.model import Node, TheoryOfChange
from tocmodel.reports.following import Followed
from tocmodel.reports.language import Foreign, Language
from tocmodel.reports.naming import anchor, named

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


def interaction(model: TheoryOfChange, followed: Followed, words: Language) -> Interaction:
    """Everything that the page's script works on.

    Args:
        model: the model.
        followed: its pathways.
        words: how the report speaks.
    """
    text = script()
    return Interaction(followed.starts, followed.goals, theory_data(model, followed, words), text, content_policy(text))


def theory_data(model: TheoryOfChange, followed: Followed, words: Language) -> dict[str, object]:
    """The theory as the page's script reads it: plain lists in which nodes and links are numbers.

    ``texts`` holds what can be found besides nodes; ``ahead``, ``behind`` and ``pairs`` are those of `Followed`.
    """
    nodes = {node.id: number for number, node in enumerate(model.nodes)}
    links = {link.id: number for number, link in enumerate(model.links)}
    pairs: dict[str, dict[str, object]] = {start: {} for start in followed.ahead}
    for (start, goal), between in followed.pairs.items():
        pairs[start][goal] = {
            "nodes": [nodes[id] for id in between.nodes],
            "links": [links[id] for id in between.links],
            "weakest": [links[id] for id in between.weakest],
            "why": between.why,
        }
    return {
        "nodes": [[node.id, *_said(named(model, node.id, words)), words.label(level_of(node))] for node in model.nodes],
        "texts": _texts(model, words),
        "links": [[link.id, nodes[link.from_], nodes[link.to]] for link in model.links],
        "ahead": {id: sorted(links[link] for link in found) for id, found in followed.ahead.items()},
        "behind": {id: sorted(links[link] for link in found) for id, found in followed.behind.items()},
        "pairs": pairs,
    }


def _texts(model: TheoryOfChange, words: Language) -> list[list[str]]:
    """What can be found besides nodes: where the page tells of it, as the id of a node or link or an address; its text and its language; and what it is."""
    about = [
        *((link.id, words.text(link.rationale), "link") for link in model.links if link.rationale),
        *((indicator.of, named(model, indicator.id, words), "indicator") for indicator in model.indicators),
        *((assumption.id, named(model, assumption.id, words), "assumption") for assumption in model.assumptions),
        *((risk.id, named(model, risk.id, words), "risk") for risk in model.risks),
        *((id, words.text(item.statement), "evidence") for item in model.evidence if item.statement for id in item.about[:1]),
    ]
    drawn = {record.id for record in (*model.nodes, *model.links)}
    return [[id if id in drawn else f"#{anchor(id)}", *_said(text), words.label(kind)] for id, text, kind in about]


def _said(text: str) -> tuple[str, str]:
    """A text, and its language where that is another one than the page's."""
    return text, text.lang if isinstance(text, Foreign) else ""


def script() -> str:
    """The page's script, whole."""
    folder = files("tocmodel.reports") / "script"
    parts = ((folder / f"{name}.js").read_text(encoding="utf-8").strip() for name in _SCRIPTS)
    return "(() => {\n'use strict';\n" + "\n\n".join(parts) + "\n})();"


def content_policy(script: str) -> str:
    """The content security policy of a page that runs this script, loads nothing, and sends nothing."""
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
