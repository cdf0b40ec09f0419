"""The window at rest: while nobody can see it, little is decoded and drawn."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from engineroom_ui.link.session import Session
from engineroom_ui.widgets.clock import DrawClock

_TURNS = {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange}


class Rest(QObject):
    """Follows a window; one that is hidden or minimised rests."""

    def __init__(self, window: QWidget, clock: DrawClock, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._session = session
        self.resting = False
        window.installEventFilter(self)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802
        if event.type() in _TURNS:
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        resting = not self._window.isVisible() or self._window.isMinimized()
        if resting != self.resting:
            self.resting = resting
            self._clock.rest(on=resting)
            self._session.rest(on=resting)
