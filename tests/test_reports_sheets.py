"""Pictures on several sheets: nothing is lost, nothing is cut everywhere, and the words can be read."""

import pytest
from hypothesis import given, strategies as st

from tocmodel.reports.sheets import sheets

SIZES = st.floats(40, 20_000)


@given(SIZES, SIZES, st.floats(0, 1), st.floats(0, 1))
def test_every_box_is_whole_in_some_part_and_every_part_fits_its_sheet(width: float, height: float, along: float, down: float) -> None:
    laid = sheets(width, height)
    wide, high = min(145.0, width), min(85.0, height)
    x, y = along * (width - wide), down * (height - high)
    across, up = (757, 430) if laid.lying else (510, 690)
    for part in laid.parts:
        assert part.width <= across + 0.001
        assert part.width / part.box[2] * part.box[3] <= up + 0.001
        assert 11 * part.width / part.box[2] > 5.9
    assert not laid.parts or any(
        left <= x + 0.001 and x + wide <= left + w + 0.001 and top <= y + 0.001 and y + high <= top + h + 0.001
        for left, top, w, h in (part.box for part in laid.parts)
    )


@pytest.mark.parametrize(("width", "height", "parts"), [(900, 500, 0), (500, 1200, 0), (1617, 717, 2), (940, 1964, 2), (12_000, 60, 10)])
def test_a_picture_takes_as_few_sheets_as_it_can(width: float, height: float, parts: int) -> None:
    assert len(sheets(width, height).parts) == parts
