"""The three functions that a submission has to define, under the names that the contract gives."""

from __future__ import annotations

from typing import Literal, get_args

FunctionRole = Literal["get_params", "init_state", "forward"]
#: In the order in which they are called.
FUNCTION_ROLES: tuple[FunctionRole, ...] = get_args(FunctionRole)
