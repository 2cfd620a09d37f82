"""check in a marimo notebook: by marimo's rules, and by marimo itself where it is installed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from practised import HELPER, IMPORTS, PARAMS, RIGHT, STATE, WRONG

CHECK = """
from pytest_deeprnn import check
told = check(get_params, init_state, forward, exercise="rnn", profile="quick")
told
"""
#: Cells are run in another order than that of the file; two have a name of their own.
CELLS = (CHECK, RIGHT, STATE, f"_scale = 1\n{PARAMS}", f"_scale = 2\n{HELPER}", IMPORTS)


def _notebook(cells: tuple[str, ...]) -> str:
    """A notebook as marimo saves it; what a cell takes and returns, it does not read."""
    indented = (re.sub("(?m)^(?=.)", "    ", cell.strip()) for cell in cells)
    written = "\n\n".join(f"@app.cell\ndef _():\n{cell}\n    return" for cell in indented)
    end = 'if __name__ == "__main__":\n    app.run()\n'
    return f"import marimo\n\napp = marimo.App()\n\n\n{written}\n\n\n{end}"


def _run(cells: tuple[str, ...], path: Path) -> Any:
    """Run cells as marimo's kernel does: each a text of its own, in one namespace."""
    names: dict[str, Any] = {"__name__": "__main__", "__file__": str(path)}
    for number, cell in reversed(list(enumerate(cells))):
        text = re.sub(r"\b_scale\b", f"_cell_C{number}_scale", cell.strip())
        exec(compile(text, f"/tmp/__marimo__cell_C{number}_.py", "exec", 0, True), names)
    return names["told"]


def test_functions_of_cells_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "recurrent.py"
    path.write_text(_notebook(CELLS), encoding="utf-8")
    assert repr(_run(CELLS, path)).startswith("recurrent as rnn: pass, 100 of 100 points")


def test_a_fault_has_the_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "recurrent.py"
    cells = (CHECK, WRONG, *CELLS[2:])
    path.write_text(_notebook(cells), encoding="utf-8")
    (first, *_) = _run(cells, path).report.diagnoses
    lines = path.read_text(encoding="utf-8").splitlines()
    assert (first.code, lines[first.line - 1].strip()) == (
        "state-not-returned",
        "return torch.cat(outputs), state",
    )


def test_a_cell_that_is_not_saved_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recurrent.py"
    path.write_text(_notebook((CHECK, WRONG, *CELLS[2:])), encoding="utf-8")
    with pytest.raises(ValueError, match=r"forward is not what its text defines now.*save the"):
        _run(CELLS, path)


def test_marimo_itself(tmp_path: Path) -> None:
    """It is no part of the development set-up: it and what it needs are larger than 150 MB."""
    pytest.importorskip("marimo")
    path = tmp_path / "recurrent.py"
    path.write_text(_notebook((f"{CHECK}print(told)\ntold", *CELLS[1:])), encoding="utf-8")
    script = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert script.stdout.startswith("recurrent as rnn: pass, 100 of 100 points")
    command = [
        sys.executable,
        "-m",
        "marimo",
        "export",
        "html",
        str(path),
        "-o",
        str(tmp_path / "o.html"),
    ]
    subprocess.run(command, capture_output=True, check=True)
    shown = (tmp_path / "o.html").read_text(encoding="utf-8")
    (page,) = re.findall(r'"text/html": ("\\u003Ciframe.*?[^\\]")', shown)
    assert "Well done. Every check passed." in json.loads(page)
