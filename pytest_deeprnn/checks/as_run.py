"""What get_params makes when a learner runs the file, with floats of 32 bits."""

from __future__ import annotations

from dataclasses import replace

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.traces import Traces


def params_as_run(traces: Traces, sizes: Sizes) -> Numbers:
    """Call get_params with torch's own default dtype.

    In float64, float() of an array's float64 numbers is the leaf itself; here it is a result of
    a computation.
    """
    as_run = sizes if not traces.prepared.load.double else replace(sizes, dtype="float32")
    return traces.student.params(as_run)
