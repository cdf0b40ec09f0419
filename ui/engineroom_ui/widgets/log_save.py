"""Saving log lines: ask where, write them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engineroom_ui.text.details import os_error
from engineroom_ui.widgets.log_model import LogModel, as_text


class LogSave(QObject):
    """The dialog does not stop the window.

    Signals:
        told: how it went, as a sentence.
    """

    told = Signal(str)

    def __init__(self, lines: LogModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = lines
        self._owner = parent
        self.dialog: QFileDialog | None = None

    def ask(self, source: str) -> None:
        """Ask for the name of a file for the lines of ``source``, or of all if it is empty."""
        dialog = QFileDialog(self._owner, self.tr("Save the log"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("log")
        dialog.selectFile(f"engineroom-{source or 'all'}.log")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the lines that are listed."""
        try:
            path.write_text("".join(f"{as_text(row)}\n" for row in self._lines.rows), "utf-8")
        except OSError as error:
            text = self.tr("{path} could not be written: {reason}.")
            self.told.emit(text.format(path=str(path), reason=os_error(error)))
        else:
            self.told.emit(self.tr("Saved to {path}.").format(path=str(path)))
