"""Reading IATI: into columns and into models, against tokenising the same bytes with expat in the same run.

Run it with ``python -m benchmarks.iati [MEGABYTES]``; a ratio of 1 is as fast as expat alone.
"""

import sys
import tempfile
from collections.abc import Callable
from os import getloadavg
from pathlib import Path
from subprocess import run
from time import perf_counter, process_time
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


def seconds(measured: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """The shortest of three runs: of the processor's time, which other work on the machine touches least, or of another clock."""
    times: list[float] = []
    for _ in range(3):
        start = clock()
        measured()
        times.append(clock() - start)
    return min(times)


def peak(code: str, path: Path) -> float:
    """The most memory, in MB, that a fresh interpreter holds while it runs some code on a file, as Linux tells."""
    done = run(  # noqa: S603 — our own interpreter
        [
            sys.executable,
            "-c",
            f"import sys; path = sys.argv[1]; {code}; print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))",
            path,
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout) / 1024


def main(megabytes: int = 100) -> None:
    """Measure and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path, tenth = Path(folder) / "activities.xml", Path(folder) / "tenth.xml"
        written(path, megabytes)
        written(tenth, max(megabytes // 10, 1))
        speed(path, tenth)
        memory(tenth, path)


def speed(path: Path, tenth: Path) -> None:
    """How long reading takes, beside expat: into columns the whole file, into models a tenth of it."""
    text = path.read_bytes()

    def tokenise() -> object:
        return ParserCreate().Parse(text, True)  # noqa: FBT003 — expat's own signature

    expat, expat_wall = seconds(tokenise), seconds(tokenise, perf_counter)
    rows = figures(path).num_rows
    print(f"{len(text) / 1e6:.0f} MB, {rows:,} figures; expat alone {expat:.2f} s, {len(text) / expat / 1e6:.0f} MB/s")
    one, two = seconds(lambda: figures(path)), seconds(lambda: figures(path, workers=2), perf_counter)
    print(f"columns, one process    {one:.2f} s   {expat / one:.2f} of expat (target 0.25)")
    print(
        f"columns, two processes  {two:.2f} s   {expat_wall / two:.2f} of expat by the clock on the wall, load {getloadavg()[0]:.1f} (target 0.42)"
    )
    models = seconds(lambda: sum(len(model.actuals) for model in programmes(tenth))) * len(text) / tenth.stat().st_size
    print(f"models, one by one      {models:.2f} s   {expat / models:.3f} of expat, scaled up from a tenth of the file")


def memory(tenth: Path, path: Path) -> None:
    """How much memory reading takes, on a file and on one ten times as large."""
    for what, code in {
        "models, one by one": "from tocmodel.formats.iati import programmes; from pathlib import Path; [None for _ in programmes(Path(path))]",
        "columns": "from tocmodel.formats.iati.columns import figures; from pathlib import Path; figures(Path(path))",
    }.items():
        print(f"peak memory, {what}: {peak(code, tenth):.0f} MB, ten times the file {peak(code, path):.0f} MB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
