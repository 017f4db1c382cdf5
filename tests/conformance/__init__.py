"""Runs independent acceptance cases against the library: ``python -m tests.conformance FILE.json…``."""
