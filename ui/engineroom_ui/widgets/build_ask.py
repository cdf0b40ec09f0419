"""What to build: a model, and what a person does not want to leave to the plan."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy

from engineroom_ui.text import numbers
from engineroom_ui.widgets.controls import ChoiceBox, quiet_button, text_field
from engineroom_ui.widgets.parts import FIELD_PX


class BuildAsk(QFrame):
    """One line.

    Signals:
        asked: a build wish, as the daemon takes it.
        plan_asked: the model, to be planned for first.
    """

    asked = Signal(object)
    plan_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.model = ChoiceBox(self.tr("Model to build an engine of"))
        self._line = QLineEdit()
        self._line.setObjectName("Typed")
        self.model.setEditable(True)
        self.model.setLineEdit(self._line)
        self.model.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.model.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
        self._line.setPlaceholderText(self.tr("A model, such as Qwen/Qwen3-8B"))
        self._line.setAccessibleName(self.tr("Model to build an engine of"))
        self.context = _narrow(self.tr("Context in tokens"), self.tr("Context: as planned"))
        self.at_once = _narrow(self.tr("Requests at once"), self.tr("At once: 1"))
        self.precision = _narrow(self.tr("Precision"), self.tr("Precision: as planned"))
        self.plan = quiet_button(self.tr("&Plan first"))
        self.build = quiet_button(self.tr("&Build"))
        self.plan.clicked.connect(lambda: self.plan_asked.emit(self._line.text().strip()))
        self.build.clicked.connect(lambda: self.asked.emit(self.wish))
        self._line.textChanged.connect(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        self.model.setMaximumWidth(FIELD_PX)
        row.addWidget(self.model, 1000)
        for part in (self.context, self.at_once, self.precision, self.plan, self.build):
            row.addWidget(part)
        row.addStretch(1)
        self._typed()

    @property
    def wish(self) -> dict[str, Any]:
        """What was asked for; what was left empty is the plan's to say."""
        asked: dict[str, Any] = {"model": self._line.text().strip()}
        for name, field in (("context_tokens", self.context), ("concurrency", self.at_once)):
            if (number := numbers.typed_whole(field.text())) is not None:
                asked[name] = number
        if precision := self.precision.text().strip():
            asked["precision"] = precision
        return asked

    def show_models(self, names: list[str]) -> None:
        """Models to choose from; what was typed stays."""
        if names == [self.model.itemText(at) for at in range(self.model.count())]:
            return
        typed = self._line.text()
        with QSignalBlocker(self.model):
            self.model.clear()
            self.model.addItems(names)
            self.model.setCurrentIndex(-1)
        self._line.setText(typed)

    def _typed(self) -> None:
        named = bool(self._line.text().strip())
        self.plan.setEnabled(named)
        self.build.setEnabled(named)


def _narrow(name: str, hint: str) -> QLineEdit:
    made = text_field(name, hint)
    made.setFixedWidth(made.fontMetrics().horizontalAdvance(hint) + 30)
    return made
