"""marimo notebooks as modules: what stands in cells stands at module level, in marimo's order."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.source import Source, Unreadable, read

Write = Callable[..., Any]
Prepare = Callable[..., Prepared]

HEAD = "import marimo\n\napp = marimo.App()\n\n"


@pytest.fixture
def laid_out(write: Write) -> Callable[..., Source]:
    """Read a notebook of these cells."""

    def of(*cells: str, head: str = HEAD) -> Source:
        return read(write("nb.py", head + "\n\n".join(cells) + "\n"))

    return of


@pytest.fixture
def ran(prepared: Prepare) -> Callable[..., dict[str, Any]]:
    """Run a notebook as a whole, statement by statement in the order in which they are told."""

    def of(*cells: str, head: str = HEAD) -> dict[str, Any]:
        found = prepared(head + "\n\n".join(cells) + "\n")
        names: dict[str, Any] = {}
        for one in found.statements:
            if "marimo" not in ast.unparse(one.node) and not one.guarded:
                exec(compile(ast.Module([one.node], []), "nb", "exec"), names)
        return names

    return of


def test_statements_keep_their_lines(laid_out: Callable[..., Source]) -> None:
    body = "    # why\n\n    def f():\n        return x\n    return f,"
    cell = f"@app.cell(hide_code=True)\ndef _(x):\n{body}"
    (piece,) = laid_out(cell, "@app.function\ndef g(): return 1").pieces
    lines = {
        node.name: node.lineno for node in piece.parse().body if isinstance(node, ast.FunctionDef)
    }
    assert lines == {"f": 9, "g": 14}


def test_cells_run_after_those_that_bind_what_they_read(ran: Callable[..., dict[str, Any]]) -> None:
    cells = [
        "@app.cell\ndef _(b):\n    c = b + 1\n    return c,",
        "@app.cell\ndef _(a, math):\n    b = a + math.floor(2.5)\n    return b,",
        "@app.cell\ndef _():\n    a = 1\n    return a,",
        "@app.cell\ndef _():\n    import math\n    return math,",
    ]
    assert ran(*cells)["c"] == 4


def test_cells_in_a_circle_stay_as_they_stand(laid_out: Callable[..., Source]) -> None:
    cells = ["@app.cell\ndef _(b):\n    a = b", "@app.cell\ndef _(a):\n    b = a"]
    assert "a = b" in laid_out(*cells).pieces[0].text


def test_the_setup_is_run_first(ran: Callable[..., dict[str, Any]]) -> None:
    setup = "with app.setup(hide_code=True):\n    # first\n    import math\n    N = 2"
    assert ran(setup, "@app.function\ndef f(n=N):\n    return math.sqrt(n + N)")["f"]() == 2


def test_a_private_name_is_its_cells_own(ran: Callable[..., dict[str, Any]]) -> None:
    cells = [
        '@app.cell\ndef _():\n    _k = 2\n    f = lambda: (_k, f"{_k}")\n    return f,',
        "@app.cell\ndef _():\n    _k = 3\n\n    def g(x): return x._k, _k, _k + 1\n    return g,",
        "@app.cell\ndef _():\n    _k, _other = 4, 5",
    ]
    names = ran(*cells)
    assert names["f"]() == (2, "2")
    assert names["g"](type("X", (), {"_k": 0})) == (0, 3, 4)


@pytest.mark.parametrize(
    ("cell", "x"),
    [
        ("@app.cell\ndef _(): x = 1; return x,", 1),
        ("@app.cell\ndef _():\n\tif True:\n\t\tx = 1\n\treturn x,", 1),
        ("@app.cell\nasync def _():\n    await later(); x = 1\n    return x,", 1),
        ("@app.cell\nasync def _():\n    async for _ in later():\n        pass\n    x = 1", 1),
        ("@app.cell\ndef named(y, z):\n    x = (1 +\n1)\n    return (\n        x,\n    )", 2),
        ('@app.cell\ndef _():\n    x = """a\n    b"""\n    return x,', "a\nb"),
        ('@app.cell\ndef _():\n    x = """a\n  b"""\n    return x,', "a\n  b"),
        ('@app.cell\ndef _():\n    k = 1; x = f"""ä{k}\n    b"""\n    return x,', "ä1\nb"),
        ("@app.cell\ndef _():\n    ä = 'ü'; x = 1; return x, ä", 1),
        ("@app.cell\ndef _():\n    @staticmethod\n    def f():\n        return 1\n    x = f()", 1),
        ("@app.class_definition\nclass C:\n    k = 1\n\n@app.cell\ndef _():\n    x = C.k", 1),
    ],
)
def test_what_a_cell_may_look_like(
    ran: Callable[..., dict[str, Any]], cell: str, x: object
) -> None:
    """Strings are what marimo makes of them: dedented, unless they begin further left."""
    assert ran(cell)["x"] == x


@pytest.mark.parametrize(
    "head",
    [
        "import marimo as m\napp = m.App(width='full')\n",
        "from marimo import App\napp = App()\n",
        "'''A text.'''\nimport os, marimo\n__generated_with = '0.1'\nnb = app = marimo.App()\n",
    ],
)
def test_the_app_by_other_names(laid_out: Callable[..., Source], head: str) -> None:
    name = "nb" if "nb" in head else "app"
    cell = f"@{name}.cell\ndef _():\n    def f(): ...\n    return f,"
    assert "\ndef f(): ..." in laid_out(cell, head=head).pieces[0].text


def test_other_frameworks_are_left_alone(laid_out: Callable[..., Source]) -> None:
    head = "import typer\napp = typer.App()\n"
    cell = "@app.cell\ndef _():\n    x = 1\n    return x"
    assert laid_out(cell, head=head).pieces[0].text == head + cell + "\n"


def test_cells_that_do_not_run_are_told(laid_out: Callable[..., Source]) -> None:
    source = laid_out(
        "@app.cell(disabled=True)\ndef _():\n    x = 1",
        'app._unparsable_cell(\n    r"""\n    def net(inputs:\n        pass\n    """, name="_"\n)',
    )
    assert "x = 1" not in source.pieces[0].text
    assert [(line, message.split(":")[0]) for message, line, _ in source.problems] == [
        (6, "this cell is disabled, so that marimo does not run it"),
        (11, "SyntaxError"),
    ]


def test_a_notebook_that_is_imported_brings_no_cells(prepared: Prepare) -> None:
    text = HEAD + "with app.setup:\n    import math\n\n@app.cell\ndef _():\n    1 / 0\n\n"
    text += "@app.function\ndef forward(inputs, state, params): return inputs, state\n"
    found = prepared("from book import forward\n", beside={"book.py": text})
    (helper,) = found.load.helpers
    assert "1 / 0" not in helper.text
    assert "import math" in helper.text
    assert found.contract.forward is not None


def test_a_line_that_no_module_can_hold_is_refused_with_a_way_out(
    laid_out: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "pytest_deeprnn.submission.rewriting.Lines.dedent"
    monkeypatch.setattr(told, lambda *_: None)  # no cell is known that cannot be laid out
    with pytest.raises(Unreadable, match=r"This is a marimo notebook.*hand in that file"):
        laid_out("@app.cell\ndef _():\n    x = 1\n    y = 2")


def test_many_cells_are_read_in_no_time(laid_out: Callable[..., Source]) -> None:
    cells = [f"@app.cell\ndef _(x{n}):\n    x{n + 1} = x{n}; _y = 1" for n in range(1000)]
    assert len(laid_out(*cells).pieces[0].parse().body) == 2002
