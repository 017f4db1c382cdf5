"""The conventions of a calculation in one place: what a gap means, what is clipped, where bands lie. A result carries its policy."""

from decimal import Decimal

from attrs import field, frozen

from tocmodel.figures import Number, to_decimal
from tocmodel.measurement.accumulation import Gaps
from tocmodel.measurement.ratings import Band

PACE_BANDS = (Band("far_behind"), Band("behind", "0.5"), Band("on_track", "0.85"), Band("ahead", "1.15"))
"""Shares of the expected way: a band begins at its start, itself included."""


def _number(value: Number) -> Decimal:
    return to_decimal(value)


@frozen(kw_only=True)
class Policy:
    """Every convention of an achievement, with its default.

    Attributes:
        gaps: whether a period without a report keeps the last running total or state (``carry_forward``), or is missing.
        clip: the lowest and highest attainment and progress to give; None, the default, keeps over-achievement and setbacks.
        confidence: of the interval around a survey percentage.
        pace_bands: what a share of the expected way is called, worst first.

    Example:
        >>> Policy(clip=(0, 1)).clip
        (0, 1)
    """

    gaps: Gaps = field(default=Gaps.MISSING, converter=Gaps)
    clip: tuple[Number | None, Number | None] | None = None
    confidence: Decimal = field(default=Decimal("0.95"), converter=_number)
    pace_bands: tuple[Band, ...] = PACE_BANDS

    def departures(self) -> tuple[str, ...]:
        """In words, where the policy departs from the defaults."""
        default = Policy()
        said: list[str] = []
        if self.gaps is not default.gaps:
            said.append("a period without a report keeps the last figure")
        if self.clip is not None:
            low, high = self.clip
            said.append(
                f"attainment and progress are clipped to {'no lower limit' if low is None else low} to {'none' if high is None else high}"
            )
        if self.confidence != default.confidence:
            said.append(f"survey intervals have a confidence of {self.confidence}")
        if self.pace_bands != default.pace_bands:
            said.append(
                "bands of pace: " + ", ".join(f"{item.name} from {item.start}" for item in self.pace_bands if item.start is not None)
            )
        return tuple(said)


DEFAULT = Policy()
"""The conventions that hold unless somebody says otherwise."""
