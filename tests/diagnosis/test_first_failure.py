"""The first statement that failed is told, with its own exception and its line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from graded_text import Grade
from one_layer import line_of, network

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

READ = """def lies(pfad):
    return open(pfad).read().split()
woerter = lies("woerter.txt")
groesse = len(set(woerter))
skala = 1 / groesse"""


@pytest.mark.parametrize(
    ("top", "use", "line", "kind"),
    [
        (READ, "skala", 'lies("w', "FileNotFoundError"),
        ("import nirgends.da as nd\nK = nd.zahl()\nF = K + 1", "F", "import n", "ModuleNotFound"),
        ("from json import fehlt\nK = fehlt('a')", "K", "from json", "ImportError"),
        ("n = int(input('wie viele? '))\nK = 2 * n", "K", "n = int", "EOFError"),
        ("K = 0\nF = 1 / K\nG = F + 1", "G", "F = 1", "ZeroDivisionError"),
        ("import sys\nif True:\n    sys.exit('keine Daten')\n    K = 1", "K", "exit", "SystemExit"),
        ("with open('v.json') as f:\n    v = f.read()\nV = len(v)", "V", "with", "FileNotFound"),
        ("c = {}\nc['s'] = len(open('c').read())", "c['s']", "c['s'] = ", "FileNotFoundError"),
        ("W = None\nW = torch.load('w.pt')\nU = W['a']", "U", "torch.load", "FileNotFoundError"),
        ("W = None\nW = torch.load('w.pt')", "W['a']", "torch.load", "FileNotFoundError"),
        ("import nirgends\nclass A(nirgends.B): pass\na = A()", "a", "import n", "ModuleNotFound"),
    ],
)
def test_a_chain_is_told_by_its_first_link(
    grade: Grade, monkeypatch: pytest.MonkeyPatch, top: str, use: str, line: str, kind: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    text = network(top=top, begin=f"gebraucht = {use}")
    (told,) = grade(text, "rnn").diagnoses
    where = line_of(text.replace(f"gebraucht = {use}", ""), line)
    assert (told.code, told.line) == ("import-error", where)
    assert told.detail.startswith(f"Line {where}: {kind}")


def test_what_another_failure_has_nothing_to_do_with_is_told_as_it_is(grade: Grade) -> None:
    text = network(top="import nirgends\nmehr = open('x')", next="torch.tanh(x @ None)")
    (told,) = grade(text, "rnn").diagnoses
    assert (told.code, told.line) == ("crash", line_of(text, "@ None"))


def test_a_function_that_could_not_be_defined(grade: Grade) -> None:
    text = network(top="worte = open('worte.txt').read()\nkern = worte.strip()")
    text = text.replace("def init_state", "@kern\ndef init_state")
    report = grade(text, "rnn")
    assert [one.id for one in report.checks if one.status == "fail"] == ["loads"]
    (told,) = report.diagnoses
    assert (told.code, told.line) == ("import-error", line_of(text, "open("))
    assert told.detail.startswith("Line 2: FileNotFoundError")


@pytest.fixture
def grade_folder(tmp_path: Path) -> Callable[..., Report]:
    """Grade a file with modules beside it."""

    def graded(text: str, **beside: str) -> Report:
        for name, content in {"student": text, **beside}.items():
            (tmp_path / f"{name}.py").write_text(content, encoding="utf-8")
        (submission,) = discover([str(tmp_path / "student.py")])
        with closing(DirectGrader(Settings(profile="quick"), LocalSpawner())) as grader:
            (opened,) = grader.open(submission, load("rnn"))
            for check in opened.checks:
                grader.check(opened.key, check)
            return grader.report(opened.key)

    return graded


@pytest.mark.parametrize(
    ("imported", "use", "beside", "place"),
    [
        (
            "import masse_a",
            "masse_a.SKALA",
            {"masse_a": "# Masse\nimport csv\nSKALA = len(list(csv.reader(open('v.csv'))))\n"},
            ("masse_a.py", 3),
        ),
        (
            "from masse_b import *",
            "SKALA",
            {"masse_b": "\nSKALA = 1 / 0\n"},
            ("masse_b.py", 2),
        ),
        (
            "from masse_c import SKALA\nZWEI = 2 * SKALA",
            "ZWEI",
            {"masse_c": "from tief_c import SKALA\n", "tief_c": "import nirgends\nSKALA = 1\n"},
            ("tief_c.py", 1),
        ),
        (
            "import masse_d as m",
            "m.SKALA",
            {"masse_d": "SKALA = 1\nMEHR = (\n"},
            ("masse_d.py", 2),
        ),
    ],
)
def test_a_module_beside_the_file_is_told_with_its_own_line(
    grade_folder: Callable[..., Report],
    imported: str,
    use: str,
    beside: dict[str, str],
    place: tuple[str, int],
) -> None:
    report = grade_folder(network(top=imported, begin=f"gebraucht = {use}"), **beside)
    (told,) = report.diagnoses
    assert (told.code, (told.file, told.line)) == ("import-error", place)
    line = beside[place[0].removesuffix(".py")].splitlines()[place[1] - 1]
    assert told.source == (None if "SyntaxError" in told.detail else line)


def test_gradients_that_a_module_turns_off(grade_folder: Callable[..., Report]) -> None:
    off = "import torch\n\ntorch.set_grad_enabled(False)\n"
    report = grade_folder(network(top="import aufbau"), aufbau=off)
    (told,) = report.diagnoses
    assert (told.code, told.file, told.line) == ("state-detached", "aufbau.py", 3)
