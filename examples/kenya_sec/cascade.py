"""Follow the legal cascade: counts, a rate from girls to cases, percentages only from cases to cases."""

from pathlib import Path

import tocmodel as toc


def main() -> None:
    """Print the steps with their notes."""
    kenya = toc.read(Path(__file__).with_name("kenya_sec.yaml"))
    steps = toc.cascade(kenya, "legal")
    print(steps)
    for step in steps:
        if step.note:
            print(f"  {step.title}: {step.note}")


if __name__ == "__main__":
    main()
