"""Sample reports, and a strict reader of the pages made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html.parser import HTMLParser

import pytest

from pytest_deeprnn.core.report import (
    CheckResult,
    Diagnosis,
    Example,
    FunctionFound,
    Report,
    RoleFound,
    RunSettings,
    Status,
    SubmissionId,
    Timing,
)
from pytest_deeprnn.reporting.html_page.page import render

VOID = {"meta", "link", "br", "hr", "img", "input"}
INLINE = {"a", "code", "mark", "span", "strong", "sub"}


class Page(HTMLParser):
    """A page as its elements and its text; ValueError where a tag is left open or crossed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self._inside: list[tuple[str, list[str]]] = []
        self._words: list[str] = []
        self._pieces: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()
        if self._open:
            raise ValueError(f"left open: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) != len(attrs):
            raise ValueError(f"an attribute twice in {tag}: {attrs}")
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
            self._inside.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing that was opened last")
        self._pieces.append(self._inside.pop())
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self._words.append(data)
        for _, inside in self._inside:
            inside.append(data)

    @property
    def text(self) -> str:
        """What can be read, as one line."""
        return " ".join("".join(self._words).split())

    @property
    def structure(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements in order, with the names of their attributes."""
        return [(tag, tuple(attrs)) for tag, attrs in self.tags]

    def all(self, tag: str) -> list[str]:
        """The texts of the elements with a tag, untouched."""
        return ["".join(words) for name, words in self._pieces if name == tag]

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


Show = Callable[..., Page]


@pytest.fixture
def show() -> Show:
    """Render a report and read the page."""

    def rendered(report: Report, sources: Mapping[str, str] | None = None) -> Page:
        return Page(render(report, sources or {}))

    return rendered


@pytest.fixture
def show_zh() -> Show:
    """Render a report in Chinese and read the page."""

    def rendered(report: Report, sources: Mapping[str, str] | None = None) -> Page:
        return Page(render(report, sources or {}, lang="zh"))

    return rendered


@pytest.fixture
def example() -> Example:
    return Example(
        sizes={"B": 2, "T": 3, "V": 5, "H": 4, "L": 2},
        seed=81,
        step=3,
        layer=2,
        row=1,
        unit=4,
        expected=0.418301771,
        got=0.229105542,
        tolerance=1e-9,
    )


@pytest.fixture
def failing(example: Example) -> Report:
    """A stack of two GRU layers that share a state, with a check in each state but one."""
    return Report(
        submission=SubmissionId(id="kim_lena", path="hand ins/kim_lena.py", sha256="9f86d0"),
        exercise="deep-gru",
        verdict="fail",
        score=7.5,
        max_score=30,
        checks=(
            CheckResult(id="loads", status=Status.PASS, points=7.5, max_points=7.5),
            CheckResult(
                id="output-values",
                status=Status.FAIL,
                points=0,
                max_points=15,
                message="Unit 4 differs at step 3.",
                example=example,
            ),
            CheckResult(
                id="gradients",
                status=Status.BLOCKED,
                points=0,
                max_points=5,
                blocked_by=("output-values",),
            ),
            CheckResult(id="pure", status=Status.SKIPPED, points=0, max_points=2.5, observed=True),
        ),
        diagnoses=(
            Diagnosis(
                code="shared-state",
                message="Layers 1 and 2 share one hidden state.",
                hint="Give each layer its own H.",
                confidence="exact",
                layer=2,
                line=4,
            ),
            Diagnosis(
                code="wrong-recurrence",
                message="Layer 2 reads the state of layer 1.",
                hint="Use the layer's own previous state.",
                confidence="evidence",
                layer=2,
                gate="update",
            ),
        ),
        roles=(
            RoleFound(path="params[0][1]", shape=(4, 8), role="layer 1, update, recurrent"),
            RoleFound(path="params[2]", shape=(5,), role="output bias"),
        ),
        settings=RunSettings(
            profile="standard",
            seed=7,
            devices=("cpu", "stand-in"),
            isolation="sandbox",
            cases=60,
            versions={"torch": "2.13.0"},
        ),
        timing=Timing(total_s=4.213, student_s=1.03, calls=1260),
        functions=(
            FunctionFound(role="get_params", name="make_params", line=12),
            FunctionFound(role="forward", name="gru", line=3, file="net.ipynb", cell=6),
        ),
        notes=("The reset gate is applied before the product.",),
        output="epoch 1\nepoch 2\n",
    )
