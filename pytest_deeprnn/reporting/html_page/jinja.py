"""How pages are made of templates: escaped, strict, translated, and with dead text."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from pytest_deeprnn.core.catalogue import catalogue
from pytest_deeprnn.reporting.html_page import number_format


def make(package: str, lang: str) -> Environment:
    """Make the environment for the templates of a package, in one of the languages."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=number_format.plain,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    texts = catalogue(lang)
    environment.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]  # of the extension
    environment.filters.update(points=number_format.points, number=number_format.number)
    between = texts.pgettext("between two sentences", "a space")  # a catalogue holds no empty text
    space = " " if between == "a space" else ""
    environment.globals.update(lang=lang, space=space)
    return environment
