"""The jail holds what it says, and says what it cannot hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pytest_deeprnn.sandbox.jail import capabilities, filesystem, landlock, rlimits, seccomp
from pytest_deeprnn.sandbox.jail.jail import Jail, without
from pytest_deeprnn.sandbox.jail.missing import Missing
from pytest_deeprnn.sandbox.jail.readable_paths import places

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel has none of this")

#: What a worker may not do, each an expression that fails with an OSError.
REFUSED = {
    "reads a file": "open(SECRET).read()",
    "reads a file by a link": "(os.symlink(SECRET, 'link'), open('link').read())",
    "reads its environment": "open('/proc/self/environ').read()",
    "reads its memory": "open('/proc/self/mem', 'rb').read(1)",
    "reads the grader": "open(GRADER).read()",
    "lists a folder": "os.listdir(OUTSIDE)",
    "lists packages": "os.listdir(os.path.dirname(os.path.dirname(TORCH)))",
    "writes outside": "open(OUTSIDE + '/mark', 'w')",
    "writes where torch is": "open(os.path.dirname(TORCH) + '/mark', 'w')",
    "writes into shared memory": "open('/dev/shm/mark', 'w')",
    "empties a file": "os.truncate(SECRET, 0)",
    "opens a file to empty it": "os.open(SECRET, os.O_RDONLY | os.O_TRUNC)",
    "removes a file": "os.remove(SECRET)",
    "renames a file": "os.rename(SECRET, SECRET + 'x')",
    "links a file": "os.link(SECRET, 'hard')",
    "changes rights": "os.chmod(SECRET, 0o777)",
    "changes an owner": "os.chown(SECRET, 0, 0)",
    "changes times": "os.utime(SECRET)",
    "marks a file": "os.setxattr(SECRET, 'user.mark', b'x')",
    "fills its folder": "open('big', 'wb').write(bytes(17 << 20))",
    "fills it in parts": "[open(f'part{n}', 'wb').write(bytes(6 << 20)) for n in range(3)]",
    "fills it with names": "[open(f'name{n}', 'w').close() for n in range(2000)]",
    "opens many files": "many_files()",
    "forks": "os.fork()",
    "spawns": "os.posix_spawn('/bin/true', ['true'], {})",
    "becomes another": "os.execv('/bin/true', ['true'])",
    "asks if a process lives": "os.kill(os.getppid(), 0)",
    "signals a thread of another": "tgkill(os.getppid())",
    "signals by way of a file": "fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
    "limits another": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "leaves its group": "os.setpgid(0, 0)",
    "connects": "socket.create_connection(('127.0.0.1', 9), 1)",
    "opens a local socket": "socket.socket(socket.AF_UNIX)",
    "makes a pair of sockets": "socket.socketpair()",
    "makes memory that nothing counts": "os.memfd_create('x')",
    "shares memory without end": "mmap.mmap(-1, 6 << 30)",
    "mounts": "libc('mount', b'none', b'/mnt', b'tmpfs', 0, b'')",
    "makes a namespace": "libc('unshare', 0x10000000)",
    "traces": "libc('ptrace', 16, os.getppid(), 0, 0)",
    "outlives its parent": "libc('prctl', 1, 0, 0, 0, 0)",
    "uses the newest calls": "libc('syscall', 463, 0, 0, 0, 0)",
    "submits work to the kernel": "libc('syscall', 425, 8, bytes(120))",
}
#: What a worker needs, each an expression that is true.
ALLOWED = {
    "writes its own folder": "open('small', 'w').write('x') == 1",
    "makes temporary files": "tempfile.TemporaryFile().write(b'x') == 1",
    "reads its own file": "open('kept', 'w').write('x') and open('kept').read() == 'x'",
    "reads random bytes": "len(open('/dev/urandom', 'rb').read(4)) == 4",
    "imports the library": "__import__('tomllib') is not None",
    "starts threads": "in_thread()",
    "sends itself a signal": "os.kill(os.getpid(), 0) is None",
    "has a home of its own": "os.environ['HOME'] == os.getcwd() == tempfile.gettempdir()",
}
SCRIPT = """
import ctypes, fcntl, json, mmap, os, resource, socket, sys, tempfile, threading
from pathlib import Path
from pytest_deeprnn.sandbox.jail.jail import Jail

given = json.load(sys.stdin)
SECRET, OUTSIDE, GRADER, TORCH = (given[name] for name in ("secret", "outside", "grader", "torch"))
library = ctypes.CDLL(None, use_errno=True)

def libc(name, *arguments):
    if getattr(library, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)

def tgkill(other):
    libc("syscall", 234, other, other, 0)

def clear():
    try:
        for name in os.listdir():
            os.remove(name)
    except PermissionError:  # a folder without a quota may not even be listed
        pass

def many_files():
    opened = []
    try:
        while len(opened) < 500:
            opened.append(os.open("/dev/null", 0))
    finally:
        for descriptor in opened:
            os.close(descriptor)

def in_thread():
    seen = []
    thread = threading.Thread(target=seen.append, args=(1,))
    thread.start()
    thread.join()
    return seen == [1]

def attempt(expression):
    try:
        return repr(eval(expression))
    except OSError as error:
        return f"OSError {error.errno}"
    except BaseException as error:
        return repr(error)
    finally:
        clear()

jail = Jail()
jail.prepare(())
held = jail.enter((), Path.cwd())
tried = {name: attempt(expression) for name, expression in given["tried"].items()}
print(json.dumps({"held": {one.name: one.hindrance for one in held}, "tried": tried}))
"""


_GIVEN = ("secret", "outside", "grader", "torch")


def _run(script: str, place: Path, given: dict[str, Any]) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-I", "-c", script],
        input=json.dumps(given),
        cwd=place,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.fixture(scope="module")
def jailed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process in the jail could do, and what it was told to be kept from."""
    outside, place = tmp_path_factory.mktemp("outside"), tmp_path_factory.mktemp("place")
    secret = outside / "secret"
    secret.write_text("secret", encoding="utf-8")
    import torch

    given = {
        "secret": str(secret),
        "outside": str(outside),
        "grader": landlock.__file__,
        "torch": torch.__file__,
        "tried": REFUSED | ALLOWED,
    }
    found = _run(SCRIPT, place, given)
    found["left"] = sorted(path.name for path in (*outside.iterdir(), *place.iterdir()))
    found["secret"] = secret.read_text(encoding="utf-8")
    return found


@linux
def test_everything_is_held_here(jailed: dict[str, Any]) -> None:
    assert {name: reason for name, reason in jailed["held"].items() if reason} == {}
    assert {"memory", "reading", "writing", "network", "processes", "signals"} <= set(
        jailed["held"]
    )


@linux
@pytest.mark.parametrize("name", REFUSED)
def test_a_jailed_process_fails_when_it(jailed: dict[str, Any], name: str) -> None:
    assert jailed["tried"][name].startswith("OSError")


@linux
@pytest.mark.parametrize("name", ALLOWED)
def test_a_jailed_process_still(jailed: dict[str, Any], name: str) -> None:
    assert jailed["tried"][name] == "True"


@linux
def test_without_a_quota_nothing_at_all_is_written(tmp_path: Path) -> None:
    prelude = """
from pytest_deeprnn.sandbox.jail import filesystem, missing
def mount(place):
    raise missing.Missing("no namespaces")
filesystem.mount = mount
"""
    tried = {"writes": "open('small', 'w')", "reads": "open('/dev/urandom', 'rb').read(1)"}
    found = _run(prelude + SCRIPT, tmp_path, {**dict.fromkeys(_GIVEN, ""), "tried": tried})
    assert found["tried"]["writes"] == "OSError 13"
    assert found["tried"]["reads"].startswith("b'")
    assert set(found["held"].values()) == {""}


@linux
def test_nothing_is_left_outside(jailed: dict[str, Any]) -> None:
    assert jailed["left"] == ["secret"]
    assert jailed["secret"] == "secret"


@pytest.mark.parametrize(
    "protect",
    [
        rlimits.memory,
        capabilities.drop,
        seccomp.refuse,
        lambda: landlock.rules(()),
        lambda: filesystem.mount(Path("/nowhere")),
    ],
    ids=["memory", "privileges", "calls", "files", "folder"],
)
def test_another_system_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, protect: Any) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(Missing, match="darwin"):
        protect()


def test_a_package_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "landlock", None)
    jail = Jail()
    jail.prepare(())
    with pytest.raises(Missing, match="landlock"):
        jail._ruleset(())


def test_what_is_not_held_says_why() -> None:
    told = {one.name: one.hindrance for one in without("the reason")}
    assert set(told) >= {"reading", "writing", "network", "processes", "signals"}
    assert set(told.values()) == {"the reason"}


def test_only_torch_and_what_it_needs_may_be_read() -> None:
    import torch

    found = places(())
    names = {path.name for path in found}
    root = Path(torch.__file__).parent
    assert root / "nn" in found
    assert "sympy" in names
    assert not names & {"pytest_deeprnn", "pytest", "_pytest", "hypothesis", "site-packages", "pip"}
    hidden = root / "_decomp" / "decompositions.py"
    assert hidden.is_file()
    assert not any(path in (hidden, *hidden.parents) for path in found)


def test_an_import_that_is_asked_for_may_be_read_with_what_it_needs() -> None:
    more = {
        path.name for path in set(places(("jinja2", "nbformat", "not_there"))) - set(places(()))
    }
    assert "nbformat" in more
    assert "jsonschema" in more  # nbformat needs it
    assert "pytest" not in more
