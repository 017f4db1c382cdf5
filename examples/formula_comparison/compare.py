"""Set our attainment, progress and status beside what published conventions make of the same indicators.

The cases stand in cases.csv. Its columns of others are re-expressions of their formulas, run in 2026 for the research of this
project; conventions.csv names for each the formula, the system and the version that was read. They hold facts, no code.
"""

import csv
from pathlib import Path

import tocmodel as toc
from tocmodel.tables import aligned

HERE = Path(__file__).parent
GIVEN = ("case", "baseline", "target", "actual", "direction")


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this one."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def model(cases: list[dict[str, str]]) -> toc.TheoryOfChange:
    """All cases as indicators of one fictional programme."""
    draft = toc.TheoryOfChange.build("comparison", "Comparison of conventions", as_of="2024-12-31", period="2024")
    draft.activity("work", "Something that is measured")
    for number, case in enumerate(cases):
        id = draft.indicator(f"case-{number}", case["case"], of="work", unit="day", direction=case["direction"])
        for add, role in ((draft.baseline, "baseline"), (draft.target, "target"), (draft.actual, "actual")):
            if case[role]:
                add(id, case[role])
    return draft.done()


def compared(cases: list[dict[str, str]]) -> list[dict[str, str]]:
    """The cases with our attainment, progress and status, computed by the library."""
    table = toc.achievement(model(cases))
    ours = (table[f"case-{number}"] for number in range(len(cases)))
    return [
        {name: case[name] for name in GIVEN}
        | {"attainment": str(row.attainment), "progress": str(row.progress), "status": row.verdict}
        | {name: value for name, value in case.items() if name not in GIVEN}
        for case, row in zip(cases, ours, strict=True)
    ]


def main() -> None:
    """Print the table, and what its columns are."""
    conventions = rows_of("conventions.csv")
    headings = {item["column"]: item["heading"] for item in conventions}
    rows = compared(rows_of("cases.csv"))
    print("Ours are the columns attainment, progress and status; the others follow.")
    print("\n".join(aligned([headings.get(name, name) for name in rows[0]], [list(row.values()) for row in rows], [False] * len(rows[0]))))
    print("\nWhat the other columns are, in percent unless they say otherwise:")
    for item in conventions:
        version = f" ({item['system']}{', ' if item['version'] else ''}{item['version']})"
        print(f"  {item['heading']}: {item['convention']}{version}")


if __name__ == "__main__":
    main()
