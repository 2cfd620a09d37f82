"""--deeprnn-strict in whole runs: what is loaded late, in other processes, or is no matter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commands import Deeprnn

SCRIPT = "import sys\nimport pytest\nsys.exit(pytest.console_main())\n"


@pytest.mark.parametrize("spread", [(), pytest.param(("-n2",), marks=pytest.mark.proof)])
def test_a_conftest_that_is_found_while_collecting(
    deeprnn: Deeprnn, spread: tuple[str, ...]
) -> None:
    deeprnn.file("class/alice/deep_rnn.py")
    deeprnn.files(
        {
            "class/alice/conftest.py": "",
            "class/alice/test_own.py": "def test_own():\n    assert True\n",
        }
    )
    ended = deeprnn.grade("class/alice/deep_rnn.py", ".", "--deeprnn-strict", *spread)
    place = deeprnn.folder / "class" / "alice" / "conftest.py"
    assert ended.code == 4
    assert f"ERROR: --deeprnn-strict: pytest has loaded {place} from" in ended.err
    assert "Traceback" not in ended.text
    assert "passed" not in ended.out


def test_a_virtual_environment_below_the_submission(deeprnn: Deeprnn) -> None:
    """Its packages and its pytest script are the interpreter's, not the submission's."""
    deeprnn.file("deep_rnn.py")
    home = deeprnn.folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True, timeout=60)
    (packages,) = home.glob("lib/python*/site-packages")
    installed = Path(pytest.__file__).parents[1]
    for name in ("pytest", "_pytest", "pluggy"):
        (packages / name).symlink_to(installed / name)
    (packages / "more.pth").write_text(f"import site; site.addsitedir({str(installed)!r})\n")
    script = deeprnn.file(".venv/bin/pytest", SCRIPT)
    options = ("--deeprnn-strict", "--deeprnn-submission=deep_rnn.py", "--deeprnn-exercise=rnn")
    result = subprocess.run(
        [home / "bin" / "python", script, "--collect-only", "-q", *options],
        cwd=deeprnn.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "--deeprnn-strict" not in result.stderr
    assert "deep_rnn.py::rnn::new-state" in result.stdout
    assert result.returncode == 0
