"""A number to turn: caption, slider, field, and a button to the largest that fits."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QGridLayout, QPushButton, QSpinBox

from engineroom_ui.text import units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT, label
from engineroom_ui.widgets.scale_slider import Scale, ScaleSlider

_FIELD_PX = 108
_BUTTON_PX = 176
_HIGH_PX = 30


class Dial(QObject):
    """Its parts take one row of a grid, so that two dials stand in line.

    Signals:
        chosen: another value, by the person.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, caption: str, scale: Scale, *, most: int, write: Callable[[int], str]) -> None:
        super().__init__()
        self._caption = caption
        self._most: int | None = None
        self.slider = ScaleSlider(theme, caption, scale, write)
        self.field = QSpinBox()
        self.field.setObjectName("Value")
        self.field.setFont(text_font(SMALL_PT + 1))
        self.field.setRange(1, most)
        self.field.setGroupSeparatorShown(True)
        self.field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.field.setKeyboardTracking(False)
        self.field.setFixedSize(_FIELD_PX, _HIGH_PX)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setAccessibleName(caption)
        self.button = QPushButton()
        self.button.setObjectName("Quiet")
        self.button.setFont(text_font(SMALL_PT))
        self.button.setMinimumWidth(_BUTTON_PX)
        self.button.setFixedHeight(_HIGH_PX)
        self.slider.moved.connect(self._slid)
        self.field.valueChanged.connect(self.chosen)
        self.button.clicked.connect(self._go_to_largest)
        self.show_bounds(None, None)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Put the parts into a row."""
        grid.addWidget(label(self._caption), row, 0)
        for column, part in enumerate((self.slider, self.field, self.button), start=1):
            grid.addWidget(part, row, column)

    def show_value(self, value: int) -> None:
        """Another value, without a word."""
        self.slider.show_value(value)
        if not self.slider.isSliderDown() and not self._typing():
            self._write(value)

    def show_bounds(self, most: int | None, mark: tuple[int, str] | None, over_ink: str = "bad") -> None:
        """The largest that fits (0: none does; None: not known), a mark, and the colour of what is beyond."""
        self._most = most
        self.slider.show_bounds(most, mark, over_ink)
        self.button.setEnabled(bool(most))
        text = (
            self.tr("Largest that fits: {value}").format(value=units.count(most)) if most else self.tr("Nothing fits")
        )
        self.button.setText(self.tr("Largest: not known") if most is None else text)
        self.button.setAccessibleName(self.tr("{caption}: {what}").format(caption=self._caption, what=text))

    def enable(self, *, on: bool) -> None:
        """Whether it can be turned."""
        self.slider.setEnabled(on)
        self.field.setEnabled(on)
        self.button.setEnabled(on and bool(self._most))

    def _typing(self) -> bool:
        return self.field.hasFocus() and self.field.lineEdit().isModified()

    def _write(self, value: int) -> None:
        self.field.blockSignals(True)  # noqa: FBT003
        self.field.setValue(value)
        self.field.blockSignals(False)  # noqa: FBT003

    def _slid(self, value: int) -> None:
        self._write(value)
        self.chosen.emit(value)

    def _go_to_largest(self) -> None:
        if self._most:
            self.show_value(self._most)
            self.chosen.emit(self._most)
