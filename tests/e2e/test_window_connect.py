"""The pages Connect and Logs beside the real daemon with the starter model."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QWidget
from pytestqt.qtbot import QtBot

from e2e.pages_kit import PATIENCE_MS, OpenPage, unnamed, window_on
from engine_room import STARTER, EngineRoomProcess, engine_room, json_of
from engineroom.adapters.model_places import bundled_models
from engineroom.contract.connect import ProbeStatus, ProbeStep
from engineroom.contract.control import EngineState, LogLine
from engineroom.contract.doctor import FixMode
from engineroom_ui.pages.connect import ConnectPage
from engineroom_ui.pages.logs import LogsPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.log_lines import Level, shown
from engineroom_ui.theme.apply import Choice

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot) -> Iterator[OpenPage]:
    with window_on(monkeypatch, qapp, qtbot) as opened:
        yield opened


@pytest.fixture
def connect(served: EngineRoomProcess, open_page: OpenPage, qtbot: QtBot) -> ConnectPage:
    """The page, with all that it asks for."""
    _, page = open_page(served, Place.CONNECT)
    assert isinstance(page, ConnectPage)
    qtbot.waitUntil(lambda: page.clients.network is not None and page.ask.model.count() > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(page.clients.guides), timeout=PATIENCE_MS)
    return page


def test_texts_are_for_this_address_and_model(served: EngineRoomProcess, connect: ConnectPage, qtbot: QtBot) -> None:
    """Each program its own; what is copied is what is seen; a typed key is in it."""
    address = served.connection().address
    connect.open_at("codex")
    (place, text), (_, start) = connect.guide.shown
    assert place == "~/.codex/engineroom.config.toml"
    assert f'base_url = "{address}/v1"' in text
    assert f'model = "{STARTER}"' in text
    assert "model_context_window = 4096" in text
    assert start == "ENGINEROOM_API_KEY=none codex --profile engineroom"
    assert "32,768" in connect.guide.notice.text
    connect.ask.key.setText("er-mine")
    assert "ENGINEROOM_API_KEY=er-mine" in connect.guide.shown[1][1]
    connect.guide.boxes[1].copy_button.click()
    assert QGuiApplication.clipboard().text() == "ENGINEROOM_API_KEY=er-mine codex --profile engineroom"
    connect.open_at("cursor")
    assert connect.guide.shown == []
    assert connect.guide.probe.isHidden()


@pytest.mark.parametrize("client", ["curl", "codex", "claude-code"])
def test_a_real_tool_call_is_tried_in_the_programs_own_interface(
    connect: ConnectPage, qtbot: QtBot, client: str
) -> None:
    """The starter model answers, and honestly calls no tool. The steps come into view by themselves."""
    connect.window().resize(1280, 640)
    connect.open_at(client)
    connect.guide.probe.button.click()
    qtbot.waitUntil(lambda: not connect.guide.prober.busy, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: _wholly_seen(connect.guide.probe), timeout=PATIENCE_MS)
    results = connect.guide.probe.results
    assert [results[step].status for step in ProbeStep] == [ProbeStatus.PASSED] * 3 + [ProbeStatus.LACKING]
    assert results[ProbeStep.TOOL_CALL].code in {"in_words", "as_text"}
    assert results[ProbeStep.ANSWERED].facts["text"]
    assert connect.guide.probe.verdict == "Answers, but calls no tool"
    connect.open_at("zed")
    assert connect.guide.probe.results == {}
    assert connect.guide.probe.verdict == ""


def _wholly_seen(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect().height() == part.height()


def test_programs_are_found_with_the_keyboard(connect: ConnectPage, qtbot: QtBot) -> None:
    """Words, then down into the list; nothing found is said; every control has a name."""
    assert unnamed(connect) == []
    QTest.keyClicks(connect.field, "claude")
    assert [row.title for row in connect.list.rows if row.key] == ["Claude Code"]
    assert connect.guide.name.text() == "Claude Code"
    connect.field.clear()
    connect.kind.button("library").click()
    QTest.keyClick(connect.field, Qt.Key.Key_Down)
    QTest.keyClick(connect.list, Qt.Key.Key_Down)
    assert connect.guide.name.text() == "Anthropic SDK (Python)"
    connect.kind.button("").click()
    connect.open_at("openai-python")
    for key, name in ((Qt.Key.Key_Up, "Obsidian Local GPT"), (Qt.Key.Key_Down, "OpenAI SDK (Python)")):
        QTest.keyClick(connect.list, key)
        assert connect.guide.name.text() == name
        assert connect.list.selectedItems() == [connect.list.currentItem()]
    QTest.keyClicks(connect.field, "no such thing")
    assert "No program" in connect.empty_text


def test_the_command_line_offers_the_same(served: EngineRoomProcess) -> None:
    """With the test, and an exit code that says whether it worked."""
    told = json_of(served.cli("connect-info", "claude-code", "--test", "--json"))
    assert told["model"] == STARTER
    assert [step["status"] for step in told["test"]] == ["passed", "passed", "passed", "lacking"]
    assert served.connection().address in told["snippets"][0][1]
    listed = served.cli("connect-info")
    assert "codex" in listed.stdout
    unknown = served.cli("connect-info", "copilt")
    assert (unknown.returncode, "copilot-cli" in unknown.stderr) == (2, True)
    refused = served.cli("connect-info", "curl", "--test", "--key", "er-wrong")
    assert refused.returncode == 9
    assert "key was refused" in refused.stdout


@pytest.fixture
def logs(served: EngineRoomProcess, open_page: OpenPage, qtbot: QtBot) -> LogsPage:
    """The page, with the lines that the daemon keeps."""
    _, page = open_page(served, Place.LOGS)
    assert isinstance(page, LogsPage)
    qtbot.waitUntil(lambda: page.lines.total > 20, timeout=PATIENCE_MS)
    return page


def test_lines_are_filtered_copied_and_saved(logs: LogsPage, qtbot: QtBot, tmp_path: Path) -> None:
    """By source, by words, by level; what is saved is what is listed."""
    assert unnamed(logs) == []
    logs.open_at(STARTER)
    assert {row.line.source for row in logs.lines.rows} == {STARTER}
    logs.tools.source.setCurrentIndex(0)
    logs.tools.field.setText("LISTENING")
    qtbot.waitUntil(lambda: any(row.text.startswith("listening") for row in logs.lines.rows), timeout=PATIENCE_MS)
    assert all("listening" in row.text.lower() for row in logs.lines.rows)
    logs.save.save(tmp_path / "out.log")
    assert (tmp_path / "out.log").read_text().count("\n") == len(logs.lines.rows)
    logs.save.save(tmp_path / "no" / "out.log")
    assert "could not be written" in logs.note.accessibleName()
    logs.view.selectRow(0)
    assert logs.whole.text().endswith(logs.lines.rows[0].text)
    QTest.keySequence(logs.view, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == logs.whole.text()
    logs.tools.field.setText("zzzz no such line")
    assert "No line is like this." in logs.empty_text


def test_a_pause_holds_lines_back_and_following_can_be_ended(logs: LogsPage, qtbot: QtBot) -> None:
    """New lines come after the pause; the view stays where it was without following."""
    room = logs._room
    logs.tools.pause.click()
    before = logs.lines.total
    first = room.log.after(-1)[-1].number + 1
    room.log.extend([LogLine(number=first + at, source="x", written_at_s=1.0, text=f"new {at}") for at in range(300)])
    logs.draw()
    assert (logs.paused, logs.lines.total) == (True, before)
    logs.tools.follow.click()
    logs.view.verticalScrollBar().setValue(3)
    logs.tools.pause.click()
    assert logs.lines.total >= before + 300
    assert logs.view.verticalScrollBar().value() == 3
    logs.tools.follow.click()
    bar = logs.view.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
    assert logs.tools.follow.isChecked()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
    assert not logs.tools.follow.isChecked(), "who scrolls back wants to read"
    read = bar.value()
    room.log.extend([LogLine(number=first + 300, source="x", written_at_s=1.0, text="one more")])
    logs.draw()
    assert bar.value() == read


def test_a_flood_is_taken_in_pieces_and_the_oldest_go(logs: LogsPage, qtbot: QtBot) -> None:
    """The ring stays bounded, and what is listed is a part of it."""
    room = logs._room
    first = room.log.after(-1)[-1].number + 1
    for round_ in range(8):
        at = first + round_ * 10_000
        room.log.extend([LogLine(number=at + n, source="x", written_at_s=1.0, text="ERROR x") for n in range(10_000)])
        for _ in range(2):
            logs.draw()
    assert logs.lines.total <= 55_000
    assert logs.lines.rows[-1].line.number == first + 79_999
    logs.tools.level.button(Level.ERROR).click()
    assert all(row.level is Level.ERROR for row in logs.lines.rows)


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[EngineRoomProcess]:
    """A daemon with a model file whose second half is missing, after a start that failed."""
    spec = next(bundled_models(tmp_path))
    half = tmp_path / "half.gguf"
    whole = Path(str(spec.path)).read_bytes()
    half.write_bytes(whole[: len(whole) // 2])
    settings = tmp_path / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[[models.files]]\nid = "half"\npath = "{half}"\n')
    with engine_room(tmp_path / "home") as room:
        yield room


def test_the_finding_stands_on_top_with_what_can_be_done(
    broken: EngineRoomProcess, open_page: OpenPage, qtbot: QtBot
) -> None:
    """It comes while one looks; a fix can be looked at before it is done."""
    desktop, page = open_page(broken, Place.LOGS)
    assert isinstance(page, LogsPage)
    assert page.finding.text == ""
    with broken.control() as control:
        control.start_engine("half")
    broken.wait_engine(EngineState.FAILED, "half")
    qtbot.waitUntil(lambda: page.finding.text.startswith("half"), timeout=PATIENCE_MS)
    finding = page.finding.finding
    assert finding is not None
    automatic = [one for one in finding.fixes if one.mode is FixMode.AUTOMATIC]
    assert len(page.finding.buttons) >= len(automatic)
    if automatic:
        page.finding.buttons[0].click()
        qtbot.waitUntil(lambda: page.finding.answer != "", timeout=PATIENCE_MS)
    page.open_at("daemon")
    assert page.finding.text.startswith("half")
    desktop.theme.choose(Choice.DARK)
    assert unnamed(page) == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ('{"event": "listening", "level": "info", "address": "x"}', Level.PLAIN),
        ('{"event": "child_died", "level": "error"}', Level.ERROR),
        ("0.00.001.612 I cmn  common_param: no error here", Level.PLAIN),
        ("0.00.001.612 E srv  load_model: failed", Level.ERROR),
        ("0.00.001.612 W load: control token", Level.WARNING),
        ("[11/29/2026-10:00:00] [TRT-LLM] [E] out of memory", Level.ERROR),
        ("[11/29/2026-10:00:00] [TRT-LLM] [W] context shrunk", Level.WARNING),
        ("\x1b[31mERROR\x1b[0m: bad", Level.ERROR),
        ("Traceback (most recent call last):", Level.ERROR),
        ("torch.OutOfMemoryError: CUDA out of memory", Level.ERROR),
        ("WARNING: slow", Level.WARNING),
        ("errors: 0, warnings: 0", Level.PLAIN),
    ],
)
def test_how_grave_a_line_is(text: str, level: Level) -> None:
    """By what the line itself says; our own lines are JSON."""
    row = shown(LogLine(number=1, source="x", written_at_s=time.time(), text=text))
    assert row.level is level
    assert "\x1b" not in row.text
