"""Theories of change and their indicators as one typed model: achievement that says why, contribution traced honestly.

>>> import tocmodel as toc
>>> draft = toc.TheoryOfChange.build("clubs", "Clubs in schools", period="2018-10-01/2021-09-30", as_of="2021-09-30")
>>> clubs = draft.activity("clubs-meet", "Children meet in clubs")
>>> aware = draft.outcome("rights-aware", "Children know their rights")
>>> _ = draft.link(clubs, aware, rationale="peers explain rights to each other")
>>> _ = draft.indicator("club-children", "Children in clubs", of=clubs, unit="person", direction="increase")
>>> _ = draft.target("club-children", 1550), draft.actual("club-children", "over 1550")
>>> model = draft.done()
>>> row = toc.achievement(model)["club-children"]
>>> print(row.attainment, row.status)
at least 100 % met
>>> toc.trace(model, clubs, aware).count.count
1
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocmodel import (
        checks as checks,
        contribution as contribution,
        errors as errors,
        figures as figures,
        findings as findings,
        formats as formats,
        learning as learning,
        measurement as measurement,
        messages as messages,
        model as model,
        paths as paths,
        periods as periods,
        reports as reports,
        slices as slices,
        stories as stories,
        tables as tables,
        units as units,
        versions as versions,
        words as words,
    )
    from tocmodel.checks import check
    from tocmodel.contribution import Trace, plausibility, strongest_paths, trace
    from tocmodel.errors import InvalidModelError, TocmodelError, UnreadableFileError
    from tocmodel.figures import Citation, Figure, Interval, Missing
    from tocmodel.findings import Finding, Severity
    from tocmodel.formats import from_plain, iter_programmes, read, to_plain, write
    from tocmodel.measurement import (
        AchievementRow,
        AchievementTable,
        Policy,
        Reason,
        Scope,
        Status,
        achievement,
        attainment,
        cascade,
        people_reached,
        progress,
        status,
        tracking_table,
    )
    from tocmodel.model import Basis, Direction, TheoryBuilder, TheoryOfChange
    from tocmodel.periods import Period
    from tocmodel.reports import report
    from tocmodel.slices import Slice
    from tocmodel.stories import Story, story
    from tocmodel.versions import diff

__version__: str
"""The version that is installed."""

__all__ = [
    "AchievementRow",
    "AchievementTable",
    "Basis",
    "Citation",
    "Direction",
    "Figure",
    "Finding",
    "Interval",
    "InvalidModelError",
    "Missing",
    "Period",
    "Policy",
    "Reason",
    "Scope",
    "Severity",
    "Slice",
    "Status",
    "Story",
    "TheoryBuilder",
    "TheoryOfChange",
    "TocmodelError",
    "Trace",
    "UnreadableFileError",
    "achievement",
    "attainment",
    "cascade",
    "check",
    "diff",
    "from_plain",
    "iter_programmes",
    "people_reached",
    "plausibility",
    "progress",
    "read",
    "report",
    "status",
    "story",
    "strongest_paths",
    "to_plain",
    "trace",
    "tracking_table",
    "write",
]

_HOMES = {
    "AchievementRow": "tocmodel.measurement",
    "AchievementTable": "tocmodel.measurement",
    "Basis": "tocmodel.model",
    "Citation": "tocmodel.figures",
    "Direction": "tocmodel.model",
    "Figure": "tocmodel.figures",
    "Finding": "tocmodel.findings",
    "Interval": "tocmodel.figures",
    "InvalidModelError": "tocmodel.errors",
    "Missing": "tocmodel.figures",
    "Period": "tocmodel.periods",
    "Policy": "tocmodel.measurement",
    "Reason": "tocmodel.measurement",
    "Scope": "tocmodel.measurement",
    "Severity": "tocmodel.findings",
    "Slice": "tocmodel.slices",
    "Status": "tocmodel.measurement",
    "Story": "tocmodel.stories",
    "TheoryBuilder": "tocmodel.model",
    "TheoryOfChange": "tocmodel.model",
    "TocmodelError": "tocmodel.errors",
    "Trace": "tocmodel.contribution",
    "UnreadableFileError": "tocmodel.errors",
    "achievement": "tocmodel.measurement",
    "attainment": "tocmodel.measurement",
    "cascade": "tocmodel.measurement",
    "check": "tocmodel.checks",
    "diff": "tocmodel.versions",
    "from_plain": "tocmodel.formats",
    "iter_programmes": "tocmodel.formats",
    "people_reached": "tocmodel.measurement",
    "plausibility": "tocmodel.contribution",
    "progress": "tocmodel.measurement",
    "read": "tocmodel.formats",
    "report": "tocmodel.reports",
    "status": "tocmodel.measurement",
    "story": "tocmodel.stories",
    "strongest_paths": "tocmodel.contribution",
    "to_plain": "tocmodel.formats",
    "trace": "tocmodel.contribution",
    "tracking_table": "tocmodel.measurement",
    "write": "tocmodel.formats",
}
"""Where each public name lives. A name is loaded when it is first used, so that importing the library costs next to nothing."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is not None:
        value: object = getattr(import_module(home), name)
    elif name == "__version__":
        from importlib.metadata import version

        value = version("tocmodel")
    else:
        value = _part(name)
    globals()[name] = value
    return value


def _part(name: str) -> object:
    """A module of the library, such as ``tocmodel.figures``, loaded when it is first used."""
    full = f"tocmodel.{name}"
    if name.isidentifier() and not name.startswith("_"):
        try:
            return import_module(full)
        except ModuleNotFoundError as fault:
            if fault.name != full:  # it is there, and something that it needs is not
                raise
    message = f"module 'tocmodel' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
