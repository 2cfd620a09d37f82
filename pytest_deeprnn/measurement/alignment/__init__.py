"""Finds out by experiment which of the student's tensors plays which role."""
