"""Lets a submission that sets no seed draw the same numbers in every run: its report repeats."""

from __future__ import annotations

import random

import numpy as np

_SEED = 0


def same_in_every_run() -> None:
    """Seed the generators of Python and numpy as torch seeds its own: with a constant.

    A generator of numpy that is made without a seed gets one from a series that starts anew in
    each process forked after this.
    """
    random.seed(_SEED)
    np.random.seed(_SEED)
    series = random.Random(_SEED)
    # default_rng() and RandomState() look for it there, and numpy has no setting for it
    np.random.bit_generator.randbits = series.getrandbits  # type: ignore[attr-defined]  # imported from `secrets`
