"""What checks measure to tell one root cause from another."""
