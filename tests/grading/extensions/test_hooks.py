"""What an exercise's hooks.py adds, and how one that cannot be used is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
import torch

from pytest_deeprnn.api import Blocked, Check, Failed, NoReference, Passed, Probe, Reference
from pytest_deeprnn.core.exercise import Exercise, ExerciseError, load
from pytest_deeprnn.core.hook_files import FILE
from pytest_deeprnn.core.report import Report, Status
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.frontends.pytest_plugin.open_submission import Probing
from pytest_deeprnn.grading.extensions.hooks import BadHooks, added
from pytest_deeprnn.grading.extensions.outputs import PACKAGED, known
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.instructor.gradebook.cache_key import Ground
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import Submission, discover

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
SUBMISSIONS = Path(__file__).parents[2] / "frontends" / "runs" / "submissions"
IN_PROCESS = Settings(profile="quick", isolation="none")
CHECK = """
from pytest_deeprnn.api import Blocked, Check, Failed, Passed, hookimpl

def run(probe):
    {body}

@hookimpl
def deeprnn_checks():
    return [Check("mine", run{more})]
"""


def submission(path: Path) -> Submission:
    (found,) = discover([str(path)])
    return found


def exercise(folder: Path, text: str, points: str = "mine = 7") -> Exercise:
    """The example's exercise with other hooks."""
    shutil.copytree(EXAMPLES / "long-rnn", folder / "own")
    (folder / "own" / "hooks.py").write_text(text, encoding="utf-8")
    place = folder / "own" / "exercise.toml"
    lines = place.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("long-run")]
    place.write_text("\n".join([*kept, points]), encoding="utf-8")
    return load(str(folder / "own"))


def graded(asked: Exercise, path: Path = EXAMPLES / "student.py") -> Report:
    grader = DirectGrader(IN_PROCESS, LocalSpawner())
    (opened,) = grader.open(submission(path), asked)
    for name in opened.checks:
        grader.check(opened.key, name)
    return grader.report(opened.key)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("return Passed('seen')", Status.PASS, "seen"),
        ("return Failed('It is odd.')", Status.FAIL, "It is odd."),
        ("return Blocked(('pure',))", Status.BLOCKED, "Not judged, because pure did not pass."),
        ("return probe.odd", Status.ERROR, "The grader failed: AttributeError"),
    ],
)
def test_an_added_check_ends_as_it_says(
    tmp_path: Path, body: str, status: Status, message: str
) -> None:
    report = graded(exercise(tmp_path, CHECK.format(body=body, more="")))
    (mine,) = (one for one in report.checks if one.id == "mine")
    assert (mine.status, mine.max_points) == (status, 7)
    assert mine.points == (7 if status is Status.PASS else 0)
    assert message in mine.message


def test_what_the_student_s_code_raises_in_it_is_a_failure_with_its_line(tmp_path: Path) -> None:
    body = (
        "n = probe.at(5, 4); "
        "n.forward(__import__('torch').zeros(1, 1, 3), n.init_state(1), n.get_params())"
    )
    report = graded(exercise(tmp_path, CHECK.format(body=body, more="")))
    (mine,) = (one for one in report.checks if one.id == "mine")
    assert mine.status is Status.FAIL
    assert mine.frames[-1].function == "forward"


def test_a_call_that_cannot_be_made_says_what_is_missing(deep_rnn: Probe) -> None:
    network = deep_rnn.at(5, 3)
    inputs, state = network.one_hot(torch.zeros(1, 1, dtype=torch.int64)), network.init_state(1)
    with pytest.raises(ValueError, match=r"params: shapes \(\(5, 3\), .* are needed, got \(\)"):
        network.forward(inputs, state, ())
    with pytest.raises(ValueError, match=r"state: shapes \(\(1, 3\), \(1, 3\)\) are needed"):
        network.forward(inputs, network.init_state(2), network.get_params())


def test_it_waits_for_what_it_needs(tmp_path: Path) -> None:
    text = CHECK.format(body="return Passed()", more=", needs=('output-values',)")
    (mine,) = (one for one in graded(exercise(tmp_path, text)).checks if one.id == "mine")
    assert mine.blocked_by == ("output-values",)


@pytest.mark.parametrize(
    ("text", "points", "why"),
    [
        (CHECK.format(body="pass", more=""), "min = 7", "key points.min: no such check; there are"),
        (CHECK.format(body="pass", more=", needs=('x',)"), "mine = 7", "the check mine needs x"),
        ("import nowhere_at_all", "mine = 7", "hooks.py: ModuleNotFoundError: No module named"),
        ("def (", "mine = 7", "hooks.py: SyntaxError"),
        (
            "from pytest_deeprnn.api import hookimpl\n@hookimpl\ndef deeprnn_cheks(): ...",
            "pure = 7",
            "hooks.py: PluginValidationError: unknown hook 'deeprnn_cheks'",
        ),
    ],
    ids=["unknown", "needs", "import", "syntax", "name"],
)
def test_hooks_that_cannot_be_used_are_one_line(
    tmp_path: Path, text: str, points: str, why: str
) -> None:
    points = points if points != "pure = 7" else "every-layer-used = 1"
    asked = exercise(tmp_path, text, points)
    grader = DirectGrader(IN_PROCESS, LocalSpawner())
    with pytest.raises(BadHooks) as caught:
        grader.open(submission(EXAMPLES / "student.py"), asked)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_hooks_a_check_that_is_not_known_is_refused_at_once(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "long-rnn", tmp_path / "own")
    (tmp_path / "own" / "hooks.py").unlink()
    with pytest.raises(ExerciseError, match=r"key points.long-run: no such check; there are loads"):
        load(str(tmp_path / "own"))


def test_exercise_toml_itself_holds_no_hooks(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "long-rnn", tmp_path / "own")
    place = tmp_path / "own" / "exercise.toml"
    place.write_text('hooks = "import os"\n' + place.read_text(encoding="utf-8"))
    with pytest.raises(ExerciseError, match="key hooks: it is taken from the folder"):
        load(str(tmp_path / "own"))


def test_another_hooks_py_is_another_exercise(tmp_path: Path) -> None:
    one = exercise(tmp_path, CHECK.format(body="return Passed()", more=""))
    other = msgspec.structs.replace(one, hooks=one.hooks + "\n")
    bases = [
        Ground(asked, Settings()).basis(submission(EXAMPLES / "student.py"))
        for asked in (one, other)
    ]
    assert bases[0].changed(bases[1]) == ("exercise",)


def test_outputs_are_asked_of_hooks_only_for_a_name_of_theirs() -> None:
    assert known({"junit"}, "raise ValueError") == PACKAGED
    with pytest.raises(BadHooks, match="ValueError"):
        known({"letters"}, "raise ValueError")
    text = (EXAMPLES / "long-rnn" / FILE).read_text(encoding="utf-8")
    assert [one.name for one in known({"letters"}, text)][-1] == "letters"
    assert [one.cell for one in added(text).mutations] == ["rnn"]


@pytest.fixture
def deep_rnn() -> Probe:
    """Two tanh layers that are right."""
    return Probing(IN_PROCESS, load("deep-rnn")).open(submission(SUBMISSIONS / "deep_rnn.py"))


def test_a_probe_computes_what_torch_computes(deep_rnn: Probe) -> None:
    network = deep_rnn.at(vocab_size=5, num_hiddens=3)
    generator = torch.Generator().manual_seed(0)
    params = tuple(
        torch.randn(value.shape, generator=generator, dtype=torch.float64)
        for value in network.get_params()
    )
    state = tuple(torch.randn_like(value) for value in network.init_state(batch_size=2))
    inputs = network.one_hot(torch.randint(5, (4, 2), generator=generator))
    torchs = torch.nn.RNN(5, 3, num_layers=2, dtype=torch.float64)
    for layer in range(2):
        W_x, W_h, b = params[3 * layer : 3 * layer + 3]
        torchs.get_parameter(f"weight_ih_l{layer}").data = W_x.T
        torchs.get_parameter(f"weight_hh_l{layer}").data = W_h.T
        torchs.get_parameter(f"bias_ih_l{layer}").data = b
        torchs.get_parameter(f"bias_hh_l{layer}").data.zero_()
    hiddens, last = torchs(inputs, torch.stack(state))
    expected = (hiddens @ params[6] + params[7]).flatten(0, 1)
    mine, new = network.forward(inputs, state, params)
    right, right_new = Reference(deep_rnn).at(5, 3).forward(inputs, state, params)
    for outputs, after in ((mine, new), (right, right_new)):
        torch.testing.assert_close(outputs, expected)
        torch.testing.assert_close(torch.stack(after), last)


def test_where_roles_are_not_known_there_is_no_reference() -> None:
    probe = Probing(IN_PROCESS, load("rnn")).open(submission(EXAMPLES / "student.py"))
    network = probe.at(5, 3)
    inputs = network.one_hot(torch.zeros(2, 1, dtype=torch.int64))
    with pytest.raises(NoReference, match="not known"):
        Reference(probe).at(5, 3).forward(inputs, network.init_state(1), network.get_params())


def test_what_hooks_are_written_with_is_what_the_grader_takes() -> None:
    check = Check("mine", lambda probe: Passed())
    assert check.needs == ("output-shape",)
    assert Failed("x").findings == ()
    assert Blocked(()).by == ()
