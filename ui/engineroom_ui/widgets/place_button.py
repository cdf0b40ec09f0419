"""A page in the sidebar: icon and name; the current one carries a bar and bold letters, not only a colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import BODY_PT

_ICON_PX = 20
_HEIGHT_PX = 36
_RADIUS = 7.0


class PlaceButton(QAbstractButton):
    """Stays down while its page is shown."""

    def __init__(self, theme: Theme, icon: str, text: str, *, keys: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._folded = False
        self._keys = keys
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)
        self._show_tip()

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        font = self.fontMetrics()
        return QSize(_HEIGHT_PX if self._folded else 56 + font.horizontalAdvance(self.text()), _HEIGHT_PX)

    def show_current(self, *, on: bool) -> None:
        """Whether its page is shown."""
        self.setChecked(on)
        self.setAccessibleDescription(self.tr("current page") if on else "")
        self.update()

    def show_folded(self, *, on: bool) -> None:
        """The icon alone; the name goes into the tool tip."""
        self._folded = on
        self._show_tip()
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802
        """Nothing: which page is current is the window's to say."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._paint_ground(painter, box)
        ink = "text" if self.isChecked() or self.underMouse() else "text_muted"
        tint = "link" if self.isChecked() else ink
        top = (self.height() - _ICON_PX) / 2
        left = (self.width() - _ICON_PX) / 2 if self._folded else 12
        picture = pixmap(self._icon, getattr(self._theme.tokens, tint), _ICON_PX)
        painter.drawPixmap(QRectF(left, top, _ICON_PX, _ICON_PX).topLeft(), picture)
        if not self._folded:
            painter.setFont(text_font(BODY_PT, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal))
            painter.setPen(self._theme.colour(ink))
            room = QRectF(42, 0, self.width() - 50, self.height())
            text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(self._theme.colour("accent_soft" if self.isChecked() else "sunken"))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if self.isChecked():
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _show_tip(self) -> None:
        self.setToolTip(f"{self.text()} ({self._keys})" if self._folded else self._keys)
