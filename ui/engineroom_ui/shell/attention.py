"""Decides what the one line under the header says, and what its one button does."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from engineroom.contract.control import ProblemView
from engineroom_ui.link.http import Failure
from engineroom_ui.link.session import Phase
from engineroom_ui.state.room import Room
from engineroom_ui.text import problems
from engineroom_ui.widgets.banner import Banner


class Attention(QObject):
    """The relation to the daemon comes first, then a refused command, then the daemon's notices, then surprises."""

    def __init__(self, banner: Banner, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._room = room
        self._refusal: ProblemView | None = None
        self._surprise = ""
        self._read: set[str] = set()
        self._action: Callable[[], None] | None = None
        banner.pressed.connect(self._press)
        banner.dismissed.connect(self._dismiss)
        room.link_changed.connect(self.show)
        room.notices_changed.connect(self.show)
        room.refused.connect(self._refused)
        room.engine_changed.connect(self._forgive)
        self.show()

    def surprise(self, text: str) -> None:
        """An exception nobody expected."""
        self.remark(self.tr("Something unexpected happened in this window: {what}").format(what=text))

    def remark(self, text: str) -> None:
        """Something to be read once, when nothing more important is to be said."""
        self._surprise = text
        self.show()

    def show(self) -> None:
        """Say what matters most now, or nothing."""
        self._action = None
        if self._room.link.phase is not Phase.CONNECTED:
            self._say_link()
        elif self._refusal is not None:
            self._banner.say(problems.sentence(self._refusal).whole, level="bad", closable=True)
        elif unread := [notice for notice in self._room.notices if str(notice) not in self._read]:
            self._banner.say(problems.sentence(unread[0]).whole, level="warn", closable=True)
        elif self._surprise:
            self._banner.say(self._surprise, level="warn", closable=True)
        else:
            self._banner.hide()

    def _say_link(self) -> None:
        view = self._room.link
        session = self._room.session
        if view.phase in {Phase.SEARCHING, Phase.CONNECTING}:
            self._banner.say(self.tr("Connecting to the engine room …"), level="info")
            return
        if view.phase is Phase.STARTING:
            self._banner.say(self.tr("Starting the engine room …"), level="info")
            return
        said = problems.sentence(view.problem) if view.problem is not None else None
        text = said.whole if said is not None else ""
        button, action = self.tr("Start"), session.start_daemon
        if view.phase is Phase.LOST:
            what = said.what if said is not None else ""
            text = self.tr("Connection to the engine room lost. {what} This window reconnects by itself.").format(
                what=what
            )
            button = self.tr("Start again")
        elif view.phase is Phase.START_FAILED:
            button = self.tr("Try again")
        elif view.phase is Phase.REFUSED:
            button, action = self.tr("Restart engine room"), session.restart_daemon
        self._action = action
        self._banner.say(text, level="warn" if view.phase is Phase.ABSENT else "bad", button=button)

    def _press(self) -> None:
        if self._action is not None:
            self._action()

    def _dismiss(self) -> None:
        if self._refusal is not None:
            self._refusal = None
        elif unread := [notice for notice in self._room.notices if str(notice) not in self._read]:
            self._read.add(str(unread[0]))
        else:
            self._surprise = ""
        self.show()

    def _refused(self, failure: Failure) -> None:
        self._refusal = failure.problem
        self.show()

    def _forgive(self, _engine_id: str) -> None:
        if self._refusal is not None:
            self._refusal = None
            self.show()
