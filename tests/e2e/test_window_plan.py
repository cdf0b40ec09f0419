"""The Plan page with the real daemon behind it: the catalogue, the arithmetic, cards here and cards of the table."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from e2e.window_room import PATIENCE_MS, desktop, home
from engineroom_ui.pages.plan import PlanPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.text import plan_reasons
from fakes.nvml_library import FAKES, build_fake_nvml
from window_kit import connected

SCENARIO = FAKES / "scenarios" / "rtx_a6000.txt"

__all__ = ["desktop", "home"]

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


def opened(desktop: Desktop, qtbot: QtBot) -> PlanPage:
    """The page with a first plan."""
    desktop.show()
    desktop.window.show_page(Place.PLAN)
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    page = desktop.window.plan
    qtbot.waitUntil(page.picture.isVisible, timeout=PATIENCE_MS)
    return page


def ask(desktop: Desktop, qtbot: QtBot, **change: object) -> None:
    """Change the question and wait for its answer."""
    desktop.window.plan.question.changed.emit(change)
    qtbot.waitUntil(lambda: not desktop.room.planner.waiting, timeout=PATIENCE_MS)


def test_a_machine_without_a_card_plans_for_another(desktop: Desktop, qtbot: QtBot) -> None:
    """The catalogue is there, the best of it is planned, and everything the answer holds is understood."""
    page = opened(desktop, qtbot)
    assert page.question.model.count() > 20
    assert page.picture.whose.text() == "what if: not your card"
    planner = desktop.room.planner
    plan = planner.plan
    assert plan.gpu.endswith("RTX 4090")
    assert page.picture.badge.text() == "Fits"
    stack = page.picture.bar.stack
    assert stack.end_bytes == plan.bill.total_bytes
    assert stack.low_bytes <= stack.end_bytes <= stack.high_bytes
    assert stack.end_bytes < stack.usable_bytes < stack.card_bytes
    assert "tok/s" in page.speed.each.told
    assert plan.serve_config
    assert {reason["code"] for reason in plan.reasons} <= plan_reasons.known()
    page.picture.context.button.click()
    qtbot.waitUntil(lambda: not planner.waiting, timeout=PATIENCE_MS)
    assert planner.plan.context == plan.context_max
    assert planner.plan.verdict == "fits"
    ask(desktop, qtbot, model="nobody/nothing at all")
    qtbot.waitUntil(lambda: "nobody/nothing" in page.empty_text, timeout=PATIENCE_MS)


def test_what_would_make_it_fit_does(desktop: Desktop, qtbot: QtBot) -> None:
    """Every way that is offered fits when it is taken."""
    page = opened(desktop, qtbot)
    ask(desktop, qtbot, model="qwen3-32b", gpu="GeForce RTX 3090", context_tokens=32_000, concurrency=8)
    asked = desktop.room.planner.question
    assert desktop.room.planner.plan.verdict == "no"
    ways = [row.way for row in page.ways.list.rows]
    assert len(ways) >= 2
    for way in ways:
        ask(desktop, qtbot, **{**asked.body, "precision": None, "kv_dtype": None, "runtime": None, **way.change})
        told = desktop.room.planner.plan
        assert told.verdict == "fits", (way.change, told.verdict)


def test_a_card_of_this_machine(
    desktop: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Live, said to be simulated; two of the one there is are a what-if."""
    monkeypatch.setenv("LD_LIBRARY_PATH", str(build_fake_nvml(tmp_path)))
    monkeypatch.setenv("ENGINEROOM_FAKE_NVML", str(SCENARIO))
    page = opened(desktop, qtbot)
    qtbot.waitUntil(lambda: page.picture.whose.text() == "simulated card", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "free" in page.question.card.currentText(), timeout=PATIENCE_MS)
    assert desktop.room.planner.plan.gpu == "NVIDIA RTX A6000"
    ask(desktop, qtbot, gpus=2)
    assert desktop.room.planner.plan.gpus == 2
    assert page.picture.whose.text() == "what if: not your card"
