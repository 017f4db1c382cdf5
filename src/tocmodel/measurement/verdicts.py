"""The status of what is no number: ratings, which compare levels, and milestones, which are done or not."""

from tocmodel.figures import Figure, Interval, Missing
from tocmodel.measurement.judging import Status, status
from tocmodel.measurement.reports import level_of_scale
from tocmodel.model import Direction, Indicator, IndicatorKind

DONE = frozenset({
    "yes", "y", "true", "done", "completed", "complete", "achieved", "met", "reached", "finished", "fulfilled", "in place", "adopted",
    "delivered",
})  # fmt: skip
"""Words that say that a milestone is reached."""
NOT_DONE = frozenset({
    "no", "n", "false", "not done", "not yet", "not completed", "not complete", "not achieved", "not met", "not reached", "pending",
    "in progress", "ongoing", "started", "not started", "planned", "delayed", "partly", "partially", "partly done", "partially done",
})  # fmt: skip
"""Words that say that it is not reached yet."""


def verdict(indicator: Indicator, actual: Figure, target: Figure, direction: Direction, *, due: bool = True) -> Status | None:
    """The status of a result of any kind against its target.

    Numbers are compared as `status` does. Ratings compare the places of their levels on the scale. A milestone is met when
    it is done, whatever the date; one that is not is not met once it is due, and not due before. Words that say neither
    decide nothing.

    Args:
        indicator: the indicator.
        actual: the result.
        target: the target.
        direction: which way is better.
        due: whether the period has ended.

    Example:
        >>> plan = Indicator(id="plan", of="district", title="Plan adopted", kind="milestone")
        >>> verdict(plan, Figure.in_words("in progress"), Figure.in_words("done"), Direction.UNKNOWN, due=False)
        <Status.NOT_DUE: 'not_due'>
    """
    tolerance = indicator.tolerance or 0
    stated = actual.missing is None and target.missing is None
    if indicator.kind is IndicatorKind.RATING and indicator.scale and stated:
        return status(_place(actual, indicator), _place(target, indicator), direction, tolerance=tolerance, due=due)
    if indicator.kind is not IndicatorKind.MILESTONE or not stated or direction is Direction.CONTEXT:
        return status(actual, target, direction, tolerance=tolerance, due=due)
    if actual.bounds is not None and target.bounds is not None:
        found = status(actual, target, Direction.INCREASE, due=due)
        return Status.NOT_DUE if found is Status.NOT_MET and not due else found
    done = is_done(actual)
    if done is None:
        return Status.UNDETERMINED
    if done:
        return Status.MET
    return Status.NOT_MET if due else Status.NOT_DUE


def is_done(figure: Figure) -> bool | None:
    """Whether a figure says that a milestone is reached: in words, or as 1 or 0; None if it says neither."""
    if figure.bounds is not None:
        one = Interval.exactly(1)
        return True if figure.bounds >= one else False if figure.bounds < one else None
    said = " ".join(figure.printed.casefold().rstrip(".!").split())
    return True if said in DONE else False if said in NOT_DONE else None


def _place(figure: Figure, indicator: Indicator) -> Figure:
    """The place of a level on the scale, as a number for comparison; words where it is none of its levels."""
    level = level_of_scale(figure, indicator)
    if level is None:
        return Figure.in_words(figure.printed) if figure.missing is None else Figure.gap(Missing.MISSING)
    return Figure("", Interval.exactly([item.name for item in indicator.scale].index(level)))
