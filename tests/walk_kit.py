"""A window full of content, page by page, for tests that look at everything in it."""

import urllib.request
from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engineroom.contract.connection import connection_path, read_connection
from engineroom_ui.pages.engines import EnginesPage
from engineroom_ui.pages.settings import Section
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.library_rows import Shelf
from engineroom_ui.widgets.parts import ElidedLabel
from engineroom_ui.widgets.strip_chart import StripChart
from window_kit import ask, connected

FULL = (
    "--gpus", "1", "--models", "3", "--serving", "--rapl", "--history", "120", "--recorded-s", "7200",
    "--answered", "3", "--library", "4", "--tensorrt", "--desk", "--still",
)  # fmt: skip
"""Options of the fake daemon: nothing moves, and every page has something to show."""
CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextBrowser, StripChart,
)  # fmt: skip
WHOLE = QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView

SAID_BY_DAEMON = (
    "/control/snapshot",
    "/control/library",
    "/control/hub/account",
    "/control/plan/catalogue?gpu=GPU-fake-0",
    "/control/clients",
    "/control/settings",
    "/control/storage",
    "/control/keys",
    "/control/sealed",
    "/control/sealed-compare?engines=",
    "/control/doctor",
    "/control/logs",
    "/control/runtimes",
    "/control/energy?by=model&days=30",
)

SETTLES_MS = 300
QUESTION = "What is the capital of France?"
PATIENCE_MS = 90_000


def walk(desktop: Desktop, qtbot: QtBot) -> Iterator[str]:
    """Every page with its content, and what unfolds on it, one after the other: their names."""
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    window = desktop.window
    for place in Place:
        window.show_page(place)
        for name in _states(desktop, place, qtbot):
            qtbot.wait(SETTLES_MS)
            yield f"{place} {name}".strip()
    window.show_log(on=True)
    qtbot.wait(SETTLES_MS)
    yield "log drawer"
    window.show_log(on=False)
    yield from _first_steps(desktop, qtbot)


def _states(desktop: Desktop, place: Place, qtbot: QtBot) -> Iterator[str]:
    """What can be seen on a page, each while it is so."""
    yield ""
    if place is Place.CHAT:
        ask(desktop, QUESTION)
        qtbot.waitUntil(lambda: "tok/s" in desktop.window.chat.pane.answers[0].note, timeout=PATIENCE_MS)
        desktop.window.chat.options.show()
        yield "answered, with options"
    elif place is Place.MODELS:
        for shelf in Shelf:
            desktop.window.models.toolbar.show_shelf(shelf)
            yield str(shelf)
    elif place is Place.ENGINES:
        page = desktop.window.pages.page(place)
        assert isinstance(page, EnginesPage)
        page.pane.beside.setCurrentIndex(1)
        page.pane.beside.activated.emit(1)
        yield "compared"
    elif place is Place.SETTINGS:
        for section in Section:
            desktop.window.show_page(place, str(section))
            yield str(section)


def _first_steps(desktop: Desktop, qtbot: QtBot) -> Iterator[str]:
    desktop.first_run.show()
    page = desktop.first_run.page
    assert page is not None
    page.served.show_model(desktop.room.models[0].id)
    for at in range(len(page.steps)):
        page.show_step(at)
        qtbot.wait(SETTLES_MS)
        yield f"first steps, {at + 1}"


def visible(root: QWidget) -> Iterator[QWidget]:
    """Everything below it that can be seen, if it is scrolled to."""
    for part in root.findChildren(QWidget):
        if part.isVisible() and not part.objectName().startswith("qt_"):
            yield part


def controls(root: QWidget) -> list[QWidget]:
    """Those a person can see and use; parts of another control belong to it."""
    return [part for part in visible(root) if isinstance(part, CONTROLS) and part.isEnabled() and not _is_part(part)]


def _is_part(part: QWidget) -> bool:
    # Where a chart is only a picture, the same one of the page Monitor can be walked.
    picture = isinstance(part, StripChart) and part.focusPolicy() is Qt.FocusPolicy.NoFocus
    return picture or isinstance(part, QScrollBar) or isinstance(part.parent(), WHOLE) or _of_popup(part)


def _of_popup(part: QObject | None) -> bool:
    while part is not None:
        if isinstance(part, QComboBox):
            return True
        part = part.parent()
    return False


def place_of(part: QObject) -> str:
    """Where a widget is, in words for a failing test."""
    names = []
    step: QObject | None = part
    while step is not None and len(names) < 4:
        names.append(type(step).__name__)
        step = step.parent()
    return " < ".join(names)


def daemon_text(*paths: str) -> str:
    """What the daemon says, there or everywhere: names, paths, lines. That is data, and is not translated."""
    found = read_connection(connection_path())
    assert found is not None
    told = []
    for path in paths or SAID_BY_DAEMON:
        request = urllib.request.Request(found.address + path, headers={"Authorization": f"Bearer {found.token}"})
        with urllib.request.urlopen(request) as answer:
            told.append(answer.read().decode())
    return "\n".join(told)


def texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What can be read of every visible part, or heard of it."""
    for part in visible(root):
        if isinstance(part, QLabel | QAbstractButton) and not isinstance(part, ElidedLabel):
            yield part, part.text()  # an elided label says its whole text to a screen reader
        elif isinstance(part, QLineEdit | QPlainTextEdit):
            yield part, part.placeholderText()
        yield part, part.accessibleName()
        yield part, part.accessibleDescription()
        yield part, part.toolTip()
