"""Runtimes on the page Settings beside the real daemon, over a card, uv and an index that stand in."""

import json
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from e2e.pages_kit import PATIENCE_MS, unnamed, window_on
from e2e.runtime_world import index, world
from engine_kit import EngineHome
from engine_room import engine_room
from engineroom.adapters.runtime_store import RuntimeStore
from engineroom.contract.runtimes import RuntimeKind
from engineroom_ui.pages.settings import Section, SettingsPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.widgets.runtime_row import RuntimeRow
from engineroom_ui.widgets.runtime_section import RuntimeSection
from fakes.tiny_safetensors import config, llama

__all__ = ["index", "world"]

NAME = "tensorrt-llm-1.2.1-venv"
SLOW = 50.0
"""Tokens per second of an engine that is slower than the other on a busy computer too."""

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A shared cache with a model that can prove a runtime."""
    model = tmp_path / "hub" / "models--tiny--Tiny-Qwen" / "snapshots" / f"{7:040x}"
    model.mkdir(parents=True)
    (model / "config.json").write_bytes(config(model_type="qwen3", architectures=["Qwen3ForCausalLM"]))
    (model / "model.safetensors").write_bytes(llama())
    return tmp_path / "hub"


def row(part: RuntimeSection) -> RuntimeRow | None:
    """The runtime's, while there is one."""
    return next((one for one in part.rows if one.view.id == NAME), None)


def tried(part: RuntimeSection, shown: RuntimeRow, verb: str, qtbot: QtBot) -> RuntimeRow:
    """The runtime's row after a press that ends in its gate."""
    before = shown.view.gate
    shown.buttons[verb].click()

    def passed() -> bool:
        one = row(part)
        return one is not None and one.view.gate != before and one.state.word == "ready"

    qtbot.waitUntil(passed, timeout=2 * PATIENCE_MS)
    assert part.notice.text == ""
    after = row(part)
    assert after is not None
    return after


def test_a_runtime_is_looked_at_installed_tried_out_used_and_removed(
    tmp_path: Path,
    world: dict[str, str],
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    """By the buttons alone: what would be found here, one press, its gate, and a question before it goes."""
    environment = {**world, "HF_HUB_CACHE": str(cache)}
    with engine_room(tmp_path / "home", environment=environment) as room, window_on(monkeypatch, qapp, qtbot) as opened:
        _, page = opened(room, Place.SETTINGS)
        assert isinstance(page, SettingsPage)
        page.open_at(str(Section.RUNTIMES))
        part, shelf = page.runtime_section, page.runtimes
        qtbot.waitUntil(lambda: bool(part.rows), timeout=PATIENCE_MS)
        part.look.click()
        qtbot.waitUntil(lambda: shelf.looks is not None, timeout=PATIENCE_MS)
        looks = {look.kind: look for look in shelf.looks or ()}
        assert looks[RuntimeKind.CONTAINER].blocked, "docker has no toolkit here"
        if looks[RuntimeKind.VENV].blocked:
            pytest.skip("the rule for the disk holds here: there is no room for a real runtime")

        part.install.click()
        qtbot.waitUntil(lambda: (one := row(part)) is not None and one.view.is_default, timeout=2 * PATIENCE_MS)
        shown = row(part)
        assert shown is not None
        assert shown.state.word == "ready"
        assert unnamed(page) == []
        part.install.click()
        qtbot.waitUntil(lambda: "already" in part.notice.text, timeout=PATIENCE_MS)
        shown = tried(part, shown, "gate", qtbot)
        shown = tried(part, shown, "anew", qtbot)
        assert shown.view.is_default, "what is installed anew stays what it was"
        shown.buttons["remove"].click()
        assert part._confirm.yes is not None
        part._confirm.yes.click()
        qtbot.waitUntil(lambda: row(part) is None, timeout=PATIENCE_MS)


@pytest.mark.parametrize("passes", [True, False])
def test_the_default_runtime_is_updated_by_one_button(
    tmp_path: Path,
    world: dict[str, str],
    passes: bool,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    """The new one takes its place if its gate passes; if it does not, the old one stays, which is said."""
    old = EngineHome(tmp_path, "1.1.0")
    RuntimeStore(old.venv.parents[1]).set_default(old.runtime)
    old.scenario(tokens_per_s=SLOW)
    environment = old.environment() | world
    if not passes:
        environment["TRTLLM_DOUBLE"] = json.dumps({"calls_tools": False})
    with engine_room(old.home, environment=environment) as room, window_on(monkeypatch, qapp, qtbot) as opened:
        _, page = opened(room, Place.SETTINGS)
        assert isinstance(page, SettingsPage)
        page.open_at(str(Section.RUNTIMES))
        part, updates = page.runtime_section, page.runtime_section.updates
        qtbot.waitUntil(updates.button.isVisible, timeout=PATIENCE_MS)
        assert updates.used.text() == "TensorRT-LLM 1.1.0 is in use; Engineroom knows 1.2.1 best."
        part.look.click()
        qtbot.waitUntil(lambda: page.runtimes.looks is not None, timeout=PATIENCE_MS)
        if any(look.kind is RuntimeKind.VENV and look.blocked for look in page.runtimes.looks or ()):
            pytest.skip("the rule for the disk holds here: there is no room for a real runtime")
        updates.button.click()
        qtbot.waitUntil(lambda: bool(part.jobs.rows), timeout=PATIENCE_MS)
        assert part.notice.text == ""
        assert unnamed(page) == []
        word = "ready" if passes else "its gate failed"
        qtbot.waitUntil(lambda: (one := row(part)) is not None and one.state.word == word, timeout=2 * PATIENCE_MS)
        if passes:
            qtbot.waitUntil(updates.state.isVisible, timeout=PATIENCE_MS)
            assert updates.used.text() == "TensorRT-LLM 1.2.1 is in use; it is the version that Engineroom knows best."
            assert not updates.button.isVisible()
        else:
            qtbot.waitUntil(lambda: not updates.button.isVisible(), timeout=PATIENCE_MS)
            assert updates.why.text() == "1.2.1 is installed, but its gate failed: 1.1.0 stays in use."
            assert next(one.view.id for one in part.rows if one.view.is_default) == old.runtime
