"""--deeprnn-strict: what pytest has loaded from where a submission lies."""

from __future__ import annotations

import sys
import types
import zipfile
from pathlib import Path

import pytest

from pytest_deeprnn.frontends.pytest_plugin.strict import Strict, files_of, refuse

TABLE = "[tool.pytest.ini_options]\naddopts = '-ra'\n"


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A class of two, and the instructor's folder around it."""
    for place in ("class/alice", "class/bob"):
        (pytester.path / place).mkdir(parents=True)
        (pytester.path / place / "student.py").touch()
    return pytester.path


def _start(pytester: pytest.Pytester, *args: str) -> None:
    """Get as far as a run gets before the first submission is opened."""
    config = pytester.parseconfigure("--deeprnn-strict", *args)
    strict = config.pluginmanager.get_plugin("deeprnn-strict")
    assert isinstance(strict, Strict)
    strict.pytest_sessionstart()


def _refused(pytester: pytest.Pytester, path: Path, *args: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        _start(pytester, *args)
    text = str(caught.value)
    assert text.startswith(f"--deeprnn-strict: pytest has loaded {path} from")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("conftest.py", ""),
        ("pytest.ini", "[pytest]\n"),
        ("tox.ini", "[pytest]\n"),
        ("setup.cfg", "[tool:pytest]\n"),
        ("pyproject.toml", TABLE),
    ],
)
def test_what_stands_beside_the_file(
    pytester: pytest.Pytester,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
) -> None:
    alice = folder / "class" / "alice"
    (alice / name).write_text(text)
    monkeypatch.chdir(alice)
    _refused(pytester, alice / name, "--deeprnn-submission=student.py")


@pytest.mark.parametrize("given", ["class", "class/alice/student.py", "class/bob/student.py"])
def test_a_conftest_of_the_class_folder(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """It is nobody's who is graded by a path further down."""
    (folder / "class" / "conftest.py").touch()
    monkeypatch.chdir(folder / "class")
    option = f"--deeprnn-submission={folder / given}"
    if given == "class":
        _refused(pytester, folder / "class" / "conftest.py", option)
    else:
        _start(pytester, option)


@pytest.mark.parametrize("name", ["evil", "evil/__init__", "space/evil"])
def test_a_plugin_from_the_submissions_folder(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    alice = folder / "class" / "alice"
    plugin = alice / f"{name}.py"
    plugin.parent.mkdir(exist_ok=True)
    plugin.touch()
    monkeypatch.syspath_prepend(alice)
    module = name.removesuffix("/__init__").replace("/", ".")
    _refused(pytester, plugin, "-p", module, "--deeprnn-submission=class/alice/student.py")


def test_a_module_in_place_of_another(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = folder / "class" / "alice"
    (alice / "sitecustomize.py").touch()
    monkeypatch.setitem(sys.modules, "sitecustomize", _module(str(alice / "sitecustomize.py")))
    _refused(pytester, alice / "sitecustomize.py", "--deeprnn-submission=class/alice/student.py")


def test_a_conftest_behind_a_link(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "link").symlink_to(folder / "class" / "alice")
    (folder / "class" / "alice" / "conftest.py").touch()
    monkeypatch.chdir(folder / "link")
    option = f"--deeprnn-submission={folder / 'class' / 'alice' / 'student.py'}"
    _refused(pytester, folder / "class" / "alice" / "conftest.py", option)


def test_a_submission_that_is_a_link(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it was named as well as where it lies."""
    (folder / "named").mkdir()
    (folder / "named" / "student.py").symlink_to(folder / "class" / "alice" / "student.py")
    (folder / "named" / "conftest.py").touch()
    monkeypatch.chdir(folder / "named")
    _refused(pytester, folder / "named" / "conftest.py", "--deeprnn-submission=student.py")
    (folder / "named" / "conftest.py").unlink()
    (folder / "class" / "alice" / "conftest.py").touch()
    option = f"--confcutdir={folder}"
    monkeypatch.chdir(folder / "class" / "alice")
    given = f"--deeprnn-submission={folder / 'named' / 'student.py'}"
    _refused(pytester, folder / "class" / "alice" / "conftest.py", option, given)


def test_a_conftest_beside_a_zip(pytester: pytest.Pytester, folder: Path) -> None:
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.writestr("alice.py", "")
    (folder / "conftest.py").touch()
    _refused(pytester, folder / "conftest.py", "--deeprnn-submission=class.zip")


def test_an_instructors_files_around_the_class_are_let_pass(
    pytester: pytest.Pytester, folder: Path
) -> None:
    (folder / "conftest.py").touch()
    (folder / "pytest.ini").write_text("[pytest]\n")
    _start(pytester, "--deeprnn-submission=class")


def test_a_pyproject_that_says_nothing_to_pytest_is_let_pass(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = folder / "class" / "alice"
    (alice / "pyproject.toml").write_text("[tool.ruff]\nline-length = 90\n")
    monkeypatch.chdir(alice)
    _start(pytester, "--deeprnn-submission=student.py")


def test_the_running_interpreters_packages_may_lie_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner's repository: student.py at its root, .venv with all packages beneath."""
    packages = tmp_path / ".venv" / "lib" / "site-packages"
    monkeypatch.setattr("site.getsitepackages", lambda: [str(packages)])
    refuse([tmp_path], [packages / "pytest_cov" / "plugin.py"])
    with pytest.raises(pytest.UsageError, match="evil"):
        refuse([tmp_path], [packages.parent / "evil.py"])


def test_the_project_itself_may_lie_below() -> None:
    exercises = sys.modules["pytest_deeprnn.exercises"]
    assert exercises.__file__ is not None
    refuse(
        [Path(exercises.__file__).parents[1]], files_of([exercises, sys.modules[Strict.__module__]])
    )


def test_a_file_name_acts_on_no_terminal(tmp_path: Path) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        refuse([tmp_path], [tmp_path / "\x1b[2J\nconftest.py"])
    assert str(caught.value).isprintable()


def test_modules_without_a_place_have_no_files() -> None:
    """Builtins, namespace packages, and modules like torch.ops that give a bare name."""
    odd = [_module(None), _module("_ops.py"), sys, object(), None]
    assert list(files_of(odd)) == []
    assert list(files_of([_module("/a/b.py")])) == [Path("/a/b.py")]


def _module(file: str | None) -> types.ModuleType:
    module = types.ModuleType("odd")
    module.__file__ = file
    return module
