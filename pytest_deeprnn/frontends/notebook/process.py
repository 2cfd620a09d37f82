"""Leaves the learner's own process, in which their code is run, as it was."""

from __future__ import annotations

import linecache
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import (
    AbstractContextManager,
    ExitStack,
    contextmanager,
    nullcontext,
    redirect_stderr,
    redirect_stdout,
)

import torch

from pytest_deeprnn.sandbox.host.capture import Captured
from pytest_deeprnn.sandbox.in_process import LocalSpawner, LocalWorker
from pytest_deeprnn.sandbox.protocol.messages import Reply, Request
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights
from pytest_deeprnn.submission.prepare import MODULE_NAME


class PracticeWorker(LocalWorker):
    """A worker in this process that a learner can interrupt: no time limit holds here."""

    def __init__(self, spawner: LocalSpawner) -> None:
        super().__init__(spawner)
        self._errors = spawner

    def ask(self, request: Request, seconds: float) -> Reply:
        """Answer; an interrupt is no exception of the learner's code."""
        reply = super().ask(request, seconds)
        if isinstance(self._errors.error, KeyboardInterrupt):
            raise KeyboardInterrupt
        return reply


class PracticeSpawner(LocalSpawner):
    """Makes workers in this process that can be interrupted."""

    def spawn(self, rights: Rights) -> PracticeWorker:
        """Make a worker, with all the rights of this process."""
        return PracticeWorker(self)


@contextmanager
def unharmed() -> Iterator[Captured]:
    """Put back all that grading changes in a process; what is printed within is kept instead."""
    printed = Captured()
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(printed))
        stack.enter_context(redirect_stderr(printed))
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(_modules())
        stack.enter_context(_generators())
        stack.enter_context(_torch_settings())
        stack.enter_context(_trace())
        yield printed


@contextmanager
def _modules() -> Iterator[None]:
    """The learner's text is loaded as a module, and what it imports may be loaded anew."""
    modules, finders, lines = dict(sys.modules), list(sys.meta_path), dict(linecache.cache)
    try:
        yield
    finally:
        sys.modules.pop(MODULE_NAME, None)
        sys.modules.update(modules)
        sys.meta_path[:] = finders
        linecache.cache.update(lines)


@contextmanager
def _generators() -> Iterator[None]:
    """Numbers that the learner draws next must not depend on a check in between."""
    # a device that was never used has no generator yet, and asking for it takes seconds
    used = range(torch.cuda.device_count()) if torch.cuda.is_initialized() else ()
    numpy = sys.modules.get("numpy")
    drawn = random.getstate(), None if numpy is None else numpy.random.get_state()
    with torch.random.fork_rng(devices=list(used)):
        try:
            yield
        finally:
            random.setstate(drawn[0])
            if numpy is not None:
                numpy.random.set_state(drawn[1])


@contextmanager
def _torch_settings() -> Iterator[None]:
    """Grade under torch's own defaults, whatever the learner has set, and set that again."""
    dtype, mode = torch.get_default_dtype(), torch.get_deterministic_debug_mode()
    threads = torch.get_num_threads()
    torch.set_default_dtype(torch.float32)
    torch.set_num_threads(1)  # as in graded runs; with such small tensors more are only slower
    try:
        with _on_cpu(), torch.inference_mode(False), torch.enable_grad():
            yield
    finally:
        torch.set_default_dtype(dtype)
        torch.set_num_threads(threads)
        _set_deterministic(mode)


def _on_cpu() -> AbstractContextManager[object]:
    """The CPU as default device; all calls of torch take longer where it has to be held."""
    is_so = torch.get_default_device().type == "cpu"
    return nullcontext() if is_so else torch.device("cpu")


def _set_deterministic(mode: int) -> None:
    if torch.get_deterministic_debug_mode() != mode:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch calls this beta each time
            torch.set_deterministic_debug_mode(mode)


@contextmanager
def _trace() -> Iterator[None]:
    """Recording a call ends any trace: a debugger's, or one that measures coverage."""
    trace = sys.gettrace()
    try:
        yield
    finally:
        sys.settrace(trace)
