"""Submissions generated from the twisted reference, and what an exercise's checks make of them."""
