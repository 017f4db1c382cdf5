"""What the author of a model wants of its checks: which rules, how grave, and what was looked at and accepted."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.findings import Severity
from tocmodel.messages import message
from tocmodel.model.record import Text, choice, many, optional_part, part
from tocmodel.periods import to_date


def _word(value: object) -> str:
    text = "" if value is None else str(value).strip()
    if not text:
        said = message("no rule is named")
        raise FieldError(said, message("name a rule by its code, such as L22"))
    return text


def _some_one(value: object) -> str:
    text = "" if value is None else str(value).strip()
    if not text:
        said = message("nobody is named")
        raise FieldError(said, message("say who accepted it"))
    return text


def _grounds(value: object) -> Text:
    grounds = Text.read(value)
    if not str(grounds).strip():
        said = message("no grounds")
        raise FieldError(said, message("say why it is accepted"))
    return grounds


@frozen
class IgnoredRule:
    """A rule that is not asked of a model.

    Attributes:
        code: its code, the beginning of several codes, or its name.
        reason: why not; leaving it out is a finding.
    """

    code: str = field(converter=_word)
    reason: Text = field(default=Text(), converter=Text.read)


@frozen
class AcceptedFinding:
    """A finding that somebody looked at and accepts until a day; after it the finding comes back.

    Attributes:
        code: the code of its rule.
        at: the id or path of the place where it was found.
        who: who accepted it.
        why: the grounds.
        until: the last day on which it is accepted.
    """

    code: str = field(converter=_word)
    at: str = field(converter=str)
    who: str = field(converter=_some_one)
    why: Text = field(converter=_grounds)
    until: date = field(converter=to_date)


def _severities(value: object) -> Mapping[str, Severity]:
    if not isinstance(value, Mapping):
        said = message("severities are a mapping of a rule's code to error, warning or note, not %(value)s", value=repr(value))
        raise FieldError(said, message("write severity: {L22: warning}"))
    read = choice(Severity)
    return MappingProxyType({_word(code): read(severity) for code, severity in value.items()})


def _pairs(value: Mapping[str, Severity]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((code, severity.value) for code, severity in value.items()))


@frozen
class CheckSettings:
    """Which rules are asked of a model.

    A rule is named by its code (``L22``), by the beginning of its code (``L4`` for L40 to L49) or by its name (``no-evidence``).

    Attributes:
        select: the rules to ask; none for all.
        ignore: the rules not to ask, each with a reason.
        severity: how grave findings of a rule are here, where it differs from the rule's own.
        accepted: findings that somebody accepted, with who, why and until when.

    Example:
        >>> settings = CheckSettings(ignore=[{"code": "L60", "reason": "rivals are examined in the evaluation"}])
        >>> settings.ignore[0].code
        'L60'
    """

    select: tuple[str, ...] = field(default=(), converter=many(_word))
    ignore: tuple[IgnoredRule, ...] = field(default=(), converter=many(part(IgnoredRule, shorthand="code")))
    severity: Mapping[str, Severity] = field(factory=dict, converter=_severities, eq=_pairs)
    accepted: tuple[AcceptedFinding, ...] = field(default=(), converter=many(part(AcceptedFinding)))


settings_of = optional_part(CheckSettings)
"""Read settings, or None."""
