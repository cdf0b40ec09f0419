"""A button that shows and hides what is below it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT


class Unfold(QPushButton):
    """Closed at first."""

    def __init__(self, theme: Theme, text: str, of_what: str, body: QWidget) -> None:
        super().__init__(text)
        self._theme = theme
        self._text = text
        self._of_what = of_what
        self._body = body
        self.setObjectName("Unfold")
        self.setFont(text_font(SMALL_PT))
        self.setCheckable(True)
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._show)
        theme.changed.connect(self._show)
        self.rename(text)

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self.isChecked()

    def rename(self, text: str) -> None:
        """What it is called while it is closed."""
        self._text = text
        self.setAccessibleName(titled(text, self._of_what))
        self._show()

    def _show(self) -> None:
        self._body.setVisible(self.isChecked())
        self.setIcon(self._theme.icon("up" if self.isChecked() else "down"))
        self.setText(self.tr("Fewer details") if self.isChecked() else self._text)
