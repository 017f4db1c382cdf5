"""The words around a printed number that change what it says, in English, French and Spanish."""

from decimal import Decimal

_ENGLISH = {
    "more": "over, more than, above, exceeding, >",
    "at least": "at least, minimum, minimum of, a minimum of, no fewer than, not less than, no less than, >=, ≥, from",
    "less": "nearly, almost, under, below, less than, fewer than, just under, <",
    "from zero": "up to, at most, no more than, not more than",
    "at most": "up to, at most, no more than, not more than, maximum, maximum of, a maximum of, <=, ≤",
    "vague": "about, around, approximately, approx, approx., ca, ca., circa, some, roughly, ~",
    "after": "at least, at most, minimum, maximum, approximately, roughly",
    "joins": "and, or, of, to, in, out, from, by, plus, minus, per, than, x, times, e",
    "numbers": "hundred, hundreds, dozen, dozens, billions, trillion, trillions, mln, mn, mio, mrd, bn, tsd, k",
}
_FRENCH = {
    "more": "plus de, supérieur à, supérieure à, au-dessus de, au-delà de",
    "at least": "au moins, au minimum, minimum de, un minimum de, pas moins de, à partir de",
    "less": "près de, presque, moins de, inférieur à, inférieure à, au-dessous de",
    "from zero": "jusqu'à, au plus, pas plus de",
    "at most": "jusqu'à, au plus, pas plus de, au maximum, maximum de, un maximum de",
    "vague": "environ, à peu près, approximativement, autour de, quelque, quelques",
    "after": "au moins, au plus, au minimum, au maximum, environ",
    "joins": "et, ou, sur, fois",
    "numbers": "centaine, centaines, dizaine, dizaines, douzaine, douzaines, millier, milliers",
}
_SPANISH = {
    "more": "más de, mas de, superior a, por encima de",
    "at least": "al menos, por lo menos, como mínimo, mínimo, un mínimo de, no menos de, a partir de",
    "less": "casi, menos de, inferior a, por debajo de",
    "from zero": "hasta, a lo sumo, no más de",
    "at most": "hasta, a lo sumo, no más de, como máximo, máximo, un máximo de",
    "vague": "aproximadamente, alrededor de, unos, unas, cerca de",
    "after": "al menos, por lo menos, a lo sumo, mínimo, máximo, aproximadamente",
    "joins": "y, o, veces",
    "numbers": "cien, ciento, cientos, docena, docenas, decena, decenas, centenar, centenares, millar, millares, billón, billones",
}


def _words(kind: str) -> frozenset[str]:
    return frozenset(word for language in (_ENGLISH, _FRENCH, _SPANISH) for word in language[kind].split(", "))


MORE, AT_LEAST, LESS, FROM_ZERO, AT_MOST = (_words(kind) for kind in ("more", "at least", "less", "from zero", "at most"))
"""What bounds the number after it."""
VAGUE = _words("vague")
"""What gives no bounds."""
AFTER, JOINS = _words("after"), _words("joins")
"""What may not stand among the words after a number: bounds, and what joins it with another."""
RANGES = {"and": "", "to": "", "–": "", "—": "", "-": "", "à": "", "a": "", "et": "entre", "y": "entre"}
"""What joins the ends of a range, and the word that has to stand before them, without which two numbers are no range."""
SCALES = {
    **dict.fromkeys(("thousand", "thousands", "mille", "mil"), Decimal(1000)),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10) ** 5),
    **dict.fromkeys(("million", "millions", "millón", "millon", "millones"), Decimal(10) ** 6),
    **dict.fromkeys(("crore", "crores"), Decimal(10) ** 7),
    **dict.fromkeys(("billion", "milliard", "milliards"), Decimal(10) ** 9),
}
"""What the number before it is multiplied by."""
NUMBERS = _words("numbers") | frozenset(SCALES)
"""What would make another number of the one before it, where it is not read with it."""
ENGLISH = frozenset(word for phrases in _ENGLISH.values() for word in phrases.split(", ")) | {"", "–", "—", "-", "between"}
"""The words that a reader of English understands."""
