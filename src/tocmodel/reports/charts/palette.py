"""The colours of pictures: readable on white (WCAG AA), told apart without red and green, and never the only mark."""

INK = "#1b2733"
MUTED = "#4a5866"
LINE = "#c4ccd4"
PAPER = "#ffffff"
BLACK = "#000000"
REACHED = "#0b5394"
POSSIBLE = "#cfe0f1"
PLANNED = "#4a5866"
CAUTION = "#a1440b"
NEUTRAL = "#8a96a3"

KINDS = {
    "input": "#eef1f4",
    "activity": "#dbe9f6",
    "output": "#e4e4f4",
    "outcome": "#fdf0d9",
    "objective": "#f8dfc9",
    "goal": "#e9d9ec",
    "other-result": "#eef1f4",
}
"""The ground of a node by its kind; ink on each of them has a contrast of at least 11."""

_LIGHT, _DARK = (0xEE, 0xF4, 0xFA), (0x08, 0x3B, 0x6E)


def shade(share: float) -> str:
    """A blue between light (0) and dark (1)."""
    return "#" + "".join(f"{round(light + (dark - light) * share):02x}" for light, dark in zip(_LIGHT, _DARK, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    Example:
        >>> round(contrast(INK, PAPER), 1), contrast(CAUTION, PAPER) > 4.5
        (15.2, True)

    Source: WCAG 2.2, relative luminance.
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable_on(ground: str) -> str:
    """White or black, whichever reads better on a ground; one of the two always has a contrast of at least 4.5."""
    return max((PAPER, BLACK), key=lambda colour: contrast(colour, ground))


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
