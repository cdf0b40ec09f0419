"""Why a plan is as it is, its bill line by line, and the runtime's options it comes to."""

import json
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engineroom_ui.state.plan_wire import WirePlan, WireTerm
from engineroom_ui.text import plan as words
from engineroom_ui.text import plan_reasons, units
from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, IconButton, label
from engineroom_ui.widgets.plan_ways import WayList, losers
from engineroom_ui.widgets.unfold import Unfold

_SAID_MS = 1600
_MOST_LINES = 16
_MOST_LOSERS = 12


class ServeConfig(QWidget):
    """Read-only, copied with one press."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.view = QPlainTextEdit()
        self.view.setObjectName("Log")
        self.view.setReadOnly(True)
        self.view.setFont(mono_font(SMALL_PT))
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setTabChangesFocus(True)
        self.view.setAccessibleName(self.tr("Serve configuration"))
        self.button = IconButton(theme, "copy", self.tr("Copy the serve configuration"))
        self.button.clicked.connect(self.copy)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(self._unsay)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view, 1)
        side = QVBoxLayout()
        side.addWidget(self.button)
        side.addStretch(1)
        row.addLayout(side)

    def show_config(self, options: dict[str, Any]) -> None:
        """The runtime's options by their own names."""
        text = "\n".join(f"{name}: {_value(value)}" for name, value in options.items())
        if text != self.view.toPlainText():
            self.view.setPlainText(text)
        lines = min(max(text.count("\n") + 1, 2), _MOST_LINES)
        self.view.setFixedHeight(lines * self.view.fontMetrics().lineSpacing() + 22)

    def copy(self) -> None:
        """Put it on the clipboard and say so for a moment."""
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        self.button.show_icon("check")
        self.button.rename(self.tr("Copied"))
        self._said.start()

    def _unsay(self) -> None:
        self.button.show_icon("copy")
        self.button.rename(self.tr("Copy the serve configuration"))


class Section(Unfold):
    """Keeps its name when it is open."""

    def _show(self) -> None:
        super()._show()
        self.setText(self._text)


class PlanWhy(QFrame):
    """Parts that open and close.

    Signals:
        taken: the changes of a candidate that was not taken.
    """

    taken = Signal(dict)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("Why"))
        self.reasons = label(points=BODY_PT)
        self.reasons.setWordWrap(True)
        self.losers = WayList(theme, _MOST_LOSERS)
        self.losers.taken.connect(self.taken)
        self.bill = FactsGrid()
        self.config = ServeConfig(theme)
        self.unfold_reasons = Section(theme, self.tr("Why"), self.tr("the plan's reasons"), self.reasons)
        self.unfold_losers = Section(
            theme, self.tr("Why not another way"), self.tr("the other candidates"), self.losers
        )
        self.unfold_bill = Section(theme, self.tr("The bill, line by line"), self.tr("memory per card"), self.bill)
        self.unfold_config = Section(
            theme, self.tr("Serve configuration"), self.tr("options of the runtime"), self.config
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        self._plan: WirePlan | None = None
        self._parts: tuple[tuple[Section, QWidget], ...] = (
            (self.unfold_reasons, self.reasons),
            (self.unfold_losers, self.losers),
            (self.unfold_bill, self.bill),
            (self.unfold_config, self.config),
        )
        for button, body in self._parts:
            column.addWidget(button)
            column.addWidget(body)
            button.toggled.connect(self._fill)

    def show_plan(self, plan: WirePlan) -> None:
        """Another plan. What is closed is filled when it is opened: a hand that drags makes many plans."""
        self._plan = plan
        self.unfold_losers.setVisible(bool(losers(plan)))
        self.unfold_bill.setVisible(bool(_lines(plan)))
        self.unfold_config.setVisible(bool(plan.serve_config))
        self._fill()

    def _fill(self) -> None:
        plan = self._plan
        if plan is None:
            return
        if self.unfold_reasons.is_open:
            said = [plan_reasons.reason(reason) for reason in plan.reasons]
            self.reasons.setText("\n".join(f"•  {text}" for text in said) or self.tr("The plan gives no reasons."))
        if self.unfold_losers.is_open:
            self.losers.show_ways(losers(plan))
        if self.unfold_bill.is_open:
            self.bill.show_facts(_lines(plan))
        if self.unfold_config.is_open:
            self.config.show_config(plan.serve_config)
        for button, body in self._parts[1:]:
            body.setVisible(not button.isHidden() and button.is_open)


def _lines(plan: WirePlan) -> list[tuple[str, str]]:
    if plan.bill is None:
        return []
    return [_line(term) for term in (*(plan.bill.terms or ()), *(plan.bill.host_terms or ()))]


def _line(term: WireTerm) -> tuple[str, str]:
    facts = [
        units.memory(term.expected_bytes),
        words.memory_range(term.low_bytes, term.high_bytes),
        words.origin(term.origin),
    ]
    return words.term(term.kind), "  ·  ".join(fact for fact in facts if fact)


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
