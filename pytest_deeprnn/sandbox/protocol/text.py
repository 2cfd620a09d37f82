"""Keeps what the student's code prints, up to a limit."""

from __future__ import annotations

from pytest_deeprnn.sandbox.protocol.limits import MAX_NAME, MAX_OUTPUT

LIMIT = MAX_OUTPUT


def cut(text: str, limit: int) -> str:
    """The beginning of a text, as it can be sent."""
    return text if text.isascii() and len(text) <= limit else sendable(text[:limit])[:limit]


def name(text: str) -> str:
    """A name, cut where it is very long."""
    return cut(text, MAX_NAME)


def class_name(value: object) -> str:
    """The name of a value's class; a class of the student's may call itself anything."""
    return name(str(type(value).__name__))


def sendable(text: str) -> str:
    """Write lone surrogates as escapes: UTF-8, and so the wire, has no place for them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
