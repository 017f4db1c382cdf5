"""How activities lead to objectives: tracing, and what the paths rest on."""

from tocmodel.contribution.pathways import Pathway, Step
from tocmodel.contribution.trace import Trace, trace

__all__ = ["Pathway", "Step", "Trace", "trace"]
