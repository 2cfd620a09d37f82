"""How far numbers that should be equal may lie apart, and why so far.

Right networks that are written differently were seen to differ by at most 1e-15 in float64 and by
1e-7 in float32 (H = 4, T = 5); faults, with weights drawn at σ = 0.5, by far more than any bound
here. Bounds are absolute where numbers are of the size of 1, else relative to 1 + the largest.
"""

from __future__ import annotations

#: Outputs and states beside the reference's, by the dtype of a case: long runs multiply rounding.
OUTPUTS = {"float64": 1e-8, "float32": 2e-4}
#: The same where the submission rounds to float32 inside.
OUTPUTS_ROUNDED = 2e-4
#: Gradients beside the reference's, at least: one derivative costs about a digit.
GRADIENTS = 1e-7
#: One function called twice with the same values; an in-place sum may go another way round.
REPEATED = 1e-9
#: A number that a change of something else has moved.
MOVED = 1e-7
#: A changed reference beside the submission: what a proof or an experiment calls the same.
EXPLAINED = 1e-6
#: A recorded number that is a value of the contract: nothing was computed in between.
RECORDED = 1e-9
#: A recorded number that an equation gives, a few operations away.
COMPUTED = 1e-7
#: Two series of values in an alignment, by exact derivatives.
SERIES = 1e-7
#: The same where a quotient or a small system of equations lies in between.
SOLVED = 1e-6
#: The same where an activation was inverted, which loses digits where it is flat.
INVERTED = 1e-5
#: An effect that is none.
NO_EFFECT = 1e-9
#: Derivatives by central differences, with a step of 1e-5 in float64.
NUMERIC_DERIVATIVE = 1e-5
#: Derivatives by autograd.
EXACT_DERIVATIVE = 1e-8
