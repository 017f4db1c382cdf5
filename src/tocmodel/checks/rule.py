"""What a rule is: a small function with a code that keeps its meaning for ever, and a manual that its docstring holds."""

import re
from collections.abc import Callable, Iterable, Iterator
from inspect import cleandoc
from typing import TypeAlias

from attrs import frozen

from tocmodel.checks.subject import Subject
from tocmodel.findings import Finding, Place, Severity

Found: TypeAlias = Iterator[tuple[str, str]]
"""What a rule yields: the id of the place, and what was found there."""

_PARTS = ("Why", "Mend", "Precision", "Example that fires", "Example that passes")
_HEADING = re.compile(rf"^({'|'.join(_PARTS)}):[ ]*", flags=re.MULTILINE)


@frozen
class Rule:
    """One thing that a reviewer would look for.

    Attributes:
        code: keeps its meaning for ever, such as ``L20``.
        name: a short name for people and settings, such as ``no-rationale``.
        severity: how grave its findings are unless the settings say otherwise.
        flags: what it flags.
        why: why that matters.
        mend: how to mend it; its first sentence is the hint of every finding.
        source: who asks for it.
        fires: a small model, in YAML, in which it finds something.
        passes: the same model, mended.
        precision: for rules on wording, how often it was right on titles that others wrote.
        find: finds the places in a model; None for what the reader refuses or reports itself.
    """

    code: str
    name: str
    severity: Severity
    flags: str
    why: str
    mend: str
    source: str
    fires: str
    passes: str
    precision: str = ""
    find: Callable[[Subject], Iterable[tuple[str, str]]] | None = None

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rule finds in a model, one finding for each place and message."""
        for at, message in self.find(subject) if self.find is not None else ():
            yield Finding(self.code, self.severity, Place(at), message, self.hint)

    @property
    def words(self) -> str:
        """Its name in words."""
        return self.name.replace("-", " ")

    @property
    def hint(self) -> str:
        """The first sentence of how to mend it, as it stands in brackets behind a finding."""
        sentence = re.split(r"(?<=[.?!])\s", self.mend, maxsplit=1)[0]
        sentence = sentence if sentence.endswith("?") else sentence.rstrip(".!")
        return sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]


def rule(code: str, name: str, severity: Severity, *, source: str) -> Callable[[Callable[[Subject], Found]], Rule]:
    """Make a rule of a function whose docstring is its manual.

    The docstring begins with what the rule flags; ``Why:``, ``Mend:``, ``Example that fires:`` and ``Example that passes:``
    follow, for rules on wording ``Precision:`` too. The examples are YAML without the format's version and, where nothing
    depends on it, without the programme.

    Args:
        code: keeps its meaning for ever.
        name: a short name for people and settings.
        severity: error where nothing right can be calculated, warning where something is doubtful, note where it is only worth knowing.
        source: who asks for it.

    Raises:
        ValueError: if a part of the manual is missing.
    """

    def make(find: Callable[[Subject], Found]) -> Rule:
        flags, parts = manual(find.__doc__ or "", code)
        return Rule(
            code=code,
            name=name,
            severity=severity,
            flags=flags,
            why=parts["Why"],
            mend=parts["Mend"],
            source=source,
            fires=parts["Example that fires"],
            passes=parts["Example that passes"],
            precision=parts.get("Precision", ""),
            find=find,
        )

    return make


def manual(text: str, code: str) -> tuple[str, dict[str, str]]:
    """What a rule flags, and the other parts of its manual.

    Raises:
        ValueError: if a part is missing.
    """
    flags, *rest = _HEADING.split(cleandoc(text))
    parts = {heading: cleandoc(body.rstrip()) for heading, body in zip(rest[::2], rest[1::2], strict=True)}
    missing = [part for part in _PARTS if not parts.get(part) and part != "Precision"]
    if missing or not flags.startswith("Flags "):
        message = f"the manual of {code} lacks {', '.join(missing) or 'what it flags'}"
        raise ValueError(message)
    told = {heading: body if heading.startswith("Example") else _joined(body) for heading, body in parts.items()}
    return _joined(flags), told


def _joined(text: str) -> str:
    return " ".join(text.split())
