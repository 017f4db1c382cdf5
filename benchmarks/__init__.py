"""Measurements: ratios against a peer in the same run; not part of the tests."""
