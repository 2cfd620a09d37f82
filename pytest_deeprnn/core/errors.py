"""What is wrong with how the program was called, whichever way it was called."""

from __future__ import annotations


class Misuse(Exception):
    """What is wrong with the command line, in one line that says what to write instead."""
