"""How far a survey percentage may lie from the truth for reasons of sampling alone."""

from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from tocmodel.errors import FieldError
from tocmodel.figures import Interval, Number, to_decimal

_DIGITS = Decimal("1e-12")


def wilson(share: Number, n: int, *, confidence: Number = "0.95", design_effect: Number = 1) -> Interval:
    """Wilson's score interval for a share that was found in a sample.

    Args:
        share: the share found, 0 to 1.
        n: how many were asked.
        confidence: how often the interval is to hold the truth.
        design_effect: how many times the sample has to be larger than a simple random one; n is divided by it.

    Raises:
        FieldError: if the share is not between 0 and 1, nobody was asked, or confidence or design effect are impossible.

    Example:
        >>> low, high = wilson("0.7", 100).low, wilson("0.7", 100).high
        >>> round(low, 4), round(high, 4)
        (Decimal('0.6042'), Decimal('0.7811'))

    Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22. docs/reference/formulas.md, F13.
    """
    found, level, effect = to_decimal(share), to_decimal(confidence), to_decimal(design_effect)
    if not 0 <= found <= 1 or n < 1 or not 0 < level < 1 or effect <= 0:
        message = f"no interval for a share of {found} among {n}, confidence {level}, design effect {effect}"
        raise FieldError(message)
    size = n / float(effect)
    z = NormalDist().inv_cdf((1 + float(level)) / 2)
    p = float(found)
    middle = p + z * z / (2 * size)
    half = z * sqrt(p * (1 - p) / size + z * z / (4 * size * size))
    scale = 1 + z * z / size
    low = Decimal(str((middle - half) / scale)) - _DIGITS
    high = Decimal(str((middle + half) / scale)) + _DIGITS
    return Interval(max(Decimal(0), low), min(Decimal(1), high))
