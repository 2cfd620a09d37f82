"""A run of pytest that grades: options, items, fixtures, the session."""
