"""What the figures say: achievement, status, breakdowns, people reached and cascades."""

from tocmodel.measurement.achievement import AchievementTable, achievement
from tocmodel.measurement.breakdowns import BreakdownCheck, BreakdownStatus, breakdown_check, breakdown_sum, breakdown_totals
from tocmodel.measurement.cascades import CascadeStep, cascade
from tocmodel.measurement.consolidation import over_places, over_programmes, over_reporters
from tocmodel.measurement.formulas import Ratio, Reason, attainment, progress
from tocmodel.measurement.judging import Status, status
from tocmodel.measurement.people import PeopleReached, intersection_bounds, people_reached, union_bounds, unique_count
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.publication import publishable
from tocmodel.measurement.publishing import Published, published
from tocmodel.measurement.rollup import RollUp, roll_up, standing
from tocmodel.measurement.rows import AchievementRow, Scope
from tocmodel.measurement.spending import ExchangeRate, spending
from tocmodel.measurement.tracking import TrackingTable, tracking_table

__all__ = [
    "AchievementRow",
    "AchievementTable",
    "BreakdownCheck",
    "BreakdownStatus",
    "CascadeStep",
    "ExchangeRate",
    "PeopleReached",
    "Policy",
    "Published",
    "Ratio",
    "Reason",
    "RollUp",
    "Scope",
    "Status",
    "TrackingTable",
    "achievement",
    "attainment",
    "breakdown_check",
    "breakdown_sum",
    "breakdown_totals",
    "cascade",
    "intersection_bounds",
    "over_places",
    "over_programmes",
    "over_reporters",
    "people_reached",
    "progress",
    "publishable",
    "published",
    "roll_up",
    "spending",
    "standing",
    "status",
    "tracking_table",
    "union_bounds",
    "unique_count",
]
