"""What stands in the sections of the report: one module for each question, facts in and data for a template out."""
