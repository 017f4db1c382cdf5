"""The benchmarks run, and what they compare agrees; how fast they are is no matter for a test."""

from pathlib import Path

import pytest

pytest.importorskip("rustworkx", reason="a peer in benchmarks only")


@pytest.mark.parametrize("back", [0, 20])
def test_the_benchmark_of_paths_runs_on_a_small_graph(back: int, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.paths import main

    main(400, back)
    out = capsys.readouterr().out
    assert "400 nodes" in out
    assert "link cut of all to all" in out


def test_the_benchmark_of_iati_runs_on_a_small_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.iati import speed, written

    written(tmp_path / "activities.xml", 1)
    speed(tmp_path / "activities.xml", tmp_path / "activities.xml")
    out = capsys.readouterr().out
    assert "columns, two processes" in out
    assert "models, one by one" in out
