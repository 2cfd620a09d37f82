"""Notes on what of torch's compilers a submission uses, and how it was run."""

from __future__ import annotations

_COMPILED = "{} compiles nothing here: the function was run as it stands, with the same numbers."
_OPERATOR = "{} was run as plain Python, which computes the same."
_NOTES = {
    "torch.compile": _COMPILED,
    "torch._dynamo.optimize": _COMPILED,
    "torch.export.export": _COMPILED,
    "torch.export.draft_export": _COMPILED,
    "make_fx": _COMPILED,
    "cond": _OPERATOR,
    "map": _OPERATOR,
    "scan": _OPERATOR,
    "associative_scan": _OPERATOR,
}


def plain_notes(names: tuple[str, ...]) -> list[str]:
    """One sentence for each known name; what else a worker names is not repeated."""
    return [_NOTES[name].format(name) for name in names if name in _NOTES]
