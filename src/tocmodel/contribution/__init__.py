"""How activities lead to objectives: tracing, and what the paths rest on."""

from tocmodel.contribution.actors import AgentOfChange, acts_in, agents_of_change
from tocmodel.contribution.matrix import ContributionCell, ContributionMatrix, ContributionRow, contribution_matrix
from tocmodel.contribution.overlap import Overlap, overlap
from tocmodel.contribution.pathways import Pathway, Step
from tocmodel.contribution.plausibility import Plausibility, if_fails, plausibility
from tocmodel.contribution.streams import StreamRow, downstream, loops, upstream
from tocmodel.contribution.strongest import RankedPathway, StrongestPaths, strongest_paths
from tocmodel.contribution.trace import Trace, trace

__all__ = [
    "AgentOfChange",
    "ContributionCell",
    "ContributionMatrix",
    "ContributionRow",
    "Overlap",
    "Pathway",
    "Plausibility",
    "RankedPathway",
    "Step",
    "StreamRow",
    "StrongestPaths",
    "Trace",
    "acts_in",
    "agents_of_change",
    "contribution_matrix",
    "downstream",
    "if_fails",
    "loops",
    "overlap",
    "plausibility",
    "strongest_paths",
    "trace",
    "upstream",
]
