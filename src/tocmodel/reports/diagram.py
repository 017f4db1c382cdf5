"""The theory of change as a layered picture: Graphviz places the nodes, the page's style sheet colours them."""

import re
import textwrap
from collections.abc import Collection, Mapping
from html import escape, unescape
from typing import Any

from tocmodel.contribution.tracing.pathways import carried
from tocmodel.errors import MissingExtraError
from tocmodel.model import Basis, Link, Node, Outcome, Sign, TheoryOfChange, rank
from tocmodel.reports.language import Foreign, Language, find_language

_GOAL = 5
_LINE = 24
_LONGEST = 110
_GRAPH = {"rankdir": "LR", "ranksep": "0.65", "nodesep": "0.13", "bgcolor": "transparent", "newrank": "true"}
_NODE = {"shape": "box", "fontname": "Helvetica", "fontsize": "11", "margin": "0.1,0.06", "width": "1.85"}
_SHAPES = {
    "input": {"shape": "tab"},
    "activity": {"shape": "note"},
    "output": {},
    "outcome": {"style": "rounded"},
    "objective": {"peripheries": "2"},
    "goal": {"style": "rounded", "peripheries": "2"},
    "other-result": {"shape": "component"},
}
"""What Graphviz is told of the shape of each kind, which says it as well as its colour."""
OUTLINES = {
    "input": "M1 3.5h24V13H1zM1 3.5V1h6v2.5",
    "activity": "M1 1h19l5 5v7H1zM20 1v5h5",
    "output": "M1 1h24v12H1z",
    "outcome": "M5 1h16q4 0 4 4v4q0 4-4 4H5q-4 0-4-4V5q0-4 4-4z",
    "objective": "M1 1h24v12H1zM3.5 3.5h19v7h-19z",
    "goal": "M5 1h16q4 0 4 4v4q0 4-4 4H5q-4 0-4-4V5q0-4 4-4zM6 3.5h14q2.5 0 2.5 2.5v2q0 2.5-2.5 2.5H6q-2.5 0-2.5-2.5V6q0-2.5 2.5-2.5z",
    "other-result": "M3 1h22v12H3zM1 3h4v2.5H1zM1 8.5h4V11H1z",
}
"""The same shapes for a legend, as the path of an SVG that is 26 wide and 14 high."""
_TALL = 0.75
"""From which height, as a share of its width, a picture is larger on an upright sheet than on one that lies on its side."""
_NARROW = 620.0
"""The width in points up to which the words of a picture are still easy to read on an upright sheet, which has room for 510."""
_SIZE = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_ELEMENT = re.compile(r'(<g id="([^"]+)"[^>]*)>\s*<title>[^<]*</title>')


def diagram(
    model: TheoryOfChange,
    *,
    only: Collection[str] | None = None,
    marks: Mapping[str, str] | None = None,
    language: Language | None = None,
) -> str:
    """Draw nodes and links as SVG, from inputs on the left to the goal on the right.

    Each kind of node has a shape. Links that no source carries are dashed; links that hinder end in a bar. Kinds and marks stand as classes on the
    elements, such as ``node activity stated``, for a style sheet to colour; without one the picture is black on white.
    Every node and link carries its full text as a title, and its id as ``data-id``; a link also ``data-from`` and ``data-to``. A picture
    for an upright sheet has the class ``tall``.

    Args:
        model: the model.
        only: ids of the nodes to draw; all of them where left out.
        marks: a line of words to add below the title of a node, by its id.
        language: the language of titles, where the model has them in it, and of its own words; English where left out.

    Raises:
        MissingExtraError: if pygraphviz is not installed.
    """
    try:
        import pygraphviz
    except ModuleNotFoundError:
        raise MissingExtraError("pygraphviz", "report") from None
    nodes = [node for node in model.nodes if only is None or node.id in only]
    names = {node.id: f"node-{index}" for index, node in enumerate(nodes)}
    picture: Any = pygraphviz.AGraph(directed=True, strict=False)
    picture.graph_attr.update(_GRAPH)
    picture.node_attr.update(_NODE)
    picture.edge_attr.update(arrowsize="0.6")
    spoken = language or find_language()
    titles = {node.id: language.text(node.title) if language else str(node.title) for node in nodes}
    told: dict[str, str] = {}
    for node in nodes:
        name, title = names[node.id], titles[node.id]
        own = {"lang": title.lang} if isinstance(title, Foreign) else {}
        told[name] = _said(f"{title} ({spoken.label(node.kind)}, {spoken.label(mark(node.basis))})", {"data-id": node.id, **own})
        picture.add_node(name, id=name, label=_label(title, (marks or {}).get(node.id, "")), **_drawn(node))
    for layer in sorted({rank(node) for node in nodes if not isinstance(node, Outcome)}):
        picture.add_subgraph([names[node.id] for node in nodes if rank(node) == layer], rank="same")
    for index, link in enumerate(model.links):
        if link.from_ in names and link.to in names:
            name = f"link-{index}"
            title = f"{titles[link.from_]} → {titles[link.to]} ({spoken.label(mark(link.basis))})"
            told[name] = _said(title, {"data-id": link.id, "data-from": link.from_, "data-to": link.to})
            picture.add_edge(names[link.from_], names[link.to], key=name, id=name, **_edge(link))
    svg: str = picture.draw(format="svg", prog="dot").decode("utf-8")
    body = re.sub(r"<!--.*?-->\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    width, height = size_of(body)
    if height > _TALL * width or width <= _NARROW:
        body = body.replace("<svg", '<svg class="tall"', 1)
    return _ELEMENT.sub(lambda found: found[1] + told.get(unescape(found[2]), "><title></title>"), body)


def size_of(svg: str) -> tuple[float, float]:
    """The width and the height of a picture, in points."""
    size = _SIZE.search(svg)
    assert size is not None
    return float(size[1]), float(size[2])


def mark(basis: Basis | None) -> str:
    """Who says so, in a word."""
    return basis.value if basis else "unsaid"


def _said(title: str, data: Mapping[str, str]) -> str:
    """What a script and a reader are told of an element: the end of its tag, and its title."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in data.items())
    return f"{attributes}><title>{escape(title)}</title>"


def _label(title: str, below: str = "") -> str:
    """A title on several lines, and a mark below. Graphviz would read a backslash as an escape, and ``<…>`` as markup."""
    short = title if len(title) <= _LONGEST else f"{title[:_LONGEST].rpartition(' ')[0] or title[:_LONGEST]} …"
    lines = textwrap.wrap(short, _LINE) or [" "]
    text = "\n".join([*lines, *([below] if below else [])]).replace("\\", "\\\\")
    return f" {text}" if text.startswith("<") else text


def _drawn(node: Node) -> dict[str, str]:
    kind = "goal" if rank(node) == _GOAL else node.kind.replace(" ", "-")
    return {"class": f"{kind} {mark(node.basis)}", **_SHAPES[kind]}


def _edge(link: Link) -> dict[str, str]:
    return {
        "class": f"{mark(link.basis)} {link.sign.value}",
        "style": "solid" if carried(link) else "dashed",
        "arrowhead": "tee" if link.sign is Sign.HINDERS else "normal",
        "constraint": "false" if link.feedback else "true",
    }
