"""Where in a sheet something stands that was found in the plain data made of it."""

import re
from collections.abc import Mapping

from attrs import evolve

from tocmodel.findings import Finding, Place

_LAST_STEP = re.compile(r"(?:\.[^.\[\]]*|\[\d+\]|^[^.\[\]]*)$")


def in_cells(finding: Finding, cells: Mapping[str, str], file: str) -> Finding:
    """The finding with a cell, such as ``indicators!C7``, in place of its path in the plain data; which record and field it is, it still says.

    Args:
        finding: what was found.
        cells: the cell of each path, such as ``indicators[3].unit``; where a path has none, the nearest around it counts.
        file: the file's name.
    """
    path = finding.where.path
    while path and path not in cells:
        path = _LAST_STEP.sub("", path)
    where = finding.where
    return evolve(finding, where=Place(cells.get(path, where.path), file, record=where.record, field=where.field))
