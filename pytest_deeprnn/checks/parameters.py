"""parameters: what get_params makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from pytest_deeprnn.checks.as_run import params_as_run
from pytest_deeprnn.checks.evidence.initial_state_use import starts_afresh
from pytest_deeprnn.checks.evidence.precision import in_16_bits
from pytest_deeprnn.checks.evidence.storage_overlap import overlapping, repeats
from pytest_deeprnn.checks.evidence.swapped_weights import misplaced
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.checks.without_tensors import has_arrays, without_tensors
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.core.report import Gate
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.cells import GATES
from pytest_deeprnn.measurement.alignment.layout import unravel
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.recording.student_names import OwnNames, own_names
from pytest_deeprnn.measurement.traces import FIXED, Traces
from pytest_deeprnn.sandbox.protocol.messages import Leaf


def parameters(traces: Traces) -> Outcome:
    """Parameters are leaf tensors that require gradients, one for each role, all of use."""
    depth = traces.depths[-1]
    made = traces.student.params(traces.probe(depth))
    if not made.floats:
        detail = without_tensors("get_params", made)
        code = "params-no-grad" if has_arrays(made.leaves) else "params-missing"
        return Failed(sentence(detail), (Finding(code, detail, function="get_params"),))
    flags = _flags(made) or _flags(params_as_run(traces, traces.probe(depth)))
    findings = (*in_16_bits(traces, "params", made), *flags, *_tied(made))
    if findings:
        return Failed(_sentence(findings), findings, observed=True)
    findings = _fixed(traces, made, depth)
    if findings:
        return Failed(_sentence(findings), findings)
    for each in traces.depths:
        alignment = traces.alignment_or_none(each)
        if alignment is None:
            continue
        findings = (*_depth(traces, alignment, each), *_roles(traces, alignment))
        if findings:
            return Failed(_sentence(findings), findings)
    return Passed(_conventions(traces.alignment_or_none(depth)))


def _fixed(traces: Traces, made: Numbers, depth: int) -> tuple[Finding, ...]:
    """Shapes that do not follow the sizes."""
    sizes = traces.probe(depth)
    for changed, name in (
        (replace(sizes, vocab=sizes.vocab + 3), "vocabulary size"),
        (sizes.wider(3), "number of hidden units"),
    ):
        if traces.student.params(changed).shapes == made.shapes:
            detail = f"the shapes that get_params makes do not depend on the {name}"
            return (Finding("hardcoded-shape", detail),)
    return ()


def _sentence(findings: tuple[Finding, ...]) -> str:
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return sentence(f"{findings[0].detail}{more}")


def _flags(made: Numbers) -> tuple[Finding, ...]:
    frozen = [leaf for leaf in made.floats if not leaf.requires_grad]
    if frozen:
        return (
            Finding(
                "params-no-grad",
                f"{_count(frozen, made)} of get_params do not require gradients: {_paths(frozen)}",
                leaf=f"params{frozen[0].path}",
            ),
        )
    inner = [leaf for leaf in made.floats if not leaf.is_leaf]
    if inner:
        return (
            Finding(
                "params-not-leaf",
                f"{_count(inner, made)} of get_params are results of computations, not leaf "
                f"tensors, so an optimiser cannot update them: {_paths(inner)}",
                leaf=f"params{inner[0].path}",
            ),
        )
    return ()


def _count(some: list[Leaf], made: Numbers) -> str:
    return f"{len(some)} of {len(made.floats)} tensors"


def _paths(leaves: list[Leaf]) -> str:
    shown = ", ".join(f"params{leaf.path}" for leaf in leaves[:4])
    return shown + (", …" if len(leaves) > 4 else "")


def _tied(made: Numbers) -> tuple[Finding, ...]:
    by_object: dict[int, list[Leaf]] = defaultdict(list)
    for leaf in made.floats:
        by_object[leaf.tensor].append(leaf)
    return tuple(
        Finding(
            "params-shared",
            f"{_paths(same)} are one and the same tensor",
            leaf=f"params{same[-1].path}",
        )
        for same in by_object.values()
        if len(same) > 1
    ) or _overlapping(made)


def _overlapping(made: Numbers) -> tuple[Finding, ...]:
    """Tensors of their own whose numbers lie in the same memory: an update changes both."""
    found = overlapping(made.floats)
    doubled = next((leaf for leaf in made.floats if repeats(leaf)), None)
    if found is not None:
        detail = f"{_paths(list(found))} have memory in common, so that an update changes both"
        return (Finding("params-shared", detail, leaf=f"params{found[1].path}"),)
    if doubled is not None:
        detail = f"several numbers of params{doubled.path} are one number in memory"
        return (Finding("params-shared", detail, leaf=f"params{doubled.path}"),)
    return ()


def _depth(traces: Traces, alignment: Alignment, depth: int) -> tuple[Finding, ...]:
    found = len(alignment.naming.layers)
    if not alignment.proven:
        return ()
    network = traces.exercise.network
    idle = len(alignment.grouping.unused)
    if found < (depth or traces.depth_range.low) and idle >= layer_size(alignment):
        text = f"{idle} parameters, as many as layer {found + 1} has, influence nothing"
        return (Finding("unused-layer", text, found + 1),)
    if depth != FIXED and found != depth:
        return (
            Finding(
                "layer-count",
                f"get_params builds {_layers(found)} where {_layers(depth)} were asked for",
            ),
        )
    if depth == FIXED and not network.min_layers <= found <= network.max_layers:
        asked = (
            str(network.min_layers)
            if network.min_layers == network.max_layers
            else f"{network.min_layers} to {network.max_layers}"
        )
        return (
            Finding("layer-count", f"the network has {found} layers where {asked} are asked for"),
        )
    return ()


def _own(traces: Traces) -> OwnNames:
    recording = recording_of(traces, None)
    return OwnNames() if recording is None else own_names(recording, traces.prepared)


def _roles(traces: Traces, alignment: Alignment) -> tuple[Finding, ...]:
    """Weights that the architecture needs and nobody holds; parameters that nothing needs."""
    if not alignment.proven:
        return _single_numbers(alignment)
    findings = []
    held = {(one.layer, one.weight) for one in alignment.held}
    for layer, weight, gate in _needed(alignment):
        nothing_to_reset = gate == "reset" and (layer, "W_hh") not in held
        if (layer, weight) not in held and not nothing_to_reset:
            where = f"layer {layer}" if layer else "the output layer"
            findings.append(
                Finding("params-missing", f"{where} has no {weight}", layer or None, gate)
            )
    crossed = misplaced(alignment, findings, _own(traces))
    if crossed:
        return crossed
    findings = _without_recurrence(alignment, findings)
    afresh = starts_afresh(traces) if findings or _unused_leaves(alignment) else None
    if afresh is not None:
        return (afresh,)
    unused = _unused_leaves(alignment)
    if unused and findings:
        return (
            Finding(
                "missing-term",
                f"{findings[0].detail}, while {_idle(unused)} nothing",
                findings[0].layer,
                findings[0].gate,
            ),
        )
    findings += [
        Finding("unused-parameter", f"{path} influences nothing", leaf=path.split(" ")[0])
        for path in unused
    ]
    return tuple(findings)


def _single_numbers(alignment: Alignment) -> tuple[Finding, ...]:
    """A parameter that holds one number cannot serve H units."""
    params = alignment.sensitivities.params
    return tuple(
        Finding(
            "params-shape",
            f"params{leaf.path} of shape {leaf.shape} holds one number only",
            leaf=f"params{leaf.path}",
        )
        for leaf, value in zip(params.floats, params.values, strict=True)
        if value.numel() == 1
    )


def _without_recurrence(alignment: Alignment, missing: list[Finding]) -> list[Finding]:
    """A layer that has no recurrent weight at all is told as that."""
    silent = [n for n, layer in enumerate(alignment.naming.layers, 1) if not layer.recurrent]
    told = [
        Finding("no-recurrence", f"layer {number} has no recurrent weight", number)
        for number in silent
    ]
    return [*told, *missing]


def _needed(alignment: Alignment) -> list[tuple[int, str, Gate]]:
    needed: list[tuple[int, str, Gate]] = []
    for number, layer in enumerate(alignment.naming.layers, start=1):
        for subscript, gate in GATES[layer.found.cell].items():
            for kind in ("W_x", "W_h", "b_"):
                needed.append((number, f"{kind}{subscript}", gate))  # type: ignore[arg-type]  # GATES holds gates only
    return [*needed, (0, "W_hq", "none"), (0, "b_q", "none")]


def _layers(count: int) -> str:
    return f"{count} layer{'' if count == 1 else 's'}"


def _idle(unused: list[str]) -> str:
    named = ", ".join(unused[:4]) + (", …" if len(unused) > 4 else "")
    return f"{named} {'influences' if len(unused) == 1 else 'influence'}"


def layer_size(alignment: Alignment) -> int:
    """The least number of parameters that a further layer has."""
    return 2 * alignment.sensitivities.sizes.hiddens**2


def _unused_leaves(alignment: Alignment) -> list[str]:
    params = alignment.sensitivities.params
    counts: Counter[int] = Counter()
    for flat in alignment.grouping.unused:
        counts[unravel(flat, params.shapes)[0]] += 1
    return [
        f"params{params.floats[leaf].path}"
        + ("" if count == params.values[leaf].numel() else " (a part of it)")
        for leaf, count in sorted(counts.items())
    ]


def _conventions(alignment: Alignment | None) -> str:
    """What was found of the accepted conventions."""
    if alignment is None or not alignment.proven:
        return ""
    told = []
    gru = [layer.found for layer in alignment.naming.layers if layer.found.cell == "gru"]
    if gru:
        when = "after" if gru[0].reset_after else "before"
        told.append(f"The reset gate acts {when} the recurrent product.")
    signs = sorted({one.weight for one in alignment.held if one.sign < 0})
    if signs:
        told.append(f"A gate is read as its complement (weights {', '.join(signs)}).")
    return " ".join(told)
