"""The page in Chinese: nothing is left untranslated, and what was measured is quoted as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from gettext import NullTranslations, translation
from importlib.resources import as_file, files
from itertools import count
from typing import TYPE_CHECKING, get_args

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from msgspec.structs import replace

from pytest_deeprnn.core.catalogue import languages
from pytest_deeprnn.core.exercise import load, packaged
from pytest_deeprnn.core.report import Diagnosis, Gate, Report, Status, Verdict
from pytest_deeprnn.core.settings import LANGUAGES as OFFERED
from pytest_deeprnn.reporting.html_page.page import _environment, render

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Page, Show

FEEDBACK = files("pytest_deeprnn.reporting.html_page")
LOCALE = files("pytest_deeprnn.core") / "locale"
CATALOGUE = LOCALE / "zh" / "LC_MESSAGES"
TEMPLATES = [path for path in (FEEDBACK / "templates").iterdir() if path.name.endswith(".j2")]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
HAN = re.compile(r"[\u4e00-\u9fff]")
#: Latin on a Chinese page: this project, the contract's functions, options, and units.
KEPT = {"pytest", "deeprnn", "get_params", "forward", "k", "x", "s", "SHA"}


class Missing(NullTranslations):
    """Stands behind a catalogue and refuses what is not in there."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise KeyError(msgid1)

    def pgettext(self, context: str, message: str) -> str:
        raise KeyError(context, message)


def texts() -> Iterator[tuple[str, str | tuple[str | None, ...]]]:
    """Every text of the templates, with the function that translates it."""
    for template in TEMPLATES:
        source = template.read_text(encoding="utf-8")
        extract = _environment("en").extract_translations  # type: ignore[attr-defined]
        for _, function, text in extract(source):
            yield function, text


def translated() -> list[tuple[tuple[str, ...], str]]:
    """Every text, in singular and plural, with its translation; KeyError where there is none."""
    with as_file(LOCALE) as folder:
        catalogue = translation("deeprnn", folder, ["zh"])
    catalogue.add_fallback(Missing())
    pairs = []
    for function, text in texts():
        parts = (text,) if isinstance(text, str) else tuple(part for part in text if part)
        if function == "pgettext":
            pairs.append((parts[1:], catalogue.pgettext(*parts)))
        elif function == "ngettext":
            pairs.append((parts, catalogue.ngettext(parts[0], parts[1], 2)))
        else:
            pairs.append((parts, catalogue.gettext(*parts)))
    return pairs


def test_the_page_speaks_every_language_that_is_offered() -> None:
    assert languages() == OFFERED == ("en", "zh")


def test_every_text_of_the_templates_has_a_translation() -> None:
    pairs = translated()
    assert len(pairs) > 120
    assert [english for english, chinese in pairs if chinese in english] == []
    assert all(chinese == chinese.strip() or chinese == " " for _, chinese in pairs)


def test_translations_have_the_placeholders_of_their_texts() -> None:
    """A name that the template does not give would break the page."""
    for english, chinese in translated():
        wanted = {name for text in english for name in PLACEHOLDER.findall(text)}
        assert set(PLACEHOLDER.findall(chinese)) == wanted, english
        assert chinese.count("%") == len(PLACEHOLDER.findall(chinese)), english
        assert re.findall("</?code>", chinese) == re.findall("</?code>", english[-1])


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    """Else `make translations` was left out, or what it found new has not been gone over."""
    source = read_po(io.BytesIO((CATALOGUE / "deeprnn.po").read_bytes()), locale="zh")
    assert not [message.id for message in source if message.fuzzy]
    compiled = io.BytesIO()
    write_mo(compiled, source)
    assert told(compiled.getvalue()) == told((CATALOGUE / "deeprnn.mo").read_bytes())


def told(compiled: bytes) -> list[tuple[object, object, object]]:
    """All texts of a compiled catalogue, without its header."""
    messages = read_mo(io.BytesIO(compiled))
    return [(message.context, message.id, message.string) for message in messages if message.id]


def test_every_check_of_the_exercises_has_a_name() -> None:
    names = {text for function, text in texts() if function == "pgettext"}
    asked = {check for name in packaged() for check in load(name).points}
    assert {("check", check) for check in asked} <= names


@pytest.fixture
def chinese(failing: Report) -> Report:
    """The failing report, with a diagnosis in Chinese."""
    found = replace(
        failing.diagnoses[0],
        message="有两层读写的是同一个隐状态。\nLayers 1 and 2 share state[0].",
        hint="数一数状态。",
        detail="Layers 1 and 2 share state[0].",
    )
    return replace(failing, diagnoses=(found, *failing.diagnoses[1:]))


def test_the_document_says_its_language(show_zh: Show, chinese: Report) -> None:
    page = show_zh(chinese)
    assert page.attributes("html") == [{"lang": "zh"}]
    assert [" ".join(text.split()) for text in page.all("h2")] == [
        "下一步",
        "根本原因",
        "目标与差距",
        "全部检查",
        "哪些没有评判",
        "你的参数",
        "如何读取了你的文件",
        "如何重现",
        "详细信息",
    ]


def test_what_was_measured_stands_below_the_message(show_zh: Show, chinese: Report) -> None:
    page = show_zh(chinese)
    told = [text for text in page.all("p") if "隐状态" in text or "share state" in text]
    assert told == ["有两层读写的是同一个隐状态。", "Layers 1 and 2 share state[0]."]
    assert {"class": "said detail", "lang": "en"} in page.attributes("p")
    assert page.text.count("数一数状态。") == 1


def test_an_english_page_marks_no_language_inside(show: Show, failing: Report) -> None:
    page = show(failing)
    assert [tag for tag, attrs in page.tags if "lang" in attrs] == ["html"]


def test_checks_have_their_name_and_their_id(show_zh: Show, chinese: Report) -> None:
    page = show_zh(chinese)
    rows = [" ".join(row.split()) for row in page.all("tbody")[:4]]
    assert rows == [
        "文件加载 loads ✓通过 7.5 / 7.5",
        "输出值 output-values ✕未通过 0 / 15 Unit 4 differs at step 3. 数值见上文",
        "梯度 gradients ‖受阻 0 / 5 要先通过：输出值 output-values",
        "无副作用 pure 观察所得 –跳过 0 / 2.5",
    ]
    assert "检查“输出值”在下面这个测试用例上没有通过。" in page.text


def test_a_check_without_a_name_keeps_its_id(show_zh: Show, chinese: Report) -> None:
    check = replace(chinese.checks[0], id="own-check")
    assert "own-check ✓通过" in show_zh(replace(chinese, checks=(check,))).text


def test_sentences_follow_each_other_without_a_gap(show_zh: Show, chinese: Report) -> None:
    later = replace(chinese.checks[1], id="new-state")
    text = show_zh(replace(chinese, checks=(*chinese.checks, later))).text
    assert "其中 2 项未通过。另有 1 项因此无法进行。" in text
    assert "已证实。一个正确的网络" in text
    assert "时间步 3，层 2，行 1，隐藏单元 4：应为 0.418302，得到 0.229106。允许误差" in text
    assert "B = 2，T = 3，V = 5，H = 4，L = 2，随机种子 81。" in text
    assert "net.ipynb，第 6 个单元格，第 3 行" in text


def test_the_command_asks_for_the_same_language(show_zh: Show, chinese: Report) -> None:
    (command,) = (text for text in show_zh(chinese).all("pre") if "pytest" in text)
    assert command.endswith("--deeprnn-profile=standard --deeprnn-lang=zh")


@pytest.mark.parametrize("gate", [gate for gate in get_args(Gate) if gate != "none"])
def test_gates_are_named_as_in_the_book(show_zh: Show, chinese: Report, gate: Gate) -> None:
    found = replace(chinese.diagnoses[0], gate=gate)
    (cause,) = show_zh(replace(chinese, diagnoses=(found,))).all("article")
    assert re.search("重置门|更新门|候选隐状态|输入门|遗忘门|输出门|记忆元", cause)


@pytest.mark.parametrize("verdict", get_args(Verdict))
@pytest.mark.parametrize("number", [0, 1, 60])
def test_no_english_of_ours_is_left(
    show_zh: Show, failing: Report, verdict: Verdict, number: int
) -> None:
    """The report itself holds no Latin here, so whatever there is comes from the templates."""
    page = show_zh(without_latin(failing, verdict, number))
    assert set(re.findall(r"[A-Za-z][A-Za-z_]*", visible(page))) - KEPT == set()


def without_latin(report: Report, verdict: Verdict, cases: int) -> Report:
    numbers = count()
    checks = tuple(
        replace(
            check,
            id=f"检查{next(numbers)}",
            status=status,
            message="话",
            blocked_by=("检查0",),
            example=None
            if check.example is None
            else replace(check.example, sizes={"数": 1}, tolerance=0.5),
            observed=True,
        )
        for status in Status
        for check in report.checks[1:3]
    )
    found = Diagnosis(code="码", message="话", hint="话", confidence="exact", layer=1, gate="cell")
    return replace(
        report,
        submission=replace(report.submission, id="名", path="路", sha256="0"),
        exercise="习",
        verdict=verdict,
        checks=checks,
        diagnoses=(found, replace(found, confidence="evidence", line=2, cell=1, source="行")),
        roles=tuple(replace(role, path="路", role="用") for role in report.roles),
        functions=tuple(replace(one, name="名", file="路") for one in report.functions),
        notes=("话",),
        output="印" * 20_000,
        settings=replace(
            report.settings,
            profile="略",
            devices=("器",),
            isolation="none",
            cases=cases,
            versions={"版": "1"},
        ),
    )


def visible(page: Page) -> str:
    """What is read, by eyes or by aids, without the command and the report's own words."""
    (command,) = (text for text in page.all("pre") if "pytest" in text)
    text = page.text
    for own in (command, "pytest-deeprnn/report/1", "none"):
        assert own in text
        text = text.replace(own, "")
    attributes = [attrs for _, attrs in page.tags]
    labels = [
        attrs[name] for attrs in attributes for name in ("title", "aria-label") if name in attrs
    ]
    return " ".join([text, *labels])


def test_every_section_of_the_page_holds_chinese(show_zh: Show, chinese: Report) -> None:
    page = show_zh(chinese)
    for tag in ("title", "caption", "summary", "h1", "h2", "h4", "th", "dt"):
        for text in page.all(tag):
            known = re.fullmatch(r"\s*(SHA-256|torch|params\S+|get_params|forward)\s*", text)
            assert HAN.search(text) or known, text


def test_an_english_report_is_shown_as_it_is(show_zh: Show, failing: Report) -> None:
    page = show_zh(failing)
    assert "Layers 1 and 2 share one hidden state." in page.all("p")
    assert "Layer 2 reads the state of layer 1." in page.all("p")
    assert render(failing, {}, lang="zh") == page.html
