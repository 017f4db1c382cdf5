"""What one published programme's figures can tell: its table, how much is reported, what to look at, and two readings of a sum.

With the publisher's own file as argument (`python examples/tdh_nl/achievements.py FILE.xml`) all its programmes are counted too.
"""

import sys
from collections import Counter
from pathlib import Path

from attrs import evolve

import tocmodel as toc

READINGS = {
    "new results in each period": {"accumulation": "incremental", "report": "per_period"},
    "running totals": {"accumulation": "cumulative", "report": "to_date"},
}
"""What the file does not say: whether the figures of two periods add up."""


def main(published: str | None = None) -> None:
    """Print what the data can tell, and what not."""
    helpline = toc.read(Path(__file__).with_name("helpline.yaml"))
    table = toc.achievement(helpline)
    print(table)
    print()
    print(table["boys-helped"].explain())
    print("\nThe same figures, read in two ways; the file does not say which is meant:")
    for reading, row in readings(helpline).items():
        print(f"  {reading}: boys {row['boys-helped']}, girls {row['girls-helped']} of what was planned")
    print("\nWhat somebody should look at:")
    print(toc.check(helpline).text(most=2))
    if published:
        print("\nThe whole file:")
        for name, number in counted(Path(published)).items():
            print(f"  {name}: {number}")


def readings(model: toc.TheoryOfChange) -> dict[str, dict[str, str]]:
    """The attainment of each indicator over the whole programme, for each reading of its figures."""
    found: dict[str, dict[str, str]] = {}
    for reading, fields in READINGS.items():
        read = model.replaced(*(evolve(indicator, **fields) for indicator in model.indicators))
        table = toc.achievement(read)
        found[reading] = {indicator.id: str(table[indicator.id].attainment) for indicator in read.indicators}
    return found


def counted(path: Path, as_of: str = "2021-04-30") -> Counter[str]:
    """What a published file holds, and what it leaves open, over all its programmes."""
    found: Counter[str] = Counter()
    for model in toc.iter_programmes(path):
        table = toc.achievement(model, as_of=as_of)
        found["programmes"] += 1
        found["indicators"] += len(model.indicators)
        found["figures reported"] += len(model.actuals)
        found["links between results"] += len(model.links)
        found["indicators without a unit"] += sum(indicator.unit is None for indicator in model.indicators)
        found["indicators whose reports may or may not add up"] += sum(
            indicator.accumulation == "unknown" and len(model.actuals_of(indicator.id)) > 1 for indicator in model.indicators
        )
        found["zeros for periods that had not begun"] += sum(finding.code == "I05" for finding in model.findings)
        due = [row for row in table.where(scope="period") if row.due and row.target.missing is None]
        found["targets of periods that are due"] += len(due)
        found["of these, 0 planned and 0 reported"] += sum(row.target.value == row.actual.value == 0 for row in due)
        found["indicators with a target that is due"] += table.coverage[1]
        found["of these, with a result"] += table.coverage[0]
        found["totals over a whole programme with a target"] += sum(row.target.missing is None for row in table.where(scope="life"))
    return found


if __name__ == "__main__":
    main(*sys.argv[1:2])
