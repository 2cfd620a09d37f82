"""What a style of writing cannot say."""

from __future__ import annotations


class Inexpressible(Exception):
    """A style, or a network of this form, has no way to write this fault; the text says why."""
