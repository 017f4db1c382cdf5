"""What the figures say: achievement, status, breakdowns, people reached and cascades."""

from tocmodel.measurement.achievement import AchievementTable, achievement
from tocmodel.measurement.breakdowns import BreakdownCheck, BreakdownStatus, breakdown_check, breakdown_sum, breakdown_totals
from tocmodel.measurement.cascades import CascadeStep, cascade
from tocmodel.measurement.formulas import Ratio, Reason, attainment, progress
from tocmodel.measurement.judging import Status, status
from tocmodel.measurement.people import PeopleReached, intersection_bounds, people_reached, union_bounds, unique_count
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.rows import AchievementRow, Scope

__all__ = [
    "AchievementRow",
    "AchievementTable",
    "BreakdownCheck",
    "BreakdownStatus",
    "CascadeStep",
    "PeopleReached",
    "Policy",
    "Ratio",
    "Reason",
    "Scope",
    "Status",
    "achievement",
    "attainment",
    "breakdown_check",
    "breakdown_sum",
    "breakdown_totals",
    "cascade",
    "intersection_bounds",
    "people_reached",
    "progress",
    "status",
    "union_bounds",
    "unique_count",
]
