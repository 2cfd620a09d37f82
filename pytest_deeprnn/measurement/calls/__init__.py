"""Calls of a submission, from the request to the numbers that came back."""
