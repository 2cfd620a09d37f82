"""Makes repositories: what a student starts from, and what platforms grade with."""
