"""The one clock everything that moves is drawn on."""

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 250


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

    def start(self) -> None:
        """Begin; called after the first paint."""
        self._timer.start()

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()
