"""The menu of what the window does by itself."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from engineroom_ui.shell.autostart import start_with_session, starts_with_session
from engineroom_ui.shell.awake import StayAwake
from engineroom_ui.shell.preferences import Preferences, Wish
from engineroom_ui.shell.tray import Tray
from engineroom_ui.text.details import os_error


class HabitsMenu(QObject):
    """Shows what is so when it opens; what this system cannot do is grey and says why.

    Signals:
        failed: one line about a wish that could not be granted.
    """

    failed = Signal(str)

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.menu = QMenu(self.tr("&By itself"), parent)
        self.menu.setToolTipsVisible(True)
        self.start = self.menu.addAction(self.tr("&Start with the session"))
        self.start.setCheckable(True)
        self.start.triggered.connect(self._start)
        self.hides = self._wish(self.tr("Closing &leaves it in the tray"), Wish.CLOSE_HIDES)
        self.notify = self._wish(self.tr("&Tell when long work ends"), Wish.NOTIFY)
        self.awake = self._wish(self.tr("Stay a&wake while a model is served"), Wish.STAY_AWAKE)
        self.menu.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is so."""
        self.start.setChecked(starts_with_session())
        for action, wish in ((self.hides, Wish.CLOSE_HIDES), (self.notify, Wish.NOTIFY), (self.awake, Wish.STAY_AWAKE)):
            action.setChecked(self._preferences.wants(wish))
        self._allow(self.hides, Tray.possible(), self.tr("This desktop has no tray."))
        self._allow(self.awake, StayAwake.possible(), self.tr("This needs systemd-inhibit, which is not here."))

    def _wish(self, text: str, wish: Wish) -> QAction:
        action = self.menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda on: self._preferences.turn(wish, on=on))
        return action

    def _start(self, on: bool) -> None:  # noqa: FBT001
        try:
            start_with_session(on=on)
        except OSError as error:
            self.failed.emit(self.tr("Starting with the session could not be set: {why}").format(why=os_error(error)))
        self.refresh()

    @staticmethod
    def _allow(action: QAction, possible: bool, why: str) -> None:  # noqa: FBT001
        action.setEnabled(possible)
        action.setToolTip("" if possible else why)
