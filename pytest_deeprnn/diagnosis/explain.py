"""Orders findings into diagnoses: one root cause first, its consequences behind it."""

from __future__ import annotations

import re

from pytest_deeprnn.diagnosis import codes, codes_zh, lines
from pytest_deeprnn.diagnosis.codes import ORDER, Text
from pytest_deeprnn.diagnosis.consequences import linked
from pytest_deeprnn.finding import Finding, Place
from pytest_deeprnn.report import Diagnosis
from pytest_deeprnn.settings import Language
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.traces import Traces
from pytest_deeprnn.wording import sentence

_CELL = re.compile(r"^(?P<file>.*)\[(?P<cell>\d+)\]$")
_TEXTS: dict[Language, dict[str, Text]] = {"en": codes.TEXTS, "zh": codes_zh.TEXTS}
#: Details are English; under a message in another language they stand on lines of their own.
_BEFORE_DETAIL: dict[Language, str] = {"en": " ", "zh": "\n"}


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
    first: dict[tuple[str, int | None, str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.code, finding.layer, finding.gate, finding.detail), finding)
    ordered = sorted(first.values(), key=lambda finding: (ORDER[finding.code], not finding.exact))
    return linked(_diagnosis(finding, prepared, traces, lang) for finding in ordered)


def _diagnosis(
    finding: Finding, prepared: Prepared | None, traces: Traces | None, lang: Language
) -> Diagnosis:
    text = _TEXTS[lang].get(finding.code, codes.TEXTS[finding.code])
    place = finding.place
    if place.line is None and prepared is not None:
        place = lines.find(prepared, finding, traces)
    filename, cell = _file_and_cell(place)
    detail = sentence(finding.detail)
    return Diagnosis(
        code=finding.code,
        message=f"{text.message}{_BEFORE_DETAIL[lang]}{detail}",
        hint=text.hint,
        confidence="exact" if finding.exact else "evidence",
        layer=finding.layer,
        gate=finding.gate,
        file=filename,
        cell=cell,
        line=place.line,
        source=_line(place, prepared),
        detail=detail,
    )


def _file_and_cell(place: Place) -> tuple[str | None, int | None]:
    if place.filename is None:
        return None, None
    match = _CELL.match(place.filename)
    return (match["file"], int(match["cell"])) if match else (place.filename, None)


def _line(place: Place, prepared: Prepared | None) -> str | None:
    if place.line is None or prepared is None:
        return place.text
    for piece in prepared.source.pieces:
        if piece.filename == place.filename:
            found = piece.text.splitlines()
            return found[place.line - 1] if 0 < place.line <= len(found) else None
    return None
