"""Cases on the level of claim and the wording of stories."""

from tests.conformance.adapters.translation import Inputs, adapts
from tocmodel.stories import ChainStep, LinkState, banned_phrases, story_level


@adapts("story_level")
def _story_level(inputs: Inputs) -> object:
    found = story_level(
        reasoned=inputs["reasoned"],
        activity_delivered=inputs["activity_delivered"],
        chain=[ChainStep(step["from"], step["to"], step["to_type"], LinkState(step["state"])) for step in inputs["chain"]],
        rivals_assessed=inputs["rivals_assessed"],
    )
    return {"level": found.level.value, "missing": [gap.value for gap in found.missing]}


@adapts("banned_phrases")
def _banned_phrases(inputs: Inputs) -> object:
    return {"banned": bool(banned_phrases(inputs["text"]))}
