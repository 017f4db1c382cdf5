"""YAML: the native file for people. Every scalar is text, so that no "no" becomes false and no figure loses a digit."""

from typing import TypeAlias

from tocmodel.errors import UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats.plain import PathInFile, path_text
from tocmodel.messages import message

Lines: TypeAlias = dict[PathInFile, int]

DEEPEST = 100
"""How many levels a document may have: a model has a few, extensions a few more."""
_NULL = "tag:yaml.org,2002:null"


def loads(text: str, file: str = "") -> tuple[object, Lines]:
    """Read YAML without any of its surprises.

    Returns:
        Mappings, lists, text and None; and the line of every path.

    Raises:
        UnreadableFileError: if it is no YAML, repeats a key, or uses aliases (which can blow up a small file).
    """
    import yaml

    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = None if mark is None else min(mark.line, text.rstrip().count("\n")) + 1  # the end of a file is not a line after it
        said = message("not YAML: %(fault)s", fault=fault.problem or fault.context)
        hint = message("check indentation, colons and quotes")
        raise UnreadableFileError([Finding("F05", Severity.ERROR, Place("", file, line), said, hint)], file) from None
    except (yaml.YAMLError, RecursionError) as fault:
        control = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = None if control is None else text.count("\n", 0, control.start()) + 1
        said = message("not YAML: %(fault)s", fault=str(fault).splitlines()[0])
        raise UnreadableFileError([Finding("F05", Severity.ERROR, Place("", file, line), said)], file) from None
    reader = _Reader(file)
    document = None if root is None else reader.convert(root, ())
    if reader.faults:
        raise UnreadableFileError(reader.faults, file)
    return document, reader.lines


class _Reader:
    """Turns YAML nodes into plain data and remembers their lines."""

    def __init__(self, file: str) -> None:
        self.lines: Lines = {}
        self.faults: list[Finding] = []
        self._file = file
        self._seen: set[int] = set()

    def convert(self, node: object, path: PathInFile) -> object:
        import yaml

        assert isinstance(node, yaml.Node)
        line: int = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self._seen:
            return self._fault(line, path, message("an alias"), message("write the value out"))
        if len(path) > DEEPEST:
            return self._fault(line, path[:3], message("too deeply nested"), message("a model is a few levels deep"))
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == _NULL and not node.style else str(node.value)
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item, (*path, index)) for index, item in enumerate(node.value)]
        mapping: dict[str, object] = {}
        for key, value in node.value:
            key_line: int = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key_line, path, message("a key that is no text"), message("write 'name: value'"))
                continue
            name = str(key.value)
            self.lines[(*path, name)] = key_line
            if name in mapping:
                self._fault(
                    key_line,
                    (*path, name),
                    message("the key %(name)s stands twice in one mapping", name=repr(name)),
                    message("the second would hide the first"),
                )
            mapping[name] = self.convert(value, (*path, name))
        return mapping

    def _fault(self, line: int, path: PathInFile, said: str, hint: str) -> None:
        self.faults.append(Finding("F05", Severity.ERROR, Place(path_text(path), self._file, line), said, hint))


def dumps(document: object) -> str:
    """Write plain data as YAML that people like to read: authored order, no aliases, long lines kept whole."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 — the dumper's own signature
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 — likewise
            super().increase_indent(flow, indentless=False)

    def text(dumper: Dumper, held: str) -> yaml.ScalarNode:
        # the emitter would write a "next line" character as a line break, which reads back as a blank
        return dumper.represent_scalar("tag:yaml.org,2002:str", held, style='"' if "\x85" in held else None)

    Dumper.add_representer(str, text)
    return yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=140)
