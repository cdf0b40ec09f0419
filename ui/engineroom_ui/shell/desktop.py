"""The life of the desktop program: one application, one window, an orderly end."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

from engineroom import __version__
from engineroom_ui.link.daemon import Local, serve_command
from engineroom_ui.link.http import HttpClient
from engineroom_ui.link.remote import Remote
from engineroom_ui.link.session import Session
from engineroom_ui.shell.autostart import window_command
from engineroom_ui.shell.crash import Hooks, SignalWatch
from engineroom_ui.shell.first_run import FirstRun
from engineroom_ui.shell.places import known_hosts, settings
from engineroom_ui.shell.rest import Rest
from engineroom_ui.shell.single_instance import SingleInstance
from engineroom_ui.shell.window import MainWindow
from engineroom_ui.state.room import Room
from engineroom_ui.text import language
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.clock import DrawClock

if TYPE_CHECKING:
    from engineroom_ui.shell.background import Background


class Desktop(QObject):
    """Everything the window needs, made in order and taken down in the opposite order."""

    def __init__(self, app: QApplication, command: list[str] | None = None, *, target: str = "") -> None:
        super().__init__()
        self._begun = False
        self.settings = settings()
        self._spoken = language.speak(language.chosen(str(self.settings.value(language.SETTING, ""))))
        self.theme = Theme(app, _choice(str(self.settings.value("colours", Choice.SYSTEM))))
        self.client = HttpClient(self)
        where = Remote(target, known_hosts()) if target else Local(command if command is not None else serve_command())
        self.session = Session(self.client, where, self)
        self.room = Room(self.client, self.session, self)
        self.clock = DrawClock(self)
        self.window = MainWindow(self.theme, self.clock, self.room, self.settings)
        self.again = False
        self.window.painted.connect(self._begin)
        self.window.attention.relaunch_asked.connect(self._relaunch)
        self.window.desk.reopen_asked.connect(self._relaunch)
        self.first_run = FirstRun(self.window, self.clock, self.room)
        self.rest = Rest(self.window, self.clock, self.session)
        self._background: Background | None = None

    @property
    def background(self) -> "Background":
        """What goes on while nobody looks; made after the first paint, for nobody needs it before."""
        if self._background is None:
            from engineroom_ui.shell.background import Background  # noqa: PLC0415

            self._background = Background(self.window, self.clock, self.room, self.window.desk.preferences)
        return self._background

    def show(self, *, hidden: bool = False) -> None:
        """Show the window, or only its icon; the daemon is looked for after the first paint.

        Where there is no tray to show an icon in, ``hidden`` makes a window that is minimised.
        """
        if not hidden:
            self.window.show()
        elif self.background.tray.shown:
            self._begin()
        else:
            self.window.showMinimized()
            self._begin()

    def say_earlier_crash(self, hooks: Hooks) -> None:
        """Tell of a window that died, once, and where its note is."""
        note = hooks.put_away_earlier()
        if note is not None:
            text = self.tr("This window ended unexpectedly last time; nothing else was harmed. The note is in {path}.")
            write = self.window.menus.write_support
            self.window.attention.offer(text.format(path=str(note)), self.tr("Write a support file"), write)

    def close(self) -> None:
        """Let go of the daemon and of everything of Qt's."""
        if self._background is not None:
            self._background.end()
        self.clock.stop()
        self.session.close()
        self.window.pages.let_go()
        self.first_run.let_go()
        self.client.close()
        self.window.end_soon()
        self.window.close()
        language.be_silent(self._spoken)

    def _relaunch(self) -> None:
        self.again = True
        self.window.quit()

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            _ = self.background
            self.session.open()
            self.clock.start()


def start(arguments: list[str], *, hidden: bool = False, target: str = "") -> int:
    """Run the window until it is closed; the exit code.

    ``hidden`` shows only the icon in the tray; ``target`` is another computer, as ``ssh`` takes it.
    """
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("engineroom")
    app.setApplicationDisplayName("Engineroom")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("engineroom")
    instance = SingleInstance(target)
    if not instance.claim():
        return 0
    hooks = Hooks()
    hooks.install()
    desktop = Desktop(app, target=target)
    hooks.surprised.connect(desktop.window.attention.surprise)
    desktop.say_earlier_crash(hooks)
    instance.raise_asked.connect(desktop.window.bring_up)
    # A dialog closed over a hidden window must not end the program; the window says when it is over.
    app.setQuitOnLastWindowClosed(False)
    desktop.window.closed.connect(app.quit)
    app.commitDataRequest.connect(desktop.window.end_soon)
    watch = SignalWatch(desktop.window.quit)
    if not hidden:
        desktop.first_run.show_once()
    desktop.show(hidden=hidden)
    code = app.exec()
    watch.remove()
    desktop.close()
    instance.close()
    hooks.remove()
    if desktop.again:
        program, *options = window_command()
        QProcess.startDetached(program, [*options, *(["--connect", target] if target else [])])
    return code


def _choice(text: str) -> Choice:
    return Choice(text) if text in set(Choice) else Choice.SYSTEM
