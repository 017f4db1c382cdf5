"""A theory typed as an outline: one node a line, and each leads to the line it is indented under."""

import re
from difflib import get_close_matches
from pathlib import Path

from attrs import evolve, frozen

from tocmodel.errors import UnreadableFileError
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.graphs import kind_and_level, links_into, programme_id
from tocmodel.formats.naming import id_of
from tocmodel.formats.native import read_text
from tocmodel.formats.plain import VERSION, from_plain, path_text
from tocmodel.messages import message
from tocmodel.model import NODE_KINDS, Node, TheoryOfChange

GOAL = "goal"
"""The word for an overall objective."""
KINDS = {
    "goal": GOAL, "impact": GOAL, "overall objective": GOAL, "vision": GOAL,
    "objective": "objective", "specific objective": "objective", "purpose": "objective",
    "outcome": "outcome", "intermediate outcome": "outcome", "change": "outcome", "result": "outcome",
    "output": "output", "activity": "activity", "input": "input", "other result": "other result",
}  # fmt: skip
"""The words before a colon that say what kind of node a line is."""
_BELOW = {
    "": GOAL, GOAL: "outcome", "objective": "outcome", "outcome": "output", "other result": "output", "output": "activity",
    "activity": "input", "input": "input",
}  # fmt: skip
"""The kind of a line that does not say its own, by the kind of the line above."""
_SECTIONS = {cls.kind: cls.section for cls in NODE_KINDS}
_LINE = re.compile(r"(?P<indent>[ \t]*)(?:[-*•]\s+)?(?:(?P<kind>[A-Za-z ]+?)\s*:\s+)?(?P<title>.*?)\s*(?:\{(?P<id>[^{}\s/]+)\})?\s*")
_ASSUMPTION = re.compile(r"[ \t]*(?:[-*•]\s+)?\?+\s*(?P<title>.*?)\s*(?:\{(?P<id>[^{}\s/]+)\})?\s*")
_TAB = 4
_DEEPEST = 100


@frozen
class _Open:
    """A line that others may stand under."""

    indent: int
    id: str
    kind: str
    link: dict[str, object] | None


def read_outline(path: Path, programme: str | None = None) -> TheoryOfChange:
    """Read a theory from an outline.

    A line is one node: its kind and a colon if it is not what its place says, its title, and its id in braces if it needs one.
    It leads to the line that it is indented under. A line of nothing but an id in braces, ``{club}``, is the node that another
    line has already named; ``? text`` is an assumption of the link from the line above it, and may have an id too. The first line
    that starts with ``#`` is the programme's title; others are remarks. A word before a colon that is nearly the name of a kind is
    a finding.

    Raises:
        UnreadableFileError: with every fault and its line, such as a line whose indent is that of none above it.
    """
    model = loads(read_text(path), path)
    if programme not in {None, model.programme.id}:
        said = message("it holds no programme %(programme)s", programme=repr(programme))
        hint = message("it holds %(id)s", id=repr(model.programme.id))
        raise UnreadableFileError([Finding("F01", Severity.ERROR, Place("", path.name), said, hint)], path.name)
    return model


def loads(text: str, path: Path | None = None) -> TheoryOfChange:
    """The theory of an outline's text.

    Example:
        >>> theory = loads('''# Reading clubs
        ... Goal: Children enjoy reading
        ...   Pupils read fluently {fluent}
        ...     Clubs meet every week
        ...       ? Schools lend a room
        ...         Volunteers are trained
        ... ''')
        >>> [(link.from_, link.to, link.assumptions) for link in theory.links][:2]
        [('fluent', 'children-enjoy-reading', ()), ('clubs-meet-every-week', 'fluent', ('schools-lend-a-room',))]
    """
    return _Reader(path or Path("outline")).model(text)


class _Reader:
    """Turns lines into the plain data of a model file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: dict[str, list[dict[str, object]]] = {}
        self._lines: dict[str, int] = {}
        self._faults: list[Finding] = []
        self._noted: list[Finding] = []
        self._kinds: dict[str, str] = {}
        self._taken: set[str] = set()
        self._title = ""

    def model(self, text: str) -> TheoryOfChange:
        lines = list(enumerate(text.splitlines(), start=1))
        self._taken |= {found["id"] for _, line in lines if (found := _LINE.fullmatch(line)) and found["id"]}
        open_lines: list[_Open] = []
        for number, line in lines:
            if line.strip().startswith("#"):
                self._title = self._title or line.strip().lstrip("#").strip()
            elif line.strip():
                self._line(number, line, open_lines)
        if not self._kinds and not self._faults:
            self._fault(1, message("the outline is empty"), message("write one node a line; indent what leads to it"))
        id = programme_id(self._title, self._path)
        while id in self._taken:
            id += "-programme"
        document = {"tocmodel": VERSION, "programme": {"id": id, "title": self._title or id}, **self._document}
        if self._faults:
            raise UnreadableFileError(self._faults, self._path.name)
        model = from_plain(document, file=self._path.name, line_of=lambda at: self._lines.get(path_text(at[:2])))
        return evolve(model, findings=in_order([*model.findings, *self._noted]))

    def _fault(self, number: int, said: str, hint: str = "") -> None:
        self._faults.append(Finding("F05", Severity.ERROR, Place("", self._path.name, number), said, hint))

    def _line(self, number: int, line: str, open_lines: list[_Open]) -> None:
        found = _LINE.fullmatch(line)
        assert found is not None  # every line is a title at least
        indent = len(found["indent"].expandtabs(_TAB))
        asked = _ASSUMPTION.fullmatch(line)
        if asked is not None:
            self._assumption(number, asked["title"], asked["id"] or "", indent, open_lines)
            return
        last: _Open | None = None
        while open_lines and open_lines[-1].indent >= indent:
            last = open_lines.pop()
        above = open_lines[-1] if open_lines else None
        if last is not None and last.indent != indent:
            said = message(
                "blanks before this line: %(indent)s, between those of the lines above: %(above)s and %(last)s",
                indent=indent,
                above=above.indent if above else 0,
                last=last.indent,
            )
            if above is None:
                said = message(
                    "blanks before this line: %(indent)s, fewer than before the first line: %(first)s", indent=indent, first=last.indent
                )
            self._fault(number, said, message("lines that lead to the same are indented alike"))
        if len(open_lines) >= _DEEPEST:
            self._fault(number, message("too deeply nested"), message("a theory has a few levels"))
            return
        id = self._node(number, found, above.kind if above else "")
        link: dict[str, object] | None = None
        if id and above:
            link = {"from": id, "to": above.id}
            self._add("links", link, number)
        if id:
            open_lines.append(_Open(indent, id, self._kinds[id], link))

    def _node(self, number: int, found: "re.Match[str]", above: str) -> str:
        """The id of the node of a line, which is new or named before."""
        title, id = found["title"], found["id"]
        kind = KINDS.get(" ".join((found["kind"] or "").lower().split()), "")
        if found["kind"] and not kind:
            title = f"{found['kind']}: {title}"
            self._doubt(number, found["kind"])
        if id and not title:
            if id not in self._kinds:
                self._fault(
                    number, message("no line above has the id %(id)s", id=repr(id)), message("give its title where a node first stands")
                )
            return id if id in self._kinds else ""
        if not title:
            self._fault(number, message("a line without a title"))
            return ""
        kind = kind or _BELOW[above]
        if not id:
            id = id_of(title, self._taken, otherwise="node")
            self._taken.add(id)
        section = _SECTIONS["objective" if kind == GOAL else kind]
        given: dict[str, object] = {"id": id, "title": title}
        self._add(section, given | {"level": "overall"} if kind == GOAL else given, number)
        self._kinds[id] = kind
        return id

    def _doubt(self, number: int, word: str) -> None:
        """Say where a word before a colon is nearly a kind, and was read as a part of the title."""
        close = get_close_matches(word.lower(), KINDS, n=1, cutoff=0.75)
        if close:
            place = Place("", self._path.name, number)
            said = message("%(word)s is no kind and was read as a part of the title", word=repr(word))
            self._noted.append(
                Finding("F08", Severity.WARNING, place, said, message("did you mean %(name)s?", name=repr(close[0].capitalize())))
            )

    def _assumption(self, number: int, text: str, id: str, indent: int, open_lines: list[_Open]) -> None:
        under = next((line for line in reversed(open_lines) if line.indent < indent), None)
        if under is None or under.link is None:
            self._fault(number, message("an assumption that stands under no link"), message("indent it under a node that leads to another"))
            return
        held_before = self._document.get("assumptions", [])
        before = next((held for held in held_before if (held["id"] == id if id else held["title"] == text)), None)
        if before is None and not text:
            self._fault(
                number, message("no assumption above has the id %(id)s", id=repr(id)) if id else message("an assumption without words")
            )
            return
        if before is not None and text and before["title"] != text:
            self._fault(
                number,
                message("the id %(id)s is that of another assumption: %(title)s", id=repr(id), title=repr(before["title"])),
                message("give each an id of its own"),
            )
            return
        known = str(before["id"]) if before is not None else id or id_of(text, self._taken, otherwise="assumption")
        if before is None:
            self._taken.add(known)
            self._add("assumptions", {"id": known, "title": text}, number)
        held = under.link.setdefault("assumptions", [])
        assert isinstance(held, list)
        held.append(known)

    def _add(self, section: str, given: dict[str, object], number: int) -> None:
        held = self._document.setdefault(section, [])
        self._lines[f"{section}[{len(held)}]"] = number
        held.append(given)


def outline(model: TheoryOfChange) -> str:
    """A theory as an outline: nodes with their kinds and ids, and what they lead to; nothing else of the model.

    What leads to several nodes stands in full under the first, and as its id under the others.
    """
    into = links_into(model)
    led = {link.from_ for link in model.links}
    written: set[str] = set()
    lines = [f"# {_one_line(str(model.programme.title) or model.programme.id)}"]
    roots = [node.id for node in model.nodes if node.id not in led]
    for root in (*roots, *(node.id for node in model.nodes)):
        if root not in written:
            stack: list[tuple[str, int, tuple[str, ...]]] = [(root, 0, ())]
            while stack:
                id, depth, assumed = stack.pop()
                node = model.node(id)
                lines.append("  " * depth + (f"{{{id}}}" if id in written else _written(node)))
                lines += [
                    "  " * (depth + 1) + f"? {_one_line(str(getattr(model[name], 'title', name))) or name} {{{name}}}" for name in assumed
                ]
                if id not in written:
                    written.add(id)
                    once = {link.from_: link for link in reversed(into.get(id, []))}  # an outline has no parallel links
                    stack += [(link.from_, depth + 1, link.assumptions) for link in once.values()]
    return "\n".join(lines) + "\n"


def _written(node: Node) -> str:
    title = _one_line(str(node.title)) or node.id
    return f"{kind_and_level(node).capitalize()}: {title} {{{node.id}}}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def write_outline(model: TheoryOfChange, path: Path) -> None:
    """Write a theory as an outline."""
    path.write_bytes(outline(model).encode())
