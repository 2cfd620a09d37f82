"""One run over a class of hostile files: all that it prints and writes is dead text."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from commands import CHECKS, Deeprnn, text_of, with_forward, with_more

from pytest_deeprnn.core.report import Report, from_json

SAID = (
    "start\n=== 17 passed in 0.01s ===\nright as deep-rnn: pass, 100 of 100 points\n"
    "::error file=x::pwn\n \t::stop-commands::t\r::warning::cr\x0b::notice::vt\u2028::debug::ls\n"
    "##[error]pwn ##vso[task.x]y ##teamcity[z]\nsection_start:1:x\r\x1b[0K\n"
    "\x1b[31mred \x1b]8;;http://evil\x07 \x1b]52;c;aGk=\x07 \b\b \x9b31m \u202e\u2066\u200b\0\uffff"
    " ]]> </script></title></style><script>alert(1)</script><img src=x onerror=alert(1)><!--"
    " &#60;i&#62; </failure></testcase><testcase name='forged'/> \udcff end"
)
ESCAPED = ascii(SAID)
NAME = "\x1b[31mred\r::error ::pwn\n::warning ::x\u202egpj"
OUTCOMES = "passed|failed|error|errors|blocked|warning|warnings"
FILES = {
    f"{NAME}.py": with_forward(f"print({ESCAPED}); raise ValueError({ESCAPED})"),
    "<img src=x onerror=alert(1)>.py": with_forward(
        f"'''{SAID.encode('utf-8', 'ignore').decode().replace(chr(0), '')}'''; raise KeyError"
    ),
    "index.py": with_forward(f"raise type('E\\n::error ::x', (Exception,), {{}})({ESCAPED})"),
    "keys.py": with_more(
        f"def get_params(vocab_size, num_hiddens, device):\n"
        f"    return {{{ESCAPED}: torch.zeros(vocab_size, requires_grad=True)}}\n\n\n"
        f"def forward(inputs, state, params):\n    return params[{ESCAPED}] + 1, state\n"
    ),
    "::error ::folder/student.py": with_forward(f"return {ESCAPED}, state"),
    "a" * 252 + ".py": "x = 1\n",
    "bad\udcff.py": text_of("deep_rnn.py"),
    "RIGHT.py": "x = 1\n",
    "right.py": text_of("deep_rnn.py"),
}


OVERVIEW = ("index.html", "grades.csv")


class Elements(HTMLParser):
    """Which elements a page has, with which attributes, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kinds: set[tuple[str, tuple[str, ...]]] = set()
        self.links: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add((tag, tuple(name for name, _ in attrs)))
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}


class Left:
    """What the run left: the bytes that it printed, and its files."""

    def __init__(self, folder: Path, out: bytes, err: bytes) -> None:
        self.folder = folder
        self.out = out.decode("utf-8")
        self.err = err.decode("utf-8")

    @property
    def pages(self) -> Iterator[str]:
        for path in sorted(self.folder.glob("deeprnn-report/*.html")):
            if path.name not in OVERVIEW:
                yield path.read_text(encoding="utf-8")

    @property
    def reports(self) -> dict[str, Report]:
        found = self.folder.glob("deeprnn-report/*.json")
        return {path.stem: from_json(path.read_bytes()) for path in found}

    @property
    def cases(self) -> list[ET.Element]:
        return list(ET.parse(self.folder / "out.xml").getroot().iter("testcase"))


def acting(text: str) -> set[str]:
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {char for char in text if unicodedata.category(char) in kinds} - {"\n", "\t"}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    """Run once, as a runner of GitHub would; there pytest tells whole messages in its summary."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, text in FILES.items():
        path = folder / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    options = ("submission=class", "exercise=deep-rnn", "profile=quick")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:randomly",
        *(f"--deeprnn-{one}" for one in options),
    ]
    ended = subprocess.run(
        [*command, "-vv", "-rA", "--junitxml=out.xml", "-ojunit_family=xunit1"],
        cwd=folder,
        env={**{k: v for k, v in os.environ.items() if "XDIST" not in k}, "CI": "true"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Left(folder, ended.stdout, ended.stderr)


def test_the_run_grades_all_of_them(left: Left) -> None:
    verdicts = {name: report.verdict for name, report in left.reports.items()}
    assert len(verdicts) == len(FILES)
    assert verdicts.pop("right_py_2") == "pass"
    assert set(verdicts.values()) == {"fail"}


def test_nothing_that_is_printed_acts(left: Left) -> None:
    assert "⟨ESC⟩[31mred" in left.out
    assert acting(left.out + left.err) == set()
    assert max(map(len, left.out.split("\n"))) < 3000


def test_no_printed_line_is_a_command(left: Left) -> None:
    lines = (left.out + left.err).splitlines()
    assert len([one for one in lines if "stop-commands" in one]) >= 2
    assert [one for one in lines if one.lstrip().startswith("::")] == []
    assert [one for one in lines if re.search(r"##\w*\[", one)] == []


def test_no_printed_line_passes_for_pytest_s(left: Left) -> None:
    lines = left.out.splitlines()
    sums = [one for one in lines if re.match(rf"=+ .*\d+ ({OUTCOMES}).* in [\d.]+s", one)]
    assert "=== 17 passed in 0.01s ===" in left.out
    assert len(sums) == 1
    assert [one for one in lines if one.startswith("right as deep-rnn")] == []


def test_junit_xml_has_the_honest_cases_only(left: Left) -> None:
    names = [(case.get("classname"), case.get("name")) for case in left.cases]
    assert len(names) == len(set(names)) == len(CHECKS) * len(FILES)
    assert {name for _, name in names} == set(CHECKS)
    assert {case.tag for case in left.cases[0].iter()} == {"testcase", "properties", "property"}
    assert any("<testcase name='forged'/>" in "".join(case.itertext()) for case in left.cases)


def test_junit_xml_names_the_report_of_each_case(left: Left) -> None:
    named = {
        prop.get("value")
        for case in left.cases
        for prop in case.iter("property")
        if prop.get("name") == "submission"
    }
    assert named == set(left.reports)


def test_no_text_of_the_xml_acts(left: Left) -> None:
    values = [value for case in left.cases for one in case.iter() for value in one.attrib.values()]
    texts = [text for case in left.cases for text in case.itertext()]
    assert acting("".join(values + texts)) == set()


def test_pages_have_the_elements_of_honest_pages_only(left: Left) -> None:
    pages = [Elements(page) for page in left.pages]
    kinds = {tag for page in pages for tag, _ in page.kinds}
    names = {name for page in pages for _, attrs in page.kinds for name in attrs}
    assert len(pages) == len(FILES)
    assert kinds.isdisjoint({"script", "img", "i", "testcase", "iframe", "form", "base"})
    assert not [name for name in names if name.startswith("on") or name in ("src", "action")]
    assert {link for page in pages for link in page.links} <= {"data:,", "#gap"}


def test_the_class_page_has_its_own_script_only(left: Left) -> None:
    page = (left.folder / "deeprnn-report" / "index.html").read_text(encoding="utf-8")
    kinds = [tag for tag, _ in Elements(page).kinds]
    names = {name for _, attrs in Elements(page).kinds for name in attrs}
    assert page.count("<script>") == kinds.count("script") == 1
    assert {"img", "i", "testcase", "iframe", "form", "base"}.isdisjoint(kinds)
    assert not [name for name in names if name.startswith("on") or name in ("src", "action")]
    assert acting(page) == set()


def test_the_grades_are_dead_text(left: Left) -> None:
    text = (left.folder / "deeprnn-report" / "grades.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(FILES)
    assert acting(text) <= {"\r"}  # of the lines' ends


def test_no_character_of_the_pages_acts(left: Left) -> None:
    pages = "".join(left.pages)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages
    assert acting(pages) == set()


def test_json_is_plain_utf8(left: Left) -> None:
    for path in left.folder.glob("deeprnn-report/*.json"):
        read = json.loads(path.read_bytes().decode("utf-8"))
        json.dumps(read, ensure_ascii=False).encode("utf-8")


def test_the_report_folder_holds_the_reports_only(left: Left) -> None:
    found = (path.name for path in left.folder.rglob("*") if "report" in str(path.parent))
    files = sorted(name for name in found if name not in OVERVIEW)
    assert len(files) == 2 * len(FILES)
    assert {name.rsplit(".", 1)[1] for name in files} == {"html", "json"}
    assert len({unicodedata.normalize("NFD", name).casefold() for name in files}) == len(files)
    assert not [name for name in files if name.startswith(("-", ".", "index", "grades"))]
    assert {path.name for path in left.folder.iterdir()} >= {"class", "deeprnn-report", "out.xml"}


@pytest.mark.parametrize("name", [f"{NAME}.txt", f"{NAME}.zip", NAME])
def test_an_error_that_quotes_a_path_is_one_dead_line(deeprnn: Deeprnn, name: str) -> None:
    if not name.endswith("gpj"):
        deeprnn.file(name, "no zip")
    ended = deeprnn.run(f"--deeprnn-submission={name}")
    lines = [one for one in ended.err.split("\n") if one]
    assert ended.code == 4
    assert len(lines) == 1
    assert acting(lines[0]) == set()
    assert "⟨ESC⟩[31mred⟨CR⟩" in lines[0]
