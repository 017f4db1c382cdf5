"""Measurements against other libraries, in the same run on the same machine; no part of the tests."""
