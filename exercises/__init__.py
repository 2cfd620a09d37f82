"""The exercises: one folder each, with what is asked as data."""
