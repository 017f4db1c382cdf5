"""Cases on plausibility, packages, importance and what stays after the programme."""

from decimal import Decimal
from typing import Any

from tests.conformance.adapters.translation import Inputs, adapts, interval
from tocmodel.contribution.judged.flips import flip_points
from tocmodel.contribution.judged.hotspots import hotspots
from tocmodel.contribution.judged.importance import importance
from tocmodel.contribution.judged.packages import packages, responsibility, roles
from tocmodel.contribution.judged.plausibility import if_fails, plausibility
from tocmodel.contribution.judged.resilience import Tier, after_exit, peer_reach, scaling_bottleneck
from tocmodel.figures import Interval
from tocmodel.model import TheoryOfChange


def _id(name: str) -> str:
    """An id of the library has no blanks."""
    return name.replace(" ", "_")


def _name(id: str) -> str:
    return id.replace("_", " ")


def _judged(value: Any) -> dict[str, object] | None:
    """A probability of a case as a judgement; None where it is not stated."""
    if value is None:
        return None
    low, high = (value["low"], value["high"]) if isinstance(value, dict) else (value, value)
    return {"low": low, "high": high, "by": "the case", "on": "2024-01-01", "why": "given"}


def theory(case: Inputs) -> TheoryOfChange:
    """The model of a case."""
    draft = TheoryOfChange.build("case")
    for driver, chance in case["drivers"].items():
        draft.activity(_id(driver), driver, delivery=_judged(chance))
    for assumption, chance in case["assumptions"].items():
        draft.assumption(assumption, assumption, probability=_judged(chance))
    ends = dict.fromkeys(end for from_, to, _ in case["links"] for end in (from_, to))
    for node in ends:
        if node not in case["drivers"]:
            draft.outcome(_id(node), node)
    used: dict[str, int] = {}
    for from_, to, strength in case["links"]:
        id = f"{from_}->{to}"
        used[id] = used.get(id, 0) + 1
        draft.link(_id(from_), _id(to), id=_id(id if used[id] == 1 else f"{id}#{used[id]}"), strength=_judged(strength))
    for node, own in case["packages"].items():
        for number, package in enumerate(own):
            links = [_id(id) for id in package["of"] if id not in case["assumptions"]]
            assumptions = [id for id in package["of"] if id in case["assumptions"]]
            draft.package(f"{_id(node)}#{number}", _id(node), links=links, assumptions=assumptions, at_least=package["at_least"])
    return draft.done()


@adapts("plausibility", "plausibility_large")
def _plausibility(inputs: Inputs) -> object:
    return {"value": plausibility(theory(inputs["model"]), _id(inputs["target"])).value}


@adapts("plausibility_interval")
def _plausibility_interval(inputs: Inputs) -> object:
    found = plausibility(theory(inputs["model"]), _id(inputs["target"]))
    return {"low": found.low, "high": found.high}


@adapts("if_fails")
def _if_fails(inputs: Inputs) -> object:
    found = if_fails(theory(inputs["model"]), inputs["assumption"], _id(inputs["target"]))
    return {"now": found.now.value, "if_fails": found.if_fails.value, "loss": found.loss_at_low}


@adapts("packages")
def _packages(inputs: Inputs) -> object:
    found = packages(theory(inputs["model"]), _id(inputs["target"]))
    return {"sets": [sorted(map(_name, own)) for own in found.sets]}


def _of_elements(inputs: Inputs) -> TheoryOfChange:
    """Packages of bare elements as a model: each element an activity, each with a link to the one result."""
    elements = dict.fromkeys(element for package in inputs["packages"] for element in package["of"])
    links = [[element, "result", 1] for element in elements]
    needs = [{"at_least": package["at_least"], "of": [f"{element}->result" for element in package["of"]]} for package in inputs["packages"]]
    return theory({"drivers": dict.fromkeys(elements, 1), "assumptions": {}, "links": links, "packages": {"result": needs}})


@adapts("roles")
def _roles(inputs: Inputs) -> object:
    return {"roles": {element: role.value for element, role in roles(_of_elements(inputs), "result").items()}}


@adapts("responsibility")
def _responsibility(inputs: Inputs) -> object:
    found = responsibility(_of_elements(inputs), "result", inputs["present"])
    return {"responsibility": {element: str(degree) for element, degree in found.items()}}


@adapts("importance")
def _importance(inputs: Inputs) -> object:
    table = importance(theory(inputs["model"]), _id(inputs["target"]), of=[_id(element) for element in inputs["elements"]])
    return {
        "importance": {
            _name(row.id): {
                "birnbaum": row.birnbaum,
                "criticality": row.criticality,
                "diagnostic": row.diagnostic,
                "raw": row.raw,
                "rrw": row.rrw,
            }
            for row in table
        }
    }


@adapts("hotspots")
def _hotspots(inputs: Inputs) -> object:
    ranges = {_id(link): (float(ends["low"]), float(ends["high"])) for link, ends in inputs["ranges"].items()}
    table = hotspots(theory(inputs["model"]), _id(inputs["target"]), ranges=ranges)
    return {"swing": {_name(row.id): row.swing for row in table}, "ranking": [_name(row.id) for row in table]}


@adapts("flip_points")
def _flip_points(inputs: Inputs) -> object:
    model, to = theory(inputs["model"]), _id(inputs["target"])
    found = {row.id: row.at_low for row in flip_points(model, to, float(inputs["threshold"]))}
    return {"plausibility": plausibility(model, to).value, "critical": {link.id: found.get(link.id) for link in model.links}}


@adapts("after_exit")
def _after_exit(inputs: Inputs) -> object:
    found = after_exit(theory(inputs["model"]), _id(inputs["target"]), ends=[_id(driver) for driver in inputs["ends"]])
    return {
        "now": found.now.value,
        "after": found.after.value,
        "sustained": sorted(map(_name, found.sustained)),
        "not_sustained": sorted(map(_name, found.not_sustained)),
    }


def _figure(value: Any) -> Interval:
    return Interval() if value is None else interval(value)


def _ends(value: Interval) -> dict[str, Decimal | None]:
    return {"low": value.low, "high": value.high}


@adapts("cascade")
def _cascade(inputs: Inputs) -> object:
    tiers = [Tier(_figure(tier["reach_each"]), _figure(tier["fidelity"])) for tier in inputs["tiers"]]
    found = peer_reach(_figure(inputs["seed"]), tiers)
    return {"tiers": [_ends(tier) for tier in found.tiers], "final": _ends(found.furthest)}


@adapts("scaling_bottleneck")
def _scaling_bottleneck(inputs: Inputs) -> object:
    components = {name: (own["readiness"], own["use"]) for name, own in inputs["components"].items()}
    found = scaling_bottleneck(components)
    return {"scores": dict(found.scores), "bottleneck": found.bottleneck, "package": found.score}
