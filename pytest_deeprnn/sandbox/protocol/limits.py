"""How much a worker may say: replies beyond are none, and an honest worker cuts to these bounds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

MAX_AXES = 16
MAX_SIZE = 1 << 31  # of one axis, and of all axes that are not empty together
MAX_LEAVES = 20_000
MAX_NUMBERS = 7_000_000  # of all leaves of one container, or of one Jacobian
MAX_NAME = 300  # characters of a path, a class, a function, a file
MAX_MESSAGE = 600
MAX_OUTPUT = 4000
MAX_FRAMES = 50  # lines of the submission that are being run at once
MAX_LISTED = 100  # names, changes and calls that are told one by one
MAX_FAILURES = 500
MAX_STEPS = 3000
MAX_READS = 500  # by one operation
MAX_RESULT = 4000  # numbers that one operation gave
MAX_RECORDED = 1_000_000  # numbers and elements of all operations of a call
MAX_ORIGINS = 2000  # leaves whose origin, or whose device, is told
_MAX_LINE = 10_000_000

Name = Annotated[str, Meta(max_length=MAX_NAME)]
Text = Annotated[str, Meta(max_length=MAX_MESSAGE)]
Output = Annotated[str, Meta(max_length=MAX_OUTPUT)]
Names = Annotated[tuple[Name, ...], Meta(max_length=MAX_LISTED)]
Shape = Annotated[tuple[Annotated[int, Meta(ge=0, le=MAX_SIZE)], ...], Meta(max_length=MAX_AXES)]
Address = Annotated[int, Meta(ge=0, le=1 << 56)]
Count = Annotated[int, Meta(ge=0, le=MAX_SIZE)]
Line = Annotated[int, Meta(ge=0, le=_MAX_LINE)]
Axis = Annotated[int, Meta(ge=-MAX_AXES, le=MAX_AXES)]
#: A place among the leaves of a reply, or among operations; -1 for none.
Number = Annotated[int, Meta(ge=-1, le=MAX_LEAVES)]
#: An element counted through parameters and old state.
Element = Annotated[int, Meta(ge=0, le=2 * MAX_NUMBERS)]
