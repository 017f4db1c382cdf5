"""All rules there are, by their codes."""

import re
from functools import cache

from tocmodel.checks import (
    assumptions,
    completeness,
    contribution,
    figures,
    links,
    measurement,
    reading,
    series,
    structure,
    upkeep,
    wording,
)
from tocmodel.checks.rule import Rule
from tocmodel.errors import nearest

SUBJECTS = {
    "Structure": structure,
    "Links": links,
    "Wording": wording,
    "Indicators": completeness,
    "Targets and results": measurement,
    "Figures": figures,
    "Periods and series": series,
    "Assumptions and risks": assumptions,
    "Contribution": contribution,
    "Upkeep": upkeep,
    "Reading and settings": reading,
}
"""The modules of rules, in the order of the manual. A rule is any `Rule` that stands in one of them: to add one, write a function."""


def rules_of(subject: str) -> tuple[Rule, ...]:
    """The rules on one subject, by their codes."""
    found = [value for value in vars(SUBJECTS[subject]).values() if isinstance(value, Rule)]
    return tuple(sorted(found, key=lambda rule: rule.code))


RULES = tuple(sorted((rule for subject in SUBJECTS for rule in rules_of(subject)), key=lambda rule: rule.code))


def by_code(code: str) -> Rule:
    """The rule with this code."""
    return next(rule for rule in RULES if rule.code == code)


_READ = re.compile(r"[IX]\d*|IATI(?:-.*)?")
"""What the readers of other formats find, and the standard that a file is held against; only a file has such codes."""


def is_rule(name: str) -> bool:
    """Whether a code, the beginning of a code, or a name means something that a check may find.

    Example:
        >>> is_rule("L2"), is_rule("IATI-8.6.1"), is_rule("L999")
        (True, True, False)
    """
    return bool(named(name)) or _READ.fullmatch(name) is not None


def unknown(name: str) -> str:
    """What to do about a name that means no rule: the nearest that does."""
    return nearest(name, [word for rule in RULES for word in (rule.code, rule.name)]) or by_code("C02").hint


@cache
def named(name: str) -> frozenset[str]:
    """The codes of the rules that a code, the beginning of a code, or a name means; none if it means none.

    Example:
        >>> sorted(named("L2"))[:2], sorted(named("no-evidence")), sorted(named("L59"))
        (['L20', 'L21'], ['L22'], [])
    """
    exact = frozenset(rule.code for rule in RULES if name in {rule.code, rule.name})
    return exact or frozenset(rule.code for rule in RULES if rule.code.startswith(name))
