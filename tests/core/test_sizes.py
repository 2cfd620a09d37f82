"""The sizes of a situation, with one width or with one for each layer."""

from __future__ import annotations

import pytest

from pytest_deeprnn.core.sizes import Sizes

ONE = Sizes(vocab=5, hiddens=3, layers=2, batch=4, steps=6)
OWN = Sizes(vocab=5, hiddens=9, layers=3, batch=4, steps=6, widths=(7, 9, 2))


@pytest.mark.parametrize(
    ("sizes", "layer", "width", "below"),
    [
        (ONE, 1, 3, 5),
        (ONE, 2, 3, 3),
        (ONE, 7, 3, 3),
        (OWN, 1, 7, 5),
        (OWN, 2, 9, 7),
        (OWN, 3, 2, 9),
        (OWN, 4, 2, 2),
    ],
)
def test_a_layer_reads_what_stands_below_it(
    sizes: Sizes, layer: int, width: int, below: int
) -> None:
    assert (sizes.width(layer), sizes.below(layer)) == (width, below)


def test_all_widths_are_from_the_lowest_layer_up() -> None:
    assert (ONE.all_widths(3), OWN.all_widths(2), OWN.all_widths(3)) == (
        (3,) * 3,
        (7, 9),
        OWN.widths,
    )


def test_shapes_are_made_of_these_lengths() -> None:
    assert (ONE.lengths, OWN.lengths) == ((5, 3), (5, 7, 9, 2))


def test_another_width_is_for_every_layer() -> None:
    assert ONE.with_hiddens(8) == Sizes(vocab=5, hiddens=8, layers=2, batch=4, steps=6)
    changed = OWN.with_hiddens(8)
    assert (changed.hiddens, changed.widths, changed.vocab) == (8, (8, 8, 8), 5)


def test_wider_widens_every_layer_by_as_much() -> None:
    assert (ONE.wider(2).hiddens, ONE.wider(2).widths) == (5, ())
    assert (OWN.wider(2).hiddens, OWN.wider(2).widths) == (11, (9, 11, 4))


def test_the_books_letters() -> None:
    assert ONE.as_dict() == {"V": 5, "H": 3, "L": 2, "B": 4, "T": 6}
    assert OWN.as_dict() == {"V": 5, "H1": 7, "H2": 9, "H3": 2, "L": 3, "B": 4, "T": 6}


@pytest.mark.parametrize(
    "larger",
    [
        Sizes(vocab=6, hiddens=3, layers=2, batch=4, steps=6),
        Sizes(vocab=5, hiddens=4, layers=2, batch=4, steps=6),
        Sizes(vocab=5, hiddens=3, layers=3, batch=4, steps=6),
        Sizes(vocab=5, hiddens=3, layers=2, batch=5, steps=6),
        Sizes(vocab=5, hiddens=3, layers=2, batch=4, steps=7),
    ],
)
def test_more_of_anything_is_more_to_check_by_hand(larger: Sizes) -> None:
    assert larger.work > ONE.work
