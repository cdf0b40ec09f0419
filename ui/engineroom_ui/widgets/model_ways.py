"""The sets of weights of one model: one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from engineroom_ui.state.library_ways import Way
from engineroom_ui.text import models as words
from engineroom_ui.text import plan, units
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT, StateLabel, label


class WayChoice(QWidget):
    """One row per set: precision and kind of file, download, verdict.

    Signals:
        chosen: the number of another row.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Ways to have this model"))
        self._theme = theme
        self._ways: tuple[Way, ...] = ()
        self.buttons: list[QRadioButton] = []
        self._parts: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)

    def show_ways(self, ways: Sequence[Way], chosen: int) -> None:
        """Other ways, and which of them is chosen."""
        if tuple(ways) != self._ways:
            names = [(way.repo, way.variant, way.precision) for way in self._ways]
            if names != [(way.repo, way.variant, way.precision) for way in ways]:
                self._clear()
                for at, way in enumerate(ways):
                    self._add(at, way)
            self._ways = tuple(ways)
            for at, way in enumerate(ways):
                self._write(at, way)
        if 0 <= chosen < len(self.buttons):
            self.buttons[chosen].setChecked(True)

    def _clear(self) -> None:
        for part in (*self.buttons, *self._parts):
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.buttons, self._parts = [], []

    def _add(self, at: int, way: Way) -> None:
        button = QRadioButton(self._name(way))
        button.setObjectName("Way")
        button.setFont(text_font(SMALL_PT + 0.5))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setMinimumHeight(24)
        self._group.addButton(button, at)
        size = label(role="Muted", points=SMALL_PT)
        size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        verdict = StateLabel(self._theme, points=SMALL_PT)
        self.buttons.append(button)
        self._parts += [size, verdict]
        for column, part in enumerate((button, size, verdict)):
            self._grid.addWidget(part, at, column)

    def _write(self, at: int, way: Way) -> None:
        size, verdict = self._parts[2 * at], self._parts[2 * at + 1]
        size.setText(units.file_size(way.size_bytes) if way.size_bytes is not None else "")  # type: ignore[attr-defined]
        word, ink = plan.verdict(way.verdict) if way.verdict is not None else ("", "idle")
        verdict.show_state(word, ink)  # type: ignore[attr-defined]
        verdict.setVisible(way.verdict is not None)
        memory = units.memory(way.memory_bytes) if way.memory_bytes else ""
        told = words.joined(memory, words.speed(way.low, way.high, way.verdict, way.runtime))
        self.buttons[at].setToolTip(told)
        size_said = units.file_size(way.size_bytes) if way.size_bytes is not None else ""
        self.buttons[at].setAccessibleName(listed(part for part in (self._name(way), size_said, word, told) if part))

    def _name(self, way: Way) -> str:
        precision = plan.precision(way.precision) if way.precision else ""
        files = words.files(way.file_format)
        name = precision or files if way.file_format != "gguf" else f"{precision} {files}".strip()
        return self.tr("{way} (best here)").format(way=name) if way.best else name
