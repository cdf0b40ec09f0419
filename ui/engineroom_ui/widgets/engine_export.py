"""Exporting an engine: ask where, and let the daemon write it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget


class EngineExport(QObject):
    """The dialog does not stop the window.

    Args:
        export: called with the engine and the path.
    """

    def __init__(self, export: Callable[[str, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._export = export
        self._owner = parent
        self.dialog: QFileDialog | None = None

    def ask(self, engine: str) -> None:
        """Ask for the name of the tar file."""
        dialog = QFileDialog(self._owner, self.tr("Export the engine"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("tar")
        dialog.selectFile(f"{engine}.tar")
        dialog.fileSelected.connect(lambda path: self._export(engine, path))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
