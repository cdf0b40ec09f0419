"""What goes on while nobody looks at the window: the icon in the tray, words on the desktop, no sleep."""

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QGuiApplication

from engineroom_ui.shell.awake import StayAwake
from engineroom_ui.shell.notifier import Notifier
from engineroom_ui.shell.preferences import Preferences, Wish
from engineroom_ui.shell.tray import Tray
from engineroom_ui.shell.window import MainWindow
from engineroom_ui.state.room import Room
from engineroom_ui.widgets.clock import DrawClock

_TOLD = "told_of_tray"


class Background(QObject):
    """Ties them to the window. Closing hides only while there is an icon to press."""

    def __init__(self, window: MainWindow, clock: DrawClock, room: Room, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._settings: QSettings = window.desk.settings
        self._preferences = preferences
        self.tray = Tray(clock, room, self)
        self.notifier = Notifier(window, self.tray, room, preferences)
        self.awake = StayAwake(room, preferences, self)
        self.awake.refused.connect(self._tell_of_sleep)
        window.hides = self._hides
        window.hidden.connect(self._tell_once)
        self.tray.open_asked.connect(window.bring_up)
        self.tray.quit_asked.connect(window.quit)
        # On X the tray may come later, as it does when this starts with the session; the icon goes into it then.
        if Tray.possible() or QGuiApplication.platformName() == "xcb":
            self.tray.show()

    def end(self) -> None:
        """Nothing goes on without the window."""
        self.tray.hide()
        self.awake.release()

    def _hides(self) -> bool:
        return self.tray.shown and self._preferences.wants(Wish.CLOSE_HIDES)

    def _tell_of_sleep(self, why: str) -> None:
        text = self.tr("This computer may fall asleep while a model is served, for it could not be kept awake: {why}")
        self._window.attention.remark(text.format(why=why))

    def _tell_once(self) -> None:
        if self._settings.value(_TOLD, "false") in {True, "true"}:
            return
        self._settings.setValue(_TOLD, "true")
        text = self.tr("Press the icon to open the window again; its menu has Quit. Engines go on either way.")
        # With a picture of its own, or some trays put that of a message in the place of the icon.
        self.tray.icon.showMessage(self.tr("Engineroom stays in the tray"), text, self.tray.icon.icon())
