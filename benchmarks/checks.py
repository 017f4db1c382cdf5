"""How long a check takes on a large model: made-up programmes with many indicators, each with values over several years.

Run with ``python benchmarks/checks.py [INDICATORS]``; 10,000 are the default.
"""

import random
import sys
from collections import Counter
from itertools import pairwise
from time import perf_counter

from tocmodel.checks import RULES, check
from tocmodel.checks.subject import Subject
from tocmodel.model import TheoryOfChange

YEARS = ("2021", "2022", "2023", "2024")


def model(indicators: int, *, seed: int = 2026) -> TheoryOfChange:
    """A layered theory with one node for ten indicators, two links a node, and four years of values by sex for each indicator."""
    chance = random.Random(seed)
    draft = TheoryOfChange.build("large", period="2021-01-01/2024-12-31", as_of="2024-12-31")
    draft.source("reports", title="Annual reports")
    draft.dimension("sex", title="Sex", categories=["female", "male"])
    kinds = ("activity", "output", "outcome", "objective")
    layers: list[list[str]] = []
    for kind, share in zip(kinds, (4, 4, 1, 1), strict=True):
        size = max(2, indicators * share // 100)
        layers.append([getattr(draft, kind)(f"{kind}-{number}", f"Made-up {kind} number {number}") for number in range(size)])
    for lower, upper in pairwise(layers):
        for node in lower:
            for end in chance.sample(upper, 2):
                link = draft.link(node, end, rationale="made up")
                if chance.random() < 0.5:
                    draft.evidence(f"of-{link}", about=link, kind="observation", source="reports")
    nodes = [node for layer in layers[1:] for node in layer]
    for number in range(indicators):
        id = f"indicator-{number}"
        draft.indicator(
            id, f"People counted under {number}", of=nodes[number % len(nodes)], unit="person", direction="increase", by="sex",
            accumulation="incremental", report="per_period",
        )  # fmt: skip
        draft.target(id, 400, source="reports")
        for year in YEARS:
            women, men = chance.randint(3, 80), chance.randint(3, 80)
            draft.target(id, 100, period=year, source="reports")
            draft.actual(id, women + men + (chance.random() < 0.01), period=year, source="reports")
            draft.actual(id, women, period=year, slice={"sex": "female"}, source="reports")
            draft.actual(id, men, period=year, slice={"sex": "male"}, source="reports")
    return draft.done()


def main(indicators: int) -> float:
    """Print how long building, checking and the slowest rules take; give the seconds of the check."""
    start = perf_counter()
    large = model(indicators)
    values = len(large.targets) + len(large.actuals)
    print(f"{indicators:,} indicators, {values:,} values, {len(large.nodes):,} nodes, {len(large.links):,} links")
    print(f"built in {perf_counter() - start:.1f} s")
    start = perf_counter()
    found = check(large)
    seconds = perf_counter() - start
    print(f"checked in {seconds:.1f} s: {found.summary()}")
    subject = Subject(large, large.programme.as_of)
    times: Counter[str] = Counter()
    for rule in RULES:
        start = perf_counter()
        list(rule.findings(subject))
        times[f"{rule.code} {rule.name}"] = int(1000 * (perf_counter() - start))
    for name, milliseconds in times.most_common(6):
        print(f"  {milliseconds:6,} ms  {name}")
    return seconds


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
