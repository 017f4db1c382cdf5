"""Ratings on a scale: bands, the worst of several, the median, and means of scores where a scale has scores."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from tocmodel.errors import FieldError, nearest
from tocmodel.figures import Figure, Interval, Number, to_decimal, total
from tocmodel.model import Direction
from tocmodel.model.record import choice
from tocmodel.words import Word


class RatingRule(Word):
    """What several ratings amount to."""

    MEDIAN = "median"
    """The middle one, the lower of two."""
    WORST = "worst"
    MEAN = "mean"
    """The level that the mean of the scores reaches, where the scale has scores."""


@frozen
class Band:
    """A band of values.

    Attributes:
        name: its name.
        start: the value at which it begins, itself included; None for the worst band, which has no beginning.
    """

    name: str
    start: Number | None = None


def band(value: Figure, bands: Sequence[Band], direction: Direction | str = Direction.INCREASE) -> str | None:
    """The band that a value falls into.

    Args:
        value: the value.
        bands: from worst to best.
        direction: for a rising indicator a band begins at its start and goes up, for a falling one it goes down.

    Returns:
        The best band that the value reaches; None if the value is missing, or its bounds fall into several.

    Example:
        >>> traffic = [Band("red"), Band("amber", 60), Band("green", 40)]
        >>> band(Figure.read(30), traffic, "decrease")
        'green'
    """
    if value.bounds is None:
        return None
    falls = choice(Direction)(direction) is Direction.DECREASE

    def reaches(item: Band, *, surely: bool) -> bool:
        if item.start is None:
            return True
        edge = Interval.exactly(to_decimal(item.start))
        assert value.bounds is not None
        certain = value.bounds <= edge if falls else value.bounds >= edge
        excluded = value.bounds > edge if falls else value.bounds < edge
        return certain if surely else not excluded

    sure = [item.name for item in bands if reaches(item, surely=True)]
    possible = [item.name for item in bands if reaches(item, surely=False)]
    return sure[-1] if sure and sure[-1] == possible[-1] else None


def _on(scale: Collection[str], ratings: Sequence[str | None]) -> list[str]:
    known = [rating for rating in ratings if rating is not None]
    for rating in known:
        if rating not in scale:
            raise FieldError(f"not a level of the scale: {rating!r}", nearest(rating, scale))
    return known


def worst_rating(ratings: Sequence[str | None], scale: Sequence[str]) -> str | None:
    """The worst of several ratings; None if there are none.

    Args:
        ratings: the ratings, the missing ones among them.
        scale: the levels, worst first.

    Raises:
        FieldError: if a rating is not on the scale.

    Example:
        >>> worst_rating(["good", None, "fair"], ["poor", "fair", "good"])
        'fair'
    """
    known = _on(scale, ratings)
    return min(known, key=list(scale).index) if known else None


def median_rating(ratings: Sequence[str | None], scale: Sequence[str]) -> str | None:
    """The middle of several ratings, the lower one of two; None if there are none.

    Raises:
        FieldError: if a rating is not on the scale.

    Example:
        >>> median_rating(["poor", "good", "good", "poor"], ["poor", "fair", "good"])
        'poor'
    """
    known = sorted(_on(scale, ratings), key=list(scale).index)
    return known[(len(known) - 1) // 2] if known else None


@frozen
class MeanRating:
    """The mean of scores.

    Attributes:
        mean: the mean; None if there are no ratings.
        rating: the band that it falls into.
        reported: how many ratings there were.
        expected: how many there should have been.
    """

    mean: Interval | None
    rating: str | None
    reported: int
    expected: int


def mean_rating(ratings: Sequence[str | None], scores: Mapping[str, Number | Decimal], bands: Sequence[Band]) -> MeanRating:
    """The mean of the scores of several ratings, where the author has given the levels scores.

    A scale without scores has no mean; use `median_rating` or `worst_rating`.

    Args:
        ratings: the ratings, the missing ones among them.
        scores: the score of each level.
        bands: what a mean score is called, worst first.

    Raises:
        FieldError: if a rating has no score.
    """
    known = [Interval.exactly(to_decimal(scores[rating])) for rating in _on(scores, ratings)]
    if not known:
        return MeanRating(None, None, 0, len(ratings))
    mean = total(known) / Interval.exactly(len(known))
    return MeanRating(mean, band(Figure("", mean), bands), len(known), len(ratings))
