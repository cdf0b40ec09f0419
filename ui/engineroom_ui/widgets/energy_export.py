"""Saving the energy records: ask where, fetch the bytes, write them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engineroom_ui.link.http import Failure
from engineroom_ui.state.energy import Energy
from engineroom_ui.text import problems
from engineroom_ui.text.details import os_error


class EnergyExport(QObject):
    """The dialog does not stop the window.

    Signals:
        told: how it went, as a sentence.
    """

    told = Signal(str)

    def __init__(self, energy: Energy, parent: QWidget) -> None:
        super().__init__(parent)
        self._energy = energy
        self._owner = parent
        self.dialog: QFileDialog | None = None

    def ask(self) -> None:
        """Ask for the file's name and kind."""
        csv, json = self.tr("Table for a spreadsheet (*.csv)"), self.tr("JSON (*.json)")
        dialog = QFileDialog(self._owner, self.tr("Export the energy records"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([csv, json])
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("json" if chosen == json else "csv"))
        dialog.selectFile("engineroom-energy.csv")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def save(self, name: str) -> None:
        """Fetch the records as the name's ending says and write them there."""
        path = Path(name)
        call = self._energy.export("json" if path.suffix.lower() == ".json" else "csv")
        call.done.connect(lambda body: self._write(path, body))
        call.failed.connect(self._fail)

    def _write(self, path: Path, body: bytes) -> None:
        try:
            path.write_bytes(body)
        except OSError as error:
            text = self.tr("{path} could not be written: {reason}.")
            self.told.emit(text.format(path=str(path), reason=os_error(error)))
        else:
            self.told.emit(self.tr("Saved to {path}.").format(path=str(path)))

    def _fail(self, failure: Failure) -> None:
        text = self.tr("The records could not be read. {why}").format(why=problems.sentence(failure.problem).whole)
        self.told.emit(text)
