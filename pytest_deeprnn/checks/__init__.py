"""The checks: one thing tested each, with what it needs and what it found."""
