"""A student's file: finding it, reading it, and finding the contract's three functions in it."""
