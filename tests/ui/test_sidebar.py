"""The sidebar and the pages behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.page_list import PAGES
from engineroom_ui.shell.page_stack import PageStack
from engineroom_ui.shell.registry import GROUPS, Page, Place
from engineroom_ui.shell.sidebar import NARROW_PX, WIDE_PX, Sidebar
from window_kit import OpenWindow, StartFake, Until, connected


class Shelf(QLabel):
    """A page that tells what it was asked for."""

    def open_at(self, what: str) -> None:
        self.setText(what)

    def let_go(self) -> None:
        self.setText("let go")


def test_every_place_has_a_group_and_pages_stand_in_order() -> None:
    """One order for the sidebar, the shortcuts and the menu."""
    assert [place for _, places in GROUPS for place in places] == list(Place)
    here = [page.place for page in PAGES]
    assert here == sorted(here, key=list(Place).index)
    assert len(set(here)) == len(here)


def test_a_page_is_made_when_somebody_looks(open_window: OpenWindow) -> None:
    """Only the first is made at the start, and each only once."""
    desktop = open_window()
    pages = desktop.window.pages
    assert pages.made == (Place.SERVE,)
    desktop.window.show_page(Place.MONITOR)
    first = pages.page(Place.MONITOR)
    assert pages.made == (Place.SERVE, Place.MONITOR)
    assert pages.page(Place.MONITOR) is first
    assert pages.currentWidget() is first
    assert desktop.window.header.title == "Monitor"


def test_pages_are_opened_on_something_and_let_go(open_window: OpenWindow) -> None:
    """Where they can be; others are only shown."""
    desk = open_window().window.desk
    made: list[Place] = []

    def page(place: Place, kind: type[QWidget]) -> Page:
        return Page(place=place, title="x", icon="log", make=lambda _desk: made.append(place) or kind())

    stack = PageStack(desk, [page(Place.LOGS, Shelf), page(Place.ENGINES, QWidget)])
    stack.show_place(Place.LOGS, "llama")
    stack.show_place(Place.ENGINES, "llama")
    logs = stack.page(Place.LOGS)
    assert isinstance(logs, Shelf)
    assert logs.text() == "llama"
    stack.let_go()
    assert logs.text() == "let go"
    assert made == [Place.LOGS, Place.ENGINES]
    with pytest.raises(KeyError):
        stack.page(Place.CHAT)
    stack.deleteLater()


def test_a_page_made_late_shows_what_is_so(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """It was not there when the daemon spoke."""
    start_fake("--serving", "--gpus", "1", "--history", "60", "--rapl")
    desktop = open_window()
    until(connected(desktop))
    desktop.window.show_page(Place.MONITOR)
    monitor = desktop.window.monitor
    assert len(monitor.cards.gpus) == 1
    until(lambda: monitor.charts.power.accessibleDescription().startswith("Now"))


def test_pages_are_reached_by_number(open_window: OpenWindow) -> None:
    """Ctrl and the number of the page, from anywhere."""
    desktop = open_window()
    desktop.window.activateWindow()
    assert QTest.qWaitForWindowActive(desktop.window)
    for number, page in enumerate(PAGES, start=1):
        QTest.keyClick(desktop.window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert desktop.window.sidebar.current is page.place


def test_arrows_move_and_enter_chooses(open_window: OpenWindow) -> None:
    """Up and down go round, Home and End to the ends; only Enter or Space changes the page."""
    desktop = open_window()
    sidebar = desktop.window.sidebar
    desktop.window.activateWindow()
    assert QTest.qWaitForWindowActive(desktop.window)
    sidebar.button(Place.SERVE).setFocus()

    def press(key: Qt.Key) -> Place:
        QTest.keyClick(desktop.window.focusWidget(), key)
        return next(page.place for page in PAGES if sidebar.button(page.place).hasFocus())

    places = [page.place for page in PAGES]
    assert [press(Qt.Key.Key_Down) for _ in places] == [*places[1:], places[0]]
    assert press(Qt.Key.Key_Up) is places[-1]
    assert press(Qt.Key.Key_Home) is places[0]
    assert press(Qt.Key.Key_End) is places[-1]
    assert sidebar.current is Place.SERVE
    press(Qt.Key.Key_Return)
    assert sidebar.current is places[-1]
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Space)
    assert sidebar.current is Place.SERVE


def test_a_screen_reader_is_told_the_current_page(open_window: OpenWindow) -> None:
    """By a state and a word; the picture differs by more than colour."""
    desktop = open_window()
    desktop.window.show_page(Place.PLAN)
    spoken = {}
    for page in PAGES:
        interface = QAccessible.queryAccessibleInterface(desktop.window.sidebar.button(page.place))
        assert interface is not None
        spoken[interface.text(QAccessible.Text.Name)] = (
            bool(interface.state().checked),
            interface.text(QAccessible.Text.Description) == "current page",
        )
    assert spoken.pop("Plan") == (True, True)
    assert set(spoken.values()) == {(False, False)}
    _shape_tells(desktop)


def _shape_tells(desktop: Desktop) -> None:
    """The bar at the left edge of the current one is drawn, of no other."""
    sidebar, accent = desktop.window.sidebar, desktop.theme.colour("accent").name()

    def edge(place: Place) -> str:
        button = sidebar.button(place)
        return button.grab().toImage().pixelColor(2, button.height() // 2).name()

    assert edge(Place.PLAN) == accent
    assert edge(Place.MODELS) != accent


def test_narrow_windows_show_icons(open_window: OpenWindow) -> None:
    """By itself; a wide window remembers what the person wants."""
    desktop = open_window()
    window, sidebar = desktop.window, desktop.window.sidebar
    window.resize(1280, 800)
    assert (sidebar.folded, sidebar.width()) == (False, WIDE_PX)
    window.resize(960, 640)
    assert (sidebar.folded, sidebar.width()) == (True, NARROW_PX)
    assert "Ctrl+1" in sidebar.button(Place.SERVE).toolTip()
    sidebar.fold.click()
    assert not sidebar.folded
    window.resize(1280, 800)
    assert not sidebar.folded
    sidebar.fold.click()
    assert sidebar.folded
    assert open_window().window.sidebar.folded


def test_the_sidebar_holds_nine_pages(open_window: OpenWindow, tmp_path: object) -> None:
    """At the smallest height, wide and narrow."""
    desk = open_window().window.desk
    titles = ("Serve", "Chat", "Models", "Plan", "Engines", "Connect", "Monitor", "Logs", "Settings")
    pages = [
        Page(place=place, title=title, icon=str(place).replace("logs", "log"), make=lambda _desk: QWidget())
        for place, title in zip(Place, titles, strict=True)
    ]
    sidebar = Sidebar(desk.theme, pages)
    for folded in (False, True):
        sidebar.show_folded(on=folded)
        assert sidebar.minimumSizeHint().height() <= 640
        for place in Place:
            button = sidebar.button(place)
            assert button.sizeHint().width() <= sidebar.width()
    sidebar.deleteLater()
