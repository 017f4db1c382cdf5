"""Whether a result meets its target: a comparison along the direction, which bounds may leave undecided."""

from decimal import Decimal

from tocmodel.errors import UnitMismatchError
from tocmodel.figures import Figure, Interval, Missing, Number, to_decimal
from tocmodel.model import Direction
from tocmodel.model.record import choice
from tocmodel.words import Word

_direction = choice(Direction)


class Status(Word):
    """What can be said of a result against its target."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NO_TARGET = "no_target"
    MISSING = "missing"
    NOT_DUE = "not_due"


def status(actual: Figure, target: Figure, direction: Direction | str, *, tolerance: Number = 0, due: bool = True) -> Status | None:
    """Compare a result with its target, without dividing.

    Rising indicators are met if the lowest possible result reaches the target, and not met if even the highest does not;
    falling ones the other way round; maintained ones if the whole result lies within the tolerance or the target's range.
    Where the bounds allow both, or the units do not convert, the status is undetermined.

    Args:
        actual: the result.
        target: the target.
        direction: which way is better. A context indicator gets no verdict; an unknown direction decides nothing.
        tolerance: how far from a maintain target counts as maintained, in the indicator's unit.
        due: whether the period has ended; before that a gap is not due rather than missing.

    Returns:
        The status; it looks at the target first. None for a context indicator that has both figures.

    Raises:
        FieldError: if the direction is none of the words.

    Example:
        >>> status(Figure.read("over 4544"), Figure.read(5181), "increase")
        <Status.UNDETERMINED: 'undetermined'>
        >>> status(Figure.gap(), Figure.read(450), "increase", due=False)
        <Status.NOT_DUE: 'not_due'>
    """
    if target.missing is not None or (target.bounds is None and not target.words):
        return Status.NO_TARGET
    if actual.missing is not None:
        return Status.MISSING if due and actual.missing is not Missing.NOT_DUE else Status.NOT_DUE
    way = _direction(direction)
    if way is Direction.CONTEXT:
        return None
    if actual.bounds is None or target.bounds is None or way is Direction.UNKNOWN:
        return Status.UNDETERMINED
    try:
        goal = target if actual.unit is None or target.unit is None else target.into(actual.unit)
    except UnitMismatchError:
        return Status.UNDETERMINED
    assert goal.bounds is not None
    return _compare(actual.bounds, goal.bounds, way, to_decimal(tolerance))


def _compare(done: Interval, goal: Interval, direction: Direction, tolerance: Decimal) -> Status:
    if direction is Direction.INCREASE:
        met, failed = done >= goal, done < goal
    elif direction is Direction.DECREASE:
        met, failed = done <= goal, done > goal
    else:
        band = goal + Interval(-tolerance, tolerance)
        met, failed = done.within(band), done.apart_from(band)
    if met:
        return Status.MET
    return Status.NOT_MET if failed else Status.UNDETERMINED
