"""The address other programs use, with a copy button."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, IconButton, label

_SAID_MS = 1600


class AddressField(QFrame):
    """Read-only, selectable, copied with one press."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Field")
        self._line = QLineEdit()
        self._line.setObjectName("Address")
        self._line.setReadOnly(True)
        self._line.setFrame(False)
        self._line.setFont(mono_font(BODY_PT))
        self._line.setAccessibleName(self.tr("Base URL for OpenAI clients"))
        caption = label(self.tr("OpenAI base URL"), role="Muted", points=SMALL_PT)
        caption.setBuddy(self._line)
        self._copy = IconButton(theme, "copy", self.tr("Copy the address"))
        self._copy.clicked.connect(self.copy)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(self._unsay)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 4, 3)
        row.setSpacing(12)
        row.addWidget(caption)
        row.addWidget(self._line, 1)
        row.addWidget(self._copy)
        self.show_address("")

    @property
    def address(self) -> str:
        """The address shown, or nothing."""
        return self._line.text()

    def show_address(self, address: str) -> None:
        """Another address; empty when there is none."""
        self._line.setText(address)
        self._line.setPlaceholderText(self.tr("No address while the engine room does not answer"))
        self._copy.setEnabled(bool(address))

    def copy(self) -> None:
        """Put the address on the clipboard and say so for a moment."""
        if self.address:
            QGuiApplication.clipboard().setText(self.address)
            self._copy.show_icon("check")
            self._copy.rename(self.tr("Copied"))
            self._said.start()

    def _unsay(self) -> None:
        self._copy.show_icon("copy")
        self._copy.rename(self.tr("Copy the address"))
