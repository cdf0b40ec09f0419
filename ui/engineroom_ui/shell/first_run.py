"""The first steps, shown once where pages stand; later from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engineroom_ui.shell.registry import Place

if TYPE_CHECKING:
    from engineroom_ui.pages.welcome import WelcomePage
    from engineroom_ui.shell.window import MainWindow
    from engineroom_ui.state.room import Room
    from engineroom_ui.widgets.clock import DrawClock

_SHOWN = "welcomed"


class FirstRun(QObject):
    """Shows the page Welcome, and ties it to the page Serve, which does what it asks for."""

    def __init__(self, window: MainWindow, clock: DrawClock, room: Room) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._room = room
        self.page: WelcomePage | None = None
        window.menus.welcome_asked.connect(self.show)

    @property
    def due(self) -> bool:
        """Whether this person has not seen it yet."""
        return self._window.desk.settings.value(_SHOWN, "false") not in {True, "true"}

    def show_once(self) -> None:
        """At the first start; never again by itself, however it is left."""
        if self.due:
            self.show()

    def show(self) -> None:
        """From its first step."""
        window = self._window
        window.desk.settings.setValue(_SHOWN, "true")
        if self.page is None:
            self.page = self._made()
            window.pages.addWidget(self.page)
        self.page.show_step(0)
        window.pages.setCurrentWidget(self.page)
        window.sidebar.show_place(None)
        window.header.show_title(self.tr("Welcome"))

    def let_go(self) -> None:
        """Before the window ends."""
        if self.page is not None:
            self.page.let_go()

    def _made(self) -> WelcomePage:
        # Most starts never show it.
        from engineroom_ui.pages.welcome import WelcomePage  # noqa: PLC0415
        from engineroom_ui.pages.welcome_steps import PickStep  # noqa: PLC0415

        window, home = self._window, self._window.home
        theme = window.desk.theme
        pick = PickStep(theme, self._room, home.offers)
        made = WelcomePage(theme, self._clock, self._room, pick)
        pick.taken.connect(home.offers.take)
        pick.serve_asked.connect(home.open_at)
        home.offers.errands.begun_serving.connect(pick.begun)
        made.ended.connect(lambda: window.show_page(Place.SERVE))
        made.place_asked.connect(lambda place, what: window.show_page(Place(place), what))
        return made
