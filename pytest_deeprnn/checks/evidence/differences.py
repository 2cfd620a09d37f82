"""Why outputs or states differ: the faults that are proven or measured."""

from __future__ import annotations

from dataclasses import replace

from pytest_deeprnn.checks.evidence.experiments import experiment
from pytest_deeprnn.checks.evidence.precision import rounded
from pytest_deeprnn.checks.evidence.proof import Proof, prove
from pytest_deeprnn.checks.evidence.wiring import explain
from pytest_deeprnn.core.facts.fact import Phrase
from pytest_deeprnn.core.facts.networks import Mutated
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.recording.student_names import OwnNames, own_names
from pytest_deeprnn.measurement.traces import Traces


def reasons(traces: Traces) -> tuple[Finding, ...]:
    """What explains numbers that differ: the wiring where it is odd, then experiments."""
    return rounded(traces) or (*wiring_findings(traces), *experiment(traces))


def wiring_findings(traces: Traces, proving: bool = True) -> tuple[Finding, ...]:
    """What is odd about the network at the lowest depth where something is.

    Where cases run it can be proven: the network as it was found gives the student's numbers.
    """
    asked = traces.exercise.cells(traces.exercise.network.max_layers)
    known = traces.known_alignments()
    odd = [one for one in known if not one.proven]
    findings = explain(odd[0], asked, _student_names(traces)) if odd else ()
    proofs = [prove(one, traces) for one in odd or known] if proving else []
    proven = [one for one in proofs if one is not None]
    if not proven or len(proven) < len(proofs):
        return findings
    return (*(replace(one, exact=True) for one in findings), *_runs(proven))


def _student_names(traces: Traces) -> OwnNames:
    recording = recording_of(traces, None)
    return OwnNames() if recording is None else own_names(recording, traces.prepared)


def _runs(proofs: list[Proof]) -> tuple[Finding, ...]:
    """What shows in whole runs only."""
    mutations = dict.fromkeys(mutation for proof in proofs for mutation in proof.runs)
    return tuple(
        Finding(
            mutation.code,
            Mutated(mutation.id, Phrase(mutation.text), mutation.changes_old),
            exact=True,
            mutation=mutation.id,
            equation=mutation.equation,
        )
        for mutation in mutations
    )
