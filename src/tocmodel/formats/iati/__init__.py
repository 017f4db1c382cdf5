"""IATI activity files, in and out."""

from tocmodel.formats.iati.reading import programmes, read
from tocmodel.formats.iati.validation import validate
from tocmodel.formats.iati.writing import write

__all__ = ["programmes", "read", "validate", "write"]
