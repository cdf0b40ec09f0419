"""The keyboard: what has it is seen to have it, in every look; every shortcut does what its menu says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from engineroom import __version__
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.page_stack import PageStack
from engineroom_ui.shell.registry import Page, Place
from engineroom_ui.theme.apply import Choice
from engineroom_ui.widgets.wants_keyboard import WantsKeyboard
from walk_kit import FULL, controls, place_of
from window_kit import OpenWindow, StartFake, Until, ask, connected, state

AROUND_PX = 16
CURSOR_PX = 40
"""More than a blinking text cursor changes, and less than the smallest ring."""


@pytest.mark.parametrize("look", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST_DARK])
def test_what_has_the_keyboard_can_be_seen(
    start_fake: StartFake, open_window: OpenWindow, until: Until, qtbot: QtBot, look: Choice
) -> None:
    """One control of every kind and every style, of all pages."""
    start_fake(*FULL)
    desktop = open_window()
    until(connected(desktop))
    desktop.window.choose_colours(look)
    desktop.window.activateWindow()
    until(desktop.window.isActiveWindow)
    seen = {kind: _ring_px(part, qtbot) for kind, part in _kinds(desktop, qtbot)}
    assert len(seen) > 12
    assert {kind: changed for kind, changed in seen.items() if changed < CURSOR_PX} == {}


def _kinds(desktop: Desktop, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """One of each, while its page is shown."""
    known: set[str] = set()
    for place in Place:
        desktop.window.show_page(place)
        qtbot.wait(100)
        for part in controls(desktop.window):
            kind = f"{type(part).__name__}#{part.objectName()}"
            reachable = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
            if kind not in known and reachable and _whole_in_sight(part):
                known.add(kind)
                yield f"{kind}: {place_of(part)}", part


def _whole_in_sight(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()
    return not part.visibleRegion().isEmpty()


def _ring_px(part: QWidget, qtbot: QtBot) -> int:
    """Pixels around a control that are others once Tab has brought the keyboard to it."""
    window = part.window()
    window.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: not part.hasFocus())
    before = _around(part)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: window.focusWidget() is not None and window.focusWidget() is not window)
    after = _around(part)
    width, height = min(before.width(), after.width()), min(before.height(), after.height())
    return sum(before.pixel(x, y) != after.pixel(x, y) for x in range(width) for y in range(height))


def _around(part: QWidget) -> QImage:
    """The control with what is close to it; of a large one, its upper left corner."""
    corner = part.mapTo(part.window(), QPoint(0, 0))
    size = part.size().boundedTo(part.window().size() / 4)
    place = QRect(corner, size).adjusted(-AROUND_PX, -AROUND_PX, AROUND_PX, AROUND_PX)
    return part.window().grab(place).toImage()


class _Quiet(QWidget):
    """A page that has everything by the right name, by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)

    @property
    def keyboard_first(self) -> QWidget:
        return self.field


class _Asks(_Quiet, WantsKeyboard):
    """One that says so."""


def test_a_page_has_the_keyboard_only_where_it_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    """Serve and Chat do; none does by the names of its parts."""
    pages = open_window().window.pages
    assert [place for place in pages.places if isinstance(pages.page(place), WantsKeyboard)] == [
        Place.SERVE,
        Place.CHAT,
    ]
    made = ((Place.SERVE, _Quiet()), (Place.CHAT, _Asks()))
    stack = PageStack(
        pages.window().desk,
        [Page(place=place, title="", icon="", make=lambda _desk, page=page: page) for place, page in made],
    )
    qtbot.addWidget(stack)
    stack.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    stack.show()
    for to_type in (False, True):
        for place, page in made:
            stack.setFocus()
            stack.show_place(place)
            stack.give_keys(to_type=to_type)
            assert stack.focusWidget() is (page.field if isinstance(page, WantsKeyboard) else stack)


def test_shortcuts_do_what_the_menu_says(open_window: OpenWindow, until: Until) -> None:
    """Pages by their number, the drawer, the sidebar, the colours; from wherever the keyboard is."""
    window = open_window().window
    window.activateWindow()
    until(window.isActiveWindow)
    for number, place in enumerate(Place, start=1):
        _press(window, f"Ctrl+{number}")
        until(lambda place=place: window.pages.currentWidget() is window.pages.page(place))
    folded, colours = window.sidebar.width(), window.desk.theme.choice
    _press(window, "Ctrl+L")
    until(window.log.isVisible)
    _press(window, "Ctrl+L")
    until(lambda: not window.log.isVisible())
    _press(window, "Ctrl+B")
    until(lambda: window.sidebar.width() != folded)
    _press(window, "Ctrl+T")
    until(lambda: window.desk.theme.choice is not colours)
    _press(window, "Ctrl+K")
    until(lambda: window.pages.currentWidget() is window.chat)


def test_shortcuts_serve_copy_chat_and_leave(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """What the menu does: from another page than the one it is about, and quitting is for good where closing hides."""
    start_fake()
    desktop = open_window()
    window = desktop.window
    until(connected(desktop))
    window.activateWindow()
    until(window.isActiveWindow)
    window.show_page(Place.MONITOR)
    _press(window, "Ctrl+Return")
    until(state(desktop, "Serving"))
    QGuiApplication.clipboard().clear()
    _press(window, "Ctrl+Shift+C")
    until(lambda: QGuiApplication.clipboard().text() == window.home.serve.address.address)
    ask(desktop, "What is the capital of France?")
    until(lambda: "tok/s" in window.chat.pane.answers[0].note)
    window.show_page(Place.MONITOR)
    _press(window, "Ctrl+N")
    until(window.chat.bar.field.hasFocus)
    assert window.pages.currentWidget() is window.chat
    assert window.chat.conversation.empty
    _press(window, "Ctrl+Return")
    until(state(desktop, "Stopped"))
    window.hides = lambda: True
    gone: list[bool] = []
    window.closed.connect(lambda: gone.append(True))
    _press(window, "Ctrl+Q")
    until(lambda: bool(gone))
    assert not window.isVisible()


def test_what_this_is_can_be_read_and_put_away(open_window: OpenWindow, until: Until) -> None:
    """About by its key and away by its button, twice; the window goes on meanwhile."""
    window = open_window().window
    window.activateWindow()
    until(window.isActiveWindow)
    for _ in range(2):
        _press(window, "F1")
        until(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
        (box,) = window.findChildren(QMessageBox)
        assert (__version__ in box.text(), "Apache 2.0" in box.informativeText()) == (True, True)
        window.show_page(Place.LOGS)
        box.button(QMessageBox.StandardButton.Ok).click()
        until(lambda: not window.findChildren(QMessageBox))
        window.activateWindow()
        until(window.isActiveWindow)


def _press(window: QWidget, keys: str) -> None:
    pressed = QKeySequence(keys)[0]
    QTest.keyClick(window.focusWidget() or window, pressed.key(), pressed.keyboardModifiers())
