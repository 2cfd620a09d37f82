"""Modules beside a submission are imported from their texts."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_deeprnn.sandbox.host import import_hook
from pytest_deeprnn.sandbox.protocol.messages import Helper


def helper(name: str, text: str, is_package: bool = False) -> Helper:
    filename = name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
    return Helper(name=name, filename=filename, text=text, is_package=is_package)


def install(found: tuple[Helper, ...]) -> None:
    import_hook.install(found, "folder")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    install(())


def test_a_module_a_package_and_what_stands_in_it_are_found() -> None:
    install(
        (
            helper("beside_one", "from beside_two.inner import K\nL = K + 1\n"),
            helper("beside_two", "from .inner import K as here\n", is_package=True),
            helper("beside_two.inner", "K = 41\n"),
        )
    )
    import beside_one  # type: ignore[import-not-found]
    import beside_two  # type: ignore[import-not-found]

    assert (beside_one.L, beside_two.here) == (42, 41)
    assert beside_one.__file__ == "beside_one.py"


def test_its_lines_are_shown_where_it_raises() -> None:
    import linecache

    install((helper("beside_one", "x = 1\nraise KeyError(x)\n"),))
    with pytest.raises(KeyError):
        __import__("beside_one")
    assert linecache.getline("beside_one.py", 2) == "raise KeyError(x)\n"


def test_another_submission_has_none_of_them() -> None:
    install((helper("beside_one", "K = 1\n"),))
    __import__("beside_one")
    install(())
    assert "beside_one" not in sys.modules
    with pytest.raises(ModuleNotFoundError):
        __import__("beside_one")


def test_an_installed_module_is_not_hidden() -> None:
    install((helper("tomllib", "raise SystemExit\n"),))
    sys.modules.pop("tomllib", None)
    assert hasattr(__import__("tomllib"), "loads")


def test_they_are_found_in_the_folder_of_the_main_file() -> None:
    install(
        (
            helper("beside_one", "from .beside_two import K\nfrom . import beside_two\n"),
            helper("beside_two", "K = 41\n"),
        )
    )
    main: dict[str, Any] = {"__name__": "main", "__package__": "folder"}
    exec("from .beside_one import K, beside_two\nfrom . import beside_one", main)
    assert (main["K"], vars(main["beside_two"])["K"]) == (41, 41)


def test_one_of_them_is_loaded_again_from_its_text() -> None:
    install((helper("beside_one", "K = []\n"),))
    module = __import__("beside_one")
    before = module.K
    assert importlib.reload(module) is module
    assert module.K is not before
