"""Magics of a notebook, and what nbconvert makes of them in a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.sandbox.protocol.messages import Helper
from pytest_deeprnn.submission.cell_magics import module_of
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import Prepared, prepare
from pytest_deeprnn.submission.source import Source, Unreadable, read
from pytest_deeprnn.submission.syntax import statements

Write = Callable[[str, str | bytes], Path]
ReadCells = Callable[..., Source]

NET = "def get_params(vocab_size, num_hiddens, device): return []\n"
CALL = "get_ipython().run_cell_magic"


def ran(source: Source) -> list[str]:
    """The texts of the pieces, without what is empty."""
    lines = [line for piece in source.pieces for line in piece.text.split("\n")]
    return [line for line in lines if line.strip() not in ("", "pass")]


@pytest.fixture
def modules(write: Write, read_cells: ReadCells) -> Callable[..., dict[str, Helper]]:
    """Make a notebook of these cells, and list the modules that it imports of its own."""

    def of(*cells: str) -> dict[str, Helper]:
        read_cells(*cells)  # writes nb.ipynb
        (found,) = discover([str(write("rest.txt", "").with_name("nb.ipynb"))])
        helpers = prepare(found, frozenset()).load.helpers
        return {one.name: one for one in helpers}

    return of


@pytest.mark.parametrize(
    "line",
    [
        "!pip install d2l",
        "!pip install \\\n    d2l",
        "%matplotlib inline",
        "%cd /content",
        "files = !ls",
        "t = %timeit -o 1",
        "torch.zeros?",
        "if True:\n    !ls",
    ],
)
def test_magics_in_a_script_become_empty_and_lines_keep_their_numbers(
    write: Write, line: str
) -> None:
    (piece,) = read(write("a.py", f"a = 1\n{line}\nb = 2\n")).pieces
    assert piece.text.split("\n").index("b = 2") == line.count("\n") + 2
    assert set(ran(Source(pieces=(piece,)))) <= {"a = 1", "b = 2", "if True:"}


def test_a_script_that_python_reads_is_left_as_it_is(write: Write) -> None:
    text = 's = """\n!pip install d2l\n%time\n"""\nx = (7\n  % 3)\n'
    assert read(write("a.py", text)).pieces[0].text == text


def test_a_slip_beside_a_magic_is_told_in_its_own_line(write: Write) -> None:
    with pytest.raises(Unreadable, match="SyntaxError") as caught:
        read(write("a.py", "!ls\n\nx = = 1\n"))
    assert caught.value.line == 3


@pytest.mark.parametrize("magic", ["time", "timeit -n 2", "capture out", "prun", "unheard_of -x"])
def test_a_cell_under_a_magic_of_python_counts(read_cells: ReadCells, magic: str) -> None:
    assert ran(read_cells(f"%%{magic}\n{NET}")) == [NET.strip()]


@pytest.mark.parametrize("magic", ["bash", "html", "script bash", "sql", "python", "R", "skip"])
def test_a_cell_in_another_language_does_not(read_cells: ReadCells, magic: str) -> None:
    assert ran(read_cells(f"%%{magic}\n{NET}", "x = 1")) == ["x = 1"]


def test_a_magic_that_nobody_knows_may_be_of_another_language(read_cells: ReadCells) -> None:
    source = read_cells("%%plantuml\nA -> B : hello", "x = 1")
    assert (ran(source), source.problems) == (["x = 1"], ())


def test_a_written_module_keeps_the_lines_of_its_cell(modules: Callable[..., object]) -> None:
    found = modules("x = 1", f"\n%%writefile net.py\n{NET}", "import net")
    assert found == {
        "net": Helper(name="net", filename="nb.ipynb[2]", text=f"\n\n{NET}", is_package=False)
    }


def test_what_is_appended_makes_one_module(modules: Callable[..., dict[str, Helper]]) -> None:
    cells = ("%%writefile net.py\na = 1", "%%file -a net.py\nb = 2\n", "from net import *")
    found = modules(*cells)
    assert (found["net"].filename, found["net"].text) == ("net.py", "a = 1\nb = 2\n")


def test_the_last_file_of_a_name_counts(modules: Callable[..., dict[str, Helper]]) -> None:
    found = modules("%%writefile net.py\na = 1", "%%writefile net.py\nb = 2", "import net")
    assert found["net"].text.strip() == "b = 2"


def test_a_module_in_a_folder_is_one_of_a_package(
    modules: Callable[..., dict[str, Helper]],
) -> None:
    found = modules("%%writefile models/deep/net.py\na = 1", "from models.deep.net import a")
    assert list(found) == ["models", "models.deep", "models.deep.net"]
    assert [found[name].is_package for name in found] == [True, True, False]


def test_a_written_module_stands_in_the_place_of_a_file(
    write: Write, modules: Callable[..., dict[str, Helper]]
) -> None:
    write("net.py", "old = 1\n")
    found = modules("%%writefile net.py\nnew = 1", "import net")
    assert found["net"].text.strip() == "new = 1"


def test_a_written_module_that_is_no_python_is_told_in_its_line(
    write: Write, read_cells: ReadCells
) -> None:
    read_cells("%%writefile net.py\n\nx = = 1", "from net import *")
    (found,) = discover([str(write("rest.txt", "").with_name("nb.ipynb"))])
    ((filename, error),) = prepare(found, frozenset()).unread
    assert (filename, error.line) == ("nb.ipynb[1]", 3)


@pytest.mark.parametrize("name", ["data.csv", "run.sh", "../up.py", "a-b.py", "$name", ""])
def test_what_cannot_be_imported_is_left_out(read_cells: ReadCells, name: str) -> None:
    source = read_cells(f"%%writefile {name}\n{NET}", "x = 1")
    assert (ran(source), source.written) == (["x = 1"], ())


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("net.py", "net"),
        ("net", "net"),
        ("-i net.py --epochs 3", "net"),
        ("./src/net.py", "src.net"),
        ("/content/net.py", "net"),
        ("/content/drive/MyDrive/hw/net.py", "net"),
        ("'net.py'", "net"),
        ("other.ipynb", None),
        ("my net.py", "my"),
        ("a-b.py", None),
        ("'", None),
    ],
)
def test_a_module_that_is_run(words: str, module: str | None) -> None:
    assert module_of(words) == module


def test_a_module_that_is_run_gives_its_names(read_cells: ReadCells) -> None:
    assert ran(read_cells("x = 1\n%run net.py")) == ["x = 1", "from net import *"]


def test_a_script_that_a_notebook_only_writes_is_imported(read_cells: ReadCells) -> None:
    source = read_cells(f"%%writefile net.py\n{NET}", "!python net.py")
    assert ran(source) == ["from net import *"]


def test_one_that_stands_beside_other_code_is_not(read_cells: ReadCells) -> None:
    source = read_cells(f"%%writefile old.py\n{NET}", NET)
    assert ran(source) == [NET.strip()]


def test_text_in_a_string_is_run_where_the_magic_stands(write: Write) -> None:
    text = f"a = 1\n{CALL}('time', '', 'b = a\\nc = b\\n')\nd = c\n"
    source = read(write("a.py", text))
    found = statements(source)
    assert [next(iter(one.binds)) for one in found] == ["a", "b", "c", "d"]
    names = [source.pieces[one.piece].filename for one in found]
    assert names == ["a.py", "a.py@2", "a.py@2", "a.py"]


@pytest.mark.parametrize(
    "call",
    [
        f"{CALL}('bash', '', 'def f(): pass')",
        f"{CALL}('html', '', '<b>')",
        f"{CALL}(name, '', text)",
        "get_ipython().system('ls')",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "get_ipython().magic('pylab')",
    ],
)
def test_other_magics_of_a_script_give_nothing(write: Write, call: str) -> None:
    source = read(write("a.py", f"{call}\nx = 1\n"))
    assert [piece.filename for piece in source.pieces] == ["a.py"]
    assert (source.problems, source.written) == ((), ())


@pytest.mark.parametrize(
    "call",
    ["run_line_magic('run', 'net.py')", "magic('run net.py')", "run_line_magic('load', 'net')"],
)
def test_a_script_that_runs_a_module_has_its_names(write: Write, call: str) -> None:
    source = read(write("a.py", f"get_ipython().{call}\n"))
    assert source.pieces[1].text == "from net import *"


def test_a_slip_in_a_string_is_told_in_the_line_of_the_string(write: Write) -> None:
    source = read(write("a.py", f"x = 1\n\n{CALL}('time', '', 'a = 1\\nb = = 2')\n"))
    ((message, line, cell),) = source.problems
    assert ("SyntaxError" in message, line, cell) == (True, 3, None)


def test_the_magics_inside_of_a_string_become_empty(write: Write) -> None:
    source = read(write("a.py", f"{CALL}('time', '', '!ls\\nb = 2')\n"))
    assert source.pieces[1].text == "\nb = 2"


def test_a_text_that_reaches_outside_is_seen_in_a_string_too(
    prepared: Callable[..., Prepared],
) -> None:
    inner = "import sys\ndef forward(inputs, state, params):\n    return sys._getframe(), state\n"
    found = prepared(f"{CALL}('time', '', {inner!r})\n").reached
    assert {(name, reach.name) for name, reach in found} == {("student.py@1", "_getframe")}
