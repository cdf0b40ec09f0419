"""What a plan is asked for: the model, the card, what matters, and the choices one may make oneself."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engineroom_ui.state.plan import AUTO, Question
from engineroom_ui.state.plan_cards import CardChoice
from engineroom_ui.text import numbers
from engineroom_ui.text import plan as words
from engineroom_ui.text import words as common
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.controls import ChoiceBox
from engineroom_ui.widgets.model_picker import ModelPicker
from engineroom_ui.widgets.parts import SMALL_PT, label
from engineroom_ui.widgets.segments import Segments

_PRECISIONS = ("bf16", "fp8", "fp8_block", "nvfp4", "mxfp4", "w4a16_awq", "q8_0", "q6_k", "q5_k_m", "q4_k_m", "iq4_xs")
_KV_FORMATS = ("bf16", "f16", "fp8", "nvfp4", "q8_0", "q5_1", "q4_0")
_RUNTIMES = ("tensorrt-llm", "llama.cpp")
_MOST_CARDS = 8


class Choices(ChoiceBox):
    """A few values, the first of which leaves the choice to the plan."""

    def __init__(self, name: str) -> None:
        super().__init__(name, points=SMALL_PT + 0.5)
        self.setMaxVisibleItems(18)

    def show_choice(self, value: Any) -> None:
        """Another value, without a word; one that is not in the list is added."""
        at = self.findData(value)
        if at < 0:
            self.addItem(str(value), value)
            at = self.count() - 1
        self.setCurrentIndex(at)


class PlanAsk(QFrame):
    """Shows a question and says what the person changes of it.

    Signals:
        changed: names of the question's fields and their new values.
        model_picked: a model's id, path or hub id.
        card_picked: key of a card.
    """

    changed = Signal(dict)
    model_picked = Signal(str)
    card_picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.model = ModelPicker(theme)
        self.card = Choices(self.tr("Card"))
        self.cards = Choices(self.tr("Number of cards"))
        for number in range(1, _MOST_CARDS + 1):
            self.cards.addItem(self.tr("× {n}").format(n=number), number)  # noqa: RUF001
        self.wish = Segments(
            self.tr("What matters most"),
            [
                ("quality", self.tr("Quality")),
                ("balanced", self.tr("Balanced")),
                ("speed", self.tr("Speed")),
                ("context", self.tr("Context")),
            ],
        )
        self.precision = self._offer(self.tr("Precision"), _PRECISIONS, words.precision)
        self.kv_dtype = self._offer(self.tr("KV cache"), _KV_FORMATS, words.precision)
        self.runtime = self._offer(self.tr("Runtime"), _RUNTIMES, words.runtime)
        self._build()
        self.model.picked.connect(self.model_picked)
        self.card.activated.connect(lambda _at: self.card_picked.emit(self.card.currentData()))
        self.cards.activated.connect(lambda _at: self.changed.emit({"gpus": self.cards.currentData()}))
        self.wish.chosen.connect(lambda key: self.changed.emit({"wish": key}))

    def show_question(self, question: Question) -> None:
        """What is asked now."""
        self.model.show_model(question.model)
        if question.gpu != AUTO:
            self.card.show_choice(question.gpu)
        self.cards.show_choice(question.gpus)
        self.wish.show_choice(question.wish)
        for name in ("precision", "kv_dtype", "runtime"):
            getattr(self, name).show_choice(getattr(question, name))

    def show_cards(self, own: list[CardChoice], others: list[CardChoice], chosen: str, *, known: bool) -> None:
        """The cards to plan for; ``known`` is false until the machine has told its own."""
        self.card.clear()
        for choice in own:
            self.card.addItem(common.short_card(choice.name, choice.number), choice.key)
        none = self.tr("No NVIDIA card here. What if …") if known else self.tr("Which card?")
        self._heading(self.tr("A card you don't own …") if own else none)
        for choice in others:
            size = (
                "" if choice.memory_gb is None else self.tr("  ·  {n} GB").format(n=numbers.shortest(choice.memory_gb))
            )
            self.card.addItem(f"{choice.name}{size}", choice.key)
        if self.card.findData(chosen) >= 0:
            self.card.show_choice(chosen)

    def show_state(self, key: str, text: str) -> None:
        """How one of the machine's cards is now."""
        at = self.card.findData(key)
        if at >= 0 and self.card.itemText(at) != text and not self.card.view().isVisible():
            self.card.setItemText(at, text)

    def _heading(self, text: str) -> None:
        self.card.addItem(text)
        model = self.card.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(self.card.count() - 1)
            item.setFont(text_font(SMALL_PT, QFont.Weight.DemiBold))
            item.setFlags(item.flags() & ~(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable))

    def _offer(self, name: str, values: tuple[str, ...], write: Any) -> Choices:
        made = Choices(name)
        made.addItem(self.tr("auto"), None)
        for value in values:
            made.addItem(write(value), value)
        field = {self.tr("Precision"): "precision", self.tr("KV cache"): "kv_dtype"}.get(name, "runtime")
        made.activated.connect(lambda _at: self.changed.emit({field: made.currentData()}))
        return made

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(_captioned(self.tr("Model"), self.model), 5)
        top.addWidget(_captioned(self.tr("Card"), self.card), 4)
        top.addWidget(_captioned(self.tr("Cards"), self.cards))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(_captioned(self.tr("What matters"), self.wish), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        for part in (self.precision, self.kv_dtype, self.runtime):
            row.addWidget(_captioned(part.accessibleName(), part))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(row)


def _captioned(caption: str, part: QWidget) -> QWidget:
    both = QWidget()
    named = label(caption, role="Muted", points=SMALL_PT)
    named.setBuddy(part)
    inside = QVBoxLayout(both)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(3)
    inside.addWidget(named)
    inside.addWidget(part)
    return both
