"""How long an engine stays loaded, what its requests wait for and why, and a button that pins it."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import EngineState
from engineroom.contract.routing import RouteView
from engineroom_ui.text import keeping
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.controls import quiet_button
from engineroom_ui.widgets.parts import label


class EngineKeeping(QWidget):
    """Hidden for an engine that nobody has asked for.

    Signals:
        pin_asked: the engine's id, and whether it is to be pinned.
    """

    pin_asked = Signal(str, bool)

    def __init__(self, theme: Theme, clock: DrawClock) -> None:
        super().__init__()
        self._theme = theme
        self._route: RouteView | None = None
        self._stay, self._why = label(role="Muted"), label(role="Muted")
        self._wait = label()
        self.pin = quiet_button("", self._press)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for line in (self._wait, self._stay, self._why):
            line.setWordWrap(True)
            lines.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(lines, 1)
        row.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._draw_pin)
        clock.tick.connect(self._tick)
        self.show_route(None, name="")

    @property
    def told(self) -> list[str]:
        """The sentences shown."""
        return [line.text() for line in (self._wait, self._stay, self._why) if line.text()]

    def show_route(self, route: RouteView | None, *, name: str, name_of: keeping.NameOf = str) -> None:
        """Where the scheduler stands with the engine; ``None`` where nothing is told of it."""
        self._route = route
        self._name, self._name_of = name, name_of
        asked = route is not None and (
            route.state is not EngineState.STOPPED or route.pinned or route.waiting or keeping.why(route)
        )
        self.setVisible(bool(asked))
        self._tick()
        self._draw_pin()

    def _tick(self) -> None:
        route, now_s = self._route, time.time()
        if route is None:
            return
        names = self._name_of
        told = (keeping.wait(route, now_s, names), keeping.stay(route, now_s, names), keeping.why(route, names))
        for line, text in zip((self._wait, self._stay, self._why), told, strict=True):
            if text != line.text():
                line.setText(text)
                line.setAccessibleName(text)
            line.setVisible(bool(text))

    def _draw_pin(self) -> None:
        pinned = self._route is not None and self._route.pinned
        spoken = self.tr("Let go of {model}") if pinned else self.tr("Keep {model} loaded")
        self.pin.setText(self.tr("Unpin") if pinned else self.tr("Pin"))
        self.pin.setAccessibleName(spoken.format(model=self._name))
        self.pin.setToolTip(
            self.tr("It may be unloaded again when it is idle.")
            if pinned
            else self.tr("It is not unloaded for being idle, and makes room for no other.")
        )
        self.pin.setIcon(self._theme.icon("pin", "accent" if pinned else "text_muted"))

    def _press(self) -> None:
        if self._route is not None:
            self.pin_asked.emit(self._route.id, not self._route.pinned)
