"""Small groups that could be recognised: suppressed in whatever is published, so that no subtraction gives them back."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from tocmodel.figures import Figure, Missing, Number, to_decimal


@frozen
class Suppressed:
    """Cells as they may be shown.

    Attributes:
        shown: the figure of each cell, or a suppressed one.
        cells: the names of the suppressed cells, in order.
    """

    shown: Mapping[str, Figure]
    cells: tuple[str, ...]


def suppress(cells: Mapping[str, Figure], threshold: Number, *, zero: bool = False, total_published: bool = True) -> Suppressed:
    """Suppress small cells, and one more where the total would give a single one away.

    A cell is small if it may be below the threshold and above zero. If the total is published and one cell only is
    suppressed, the smallest of the other cells above zero is suppressed too, the first of equals.

    Args:
        cells: the figures of one breakdown.
        threshold: the smallest count that may be shown.
        zero: whether a zero is suppressed too.
        total_published: whether the total stands beside the cells.

    Example:
        >>> suppress({"girls": Figure.read(40), "boys": Figure.read(2)}, 5).cells
        ('girls', 'boys')
    """
    limit = to_decimal(threshold)
    hidden = {name for name, figure in cells.items() if small(figure, limit, zero=zero)}
    if total_published and len(hidden) == 1:
        rest = [name for name in cells if name not in hidden and _lowest(cells[name]) > 0]
        hidden |= {min(rest, key=lambda name: _lowest(cells[name]))} if rest else set()
    shown = {name: Figure.gap(Missing.SUPPRESSED, unit=figure.unit) if name in hidden else figure for name, figure in cells.items()}
    return Suppressed(shown, tuple(name for name in cells if name in hidden))


def small(figure: Figure, limit: Decimal, *, zero: bool = False) -> bool:
    """Whether a figure may be above zero and below a limit; with ``zero``, also whether it is zero.

    A bound such as "at least 3" tells of three; "at least 0" tells nothing.
    """
    if figure.bounds is None or (figure.bounds.high is None and _lowest(figure) <= 0):
        return False
    return zero if figure.value == 0 else _lowest(figure) < limit


def _lowest(figure: Figure) -> Decimal:
    return figure.bounds.low if figure.bounds is not None and figure.bounds.low is not None else Decimal(0)
