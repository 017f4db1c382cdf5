"""Charts: the results as pictures (SVG text), each with its text alternative; nothing in them is said by colour alone."""

from tocmodel.reports.charts.achievement import achievement_chart
from tocmodel.reports.charts.cascade import cascade_chart
from tocmodel.reports.charts.gaps import gap_chart
from tocmodel.reports.charts.matrix import matrix_chart
from tocmodel.reports.charts.theory import Overlay, theory_chart
from tocmodel.reports.charts.trajectory import Trajectory, trajectory_chart

__all__ = [
    "Overlay",
    "Trajectory",
    "achievement_chart",
    "cascade_chart",
    "gap_chart",
    "matrix_chart",
    "theory_chart",
    "trajectory_chart",
]
