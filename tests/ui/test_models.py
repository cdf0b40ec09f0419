"""The Models page against the fake daemon."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QTextBrowser,
    QWidget,
)

from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.library_fits import AT_ONCE
from engineroom_ui.state.library_rows import Shelf
from engineroom_ui.state.library_search import TYPING_MS
from engineroom_ui.text import models as words
from models_kit import MANY, PLAIN, Opened, facts, pick, said
from window_kit import OpenWindow, StartFake, Until, reached_by_tab


def test_recommended_models_are_judged_for_the_card(opened: Opened, until: Until) -> None:
    """Best first, with precision, memory and rate; the pane lists each way to have one with its own verdict."""
    _, page = opened(Shelf.RECOMMENDED)
    until(lambda: len(page.list.rows) == 4)
    first = page.list.rows[0]
    assert (first.name, first.verdict, first.precision) == ("Brook 8B", "fits", "fp8")
    assert page.list.rows[-1].verdict == "no"
    assert {row.name: (row.library_id, row.servable) for row in page.list.rows}["River 32B"] == (
        "acme/River-32B-NVFP4",
        False,
    )
    assert "4090" in page.for_card.text()
    assert "estimate" in page.for_card.text()
    until(lambda: len(page.pane.ways.buttons) == 5)
    names = [button.accessibleName() for button in page.pane.ways.buttons]
    assert any("best here" in name and "Fits" in name for name in names)
    assert page.details.way.served_here
    assert "Speed" not in facts(page)
    assert facts(page)["Runs on"] == "llama.cpp, on the CPU"
    page.pane.ways.buttons[0].click()
    assert page.details.way.precision == "bf16"
    assert "estimate" in facts(page)["Speed"]
    assert "cannot be started" in page.pane.served.text()


def test_the_hub_is_asked_for_a_card_only_when_a_person_picks(opened: Opened, until: Until, qtbot) -> None:
    """The first row is shown without anybody being asked; a click asks."""
    desktop, page = opened(Shelf.RECOMMENDED)
    until(lambda: bool(page.details.ways))
    qtbot.wait(400)
    assert said(desktop, "/control/hub/readme") == []
    assert page.pane.readme.ask.isVisible()
    page.list.pick(page.list.rows[1].key)
    until(lambda: "What it is good at" in page.pane.readme.text.toPlainText())
    assert len(said(desktop, "/control/hub/readme")) == 1


def test_links_of_a_card_open_only_in_the_browser(opened: Opened, until: Until, pages: list[str]) -> None:
    """Relative ones count from the repository; nothing but the web is opened, and no picture is loaded."""
    _, page = opened(Shelf.RECOMMENDED)
    until(lambda: bool(page.details.ways))
    page.pane.readme.ask.click()
    until(page.pane.readme.text.isVisible)
    text = page.pane.readme.text
    before = text.toPlainText()
    for url in ("https://acme.example/brook", "LICENSE", "file:///etc/passwd", "javascript:alert(1)"):
        text.anchorClicked.emit(QUrl(url))
    assert pages == ["https://acme.example/brook", "https://hub.example/acme/Brook-8B/blob/main/LICENSE"]
    assert text.toPlainText() == before
    assert text.loadResource(2, QUrl("https://tracker.example/pixel.png")) is None


def test_typing_asks_once_and_only_the_last_counts(opened: Opened, until: Until) -> None:
    """Letters are gathered; an answer to earlier words is dropped."""
    desktop, page = opened(Shelf.SEARCH, "--hub-s", "0.3")
    until(lambda: bool(page.list.rows))
    before = len(said(desktop, "/control/hub/search"))
    QTest.keyClicks(page.toolbar.field, "stream")
    # Its time has come, and does not come again.
    page.search._soon.stop()
    page.search._soon.timeout.emit()
    until(lambda: len(said(desktop, "/control/hub/search")) == before + 1)
    QTest.keyClicks(page.toolbar.field, "-10")
    until(lambda: [row.name for row in page.list.rows] == ["Stream-10B-Instruct"])
    asked = [json.loads(line.partition(" ")[2]) for line in said(desktop, "/control/hub/search")]
    assert [one.get("text") for one in asked[before:]] == ["stream", "stream-10"]


def test_a_repository_may_be_pasted(opened: Opened, until: Until) -> None:
    """Its name or its address: it is looked up instead of searched for."""
    desktop, page = opened(Shelf.SEARCH)
    page.toolbar.field.setText("https://huggingface.co/acme/Brook-8B-GGUF")
    until(lambda: bool(said(desktop, "/control/hub/look")) and not page.search.waiting)
    assert "https://huggingface.co/acme" in said(desktop, "/control/hub/look")[0]
    assert len(page.list.rows) == 1


def test_only_rows_that_are_seen_are_judged_and_few_at_once(opened: Opened, until: Until, qtbot) -> None:
    """The rest is asked when it is scrolled to; the next page comes at the end."""
    desktop, page = opened(Shelf.SEARCH, "--hub-s", "0.1")
    until(lambda: bool(page.list.rows))
    desktop.window.resize(1000, 640)
    qtbot.wait(300)
    until(lambda: not page.fits.under_way)
    judged = [line for line in said(desktop, "judged") if "maker" in line]
    # The pane asks besides about what is chosen in it.
    assert all(int(line.rpartition(" ")[2]) <= AT_ONCE + 1 for line in judged)
    assert not any("maker-23/" in line for line in judged)
    bar = page.list.verticalScrollBar()
    until(lambda: bar.setValue(bar.maximum()) or len(page.list.rows) == 24)
    until(lambda: bar.setValue(bar.maximum()) or any("maker-23/" in line for line in said(desktop, "judged")))
    until(lambda: page.list.rows[-1].verdict == "fits")


def test_offline_is_said_and_asks_nobody(opened: Opened, until: Until, qtbot) -> None:
    """The library works; a search that was about to be asked for is given up."""
    desktop, page = opened(Shelf.SEARCH, "--offline")
    until(lambda: "Offline" in page.banner.text)
    assert "Offline" in page.empty_text
    qtbot.wait(2 * TYPING_MS)
    page.show_shelf(Shelf.HERE)
    until(lambda: len(page.list.rows) == 3)
    page.show_shelf(Shelf.RECOMMENDED)
    until(lambda: bool(page.details.ways))
    assert not page.pane.main.isEnabled()
    assert said(desktop, "/control/hub/search") == []


@pytest.mark.parametrize(
    ("options", "shelf", "words"),
    [
        (("--hub-fails", "hub_unreachable"), Shelf.SEARCH, "cannot be reached"),
        (("--hits", "0"), Shelf.SEARCH, "Nothing found"),
        (("--library", "0"), Shelf.HERE, "drop a GGUF file"),
    ],
)
def test_an_empty_list_says_why(
    opened: Opened, until: Until, options: tuple[str, ...], shelf: Shelf, words: str
) -> None:
    _, page = opened(shelf, *options)
    until(lambda: words in page.empty_text)
    assert page.empty.button.isHidden() == ("--hub-fails" not in options)


def test_without_an_engine_room_nothing_is_listed(open_window: OpenWindow, until: Until) -> None:
    desktop = open_window()
    desktop.window.show_page(Place.MODELS)
    until(lambda: "engine room" in desktop.window.models.empty_text)


def test_without_a_card_the_figures_are_a_what_if(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    start_fake()
    desktop = open_window()
    desktop.window.show_page(Place.MODELS)
    until(lambda: bool(desktop.window.models.list.rows))
    assert "No NVIDIA card here" in desktop.window.models.for_card.text()


def test_room_on_the_disk(opened: Opened, until: Until) -> None:
    """Models of the shared cache against what is free."""
    _, page = opened(Shelf.HERE)
    until(page.disk.isVisible)
    assert page.disk.told == "Models 24.7 GB, 812 GB free"


def test_filters_of_a_shelf(opened: Opened, until: Until) -> None:
    """Words and uses for what is known; files and order for the Hub."""
    desktop, page = opened(Shelf.RECOMMENDED)
    until(lambda: len(page.list.rows) == 4)
    page.toolbar.field.setText("acme river")
    assert [row.name for row in page.list.rows] == ["River 32B"]
    page.toolbar.use.setCurrentIndex(page.toolbar.use.findData("agent"))
    page.toolbar.use.activated.emit(0)
    assert "Nothing found" in page.empty_text
    page.toolbar.shelf.button(Shelf.SEARCH).click()
    assert page.toolbar.field.text() == ""
    page.toolbar.sort.setCurrentIndex(page.toolbar.sort.findData("likes"))
    page.toolbar.format.setCurrentIndex(page.toolbar.format.findData("gguf"))
    page.toolbar.format.activated.emit(0)
    until(lambda: bool(said(desktop, "/control/hub/search")))
    until(lambda: {"sort": "likes", "format": "gguf"}.items() <= _last_search(desktop).items())


def _last_search(desktop: Desktop) -> dict[str, object]:
    return json.loads(said(desktop, "/control/hub/search")[-1].partition(" ")[2])


def test_the_page_by_keyboard(opened: Opened, until: Until) -> None:
    """Down from the words to the rows, arrows along them, Enter for the large button; all parts have names."""
    desktop, page = opened(Shelf.SEARCH, "--pull-s", "30")
    pick(page, PLAIN, until)
    page.toolbar.field.setFocus()
    QTest.keyClick(page.toolbar.field, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    assert page.list.row.key == MANY
    until(lambda: page.details.way is not None)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    until(lambda: "job0" in page.downloads.rows)
    until(lambda: page.details.readme.told is not None)
    window = desktop.window
    reached = reached_by_tab(window, 60)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTextBrowser, QAbstractItemView)
    wanted = [
        part
        for part in page.findChildren(QWidget)
        if isinstance(part, kinds)
        and part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    # Of radio buttons that belong together the one that is on is reached; arrows lead to the others.
    radios = set(page.pane.ways.buttons)
    missed = [part for part in wanted if part not in reached and part not in radios]
    assert len(wanted) > 12
    assert reached & radios
    assert [part.accessibleName() or repr(part) for part in missed] == []
    assert [repr(part) for part in wanted if not (part.accessibleName() or getattr(part, "text", str)())] == []
    assert "Fits" in str(page.list.model().index(0).data(int(Qt.ItemDataRole.AccessibleTextRole)))


def cut_off(body: QWidget) -> list[QWidget]:
    """Parts that reach beyond the right edge; a layout may still be settling."""
    shown = (part for part in body.findChildren(QWidget) if part.isVisible() and not part.isWindow())
    return [part for part in shown if part.mapTo(body, QPoint(part.width(), 0)).x() > body.width()]


@pytest.mark.parametrize("shelf", list(Shelf))
def test_smallest_size_holds_the_page(opened: Opened, until: Until, shelf: Shelf) -> None:
    """At 960 by 640 nothing of the page or the pane is cut off sideways."""
    desktop, page = opened(shelf)
    desktop.window.resize(960, 640)
    until(lambda: bool(page.list.rows) and not page.details.loading)
    if shelf is not Shelf.HERE:
        until(lambda: bool(page.pane.ways.buttons))
    for body in (page, page.pane.area.viewport()):
        until(lambda body=body: not cut_off(body))


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (59, "59 s"), (61, "1 min 1 s"), (3700, "1 h 1 min"), (90_000, "25 h 0 min")]
)
def test_time_left(seconds: float, told: str) -> None:
    assert words.duration(seconds) == told
