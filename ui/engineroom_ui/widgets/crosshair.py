"""The one moment that all charts point at."""

from PySide6.QtCore import QObject, Signal


class Crosshair(QObject):
    """An age in seconds, or None when nobody points.

    Signals:
        moved: ``age_s`` is another.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.age_s: float | None = None

    def point(self, age_s: float | None) -> None:
        """Point at a moment so long ago."""
        if age_s != self.age_s:
            self.age_s = age_s
            self.moved.emit()
