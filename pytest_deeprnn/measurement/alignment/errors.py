"""What keeps a network from being read."""

from __future__ import annotations


class NotMeasurable(Exception):
    """The calls tell nothing of single numbers: the code of the cause, and what was seen."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
