"""devices: everything is made and computed on the device that is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from measured import RNN, SOMETIMES, STEP, deep, failure, line_of, note, replaced, with_step

from pytest_deeprnn.checks.devices import devices
from pytest_deeprnn.measurement.traces import Traces

Measure = Callable[..., Traces]

RETURN = "return torch.cat(outputs), [H]"
#: The device stands at module level, and no function takes it.
MODULE = "device = 'cpu'\n" + RNN.replace("num_hiddens, device):", "num_hiddens):")


@pytest.mark.parametrize(
    "text",
    [
        RNN,
        MODULE,
        RNN.replace("randn(shape, device=device)", "randn(shape).to(device)"),
        with_step(f"{STEP}\nH = H + torch.zeros(H.shape, device=X.device)"),
        with_step(f"{STEP}\nH = H + torch.zeros_like(H) + H.new_ones(1) * torch.tensor(0.5)"),
        with_step("X = W_xh[X.argmax(1)]\nH = torch.tanh(X + H @ W_hh + b_h)"),
        with_step(f"{STEP}\nH[:, 0] * 2"),
        replaced("outputs = []", "outputs = []\n    inputs = inputs.to(W_xh.device)"),
    ],
)
def test_a_network_that_follows_its_device_passes(traces: Measure, text: str) -> None:
    assert note(devices(traces(text))) == ""


@pytest.mark.parametrize(
    ("text", "function", "told"),
    [
        (
            replaced("randn(shape, device=device)", "randn(shape)"),
            "get_params",
            "params[0] on the CPU",
        ),
        (
            replaced("torch.zeros(H, device=device)", "torch.zeros(H, device='cpu')"),
            "get_params",
            "params[2] on the CPU",
        ),
        (
            replaced("num_hiddens, device=device)]", "num_hiddens)]"),
            "init_state",
            "state[0] on the CPU",
        ),
        (replaced(RETURN, "return torch.cat(outputs).cpu(), [H]"), "forward", "outputs on the CPU"),
        (replaced(RETURN, "return torch.cat(outputs), [H.cpu()]"), "forward", "a state on the CPU"),
    ],
)
def test_a_tensor_left_on_the_cpu_fails(
    traces: Measure, text: str, function: str, told: str
) -> None:
    failed, finding = failure(devices(traces(text)))
    assert (finding.code, finding.function) == ("hardcoded-device", function)
    assert told in failed.message
    assert failed.observed


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (with_step(f"{STEP}\nH = H + torch.zeros(H.shape)"), "torch.zeros(H.shape)"),
        (with_step("H = torch.tanh(X @ W_xh + H.to('cpu') @ W_hh + b_h)"), "H.to('cpu')"),
        (with_step(f"{STEP}\nH = H * MASK[:len(H)]") + "\nMASK = torch.ones(9, 1)\n", "MASK["),
        (replaced("outputs.append(H @ W_hq", "outputs.append(H @ W_hq.cpu()"), "W_hq.cpu()"),
        (
            with_step(
                "X = TABLE[X.argmax(1), :X.shape[1]] @ W_xh\nH = torch.tanh(X + H @ W_hh + b_h)"
            )
            + "\nTABLE = torch.eye(99)\n",
            "TABLE[",
        ),
    ],
)
def test_two_devices_that_meet_fail_with_their_line(traces: Measure, text: str, part: str) -> None:
    failed, finding = failure(devices(traces(text)))
    assert (finding.code, finding.function) == ("hardcoded-device", "forward")
    assert finding.place.line == line_of(text, part)
    assert failed.observed


def test_a_network_without_a_device_is_told_so(traces: Measure) -> None:
    text = RNN.replace(", device)", ")").replace(", device=device", "")
    assert "No function takes a device" in note(devices(traces(text)))


@pytest.mark.parametrize(
    "step",
    [
        f"{STEP}\nif (H.abs() > 9).any(): H = H / 9",
        f"{STEP}\nassert bool((H < 2).all())",
        f"{STEP}\nprint(H[0, 0].item())",
    ],
)
def test_reading_numbers_back_is_noted(traces: Measure, step: str) -> None:
    assert "read back to the CPU" in note(devices(traces(with_step(step))))


def test_what_the_stand_in_cannot_follow_is_no_fault(traces: Measure) -> None:
    text = with_step(f"{STEP}\nH = torch.nan_to_num(H)[H[:, 0].argsort().argsort()]\nH.nonzero()")
    assert "could not follow forward" in note(devices(traces(text)))


@pytest.mark.parametrize("only", SOMETIMES)
def test_two_devices_that_meet_in_some_cases_of_a_run_fail_too(traces: Measure, only: str) -> None:
    other = "X = torch.tanh(X @ W + H @ U) + torch.zeros(H.shape)"
    measured = traces(deep(only, other), "deep-rnn", drawn=True)
    assert failure(devices(measured))[1].code == "hardcoded-device"


def test_an_array_of_a_tensor_on_the_accelerator_is_noted(traces: Measure) -> None:
    ids = "import numpy as np\n" + with_step(
        f"{STEP}\nX = torch.from_numpy(np.eye(X.shape[1])[X.argmax(1).numpy()])"
    )
    assert "cpu()" in note(devices(traces(ids)))


def test_an_array_put_on_the_device_passes(traces: Measure) -> None:
    text = "import numpy as np\n" + replaced(
        "(torch.randn(shape, device=device) * 0.01)",
        "torch.tensor(np.random.randn(*shape), device=device)",
    )
    assert note(devices(traces(text))) == ""


def test_a_leaf_that_is_moved_is_no_leaf_on_the_accelerator(traces: Measure) -> None:
    text = replaced(
        "(torch.randn(shape, device=device) * 0.01).requires_grad_()",
        "torch.randn(shape, requires_grad=True).to(device)",
    )
    _, finding = failure(devices(traces(text)))
    assert (finding.code, finding.leaf) == ("params-not-leaf", "params[0]")
