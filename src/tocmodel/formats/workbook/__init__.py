"""The native workbook: one model as sheets that people fill in, with drop-downs and explained columns; nothing is lost in it."""

from tocmodel.formats.workbook.opening import Book, Sheet, opened
from tocmodel.formats.workbook.reading import is_native, model_of, read
from tocmodel.formats.workbook.writing import write

__all__ = ["Book", "Sheet", "is_native", "model_of", "opened", "read", "write"]
