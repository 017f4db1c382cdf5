"""What a number is: figures as printed, exact or bounded, and the arithmetic of bounds."""

from tocmodel.figures.figure import Citation, Figure, Missing, figure_from_plain, interval_from_plain, interval_plain
from tocmodel.figures.interval import Interval, Number, hull, plain, to_decimal, total
from tocmodel.figures.reading import parse_number, read_number, read_threshold, words_after
from tocmodel.figures.shares import linked_share

__all__ = [
    "Citation",
    "Figure",
    "Interval",
    "Missing",
    "Number",
    "figure_from_plain",
    "hull",
    "interval_from_plain",
    "interval_plain",
    "linked_share",
    "parse_number",
    "plain",
    "read_number",
    "read_threshold",
    "to_decimal",
    "total",
    "words_after",
]
