"""Cases on claims, process tracing, tests of evidence, rubrics, shares, and what-if with loops."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.conformance.adapters.plausibility import theory
from tests.conformance.adapters.translation import Inputs, adapts
from tocmodel.contribution.claims import Claim, Claims
from tocmodel.contribution.robustness import overlap, robustness, robustness_table

CASES = Path("../shared/cases")


def told(inputs: Inputs) -> Claims:
    """The claims of a case; where it names no sources, each claim is a voice of its own."""
    rows = json.loads((CASES / inputs["claims_file"]).read_text(encoding="utf-8"))["claims"] if "claims_file" in inputs else inputs["claims"]
    return Claims(Claim(row[0], row[1], row[2] if len(row) > 2 else str(position)) for position, row in enumerate(rows))


@adapts("robustness")
def _robustness(inputs: Inputs) -> object:
    found = robustness(told(inputs), inputs["from"], inputs["to"])
    return {
        "robustness": found.robustness,
        "threads": list(found.threads),
        "extended": found.extended,
        "coherence": found.coherence,
    }


@adapts("robustness_table")
def _robustness_table(inputs: Inputs) -> object:
    found = robustness_table(told(inputs), inputs["from"], inputs["to"])
    return {
        "cells": {row.origin: dict(row.cells) for row in found.rows[:-1]},
        "all_origins": dict(found.all_origins),
        "all_targets": {row.origin: row.all_targets for row in found.rows[:-1]},
        "all": found.all,
    }


@adapts("overlap")
def _overlap(inputs: Inputs) -> object:
    found = overlap(told(inputs), inputs["from"], inputs["to"])
    return {"single": dict(found.single), "joint": found.joint, "overlap": found.overlap}
