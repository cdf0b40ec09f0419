"""The icon in the tray: our mark, and a badge whose shape says what its colour says."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from engineroom_ui.theme.icons import pixmap

SIZES = (16, 22, 24, 32, 48, 64)
_RING = QColor("#ffffff")
_SERVING = QColor("#12743f")
_PROBLEM = QColor("#b3261e")


def tray_icon(state: str) -> QIcon:
    """For ``idle``, ``serving`` and ``problem``. The mark has a ground of its own, so any panel may be behind it."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(_drawn(state, size))
    return made


def _drawn(state: str, size: int) -> QPixmap:
    picture = pixmap("engineroom", "#000000", size)
    if state == "idle":
        return picture
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = size * 0.58
    badge = QRectF(size - side, size - side, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RING)
    painter.drawEllipse(badge)
    edge = size * 0.055
    inner = badge.adjusted(edge, edge, -edge, -edge)
    painter.setBrush(_SERVING if state == "serving" else _PROBLEM)
    painter.drawEllipse(inner)
    if state == "serving":
        _triangle(painter, inner)
    else:
        _mark(painter, inner)
    painter.end()
    return picture


def _triangle(painter: QPainter, box: QRectF) -> None:
    centre, reach = box.center(), box.width() * 0.27
    corners = [(-0.75, -1.0), (-0.75, 1.0), (1.1, 0.0)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([centre + QPointF(x * reach, y * reach) for x, y in corners]))
    painter.fillPath(path, _RING)


def _mark(painter: QPainter, box: QRectF) -> None:
    pen = QPen(_RING, max(1.2, box.width() * 0.17))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    across, down = box.center().x(), box.height()
    painter.drawLine(QPointF(across, box.top() + down * 0.25), QPointF(across, box.top() + down * 0.55))
    painter.drawPoint(QPointF(across, box.top() + down * 0.77))
