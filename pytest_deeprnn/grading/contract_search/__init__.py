"""Finds the contract's functions where the text alone does not tell: by a look at what it makes."""
