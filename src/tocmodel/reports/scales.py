"""How high a word stands on a scale: authors choose their own for likelihood and consequence, and mostly one of the usual ones."""

from enum import StrEnum

_RISING = (
    "very low, rare, negligible, insignificant, très faible, négligeable, insignifiant, insignifiante, muy bajo, muy baja, insignificante",
    "low, unlikely, minor, faible, improbable, peu probable, mineur, mineure, bajo, baja, poco probable, menor",
    "medium, moderate, possible, moyen, moyenne, modéré, modérée, medio, media, moderado, moderada, posible",
    "high, likely, major, élevé, élevée, fort, forte, probable, majeur, majeure, alto, alta, mayor",
    (
        "very high, almost certain, severe, critical, catastrophic, très élevé, très élevée, très fort, très forte, presque certain, presque certaine, "
        "grave, critique, catastrophique, muy alto, muy alta, casi seguro, casi segura, crítico, crítica, catastrófico, catastrófica"
    ),
)
_HEIGHTS = {word: height for height, words in enumerate(_RISING, start=1) for word in words.split(", ")}


def height(said: str) -> int | None:
    """How high a word stands, from 1 to 5: that of a fixed scale in its order, that of an author if it is a usual one.

    Example:
        >>> height("High"), height("peu probable"), height("by a hair")
        (4, 2, None)
    """
    if isinstance(said, StrEnum):
        return list(type(said)).index(said) + 1
    return _HEIGHTS.get(" ".join(said.lower().split()))
