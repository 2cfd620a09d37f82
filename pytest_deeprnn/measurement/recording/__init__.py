"""What a submission computed in one call, operation by operation."""
