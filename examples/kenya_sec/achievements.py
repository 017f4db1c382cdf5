"""Reproduce the project's published results and set them beside what was planned."""

from pathlib import Path

import tocmodel as toc


def main() -> None:
    """Print the table, and how one of its numbers came about."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    table = toc.achievement(kenya)
    print(table)
    print()
    print(table["community-members"].explain())
    print("\nPlanned, and no result published (missing, not zero):")
    for row in table.where(status="missing", slice="total"):
        print(f"  {row.title}: {row.target}")


if __name__ == "__main__":
    main()
