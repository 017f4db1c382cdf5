"""What if: where direct effects add up around loops, in which direction everything moves. A direction, never a size."""

from collections.abc import Sequence

from attrs import frozen

from tocmodel.errors import FieldError, RefusedError
from tocmodel.tables import Column, Table


def arrow(change: float, *, negligible: float = 1e-9) -> str:
    """The direction of a change: ↑, ↓, or · where there is none worth naming.

    Example:
        >>> arrow(0.3), arrow(-0.3), arrow(0.0)
        ('↑', '↓', '·')
    """
    if abs(change) <= negligible:
        return "·"
    return "↑" if change > 0 else "↓"


@frozen
class EffectRow:
    """The directions in which everything moves if one factor rises.

    Attributes:
        factor: the factor that rises.
        effects: what each other factor does, by name.
    """

    factor: str
    effects: dict[str, str]

    def record(self) -> dict[str, object]:
        """The row as one flat record."""
        return {"if this rises": self.factor, **self.effects}


@frozen(repr=False)
class TotalEffects:
    """Total effects of factors on each other, loops included.

    Attributes:
        factors: their names.
        total: how much each (row) moves each (column) for one unit, in the units of the weights, which are judged: show directions.
        spectral_radius: how strongly loops feed back; below 1, so that they die out.
    """

    factors: tuple[str, ...]
    total: tuple[tuple[float, ...], ...]
    spectral_radius: float

    @property
    def directions(self) -> Table[EffectRow]:
        """The directions as arrows."""
        rows = [
            EffectRow(factor, {name: arrow(value) for name, value in zip(self.factors, own, strict=True)})
            for factor, own in zip(self.factors, self.total, strict=True)
        ]
        columns: list[Column[EffectRow]] = [Column("if this rises", lambda row: row.factor)]
        columns += [effect_column(name) for name in self.factors]
        return Table(tuple(rows), tuple(columns), "Directions only: the weights are judged and have no unit")

    def __str__(self) -> str:
        return str(self.directions)

    __repr__ = __str__


def effect_column(name: str) -> Column[EffectRow]:
    """A column with what one factor does."""
    return Column(name, lambda row: row.effects[name])


def names_of(factors: Sequence[str] | None, size: int) -> tuple[str, ...]:
    """The names of factors; numbers where nobody named them.

    Raises:
        FieldError: if there are not as many names as factors, or a name stands twice.
    """
    names = tuple(factors) if factors is not None else tuple(str(number) for number in range(1, size + 1))
    if len(names) != size or len(set(names)) != size:
        message = f"{len(names)} names for {size} factors"
        raise FieldError(message, "give every factor a name of its own")
    return names


def total_effects(direct: Sequence[Sequence[float]], factors: Sequence[str] | None = None) -> TotalEffects:
    """The total effects of factors on each other: (I − A)⁻¹, the sum of direct effects over walks of all lengths.

    Args:
        direct: a square matrix: how much the factor of the row moves that of the column by itself.
        factors: their names; numbers where left out.

    Raises:
        FieldError: if the matrix is not square.
        RefusedError: if its spectral radius is 1 or more: effects then grow without bound around loops, and the inverse means nothing.

    Example:
        >>> print(total_effects([[0, 0.5, 0], [0, 0, 0.4], [0, -0.3, 0]], ["clubs", "reading", "quarrels over books"]))
        Directions only: the weights are judged and have no unit
        if this rises        clubs  reading  quarrels over books
        -------------------  -----  -------  -------------------
        clubs                ↑      ↑        ↑
        reading              ·      ↑        ↑
        quarrels over books  ·      ↓        ↑
    """
    import numpy as np

    size = len(direct)
    if any(len(row) != size for row in direct):
        message = "direct effects are a square matrix: a row and a column for each factor"
        raise FieldError(message)
    matrix = np.array(direct, dtype=np.float64).reshape(size, size)
    radius = float(max(abs(np.linalg.eigvals(matrix)), default=0.0))
    if radius >= 1:
        message = (
            f"total effects do not converge: around loops effects grow (spectral radius {radius:.3g}); look at the polarity of the loops"
        )
        raise RefusedError(message)
    total = np.linalg.inv(np.eye(size) - matrix)
    return TotalEffects(names_of(factors, size), tuple(tuple(row) for row in total.tolist()), radius)
