"""The contribution story: what evidence allows one to say of how an activity contributed to an objective."""

from tocmodel.stories.level import ChainStep, ClaimLevel, Gap, StoryLevel, story_level
from tocmodel.stories.links import LinkState, StoryPolicy
from tocmodel.stories.sentence import Section, Sentence
from tocmodel.stories.story import Story, story
from tocmodel.stories.wording import Words, banned_phrases

__all__ = [
    "ChainStep",
    "ClaimLevel",
    "Gap",
    "LinkState",
    "Section",
    "Sentence",
    "Story",
    "StoryLevel",
    "StoryPolicy",
    "Words",
    "banned_phrases",
    "story",
    "story_level",
]
