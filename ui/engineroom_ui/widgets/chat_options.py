"""What a model is told first, and how its answers are drawn: presets, and every value on its own."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from engineroom_ui.state.sampling import OURS, Preset, Presets, Sampling, with_value
from engineroom_ui.text.marks import mark
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.controls import ChoiceBox, dress
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, IconButton, label, scrolling

_SYSTEM_PX = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """One value of the sampling; below ``least`` stands for *left to the engine*."""

    name: str
    caption: str
    hint: str
    least: float
    most: float
    step: float
    decimals: int = 0


_DIALS = (
    Dial(
        name="temperature",
        caption=mark("ChatOptions", "Temperature"),
        hint=mark("ChatOptions", "How freely words are chosen; 0 always takes the likeliest."),
        least=0.0,
        most=2.0,
        step=0.1,
        decimals=2,
    ),
    Dial(
        name="top_p",
        caption=mark("ChatOptions", "Top-p"),
        hint=mark("ChatOptions", "Only the likeliest words that make up this share are chosen from."),
        least=0.0,
        most=1.0,
        step=0.05,
        decimals=2,
    ),
    Dial(
        name="top_k",
        caption=mark("ChatOptions", "Top-k"),
        hint=mark("ChatOptions", "Only so many of the likeliest words are chosen from; 0 takes all."),
        least=0,
        most=1000,
        step=10,
    ),
    Dial(
        name="min_p",
        caption=mark("ChatOptions", "Min-p"),
        hint=mark("ChatOptions", "Words less likely than this share of the likeliest are left out."),
        least=0.0,
        most=1.0,
        step=0.01,
        decimals=2,
    ),
    Dial(
        name="max_tokens",
        caption=mark("ChatOptions", "Most tokens"),
        hint=mark("ChatOptions", "The answer is cut off after so many tokens."),
        least=1,
        most=1_000_000,
        step=128,
    ),
    Dial(
        name="seed",
        caption=mark("ChatOptions", "Seed"),
        hint=mark("ChatOptions", "The same seed gives the same answer, where the runtime can do that."),
        least=0,
        most=2_147_483_647,
        step=1,
    ),
)


class DialBox(QDoubleSpinBox):
    """A number or *left to the engine*.

    Signals:
        told: the number, or None.
    """

    told = Signal(object)

    def __init__(self, dial: Dial, none: str) -> None:
        super().__init__()
        self._dial = dial
        self.setObjectName("Value")
        self.setDecimals(dial.decimals)
        self.setRange(dial.least - dial.step, dial.most)
        self.setSingleStep(dial.step)
        self.setSpecialValueText(none)
        self.setFont(text_font(SMALL_PT))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.valueChanged.connect(lambda _value: self.told.emit(self.number))
        self.show_number(None)

    @property
    def number(self) -> float | None:
        """The value; ``None`` where it is left to the engine."""
        return None if self.value() < self._dial.least - self._dial.step / 2 else max(self.value(), self._dial.least)

    def stepBy(self, steps: int) -> None:  # noqa: D102, N802
        super().stepBy(steps)
        if self._dial.decimals == 0 and self.number is not None:
            even = round(self.value() / self._dial.step) * self._dial.step
            self.setValue(max(self._dial.least, even))

    def show_number(self, number: float | None) -> None:
        """Another value, without a word."""
        self.blockSignals(True)  # noqa: FBT003
        self.setValue(self.minimum() if number is None else number)
        self.blockSignals(False)  # noqa: FBT003


class ChatOptions(QFrame):
    """Changes count from the next question on.

    Signals:
        changed: another :class:`Sampling`.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._presets = presets
        self.sampling = presets.current
        self.choice = ChoiceBox(self.tr("Preset"))
        self.choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        self.save = IconButton(theme, "save", self.tr("Save as a preset"))
        self.remove = IconButton(theme, "trash", self.tr("Delete this preset"))
        self.system = QPlainTextEdit()
        self.system.setObjectName("Prompt")
        self.system.setFont(text_font(BODY_PT))
        self.system.setTabChangesFocus(True)
        self.system.setFixedHeight(_SYSTEM_PX)
        self.system.setAccessibleName(self.tr("System prompt"))
        self.system.setPlaceholderText(self.tr("What the model is told before the conversation"))
        self.dials = {dial.name: DialBox(dial, self.tr("engine's own")) for dial in _DIALS}
        self.dialog: QInputDialog | None = None
        self._build()
        self._connect()
        self._list()
        self.show_sampling(self.sampling)

    def show_sampling(self, sampling: Sampling) -> None:
        """Other values."""
        self.sampling = sampling
        if self.system.toPlainText() != sampling.system:
            self.system.blockSignals(True)  # noqa: FBT003
            self.system.setPlainText(sampling.system)
            self.system.blockSignals(False)  # noqa: FBT003
        for name, box in self.dials.items():
            box.show_number(getattr(sampling, name))
        self._show_choice()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.choice, 1)
        head.addWidget(self.save)
        head.addWidget(self.remove)
        frame = QFrame()
        frame.setObjectName("Field")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(6, 4, 6, 4)
        inside.addWidget(self.system)
        body = QWidget()
        body.setObjectName("ClearBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        title = label(self.tr("How answers are made"), points=TITLE_PT, strong=True)
        title.setWordWrap(True)
        column.addWidget(title)
        column.addLayout(head)
        caption = label(self.tr("System prompt"), role="Muted", points=SMALL_PT)
        caption.setBuddy(self.system)
        column.addWidget(caption)
        column.addWidget(frame)
        column.addSpacing(4)
        column.addLayout(self._build_dials())
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scrolling(body))

    def _build_dials(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, dial in enumerate(_DIALS):
            box = self.dials[dial.name]
            name, hint = (QCoreApplication.translate("ChatOptions", text) for text in (dial.caption, dial.hint))
            caption = label(name, points=SMALL_PT)
            caption.setWordWrap(True)
            caption.setBuddy(box)
            for part in (caption, box):
                part.setToolTip(hint)
            box.setAccessibleName(name)
            box.setAccessibleDescription(hint)
            grid.addWidget(caption, row, 0)
            grid.addWidget(box, row, 1)
        return grid

    def _connect(self) -> None:
        self.system.textChanged.connect(self._system_changed)
        for name, box in self.dials.items():
            box.told.connect(partial(self._dialled, name))
        self.choice.activated.connect(self._chosen)
        self.save.clicked.connect(self._ask_name)
        self.remove.clicked.connect(self._remove)

    def _list(self) -> None:
        self.choice.clear()
        names = {
            "engine": self.tr("The engine's own"),
            "precise": self.tr("Precise"),
            "creative": self.tr("Creative"),
            "repeatable": self.tr("Repeatable"),
        }
        for preset in (*OURS, *self._presets.saved):
            self.choice.addItem(names.get(preset.key, preset.name), preset)
        self.choice.addItem(self.tr("Changed"), None)

    def _show_choice(self) -> None:
        all_of_them = (*OURS, *self._presets.saved)
        at = next((at for at, preset in enumerate(all_of_them) if self._matches(preset)), len(all_of_them))
        self.choice.setCurrentIndex(at)
        self.remove.setEnabled(len(OURS) <= at < len(all_of_them))

    def _matches(self, preset: Preset) -> bool:
        """Ours say nothing of the system prompt."""
        told = preset.sampling
        return told.options() == self.sampling.options() and (bool(preset.key) or told.system == self.sampling.system)

    def _chosen(self, at: int) -> None:
        preset = self.choice.itemData(at)
        if isinstance(preset, Preset):
            system = self.sampling.system if preset.key else preset.sampling.system
            told = {**preset.sampling.options(), "system": system}
            self._take(Sampling(**told))

    def _system_changed(self) -> None:
        told = {**self.sampling.options(), "system": self.system.toPlainText()}
        self._take(Sampling(**told))

    def _dialled(self, name: str, value: float | None) -> None:
        self._take(with_value(self.sampling, name, value))

    def _take(self, sampling: Sampling) -> None:
        self.show_sampling(sampling)
        self._presets.remember(sampling)
        self.changed.emit(sampling)

    def _ask_name(self) -> None:
        self.dialog = QInputDialog(self)
        self.dialog.setWindowTitle(self.tr("Save as a preset"))
        self.dialog.setLabelText(self.tr("Name"))
        self.dialog.setOkButtonText(self.tr("Save"))
        self.dialog.textValueSelected.connect(self.save_as)
        self.dialog.finished.connect(self.dialog.deleteLater)
        dress(self.dialog)
        self.dialog.open()

    def save_as(self, name: str) -> None:
        """Keep these values under a name."""
        if name.strip():
            self._presets.save(name.strip(), self.sampling)
            self._list()
            self._show_choice()

    def _remove(self) -> None:
        preset = self.choice.currentData()
        if isinstance(preset, Preset) and not preset.key:
            self._presets.remove(preset.name)
            self._list()
            self._show_choice()
