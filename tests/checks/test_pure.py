"""pure: forward answers from its arguments alone and leaves everything else as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from measured import RNN, SOMETIMES, STEP, deep, failure, note, replaced, with_step

from pytest_deeprnn.checks.purity import pure
from pytest_deeprnn.measurement.traces import Traces

Measure = Callable[..., Traces]


def forwards(line: str, before: str = "") -> str:
    """The text with a line before the steps, and more at its beginning."""
    return before + replaced("    outputs = []", f"    {line}\n    outputs = []")


@pytest.mark.parametrize(
    "text",
    [
        RNN,
        forwards("inputs = inputs.clone().mul_(2)"),
        forwards("H = H.clone(); H += 1"),
        forwards("state = [H]; state[0] = H + 1"),
        forwards("params[0].requires_grad_(False)"),
        forwards("torch.rand(3, generator=torch.Generator().manual_seed(1))"),
        forwards("seen.append(1)", "seen = []\n"),
        with_step(f"with torch.no_grad(): {STEP}"),
        replaced("outputs = []", "outputs = []\n    print('forward')"),
    ],
)
def test_a_call_that_leaves_all_as_it_was_passes(traces: Measure, text: str) -> None:
    assert note(pure(traces(text))) == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("inputs *= 2", "inputs"),
        ("inputs[0] = 0.5", "inputs"),
        ("H += 1", "state[0]"),
        ("H.data[0, 0] += 1", "state[0]"),
        ("state[0].fill_(3)", "state[0]"),
        ("params[2].data.add_(1)", "params[2]"),
        ("b_q.detach().numpy()[:] = 1", "params[4]"),
        ("params[0].data.mul_(2); inputs.mul_(2)", "inputs and params[0]"),
    ],
)
def test_writing_into_an_argument_fails(traces: Measure, line: str, told: str) -> None:
    failed, finding = failure(pure(traces(forwards(line))))
    assert (finding.code, finding.function) == ("state-mutated", "forward")
    assert failed.message == f"forward changes its caller's {told} in place."
    assert failed.observed
    assert failed.example is not None


def test_new_entries_in_the_callers_list_are_noted(traces: Measure) -> None:
    text = replaced(
        "return torch.cat(outputs), [H]", "state[0] = H\n    return torch.cat(outputs), state"
    )
    assert "new tensors into the state" in note(pure(traces(text)))


@pytest.mark.parametrize(
    ("line", "before", "source"),
    [
        ("H = H + torch.randn_like(H)", "", "torch's random generator"),
        ("H = torch.nn.functional.dropout(H)", "", "torch's random generator"),
        ("H = H * random.random()", "import random\n", "Python's random generator"),
        ("H = H * np.random.rand()", "import numpy as np\n", "numpy's random generator"),
    ],
)
def test_random_numbers_in_an_answer_fail(
    traces: Measure, line: str, before: str, source: str
) -> None:
    failed, finding = failure(pure(traces(forwards(line, before))))
    assert (finding.code, finding.function) == ("state-global", "forward")
    assert f"random numbers from {source}" in failed.message


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("seen.append(1); H = H * len(seen)", "seen = []\n"),
        ("global n; n = n + 1; H = H + n", "n = 0\n"),
        (
            "H = H + kept.get('H', torch.zeros(1)).sum(); kept['H'] = H.detach()",
            "import torch\nkept = {}\n",
        ),
        ("forward.n = getattr(forward, 'n', 0) + 1; H = H * forward.n", ""),
    ],
)
def test_an_answer_that_depends_on_earlier_calls_fails(
    traces: Measure, line: str, before: str
) -> None:
    failed, finding = failure(pure(traces(forwards(line, before))))
    assert finding.code == "state-global"
    assert "made again, gives different numbers" in failed.message


@pytest.mark.parametrize(
    "line",
    [
        "H = H + sum(one.sum() for one in params[5:]); params.append(H.detach())",
        "H = H + (params.pop() if len(params) > 5 else 0); params.append(H + 1)",
    ],
)
def test_state_that_is_kept_in_the_params_fails(traces: Measure, line: str) -> None:
    opened = "    W_xh, W_hh, b_h, W_hq, b_q = params"
    text = forwards(line).replace(opened, f"{opened}[:5]")
    failed, finding = failure(pure(traces(text)))
    assert finding.code == "state-global"
    assert "gives different numbers when called again with the same params object" in failed.message
    assert "params[5]" in failed.message
    assert failed.observed


def test_params_that_are_used_up_fail(traces: Measure) -> None:
    failed, finding = failure(pure(traces(forwards("params.pop()"))))
    assert finding.code == "state-global"
    assert "raises ValueError" in failed.message


def test_weights_that_are_kept_in_other_forms_pass(traces: Measure) -> None:
    opened = "    W_xh, W_hh, b_h, W_hq, b_q = params"
    text = forwards("params[5:] = [W_hh.T.clone()]").replace(opened, f"{opened}[:5]")
    assert "new tensors into the params" in note(pure(traces(text)))


@pytest.mark.parametrize(
    ("line", "before", "what"),
    [
        ("torch.rand(1)", "", "torch's random generator"),
        ("torch.manual_seed(1); H = H + torch.randn_like(H)", "", "torch's random generator"),
        ("random.random()", "import random\n", "Python's random generator"),
        ("torch.set_default_dtype(torch.float16)", "", "torch's default dtype"),
        ("torch.set_grad_enabled(False)", "", "torch's gradient mode"),
    ],
)
def test_changing_what_other_code_shares_fails(
    traces: Measure, line: str, before: str, what: str
) -> None:
    failed, finding = failure(pure(traces(forwards(line, before))))
    assert finding.code == "state-global"
    assert failed.message == f"forward changes {what}, which other code shares."
    assert failed.observed


@pytest.mark.parametrize("only", SOMETIMES)
def test_writing_into_an_argument_in_some_cases_of_a_run_fails_too(
    traces: Measure, only: str
) -> None:
    measured = traces(deep(only, "X = H.add_(X @ W)"), "deep-rnn", drawn=True)
    assert failure(pure(measured))[1].code == "state-mutated"
