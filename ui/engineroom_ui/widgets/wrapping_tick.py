"""A box to tick whose words break over lines where there is little room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

_BOX_PX = 28
"""The box and the space after it."""
_LEAST_PX = 120


class WrappingTick(QCheckBox):
    """Qt breaks the text of a label, but not that of a box."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setObjectName("Tick")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(min(_LEAST_PX, super().sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self.setText("\n".join(self._lines(self.width() - _BOX_PX)))

    def _lines(self, width: int) -> list[str]:
        lines = [""]
        for word in self._whole.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
