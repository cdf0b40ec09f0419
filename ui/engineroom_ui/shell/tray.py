"""The icon in the tray, where there is one: how the room does, and the few things one wants without the window."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from engineroom.contract.control import EngineView
from engineroom_ui.state.condition import Condition, condition, power_w, tokens_per_s
from engineroom_ui.state.room import Room
from engineroom_ui.text import units, words
from engineroom_ui.theme.tray_icon import tray_icon
from engineroom_ui.widgets.clock import DrawClock


class Tray(QObject):
    """Shows; everything in it is in the window too.

    Signals:
        open_asked, quit_asked: from the menu, or a click.
    """

    open_asked = Signal()
    quit_asked = Signal()

    def __init__(self, clock: DrawClock, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._state: Condition | None = None
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self._fill)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        for signal in (room.link_changed, room.engine_changed):
            signal.connect(self._show)
        clock.tick.connect(self._tell)
        self._fill()
        self._show()

    @staticmethod
    def possible() -> bool:
        """Whether this desktop has a tray; without one nothing may hide in it."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def shown(self) -> bool:
        """Whether the icon is where a person can press it."""
        return self.icon.isVisible() and self.possible()

    def show(self) -> None:
        """Put the icon into the tray."""
        self.icon.show()

    def hide(self) -> None:
        """Take it away."""
        self.icon.hide()

    @property
    def lines(self) -> list[str]:
        """What the tool tip says: each engine that does something, then tokens per second and power."""
        room = self._room
        if not room.live:
            return [self.tr("Engineroom"), self.tr("The engine room does not answer.")]
        said = [self.tr("Engineroom")]
        for engine in self._worth_telling():
            word = words.engine_state(engine.state).word
            said.append(self.tr("{model}: {state}").format(model=room.model_name(engine.model_id), state=word))
        figures = []
        if condition(room) is Condition.SERVING and (rate := tokens_per_s(room)) is not None:
            figures.append(units.tokens_per_s(rate))
        if (power := power_w(room)) is not None:
            figures.append(units.watts(power))
        return [*said, " · ".join(figures)] if figures else said

    def _worth_telling(self) -> list[EngineView]:
        return [engine for engine in self._room.engines.values() if not engine.can_start or engine.problem is not None]

    def _show(self, _engine_id: str = "") -> None:
        state = condition(self._room)
        if state is not self._state:
            self._state = state
            self.icon.setIcon(tray_icon(state))
        self._tell()

    def _tell(self) -> None:
        tip = "\n".join(self.lines)
        if tip != self.icon.toolTip():
            self.icon.setToolTip(tip)

    def _fill(self) -> None:
        self.menu.clear()
        self.menu.addAction(self.tr("Open Engineroom"), self.open_asked.emit)
        self.menu.addSeparator()
        room = self._room
        for engine in room.engines.values() if room.live else ():
            name = room.model_name(engine.model_id)
            if engine.can_stop:
                self.menu.addAction(self.tr("Stop {model}").format(model=name), partial(room.stop_engine, engine.id))
            elif engine.can_start:
                self.menu.addAction(self.tr("Serve {model}").format(model=name), partial(room.start_engine, engine.id))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Quit Engineroom"), self.quit_asked.emit)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_asked.emit()
