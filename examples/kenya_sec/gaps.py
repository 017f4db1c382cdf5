"""Look behind the totals: what was planned and reached for girls and for boys."""

from pathlib import Path

import tocmodel as toc
from tocmodel.measurement.gaps import equity_gaps


def main() -> None:
    """Print each breakdown below its total; a gap is a question, not a verdict."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    table = toc.achievement(kenya)
    for total in table.where(slice="total"):
        parts = [row for row in table if row.indicator == total.indicator and row.slice and row.attainment.bounds]
        if not parts:
            continue
        print(f"{total.title}: {total.actual} of {total.target} planned, {total.attainment}")
        for part in parts:
            print(f"  {part.slice['sex']}: {part.actual} of {part.target} planned, {part.attainment}")
        for gap in equity_gaps(table.where(indicator=total.indicator), model=kenya):
            if gap.question:
                print(f"  {gap.question}")
        print(f"  compare with care: {total.comparability}")
    print(f"\n{kenya.programme.notice}")


if __name__ == "__main__":
    main()
