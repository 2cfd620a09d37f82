"""Loads what torch loads when it is first used in some way: once, before workers are forked."""

from __future__ import annotations

import contextlib
import importlib

#: For a whole Jacobian at once, tensors on the meta device, any dispatch mode, torch.func.jvp, and
#: weights that are drawn with numpy.
_LAZY = (
    "torch._functorch.vmap",
    "torch._meta_registrations",
    "torch._dynamo",
    "torch._decomp.decompositions_for_jvp",
    "numpy.random",
)


def warm() -> None:
    """Import them, those that are here; each would cost every worker some 0.3 s."""
    for name in _LAZY:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
