"""Every control of every page: a name for a screen reader, a role, and a place in the order of Tab."""

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from engineroom_ui.pages.engines import EnginesPage
from engineroom_ui.pages.logs import LogsPage
from engineroom_ui.pages.settings import SettingsPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.widgets.ask_field import AskBar
from engineroom_ui.widgets.confirm import Confirm
from engineroom_ui.widgets.markdown_text import MarkdownText
from engineroom_ui.widgets.strip_chart import StripChart
from walk_kit import FULL, controls, place_of, walk
from window_kit import PATIENCE_MS, OpenWindow, StartFake, Until, connected

NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client}
MOST_STEPS = 400


def unnamed(parts: Iterable[QWidget]) -> list[str]:
    """Controls without a name or without a role. A chart has Qt's plain role, and says its figures as description."""
    found = []
    for part in parts:
        if isinstance(part, StripChart) and part.accessibleName() and part.accessibleDescription():
            continue
        told = QAccessible.queryAccessibleInterface(part)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        if not name.strip() or told is None or told.role() in NO_ROLE:
            found.append(f"{place_of(part)} {name!r} {told.role() if told is not None else None}")
    return found


def reached_by_tab(desktop: Desktop, *, back: bool = False) -> set[QWidget]:
    """What has the keyboard at some time while Tab is pressed until it has been all around."""
    window = desktop.window
    window.activateWindow()
    first = window.sidebar.fold
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached: set[QWidget] = set()
    modifier = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    for _ in range(MOST_STEPS):
        now = window.focusWidget() or window
        QTest.keyClick(now, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, modifier)
        after = window.focusWidget()
        if after is first:
            break
        assert after is not None
        assert after is not now, f"a trap: {place_of(after)}"
        reached.add(after)
    else:
        pytest.fail(f"Tab does not come round; it is at {place_of(window.focusWidget())}")
    return {*reached, first}


def left_out(desktop: Desktop, reached: set[QWidget]) -> list[str]:
    """Controls of the window that Tab passes by. Of buttons in one group the arrows reach the others."""
    missed = []
    for part in controls(desktop.window):
        if part in reached or part.focusProxy() in reached or any(part.isAncestorOf(one) for one in reached):
            continue
        group = part.group() if isinstance(part, QAbstractButton) else None
        siblings = part.parent().findChildren(type(part)) if isinstance(part, QAbstractButton) else []
        exclusive = isinstance(part, QAbstractButton) and (part.autoExclusive() or group is not None)
        if exclusive and any(one in reached for one in (*(group.buttons() if group else ()), *siblings)):
            continue
        missed.append(f"{place_of(part)} {part.accessibleName()!r}")
    return missed


def test_every_control_has_a_name_and_is_reached(start_fake: StartFake, open_window: OpenWindow, qtbot: QtBot) -> None:
    """On every page, with all that unfolds on it; forwards and backwards, and Tab is held nowhere."""
    start_fake(*FULL)
    desktop = open_window()
    nameless, missed, seen = {}, {}, 0
    for name in walk(desktop, qtbot):
        parts = controls(desktop.window)
        seen += len(parts)
        nameless[name] = unnamed(parts)
        forwards = reached_by_tab(desktop)
        missed[name] = left_out(desktop, forwards)
        assert reached_by_tab(desktop, back=True) == forwards, name
    assert seen > 400
    assert {name: told for name, told in nameless.items() if told} == {}
    assert {name: told for name, told in missed.items() if told} == {}


@pytest.mark.parametrize("colours", [False, True], ids=["main", "colours"])
def test_menus_can_be_walked(open_window: OpenWindow, *, colours: bool) -> None:
    """No entry without words, and no letter twice in one menu."""
    menus = open_window().window.menus
    entries = [action for action in (menus.colours if colours else menus.main).actions() if not action.isSeparator()]
    assert len(entries) > 4
    assert [action for action in entries if not action.text().replace("&", "").strip()] == []
    letters = [action.text().partition("&")[2][:1].lower() for action in entries if "&" in action.text()]
    assert sorted(set(letters)) == sorted(letters)


def test_dialogs_have_names_and_a_way_out(open_window: OpenWindow, qtbot: QtBot) -> None:
    """Each dialog of the menu and each question: names, roles; Escape closes it, and the keyboard is where it was."""
    window = open_window().window
    before = window.sidebar.fold
    opened = {
        "another computer": window.menus.connect_other,
        "about": window.menus.about,
        "a token": window.models.deeds.ask_token,
        "a question": lambda: Confirm(window).ask("Remove this?", "Remove", lambda: None),
    }
    for name, open_it in opened.items():
        window.activateWindow()
        before.setFocus(Qt.FocusReason.TabFocusReason)
        open_it()
        qtbot.waitUntil(lambda: any(part.isVisible() for part in window.findChildren(QDialog)), timeout=PATIENCE_MS)
        dialog = next(part for part in window.findChildren(QDialog) if part.isVisible())
        assert dialog.windowTitle(), name
        parts = controls(dialog)
        assert parts, name
        assert unnamed(parts) == [], name
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda dialog=dialog: not isValid(dialog) or not dialog.isVisible(), timeout=PATIENCE_MS)
        # Without a window manager nobody else gives it back to the window.
        window.activateWindow()
        qtbot.waitUntil(before.hasFocus, timeout=PATIENCE_MS)


def _dialogs(desktop: Desktop, done: list[str]) -> dict[str, tuple[Place, Callable[[], object]]]:
    """How each dialog that is not a menu's is opened, and the page where a person does."""
    window = desktop.window
    models, settings, engines = window.models, window.pages.page(Place.SETTINGS), window.pages.page(Place.ENGINES)
    logs = window.pages.page(Place.LOGS)
    assert isinstance(settings, SettingsPage)
    assert isinstance(engines, EnginesPage)
    assert isinstance(logs, LogsPage)
    link, bar = MarkdownText(desktop.theme, parent=window.chat), AskBar(desktop.theme)
    bar.setParent(window.chat)  # the page's own says only that this model sees nothing
    return {
        "support file": (Place.SERVE, window.menus.write_support),
        "a file to import": (Place.MODELS, models.toolbar.import_file_asked.emit),
        "a folder to import": (Place.MODELS, models.toolbar.import_folder_asked.emit),
        "picture": (Place.CHAT, bar.attach.click),
        "preset": (Place.CHAT, window.chat.options.save.click),
        "link": (Place.CHAT, lambda: link.follow(QUrl("https://example.org"))),
        "log": (Place.LOGS, lambda: logs.save.ask("")),
        "engine": (Place.ENGINES, lambda: engines.export.ask("e")),
        "removal": (Place.ENGINES, lambda: engines.confirm.ask("Remove it?", "Remove", lambda: done.append("gone"))),
        "account": (Place.SETTINGS, settings.account.change.click),
    }


def test_escape_leaves_every_dialog(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Those of the pages too: nothing is done, and nothing of a dialog stays behind, however often it is opened."""
    start_fake(*FULL)
    desktop = open_window()
    window = desktop.window
    until(connected(desktop))
    window.show_page(Place.SETTINGS)
    settings = window.pages.page(Place.SETTINGS)
    assert isinstance(settings, SettingsPage)
    until(settings.account.change.isEnabled)
    done: list[str] = []
    for name, (place, open_it) in _dialogs(desktop, done).items():
        window.show_page(place)
        for _ in range(2):
            window.activateWindow()
            open_it()
            (dialog,) = (one for one in window.findChildren(QDialog) if one.isVisible())
            assert dialog.windowTitle(), name
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            until(lambda: window.findChildren(QDialog) == [])
    assert done == []
