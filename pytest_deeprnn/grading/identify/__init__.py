"""Find out which exercise a submission answers."""
