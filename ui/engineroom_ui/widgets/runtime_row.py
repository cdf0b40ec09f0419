"""One runtime: what it is, how it stands, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.runtimes import GateCheck, RuntimeKind, RuntimeState, RuntimeView
from engineroom_ui.text import details
from engineroom_ui.text import runtimes as words
from engineroom_ui.text.problems import sentence
from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.controls import quiet_button
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, StateLabel, label
from engineroom_ui.widgets.unfold import Unfold

_WHOLE = {RuntimeState.INSTALLED, RuntimeState.REFUSED, RuntimeState.READY}


class RuntimeRow(QWidget):
    """Shows a runtime; asks, never decides.

    Signals:
        asked: a verb (``use``, ``gate``, ``anew``, ``remove``, ``resume``) and the runtime.
    """

    asked = Signal(str, object)

    def __init__(self, theme: Theme, view: RuntimeView) -> None:
        super().__init__()
        self.view = view
        self.buttons: dict[str, QPushButton] = {}
        name = ElidedLabel(strong=True)
        name.show_text(words.title(view))
        self.state = StateLabel(theme, points=SMALL_PT)
        word, ink = words.state(view)
        self.state.show_state(word, ink)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(name, 1)
        if view.is_default:
            first.addWidget(label(self.tr("default"), role="Tag", points=SMALL_PT))
        first.addWidget(self.state)
        for verb, text in self._verbs():
            first.addWidget(self._button(verb, text))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(3)
        column.addLayout(first)
        if facts := words.facts(view):
            line = ElidedLabel(role="Muted", points=SMALL_PT)
            line.show_text(facts)
            column.addWidget(line)
        if view.problem is not None:
            trouble = label(sentence(view.problem).whole, role="Bad", points=SMALL_PT)
            trouble.setWordWrap(True)
            column.addWidget(trouble)
        if view.gate is not None:
            self._add_gate(theme, column)

    def _verbs(self) -> list[tuple[str, str]]:
        view = self.view
        installed = view.kind in {RuntimeKind.CONTAINER, RuntimeKind.VENV}
        verbs = []
        if view.can_resume:
            verbs.append(("resume", self.tr("Go on")))
        if installed and view.state in _WHOLE:
            verbs.append(("gate", self.tr("Try it out")))
        if not view.is_default and installed and view.gate is not None and view.gate.usable:
            verbs.append(("use", self.tr("Make it the default")))
        if installed and view.state in _WHOLE | {RuntimeState.BROKEN}:
            verbs.append(("anew", self.tr("Install anew")))
        if view.kind is not RuntimeKind.EMBEDDED:
            verbs.append(("remove", self.tr("Remove")))
        return verbs

    def _button(self, verb: str, text: str) -> QPushButton:
        made = quiet_button(text, lambda: self.asked.emit(verb, self.view), points=SMALL_PT)
        made.setAccessibleName(titled(text, words.title(self.view)))
        self.buttons[verb] = made
        return made

    def _add_gate(self, theme: Theme, column: QVBoxLayout) -> None:
        gate = self.view.gate
        if gate is None:
            return
        body = FactsGrid()
        body.show_facts((words.step(check.step), _outcome(check)) for check in gate.checks)
        unfold = Unfold(theme, self.tr("What its gate said"), words.title(self.view), body)
        column.addWidget(unfold)
        column.addWidget(body)


def _outcome(check: GateCheck) -> str:
    word, why = words.outcome(check.outcome)[0], details.gate(check)
    return titled(word, why) if why else word
