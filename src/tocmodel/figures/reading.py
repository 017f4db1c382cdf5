"""How printed text becomes a number: "over 1550", "between 200 and 300 girls", "12 %"; an ambiguous text is refused, never guessed."""

import re
from collections.abc import Iterable
from decimal import Decimal

from attrs import frozen

from tocmodel.errors import FieldError
from tocmodel.figures.bound_words import AFTER, AT_LEAST, AT_MOST, ENGLISH, FROM_ZERO, JOINS, LESS, MORE, NUMBERS, RANGES, SCALES, VAGUE
from tocmodel.figures.interval import MOST_DIGITS, Interval
from tocmodel.messages import message
from tocmodel.units import known_units

_NUMBER = r"[-+−]?(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?"
_SCALE = rf"(?:\s*(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?"
_UNIT = r"(?:\s*(?P<unit>(?:percentage|percent|per cent|%)[ -]points?\b|pp\b|%|‰|percent\b|per cent\b))?"
_WORDS = r"(?P<words>(?:\s+[^\W\d_](?:[^\W\d_]|['’-])*){0,4})"
_ONE = re.compile(rf"(?P<bound>.*?)\s*(?P<number>{_NUMBER}){_SCALE}\s*(?P<plus>\+)?{_UNIT}{_WORDS}\.?", re.DOTALL)
_TWO = re.compile(
    rf"(?:(?P<before>between|from|entre|de)\s+)?(?P<low>{_NUMBER})\s*(?P<join>{'|'.join(RANGES)})\s*(?P<high>{_NUMBER}){_UNIT}{_WORDS}\.?",
    re.IGNORECASE,
)
_STRICT = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SIGN = re.compile("[$£¥₣₤₦₨₩₫€₱₵₹₽₺]")
_UNITS = {"%": "percent", "percent": "percent", "per cent": "percent", "‰": "per_mille"}
_POINTS = ("point", "points", "pp")


@frozen
class Reading:
    """What a printed text says: its bounds, and its unit where the text itself carries a sign or the code of a currency."""

    bounds: Interval
    unit: str | None = None


def parse_number(text: str) -> Decimal | None:
    """Read a plain number: blanks around it, a sign, and thousands commas in groups of three are accepted, nothing else.

    Returns:
        The number, or None if the text is blank.

    Raises:
        FieldError: if it is anything else, such as a decimal comma or a word.

    Example:
        >>> parse_number(" 1,540 ")
        Decimal('1540')
        >>> parse_number("0,2")
        Traceback (most recent call last):
        tocmodel.errors.FieldError: not a number: '0,2' (is the comma a decimal sign? write a point)
    """
    stripped = text.strip()
    if not stripped:
        return None
    if not _STRICT.fullmatch(stripped):
        said = message("not a number: %(text)s", text=repr(text))
        raise FieldError(said, _advice(text))
    return _decimal(stripped)


def read_number(text: str) -> Reading:
    """Read a figure as printed, with its bounds.

    "over N" and "more than N" exclude N, "at least N" and "N+" include it; "nearly N" lies below N; "up to N" is 0 to N. The same
    words are read in French and Spanish: "plus de N", "al menos N", "entre N et N". Words after the number are accepted if they only name what is counted. "12 %" is percent, and "5 percentage points", "5 percent
    points" and "5 pp" are percentage points. The code of a currency before or after the number,
    as in "over EUR 500" and "500 EUR", is its unit.

    Raises:
        FieldError: if the text holds no number, several that are no range, a vague word ("about 200"), two units, or is cut off.
    """
    return _reading(text, threshold=False)


def read_threshold(text: str) -> Reading:
    """Read a target: "at least N", "N+" and "up to N" state the threshold N; a range stays a range.

    Raises:
        FieldError: as `read_number`.
    """
    return _reading(text, threshold=True)


def words_after(text: str) -> str:
    """The words after the number in a printed figure, which say what is counted; empty where there are none.

    Example:
        >>> words_after("over 85 households reached"), words_after("1550"), words_after("12 %")
        ('households reached', '', '')
    """
    stripped = text.strip()
    if stripped[-1:].isdigit():
        return ""
    found = _TWO.fullmatch(stripped) or _ONE.fullmatch(stripped)
    return " ".join(found["words"].split()) if found else ""


def _reading(text: str, *, threshold: bool) -> Reading:
    if "…" in text or "..." in text:
        said = message("the text is cut off: %(text)s", text=repr(text))
        raise FieldError(said, message("what stands after the dots may change its meaning"))
    two = _TWO.fullmatch(text.strip())
    if two and RANGES[two["join"].lower()] in ("", (two["before"] or "").lower()):
        _check_words(two["words"], text)
        return Reading(Interval(_decimal(two["low"]), _decimal(two["high"])), _unit_of(two, text))
    one = _ONE.fullmatch(text.strip())
    if not one or any(character.isdigit() for character in one["bound"]):
        said = message("not a number: %(text)s", text=repr(text))
        raise FieldError(said, _advice(text))
    _check_words(one["words"], text)
    number = _decimal(one["number"]) * SCALES.get(one["scale"] or "", Decimal(1))
    before = one["bound"].split()
    currency = before.pop() if before and _is_currency(before[-1]) else None
    bound = _phrase(before)
    if one["plus"]:
        if bound:
            said = message("two bounds in %(text)s", text=repr(text))
            raise FieldError(said, message("keep one of them"))
        bound = "at least"
    return Reading(_bounded(number, bound, text, threshold=threshold), _unit_of(one, text, currency))


def _bounded(number: Decimal, bound: str, text: str, *, threshold: bool) -> Interval:
    if not bound or (threshold and bound in AT_LEAST | AT_MOST):
        return Interval.exactly(number)
    if bound in MORE:
        return Interval.at_least(number, open=True)
    if bound in AT_LEAST:
        return Interval.at_least(number)
    if bound in LESS:
        return Interval.at_most(number, open=True)
    if bound in FROM_ZERO and number >= 0:
        return Interval(0, number)
    if bound in AT_MOST:
        return Interval.at_most(number)
    said = message("not a number: %(text)s", text=repr(text))
    if bound in VAGUE:
        raise FieldError(said, message("%(bound)s gives no bounds; state a range, such as 'between 180 and 220'", bound=repr(bound)))
    if _SIGN.search(text):
        raise FieldError(said, _advice(text))
    raise FieldError(
        said, message("%(bound)s is no bound that can be read; use over, at least, nearly, up to, between … and …", bound=repr(bound))
    )


def _decimal(text: str) -> Decimal:
    number = Decimal(re.sub(r"[,\u00a0\u202f]", "", text).replace("−", "-"))
    if len(number.as_tuple().digits) > MOST_DIGITS:
        said = message("a number beyond all measure: %(value)s", value=repr(text[:40]))
        raise FieldError(said, message("write at most %(count)s digits", count=MOST_DIGITS))
    return number


def _phrase(words: Iterable[str]) -> str:
    return " ".join(words).lower().replace("’", "'")


def in_english(text: str) -> bool:
    """Whether the words that bound a printed number are English ones.

    Example:
        >>> in_english("over 1550 people"), in_english("plus de 1550"), in_english("entre 5 et 7")
        (True, False, False)
    """
    two, one = _TWO.fullmatch(text.strip()), _ONE.fullmatch(text.strip())
    words = [two["before"] or "", two["join"]] if two else [_phrase(one["bound"].split())] if one else []
    return all(word.lower() in ENGLISH for word in words)


def _unit_of(match: "re.Match[str]", text: str, currency: str | None = None) -> str | None:
    """The unit that the text carries: a sign, or the code of a currency before or right after the number."""
    sign, word = match["unit"], match["words"].split()[:1]
    signs = [] if not sign else ["percentage_point" if sign.lower().endswith(_POINTS) else _UNITS[sign.lower()]]
    found = [*([currency] if currency else []), *signs, *filter(_is_currency, word)]
    if len(found) > 1:
        said = message("two units in %(text)s", text=repr(text))
        raise FieldError(said, message("keep one of them"))
    return found[0] if found else None


def _is_currency(word: str) -> bool:
    return len(word) == 3 and word.isupper() and word in known_units()


def _check_words(words: str, text: str) -> None:
    own = [word.strip("'’-") for word in words.split()]
    found = {word.lower() for word in own}
    said = message("not a single number: %(text)s", text=repr(text))
    if any(f" {phrase} " in f" {_phrase(own)} " for phrase in AFTER):
        raise FieldError(said, message("write the bound before the number, as in 'at least 120'"))
    if found & JOINS:
        raise FieldError(said, message("one figure for one number; a breakdown has a row for each category"))
    if found & NUMBERS or "M" in own:
        raise FieldError(said, message("write the number in digits, as in 2,000,000 or '2 million'"))


def _advice(text: str) -> str:
    if _SIGN.search(text):
        return message("write the code of the currency, as in '500 EUR'")
    if re.search(r"\d,\d", text):
        return message("is the comma a decimal sign? write a point")
    if not any(character.isdigit() for character in text):
        return message("write digits; a result in words is {words: …}")
    return message("write one number, such as 1550, 1,550, 'over 1550' or 'between 200 and 300'")
