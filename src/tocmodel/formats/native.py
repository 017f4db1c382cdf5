"""The native file: one model in YAML for people or JSON for programs, with the same schema."""

import json
from pathlib import Path

from tocmodel.errors import FieldError, UnreadableFileError
from tocmodel.figures import to_decimal
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats import yaml
from tocmodel.formats.plain import PathInFile, from_plain, to_plain
from tocmodel.messages import message
from tocmodel.model import TheoryOfChange
from tocmodel.model.record import whole


def read_yaml(path: Path, programme: str | None = None) -> TheoryOfChange:
    """Read a model from YAML; a programme that is asked for must be the one it holds.

    Raises:
        UnreadableFileError: with every fault, its line and a hint.
    """
    document, lines = yaml.loads(read_text(path), path.name)
    return _asked_for(from_plain(_not_empty(document, path), file=path.name, line_of=lambda at: _line(lines, at)), programme, path)


def read_json(path: Path, programme: str | None = None) -> TheoryOfChange:
    """Read a model from JSON; numbers stay exact, and a programme that is asked for must be the one it holds.

    Raises:
        UnreadableFileError: with every fault, its line and a hint.
    """
    text = read_text(path)
    document = _not_empty(_loaded(text, path), path)
    try:
        model = from_plain(document, file=path.name)
    except UnreadableFileError:
        # JSON is YAML too: read it again for the lines of the faults, which the quick way does not know
        try:
            _, lines = yaml.loads(text, path.name)
        except UnreadableFileError:
            lines = {}
        model = from_plain(document, file=path.name, line_of=lambda at: _line(lines, at))
    return _asked_for(model, programme, path)


def _loaded(text: str, path: Path) -> object:
    """JSON as plain data: numbers exact, no key twice, no more levels than a model can have."""
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return found

    try:
        document: object = json.loads(text, parse_float=to_decimal, parse_int=whole, object_pairs_hook=mapping) if text.strip() else None
    except json.JSONDecodeError as fault:
        raise _unreadable(path, message("not JSON: %(fault)s", fault=fault.msg), "", fault.lineno, "F05") from None
    except FieldError as fault:
        raise _unreadable(path, fault.message, fault.hint, None, "F05") from None
    except RecursionError:
        raise _unreadable(path, message("too deeply nested"), message("a model is a few levels deep"), None, "F05") from None
    if repeated:
        _ = yaml.loads(text, path.name)  # JSON is YAML too, and read as such it says in which lines
        raise _unreadable(
            path,
            message("the key %(name)s stands twice in one mapping", name=repr(repeated[0])),
            message("the second would hide the first"),
            None,
            "F05",
        )
    if _depth(document) > yaml.DEEPEST:
        raise _unreadable(path, message("too deeply nested"), message("a model is a few levels deep"), None, "F05")
    if "\\ud" in text.lower() and not _encodable(document):
        raise _unreadable(
            path, message("half of a surrogate pair, which is no text"), message("write the sign itself, or both halves"), None, "F05"
        )
    return document


def _depth(document: object) -> int:
    level, depth = [document] if isinstance(document, dict | list) else [], 0
    while level:
        level = [inner for held in level for inner in (held.values() if isinstance(held, dict) else held) if isinstance(inner, dict | list)]
        depth += 1
    return depth


def _encodable(document: object) -> bool:
    try:
        json.dumps(document, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    return True


def write_yaml(model: TheoryOfChange, path: Path) -> None:
    """Write a model as YAML."""
    document = to_plain(model)
    text = yaml.dumps(document)
    if "\\uD" in text:  # half of a surrogate pair, which YAML escapes and does not read again, fails here
        json.dumps(document, ensure_ascii=False).encode()
    path.write_bytes(text.encode())


def write_json(model: TheoryOfChange, path: Path) -> None:
    """Write a model as JSON."""
    path.write_bytes((json.dumps(to_plain(model), ensure_ascii=False, indent=1) + "\n").encode())


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        UnreadableFileError: if it does not exist, is a folder, or is not UTF-8 text.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise _unreadable(path, message("there is no such file"), message("check the name and the folder")) from None
    except IsADirectoryError:
        raise _unreadable(path, message("this is a folder"), message("name a file inside it")) from None
    except UnicodeDecodeError as fault:
        raise _unreadable(
            path, message("this is not UTF-8 text (byte %(byte)s)", byte=fault.start), message("save it as UTF-8 text")
        ) from None
    except (OSError, ValueError) as fault:  # a name with a NUL byte is a ValueError
        raise _unreadable(path, message("cannot be opened: %(fault)s", fault=getattr(fault, "strerror", None) or str(fault))) from None
    if "\0" in text:
        raise _unreadable(path, message("this is not text: it holds NUL bytes"), message("name a YAML or JSON file"))
    return text


def _asked_for(model: TheoryOfChange, programme: str | None, path: Path) -> TheoryOfChange:
    if programme not in {None, model.programme.id}:
        raise _unreadable(
            path,
            message("it holds no programme %(programme)s", programme=repr(programme)),
            message("it holds %(id)s", id=repr(model.programme.id)),
        )
    return model


def _not_empty(document: object, path: Path) -> object:
    if document is None or document == {}:
        raise _unreadable(path, message("the file is empty"), message("'tocmodel demo' writes an example to start from"))
    return document


def _unreadable(path: Path, said: str, hint: str = "", line: int | None = None, code: str = "F01") -> UnreadableFileError:
    name = path.name or str(path)  # "." and ".." have no name
    return UnreadableFileError([Finding(code, Severity.ERROR, Place("", name, line), said, hint)], name)


def _line(lines: yaml.Lines, path: PathInFile) -> int | None:
    """The line of a path, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)
