"""Other ways: what would make a model fit, or what else could be had, each with a button that takes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.state.plan import Question
from engineroom_ui.state.plan_wire import WireAlternative, WirePlan
from engineroom_ui.text import plan as words
from engineroom_ui.text import plan_reasons, units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, ElidedLabel, StateLabel, label

_MOST = 6


class Way(QWidget):
    """One way.

    Signals:
        taken: the changes it makes.
    """

    taken = Signal(dict)

    def __init__(self, theme: Theme, way: WireAlternative) -> None:
        super().__init__()
        what = words.change(way.change)
        verdict = StateLabel(theme, points=SMALL_PT)
        verdict.show_state(*words.verdict(way.verdict))
        verdict.setMinimumWidth(104)
        facts = [units.memory(way.total_bytes)] if way.total_bytes is not None else []
        if way.decode_tokens_per_s is not None:
            facts.append(self.tr("about {rate}").format(rate=units.tokens_per_s(way.decode_tokens_per_s)))
        why = ElidedLabel(role="Muted", points=SMALL_PT)
        why.show_text(_why(way))
        self.button = QPushButton(self.tr("Apply"))
        self.button.setObjectName("Quiet")
        self.button.setFont(text_font(SMALL_PT))
        self.button.setAccessibleName(self.tr("Apply: {change}").format(change=what))
        self.button.setVisible(Question.knows(way.change))
        self.button.clicked.connect(lambda: self.taken.emit(way.change))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(verdict)
        row.addWidget(label(what))
        row.addWidget(why, 1)
        row.addWidget(label("  ·  ".join(facts), role="Muted", points=SMALL_PT))
        row.addWidget(self.button)


class PlanWays(QFrame):
    """Hidden where there is no other way.

    Signals:
        taken: the changes of a way.
    """

    taken = Signal(dict)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._theme = theme
        self._ways: tuple[WireAlternative, ...] = ()
        self.rows: list[Way] = []
        self.title = label(points=TITLE_PT, strong=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 12)
        self._column.setSpacing(6)
        self._column.addWidget(self.title)

    def show_plan(self, plan: WirePlan) -> None:
        """The ways of another plan."""
        wanting = plan.verdict in {"no", "tight"}
        self.title.setText(self.tr("What would make it fit") if wanting else self.tr("Other ways"))
        self.setAccessibleName(self.title.text())
        self.setVisible(bool(plan.alternatives))
        if plan.alternatives == self._ways:
            return
        self._ways = plan.alternatives
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [Way(self._theme, way) for way in plan.alternatives[:_MOST]]
        for row in self.rows:
            self._column.addWidget(row)
            row.taken.connect(self.taken)


def _why(way: WireAlternative) -> str:
    code = str(way.reason.get("code", ""))
    if not plan_reasons.tells_more(code):
        return ""
    return plan_reasons.reason(code, {name: value for name, value in way.reason.items() if name != "code"})
