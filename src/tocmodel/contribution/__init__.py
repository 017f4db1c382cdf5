"""How activities lead to objectives: tracing, and what the paths rest on."""

from tocmodel.contribution.claims.bundles import bundles
from tocmodel.contribution.claims.claims import Claim, Claims, claims_of
from tocmodel.contribution.claims.robustness import Counting, robustness, robustness_overlap, robustness_table
from tocmodel.contribution.evidence.bayes import Clue, Posterior, posterior, posterior_of, weight_db
from tocmodel.contribution.evidence.hypotheses import p_if_rivals, posteriors
from tocmodel.contribution.evidence.matrix import evidence_matrix
from tocmodel.contribution.evidence.next_evidence import evidence_flip, next_best_evidence
from tocmodel.contribution.evidence.packages import package_posterior
from tocmodel.contribution.evidence.tests import classify_test, necessity_bounds, qualitative_tests
from tocmodel.contribution.harvest import harvest_coverage, harvest_table, harvest_timing
from tocmodel.contribution.judged.plausibility import Dependence, Plausibility, if_fails, plausibility
from tocmodel.contribution.judged.shapley import model_shares, shapley_table
from tocmodel.contribution.rubrics import certainty, link_confidence, rubric_level, rubric_score
from tocmodel.contribution.shares import need, recorded_share, traced_share
from tocmodel.contribution.tracing.actors import AgentOfChange, acts_in, agents_of_change
from tocmodel.contribution.tracing.matrix import ContributionCell, ContributionMatrix, ContributionRow, contribution_matrix
from tocmodel.contribution.tracing.overlap import Overlap, overlap
from tocmodel.contribution.tracing.pathways import Pathway, Step
from tocmodel.contribution.tracing.streams import StreamRow, downstream, loops, upstream
from tocmodel.contribution.tracing.strongest import RankedPathway, StrongestPaths, strongest_paths
from tocmodel.contribution.tracing.trace import Trace, trace

__all__ = [
    "AgentOfChange",
    "Claim",
    "Claims",
    "Clue",
    "ContributionCell",
    "ContributionMatrix",
    "ContributionRow",
    "Counting",
    "Dependence",
    "Overlap",
    "Pathway",
    "Plausibility",
    "Posterior",
    "RankedPathway",
    "Step",
    "StreamRow",
    "StrongestPaths",
    "Trace",
    "acts_in",
    "agents_of_change",
    "bundles",
    "certainty",
    "claims_of",
    "classify_test",
    "contribution_matrix",
    "downstream",
    "evidence_flip",
    "evidence_matrix",
    "harvest_coverage",
    "harvest_table",
    "harvest_timing",
    "if_fails",
    "link_confidence",
    "loops",
    "model_shares",
    "necessity_bounds",
    "need",
    "next_best_evidence",
    "overlap",
    "p_if_rivals",
    "package_posterior",
    "plausibility",
    "posterior",
    "posterior_of",
    "posteriors",
    "qualitative_tests",
    "recorded_share",
    "robustness",
    "robustness_overlap",
    "robustness_table",
    "rubric_level",
    "rubric_score",
    "shapley_table",
    "strongest_paths",
    "trace",
    "traced_share",
    "upstream",
    "weight_db",
]
