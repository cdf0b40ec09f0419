"""The smallest parts: labels with a role, dots, icon buttons, meters."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font

SMALL_PT = 9.0
BODY_PT = 10.0
TITLE_PT = 11.0
NUMBER_PT = 17.0
COLUMN_PX = 860
"""The longest that a line of running text becomes."""
FIELD_PX = 720
"""The longest that a field to type in becomes, however wide the window is."""


def label(text: str = "", *, role: str = "", points: float = BODY_PT, strong: bool = False) -> QLabel:
    """A label; ``role`` is an object name of the style sheet (``Muted``, ``Bad``, ``Tag`` …)."""
    made = QLabel(text)
    made.setObjectName(role)
    made.setFont(text_font(points, QFont.Weight.DemiBold if strong else QFont.Weight.Normal))
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def card(name: str = "Card") -> QFrame:
    """A framed surface."""
    frame = QFrame()
    frame.setObjectName(name)
    return frame


def centred(part: QWidget, widest_px: int) -> QHBoxLayout:
    """``part`` in the middle, as wide as there is room, up to a limit."""
    part.setMaximumWidth(widest_px)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(part, 1000)
    row.addStretch(1)
    return row


class _WholeWidth(QScrollArea):
    def minimumSizeHint(self) -> QSize:  # noqa: N802
        hint = super().minimumSizeHint()
        body = self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        return hint if body is None else QSize(max(hint.width(), body.minimumSizeHint().width() + bar), hint.height())


def scrolling(body: QWidget, *, whole_width: bool = False) -> QScrollArea:
    """``body`` in an area that scrolls up and down when it must; ``whole_width``: never narrower than ``body``."""
    area = _WholeWidth() if whole_width else QScrollArea()
    area.setObjectName("Clear")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area


def polish(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ElidedLabel(QLabel):
    """A label that never widens its parent: what does not fit is cut and shown as a tool tip."""

    mode = Qt.TextElideMode.ElideRight

    def __init__(self, *, role: str = "", points: float = BODY_PT, strong: bool = False) -> None:
        super().__init__()
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(text_font(points, QFont.Weight.DemiBold if strong else QFont.Weight.Normal))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def show_text(self, text: str) -> None:
        """Show as much of ``text`` as fits."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self.mode, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Dot(QWidget):
    """A dot in the colour of a token; it always stands beside a word."""

    def __init__(self, theme: Theme, size: int = 10) -> None:
        super().__init__()
        self._theme = theme
        self._ink = "idle"
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def show_ink(self, ink: str) -> None:
        """Take the colour of another token."""
        if ink != self._ink:
            self._ink = ink
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._ink))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class StateLabel(QWidget):
    """Dot and word."""

    def __init__(self, theme: Theme, *, points: float = BODY_PT, strong: bool = False) -> None:
        super().__init__()
        self._dot = Dot(theme)
        self._word = label(points=points, strong=strong)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self._word)

    def wrap(self) -> None:
        """Break a long word over lines, so that it does not make what holds it wide."""
        self._word.setWordWrap(True)
        self._row.setStretch(1, 1)

    def show_state(self, word: str, ink: str) -> None:
        """Say another state."""
        self._word.setText(word)
        self._dot.show_ink(ink)
        self.setAccessibleName(word)

    @property
    def word(self) -> str:
        """The word shown."""
        return self._word.text()


class IconButton(QToolButton):
    """A button of one icon, with the name a screen reader says."""

    def __init__(self, theme: Theme, icon: str, name: str, *, role: str = "Icon", ink: str = "text_muted") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._ink = ink
        self.setObjectName(role)
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.rename(name)
        theme.changed.connect(self._draw)
        self._draw()

    def rename(self, name: str) -> None:
        """Another accessible name, shown as tool tip too."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def show_icon(self, icon: str) -> None:
        """Another icon."""
        if icon != self._icon:
            self._icon = icon
            self._draw()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._ink))


class Meter(QWidget):
    """A slim bar of a share; empty when the share is not known."""

    def __init__(self, theme: Theme, ink: str = "accent") -> None:
        super().__init__()
        self._theme = theme
        self._ink = ink
        self._share: float | None = None
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float | None) -> None:
        """A share from 0 to 1."""
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(track, 2, 2)
        if self._share is not None and self._share > 0:
            track.setWidth(max(4.0, track.width() * min(self._share, 1.0)))
            painter.setBrush(self._theme.colour(self._ink))
            painter.drawRoundedRect(track, 2, 2)
        painter.end()


class Figure(QWidget):
    """A caption with its value below."""

    def __init__(self, caption: str, *, points: float = TITLE_PT) -> None:
        super().__init__()
        self._caption = caption
        self._value = label(points=points)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(label(caption, role="Muted", points=SMALL_PT))
        column.addWidget(self._value)

    def wrap(self) -> None:
        """Break a long value over lines, so that it does not make what holds it wide."""
        self._value.setWordWrap(True)

    def mute(self, *, on: bool) -> None:
        """Show the value faintly, for it is not of now."""
        self._value.setObjectName("Muted" if on else "")
        polish(self._value, "muted", on)

    def show_value(self, value: str) -> None:
        """Another value, with its unit."""
        if value != self._value.text():
            self._value.setText(value)
            self.setAccessibleName(titled(self._caption, value))

    @property
    def value(self) -> str:
        """The value shown."""
        return self._value.text()
