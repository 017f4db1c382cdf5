"""A fictional theory of any size, for tests of what large models do."""

from itertools import pairwise
from random import Random

import tocmodel as toc


def large_theory(nodes: int = 100, indicators: int = 300, *, seed: int = 1) -> toc.TheoryOfChange:
    """About so many nodes in layers up to one goal, each linked to two of the next layer, and indicators over three years by sex."""
    random = Random(seed)
    draft = toc.TheoryOfChange.build(
        "large", "A large theory (fictional)", period="2022-01-01/2024-12-31", as_of="2024-12-31", notice="Fictional; for tests."
    )
    draft.source("report", "Annual report", published="2025-01-15")
    draft.dimension("sex", "Sex", categories=["girls", "boys"])
    assumptions = [draft.assumption(f"assumption-{n}", f"Assumption number {n} holds") for n in range(6)]
    layers: list[list[str]] = []
    for kind, share in (("activity", 0.25), ("output", 0.25), ("outcome", 0.36), ("objective", 0.13)):
        add = getattr(draft, kind)
        layers.append(
            [add(f"{kind}-{n}", f"The {kind} with the number {n}, told in a line", basis="stated") for n in range(int(nodes * share))]
        )
    layers.append([draft.objective("goal", "What it is all for", level="overall")])
    for before, after in pairwise(layers):
        for start in before:
            for end in random.sample(after, min(2, len(after))):
                link = draft.link(
                    start,
                    end,
                    rationale="it often follows",
                    basis=random.choice(["stated", "planned", "inferred"]),
                    assumptions=random.choice(assumptions),
                )
                if random.random() < 0.4:
                    draft.evidence(f"evidence-{start}-{end}", about=link, kind="observation", independent=True, statement="Seen at a visit")
    everything = [node for layer in layers for node in layer]
    for n in range(indicators):
        counted = draft.indicator(f"i{n}", f"People who take part, number {n}", of=random.choice(everything), unit="person",
            direction="increase", accumulation="incremental", report="per_period", by=["sex"])  # fmt: skip
        for year in ("2022", "2023", "2024"):
            draft.target(counted, random.randrange(50, 200), period=year)
            if random.random() < 0.8:
                for sex in ("girls", "boys"):
                    draft.actual(counted, random.randrange(20, 90), period=year, slice={"sex": sex})
    return draft.done()
