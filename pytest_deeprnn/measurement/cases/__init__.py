"""The cases that a submission is tried on."""
