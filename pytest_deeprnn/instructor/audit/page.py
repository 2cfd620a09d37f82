"""The matrix as one HTML file that needs nothing else."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from pytest_deeprnn.instructor.audit.matrix import Matrix
from pytest_deeprnn.reporting.html_page.number_format import plain


def render(matrix: Matrix) -> str:
    """Write the page."""
    environment = Environment(
        loader=PackageLoader("pytest_deeprnn.instructor.audit"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("audit.html.j2").render(matrix=matrix)
