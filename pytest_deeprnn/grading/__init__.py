"""Grade one submission: from its contract to one report."""
