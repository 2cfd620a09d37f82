"""One graded run over a class folder with attacks, honest students, and a planted secret."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from catalogue import Attack

from pytest_deeprnn.core.report import Report, from_json

RIGHT = Path(__file__).parents[1] / "submissions" / "right" / "deep_gru_flat_list.py"
#: They come first, in the middle and last by name, and one has a folder.
_OF_CLASS = ("gradebook.sqlite", "grades.csv", "index.html")
HONEST = ("a_honest.py", "f_honest.py", "z_honest.py", "student.py")
#: Stands in the attacks for the folder of the run.
_PLACE = "/tmp/deeprnn-attack/"
_MARK = "deeprnn-attack-mark"
_SCRIPT = "import sys\nfrom pytest_deeprnn.frontends.cli.main import main\nsys.exit(main())\n"
_ENDING_SECONDS = 5.0
_OWN_FOLDERS = ("class", "marks", "cwd", "temporary", "out")


class Run(msgspec.Struct, frozen=True):
    """What a run gave and left; a struct, so that another process may read it."""

    folder: str
    secret: str
    code: int
    out: str
    err: str
    strays: tuple[str, ...]
    changed: tuple[str, ...]
    processes: tuple[str, ...]

    @property
    def reports(self) -> dict[str, Report]:
        """The reports by the names of the submissions' files."""
        found = [from_json(path.read_bytes()) for path in self._files() if path.suffix == ".json"]
        return {one.submission.path: one for one in found}

    @property
    def pages(self) -> dict[str, str]:
        """The feedback pages by their names."""
        return {
            path.name: path.read_text(encoding="utf-8")
            for path in self._files()
            if path.suffix == ".html"
        }

    def told(self) -> bytes:
        """All bytes that the run printed or wrote."""
        texts = (self.out, self.err)
        return b"\n".join(
            [*(text.encode() for text in texts), *map(Path.read_bytes, self._files())]
        )

    def _files(self) -> list[Path]:
        planted = _planted(Path(self.folder))
        return sorted(p for p in Path(self.folder, "out").iterdir() if p not in planted)


def forms(secret: str) -> list[bytes]:
    """A secret as it is, and as somebody who hides it would write it."""
    plain = secret.encode()
    return [
        plain,
        plain[::-1],
        plain.hex().encode(),
        base64.b64encode(plain).rstrip(b"=")[:-1],
        ", ".join(str(float(one)) for one in plain[:8]).encode(),
    ]


def once(folder: Path, make: Callable[[], Run]) -> Run:
    """Make a run, or take the one that another process of these tests has made."""
    folder.mkdir(exist_ok=True)
    kept = folder / "run.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(msgspec.json.encode(make()))
        return msgspec.json.decode(kept.read_bytes(), type=Run)


def launch(
    folder: Path, hostile: list[Attack], isolation: str = "auto", honest: tuple[str, ...] = HONEST
) -> Run:
    """Grade a class folder with `deeprnn grade`, and look what has become of everything else."""
    secret = f"attack-{secrets.token_hex(16)}"
    _plant(folder, hostile, honest, secret)
    before = _state(folder)
    variables = {
        **{name: value for name, value in os.environ.items() if "XDIST" not in name},
        "TMPDIR": str(folder / "temporary"),
        "DEEPRNN_ATTACK_SECRET": secret,
    }
    options = ["--exercise=deep-gru", "--profile=quick", "--jobs=2", f"--isolation={isolation}"]
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            _SCRIPT,
            "grade",
            str(folder / "class"),
            f"--out={folder / 'out'}",
            *options,
        ],
        cwd=folder / "cwd",
        env=variables,
        capture_output=True,
        check=False,
    )
    after = _state(folder)
    return Run(
        folder=str(folder),
        secret=secret,
        code=ended.returncode,
        out=ended.stdout.decode(errors="surrogateescape"),
        err=ended.stderr.decode(errors="surrogateescape"),
        strays=tuple(sorted({*_unexpected(before, after), *_marks_elsewhere(folder)})),
        changed=tuple(sorted(one for one in before if before[one] != after.get(one))),
        processes=tuple(_left_running(folder)),
    )


def _plant(folder: Path, hostile: list[Attack], honest: tuple[str, ...], secret: str) -> None:
    for name in _OWN_FOLDERS:
        (folder / name).mkdir(parents=True)
    for name in honest:
        place = folder / "class" / ("classmate" if name == "student.py" else "")
        place.mkdir(exist_ok=True)
        shutil.copy(RIGHT, place / name)
    (folder / "class" / "README.md").write_text("The class of this year.\n", encoding="utf-8")
    for path in _planted(folder):
        path.write_text(secret, encoding="utf-8")
    for one in hostile:
        text = one.path.read_text(encoding="utf-8").replace(_PLACE, f"{folder}/")
        (folder / "class" / one.file).write_text(text, encoding="utf-8")


def _planted(folder: Path) -> tuple[Path, ...]:
    return folder / "secret.txt", folder / "out" / "teacher.txt"


def _state(folder: Path) -> dict[str, tuple[int, int, int, str]]:
    """Mode, owner, time and content of everything in the folders of a run, but of its reports."""
    found = {}
    for path in [
        folder / "secret.txt",
        *(p for one in _OWN_FOLDERS for p in folder.glob(f"{one}/**/*")),
    ]:
        about = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        name = str(path.relative_to(folder))
        found[name] = about.st_mode, about.st_uid, about.st_mtime_ns, content
    return found


def _unexpected(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    for name in set(after) - set(before):
        path = Path(name)
        twin = path.with_suffix(".html" if path.suffix == ".json" else ".json")
        is_report = path.parent == Path("out") and path.suffix in (".json", ".html")
        if path.parent == Path("out") and path.name in _OF_CLASS:
            continue
        if not is_report or str(twin) not in after or _MARK in name:
            yield name


def _marks_elsewhere(folder: Path) -> Iterator[str]:
    """Marks outside of the folders of a run; they are taken away."""
    import torch

    places = ("/", "/tmp", "/var/tmp", "/dev/shm", "/root", "/home", Path(torch.__file__).parent)
    for mark in [Path(place) / _MARK for place in (*places, Path.home(), Path.cwd(), folder)]:
        if mark.exists():
            mark.unlink()
            yield str(mark)


def _left_running(folder: Path) -> list[str]:
    """Processes that know the run's folder by their environment, a moment after its end."""
    until = time.monotonic() + _ENDING_SECONDS
    while (left := list(_processes(folder))) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _processes(folder: Path) -> Iterator[str]:
    mine = f"TMPDIR={folder}/".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mine in (entry / "environ").read_bytes():
                yield (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
