"""How activities lead to objectives: tracing, and what the paths rest on."""

from tocmodel.contribution.trace import Pathway, Step, Trace, trace

__all__ = ["Pathway", "Step", "Trace", "trace"]
