"""What was learned and what is to be watched: views of a model for people who evaluate and steer."""

from tocmodel.learning.calendar import assumptions_to_monitor, reporting_calendar
from tocmodel.learning.decisions import decision_log
from tocmodel.learning.evaluation import Answer, evaluation_matrix
from tocmodel.learning.items import learning_items
from tocmodel.learning.participants import participants_named

__all__ = [
    "Answer",
    "assumptions_to_monitor",
    "decision_log",
    "evaluation_matrix",
    "learning_items",
    "participants_named",
    "reporting_calendar",
]
