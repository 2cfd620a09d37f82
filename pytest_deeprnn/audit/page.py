"""The matrix as one HTML file that needs nothing else."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from pytest_deeprnn.audit.matrix import Matrix
from pytest_deeprnn.feedback.text import plain


def render(matrix: Matrix) -> str:
    """Write the page."""
    environment = Environment(
        loader=PackageLoader("pytest_deeprnn.audit"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("audit.html.j2").render(matrix=matrix)
