"""A page that is open in the browser, and all that it said and asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

Scheme = Literal["light", "dark"]
WIDE = 1280
PHONE = 320  # WCAG 2.2, 1.4.10: the width at which nothing may need two directions of scrolling

_OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


@dataclass
class Opened:
    """A page; `said` holds messages of the console, errors and dialogs, `asked` the addresses."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note from now on what it says and asks for."""
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def unfold(self) -> None:
        """Open all details, as a learner would who reads everything."""
        self.page.evaluate(_OPEN_ALL)

    def widen(self, width: int) -> None:
        """Give the window another width."""
        self.page.set_viewport_size({"width": width, "height": 800})


class Visit(Protocol):
    """Opens HTML as a file; `bypass_csp` lets scripts run that the page's own policy forbids."""

    def __call__(
        self,
        html: str,
        *,
        width: int = WIDE,
        scheme: Scheme = "light",
        bypass_csp: bool = False,
    ) -> Opened: ...
