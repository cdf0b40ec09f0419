"""The bar over the page: its name, whether the engine room answers, and the few buttons of the window."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from engineroom_ui.link.session import LinkView, Phase
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, IconButton, StateLabel, label

CHOICE_ICONS = {
    Choice.SYSTEM: "system",
    Choice.LIGHT: "sun",
    Choice.DARK: "moon",
    Choice.CONTRAST_LIGHT: "contrast",
    Choice.CONTRAST_DARK: "contrast",
}


class Header(QFrame):
    """Only shows; the window connects the buttons."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Header")
        self._title = label(points=TITLE_PT + 2, strong=True)
        self._version = label(role="Muted", points=SMALL_PT)
        self.state = StateLabel(theme)
        self.log = IconButton(theme, "log", self.tr("Show the log"))
        self.log.setCheckable(True)
        self.theme = IconButton(theme, "system", self.tr("Colours"))
        self.menu = IconButton(theme, "menu", self.tr("Menu"))
        for button in (self.theme, self.menu):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.state)
        row.addWidget(self._version)
        row.addSpacing(8)
        row.addWidget(self.log)
        row.addWidget(self.theme)
        row.addWidget(self.menu)

    @property
    def title(self) -> str:
        """The name of the page shown."""
        return self._title.text()

    def show_title(self, title: str) -> None:
        """Another page is shown."""
        self._title.setText(title)

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
        self.theme.show_icon(CHOICE_ICONS[choice])
        self.theme.rename(self.tr("Colours: {choice}").format(choice=self.choice_name(choice)))

    def choice_name(self, choice: Choice) -> str:
        """What a choice of colours is called."""
        return {
            Choice.SYSTEM: self.tr("as the system"),
            Choice.LIGHT: self.tr("light"),
            Choice.DARK: self.tr("dark"),
            Choice.CONTRAST_LIGHT: self.tr("high contrast, light"),
            Choice.CONTRAST_DARK: self.tr("high contrast, dark"),
        }[choice]
