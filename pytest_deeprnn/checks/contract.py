"""loads and contract: the file runs, and its three functions are there and can be called."""

from __future__ import annotations

from pytest_deeprnn.checks.evidence.first_failure import Failures, described, place_of
from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Commas, InWords
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.object_path import root
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.nearest_function import Nearest, nearest
from pytest_deeprnn.submission.not_installed import NotInstalled, needed_absent, what_is_allowed
from pytest_deeprnn.submission.piece_names import line_said, of_cell, spot
from pytest_deeprnn.submission.synonyms import ACCEPTED_NAMES


def loads(traces: Traces) -> Outcome:
    """Imports, definitions and the assignments that the three functions need can be run."""
    loaded = traces.loaded
    missing = set(traces.prepared.load.needed) - set(loaded.defined)
    if traces.prepared.unread and traces.prepared.contract.missing():
        return _unread(*traces.prepared.unread[0])
    if not missing:
        return Passed()
    failure = Failures(traces.prepared, loaded.failures).that_hide({root(path) for path in missing})
    if failure is None and loaded.failures:
        failure = loaded.failures[0]
    if failure is None:
        names = Commas(sorted(missing))
        return Failed(
            calls.NotCallable(names),
            (Finding("import-error", calls.NoFunctions(names)),),
        )
    if needed := needed_absent(failure.type, failure.message, traces.exercise):
        raise NotInstalled(needed)
    text = described(failure)
    text += what_is_allowed(failure.type, failure.message, traces.exercise)
    return Failed(
        calls.NotLoaded(InWords(text)),
        (Finding("import-error", text, place=place_of(failure)),),
    )


def _unread(filename: str, error: Unreadable) -> Failed:
    """A module that the file imports from beside it cannot be read, and functions are missing."""
    line = error.line or 1
    text = f"{line_said(filename, line, '')}: {error.message}"
    code = "newer-python" if error.newer else "import-error"
    finding = Finding(code, text, place=Place(filename, line))
    return Failed(calls.NotLoaded(InWords(text)), (finding,))


def contract(traces: Traces) -> Outcome:
    """get_params, init_state and forward are there under usual names with the usual arguments."""
    prepared = traces.prepared
    missing = prepared.contract.missing()
    if missing:
        return _missing(traces, missing)
    for _, binding in prepared.contract.bindings():
        function = binding.function
        place = Place(prepared.filename_of(function), function.line)
        if binding.unbound:
            fact = calls.AsksForMore(function.name, Commas(binding.unbound))
            return Failed(fact, (Finding("wrong-signature", fact, place=place),))
    return Passed(_from_globals(traces))


def _from_globals(traces: Traces) -> str:
    names = sorted(traces.prepared.constants)
    if not names:
        return ""
    return (
        f"Your functions read {', '.join(names)} from the module; "
        "the contract asks for sizes and device as arguments."
    )


def _missing(traces: Traces, missing: tuple[FunctionRole, ...]) -> Outcome:
    prepared = traces.prepared
    near = {role: nearest(prepared, role) for role in missing}
    findings = tuple(
        Finding("missing-function", f"{role} is missing: {one.text}; {one.advice}", place=one.place)
        for role, one in near.items()
    )
    seen = _seen(near)
    looked = "; ".join(f"{role} (looked for {ACCEPTED_NAMES[role]})" for role in missing)
    if prepared.source.problems:
        message, line, cell = prepared.source.problems[0]
        where = ", ".join(
            f"{what} {number}" for what, number in (("cell", cell), ("line", line)) if number
        )
        main = spot(prepared.source.pieces[0].filename, None).file
        place = Place(main if cell is None else of_cell(main, cell), line)
        findings = (Finding("import-error", f"{where}: {message}", place=place), *findings)
        seen = f"{where} could not be read: {message}. {seen}"
    return Failed(f"{seen} Missing: {looked}.", findings)


def _seen(near: dict[FunctionRole, Nearest]) -> str:
    """A sentence for each thing that stands there, with what was expected in its place."""
    roles: dict[str, list[FunctionRole]] = {}
    for role, one in near.items():
        roles.setdefault(one.text, []).append(role)
    first = {one.text: one for one in reversed(near.values())}
    return " ".join(
        sentence(
            f"{text}; {_asked(missing, first[text])}",
            as_it_is=first[text].is_name,
        )
        for text, missing in roles.items()
    )


def _asked(missing: list[FunctionRole], one: Nearest) -> str:
    if len(missing) == 1:
        return one.advice
    return f"the exercise asks for the functions {', '.join(missing[:-1])} and {missing[-1]}"
