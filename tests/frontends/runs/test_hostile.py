"""Whatever a submission does, it gets a failing report, and the others get theirs."""

from __future__ import annotations

import time

import pytest
from commands import Deeprnn, text_of, with_forward, with_more

ENDS = {
    "os_exit": with_forward("import os; os._exit(0)"),
    "sys_exit": with_forward("import sys; sys.exit()"),
    "exit_at_load": with_more(
        "import os\n\nSIZE = os._exit(0)\n\n\n"
        "def init_state(batch_size, num_hiddens, device):\n    return SIZE\n"
    ),
    "base_exception": with_more(
        "class Ende(BaseException):\n    pass\n\n\n"
        "def forward(inputs, state, params):\n    raise Ende('that is all')\n"
    ),
    "interrupt": with_forward("raise KeyboardInterrupt"),
    "generator_exit": with_more(
        "def get_params(vocab_size, num_hiddens, device):\n    raise GeneratorExit\n"
    ),
    "odd_message": with_more(
        "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit(0)\n\n\n"
        "def forward(inputs, state, params):\n    raise Odd\n"
    ),
    "pytest_exit": with_forward("import pytest; pytest.exit('done', 0)"),
    "pytest_skip": with_forward("import pytest; pytest.skip('not today')"),
    "objects": with_forward("return object(), object()"),
    "nothing": with_forward("return None"),
    "strings": with_forward("return 'outputs', ('state', 'state')"),
    "no_params": with_more("def get_params(vocab_size, num_hiddens, device):\n    return None\n"),
    "text_state": with_more("def init_state(batch_size, num_hiddens, device):\n    return 'H'\n"),
    "own_state_inside": with_more(
        "def init_state(batch_size, num_hiddens, device):\n"
        "    state = []\n    state.append(state)\n    return state\n"
    ),
    "recursion": with_forward("return forward(inputs, state, params)"),
    "not_a_number": with_forward("return inputs.sum(0) * float('nan'), state"),
    "much_memory": with_forward("return torch.zeros(10**12), state"),
    "crash": with_forward("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"),
    "closed_files": with_forward("import os; os.closerange(0, 1000)"),
    "no_python": with_more("def (:\n"),
    "empty": "",
}


def test_every_end_is_a_failing_report(deeprnn: Deeprnn) -> None:
    deeprnn.files({f"class/{name}.py": text for name, text in ENDS.items()})
    deeprnn.file("class/right.py", text_of("deep_rnn.py"))
    ended = deeprnn.grade("class")
    reports = {name: ended.report(name) for name in ENDS}
    assert ended.code == 1
    assert {name: report.verdict for name, report in reports.items()} == dict.fromkeys(ENDS, "fail")
    assert [name for name, report in reports.items() if not report.diagnoses] == []
    assert max(report.score for report in reports.values()) < 50
    assert ended.report("right").verdict == "pass"
    assert "Traceback" not in ended.text


@pytest.mark.proof
def test_what_hangs_is_stopped_and_the_others_go_on(deeprnn: Deeprnn) -> None:
    deeprnn.files(
        {
            "class/hang.py": with_forward(
                "while True:\n        try:\n            import time; time.sleep(60)\n"
                "        except BaseException:\n            pass"
            ),
            "class/hang_at_load.py": with_more(
                "import time\n\nSIZE = time.sleep(600)\n\n\n"
                "def init_state(batch_size, num_hiddens, device):\n    return SIZE\n"
            ),
            "class/right.py": text_of("deep_rnn.py"),
        }
    )
    start = time.monotonic()
    ended = deeprnn.grade("class", "-n2")
    assert time.monotonic() - start < 60
    assert ended.code == 1
    for name in ("hang", "hang_at_load"):
        report = ended.report(name)
        assert (report.verdict, report.diagnoses[0].code) == ("fail", "timeout")
    assert ended.report("right").verdict == "pass"


def test_unreadable_bytes_do_not_stop_the_class(deeprnn: Deeprnn) -> None:
    deeprnn.file("class/right.py", text_of("deep_rnn.py"))
    (deeprnn.folder / "class" / "bytes.py").write_bytes(b"\xff\xfe\x00")  # half of UTF-16
    ended = deeprnn.grade("class")
    assert ended.report("right").verdict == "pass"
    assert ended.report("bytes").verdict == "fail"


def test_exit_in_forward_leaves_the_other_functions_their_points(deeprnn: Deeprnn) -> None:
    deeprnn.files({"exits.py": ENDS["os_exit"], "raises.py": ENDS["base_exception"]})
    ended = deeprnn.grade("exits.py", "raises.py")
    assert ended.report("raises").score == ended.report("exits").score
