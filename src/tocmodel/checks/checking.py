"""Run the rules over a model, and apply what its author wants of them."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, frozen

from tocmodel.checks.catalogue import RULES, by_code, is_rule, named, unknown
from tocmodel.checks.results import Findings
from tocmodel.checks.subject import Subject
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.messages import Message, message
from tocmodel.model import AcceptedFinding, CheckSettings, IgnoredRule, TheoryOfChange
from tocmodel.periods import to_date

SETTINGS = Place("checks")
"""The place of what is wrong with settings, wherever they stand."""


def check(model: TheoryOfChange, *, settings: CheckSettings | None = None, as_of: date | str | None = None) -> Findings:
    """Everything in a model that somebody should look at: what could not be read, and what the rules find.

    Args:
        model: the model.
        settings: which rules to ask, how grave they are, and which findings were accepted; the model's own where left out.
        as_of: the date as of which reviews, reports and acceptances are judged; the model's own where left out. Without any
            date nothing is overdue and no acceptance has expired.

    Returns:
        Findings, gravest first. Two calls on equal models give equal findings, whatever the order of the records.

    Raises:
        FieldError: if ``as_of`` is no date.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.activity("clubs-meet", "Pupils meet in reading clubs")
        >>> for finding in check(draft.done(), settings=CheckSettings(select="L01")): print(finding)
        warning L01 at clubs-meet: “Pupils meet in reading clubs” is linked to nothing (link it to what it leads to, or take it out)
    """
    wanted = settings or model.programme.checks or CheckSettings()
    day = to_date(as_of) if as_of is not None else model.programme.as_of
    subject = Subject(model, day)
    meant = _Meaning(frozenset(finding.code for finding in model.findings))
    asked = meant.all(wanted.select) if wanted.select else meant.known
    found = [*model.findings, *(finding for rule in RULES if rule.code in asked for finding in rule.findings(subject))]
    settled = applied(found, wanted, as_of=day)
    about = _about_settings(wanted)
    own = model.programme.checks.accepted if model.programme.checks else ()  # others may be meant for another model
    stale = _unused(set(own) & set(wanted.accepted), found, asked - meant.all(item.code for item in wanted.ignore), meant)
    return evolve(settled, items=in_order([*settled, *about, *stale]))


def applied(findings: Iterable[Finding], settings: CheckSettings, *, as_of: date | None = None) -> Findings:
    """Findings of whatever origin as the settings want them: chosen, ignored, graver, accepted.

    Args:
        findings: the findings, such as those of a standard that a file is held against.
        settings: which to choose, how grave they are, and which were accepted.
        as_of: the date as of which acceptances are judged; without one none has expired.

    Example:
        >>> from tocmodel.findings import Place
        >>> found = [Finding("IATI-8.6.1", Severity.ERROR, Place("period"), "the period ends before it starts")]
        >>> applied(found, CheckSettings(severity={"IATI": "note"})).summary()
        '0 errors, 0 warnings, 1 note'
    """
    found = in_order(findings)
    meant = _Meaning(frozenset(finding.code for finding in found))
    asked = meant.all(settings.select) if settings.select else meant.known
    ignored = meant.all(item.code for item in settings.ignore)
    graver = {code: severity for key, severity in settings.severity.items() for code in meant(key)}
    chosen = [finding for finding in found if finding.code in asked]
    kept = [evolve(finding, severity=graver.get(finding.code, finding.severity)) for finding in chosen if finding.code not in ignored]
    remaining, accepted = _sorted_out(in_order(kept), settings.accepted, as_of, meant)
    return Findings(in_order(remaining), accepted, len(chosen) - len(kept), {rule.code: rule.name for rule in RULES})


@frozen
class _Meaning:
    """Which codes a name in the settings means: those of the rules, and those that the reader of a file has found."""

    read: frozenset[str]

    def __call__(self, name: str) -> frozenset[str]:
        return named(name) | {code for code in self.read if code.startswith(name)}

    def all(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(code for name in names for code in self(name))

    @property
    def known(self) -> frozenset[str]:
        return self.read | {rule.code for rule in RULES}


def _sorted_out(
    findings: Iterable[Finding], accepted: tuple[AcceptedFinding, ...], day: date | None, meant: _Meaning
) -> tuple[list[Finding], tuple[tuple[Finding, AcceptedFinding], ...]]:
    """The findings that remain, and those that are accepted; an acceptance that has expired is told with its finding."""
    remaining: list[Finding] = []
    aside: list[tuple[Finding, AcceptedFinding]] = []
    for finding in findings:
        own = [item for item in accepted if finding.code in meant(item.code) and item.at == finding.where.path]
        last = max(own, key=lambda item: (item.until, item.who, str(item.why)), default=None)
        if last is None:
            remaining.append(finding)
        elif day is None or day <= last.until:
            aside.append((finding, last))
        else:
            remaining.append(evolve(finding, message=_come_back(finding, last)))
    return remaining, tuple(aside)


def _come_back(finding: Finding, accepted: AcceptedFinding) -> Message:
    found = finding.message if isinstance(finding.message, Message) else Message(finding.message)
    return message(
        "%(found)s; %(who)s accepted that until %(day)s (%(why)s), which is over",
        found=found,
        who=accepted.who,
        day=accepted.until,
        why=accepted.why,
    )


def _about_settings(settings: CheckSettings) -> Iterator[Finding]:
    """What is wrong with the settings themselves."""
    for item in settings.ignore:
        if not str(item.reason).strip():
            said = message("%(code)s is ignored without a reason", code=repr(item.code))
            yield Finding("C01", Severity.WARNING, SETTINGS, said, by_code("C01").hint)
    stated = [*settings.select, *(item.code for item in settings.ignore), *settings.severity, *(item.code for item in settings.accepted)]
    for code in dict.fromkeys(stated):
        if not is_rule(code):
            said = message("the settings name a rule that does not exist: %(code)s", code=repr(code))
            yield Finding("C02", Severity.WARNING, SETTINGS, said, unknown(code))


def _unused(accepted: Iterable[AcceptedFinding], findings: list[Finding], asked: frozenset[str], meant: _Meaning) -> Iterator[Finding]:
    """Acceptances of findings that are no longer there, as far as their rules were asked."""
    there = {(finding.code, finding.where.path) for finding in findings}
    for item in accepted:
        codes = meant(item.code)
        if codes & asked and not any((code, item.at) in there for code in codes):
            said = message(
                "%(code)s at %(place)s is accepted by %(who)s, but nothing of the kind is found there",
                code=item.code,
                place=repr(item.at),
                who=item.who,
            )
            yield Finding("C03", Severity.NOTE, Place(item.at), said, by_code("C03").hint)


def combined(*settings: CheckSettings | None) -> CheckSettings:
    """Several settings as one: the last that selects rules selects, what any of them ignores or accepts is ignored or accepted.

    Args:
        settings: from the most general to the most particular; the severity of a rule is that of the last which states one.

    Example:
        >>> both = combined(CheckSettings(select="L"), CheckSettings(ignore=[IgnoredRule("L60", "planned for next year")]))
        >>> both.select, [item.code for item in both.ignore]
        (('L',), ['L60'])
    """
    known = [item for item in settings if item is not None]
    select = next((item.select for item in reversed(known) if item.select), ())
    ignore: dict[str, IgnoredRule] = {rule.code: rule for item in known for rule in item.ignore}
    severity = {code: value for item in known for code, value in item.severity.items()}
    accepted = tuple(dict.fromkeys(finding for item in known for finding in item.accepted))
    return CheckSettings(select, tuple(ignore.values()), severity, accepted)
