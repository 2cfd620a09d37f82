"""The grader's own process: imports torch once, forks the evaluator, and is then its zygote.

It is started as `python -I -m pytest_deeprnn.grading.process FD`, with FD a socket to the grader's
client. The evaluator is forked before any student code exists and takes that socket over.
"""

from __future__ import annotations

import os
import socket
import sys

from pytest_deeprnn.sandbox import zygote


def main(descriptor: int) -> None:
    """Fork the evaluator, serve it, and end with it."""
    zygote.prepare()
    control = socket.socket(fileno=descriptor)
    ours, theirs = socket.socketpair()
    evaluator = zygote.fork(lambda: _become_evaluator(control, theirs, ours))
    control.close()
    theirs.close()
    zygote.serve(ours, evaluator)  # torch's lazy parts are loaded while the evaluator loads its own
    os.waitpid(evaluator, 0)


def _become_evaluator(
    control: socket.socket, served: socket.socket, foreign: socket.socket
) -> None:
    foreign.close()
    zygote.die_with_parent()
    from pytest_deeprnn.grading import evaluator  # the grader's code stays out of the zygote

    evaluator.main(control, served)


if __name__ == "__main__":
    main(int(sys.argv[1]))
