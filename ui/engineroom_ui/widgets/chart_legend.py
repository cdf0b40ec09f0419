"""The legend of a chart: a button for each line, which also switches the line off and on."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT

_MARK_PX = 9
_AIR_PX = 3
"""Between a mark and its caption; the style sheet leaves too little."""
_GAP_PX = 8
"""Between two keys: as much as makes clear which mark belongs to which caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series of a chart, what a person calls it (``short`` where there is little room), the token of its colour.

    ``peak`` is the series with the highest of what each value is the mean of, drawn faintly where there is any.
    """

    series: str
    caption: str
    ink: str
    short: str = ""
    peak: str = ""


class _Key(QPushButton):
    """A mark in the colour of the line, hollow when the line is off."""

    def __init__(self, theme: Theme, line: Line) -> None:
        super().__init__()
        self._theme = theme
        self._line = line
        self.setObjectName("Legend")
        self.setFont(text_font(SMALL_PT))
        self.setCheckable(True)
        self.setChecked(True)
        self.setIconSize(QSize(_MARK_PX + _AIR_PX, _MARK_PX))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(line.caption)
        self.setToolTip(self.tr("{line}: click to show or hide").format(line=line.caption))
        self.toggled.connect(self._draw)
        theme.changed.connect(self._draw)
        self.shorten(on=False)
        self._draw()

    def shorten(self, *, on: bool) -> None:
        """The short caption, or the whole."""
        self.setText(self._line.short if on and self._line.short else self._line.caption)

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round((_MARK_PX + _AIR_PX) * ratio), round(_MARK_PX * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.colour(self._line.ink)
        painter.setPen(ink)
        painter.setBrush(ink if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(1, 1, _MARK_PX - 2, _MARK_PX - 2))
        painter.end()
        self.setIcon(QIcon(picture))


class Legend(QWidget):
    """Shown for two lines and more. At least one line stays on.

    Signals:
        changed: another set of lines is on.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._keys: list[_Key] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP_PX)

    @property
    def shown(self) -> tuple[Line, ...]:
        """Lines that are on."""
        if not self._keys:
            return self._lines
        return tuple(line for line, key in zip(self._lines, self._keys, strict=True) if key.isChecked())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other lines, all on."""
        self._lines = tuple(lines)
        for key in self._keys:
            self._row.removeWidget(key)
            key.hide()
            key.deleteLater()
        self._keys = [_Key(self._theme, line) for line in lines] if len(lines) > 1 else []
        for key in self._keys:
            key.toggled.connect(self._toggled)
            self._row.addWidget(key)
        self.setVisible(bool(self._keys))

    def fit(self, width: int) -> bool:
        """Take the whole captions, or the short ones where only they fit; False when not even those do."""
        for short in (False, True):
            for key in self._keys:
                key.shorten(on=short)
            if self._wanted() <= width:
                return True
        return False

    def _wanted(self) -> int:
        return sum(key.sizeHint().width() for key in self._keys) + _GAP_PX * len(self._keys)

    def _toggled(self) -> None:
        if not self.shown:
            for key in self._keys:
                key.setChecked(True)
        self.changed.emit()
