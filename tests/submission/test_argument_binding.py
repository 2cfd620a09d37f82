"""Each argument of a function gets its kind of value: by name where it can, else by position."""

from __future__ import annotations

import ast

import pytest

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.submission.binding import Binding, bind
from pytest_deeprnn.submission.functions import functions
from pytest_deeprnn.submission.source import Piece
from pytest_deeprnn.submission.syntax import Statement


def bound(signature: str, role: FunctionRole) -> Binding:
    """How a function of this signature is called."""
    (node,) = Piece(filename="a.py", text=f"def f({signature}): pass").parse().body
    assert isinstance(node, ast.FunctionDef)
    statement = Statement(
        piece=0, path=(0,), node=node, binds=frozenset({"f"}), needs=frozenset[str]()
    )
    (function,) = functions([statement], ())
    return bind(function, role)


@pytest.mark.parametrize(
    ("signature", "kinds"),
    [
        ("vocab_size, num_hiddens, num_layers, device", "vocab hiddens layers device"),
        ("hidden_size, n_layers, input_size, dev", "hiddens layers vocab device"),
        ("V, H, L, device", "vocab hiddens layers device"),
        ("vocabSize, numHiddens, dev", "vocab hiddens device"),
        ("in_dim, hid, depth, device", "vocab hiddens layers device"),
        ("num_inputs, num_hiddens, num_outputs, device", "vocab hiddens vocab device"),
        ("ntoken, nhid, nlayers, ctx", "vocab hiddens layers device"),
        ("vocab_size, num_hiddens, device='cuda'", "vocab hiddens device"),
        ("vocab_size=28, num_hiddens=256, num_layers=2", "vocab hiddens layers"),
        ("vocab_size, num_hiddens, sigma=0.01", "vocab hiddens"),
        ("vocab_size, /, num_hiddens, *, device", "vocab hiddens device"),
        ("woerter, einheiten, schichten, geraet", "vocab hiddens layers device"),
        ("woerter, einheiten, geraet", "vocab hiddens device"),
        ("woerter, einheiten", "vocab hiddens"),
        ("tamano, ocultas, capas, dispositivo", "vocab hiddens layers device"),
        ("tamano, ocultas, num_layers, dispositivo", "vocab hiddens layers device"),
        ("tamano, hidden_size, dispositivo", "vocab hiddens device"),
        ("v, h, d", "vocab hiddens device"),
        ("v, h, l, d", "vocab hiddens layers device"),
        ("d, h, device", "vocab hiddens device"),
        ("v, h, n=2, d='cpu'", "vocab hiddens layers device"),
        ("v, h, n=0, d=0.5", "vocab hiddens"),
        ("v, h, hidden_layers=2, k=1", "vocab hiddens layers"),
        ("n_tok, n_hid, n_lay", "vocab hiddens layers"),
        ("sözlük_boyutu, gizli_boyut, katman_sayısı, cihaz='cpu'", "vocab hiddens layers device"),
        ("rozmiar_slownika, ukryte=U, warstwy=W", "vocab hiddens layers"),
        ("slow, alfa=U, beta=3", "vocab hiddens"),
        ("v, h, std, dropout", "vocab hiddens scale dropout"),
        ("v, h, std=0.1, dropout=0.5", "vocab hiddens"),
        ("", ""),
    ],
)
def test_get_params_arguments_get_their_kinds(signature: str, kinds: str) -> None:
    binding = bound(signature, "get_params")
    assert [*binding.positional, *binding.keyword.values()] == kinds.split()
    assert binding.unbound == ()


@pytest.mark.parametrize(
    ("signature", "kinds"),
    [
        ("batch_size, num_hiddens, num_layers, device", "batch hiddens layers device"),
        ("num_layers, batch_size, hidden_size", "layers batch hiddens"),
        ("bs, nh, dev", "batch hiddens device"),
        ("num_hiddens, batch_size", "hiddens batch"),
        ("stapel, einheiten, geraet", "batch hiddens device"),
        ("lote, ocultas, capas, dispositivo", "batch hiddens layers device"),
        ("b, h, n=2", "batch hiddens layers"),
        ("n, h, k=3", "batch hiddens layers"),
    ],
)
def test_init_state_arguments_get_their_kinds(signature: str, kinds: str) -> None:
    binding = bound(signature, "init_state")
    assert list(binding.keyword.values()) == kinds.split()


@pytest.mark.parametrize(
    ("signature", "kinds"),
    [
        ("inputs, state, params", "inputs state params"),
        ("inputs, params, state", "inputs params state"),
        ("params, X, H", "params inputs state"),
        ("x, h0, weights", "inputs state params"),
        ("xs, hidden, theta, num_layers", "inputs state params layers"),
        ("inputs, state, params, device", "inputs state params device"),
        ("inputs, state, params, num_layers=2", "inputs state params layers"),
        ("eingaben, zustand, gewichte", "inputs state params"),
        ("entradas, parametros, estado", "inputs params state"),
        ("eins, zwei, drei", "inputs state params"),
        ("wejscie, state, wagi", "inputs state params"),
        ("a, b, c", "inputs state params"),
        ("v, d, n", "inputs state params"),
        ("X, H, P, L", "inputs state params layers"),
    ],
)
def test_forward_arguments_get_their_kinds(signature: str, kinds: str) -> None:
    binding = bound(signature, "forward")
    assert list(binding.keyword.values()) == kinds.split()


def test_positional_only_arguments_are_given_by_position_and_others_by_name() -> None:
    binding = bound("h, v, /, layers, *, dev", "get_params")
    assert binding.positional == ("hiddens", "vocab")
    assert binding.keyword == {"layers": "layers", "dev": "device"}


def test_a_positional_only_default_in_front_shifts_nothing() -> None:
    binding = bound("scale=0.1, vocab_size=2, num_hiddens=3, /", "get_params")
    assert binding.positional == ()  # the others could not be given without scale


def test_only_stars_are_given_what_the_contract_always_has() -> None:
    assert bound("*args", "get_params").positional == ("vocab", "hiddens", "device")
    assert bound("*args", "init_state").positional == ("batch", "hiddens", "device")


@pytest.mark.parametrize(
    ("signature", "role", "unbound"),
    [
        ("vocab_size, num_hiddens, num_layers, device, seed, text", "get_params", "seed text"),
        ("eins, zwei, drei, vier, fuenf", "get_params", "fuenf"),
        ("inputs, state, params, num_layers, device, vocab, extra", "forward", "extra"),
    ],
)
def test_what_nothing_is_left_for_is_unbound(
    signature: str, role: FunctionRole, unbound: str
) -> None:
    assert bound(signature, role).unbound == tuple(unbound.split())
