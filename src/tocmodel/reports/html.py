"""The report: one self-contained page with the theory, the achievement, the pathways, and what is open."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from os import PathLike
from pathlib import Path

from attrs import frozen

from tocmodel.checks import check, open_questions
from tocmodel.contribution import Trace, trace
from tocmodel.errors import MissingExtraError
from tocmodel.figures import Interval
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Severity
from tocmodel.measurement import AchievementRow, AchievementTable, cascade
from tocmodel.measurement.publishing import for_readers
from tocmodel.model import Activity, Level, Objective, TheoryOfChange
from tocmodel.reports.diagram import diagram

_FULL = 1.5
"""The attainment at which a bar reaches the end of its scale."""


def report(model: TheoryOfChange, path: str | PathLike[str], *, as_of: date | str | None = None, public: bool | None = None) -> Path:
    """Write a model's report as one HTML page that needs no network, no script and no other file.

    Args:
        model: the model.
        path: the page to write.
        as_of: the date of judgement; the programme's own where left out.
        public: whether it is for the public, without small groups and names, as `published` says; what the model's publication
            policy says where left out.

    Returns:
        The path written to.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        ReasonNeededError: if the policy shows small groups of sensitive records without saying why.
        MissingExtraError: if jinja2 or pygraphviz is not installed.
    """
    page = Path(path)
    page.write_text(html(model, as_of=as_of, public=public), encoding="utf-8", newline="\n")
    return page


def html(model: TheoryOfChange, *, as_of: date | str | None = None, public: bool | None = None) -> str:
    """The report as HTML text; arguments and errors are those of `report`."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError:
        raise MissingExtraError("jinja2", "report") from None
    templates = Environment(
        loader=PackageLoader("tocmodel.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    ready = for_readers(model, as_of=as_of, public=public)
    model, table = ready.model, ready.table
    findings = check(model, as_of=as_of)
    return templates.get_template("report.html.j2").render(
        bar=bar,
        shown=shown,
        model=model,
        programme=model.programme,
        table=table,
        numbers=_by_indicator(row for row in table if not row.actual.words),
        worded=[row for row in table if row.actual.words],
        unreported=[
            row
            for row in table
            if not row.slice and row.scope != "to_date" and row.actual.missing is not None and row.target.missing is None
        ],
        brief=brief(model, table, findings),
        picture=diagram(model),
        traces=traces(model),
        cascades=[cascade(model, item.id) for item in model.cascades],
        asked=open_questions(model),
        findings=[(severity, [item for item in findings if item.severity is severity]) for severity in Severity],
    )


def brief(model: TheoryOfChange, table: AchievementTable, findings: Sequence[Finding]) -> list[str]:
    """What the page shows, in a few sentences; every number in them stands in the tables below."""
    totals = [row for row in table if row.period is None and not row.slice]
    reported, expected = table.coverage
    judged = [row.status.value.replace("_", " ") for row in totals if row.status is not None and row.target.missing is None]
    counts = ", ".join(f"{len(list(group))} {status}" for status, group in groupby(sorted(judged)))
    stated = sum(link.basis is not None and link.basis.value != "inferred" for link in model.links)
    sentences = [
        f"The theory of change has {len(model.nodes)} nodes and {len(model.links)} links; sources carry {stated} of the links.",
        f"{reported} of {expected} totals with a target that is due have a result as of {table.as_of}.",
    ]
    if counts:
        sentences.append(f"Of the totals that can be judged: {counts}.")
    warnings = sum(finding.severity is not Severity.NOTE for finding in findings)
    sentences.append(f"{warnings} findings and {len(findings) - warnings} notes ask for a look; they stand at the end.")
    return sentences


def traces(model: TheoryOfChange) -> list[tuple[str, list[Trace]]]:
    """The traces from every activity to every objective that it leads to, by activity; to the goal only where there is no other."""
    objectives = [node for node in model.nodes if isinstance(node, Objective)]
    specific = [node.id for node in objectives if node.level is Level.SPECIFIC]
    overall = [node.id for node in objectives if node.level is Level.OVERALL]
    activities = [node for node in model.nodes if isinstance(node, Activity)]
    return [(str(activity.title), _ways(model, activity.id, specific) or _ways(model, activity.id, overall)) for activity in activities]


def _ways(model: TheoryOfChange, activity: str, objectives: list[str]) -> list[Trace]:
    found = (trace(model, activity, objective, max_paths=20) for objective in objectives)
    return [way for way in found if way.reached]


@frozen
class Bar:
    """An attainment as a bar.

    Attributes:
        start: where the part that is certain ends, in per cent of the scale.
        reach: where the part that is possible ends, in per cent of the scale.
        open_end: whether the bar goes on beyond what is known.
        goal: where the target stands, in per cent of the scale.
    """

    start: float
    reach: float
    open_end: bool
    goal: float


def bar(share: Interval | None) -> Bar | None:
    """The bar of an attainment; None where there is no number, or no lower end to draw."""
    if share is None or share.low is None:
        return None
    end = share.high if share.high is not None else share.low
    return Bar(_along(float(share.low)), _along(float(end)), share.high is None, _along(1.0))


def _along(share: float) -> float:
    return round(100 * min(max(share, 0.0), _FULL) / _FULL, 1)


def _by_indicator(rows: Iterable[AchievementRow]) -> list[tuple[str, list[AchievementRow]]]:
    return [(name, list(group)) for name, group in groupby(rows, key=lambda row: row.indicator)]
