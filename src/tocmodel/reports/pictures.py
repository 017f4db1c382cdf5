"""Pictures as files: SVG as it is, PNG drawn by resvg with the fonts of this machine."""

import re
from os import PathLike
from pathlib import Path

from tocmodel.errors import MissingExtraError, UnknownPictureError
from tocmodel.reports.charts.palette import PAPER

SLIDE = (1920, 1080)
"""The size of a slide, in pixels."""
_ROOM = 60
_SIZE = re.compile(r'<svg\b[^>]*?\bviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_SCALE = 2.0


def write_picture(svg: str, path: str | PathLike[str], *, slide: bool = False) -> Path:
    """Write a picture as ``.svg``, or as ``.png`` at twice its size.

    Args:
        svg: the picture, as the charts and the diagram give it.
        path: the file to write; its ending tells the format.
        slide: whether to fit it on a white slide of 1920 × 1080 pixels.

    Returns:
        The path written to.

    Raises:
        UnknownPictureError: if the file ends neither in .svg nor in .png.
        MissingExtraError: if resvg-py is not installed.
        OSError: if the file cannot be written.
    """
    file = Path(path)
    ending = file.suffix.lower()
    if ending not in {".svg", ".png"}:
        raise UnknownPictureError(file.name)
    drawn = on_slide(svg) if slide else svg
    if ending == ".svg":
        file.write_text(drawn, encoding="utf-8", newline="\n")
    else:
        file.write_bytes(_png(drawn, scale=1.0 if slide else _SCALE))
    return file


def on_slide(svg: str) -> str:
    """A picture in the middle of a slide, as large as fits."""
    width, height = SLIDE
    inner = re.sub(r'(<svg\b[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    inner = re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", inner, count=1)
    place = f'x="{_ROOM}" y="{_ROOM}" width="{width - 2 * _ROOM}" height="{height - 2 * _ROOM}"'
    inner = inner.replace("<svg", f"<svg {place}", 1)
    ground = f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{ground}{inner}</svg>'


def _png(svg: str, *, scale: float) -> bytes:
    try:
        from resvg_py import svg_to_bytes
    except ModuleNotFoundError:
        raise MissingExtraError("resvg-py", "pictures") from None
    found = _SIZE.search(svg)
    width = round(float(found[1]) * scale) if found else None
    return bytes(svg_to_bytes(svg_string=svg, width=width, background=PAPER))
