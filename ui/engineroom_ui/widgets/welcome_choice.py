"""A model to begin with: its name, why it, and one button that leads to a served model."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, ElidedLabel, Meter, label, polish


class ChoiceCard(QFrame):
    """Shows; what its button does is decided elsewhere.

    Signals:
        pressed: the button.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._theme = theme
        self._icon = "play"
        self._tag = label(role="Badge", points=SMALL_PT)
        self._name = ElidedLabel(points=TITLE_PT + 2, strong=True)
        self._facts = ElidedLabel(role="Muted", points=SMALL_PT)
        self._why = label(role="Muted")
        self._why.setWordWrap(True)
        self._meter = Meter(theme)
        self.button = QPushButton()
        self.button.setObjectName("Serve")
        self.button.setMinimumSize(140, 44)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFont(text_font(TITLE_PT, QFont.Weight.DemiBold))
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.pressed)
        head = QHBoxLayout()
        head.setSpacing(16)
        titles = QVBoxLayout()
        titles.setSpacing(5)
        titles.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignLeft)
        titles.addWidget(self._name)
        titles.addWidget(self._facts)
        head.addLayout(titles, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._meter)
        column.addWidget(self._why)
        self.show_progress(None)
        theme.changed.connect(self._draw)

    @property
    def name(self) -> str:
        """The model, whole."""
        return self._name.accessibleName()

    @property
    def why(self) -> str:
        """The sentence below."""
        return self._why.text()

    def show_model(self, *, tag: str, ink: str, name: str, facts: str, why: str) -> None:
        """Another model. ``ink`` is the token of the tag."""
        self._tag.setText(tag)
        polish(self._tag, "ink", ink)
        self._name.show_text(name)
        self._facts.show_text(facts)
        self._facts.setVisible(bool(facts))
        self._why.setText(why)
        self.setAccessibleName(titled(tag, name))

    def show_button(self, text: str, *, icon: str, enabled: bool) -> None:
        """What the button says, and whether it can be pressed."""
        self._icon = icon
        self.button.setText(text)
        self.button.setAccessibleName(titled(text, self.name))
        self.button.setEnabled(enabled)
        self._draw()

    def show_progress(self, share: float | None, *, busy: bool = False) -> None:
        """How far the work for it is, from 0 to 1."""
        self._meter.setVisible(busy)
        self._meter.show_share(share)

    def _draw(self) -> None:
        self._theme.lead(self.button, self._icon, "on_accent" if self.button.isEnabled() else "text_muted")
