"""How a picture that is too large for one sheet of paper goes on several, so that its words can be read."""

from collections.abc import Sequence
from math import ceil

from attrs import frozen

_UPRIGHT, _LYING = (510.0, 690.0), (757.0, 430.0)
"""What margins, heading and caption leave of an A4 sheet, in points."""
_LEAST, _MOST = 0.54, 0.75
"""How far a picture is made smaller in parts: words of 11 points stay about 6 and more."""
_OVERLAP = (150.0, 90.0)
"""How far parts run into each other, in points of the picture: no box is cut in all of them."""


@frozen
class Part:
    """A part of a picture.

    Attributes:
        box: what it shows: x, y, width and height in points of the picture.
        width: how wide it is on paper, in points.
    """

    box: tuple[float, float, float, float]
    width: float


@frozen
class Sheets:
    """The parts of a picture.

    Attributes:
        parts: the parts, row by row; none where the whole can be read on one sheet.
        lying: whether the sheets lie on their side.
    """

    parts: Sequence[Part] = ()
    lying: bool = False


def sheets(width: float, height: float) -> Sheets:
    """The parts of a picture of this size in points, on as few sheets as they fit; none where the whole fits one.

    Example:
        >>> sheets(900, 500).parts
        ()
        >>> [part.box for part in sheets(1600, 700).parts]
        [(0, 0, 875.0, 700.0), (725.0, 0, 875.0, 700.0)]
    """
    if any(min(across / width, down / height) >= _LEAST for across, down in (_UPRIGHT, _LYING)):
        return Sheets()
    return min((_laid(width, height, lying=lying) for lying in (True, False)), key=lambda found: found[0])[1]


def _laid(width: float, height: float, *, lying: bool) -> tuple[int, Sheets]:
    """The parts on upright or lying sheets, and how many sheets they take."""
    across, down = _LYING if lying else _UPRIGHT
    columns = _needed(width, across / _LEAST, _OVERLAP[0])
    wide = (width + (columns - 1) * _OVERLAP[0]) / columns
    scale = min(across / wide, _MOST)
    rows = _needed(height, down / scale, _OVERLAP[1])
    high = (height + (rows - 1) * _OVERLAP[1]) / rows
    parts = [
        Part((column and column * (wide - _OVERLAP[0]), row and row * (high - _OVERLAP[1]), wide, high), wide * scale)
        for row in range(rows)
        for column in range(columns)
    ]
    return ceil(len(parts) / max(1, down // (high * scale))), Sheets(parts, lying)


def _needed(size: float, room: float, overlap: float) -> int:
    return max(1, ceil((size - overlap) / (room - overlap)))
