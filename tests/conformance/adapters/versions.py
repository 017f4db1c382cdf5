"""Cases on what differs between two versions of a theory."""

from collections.abc import Mapping
from typing import Any

from tests.conformance.adapters.translation import Inputs, adapts
from tocmodel.model import Judgement, TheoryOfChange
from tocmodel.versions import How, diff


@adapts("diff")
def _diff(inputs: Inputs) -> object:
    changes = diff(theory(inputs["old"]), theory(inputs["new"]))

    def ids(section: str, how: How) -> list[str]:
        return [change.id for change in changes.where(section=section, how=how)]

    return {
        "nodes_added": ids("nodes", How.ADDED),
        "nodes_removed": ids("nodes", How.REMOVED),
        "relabelled": [change.id for change in changes.where(section="nodes", how=How.CHANGED)],
        "links_added": ids("links", How.ADDED),
        "links_removed": ids("links", How.REMOVED),
        "links_changed": {
            change.id: {field.name: [judged(field.old), judged(field.new)] for field in change.fields}
            for change in changes.where(section="links", how=How.CHANGED)
        },
    }


def theory(given: Mapping[str, Any]) -> TheoryOfChange:
    """A theory of a case: labels of nodes, strengths of links."""
    draft = TheoryOfChange.build("case")
    for id, label in given["nodes"].items():
        draft.outcome(id, label)
    for id, fields in given["links"].items():
        from_, to = id.split("->")
        draft.link(from_, to, strength=Judgement(low=fields["strength"], high=fields["strength"], by="case"))
    return draft.done()


def judged(value: object) -> object:
    """A judged strength in the form of a case."""
    assert isinstance(value, Judgement)
    return value.low
