"""The menus of the window, and every shortcut."""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QObject, QProcess, Qt, Signal, qVersion
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox

from engineroom import __version__
from engineroom_ui.shell.autostart import window_command
from engineroom_ui.shell.habits import HabitsMenu
from engineroom_ui.shell.header import CHOICE_ICONS
from engineroom_ui.shell.registry import Page, Place
from engineroom_ui.shell.support import SupportFile
from engineroom_ui.theme.apply import Choice
from engineroom_ui.widgets.controls import dress

ICON_PX = 64
_TITLE = "<span style='font-size: 15pt; font-weight: 600'>{}</span>"

if TYPE_CHECKING:
    from engineroom_ui.shell.window import MainWindow


class Menus(QObject):
    """Two menus behind buttons of the header; their shortcuts are the window's.

    Signals:
        welcome_asked: the first steps, once more.
    """

    welcome_asked = Signal()

    def __init__(self, window: MainWindow, pages: Sequence[Page]) -> None:
        super().__init__(window)
        self._window = window
        self.main = QMenu(window)
        self.colours = QMenu(window)
        self.support = SupportFile(self)
        self.support.written.connect(self._support_written)
        self.support.failed.connect(self._support_failed)
        self.habits = HabitsMenu(window.desk.preferences, window)
        self.habits.failed.connect(window.attention.reply)
        self._build_main(pages)
        self._build_colours()
        window.header.menu.setMenu(self.main)
        window.header.theme.setMenu(self.colours)
        window.action(self.tr("Menu"), "F10", window.header.menu.showMenu)

    def connect_other(self) -> None:
        """Ask which computer; a window of its own opens on it."""
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Connect to another computer"))
        dialog.setLabelText(self.tr("Its name, as ssh takes it: host or user@host"))
        dialog.setOkButtonText(self.tr("Connect"))
        dialog.textValueSelected.connect(self._open_other)
        dress(dialog)
        dialog.open()

    def write_support(self) -> None:
        """Ask where the support file is to lie, and write it there."""
        dialog = QFileDialog(self._window, self.tr("Write a support file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.setDirectory(QDir.homePath())
        dialog.selectFile(f"engineroom-support-{time.strftime('%Y%m%d-%H%M%S')}.zip")
        dialog.fileSelected.connect(lambda path: self.support.write(Path(path)))
        dialog.open()

    def about(self) -> None:
        """What this is."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About Engineroom"))
        box.setText(_TITLE.format(self.tr("Engineroom {version}").format(version=__version__)))
        does = self.tr("Sees the machine, serves a model, shows what it costs.")
        parts = self.tr("Licence: Apache 2.0. Made with Qt {qt} (LGPL 3) and Python {python}.")
        box.setInformativeText(f"{does}\n\n{parts.format(qt=qVersion(), python=platform.python_version())}")
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setIconPixmap(self._window.windowIcon().pixmap(ICON_PX))
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        dress(box)
        # Not by QMessageBox.about: that waits in a loop of its own, and nothing here waits.
        box.open()

    def serve_or_stop(self) -> None:
        """The big button of the page Serve."""
        self._window.home.press_serve()

    def copy_address(self) -> None:
        """The address for clients, to the clipboard."""
        self._window.home.serve.address.copy()

    def ask(self) -> None:
        """The keyboard to the chat."""
        self._window.show_page(Place.CHAT)
        self._window.chat.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def new_chat(self) -> None:
        """An empty chat."""
        self._window.show_page(Place.CHAT)
        self._window.chat.new()

    def next_colours(self) -> None:
        """The next of the choices."""
        order = list(Choice)
        now = order.index(self._window.desk.theme.choice)
        self._window.choose_colours(order[(now + 1) % len(order)])

    def _support_written(self, path: str) -> None:
        text = self.tr("The support file is {path}. Secrets are taken out; look into it before you pass it on.")
        self._window.attention.reply(text.format(path=path))

    def _support_failed(self, why: str) -> None:
        text = self.tr("The support file could not be written: {why}")
        self._window.attention.reply(text.format(why=why), level="warn")

    def _open_other(self, target: str) -> None:
        if target := target.strip().lstrip("-"):
            program, *options = window_command()
            QProcess.startDetached(program, [*options, "--connect", target])

    def _build_main(self, pages: Sequence[Page]) -> None:
        menu, window = self.main, self._window
        for number, page in enumerate(pages, start=1):
            title = QCoreApplication.translate("pages", page.title)
            menu.addAction(window.action(title, f"Ctrl+{number}", partial(window.show_page, page.place)))
        menu.addSeparator()
        menu.addAction(window.action(self.tr("&Serve or stop"), "Ctrl+Return", self.serve_or_stop))
        menu.addAction(window.action(self.tr("&Copy the address"), "Ctrl+Shift+C", self.copy_address))
        menu.addAction(window.action(self.tr("&New chat"), "Ctrl+N", self.new_chat))
        menu.addAction(window.action(self.tr("&Ask"), "Ctrl+K", self.ask))
        menu.addSeparator()
        menu.addAction(window.action(self.tr("Show or hide the &log"), "Ctrl+L", window.toggle_log))
        menu.addAction(window.action(self.tr("Fold the s&idebar"), "Ctrl+B", window.fold_sidebar))
        menu.addAction(window.action(self.tr("Change c&olours"), "Ctrl+T", self.next_colours))
        menu.addAction(window.action(self.tr("Connect to another co&mputer …"), "Ctrl+Shift+O", self.connect_other))
        menu.addMenu(self.habits.menu)
        menu.addSeparator()
        menu.addAction(window.action(self.tr("Write a support &file …"), "Ctrl+Shift+S", self.write_support))
        menu.addAction(window.action(self.tr("Firs&t steps"), "Ctrl+Shift+F", self.welcome_asked.emit))
        menu.addAction(window.action(self.tr("Abo&ut Engineroom"), "F1", self.about))
        menu.addAction(window.action(self.tr("&Quit"), "Ctrl+Q", window.quit))

    def _build_colours(self) -> None:
        group = QActionGroup(self.colours)
        for choice in Choice:
            name = self._window.header.choice_name(choice)
            action = self.colours.addAction(name[:1].upper() + name[1:])
            action.setCheckable(True)
            action.setData(str(choice))
            action.triggered.connect(lambda _on, choice=choice: self._window.choose_colours(choice))
            group.addAction(action)
        self.colours.aboutToShow.connect(self._show_choice)

    def _show_choice(self) -> None:
        theme = self._window.desk.theme
        for action in self.colours.actions():
            choice = Choice(action.data())
            action.setChecked(choice is theme.choice)
            action.setIcon(theme.icon(CHOICE_ICONS[choice]))
