"""How property tests run: a few seconds each by default, long with ``HYPOTHESIS_PROFILE=thorough``; never a deadline on slow machines."""

import os

from hypothesis import settings

settings.register_profile("default", max_examples=50, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
