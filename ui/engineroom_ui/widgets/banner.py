"""One line that says what needs attention, with at most one button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from engineroom_ui.theme.apply import Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import IconButton, label

_MARKS = {"bad": ("alert", "bad"), "warn": ("alert", "warn"), "info": ("info", "link")}


class Banner(QFrame):
    """Hidden while there is nothing to say; ``inset`` gives it the corners of what stands on a page.

    Signals:
        pressed: the button.
        dismissed: the person has read it.
    """

    pressed = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, inset: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("Notice" if inset else "Banner")
        self._theme = theme
        self._level = "info"
        self._mark = QLabel()
        self._text = label()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.setObjectName("Quiet")
        self._button.setAccessibleName(self.tr("Mend this"))
        self._button.clicked.connect(self.pressed)
        self._close = IconButton(theme, "close", self.tr("Dismiss this message"))
        self._close.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(12)
        for part in (self._mark, self._text, self._button, self._close):
            row.addWidget(part)
        row.setStretch(1, 1)
        theme.changed.connect(self._draw)
        self.hide()

    def say(self, text: str, *, level: str = "warn", button: str = "", closable: bool = False) -> None:
        """Show one line; ``level`` is ``info``, ``warn`` or ``bad``."""
        self._level = level
        self.setProperty("level", level)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setText(button)
        self._button.setAccessibleName(button or self.tr("Mend this"))
        self._button.setVisible(bool(button))
        self._close.setVisible(closable)
        self._draw()
        self.show()

    @property
    def text(self) -> str:
        """What is said, or nothing."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def button(self) -> QPushButton:
        """The one button."""
        return self._button

    def _draw(self) -> None:
        icon, ink = _MARKS[self._level]
        self._mark.setPixmap(pixmap(icon, getattr(self._theme.tokens, ink), 18))
