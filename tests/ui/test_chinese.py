"""The window in Chinese, also when something went wrong: no English is left in it but names and what is quoted."""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engineroom.contract.control import EngineState, ProblemView
from engineroom.contract.details import Detail, Reason
from engineroom.contract.doctor import STEPS, FixAction, FixBar, FixMode, FixResult, FixStep, FixView
from engineroom.contract.problems import Code, FactValue
from engineroom.contract.runtimes import (
    GateCheck,
    GateResult,
    GateStep,
    Outcome,
    RuntimeKind,
    RuntimeState,
    RuntimeView,
)
from engineroom.domain.details import as_line, because, together
from engineroom.domain.engine_refusals import refused
from engineroom.domain.fix_steps import worded
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import OS_ERRORS, caused, unstarted
from engineroom.domain.parse_faults import PARSE_FAULTS, fault
from engineroom.gateway.body_faults import invalid_body
from engineroom_ui.link.http import Failure
from engineroom_ui.shell.places import settings
from engineroom_ui.shell.registry import Place
from engineroom_ui.text import language
from engineroom_ui.text.language import Language
from engineroom_ui.text.problems import sentence
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.finding_card import FindingCard
from engineroom_ui.widgets.model_notice import ModelNotice
from engineroom_ui.widgets.runtime_row import RuntimeRow
from fakes.fake_desk import finding
from walk_kit import FULL, QUESTION, daemon_text, place_of, texts, walk
from window_kit import OpenWindow, StartFake, Until, connected

PHRASE = re.compile(r"[A-Za-z][a-z]+(?: [a-z]{2,})+")
PLACES = re.compile(r"\{(\w+)\}")
QUOTED = re.compile(
    r"engineroom(?: [a-z-]+)+|sudo systemctl start docker|nvidia-smi|chat completions|trtllm-serve serve"
)
"""Commands that a person may type, and names."""


WESTERN = re.compile(r"[\u4e00-\u9fff][:;,!?]|[:;,] [\u4e00-\u9fff]")


def english_in(root: QWidget, data: str) -> list[str]:
    """Texts with two English words or more after each other that are not the daemon's data."""
    found = set()
    for part, text in texts(root):
        for phrase in PHRASE.findall(QUOTED.sub("", text)):
            if phrase not in data:
                found.add(f"{text[:90]!r}: {place_of(part)}")
    return sorted(found)


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    spoken = language.speak(Language.CHINESE)
    yield
    language.be_silent(spoken)


def western_in(root: QWidget) -> list[str]:
    """Texts in which a mark of Latin type stands beside a Chinese letter, where one of full width belongs."""
    return sorted({f"{text[:90]!r}: {place_of(part)}" for part, text in texts(root) if WESTERN.search(text)})


def refused_runtime() -> RuntimeView:
    checks = [
        GateCheck(step=GateStep.VERSION, outcome=Outcome.PASSED),
        GateCheck(step=GateStep.OPTIONS, outcome=Outcome.FAILED, reason="options_missing", facts={"options": "--x"}),
        GateCheck(step=GateStep.SERVE, outcome=Outcome.FAILED, reason="serve_ended", facts={"status": 3}),
        GateCheck(step=GateStep.SPEED, outcome=Outcome.NOT_RUN, reason="not_reached"),
    ]
    told = together([Reason(code=one.reason, facts=one.facts) for one in checks[1:]], "in English it says so")
    problem = ProblemView(code=Code.RUNTIME_NOT_PROVED, facts={"runtime": "r", **told})
    gate = GateResult(verdict=Outcome.FAILED, checks=tuple(checks), at_unix_s=0.0)
    return RuntimeView(
        id="r", product="tensorrt-llm", kind=RuntimeKind.VENV, state=RuntimeState.REFUSED, version="1.2.1",
        is_default=False, gate=gate, problem=problem,
    )  # fmt: skip


def facts_for(words: str) -> dict[str, str | int]:
    return {name: 3 * 2**30 if name.endswith("_bytes") else f"<{name}>" for name in PLACES.findall(words)}


UNREADABLE = ("[server\n", "port = \n", "port 1\n", "a = 1\na = 2\n", 'a = "x\n', "a = [1", "a = 1 2\n", "= 1\n")


def unread(text: str) -> dict[str, FactValue]:
    with pytest.raises(tomllib.TOMLDecodeError) as why:
        tomllib.loads(text)
    return misread(why.value, text)


PROBLEMS = (
    ProblemView(code=Code.BUILD_REFUSED, facts={"model": "M", "gpu": "G", **because(Detail.DOES_NOT_FIT)}),
    ProblemView(code=Code.BUILD_REFUSED, facts={"model": "M", "gpu": "G", **because(Detail.NOT_COMPILED_IN,
                                                                                 precision="mxfp4")}),
    ProblemView(code=Code.DISK_FULL, facts={"path": "/p"}),
    ProblemView(code=Code.SETTING_REFUSED, facts={"setting": "server.port", **because(
        Detail.SETTING_WHOLE, key="server.port", least=1, most=65_535, got='"auto"')}),
    ProblemView(code=Code.INVALID_REQUEST, facts=because(Detail.IMAGE_CUT)),
    ProblemView(code=Code.INVALID_REQUEST, facts=refused("Jinja Exception: System role not supported", "no system")),
    ProblemView(code=Code.INVALID_REQUEST, facts=refused("", "")),
    invalid_body([{"type": "int_parsing", "loc": ("body", "gpus"), "msg": "Input should be a valid integer"}]),
    ProblemView(code=Code.WORKER_MISSING, facts=unstarted(OSError(2, os.strerror(2), "/opt/python"))),
    ProblemView(code=Code.RUNTIME_MISSING, facts={"runtime": "r", **unstarted(OSError(13, os.strerror(13), "/opt/x"))}),
    ProblemView(code=Code.INSTALL_FAILED, facts={"step": "environment", **as_line(fault("no_packages"))}),
    ProblemView(code=Code.ENGINE_NOT_READY, facts={"status": 0, **as_line(
        fault("no_answer", path="/v1/completions", seconds=60))}),
    ProblemView(code=Code.DAEMON_DID_NOT_START, facts={"log": "/l", **as_line(caused(OSError(13, os.strerror(13))))}),
    ProblemView(code=Code.ENGINE_CRASHED, facts={"ended_with": "exit code 3", "line": None}),
    ProblemView(code=Code.HUB_OFFLINE, facts={"host": "the package indexes"}),
    ProblemView(code=Code.NOT_GGUF, facts={"path": "/p", "found": "an empty file"}),
    ProblemView(code=Code.GPU_MEMORY_HELD, facts={"engine": "e", "name": "G", "living": 1, "holders":
                "a program (pid 7, 3.0 GiB; it has ended, and the driver still lists it)"}),
    *(ProblemView(code=Code.BUILD_FAILED, facts={"stage": "quantise", **as_line(fault(code, **facts_for(words)))})
      for code, words in PARSE_FAULTS.items() if code.startswith(("exported_", "nodes_", "wrote_"))),
    *(ProblemView(code=Code.SETTINGS_BROKEN, facts={"path": "/s.toml", **unread(text)}) for text in UNREADABLE),
    *(ProblemView(code=Code.CERTIFICATE_BROKEN, facts={"path": "/c", **fault(code, said="EE_KEY")})
      for code in PARSE_FAULTS if code.startswith("pem_")),
    *(ProblemView(code=Code.STATE_UNWRITABLE, facts={"path": "/p", **together([Reason(code=code)], words)})
      for code, words in OS_ERRORS.items()),
)  # fmt: skip


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda one: f"{one.code}-{one.facts.get('detail')}")
def test_what_was_refused_is_told_without_english(chinese: None, problem: ProblemView) -> None:
    told = ModelNotice()
    told.say(sentence(problem).whole, level="bad")
    assert problem.code in told.text
    assert english_in(told, "") == []
    told.deleteLater()


def test_a_finding_and_a_gate_are_told_without_english(chinese: None, qtbot: QtBot) -> None:
    """A line of the log stays as it is."""
    theme = Theme(QApplication.instance(), Choice.LIGHT)  # type: ignore[arg-type]
    card, row, box = FindingCard(theme), RuntimeRow(theme, refused_runtime()), QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    column.addWidget(card)
    column.addWidget(row)
    box.show()
    found = finding()
    page = FixView(fix=FixAction.UPDATE_DRIVER, mode=FixMode.MANUAL, bar=FixBar.RIGHTS, page="https://p")
    card.show_finding(replace(found, fixes=(*found.fixes, page)))
    data = f"{found.cause} {found.problem.facts['line']}"
    assert english_in(box, data) == []
    for code in FixStep:
        steps = (Reason(code=code, facts={**facts_for(STEPS[code]), **because(Detail.TIGHT)}),)
        lines = worded(steps)
        card.show_result(FixResult(engine=found.engine, fix=FixAction.WAIT, dry_run=True, lines=lines, steps=steps))
        assert english_in(card, data) == [], code
    doubts = together([Reason(code=Detail.TIGHT), Reason(code=Detail.LAYERS_UNKNOWN)], "two doubts in English")
    card.show_refusal(
        Failure(problem=ProblemView(code=Code.BUILD_NEEDS_YES, facts={"model": "M", "gpu": "G", **doubts}))
    )
    assert english_in(box, data) == []


@pytest.fixture
def set_to_chinese(home: Path) -> None:
    """The window's own setting, as a person leaves it."""
    kept = settings()
    kept.setValue(language.SETTING, str(Language.CHINESE))
    kept.sync()


def test_every_page_is_without_english(
    set_to_chinese: None, start_fake: StartFake, open_window: OpenWindow, qtbot: QtBot
) -> None:
    start_fake(*FULL)
    data = f"{daemon_text()}\n{QUESTION}"
    desktop = open_window()
    left = {name: (*english_in(desktop.window, data), *western_in(desktop.window)) for name in walk(desktop, qtbot)}
    assert len(left) > 20
    assert {name: told for name, told in left.items() if told} == {}


@pytest.mark.parametrize("code", [Code.OUT_OF_MEMORY, Code.LOAD_FAILED, Code.ENGINE_KILLED])
def test_an_engine_that_failed_is_told_without_english(
    set_to_chinese: None, start_fake: StartFake, open_window: OpenWindow, until: Until, code: Code
) -> None:
    start_fake("--gpus", "1", "--models", "3", "--fail", code)
    desktop = open_window()
    until(connected(desktop))
    desktop.window.show_page(Place.SERVE)
    desktop.window.home.serve.button.click()
    until(lambda: any(one.state is EngineState.FAILED for one in desktop.room.engines.values()))
    until(lambda: code in " ".join(text for _, text in texts(desktop.window)))
    assert english_in(desktop.window, daemon_text("/control/snapshot")) == []
