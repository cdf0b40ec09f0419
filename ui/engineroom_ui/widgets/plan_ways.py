"""Other ways: what would make a model fit, or what else could be had, each with a button that takes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.state.plan import Question
from engineroom_ui.state.plan_wire import WireAlternative, WirePlan
from engineroom_ui.text import plan as words
from engineroom_ui.text import plan_reasons, units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, ElidedLabel, StateLabel, label

_MOST = 6


class Way(QWidget):
    """One way.

    Signals:
        taken: the changes it makes.
    """

    taken = Signal(dict)

    def __init__(self, theme: Theme, way: WireAlternative) -> None:
        super().__init__()
        self.way = way
        what = words.change(way.change)
        verdict = StateLabel(theme, points=SMALL_PT)
        verdict.show_state(*words.verdict(way.verdict))
        verdict.setMinimumWidth(104)
        facts = [units.memory(way.total_bytes)] if way.total_bytes is not None else []
        if way.decode_tokens_per_s is not None and way.verdict != words.NO:
            facts.append(self.tr("about {rate}").format(rate=units.tokens_per_s(way.decode_tokens_per_s)))
        told = QVBoxLayout()
        told.setSpacing(1)
        for text, role, points in ((what, "", BODY_PT), (_why(way), "Muted", SMALL_PT)):
            if text:
                line = ElidedLabel(role=role, points=points)
                line.show_text(text)
                told.addWidget(line)
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
        row.addLayout(told, 1)
        row.addWidget(label("  ·  ".join(facts), role="Muted", points=SMALL_PT))
        row.addWidget(self.button)


class WayList(QWidget):
    """Ways, one below the other; rebuilt only when they are others.

    Signals:
        taken: the changes of a way.
    """

    taken = Signal(dict)

    def __init__(self, theme: Theme, most: int) -> None:
        super().__init__()
        self._theme = theme
        self._most = most
        self._ways: tuple[WireAlternative, ...] = ()
        self.rows: list[Way] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_ways(self, ways: tuple[WireAlternative, ...]) -> None:
        """Other ways; those beyond the most are left out."""
        if ways == self._ways:
            return
        self._ways = ways
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [Way(self._theme, way) for way in ways[: self._most]]
        for row in self.rows:
            self._column.addWidget(row)
            row.taken.connect(self.taken)


class PlanWays(QFrame):
    """What would make a model fit; hidden where it does, or where nothing would.

    Signals:
        taken: the changes of a way.
    """

    taken = Signal(dict)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("What would make it fit"))
        self.list = WayList(theme, _MOST)
        self.list.taken.connect(self.taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(6)
        column.addWidget(label(self.tr("What would make it fit"), points=TITLE_PT, strong=True))
        column.addWidget(self.list)

    def show_plan(self, plan: WirePlan) -> None:
        """The ways of another plan."""
        ways = ways_to_fit(plan) if plan.verdict in {"no", "tight"} else ()
        self.setVisible(bool(ways))
        self.list.show_ways(ways)


def ways_to_fit(plan: WirePlan) -> tuple[WireAlternative, ...]:
    """Changes that help."""
    return tuple(way for way in plan.alternatives if not _lost(way))


def losers(plan: WirePlan) -> tuple[WireAlternative, ...]:
    """Candidates that were weighed and not taken."""
    return tuple(way for way in plan.alternatives if _lost(way))


def _lost(way: WireAlternative) -> bool:
    return plan_reasons.tells_more(str(way.reason.get("code", "")))


def _why(way: WireAlternative) -> str:
    return plan_reasons.reason(way.reason) if _lost(way) else ""
