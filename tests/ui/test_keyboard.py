"""The keyboard: what has it is seen to have it, in every look; every shortcut does what its menu says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.theme.apply import Choice
from walk_kit import FULL, controls, place_of
from window_kit import OpenWindow, StartFake, Until, connected

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


def _press(window: QWidget, keys: str) -> None:
    pressed = QKeySequence(keys)[0]
    QTest.keyClick(window.focusWidget() or window, pressed.key(), pressed.keyboardModifiers())
