"""A question before something that cannot be undone. It does not stop the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from engineroom_ui.widgets.controls import dress


class Confirm(QObject):
    """One question at a time; Cancel is the default."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self.box: QMessageBox | None = None
        self.yes: QPushButton | None = None

    def ask(self, text: str, deed: str, then: Callable[[], object], *, more: str = "") -> None:
        """Ask; ``then`` is called if the person presses ``deed``. ``more`` says what that means."""
        box = QMessageBox(self._owner)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(deed)
        box.setText(text)
        box.setInformativeText(more)
        box.addButton(QMessageBox.StandardButton.Cancel)
        do = box.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        do.clicked.connect(lambda _on=False: then())
        box.finished.connect(box.deleteLater)
        dress(box)
        self.box, self.yes = box, do
        box.open()
