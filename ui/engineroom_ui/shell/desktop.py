"""The life of the desktop program: one application, one window, an orderly end."""

import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from engineroom import __version__
from engineroom_ui.link.daemon import serve_command
from engineroom_ui.link.http import HttpClient
from engineroom_ui.link.session import Session
from engineroom_ui.shell.crash import Hooks, SignalWatch
from engineroom_ui.shell.places import settings
from engineroom_ui.shell.single_instance import SingleInstance
from engineroom_ui.shell.window import MainWindow
from engineroom_ui.state.room import Room
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.clock import DrawClock


class Desktop(QObject):
    """Everything the window needs, made in order and taken down in the opposite order."""

    def __init__(self, app: QApplication, command: list[str] | None = None) -> None:
        super().__init__()
        self.settings = settings()
        self.theme = Theme(app, _choice(str(self.settings.value("colours", Choice.SYSTEM))))
        self.client = HttpClient(self)
        self.session = Session(self.client, command if command is not None else serve_command(), self)
        self.room = Room(self.client, self.session, self)
        self.clock = DrawClock(self)
        self.window = MainWindow(self.theme, self.clock, self.room, self.settings)
        self.window.painted.connect(self._painted)

    def show(self) -> None:
        """Show the window; the daemon is looked for after the first paint."""
        self.window.show()

    def say_earlier_crash(self, hooks: Hooks) -> None:
        """Tell of a window that died, once, and where its note is."""
        note = hooks.put_away_earlier()
        if note is not None:
            text = self.tr("This window ended unexpectedly last time; nothing else was harmed. The note is in {path}.")
            self.window.attention.remark(text.format(path=str(note)))

    def close(self) -> None:
        """Let go of the daemon and of everything of Qt's."""
        self.clock.stop()
        self.session.close()
        self.window.home.chat.clear()
        self.window.close()

    def _painted(self) -> None:
        self.session.open()
        self.clock.start()


def start(arguments: list[str]) -> int:
    """Run the window until it is closed; the exit code."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("engineroom")
    app.setApplicationDisplayName("Engineroom")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("engineroom")
    instance = SingleInstance()
    if not instance.claim():
        return 0
    hooks = Hooks()
    hooks.install()
    desktop = Desktop(app)
    hooks.surprised.connect(desktop.window.attention.surprise)
    desktop.say_earlier_crash(hooks)
    instance.raise_asked.connect(desktop.window.bring_up)
    watch = SignalWatch(desktop.window.close)
    desktop.show()
    code = app.exec()
    watch.remove()
    desktop.close()
    instance.close()
    hooks.remove()
    return code


def _choice(text: str) -> Choice:
    return Choice(text) if text in set(Choice) else Choice.SYSTEM
