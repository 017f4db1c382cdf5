"""The conventions of a calculation in one place: what a gap means, what is clipped, where bands lie. A result carries its policy."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Number, to_decimal
from tocmodel.figures.display import Rounding
from tocmodel.measurement.accumulation import Gaps
from tocmodel.measurement.aggregation import MissingPolicy
from tocmodel.measurement.ratings import Band, RatingRule
from tocmodel.messages import Message, Term, message, messages
from tocmodel.model.record import choice, whole
from tocmodel.words import Word

PACE_BANDS = (Band("far_behind"), Band("behind", "0.5"), Band("on_track", "0.85"), Band("ahead", "1.15"))
"""Shares of the expected way: a band begins at its start, itself included, and ends below the next."""


class Trajectory(Word):
    """What is expected between baseline and target."""

    LINEAR = "linear"
    """The same step every day."""
    MILESTONES = "milestones"
    """From one dated target to the next, the same step every day in between."""


class LifeTarget(Word):
    """Which target of the whole programme holds where a declared one differs from what its periods' targets make."""

    DERIVED = "derived"
    DECLARED = "declared"


def _bands(value: Iterable[Band]) -> tuple[Band, ...]:
    return tuple(value)


def _clip(value: tuple[Number | None, Number | None] | None) -> tuple[Decimal | None, Decimal | None] | None:
    if value is None:
        return None
    low, high = (None if end is None else to_decimal(end) for end in value)
    if low is not None and high is not None and low > high:
        raise FieldError(f"clips from {low} to {high}", "the lowest share comes first")
    return low, high


def _tolerance(value: Number) -> Decimal:
    number = to_decimal(value)
    if number < 0:
        raise FieldError(f"a tolerance below zero: {value}", "it says how far apart two figures may lie, from 0 up")
    return number


def _confidence(value: Number) -> Decimal:
    number = to_decimal(value)
    if not 0 < number < 1:
        raise FieldError(f"no confidence: {value}", "it lies between 0 and 1, such as 0.95")
    return number


_SHORTEST, _LONGEST = 360, 366


def _year(value: object) -> int:
    number = whole(value)
    if not _SHORTEST <= number <= _LONGEST:
        raise FieldError(f"not the days of a year: {value}", f"a year has {_SHORTEST} to {_LONGEST}, by the convention that is meant")
    return number


_MOST_DIGITS = 20


def _digits(value: object) -> int:
    number = whole(value)
    if not 0 <= number <= _MOST_DIGITS:
        raise FieldError(f"not a number of decimals: {value}", f"it goes from 0 to {_MOST_DIGITS}")
    return number


@frozen(kw_only=True)
class Policy:
    """Every convention of an achievement, with its default.

    Attributes:
        gaps: whether a period without a report keeps the last running total or state (``carry_forward``), or is missing.
        missing: what a missing part does to a total: it leaves a lower bound (``bound``), no number (``skip_if_any``), is
            left out (``skip_if_all``), or counts as zero (``never_skip``). Percentages and ratios have no bounds of that
            kind: there ``bound`` and ``never_skip`` leave no number.
        life_target: whether a declared target of the whole programme or the one that its periods' targets make holds where
            the two differ; the difference is a finding either way.
        tolerance: how far apart a total and the sum of its parts may lie before they are in conflict, in the indicator's unit.
        ratings: what the ratings of several reporters amount to.
        clip: the lowest and highest attainment and progress to give; None, the default, keeps over-achievement and setbacks.
        confidence: of the interval around a survey percentage, between 0 and 1.
        year_days: the days of a year, for rates per year.
        trajectory: what is expected by now: a straight line to the target, or from one dated target to the next.
        pace_bands: what a share of the expected way is called, worst first.
        digits: decimals of percentages shown to people; nothing is rounded before.
        rounding: how exact percentages are rounded for people; bounds are always rounded away from what is known.

    Raises:
        FieldError: if a word is not known, or a number is impossible.

    Example:
        >>> Policy(gaps="carry_forward", digits=0).departures()
        ('a period without a report keeps the last figure', 'percentages are shown with 0 decimals')
    """

    gaps: Gaps = field(default=Gaps.MISSING, converter=choice(Gaps))
    missing: MissingPolicy = field(default=MissingPolicy.BOUND, converter=choice(MissingPolicy))
    life_target: LifeTarget = field(default=LifeTarget.DERIVED, converter=choice(LifeTarget))
    tolerance: Decimal = field(default=Decimal(0), converter=_tolerance)
    ratings: RatingRule = field(default=RatingRule.MEDIAN, converter=choice(RatingRule))
    clip: tuple[Decimal | None, Decimal | None] | None = field(default=None, converter=_clip)
    confidence: Decimal = field(default=Decimal("0.95"), converter=_confidence)
    year_days: int = field(default=365, converter=_year)
    trajectory: Trajectory = field(default=Trajectory.LINEAR, converter=choice(Trajectory))
    pace_bands: tuple[Band, ...] = field(default=PACE_BANDS, converter=_bands)
    digits: int = field(default=1, converter=_digits)
    rounding: Rounding = field(default=Rounding.HALF_EVEN, converter=choice(Rounding))

    def departures(self) -> tuple[str, ...]:
        """In words, where the policy departs from the defaults."""
        default = type(self)()
        return tuple(words(self) for name, words in _IN_WORDS.items() if getattr(self, name) != getattr(default, name))


def _missing(policy: Policy) -> Message:
    if policy.missing is MissingPolicy.BOUND:
        return message("a missing part leaves a lower bound")
    if policy.missing is MissingPolicy.SKIP_IF_ANY:
        return message("a missing part leaves a total without a number")
    if policy.missing is MissingPolicy.SKIP_IF_ALL:
        return message("missing parts are left out of totals")
    return message("missing parts count as zero")


def _ratings(policy: Policy) -> Message:
    if policy.ratings is RatingRule.WORST:
        return message("several ratings amount to the worst")
    if policy.ratings is RatingRule.MEAN:
        return message("several ratings amount to the mean")
    return message("several ratings amount to the median")


def _clipped(policy: Policy) -> Message:
    low, high = policy.clip or (None, None)
    if low is None and high is None:
        return message("attainment and progress are clipped: no lower limit to no upper limit")
    if low is None:
        return message("attainment and progress are clipped: no lower limit to %(high)s", high=high)
    if high is None:
        return message("attainment and progress are clipped: %(low)s to no upper limit", low=low)
    return message("attainment and progress are clipped: %(low)s to %(high)s", low=low, high=high)


def _named(band: Band) -> Message | Term:
    """A band of pace and where it begins."""
    if band.start is None:
        return Term(band.name)
    return message("%(band)s from %(start)s", band=Term(band.name), start=to_decimal(band.start))


def _rounded(policy: Policy) -> Message:
    if policy.rounding is Rounding.HALF_UP:
        return message("percentages are rounded half up")
    if policy.rounding is Rounding.FLOOR:
        return message("percentages are rounded down")
    if policy.rounding is Rounding.CEILING:
        return message("percentages are rounded up")
    return message("percentages are rounded half even")


_IN_WORDS: Mapping[str, Callable[[Policy], Message]] = {
    "gaps": lambda _: message("a period without a report keeps the last figure"),
    "missing": _missing,
    "life_target": lambda _: message("a declared target of the whole programme holds, whatever the periods' targets make"),
    "tolerance": lambda policy: message("a total and its parts may lie %(tolerance)s apart", tolerance=policy.tolerance),
    "ratings": _ratings,
    "clip": _clipped,
    "confidence": lambda policy: message("survey intervals have a confidence of %(confidence)s", confidence=policy.confidence),
    "year_days": lambda policy: messages("a year has %(num)s day", "a year has %(num)s days", policy.year_days),
    "trajectory": lambda _: message("what is expected leads from one dated target to the next"),
    "pace_bands": lambda policy: message("bands of pace: %(bands)s", bands=tuple(_named(band) for band in policy.pace_bands)),
    "digits": lambda policy: messages(
        "percentages are shown with %(num)s decimal", "percentages are shown with %(num)s decimals", policy.digits
    ),
    "rounding": _rounded,
}


DEFAULT = Policy()
"""The conventions that hold unless somebody says otherwise."""
