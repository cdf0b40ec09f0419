"""Models in rows, each with one small button: what else suits this card, and what is on this computer."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, ElidedLabel, Meter, label, polish


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """One row. ``badge`` is a word and the token of its colour; ``share`` from 0 to 1 while work is under way."""

    key: Hashable
    name: str
    facts: str
    button: str
    badge: tuple[str, str] | None = None
    enabled: bool = True
    busy: bool = False
    share: float | None = None


class PickRow(QWidget):
    """Name and facts in two lines.

    Signals:
        pressed: the button.
    """

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = ElidedLabel(points=BODY_PT, strong=True)
        self._facts = ElidedLabel(role="Muted", points=SMALL_PT)
        self._badge = label(role="Badge", points=SMALL_PT)
        self._meter = Meter(theme)
        self.button = QPushButton()
        self.button.setObjectName("Quiet")
        self.button.setFont(text_font(SMALL_PT))
        self.button.clicked.connect(self.pressed)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name, 1)
        first.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addSpacing(4)
        first.addWidget(self.button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 6, 0, 6)
        lines.setSpacing(3)
        lines.addLayout(first)
        lines.addWidget(self._facts)
        lines.addWidget(self._meter)

    @property
    def name(self) -> str:
        """The model, whole."""
        return self._name.accessibleName()

    @property
    def facts(self) -> str:
        """The second line, whole."""
        return self._facts.accessibleName()

    def show_text(self, text: RowText) -> None:
        """Another row, or the same further on."""
        self._name.show_text(text.name)
        self._facts.show_text(text.facts)
        self._badge.setVisible(text.badge is not None)
        if text.badge is not None:
            self._badge.setText(text.badge[0])
            polish(self._badge, "ink", text.badge[1])
        self._meter.setVisible(text.busy)
        self._meter.show_share(text.share)
        self.button.setText(text.button)
        self.button.setAccessibleName(titled(text.button, text.name))
        self.button.setEnabled(text.enabled)


class PickRows(QFrame):
    """Hidden while it has no rows.

    Signals:
        pressed: the key of a row.
    """

    pressed = Signal(object)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self.setAccessibleName(title)
        self._theme = theme
        self._shown: tuple[RowText, ...] = ()
        self._title = ElidedLabel(points=TITLE_PT, strong=True)
        self._title.show_text(title)
        self._note = label(role="Muted", points=SMALL_PT)
        self._note.setWordWrap(True)
        self.rows: list[PickRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 14, 16, 10)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._note)
        self.hide()

    def show_rows(self, rows: Sequence[RowText], *, title: str = "", note: str = "") -> None:
        """Other rows; the widgets stay, so that the keyboard is not lost."""
        if title:
            self._title.show_text(title)
            self.setAccessibleName(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setVisible(bool(rows))
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        while len(self.rows) > len(rows):
            old = self.rows.pop()
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        while len(self.rows) < len(rows):
            self._add()
        for part, text in zip(self.rows, rows, strict=True):
            part.show_text(text)

    def _add(self) -> None:
        part, at = PickRow(self._theme), len(self.rows)
        part.pressed.connect(lambda: self.pressed.emit(self._shown[at].key))
        self.rows.append(part)
        self._column.addWidget(part)
