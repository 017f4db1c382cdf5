"""What a report rests on, computed once: every section reads it, and nothing looks at the model's figures a second time."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from attrs import frozen

from tocmodel.checks import check
from tocmodel.checks.results import Findings
from tocmodel.contribution import ContributionMatrix, Trace, contribution_matrix, evidence_matrix, trace
from tocmodel.contribution.evidence.matrix import LinkEvidence
from tocmodel.measurement import AchievementRow, AchievementTable, Scope
from tocmodel.measurement.gaps import EquityGap, equity_gaps
from tocmodel.model import Level, Objective, TheoryOfChange
from tocmodel.reports.following import Followed, follow
from tocmodel.reports.language import Language
from tocmodel.reports.telling import telling
from tocmodel.stories import Story, story
from tocmodel.tables import Table

LISTED = 5
"""The most pathways that the page lists between one activity and one objective."""
TOLD = 30
"""The most pairs of an activity and an objective that the page tells; more would be a book."""


@frozen
class Pair:
    """An activity and an objective that pathways join, with what there is to say of them.

    Attributes:
        way: the trace between them.
        story: how far evidence carries that the one contributed to the other.
    """

    way: Trace
    story: Story


@frozen
class Facts:
    """Everything that the sections tell.

    Attributes:
        model: the model, as it may be shown.
        table: its achievement, as it may be shown.
        words: how the report speaks.
        findings: what somebody should look at.
        matrix: activities and the objectives that they are to reach.
        pairs: the pairs of them that pathways join, as far as the page tells them.
        joined: all such pairs.
        followed: the pathways from every activity to every objective.
        evidence: for each link the evidence about it.
        gaps: how far apart groups lie.
    """

    model: TheoryOfChange
    table: AchievementTable
    words: Language
    findings: Findings
    matrix: ContributionMatrix
    pairs: tuple[Pair, ...]
    joined: tuple[tuple[str, str], ...]
    followed: Followed
    evidence: Table[LinkEvidence]
    gaps: Table[EquityGap]

    @property
    def as_of(self) -> date:
        """The date of judgement."""
        return self.table.as_of

    @property
    def totals(self) -> list[AchievementRow]:
        """The total of each indicator over the whole programme."""
        return [row for row in self.table if row.scope is Scope.LIFE and not row.slice]


def gathered(model: TheoryOfChange, table: AchievementTable, words: Language) -> Facts:
    """Compute what the sections tell.

    Args:
        model: the model, as it may be shown.
        table: its achievement, as it may be shown.
        words: how the report speaks.
    """
    matrix = contribution_matrix(model)
    joined = list(pairs_to_tell(model, matrix))
    told = [pair for pair, _ in sorted(zip(joined, _turns(joined), strict=True), key=lambda item: item[1])][:TOLD]
    return Facts(
        model=model,
        table=table,
        words=words,
        findings=check(model, as_of=table.as_of),
        matrix=matrix,
        pairs=tuple(
            Pair(
                trace(model, *pair, max_paths=LISTED),
                story(model, *pair, as_of=table.as_of, table=table, words=telling(model, words)),
            )
            for pair in joined
            if pair in set(told)
        ),
        joined=tuple(joined),
        followed=follow(model),
        evidence=evidence_matrix(model),
        gaps=equity_gaps(table.where(scope=Scope.LIFE)),
    )


def pairs_to_tell(model: TheoryOfChange, matrix: ContributionMatrix) -> Iterator[tuple[str, str]]:
    """Each activity with the specific objectives that it leads to; with the goal only where it leads to no other."""
    goals = {node.id for node in model.nodes if isinstance(node, Objective) and node.level is Level.OVERALL}
    for activity, cells in groupby(matrix, key=lambda cell: cell.activity):
        reached = [cell.objective for cell in cells if cell.shortest is not None]
        yield from ((activity, objective) for objective in [id for id in reached if id not in goals] or reached)


def _turns(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Which of an activity's pairs each is, so that every activity comes to its first before any to its second."""
    seen: dict[str, int] = {}
    turns: list[int] = []
    for activity, _ in pairs:
        turns.append(seen.get(activity, 0))
        seen[activity] = turns[-1] + 1
    return turns
