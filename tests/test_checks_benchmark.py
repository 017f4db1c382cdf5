"""The benchmark of checks runs; how fast it is is no matter for a test, only that no rule goes over every pair."""

import pytest


def test_the_benchmark_of_checks_runs_on_a_small_model(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.checks import main

    assert main(100) < 60
    out = capsys.readouterr().out
    assert "100 indicators" in out
    assert "checked in" in out
