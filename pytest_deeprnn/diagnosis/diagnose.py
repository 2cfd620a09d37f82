"""Orders findings into diagnoses: one root cause first, its consequences behind it."""

from __future__ import annotations

from dataclasses import replace

from pytest_deeprnn.core import codes
from pytest_deeprnn.core.catalogue import SOURCE, translator
from pytest_deeprnn.core.codes import ORDER
from pytest_deeprnn.core.facts.fact import Commas, Fact
from pytest_deeprnn.core.facts.networks import WithGates
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.core.report import Diagnosis
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.diagnosis.cause_links import follows_its_like, linked
from pytest_deeprnn.diagnosis.deduplicate import merged
from pytest_deeprnn.diagnosis.locate import locate
from pytest_deeprnn.measurement.recording.recording import Recording, recording_of
from pytest_deeprnn.measurement.recording.student_names import OwnNames, own_names
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.submission.piece_names import spot
from pytest_deeprnn.submission.prepare import Prepared

#: Terms that are not there, as zeros in a network whose numbers are equal in every case.
_ZERO_TERMS = ("missing-term", "no-recurrence", "params-missing")


def by_equal_values(findings: list[Finding]) -> list[Finding]:
    """What the reference proves by giving the student's numbers with the weights that there are."""
    return [replace(one, exact=one.exact or one.code in _ZERO_TERMS) for one in findings]


def diagnose(
    findings: list[Finding],
    prepared: Prepared | None,
    traces: Traces | None,
    lang: Language = "en",
) -> tuple[Diagnosis, ...]:
    """Each code and layer once, root causes before what follows from them, proofs first.

    What follows from an earlier diagnosis says from which.
    """
    findings = [one for one in findings if not one.fallback] or findings
    first: dict[tuple[str, int | None, str, Fact], Finding] = {}
    for finding in findings:
        first.setdefault((finding.code, finding.layer, finding.gate, finding.fact), finding)
    known = merged(list(first.values()))
    ordered = sorted(known, key=_before)
    if any(one.code == "shared-state" for one in ordered):  # may begin where the one below ended
        ordered.sort(key=lambda one: one.code == "not-causal")
    return linked((one, _diagnosis(one, prepared, traces, lang)) for one in ordered)


def _before(finding: Finding) -> tuple[int, bool, bool]:
    """Of equal causes the proven one comes first, and last what may follow from another."""
    return ORDER[finding.code], not finding.exact, follows_its_like(finding)


def _diagnosis(
    finding: Finding, prepared: Prepared | None, traces: Traces | None, lang: Language
) -> Diagnosis:
    text = codes.told(finding.code, lang)
    recording = _recording(finding, prepared, traces)
    names = OwnNames() if recording is None or prepared is None else own_names(recording, prepared)
    place = finding.place if prepared is None else locate.find(prepared, finding, traces)
    fact, gates = finding.fact, names.gates_in(finding.fact, finding.layer)
    whole = WithGates(fact, Commas(gates)) if gates else fact
    said = whole.said(translator(lang), names.told)
    detail = sentence(said, as_it_is=whole.begins_with_tensor(names.told))
    here = None if place.filename is None else spot(place.filename, place.line)
    before = " " if lang == SOURCE else "\n"  # it may be in another language than the message
    return Diagnosis(
        code=finding.code,
        message=f"{text.message}{before}{detail}",
        hint=text.hint,
        confidence="exact" if finding.exact else "evidence",
        layer=finding.layer,
        gate=finding.gate,
        file=None if here is None else here.file,
        cell=None if here is None else here.cell,
        line=place.line if here is None else here.line,
        source=_line(place, prepared),
        detail=detail,
        fields=fact.plain(),
    )


def _recording(
    finding: Finding, prepared: Prepared | None, traces: Traces | None
) -> Recording | None:
    """The call that a finding is looked for in."""
    if prepared is None or traces is None or prepared.contract.missing():
        return None
    return recording_of(traces, finding.layer)


def _line(place: Place, prepared: Prepared | None) -> str | None:
    if place.line is None or prepared is None:
        return place.text
    for piece in prepared.pieces:
        if piece.filename == place.filename:
            found = piece.text.splitlines()
            if 0 < place.line <= len(found):
                return found[place.line - 1]
    return None
