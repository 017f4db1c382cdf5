"""What changed between two versions of a model, and which version a model is."""

from tocmodel.versions.difference import Change, Difference, How, apply, diff
from tocmodel.versions.effects import AchievementChange, achievement_changes
from tocmodel.versions.history import current_version, fingerprint, with_version
from tocmodel.versions.plausible import PlausibilityChange, Shift, plausibility_changes

__all__ = [
    "AchievementChange",
    "Change",
    "Difference",
    "How",
    "PlausibilityChange",
    "Shift",
    "achievement_changes",
    "apply",
    "current_version",
    "diff",
    "fingerprint",
    "plausibility_changes",
    "with_version",
]
