"""Tables for people and for programs: text, HTML, CSV, and frames with exact numbers, dates and gaps."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import field, frozen

import tocmodel as toc
from tocmodel.tables import Column, Table


@frozen
class Kept:
    """A row that is its own record."""

    values: dict[str, object] = field(factory=dict)

    def record(self) -> dict[str, object]:
        return dict(self.values)

    @property
    def name(self) -> object:
        return self.values["name"]


COLUMNS = (Column[Kept]("name", lambda row: str(row.name)),)
ROWS = (
    Kept({"name": "a", "share_low": Decimal("0.10"), "share_high": None, "as_of": date(2024, 1, 31), "n": 3, "due": True, "none": None}),
    Kept({"name": "b", "share_low": None, "share_high": None, "as_of": None, "n": None, "due": None, "none": None}),
    Kept({"name": "c", "share_low": Decimal(-7), "share_high": None, "as_of": date(2024, 2, 29), "n": 0, "due": False, "none": None}),
)


def arrow(*rows: Kept) -> pa.Table:
    return pa.table(Table(rows, COLUMNS))  # pyright: ignore[reportArgumentType] — pyarrow takes whatever has a stream


def of(name: str, *values: object) -> "pa.ChunkedArray[Any]":
    return arrow(*(Kept({name: value}) for value in values)).column(name)


def test_arrow_columns_have_the_types_of_their_values() -> None:
    types = {name: str(arrow(*ROWS).schema.field(name).type) for name in arrow(*ROWS).column_names}
    assert types == {
        "name": "string",
        "share_low": "decimal128(38, 1)",
        "share_high": "decimal128(38, 0)",
        "as_of": "date32[day]",
        "n": "int64",
        "due": "bool",
        "none": "string",
    }


def test_arrow_keeps_every_value_and_every_gap() -> None:
    assert arrow(*ROWS).to_pylist() == [dict(row.values) for row in ROWS]


def test_decimals_stay_exact_whatever_their_length() -> None:
    numbers = [Decimal("0.1"), Decimal("123456789012345678.0000000000000000001"), Decimal("1E+5"), Decimal("-0.3")]
    assert of("x", *numbers).to_pylist() == numbers


def test_a_number_among_decimals_is_a_decimal() -> None:
    assert of("x", Decimal("0.5"), 2).to_pylist() == [Decimal("0.5"), Decimal(2)]


def test_where_38_digits_do_not_hold_a_column_its_bounds_move_outward() -> None:
    long, wide = Decimal("0.1234567890123456789012345678"), Decimal(10) ** 15
    low, high = of("x_low", long, wide).to_pylist(), of("x_high", long, wide).to_pylist()
    assert low[0] < long < high[0]
    assert high[0] - low[0] == Decimal("1E-21")
    assert low[1] == high[1] == wide


def test_numbers_beyond_every_decimal_are_floats() -> None:
    assert of("x", Decimal(10) ** 40).type == pa.float64()


def test_times_are_in_utc() -> None:
    moment = datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert of("when", moment, None).to_pylist() == [moment, None]


def test_dates_among_times_and_mixed_values_are_text() -> None:
    assert of("x", date(2024, 1, 1), "soon").to_pylist() == ["2024-01-01", "soon"]


@pytest.mark.parametrize(("name", "kind"), [("x_low", "decimal128(38, 0)"), ("x_high", "decimal128(38, 0)"), ("x_end", "date32[day]"),
                                            ("x_start", "date32[day]"), ("as_of", "date32[day]"), ("x", "string")])  # fmt: skip
def test_columns_of_gaps_keep_their_type(name: str, kind: str) -> None:
    assert str(of(name, None, None).type) == kind
    assert of(name, None, None).null_count == 2


def test_a_table_narrowed_to_nothing_keeps_its_columns_everywhere() -> None:
    empty = Table(ROWS, COLUMNS).where(name="nobody")
    names = list(ROWS[0].values)
    assert len(empty) == 0
    assert pa.table(empty).column_names == names  # pyright: ignore[reportArgumentType]
    assert empty.to_polars().columns == names
    assert list(empty.to_pandas().columns) == names
    assert empty.where(name="still nobody").fields == tuple(names)


def test_a_table_of_nothing_has_no_columns() -> None:
    nothing: Table[Kept] = Table((), COLUMNS)
    assert nothing.to_polars().shape == (0, 0)
    assert nothing.to_pandas().shape == (0, 0)


def test_polars_has_exact_numbers_dates_and_nulls() -> None:
    frame = Table(ROWS, COLUMNS).to_polars()
    assert frame.schema["share_low"] == pl.Decimal(38, 1)
    assert frame.schema["as_of"] == pl.Date
    assert frame["share_low"].to_list() == [Decimal("0.1"), None, Decimal(-7)]
    assert frame["n"].to_list() == [3, None, 0]
    assert frame["share_high"].null_count() == 3


def test_pandas_has_exact_numbers() -> None:
    frame = Table(ROWS, COLUMNS).to_pandas()
    assert frame["share_low"].iloc[0] == Decimal("0.10")
    assert frame["as_of"].iloc[0] == date(2024, 1, 31)
    assert pd.isna(frame["n"].iloc[1])


def test_the_frames_of_an_achievement_are_its_records() -> None:
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    table = toc.achievement(kenya)
    frame, records = table.to_polars(), table.records()
    assert frame.columns == list(records[0])
    for name in ("actual_low", "attainment_low", "period_end", "status", "reported"):
        assert frame[name].to_list() == [record[name] for record in records]


def test_the_achievement_of_a_model_without_indicators_has_all_columns() -> None:
    kenya = toc.achievement(toc.read("examples/kenya_sec/kenya_sec.yaml"))
    empty = toc.achievement(toc.TheoryOfChange.build("p", as_of="2024-01-01").done())
    names = list(kenya.records()[0])
    assert len(empty) == 0
    assert list(empty.to_pandas().columns) == empty.to_polars().columns == names
    assert empty.to_pandas()["status"].empty
    assert kenya.where(status="nothing").fields == empty.fields


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for library, call in (("polars", Table.to_polars), ("pandas", Table.to_pandas)):
        with monkeypatch.context() as patch:
            patch.setitem(__import__("sys").modules, library, None)
            with pytest.raises(toc.TocmodelError, match=f"this needs {library}: pip install 'tocmodel\\[frames\\]'"):
                call(Table(ROWS, COLUMNS))


def test_text_that_a_spreadsheet_would_run_is_guarded() -> None:
    assert "'=1+1" in Table((Kept({"name": "=1+1"}),), COLUMNS).to_csv()


def test_html_is_escaped() -> None:
    assert "&lt;b&gt;" in Table((Kept({"name": "<b>"}),), COLUMNS)._repr_html_()  # pyright: ignore[reportPrivateUsage]
