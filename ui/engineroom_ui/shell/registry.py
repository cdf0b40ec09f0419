"""What a page of the window is: a place in the sidebar, and how it is made the first time somebody looks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from engineroom_ui.shell.preferences import Preferences
from engineroom_ui.state.room import Room
from engineroom_ui.text.marks import mark
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock


class Place(StrEnum):
    """Every place a page can have, in the order of the sidebar."""

    SERVE = "serve"
    CHAT = "chat"
    MODELS = "models"
    PLAN = "plan"
    ENGINES = "engines"
    CONNECT = "connect"
    MONITOR = "monitor"
    LOGS = "logs"
    SETTINGS = "settings"


GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (mark("sidebar", "Use"), (Place.SERVE, Place.CHAT)),
    (mark("sidebar", "Prepare"), (Place.MODELS, Place.PLAN, Place.ENGINES)),
    (mark("sidebar", "Operate"), (Place.CONNECT, Place.MONITOR, Place.LOGS)),
    ("", (Place.SETTINGS,)),
)
"""Places that stand together under a caption; the last stand at the foot of the sidebar."""


@runtime_checkable
class Opens(Protocol):
    """A page that can be opened on something: a model, an engine, a section."""

    def open_at(self, what: str) -> None:
        """Show ``what``."""


@runtime_checkable
class Leads(Protocol):
    """A page where something may need attention."""

    def lead_to(self, what: str) -> None:
        """Bring ``what`` into view and give it the keyboard; nothing is begun."""


@runtime_checkable
class LetsGo(Protocol):
    """A page that holds something, such as a stream, to be let go of before the window ends."""

    def let_go(self) -> None:
        """Let go of it."""


class Desk(QObject):
    """What pages are made with, and how they reach each other.

    Signals:
        going: another place is wanted, and what is to be shown there (or nothing).
        reopen_asked: the window is to be closed and opened again.
    """

    going = Signal(object, str)
    reopen_asked = Signal()

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, settings: QSettings) -> None:
        super().__init__()
        self.theme = theme
        self.clock = clock
        self.room = room
        self.settings = settings
        self.preferences = Preferences(settings, self)

    def go(self, place: Place, what: str = "") -> None:
        """Show another page; ``what`` goes to its :meth:`Opens.open_at`."""
        self.going.emit(place, what)

    def remembered(self, key: str) -> str:
        """What :meth:`keep` kept, in this window or an earlier one."""
        return str(self.settings.value(key, ""))

    def keep(self, key: str) -> Callable[[object], None]:
        """A slot that remembers what it is given, also at the next start."""
        return lambda value: self.settings.setValue(key, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. ``title`` is marked for the context ``pages``; ``make`` is called once, when it is first looked at."""

    place: Place
    title: str
    icon: str
    make: Callable[[Desk], QWidget]
