"""What a check found, as one collection: for people grouped by rule, for programs as records."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import overload

from attrs import evolve, field, frozen

from tocmodel.errors import InvalidModelError
from tocmodel.figures.display import ENGLISH, Wording
from tocmodel.findings import Finding, Severity, in_order
from tocmodel.messages import message
from tocmodel.model import AcceptedFinding, TheoryOfChange
from tocmodel.model.record import choice


@frozen(repr=False)
class Findings(Sequence[Finding]):
    """What a check found, gravest first.

    Attributes:
        items: the findings.
        accepted: findings that somebody accepted, and which are therefore not among them, each with its acceptance.
        ignored: how many findings the settings leave out, without those that nobody asked for.
        names: the name of each rule, by its code.
        wording: the language that people see them in; programs see the records, which are in English.
    """

    items: tuple[Finding, ...] = ()
    accepted: tuple[tuple[Finding, AcceptedFinding], ...] = ()
    ignored: int = 0
    names: dict[str, str] = field(factory=dict, eq=False)
    wording: Wording = field(default=ENGLISH, eq=False, kw_only=True)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def of(self, severity: Severity | str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        wanted = choice(Severity)(severity)
        return tuple(finding for finding in self.items if finding.severity is wanted)

    def by_rule(self) -> dict[str, tuple[Finding, ...]]:
        """The findings of each rule, by its code: gravest first, then by code."""
        found: dict[str, list[Finding]] = {}
        for severity in Severity:
            for finding in sorted(self.of(severity), key=lambda item: item.code):
                found.setdefault(finding.code, []).append(finding)
        return {code: tuple(own) for code, own in found.items()}

    def in_file(self, name: str) -> "Findings":
        """The same findings with the name of their file."""
        return evolve(self, items=in_order(evolve(item, where=evolve(item.where, file=name)) for item in self.items))

    def in_programme(self, model: TheoryOfChange) -> "Findings":
        """The same findings with the id of their programme before those of its elements, as ``programme/element``.

        Programmes in one file have elements with the same ids; what a reader found says its line.
        """
        id = model.programme.id
        return evolve(
            self,
            items=in_order(
                evolve(item, where=evolve(item.where, path=f"{id}/{item.where.path}")) if item.where.path in model.by_id else item
                for item in self.items
            ),
        )

    def told(self, wording: Wording) -> "Findings":
        """The same findings for people who read another language; the codes and names of rules stay, by which they are chosen.

        Example:
            >>> from tocmodel.reports.language import find_language
            >>> print(Findings().told(find_language("fr")))
            0 erreur, 0 avertissement, 0 remarque
        """
        return evolve(self, wording=wording)

    def raise_for_errors(self) -> None:
        """Raise if there are findings of error severity.

        Raises:
            InvalidModelError: with all of them.
        """
        errors = self.of(Severity.ERROR)
        if errors:
            raise InvalidModelError(errors)

    def records(self) -> list[dict[str, object]]:
        """Every finding as one flat record, with the name of its rule."""
        return [finding.record() | {"rule": self.names.get(finding.code, "")} for finding in self.items]

    def summary(self) -> str:
        """The counts in one line.

        Example:
            >>> Findings().summary()
            '0 errors, 0 warnings, 0 notes'
        """
        ngettext = self.wording.ngettext
        counts = [
            ngettext("%(num)s error", "%(num)s errors", len(self.of(Severity.ERROR))),
            ngettext("%(num)s warning", "%(num)s warnings", len(self.of(Severity.WARNING))),
            ngettext("%(num)s note", "%(num)s notes", len(self.of(Severity.NOTE))),
        ]
        aside = [ngettext("%(num)s accepted", "%(num)s accepted", len(self.accepted))] if self.accepted else []
        aside += [ngettext("%(num)s ignored", "%(num)s ignored", self.ignored)] if self.ignored else []
        return ", ".join(counts) + (f" ({', '.join(aside)})" if aside else "")

    def text(self, *, most: int | None = None) -> str:
        """The findings for people: by severity, then by rule with its hint, and the counts at the end.

        Args:
            most: the most findings to show of one rule; None for all.
        """
        lines: list[str] = []
        for severity, heading in _HEADINGS.items():
            own = self.of(severity)
            if own:
                lines.append(self.wording.said(heading))
                lines += [line for group in _groups(own) for line in self._group(group, most)]
                lines.append("")
        return "\n".join([*lines, self.summary()])

    def _group(self, group: tuple[Finding, ...], most: int | None) -> list[str]:
        said = self.wording.said
        first = group[0]
        name = self.names.get(first.code, "")
        shared = first.hint if all(finding.hint == first.hint for finding in group) else ""
        lines = [" ".join(filter(None, [f"  {first.code}", name])) + (f": {said(shared)}" if shared else "")]
        shown = group if most is None or len(group) <= most else group[:most]
        for finding in shown:
            at = f"{finding.where}: " if str(finding.where) else ""
            lines.append(f"      {at}{said(finding.message)}")
            if finding.hint and not shared:
                lines.append(f"          {said(finding.hint)}")
        more = self.wording.ngettext("and %(num)s more", "and %(num)s more", len(group) - len(shown))
        return [*lines, f"      {more}"] if len(shown) < len(group) else lines

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The findings as HTML, every text escaped."""
        said = self.wording.said
        parts: list[str] = []
        for severity, heading in _HEADINGS.items():
            for group in _groups(self.of(severity)):
                name = f"{group[0].code} {self.names.get(group[0].code, '')}".strip()
                shared = group[0].hint if all(item.hint == group[0].hint for item in group) else ""
                items = "".join(
                    f"<li><code>{escape(str(item.where))}</code> {escape(said(item.message))}"
                    + (f" ({escape(said(item.hint))})" if item.hint and not shared else "")
                    + "</li>"
                    for item in group
                )
                hint = f"<p>{escape(said(shared))}</p>" if shared else ""
                titled = self.wording.gettext("%(name)s: %(value)s", name=said(heading), value=name)
                summary = f"{escape(titled)} ({len(group)})"
                parts.append(f"<details><summary>{summary}</summary>{hint}<ul>{items}</ul></details>")
        return "".join([*parts, f"<p>{escape(self.summary())}</p>"])

    __html__ = _repr_html_


_HEADINGS = {Severity.ERROR: message("errors"), Severity.WARNING: message("warnings"), Severity.NOTE: message("notes")}


def joined(parts: Iterable[Findings]) -> Findings:
    """What several checks found, as one: of the programmes of a file, or of several files."""
    held = list(parts)
    return Findings(
        in_order(finding for part in held for finding in part),
        tuple(pair for part in held for pair in part.accepted),
        sum(part.ignored for part in held),
        {code: name for part in held for code, name in part.names.items()},
    )


def _groups(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """The findings of each rule, by its code."""
    codes = sorted({finding.code for finding in findings})
    return [tuple(finding for finding in findings if finding.code == code) for code in codes]
