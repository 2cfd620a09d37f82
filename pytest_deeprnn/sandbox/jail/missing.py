"""What is raised where a protection cannot be had."""

from __future__ import annotations


class Missing(Exception):
    """A protection cannot be had here; the text is the reason, in one line."""
