"""What a run tells in a terminal: a report in about ten lines."""
