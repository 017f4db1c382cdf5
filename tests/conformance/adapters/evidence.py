"""Cases on claims, process tracing, tests of evidence, rubrics, shares, and what-if with loops."""

import json
from pathlib import Path
from typing import Any

from tests.conformance.adapters.plausibility import theory
from tests.conformance.adapters.translation import Inputs, adapts
from tocmodel.contribution.claims.claims import Claim, Claims
from tocmodel.contribution.claims.robustness import robustness, robustness_overlap, robustness_table
from tocmodel.contribution.evidence.bayes import Clue, posterior, weight_db
from tocmodel.contribution.evidence.hypotheses import posteriors
from tocmodel.contribution.evidence.next_evidence import evidence_flip, next_best_evidence
from tocmodel.contribution.evidence.packages import package_posterior
from tocmodel.contribution.evidence.tests import classify_test, necessity_bounds
from tocmodel.contribution.judged.shapley import Ends, model_shares, shapley_table
from tocmodel.contribution.rubrics import certainty, rubric_level
from tocmodel.contribution.what_if.fuzzy_maps import fuzzy_map
from tocmodel.contribution.what_if.total_effects import total_effects
from tocmodel.errors import RefusedError

CASES = Path("../shared/cases")


def told(inputs: Inputs) -> Claims:
    """The claims of a case; where it names no sources, each claim is a voice of its own."""
    rows = (
        json.loads((CASES / inputs["claims_file"]).read_text(encoding="utf-8"))["claims"] if "claims_file" in inputs else inputs["claims"]
    )
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
    found = robustness_overlap(told(inputs), inputs["from"], inputs["to"])
    return {"single": dict(found.single), "joint": found.joint, "overlap": found.overlap}


def clue(case: Inputs, *, found: bool | None = True) -> Clue:
    """A piece of evidence of a case."""
    return Clue(_chance(case["p_if_true"]), _chance(case["p_if_false"]), case.get("found", found))


def _chance(value: Any) -> float | tuple[float, float]:
    return (float(value["low"]), float(value["high"])) if isinstance(value, dict) else float(value)


@adapts("update")
def _update(inputs: Inputs) -> object:
    return {"posterior": posterior(_chance(inputs["prior"]), [clue(item) for item in inputs["evidence"]]).value}


@adapts("update_interval")
def _update_interval(inputs: Inputs) -> object:
    found = posterior(_chance(inputs["prior"]), [clue(inputs)]).posterior
    return {"posterior": {"low": found.low, "high": found.high}}


@adapts("update_package")
def _update_package(inputs: Inputs) -> object:
    try:
        found = package_posterior(
            float(inputs["prior"]),
            clue(inputs["first"]),
            clue(inputs["second"]),
            correlation_if_true=float(inputs["correlation_if_true"]),
            correlation_if_false=float(inputs["correlation_if_false"]),
        )
    except RefusedError:
        return {"refused": True}
    return {"posterior": {f"{first:d}{second:d}": own for (first, second), own in found.posteriors.items()}}


@adapts("update_rivals")
def _update_rivals(inputs: Inputs) -> object:
    priors = {name: float(prior) for name, prior in inputs["priors"].items()}
    likelihoods = {name: [float(value) for value in own] for name, own in inputs["likelihoods"].items()}
    return {"posterior": dict(posteriors(priors, likelihoods, inputs["found"]).posteriors)}


@adapts("weight_db")
def _weight_db(inputs: Inputs) -> object:
    return {"db": weight_db(clue(inputs)).value}


@adapts("evidence_flip")
def _evidence_flip(inputs: Inputs) -> object:
    found = evidence_flip(float(inputs["prior"]), clue(inputs), float(inputs["threshold"]))
    return {
        "posterior": found.posterior,
        "max_p_if_false": found.max_p_if_false,
        "min_prior": found.min_prior,
        "bias_factor": found.bias_factor,
    }


@adapts("next_best_evidence")
def _next_best_evidence(inputs: Inputs) -> object:
    table = next_best_evidence(float(inputs["prior"]), {name: clue(own, found=None) for name, own in inputs["candidates"].items()})
    return {
        "gain_bits": {row.name: row.gain_bits for row in table},
        "expected_variance": {row.name: row.expected_variance for row in table},
        "best": table.best,
    }


@adapts("classify_test")
def _classify_test(inputs: Inputs) -> object:
    found = classify_test(inputs["p_if_true"], inputs["p_if_false"], strong=inputs["strong"], weak=inputs["weak"])
    return {"test": found.test.value, "speaks_for": found.speaks_for.value if found.speaks_for else None}


@adapts("necessity_bounds")
def _necessity_bounds(inputs: Inputs) -> object:
    found = necessity_bounds(float(inputs["p_effect_without"]), float(inputs["p_effect_with"]))
    return {"low": found.low, "high": found.high}


@adapts("rubric")
def _rubric(inputs: Inputs) -> object:
    found = rubric_level(inputs["scale"], inputs["criteria"], rule=inputs["rule"])
    return {"level": found.level, "limiting": list(found.limiting), "unrated": list(found.unrated)}


@adapts("certainty")
def _certainty(inputs: Inputs) -> object:
    found = certainty(inputs["start"], inputs["scale"], downgrades=inputs["downgrades"], upgrades=inputs["upgrades"])
    return {"level": found.level}


@adapts("shares")
def _shares(inputs: Inputs) -> object:
    found = model_shares(theory(inputs["model"]), inputs["target"], inputs["players"])
    return {
        "shares": {row.id: row.share for row in found},
        "marginal": {row.id: {"low": row.marginal_low, "high": row.marginal_high} for row in found},
        "alone": {row.id: row.alone for row in found},
        "last_in": {row.id: row.last_in for row in found},
        "total": found.totals[Ends.POINT],
    }


@adapts("shapley_table")
def _shapley_table(inputs: Inputs) -> object:
    values = {frozenset(filter(None, names.split("+"))): float(value) for names, value in inputs["values"].items()}
    return {"shares": shapley_table(inputs["players"], values, order=[(first, second) for first, second in inputs["order"]])}


@adapts("total_effects")
def _total_effects(inputs: Inputs) -> object:
    try:
        found = total_effects(inputs["direct"])
    except RefusedError:
        return {"refused": True}
    return {"total": [list(row) for row in found.total]}


@adapts("fuzzy_map")
def _fuzzy_map(inputs: Inputs) -> object:
    weights = [[float(weight) for weight in row] for row in inputs["weights"]]
    found = fuzzy_map(weights, list(map(float, inputs["initial"])), inference=inputs["inference"], steepness=float(inputs["lambda"]))
    return {"equilibrium": list(found.states)}
