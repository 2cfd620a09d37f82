"""The language that a learner is told things in where none was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_deeprnn.core.settings import LANGUAGES, Language

#: The first of these that is set says what a program's messages are written in.
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
#: Comes before them: languages, the best first.
_LIST = "LANGUAGE"
VARIABLES = (_LIST, *_LOCALES)
_DEFAULT: Language = "en"


def of_environment(variables: Mapping[str, str]) -> Language:
    """The first language we have that these variables ask for, in gettext's order; else English."""
    locale = next(filter(None, map(variables.get, _LOCALES)), "")
    if locale in ("C", "POSIX"):
        return _DEFAULT  # as for GNU's gettext: LC_ALL=C takes back what LANGUAGE says
    wanted = (variables.get(_LIST) or locale).split(":")
    return next(filter(None, map(_ours, wanted)), _DEFAULT)


def _ours(name: str) -> Language | None:
    """What we have for a name like zh_CN.UTF-8 or zh-Hans."""
    return next((one for one in LANGUAGES if name.lower().startswith(one)), None)
