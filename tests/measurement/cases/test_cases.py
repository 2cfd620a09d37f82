"""One list of cases for a cohort: distinct, in range, and the same on every machine."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from pytest_deeprnn.core.exercise import Exercise, load, packaged
from pytest_deeprnn.core.settings import Profile
from pytest_deeprnn.measurement.cases.drawn import COUNTS, Case, draw, value_seed

ROOT = Path(__file__).parents[3]
each_exercise = pytest.mark.parametrize("name", packaged())


def drawn(name: str, profile: Profile = "standard", cohort: int = 0) -> list[Case]:
    return draw(load(name), profile, cohort, ("cpu",))


def situations(cases: list[Case]) -> list[Case]:
    """The cases without the seeds of their values."""
    return [msgspec.structs.replace(case, seed=0) for case in cases]


@each_exercise
@pytest.mark.parametrize(("profile", "count"), [("quick", 30), ("standard", 120)])
def test_each_profile_gives_its_number_of_distinct_cases(
    name: str, profile: Profile, count: int
) -> None:
    cases = drawn(name, profile)
    assert len(cases) == count == COUNTS[profile]
    assert len(set(situations(cases))) == count


def test_a_thorough_run_has_400_distinct_cases() -> None:
    assert len(set(situations(drawn("deep-gru", "thorough")))) == 400


@each_exercise
def test_sizes_are_in_their_ranges_and_reach_both_ends(name: str) -> None:
    exercise, cases = load(name), drawn(name)
    ranges = exercise.sizes
    for got, (low, high) in [
        ({case.vocab for case in cases}, ranges.vocab_size),
        ({case.hiddens for case in cases}, ranges.num_hiddens),
        ({case.batch for case in cases}, ranges.batch_size),
        ({case.steps for case in cases}, ranges.num_steps),
        ({case.layers for case in cases}, exercise.depths),
    ]:
        assert (min(got), max(got)) == (low, high)


@each_exercise
def test_vocabulary_and_width_differ_mostly_and_are_equal_sometimes(name: str) -> None:
    equal = [case for case in drawn(name) if case.vocab == case.hiddens]
    assert 0.03 * 120 < len(equal) < 0.35 * 120


@each_exercise
def test_both_dtypes_are_drawn_and_float64_is_the_usual_one(name: str) -> None:
    counts = Counter(case.dtype for case in drawn(name))
    assert counts["float64"] > counts["float32"] > 0


def test_all_devices_are_drawn() -> None:
    cases = draw(load("rnn"), "quick", 0, ("cpu", "meta"))
    assert {case.device for case in cases} == {"cpu", "meta"}
    assert {case.device for case in drawn("rnn")} == {"cpu"}


@each_exercise
def test_every_case_has_values_of_its_own(name: str) -> None:
    seeds = [case.seed for case in drawn(name)]
    assert len(set(seeds)) == len(seeds)


def test_value_seeds_are_the_hash_of_cohort_and_number() -> None:
    digest = hashlib.sha256(b"7/3").hexdigest()
    assert value_seed(7, 3) == int(digest[:12], 16)
    assert [case.seed for case in drawn("rnn", "quick", 7)][3] == int(digest[:12], 16)


def test_one_seed_gives_one_list_and_another_another() -> None:
    assert drawn("gru", "quick", 5) == drawn("gru", "quick", 5)
    assert situations(drawn("gru", "quick", 5)) != situations(drawn("gru", "quick", 6))


def test_ranges_that_hold_few_cases_give_what_there_is() -> None:
    exercise = load("rnn")
    one = msgspec.structs.replace(
        exercise.sizes, vocab_size=(2, 2), num_hiddens=(3, 3), batch_size=(1, 1), num_steps=(4, 5)
    )
    narrow: Exercise = msgspec.structs.replace(exercise, sizes=one)
    found = {(case.vocab, case.hiddens, case.steps) for case in draw(narrow, "quick", 0, ("cpu",))}
    assert found == {(2, 3, 4), (2, 3, 5)}


DIGEST = """
import hashlib, json, msgspec, pytest_deeprnn
from pytest_deeprnn.measurement.cases.drawn import draw
from pytest_deeprnn.core.exercise import load, packaged
text = b"".join(
    msgspec.json.encode(draw(load(name), "standard", 11, ("cpu",))) for name in packaged()
)
print(json.dumps([pytest_deeprnn.__file__, packaged(), hashlib.sha256(text).hexdigest()]))
"""


def digest(folder: Path, first: Path) -> tuple[Path, list[str], str]:
    """What a fresh interpreter draws, with a place put first into its path."""
    head = f"import sys; sys.path.insert(0, {str(first)!r})\n"
    done = subprocess.run(
        [sys.executable, "-P", "-c", head + DIGEST],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    place, names, found = json.loads(done.stdout)
    return Path(place), names, found


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def copied(folder: Path) -> Path:
    """What a wheel is built from, apart from the checkout, so that no build folder is left."""
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in tracked.stdout.decode().split("\0"):
        if name and not name.startswith("tests/") and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def test_a_wheel_and_an_editable_install_draw_the_same_list(tmp_path: Path) -> None:
    source = copied(tmp_path / "source")
    built = ("--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path / "dist"))
    pip("wheel", *built, str(source))
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    pip("install", "--no-deps", "--target", str(tmp_path / "site"), str(wheel))
    place, names, from_wheel = digest(tmp_path, tmp_path / "site")
    assert place.is_relative_to(tmp_path / "site")
    assert names == packaged()
    here, _, from_checkout = digest(tmp_path, ROOT)
    assert here == ROOT / "pytest_deeprnn" / "__init__.py"
    assert from_wheel == from_checkout
