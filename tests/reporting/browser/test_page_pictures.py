"""Pictures of all typical pages, left in build/screenshots to be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from typical import SAMPLES, sample
from visiting import PHONE, WIDE, Scheme, Visit

from pytest_deeprnn.core.settings import Language

FOLDER = Path(__file__).parents[3] / "build" / "screenshots"
Look = tuple[str, Language, Scheme, int]
LOOKS: list[Look] = [
    *((name, "en", "light", WIDE) for name in SAMPLES),
    ("one-cause", "en", "dark", WIDE),
    ("one-cause", "en", "light", PHONE),
    ("one-cause", "zh", "light", WIDE),
    ("several", "zh", "dark", PHONE),
    ("right", "en", "dark", PHONE),
]


@pytest.mark.parametrize(("name", "lang", "scheme", "width"), LOOKS)
def test_a_picture_is_taken(
    visit: Visit, name: str, lang: Language, scheme: Scheme, width: int
) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}-{lang}-{scheme}-{width}.png"
    visit(sample(name, lang).html, width=width, scheme=scheme).page.screenshot(
        path=file, full_page=True
    )
    assert file.stat().st_size > 10_000  # an empty page takes less
