"""How property tests run: as many examples as fit into a minute, and no deadline on slow machines."""

from hypothesis import settings

settings.register_profile("ci", max_examples=100, deadline=None)
settings.load_profile("ci")
