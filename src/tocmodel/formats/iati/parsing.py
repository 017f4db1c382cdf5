"""Reading XML that others wrote: no entities, no network, no huge trees; every fault with its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from tocmodel.errors import MissingExtraError, UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.messages import message

if TYPE_CHECKING:
    from lxml.etree import XMLSyntaxError, _Element, _ListErrorLog  # pyright: ignore[reportPrivateUsage] — lxml has no public names for them

    Element: TypeAlias = _Element

_MOST = 20
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}
"""No entities, no network, bounded depth and size. The parser goes on after a fault so that an undeclared prefix, which published
files have, does not hide a whole file; every other fault is raised all the same."""


def parsed(path: Path) -> "Element":
    """The root of a file of IATI activities, as a whole.

    Raises:
        UnreadableFileError: if it is not there, no well-formed XML, declares a document type, or holds something else.
        MissingExtraError: if lxml is not installed.
    """
    etree = lxml()
    parser = etree.XMLParser(**SAFE)
    with opened(path) as file:
        try:
            root = etree.parse(file, parser).getroot()
        except etree.XMLSyntaxError as fault:
            raise _malformed(path, fault) from None
    check_faults(path, parser.error_log)
    _check_root(path, root)
    return root


def parsed_text(path: Path, text: bytes) -> "Element":
    """The root of a small document that holds a part of a file; blanks between elements are dropped.

    Raises:
        UnreadableFileError: as `parsed`, with lines counted in the part.
    """
    etree = lxml()
    parser = etree.XMLParser(**SAFE, remove_blank_text=True, collect_ids=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as fault:
        raise _malformed(path, fault) from None
    check_faults(path, parser.error_log)
    if root is None:
        raise unreadable(path, message("not well-formed XML: it holds nothing"))
    _check_root(path, root)
    return root


def activities(path: Path) -> Iterator["Element"]:
    """The activities of a file one by one; each is forgotten when the next is asked for, so memory holds one at a time.

    Raises:
        UnreadableFileError: as `parsed`, where the fault is reached.
        MissingExtraError: if lxml is not installed.
    """
    etree = lxml()
    with opened(path) as file:
        events = etree.iterparse(file, events=("start", "end"), **SAFE)
        try:
            root = None
            for event, element in events:
                if root is None:
                    root = element
                    _check_root(path, root)
                if event == "end" and element.tag == "iati-activity" and element.getparent() is root:
                    check_faults(path, events.error_log)
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del root[0]
        except etree.XMLSyntaxError as fault:
            raise _malformed(path, fault) from None
        check_faults(path, events.error_log)
        if root is None:
            raise unreadable(path, message("not well-formed XML: it holds nothing"))


def _malformed(path: Path, fault: "XMLSyntaxError") -> UnreadableFileError:
    """What the parser stumbled over; it has no line in a file that holds nothing."""
    if path.stat().st_size == 0:
        return unreadable(path, message("the file is empty"), None, message("name a file with an IATI programme"))
    return unreadable(path, message("not well-formed XML: %(fault)s", fault=fault.msg), fault.lineno or None)


def lxml() -> Any:  # noqa: ANN401 — a module
    """The library, loaded when it is first used.

    Raises:
        MissingExtraError: if lxml is not installed.
    """
    try:
        from lxml import etree
    except ModuleNotFoundError:
        raise MissingExtraError("lxml", "iati") from None
    return etree


def opened(path: Path) -> BinaryIO:
    """The file, opened; what is wrong with a path is said before the parser says it."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise unreadable(path, message("there is no such file"), None, message("check the name and the folder")) from None
    except IsADirectoryError:
        raise unreadable(path, message("this is a folder"), None, message("name a file inside it")) from None
    except OSError as fault:
        raise unreadable(path, message("cannot be opened: %(fault)s", fault=fault.strerror)) from None


def check_faults(path: Path, log: "_ListErrorLog") -> None:
    """Raise every fault of the parser but undeclared prefixes."""
    faults = [entry for entry in log if entry.domain_name != "NAMESPACE"]
    if faults:
        findings = [
            Finding("F05", Severity.ERROR, Place("", path.name, entry.line), message("not well-formed XML: %(fault)s", fault=entry.message))
            for entry in faults[:_MOST]
        ]
        raise UnreadableFileError(findings, path.name)


def _check_root(path: Path, root: "Element") -> None:
    if getattr(root.getroottree().docinfo, "doctype", ""):  # missing in the stubs
        raise unreadable(path, message("it declares a document type, which IATI does not use"), 1, message("take the DOCTYPE out"))
    if root.tag != "iati-activities":
        raise unreadable(
            path,
            message("no file of IATI activities: its root is %(tag)s", tag=repr(str(root.tag))),
            root.sourceline,
            message("expected iati-activities"),
        )


def unreadable(path: Path, said: str, line: int | None = None, hint: str = "") -> UnreadableFileError:
    """The error for a file that cannot be read at all."""
    return UnreadableFileError([Finding("F01", Severity.ERROR, Place("", path.name, line), said, hint)], path.name)
