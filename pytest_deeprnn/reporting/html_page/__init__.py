"""The learner's view of a report: one self-contained HTML page."""
