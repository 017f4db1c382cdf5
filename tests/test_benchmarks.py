"""The benchmarks run, and what they compare agrees; how fast they are is no matter for a test."""

import pytest

pytest.importorskip("rustworkx", reason="a peer in benchmarks only")


@pytest.mark.parametrize("back", [0, 20])
def test_the_benchmark_of_paths_runs_on_a_small_graph(back: int, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.paths import main

    main(400, back)
    out = capsys.readouterr().out
    assert "400 nodes" in out
    assert "link cut of all to all" in out
