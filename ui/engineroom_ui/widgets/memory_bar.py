"""A card's memory as a bar in three parts."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engineroom_ui.text import hardware, units
from engineroom_ui.text.hardware import MemorySplit
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.parts import SMALL_PT, Dot, label

_HEIGHT_PX = 8
_NOTHING = MemorySplit(total_bytes=None, used_bytes=None, ours_bytes=None, others_bytes=None, free_bytes=None)


class _Bar(QWidget):
    """Ours, others (or used, where nobody says whose), and the rest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._split = _NOTHING
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_split(self, split: MemorySplit) -> None:
        self._split = split
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, _HEIGHT_PX / 2, _HEIGHT_PX / 2)
        painter.setClipPath(shape)
        painter.fillRect(whole, self._theme.colour("track"))
        total = self._split.total_bytes
        at = 0.0
        for value, ink in self._parts():
            if value and total:
                width = max(2.0, whole.width() * min(value / total, 1.0))
                painter.fillRect(QRectF(at, 0, width, whole.height()), self._theme.colour(ink))
                # The gap keeps two parts apart for those who do not see the colours.
                at += width + 1
        painter.end()

    def _parts(self) -> tuple[tuple[int | None, str], ...]:
        if self._split.ours_bytes is None:
            return ((self._split.used_bytes, "accent"),)
        return (self._split.ours_bytes, "accent"), (self._split.others_bytes, "idle")


class _Part(QWidget):
    """A dot, a word, a number."""

    def __init__(self, theme: Theme, ink: str, word: str) -> None:
        super().__init__()
        dot = Dot(theme, 9)
        dot.show_ink(ink)
        self._value = label(points=SMALL_PT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(dot)
        row.addWidget(label(word, role="Muted", points=SMALL_PT))
        row.addWidget(self._value)

    def show_bytes(self, value: int | None, *, early: bool) -> None:
        self._value.setText(units.soon(units.memory(value), early=early))


class MemoryBar(QWidget):
    """The bar with its numbers; the numbers say all that the bar says."""

    def __init__(self, theme: Theme, caption: str) -> None:
        super().__init__()
        self._caption = caption
        self._shown: tuple[MemorySplit, bool] | None = None
        self._total = label()
        self._bar = _Bar(theme)
        self._ours = _Part(theme, "accent", self.tr("ours"))
        self._used = _Part(theme, "accent", self.tr("used"))
        self._others = _Part(theme, "idle", self.tr("others"))
        self._free = _Part(theme, "track", self.tr("free"))
        head = QHBoxLayout()
        head.addWidget(label(caption, role="Muted", points=SMALL_PT))
        head.addStretch(1)
        head.addWidget(self._total)
        row = QHBoxLayout()
        row.setSpacing(14)
        for part in (self._ours, self._used, self._others, self._free):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(row)
        self.show_split(_NOTHING)

    @property
    def told(self) -> str:
        """The split in words."""
        return self.accessibleName()

    def show_split(self, split: MemorySplit, *, early: bool = False) -> None:
        """Another reading; ``early`` while there may be none yet."""
        if (split, early) == self._shown:
            return
        self._shown = split, early
        whose = split.ours_bytes is not None
        self._total.setText(units.soon(units.memory_of(split.used_bytes, split.total_bytes), early=early))
        self._bar.show_split(split)
        for part, value in (
            (self._ours, split.ours_bytes),
            (self._used, split.used_bytes),
            (self._others, split.others_bytes),
            (self._free, split.free_bytes),
        ):
            part.show_bytes(value, early=early)
        self._ours.setVisible(whose)
        self._others.setVisible(whose)
        self._used.setVisible(not whose)
        unread = early and split.used_bytes is None
        self.setAccessibleName(self._caption if unread else hardware.memory_told(split))
