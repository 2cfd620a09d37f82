"""Names root causes: from what checks found, to a code with its reason, line and hint."""
