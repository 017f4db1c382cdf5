"""Zooming and opposites of causal maps."""

import pytest

from tocmodel.paths.maps import OpposedPair, ZoomCheck, ZoomedLink, false_paths, opposites, zoom, zoom_check, zoomed

TOLD = [("Clubs; weekly", "Reading; aloud"), ("Clubs; yearly", "Reading; aloud"), ("Reading; silent", "Marks"), ("Reading; aloud", "Joy")]


def test_zooming_counts_links_and_drops_those_inside_one_label() -> None:
    inner = [*TOLD, ("Reading; aloud", "Reading; silent")]
    assert zoom(inner, 1) == (ZoomedLink("Clubs", "Reading", 2), ZoomedLink("Reading", "Marks", 1), ZoomedLink("Reading", "Joy", 1))
    assert len(zoom(inner, 2)) == 5
    assert zoomed("Clubs/weekly", 1, separator="/") == "Clubs"


def test_paths_that_only_zooming_makes_are_found() -> None:
    assert zoom_check(TOLD, "Clubs", "Marks", 1) == ZoomCheck(before=False, after=True)
    assert zoom_check(TOLD, "Clubs", "Marks", 1).false_path
    assert not zoom_check(TOLD, "Clubs", "Joy", 1).false_path
    assert false_paths(TOLD, 1) == (("Clubs", "Marks"),)
    assert false_paths(TOLD, 2) == ()


def test_a_label_that_nobody_used_has_no_paths() -> None:
    assert zoom_check(TOLD, "Nowhere", "Marks", 1) == ZoomCheck(before=False, after=False)


def test_a_level_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        zoom(TOLD, 0)


def test_opposites_keep_what_speaks_against() -> None:
    links = [("Rain", "~Harvest"), ("~Rain", "Harvest"), ("Rain", "Harvest"), ("~Rain", "~Harvest")]
    assert opposites(links) == (OpposedPair("Rain", "Harvest", 2, 2),)
    assert opposites([("!Rain", "Harvest")], mark="!") == (OpposedPair("Rain", "Harvest", 0, 1),)
