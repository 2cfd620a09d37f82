"""What crosses the wall between the trusted side and student code, and its limits."""
