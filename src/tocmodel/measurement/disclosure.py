"""What published sums give away: whether a figure that was taken out could be worked out from those that stand beside it."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm
from typing import TypeVar

from attrs import frozen

K = TypeVar("K", bound=Hashable)

Relation = Mapping[K, Fraction]
"""A sum that always holds: each cell times its factor, together a known number. The number itself does not matter here."""


@frozen
class Unknown:
    """A cell that a reader does not know.

    Attributes:
        value: its true value.
        lowest: the lowest value that a reader must think possible.
    """

    value: Decimal
    lowest: Decimal


def given_away(unknown: Mapping[K, Unknown], relations: Iterable[Relation[K]]) -> tuple[K, ...]:
    """The cells that cannot be shown to be safe.

    A cell is safe if there is another set of whole numbers for the unknown cells that differs in it, keeps every relation, and
    puts no cell below its lowest possible value: whoever knows all that is published cannot tell the two sets apart. Such a
    set is looked for among the true values moved one step along the relations' null space, so that a cell may count as given
    away although it is not, but never the other way round.

    Args:
        unknown: the unknown cells.
        relations: the sums that a reader knows to hold; cells that are not unknown count as known.

    Example:
        >>> cells = {"girls": Unknown(Decimal(2), Decimal(1)), "boys": Unknown(Decimal(40), Decimal(1))}
        >>> given_away({"girls": cells["girls"]}, [{"girls": Fraction(1), "boys": Fraction(1)}])
        ('girls',)
        >>> given_away(cells, [{"girls": Fraction(1), "boys": Fraction(1)}])
        ()
    """
    cells = list(unknown)
    place = {cell: index for index, cell in enumerate(cells)}
    rows = [{place[cell]: factor for cell, factor in relation.items() if cell in place and factor} for relation in relations]
    lost: list[int] = []
    for group in _groups(len(cells), rows):
        own = [row for row in rows if row and next(iter(row)) in group]
        steps = _steps(sorted(group), own)
        safe = {index for step in steps for index in step if _possible(step, cells, unknown)}
        lost += sorted(group - safe)
    return tuple(cells[index] for index in sorted(lost))


def _possible(step: Mapping[int, int], cells: Sequence[K], unknown: Mapping[K, Unknown]) -> bool:
    def stays(sign: int) -> bool:
        return all(unknown[cells[index]].value + sign * by >= unknown[cells[index]].lowest for index, by in step.items())

    return stays(1) or stays(-1)


def _groups(count: int, rows: Sequence[Mapping[int, Fraction]]) -> list[set[int]]:
    """Cells that are bound together by relations."""
    group = {index: {index} for index in range(count)}
    for row in rows:
        joined = set[int]().union(*(group[index] for index in row)) if row else set[int]()
        for index in joined:
            group[index] = joined
    return list({id(cells): cells for cells in group.values()}.values())


_PAIRED = 40
"""Up to so many free cells their steps are also tried in pairs; beyond, a cell rather counts as given away."""


def _steps(cells: Sequence[int], rows: Sequence[Mapping[int, Fraction]]) -> list[dict[int, int]]:
    """Whole-number changes of the cells that keep every relation: one for each free cell, and their sums and differences."""
    pivots = _reduced(rows)
    free = [cell for cell in cells if cell not in pivots]
    basis: list[dict[int, Fraction]] = []
    for cell in free:
        step = {cell: Fraction(1)} | {pivot: -row[cell] for pivot, row in pivots.items() if row.get(cell)}
        basis.append(step)
    steps = [_whole(step) for step in basis]
    if len(steps) <= _PAIRED:
        pairs = list(combinations(steps, 2))
        steps += [_whole(_added(one, other, sign)) for one, other in pairs for sign in (1, -1)]
    return steps


def _added(one: Mapping[int, int], other: Mapping[int, int], sign: int) -> dict[int, Fraction]:
    both = {cell: Fraction(one.get(cell, 0) + sign * other.get(cell, 0)) for cell in {*one, *other}}
    return {cell: by for cell, by in both.items() if by}


def _whole(step: Mapping[int, Fraction]) -> dict[int, int]:
    scale = lcm(*(by.denominator for by in step.values()))
    numbers = {cell: int(by * scale) for cell, by in step.items()}
    common = gcd(*numbers.values())
    return {cell: by // common for cell, by in numbers.items()}


def _reduced(rows: Iterable[Mapping[int, Fraction]]) -> dict[int, dict[int, Fraction]]:
    """The reduced row echelon form, exactly: for each pivot its row."""
    pivots: dict[int, dict[int, Fraction]] = {}
    for given in rows:
        row = dict(given)
        for pivot, other in pivots.items():
            if row.get(pivot):
                row = _less(row, other, row[pivot])
        if not row:
            continue
        pivot = min(row)
        scale = row[pivot]
        row = {cell: by / scale for cell, by in row.items()}
        for name, other in pivots.items():
            if other.get(pivot):
                pivots[name] = _less(other, row, other[pivot])
        pivots[pivot] = row
    return pivots


def _less(row: Mapping[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> dict[int, Fraction]:
    rest = {cell: row.get(cell, Fraction(0)) - times * other.get(cell, Fraction(0)) for cell in {*row, *other}}
    return {cell: by for cell, by in rest.items() if by}
