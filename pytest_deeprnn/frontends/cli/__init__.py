"""Graded runs: one pytest run that takes nothing from where the submissions lie."""
