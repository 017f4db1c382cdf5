"""Ids made of titles, for files whose elements have none: ``pupils-read-fluently``."""

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 40


def id_of(title: str, taken: Collection[str] = (), *, otherwise: str = "element") -> str:
    """An id made of a title, which nothing else has.

    Args:
        title: the title, in any script.
        taken: ids that others have.
        otherwise: the id of a title without letters and digits.

    Example:
        >>> id_of("Pupils read – fluently!"), id_of("École", ["ecole"]), id_of("…")
        ('pupils-read-fluently', 'ecole-2', 'element')
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", plain.lower())
    name = ""
    for word in words:
        if name and len(name) + len(word) >= _LONGEST:
            break
        name = f"{name}-{word}" if name else word[:_LONGEST]
    name = name or otherwise
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    return unique
