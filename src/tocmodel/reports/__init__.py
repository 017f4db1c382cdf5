"""What people look at: reports and diagrams."""

from tocmodel.reports.html import report

__all__ = ["report"]
