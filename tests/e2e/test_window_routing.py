"""What the scheduler does with more models than fit, as the window shows it: the real daemon, driven by its buttons."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from e2e.crowded_room import ask, crowded_room
from e2e.pages_kit import PATIENCE_MS, OpenPage, window_on
from e2e.scripted import MODEL, script, scripted_room
from engine_room import STARTER, EngineRoomProcess
from engineroom.contract.control import EngineState
from engineroom_ui.pages.home import HomePage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from window_kit import Until

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot) -> Iterator[OpenPage]:
    with window_on(monkeypatch, qapp, qtbot) as opened:
        yield opened


@pytest.fixture
def wait(qtbot: QtBot) -> Until:
    def until(true: Callable[[], bool]) -> None:
        qtbot.waitUntil(true, timeout=PATIENCE_MS)

    return until


def serve_page(room: EngineRoomProcess, open_page: OpenPage) -> tuple[Desktop, HomePage]:
    desktop, page = open_page(room, Place.SERVE)
    assert isinstance(page, HomePage)
    return desktop, page


def first(told: Sequence[str], missing: str = "") -> str:
    """What is said on top, if anything is said yet."""
    return next(iter(told), missing)


def press_serve(page: HomePage, desktop: Desktop, model: str, wait: Until) -> None:
    """The button of its card or of its row, as a person would: once there is one."""

    def buttons() -> list[QAbstractButton]:
        if model in page.cards and page.cards[model].isVisible():
            return [page.cards[model].button]
        name = desktop.room.model_name(model)
        shown = (row.button for row in page.offers.shelf.rows if not row.isHidden())
        return [button for button in shown if button.accessibleName().endswith(name)]

    wait(lambda: buttons() != [])
    buttons()[0].click()


def test_one_makes_room_for_the_other_and_a_pin_forbids_it(tmp_path: Path, open_page: OpenPage, wait: Until) -> None:
    """Started by hand, unloaded for another's request, refused beside a pin, unloaded for being idle: each with why."""
    with crowded_room(tmp_path) as room:
        desktop, page = serve_page(room, open_page)
        names = {model: desktop.room.model_name(model) for model in ("one", "two", "short", STARTER)}
        press_serve(page, desktop, "one", wait)
        wait(lambda: "one" in page.cards and page.cards["one"].state_word == "Serving")
        wait(lambda: any(said.startswith("Started by hand. It needs ") for said in page.cards["one"].keeping.told))

        assert ask(room, "two").status_code == 200
        wait(lambda: page.keeping.decisions.told != [] and "two" in page.cards)
        (evicted,) = page.keeping.decisions.told
        assert evicted.startswith(f"{names['one']}: Unloaded for {names['two']}. It gave back ")
        two = page.cards["two"]
        wait(lambda: two.state_word == "Serving" and two.isVisible())
        wait(lambda: first(two.keeping.told) == "It stays until it is stopped, or another needs its memory.")
        assert two.keeping.told[1].startswith("Loaded for a request. It needs ")

        two.keeping.pin.click()
        wait(lambda: first(two.keeping.told) == "Pinned: it stays loaded and makes room for no other.")
        press_serve(page, desktop, STARTER, wait)
        wait(lambda: "pinned" in desktop.window.banner.text)
        wait(lambda: first(page.keeping.decisions.told).startswith(f"{names[STARTER]}: Turned away: no room for "))
        assert desktop.room.engines["two"].state is EngineState.READY

        two.keeping.pin.click()
        wait(lambda: "Pinned" not in first(two.keeping.told, "Pinned"))
        assert ask(room, "short").status_code == 200
        wait(lambda: first(page.keeping.decisions.told).startswith(f"{names['short']}: Unloaded after "))
        assert page.keeping.decisions.told[0].endswith(" without a request.")


def test_who_waits_for_what_is_said_on_the_card(tmp_path: Path, open_page: OpenPage, wait: Until) -> None:
    """One is answered, two wait, one more is turned away. The engine says what the test tells it to."""
    config = tmp_path / "room" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("[llama_cpp]\nslots = 1\n[routing]\nqueue = 2\n", "utf-8")
    with scripted_room(tmp_path) as room:
        _, page = serve_page(room, open_page)
        wait(lambda: MODEL in page.cards and page.cards[MODEL].state_word == "Serving")
        told = page.cards[MODEL].keeping
        message = {"role": "user", "content": script(*[{"content": "x"}] * 600, pause_s=0.1)}
        body = {"model": MODEL, "messages": [message], "stream": True}
        url = f"{room.connection().address}/v1/chat/completions"
        with ExitStack() as clients:
            for _ in range(3):
                clients.enter_context(httpx2.stream("POST", url, json=body, timeout=60.0))
            wait(lambda: first(told.told).startswith("2 of at most 2 requests wait, the first for "))
            assert told.told[0].endswith("All 1 slots are answering.")
            assert httpx2.post(url, json=body, timeout=60.0).status_code == 429
            wait(lambda: page.keeping.decisions.told != [])
            assert page.keeping.decisions.told[0].endswith("Turned away: 2 requests waited already.")
        wait(lambda: first(told.told).startswith("It is unloaded in "))
