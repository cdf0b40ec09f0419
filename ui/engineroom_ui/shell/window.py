"""The main window: sidebar, header, one line for what needs attention, the page, the log drawer."""

import os
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from engineroom_ui.shell.attention import Attention
from engineroom_ui.shell.header import Header
from engineroom_ui.shell.known_pages import KnownPages
from engineroom_ui.shell.menus import Menus
from engineroom_ui.shell.page_list import PAGES
from engineroom_ui.shell.page_stack import PageStack
from engineroom_ui.shell.registry import Desk, Leads, Place
from engineroom_ui.shell.sidebar import Sidebar
from engineroom_ui.shell.titles import window_title
from engineroom_ui.state.room import Room
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.theme.icons import product_icon
from engineroom_ui.widgets.banner import Banner
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.log_drawer import LogDrawer

MINIMUM = QSize(960, 640)
FIRST_SIZE = QSize(1280, 800)
FRAME = QSize(16, 48)
"""What a window manager usually adds around a window, or more."""
ROOMY_PX = 1120
"""A window narrower than this shows the sidebar as icons."""
_DRAWER_PX = 200
_RAISED_MS = 400
"""After this long a window manager has brought a window up, or will not."""


def first_size(room: QSize) -> QSize:
    """The size of a window that was never opened before, on a screen with that much room: all of it is to be seen.

    A screen with less than the smallest window needs is left to the window manager.
    """
    most = room - FRAME
    whole = most.width() >= MINIMUM.width() and most.height() >= MINIMUM.height()
    return FIRST_SIZE.boundedTo(most) if whole else FIRST_SIZE


class MainWindow(QMainWindow, KnownPages):
    """May be closed or killed at any time; nothing but its geometry is lost.

    Signals:
        painted: the first paint is done; what is slow may begin.
        hidden: it was closed and goes on in the tray.
        closed: it was closed for good.
    """

    painted = Signal()
    hidden = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, settings: QSettings) -> None:
        super().__init__()
        self._theme = theme
        self._room = room
        self._settings = settings
        self._was_painted = False
        self._ending = False
        self.hides: Callable[[], bool] = lambda: False
        self._folded = settings.value("folded", "false") in {True, "true"}
        self.setWindowTitle(self.tr("Engineroom"))
        self.setWindowIcon(product_icon())
        self.setMinimumSize(MINIMUM)
        self.desk = Desk(theme, clock, room, settings)
        self.sidebar = Sidebar(theme, PAGES)
        self.header = Header(theme)
        self.banner = Banner(theme)
        self.pages = PageStack(self.desk, PAGES)
        self.log = LogDrawer(theme, clock, room.log)
        self._build()
        self.attention = Attention(self.banner, room, self)
        self.menus = Menus(self, PAGES)
        self._connect()
        self._restore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit_sidebar()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("log", self.log.isVisible())
        self._settings.sync()
        if not self._ending and self.hides():
            event.ignore()
            self.hide()
            self.hidden.emit()
            return
        super().closeEvent(event)
        self.closed.emit()

    def quit(self) -> None:
        """Close for good, also where closing only hides."""
        self.end_soon()
        if not self.close():
            self.closed.emit()

    def end_soon(self) -> None:
        """From now on closing is for good: the session ends, or the person wants it so."""
        self._ending = True

    def bring_up(self, activation_token: str = "") -> None:
        """Show this window in front of others; on Wayland only the token of who asked allows it."""
        if activation_token:
            os.environ["XDG_ACTIVATION_TOKEN"] = activation_token
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if QGuiApplication.platformName() in {"xcb", "wayland"}:
            QTimer.singleShot(_RAISED_MS, self.insist)

    def insist(self) -> None:
        """A window manager may leave it on another desktop, on Wayland minimised; what is shown anew comes up."""
        if self.isVisible() and not self.isMinimized() and QApplication.activeWindow() is None:
            self.hide()
            self.show()
            self.raise_()
            self.activateWindow()

    def show_log(self, *, on: bool) -> None:
        """Open or close the log drawer."""
        self.log.setVisible(on)
        self.header.log.setChecked(on)
        self.header.log.rename(self.tr("Hide the log") if on else self.tr("Show the log"))
        self.log.draw()

    def toggle_log(self) -> None:
        """Open the log drawer, or close it."""
        self.show_log(on=not self.log.isVisible())

    def show_page(self, place: Place, what: str = "") -> None:
        """Another page, opened on ``what``; also the first at the next start."""
        self.pages.show_place(place, what)
        self.sidebar.show_place(place)
        title = next(page.title for page in PAGES if page.place is place)
        self.header.show_title(QCoreApplication.translate("pages", title))
        self._settings.setValue("page", str(place))

    def lead_to(self, place: Place, what: str) -> None:
        """The page where something needs attention, also if it is shown already, and the thing itself."""
        self.show_page(place)
        page = self.pages.page(place)
        if isinstance(page, Leads):
            page.lead_to(what)

    def fold_sidebar(self) -> None:
        """Icons alone, or words too: as long as there is room for words."""
        folded = not self.sidebar.folded
        self.sidebar.show_folded(on=folded)
        if self.width() >= ROOMY_PX:
            self._folded = folded
            self._settings.setValue("folded", folded)

    def choose_colours(self, choice: Choice) -> None:
        """Follow the system or keep to one look, also at the next start."""
        self._theme.choose(choice)
        self._settings.setValue("colours", str(choice))
        self.header.show_choice(choice)

    def action(self, text: str, keys: str, then: Callable[[], object]) -> QAction:
        """An action whose shortcut works everywhere in the window, also while the menu it is in is closed."""
        made = QAction(text, self)
        made.setShortcut(keys)
        made.triggered.connect(lambda _on=False: then())
        self.addAction(made)
        return made

    def _build(self) -> None:
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.pages)
        self._split.addWidget(self.log)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([FIRST_SIZE.height() - _DRAWER_PX, _DRAWER_PX])
        self.log.setMinimumHeight(120)
        body = QWidget()
        body.setObjectName("PageBody")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self._split, 1)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)
        self.setCentralWidget(body)
        # The page has the keyboard first, so that no button looks pressed before anything happened.
        body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        body.setFocus()

    def _connect(self) -> None:
        self.desk.going.connect(self.show_page)
        self.attention.place_asked.connect(self.lead_to)
        self.sidebar.chosen.connect(self.show_page)
        self.sidebar.chosen.connect(lambda _place: self.pages.give_keys(to_type=True))
        self.sidebar.fold_asked.connect(self.fold_sidebar)
        self.header.log.clicked.connect(self.toggle_log)
        self.log.close_asked.connect(self.toggle_log)
        self._theme.changed.connect(lambda: self.header.show_choice(self._theme.choice))
        self._room.link_changed.connect(self._show_link)
        self._room.engine_changed.connect(self._show_title)
        self._show_link()
        self.header.show_choice(self._theme.choice)
        self.sidebar.show_machine(self._room.session.machine)

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(first_size(self.screen().availableGeometry().size()))
        place = str(self._settings.value("page", Place.SERVE))
        self.show_page(Place(place) if place in self.pages.places else Place.SERVE)
        self.show_log(on=self._settings.value("log", "false") in {True, "true"})
        self._fit_sidebar()

    def _fit_sidebar(self) -> None:
        self.sidebar.show_folded(on=self._folded or self.width() < ROOMY_PX)

    def _show_link(self) -> None:
        self.header.show_link(self._room.link)
        self._show_title()

    def _show_title(self, _engine_id: str = "") -> None:
        self.setWindowTitle(window_title(self._room))
