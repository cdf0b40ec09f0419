"""The one clock everything that moves is drawn on."""

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 250
REST_MS = 2000
"""Between two ticks while nobody looks: what is drawn then is the tip of the icon in the tray."""


class DrawClock(QObject):
    """Four ticks a second once started.

    Signals:
        tick: whoever is visible and has something new draws it now.
    """

    tick = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def interval_ms(self) -> int:
        """Between two ticks now."""
        return self._timer.interval()

    def start(self) -> None:
        """Begin; called after the first paint."""
        self._timer.start()

    def rest(self, *, on: bool) -> None:
        """Tick seldom, or as often as one sees; then at once, for what was left undone."""
        self._timer.setInterval(REST_MS if on else TICK_MS)
        if not on and self._timer.isActive():
            self.tick.emit()

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()
