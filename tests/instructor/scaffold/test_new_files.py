"""What `deeprnn new` makes, and what it leaves alone."""

from __future__ import annotations

import ast
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from pytest_deeprnn.core.exercise import load, packaged
from pytest_deeprnn.frontends.cli.main import main

EXERCISES = Path(__file__).parents[3] / "exercises"
OWN = Path(__file__).parents[3] / "docs" / "examples" / "long-rnn"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", packaged())
def test_a_student_repository_has_all_that_a_student_needs(
    tmp_path: Path, name: str, lang: str
) -> None:
    assert main(["new", name, str(tmp_path / "new"), "--lang", lang]) == 0
    made = tmp_path / "new"
    assert files(made) == {
        ".github/workflows/deeprnn.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        "README.md",
        "statement.md",
        "student.py",
    }
    assert (made / "student.py").read_text() == (EXERCISES / name / "starter.py").read_text()
    statement = (EXERCISES / name / f"statement.{lang}.md").read_text(encoding="utf-8")
    assert (made / "statement.md").read_text(encoding="utf-8") == statement
    readme = (made / "README.md").read_text(encoding="utf-8")
    title = load(name).title
    assert readme.startswith(f"# {title.zh if lang == 'zh' else title.en}\n")
    assert f"pytest --deeprnn-submission=student.py --deeprnn-exercise={name}" in readme


@pytest.mark.parametrize("path", [".github/workflows/deeprnn.yml", ".gitlab-ci.yml", "README.md"])
def test_the_installed_versions_are_pinned(tmp_path: Path, path: str) -> None:
    main(["new", "deep-gru", str(tmp_path)])
    text = (tmp_path / path).read_text()
    for name in ("pytest-deeprnn", "hypothesis"):
        assert f"{name}=={version(name)}" in text
    assert "torch==" in text
    assert "+cpu" not in text


def test_another_source_of_the_program_can_be_named(tmp_path: Path) -> None:
    own = "pytest-deeprnn @ git+https://example.org/x.git@v1"
    main(["new", "rnn", str(tmp_path), "--install", own])
    job = yaml.safe_load((tmp_path / ".github/workflows/deeprnn.yml").read_text())["jobs"]["grade"]
    install = next(step["run"] for step in job["steps"] if step.get("name", "").startswith("Inst"))
    assert f"'{own}'" in install
    assert "pytest-deeprnn==" not in install


def test_what_is_there_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "student.py").write_text("mine")
    assert main(["new", "rnn", str(tmp_path)]) == 4
    (told,) = capsys.readouterr().err.splitlines()
    assert "has student.py already: nothing was written; --overwrite replaces them" in told
    assert files(tmp_path) == {"student.py"}
    assert (tmp_path / "student.py").read_text() == "mine"


def test_a_link_that_is_there_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "aside").write_text("mine")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "student.py").symlink_to(tmp_path / "aside")
    assert main(["new", "rnn", str(tmp_path / "new")]) == 4
    assert main(["new", "rnn", str(tmp_path / "new"), "--overwrite"]) == 0
    assert (tmp_path / "aside").read_text() == "mine"
    assert not (tmp_path / "new" / "student.py").is_symlink()


@pytest.mark.parametrize(
    ("exercise", "folder", "why"),
    [("rmm", "new", "'rmm': no such exercise"), ("rnn", "file/new", "file")],
)
def test_bad_input_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], exercise: str, folder: str, why: str
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["new", exercise, str(tmp_path / folder)]) == 4
    (told,) = capsys.readouterr().err.splitlines()
    assert why in told


@pytest.mark.parametrize("kind", ["student", "gradescope", "classroom50"])
def test_an_exercise_of_ones_own_goes_along(tmp_path: Path, kind: str) -> None:
    assert main(["new", str(OWN), str(tmp_path), "--for", kind]) == 0
    copied = tmp_path / ".deeprnn" / "long-rnn"
    assert files(copied) == files(OWN)
    texts = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert any(".deeprnn/long-rnn" in text for text in texts)


def test_scripts_are_shell_and_python(tmp_path: Path) -> None:
    main(["new", "lstm", str(tmp_path), "--for", "gradescope"])
    main(["new", "lstm", str(tmp_path), "--for", "classroom50"])
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", str(tmp_path / name)], check=True)
        assert (tmp_path / name).stat().st_mode & 0o111 == 0o111
    tree = ast.parse((tmp_path / "autograder.py").read_text())
    assert {"main", "install"} <= {getattr(node, "name", "") for node in tree.body}
