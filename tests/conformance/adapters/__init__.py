"""One small adapter for each kind of case: inputs into a call of public functions, its result into the form of the case.

An adapter only translates. It never computes, repairs or rounds an answer.
"""

from tests.conformance.adapters import checks, evidence, measurement, paths, plausibility, stories, versions
from tests.conformance.adapters.translation import ADAPTERS, Adapter

__all__ = ["ADAPTERS", "Adapter", "checks", "evidence", "measurement", "paths", "plausibility", "stories", "versions"]
