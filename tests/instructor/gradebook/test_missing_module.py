"""`deeprnn grade` says before grading which module it lacks, and grades nobody who needs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from pytest_deeprnn.core.exercise import FILE, folder_of
from pytest_deeprnn.core.report import from_json

_SCRIPT = "import sys\nfrom pytest_deeprnn.frontends.cli.main import main\nsys.exit(main())\n"
LACKING = "nowhere_to_be_had"
TEXT = f"""
import torch
from {LACKING} import zeros

def get_params(vocab_size, num_hiddens, device):
    shapes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens, vocab_size)]
    return [torch.normal(0, 0.01, shape, device=device, requires_grad=True) for shape in shapes]

def init_state(batch_size, num_hiddens, device):
    return zeros(batch_size, num_hiddens, device=device)

def forward(inputs, state, params):
    return inputs @ params[0] @ params[2], state
"""


def test_a_missing_module_is_told_before_grading(tmp_path: Path) -> None:
    exercise = tmp_path / "course"
    shutil.copytree(folder_of("rnn"), exercise)
    asked = (exercise / FILE).read_text(encoding="utf-8")
    (exercise / FILE).write_text(f'imports = ["{LACKING}"]\n{asked}', encoding="utf-8")
    (tmp_path / "student.py").write_text(TEXT, encoding="utf-8")
    options = [f"--exercise={exercise}", f"--out={tmp_path / 'out'}", "--profile=quick"]
    ended = subprocess.run(
        [sys.executable, "-c", _SCRIPT, "grade", str(tmp_path / "student.py"), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    first = ended.stderr.splitlines()[0]
    assert first.startswith(f"deeprnn grade: exercise course allows '{LACKING}', which is not")
    assert ended.returncode == 3
    assert "why: The submission needs 'nowhere_to_be_had'" in ended.stdout
    report = from_json((tmp_path / "out" / "student.json").read_bytes())
    assert (report.verdict, report.diagnoses) == ("error", ())
