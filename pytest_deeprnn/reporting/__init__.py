"""Show a report: as a page, in a terminal, and in the formats of other programs."""
