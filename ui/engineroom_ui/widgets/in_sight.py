"""Leading the eye and the keyboard to a part of a page that scrolls."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_MARGIN_PX = 16


def bring(part: QWidget) -> None:
    """Scroll to ``part`` and give it the keyboard, so that its ring is seen; once its page is laid out."""
    QTimer.singleShot(0, part, lambda: _bring(part))


def _bring(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        _scroll(above, part)
    part.setFocus(Qt.FocusReason.OtherFocusReason)


def _scroll(area: QScrollArea, part: QWidget) -> None:
    """Not at all where it is whole in sight; else its upper edge comes to the upper edge of the page."""
    view, bar = area.viewport(), area.verticalScrollBar()
    top = part.mapTo(view, QPoint(0, 0)).y()
    if top < 0 or top + part.height() > view.height():
        bar.setValue(bar.value() + top - _MARGIN_PX)
