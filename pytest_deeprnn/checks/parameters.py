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
from pytest_deeprnn.core.facts import parameters as facts
from pytest_deeprnn.core.facts.calls import AndMore
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.report import Gate
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.cells import GATES
from pytest_deeprnn.measurement.alignment.layout import unravel
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.recording.student_names import OwnNames, own_names
from pytest_deeprnn.measurement.traces import FIXED, Traces
from pytest_deeprnn.sandbox.protocol.messages import Leaf

_MOST_PATHS = 4  # that are named


def parameters(traces: Traces) -> Outcome:
    """Parameters are leaf tensors that require gradients, one for each role, all of use."""
    depth = traces.depths[-1]
    made = traces.student.params(traces.probe(depth))
    if not made.floats:
        fact = without_tensors("get_params", made)
        code = "params-no-grad" if has_arrays(made.leaves) else "params-missing"
        return Failed(fact, (Finding(code, fact, function="get_params"),))
    flags = _flags(made) or _flags(params_as_run(traces, traces.probe(depth)))
    findings = (*in_16_bits(traces, "params", made), *flags, *_tied(made))
    if findings:
        return Failed(_first(findings), findings, observed=True)
    findings = _fixed(traces, made, depth)
    if findings:
        return Failed(_first(findings), findings)
    for each in traces.depths:
        alignment = traces.alignment_or_none(each)
        if alignment is None:
            continue
        findings = (*_depth(traces, alignment, each), *_roles(traces, alignment))
        if findings:
            return Failed(_first(findings), findings)
    return Passed(_conventions(traces.alignment_or_none(depth)))


def _fixed(traces: Traces, made: Numbers, depth: int) -> tuple[Finding, ...]:
    """Shapes that do not follow the sizes."""
    sizes = traces.probe(depth)
    tried: tuple[tuple[Sizes, Fact], ...] = (
        (replace(sizes, vocab=sizes.vocab + 3), facts.IgnoresVocabulary()),
        (sizes.wider(3), facts.IgnoresHiddens()),
    )
    for changed, fact in tried:
        if traces.student.params(changed).shapes == made.shapes:
            return (Finding("hardcoded-shape", fact),)
    return ()


def _first(findings: tuple[Finding, ...]) -> Fact:
    first = findings[0].fact
    return first if len(findings) == 1 else AndMore(first, len(findings) - 1)


def _flags(made: Numbers) -> tuple[Finding, ...]:
    frozen = [leaf for leaf in made.floats if not leaf.requires_grad]
    if frozen:
        return (
            Finding(
                "params-no-grad",
                facts.WithoutGradients(len(frozen), len(made.floats), _paths(frozen)),
                leaf=_path(frozen[0]),
            ),
        )
    inner = [leaf for leaf in made.floats if not leaf.is_leaf]
    if inner:
        return (
            Finding(
                "params-not-leaf",
                facts.NotLeaves(len(inner), len(made.floats), _paths(inner)),
                leaf=_path(inner[0]),
            ),
        )
    return ()


def _path(leaf: Leaf) -> TensorPath:
    return TensorPath(f"params{leaf.path}")


def _paths(leaves: list[Leaf]) -> Commas:
    more = ["…"] if len(leaves) > _MOST_PATHS else []
    return Commas([*map(_path, leaves[:_MOST_PATHS]), *more])


def _tied(made: Numbers) -> tuple[Finding, ...]:
    by_object: dict[int, list[Leaf]] = defaultdict(list)
    for leaf in made.floats:
        by_object[leaf.tensor].append(leaf)
    return tuple(
        Finding(
            "params-shared",
            facts.SameTensor(_paths(same)),
            leaf=_path(same[-1]),
        )
        for same in by_object.values()
        if len(same) > 1
    ) or _overlapping(made)


def _overlapping(made: Numbers) -> tuple[Finding, ...]:
    """Tensors of their own whose numbers lie in the same memory: an update changes both."""
    found = overlapping(made.floats)
    doubled = next((leaf for leaf in made.floats if repeats(leaf)), None)
    if found is not None:
        overlap = facts.SharedMemory(_paths(list(found)))
        return (Finding("params-shared", overlap, leaf=_path(found[1])),)
    if doubled is not None:
        path = _path(doubled)
        return (Finding("params-shared", facts.RepeatedNumber(path), leaf=path),)
    return ()


def _depth(traces: Traces, alignment: Alignment, depth: int) -> tuple[Finding, ...]:
    found = len(alignment.naming.layers)
    if not alignment.proven:
        return ()
    network = traces.exercise.network
    idle = len(alignment.grouping.unused)
    if found < (depth or traces.depth_range.low) and idle >= layer_size(alignment):
        return (Finding("unused-layer", facts.ExtraNumbers(idle, found + 1), found + 1),)
    if depth != FIXED and found != depth:
        built = facts.LayersBuilt(facts.layers(found), facts.layers(depth))
        return (Finding("layer-count", built),)
    if depth == FIXED and not network.min_layers <= found <= network.max_layers:
        asked = (
            str(network.min_layers)
            if network.min_layers == network.max_layers
            else f"{network.min_layers} to {network.max_layers}"
        )
        return (Finding("layer-count", facts.LayersFound(found, asked)),)
    return ()


def _own(traces: Traces) -> OwnNames:
    recording = recording_of(traces, None)
    return OwnNames() if recording is None else own_names(recording, traces.prepared)


def _roles(traces: Traces, alignment: Alignment) -> tuple[Finding, ...]:
    """Weights that the architecture needs and nobody holds; parameters that nothing needs."""
    if not alignment.proven:
        return _single_numbers(alignment)
    findings: list[Finding] = []
    held = {(one.layer, one.weight) for one in alignment.held}
    for layer, weight, gate in _needed(alignment):
        nothing_to_reset = gate == "reset" and (layer, "W_hh") not in held
        if (layer, weight) not in held and not nothing_to_reset:
            kind = facts.MissingWeight if layer else facts.MissingOutputWeight
            fact = kind(layer, weight)
            findings.append(Finding("params-missing", fact, layer or None, gate))
    crossed = misplaced(alignment, findings, _own(traces))
    if crossed:
        return crossed
    findings = _without_recurrence(alignment, findings)
    afresh = starts_afresh(traces) if findings or _unused_leaves(alignment) else None
    if afresh is not None:
        return (afresh,)
    unused = _unused_leaves(alignment)
    if unused and findings:
        first = findings[0]
        told = _while_idle(first.fact, unused)
        return (Finding("missing-term", told, first.layer, first.gate),)
    findings += [Finding("unused-parameter", facts.Idle(one), leaf=one.path) for one in unused]
    return tuple(findings)


def _single_numbers(alignment: Alignment) -> tuple[Finding, ...]:
    """A parameter that holds one number cannot serve H units."""
    params = alignment.sensitivities.params
    return tuple(
        Finding(
            "params-shape",
            facts.OneNumber(_path(leaf), str(leaf.shape)),
            leaf=_path(leaf),
        )
        for leaf, value in zip(params.floats, params.values, strict=True)
        if value.numel() == 1
    )


def _without_recurrence(alignment: Alignment, missing: list[Finding]) -> list[Finding]:
    """A layer that has no recurrent weight at all is told as that."""
    silent = [n for n, layer in enumerate(alignment.naming.layers, 1) if not layer.recurrent]
    told = [Finding("no-recurrence", facts.NoRecurrentWeight(number), number) for number in silent]
    return [*told, *missing]


def _needed(alignment: Alignment) -> list[tuple[int, str, Gate]]:
    needed: list[tuple[int, str, Gate]] = []
    for number, layer in enumerate(alignment.naming.layers, start=1):
        for subscript, gate in GATES[layer.found.cell].items():
            for kind in ("W_x", "W_h", "b_"):
                needed.append((number, f"{kind}{subscript}", gate))  # type: ignore[arg-type]  # GATES holds gates only
    return [*needed, (0, "W_hq", "none"), (0, "b_q", "none")]


def _while_idle(missing: Fact, unused: list[facts.Tensor | facts.SomeOf]) -> Fact:
    more = ["…"] if len(unused) > _MOST_PATHS else []
    named = Commas([*unused[:_MOST_PATHS], *more])
    kind = facts.MissingWhileIdle if len(unused) == 1 else facts.MissingWhileSeveralIdle
    return kind(missing, named)


def layer_size(alignment: Alignment) -> int:
    """The least number of parameters that a further layer has."""
    return 2 * alignment.sensitivities.sizes.hiddens**2


def _unused_leaves(alignment: Alignment) -> list[facts.Tensor | facts.SomeOf]:
    params = alignment.sensitivities.params
    counts: Counter[int] = Counter()
    for flat in alignment.grouping.unused:
        counts[unravel(flat, params.shapes)[0]] += 1
    return [
        (facts.Tensor if count == params.values[leaf].numel() else facts.SomeOf)(
            _path(params.floats[leaf])
        )
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
