"""All checks, in the order in which they are shown and run."""

from __future__ import annotations

from pytest_deeprnn.checks.contract import contract, loads
from pytest_deeprnn.checks.devices import devices
from pytest_deeprnn.checks.from_scratch import from_scratch
from pytest_deeprnn.checks.gradients import gradients
from pytest_deeprnn.checks.independence import batch_independent, causal
from pytest_deeprnn.checks.initial_state import initial_state
from pytest_deeprnn.checks.initialisation import initialisation
from pytest_deeprnn.checks.layers import carries_state, every_layer_used, own_state
from pytest_deeprnn.checks.outcome import Check
from pytest_deeprnn.checks.output_shape import output_shape
from pytest_deeprnn.checks.parameters import parameters
from pytest_deeprnn.checks.purity import pure
from pytest_deeprnn.checks.values import new_state, output_values

CHECKS: dict[str, Check] = {
    check.id: check
    for check in (
        Check("loads", loads, home="load"),
        Check("contract", contract, ("loads",)),
        Check("from-scratch", from_scratch, ("contract",), observed=True),
        Check("parameters", parameters, ("contract",), "get_params", observed=True),
        Check("initialisation", initialisation, ("contract",)),
        Check("initial-state", initial_state, ("contract",), "init_state"),
        Check("output-shape", output_shape, ("contract",), "forward"),
        Check("output-values", output_values, ("from-scratch", "output-shape")),
        Check("new-state", new_state, ("from-scratch", "output-shape")),
        Check("every-layer-used", every_layer_used, ("output-shape",)),
        Check("own-state", own_state, ("output-shape",), observed=True),
        Check("carries-state", carries_state, ("output-shape",)),
        Check("causal", causal, ("output-shape",)),
        Check("batch-independent", batch_independent, ("output-shape",)),
        Check("pure", pure, ("contract",), observed=True),
        Check("gradients", gradients, ("output-values",)),
        Check("devices", devices, ("contract",), observed=True),
    )
}
HOMES = {check.home: check.id for check in CHECKS.values() if check.home is not None}
