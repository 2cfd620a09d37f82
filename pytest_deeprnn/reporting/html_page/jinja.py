"""How pages are made of templates: escaped, strict, translated, and with dead text."""

from __future__ import annotations

from gettext import translation
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from pytest_deeprnn.reporting.html_page import number_format

LANGUAGES = ("en", "zh")
_LOCALE = Path(str(files("pytest_deeprnn.core"))) / "locale"


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
    catalogue = translation("feedback", _LOCALE, [lang], fallback=lang == "en")
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]  # of the extension
    environment.filters.update(points=number_format.points, number=number_format.number)
    space = "" if lang == "zh" else " "  # between sentences
    environment.globals.update(lang=lang, space=space)
    return environment
