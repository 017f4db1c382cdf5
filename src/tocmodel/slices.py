"""Which part of a breakdown a figure speaks of: at most one category for each dimension."""

from collections.abc import Iterator, Mapping
from typing import Self

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message

__all__ = ["Slice"]


def _pairs(value: "Mapping[str, str] | tuple[tuple[str, str], ...]") -> tuple[tuple[str, str], ...]:
    if not value:
        return ()
    pairs = value.items() if isinstance(value, Mapping) else value
    return tuple(sorted((str(dimension), str(category)) for dimension, category in pairs))


@frozen(order=True)
class Slice:
    """At most one category of each dimension, such as ``{sex: girls}``.

    The empty slice is the published total. Slices add up only inside one exhaustive breakdown.

    Example:
        >>> Slice.read({"sex": "girls"})
        Slice(pairs=(('sex', 'girls'),))
        >>> str(Slice()), str(Slice.read("sex=girls, age=10-14"))
        ('total', 'age=10-14, sex=girls')
    """

    pairs: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)

    @classmethod
    def read(cls, value: object) -> Self:
        """Read a mapping of dimension to category, or text such as ``sex=girls``.

        Raises:
            FieldError: if it is neither, or names a dimension twice.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            for category in value.values():
                if not isinstance(category, str) and (category is None or isinstance(category, Mapping | list | tuple)):
                    said = message("not a slice: %(value)s", value=repr(dict(value)))
                    raise FieldError(said, message("a slice has one category for each dimension, such as {sex: girls}"))
            return cls(value)
        if value is None or str(value).strip() in {"", "total"}:
            return cls()
        parts = [part.partition("=") for part in str(value).split(",")]
        pairs = [(dimension.strip(), category.strip()) for dimension, _, category in parts]
        dimensions = [dimension for dimension, _ in pairs]
        if any(not dimension or not category for dimension, category in pairs):
            said = message("not a slice: %(value)s", value=repr(value))
            raise FieldError(said, message("write {sex: girls} or sex=girls"))
        if len(set(dimensions)) < len(dimensions):
            said = message("a dimension stands twice in %(value)s", value=repr(value))
            raise FieldError(said, message("a slice has one category for each dimension"))
        return cls(tuple(pairs))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The names of its dimensions, sorted."""
        return tuple(dimension for dimension, _ in self.pairs)

    def __getitem__(self, dimension: str) -> str:
        return dict(self.pairs)[dimension]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def __str__(self) -> str:
        return ", ".join(f"{dimension}={category}" for dimension, category in self.pairs) or "total"
