"""The files of a repository, made of templates and of the exercise's own files."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, get_args

from pytest_deeprnn.core.exercise import Exercise, folder_of, load, packaged
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.instructor.scaffold.pins import CPU_INDEX, pins

if TYPE_CHECKING:
    from jinja2 import Environment

Kind = Literal["student", "gradescope", "classroom50"]
KINDS: tuple[str, ...] = get_args(Kind)
_OWN_EXERCISES = ".deeprnn"
#: The templates of each kind, by the names of the files that they make.
_TEMPLATES: dict[Kind, dict[str, str]] = {
    "student": {
        "README.md": "README.{lang}.md.j2",
        ".github/workflows/deeprnn.yml": "github.yml.j2",
        ".gitlab-ci.yml": "gitlab-ci.yml.j2",
        ".gitignore": "gitignore.j2",
    },
    "gradescope": {"setup.sh": "setup.sh.j2", "run_autograder": "run_autograder.j2"},
    "classroom50": {"autograder.py": "autograder.py.j2"},
}
_EXECUTABLE = ("setup.sh", "run_autograder")


@dataclass(frozen=True)
class Made:
    """One file: its path inside the repository, what it holds, and whether it can be started."""

    path: PurePosixPath
    content: bytes
    executable: bool = False


def make(name: str, kind: Kind, lang: Language, own: str) -> list[Made]:
    """Make all files for an exercise, named or given as a folder; `own` as in pins.

    Raises ExerciseError.
    """
    exercise, folder = load(name), folder_of(name)
    is_packaged = name in packaged()
    told = {
        "title": exercise.title.zh if lang == "zh" else exercise.title.en,
        "exercise": exercise.name if is_packaged else f"{_OWN_EXERCISES}/{exercise.name}",
        "is_packaged": is_packaged,
        "index": CPU_INDEX,
        "pins": pins(own),
    }
    environment = _environment(kind)
    made = [
        Made(
            PurePosixPath(path),
            environment.get_template(template.format(lang=lang)).render(told).encode(),
            path in _EXECUTABLE,
        )
        for path, template in _TEMPLATES[kind].items()
    ]
    if kind == "student":
        made += _starting(folder, lang)
    return made if is_packaged else [*made, *_copied(folder, exercise)]


def _starting(folder: Path, lang: Language) -> Iterator[Made]:
    yield Made(PurePosixPath("student.py"), (folder / "starter.py").read_bytes())
    yield Made(PurePosixPath("statement.md"), (folder / f"statement.{lang}.md").read_bytes())


def _copied(folder: Path, exercise: Exercise) -> Iterator[Made]:
    """An instructor's own exercise, which no release holds."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in inside.parts:
            place = PurePosixPath(_OWN_EXERCISES, exercise.name, *inside.parts)
            yield Made(place, path.read_bytes())


def _environment(kind: Kind) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # not for the other commands

    environment = Environment(
        loader=PackageLoader("pytest_deeprnn.instructor.scaffold", f"templates/{kind}"),
        autoescape=False,  # shell, YAML and Python: `quoted` is for these
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(quoted=shlex.quote)
    return environment
