"""One browser for all tests here; where there is none they say so, or fail if one is required."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from visiting import WIDE, Opened, Scheme, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

CHROMIUM = Path("/usr/bin/chromium")  # Debian's: Playwright would download one of its own
PACKAGES = ("playwright", "axe_playwright_python", "pypdf")


def hindrance() -> str:
    """Why no browser can be had, with what helps; nothing where one can."""
    if absent := [name for name in PACKAGES if find_spec(name) is None]:
        return f"{', '.join(absent)} not installed; pip install -r requirements-dev.txt"
    if not CHROMIUM.exists():
        return f"{CHROMIUM} is not there; apt-get install chromium"
    return ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each process of the test run."""
    if why := hindrance():
        told = f"THE BROWSER TESTS DID NOT RUN: {why}"
        if os.environ.get("DEEPRNN_BROWSER") == "required":
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    from playwright.sync_api import sync_playwright  # may be missing, see above

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Open HTML as a learner does, from a file, each time as a new visitor."""
    contexts: list[BrowserContext] = []

    def opened(
        html: str, *, width: int = WIDE, scheme: Scheme = "light", bypass_csp: bool = False
    ) -> Opened:
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
            bypass_csp=bypass_csp,
        )
        contexts.append(context)
        shown = Opened(context.new_page())
        shown.watch()
        shown.page.goto(file.as_uri())
        return shown

    yield opened
    for context in contexts:
        context.close()
