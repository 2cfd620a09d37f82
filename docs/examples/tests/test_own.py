"""An instructor's own tests of each submission that the command line names."""

import torch


def test_a_longer_text_begins_with_the_shorter_one_s_outputs(submission):
    network = submission.at(vocab_size=6, num_hiddens=5)
    params, state = network.get_params(), network.init_state(batch_size=3)
    inputs = network.one_hot(torch.randint(6, (8, 3)))
    whole, _ = network.forward(inputs, state, params)
    first, _ = network.forward(inputs[:4], state, params)
    torch.testing.assert_close(whole[: 4 * 3], first)


def test_the_numbers_are_the_reference_s(submission, reference, exercise):
    depth = exercise.network.min_layers
    mine, right = submission.at(6, 5, depth), reference.at(6, 5, depth)
    params = mine.get_params()
    state = tuple(torch.randn_like(part) for part in mine.init_state(batch_size=2))
    inputs = mine.one_hot(torch.randint(6, (4, 2)))
    outputs, new_state = mine.forward(inputs, state, params)
    expected, expected_state = right.forward(inputs, state, params)
    torch.testing.assert_close(outputs, expected)
    torch.testing.assert_close(new_state, expected_state)
