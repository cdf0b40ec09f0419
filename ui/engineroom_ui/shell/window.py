"""The main window: header, one line for what needs attention, the page, the log drawer."""

import os
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QMessageBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engineroom import __version__
from engineroom_ui.pages.home import HomePage
from engineroom_ui.pages.models import ModelsPage
from engineroom_ui.pages.monitor import MonitorPage
from engineroom_ui.pages.plan import PlanPage
from engineroom_ui.shell.attention import Attention
from engineroom_ui.shell.header import Header, Place
from engineroom_ui.state.room import Room
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.theme.icons import product_icon
from engineroom_ui.widgets.banner import Banner
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.log_drawer import LogDrawer

MINIMUM = QSize(960, 640)
FIRST_SIZE = QSize(1280, 800)
_DRAWER_PX = 200


class MainWindow(QMainWindow):
    """May be closed or killed at any time; nothing but its geometry is lost.

    Signals:
        painted: the first paint is done; what is slow may begin.
    """

    painted = Signal()

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, settings: QSettings) -> None:
        super().__init__()
        self._theme = theme
        self._room = room
        self._settings = settings
        self._was_painted = False
        self.setWindowTitle(self.tr("Engineroom"))
        self.setWindowIcon(product_icon())
        self.setMinimumSize(MINIMUM)
        self.header = Header(theme)
        self.banner = Banner(theme)
        self.home = HomePage(theme, clock, room, model_id=str(settings.value("model", "")))
        self.models = ModelsPage(theme, clock, room, shelf=str(settings.value("shelf", "")))
        self.plan = PlanPage(theme, clock, room, model=str(settings.value("planned", "")))
        self.monitor = MonitorPage(theme, clock, room, span_s=str(settings.value("span", "")))
        self.log = LogDrawer(theme, clock, room.log)
        self._build()
        self.attention = Attention(self.banner, room, self)
        self._build_menu()
        self._connect()
        self._restore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("log", self.log.isVisible())
        self._settings.sync()
        super().closeEvent(event)

    def bring_up(self, activation_token: str = "") -> None:
        """Show this window in front of others; on Wayland only the token of who asked allows it."""
        if activation_token:
            os.environ["XDG_ACTIVATION_TOKEN"] = activation_token
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_log(self, *, on: bool) -> None:
        """Open or close the log drawer."""
        self.log.setVisible(on)
        self.header.log.setChecked(on)
        self.header.log.rename(self.tr("Hide the log") if on else self.tr("Show the log"))
        self.log.draw()

    def show_page(self, place: Place) -> None:
        """Another page, also at the next start."""
        self.header.places.show_choice(place)
        self._pages.setCurrentIndex(list(Place).index(place))
        self._settings.setValue("page", str(place))

    def choose_colours(self, choice: Choice) -> None:
        """Follow the system or keep to one theme, also at the next start."""
        self._theme.choose(choice)
        self._settings.setValue("colours", str(choice))
        self.header.show_choice(choice)

    def _build(self) -> None:
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.home)
        self._pages.addWidget(self.models)
        self._pages.addWidget(self.plan)
        self._pages.addWidget(self.monitor)
        self._split.addWidget(self._pages)
        self._split.addWidget(self.log)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([FIRST_SIZE.height() - _DRAWER_PX, _DRAWER_PX])
        self.log.setMinimumHeight(120)
        body = QWidget()
        body.setObjectName("PageBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self._split, 1)
        self.setCentralWidget(body)
        # The page has the keyboard first, so that no button looks pressed before anything happened.
        body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        body.setFocus()

    def _build_menu(self) -> None:
        menu = QMenu(self)
        self._action(menu, self.tr("Page S&erve"), "Ctrl+1", lambda: self.show_page(Place.SERVE))
        self._action(menu, self.tr("Page Mo&dels"), "Ctrl+2", lambda: self.show_page(Place.MODELS))
        self._action(menu, self.tr("Page &Plan"), "Ctrl+3", lambda: self.show_page(Place.PLAN))
        self._action(menu, self.tr("Page &Monitor"), "Ctrl+4", lambda: self.show_page(Place.MONITOR))
        menu.addSeparator()
        self._action(menu, self.tr("&Serve or stop"), "Ctrl+Return", self.home.press_serve)
        self._action(menu, self.tr("&Copy the address"), "Ctrl+Shift+C", self.home.serve.address.copy)
        self._action(menu, self.tr("&New chat"), "Ctrl+N", self._new_chat)
        self._action(menu, self.tr("&Ask"), "Ctrl+K", self._ask)
        menu.addSeparator()
        self._action(menu, self.tr("Show or hide the &log"), "Ctrl+L", self._toggle_log)
        self._action(menu, self.tr("Change c&olours"), "Ctrl+T", self._next_colours)
        menu.addSeparator()
        self._action(menu, self.tr("A&bout Engineroom"), "F1", self._about)
        self._action(menu, self.tr("&Quit"), "Ctrl+Q", self.close)
        self.header.show_menu(menu)
        self._action(None, self.tr("Menu"), "F10", self._open_menu)

    def _action(self, menu: QMenu | None, text: str, keys: str, then: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(then)
        # The menu is behind a button, and the shortcuts must work while it is closed.
        self.addAction(action)
        if menu is not None:
            menu.addAction(action)

    def _connect(self) -> None:
        self.header.places.chosen.connect(self.show_page)
        self.header.log.clicked.connect(self._toggle_log)
        self.header.theme.clicked.connect(self._next_colours)
        self.log.close_asked.connect(self._toggle_log)
        self.home.model_chosen.connect(lambda model_id: self._settings.setValue("model", model_id))
        self.models.serve_asked.connect(self._serve)
        self.models.plan_asked.connect(self._plan)
        self.models.shelf_chosen.connect(lambda shelf: self._settings.setValue("shelf", shelf))
        self.plan.model_chosen.connect(lambda model: self._settings.setValue("planned", model))
        self.monitor.span_chosen.connect(lambda span_s: self._settings.setValue("span", span_s))
        self._room.link_changed.connect(self._show_link)
        self._room.engine_changed.connect(self._show_title)
        self._show_link()
        self.header.show_choice(self._theme.choice)

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(FIRST_SIZE)
        if (place := self._settings.value("page")) in set(Place):
            self.show_page(Place(str(place)))
        self.show_log(on=self._settings.value("log", "false") in {True, "true"})

    def _show_link(self) -> None:
        self.header.show_link(self._room.link)
        self._show_title()

    def _show_title(self, _engine_id: str = "") -> None:
        model = self.home.model
        word = self.home.serve.state_word
        title = self.tr("Engineroom")
        if model is not None and self._room.live:
            title = self.tr("{model}: {state} – Engineroom").format(model=model.name, state=word)  # noqa: RUF001
        self.setWindowTitle(title)

    def _toggle_log(self) -> None:
        self.show_log(on=not self.log.isVisible())

    def _next_colours(self) -> None:
        order = list(Choice)
        self.choose_colours(order[(order.index(self._theme.choice) + 1) % len(order)])

    def _serve(self, model_id: str) -> None:
        self.show_page(Place.SERVE)
        self.home.serve_model(model_id)

    def _plan(self, model: str) -> None:
        self.show_page(Place.PLAN)
        self.plan.question.model_picked.emit(model)

    def _ask(self) -> None:
        self.show_page(Place.SERVE)
        self.home.chat.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _new_chat(self) -> None:
        self.show_page(Place.SERVE)
        self.home.chat.clear()

    def _open_menu(self) -> None:
        self.header.menu.showMenu()

    def _about(self) -> None:
        text = self.tr("Engineroom {version}\n\nSees the machine, serves a model, shows what it costs.").format(
            version=__version__
        )
        QMessageBox.about(self, self.tr("About Engineroom"), text)
