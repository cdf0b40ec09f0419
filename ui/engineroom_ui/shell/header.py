"""The bar at the top: the name, the pages, whether the engine room answers, and the few buttons of the window."""

from enum import StrEnum

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from engineroom_ui.link.session import LinkView, Phase
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, IconButton, StateLabel, label
from engineroom_ui.widgets.segments import Segments

_ICONS = {Choice.SYSTEM: "system", Choice.LIGHT: "sun", Choice.DARK: "moon"}


class Place(StrEnum):
    """The pages of the window."""

    SERVE = "serve"
    MODELS = "models"
    PLAN = "plan"
    MONITOR = "monitor"


class Header(QFrame):
    """Only shows; the window connects the buttons."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Header")
        self._theme = theme
        self._mark = QLabel()
        self._version = label(role="Muted", points=SMALL_PT)
        self.places = Segments(
            self.tr("Page"),
            [
                (Place.SERVE, self.tr("Serve")),
                (Place.MODELS, self.tr("Models")),
                (Place.PLAN, self.tr("Plan")),
                (Place.MONITOR, self.tr("Monitor")),
            ],
            role="Tab",
            points=BODY_PT,
            gap_px=4,
        )
        self.state = StateLabel(theme)
        self.log = IconButton(theme, "log", self.tr("Show the log"))
        self.log.setCheckable(True)
        self.theme = IconButton(theme, "system", self.tr("Colours"))
        self.menu = IconButton(theme, "menu", self.tr("Menu"))
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(label(self.tr("Engineroom"), points=TITLE_PT + 1, strong=True))
        row.addSpacing(16)
        row.addWidget(self.places)
        row.addStretch(1)
        row.addWidget(self.state)
        row.addWidget(self._version)
        row.addSpacing(8)
        row.addWidget(self.log)
        row.addWidget(self.theme)
        row.addWidget(self.menu)
        theme.changed.connect(self._draw)
        self._draw()

    def show_link(self, view: LinkView) -> None:
        """Whether the engine room answers."""
        word, ink = {
            Phase.SEARCHING: (self.tr("Connecting"), "idle"),
            Phase.CONNECTING: (self.tr("Connecting"), "accent"),
            Phase.STARTING: (self.tr("Starting"), "accent"),
            Phase.CONNECTED: (self.tr("Connected"), "ok"),
            Phase.LOST: (self.tr("Connection lost"), "bad"),
            Phase.ABSENT: (self.tr("Not running"), "warn"),
            Phase.REFUSED: (self.tr("Not compatible"), "bad"),
            Phase.START_FAILED: (self.tr("Did not start"), "bad"),
        }[view.phase]
        self.state.show_state(word, ink)
        self._version.setText(view.hello.version if view.hello is not None else "")

    def show_choice(self, choice: Choice) -> None:
        """What the colours follow."""
        name = {
            Choice.SYSTEM: self.tr("Colours: as the system"),
            Choice.LIGHT: self.tr("Colours: light"),
            Choice.DARK: self.tr("Colours: dark"),
        }[choice]
        self.theme.show_icon(_ICONS[choice])
        self.theme.rename(name)

    def show_menu(self, menu: QMenu) -> None:
        """The menu behind the last button."""
        self.menu.setMenu(menu)

    def _draw(self) -> None:
        self._mark.setPixmap(pixmap("engineroom", "#000000", 24))
