"""Reading IATI: into columns and into models, against tokenising the same bytes with expat in the same run.

Run it with ``python -m benchmarks.iati [MEGABYTES]``; a ratio of 1 is as fast as expat alone.
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from xml.parsers.expat import ParserCreate

from tocmodel.formats.iati import programmes
from tocmodel.formats.iati.columns import figures

ACTUAL = """\
     <actual value="{value}">
      <location ref="L{place}"/>
      <dimension name="sex" value="{sex}"/>
      <dimension name="age" value="{age}"/>
     </actual>
"""
PERIOD = """\
    <period>
     <period-start iso-date="{year}-01-01"/>
     <period-end iso-date="{year}-12-31"/>
     <target value="{value}"/>
{actuals}    </period>
"""


def written(path: Path, megabytes: int) -> None:
    """A file of activities that are dense in results."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        number = 0
        while file.tell() < megabytes * 10**6:
            number += 1
            file.write(_activity(number))
        file.write("</iati-activities>\n")


def _activity(number: int) -> str:
    periods = "".join(
        PERIOD.format(
            year=year,
            value=number % 97,
            actuals="".join(
                ACTUAL.format(value=(number * 7 + year) % 89, place=place, sex=sex, age=age)
                for place in range(3)
                for sex in ("f", "m")
                for age in ("0-17", "18+")
            ),
        )
        for year in (2022, 2023)
    )
    indicator = f'<indicator measure="1" ascending="1"><title><narrative>Indicator {number}</narrative></title><baseline year="2021" value="3"/>{periods}</indicator>'
    results = "".join(f'<result type="1"><title><narrative>Result</narrative></title>{indicator * 2}</result>' for _ in range(2))
    return f'<iati-activity xml:lang="en"><iati-identifier>X-{number}</iati-identifier><title><narrative>Activity {number}</narrative></title>{results}</iati-activity>\n'


def seconds(run: Callable[[], object]) -> float:
    """The shortest of three runs."""
    times: list[float] = []
    for _ in range(3):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times)


def main(megabytes: int = 30) -> None:
    """Measure and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        written(path, megabytes)
        text = path.read_bytes()
        expat = seconds(lambda: ParserCreate().Parse(text, True))  # noqa: FBT003 — expat's own signature
        rows = figures(path).num_rows
        print(f"{len(text) / 1e6:.0f} MB, {rows:,} figures; expat alone {expat:.2f} s, {len(text) / expat / 1e6:.0f} MB/s")
        one, two = seconds(lambda: figures(path)), seconds(lambda: figures(path, workers=2))
        print(f"columns, one process    {one:.2f} s   {expat / one:.2f} of expat (target 0.25)")
        print(f"columns, two processes  {two:.2f} s   {expat / two:.2f} of expat (target 0.42)")
        models = seconds(lambda: sum(len(model.actuals) for model in programmes(path)))
        print(f"models, one by one      {models:.2f} s   {expat / models:.3f} of expat")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
