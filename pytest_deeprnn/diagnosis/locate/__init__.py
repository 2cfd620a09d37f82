"""Find the line of the submission that a root cause lies in."""
