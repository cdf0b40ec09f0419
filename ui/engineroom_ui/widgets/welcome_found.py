"""The first step: what was found on this computer, one line for each thing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engineroom.contract.control import Machine
from engineroom_ui.text import welcome
from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, label

_ICON_PX = 22


class _Row(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: welcome.Found | None = None
        self._icon = QLabel()
        self._icon.setFixedWidth(_ICON_PX)
        self._what = label(points=TITLE_PT, strong=True)
        self._facts = label(role="Muted", points=SMALL_PT)
        for part in (self._what, self._facts):
            part.setWordWrap(True)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addWidget(self._what)
        lines.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        theme.changed.connect(self._draw)

    def show_found(self, found: welcome.Found) -> None:
        self._shown = found
        self._what.setText(found.what)
        self._facts.setText(found.facts)
        self._facts.setVisible(bool(found.facts))
        self.setAccessibleName(titled(found.what, found.facts) if found.facts else found.what)
        self._draw()

    def _draw(self) -> None:
        if self._shown is not None:
            self._icon.setPixmap(pixmap(self._shown.icon, getattr(self._theme.tokens, self._shown.ink), _ICON_PX))


class FoundList(QFrame):
    """Cards, processor and driver; or that nothing is known yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("What was found"))
        self._theme = theme
        self._rows: list[_Row] = []
        self._nothing = label(role="Muted")
        self._nothing.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 18, 20, 18)
        self._column.setSpacing(16)
        self._column.addWidget(self._nothing)

    @property
    def told(self) -> list[str]:
        """The lines shown, as they are read out."""
        return [row.accessibleName() for row in self._rows] or [self._nothing.text()]

    def show_machine(self, machine: Machine | None, *, why: str) -> None:
        """What there is; ``why`` nothing is known while ``machine`` is None."""
        found = list(welcome.found(machine)) if machine is not None else []
        self._nothing.setText(why)
        self._nothing.setVisible(not found)
        while len(self._rows) > len(found):
            old = self._rows.pop()
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        while len(self._rows) < len(found):
            self._rows.append(_Row(self._theme))
            self._column.addWidget(self._rows[-1])
        for row, one in zip(self._rows, found, strict=True):
            row.show_found(one)
