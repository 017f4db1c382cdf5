"""Tables that people already have, as models: logframe matrices, indicator tracking tables, sheets with sex as columns."""

from tocmodel.formats.layouts.reading import LAYOUTS, ColumnRead, TableReading, read, read_table

__all__ = ["LAYOUTS", "ColumnRead", "TableReading", "read", "read_table"]
