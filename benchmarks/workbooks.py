"""Workbooks and the model file: reading against openpyxl and `json.loads`, writing against bare XlsxWriter, in the same run.

Run it with ``python -m benchmarks.workbooks [INDICATORS]``.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import openpyxl
import xlsxwriter

import tocmodel as toc
from tocmodel.formats.plain import to_plain
from tocmodel.formats.workbook import opened
from tocmodel.formats.workbook.writing import rows_by_sheet, write_rows

YEARS = range(2020, 2025)


def programme(indicators: int) -> toc.TheoryOfChange:
    """A programme with so many indicators, a target, an actual and two parts of it a year."""
    draft = toc.TheoryOfChange.build("clubs", "Reading clubs", period="2020/2024", as_of="2024-12-31")
    draft.source("report", title="Annual report", published="2025-01-20")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    draft.outcome("fluent", "Pupils read fluently")
    for number in range(indicators):
        node = draft.output(f"club-{number}", f"Club {number} meets in the school every week, rain or shine")
        draft.link(node, "fluent", rationale="reading aloud often makes fluent readers", basis="inferred")
        about = {"unit": "person", "population": "pupils", "direction": "increase", "accumulation": "incremental", "report": "per_period"}
        one = draft.indicator(f"pupils-{number}", f"Pupils in club {number}", of=node, by=["sex"], frequency="yearly", **about)
        for year in YEARS:
            draft.target(one, 100 + number % 7, period=str(year))
            draft.actual(one, f"over {90 + number % 11}", period=str(year), source={"source": "report", "place": f"p. {number % 40}"})
            for sex in ("girls", "boys"):
                draft.actual(one, 40 + number % 11, period=str(year), slice={"sex": sex}, reported=f"{year + 1}-01-20")
    return draft.done()


def seconds(run: Callable[[], object]) -> float:
    """The shortest of five runs, in time of this process alone, so that others on the machine count little."""
    times: list[float] = []
    for _ in range(5):
        start = process_time()
        run()
        times.append(process_time() - start)
    return min(times)


def read_by_openpyxl(path: Path) -> int:
    """Every value of every cell, one row after the other, as openpyxl reads fastest."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def written_bare(sheets: list[tuple[str, list[tuple[str, ...]]]], path: Path) -> None:
    """The same cells with their look, without notes and drop-downs."""
    book: Any = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    look = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                if text:
                    if text.isdecimal():
                        sheet.write_number(number, place, float(text), look)
                    else:
                        sheet.write_string(number, place, text, look)
    book.close()


def main(indicators: int = 1000) -> None:
    """Measure and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        model, book, file = programme(indicators), Path(folder) / "plan.xlsx", Path(folder) / "plan.json"
        whole_writing = seconds(lambda: toc.write(model, book))
        sheets = [(sheet.name, list(sheet.rows)) for sheet in opened(book).sheets]
        cells = sum(bool(cell) for _, rows in sheets for row in rows for cell in row)
        print(f"{indicators:,} indicators, {cells:,} cells, {book.stat().st_size / 1e6:.1f} MB")
        bare = seconds(lambda: written_bare(sheets, Path(folder) / "bare.xlsx"))
        document = to_plain(model)
        rows = rows_by_sheet(document)
        writing = seconds(lambda: write_rows(document, rows, Path(folder) / "rows.xlsx"))
        print(f"writing     {writing:.2f} s   {writing / bare:.2f} x bare XlsxWriter, {bare:.2f} s (target 1.15)")
        print(f"and a model {whole_writing:.2f} s   {whole_writing / bare:.2f} x bare XlsxWriter")
        peer, opening = seconds(lambda: read_by_openpyxl(book)), seconds(lambda: opened(book))
        print(f"opening     {opening:.2f} s   {peer / opening:.1f} x as fast as openpyxl read-only, {peer:.2f} s (target 5)")
        whole = seconds(lambda: toc.read(book))
        print(f"as a model  {whole:.2f} s   {peer / whole:.2f} x as fast as openpyxl read-only")
        toc.write(model, file)
        text = file.read_text(encoding="utf-8")
        loads, typed = seconds(lambda: json.loads(text)), seconds(lambda: toc.read(file))
        print(f"JSON        {typed:.2f} s   {loads / typed:.3f} of json.loads, {loads:.3f} s, {len(text) / 1e6:.1f} MB (target 0.5)")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
