"""The page Engines beside the real daemon, with the double of TensorRT-LLM."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from e2e.pages_kit import PATIENCE_MS, OpenPage, unnamed, window_on
from engine_kit import EngineHome
from engine_room import engine_room, until
from engineroom.client.engines import EnginesClient
from engineroom.contract.control import JobState, ProblemView
from engineroom.contract.engines import BuildWish, RebuildRequest
from engineroom.contract.problems import Code
from engineroom.domain.errors import Rejected
from engineroom_ui.link.http import Failure
from engineroom_ui.pages.engines import EnginesPage
from engineroom_ui.shell.registry import Place

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot) -> Iterator[OpenPage]:
    with window_on(monkeypatch, qapp, qtbot) as opened:
        yield opened


def build(page: EnginesPage, qtbot: QtBot, context: str, *, engines: int) -> None:
    """By the form; ends when the engine is listed."""
    page.ask.model.setEditText("tiny/Tiny-Qwen")
    page.ask.context.setText(context)
    page.ask.build.click()
    qtbot.waitUntil(lambda: len(page.sealed.engines or ()) == engines, timeout=PATIENCE_MS)


def test_an_engine_is_built_judged_compared_and_removed(tmp_path: Path, open_page: OpenPage, qtbot: QtBot) -> None:
    """One click; stages while it goes on; then everything that can be done with it."""
    home = EngineHome(tmp_path)
    with engine_room(home.home, environment=home.environment()) as room:
        _, page = open_page(room, Place.ENGINES)
        assert isinstance(page, EnginesPage)
        qtbot.waitUntil(lambda: "No engine was built" in page.empty_text, timeout=PATIENCE_MS)
        build(page, qtbot, "1024", engines=1)
        (_, strip), *_ = page.builds.rows.values()
        assert [word.split("  ")[0] for word in strip.told] == ["Plan", "Fetch", "Configure", "Trial run", "Seal"]
        build(page, qtbot, "512", engines=2)
        pane = page.pane
        qtbot.waitUntil(lambda: pane.shown == page.list.rows[0].key, timeout=PATIENCE_MS)
        newest = pane.shown
        rows = {row[0]: row[1:] for row in pane.figures.texts}
        assert rows["One stream"][0].endswith("tok/s")
        assert " to " in rows["One stream"][1]
        assert "of it" in rows["One stream"][2]
        assert pane.simulated.isVisibleTo(pane)
        other = next(row.key for row in page.list.rows if row.key != newest)
        pane.beside.setCurrentIndex(pane.beside.findData(other))
        qtbot.waitUntil(lambda: pane.comparison.texts[:1] == [["", newest, other]], timeout=PATIENCE_MS)
        compared = {row[0]: row[1:] for row in pane.comparison.texts}
        assert compared["Context asked for"] == ["512", "1,024"]
        assert unnamed(page) == []
        pane.buttons["verify"].click()
        qtbot.waitUntil(lambda: "as it was" in pane.notice.text, timeout=PATIENCE_MS)
        page.sealed.export(newest, str(tmp_path / "out.tar"))
        qtbot.waitUntil(lambda: "Saved to" in pane.notice.text, timeout=PATIENCE_MS)
        with tarfile.open(tmp_path / "out.tar") as written:
            assert f"{newest}/manifest.json" in written.getnames()
        (home.model / "model.safetensors").write_bytes(b"something else")
        pane.buttons["verify"].click()
        qtbot.waitUntil(lambda: "not as they were" in pane.notice.text, timeout=PATIENCE_MS)
        pane.buttons["remove"].click()
        page.confirm.yes.click()
        qtbot.waitUntil(lambda: len(page.sealed.engines or ()) == 1, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: pane.shown == other, timeout=PATIENCE_MS)
        page.ask.model.setEditText("no such model here")
        page.ask.build.click()
        qtbot.waitUntil(lambda: page.notice.text != "", timeout=PATIENCE_MS)


def test_a_stale_engine_says_why_and_is_built_again(tmp_path: Path, open_page: OpenPage, qtbot: QtBot) -> None:
    """After another driver; the old one stays beside the new one, which is what is shown."""
    home = EngineHome(tmp_path)
    wish = BuildWish(model="tiny/Tiny-Qwen", context_tokens=512, accept=True)
    with engine_room(home.home, environment=home.environment()) as room, EnginesClient(room.connection()) as client:
        job = client.build(wish)
        ended = until("the build", lambda: not (now := client.job(job.id)).active and now)
        assert ended.state is JobState.DONE, ended
        with pytest.raises(Rejected):
            client.rebuild(str(job.arguments["engine"]), RebuildRequest(accept=True))
    newer = tmp_path / "newer.txt"
    text = Path(home.environment()["ENGINEROOM_FAKE_NVML"]).read_text("utf-8")
    newer.write_text(text.replace("driver 590.", "driver 600."), "utf-8")
    with engine_room(home.home, environment=home.environment() | {"ENGINEROOM_FAKE_NVML": str(newer)}) as room:
        _, page = open_page(room, Place.ENGINES)
        assert isinstance(page, EnginesPage)
        qtbot.waitUntil(lambda: "600." in page.pane.notice.text, timeout=PATIENCE_MS)
        old = page.pane.shown
        assert "should be built again" in next(row.below for row in page.list.rows if row.key == old)
        page.pane.buttons["rebuild"].click()
        if page.confirm.yes is not None:
            page.confirm.yes.click()
        qtbot.waitUntil(lambda: len(page.sealed.engines or ()) == 2, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: page.pane.shown not in {"", old}, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: page.pane.notice.text == "", timeout=PATIENCE_MS)


def test_what_may_not_work_is_asked_about(tmp_path: Path, open_page: OpenPage, qtbot: QtBot) -> None:
    """The reason is in the question; nothing is begun before the yes, and the wish is the same but for it."""
    home = EngineHome(tmp_path)
    with engine_room(home.home, environment=home.environment()) as room:
        _, page = open_page(room, Place.ENGINES)
        assert isinstance(page, EnginesPage)
        failure = Failure(
            problem=ProblemView(
                code=Code.BUILD_NEEDS_YES, facts={"model": "m", "gpu": "RTX 5090", "reason": "fp8 is untested here"}
            )
        )
        wish = ("/control/builds", {"model": "tiny/Tiny-Qwen", "context_tokens": 256})
        page.sealed.doubted.emit(failure, wish)
        assert page.confirm.box is not None
        assert "fp8 is untested here" in page.confirm.box.text()
        with room.control() as control:
            assert control.jobs() == ()
        page.confirm.yes.click()
        qtbot.waitUntil(lambda: len(page.sealed.engines or ()) == 1, timeout=PATIENCE_MS)
        assert page.sealed.engines[0].engine.context_tokens == 256
