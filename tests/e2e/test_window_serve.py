"""The page Serve with the real daemon behind it, on machines that a stand-in for the driver plays."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine_room import STARTER, engine_room
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from fakes.nvml_library import FAKES, build_fake_nvml
from window_kit import connected

PATIENCE_MS = 90_000
NOBODY = ["false"]

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.mark.parametrize(
    ("scenario", "cards", "named"),
    [
        ("rtx4090_desktop", 1, "RTX 4090"),
        ("rtx_pro_6000_x2", 2, "RTX PRO 6000"),
        ("gb10_not_supported", 1, "GB10"),
    ],
)
def test_what_suits_the_card_is_recommended_and_the_starter_served(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    qtbot: QtBot,
    scenario: str,
    cards: int,
    named: str,
) -> None:
    """From the real catalogue and plan; from a cold start the starter is one press away, and the chat answers."""
    folder = tmp_path / "driver"
    folder.mkdir()
    environment = {
        "LD_LIBRARY_PATH": str(build_fake_nvml(folder)),
        "ENGINEROOM_FAKE_NVML": str(FAKES / "scenarios" / f"{scenario}.txt"),
    }
    home = tmp_path / "home"
    monkeypatch.setenv("ENGINEROOM_HOME", str(home))
    with engine_room(home, environment=environment) as room:
        room.connection()
        desktop = Desktop(qapp, NOBODY)
        desktop.show()
        page = desktop.window.home
        qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: page.offers.hero.pick is not None, timeout=PATIENCE_MS)
        assert named in page.offers.hero.accessibleName()
        assert page.offers.hero.button.text() == "Install TensorRT-LLM"
        assert page.offers.hero.pick.row.decode_low is not None
        assert len(page.offers.more.rows) == 5
        qtbot.waitUntil(
            lambda: all("(estimate)" in card.ability for card in page.machine.gpus.values()), timeout=PATIENCE_MS
        )
        assert len(page.machine.gpus) == cards
        assert {card.tag for card in page.machine.gpus.values()} == {"simulated"}
        page.offers.shelf.rows[0].button.click()
        qtbot.waitUntil(lambda: page.serve.state_word == "Serving", timeout=PATIENCE_MS)
        _chat(desktop, qtbot)
        desktop.close()
        desktop.window.deleteLater()
        desktop.theme.deleteLater()
        desktop.deleteLater()


def _chat(desktop: Desktop, qtbot: QtBot) -> None:
    """The model that serves is the one that is asked, and it answers."""
    desktop.window.show_page(Place.CHAT)
    chat = desktop.window.chat
    assert chat.sides.models == [STARTER]
    chat.bar.field.setPlainText("What is the capital of France?")
    chat.send()
    qtbot.waitUntil(lambda: "tok/s" in chat.pane.answers[0].note, timeout=PATIENCE_MS)
