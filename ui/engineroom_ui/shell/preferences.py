"""What the window does by itself, as the person wants it: kept beside its geometry."""

from enum import StrEnum

from PySide6.QtCore import QObject, QSettings, Signal


class Wish(StrEnum):
    """A switch. The value is its name in the settings."""

    CLOSE_HIDES = "close_hides"
    """Closing the window leaves the icon in the tray, where there is one."""
    NOTIFY = "notify"
    """Say when long work ends while the window is not looked at."""
    STAY_AWAKE = "stay_awake"
    """No sleep while an engine serves."""


_DEFAULTS = {Wish.CLOSE_HIDES: True, Wish.NOTIFY: True, Wish.STAY_AWAKE: False}


class Preferences(QObject):
    """The switches.

    Signals:
        changed: one of them is another.
    """

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def wants(self, wish: Wish) -> bool:
        """Whether a switch is on."""
        return self._settings.value(str(wish), _DEFAULTS[wish]) in {True, "true"}

    def turn(self, wish: Wish, *, on: bool) -> None:
        """Turn a switch, also for the next start."""
        if on != self.wants(wish):
            self._settings.setValue(str(wish), on)
            self.changed.emit()
