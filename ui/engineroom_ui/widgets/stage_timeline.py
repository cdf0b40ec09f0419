"""The stages of a start on one line, as far as they have come."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engineroom.contract.control import StageStatus, StageView
from engineroom_ui.text import units, words
from engineroom_ui.text.sentences import run_on, titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT

_DOT = 7.0
_TOP = 11.0


class StageTimeline(QWidget):
    """Hollow: to come; ring: now; full: done; cross: failed. Under each its name and time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stages: tuple[StageView, ...] = ()
        self._plain = text_font(SMALL_PT)
        self._strong = text_font(SMALL_PT, QFont.Weight.DemiBold)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_stages(self, stages: tuple[StageView, ...]) -> None:
        """Other stages, or the same further on."""
        if stages != self._stages:
            self._stages = stages
            self.setAccessibleName(self.tr("Stages of the start"))
            self.setAccessibleDescription(run_on(self._spoken(stage) for stage in stages))
            self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        line = QFontMetrics(self._plain).height()
        return QSize(320, round(2 * _TOP) + 2 * line + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(260, self.sizeHint().height())

    def _spoken(self, stage: StageView) -> str:
        states = {
            StageStatus.PENDING: self.tr("to come"),
            StageStatus.ACTIVE: self.tr("now"),
            StageStatus.DONE: self.tr("done"),
            StageStatus.FAILED: self.tr("failed"),
        }
        return titled(words.stage(stage.stage), states[stage.status])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stages)
        for at, stage in enumerate(self._stages):
            self._draw_track(painter, at, stage, step)
        for at, stage in enumerate(self._stages):
            self._draw_mark(painter, QPointF(_DOT + 1 + at * step, _TOP), stage)
            self._draw_words(painter, at * step, step, stage)
        painter.end()

    def _draw_track(self, painter: QPainter, at: int, stage: StageView, step: float) -> None:
        left = at * step + 2 * _DOT + 5
        right = (at + 1) * step - 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(QRectF(left, _TOP - 1.5, right - left, 3), 1.5, 1.5)
        share = 1.0 if stage.status is StageStatus.DONE else stage.progress or 0.0
        if stage.status in {StageStatus.DONE, StageStatus.ACTIVE, StageStatus.FAILED} and share > 0:
            painter.setBrush(self._theme.colour(_ink(stage.status)))
            painter.drawRoundedRect(QRectF(left, _TOP - 1.5, (right - left) * min(share, 1.0), 3), 1.5, 1.5)

    def _draw_mark(self, painter: QPainter, centre: QPointF, stage: StageView) -> None:
        ink = self._theme.colour(_ink(stage.status))
        painter.setPen(QPen(ink, 2))
        painter.setBrush(ink if stage.status is StageStatus.DONE else self._theme.colour("surface"))
        painter.drawEllipse(centre, _DOT - 1, _DOT - 1)
        if stage.status is StageStatus.DONE:
            painter.setPen(QPen(self._theme.colour("surface"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([centre + QPointF(-2.6, 0.2), centre + QPointF(-0.7, 2.1), centre + QPointF(2.8, -2)])
        elif stage.status is StageStatus.ACTIVE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(centre, 2.6, 2.6)
        elif stage.status is StageStatus.FAILED:
            painter.drawLine(centre + QPointF(-2, -2), centre + QPointF(2, 2))
            painter.drawLine(centre + QPointF(-2, 2), centre + QPointF(2, -2))

    def _draw_words(self, painter: QPainter, left: float, step: float, stage: StageView) -> None:
        font = self._strong if stage.status in {StageStatus.ACTIVE, StageStatus.FAILED} else self._plain
        metrics = QFontMetrics(font)
        box = QRectF(left, 2 * _TOP + 1, step - 6, metrics.height())
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted" if stage.status is StageStatus.PENDING else "text"))
        name = metrics.elidedText(words.stage(stage.stage), Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(self._plain)
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(box.translated(0, metrics.height()), Qt.AlignmentFlag.AlignLeft, self._time(stage))

    def _time(self, stage: StageView) -> str:
        if stage.status is StageStatus.FAILED:
            return self.tr("failed")
        if stage.status is StageStatus.ACTIVE and stage.progress is not None:
            return units.percent(stage.progress * 100)
        return units.seconds(stage.seconds) if stage.seconds is not None else ""


def _ink(status: StageStatus) -> str:
    return {
        StageStatus.PENDING: "border_strong",
        StageStatus.ACTIVE: "accent",
        StageStatus.DONE: "ok",
        StageStatus.FAILED: "bad",
    }[status]
