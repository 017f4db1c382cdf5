"""Cases on what is wrong with a theory, one rule at a time."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.conformance.adapters.translation import Inputs, adapts
from tocmodel.checks import check
from tocmodel.model import CheckSettings, Link, TheoryOfChange

RULES = {
    "orphan": "L01", "dead_end": "L02", "unsupported": "L03", "activity_without_objective": "L04", "level_skipped": "L05",
    "backward_link": "L06", "undeclared_loop": "L07", "single_point_of_failure": "L08", "shortcut": "L09", "duplicate_link": "L10",
    "no_rationale": "L20", "no_assumption": "L21", "no_evidence": "L22", "no_actor": "L34", "no_indicator": "L40", "no_rival": "L60",
}  # fmt: skip


@adapts("check")
def _check(inputs: Inputs) -> object:
    model = theory(inputs)
    found = check(model, settings=CheckSettings(select=RULES[inputs["rule"]]))
    if inputs["rule"] == "undeclared_loop":  # the place is the first node; the message names them all
        return {"at": sorted(",".join(sorted(finding.message.split(": ")[1].split(", "))) for finding in found)}
    return {"at": sorted(place(model, finding.where.path) for finding in found)}


def place(model: TheoryOfChange, id: str) -> str:
    """A place in the words of the cases: a link is named by its ends."""
    record = model[id]
    return f"{record.from_}->{record.to}" if isinstance(record, Link) else id


def theory(inputs: Mapping[str, Any]) -> TheoryOfChange:
    """The theory of a case."""
    draft = TheoryOfChange.build("case")
    makers = {"activity": draft.activity, "output": draft.output, "outcome": draft.outcome, "objective": draft.objective}
    named = {item for link in inputs["links"] for item in link["assumptions"]}
    for assumption in named:
        draft.assumption(f"assumption-{assumption}", assumption)
    for node in inputs["nodes"]:
        who = draft.actor(f"actor-of-{node['id']}", node["actor"]) if node["actor"] else ()
        makers[node["type"]](node["id"], node["label"], who=who)
    seen: Counter[str] = Counter()
    for link in inputs["links"]:
        name = f"{link['from']}->{link['to']}"
        seen[name] += 1
        id = draft.link(
            link["from"],
            link["to"],
            id=name if seen[name] == 1 else f"{name}#{seen[name]}",
            rationale=link["rationale"],
            assumptions=[f"assumption-{item}" for item in link["assumptions"]],
            feedback=link["feedback"],
        )
        for item in link["evidence"]:
            draft.evidence(f"{item}-of-{id}", about=id)
    for objective, rivals in inputs["rivals"].items():
        for number, rival in enumerate(rivals):
            draft.rival(f"rival-{number}-of-{objective}", rival, about=objective)
    for node, number in inputs["indicators"].items():
        for count in range(number):
            draft.indicator(f"indicator-{count}-of-{node}", of=node)
    return draft.done()
