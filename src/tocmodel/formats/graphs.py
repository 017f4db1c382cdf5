"""The theory as the text of graph tools: Mermaid, Graphviz DOT and GraphML; GraphML can be read back.

These formats hold nodes and links. Figures, evidence and all else of a model have no place in them.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from attrs import evolve

from tocmodel.errors import UnreadableFileError, nearest
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.naming import id_of
from tocmodel.formats.native import read_text
from tocmodel.formats.plain import VERSION, from_plain, path_text
from tocmodel.messages import message
from tocmodel.model import NODE_KINDS, Basis, Level, Link, Node, Objective, Outcome, Sign, TheoryOfChange

_SHAPES = {"input": "[/{}/]", "activity": "[{}]", "output": "([{}])", "outcome": "({})", "objective": "{{{{{}}}}}", "other result": "({})"}
_MERMAID = re.compile(r"""[^\w .,;:!?'’–—/%+*=-]""")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mermaid(model: TheoryOfChange) -> str:
    """Nodes and links as a Mermaid flowchart; dashed links are inferred, those that end in a cross hinder.

    Example:
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.link(draft.activity("meet", "Clubs meet"), draft.outcome("fluent", 'Pupils "read"'))
        >>> print(mermaid(draft.done()))
        flowchart LR
          n0["Clubs meet"]
          n1("Pupils #34;read#34;")
          n0 --> n1
        <BLANKLINE>
    """
    names = {node.id: f"n{index}" for index, node in enumerate(model.nodes)}
    lines = ["flowchart LR"]
    for node in model.nodes:
        title = _MERMAID.sub(lambda sign: f"#{ord(sign[0])};", _one_line(_title(node)))
        shape = _SHAPES[node.kind].format(f'"{title}"')
        lines.append(f"  {names[node.id]}{shape}")
    for link in model.links:
        line = "-.-" if link.basis is Basis.INFERRED else "--"
        lines.append(f"  {names[link.from_]} {line}{'x' if link.sign is Sign.HINDERS else '>'} {names[link.to]}")
    return "\n".join(lines) + "\n"


def dot(model: TheoryOfChange) -> str:
    """Nodes and links in the language of Graphviz; dashed links are inferred, those that end in a bar hinder.

    Example:
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.link(draft.activity("meet", "Clubs meet"), draft.outcome("fluent", "Pupils read"))
        >>> print(dot(draft.done()))
        digraph "clubs" {
          rankdir=LR;
          node [shape=box];
          "meet" [label="Clubs meet", class="activity"];
          "fluent" [label="Pupils read", class="outcome"];
          "meet" -> "fluent";
        }
        <BLANKLINE>
    """
    lines = [f"digraph {_quoted(model.programme.id)} {{", "  rankdir=LR;", "  node [shape=box];"]
    lines += [f"  {_quoted(node.id)} [label={_quoted(_title(node))}, class={_quoted(node.kind)}];" for node in model.nodes]
    for link in model.links:
        marks = ["style=dashed"] if link.basis is Basis.INFERRED else []
        marks += ["arrowhead=tee"] if link.sign is Sign.HINDERS else []
        looks = f" [{', '.join(marks)}]" if marks else ""
        lines.append(f"  {_quoted(link.from_)} -> {_quoted(link.to)}{looks};")
    return "\n".join([*lines, "}", ""])


_NODE_KEYS = ("title", "kind", "level", "horizon", "basis", "description")
_LINK_KEYS = ("basis", "sign", "rationale", "feedback")
_PROGRAMME_KEYS = ("title", "language")


def graphml(model: TheoryOfChange) -> str:
    """Nodes and links as GraphML, which yEd, Gephi and networkx read; signs that XML cannot hold become �."""
    keys = [("graph", _PROGRAMME_KEYS), ("node", _NODE_KEYS), ("edge", _LINK_KEYS)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'  <key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="string"/>' for of, names in keys for name in names]
    programme = model.programme
    lines.append(f'  <graph id={_attribute(programme.id)} edgedefault="directed">')
    lines += _data("graph", {"title": str(programme.title), "language": programme.language})
    for node in model.nodes:
        held = {"title": str(node.title), "kind": node.kind, "basis": node.basis or "", "description": str(node.description)}
        held |= {"level": node.level.value} if isinstance(node, Objective) else {}
        held |= {"horizon": node.horizon.value} if isinstance(node, Outcome) and node.horizon else {}
        lines += [f"    <node id={_attribute(node.id)}>", *_data("node", held), "    </node>"]
    for link in model.links:
        held = {"basis": link.basis or "", "sign": link.sign.value, "rationale": str(link.rationale), "feedback": "true" * link.feedback}
        start = f"    <edge id={_attribute(link.id)} source={_attribute(link.from_)} target={_attribute(link.to)}>"
        lines += [start, *_data("edge", held), "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _data(of: str, held: Mapping[str, str]) -> list[str]:
    return [f'      <data key="{of}-{name}">{escape(_xml(text), {chr(13): "&#13;"})}</data>' for name, text in held.items() if text]


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    return _NOT_XML.sub("�", text)


def _title(node: Node) -> str:
    return str(node.title) or node.id


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "�")
    return '"' + re.sub(r"\r\n?|\n", r"\\n", escaped) + '"'


def write_mermaid(model: TheoryOfChange, path: Path) -> None:
    """Write nodes and links as Mermaid."""
    path.write_bytes(mermaid(model).encode())


def write_dot(model: TheoryOfChange, path: Path) -> None:
    """Write nodes and links for Graphviz."""
    path.write_bytes(dot(model).encode())


def write_graphml(model: TheoryOfChange, path: Path) -> None:
    """Write nodes and links as GraphML."""
    path.write_bytes(graphml(model).encode())


_SECTIONS = {cls.kind: cls.section for cls in NODE_KINDS}
_NAMES = {"label": "title", "name": "title", "type": "kind"}
"""How other programs call what we call otherwise."""
_DEEPEST = 60


class _Refused(Exception):  # noqa: N818 — it never leaves this module
    """What stops the parser."""


class _Parser:
    """Collects nodes and edges with their data and lines; labels of yEd stand deeper than data of others."""

    def __init__(self) -> None:
        self.programme: dict[str, str] = {}
        self.nodes: list[tuple[dict[str, str], int]] = []
        self.edges: list[tuple[dict[str, str], int]] = []
        self._keys: dict[str, str] = {}
        self._open: list[str] = []
        self._holder: dict[str, str] | None = None
        self._field, self._text = "", list[str]()
        self._expat: Any = ParserCreate()
        self._expat.StartElementHandler, self._expat.EndElementHandler = self._start, self._end
        self._expat.CharacterDataHandler = self._text.append
        self._expat.StartDoctypeDeclHandler = self._doctype

    def parse(self, text: str) -> None:
        self._expat.Parse(text.encode("utf-8"), True)  # noqa: FBT003 — expat's own signature

    def _doctype(self, *_: object) -> None:
        raise _Refused(message("it declares a document type, which GraphML does not need"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if not self._open and tag != "graphml":
            raise _Refused(message("expected <graphml>, found <%(name)s>", name=name))
        self._open.append(tag)
        if len(self._open) > _DEEPEST:
            raise _Refused(message("too deeply nested"))
        self._text.clear()
        line: int = self._expat.CurrentLineNumber
        if tag == "key":
            self._keys[attributes.get("id", "")] = attributes.get("attr.name", "")
        elif tag == "graph" and not self.programme:
            self.programme["id"] = attributes.get("id", "")
            self._holder = self.programme
        elif tag in {"node", "edge"}:
            self._holder = dict(attributes)
            (self.nodes if tag == "node" else self.edges).append((self._holder, line))
        elif tag == "data":
            name = self._keys.get(attributes.get("key", ""), "")
            self._field = _NAMES.get(name.lower(), name.lower())

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        text = "".join(self._text)
        self._text.clear()
        if self._holder is not None and tag == "data" and self._field and text:
            self._holder.setdefault(self._field, text)
        elif self._holder is not None and tag in {"NodeLabel", "EdgeLabel"} and text.strip():
            self._holder.setdefault("title" if tag == "NodeLabel" else "rationale", text.strip())
        if tag in {"node", "edge"}:
            self._holder = None
        self._field = "" if tag == "data" else self._field
        self._open.pop()


def read_graphml(path: Path, programme: str | None = None) -> TheoryOfChange:
    """Read nodes and links from GraphML, as this library, yEd, Gephi or networkx write it.

    A node without a kind is an outcome, and a finding; an id that the model cannot have is made anew.

    Raises:
        UnreadableFileError: if it is not GraphML, or nodes and links do not fit together; every fault has its line.
    """
    text, parser = read_text(path), _Parser()
    try:
        parser.parse(text)
    except (ExpatError, _Refused) as fault:
        line = fault.lineno if isinstance(fault, ExpatError) else None
        raise UnreadableFileError(
            [
                Finding(
                    "F05",
                    Severity.ERROR,
                    Place("", path.name, line),
                    message("not GraphML: %(fault)s", fault=fault.args[0] if isinstance(fault, _Refused) else str(fault)),
                )
            ],
            path.name,
        ) from None
    findings: list[Finding] = []
    ids = _ids([attributes.get("id", "") for attributes, _ in parser.nodes])
    document: dict[str, object] = {}
    lines: dict[str, int] = {}
    for attributes, line in parser.nodes:
        given = {key: held for key, held in attributes.items() if key in _NODE_KEYS}
        kind = given.pop("kind", "")
        if kind not in _SECTIONS:
            said = (
                message("unknown kind of node: %(kind)s; it is read as an outcome", kind=repr(kind))
                if kind
                else message("the node %(id)s has no kind; it is read as an outcome", id=repr(attributes.get("id", "")))
            )
            hint = nearest(kind, _SECTIONS) if kind else ""
            findings.append(
                Finding(
                    "F08",
                    Severity.WARNING,
                    Place("", path.name, line),
                    said,
                    hint,
                )
            )
        section = _SECTIONS.get(kind, "outcomes")
        allowed = {"objectives": {"level"}, "outcomes": {"horizon"}}.get(section, set())
        given = {key: held for key, held in given.items() if key not in {"level", "horizon"} or key in allowed}
        id = ids[attributes.get("id", "")]
        _add(document, lines, section, {"title": id, **given, "id": id}, line)
    for attributes, line in parser.edges:
        given = {key: held for key, held in attributes.items() if key in _LINK_KEYS}
        ends = {"from": attributes.get("source", ""), "to": attributes.get("target", "")}
        own = attributes.get("id", "")
        named = {"id": own} if own and " " not in own and "/" not in own and own.isprintable() else {}
        _add(document, lines, "links", {**{key: ids.get(end, end) for key, end in ends.items()}, **named, **given}, line)
    id = programme_id(parser.programme.get("id", ""), path)
    about = {"title": id, **{key: parser.programme[key] for key in _PROGRAMME_KEYS if key in parser.programme}, "id": id}
    if programme not in {None, id}:
        said = message("it holds no programme %(programme)s", programme=repr(programme))
        raise UnreadableFileError(
            [Finding("F01", Severity.ERROR, Place("", path.name), said, message("it holds %(id)s", id=repr(id)))], path.name
        )
    plain = {"tocmodel": VERSION, "programme": about, **document}
    model = from_plain(plain, file=path.name, line_of=lambda at: lines.get(path_text(at[:2])))
    return evolve(model, findings=in_order([*model.findings, *findings]))


def _add(document: dict[str, object], lines: dict[str, int], section: str, given: Mapping[str, str], line: int) -> None:
    held = document.setdefault(section, [])
    assert isinstance(held, list)
    lines[f"{section}[{len(held)}]"] = line
    held.append(given)


def _ids(found: list[str]) -> dict[str, str]:
    """Ids that a model can have for those of the file."""
    fit = {id for id in found if id and " " not in id and "/" not in id and id.isprintable()}
    ids = {id: id for id in fit}
    for id in dict.fromkeys(found):
        if id not in fit:
            ids[id] = id_of(id, set(ids.values()), otherwise="node")
    return ids


def programme_id(stated: str, path: Path) -> str:
    """The id of a programme in a file that may not state one: its own, or made of the file's name."""
    if stated and " " not in stated and "/" not in stated and stated.isprintable():
        return stated
    return id_of(stated or path.stem, otherwise="programme")


def kind_and_level(node: Node) -> str:
    """The kind of a node in words that tell the goal from the objectives below it."""
    return "goal" if isinstance(node, Objective) and node.level is Level.OVERALL else node.kind


def links_into(model: TheoryOfChange) -> dict[str, list[Link]]:
    """The links that lead to each node, in authored order."""
    found: dict[str, list[Link]] = {}
    for link in model.links:
        found.setdefault(link.to, []).append(link)
    return found
