"""How activities lead to objectives: tracing, and what the paths rest on."""

from tocmodel.contribution.pathways import Pathway, Step
from tocmodel.contribution.plausibility import Plausibility, if_fails, plausibility
from tocmodel.contribution.trace import Trace, trace

__all__ = ["Pathway", "Plausibility", "Step", "Trace", "if_fails", "plausibility", "trace"]
