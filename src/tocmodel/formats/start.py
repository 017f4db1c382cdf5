"""A small starting model with remarks, as a text file or as a workbook to fill in."""

from importlib.resources import files
from pathlib import Path

from tocmodel.errors import UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats import native
from tocmodel.formats.workbook import write
from tocmodel.messages import message

_TEXTS = (".yaml", ".yml")


def start(path: Path, *, workbook: bool = False) -> Path:
    """Write the starting model.

    Args:
        path: where to: ``.yaml``, or ``.xlsx`` for a workbook.
        workbook: whether to write a workbook, with every sheet, the example in its first rows.

    Raises:
        UnreadableFileError: if the ending does not fit.
        MissingExtraError: if XlsxWriter is not installed, for a workbook.
    """
    endings = (".xlsx",) if workbook else _TEXTS
    if path.suffix.lower() not in endings:
        ending = repr(path.suffix)
        if workbook:
            unlike = message("a starting workbook does not end in %(ending)s", ending=ending)
            none, hint = message("the name of a starting workbook needs an ending"), message("end its name in .xlsx")
        else:
            unlike = message("a starting model does not end in %(ending)s", ending=ending)
            none, hint = message("the name of a starting model needs an ending"), message("end its name in .yaml, or ask for --workbook")
        said = unlike if path.suffix else none
        raise UnreadableFileError([Finding("F01", Severity.ERROR, Place("", path.name), said, hint)], path.name)
    example = Path(str(files("tocmodel.formats").joinpath("start.yaml")))
    if workbook:
        write(native.read_yaml(example), path, every_sheet=True)
    else:
        path.write_bytes(example.read_bytes())
    return path
