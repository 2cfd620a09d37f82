"""Submissions generated from the mutated reference, and what an exercise's checks make of them."""
